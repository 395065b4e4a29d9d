using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>What a year's annual report still lacks.</summary>
public sealed record AnnualReportGaps
{
    /// <summary>The texts that each insats writes.</summary>
    public required IReadOnlyList<InsatsTextSection> Sections { get; init; }

    /// <summary>The insatser that were open in the year, each followed by its delprojekt.</summary>
    public required IReadOnlyList<InsatsReportProgressRow> Insatser { get; init; }

    /// <summary>True when the board has set no target for the year.</summary>
    public required bool HasNoTargets { get; init; }

    /// <summary>Titles of the targets whose measure has no value.</summary>
    public required IReadOnlyList<string> TargetsWithoutValue { get; init; }

    /// <summary>Names of the förbund's own costs whose outcome is not known.</summary>
    public required IReadOnlyList<string> CostsWithoutOutcome { get; init; }

    /// <summary>False while the year goes on: outcomes are filled in when it has ended, and are not missing before.</summary>
    public required bool IsYearOver { get; init; }

    public int MissingTexts => Insatser.Sum(MissingTextsOf);

    public int MissingOutcomes => MissingOutcomesOf(Insatser);

    public int MissingOutcomesOf(IEnumerable<InsatsReportProgressRow> insatser) => IsYearOver ? insatser.Count(i => !i.HasOutcome) : 0;

    /// <summary>Everything that is missing, counted.</summary>
    public int Total => MissingTexts + MissingOutcomes + (HasNoTargets ? 1 : 0) + TargetsWithoutValue.Count + CostsWithoutOutcome.Count;

    public int MissingTextsOf(InsatsReportProgressRow insats)
    {
        ArgumentNullException.ThrowIfNull(insats);
        return Sections.Count - insats.WrittenTexts;
    }

    public static async Task<AnnualReportGaps> OfAsync(FinsamDatabase database, int forbundId, int year, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        var sections = ReportDefinition.Load("projektredovisning").TextSections;
        var targets = await TargetTable.TargetsAsync(database, forbundId, year, cancellationToken);
        var isYearOver = database.Today > new DateOnly(year, 12, 31);
        var costs = await new InsatsEconomyStore(database).CostsAsync(forbundId, year, cancellationToken);
        var insatser = await new InsatsTextStore(database).ProgressAsync(forbundId, year, sections.Select(s => s.Section), cancellationToken);
        await using var snapshot = await MeasureSnapshot.OpenAsync(database, forbundId, cancellationToken);
        return new AnnualReportGaps
        {
            Sections = sections,
            IsYearOver = isYearOver,
            Insatser = insatser,
            HasNoTargets = targets.Count == 0,
            TargetsWithoutValue = await WithoutValueAsync(snapshot, forbundId, year, targets),
            CostsWithoutOutcome = [.. costs.Where(c => isYearOver && c.OutcomeKronor is null).Select(c => c.Name)],
        };
    }

    private static async Task<IReadOnlyList<string>> WithoutValueAsync(MeasureSnapshot snapshot, int forbundId, int year, IReadOnlyList<TargetRow> targets)
    {
        var missing = new List<string>();
        foreach (var target in targets)
        {
            var info = MeasureCatalogue.All.FirstOrDefault(m => m.Name == target.Measure);
            if (info is null || !await HasValueAsync(info, target))
                missing.Add($"{info?.Title ?? target.Measure}, {target.Insats ?? "hela förbundet"}");
        }

        return missing;

        async Task<bool> HasValueAsync(MeasureInfo info, TargetRow target)
        {
            try
            {
                var cells = await snapshot.ComputeAsync(
                    new MeasureRequest
                    {
                        Measure = info.Name,
                        ForbundId = forbundId,
                        From = new DateOnly(year, 1, 1),
                        To = new DateOnly(year, 12, 31),
                        Definition = target.Definition,
                        Insats = target.Insats,
                    });
                return cells.Any(c => c.Statistic == info.Statistics[0].Name && c.State == CellState.Shown && c.Category is null or MeasureCell.All);
            }
            catch (MeasureRequestException)
            {
                // Set for a definition that is gone.
                return false;
            }
        }
    }
}
