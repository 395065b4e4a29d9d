using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Data.Audit;

/// <summary>
/// The log of what was done, one hash chain a förbund: event_hash = SHA-256 of the event and the hash before it, so that
/// a changed or removed event shows. It never holds a name or a personal number.
/// </summary>
public static class AuditLog
{
    private static readonly string s_start = new('0', 64);

    /// <summary>Adds an event in the caller's transaction: the write and its event stand or fall together.</summary>
    public static async Task AppendAsync(DatabaseSession session, NewAuditEvent newEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(newEvent);
        var forbund = new { newEvent.ForbundId };
        if (await session.ExecuteAsync("Audit.Advance", forbund, cancellationToken) == 0)
            await session.ExecuteAsync("Audit.Start", new { newEvent.ForbundId, LastHash = s_start }, cancellationToken);
        var end = (await session.SingleOrDefaultAsync<AuditChainRow>("Audit.End", forbund, cancellationToken))!;
        var row = new AuditEventRow
        {
            EventNumber = end.LastEvent,
            HappenedAt = newEvent.HappenedAt ?? session.UtcNow,
            Actor = newEvent.Actor,
            Action = newEvent.Action,
            Entity = newEvent.Entity,
            EntityId = newEvent.EntityId,
            Detail = newEvent.Detail,
            PreviousHash = end.LastHash,
            EventHash = "",
        };
        var hash = Hash(newEvent.ForbundId, row);
        await session.ExecuteAsync(
            "Audit.Append",
            new
            {
                newEvent.ForbundId,
                row.EventNumber,
                row.HappenedAt,
                row.Actor,
                row.Action,
                row.Entity,
                row.EntityId,
                row.Detail,
                row.PreviousHash,
                EventHash = hash,
            },
            cancellationToken);
        await session.ExecuteAsync("Audit.SetHash", new { newEvent.ForbundId, LastHash = hash }, cancellationToken);
    }

    /// <summary>All events of a förbund at once, oldest first: for a short log. <see cref="AuditStore"/> reads a long one a page at a time.</summary>
    public static Task<IReadOnlyList<AuditEventRow>> EventsAsync(DatabaseSession session, int forbundId, CancellationToken cancellationToken = default) =>
        session.QueryAsync<AuditEventRow>("Audit.Events", new { ForbundId = forbundId }, cancellationToken);

    /// <summary>
    /// Reads the chain from its first event to its recorded end, an event at a time, and says where it is broken. Events
    /// that are written meanwhile are neither missed nor taken for a fault.
    /// </summary>
    public static async Task<AuditChainCheck> CheckAsync(DatabaseSession session, int forbundId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        var forbund = new { ForbundId = forbundId };
        var before = await session.SingleOrDefaultAsync<AuditChainRow>("Audit.End", forbund, cancellationToken);
        var (previous, number) = (s_start, 0);
        await foreach (var row in session.StreamAsync<AuditEventRow>("Audit.Events", forbund, cancellationToken))
        {
            number++;
            if (row.EventNumber != number)
                return new AuditChainCheck(number - 1, number, AuditFault.Missing);
            if (row.PreviousHash != previous || row.EventHash != Hash(forbundId, row) || (number == before?.LastEvent && row.EventHash != before.LastHash))
                return new AuditChainCheck(number - 1, number, AuditFault.Changed);
            previous = row.EventHash;
        }

        if (number < (before?.LastEvent ?? 0))
            return new AuditChainCheck(number, number + 1, AuditFault.TailMissing);
        var after = await session.SingleOrDefaultAsync<AuditChainRow>("Audit.End", forbund, cancellationToken);
        return number > (after?.LastEvent ?? 0)
            ? new AuditChainCheck(after?.LastEvent ?? 0, (after?.LastEvent ?? 0) + 1, AuditFault.Added)
            : new AuditChainCheck(number, null, AuditFault.None);
    }

    private static string Hash(int forbundId, AuditEventRow row)
    {
        // Each part is preceded by its length, so that no two events can give the same text.
        var text = new StringBuilder();
        foreach (var part in new[]
        {
            forbundId.ToString(CultureInfo.InvariantCulture),
            row.EventNumber.ToString(CultureInfo.InvariantCulture),
            row.HappenedAt.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
            row.Actor, row.Action, row.Entity,
            row.EntityId?.ToString(CultureInfo.InvariantCulture) ?? "",
            row.Detail, row.PreviousHash,
        })
        {
            text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part}");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}

/// <summary>What somebody did.</summary>
public sealed record NewAuditEvent
{
    public required int ForbundId { get; init; }

    /// <summary>A user name, or <c>finsam</c> for the command line.</summary>
    public required string Actor { get; init; }

    /// <summary>The named query or the job: <c>Participations.Register</c>, <c>Import.Deltagare</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The table.</summary>
    public required string Entity { get; init; }

    public int? EntityId { get; init; }

    /// <summary>Which fields changed, how many rows; no personal data.</summary>
    public string Detail { get; init; } = "";

    /// <summary>UTC, of what was noted before it is taken into the chain; null is now.</summary>
    public DateTime? HappenedAt { get; init; }
}

/// <summary>One event of the log.</summary>
public sealed record AuditEventRow
{
    public required int EventNumber { get; init; }

    public required DateTime HappenedAt { get; init; }

    public required string Actor { get; init; }

    public required string Action { get; init; }

    public required string Entity { get; init; }

    public required int? EntityId { get; init; }

    public required string Detail { get; init; }

    public required string PreviousHash { get; init; }

    public required string EventHash { get; init; }
}

/// <summary>What can be wrong with the chain.</summary>
public enum AuditFault
{
    None,

    /// <summary>The event, or the one before it, is not as it was written.</summary>
    Changed,

    /// <summary>The event is gone from among the others.</summary>
    Missing,

    /// <summary>The event and all after it are gone.</summary>
    TailMissing,

    /// <summary>The event was put in beside the program.</summary>
    Added,
}

/// <summary>The outcome of reading the chain.</summary>
/// <param name="WholeEvents">How many events from the first are as they were written.</param>
/// <param name="BrokenEvent">The number of the first event that does not fit; null when the chain is whole.</param>
/// <param name="Fault">What is wrong with that event.</param>
public sealed record AuditChainCheck(int WholeEvents, int? BrokenEvent, AuditFault Fault);

/// <summary>The end of a förbund's chain.</summary>
public sealed record AuditChainRow
{
    public required int LastEvent { get; init; }

    public required string LastHash { get; init; }
}
