using System.Collections;
using System.CommandLine;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using FinsamOutcomes.Cli.Tests.Import;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Cli.Tests;

public sealed partial class SwedishCommandLineTests
{
    /// <summary>
    /// Words that System.CommandLine and .NET use and no Swedish text does. Values the user types (<c>month</c>,
    /// <c>table</c>) are not among them.
    /// </summary>
    [GeneratedRegex(
        @"\b(description|usage|options?|commands?|arguments|required|show|help and|expected|expects|missing|unrecognized|recognized|cannot|could not|parse|provided|matched|did you|following|must|exception|unhandled|version information|System\.\w+|access|denied|not find)\b|\bat FinsamOutcomes",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex English();

    public static TheoryData<string> Verbs =>
    [
        "", "init", "import", "import insatser", "import instrument", "import deltagare", "import sjalvskattning",
        "mall", "mall deltagare", "karta", "karta deltagare", "export", "export deltagare", "export uppfoljning-finsam", "statistik", "rapport", "granska",
        "overlamningar", "publiceringar", "publicering", "backup", "restore", "kontroll", "nyckel", "nyckel byt", "gallra", "losenord", "demo",
    ];

    [Theory, MemberData(nameof(Verbs)), OnlySqlite("no database is opened.")]
    public async Task The_help_of_every_verb_is_in_Swedish(string verb)
    {
        using var finsam = new FinsamProcess();
        var (exitCode, output, error) = await finsam.RunAsync([.. Words(verb), "--help"]);
        exitCode.ShouldBe(0);
        error.ShouldBeEmpty();
        output.ShouldContain("Beskrivning:");
        output.ShouldContain("Användning:");
        output.ShouldContain("Visar den här hjälpen.");
        English().Matches(output).Select(m => m.Value).ShouldBeEmpty(output);
    }

    [Fact, OnlySqlite("no database is opened.")]
    public async Task The_help_of_the_program_names_every_verb()
    {
        using var finsam = new FinsamProcess();
        var listed = (await finsam.RunAsync("--help")).Output;
        var verbs = Regex
            .Matches(listed[listed.IndexOf("Kommandon:", StringComparison.Ordinal)..], @"^  ([a-z-]+)", RegexOptions.Multiline)
            .Select(m => m.Groups[1].Value);

        // A new verb must also be a row of Verbs above.
        verbs.ShouldBe(Verbs.Select(v => v.Data).Where(v => v.Length > 0).Select(v => v.Split(' ')[0]).Distinct(), ignoreOrder: true);
    }

    [Fact, OnlySqlite("no database is opened.")]
    public async Task What_can_be_imported_is_listed_without_the_columns_of_each()
    {
        using var finsam = new FinsamProcess();
        var (_, listed, _) = await finsam.RunAsync("import", "--help");
        listed.ShouldContain("Deltagare och deras deltaganden, en rad för varje deltagande.");
        listed.ShouldNotContain("deltagarkod");
    }

    [Theory, OnlySqlite("no database is opened.")]
    [InlineData("", "Ange ett kommando.")]
    [InlineData("import", "Ange ett kommando.")]
    [InlineData("impot", "”impot” finns inte. Menar du något av följande?\nimport\n")]
    [InlineData("import deltagre", "”deltagre” finns inte. Menar du något av följande?\ndeltagare\n")]
    [InlineData("xyzxyz", "”xyzxyz” känns inte igen som ett kommando, argument eller alternativ.")]
    [InlineData("init --forbnd Prov", "--forbund\n")]
    [InlineData("import deltagare", "Efter ”deltagare” saknas FIL.")]
    [InlineData("import deltagare a.csv b.csv", "”b.csv” känns inte igen")]
    [InlineData("import deltagare @a.csv b.csv", "”b.csv” känns inte igen")]
    [InlineData("init", "--forbund måste anges.")]
    [InlineData("init --forbund", "Efter --forbund saknas ett värde.")]
    [InlineData("init --forbund A --forbund B", "--forbund ska ha ett enda värde men har fått 2.")]
    [InlineData("rapport arsredovisning --ar abc --out d", "--ar ska vara ett år mellan 1990 och 2059, inte ”abc”.")]
    [InlineData("rapport arsredovisning --ar 24 --out d", "--ar ska vara ett år mellan 1990 och 2059, inte ”24”.")]
    [InlineData("rapport arsredovisning --ar -1 --out d", "”-1”")]
    [InlineData("rapport arsredovisning --ar 99999999999 --out d", "inte ”99999999999”.")]
    [InlineData("rapport arsredovisning --ar", "Efter --ar saknas ett värde.")]
    [InlineData("export uppfoljning-finsam --ar 2024 --halvar andra --out d", "--halvar ska vara 1 eller 2, inte ”andra”.")]
    [InlineData("export uppfoljning-finsam --ar 2024 --halvar 3 --out d", "--halvar ska vara 1 eller 2, inte ”3”.")]
    [InlineData("export uppfoljning-finsam --ar 2024 --halvar 0 --out d", "--halvar ska vara 1 eller 2, inte ”0”.")]
    [InlineData("demo --force=kanske", "”kanske”")]
    public async Task A_mistyped_command_line_is_explained_in_Swedish(string line, string expected)
    {
        using var finsam = new FinsamProcess();
        var (exitCode, output, error) = await finsam.RunAsync(Words(line));
        exitCode.ShouldBe(1, output + error);
        (output + error).ShouldContain(expected);
        English().Matches(output + error).Select(m => m.Value).ShouldBeEmpty(output + error);
    }

    [Fact]
    public async Task A_half_year_that_is_not_given_means_the_whole_year()
    {
        using var finsam = new FinsamProcess();
        await finsam.RunAsync("init", "--forbund", "Prov");
        (await finsam.RunAsync("export", "uppfoljning-finsam", "--ar", "2024", "--out", "d")).ExitCode.ShouldBe(0);
        (await finsam.RunAsync("export", "uppfoljning-finsam", "--ar", "2024", "--halvar", "2", "--out", "d2")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_file_that_can_not_be_written_is_explained_in_Swedish()
    {
        using var finsam = new FinsamProcess();
        await finsam.RunAsync("init", "--forbund", "Prov");
        var missing = Path.Combine(finsam.Folder, "finns-inte", "ut.csv");
        var occupied = finsam.File("upptagen", "text");
        foreach (var path in new[] { missing, Path.Combine(occupied, "ut.csv"), finsam.Folder })
        {
            var (exitCode, output, error) = await finsam.RunAsync("mall", "deltagare", "--out", path);
            exitCode.ShouldBe(1, error);
            error.ShouldContain(path);
            English().Matches(output + error).Select(m => m.Value).ShouldBeEmpty(output + error);
        }
    }

    [Fact, OnlySqlite("no database is opened.")]
    public async Task The_version_is_the_number_alone()
    {
        using var finsam = new FinsamProcess();
        (await finsam.RunAsync("--version")).Output.Trim().ShouldMatch(@"^\d+\.\d+\.\d+$");
    }

    [Fact]
    public void Every_text_of_the_library_has_a_Swedish_one_with_the_same_places()
    {
        var resources = new ResourceManager("System.CommandLine.Properties.Resources", typeof(Command).Assembly);
        var swedish = Texts(resources, CultureInfo.GetCultureInfo("sv"));
        var english = Texts(resources, CultureInfo.InvariantCulture);
        swedish.Keys.ShouldBe(english.Keys, ignoreOrder: true);
        foreach (var (name, text) in swedish)
        {
            text.ShouldNotBe(english[name]);
            var asked = Places(english[name]);

            // A .NET type means nothing to the user, so its place may be left out.
            Places(text).ShouldBeSubsetOf(asked);
            if (!name.StartsWith("ArgumentConversion", StringComparison.Ordinal))
                Places(text).ShouldBe(asked, ignoreOrder: true);
        }
    }

    private static Dictionary<string, string> Texts(ResourceManager resources, CultureInfo culture) =>
        resources
            .GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string)e.Value!);

    private static IEnumerable<string> Places(string text) => Regex.Matches(text, @"\{\d\}").Select(m => m.Value);

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
