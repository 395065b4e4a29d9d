using ScottPlot;

namespace FinsamOutcomes.Reporting.Figures.Drawing;

/// <summary>What a p-chart shows and says, whichever way its time runs.</summary>
internal sealed class ControlParts
{
    private static readonly MarkerStyle s_signal = Marks.Marker(PointShape.Diamond, 11, FigureTheme.Signal, FigureTheme.Ground, 1);

    private readonly ControlChartFigure _figure;

    public ControlParts(ControlChartFigure figure)
    {
        _figure = figure;
        Dash = figure.IsPreliminary ? [2, 3] : [5, 3];
        Signals = Read(figure);
        LimitTexts = Texts(figure);
    }

    public float[] Dash { get; }

    /// <summary>Signals next to each other that break the same rule are one signal.</summary>
    public IReadOnlyList<SignalRun> Signals { get; }

    /// <summary>Centre and limits of the latest period, from the highest.</summary>
    public IReadOnlyList<(double Value, string Text)> LimitTexts { get; }

    public ValueScale Scale(double start, double end) => ValueScale.FromZero(
        _figure.Points.Where(p => PointText.IsShown(p.Share)).SelectMany(p => new[] { p.Share.Value, p.UpperLimit }).Append(_figure.Center).OfType<double>(),
        _figure.Unit,
        start,
        end);

    public IEnumerable<LegendEntry> LegendEntries()
    {
        if (_figure.Points.Any(p => p.UpperLimit is not null))
        {
            yield return new(_figure.IsPreliminary ? "preliminära gränser, färre än 12 perioder" : "gränser för vanlig variation", 22, (s, x, y) =>
            {
                s.Rect(x, y - 6, 22, 12, FigureTheme.Calm);
                s.Line(x, y - 6, x + 22, y - 6, FigureTheme.Axis, 1, Dash);
                s.Line(x, y + 6, x + 22, y + 6, FigureTheme.Axis, 1, Dash);
            });
        }
        if (Signals.Count > 0)
            yield return Marks.Sign("signal", s_signal);
        if (_figure.Points.Any(p => PointText.IsSmall(p.Share, _figure.Unit)))
            yield return Marks.Sign(Marks.SmallText, Marks.Marker(PointShape.Circle, 7.2, FigureTheme.Ground, FigureTheme.Ink), 10);
    }

    public MarkerStyle Mark(int period, double radius) =>
        _figure.Points[period] is { Signal: not null }
            ? Marks.Marker(PointShape.Diamond, radius * 2 + 4, FigureTheme.Signal, FigureTheme.Ground, 1)
            : Marks.Marker(
                PointShape.Circle,
                radius * 2,
                PointText.IsSmall(_figure.Points[period].Share, _figure.Unit) ? FigureTheme.Ground : FigureTheme.Ink,
                FigureTheme.Ink);

    /// <summary>Signals by number and findings, in words; returns how far down they reach.</summary>
    public double DrawFindings(Sheet sheet, double y)
    {
        y = MarkNumbers.DrawWords(sheet, y, [.. Signals.Select(s => (s_signal, s.Text))], "signaler till");
        foreach (var finding in _figure.Findings)
            y = sheet.Paragraph(finding, TextStyle.Label, y + TextStyle.Label.LineHeight + 2);
        return y + 4;
    }

    private static List<(double Value, string Text)> Texts(ControlChartFigure figure)
    {
        var texts = new List<(double Value, string Text)>();
        var suffix = figure.IsPreliminary ? " (prel.)" : "";
        if (figure.Points.LastOrDefault(p => p.UpperLimit is not null) is { } last)
        {
            texts.Add((last.UpperLimit!.Value, $"Övre gräns {Swedish.Percent(last.UpperLimit.Value)}{suffix}"));
            if (last.LowerLimit is { } lower)
                texts.Add((lower, $"Undre gräns {Swedish.Percent(lower)}{suffix}"));
        }
        if (figure.Center is { } center)
            texts.Add((center, $"Medel {Swedish.Percent(center)}"));
        return [.. texts.OrderByDescending(t => t.Value)];
    }

    private static List<SignalRun> Read(ControlChartFigure figure)
    {
        var runs = new List<SignalRun>();
        for (var i = 0; i < figure.Points.Count;)
        {
            if (figure.Points[i] is not { Signal: { } rule } point || !PointText.IsShown(point.Share))
            {
                i++;
                continue;
            }
            var from = i;
            while (i < figure.Points.Count && figure.Points[i].Signal == rule && PointText.IsShown(figure.Points[i].Share))
                i++;
            var text = i - 1 == from
                ? $"{point.Period}: {PointText.Headline(point.Share, figure.Unit)}, {rule}"
                : $"{point.Period}–{figure.Points[i - 1].Period}: {rule}";
            runs.Add(new(runs.Count + 1, from, text));
        }
        return runs;
    }
}

/// <summary>A signal with its number in the drawing and its words.</summary>
/// <param name="Number">From 1.</param>
/// <param name="From">Its first period.</param>
/// <param name="Text">When, what and which rule.</param>
internal sealed record SignalRun(int Number, int From, string Text);
