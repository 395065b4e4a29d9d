using FinsamOutcomes.Statistics;
using ScottPlot;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>A funnel: shares by size, limits that narrow as n grows, and numbers at those that stand outside them.</summary>
internal sealed class Funnel
{
    private const double PlotHeight = 250;
    private const int CurvePoints = 60;

    private static readonly MarkerStyle s_within = Marks.Marker(PointShape.Circle, 7.6, FigureTheme.Total.Ground, FigureTheme.Ground, 1);
    private static readonly MarkerStyle s_outside95 = Marks.Marker(PointShape.Diamond, 10, FigureTheme.Ground, FigureTheme.Signal, 1.6);
    private static readonly MarkerStyle s_outside998 = Marks.Marker(PointShape.Diamond, 11, FigureTheme.Signal, FigureTheme.Ground, 1);

    private readonly Sheet _sheet;
    private readonly FunnelFigure _figure;
    private readonly List<FunnelUnit> _drawn;
    private readonly List<FunnelUnit> _outside;

    private Funnel(Sheet sheet, FunnelFigure figure)
    {
        (_sheet, _figure) = (sheet, figure);
        _drawn = [.. figure.Units.Where(u => FunnelFigure.IsDrawn(u.Share))];
        _outside = [.. _drawn.Where(u => u.Position is not (FunnelPosition.Within or FunnelPosition.NoData)).OrderByDescending(u => u.Share.Value)];
    }

    public static IEnumerable<string> Draw(Sheet sheet, FunnelFigure figure) => new Funnel(sheet, figure).Draw();

    private IEnumerable<string> Draw()
    {
        if (_drawn.Count == 0 || _figure.Center is not { } center)
            return NothingShown.Draw(_sheet, $"Ingen har {PointText.SmallNumber} eller fler att visa en andel av.");
        _sheet.Legend(LegendEntries());
        var top = _sheet.Y + 8;
        var largest = _drawn.Max(u => u.Share.N!.Value);
        var limits = Limits(center, largest);
        // The limits of the smallest would reach 0 and 100 %: those of 95 % at ten are enough.
        var scale = ValueScale.FromZero(
            _drawn.Select(u => u.Share.Value!.Value).Append(limits[0].Limits.Upper95).Append(center),
            _figure.Unit,
            top + PlotHeight,
            top);
        var centerText = $"Medel {Swedish.Percent(center)}";
        var left = _sheet.Left + scale.LabelWidth + 8;
        var right = _sheet.IsNarrow ? _sheet.Right - 6 : _sheet.Right - TextStyle.Small.Measure(centerText) - 10;
        var sizes = ValueScale.FromZero([largest], ValueUnit.Count, left, right);
        _sheet.Area(left, top, right, top + PlotHeight, new(0, sizes.Max, scale.Min, scale.Max), scale, Edge.Left);
        _sheet.TickTexts(sizes.Ticks, sizes.Labels, Edge.Bottom);
        DrawLimits(limits, scale);
        _sheet.Plot.Add.HorizontalLine(0, 1.2f, Sheet.Ink(FigureTheme.Axis));
        _sheet.Plot.Add.HorizontalLine(center, 1.3f, Sheet.Ink(FigureTheme.Ink));
        if (!_sheet.IsNarrow)
            _sheet.Text(right + 8, scale.Map(center) + 4, centerText, TextStyle.Small);
        foreach (var unit in _drawn)
            Marks.Point(_sheet, unit.Share.N!.Value, unit.Share.Value!.Value, Mark(unit.Position));
        MarkNumbers.Draw(
            _sheet,
            _outside.Select((u, i) => new MarkNumber(i + 1, sizes.Map(u.Share.N!.Value), scale.Map(u.Share.Value!.Value), u.Share.Value > center)));
        _sheet.Text((left + right) / 2, top + PlotHeight + 32, _figure.SizeLabel, TextStyle.Small, Anchor.Middle);
        var y = MarkNumbers.DrawWords(_sheet, top + PlotHeight + 42, [.. _outside.Select(u => (Mark(u.Position), Words(u)))], "utanför gränserna");
        foreach (var finding in _figure.Findings)
            y = _sheet.Paragraph(finding, TextStyle.Label, y + TextStyle.Label.LineHeight + 2);
        _sheet.Y = y + 4;
        return Marks.Notes(_figure.Units.Select(u => u.Share), _figure.Unit);
    }

    private IEnumerable<LegendEntry> LegendEntries()
    {
        yield return new("gräns 95\u00A0%", 22, (s, x, y) => s.Line(x, y, x + 22, y, FigureTheme.Axis, 1.2, 5, 3));
        yield return new("gräns 99,8\u00A0%", 22, (s, x, y) => s.Line(x, y, x + 22, y, FigureTheme.Ink, 1.2));
        if (_sheet.IsNarrow)
            yield return new("medel", 22, (s, x, y) => s.Line(x, y, x + 22, y, FigureTheme.Ink, 1.3)) { Value = Swedish.Percent(_figure.Center!.Value) };
        if (_outside.Exists(u => u.Position is FunnelPosition.Above998 or FunnelPosition.Below998))
            yield return Marks.Sign("utanför 99,8\u00A0%", s_outside998);
        if (_outside.Exists(u => u.Position is FunnelPosition.Above95 or FunnelPosition.Below95))
            yield return Marks.Sign("utanför 95\u00A0%", s_outside95);
    }

    private static List<(double N, FunnelLimits Limits)> Limits(double center, long largest)
    {
        var end = Math.Max(largest, PointText.SmallNumber + 1);
        return [.. Enumerable.Range(0, CurvePoints + 1)
            .Select(i => PointText.SmallNumber + (end - PointText.SmallNumber) * i / CurvePoints).Distinct()
            .Select(n => ((double)n, FunnelPlot.LimitsAt(center, n)))];
    }

    private void DrawLimits(List<(double N, FunnelLimits Limits)> limits, ValueScale scale)
    {
        double Cut(double value) => Math.Clamp(value, scale.Min, scale.Max);
        double[] xs = [.. limits.Select(l => l.N)];
        Marks.Band(_sheet, xs, [.. limits.Select(l => Cut(l.Limits.Lower998))], [.. limits.Select(l => Cut(l.Limits.Upper998))], FigureTheme.Calm);
        Limit(l => l.Lower998, FigureTheme.Ink);
        Limit(l => l.Upper998, FigureTheme.Ink);
        Limit(l => l.Lower95, FigureTheme.Axis, 5, 3);
        Limit(l => l.Upper95, FigureTheme.Axis, 5, 3);

        void Limit(Func<FunnelLimits, double> height, string colour, params float[] dash)
        {
            foreach (var run in Marks.Runs(limits, l => height(l.Limits) > scale.Min && height(l.Limits) <= scale.Max).Where(r => r.Length > 1))
                Marks.Line(_sheet, [.. run.Select(i => limits[i].N)], [.. run.Select(i => height(limits[i].Limits))], colour, 1.2, dash);
        }
    }

    private string Words(FunnelUnit unit) =>
        $"{unit.Name}: {PointText.Headline(unit.Share, _figure.Unit)} av {Swedish.Count(unit.Share.N!.Value)}, {unit.Position.ToSwedish()}";

    private static MarkerStyle Mark(FunnelPosition position) => position switch
    {
        FunnelPosition.Above998 or FunnelPosition.Below998 => s_outside998,
        FunnelPosition.Above95 or FunnelPosition.Below95 => s_outside95,
        _ => s_within,
    };
}
