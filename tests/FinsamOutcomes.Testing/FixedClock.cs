using System.Globalization;

namespace FinsamOutcomes.Testing;

/// <summary>A clock that stands still until it is moved; the only thing that tests fake.</summary>
public sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;

    /// <summary>Noon UTC on a date given as <c>yyyy-MM-dd</c>.</summary>
    public static FixedClock At(string date) =>
        new(new DateTimeOffset(DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture), new TimeOnly(12, 0), TimeSpan.Zero));

    /// <summary>Where the computer stands; UTC unless given.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    public override TimeZoneInfo LocalTimeZone => Zone;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
