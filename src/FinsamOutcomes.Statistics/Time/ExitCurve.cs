namespace FinsamOutcomes.Statistics;

/// <summary>Where the curves stand at the end of a day, and what has happened since the mark before.</summary>
/// <param name="Days">Days since entry; the first mark is 0 and stands for the start, before anybody can have left.</param>
/// <param name="AtRisk">Stays still in and followed after this day; at the start, those followed from their first day.</param>
/// <param name="Flow">What has happened since the mark before.</param>
/// <param name="Remaining">Kaplan–Meier: share still in, 0–1; no value beyond the last day that anybody is followed to.</param>
/// <param name="Positive">Aalen–Johansen: share that has left with a positive exit, 0–1.</param>
/// <param name="Other">Aalen–Johansen: share that has left in another way, 0–1. It has no interval.</param>
public sealed record ExitMark(int Days, int AtRisk, ExitFlow Flow, CurveValue? Remaining, CurveValue? Positive, CurveValue? Other);

/// <summary>How many came and left between two marks; those at risk at the one and these give those at risk at the other.</summary>
/// <param name="Entered">Stays that began to be followed, since they were already under way.</param>
/// <param name="PositiveExits">Positive exits.</param>
/// <param name="OtherExits">Other exits.</param>
/// <param name="StillIn">Stays that are followed no longer.</param>
public sealed record ExitFlow(int Entered, int PositiveExits, int OtherExits, int StillIn)
{
    public static ExitFlow None { get; } = new(0, 0, 0, 0);

    public static ExitFlow operator +(ExitFlow first, ExitFlow second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return new(
            first.Entered + second.Entered,
            first.PositiveExits + second.PositiveExits,
            first.OtherExits + second.OtherExits,
            first.StillIn + second.StillIn);
    }
}

/// <summary>A height of a curve, 0–1, with the ends of its 95 % interval; null where the height is 0 or 1.</summary>
public sealed record CurveValue(double Share, double? Lower, double? Upper);

/// <summary>
/// The curves of <see cref="KaplanMeier"/> and <see cref="AalenJohansen"/> read at marks that lie equally far apart, with who is
/// at risk at each and what has happened between them. The heights are those of the curves of single days, not of a life table.
/// </summary>
public static class ExitCurve
{
    /// <summary>Marks from the start to the first that nobody is followed beyond; empty for nobody.</summary>
    /// <param name="stays">The stays.</param>
    /// <param name="step">Days between marks, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A stay has negative days or ended before it was followed, or the step is less than 1.</exception>
    public static IReadOnlyList<ExitMark> Of(IReadOnlyCollection<CompetingTime> stays, int step) => OfDays(FollowedDay.Of(stays), step);

    /// <summary>The same marks of what happens on <paramref name="days"/>, in any order.</summary>
    /// <param name="days">The days.</param>
    /// <param name="step">Days between marks, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">More leave than have entered before, or fewer in all, or the step is less than 1.</exception>
    public static IReadOnlyList<ExitMark> OfDays(IReadOnlyCollection<FollowedDay> days, int step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        var incidence = AalenJohansen.OfDays(days).Curve;
        if (incidence.Count == 0)
            return [];
        var all = KaplanMeier.OfDays(days);
        var last = incidence[^1].Days;
        var byMark = days.Where(d => d.Days >= 0).ToLookup(d => Mark(d.Days));
        var atRisk = days.Where(d => d.Days < 0).Sum(d => d.Entered);
        List<ExitMark> marks = [new(0, atRisk, ExitFlow.None, new(1, null, null), new(0, null, null), new(0, null, null))];
        for (int day = step, at = -1; ; day += step)
        {
            while (at + 1 < incidence.Count && incidence[at + 1].Days <= day)
                at++;
            var flow = new ExitFlow(
                byMark[day].Sum(d => d.Entered),
                byMark[day].Sum(d => d.PositiveExits),
                byMark[day].Sum(d => d.OtherExits),
                byMark[day].Sum(d => d.StillIn));
            atRisk += flow.Entered - flow.PositiveExits - flow.OtherExits - flow.StillIn;
            var isKnown = !(all.CutOffDay <= day) && (day <= last || at >= 0 && all.Curve[at].Remaining <= 0);
            marks.Add(!isKnown ? new(day, atRisk, flow, null, null, null)
                : at < 0 ? marks[0] with { Days = day, AtRisk = atRisk, Flow = flow }
                : new(
                    day,
                    atRisk,
                    flow,
                    new(all.Curve[at].Remaining, all.Curve[at].Lower, all.Curve[at].Upper),
                    new(incidence[at].Positive, incidence[at].Lower, incidence[at].Upper),
                    new(incidence[at].Other, null, null)));
            if (day >= last)
                return marks;
        }

        // The mark that a day belongs to: the first not before it. The first day of all belongs to the first after the start.
        int Mark(int day) => Math.Max(step, (day + step - 1) / step * step);
    }
}
