using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>Makes the figure of a laid-out measure: <c>typ: kolumner, staplar, linjer, hantel, styrdiagram, tratt, svar</c> or <c>tid</c>.</summary>
internal static class MeasureFigure
{
    public static Figure Of(LaidOutMeasure measure, ReportCaption caption, ReportLabels labels) =>
        measure.Layout.Block.Required("typ") switch
        {
            "kolumner" => Columns(measure, caption),
            "staplar" => StackedBars(measure, caption),
            "linjer" => Lines(measure, caption),
            "hantel" => Dumbbells(measure, caption, labels),
            "styrdiagram" when measure.IsRounded => Lines(
                measure,
                caption with
                {
                    Notes = [.. caption.Notes, "Gränser och signaler visas inte för avrundade tal."],
                }),
            "styrdiagram" => ControlChart(measure, caption),
            "tratt" when measure.IsRounded => Columns(measure, caption with { Notes = [.. caption.Notes, "Gränser visas inte för avrundade tal."] }),
            "tratt" => Funnel(measure, caption, labels),
            "svar" => Answers(measure, caption),
            "tid" => CurveFigure.Of(measure, caption),
            var other => throw measure.Layout.Block.Error(
                $"Diagramtypen ”{other}” finns inte. Det finns: kolumner, staplar, linjer, hantel, styrdiagram, tratt, svar och tid."),
        };

    public static FigurePoint Point(MeasureCell? cell) => cell switch
    {
        null => FigurePoint.NoData,
        { State: CellState.Shown } => new FigurePoint(CellState.Shown, cell.Value, cell.Lower, cell.Upper, cell.N, cell.Numerator),
        _ => new FigurePoint(cell.State, Value: null, N: cell.N, Numerator: cell.Numerator) { NState = cell.DenominatorState },
    };

    private static ColumnFigure Columns(LaidOutMeasure measure, ReportCaption caption)
    {
        // A row without anything to count says nothing in a picture; it is named under it instead.
        var rows = Parts(measure)
            .Where(row =>
                measure.Columns.Any(c => measure.Cell(row, c) is { State: CellState.Shown or CellState.Hidden or CellState.Protecting } cell && cell is not { Value: 0, N: null or 0 }))
            .ToList();
        var left = Parts(measure).Except(rows).ToList();
        return new ColumnFigure
        {
            Id = caption.Id,
            Title = caption.Title,
            Subtitle = caption.Subtitle,
            Unit = Unit(measure),
            Notes = [.. caption.Notes, .. measure.WhyEmpty(left), .. NotDrawn(measure)],
            Source = caption.Source,
            Categories = [.. rows.Select(measure.RowLabel)],
            Series = [.. SeriesCodes(measure).Select(c => Series(measure, rows, c))],
        };
    }

    private static StackedBarFigure StackedBars(LaidOutMeasure measure, ReportCaption caption)
    {
        var rows = Parts(measure).ToList();
        return new StackedBarFigure
        {
            Id = caption.Id,
            Title = caption.Title,
            Subtitle = caption.Subtitle,
            Unit = ValueUnit.Percent,
            Notes = caption.Notes,
            Source = caption.Source,
            Categories = [.. rows.Select(measure.RowLabel)],
            Series = [.. measure.Columns.Where(c => c != MeasureCell.All).Select(c => Series(measure, rows, c))],
        };
    }

    private static LineFigure Lines(LaidOutMeasure measure, ReportCaption caption)
    {
        var rows = Parts(measure).ToList();
        return new LineFigure
        {
            Id = caption.Id,
            Title = caption.Title,
            Subtitle = caption.Subtitle,
            Unit = Unit(measure),
            Notes = [.. caption.Notes, .. NotDrawn(measure)],
            Source = caption.Source,
            Periods = [.. rows.Select(measure.RowLabel)],
            Series = [.. SeriesCodes(measure).Select(c => Series(measure, rows, c))],
        };
    }

    private static DumbbellFigure Dumbbells(LaidOutMeasure measure, ReportCaption caption, ReportLabels labels)
    {
        // One scale a figure: the items of the first scale and direction; items with another belong in a figure of their own.
        var items = labels.Measures.Items.ToLookup(i => ReportLabels.ItemCode(labels.Measures.Instrument(i), i.Item), StringComparer.Ordinal);
        var rows = Parts(measure).Where(r => items.Contains(Code(measure, r, "category"))).ToList();
        var first = rows.Count > 0 ? items[Code(measure, rows[0], "category")].Last() : null;
        var same = rows.Where(r =>
                items[Code(measure, r, "category")].Last() is { } i
                && (i.ScaleMin, i.ScaleMax, i.IsHigherBetter) == (first!.ScaleMin, first.ScaleMax, first.IsHigherBetter))
            .ToList();
        var left = rows.Except(same).Select(measure.RowLabel).Distinct(StringComparer.Ordinal).ToList();
        return new DumbbellFigure
        {
            Id = caption.Id,
            Title = caption.Title,
            Subtitle = caption.Subtitle,
            Unit = ValueUnit.Score,
            Notes =
                left.Count == 0
                    ? caption.Notes
                    : [.. caption.Notes, $"Frågor med annan skala eller riktning står i tabellen: {string.Join(", ", left.Select(l => $"”{l}”"))}."],
            Source = caption.Source,
            ScaleMin = first?.ScaleMin ?? 0,
            ScaleMax = first?.ScaleMax ?? 1,
            HigherIsBetter = first?.IsHigherBetter ?? true,
            Rows = [.. same.SelectMany(row => SeriesCodes(measure).Select(column => new DumbbellRow(
                measure.Columns.Count > 1 ? $"{measure.RowLabel(row)} · {measure.ColumnLabel(column)}" : measure.RowLabel(row),
                Role(measure.Layout.Column, column),
                Point(measure.Cell(row, column, "mean_before")),
                Point(measure.Cell(row, column, "mean_after")),
                Point(measure.Cell(row, column, "mean_change")))))],
        };
    }

    private static ControlChartFigure ControlChart(LaidOutMeasure measure, ReportCaption caption)
    {
        var rows = Parts(measure).ToList();
        var cells = rows.Select(row => measure.Cell(row, measure.Columns[0])).ToList();
        var chart = PChart.Of([.. cells.Select(c => c is { State: CellState.Shown } ? Share.Of(c.Numerator!.Value, c.Denominator!.Value) : Share.Of(0, 0))]);
        return new ControlChartFigure
        {
            Id = caption.Id,
            Title = caption.Title,
            Subtitle = caption.Subtitle,
            Unit = ValueUnit.Percent,
            Notes = cells.Exists(c => c is { State: CellState.Hidden or CellState.Protecting })
                ? [.. caption.Notes, "Medelvärde och gränser är räknade utan de perioder som är dolda."]
                : caption.Notes,
            Source = caption.Source,
            Center = chart.Centre,
            IsPreliminary = chart.IsPreliminary,
            Findings = Findings(chart, rows.ConvertAll(measure.RowLabel)),
            Points = [.. rows.Select((row, i) => new ControlPoint(
                measure.RowLabel(row),
                Point(cells[i]),
                chart.Points[i].Lower,
                chart.Points[i].Upper,
                chart.Points[i].Signals.Count == 0 ? null : string.Join("; ", chart.Points[i].Signals.Select(s => s.ToSwedish()))))],
        };
    }

    // What is drawn are shares of ten or more that the gate let through, and the centre and limits are theirs alone: with a
    // hidden one in the centre, that one could be worked out from it.
    private static FunnelFigure Funnel(LaidOutMeasure measure, ReportCaption caption, ReportLabels labels)
    {
        // An insats is seen through its delprojekt, or they would be counted twice.
        var parents = labels.Measures.Insatser.Where(i => i.ParentId != 0).Select(i => i.ParentId).ToHashSet();
        var whole = labels.Measures.Insatser.Where(i => parents.Contains(i.Id)).Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        var rows = Parts(measure).Where(row => !whole.Contains(row[0])).ToList();
        var points = rows.ConvertAll(row => Point(measure.Cell(row, measure.Columns[0])));
        var funnel = FunnelPlot.Of([.. points.Select(p => FunnelFigure.IsDrawn(p) ? Share.Of(p.Numerator!.Value, p.N!.Value) : Share.Of(0, 0))]);
        var units = rows.Select((row, i) => new FunnelUnit(measure.RowLabel(row).TrimStart('–', ' '), points[i], funnel.Points[i].Position)).ToList();
        return new FunnelFigure
        {
            Id = caption.Id,
            Title = caption.Title,
            Subtitle = caption.Subtitle,
            Unit = ValueUnit.Percent,
            Notes = [.. caption.Notes, .. FunnelNotes(units, hasDelprojekt: rows.Count < Parts(measure).Count())],
            Source = caption.Source,
            Units = units,
            Center = funnel.Centre,
            SizeLabel = $"Antal {measure.Layout.Measure.UnitText}",
            Findings = FunnelFindings(units),
        };
    }

    private static IEnumerable<string> FunnelNotes(List<FunnelUnit> units, bool hasDelprojekt)
    {
        if (hasDelprojekt)
            yield return "En insats med delprojekt visas genom dem.";
        yield return "Gränserna visar hur långt från medelvärdet en andel av så många kan hamna av slumpen; de säger inte vem som är bäst.";
        var left = units.Where(u => !FunnelFigure.IsDrawn(u.Share)).Select(u => u.Name).ToList();
        if (left.Count > 0)
            yield return $"Inte utritade, och inte med i medelvärdet, eftersom de har färre än {PointText.SmallNumber}, är dolda eller saknar underlag: {string.Join(", ", left)}.";
    }

    private static List<string> FunnelFindings(List<FunnelUnit> units)
    {
        var drawn = units.Where(u => FunnelFigure.IsDrawn(u.Share)).ToList();
        var outside = drawn.Count(u => u.Position is not (FunnelPosition.Within or FunnelPosition.NoData));
        if (drawn.Count < 2)
            return ["Det är för få att jämföra med varandra."];
        return
        [
            outside == 0
                ? $"Alla {Swedish.Count(drawn.Count)} ligger inom gränserna: skillnaderna mellan dem är inte större än slumpen kan förklara."
                : $"{Swedish.Count(outside)} av {Swedish.Count(drawn.Count)} ligger utanför gränserna. Också av ren slump hamnar ungefär en av tjugo utanför 95-procentsgränsen.",
        ];
    }

    private static DivergingBarFigure Answers(LaidOutMeasure measure, ReportCaption caption)
    {
        var rows = Parts(measure).Where(row => measure.Columns.Any(c => measure.Cell(row, c) is { State: CellState.Shown or CellState.Hidden or CellState.Protecting })).ToList();
        var left = Parts(measure).Except(rows).ToList();
        return new DivergingBarFigure
        {
            Id = caption.Id,
            Title = caption.Title,
            Subtitle = caption.Subtitle,
            Unit = ValueUnit.Percent,
            Notes = left.Count == 0 ? caption.Notes : [.. caption.Notes, .. measure.WhyEmpty(left)],
            Source = caption.Source,
            Categories = [.. rows.Select(measure.RowLabel)],
            Series = [.. measure.Columns.Where(c => c != MeasureCell.All).Select(c => Series(measure, rows, c))],
        };
    }

    private static List<string> Findings(PChart chart, List<string> periods)
    {
        if (chart.Centre is null)
            return ["Det finns inga avslut att följa."];
        if (chart.Points.Count(p => p.Share.Denominator > 0) == 1)
            return ["Bara en period har avslut: variationen mellan perioder går inte att bedöma än."];
        if (chart.Findings.Count == 0)
            return ["Variationen mellan perioderna är inte större än slumpen kan förklara."];
        return [.. chart.Findings.Select(f => ReportLabels.Capital(f.First == f.Last
            ? $"{periods[f.First]}: {f.Rule.ToSwedish()}."
            : $"{periods[f.First]}–{periods[f.Last]}: {f.Rule.ToSwedish()}."))];
    }

    private static FigureSeries Series(LaidOutMeasure measure, IEnumerable<string[]> rows, string column) =>
        new(measure.ColumnLabel(column), Role(measure.Layout.Column, column), [.. rows.Select(row => Point(measure.Cell(row, column)))]);

    // A total among its parts would be read as one more part.
    private static IEnumerable<string[]> Parts(LaidOutMeasure measure) => measure.Rows.Where(row => !LaidOutMeasure.IsTotal(row));

    private static IEnumerable<string> SeriesCodes(LaidOutMeasure measure) =>
        measure.Columns.Count == 1 ? measure.Columns : measure.Columns.Where(c => c != MeasureCell.All && !IsTooFewToDraw(measure, c));

    // The interval of a handful of unknown gender would be what the eye falls on in every picture.
    private static bool IsTooFewToDraw(LaidOutMeasure measure, string column) =>
        measure.Layout is { Column: "gender" } layout && column == "unknown" && measure.Columns.Count > 1 && layout.Statistics[0].Kind == StatisticKind.Share
        && measure.Rows.All(row => measure.Cell(row, column) is null or { State: not CellState.Shown } or { Denominator: < PointText.SmallNumber });

    private static IEnumerable<string> NotDrawn(LaidOutMeasure measure) =>
        measure.Columns.Any(c => IsTooFewToDraw(measure, c))
            ? [$"Okänt kön (färre än {PointText.SmallNumber} i varje del) är inte utritat."]
            : [];

    private static string Code(LaidOutMeasure measure, string[] row, string dimension) => row[measure.Layout.Rows.ToList().IndexOf(dimension)];

    private static ValueUnit Unit(LaidOutMeasure measure) => LaidOutMeasure.Unit(measure.Layout.Statistics[0].Kind);

    public static SeriesRole Role(string? dimension, string code) => (dimension, code) switch
    {
        (_, MeasureCell.All) => SeriesRole.All,
        ("gender", "woman") => SeriesRole.Woman,
        ("gender", "man") => SeriesRole.Man,
        ("gender", _) => SeriesRole.Unknown,
        _ => SeriesRole.Category,
    };
}
