using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Publishing;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>What a report reads beside its numbers, at the same moment: words, definitions, texts, targets and money.</summary>
internal sealed record ReportSource
{
    public required ReportLabels Labels { get; init; }

    public required PositiveDefinitions Definitions { get; init; }

    public required KnownStructure Structure { get; init; }

    public required IReadOnlyList<TargetRow> Targets { get; init; }

    public required IReadOnlyList<EconomyRow> Economy { get; init; }

    /// <summary>Null when nothing is known of the year's money.</summary>
    public required EconomyTotalRow? EconomyTotal { get; init; }

    /// <summary>The day that the register was read.</summary>
    public required DateOnly Today { get; init; }

    private IReadOnlyDictionary<(int Insats, string Section), string> Texts { get; init; } = new Dictionary<(int, string), string>();

    /// <summary>What the people of an insats wrote for a section, as Markdown; null when they have written nothing.</summary>
    public string? Text(MeasureInsatsRow insats, string section) => Texts.GetValueOrDefault((insats.Id, section));

    public PositiveDefinitionRow? Definition(string? code) => Definitions.Find(code ?? MeasureCatalogue.DefaultDefinition);

    public static async Task<ReportSource> ReadAsync(MeasureSnapshot snapshot, ReportRequest request, CancellationToken cancellationToken)
    {
        var year = new { ForbundId = request.Forbund.Id, request.Year };
        var texts = await snapshot.Session.QueryAsync<InsatsTextRow>(
            "InsatsTexts.OfYear", new { ForbundId = request.Forbund.Id, CalendarYear = request.Year }, cancellationToken);
        return new()
        {
            Labels = new ReportLabels(snapshot.Labels, snapshot.Definitions.All),
            Definitions = snapshot.Definitions,
            Structure = KnownStructure.Of(snapshot.Labels, snapshot.Definitions),
            Targets = await snapshot.Session.QueryAsync<TargetRow>("Reports.Targets", year, cancellationToken),
            Economy = await snapshot.Session.QueryAsync<EconomyRow>("Reports.Economy", year, cancellationToken),
            EconomyTotal = await snapshot.Session.SingleOrDefaultAsync<EconomyTotalRow>("Reports.EconomyTotal", year, cancellationToken),
            Texts = texts.ToDictionary(t => (t.InsatsId, t.Section), t => t.Body),
            Today = snapshot.Today,
        };
    }
}
