using FinsamOutcomes.Cli.Tests.Import;

namespace FinsamOutcomes.Cli.Tests.Rapport;

public sealed class RapportVerbTests
{
    private const string Insatser = "insats;overordnad;inriktning;uppfoljningsmetod;esf;startdatum;slutdatum;platser";
    private const string Deltagare = "deltagarkod;insats;kon;fodelsear;utbildning;inskriven;utskriven;avslutsanledning";

    [Fact]
    public async Task A_report_is_written_with_its_own_templates_and_every_path_is_told()
    {
        using var finsam = await WithPeopleAsync();
        var folder = Path.Combine(finsam.Folder, "ut");
        var (exitCode, output, error) = await finsam.RunAsync("rapport", "arsredovisning", "--ar", "2024", "--out", folder);
        exitCode.ShouldBe(0, error);
        foreach (var file in new[] { "arsredovisning-2024.docx", "arsredovisning-2024.xlsx", "arsredovisning-2024.html" })
        {
            output.ShouldContain(Path.Combine(folder, file));
            new FileInfo(Path.Combine(folder, file)).Length.ShouldBeGreaterThan(1000);
        }

        Directory.GetFiles(folder, "*.tmp").ShouldBeEmpty();
        Directory.GetFiles(Path.Combine(folder, "arsredovisning-2024-figurer"), "*.svg").ShouldNotBeEmpty();

        var own = Directory.CreateDirectory(Path.Combine(finsam.Folder, "mallar", "tertial")).FullName;
        await File.WriteAllTextAsync(Path.Combine(own, "rapport.md"), "# Egen {år}\n\n## Avsnitt\n\nHit kom {{personer in_period}} personer.\n");
        (await finsam.RunAsync("rapport", "tertial", "--ar", "2024", "--out", folder, "--mallar", Path.GetDirectoryName(own)!)).ExitCode.ShouldBe(0);

        // Six, but for one of unknown gender.
        (await File.ReadAllTextAsync(Path.Combine(folder, "tertial-2024.html"))).ShouldContain("Hit kom 5 personer.");

        await File.WriteAllTextAsync(Path.Combine(own, "rapport.md"), "# Egen\n\n```tabell\nid: a\nrubrik: A\nmatt: personr\n```\n");
        var wrong = await finsam.RunAsync("rapport", "tertial", "--ar", "2024", "--out", folder, "--mallar", Path.GetDirectoryName(own)!);
        wrong.ExitCode.ShouldBe(1);
        wrong.Error.ShouldContain("tertial/rapport.md, rad 3: Måttet ”personr” finns inte.");
    }

    [Fact]
    public async Task What_cannot_be_done_is_told_in_a_sentence()
    {
        using var finsam = await WithPeopleAsync();
        var folder = Path.Combine(finsam.Folder, "ut");
        (string[] Arguments, string Says)[] wrong =
        [
            (["rapport", "arsbok", "--ar", "2024", "--out", folder], "Rapporten ”arsbok” finns inte. Det finns: arsredovisning, projektredovisning."),
            (["rapport", "arsredovisning", "--ar", "1804", "--out", folder], "1990"),
            (["rapport", "arsredovisning", "--ar", "2059", "--out", folder], "2059 har inte börjat, så det finns inget att redovisa."),
            (["statistik", "deltaganden", "--from", "2059"], "Perioden har inte börjat: 2059-01-01 är i framtiden."),
            (["rapport", "arsredovisning", "--ar", "2024", "--out", folder, "--policy", "minst-3"], "minst-5, avrundat-till-5 eller internt"),
            (["rapport", "arsredovisning", "--ar", "2024", "--out", folder, "--mallar", Path.Combine(finsam.Folder, "finns-inte")], "rapportmallar finns inte"),
            (["rapport", "arsredovisning", "--ar", "2024", "--out", folder, "--forbund", "Annat"], "Förbundet ”Annat” finns inte"),
        ];
        foreach (var (arguments, says) in wrong)
        {
            var (exitCode, _, error) = await finsam.RunAsync(arguments);
            exitCode.ShouldBe(1, says);
            error.ShouldContain(says);
            error.ShouldNotContain("   at ");
        }

        Directory.Exists(folder).ShouldBeFalse();
    }

    internal static async Task<FinsamProcess> WithPeopleAsync()
    {
        var finsam = new FinsamProcess();
        (await finsam.RunAsync("init", "--forbund", "Prov")).ExitCode.ShouldBe(0);
        (
            await finsam.RunAsync(
                "import",
                "insatser",
                finsam.File(
                    "insatser.csv",
                    Insatser,
                    "Åkern;;individinriktad;individ;nej;2023-01-01;;",
                    "Slutad;;individinriktad;individ;nej;2020-01-01;2020-12-31;"))).ExitCode.ShouldBe(0);
        (
            await finsam.RunAsync(
                "import",
                "deltagare",
                finsam.File(
                    "deltagare.csv",
                    [Deltagare, .. Enumerable.Range(1, 6).Select(i => $"A{i};Åkern;{(i == 6 ? "okant" : "kvinna")};1990;;2024-02-01;2024-06-01;arbete")]))
        ).ExitCode.ShouldBe(0);
        return finsam;
    }
}
