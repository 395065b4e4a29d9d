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
    public static IReadOnlyList<ExitMark> Of(IReadOnlyCollection<CompetingTime> stays, int step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        var incidence = AalenJohansen.Of(stays).Curve;
        if (incidence.Count == 0)
            return [];
        var all = KaplanMeier.Of([.. stays.Select(s => new FollowedTime(s.Days, s.End != FollowUpEnd.StillIn, s.DaysBefore))]);
        var last = incidence[^1].Days;
        var byMark = stays.ToLookup(s => Mark(s.Days));
        var entries = stays.Where(s => s.DaysBefore >= 0).ToLookup(s => Mark(s.DaysBefore));
        var atRisk = stays.Count(s => s.DaysBefore < 0);
        List<ExitMark> marks = [new(0, atRisk, ExitFlow.None, new(1, null, null), new(0, null, null), new(0, null, null))];
        for (int days = step, at = -1; ; days += step)
        {
            while (at + 1 < incidence.Count && incidence[at + 1].Days <= days)
                at++;
            var flow = new ExitFlow(
                entries[days].Count(),
                byMark[days].Count(s => s.End == FollowUpEnd.PositiveExit),
                byMark[days].Count(s => s.End == FollowUpEnd.OtherExit),
                byMark[days].Count(s => s.End == FollowUpEnd.StillIn));
            atRisk += flow.Entered - flow.PositiveExits - flow.OtherExits - flow.StillIn;
            var isKnown = !(all.CutOffDay <= days) && (days <= last || at >= 0 && all.Curve[at].Remaining <= 0);
            marks.Add(!isKnown ? new(days, atRisk, flow, null, null, null)
                : at < 0 ? marks[0] with { Days = days, AtRisk = atRisk, Flow = flow }
                : new(
                    days,
                    atRisk,
                    flow,
                    new(all.Curve[at].Remaining, all.Curve[at].Lower, all.Curve[at].Upper),
                    new(incidence[at].Positive, incidence[at].Lower, incidence[at].Upper),
                    new(incidence[at].Other, null, null)));
            if (days >= last)
                return marks;
        }

        // The mark that a day belongs to: the first not before it. The first day of all belongs to the first after the start.
        int Mark(int days) => Math.Max(step, (days + step - 1) / step * step);
    }
}
