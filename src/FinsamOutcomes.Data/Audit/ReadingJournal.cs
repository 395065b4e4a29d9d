using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Data.Audit;

/// <summary>
/// What people have seen: names, lists of people, files, the log itself. A line is on disk before anything is shown, and
/// waits for nobody who writes in the register: in SQLite it lies in a file of its own. From there the lines are taken into
/// the audit chain, in the order they were noted, with the time they were noted at. A line leaves the journal only when its
/// event is kept, and a line that was taken in is never taken in twice, whenever a program is stopped.
/// </summary>
public sealed class ReadingJournal(FinsamDatabase database)
{
    /// <summary>Lines that are taken in before others get their turn to write.</summary>
    private const int LinesAtOnce = 200;

    // Lines of one moment are told apart by their number in the process, and processes by chance.
    private static readonly string s_process = RandomNumberGenerator.GetHexString(12, lowercase: true);
    private static int s_number;

    private static readonly ConditionalWeakTable<FinsamDatabase, Taking> s_taking = [];

    /// <summary>Notes a reading; when this returns it is kept, whatever happens to the program.</summary>
    public async Task NoteAsync(NewAuditEvent reading, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reading);
        await database.UseJournalAsync(async journal =>
        {
            await using var session = await journal.WriteAsync(cancellationToken);
            await session.ExecuteAsync("Readings.Prepare", cancellationToken: cancellationToken);
            var now = session.UtcNow;
            var id = string.Create(
                CultureInfo.InvariantCulture,
                $"{new DateTimeOffset(now).ToUnixTimeMilliseconds():x12}{Interlocked.Increment(ref s_number):x8}{s_process}");
            await session.ExecuteAsync(
                "Readings.Note",
                new { ReadingId = id, reading.ForbundId, HappenedAt = now, reading.Actor, reading.Action, reading.Entity, reading.EntityId, reading.Detail },
                cancellationToken);
            await session.CommitAsync(cancellationToken);
            return id;
        });
    }

    /// <summary>Takes what waits into the chains; returns how many lines that were.</summary>
    public async Task<int> ChainAsync(CancellationToken cancellationToken = default)
    {
        var count = 0;
        foreach (
            var forbundId in await ReadAsync(session => session.QueryAsync<int>("Readings.ForbundIds", cancellationToken: cancellationToken), cancellationToken)
        )
        {
            int taken;
            do
            {
                taken = await ChainAsync(forbundId, cancellationToken);
                count += taken;
            }
            while (taken == LinesAtOnce);
        }

        return count;
    }

    /// <summary>
    /// Takes in what waits, but gives up waiting for others who write: the lines are then taken in later. Those who ask at
    /// the same time share one try.
    /// </summary>
    public async Task TryChainAsync(TimeSpan longest)
    {
        var taking = s_taking.GetOrCreateValue(database);
        var end = Task.Delay(longest);
        bool isOwn;
        do
        {
            // On a thread of its own, since waiting for another program's writing holds one. A try that was begun by
            // somebody else may have begun before our own line was there.
            (var trying, isOwn) = taking.Share(() => Task.Run(() => ChainAsync()));
            await Task.WhenAny(trying, end);
        }
        while (!isOwn && !end.IsCompleted);
    }

    /// <summary>How many lines of a förbund are not in the chain yet.</summary>
    public Task<int> CountWaitingAsync(int forbundId, CancellationToken cancellationToken = default) =>
        ReadAsync(session => session.SingleOrDefaultAsync<int>("Readings.CountWaiting", new { ForbundId = forbundId }, cancellationToken), cancellationToken);

    /// <summary>The details of the latest line of an action by somebody that waits; null when none does.</summary>
    internal Task<string?> LatestAsync(int forbundId, string actor, string action, CancellationToken cancellationToken) =>
        ReadAsync(
            session =>
                session.SingleOrDefaultAsync<string>(
                    "Readings.LatestSearch",
                    new
                    {
                        ForbundId = forbundId,
                        Actor = actor,
                        Action = action,
                    },
                    cancellationToken),
            cancellationToken);

    /// <summary>How many readings by somebody since a time have details that end in certain words, whether they wait or are in the chain.</summary>
    internal async Task<int> CountOfDayAsync(int forbundId, string actor, DateTime? since, string ending, CancellationToken cancellationToken)
    {
        var asked = new { ForbundId = forbundId, Actor = actor, Since = since, Ending = "%" + ending };
        var waiting = await ReadAsync(session => session.QueryAsync<string>("Readings.OfDay", asked, cancellationToken), cancellationToken);

        // Read at one moment, after the lines: one that is taken in meanwhile is counted, and only once.
        await using var moment = await database.SnapshotAsync(cancellationToken);
        var chained = await moment.QueryAsync<string>("Readings.Chained", new { ForbundId = forbundId }, cancellationToken);
        return waiting.Except(chained, StringComparer.Ordinal).Count() + await moment.SingleOrDefaultAsync<int>("Audit.CountOfDay", asked, cancellationToken);
    }

    private Task<T> ReadAsync<T>(Func<DatabaseSession, Task<T>> read, CancellationToken cancellationToken) => database.UseJournalAsync(async journal =>
    {
        await using var session = await journal.ReadAsync(cancellationToken);
        await session.ExecuteAsync("Readings.Prepare", cancellationToken: cancellationToken);
        return await read(session);
    });

    private async Task<int> ChainAsync(int forbundId, CancellationToken cancellationToken)
    {
        var forbund = new { ForbundId = forbundId };
        IReadOnlyList<WaitingReadingRow> waiting;
        await using (var write = await database.WriteAsync(cancellationToken))
        {
            // A förbund that the database doesn't hold: its lines wait until it does.
            if (await write.ExecuteAsync("Registration.Hold", forbund, cancellationToken) == 0)
                return 0;

            // Read while the end of the chain is held, so that of two who take in the second sees what the first did.
            var taken = new { ForbundId = forbundId, Taken = LinesAtOnce };
            waiting = ReferenceEquals(database, database.Journal)
                ? await write.QueryAsync<WaitingReadingRow>("Readings.Waiting", taken, cancellationToken)
                : await ReadAsync(session => session.QueryAsync<WaitingReadingRow>("Readings.Waiting", taken, cancellationToken), cancellationToken);
            var chained = (await write.QueryAsync<string>("Readings.Chained", forbund, cancellationToken)).ToHashSet(StringComparer.Ordinal);
            foreach (var line in waiting.Where(line => !chained.Contains(line.ReadingId)))
            {
                await AuditLog.AppendAsync(
                    write,
                    new NewAuditEvent
                    {
                        ForbundId = forbundId,
                        Actor = line.Actor,
                        Action = line.Action,
                        Entity = line.Entity,
                        EntityId = line.EntityId,
                        Detail = line.Detail,
                        HappenedAt = line.HappenedAt,
                    },
                    cancellationToken);
                await write.ExecuteAsync("Readings.MarkChained", new { line.ReadingId, ForbundId = forbundId }, cancellationToken);
            }

            // What has left the journal can't be taken in again.
            foreach (var id in waiting.Count < LinesAtOnce ? chained.Except(waiting.Select(line => line.ReadingId)) : [])
                await write.ExecuteAsync("Readings.ForgetChained", new { ReadingId = id }, cancellationToken);
            await write.CommitAsync(cancellationToken);
        }

        if (waiting.Count == 0)
            return 0;
        await using var journal = await database.Journal.WriteAsync(cancellationToken);
        foreach (var line in waiting)
            await journal.ExecuteAsync("Readings.Remove", new { line.ReadingId }, cancellationToken);
        await journal.CommitAsync(cancellationToken);
        return waiting.Count;
    }

    private sealed class Taking
    {
        private readonly Lock _lock = new();
        private Task _latest = Task.CompletedTask;

        public (Task Try, bool IsOwn) Share(Func<Task> start)
        {
            lock (_lock)
            {
                if (!_latest.IsCompleted)
                    return (_latest, false);

                // What went wrong is told by the one whose work it is: the host that takes in all the time.
                _ = _latest.Exception;
                _latest = start();
                return (_latest, true);
            }
        }
    }
}

/// <summary>A reading that is not in the chain yet.</summary>
public sealed record WaitingReadingRow
{
    public required string ReadingId { get; init; }

    public required DateTime HappenedAt { get; init; }

    public required string Actor { get; init; }

    public required string Action { get; init; }

    public required string Entity { get; init; }

    public required int? EntityId { get; init; }

    public required string Detail { get; init; }
}
