using System.Globalization;

namespace FinsamOutcomes.Testing;

/// <summary>A clock that stands still until it is moved; the only thing that tests fake.</summary>
public sealed class FixedClock(DateTimeOffset now, TimeZoneInfo? zone = null) : TimeProvider
{
    private DateTimeOffset _now = now;

    /// <summary>Noon UTC on a date given as <c>yyyy-MM-dd</c>.</summary>
    public static FixedClock At(string date, TimeZoneInfo? zone = null) =>
        new(new DateTimeOffset(DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture), new TimeOnly(12, 0), TimeSpan.Zero), zone);

    /// <summary>Where the computer stands; UTC unless given.</summary>
    public override TimeZoneInfo LocalTimeZone => zone ?? TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
