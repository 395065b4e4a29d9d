using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.StatisticsPage;

// The board's targets.
internal sealed partial class StatisticsRun
{
    /// <summary>
    /// The board's targets of a year; they are for everybody, whatever age and gender the view is limited to. Those of an
    /// insats are set against whole months, as all else of an insats is, unless small numbers are shown: days more or less
    /// would tell of whoever came or left in them.
    /// </summary>
    public async Task<StatisticsPart> TargetsAsync(IReadOnlyList<TargetRow> targets, int year)
    {
        var isOver = today > new DateOnly(year, 12, 31);
        var subtitle = isOver ? $"Utfall för hela {year}, jämfört med styrelsens mål" : $"Utfall hittills {year}, jämfört med styrelsens mål för hela året";
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        (DateOnly From, DateOnly To)? months =
            isOver || filter.Policy == PublicationPolicy.Internt ? (first, last) : StatisticsPeriods.MonthsWithin(first, today);
        IEnumerable<string> until =
            months?.To == last || !targets.Any(IsByMonths) ? []
            : months is { } whole
                ?
                [
                    $"Mål för en insats: utfallet räknas i hela månader, till och med {Swedish.LongDate(whole.To)}. Mål för hela förbundet: till och med {Swedish.LongDate(today)}.",
                ]
            : ["Mål för en insats: utfallet räknas i hela månader, och visas när årets första månad är slut."];
        var table = await TargetTable.OfAsync(
            targets,
            ComputeAsync,
            new ReportCaption("mal", $"Mål och utfall {year}", subtitle, ["Målen gäller hela året och alla åldrar och kön, oavsett urval.", .. until], Source),
            isOver,
            filter.Policy);
        return new StatisticsPart
        {
            Id = "mal",
            Figure = null,
            Table = table,
            Definition = "Varje mål jämförs med måttets utfall för året.",
            N = null,
            Span = (first, last < today ? last : today),
        };

        async Task<IReadOnlyList<MeasureCell>> ComputeAsync(TargetRow target)
        {
            try
            {
                // Targets of several insatser are counted at once.
                if ((IsByMonths(target) ? months : (first, last)) is not { } span)
                    return [];
                var request = new MeasureRequest
                {
                    Measure = target.Measure,
                    ForbundId = forbund.Id,
                    From = span.From,
                    To = span.To,
                    Definition = target.Definition,
                };
                if (!MeasureCatalogue.Find(target.Measure).Dimensions.HasFlag(MeasureDimensions.Insats))
                    return await measures.ComputeAsync(request with { Insats = target.Insats });
                return
                [
                    .. (await measures.ComputeAsync(request with { By = MeasureDimensions.Insats })).Where(c => c.Insats == (target.Insats ?? MeasureCell.All)),
                ];
            }
            catch (MeasureRequestException)
            {
                // A target that was set for a definition that is gone stands there without an outcome.
                return [];
            }
        }
    }

    // Those who are only counted are known by the half-year, and not by the day.
    private bool IsByMonths(TargetRow target) => target.Insats is { } name && labels.Measures.Insatser.Any(i => i.Name == name && !i.IsCountedOnly);
}
