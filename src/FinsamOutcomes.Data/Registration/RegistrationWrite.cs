using System.Globalization;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Operation;

namespace FinsamOutcomes.Data.Registration;

/// <summary>
/// One registration in one förbund: checks, writes and the audit event in one transaction. The end of the förbund's audit
/// chain is held from the start, so that what was checked (no overlap, a free name) still holds when it is written, on
/// both engines, and locks are always taken in the same order. What was changed is collected on the way and written with it.
/// </summary>
internal sealed class RegistrationWrite : IAsyncDisposable
{
    private readonly CancellationToken _cancellationToken;
    private readonly List<(string Entity, int EntityId, int Version, string Field, string? OldValue, string? NewValue)> _changes = [];

    // In the logs of which the event is written: of one förbund, or of all where an account has a role.
    private readonly IReadOnlyList<int> _logs;

    private RegistrationWrite(DatabaseSession session, int forbundId, IReadOnlyList<int> logs, string actor, CancellationToken cancellationToken)
    {
        Session = session;
        ForbundId = forbundId;
        _logs = logs;
        Actor = actor;
        _cancellationToken = cancellationToken;
    }

    public DatabaseSession Session { get; }

    public int ForbundId { get; }

    public string Actor { get; }

    public static Task<RegistrationWrite> OpenAsync(FinsamDatabase database, int forbundId, string actor, CancellationToken cancellationToken) =>
        OpenAsync(database, forbundId, accountId: null, actor, cancellationToken);

    /// <summary>For what is done to an account, which belongs to every förbund where the user has a role: the event is in the log of each of them.</summary>
    public static async Task<RegistrationWrite> OpenAsync(
        FinsamDatabase database,
        int forbundId,
        int? accountId,
        string actor,
        CancellationToken cancellationToken)
    {
        var session = await database.WriteAsync(cancellationToken);
        try
        {
            IReadOnlyList<int> others = accountId is { } id ? await session.QueryAsync<int>("Accounts.ForbundIds", new { Id = id }, cancellationToken) : [];

            // In the order of the förbund, as everybody takes their logs.
            int[] logs = [.. others.Append(forbundId).Distinct().Order()];
            foreach (var log in logs)
            {
                if (await session.ExecuteAsync("Registration.Hold", new { ForbundId = log }, cancellationToken) == 0)
                    throw FieldErrors.Single("ForbundId", "Förbundet finns inte i databasen.");
            }

            return new RegistrationWrite(session, forbundId, logs, actor, cancellationToken);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Notes for the history that a field of a row has another value; nothing when it has the same.</summary>
    public void Changed(string entity, int entityId, int newVersion, string field, object? oldValue, object? newValue)
    {
        var (old, given) = (Text(oldValue), Text(newValue));
        if (old != given)
            _changes.Add((entity, entityId, newVersion, field, old, given));
    }

    /// <summary>Notes that a field changed whose values no history may hold.</summary>
    public void ChangedUntold(string entity, int entityId, int newVersion, string field) =>
        _changes.Add((entity, entityId, newVersion, field, null, null));

    /// <summary>An audit event beside the one of the commit, when one registration does two things.</summary>
    public async Task NoteAsync(string action, string entity, int? entityId, string detail = "")
    {
        foreach (var log in _logs)
            await AuditLog.AppendAsync(
                Session,
                new NewAuditEvent
                {
                    ForbundId = log,
                    Actor = Actor,
                    Action = action,
                    Entity = entity,
                    EntityId = entityId,
                    Detail = detail,
                },
                _cancellationToken);
    }

    /// <summary>Writes the changes and the audit event and keeps everything.</summary>
    public async Task CommitAsync(string action, string entity, int? entityId, string detail = "")
    {
        if (_changes.Count > 0)
        {
            var id = await Session.ReserveIdsAsync("change_history", _changes.Count, _cancellationToken);
            foreach (var c in _changes)
                await Session.ExecuteAsync(
                    "ChangeHistory.Add",
                    new
                    {
                        Id = id++,
                        ForbundId,
                        c.Entity,
                        c.EntityId,
                        c.Version,
                        ChangedAt = Session.UtcNow,
                        Actor,
                        c.Field,
                        c.OldValue,
                        c.NewValue,
                    },
                    _cancellationToken);
        }

        await NoteAsync(action, entity, entityId, detail);
        await Session.CommitAsync(_cancellationToken);
        FinsamMeter.Kept(action);
    }

    public ValueTask DisposeAsync() => Session.DisposeAsync();

    private static string? Text(object? value) => value switch
    {
        null => null,
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        decimal number => number.ToString("0.####", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
