using DocumentFormat.OpenXml;
using C = DocumentFormat.OpenXml.Drawing.Charts;

namespace FinsamOutcomes.Reporting.Documents.Charts;

/// <summary>Writes one series: its look, its printed values, its error bars and its numbers.</summary>
internal static class ChartSeriesXml
{
    private static readonly C.MarkerStyleValues[] s_marks =
        [C.MarkerStyleValues.Circle, C.MarkerStyleValues.Diamond, C.MarkerStyleValues.Square, C.MarkerStyleValues.Triangle];

    public static C.BarChartSeries Bar(ChartData data, int index)
    {
        var series = data.Model.Series[index];
        var xml = new C.BarChartSeries(
            new C.Index { Val = (uint)index },
            new C.Order { Val = (uint)index },
            Name(data, index),
            BarShape(series.Colour, series.Look),
            new C.InvertIfNegative { Val = false });
        foreach (var (point, colour) in series.PointColours.OrderBy(p => p.Key))
        {
            xml.Append(new C.DataPoint(
                new C.Index { Val = (uint)point },
                new C.InvertIfNegative { Val = false },
                new C.Bubble3D { Val = false },
                BarShape(colour, series.Look)));
        }
        xml.Append(ChartLabelsXml.Of(data.Model, series));
        AppendNumbers(xml, data, index, intervalColour: DocumentTheme.Ink, intervalPoints: 1);
        return xml;
    }

    public static C.LineChartSeries Line(ChartData data, int index)
    {
        var series = data.Model.Series[index];
        var stalk = data.Model.Shape == ChartShape.Stalks;
        var xml = new C.LineChartSeries(
            new C.Index { Val = (uint)index },
            new C.Order { Val = (uint)index },
            Name(data, index),
            new C.ChartShapeProperties(
                stalk || series.Look == SeriesLook.Signal
                    ? ChartText.NoLine()
                    : ChartText.Line(series.Colour, series.Look == SeriesLook.Dashed ? 1.25 : 2.25, series.Look == SeriesLook.Dashed)),
            Mark(data.Model, index, series.Colour));
        foreach (var (point, colour) in series.PointColours.OrderBy(p => p.Key))
        {
            xml.Append(new C.DataPoint(
                new C.Index { Val = (uint)point },
                Mark(data.Model, index, colour),
                new C.Bubble3D { Val = false }));
        }
        xml.Append(ChartLabelsXml.Of(data.Model, series));
        AppendNumbers(xml, data, index, stalk ? DocumentTheme.Limit : DocumentTheme.Paler(series.Colour, 0.4), stalk ? 2.5 : 0.75);
        xml.Append(new C.Smooth { Val = false });
        return xml;
    }

    private static C.SeriesText Name(ChartData data, int index) => new(new C.StringReference(
        new C.Formula(data.NameCell(index)),
        new C.StringCache(
            new C.PointCount { Val = 1 },
            new C.StringPoint(new C.NumericValue(data.Model.Series[index].Name)) { Index = 0 })));

    private static C.ChartShapeProperties BarShape(string colour, SeriesLook look) =>
        look == SeriesLook.Hatched
            ? new(ChartText.Hatch(colour), ChartText.Line(colour == DocumentTheme.Men ? DocumentTheme.MenEdge : colour, 0.75))
            : new(ChartText.Fill(colour), ChartText.Line(DocumentTheme.IsDark(colour) ? colour : DocumentTheme.Limit, 0.5));

    private static C.Marker Mark(ChartModel model, int index, string colour)
    {
        var look = model.Series[index].Look;
        if (look == SeriesLook.Dashed)
            return new C.Marker(new C.Symbol { Val = C.MarkerStyleValues.None });
        var stalk = model.Shape == ChartShape.Stalks;
        return new C.Marker(
            new C.Symbol
            {
                Val =
                    stalk ? C.MarkerStyleValues.Circle
                    : look == SeriesLook.Signal ? C.MarkerStyleValues.Diamond
                    : s_marks[index % s_marks.Length],
            },
            new C.Size { Val = (byte)(stalk || look == SeriesLook.Signal ? 11 : 7) },
            new C.ChartShapeProperties(ChartText.Fill(look == SeriesLook.Pale ? DocumentTheme.Paler(colour) : colour), ChartText.Line(colour, 1)));
    }

    private static void AppendNumbers(OpenXmlCompositeElement xml, ChartData data, int index, string intervalColour, double intervalPoints)
    {
        var model = data.Model;
        var series = model.Series[index];
        if (series is { Lower: not null, Upper: not null })
        {
            var rows = Enumerable.Range(0, model.Categories.Count).ToList();
            var bars = new C.ErrorBars();
            // Bars have but one direction, which Office leaves out; lines could have two.
            if (model.Shape is ChartShape.Lines or ChartShape.Stalks)
                bars.Append(new C.ErrorDirection { Val = C.ErrorBarDirectionValues.Y });
            bars.Append(
                new C.ErrorBarType { Val = C.ErrorBarValues.Both },
                new C.ErrorBarValueType { Val = C.ErrorValues.Custom },
                new C.NoEndCap { Val = model.Shape is ChartShape.Stalks or ChartShape.Lines },
                new C.Plus(Numbers(data.PlusRange(index), rows.ConvertAll(i => ChartData.Plus(series, i)), model)),
                new C.Minus(Numbers(data.MinusRange(index), rows.ConvertAll(i => ChartData.Minus(series, i)), model)),
                new C.ChartShapeProperties(ChartText.Line(intervalColour, intervalPoints)));
            xml.Append(bars);
        }

        var categories = new C.StringCache(new C.PointCount { Val = (uint)model.Categories.Count });
        for (var i = 0; i < model.Categories.Count; i++)
            categories.Append(new C.StringPoint(new C.NumericValue(model.Categories[i])) { Index = (uint)i });
        xml.Append(
            new C.CategoryAxisData(new C.StringReference(new C.Formula(data.CategoriesRange), categories)),
            new C.Values(Numbers(data.ValuesRange(index), series.Values, model, series.Counts)));
    }

    private static C.NumberReference Numbers(string range, IReadOnlyList<double?> values, ChartModel model, IReadOnlyDictionary<int, string>? counts = null)
    {
        var cache = new C.NumberingCache(
            new C.FormatCode(DocumentTheme.ChartNumberFormat(model.Unit)),
            new C.PointCount { Val = (uint)values.Count });
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value)
                continue;
            var point = new C.NumericPoint(new C.NumericValue(value.ToString("R", System.Globalization.CultureInfo.InvariantCulture))) { Index = (uint)i };
            if (counts?.GetValueOrDefault(i) is { } words)
                point.FormatCode = ChartLabelsXml.Literal(words);
            cache.Append(point);
        }
        return new C.NumberReference(new C.Formula(range), cache);
    }
}
