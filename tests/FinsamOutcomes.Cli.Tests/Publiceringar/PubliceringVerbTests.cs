using FinsamOutcomes.Cli.Tests.Rapport;

namespace FinsamOutcomes.Cli.Tests.Publiceringar;

/// <summary>A report is kept when it is made: listed, opened, compared and replaced from the command line.</summary>
public sealed class PubliceringVerbTests
{
    [Fact]
    public async Task A_report_is_kept_opened_again_as_it_was_and_compared_with_the_register()
    {
        using var finsam = await RapportVerbTests.WithPeopleAsync();
        var (first, again) = (Path.Combine(finsam.Folder, "forst"), Path.Combine(finsam.Folder, "igen"));
        (await finsam.RunAsync("publiceringar")).Output.ShouldContain("Ingen publicering är sparad än.");
        (await finsam.RunAsync("rapport", "arsredovisning", "--ar", "2024", "--out", first)).Output.ShouldContain("Sparad som publicering 1.");

        var unchanged = await finsam.RunAsync("publicering", "1", "--jamfor");
        unchanged.Output.ShouldContain("tal är desamma i registret i dag.");
        (
            await finsam.RunAsync(
                "import",
                "deltagare",
                finsam.File(
                    "sena.csv",
                    "deltagarkod;insats;kon;fodelsear;utbildning;inskriven;utskriven;avslutsanledning",
                    "SEN1;Åkern;kvinna;1990;;2024-05-01;;"))).ExitCode.ShouldBe(0);

        var (exitCode, output, error) = await finsam.RunAsync("publicering", "1", "--out", again, "--jamfor");
        exitCode.ShouldBe(0, error);
        output.ShouldContain("- Personer: Deltagande i perioden, hela förbundet · 2024: 5 → 6");
        foreach (var file in Directory.EnumerateFiles(first, "*", SearchOption.AllDirectories))
            (await File.ReadAllBytesAsync(file)).ShouldBe(await File.ReadAllBytesAsync(Path.Combine(again, Path.GetRelativePath(first, file))), file);

        (await finsam.RunAsync("rapport", "arsredovisning", "--ar", "2024", "--out", first, "--ersatter", "1")).ExitCode.ShouldBe(0);
        var list = (await finsam.RunAsync("publiceringar")).Output.Split(Environment.NewLine);
        list[0].ShouldStartWith("2  Årsredovisning 2024  minst-5");
        list[0].ShouldEndWith(", ersätter 1");
        list[1].ShouldEndWith(", ersatt av 2");
        var twice = await finsam.RunAsync("rapport", "arsredovisning", "--ar", "2024", "--out", first, "--ersatter", "1");
        (twice.ExitCode, twice.Error.Contains("Publicering 1 är redan ersatt av publicering 2. Ersätt den i stället.", StringComparison.Ordinal)).ShouldBe((1, true));
        (await finsam.RunAsync("publicering", "9")).Error.ShouldContain("Publicering 9 finns inte.");
    }

    [Fact]
    public async Task Exact_numbers_ask_for_a_reason_that_is_kept()
    {
        using var finsam = await RapportVerbTests.WithPeopleAsync();
        string[] exact = ["rapport", "arsredovisning", "--ar", "2024", "--out", Path.Combine(finsam.Folder, "ut"), "--policy", "internt"];

        var without = await finsam.RunAsync(exact);
        (without.ExitCode, without.Error.Contains("--skal behövs", StringComparison.Ordinal)).ShouldBe((1, true));
        (await finsam.RunAsync("publiceringar")).Output.ShouldContain("Ingen publicering");

        (await finsam.RunAsync([.. exact, "--skal", "Underlag till styrelsen"])).ExitCode.ShouldBe(0);
        (await finsam.RunAsync("publicering", "1")).Output.ShouldContain("Skäl: Underlag till styrelsen");
    }
}
