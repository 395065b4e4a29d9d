using ScottPlot;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>A p-chart: what is usual as a calm band with stepped limits, signals as numbered diamonds, findings in words below.</summary>
internal sealed class Control
{
    private const double PlotHeight = 190;

    private readonly Sheet _sheet;
    private readonly ControlChartFigure _figure;
    private readonly ControlParts _parts;
    private readonly List<FigurePoint> _shares;
    private readonly double _left;
    private readonly double _right;
    private readonly PeriodsAcross _axis;

    private Control(Sheet sheet, ControlChartFigure figure)
    {
        (_sheet, _figure, _parts) = (sheet, figure, new(figure));
        _shares = [.. figure.Points.Select(p => p.Share)];
        _left = sheet.Left + Math.Max(_parts.Scale(0, PlotHeight).LabelWidth, 20) + 8;
        _right = sheet.Right - TextStyle.Small.Widest(_parts.LimitTexts.Select(t => t.Text)) - 10;
        _axis = new(sheet, [.. figure.Points.Select(p => p.Period)], _left, _right);
    }

    public static IEnumerable<string> Draw(Sheet sheet, ControlChartFigure figure) => new Control(sheet, figure).Draw();

    private IEnumerable<string> Draw()
    {
        _sheet.Legend(_parts.LegendEntries().Concat(_axis.UnsaidStates(_shares).Select(Marks.StateSign)));
        var top = _sheet.Y + 10;
        var scale = _parts.Scale(top + PlotHeight, top);
        _sheet.Area(_left, top, _right, top + PlotHeight, new(-0.5, _shares.Count - 0.5, scale.Min, scale.Max), scale, Edge.Left);
        DrawLimits();
        _sheet.Plot.Add.HorizontalLine(0, 1.2f, Sheet.Ink(FigureTheme.Axis));
        if (_figure.Center is { } center)
            _sheet.Plot.Add.HorizontalLine(center, 1.3f, Sheet.Ink(FigureTheme.Ink));
        var heights = Sheet.Spread(_parts.LimitTexts.Select(t => scale.Map(t.Value)), top, top + PlotHeight);
        for (var i = 0; i < heights.Length; i++)
            _sheet.Text(_right + 8, heights[i] + 4, _parts.LimitTexts[i].Text, TextStyle.Small);

        foreach (var run in Marks.Runs(_shares, PointText.IsShown).Where(r => r.Length > 1))
            Marks.Line(_sheet, [.. run.Select(i => (double)i)], [.. run.Select(i => _shares[i].Value!.Value)], FigureTheme.Muted, 1.4);
        for (var i = 0; i < _shares.Count; i++)
        {
            if (PointText.IsShown(_shares[i]))
                Marks.Point(_sheet, i, _shares[i].Value!.Value, _parts.Mark(i, _axis.Slot < 12 ? 2.4 : 3.6));
        }
        MarkNumbers.Draw(_sheet, _parts.Signals.Select(s => Number(s, scale)));
        DrawUnder(top + PlotHeight);
        return Notes();
    }

    private void DrawLimits()
    {
        var points = _figure.Points;
        foreach (var run in Marks.Runs(points, p => p is { LowerLimit: not null, UpperLimit: not null }))
        {
            double[] xs = [.. run.SelectMany(i => new[] { i - 0.5, i + 0.5 })];
            double[] lower = [.. run.SelectMany(i => Enumerable.Repeat(points[i].LowerLimit!.Value, 2))];
            double[] upper = [.. run.SelectMany(i => Enumerable.Repeat(points[i].UpperLimit!.Value, 2))];
            Marks.Band(_sheet, xs, lower, upper, FigureTheme.Calm);
            Marks.Line(_sheet, xs, upper, FigureTheme.Axis, 1, _parts.Dash);
            Marks.Line(_sheet, xs, lower, FigureTheme.Axis, 1, _parts.Dash);
        }
    }

    private MarkNumber Number(SignalRun signal, ValueScale scale)
    {
        var share = _shares[signal.From].Value!.Value;
        return new(signal.Number, _axis.X(signal.From), scale.Map(share), share >= (_figure.Center ?? 0));
    }

    private void DrawUnder(double y)
    {
        if (!_shares.TrueForAll(PointText.IsShown))
        {
            _axis.DrawStates(y + 11, _shares);
            y += 15;
        }
        y = _axis.Draw(y + 3) + 2;
        if (_axis.DrawN(y, _shares) is { } bottom)
        {
            _sheet.Text(_sheet.Left, y + 14, "n", TextStyle.Small);
            y = bottom + 2;
        }
        _sheet.Y = _parts.DrawFindings(_sheet, y + 6);
    }

    private IEnumerable<string> Notes()
    {
        var ns = _shares.Where(PointText.IsShown).Select(p => p.N).OfType<long>().ToList();
        if (ns.Exists(n => TextStyle.Small.Measure(Swedish.Count(n)) + 4 > _axis.Slot))
            yield return $"n per period: {Marks.Range(ns)}.";
        foreach (var note in Marks.Notes(_shares, _figure.Unit))
            yield return note;
    }
}
