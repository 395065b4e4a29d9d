using FinsamOutcomes.Data.Participants;

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
    public void A_personal_number_is_found_out_however_it_is_written(string code) => ParticipantCode.HoldsPersonalNumber(code).ShouldBeTrue();

    [Theory]
    [InlineData("D0001")]
    [InlineData("2024-05-1201")]
    [InlineData("12345")]
    [InlineData("A12B12C12D1212")]
    [InlineData("insam24-lund12")]
    public void Figures_alone_are_no_personal_number(string code) => ParticipantCode.HoldsPersonalNumber(code).ShouldBeFalse();

    [Fact]
    public void What_cannot_be_seen_makes_two_codes_look_the_same()
    {
        ParticipantCode.HoldsInvisible("ZZ\u200b1").ShouldBeTrue();
        ParticipantCode.HoldsInvisible("ZZ1").ShouldBeFalse();
    }
}
