using System.Diagnostics;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Testing;
using Microsoft.Data.Sqlite;

namespace FinsamOutcomes.Data.Tests.Audit;

public sealed class ReadingJournalTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Names_and_the_log_are_shown_while_somebody_else_writes_for_long(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var id = await AddNamedAsync(f);
        var store = new AuditStore(f.Test.Database);
        var clock = Stopwatch.StartNew();
        await using (var writing = await f.Test.Database.WriteAsync())
        {
            await writing.ExecuteAsync("Registration.Hold", new { f.ForbundId });
            (await f.Participants.ReadIdentityAsync(f.ForbundId, id, "anna")).Name.ShouldBe("Elin Provsson");
            (await f.NamesAsync("anna", id))[id].Name.ShouldBe("Elin Provsson");
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5), "a registration that waits is stopped after 30");

            var page = await store.SearchAsync(f.ForbundId, new AuditFilter { Actor = "anna" }, 1, "revisor");
            page.Events.ShouldBeEmpty();
            page.Waiting.ShouldBe(3, "two showings, and the search");
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(15));
        }

        var after = await store.SearchAsync(f.ForbundId, new AuditFilter { Actor = "anna" }, 1, "revisor");
        after
            .Events.Select(e => e.Action)
            .ShouldBe(["Participants.ReadIdentities", "Participants.ReadIdentity"], "in the order they were noted, the latest first");
        after.Waiting.ShouldBe(0);
        (await store.CheckAsync(f.ForbundId)).Fault.ShouldBe(AuditFault.None);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task What_was_noted_outlives_the_program_and_has_the_time_it_was_noted_at(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var id = await AddNamedAsync(f);
        var noted = f.Clock.GetUtcNow().UtcDateTime;
        await f.Participants.ReadIdentityAsync(f.ForbundId, id, "anna");
        f.Clock.Advance(TimeSpan.FromHours(1));

        // Another program, on the same database, that knows nothing of the first.
        var restarted = await FinsamDatabase.OpenAsync(f.Test.Address, f.Clock);
        (await new ReadingJournal(restarted).ChainAsync()).ShouldBe(1);

        var found = (await new AuditStore(restarted).SearchAsync(f.ForbundId, new AuditFilter { Actor = "anna" }, 1, "revisor")).Events.ShouldHaveSingleItem();
        (found.Action, found.EntityId, found.HappenedAt).ShouldBe(("Participants.ReadIdentity", id, noted));
    }

    [Fact]
    public async Task A_program_that_is_killed_between_chain_and_journal_takes_nothing_in_twice()
    {
        await using var f = await RegistryFixture.CreateAsync("sqlite");
        var id = await AddNamedAsync(f);
        await f.Participants.ReadIdentityAsync(f.ForbundId, id, "anna");
        var journal = Path.Combine(f.Test.Database.Engine.Folder!, "finsam.sqlite.visningar");
        var readings = new ReadingJournal(f.Test.Database);
        var lines = await JournalAsync(journal, "SELECT reading_id, forbund_id, happened_at, actor, action, entity, entity_id, detail FROM audit_reading");
        (await readings.ChainAsync()).ShouldBe(1);

        // The journal as it was before the line left it.
        await JournalAsync(
            journal,
            $"INSERT INTO audit_reading (reading_id, forbund_id, happened_at, actor, action, entity, entity_id, detail) VALUES ({string.Join(", ", lines[0].Select(v => $"'{v}'"))})"
        );
        await f.Participants.ReadIdentityAsync(f.ForbundId, id, "bo");
        await readings.ChainAsync();
        await readings.ChainAsync();

        Convert.ToInt32(await f.SqlAsync("SELECT COUNT(*) FROM audit_event WHERE action = 'Participants.ReadIdentity' AND actor = 'anna'")).ShouldBe(1);
        Convert.ToInt32(await f.SqlAsync("SELECT COUNT(*) FROM audit_event WHERE action = 'Participants.ReadIdentity' AND actor = 'bo'")).ShouldBe(1);
        (await readings.CountWaitingAsync(f.ForbundId)).ShouldBe(0);
        (await new AuditStore(f.Test.Database).CheckAsync(f.ForbundId)).Fault.ShouldBe(AuditFault.None);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Many_readers_and_many_who_take_in_at_once_lose_nothing_and_write_nothing_twice(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var readings = new ReadingJournal(f.Test.Database);
        await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i =>
                    Task.Run(async () =>
                    {
                        for (var j = 0; j < 15; j++)
                            await readings.NoteAsync(
                                new NewAuditEvent
                                {
                                    ForbundId = f.ForbundId,
                                    Actor = "anna",
                                    Action = "Participants.Open",
                                    Entity = "participant",
                                    EntityId = (i * 15) + j,
                                });
                        if (i % 5 == 0)
                            await readings.ChainAsync();
                    })));
        await readings.ChainAsync();
        Convert.ToInt32(await f.SqlAsync("SELECT COUNT(*) FROM audit_event WHERE action = 'Participants.Open'")).ShouldBe(300);
        Convert.ToInt32(await f.SqlAsync("SELECT COUNT(DISTINCT entity_id) FROM audit_event WHERE action = 'Participants.Open'")).ShouldBe(300);
        (await new AuditStore(f.Test.Database).CheckAsync(f.ForbundId)).Fault.ShouldBe(AuditFault.None);
    }

    private static Task<int> AddNamedAsync(RegistryFixture f) =>
        f.Participants.AddAsync(new NewParticipant { ForbundId = f.ForbundId, Code = "A1", Gender = "woman", BirthYear = 1990, Name = "Elin Provsson" });

    private static async Task<List<object[]>> JournalAsync(string path, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object[]>();
        while (await reader.ReadAsync())
        {
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            rows.Add(values);
        }

        return rows;
    }
}
