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

        output.ShouldContain("Att reda ut före överlämning: 3 rader i filen");
        (await File.ReadAllLinesAsync(Path.Combine(folder, "uppfoljning-finsam_deltagaransvarig_2024-halvar-1.csv")))[1].ShouldBe("Åkern;2024;1;5;0;5;0;0;1");
        (await finsam.RunAsync("export", "uppfoljning-finsam", "--ar", "2021", "--out", folder)).Output.ShouldContain("ingen insats som pågick 2021");
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
