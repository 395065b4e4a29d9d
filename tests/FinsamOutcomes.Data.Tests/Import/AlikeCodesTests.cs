using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Import;

/// <summary>Codes and names that look the same are the same person and insats, however they are written, and only those.</summary>
public sealed class AlikeCodesTests
{
    /// <summary>Two spellings of a code: full width, å as one sign or two, a ligature, another dash, what can't be seen.</summary>
    public static TheoryData<string, string> Alike { get; } = new()
    {
        { "AB1", "ＡＢ１" },
        { "ab1", "ＡＢ１" },
        { "Å1", "A\u030A1" },
        { "fi1", "ﬁ1" },
        { "É2", "e\u03012" },
        { "½", "1⁄2" },
        { "AB1", "AB١" },
        { "A-1", "A\u20131" },
        { "A-1", "A\u22121" },
        { "A 1", "A \u00A01" },
        { "AB1", "A\u200DB1" },
        { "AB1", "A\u00ADB1" },
        { "AB1", "\uFEFFAB1" },
        { "AB1", "\u200EAB1" },
        { "ÅÄÖ1", "åäö1" },
    };

    [Theory, MemberData(nameof(Alike))]
    public async Task Two_such_codes_in_a_file_are_one_person(string first, string second)
    {
        foreach (var (one, other) in new[] { (first, second), (second, first) })
        {
            await using var fixture = await ImportFixture.CreateAsync();
            var same = (await fixture.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, Row(one), Row("C9"), Row(other))).Problems.Kept.ShouldHaveSingleItem();
            (same.Rule.Code, same.Line, same.Message).ShouldBe(("dubblett", 4, "Deltagandet finns redan på rad 2."));
            var again = await fixture.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, Row(one), $"{other};Åkern;kvinna;1990;;2024-01-15;;");
            again.IsSaved.ShouldBeTrue();
            (await fixture.CountsAsync()).ShouldBe((1, 2));
        }
    }

    [Theory, MemberData(nameof(Alike))]
    public async Task A_code_in_the_file_finds_the_one_in_the_register(string registered, string inFile)
    {
        await using var fixture = await ImportFixture.CreateAsync();
        (await fixture.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, Row(registered))).IsSaved.ShouldBeTrue();
        var again = await fixture.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, Row(inFile));
        (again.Problems.Errors, again.Counts.Added, again.Counts.Unchanged).ShouldBe((0, 0, 1));
    }

    [Fact]
    public async Task What_cannot_be_seen_is_not_kept_and_nothing_else_is_no_code()
    {
        await using var fixture = await ImportFixture.CreateAsync();
        (await fixture.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, Row("A\u200DB1"))).IsSaved.ShouldBeTrue();
        (await new ParticipantStore(fixture.Test.Database).FindAsync(fixture.ForbundId, "ab1"))!.Code.ShouldBe("AB1");
        var problem = (await fixture.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, Row("\u200D\u3164"))).Problems.Kept.ShouldHaveSingleItem();
        (problem.Rule.Code, problem.Column).ShouldBe(("falt-tomt", "deltagarkod"));
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
    public async Task What_a_servers_collation_may_take_for_the_same_is_told_apart(string engine)
    {
        string[][] pairs =
        [
            ["straße1", "strasse1"],
            ["e1", "é1"],
            ["AV1", "AW1"],
            ["カ1", "か1"],
            ["I1", "ı1"],
            ["Æ1", "Ae1"],
            ["a-1", "a1"],
            ["Ł1", "L1"],
        ];
        foreach (var pair in pairs)
        {
            await using var fixture = await ImportFixture.CreateAsync(engine);
            var result = await fixture.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, Row(pair[0]), Row(pair[1]));
            result.IsSaved.ShouldBeTrue(pair[0]);
            (await fixture.CountsAsync()).ShouldBe((2, 2), pair[0]);
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
                ("insats-avviker", 2, "Insatsen är redan registrerad med andra uppgifter: overordnad."),
                ("dubblett", 4, "Insatsen finns redan på rad 3."),
                ("dubblett", 5, "Insatsen finns redan på rad 3."),
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
