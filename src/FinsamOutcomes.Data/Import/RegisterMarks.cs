using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Data.Import;

/// <summary>How far the register had come when a file was compared with it.</summary>
/// <param name="lastIds">The last id given out, by table.</param>
public sealed class RegisterMarks(IReadOnlyDictionary<string, int> lastIds)
{
    /// <summary>Read before all else: what comes after them is seen as a change, read or not.</summary>
    public static async Task<RegisterMarks> ReadAsync(DatabaseSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        return new(
            (await session.QueryAsync<KnownMark>("Import.Marks", cancellationToken: cancellationToken)).ToDictionary(
                m => m.TableName,
                m => m.LastId,
                StringComparer.Ordinal));
    }

    /// <summary>What has come or been changed since, as far as a file can rest on it.</summary>
    public Task<IReadOnlyList<ChangedMeanwhile>> ChangedSinceAsync(DatabaseSession session, int forbundId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.QueryAsync<ChangedMeanwhile>(
            "Import.ChangedSince",
            new
            {
                ForbundId = forbundId,
                Participant = Of("participant"),
                Participation = Of("participation"),
                Insats = Of("insats"),
                Instrument = Of("instrument"),
                InstrumentItem = Of("instrument_item"),
                Assessment = Of("assessment"),
                ChangeHistory = Of("change_history"),
                ImportBatch = Of("import_batch"),
            },
            cancellationToken);
    }

    private int Of(string table) => lastIds.GetValueOrDefault(table);
}
