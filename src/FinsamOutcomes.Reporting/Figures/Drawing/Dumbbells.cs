using ScottPlot;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>Before and after on one scale: hollow before, filled after, the change and its interval in figures beside or below.</summary>
internal sealed class Dumbbells
{
    private const double Size = 11;
    private const double ValueRoom = 40;
    private const double DirectionLine = 34;

    private readonly Sheet _sheet;
    private readonly DumbbellFigure _figure;
    private readonly List<(string Value, string Interval)> _changes;
    private readonly List<string> _ns;
    private readonly string _changeHead;

    private Dumbbells(Sheet sheet, DumbbellFigure figure)
    {
        (_sheet, _figure) = (sheet, figure);
        _changes = [.. figure.Rows.Select(r => ChangeText(r, figure.Unit))];
        _ns = [.. figure.Rows.Select(NText)];
        _changeHead = figure.Rows.Any(r => PointText.HasInterval(r.Change)) ? "Förändring (95\u00A0% KI)" : "Förändring";
    }

    public static IEnumerable<string> Draw(Sheet sheet, DumbbellFigure figure) => new Dumbbells(sheet, figure).Draw();

    private IEnumerable<string> Draw()
    {
        var grey = FigureTheme.Total.Ground;
        _sheet.Legend(
            Marks.Sign(_figure.BeforeLabel, Marks.Marker(PointShape.Circle, Size, FigureTheme.Ground, grey, 1.8)),
            Marks.Sign(_figure.AfterLabel, Marks.Marker(PointShape.Circle, Size, grey, grey, 1.8)));
        var rows = new RowLayout(_sheet, _figure.Rows.Select(r => r.Label), _sheet.IsNarrow ? 38 : 26, _figure.Rows.Count > 12 ? 4 : 10);
        var (left, right) = _sheet.IsNarrow ? (_sheet.Left + ValueRoom, _sheet.Right - ValueRoom) : (rows.PlotLeft + ValueRoom, BesideLeft - ValueRoom - 8);
        var values = _figure.Rows.SelectMany(r => new[] { r.Before, r.After }).Where(PointText.IsShown).Select(p => p.Value!.Value).ToList();
        var scale = ValueScale.OfInstrument(values.Append(_figure.ScaleMin).Min(), values.Append(_figure.ScaleMax).Max(), _figure.Unit, left, right);
        var top = _sheet.Y + (_sheet.IsNarrow ? 2 : 20);
        _sheet.Area(left, top, right, top + rows.Height, new(scale.Min, scale.Max, -rows.Height, 0), scale, Edge.Bottom);
        rows.DrawLabels(top);
        if (!_sheet.IsNarrow)
        {
            _sheet.Text(ChangeRight, _sheet.Y + 12, _changeHead, TextStyle.Small, Anchor.End);
            _sheet.Text(_sheet.Right, _sheet.Y + 12, "n par", TextStyle.Small, Anchor.End);
        }
        for (var i = 0; i < rows.Count; i++)
        {
            // A narrow row has the change in figures on a line below its marks.
            var middle = rows.Middle(i) - (_sheet.IsNarrow ? 9 : 0);
            if (i > 0)
                _sheet.Line(_sheet.Left, top + rows.Top(i), _sheet.Right, top + rows.Top(i), FigureTheme.Hairline, 0.7);
            DrawRow(i, scale, middle, top + middle);
            DrawChange(i, top + middle);
        }
        if (_figure.HigherIsBetter)
            _sheet.Text(right, top + rows.Height + DirectionLine, "högre är bättre →", TextStyle.State, Anchor.End);
        else
            _sheet.Text(left, top + rows.Height + DirectionLine, "← lägre är bättre", TextStyle.State);
        _sheet.Y = top + rows.Height + 40;
        if (_changeHead.EndsWith(')') && !_sheet.IsNarrow)
            yield return "KI = konfidensintervall.";
        if (_changeHead.EndsWith(')') && _sheet.IsNarrow)
            yield return $"Inom parentes: {Marks.IntervalText}.";
        foreach (var note in Marks.Notes(_figure.Rows.SelectMany(r => new[] { r.Before, r.After, r.Change }), _figure.Unit))
            yield return note;
    }

    private double ChangeRight => _sheet.Right - TextStyle.Small.Widest(_ns.Append("n par")) - 16;

    private double BesideLeft => ChangeRight - Math.Max(
        TextStyle.Small.Measure(_changeHead),
        _changes.Max(c => TextStyle.Value.Measure(c.Value) + TextStyle.Small.Measure(c.Interval) + 5));

    private void DrawChange(int row, double page)
    {
        var (value, interval) = _changes[row];
        var isShown = PointText.IsShown(_figure.Rows[row].Change);
        var style = isShown ? TextStyle.Value : TextStyle.State;
        if (_sheet.IsNarrow)
        {
            var (x, y) = (_sheet.Left + TextStyle.Small.Measure("Förändring") + 5, page + 24);
            _sheet.Text(_sheet.Left, y, "Förändring", TextStyle.Small);
            _sheet.Text(x, y, value, style);
            _sheet.Text(x + style.Measure(value) + 5, y, interval, TextStyle.Small);
            _sheet.Text(_sheet.Right, y, _ns[row].Length == 0 ? "" : _ns[row] + " par", TextStyle.Small, Anchor.End);
            return;
        }
        var intervalWidth = TextStyle.Small.Measure(interval);
        _sheet.Text(ChangeRight - intervalWidth - (intervalWidth > 0 ? 5 : 0), page + 4.4, value, style, Anchor.End);
        _sheet.Text(ChangeRight, page + 4.4, interval, TextStyle.Small, Anchor.End);
        _sheet.Text(_sheet.Right, page + 4.4, _ns[row], TextStyle.Small, Anchor.End);
    }

    private void DrawRow(int index, ValueScale scale, double middle, double page)
    {
        var row = _figure.Rows[index];
        var ink = row.Role is SeriesRole.Category ? FigureTheme.Look(SeriesRole.Category, 0) : FigureTheme.Look(row.Role, index);
        if (!PointText.IsShown(row.Before) && !PointText.IsShown(row.After))
        {
            Marks.State(_sheet, scale.Map(scale.Min) + 9, page, PointText.State(row.Before));
            _sheet.Text(scale.Map(scale.Min) + 18, page + 4, PointText.Headline(row.Before, _figure.Unit), TextStyle.State, isOnGround: true);
            return;
        }
        if (!PointText.IsShown(row.Before) || !PointText.IsShown(row.After))
        {
            DrawHalf(row, ink, scale, middle, page);
            return;
        }
        var (before, after) = (row.Before.Value!.Value, row.After.Value!.Value);
        var direction = after >= before ? 1 : -1;
        _sheet.Plot.Add.Line(before, -middle, after, -middle).LineStyle = new(2.6f, Sheet.Ink(ink.Outline));
        Dot(before, middle, ink, isBefore: true);
        Dot(after, middle, ink, isBefore: false);
        Beside(scale.Map(before), -direction, Swedish.Value(before, _figure.Unit), TextStyle.Small);
        Beside(scale.Map(after), direction, Swedish.Value(after, _figure.Unit), TextStyle.Value);

        void Beside(double x, int side, string text, TextStyle style) =>
            _sheet.Text(x + side * 10, page + 4, text, style, side > 0 ? Anchor.Start : Anchor.End, isOnGround: true);
    }

    // One of the two is missing: its state and its word stand on the side where there is most room.
    private void DrawHalf(DumbbellRow row, FillLook ink, ValueScale scale, double middle, double page)
    {
        var isBefore = PointText.IsShown(row.Before);
        var (shown, missing) = isBefore ? (row.Before, row.After) : (row.After, row.Before);
        var x = scale.Map(shown.Value!.Value);
        Dot(shown.Value!.Value, middle, ink, isBefore);
        var side = x > (scale.Map(scale.Min) + scale.Map(scale.Max)) / 2 ? -1 : 1;
        var anchor = side < 0 ? Anchor.End : Anchor.Start;
        var value = Swedish.Value(shown.Value!.Value, _figure.Unit);
        _sheet.Text(x + side * 10, page + 4, value, isBefore ? TextStyle.Small : TextStyle.Value, anchor, isOnGround: true);
        x += side * (10 + TextStyle.Value.Measure(value) + 12);
        Marks.State(_sheet, x, page, PointText.State(missing));
        _sheet.Text(x + side * 8, page + 4, PointText.Headline(missing, _figure.Unit), TextStyle.State, anchor, isOnGround: true);
    }

    private void Dot(double value, double middle, FillLook ink, bool isBefore) =>
        Marks.Point(_sheet, value, -middle, Marks.Marker(PointShape.Circle, Size, isBefore ? FigureTheme.Ground : ink.Ground, ink.Outline, 1.8));

    private static (string Value, string Interval) ChangeText(DumbbellRow row, ValueUnit unit)
    {
        if (!PointText.IsShown(row.Change))
            return (PointText.Headline(row.Change, unit), "");
        var interval = row.Change is { Lower: { } lower, Upper: { } upper } ? $"({Signed(lower, unit)} till {Signed(upper, unit)})" : "";
        return (Signed(row.Change.Value!.Value, unit), interval);
    }

    private static string Signed(double value, ValueUnit unit)
    {
        if (unit is ValueUnit.Percent)
            return Swedish.Value(value, ValueUnit.PercentagePoints);
        var text = Swedish.Value(value, unit);
        return value > 0 && text.Any(c => c is >= '1' and <= '9') ? "+" + text : text;
    }

    private static string NText(DumbbellRow row) =>
        PointText.IsShown(row.Change) && (row.Change.N ?? row.After.N) is { } n ? Swedish.Count(n) : "";
}
