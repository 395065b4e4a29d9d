namespace FinsamOutcomes.Statistics;

/// <summary>
/// Which marks of a curve of exits may be shown. A curve tells of each exit on which day it was, and those at risk tell of
/// each one who is still in how long: shown at every day or month, they single people out.
/// <para>
/// Rule: between two shown marks, and after the last, the exits are 0 or at least 5, and so are those who begin to be followed,
/// and those who cease to be. Of the last two the curve gives only the difference, but who knows this rule could tell them
/// apart if it were asked of their sum. At least 5 are at risk at each shown mark: one where
/// nobody is any more would tell when the last of them left. The share that has left with a positive exit, or in another way, is shown at those of these marks
/// between which exits of both kinds are 0 or at least 5. Marks are merged until it is so. All groups that are told side by side
/// have the same marks, since two groups with marks of their own and their sum would give counts between the marks. A group of
/// fewer than ten, or one that has not two marks after the start by itself, has no curve; it then doesn't hold the marks of the
/// others back. Shares are given in whole per cent, since those of a few are fractions that tell in which order exits and
/// others came; intervals are rounded outwards.
/// </para>
/// </summary>
public static class CurveDisclosure
{
    private const int SmallestShown = 5;
    private const int SmallestGroup = 10;
    private const int FewestMarks = 2;

    /// <summary>The marks of each group that may be shown.</summary>
    /// <param name="groups">The marks of each group as <see cref="ExitCurve.Of"/> gives them, all with the same step.</param>
    public static IReadOnlyList<ShownMarks> Marks(IReadOnlyList<IReadOnlyList<ExitMark>> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var remaining = Common(groups, (_, _) => true, IsLarge, FewestMarks);
        var exits = Common(groups, (g, mark) => remaining[g].Contains(mark), AreBothLarge, fewest: 1);
        return [.. remaining.Zip(exits, (r, e) => new ShownMarks(r, e))];
    }

    /// <summary>A share in whole per cent that stays on its side of nobody, one half and everybody; an interval outwards.</summary>
    public static CurveValue Coarse(CurveValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var percent = Rounding.Percent(value.Share);
        if (value.Share > 0.5 && percent == 50)
            percent = 51;
        if (value.Share is > 0 and < 1)
            percent = Math.Clamp(percent, 1, 99);
        var (lower, upper) = (value.Lower, value.Upper);
        return new(percent / 100.0, lower is { } l ? Math.Floor(l * 100) / 100 : null, upper is { } u ? Math.Ceiling(u * 100) / 100 : null);
    }

    // A group holds the others back only as far as it could be shown by itself.
    private static List<List<int>> Common(IReadOnlyList<IReadOnlyList<ExitMark>> groups, Func<int, int, bool> isOpen, Func<ExitFlow, bool> isLarge, int fewest)
    {
        var horizons = groups.Select((g, i) => IsLarge(g) ? Horizon(g, mark => isOpen(i, mark)) : 0).ToList();
        return Walk(groups, horizons, isOpen, isLarge);

        int Horizon(IReadOnlyList<ExitMark> group, Func<int, bool> isOpenMark)
        {
            var alone = Walk([group], [int.MaxValue], (_, mark) => isOpenMark(mark), isLarge)[0];
            return alone.Count > fewest ? alone[^1] : 0;
        }
    }

    private static List<List<int>> Walk(
        IReadOnlyList<IReadOnlyList<ExitMark>> groups, List<int> horizons, Func<int, int, bool> isOpen, Func<ExitFlow, bool> isLarge)
    {
        var shown = groups.Select((_, g) => horizons[g] > 0 ? new List<int> { 0 } : []).ToList();
        var since = groups.Select(_ => ExitFlow.None).ToList();
        for (var mark = 1; mark < groups.Select(g => g.Count).DefaultIfEmpty(0).Max(); mark++)
        {
            var at = mark;
            var live = Enumerable.Range(0, groups.Count).Where(g => shown[g].Count > 0 && at < groups[g].Count && at <= horizons[g]).ToList();
            foreach (var g in live)
                since[g] += groups[g][at].Flow;
            if (live.Count == 0 || !live.TrueForAll(g => isOpen(g, at) && isLarge(since[g]) && IsTellable(groups[g], at)))
                continue;
            foreach (var g in live)
            {
                shown[g].Add(at);
                since[g] = ExitFlow.None;
            }
        }

        for (var g = 0; g < groups.Count; g++)
        {
            // What comes after the last mark is what all numbers of the whole leave over.
            while (shown[g].Count > 0 && !isLarge(After(groups[g], shown[g][^1])))
                shown[g].RemoveAt(shown[g].Count - 1);
            if (shown[g].Count < 2)
                shown[g].Clear();
        }

        return shown;
    }

    private static bool IsTellable(IReadOnlyList<ExitMark> group, int mark) =>
        group[mark] is { Remaining: not null, AtRisk: >= SmallestShown };

    private static ExitFlow After(IReadOnlyList<ExitMark> group, int mark) => group.Skip(mark + 1).Aggregate(ExitFlow.None, (sum, m) => sum + m.Flow);

    private static bool IsLarge(IReadOnlyList<ExitMark> group) =>
        group.Count > 0 && group[0].AtRisk >= SmallestShown && group[0].AtRisk + group.Sum(m => m.Flow.Entered) >= SmallestGroup;

    private static bool IsLarge(ExitFlow flow) => IsLarge(flow.PositiveExits + flow.OtherExits) && IsLarge(flow.Entered) && IsLarge(flow.StillIn);

    private static bool AreBothLarge(ExitFlow flow) => IsLarge(flow) && IsLarge(flow.PositiveExits) && IsLarge(flow.OtherExits);

    private static bool IsLarge(int count) => count is 0 or >= SmallestShown;
}

/// <summary>Places of the marks of a group that may be shown, the start among them; empty where there is no curve.</summary>
/// <param name="Remaining">Of the share still in and of those at risk.</param>
/// <param name="Exits">Of the shares that have left in one way and in the other; some of the others.</param>
public sealed record ShownMarks(IReadOnlyList<int> Remaining, IReadOnlyList<int> Exits);
