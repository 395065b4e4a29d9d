namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>A value axis with round ticks: maps values to a position between two ends.</summary>
internal sealed class ValueScale
{
    private readonly double _start;
    private readonly double _end;

    private ValueScale(double min, double max, double step, ValueUnit unit, double start, double end)
    {
        (Min, Max, _start, _end) = (min, max, start, end);
        var ticks = (int)Math.Round((max - min) / step);
        Ticks = [.. Enumerable.Range(0, ticks + 1).Select(i => Math.Round(min + i * step, 10))];
        Labels = [.. Ticks.Select(t => Label(t, step, unit))];
    }

    public double Min { get; }

    public double Max { get; }

    public IReadOnlyList<double> Ticks { get; }

    public IReadOnlyList<string> Labels { get; }

    public double LabelWidth => Labels.Max(TextStyle.Small.Measure);

    public double Map(double value) => _start + (Math.Clamp(value, Min, Max) - Min) / (Max - Min) * (_end - _start);

    /// <summary>Zero-based: bars and shares always start at 0. Reaches every value.</summary>
    public static ValueScale FromZero(IEnumerable<double> values, ValueUnit unit, double start, double end)
    {
        var all = values.Append(0).ToList();
        var (low, high) = (all.Min(), all.Max());
        if (low == 0 && high == 0)
            high = unit is ValueUnit.Percent or ValueUnit.PercentagePoints ? 0.1 : 1;
        // Near the whole the axis shows the whole, so that what is left to 100 % can be seen.
        if (unit is ValueUnit.Percent && low >= 0 && high is > 0.7 and <= 1)
            return new(0, 1, 0.2, unit, start, end);
        return Rounded(low, high, unit, start, end);
    }

    /// <summary>From <paramref name="low"/> to <paramref name="high"/> or a little more; for scores, where 0 means nothing.</summary>
    public static ValueScale Between(double low, double high, ValueUnit unit, double start, double end) =>
        high - low < 1e-9 ? Rounded(low - 0.5, high + 0.5, unit, start, end) : Rounded(low, high, unit, start, end);

    /// <summary>The very ends of an instrument's scale, such as 1–7, with ticks that divide it evenly where they can.</summary>
    public static ValueScale OfInstrument(double low, double high, ValueUnit unit, double start, double end)
    {
        double[] steps = [0.1, 0.2, 0.25, 0.5, 1, 2, 3, 5, 7, 9, 10, 20, 25, 50, 100];
        var step = Array.Find(steps, s => (high - low) / s is > 0 and <= 6.000001 && Math.Abs((high - low) / s - Math.Round((high - low) / s)) < 1e-9);
        return step > 0 ? new(low, high, step, unit, start, end) : Between(low, high, unit, start, end);
    }

    private static ValueScale Rounded(double low, double high, ValueUnit unit, double start, double end)
    {
        var raw = (high - low) / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = (raw / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 } * power;
        if (unit is ValueUnit.Count or ValueUnit.Days or ValueUnit.Kronor)
            step = Math.Max(1, Math.Ceiling(step));
        if (unit is ValueUnit.Percent or ValueUnit.PercentagePoints)
            step = Math.Max(0.01, Math.Ceiling(step * 100 - 1e-9) / 100);
        var min = Math.Floor(low / step + 1e-9) * step;
        var max = Math.Ceiling(high / step - 1e-9) * step;
        return new(min, Math.Max(max, min + step), step, unit, start, end);
    }

    private static string Label(double tick, double step, ValueUnit unit) => unit switch
    {
        ValueUnit.Score => Swedish.Number(tick, step >= 1 ? 0 : step >= 0.1 ? 1 : 2),
        ValueUnit.PercentagePoints => Swedish.Number(tick * 100, 0),
        ValueUnit.Kronor => Swedish.Count(tick),
        _ => Swedish.Value(tick, unit),
    };
}
