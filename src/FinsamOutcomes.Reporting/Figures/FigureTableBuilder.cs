using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Figures;

/// <summary>
/// The table that belongs to a figure: the same numbers and the same words for what is missing. Categories are rows; when
/// the columns of all series would not fit across a page, each category and series is a row.
/// </summary>
public static class FigureTableBuilder
{
    private const int MaxColumns = 9;

    /// <exception cref="ArgumentOutOfRangeException">The kind of figure is not known here.</exception>
    public static ReportTable ToTable(this Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var (columns, rows) = figure switch
        {
            ColumnFigure f => FromSeries("Kategori", f.Categories, f.Series, f.Unit),
            LineFigure f => FromSeries("Period", f.Periods, f.Series, f.Unit),
            StackedBarFigure f => FromParts(f, PointText.WomenFirst(f.Series)),
            DivergingBarFigure f => FromParts(f.ToStacked(), f.Series),
            FunnelFigure f => FromFunnel(f),
            TargetFigure f => FromTargets(f),
            SurvivalFigure f => FromSurvival(f),
            DumbbellFigure f => FromDumbbell(f),
            ControlChartFigure f => FromControlChart(f),
            _ => throw new ArgumentOutOfRangeException(nameof(figure), figure.GetType().Name, "Unknown kind of figure."),
        };
        return new()
        {
            Id = figure.Id,
            Title = figure.Title,
            Subtitle = figure.Subtitle,
            Columns = columns,
            Rows = rows,
            Notes = figure.Notes,
            Source = figure.Source,
        };
    }

    private static (IReadOnlyList<ReportColumn>, IReadOnlyList<ReportRow>) FromSeries(
        string head,
        IReadOnlyList<string> categories,
        IReadOnlyList<FigureSeries> given,
        ValueUnit unit)
    {
        var series = PointText.WomenFirst(given);
        var fields = Fields(series.SelectMany(s => s.Points), unit);
        if (1 + series.Count * fields.Count <= MaxColumns)
        {
            return (
                [new(head, Unit: null), .. series.SelectMany(s => fields.Select(f => new ReportColumn(f.HeadFor(s.Name), f.Unit)))],
                [.. categories.Select((c, i) => new ReportRow([ReportCell.Of(c), .. series.SelectMany(s => fields.Select(f => f.Cell(PointText.At(s, i))))]))]);
        }
        return (
            [new(head, Unit: null), new("Grupp", Unit: null), .. fields.Select(f => new ReportColumn(f.Head, f.Unit))],
            [
                .. categories.SelectMany(
                    (c, i) => series.Select(s => new ReportRow([ReportCell.Of(c), ReportCell.Of(s.Name), .. fields.Select(f => f.Cell(PointText.At(s, i)))]))),
            ]);
    }

    // The parts of a bar are counts whatever the bar shows; shares follow beside them when the bars are shares.
    private static (IReadOnlyList<ReportColumn>, IReadOnlyList<ReportRow>) FromParts(StackedBarFigure figure, IReadOnlyList<FigureSeries> series)
    {
        var isShare = figure.Unit is ValueUnit.Percent;
        if (!isShare && 2 + series.Count <= MaxColumns)
        {
            return (
                [new("Kategori", Unit: null), .. series.Select(s => new ReportColumn(s.Name, figure.Unit)), new("Alla", figure.Unit)],
                [.. figure.Categories.Select((c, i) => new ReportRow([ReportCell.Of(c), .. series.Select(s => Count(s, i)), Total(series, i)]))]);
        }
        if (isShare && 2 + 2 * series.Count <= MaxColumns)
        {
            return (
                [
                    new("Kategori", Unit: null),
                    .. series.SelectMany(s => new ReportColumn[] { new($"{s.Name}, antal", ValueUnit.Count), new($"{s.Name}, andel", ValueUnit.Percent) }),
                    new("n", ValueUnit.Count),
                ],
                [
                    .. figure.Categories.Select(
                        (c, i) => new ReportRow([ReportCell.Of(c), .. series.SelectMany(s => new[] { Count(s, i), Share(series, s, i) }), Total(series, i)])),
                ]);
        }
        var unit = isShare ? ValueUnit.Count : figure.Unit;
        ReportColumn[] shareColumns = isShare ? [new("Andel", ValueUnit.Percent)] : [];
        return (
            [new("Kategori", Unit: null), new("Del", Unit: null), new("Antal", unit), .. shareColumns, new(isShare ? "n" : "Alla", unit)],
            [.. figure.Categories.SelectMany((c, i) => series.Select(s => new ReportRow(
                [ReportCell.Of(c), ReportCell.Of(s.Name), Count(s, i), .. shareColumns.Select(_ => Share(series, s, i)), Total(series, i)])))]);

        static ReportCell Count(FigureSeries part, int category) => Number(PointText.At(part, category), p => p.Value);
    }

    private static ReportCell Share(IReadOnlyList<FigureSeries> series, FigureSeries part, int category)
    {
        var point = PointText.At(part, category);
        if (!PointText.IsShown(point))
            return ReportCell.Without(PointText.State(point));
        var total = Total(series, category);
        if (total.Number is not { } n)
            return ReportCell.Without(total.State);
        if (n == 0)
            return ReportCell.Without(CellState.NoData);
        return n < PointText.SmallNumber
            ? ReportCell.Of($"{Swedish.Count(point.Value!.Value)} av {Swedish.Count(n)}")
            : ReportCell.Of(point.Value!.Value / n);
    }

    private static ReportCell Total(IReadOnlyList<FigureSeries> series, int category)
    {
        var points = series.Select(s => PointText.At(s, category)).ToList();
        if (points.All(PointText.IsShown))
            return ReportCell.Of(points.Sum(p => p.Value!.Value));
        if (points.Exists(PointText.IsShown) && PointText.KnownWhole(points) is { } n)
            return ReportCell.Of(n);
        return points.Exists(p => PointText.State(p).IsKeptBack()) || !points.Exists(PointText.IsShown)
            ? ReportCell.Without(points.Where(p => !PointText.IsShown(p)).Min(PointText.State))
            : ReportCell.Of(points.Where(PointText.IsShown).Sum(p => p.Value!.Value));
    }

    private static (IReadOnlyList<ReportColumn>, IReadOnlyList<ReportRow>) FromDumbbell(DumbbellFigure figure) => (
        [
            new("Grupp", Unit: null),
            new(figure.BeforeLabel, figure.Unit),
            new(figure.AfterLabel, figure.Unit),
            new("Förändring", figure.Unit),
            new("95\u00A0% konfidensintervall", Unit: null),
            new("n par", ValueUnit.Count),
        ],
        [.. figure.Rows.Select(r => new ReportRow(
        [
            ReportCell.Of(r.Label),
            Number(r.Before, p => p.Value),
            Number(r.After, p => p.Value),
            Number(r.Change, p => p.Value),
            Interval(r.Change, figure.Unit),
            r.Change.State.IsKeptBack() ? Base(r.Change) : Number(r.Change, p => p.N ?? r.After.N),
        ]))]);

    private static (IReadOnlyList<ReportColumn>, IReadOnlyList<ReportRow>) FromControlChart(ControlChartFigure figure)
    {
        var prefix = figure.IsPreliminary ? "Preliminär " : "";
        return (
            [
                new("Period", Unit: null),
                new("Andel", ValueUnit.Percent),
                new("Antal", ValueUnit.Count),
                new("n", ValueUnit.Count),
                new(Capital($"{prefix}undre gräns"), ValueUnit.Percent),
                new(Capital($"{prefix}övre gräns"), ValueUnit.Percent),
                new("Signal", Unit: null),
            ],
            [.. figure.Points.Select(p => new ReportRow(
            [
                ReportCell.Of(p.Period),
                Value(p.Share, ValueUnit.Percent),
                Counted(p.Share, s => s.Numerator),
                Base(p.Share),
                p.LowerLimit is { } lower ? ReportCell.Of(lower) : Limitless(p),
                p.UpperLimit is { } upper ? ReportCell.Of(upper) : Limitless(p),
                ReportCell.Of(p.Signal ?? ""),
            ]))]);

        static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

        static ReportCell Limitless(ControlPoint point) =>
            ReportCell.Without(PointText.IsShown(point.Share) ? CellState.NoData : PointText.State(point.Share));
    }

    private static (IReadOnlyList<ReportColumn>, IReadOnlyList<ReportRow>) FromFunnel(FunnelFigure figure) => (
        [
            new("Kategori", Unit: null),
            new("Andel", ValueUnit.Percent),
            new("95\u00A0% konfidensintervall", Unit: null),
            new("Antal", ValueUnit.Count),
            new("n", ValueUnit.Count),
            new("Läge", Unit: null),
        ],
        [.. figure.Units.Select(u => new ReportRow(
        [
            ReportCell.Of(u.Name),
            Value(u.Share, ValueUnit.Percent),
            Interval(u.Share, ValueUnit.Percent),
            Counted(u.Share, s => s.Numerator),
            Base(u.Share),
            FunnelFigure.IsDrawn(u.Share) ? ReportCell.Of(u.Position.ToSwedish())
                : PointText.IsShown(u.Share) ? ReportCell.Of($"färre än {PointText.SmallNumber}") : ReportCell.Without(PointText.State(u.Share)),
        ]))]);

    // A day is a row; with many curves a day and a curve. A curve without a mark on a day has nothing to say of it.
    private static (IReadOnlyList<ReportColumn>, IReadOnlyList<ReportRow>) FromSurvival(SurvivalFigure figure)
    {
        if (1 + 3 * figure.Curves.Count <= MaxColumns)
        {
            return (
                [
                    new(figure.TimeLabel, Unit: null),
                    .. figure.Curves.SelectMany(c =>
                        new ReportColumn[] { new(c.Name, figure.Unit), new($"{c.Name}, 95\u00A0% KI", Unit: null), new($"{c.Name}, följs", ValueUnit.Count) }),
                ],
                [.. figure.Days.Select(day => new ReportRow([ReportCell.Of(Swedish.Count(day)), .. figure.Curves.SelectMany(c => Cells(c, day))]))]);
        }
        return (
            [
                new(figure.TimeLabel, Unit: null),
                new("Grupp", Unit: null),
                new("Andel", figure.Unit),
                new("95\u00A0% konfidensintervall", Unit: null),
                new(figure.AtRiskLabel, ValueUnit.Count),
            ],
            [.. figure.Days.SelectMany(day => figure.Curves.Where(c => c.At(day) is not null)
                .Select(c => new ReportRow([ReportCell.Of(Swedish.Count(day)), ReportCell.Of(c.Name), .. Cells(c, day)])))]);

        IEnumerable<ReportCell> Cells(SurvivalCurve curve, int day)
        {
            if (curve.At(day) is not { } mark)
                return [ReportCell.Of("–"), ReportCell.Of("–"), ReportCell.Of("–")];
            return curve.IsOfFew && PointText.IsShown(mark.Share)
                ? [ReportCell.Of(curve.ShareText(mark)), ReportCell.Of("–"), Number(mark.AtRisk, p => p.Value)]
                : [Number(mark.Share, p => p.Value), Interval(mark.Share, figure.Unit), Number(mark.AtRisk, p => p.Value)];
        }
    }

    private static (IReadOnlyList<ReportColumn>, IReadOnlyList<ReportRow>) FromTargets(TargetFigure figure) => (
        [
            new("Mål", Unit: null),
            new("Målnivå", Unit: null),
            new("Utfall", figure.Unit),
            new("95\u00A0% konfidensintervall", Unit: null),
            new("n", ValueUnit.Count),
            new("Bedömning", Unit: null),
        ],
        [.. figure.Rows.Select(r => new ReportRow(
        [
            ReportCell.Of(r.Name),
            ReportCell.Of(r.TargetText),
            Value(r.Outcome, figure.Unit),
            Interval(r.Outcome, figure.Unit),
            Base(r.Outcome),
            ReportCell.Of(r.StatusText),
        ]))]);

    /// <summary>The columns that a series needs: only those that some point can fill.</summary>
    private static List<Field> Fields(IEnumerable<FigurePoint> points, ValueUnit unit)
    {
        var all = points.ToList();
        var fields = new List<Field> { new(ValueHead(unit), "", unit, p => Value(p, unit)) };
        if (all.Exists(p => PointText.Interval(p, unit) is not null))
            fields.Add(new("95\u00A0% konfidensintervall", ", 95\u00A0% KI", Unit: null, p => Interval(p, unit)));
        if (all.Exists(p => p.Numerator is not null))
            fields.Add(new("Antal", ", antal", ValueUnit.Count, p => Counted(p, q => q.Numerator)));
        if (all.Exists(p => p.N is not null))
            fields.Add(new("n", ", n", ValueUnit.Count, p => Base(p)));
        return fields;
    }

    private static string ValueHead(ValueUnit unit) => unit switch
    {
        ValueUnit.Percent => "Andel",
        ValueUnit.PercentagePoints => "Skillnad, procentenheter",
        ValueUnit.Score => "Värde",
        ValueUnit.Days => "Dagar",
        ValueUnit.Kronor => "Kronor",
        _ => "Antal",
    };

    // The figure prints counts for a share of fewer than ten: so does its table.
    private static ReportCell Value(FigurePoint point, ValueUnit unit) =>
        PointText.IsSmall(point, unit) ? ReportCell.Of(PointText.Headline(point, unit)) : Number(point, p => p.Value);

    private static ReportCell Interval(FigurePoint point, ValueUnit unit)
    {
        if (!PointText.IsShown(point))
            return ReportCell.Without(PointText.State(point));
        return ReportCell.Of(PointText.Interval(point, unit) ?? "–");
    }

    // A share of nobody is missing; how many they are is not: they are 0.
    private static ReportCell Counted(FigurePoint point, Func<FigurePoint, double?> number) =>
        point is { State: CellState.NoData, N: 0 } ? ReportCell.Of(0)
        : point.State.IsKeptBack() && number(point) is { } told ? ReportCell.Of(told)
        : Number(point, number);

    // A share may be kept back for the sake of what it is of, and that for its own.
    private static ReportCell Base(FigurePoint point) =>
        point.State.IsKeptBack() && point.N is null && point.NState.IsKeptBack() ? ReportCell.Without(point.NState) : Counted(point, p => p.N);

    private static ReportCell Number(FigurePoint point, Func<FigurePoint, double?> number)
    {
        if (!PointText.IsShown(point))
            return ReportCell.Without(PointText.State(point));
        return number(point) is { } value ? ReportCell.Of(value) : ReportCell.Without(CellState.NoData);
    }

    /// <summary>A column of a series: its heading alone and after the series' name, its unit and its cell.</summary>
    private sealed record Field(string Head, string Suffix, ValueUnit? Unit, Func<FigurePoint, ReportCell> Cell)
    {
        public string HeadFor(string series) => series + Suffix;
    }
}
