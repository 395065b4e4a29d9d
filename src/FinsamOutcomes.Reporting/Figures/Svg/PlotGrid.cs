namespace FinsamOutcomes.Reporting.Figures.Svg;

/// <summary>The hairline grid of an upright plot over time, and the labels at its right edge.</summary>
internal static class PlotGrid
{
    private const double LabelPitch = 16;

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

    /// <summary>
    /// Heights in order and a line apart, as near the wanted ones as can be: labels that crowd form a block that is
    /// centred on what they wanted and kept within the plot.
    /// </summary>
    public static double[] Spread(IEnumerable<double> wanted, double top, double bottom)
    {
        var blocks = new List<(double Start, int Count, double Wish)>();
        foreach (var y in wanted)
        {
            var block = (Start: y, Count: 1, Wish: y);
            while (blocks.Count > 0 && blocks[^1].Start + blocks[^1].Count * LabelPitch > block.Start)
            {
                var before = blocks[^1];
                blocks.RemoveAt(blocks.Count - 1);
                // The wish is where the block's first label would stand for each of its labels, on average.
                var wish = (before.Wish * before.Count + (block.Wish - before.Count * LabelPitch) * block.Count) / (before.Count + block.Count);
                block = (wish, before.Count + block.Count, wish);
                block.Start = Math.Max(top, Math.Min(block.Start, bottom - (block.Count - 1) * LabelPitch));
            }
            blocks.Add(block);
        }
        return [.. blocks.SelectMany(b => Enumerable.Range(0, b.Count).Select(i => b.Start + i * LabelPitch))];
    }
}
