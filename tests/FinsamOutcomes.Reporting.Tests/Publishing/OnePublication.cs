using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Tests.Publishing;

/// <summary>The cells of one measure, published by themselves with all that they tell.</summary>
internal static class OnePublication
{
    public static IReadOnlyList<MeasureCell> PublishedAs(this IReadOnlyList<MeasureCell> cells, PublicationPolicy policy, params ToldCount[] known)
    {
        var request = new MeasureRequest
        {
            Measure = cells[0].Measure,
            ForbundId = 1,
            From = cells.Min(c => c.PeriodFrom),
            To = cells.Max(c => c.PeriodTo),
            By = MeasureDimensions.Insats | MeasureDimensions.Gender,
        };
        var told = new PlannedMeasure { Statistics = cells.Select(c => c.Statistic).ToHashSet(StringComparer.Ordinal), TellsEachN = true };
        var structure = new KnownStructure(new Dictionary<string, string>(), new Dictionary<string, IReadOnlySet<string>>(), new HashSet<string>());
        return Publication.Protect(new()
        {
            Measures = [new CountedMeasure(request, told, cells)],
            Policy = policy,
            Structure = structure,
            Today = DateOnly.MaxValue,
            Known = new(known),
        }).Cells(request);
    }
}
