using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Data.Registration;

/// <summary>
/// One registration in one förbund: checks, writes and the audit event in one transaction. The end of the förbund's audit
/// chain is held from the start, so that what was checked (no overlap, a free name) still holds when it is written, on
/// both engines, and locks are always taken in the same order.
/// </summary>
internal sealed class RegistrationWrite : IAsyncDisposable
{
    private readonly CancellationToken _cancellationToken;

    private RegistrationWrite(DatabaseSession session, int forbundId, string actor, CancellationToken cancellationToken)
    {
        Session = session;
        ForbundId = forbundId;
        Actor = actor;
        _cancellationToken = cancellationToken;
    }

    public DatabaseSession Session { get; }

    public int ForbundId { get; }

    public string Actor { get; }

    public static async Task<RegistrationWrite> OpenAsync(FinsamDatabase database, int forbundId, string actor, CancellationToken cancellationToken)
    {
        var session = await database.WriteAsync(cancellationToken);
        try
        {
            if (await session.ExecuteAsync("Registration.Hold", new { ForbundId = forbundId }, cancellationToken) == 0)
                throw FieldErrors.Single("ForbundId", "Förbundet finns inte i databasen.");
            return new RegistrationWrite(session, forbundId, actor, cancellationToken);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes the audit event and keeps everything.</summary>
    public async Task CommitAsync(string action, string entity, int? entityId, string detail = "")
    {
        var happened = new NewAuditEvent { ForbundId = ForbundId, Actor = Actor, Action = action, Entity = entity, EntityId = entityId, Detail = detail };
        await AuditLog.AppendAsync(Session, happened, _cancellationToken);
        await Session.CommitAsync(_cancellationToken);
    }

    public ValueTask DisposeAsync() => Session.DisposeAsync();
}
