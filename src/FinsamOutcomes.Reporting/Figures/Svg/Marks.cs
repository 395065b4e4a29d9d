using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Figures.Svg;

/// <summary>The marks that all kinds of figures share: bars, whiskers, points, targets and the signs of a missing number.</summary>
internal static class Marks
{
    public const string IntervalText = "95\u00A0% konfidensintervall";
    public const string SmallBarNote = "Streckad kontur: färre än 10 i underlaget, därför antal i stället för procent.";

    private const double StateSize = 9;

    /// <summary>A bar. One that rests on fewer than ten is faint with a dashed outline.</summary>
    public static void Bar(SvgCanvas canvas, double x, double y, double width, double height, FillLook look, bool isSmall)
    {
        if (isSmall)
            canvas.Rect(x + 0.5, y + 0.5, width - 1, height - 1, canvas.Fill(look), look.Outline, dash: "3 2", opacity: 0.3);
        else
            canvas.Rect(x, y, width, height, canvas.Fill(look), look.Outline == look.Ground ? null : look.Outline, 0.8);
    }

    /// <summary>A thin interval with a white casing, so that it is seen on a dark bar as well.</summary>
    public static void Whisker(SvgCanvas canvas, (double X, double Y) from, (double X, double Y) to, double cap = 3)
    {
        var isVertical = Math.Abs(from.X - to.X) < Math.Abs(from.Y - to.Y);
        foreach (var (stroke, width, grow) in new[] { (FigureTheme.Ground, 2.6, 0.6), (FigureTheme.Ink, 1.2, 0.0) })
        {
            canvas.Line(from.X, from.Y, to.X, to.Y, stroke, width);
            foreach (var end in new[] { from, to })
            {
                var (dx, dy) = isVertical ? (cap + grow, 0.0) : (0.0, cap + grow);
                canvas.Line(end.X - dx, end.Y - dy, end.X + dx, end.Y + dy, stroke, width);
            }
        }
    }

    /// <summary>The sign of a cell without a number, centred: crossed square, empty dotted square, hollow circle.</summary>
    public static void State(SvgCanvas canvas, double x, double y, CellState state, double size = StateSize)
    {
        switch (state)
        {
            case CellState.Hidden:
                canvas.Rect(x - size / 2, y - size / 2, size, size, canvas.Fill(FigureTheme.Hidden), FigureTheme.Hidden.Outline);
                break;
            case CellState.NotAsked:
                canvas.Circle(x, y, size / 2, FigureTheme.Ground, FigureTheme.Axis, 1.2);
                break;
            default:
                canvas.Rect(x - size / 2, y - size / 2, size, size, FigureTheme.Ground, FigureTheme.Axis, dash: "1.5 1.5");
                break;
        }
    }

    /// <summary>The marker of a series: each role has its own shape. Hollow when it rests on fewer than ten.</summary>
    public static void Point(SvgCanvas canvas, double x, double y, SeriesRole role, int index, double radius, bool isHollow = false)
    {
        var look = FigureTheme.Look(role, index);
        var fill = isHollow ? FigureTheme.Ground : look.Ground;
        switch (Shape(role, index))
        {
            case 0:
                canvas.Circle(x, y, radius, fill, look.Outline);
                break;
            case 1:
                var d = radius * 1.3;
                canvas.Polygon([(x, y - d), (x + d, y), (x, y + d), (x - d, y)], fill, look.Outline, 1.5);
                break;
            case 2:
                canvas.Rect(x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8, fill, look.Outline, 1.5);
                break;
            default:
                canvas.Polygon([(x, y - radius * 1.2), (x + radius * 1.2, y + radius), (x - radius * 1.2, y + radius)], fill, look.Outline, 1.5);
                break;
        }
    }

    /// <summary>The dash of a series' line, so that lines are told apart without colour.</summary>
    public static string? Dash(SeriesRole role, int index) => Shape(role, index) switch { 0 => null, 1 => "7 3", 2 => "2 2.5", _ => "8 3 2 3" };

    /// <summary>Notes that the states and units among the points call for.</summary>
    public static IEnumerable<string> Notes(IEnumerable<FigurePoint> points, ValueUnit unit)
    {
        if (points.Any(p => PointText.State(p) is CellState.Hidden))
            yield return "Dold: bygger på så få att talet inte visas.";
        if (unit is ValueUnit.PercentagePoints)
            yield return "p.e. = procentenheter.";
    }

    private static int Shape(SeriesRole role, int index) => role switch
    {
        SeriesRole.Woman => 0,
        SeriesRole.Man => 1,
        SeriesRole.All => 2,
        SeriesRole.Unknown => 3,
        _ => index % 4,
    };
}
