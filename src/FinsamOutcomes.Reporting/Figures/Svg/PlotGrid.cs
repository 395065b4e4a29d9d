namespace FinsamOutcomes.Reporting.Figures.Svg;

/// <summary>The hairline grid of an upright plot over time.</summary>
internal static class PlotGrid
{
    public static void Draw(SvgCanvas canvas, ValueScale scale, double left, double right)
    {
        var @base = scale.Ticks.Contains(0) ? 0 : scale.Min;
        for (var i = 0; i < scale.Ticks.Count; i++)
        {
            var y = scale.Map(scale.Ticks[i]);
            var isBase = scale.Ticks[i] == @base;
            canvas.Line(left, y, right, y, isBase ? FigureTheme.Axis : FigureTheme.Hairline, isBase ? 1.2 : 1);
            canvas.Text(left - 8, y + 4, scale.Labels[i], TextStyle.Small, Anchor.End);
        }
    }

    /// <summary><c>12–45</c>, or one number when all are the same.</summary>
    public static string Range(IReadOnlyCollection<long> numbers) =>
        numbers.Min() == numbers.Max() ? Swedish.Count(numbers.Min()) : $"{Swedish.Count(numbers.Min())}–{Swedish.Count(numbers.Max())}";
}
