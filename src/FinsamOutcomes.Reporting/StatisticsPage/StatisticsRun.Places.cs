using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Reports;

namespace FinsamOutcomes.Reporting.StatisticsPage;

// The situation on a day.
internal sealed partial class StatisticsRun
{
    /// <summary>
    /// Who takes part on the last day, who waits, and how many places there are. Ends of months only, unless small numbers
    /// are shown: two days in a row would tell who came and left.
    /// </summary>
    /// <param name="places">Places of each insats by name.</param>
    /// <param name="counted">Insatser that only register how many took part: they have no participants to count here.</param>
    public StatisticsPart Places(IReadOnlyDictionary<string, int?> places, IReadOnlySet<string> counted)
    {
        var day = requests.Day;
        var ongoing = publication.Cells(requests.Ongoing).Where(c => c.Statistic == "ongoing_at_end").ToList();
        var queue = publication.Cells(requests.Queue).ToDictionary(c => c.Insats, StringComparer.Ordinal);

        // A 0 would say that nobody takes part, where nobody could be registered that day.
        var without = ongoing
            .Where(c => c.Insats != _whole && IsZero(c) && IsZero(queue.GetValueOrDefault(c.Insats)) && (counted.Contains(c.Insats) || !IsRunning(c.Insats)))
            .Select(c => c.Insats)
            .ToHashSet(StringComparer.Ordinal);
        ongoing.RemoveAll(c => without.Contains(c.Insats));
        var onlyCounted = without.Where(counted.Contains).ToList();
        var closed = ongoing
            .Where(c => c.Insats != MeasureCell.All && labels.Measures.Insatser.First(i => i.Name == c.Insats).EndsOn < day)
            .Select(c => c.Insats)
            .ToList();
        var parts = ongoing.Where(c => c.Insats != _whole).ToList() is { Count: > 0 } several ? several : ongoing.Where(_ => insats is not null).ToList();
        var info = MeasureCatalogue.Find("deltaganden");
        var title = $"Läget {Swedish.LongDate(day)}: pågående, kö och platser";
        var subtitle = string.Join(
            " · ",
            [$"Deltaganden {Swedish.LongDate(day)}, {(day == filter.To ? "periodens sista dag" : "senaste månadsslutet")}", .. Limits]);
        IReadOnlyList<string> notes =
        [
            "Pågående: inskrivna och inte utskrivna den dagen. I kö: anmälda som inte skrivits in. Platser: enligt insatsens uppgifter i dag, oavsett urval av ålder och kön.",
            .. insats is null && labels.Measures.Insatser.Any(i => i.ParentId != 0 && parts.Exists(p => p.Insats == i.Name))
                ? ["Ett delprojekt räknas också in i sin insats."]
                : Array.Empty<string>(),
            .. onlyCounted.Count == 0 ? Array.Empty<string>() : [$"Har inga registrerade deltagare, bara antal: {string.Join(", ", onlyCounted)}."],
            .. closed.Count == 0 ? Array.Empty<string>() : [$"Har slutat, men har deltaganden utan avslut som räknas här: {string.Join(", ", closed)}."],
        ];
        return new StatisticsPart
        {
            Id = "laget",
            Figure =
                parts.Count == 0
                    ? null
                    : new ColumnFigure
                    {
                        Id = "laget",
                        Title = title,
                        Subtitle = subtitle,
                        Unit = ValueUnit.Count,
                        Notes = notes,
                        Source = Source,
                        Categories = [.. parts.Select(Label)],
                        Series =
                        [
                            new("Pågående", SeriesRole.Category, [.. parts.Select(c => MeasureFigure.Point(c))]),
                            new("I kö", SeriesRole.Category, [.. parts.Select(c => MeasureFigure.Point(Waiting(c)))]),
                            new(
                                "Platser",
                                SeriesRole.Category,
                                [.. parts.Select(c => Places(c) is { } number ? new FigurePoint(CellState.Shown, number) : FigurePoint.NoData)]),
                        ],
                    },
            Table = new ReportTable
            {
                Id = "laget",
                Title = title,
                Subtitle = subtitle,
                Columns = [new("Insats", Unit: null), new("Pågående", ValueUnit.Count), new("I kö", ValueUnit.Count), new("Platser", ValueUnit.Count)],
                Rows =
                [
                    .. ongoing.Select(c => new ReportRow(
                        [
                            ReportCell.Of(c.Insats == MeasureCell.All ? "Hela förbundet" : Label(c)),
                            MeasureTable.Cell(c, StatisticKind.Count),
                            MeasureTable.Cell(Waiting(c), StatisticKind.Count),
                            Places(c) is { } number ? ReportCell.Of(number) : ReportCell.Without(CellState.NoData),
                        ],
                        IsTotal: c.Insats == _whole)),
                ],
                Notes = notes,
                Source = Source,
            },
            Definition = MeasureCatalogue.Definitions(info, MeasureCatalogue.Find("ko")),
            Span = (day, day),
            N = ongoing.FirstOrDefault(c => c.Insats == _whole)?.Value is { } all ? (long)all : null,
        };

        string Label(MeasureCell cell) => labels.Of(info, "insats", cell.Insats);

        static bool IsZero(MeasureCell? cell) => cell is null or { State: CellState.NoData } or { State: CellState.Shown, Value: 0 };

        bool IsRunning(string name) =>
            labels.Measures.Insatser.First(i => i.Name == name) is var asked && asked.StartsOn <= day && (asked.EndsOn is null || asked.EndsOn >= day);

        // An insats that has closed and that nobody waits for has no row of its own in the queue.
        MeasureCell? Waiting(MeasureCell cell) =>
            queue.GetValueOrDefault(cell.Insats) ?? (cell.State == CellState.NoData ? null : cell with { State = CellState.Shown, Value = 0, N = null });

        int? Places(MeasureCell cell)
        {
            // Somebody may still be in an insats that has closed; places it has none.
            if (cell.Insats != MeasureCell.All)
                return IsRunning(cell.Insats) ? places.GetValueOrDefault(cell.Insats) : null;
            // A sum in which a part is unknown would be too small.
            var top = labels
                .Measures.Insatser.Where(i => i.ParentId == 0 && IsRunning(i.Name) && parts.Exists(p => p.Insats == i.Name))
                .Select(i => places.GetValueOrDefault(i.Name))
                .ToList();
            return top.Count > 0 && top.TrueForAll(p => p is not null) ? top.Sum() : null;
        }
    }
}
