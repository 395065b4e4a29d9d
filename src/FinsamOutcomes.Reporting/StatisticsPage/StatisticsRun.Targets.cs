using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.StatisticsPage;

// The board's targets.
internal sealed partial class StatisticsRun
{
    /// <summary>The board's targets of a year; they are for everybody, whatever age and gender the view is limited to.</summary>
    public StatisticsPart? Targets()
    {
        if (requests.Targets is not { Count: > 0 } targets)
            return null;
        var year = requests.TargetYear;
        var isOver = today > new DateOnly(year, 12, 31);
        var subtitle = isOver ? $"Utfall för hela {year}, jämfört med styrelsens mål" : $"Utfall hittills {year}, jämfört med styrelsens mål för hela året";
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var months = requests.TargetMonths;
        IEnumerable<string> until =
            months?.To == last || !targets.Any(requests.IsByMonths) ? []
            : months is { } whole
                ?
                [
                    $"Mål för en insats: utfallet räknas i hela månader, till och med {Swedish.LongDate(whole.To)}. Mål för hela förbundet: till och med {Swedish.LongDate(today)}.",
                ]
            : ["Mål för en insats: utfallet räknas i hela månader, och visas när årets första månad är slut."];
        var table = TargetTable.Of(
            targets,
            target => Cells(requests.Target(target)),
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
    }
}
