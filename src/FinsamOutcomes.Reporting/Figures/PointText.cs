using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Figures;

/// <summary>How a point is said in words, the same in the drawing, the description and the table.</summary>
internal static class PointText
{
    /// <summary>Below this many a share is told as counts, never as per cent (design §6).</summary>
    public const int SmallNumber = 10;

    /// <summary>True for a share that rests on fewer than ten.</summary>
    public static bool IsSmall(FigurePoint point, ValueUnit unit) =>
        unit is ValueUnit.Percent && IsShown(point) && point.N is < SmallNumber;

    public static bool IsShown(FigurePoint point) => point.State is CellState.Shown && point.Value is { } value && double.IsFinite(value);

    /// <summary>The state to say: a point that claims to be shown but has no number has no data.</summary>
    public static CellState State(FigurePoint point) =>
        point.State is CellState.Shown && !IsShown(point) ? CellState.NoData : point.State;

    /// <summary><c>45 %</c>, <c>3 av 7</c>, <c>dold</c> …</summary>
    public static string Headline(FigurePoint point, ValueUnit unit)
    {
        if (!IsShown(point))
            return State(point).ToSwedish();
        if (!IsSmall(point, unit))
            return Swedish.Value(point.Value!.Value, unit);
        var numerator = point.Numerator ?? (long)Math.Round(point.Value!.Value * point.N!.Value, MidpointRounding.AwayFromZero);
        return $"{Swedish.Count(numerator)} av {Swedish.Count(point.N!.Value)}";
    }

    /// <summary>True when there is an interval to draw, however few it rests on.</summary>
    public static bool HasInterval(FigurePoint point) => IsShown(point) && point is { Lower: not null, Upper: not null };

    /// <summary><c>32–58 %</c>, or null when there is no interval, or one in per cent of fewer than ten.</summary>
    public static string? Interval(FigurePoint point, ValueUnit unit)
    {
        if (!HasInterval(point) || IsSmall(point, unit))
            return null;
        var (lower, upper) = (point.Lower!.Value, point.Upper!.Value);
        if (unit is ValueUnit.Percent)
            return Swedish.PercentRange(lower, upper);
        return unit is ValueUnit.Count or ValueUnit.Days && lower >= 0
            ? $"{Swedish.Count(lower)}–{Swedish.Count(upper)}"
            : $"{Swedish.Value(lower, unit)} till {Swedish.Value(upper, unit)}";
    }

    /// <summary>A headline with all that it rests on: <c>45 % (95 % konfidensintervall 32–58 %, 25 av 56)</c>.</summary>
    public static string Full(FigurePoint point, ValueUnit unit)
    {
        var parts = new List<string>();
        if (Interval(point, unit) is { } interval)
            parts.Add($"95{Swedish.NoBreakSpace}% konfidensintervall {interval}");
        if (IsShown(point) && point.N is { } n && !IsSmall(point, unit))
            parts.Add(point.Numerator is { } numerator ? $"{Swedish.Count(numerator)} av {Swedish.Count(n)}" : $"n = {Swedish.Count(n)}");
        return parts.Count == 0 ? Headline(point, unit) : $"{Headline(point, unit)} ({string.Join(", ", parts)})";
    }

    /// <summary>
    /// How many the parts of a bar are together, when that may be told: with a single hidden part the whole would give it
    /// away by subtraction, so then it is null.
    /// </summary>
    public static long? KnownWhole(IReadOnlyCollection<FigurePoint> parts) =>
        parts.Count(p => State(p).IsKeptBack()) == 1 ? null : parts.FirstOrDefault(p => p.N is not null)?.N;

    /// <summary>Women, men, unknown, all; categories keep their order (design §8).</summary>
    public static IReadOnlyList<FigureSeries> WomenFirst(IReadOnlyList<FigureSeries> series) =>
        [.. series.OrderBy(s => s.Role is SeriesRole.Category ? 0 : (int)s.Role)];

    /// <summary>The point of a category; a series that is too short has no data there.</summary>
    public static FigurePoint At(FigureSeries series, int index) => index < series.Points.Count ? series.Points[index] : FigurePoint.NoData;
}
