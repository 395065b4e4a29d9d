using ScottPlot;
using ScottPlot.Rendering.RenderActions;
using ScottPlot.TickGenerators;
using Draw = ScottPlot.Drawing;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>
/// A figure on its way: ScottPlot's plot for grid and marks, and round it what stands at places of the page (title, legend,
/// n, notes). Places are in units from the upper left corner; the plot area is given in them too.
/// </summary>
internal sealed class Sheet : IDisposable
{
    private const double LegendRow = 18;
    private const double LabelPitch = 16;
    private const double TickGap = 6;

    private readonly List<Action<RenderPack>> _over = [];
    private readonly List<PageText> _texts = [];
    private PixelRect _area;

    public Sheet(FigureWidth width)
    {
        FigureFonts.EnsureRegistered();
        IsNarrow = width is FigureWidth.Narrow;
        (Width, Left) = IsNarrow ? (FigureTheme.NarrowWidth, FigureTheme.NarrowMargin) : (FigureTheme.Width, FigureTheme.Margin);
        Right = Width - Left;
        Plot = new();
        Plot.Add.Plottable(new Last(this));
        Plot.Legend.IsVisible = false;
        Plot.Grid.MajorLineColor = Ink(FigureTheme.Hairline);
        Plot.Grid.XAxisStyle.IsVisible = Plot.Grid.YAxisStyle.IsVisible = false;
        foreach (var axis in Plot.Axes.GetAxes())
        {
            axis.FrameLineStyle.Width = 0;
            axis.TickGenerator = new EmptyTickGenerator();
            // A width of 0 would be a hairline.
            axis.MajorTickStyle.Color = Colors.Transparent;
        }
        // Nothing is cut at the edge of the plot area: marks on it stay whole, and the SVG needs no clip paths.
        var actions = Plot.RenderManager.RenderActions;
        actions[actions.FindIndex(a => a is RenderPlottables)] = new Unclipped();
    }

    public Plot Plot { get; }

    public bool IsNarrow { get; }

    public double Width { get; }

    /// <summary>The left edge of everything.</summary>
    public double Left { get; }

    /// <summary>The right edge of everything.</summary>
    public double Right { get; }

    /// <summary>Where the plot stands, once it has its place.</summary>
    public PixelRect PlotArea => _area;

    /// <summary>How far down the page is filled.</summary>
    public double Y { get; set; }

    public int Height => (int)Math.Ceiling(Y);

    public IReadOnlyList<PageText> Texts => _texts;

    /// <summary>True when the texts are written as text afterwards and are not drawn.</summary>
    public bool HasOwnTexts { get; set; }

    public static Color Ink(string colour, double opacity = 1) => opacity < 1 ? Color.FromHex(colour).WithAlpha(opacity) : Color.FromHex(colour);

    public void Dispose() => Plot.Dispose();

    /// <summary>Places the plot area and its limits, with the grid and the numbers of a scale on one edge.</summary>
    public void Area(double left, double top, double right, double bottom, AxisLimits limits, ValueScale scale, Edge edge)
    {
        Area(left, top, right, bottom, limits);
        Grid(scale.Ticks, edge);
        TickTexts(scale.Ticks, scale.Labels, edge);
    }

    /// <summary>Places the plot area and its limits.</summary>
    public void Area(double left, double top, double right, double bottom, AxisLimits limits)
    {
        _area = new((float)left, (float)right, (float)bottom, (float)top);
        Plot.Axes.SetLimits(limits);
    }

    /// <summary>The numbers along the left or lower edge; along the lower, only as many as have room.</summary>
    public void TickTexts(IReadOnlyList<double> ticks, IReadOnlyList<string> labels, Edge edge)
    {
        if (edge is Edge.Left)
        {
            for (var i = 0; i < ticks.Count; i++)
                Text(_area.Left - 8, MapY(ticks[i]) + 4, labels[i], TextStyle.Small, Anchor.End);
            return;
        }
        TickTexts(ticks, labels, _area.Bottom + 16);
    }

    /// <summary>The numbers of a scale across, on a line of their own.</summary>
    public void TickTexts(IReadOnlyList<double> ticks, IReadOnlyList<string> labels, double baseline)
    {
        var step = 1;
        if (ticks.Count > 1)
            step = Math.Max(1, (int)Math.Ceiling((TextStyle.Small.Widest(labels) + TickGap) / Math.Abs(MapX(ticks[1]) - MapX(ticks[0]))));
        var free = double.NegativeInfinity;
        for (var i = 0; i < ticks.Count; i += step)
        {
            // One at the edge of the page is moved inwards, and may take its neighbour's room.
            var half = TextStyle.Small.Measure(labels[i]) / 2;
            var x = Math.Clamp(MapX(ticks[i]), Left + half, Right - half);
            if (x - half < free)
                continue;
            Text(x, baseline, labels[i], TextStyle.Small, Anchor.Middle);
            free = x + half + 3;
        }
    }

    public void Grid(IReadOnlyList<double> ticks, Edge edge)
    {
        IAxis axis = edge is Edge.Left ? Plot.Axes.Left : Plot.Axes.Bottom;
        axis.SetTicks([.. ticks], [.. ticks.Select(_ => "")]);
        (edge is Edge.Left ? Plot.Grid.YAxisStyle : Plot.Grid.XAxisStyle).IsVisible = true;
    }

    public double MapX(double x) => _area.Left + (x - Plot.Axes.Bottom.Min) / (Plot.Axes.Bottom.Max - Plot.Axes.Bottom.Min) * _area.Width;

    public double MapY(double y) => _area.Bottom - (y - Plot.Axes.Left.Min) / (Plot.Axes.Left.Max - Plot.Axes.Left.Min) * _area.Height;

    public Pixel Map(double x, double y) => new((float)MapX(x), (float)MapY(y));

    /// <summary>Drawn over the plot, in the order that it is asked for; texts come last of all.</summary>
    public void Over(Action<RenderPack> draw) => _over.Add(draw);

    public void Text(double x, double baseline, string text, TextStyle style, Anchor anchor = Anchor.Start, bool isOnGround = false)
    {
        var clean = TextStyle.Clean(text);
        if (clean.Length == 0)
            return;
        var width = style.Measure(clean);
        var left = x - anchor switch { Anchor.Middle => width / 2, Anchor.End => width, _ => 0 };
        if (isOnGround)
            Rect(left - 2, baseline - style.Size * 0.8, width + 4, style.Size, FigureTheme.Ground);
        _texts.Add(new(left, baseline, clean, style, width));
    }

    /// <summary>Lines below each other; returns the baseline of the last.</summary>
    public double Lines(double x, double baseline, IReadOnlyList<string> lines, TextStyle style, Anchor anchor = Anchor.Start, bool isOnGround = false)
    {
        for (var i = 0; i < lines.Count; i++)
            Text(x, baseline + i * style.LineHeight, lines[i], style, anchor, isOnGround);
        return baseline + (lines.Count - 1) * style.LineHeight;
    }

    /// <summary>A text across the page, broken in lines; returns the baseline of the last.</summary>
    public double Paragraph(string text, TextStyle style, double baseline, double indent = 0) =>
        Lines(Left + indent, baseline, style.Wrap(text, Right - Left - indent), style);

    public void Rect(double x, double y, double width, double height, string fill) => Over(rp =>
        Draw.FillRectangle(rp.Canvas, new((float)x, (float)(x + width), (float)(y + height), (float)y), rp.Paint, new(Ink(fill))));

    public void Line(double x1, double y1, double x2, double y2, string colour, double width = 1, params float[] dash) =>
        Over(rp => Dashes.Draw(rp, [new((float)x1, (float)y1), new((float)x2, (float)y2)], colour, width, dash));

    /// <summary>A marker at a place of the page, for legends and words beside a mark.</summary>
    public void Marker(double x, double y, MarkerStyle style) => Over(rp => style.Render(rp, new((float)x, (float)y)));

    public void Head(Figure figure)
    {
        // Where the title stands beside the picture, it isn't in it.
        if (figure is { Title: "", Subtitle: "" })
        {
            Y = Left;
            return;
        }
        var y = Paragraph(figure.Title, TextStyle.Title, Left + TextStyle.Title.Size);
        Y = Paragraph(figure.Subtitle, TextStyle.Subtitle, y + TextStyle.Subtitle.LineHeight + 4) + 16;
    }

    public void Legend(params IEnumerable<LegendEntry> entries)
    {
        var (x, y, isAny) = (Left, Y + LegendRow / 2, false);
        foreach (var entry in entries)
        {
            isAny = true;
            var valueWidth = entry.Value.Length == 0 ? 0 : TextStyle.Value.Measure(entry.Value) + 5;
            var text = TextStyle.Label.Wrap(entry.Text, Right - Left - entry.MarkWidth - 6 - valueWidth, 1)[0];
            var textWidth = TextStyle.Label.Measure(text);
            var width = entry.MarkWidth + 6 + textWidth + valueWidth;
            if (x > Left && x + width > Right)
                (x, y) = (Left, y + LegendRow);
            entry.Draw(this, x, y);
            Text(x + entry.MarkWidth + 6, y + 4.4, text, TextStyle.Label);
            Text(x + entry.MarkWidth + 11 + textWidth, y + 4.4, entry.Value, TextStyle.Value);
            x += width + 18;
        }
        if (isAny)
            Y = y + LegendRow / 2 + 8;
    }

    /// <summary>Notes and source under the plot. Then the height is known, and the plot area gets its place.</summary>
    public void Foot(Figure figure, IEnumerable<string> notes)
    {
        var y = Y + 10;
        var lines = figure.Notes.Concat(notes).Append(figure.Source).Where(t => !string.IsNullOrWhiteSpace(t)).Distinct(StringComparer.Ordinal).ToList();
        if (lines.Count > 0)
        {
            Line(Left, y, Right, y, FigureTheme.Hairline);
            y += 4;
        }
        foreach (var line in lines)
            y = Paragraph(line, TextStyle.Small, y + TextStyle.Small.LineHeight);
        Y = y + FigureTheme.Margin;
        Plot.Layout.Fixed(_area.HasArea ? _area : new PixelRect(0, (float)Width, Height, 0));
    }

    /// <summary>Heights in order and a line apart, as near the wanted ones as can be.</summary>
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
                var wish = (before.Wish * before.Count + (block.Wish - before.Count * LabelPitch) * block.Count) / (before.Count + block.Count);
                block = (wish, before.Count + block.Count, wish);
                block.Start = Math.Max(top, Math.Min(block.Start, bottom - (block.Count - 1) * LabelPitch));
            }
            blocks.Add(block);
        }
        return [.. blocks.SelectMany(b => Enumerable.Range(0, b.Count).Select(i => b.Start + i * LabelPitch))];
    }

    // What stands at places of the page, over everything else.
    private sealed class Last(Sheet sheet) : OwnPlottable(_ => { }), IRenderLast
    {
        public void RenderLast(RenderPack rp)
        {
            sheet._over.ForEach(draw => draw(rp));
            if (!sheet.HasOwnTexts)
                sheet._texts.ForEach(text => text.Draw(rp.Canvas));
        }
    }

    // ScottPlot's own step without its clipping.
    private sealed class Unclipped : IRenderAction
    {
        public void Render(RenderPack rp)
        {
            foreach (var plottable in rp.Plot.PlottableList.Where(p => p.IsVisible))
            {
                plottable.Axes.DataRect = rp.DataRect;
                plottable.Render(rp);
            }
        }
    }
}

/// <summary>One entry of a legend.</summary>
/// <param name="Text">What it says.</param>
/// <param name="MarkWidth">Room for its mark.</param>
/// <param name="Draw">Draws the mark; gets its left edge and the middle of the line.</param>
internal sealed record LegendEntry(string Text, double MarkWidth, Action<Sheet, double, double> Draw)
{
    /// <summary>A number in bold after the text; empty for none.</summary>
    public string Value { get; init; } = "";
}

/// <summary>Something of our own among ScottPlot's plottables, drawn in its turn.</summary>
internal class OwnPlottable(Action<RenderPack> draw) : IPlottable
{
    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public void Render(RenderPack rp) => draw(rp);
}
