using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Cli.Tests.Import;

public sealed class ImportWaitsTests
{
    private const string Insatser = "insats;overordnad;inriktning;uppfoljningsmetod;esf;startdatum;slutdatum;platser";

    [Fact]
    public async Task On_sqlite_an_import_waits_for_another_programs_with_a_sentence_and_then_goes_on()
    {
        using var finsam = new FinsamProcess();
        (await finsam.RunAsync("init", "--forbund", "Prov")).ExitCode.ShouldBe(0);
        var file = finsam.File("insatser.csv", Insatser, "Åkern;;individinriktad;individ;nej;2020-01-01;;");
        System.Diagnostics.Process waiting;
        await using (await DatabaseEngine.FromAddress("sqlite:" + finsam.Database).TryHoldAsync("inlasning-1", CancellationToken.None))
        {
            waiting = finsam.Start("import", "insatser", file);
            (await waiting.StandardError.ReadLineAsync()).ShouldBe("En annan inläsning pågår i förbundet. Väntar tills den är klar.");
            waiting.HasExited.ShouldBeFalse();
        }

        using (waiting)
        {
            (await waiting.StandardOutput.ReadToEndAsync()).ShouldContain("Sparat.");
            await waiting.WaitForExitAsync();
            waiting.ExitCode.ShouldBe(0);
        }

        Directory.GetFiles(finsam.Folder, "*inlasning*").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_forbund_is_not_named_with_signs_that_no_document_can_hold()
    {
        using var finsam = new FinsamProcess();
        var (exitCode, _, error) = await finsam.RunAsync("init", "--forbund", "Sam\u202Eordning");
        exitCode.ShouldBe(1);
        error.ShouldContain("Förbundets namn innehåller ett osynligt tecken som ändrar läsriktningen (U+202E). Skriv om namnet utan det.");
        File.Exists(finsam.Database).ShouldBeFalse();
    }
}
