namespace FinsamOutcomes.Reporting.Figures.Svg;

/// <summary>Before and after on one scale: hollow before, filled after, the change and its interval in figures beside.</summary>
internal static class DumbbellDrawing
{
    private const double Radius = 5.5;
    private const double ValueRoom = 40;

    public static DrawnPlot Draw(SvgCanvas canvas, DumbbellFigure figure, double top)
    {
        top = Legend.Draw(canvas,
        [
            new(figure.BeforeLabel, 12, (x, y) => canvas.Circle(x + 6, y, Radius, FigureTheme.Ground, FigureTheme.Total.Ground, 1.8)),
            new(figure.AfterLabel, 12, (x, y) => canvas.Circle(x + 6, y, Radius, FigureTheme.Total.Ground, FigureTheme.Total.Ground, 1.8)),
        ], top);
        var labels = new CategoryLabels(figure.Rows.Select(r => r.Label));
        var changes = figure.Rows.Select(r => ChangeText(r, figure.Unit)).ToList();
        var ns = figure.Rows.Select(NText).ToList();
        var changeHead = figure.Rows.Any(r => PointText.HasInterval(r.Change)) ? "Förändring (95\u00A0% KI)" : "Förändring";
        var nRight = FigureTheme.Width - FigureTheme.Margin;
        var nWidth = ns.Append("n par").Max(TextStyle.Small.Measure);
        var changeRight = nRight - nWidth - 16;
        var changeWidth = Math.Max(TextStyle.Small.Measure(changeHead), changes.Max(c => TextStyle.Value.Measure(c.Value) + TextStyle.Small.Measure(c.Interval) + 5));
        // Room for a value beside a dot at either end of the scale.
        var (left, right) = (labels.Right + ValueRoom, changeRight - changeWidth - ValueRoom - 8);
        var values = figure.Rows.SelectMany(r => new[] { r.Before, r.After }).Where(PointText.IsShown).Select(p => p.Value!.Value).ToList();
        var scale = ValueScale.OfInstrument(values.Append(figure.ScaleMin).Min(), values.Append(figure.ScaleMax).Max(), figure.Unit, left, right);

        canvas.Text(changeRight, top + 12, changeHead, TextStyle.Small, Anchor.End);
        canvas.Text(nRight, top + 12, "n par", TextStyle.Small, Anchor.End);
        var heights = figure.Rows.Select((_, i) => Math.Max(figure.Rows.Count > 12 ? 30 : 36, labels.Height(i) + 10)).ToList();
        var plotTop = top + 20;
        var bottom = plotTop + heights.Sum();
        DrawAxis(canvas, scale, plotTop, bottom);
        var y = plotTop;
        for (var i = 0; i < figure.Rows.Count; i++)
        {
            var middle = y + heights[i] / 2;
            if (i > 0)
                canvas.Line(FigureTheme.Margin, y, nRight, y, FigureTheme.Hairline, 0.7);
            labels.Draw(canvas, i, middle);
            DrawRow(canvas, figure, figure.Rows[i], i, scale, middle);
            var intervalWidth = TextStyle.Small.Measure(changes[i].Interval);
            canvas.Text(changeRight - intervalWidth - (intervalWidth > 0 ? 5 : 0), middle + 4.4, changes[i].Value, PointText.IsShown(figure.Rows[i].Change) ? TextStyle.Value : TextStyle.State, Anchor.End);
            if (intervalWidth > 0)
                canvas.Text(changeRight, middle + 4.4, changes[i].Interval, TextStyle.Small, Anchor.End);
            canvas.Text(nRight, middle + 4.4, ns[i], TextStyle.Small, Anchor.End);
            y += heights[i];
        }
        DrawDirection(canvas, figure.HigherIsBetter, left, right, bottom + 33);
        var notes = Marks.Notes(figure.Rows.SelectMany(r => new[] { r.Before, r.After, r.Change }), figure.Unit).ToList();
        if (changeHead.EndsWith(')'))
            notes.Insert(0, "KI = konfidensintervall.");
        return new(bottom + 40, notes);
    }

    private static void DrawAxis(SvgCanvas canvas, ValueScale scale, double top, double bottom)
    {
        for (var i = 0; i < scale.Ticks.Count; i++)
        {
            var x = scale.Map(scale.Ticks[i]);
            canvas.Line(x, top, x, bottom, FigureTheme.Hairline);
            canvas.Text(x, bottom + 15, scale.Labels[i], TextStyle.Small, Anchor.Middle);
        }
    }

    private static void DrawRow(SvgCanvas canvas, DumbbellFigure figure, DumbbellRow row, int index, ValueScale scale, double middle)
    {
        var look = FigureTheme.Look(row.Role, index);
        var ink = row.Role is SeriesRole.Category ? FigureTheme.Look(SeriesRole.Category, 0) : look;
        var missing = new[] { row.Before, row.After }.FirstOrDefault(p => !PointText.IsShown(p));
        if (!PointText.IsShown(row.Before) && !PointText.IsShown(row.After))
        {
            var text = PointText.Headline(missing!, figure.Unit);
            Marks.State(canvas, scale.Map(scale.Min) + 9, middle, PointText.State(missing!));
            canvas.TextOnGround(scale.Map(scale.Min) + 18, middle + 4, text, TextStyle.State);
            return;
        }
        if (missing is not null)
        {
            var (shown, isBefore) = PointText.IsShown(row.Before) ? (row.Before, true) : (row.After, false);
            var x = scale.Map(shown.Value!.Value);
            canvas.Circle(x, middle, Radius, isBefore ? FigureTheme.Ground : ink.Ground, ink.Outline, 1.8);
            var side = x > (scale.Map(scale.Min) + scale.Map(scale.Max)) / 2 ? -1 : 1;
            var anchor = side < 0 ? Anchor.End : Anchor.Start;
            var value = Swedish.Value(shown.Value!.Value, figure.Unit);
            canvas.TextOnGround(x + side * 10, middle + 4, value, isBefore ? TextStyle.Small : TextStyle.Value, anchor);
            x += side * (10 + TextStyle.Value.Measure(value) + 12);
            Marks.State(canvas, x, middle, PointText.State(missing));
            canvas.TextOnGround(x + side * 8, middle + 4, PointText.Headline(missing, figure.Unit), TextStyle.State, anchor);
            return;
        }
        var (before, after) = (scale.Map(row.Before.Value!.Value), scale.Map(row.After.Value!.Value));
        var direction = after >= before ? 1 : -1;
        canvas.Line(before, middle, after, middle, ink.Outline, 2.6);
        canvas.Circle(before, middle, Radius, FigureTheme.Ground, ink.Outline, 1.8);
        canvas.Circle(after, middle, Radius, ink.Ground, ink.Outline, 1.8);
        canvas.TextOnGround(before - direction * 10, middle + 4, Swedish.Value(row.Before.Value!.Value, figure.Unit), TextStyle.Small, direction > 0 ? Anchor.End : Anchor.Start);
        canvas.TextOnGround(after + direction * 10, middle + 4, Swedish.Value(row.After.Value!.Value, figure.Unit), TextStyle.Value, direction > 0 ? Anchor.Start : Anchor.End);
    }

    private static void DrawDirection(SvgCanvas canvas, bool higherIsBetter, double left, double right, double y)
    {
        if (higherIsBetter)
            canvas.Text(right, y, "högre är bättre →", TextStyle.State, Anchor.End);
        else
            canvas.Text(left, y, "← lägre är bättre", TextStyle.State);
    }

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
