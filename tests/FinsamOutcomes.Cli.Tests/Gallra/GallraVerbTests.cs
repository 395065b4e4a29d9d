using System.Globalization;
using FinsamOutcomes.Cli.Tests.Import;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Consents;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Testing;
using Microsoft.Data.Sqlite;

namespace FinsamOutcomes.Cli.Tests.Gallra;

/// <summary>
/// Erasing at the command line. More kills than here are tried when <c>FINSAM_LONG</c> says how many.
/// </summary>
public sealed class GallraVerbTests
{
    private const int People = 40;

    // Of each person either everything is there or nothing is.
    private const string Half = """
        SELECT COUNT(*) FROM participant d WHERE NOT (
            (d.erased_at IS NULL AND d.code LIKE 'P%' AND d.name_encrypted IS NOT NULL
                AND EXISTS (SELECT 1 FROM participant_name_index n WHERE n.participant_id = d.id)
                AND EXISTS (SELECT 1 FROM consent c WHERE c.participant_id = d.id)
                AND NOT EXISTS (SELECT 1 FROM erasure_participant x WHERE x.participant_id = d.id AND x.outcome IS NOT NULL)
                AND NOT EXISTS (SELECT 1 FROM audit_event a WHERE a.action = 'Participants.Erase' AND a.entity_id = d.id))
            OR (d.erased_at IS NOT NULL AND d.code = 'gallrad-' || d.id AND d.name_encrypted IS NULL
                AND NOT EXISTS (SELECT 1 FROM participant_name_index n WHERE n.participant_id = d.id)
                AND NOT EXISTS (SELECT 1 FROM consent c WHERE c.participant_id = d.id)
                AND EXISTS (SELECT 1 FROM erasure_participant x WHERE x.participant_id = d.id AND x.outcome = 'erased')
                AND EXISTS (SELECT 1 FROM audit_event a WHERE a.action = 'Participants.Erase' AND a.entity_id = d.id)))
        """;

    [Fact, OnlySqlite("the files of this test are copied and searched.")]
    public async Task Killed_in_the_middle_nobody_is_half_erased_and_the_next_run_goes_on_and_a_restored_copy_is_erased_again()
    {
        using var finsam = new FinsamProcess();
        await FillAsync(finsam);
        (await finsam.RunAsync("gallra", "--manader", "12")).Output.ShouldContain("gallring efter 12 månader");
        var shown = await finsam.RunAsync("gallra");
        shown.Output.ShouldContain($"{People} deltagare förfaller");
        shown.Output.ShouldContain($"Tas bort: {People} deltagarkoder, {People} namn, {People} samtycken.");
        shown.Output.ShouldContain("Ingen har gallrats.");
        (await finsam.RunAsync("gallra", "--deltagare", "P001", "--genomfor")).Error.ShouldContain("--skal");
        SqliteConnection.ClearAllPools();
        var fresh = await File.ReadAllBytesAsync(finsam.Database);
        var list = finsam.Database + ".gallrade";

        var kills = int.TryParse(Environment.GetEnvironmentVariable("FINSAM_LONG"), CultureInfo.InvariantCulture, out var many) ? many : 1;
        var (random, middle) = (new Random(11), 0);
        for (var i = 0; i < kills; i++)
        {
            Restore();
            File.Delete(list);
            using (var process = finsam.Start("gallra", "--genomfor"))
            {
                // Killed at a moment that depends on how far it has come.
                var after = random.Next(1, People);
                while (!process.HasExited && Lines() < after)
                    await Task.Delay(1);
                Thread.SpinWait(random.Next(1_000_000));
                process.Kill();
                await process.WaitForExitAsync();
            }

            var erased = Number("SELECT COUNT(*) FROM participant WHERE erased_at IS NOT NULL");
            (Number(Half), Text("PRAGMA integrity_check")).ShouldBe((0, "ok"));
            middle += erased is > 0 and < People ? 1 : 0;
            var said = await finsam.RunAsync("gallra", "--genomfor");
            (said.ExitCode, Number(Half), Number("SELECT COUNT(*) FROM participant WHERE erased_at IS NULL")).ShouldBe((0, 0, 0), said.Error);
            Number("SELECT COUNT(*) FROM erasure WHERE state <> 'done' OR cleaned_at IS NULL").ShouldBe(0);
        }

        middle.ShouldBeGreaterThan(0);
        var database = await FinsamDatabase.OpenAsync(finsam.Address);
        (await new AuditStore(database).CheckAsync(1)).BrokenEvent.ShouldBeNull();
        SqliteConnection.ClearAllPools();

        // An older copy, with the file of those who were erased kept beside it.
        Restore();
        var again = await finsam.RunAsync("gallra", "--igen", "finsam.sqlite.gallrade");
        again.ExitCode.ShouldBe(0);
        again.Output.ShouldContain("gallrade igen");
        Number("SELECT COUNT(*) FROM participant WHERE erased_at IS NULL OR name_encrypted IS NOT NULL").ShouldBe(0);
        Number("SELECT COUNT(*) FROM consent").ShouldBe(0);

        int Lines()
        {
            try
            {
                using var reader = new StreamReader(new FileStream(list, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
                return reader.ReadToEnd().Count(c => c == '\n') - 1;
            }
            catch (IOException)
            {
                // It is being made.
                return 0;
            }
        }

        void Restore()
        {
            SqliteConnection.ClearAllPools();
            foreach (var old in Directory.GetFiles(finsam.Folder, "finsam.sqlite*").Where(f => f != list))
                File.Delete(old);
            File.WriteAllBytes(finsam.Database, fresh);
        }

        int Number(string sql) => Convert.ToInt32(Ask(sql), CultureInfo.InvariantCulture);

        string Text(string sql) => (string)Ask(sql)!;

        object? Ask(string sql)
        {
            using var connection = new SqliteConnection($"Data Source={finsam.Database};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return command.ExecuteScalar();
        }
    }

    private static async Task FillAsync(FinsamProcess finsam)
    {
        var database = await FinsamDatabase.OpenAsync(finsam.Address);
        var forbundId = await new ForbundStore(database).AddAsync(new NewForbund { Name = "Samordningsförbundet Exempel" });
        var insats = await new InsatsStore(database).AddAsync(
            new NewInsats
            {
                ForbundId = forbundId,
                Name = "Insam",
                Orientation = "individual",
                FollowUpMethod = "individual",
                StartsOn = new DateOnly(2020, 1, 1),
                EndsOn = null,
                Capacity = 40,
                TargetGroups = [],
            });
        var participations = new ParticipationStore(database);
        for (var i = 0; i < People; i++)
        {
            var person = await participations.RegisterNewAsync(
                new NewRegistration
                {
                    ForbundId = forbundId,
                    Code = $"P{i:000}",
                    Name = $"Prov Person {(char)('a' + (i % 26))}{(char)('a' + (i / 26))}son",
                    Gender = "woman",
                    BirthYear = 1950 + i,
                    InsatsId = insats,
                    StartedOn = new DateOnly(2021, 1, 10),
                    IsNotDuplicate = true,
                });
            await participations.ExitAsync(
                new NewExit
                {
                    ForbundId = forbundId,
                    ParticipationId = person.ParticipationId,
                    Version = 1,
                    EndedOn = new DateOnly(2021, 6, 1),
                    ExitReason = "arbete",
                    IsPlannedExit = true,
                });
            await new ConsentStore(database).AddAsync(
                new NewConsent
                {
                    ForbundId = forbundId,
                    ParticipantId = person.ParticipantId,
                    Scopes = ["registration"],
                    GivenOn = new DateOnly(2021, 1, 9),
                    FormPlace = "pärm",
                });
        }

        SqliteConnection.ClearAllPools();
    }
}
