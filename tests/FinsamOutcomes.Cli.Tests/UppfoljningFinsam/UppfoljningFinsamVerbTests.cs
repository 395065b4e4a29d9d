using FinsamOutcomes.Cli.Tests.Rapport;

namespace FinsamOutcomes.Cli.Tests.UppfoljningFinsam;

public sealed class UppfoljningFinsamVerbTests
{
    [Fact]
    public async Task The_files_are_written_and_what_must_be_settled_is_told()
    {
        using var finsam = await RapportVerbTests.WithPeopleAsync();
        var folder = Path.Combine(finsam.Folder, "ut");
        var (exitCode, output, error) = await finsam.RunAsync("export", "uppfoljning-finsam", "--ar", "2024", "--halvar", "1", "--out", folder);
        exitCode.ShouldBe(0, error);
        foreach (var role in new[] { "forbundsadministrator", "deltagaransvarig", "att-reda-ut" })
        {
            output.ShouldContain(Path.Combine(folder, $"uppfoljning-finsam_{role}_2024-halvar-1.csv"));
            File.Exists(Path.Combine(folder, $"uppfoljning-finsam_{role}_2024-halvar-1.csv")).ShouldBeTrue();
        }

        output.ShouldContain("Att reda ut före överlämning: 6 rader i filen");
        (await File.ReadAllLinesAsync(Path.Combine(folder, "uppfoljning-finsam_deltagaransvarig_2024-halvar-1.csv")))[1].ShouldBe("Åkern;2024;1;5;0;5;0;0;1");
        (await finsam.RunAsync("export", "uppfoljning-finsam", "--ar", "2021", "--out", folder)).Output.ShouldContain("ingen insats som pågick 2021");
    }

    [Fact]
    public async Task What_differs_from_what_was_handed_over_before_is_told_and_each_delivery_is_listed()
    {
        using var finsam = await RapportVerbTests.WithPeopleAsync();
        var folder = Path.Combine(finsam.Folder, "ut");
        (await finsam.RunAsync("overlamningar")).Output.ShouldContain("Inget är hämtat eller överlämnat än.");
        string[] export = ["export", "uppfoljning-finsam", "--ar", "2024", "--out", folder];
        (await finsam.RunAsync(export)).Output.ShouldNotContain("hämtat.");
        var kept = await File.ReadAllBytesAsync(Path.Combine(folder, "uppfoljning-finsam_deltagaransvarig_2024.csv"));
        (await finsam.RunAsync("overlamningar")).Output.ShouldContain("Inget är ändrat sedan dess.");

        (
            await finsam.RunAsync(
                "import",
                "deltagare",
                finsam.File(
                    "sena.csv",
                    "deltagarkod;insats;kon;fodelsear;utbildning;inskriven;utskriven;avslutsanledning",
                    "SEN1;Åkern;man;1990;;2024-05-01;;",
                    "SEN2;Åkern;man;1990;;2025-05-01;;"))).ExitCode.ShouldBe(0);
        (await finsam.RunAsync("overlamningar")).Output.ShouldContain($"Ändrat sedan dess:{Environment.NewLine}  hela 2024, 1 ändring");

        var (exitCode, output, error) = await finsam.RunAsync(export);
        exitCode.ShouldBe(0, error);
        output.ShouldContain("Förbundsadministratör, hämtat ");
        output.ShouldContain(": inget fält skiljer sig från det som är hämtat.");
        output.ShouldContain(": 2 fält skiljer sig från det som är hämtat.");
        output.ShouldContain("  Åkern, Män: 0 → 1");
        output.ShouldContain("  Åkern, Totalt kvinnor och män: 5 → 6");
        output.ShouldContain("    Åkern: 1 nytt deltagande");
        output.ShouldNotContain("SEN1");

        output = (await finsam.RunAsync("overlamningar")).Output;
        output.ShouldContain("Inget är ändrat sedan dess.");
        output.Split(Environment.NewLine).Count(l => l.Contains("hela 2024", StringComparison.Ordinal)).ShouldBe(4);
        var first = output.Split(Environment.NewLine).Single(l => l.TrimStart().StartsWith("2  ", StringComparison.Ordinal));
        first.ShouldContain(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(kept))[..12]);
        first.ShouldEndWith(", hämtad, ersatt av 4");

        // Said to be handed over, it is what is compared, whatever is taken afterwards.
        (exitCode, output, _) = await finsam.RunAsync("overlamningar", "--overlamnad", "2");
        exitCode.ShouldBe(0);
        output.Split(Environment.NewLine).Single(l => l.TrimStart().StartsWith("2  ", StringComparison.Ordinal)).ShouldContain(", överlämnad ");
        output.ShouldContain($"Ändrat sedan dess:{Environment.NewLine}  hela 2024, 1 ändring");
        (exitCode, _, error) = await finsam.RunAsync("overlamningar", "--overlamnad", "2");
        (exitCode, error.Trim()).ShouldBe((1, "Kvitto 2 finns inte, eller är redan överlämnat."));
        (await finsam.RunAsync([.. export, "--per-kon"])).ExitCode.ShouldBe(0);
        (await File.ReadAllTextAsync(Path.Combine(folder, "uppfoljning-finsam_forbundsadministrator_2024.csv"))).ShouldContain(
            "Antal deltagare (strukturövergripande insats);Kvinnor;Män;Totalt kvinnor och män");
    }

    [Fact]
    public async Task A_period_that_has_not_begun_is_refused_and_one_that_goes_on_is_told()
    {
        using var finsam = await RapportVerbTests.WithPeopleAsync();
        var (exitCode, _, error) = await finsam.RunAsync("export", "uppfoljning-finsam", "--ar", "2059", "--out", "ut");
        exitCode.ShouldBe(1);
        error.ShouldContain("Perioden har inte börjat: 2059-01-01 är i framtiden.");
        Directory.Exists(Path.Combine(finsam.Folder, "ut")).ShouldBeFalse();
        var thisYear = DateTime.Now.Year.ToString(System.Globalization.CultureInfo.InvariantCulture);
        (await finsam.RunAsync("export", "uppfoljning-finsam", "--ar", thisYear, "--out", "ut")).Output.ShouldContain(
            "Obs: perioden är inte slut. Antalen gäller hittills, till och med ");
    }

    [Fact]
    public async Task A_year_or_half_that_is_not_one_is_refused()
    {
        using var finsam = await RapportVerbTests.WithPeopleAsync();
        foreach (var (year, half) in new[] { ("1804", "1"), ("2024", "3") })
        {
            var (exitCode, _, error) = await finsam.RunAsync("export", "uppfoljning-finsam", "--ar", year, "--halvar", half, "--out", "ut");
            exitCode.ShouldBe(1);
            error.ShouldContain(year == "1804" ? "1990" : "--halvar ska vara 1 eller 2");
        }

        Directory.Exists(Path.Combine(finsam.Folder, "ut")).ShouldBeFalse();
        (await finsam.RunAsync("export", "uppfoljning-finsam", "--out", "ut")).ExitCode.ShouldBe(1);
    }
}
