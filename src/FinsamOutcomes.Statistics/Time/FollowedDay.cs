using System.Runtime.InteropServices;

namespace FinsamOutcomes.Statistics;

/// <summary>
/// What happens on one day since entry, added up over stays: all that <see cref="KaplanMeier"/> and <see cref="AalenJohansen"/> need
/// to know, however many the stays are.
/// </summary>
/// <param name="Days">Days since entry; −1 is the day before it.</param>
/// <param name="Entered">Stays that are followed from the day after this one on: on day −1, those followed from their first day.</param>
/// <param name="PositiveExits">Positive exits on this day.</param>
/// <param name="OtherExits">Other exits on this day.</param>
/// <param name="StillIn">Stays that are followed no longer than to this day.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FollowedDay(int Days, int Entered, int PositiveExits, int OtherExits, int StillIn)
{
    internal int Exits => PositiveExits + OtherExits;

    internal int Left => PositiveExits + OtherExits + StillIn;

    /// <summary>The days of <paramref name="stays"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A stay has negative days, or ended before it was followed.</exception>
    internal static IReadOnlyList<FollowedDay> Of(IReadOnlyCollection<CompetingTime> stays)
    {
        ArgumentNullException.ThrowIfNull(stays);
        if (stays.Any(s => s.Days < 0 || s.DaysBefore < -1 || s.DaysBefore >= s.Days))
            throw new ArgumentOutOfRangeException(nameof(stays), "A stay can't have negative days, or end before it is followed.");
        return
        [
            .. stays.Select(s => new FollowedDay(s.DaysBefore, 1, 0, 0, 0)),
            .. stays.GroupBy(s => (s.Days, s.End)).Select(g => new FollowedDay(
                g.Key.Days,
                0,
                g.Key.End == FollowUpEnd.PositiveExit ? g.Count() : 0,
                g.Key.End == FollowUpEnd.OtherExit ? g.Count() : 0,
                g.Key.End == FollowUpEnd.StillIn ? g.Count() : 0)),
        ];
    }

    /// <summary>In order, one for each day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or more leave than have entered before.</exception>
    internal static List<FollowedDay> InOrder(IReadOnlyCollection<FollowedDay> days)
    {
        ArgumentNullException.ThrowIfNull(days);
        List<FollowedDay> ordered =
        [
            .. days.GroupBy(d => d.Days)
                .OrderBy(g => g.Key)
                .Select(g => new FollowedDay(g.Key, g.Sum(d => d.Entered), g.Sum(d => d.PositiveExits), g.Sum(d => d.OtherExits), g.Sum(d => d.StillIn))),
        ];
        var followed = 0;
        foreach (var day in ordered)
        {
            if (day.Days < -1 || (day.Days < 0 && day.Left > 0) || day.Left > followed || Math.Min(day.Entered, Math.Min(day.Exits, day.StillIn)) < 0)
                throw new ArgumentOutOfRangeException(nameof(days), "No more can leave than have entered before.");
            followed += day.Entered - day.Left;
        }

        return followed == 0 ? ordered : throw new ArgumentOutOfRangeException(nameof(days), "Each that enters has a day that it is followed to.");
    }
}
