using FinsamOutcomes.Cli.Tests.Import;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Cli.Tests.Nyckel;

public sealed class NyckelVerbTests
{
    [Fact, OnlySqlite("the key of this test lies beside its database.")]
    public async Task Another_key_stops_every_verb_with_a_sentence_and_a_lost_one_is_left_behind()
    {
        using var finsam = new FinsamProcess();
        (await finsam.RunAsync("init", "--forbund", "Samordningsförbundet Exempel")).ExitCode.ShouldBe(0);
        var (database, forbundId) = await OpenAsync(finsam);
        await new ParticipantStore(database).AddAsync(
            new NewParticipant
            {
                ForbundId = forbundId,
                Code = "A1",
                Gender = "woman",
                BirthYear = 1990,
                Name = "Elin Provsson",
            });
        (await finsam.RunAsync("nyckel")).Output.ShouldContain("är den som databasen hör ihop med");
        (await finsam.RunAsync("nyckel", "--ny-nyckel")).Error.ShouldContain("ingenting har ändrats");
        var path = KeyFile.PathFor(database);
        File.Delete(path);
        KeyFile.ReadOrCreate(path);

        var refused = await finsam.RunAsync("export", "deltagare", "--out", "deltagare.csv");
        (refused.ExitCode, File.Exists(Path.Combine(finsam.Folder, "deltagare.csv"))).ShouldBe((1, false));
        refused.Error.ShouldContain("--ny-nyckel");
        var replaced = await finsam.RunAsync("nyckel", "--ny-nyckel");
        (replaced.ExitCode, replaced.Error).ShouldBe((0, ""));
        replaced.Output.ShouldContain("Förlorat: 1 namn, 0 personnummer, 0 användares engångskoder och 0 nycklar till inloggningar.");
        (await finsam.RunAsync("export", "deltagare", "--out", "deltagare.csv")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_taken_out_on_the_command_line_stands_in_the_log_under_the_computers_user()
    {
        using var finsam = new FinsamProcess();
        await finsam.RunAsync("init", "--forbund", "Samordningsförbundet Exempel");
        (await finsam.RunAsync("export", "deltagare", "--out", "deltagare.csv")).ExitCode.ShouldBe(0);
        (await finsam.RunAsync("statistik", "positiva-avslut", "--from", "2024")).ExitCode.ShouldBe(0);
        (await finsam.RunAsync("rapport", "arsredovisning", "--ar", "2024", "--out", "rapport")).ExitCode.ShouldBe(0);
        (await finsam.RunAsync("export", "uppfoljning-finsam", "--ar", "2024", "--out", "over")).ExitCode.ShouldBe(0);

        var (database, forbundId) = await OpenAsync(finsam);
        var log = await new AuditStore(database).SearchAsync(forbundId, new AuditFilter { Actor = $"kommandoraden ({Environment.UserName})" }, 1, "revisor");
        log.Events.Select(e => e.Action).Distinct().ShouldBe(["UppfoljningFinsam.RecordDelivery", "Publications.Keep", "Board.Compute", "Export.Deltagare"]);
        log.Events.First(e => e.Action == "Board.Compute").Detail.ShouldBe("positiva-avslut, 2024-01-01 – 2024-12-31");
    }

    private static async Task<(FinsamDatabase Database, int ForbundId)> OpenAsync(FinsamProcess finsam)
    {
        var database = await FinsamDatabase.OpenAsync(finsam.Address);
        return (database, (await new ForbundStore(database).AllAsync())[0].Id);
    }
}
