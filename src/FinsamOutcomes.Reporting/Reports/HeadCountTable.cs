using System.Globalization;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>
/// How many came to insatser that only register how many they are: by gender, half-year and year as it was reported, since
/// nothing more is known of them. What follows for them is said, and not shown as missing.
/// </summary>
internal static class HeadCountTable
{
    /// <summary>Said wherever outcomes would otherwise be expected.</summary>
    public const string NotFollowed =
        "Insatsen räknar bara hur många som deltar. Vilka de är och hur det går för dem registreras inte, så resultat följs inte här.";

    private static readonly string[] s_genders = ["woman", "man", "unknown", MeasureCell.All];

    /// <summary>The insatser that have nobody but counts, in the order of lists.</summary>
    /// <param name="labels">The förbund's insatser.</param>
    /// <param name="years">The cells of <c>personer</c> by insats.</param>
    public static IReadOnlyList<MeasureInsatsRow> Insatser(ReportLabels labels, IReadOnlyList<MeasureCell> years)
    {
        var followed = years.Where(c => c.Statistic == "new" && c.State != CellState.NoData).Select(c => c.Insats).ToHashSet(StringComparer.Ordinal);
        return [.. labels.Measures.Insatser.Where(i => i.IsCountedOnly && !followed.Contains(i.Name))];
    }

    /// <summary>The table; null when there is nothing to tell of, or nothing reported by a single insats.</summary>
    /// <param name="insatser">Those to show.</param>
    /// <param name="years">The cells of <c>personer</c> by insats and gender, for each year.</param>
    /// <param name="halves">The same for each half-year.</param>
    /// <param name="labels">Words for codes.</param>
    /// <param name="caption">What stands around it.</param>
    /// <param name="today">A year that is not over is <em>hittills</em>.</param>
    public static ReportTable? Of(
        IReadOnlyList<MeasureInsatsRow> insatser,
        IReadOnlyList<MeasureCell> years,
        IReadOnlyList<MeasureCell> halves,
        ReportLabels labels,
        ReportCaption caption,
        DateOnly today)
    {
        var info = MeasureCatalogue.Find("personer");
        var rows = new List<(string[] Labels, Dictionary<string, MeasureCell> Cells)>();
        foreach (var insats in insatser)
        {
            var statistic = insats.IsStructural ? "structural" : "anonymous";
            foreach (var year in Rows(years, insats, statistic).Where(IsAsked))
            {
                var first = year.Values.First();
                // A half-year of which nothing was reported is unknown, and said to be.
                foreach (
                    var half in Rows(halves, insats, statistic)
                        .Where(h =>
                            IsReported(year)
                            && h.Values.First().PeriodFrom.Year == first.PeriodFrom.Year
                            && h.Values.Any(c => c.State.IsKeptBack() || c.Value > 0 || c.Unreported.Count > 0)))
                    rows.Add(
                        (
                            [
                                labels.Of(info, "insats", insats.Name),
                                $"{(half.Values.First().PeriodFrom.Month == 1 ? "Första" : "Andra")} halvåret {Year(first)}{Bound(half.Values)}",
                            ],
                            half));
                rows.Add(
                    (
                        [
                            labels.Of(info, "insats", insats.Name),
                            (first.PeriodTo >= today ? $"{Year(first)} hittills" : $"Hela {Year(first)}") + Bound(year.Values),
                        ],
                        year));
            }
        }

        if (rows.Count == 0 || (insatser.Count == 1 && !rows.Exists(r => IsReported(r.Cells))))
            return null;
        var unreported = rows.SelectMany(r => r.Cells.Values).Where(c => !c.State.IsKeptBack()).SelectMany(c => c.Unreported).ToList();

        var isAbout = rows.Exists(r => r.Cells.Values.Any(c => c is { IsAtLeast: true, IsAtMost: true }));

        // Structural insatser are asked one number, without gender.
        var isOneNumber = insatser.All(i => i.IsStructural)
            && !rows.Exists(r => r.Cells.Any(c => c.Key is "woman" or "man" && c.Value.State != CellState.NoData));
        string[] genders =
        [
            .. s_genders.Where(g => g == MeasureCell.All || !isOneNumber).Where(g => g != "unknown" || rows.Exists(r => r.Cells.GetValueOrDefault(g) is { State: CellState.Hidden or CellState.Protecting } or { Value: > 0 })),
        ];
        return new ReportTable
        {
            Id = caption.Id,
            Title = caption.Title,
            Subtitle = caption.Subtitle,
            Columns =
            [
                new("Insats", Unit: null),
                new("Tid", Unit: null),
                .. genders.Select(g => new ReportColumn(g == MeasureCell.All ? "Alla" : labels.Measures.Of("gender", g), ValueUnit.Count)),
            ],
            Rows = [.. rows.Select(r => new ReportRow([.. r.Labels.Select(ReportCell.Of), .. genders.Select(g => Cell(r.Cells.GetValueOrDefault(g)))]))],
            Notes =
            [
                .. caption.Notes,
                .. unreported.Count == 0
                    ? []
                    : new[] { MeasureNotes.Unreported(unreported) + $" De är okända och inte 0{(isAbout ? "" : ": summor utan dem är minst det som står")}." },
                .. isAbout ? [MeasureNotes.About] : Array.Empty<string>(),
                .. rows.Exists(r => r.Cells.Values.Any(c => c is { IsAtMost: true, IsAtLeast: false }))
                    ? ["Högst: två halvår är lagda ihop, och den som var med i båda är räknad två gånger."]
                    : Array.Empty<string>(),
                "Antalen är inrapporterade för hela år eller halvår. Hur det går för personerna följs inte.",
            ],
            Source = caption.Source,
        };

        static string Year(MeasureCell cell) => cell.PeriodFrom.Year.ToString(CultureInfo.InvariantCulture);

        static ReportCell Cell(MeasureCell? cell) =>
            cell is { State: CellState.NoData, Unreported.Count: > 0 } ? ReportCell.NotFilled : MeasureTable.Cell(cell, StatisticKind.Count);

        static string Bound(IReadOnlyCollection<MeasureCell> year) =>
            year.All(c => c.State == CellState.NoData)
                ? ""
                : (year.Any(c => c.Unreported.Count > 0), year.Any(c => c.IsAtMost)) switch
                {
                    (true, true) => ", ofullständigt",
                    (true, false) => ", minst",
                    (false, true) => ", högst",
                    _ => "",
                };

        // What nobody has reported is a row too: left out, it would be taken for an insats that isn't there.
        static bool IsAsked(Dictionary<string, MeasureCell> row) => IsReported(row) || row.Values.Any(c => c.Unreported.Count > 0);

        static bool IsReported(Dictionary<string, MeasureCell> row) => row.Values.Any(c => c.State != CellState.NoData);
    }

    private static IEnumerable<Dictionary<string, MeasureCell>> Rows(IReadOnlyList<MeasureCell> cells, MeasureInsatsRow insats, string statistic) => cells
        .Where(c => c.Statistic == statistic && c.Insats == insats.Name)
        .GroupBy(c => c.PeriodFrom)
        .OrderBy(g => g.Key)
        .Select(g => g.ToDictionary(c => c.Gender, StringComparer.Ordinal));
}
