using C = DocumentFormat.OpenXml.Drawing.Charts;

namespace FinsamOutcomes.Reporting.Documents.Charts;

/// <summary>
/// Writes a chart in the format that Word and Excel share. Every fill and line is said outright: LibreOffice draws no
/// bar without one, and themes would recolour women and men.
/// </summary>
internal static class ChartXml
{
    private const uint CategoryAxis = 111111111;
    private const uint ValueAxis = 222222222;

    /// <summary>The chart part's root.</summary>
    /// <param name="data">The chart and the cells its numbers lie in.</param>
    /// <param name="workbookId">Relationship of the workbook embedded in the chart; null when the cells lie in the same file.</param>
    public static C.ChartSpace Of(ChartData data, string? workbookId)
    {
        var model = data.Model;
        var plot = new C.PlotArea(LayoutOf(model));
        var bars = Indices(model, s => s.Look is SeriesLook.Solid or SeriesLook.Hatched);
        if (model.Shape is ChartShape.Columns or ChartShape.Bars or ChartShape.StackedBars)
            plot.Append(BarChart(data, bars));
        var lines = model.Shape is ChartShape.Lines or ChartShape.Stalks
            ? Enumerable.Range(0, model.Series.Count).ToList()
            : Indices(model, s => s.Look is SeriesLook.Dashed);
        if (lines.Count > 0)
            plot.Append(LineChart(data, lines));
        plot.Append(CategoryAxisOf(model), ValueAxisOf(model));

        // LibreOffice turns the legend of lying bars upside down: there the key is a title of our own, in the order of the bars.
        var hasOwnKey = model.Shape == ChartShape.Bars && model.Series.Count > 1;
        var chart = new C.Chart();
        if (hasOwnKey)
            chart.Append(ChartText.Key(model.Series.Select(s => (s.Name, s.Colour, s.Look == SeriesLook.Hatched))));
        chart.Append(new C.AutoTitleDeleted { Val = !hasOwnKey }, plot);
        if (model.Series.Count > 1 && !hasOwnKey)
        {
            chart.Append(new C.Legend(
                new C.LegendPosition { Val = C.LegendPositionValues.Top },
                new C.Overlay { Val = false },
                ChartText.Properties(9, DocumentTheme.Ink)));
        }
        chart.Append(
            new C.PlotVisibleOnly { Val = true },
            new C.DisplayBlanksAs { Val = model.SpansGaps ? C.DisplayBlanksAsValues.Span : C.DisplayBlanksAsValues.Gap });

        var space = new C.ChartSpace(
            new C.Date1904 { Val = false },
            new C.EditingLanguage { Val = "sv-SE" },
            new C.RoundedCorners { Val = false },
            chart,
            new C.ShapeProperties(ChartText.Fill("FFFFFF"), ChartText.NoLine()),
            ChartText.Properties(8, DocumentTheme.Ink));
        if (workbookId is not null)
            space.Append(new C.ExternalData(new C.AutoUpdate { Val = false }) { Id = workbookId });
        return space;
    }

    // Long labels beside lying bars would otherwise take half the width: they get a third and break their lines.
    private static C.Layout LayoutOf(ChartModel model)
    {
        if (model.Shape is not (ChartShape.Bars or ChartShape.StackedBars))
            return new C.Layout();
        const double letterMm = 1.5, widthMm = 160, legendMm = 11, axisMm = 8;
        var left = Math.Clamp(model.Categories.Max(c => c.Length) * letterMm / widthMm, 0.1, 0.36);
        var axis = model.AxisTitle.Length > 0 ? axisMm + 5 : axisMm;
        var legend = model.Series.Count > 4 ? legendMm + 4 : legendMm;
        return new C.Layout(new C.ManualLayout(
            new C.LayoutTarget { Val = C.LayoutTargetValues.Inner },
            new C.LeftMode { Val = C.LayoutModeValues.Edge },
            new C.TopMode { Val = C.LayoutModeValues.Edge },
            new C.Left { Val = left },
            new C.Top { Val = legend / model.HeightMm },
            new C.Width { Val = 0.96 - left },
            new C.Height { Val = 1 - (legend + axis) / model.HeightMm }));
    }

    private static List<int> Indices(ChartModel model, Func<ChartSeries, bool> which) =>
        Enumerable.Range(0, model.Series.Count).Where(i => which(model.Series[i])).ToList();

    private static C.BarChart BarChart(ChartData data, List<int> series)
    {
        var stacked = data.Model.Shape == ChartShape.StackedBars;
        var chart = new C.BarChart(
            new C.BarDirection { Val = data.Model.Shape == ChartShape.Columns ? C.BarDirectionValues.Column : C.BarDirectionValues.Bar },
            new C.BarGrouping { Val = stacked ? C.BarGroupingValues.Stacked : C.BarGroupingValues.Clustered },
            new C.VaryColors { Val = false });
        foreach (var i in series)
            chart.Append(ChartSeriesXml.Bar(data, i));
        chart.Append(
            new C.GapWidth { Val = (ushort)(stacked ? 45 : 60) },
            new C.Overlap { Val = (sbyte)(stacked ? 100 : -8) },
            new C.AxisId { Val = CategoryAxis },
            new C.AxisId { Val = ValueAxis });
        return chart;
    }

    private static C.LineChart LineChart(ChartData data, List<int> series)
    {
        var chart = new C.LineChart(new C.Grouping { Val = C.GroupingValues.Standard }, new C.VaryColors { Val = false });
        foreach (var i in series)
            chart.Append(ChartSeriesXml.Line(data, i));
        chart.Append(
            new C.ShowMarker { Val = true },
            new C.AxisId { Val = CategoryAxis },
            new C.AxisId { Val = ValueAxis });
        return chart;
    }

    private static C.CategoryAxis CategoryAxisOf(ChartModel model)
    {
        var lying = model.Shape is ChartShape.Bars or ChartShape.StackedBars;
        return new C.CategoryAxis(
            new C.AxisId { Val = CategoryAxis },
            // The first category is read first: at the top of lying bars.
            new C.Scaling(new C.Orientation { Val = lying ? C.OrientationValues.MaxMin : C.OrientationValues.MinMax }),
            new C.Delete { Val = false },
            new C.AxisPosition { Val = lying ? C.AxisPositionValues.Left : C.AxisPositionValues.Bottom },
            new C.NumberingFormat { FormatCode = "General", SourceLinked = false },
            new C.MajorTickMark { Val = C.TickMarkValues.None },
            new C.MinorTickMark { Val = C.TickMarkValues.None },
            new C.TickLabelPosition { Val = C.TickLabelPositionValues.Low },
            new C.ChartShapeProperties(ChartText.Line(DocumentTheme.QuietInk, 0.75)),
            ChartText.Properties(model.Categories.Count > 24 && model.LabelEvery is null ? 7 : 8, DocumentTheme.Ink, isLevel: model.LabelEvery is not null),
            new C.CrossingAxis { Val = ValueAxis },
            new C.Crosses { Val = C.CrossesValues.AutoZero },
            new C.AutoLabeled { Val = false },
            new C.LabelAlignment { Val = C.LabelAlignmentValues.Center },
            new C.LabelOffset { Val = 100 },
            new C.TickLabelSkip { Val = model.LabelEvery ?? (model.Shape == ChartShape.Lines ? Math.Max(1, (model.Categories.Count + 11) / 12) : 1) },
            new C.NoMultiLevelLabels { Val = true });
    }

    private static C.ValueAxis ValueAxisOf(ChartModel model)
    {
        var lying = model.Shape is ChartShape.Bars or ChartShape.StackedBars;
        var scaling = new C.Scaling(new C.Orientation { Val = C.OrientationValues.MinMax });
        if (model.Maximum is { } maximum)
            scaling.Append(new C.MaxAxisValue { Val = maximum });
        if (model.Minimum is { } minimum)
            scaling.Append(new C.MinAxisValue { Val = minimum });
        var axis = new C.ValueAxis(
            new C.AxisId { Val = ValueAxis },
            scaling,
            new C.Delete { Val = false },
            new C.AxisPosition { Val = lying ? C.AxisPositionValues.Bottom : C.AxisPositionValues.Left },
            new C.MajorGridlines(new C.ChartShapeProperties(ChartText.Line(DocumentTheme.Hairline, 0.5))));
        if (model.AxisTitle.Length > 0)
            axis.Append(ChartText.AxisTitle(model.AxisTitle, upright: !lying));
        axis.Append(
            // The steps of an answer scale are whole numbers.
            new C.NumberingFormat
            {
                FormatCode = model is { Unit: Figures.ValueUnit.Score, Maximum: not null } ? "0" : DocumentTheme.ChartNumberFormat(model.Unit),
                SourceLinked = false,
            },
            new C.MajorTickMark { Val = C.TickMarkValues.None },
            new C.MinorTickMark { Val = C.TickMarkValues.None },
            new C.TickLabelPosition { Val = C.TickLabelPositionValues.NextTo },
            new C.ChartShapeProperties(ChartText.NoLine()),
            ChartText.Properties(8, DocumentTheme.QuietInk),
            new C.CrossingAxis { Val = CategoryAxis },
            // With the categories turned round the axis would stand on top.
            new C.Crosses { Val = lying ? C.CrossesValues.Maximum : C.CrossesValues.AutoZero },
            new C.CrossBetween { Val = C.CrossBetweenValues.Between });
        if (model.Maximum is { } ceiling)
        {
            axis.Append(new C.MajorUnit
            {
                Val = model.Unit != Figures.ValueUnit.Percent ? Math.Max(1, Math.Ceiling((ceiling - (model.Minimum ?? 0)) / 10))
                    : ceiling <= 0.3 ? 0.05 : ceiling <= 0.6 ? 0.1 : 0.2,
            });
        }
        return axis;
    }
}
