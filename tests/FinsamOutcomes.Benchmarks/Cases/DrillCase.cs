using System.Diagnostics;
using System.Globalization;
using FinsamOutcomes.Benchmarks.Invented;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Backups;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Erasures;
using FinsamOutcomes.Data.Privacy;

namespace FinsamOutcomes.Benchmarks.Cases;

/// <summary>
/// The restore drill with all its checks: a backup of a large register with names and an event for each participation, put back
/// in a folder of its own, with three people erased since. And the change of its key.
/// </summary>
internal static class DrillCase
{
    private const int Stays = 200_000;
    private const int Erased = 3;
    private const string Actor = "mätning";

    public static async Task<CaseResult> RunAsync(Bench bench)
    {
        var count = bench.Rows ?? Stays;
        var address = "sqlite:" + bench.PathOf("drill/finsam.sqlite");
        Console.Error.WriteLine("  filling the database …");
        var forbund = await InventedDatabase.FillAsync(address, count, hasNames: true);
        var database = await FinsamDatabase.OpenAsync(address);
        await using (var write = await database.WriteAsync())
        {
            for (var i = 1; i <= count; i++)
                await AuditLog.AppendAsync(
                    write,
                    new NewAuditEvent { ForbundId = forbund, Actor = Actor, Action = "Participations.Register", Entity = "participation", EntityId = i });
            await write.CommitAsync();
        }

        var notes = new List<string>();
        var clock = Stopwatch.StartNew();
        var backup = await new BackupStore(database).MakeAsync(new NewBackup(bench.PathOf("drill/kopior"), Actor));
        notes.Add(string.Create(CultureInfo.InvariantCulture, $"backup of {count} participations, {backup.Bytes / 1e6:0} MB: {clock.Elapsed.TotalSeconds:0.0} s"));

        await using (var session = await database.ReadAsync())
        {
            foreach (var row in (await session.QueryAsync<LivingParticipantRow>("Erasures.Living")).Take(Erased))
                await new ErasureStore(database).DecideOneAsync(forbund, row.Id, "mistake", Actor);
        }

        await new ErasureStore(database).RunAsync(forbund);
        var last = TimeSpan.Zero;
        clock.Restart();
        var restored = await new BackupRestore(said =>
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"  {(clock.Elapsed - last).TotalSeconds:0.0} s: {said}"));
            last = clock.Elapsed;
        }).RunAsync(new NewRestore(backup.Folder, address, Actor) { OnlyTries = true });
        notes.Add(string.Create(CultureInfo.InvariantCulture, $"restore drill, checks included: {restored.Took.TotalSeconds:0.0} s"));

        clock.Restart();
        var changed = await KeyChange.RunAsync(database, Actor);
        notes.Add(string.Create(CultureInfo.InvariantCulture, $"change of key, {changed.Values} values: {clock.Elapsed.TotalSeconds:0.0} s"));
        return new CaseResult([], notes);
    }
}
