using ScottPlot;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>Outcomes as bars with their targets as marks, and a light whose shape and words say the same as its colour.</summary>
internal sealed class Targets
{
    private const double BarThickness = 14;
    private const double MaxStatus = 180;

    private readonly Sheet _sheet;
    private readonly TargetFigure _figure;
    private readonly RowLayout _rows;
    private readonly double _statusWidth;
    private readonly double _right;
    private readonly ValueScale _scale;

    private Targets(Sheet sheet, TargetFigure figure)
    {
        (_sheet, _figure) = (sheet, figure);
        _rows = new(sheet, figure.Rows.Select(r => r.Name), sheet.IsNarrow ? 44 : 30, 8);
        var widest = Math.Max(TextStyle.Label.Widest(figure.Rows.Select(r => r.StatusText)), TextStyle.Small.Widest(figure.Rows.Select(TargetText)));
        _statusWidth = sheet.IsNarrow ? 0 : Math.Min(MaxStatus, widest) + 22;
        var valueWidth = TextStyle.Value.Widest(figure.Rows.Where(r => PointText.IsShown(r.Outcome)).Select(r => PointText.Headline(r.Outcome, figure.Unit)));
        _right = sheet.Right - _statusWidth - valueWidth - 16;
        var reach = figure.Rows.SelectMany(r =>
            PointText.IsShown(r.Outcome) ? [r.Outcome.Value, r.Outcome.Lower, r.Outcome.Upper, r.Target] : new double?[] { r.Target }
        );
        _scale = ValueScale.FromZero(reach.OfType<double>(), figure.Unit, _rows.PlotLeft, _right);
    }

    public static IEnumerable<string> Draw(Sheet sheet, TargetFigure figure) => new Targets(sheet, figure).Draw();

    private IEnumerable<string> Draw()
    {
        _sheet.Legend(LegendEntries());
        var top = _sheet.Y + 4;
        _sheet.Area(_rows.PlotLeft, top, _right, top + _rows.Height, new(_scale.Min, _scale.Max, -_rows.Height, 0), _scale, Edge.Bottom);
        _rows.DrawLabels(top);
        for (var i = 0; i < _rows.Count; i++)
        {
            // A narrow row has its light and words on a line below its bar.
            var middle = _rows.Middle(i) - (_sheet.IsNarrow ? 10 : 0);
            if (i > 0)
                _sheet.Line(_sheet.Left, top + _rows.Top(i), _sheet.Right, top + _rows.Top(i), FigureTheme.Hairline, 0.7);
            DrawBar(_figure.Rows[i], middle, top + middle);
            DrawStatus(_figure.Rows[i], top + middle);
        }
        _sheet.Plot.Add.VerticalLine(0, 1.2f, Sheet.Ink(FigureTheme.Axis));
        _sheet.Y = top + _rows.Height + 20;
        if (_figure.Rows.Any(r => PointText.IsSmall(r.Outcome, _figure.Unit)))
            yield return Marks.SmallBarNote;
        foreach (var note in Marks.Notes(_figure.Rows.Select(r => r.Outcome), _figure.Unit))
            yield return note;
    }

    private IEnumerable<LegendEntry> LegendEntries()
    {
        yield return new("utfall", 18, (s, x, y) => s.Rect(x, y - 5, 18, 10, FigureTheme.Total.Ground));
        yield return new("mål", 6, (s, x, y) => s.Line(x + 3, y - 7, x + 3, y + 7, FigureTheme.Ink, 2.4));
        if (_figure.Rows.Any(r => PointText.HasInterval(r.Outcome)))
            yield return Marks.Interval;
    }

    private void DrawBar(TargetFigureRow row, double middle, double page)
    {
        if (PointText.IsShown(row.Outcome))
        {
            var value = row.Outcome.Value!.Value;
            if (value != 0)
                Marks.Bar(_sheet, -middle, 0, value, BarThickness, FigureTheme.Total, isUpright: false, PointText.IsSmall(row.Outcome, _figure.Unit));
            else
                _sheet.Rect(_scale.Map(0), page - BarThickness / 2, 2.5, BarThickness, FigureTheme.Total.Outline);
            if (row.Outcome is { Lower: { } lower, Upper: { } upper })
                Marks.Whisker(_sheet, -middle, value, lower, upper, isUpright: false);
            var end = _scale.Map(Math.Max(0, Math.Max(value, Math.Max(row.Outcome.Upper ?? 0, row.Target))));
            _sheet.Text(end + 8, page + 4.4, PointText.Headline(row.Outcome, _figure.Unit), TextStyle.Value, isOnGround: true);
        }
        else
        {
            var x = _scale.Map(0);
            var text = PointText.Headline(row.Outcome, _figure.Unit);
            Marks.State(_sheet, x + 9, page, PointText.State(row.Outcome));
            _sheet.Text(x + 18, page + 4, text, TextStyle.State, isOnGround: true);
        }
        _sheet.Plot.Add.Line(row.Target, -middle - 11, row.Target, -middle + 11).LineStyle = new(2.4f, Sheet.Ink(FigureTheme.Ink));
    }

    private void DrawStatus(TargetFigureRow row, double page)
    {
        var shape = row.Status switch
        {
            TargetStatus.Met => PointShape.Circle,
            TargetStatus.Near => PointShape.Triangle,
            TargetStatus.Missed => PointShape.Square,
            _ => PointShape.Diamond,
        };
        var light = Marks.Marker(shape, 12, FigureTheme.Light(row.Status), FigureTheme.Ink, 1);
        if (_sheet.IsNarrow)
        {
            _sheet.Marker(_sheet.Left + 7, page + 24, light);
            Status(_sheet.Left + 20, page + 28, _sheet.Right - _sheet.Left - 28 - TextStyle.Small.Measure(TargetText(row)));
            _sheet.Text(_sheet.Right, page + 28, TargetText(row), TextStyle.Small, Anchor.End);
            return;
        }
        var x = _sheet.Right - _statusWidth;
        _sheet.Marker(x + 7, page - 5, light);
        Status(x + 20, page - 1, _statusWidth - 22);
        _sheet.Text(x + 20, page + 13, TextStyle.Small.Wrap(TargetText(row), _statusWidth - 22, 1)[0], TextStyle.Small);

        void Status(double left, double baseline, double width) =>
            _sheet.Text(left, baseline, TextStyle.Label.Wrap(row.StatusText, width, 1)[0], TextStyle.Label);
    }

    private static string TargetText(TargetFigureRow row) => $"mål {row.TargetText}";
}
