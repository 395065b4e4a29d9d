using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Reporting.Measures;

/// <summary>The words for the codes in cells, and what insatser and questions a förbund has.</summary>
public sealed class MeasureLabels
{
    private readonly ILookup<string, DimensionCodeRow> _codes;

    private MeasureLabels(IReadOnlyList<DimensionCodeRow> codes, IReadOnlyList<MeasureInsatsRow> insatser, IReadOnlyList<MeasureItemRow> items)
    {
        _codes = codes.ToLookup(c => c.Dimension, StringComparer.Ordinal);
        Insatser = insatser;
        Items = items;
    }

    /// <summary>Each insats followed by its delprojekt.</summary>
    public IReadOnlyList<MeasureInsatsRow> Insatser { get; }

    /// <summary>The questions of the förbund's instruments.</summary>
    public IReadOnlyList<MeasureItemRow> Items { get; }

    /// <summary>The codes of a dimension in the order of tables, <c>unknown</c> last.</summary>
    public IEnumerable<DimensionCodeRow> Codes(string dimension) => _codes[dimension];

    /// <summary>The label of a code; <c>Alla</c> for the total, the code itself when it has none.</summary>
    public string Of(string dimension, string code) => code == MeasureCell.All ? "Alla" : Codes(dimension).FirstOrDefault(c => c.Code == code)?.Label ?? code;

    /// <summary>
    /// What an instrument is called in <see cref="MeasureCell.Definition"/>: its code, with the version when it has
    /// several and the respondent when that is the caseworker.
    /// </summary>
    public string Instrument(MeasureItemRow item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var hasVersions = Items.Any(i => i.Instrument == item.Instrument && i.Respondent == item.Respondent && i.InstrumentVersion != item.InstrumentVersion);
        return item.Instrument + (hasVersions ? $" v{item.InstrumentVersion}" : "") + (item.Respondent == "caseworker" ? " (handläggare)" : "");
    }

    /// <summary>The words of a förbund as they are now, where nothing is counted with them.</summary>
    public static async Task<MeasureLabels> OfAsync(FinsamDatabase database, int forbundId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var session = await database.ReadAsync(cancellationToken);
        return await LoadAsync(session, forbundId, cancellationToken);
    }

    internal static async Task<MeasureLabels> LoadAsync(DatabaseSession session, int forbundId, CancellationToken cancellationToken) =>
        new(
            await session.QueryAsync<DimensionCodeRow>("Measures.Codes", new { ForbundId = forbundId }, cancellationToken),
            await session.QueryAsync<MeasureInsatsRow>("Measures.Insatser", new { ForbundId = forbundId }, cancellationToken),
            await session.QueryAsync<MeasureItemRow>("Measures.Items", new { ForbundId = forbundId }, cancellationToken));
}
