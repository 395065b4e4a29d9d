using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Import;

/// <summary>
/// What a file says of people, stays and assessments that were registered without it: the history tells what came, and what it
/// took the place of. Else nobody could tell later why a figure differs.
/// </summary>
internal sealed class FilledIn
{
    private readonly List<(string Entity, int Id, int Version, string Field, string? Before, string? Value)> _lines = [];

    /// <summary>How many facts have been noted.</summary>
    public int Count => _lines.Count;

    /// <param name="entity"><see cref="ChangedEntity.Participant"/>, <see cref="ChangedEntity.Participation"/> or <see cref="ChangedEntity.Assessment"/>.</param>
    /// <param name="id">The row's.</param>
    /// <param name="field">As when it is registered by hand.</param>
    /// <param name="value">As in the history; null of a name or number, which no history holds.</param>
    /// <param name="before">What stood there; null where nothing did.</param>
    /// <param name="version">The one that the file makes; 0 of people, stays and assessments, which get theirs when they have been written.</param>
    public void Add(string entity, int id, string field, string? value, string? before = null, int version = 0) =>
        _lines.Add((entity, id, version, field, before, value));

    /// <summary>Writes the history when the rows have been written: the version is then the one that the file made.</summary>
    public async Task WriteAsync(DatabaseSession session, int forbundId, string actor, CancellationToken cancellationToken)
    {
        if (_lines.Count == 0)
            return;
        var assessments = _lines.Where(l => l.Entity == ChangedEntity.Assessment).Select(l => l.Id).Distinct();
        await session.ExecuteAsync("Import.CompleteAssessment", assessments.Select(id => new { ForbundId = forbundId, Id = id }), cancellationToken);
        var first = await session.ReserveIdsAsync("change_history", _lines.Count, cancellationToken);
        await session.BulkInsertAsync(
            "change_history",
            ["id", "forbund_id", "entity", "entity_id", "version", "changed_at", "actor", "field", "old_value", "new_value"],
            _lines.Select((l, i) => new object?[] { first + i, forbundId, l.Entity, l.Id, l.Version, session.UtcNow, actor, l.Field, l.Before, l.Value }),
            cancellationToken);
        await session.ExecuteAsync("Import.SetHistoryVersion", new { ForbundId = forbundId, FirstId = first }, cancellationToken);
    }
}
