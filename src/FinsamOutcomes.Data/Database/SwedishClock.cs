namespace FinsamOutcomes.Data.Database;

/// <summary>
/// The computer's clock, read as it is in Sweden wherever the server stands: a day begins there at midnight by the wall in
/// the office, not by a server that keeps UTC.
/// </summary>
public sealed class SwedishClock : TimeProvider
{
    private SwedishClock()
    {
    }

    public static SwedishClock Instance { get; } = new();

    public override TimeZoneInfo LocalTimeZone { get; } =
        TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Stockholm", out var known) ? known : CentralEuropean();

    /// <summary>
    /// For small servers and containers, which have no table of time zones. The rule of the EU since 1996: an hour ahead of UTC, two from the
    /// last Sunday of March to the last of October, at one o'clock UTC.
    /// </summary>
    public static TimeZoneInfo CentralEuropean()
    {
        var (begins, ends) = (
            TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 5, DayOfWeek.Sunday),
            TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, 3, 0, 0), 10, 5, DayOfWeek.Sunday));
        return TimeZoneInfo.CreateCustomTimeZone(
            "Sverige",
            TimeSpan.FromHours(1),
            "Sverige",
            "Sverige",
            "Sverige, sommartid",
            [TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1), begins, ends)]);
    }
}
