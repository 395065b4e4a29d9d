using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>
/// Tells less where most of it could not be told: what is divided by gender, and of which half of the counts of women and men or
/// more are small, is told of all together; a statistic of which most counts are small even so is left out. What is not told needs no
/// protection, so that more of the rest can be shown.
/// </summary>
internal static class Coarsening
{
    private const int SmallestShown = 5;
    private const int SmallestBase = 10;
    private const int FewCounts = 3;

    public static IReadOnlyList<CountedMeasure> Of(IReadOnlyList<CountedMeasure> counted, DateOnly today)
    {
        var coarser = new Dictionary<MeasureRequest, CountedMeasure>();
        foreach (var family in counted.Where(c => c.Told.MayBeCoarser).GroupBy(c => c.Request with { Definition = null }))
        {
            var whole = Genderless([.. family], today);
            var small = whole.SelectMany(m => m.Told.Statistics).Distinct(StringComparer.Ordinal)
                .Where(s => IsMostlySmall(whole.SelectMany(m => Told(m, s, today)).Where(t => !IsTotal(family.Key, t.Cell)).Select(t => t.Counts)))
                .ToHashSet(StringComparer.Ordinal);
            foreach (var one in whole)
                coarser.Add(one.Request, LeaveOut(one, small));
        }

        return [.. counted.Select(c => coarser.GetValueOrDefault(c.Request, c))];
    }

    // All definitions of one table alike.
    private static List<CountedMeasure> Genderless(List<CountedMeasure> family, DateOnly today)
    {
        var told = family.SelectMany(m => m.Told.Statistics.SelectMany(s => Told(m, s, today)));
        return family[0].Request.By.HasFlag(MeasureDimensions.Gender) && IsHalfSmall(told.Where(t => t.Cell.Gender is "woman" or "man").Select(t => t.Counts))
            ? family.ConvertAll(m => m with { Cells = [.. m.Cells.Where(c => c.Gender == MeasureCell.All)] })
            : family;
    }

    private static CountedMeasure LeaveOut(CountedMeasure measure, HashSet<string> statistics) => measure with
    {
        Cells =
        [
            .. measure.Cells.Select(c => statistics.Contains(c.Statistic) && c.State == CellState.Shown
                ? c.Without(CellState.Hidden) with { Missing = null, IsLeftOut = true }
                : c),
        ],
    };

    private static IEnumerable<(MeasureCell Cell, CellCounts Counts)> Told(CountedMeasure measure, string statistic, DateOnly today) =>
        measure.Cells.Where(c => c.Statistic == statistic).Select(c => (c, CellCounts.Of(measure.Request, c, today)));

    private static bool IsTotal(MeasureRequest request, MeasureCell cell) =>
        cell is { IsOfEverybody: true, Category: null or MeasureCell.All } && (cell.Insats == MeasureCell.All || cell.Insats == request.Insats);

    private static bool IsHalfSmall(IEnumerable<CellCounts> cells) => AreSmall(cells) is { Count: >= FewCounts } are && are.Count(s => s) * 2 >= are.Count;

    private static bool IsMostlySmall(IEnumerable<CellCounts> cells) => AreSmall(cells) is { Count: >= FewCounts } are && are.Count(s => s) * 2 > are.Count;

    // Nought can be shown whatever it is of, and is no reason to leave anything out.
    private static List<bool> AreSmall(IEnumerable<CellCounts> cells)
    {
        var all = cells.ToList();
        var counts = all.SelectMany(c => c.Shares.SelectMany(s => new ToldCount?[] { s.Numerator, s.Complement }).Append(c.Count));
        return [.. AreLess(counts, SmallestShown), .. AreLess(all.Select(c => c.Base), SmallestBase)];

        static IEnumerable<bool> AreLess(IEnumerable<ToldCount?> some, int least) =>
            some.OfType<ToldCount>().Distinct().Where(c => c.Number > 0).Select(c => c.Number < least);
    }
}
