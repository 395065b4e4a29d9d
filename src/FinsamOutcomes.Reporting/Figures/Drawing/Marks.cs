using FinsamOutcomes.Reporting.Measures;
using ScottPlot;
using ScottPlot.Plottables;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>The marks that all kinds share: bars, whiskers, points, lines and the signs of a missing number.</summary>
internal static class Marks
{
    public const string IntervalText = "95\u00A0% konfidensintervall";
    public const string SmallText = "färre än 10 i underlaget";
    public const string SmallBarNote = "Streckad kontur: färre än 10 i underlaget, därför antal i stället för procent.";

    /// <summary>A bar of a look, upright or lying; one that rests on fewer than ten is faint with a dashed outline.</summary>
    public static void Bar(
        Sheet sheet,
        double position,
        double from,
        double to,
        double size,
        FillLook look,
        bool isUpright,
        bool isSmall = false,
        bool isSegment = false)
    {
        var opacity = isSmall ? 0.3 : 1;
        var bar = new Bar
        {
            Position = position,
            ValueBase = from,
            Value = to,
            Size = size,
            Orientation = isUpright ? Orientation.Vertical : Orientation.Horizontal,
            FillColor = Sheet.Ink(look.Ground, opacity),
            LineColor = Sheet.Ink(look.Outline),
            LineWidth = isSmall || isSegment || look.Outline == look.Ground ? 0 : 0.8f,
        };
        sheet.Plot.Add.Bar(bar);
        if (look.Pattern is FillPattern.None && !isSmall && !isSegment)
            return;
        sheet.Plot.Add.Plottable(new OwnPlottable(rp =>
        {
            var (one, other) = (sheet.Map(bar.Rect.Left, bar.Rect.Top), sheet.Map(bar.Rect.Right, bar.Rect.Bottom));
            var rect = new PixelRect(Math.Min(one.X, other.X), Math.Max(one.X, other.X), Math.Max(one.Y, other.Y), Math.Min(one.Y, other.Y));
            Hatching.Draw(rp, rect, look, opacity);
            if (isSmall)
                Dashes.Draw(rp, rect.Contract(0.5f), look.Outline, 1, 3, 2);
            if (!isSegment)
                return;
            new LineStyle(1.2f, Sheet.Ink(FigureTheme.Ground)).Render(rp.Canvas, rect, rp.Paint);
            if (look.Outline != look.Ground)
                new LineStyle(0.8f, Sheet.Ink(look.Outline)).Render(rp.Canvas, rect.Contract(1), rp.Paint);
        }));
    }

    /// <summary>An interval with unequal arms and a white casing, so that it is seen on a dark bar as well.</summary>
    public static void Whisker(Sheet sheet, double position, double value, double lower, double upper, bool isUpright, float cap = 3)
    {
        foreach (var (colour, width, grow) in new[] { (FigureTheme.Ground, 2.6f, 0.6f), (FigureTheme.Ink, 1.2f, 0) })
        {
            double[] at = [position], values = [value], down = [Math.Max(0, value - lower)], up = [Math.Max(0, upper - value)];
            var bar = isUpright ? new ErrorBar(at, values, null, null, up, down) : new ErrorBar(values, at, up, down, null, null);
            bar.LineStyle = new(width, Sheet.Ink(colour));
            bar.CapSize = cap + grow;
            sheet.Plot.PlottableList.Add(bar);
        }
    }

    /// <summary>The sign of a cell without a number, centred: crossed square, empty dotted square, hollow circle.</summary>
    public static void State(Sheet sheet, double x, double y, CellState state, double size = 9)
    {
        var rect = new PixelRect((float)(x - size / 2), (float)(x + size / 2), (float)(y + size / 2), (float)(y - size / 2));
        if (state is CellState.NotAsked)
        {
            sheet.Marker(x, y, Marker(PointShape.Circle, size, FigureTheme.Ground, FigureTheme.Axis, 1.2));
            return;
        }
        sheet.Over(rp =>
        {
            ScottPlot.Drawing.FillRectangle(rp.Canvas, rect, rp.Paint, new(Sheet.Ink(FigureTheme.Ground)));
            if (state.IsKeptBack())
            {
                Hatching.Draw(rp, rect, FigureTheme.Hidden);
                Dashes.Draw(rp, rect, FigureTheme.Hidden.Outline, 1);
            }
            else
            {
                Dashes.Draw(rp, rect, FigureTheme.Axis, 1, 1.5f, 1.5f);
            }
        });
    }

    /// <summary>The marker of a series: each role has its own shape. Hollow when it rests on fewer than ten.</summary>
    public static MarkerStyle Point(SeriesRole role, int index, double radius, bool isHollow = false)
    {
        var look = FigureTheme.Look(role, index);
        var shape = ShapeOf(role, index);
        var factor = shape switch { PointShape.Circle => 2, PointShape.Diamond => 2.6, PointShape.Square => 1.8, _ => 2.4 };
        return Marker(shape, radius * factor, isHollow ? FigureTheme.Ground : look.Ground, look.Outline);
    }

    public static MarkerStyle Marker(PointShape shape, double size, string fill, string outline, double width = 1.5) =>
        new(shape is PointShape.Circle ? MarkerShape.FilledCircle : MarkerShape.FilledSquare, (float)size)
        {
            CustomRenderer = PolygonMarker.Of(shape),
            FillColor = Sheet.Ink(fill),
            OutlineColor = Sheet.Ink(outline),
            OutlineWidth = (float)width,
            LineWidth = 0,
        };

    public static void Point(Sheet sheet, double x, double y, MarkerStyle style) => sheet.Plot.Add.Marker(x, y).MarkerStyle = style;

    public static float[] DashOf(SeriesRole role, int index) =>
        ShapeOf(role, index) switch { PointShape.Circle => [], PointShape.Diamond => [7, 3], PointShape.Square => [2, 2.5f], _ => [8, 3, 2, 3] };

    public static void Line(Sheet sheet, double[] xs, double[] ys, string colour, double width, params float[] dash)
    {
        if (dash.Length > 0)
        {
            sheet.Plot.Add.Plottable(new OwnPlottable(rp => Dashes.Draw(rp, [.. xs.Select((x, i) => sheet.Map(x, ys[i]))], colour, width, dash)));
            return;
        }
        var line = sheet.Plot.Add.ScatterLine(xs, ys, Sheet.Ink(colour));
        line.LineWidth = (float)width;
        line.LineStyle.StrokeJoin = SkiaSharp.SKStrokeJoin.Round;
    }

    /// <summary>A dashed line right across the plot area, at a value of the axis on an edge.</summary>
    public static void Across(Sheet sheet, double value, Edge axis, params float[] dash)
    {
        var (x, y) = (sheet.Plot.Axes.Bottom, sheet.Plot.Axes.Left);
        if (axis is Edge.Left)
            Line(sheet, [x.Min, x.Max], [value, value], FigureTheme.Ink, 1.3, dash);
        else
            Line(sheet, [value, value], [y.Min, y.Max], FigureTheme.Ink, 1.3, dash);
    }

    public static void Band(Sheet sheet, double[] xs, double[] lower, double[] upper, string colour, double opacity = 1)
    {
        var band = sheet.Plot.Add.FillY(xs, lower, upper);
        band.FillColor = Sheet.Ink(colour, opacity);
        band.LineWidth = 0;
        band.MarkerStyle.IsVisible = false;
    }

    public static LegendEntry Swatch(string text, FillLook look) => new(text, 13, (sheet, x, y) => sheet.Over(rp =>
    {
        var rect = new PixelRect((float)x, (float)x + 13, (float)y + 6.5f, (float)y - 6.5f);
        ScottPlot.Drawing.FillRectangle(rp.Canvas, rect, rp.Paint, new(Sheet.Ink(look.Ground)));
        Hatching.Draw(rp, rect, look);
        if (look.Outline != look.Ground)
            new LineStyle(0.8f, Sheet.Ink(look.Outline)).Render(rp.Canvas, rect, rp.Paint);
    }));

    /// <summary>The legend of whiskers.</summary>
    public static LegendEntry Interval { get; } = new(IntervalText, 18, (sheet, x, y) =>
    {
        sheet.Line(x, y, x + 18, y, FigureTheme.Ink, 1.2);
        sheet.Line(x + 0.6, y - 3, x + 0.6, y + 3, FigureTheme.Ink, 1.2);
        sheet.Line(x + 17.4, y - 3, x + 17.4, y + 3, FigureTheme.Ink, 1.2);
    });

    /// <summary>The legend of bands.</summary>
    public static LegendEntry IntervalBand(string colour) => new(IntervalText, 18, (sheet, x, y) => sheet.Over(rp =>
        ScottPlot.Drawing.FillRectangle(rp.Canvas, new((float)x, (float)x + 18, (float)y + 5, (float)y - 5), rp.Paint, new(Sheet.Ink(colour, 0.22)))));

    public static LegendEntry Sign(string text, MarkerStyle style, double width = 12) =>
        new(text, width, (sheet, x, y) => sheet.Marker(x + width / 2, y, style));

    public static LegendEntry StateSign(CellState state) => new(state.ToSwedish(), 10, (sheet, x, y) => State(sheet, x + 5, y, state));

    public static IEnumerable<string> Notes(IEnumerable<FigurePoint> points, ValueUnit unit)
    {
        var states = points.Select(PointText.State).ToHashSet();
        if (states.Contains(CellState.Hidden))
            yield return "Dold: bygger på så få att talet inte visas.";
        if (states.Contains(CellState.Protecting))
            yield return "Skyddad: visas inte, eftersom det skulle avslöja ett tal som är dolt.";
        if (unit is ValueUnit.PercentagePoints)
            yield return "p.e. = procentenheter.";
    }

    /// <summary><c>12–45</c>, or one number when all are the same.</summary>
    public static string Range(IReadOnlyCollection<long> numbers) =>
        numbers.Min() == numbers.Max() ? Swedish.Count(numbers.Min()) : $"{Swedish.Count(numbers.Min())}–{Swedish.Count(numbers.Max())}";

    /// <summary>Stretches of neighbours that all fulfil the condition, by their places.</summary>
    public static IEnumerable<int[]> Runs<T>(IReadOnlyList<T> points, Func<T, bool> condition)
    {
        var run = new List<int>();
        for (var i = 0; i <= points.Count; i++)
        {
            if (i < points.Count && condition(points[i]))
            {
                run.Add(i);
            }
            else if (run.Count > 0)
            {
                yield return [.. run];
                run.Clear();
            }
        }
    }

    private static PointShape ShapeOf(SeriesRole role, int index) => role switch
    {
        SeriesRole.Woman => PointShape.Circle,
        SeriesRole.Man => PointShape.Diamond,
        SeriesRole.All => PointShape.Square,
        SeriesRole.Unknown => PointShape.Triangle,
        _ => (PointShape)(index % 4),
    };
}
