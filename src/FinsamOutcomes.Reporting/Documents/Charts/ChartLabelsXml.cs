using DocumentFormat.OpenXml;
using A = DocumentFormat.OpenXml.Drawing;
using C = DocumentFormat.OpenXml.Drawing.Charts;

namespace FinsamOutcomes.Reporting.Documents.Charts;

/// <summary>Writes the printed values of a series where neither whisker nor neighbour covers them.</summary>
internal static class ChartLabelsXml
{
    public static C.DataLabels Of(ChartModel model, ChartSeries series)
    {
        var labels = new C.DataLabels();
        var all = series.LabelledPoints is null;
        var shown = series.LabelledPoints ?? Enumerable.Range(0, series.Values.Count).ToList();
        var withInterval = series.Lower is not null && model.Shape is ChartShape.Columns or ChartShape.Bars;
        var top = model.Series.SelectMany(s => s.Values).OfType<double>().DefaultIfEmpty(1).Max();
        foreach (var point in shown.Where(i => series.Values[i] is not null).Order())
        {
            // A value too small to hold its own label gets it outside.
            var outside = withInterval && series.Values[point] <= 0.12 * (model.Maximum ?? top);
            var counts = series.Counts.GetValueOrDefault(point);
            if (!all || outside || counts is not null)
                labels.Append(
                    new C.DataLabel([
                        new C.Index { Val = (uint)point },
                        .. Label(model, series, inside: withInterval && !outside, show: true, onWhisker: outside, counts),
                    ]));
        }
        labels.Append(Label(model, series, withInterval, show: all));
        return labels;
    }

    private static IEnumerable<OpenXmlElement> Label(
        ChartModel model,
        ChartSeries series,
        bool inside,
        bool show,
        bool onWhisker = false,
        string? counts = null)
    {
        var covered = inside || model.Shape == ChartShape.StackedBars;
        yield return new C.NumberingFormat
        {
            FormatCode = counts is null ? DocumentTheme.ChartNumberFormat(model.Unit) : Literal(counts),
            SourceLinked = false,
        };
        yield return onWhisker || covered && series.Look == SeriesLook.Hatched
            ? new C.ChartShapeProperties(ChartText.Fill("FFFFFF"), ChartText.NoLine())
            : new C.ChartShapeProperties(new A.NoFill(), ChartText.NoLine());
        yield return ChartText.Properties(8,
            covered && series.Look == SeriesLook.Solid && DocumentTheme.IsDark(series.Colour) ? "FFFFFF" : DocumentTheme.Ink,
            bold: model.Shape is ChartShape.Lines);
        yield return new C.DataLabelPosition { Val = Place(model, series, inside) };
        yield return new C.ShowLegendKey { Val = false };
        yield return new C.ShowValue { Val = show };
        yield return new C.ShowCategoryName { Val = false };
        yield return new C.ShowSeriesName { Val = false };
        yield return new C.ShowPercent { Val = false };
        yield return new C.ShowBubbleSize { Val = false };
    }

    /// <summary>A number format that writes these words whatever the number: the bar keeps its length and says its counts.</summary>
    public static string Literal(string words) => $"\"{words}\"";

    private static C.DataLabelPositionValues Place(ChartModel model, ChartSeries series, bool inside) => model.Shape switch
    {
        ChartShape.StackedBars => C.DataLabelPositionValues.Center,
        ChartShape.Columns when series.Look == SeriesLook.Dashed => C.DataLabelPositionValues.Top,
        ChartShape.Columns or ChartShape.Bars => inside ? C.DataLabelPositionValues.InsideBase : C.DataLabelPositionValues.OutsideEnd,
        _ => series.Label switch
        {
            LabelPlace.Below => C.DataLabelPositionValues.Bottom,
            LabelPlace.Left => C.DataLabelPositionValues.Left,
            LabelPlace.Right => C.DataLabelPositionValues.Right,
            _ => C.DataLabelPositionValues.Top,
        },
    };
}
