using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Import;

/// <summary>Codes and names that look the same, and that a server's collation may take for the same, are a row's fault.</summary>
public sealed class AlikeCodesTests
{
    /// <summary>Two spellings of a code: full width, å as one sign or two, a ligature.</summary>
    public static TheoryData<string, string> Alike { get; } = new()
    {
        { "AB1", "ＡＢ１" },
        { "ab1", "ＡＢ１" },
        { "Å1", "A\u030A1" },
        { "fi1", "ﬁ1" },
        { "É2", "e\u03012" },
        { "½", "1⁄2" },
        { "AB1", "AB١" },
    };

    [Theory, MemberData(nameof(Alike))]
    public async Task Two_such_codes_in_a_file_name_both_rows(string first, string second)
    {
        await using var fixture = await ImportFixture.CreateAsync();
        foreach (var (one, other) in new[] { (first, second), (second, first) })
        {
            var problem = (
                await fixture.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, Row(one), Row("C9"), Row(other))).Problems.Kept.ShouldHaveSingleItem();
            (problem.Rule.Code, problem.Line, problem.Column).ShouldBe(("kod-forvaxlas", 4, "deltagarkod"));
            problem.Message.ShouldBe("deltagarkod ser likadan ut som den på rad 2 men är skriven med andra tecken.");
        }

        (await fixture.CountsAsync()).ShouldBe((0, 0));
    }

    [Theory, MemberData(nameof(Alike))]
    public async Task A_code_in_the_file_that_is_alike_one_in_the_register_says_so(string registered, string inFile)
    {
        await using var fixture = await ImportFixture.CreateAsync();
        (await fixture.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, Row(registered))).IsSaved.ShouldBeTrue();
        var problem = (await fixture.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, Row("C9"), Row(inFile))).Problems.Kept.ShouldHaveSingleItem();
        (problem.Rule.Code, problem.Line).ShouldBe(("kod-forvaxlas", 3));
        problem.Message.ShouldBe("deltagarkod ser likadan ut som den i registret men är skriven med andra tecken.");
    }

    [Theory]
    [InlineData("A\u200DB1")]
    [InlineData("AB\u31641")]
    [InlineData("AB1\U000E0041")]
    public async Task A_code_with_what_cannot_be_seen_is_no_code(string code)
    {
        await using var fixture = await ImportFixture.CreateAsync();
        var problem = (await fixture.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, Row(code))).Problems.Kept.ShouldHaveSingleItem();
        (problem.Rule.Code, problem.Column).ShouldBe(("otillatet-tecken", "deltagarkod"));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Case_and_spaces_around_make_no_other_person(string engine)
    {
        await using var fixture = await ImportFixture.CreateAsync(engine);
        var result = await fixture.ImportAsync(
            ImportKind.Deltagare,
            ImportFixture.Deltagare,
            "åb1;Insam;kvinna;1990;;2024-01-15;2024-02-15;arbete",
            "ÅB1  ;Åkern;kvinna;1990;;2024-01-15;;",
            "\"\u212BB1 \";Insam;kvinna;1990;;2024-06-15;;");
        result.Problems.Kept.ShouldBeEmpty();
        (await fixture.CountsAsync()).ShouldBe((1, 3));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Whatever_the_database_takes_for_the_same_the_file_is_saved_or_its_row_is_told(string engine)
    {
        // Which of these are the same is for each server's collation to say.
        string[][] pairs =
        [
            ["straße1", "strasse1"],
            ["e1", "é1"],
            ["AV1", "AW1"],
            ["カ1", "か1"],
            ["I1", "ı1"],
            ["Æ1", "Ae1"],
            ["x²", "x2"],
            ["a-1", "a1"],
            ["Ł1", "L1"],
        ];
        foreach (var pair in pairs)
        {
            await using var fixture = await ImportFixture.CreateAsync(engine);
            var result = await fixture.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, Row(pair[0]), Row(pair[1]));
            if (result.IsSaved)
                (await fixture.CountsAsync()).ShouldBe((2, 2), pair[0]);
            else
                result.Problems.Kept.ShouldHaveSingleItem().Rule.Code.ShouldBe("kod-forvaxlas", pair[0]);
        }
    }

    [Fact]
    public async Task Names_of_insatser_and_codes_of_instruments_and_questions_too()
    {
        await using var fixture = await ImportFixture.CreateAsync();
        var insatser = await fixture.ImportAsync(
            ImportKind.Insatser,
            ImportFixture.Insatser,
            "Ｉｎｓａｍ;;individinriktad;individ;nej;2020-01-01;;",
            "Vägen;;individinriktad;individ;nej;2020-01-01;;",
            "Va\u0308gen\u00A0;;individinriktad;individ;nej;2020-01-01;;",
            "Ｖägen;;individinriktad;individ;nej;2020-01-01;;");
        insatser
            .Problems.Kept.Select(p => (p.Rule.Code, p.Line, p.Message))
            .ShouldBe([
                ("kod-forvaxlas", 2, "insats ser likadan ut som den i registret men är skriven med andra tecken."),
                ("dubblett", 4, "Insatsen finns redan på rad 3."),
                ("kod-forvaxlas", 5, "insats ser likadan ut som den på rad 3 men är skriven med andra tecken."),
            ]);
        const string Question = ";Hur?;1;10;hogre_ar_battre;1";
        var instruments = await fixture.ImportAsync(
            ImportKind.Instrument,
            ImportFixture.Instrument,
            "Ｍin väg;1;deltagare;a" + Question,
            "Ny;1;deltagare;b1" + Question,
            "Ny;1;deltagare;ｂ１" + Question);
        instruments.Problems.Kept.Select(p => (p.Rule.Code, p.Line, p.Column)).ShouldBe([("kod-forvaxlas", 2, "instrument"), ("kod-forvaxlas", 4, "fraga")]);
    }

    [Fact]
    public async Task A_code_of_fifty_long_signs_is_kept_and_found_again()
    {
        await using var fixture = await ImportFixture.CreateAsync();
        var code = new string('か', 50);
        (await fixture.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, Row(code))).IsSaved.ShouldBeTrue();
        var again = await fixture.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, Row(code));
        (again.Counts.Added, again.Counts.Unchanged).ShouldBe((0, 1));
    }

    private static string Row(string code) => $"{code};Insam;kvinna;1990;;2024-01-15;;";
}
