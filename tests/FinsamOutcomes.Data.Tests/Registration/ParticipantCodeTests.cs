using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Privacy;

namespace FinsamOutcomes.Data.Tests.Registration;

public sealed class ParticipantCodeTests
{
    [Theory]
    [InlineData("Anna Andersson")]
    [InlineData("Åsa Öström")]
    [InlineData("åsa.öström")]
    [InlineData("ANDERSSON, Anna")]
    [InlineData("Anna_Andersson 85")]
    [InlineData("Bo Ek")]
    [InlineData("A\u030asa O\u0308stro\u0308m")]
    public void A_name_is_found_out(string code) => ParticipantCode.LooksLikeName(code).ShouldBeTrue();

    [Fact]
    public void A_text_holds_one_as_it_is_shown_too_and_neither_days_nor_money_are_one()
    {
        string[] numbers =
        [
            @"19980811\-9870", "&#49;9980811-9870", "&#x31;9980811-9870", "199808**11**-9870", "1998 08 11 98 70", "1998.08.11-9870", "980811/9870",
            "980811_9870", "19980811[-](https://exempel.se)9870", "19980811<b>-</b>9870", "980811&hyphen;9870", "980811~~-~~9870", "1998*08*11-9870",
            "19 98 08 11 98 70", "980811-9871",
        ];
        foreach (var number in numbers)
            PersonalNumber.IsInProse($"Anna ({number}) kom i mars.").ShouldBeTrue(number);
        string[] others =
        [
            "2025-01-01 – 2025-06-30", "2025-01-01–2025-06-30", "2025.01.01 - 2025.06.30", "2025-01-01 – 06-30", "1 998 080 kronor",
            "19 980 811 987 kronor",
            "2 500 000, 1 998 080 och 811 987", "980811. 9870 kronor", "i 2019, 2020 och 2021", "98, 08, 11, 98, 70", "| 98 | 08 | 11 | 98 | 70 |",
            "98\n08\n11\n98\n70", "980811/9871", "se [avtalet](https://exempel.se/12345)",
        ];
        foreach (var other in others)
            PersonalNumber.IsInProse(other).ShouldBeFalse(other);
    }

    [Theory]
    [InlineData("D0001")]
    [InlineData("KU Lund A")]
    [InlineData("USB-12")]
    [InlineData("A1 B2")]
    [InlineData("Tulpan")]
    [InlineData("insam24-lund12")]
    [InlineData("12345")]
    [InlineData("")]
    public void A_code_is_left_alone(string code) => ParticipantCode.LooksLikeName(code).ShouldBeFalse();

    [Theory]
    [InlineData("19121212-1212")]
    [InlineData("1912121212")]
    [InlineData("1912 12 12 1212")]
    [InlineData("12.12.12.1212")]
    [InlineData("121212/1212")]
    [InlineData("\uff11\uff19\uff11\uff12\uff11\uff12\uff11\uff12-\uff11\uff12\uff11\uff12")]
    [InlineData("121212\u2013\u0661\u0662\u0661\u0662")]
    [InlineData("12\u200b1212\u200b1212")]
    [InlineData("KU 121212 1212 B")]
    public void A_personal_number_is_found_out_however_it_is_written(string code) => PersonalNumber.CouldBeIn(code).ShouldBeTrue();

    [Theory]
    [InlineData("D0001")]
    [InlineData("2024-05-1201")]
    [InlineData("12345")]
    [InlineData("A12B12C12D1212")]
    [InlineData("insam24-lund12")]
    public void Figures_alone_are_no_personal_number(string code) => PersonalNumber.CouldBeIn(code).ShouldBeFalse();

    [Theory]
    [InlineData("900161-1234")]
    [InlineData("800060-1239")]
    [InlineData("19800065-1239")]
    [InlineData("19800560-1239")]
    [InlineData("900101+1234")]
    [InlineData("19000101+1234")]
    [InlineData("900101-T123")]
    [InlineData("19900101R123")]
    [InlineData("19900101-TF12")]
    [InlineData("900101 - 1234")]
    [InlineData("900101\u20111234")]
    [InlineData("900101\u22121234")]
    [InlineData("900101\u00AD1234")]
    [InlineData("1990-01-01-1234")]
    [InlineData("19 900101-1234")]
    [InlineData("199001011234,0")]
    [InlineData("A900101-1234")]
    public void So_is_one_of_coordination_or_of_health_care_and_one_with_a_plus(string code) => PersonalNumber.CouldBeIn(code).ShouldBeTrue();

    [Theory]
    [InlineData("800020-1239")]
    [InlineData("240115-A01")]
    [InlineData("240115-LUND12")]
    [InlineData("556677-8899")]
    [InlineData("199001011234567")]
    public void What_has_no_possible_day_or_too_many_figures_is_none(string code) => PersonalNumber.CouldBeIn(code).ShouldBeFalse();

    [Theory]
    [InlineData("1,23457E+11", true)]
    [InlineData("1.99E+5", true)]
    [InlineData("9E-07", true)]
    [InlineData("1E5", false)]
    [InlineData("12E+5", false)]
    [InlineData("E+5", false)]
    public void A_number_as_a_spreadsheet_shows_it_is_told_from_a_code(string code, bool isScientific) =>
        ParticipantCode.IsScientific(code).ShouldBe(isScientific);

    [Theory]
    [InlineData("0012", "12", true)]
    [InlineData("12", "0012", true)]
    [InlineData("12", "12", false)]
    [InlineData("012", "13", false)]
    [InlineData("A012", "A12", false)]
    public void Only_codes_of_figures_differ_in_zeros(string one, string other, bool differ) => ParticipantCode.DifferInZeros(one, other).ShouldBe(differ);

    [Theory]
    [InlineData("HARMLESS-1", "H\u0410RMLESS-1", true)]
    [InlineData("\u039D7", "n7", true)]
    [InlineData("D0O12", "DOo12", true)]
    [InlineData("AI1", "al1", true)]
    [InlineData("0012", "12", true)]
    [InlineData("EX-1982", "ex1982", true)]
    [InlineData("EX-1982", "EX 1982", true)]
    [InlineData("EX-1982", "EX-I982", true)]
    [InlineData("EX-1982", "\u0415\u0425-1982", true)]
    [InlineData("12-3", "1-23", false)]
    [InlineData("A012", "A12", false)]
    [InlineData("Å-1", "A-1", false)]
    [InlineData("EX\u20111", "ex-1", false)] // one code
    public void Codes_that_look_the_same_are_other_codes(string one, string other, bool areAlike) =>
        ParticipantCode.LookAlike(one, other).ShouldBe(areAlike);

    [Theory]
    [InlineData("P\"1")]
    [InlineData("P'1")]
    [InlineData("P\u20191")]
    [InlineData("\u201DP1\u201D")]
    [InlineData("\u00BBP1")]
    public void Quotation_marks_are_found_out(string code) => ParticipantCode.HoldsQuotes(code).ShouldBeTrue();
}
