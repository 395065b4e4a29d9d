using System.Globalization;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>
/// Merges the marks of curves as <see cref="CurveDisclosure"/> says. Marks that are not shown are left out, so that not even
/// their number tells how long the longest stay was: after it all groups have the same marks, and where one may not be shown it
/// is hidden. A total ends where one of its parts does while another goes on, since it would give the rest of it.
/// </summary>
internal static class CurveMarks
{
    private static readonly (Func<MeasureCell, string> Of, Func<MeasureCell, MeasureCell> AsTotal)[] s_dimensions =
    [
        (c => c.Gender, c => c with { Gender = MeasureCell.All }),
        (c => c.AgeGroup, c => c with { AgeGroup = MeasureCell.All }),
        (c => c.Education, c => c with { Education = MeasureCell.All }),
        (c => c.Referrer, c => c with { Referrer = MeasureCell.All }),
    ];

    public static IReadOnlyList<MeasureCell> Merge(IReadOnlyList<MeasureCell> cells, bool hasIntervals)
    {
        if (!cells.Any(c => c.CurveMark is not null))
            return cells;
        var curves = new Dictionary<MeasureCell, List<MeasureCell>>();
        foreach (var family in cells.Where(c => c.CurveMark is not null).GroupBy(c => (c.Measure, c.Definition, c.PeriodFrom, c.PeriodTo, c.Insats)))
        {
            foreach (var (group, merged) in Family([.. family.GroupBy(Group)], hasIntervals))
                curves.Add(group, merged);
        }

        var all = new List<MeasureCell>();
        foreach (var cell in cells)
        {
            if (cell.CurveMark is null)
                all.Add(cell);
            else if (curves.Remove(Group(cell), out var merged))
                all.AddRange(merged);
        }

        return all;
    }

    private static IEnumerable<(MeasureCell Group, List<MeasureCell> Merged)> Family(List<IGrouping<MeasureCell, MeasureCell>> groups, bool hasIntervals)
    {
        var marks = groups.ConvertAll<IReadOnlyList<ExitMark>>(g => [.. g.Select(c => c.CurveMark!).Distinct().OrderBy(m => m.Days)]);
        var shown = CurveDisclosure.Marks(marks);
        var keys = groups.ConvertAll(g => g.Key);
        var remaining = Days(m => m.Remaining);
        var exits = Days(m => m.Exits);
        for (var g = 0; g < groups.Count; g++)
        {
            yield return (keys[g],
            [
                .. groups[g].GroupBy(c => c.Statistic).SelectMany(of =>
                {
                    var days = of.Key is "positive" or "other" ? exits : remaining;
                    return days.SelectMany(d => d).Append(0).Distinct().Order().Select(day => At(of, day, days[g].Contains(day), hasIntervals));
                }),
            ]);
        }

        List<HashSet<int>> Days(Func<ShownMarks, IReadOnlyList<int>> of)
        {
            var days = shown.Select((s, g) => of(s).Select(at => marks[g][at].Days).ToHashSet()).ToList();
            while (EndTotals(keys, days))
            {
                // A total may be a part of another.
            }

            return days;
        }
    }

    private static MeasureCell At(IEnumerable<MeasureCell> statistic, int day, bool isShown, bool hasIntervals)
    {
        var cell = isShown ? statistic.Single(c => c.CurveMark!.Days == day) : statistic.First();
        var passed = cell with { Category = day.ToString(CultureInfo.InvariantCulture), CurveMark = null, IsMerged = true };
        if (!isShown)
            return passed with { State = CellState.Hidden, Value = null, Lower = null, Upper = null, Denominator = null };
        if (cell is not { State: CellState.Shown, Statistic: not "at_risk" })
            return passed;
        var coarse = CurveDisclosure.Coarse(new(cell.Value!.Value, cell.Lower, cell.Upper));
        return passed with { Value = coarse.Share, Lower = hasIntervals ? coarse.Lower : null, Upper = hasIntervals ? coarse.Upper : null };
    }

    // A total with all its parts but one gives that one: where a part ends or is hidden beside others, the total is too.
    private static bool EndTotals(List<MeasureCell> groups, List<HashSet<int>> days)
    {
        var hasChanged = false;
        for (var t = 0; t < groups.Count; t++)
        {
            foreach (var d in s_dimensions.Where(d => d.Of(groups[t]) == MeasureCell.All))
            {
                var parts = Enumerable.Range(0, groups.Count).Where(g => d.Of(groups[g]) != MeasureCell.All && d.AsTotal(groups[g]) == groups[t])
                    .Select(g => days[g]).ToList();
                if (!parts.Exists(p => p.Count > 0))
                    continue;
                var before = days[t].Count;
                days[t].RemoveWhere(day => parts.Exists(p => !p.Contains(day)));
                if (days[t].Count == 1)
                    days[t].Clear();
                hasChanged |= days[t].Count != before;
            }
        }

        return hasChanged;
    }

    // What all cells of a curve have in common.
    private static MeasureCell Group(MeasureCell cell) => new()
    {
        Measure = cell.Measure,
        Definition = cell.Definition,
        Statistic = "",
        PeriodFrom = cell.PeriodFrom,
        PeriodTo = cell.PeriodTo,
        Insats = cell.Insats,
        Gender = cell.Gender,
        AgeGroup = cell.AgeGroup,
        Education = cell.Education,
        Referrer = cell.Referrer,
        State = CellState.Shown,
    };
}
