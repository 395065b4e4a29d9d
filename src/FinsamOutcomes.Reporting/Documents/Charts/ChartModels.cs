using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Documents.Charts;

/// <summary>Turns each kind of figure into the nearest chart that Word and Excel draw themselves.</summary>
internal static class ChartModels
{
    private const int PlotWidthMm = 140;
    private const int TallestMm = 215;
    private const string Withheld = "Visas inte";

    /// <summary>False for a kind that Office has no chart for: a picture stands in its place.</summary>
    public static bool Has(Figure figure) => figure is not FunnelFigure;

    public static ChartModel Of(Figure figure) => figure switch
    {
        ColumnFigure columns => Columns(columns),
        StackedBarFigure stacked => Stacked(stacked),
        DumbbellFigure dumbbell => BeforeAfter(dumbbell),
        LineFigure lines => Lines(lines),
        ControlChartFigure control => Control(control),
        DivergingBarFigure diverging => Stacked(diverging.ToStacked(), place => FigureTheme.Answer(place, diverging.Series.Count).Ground[1..]),
        TargetFigure targets => Targets(targets),
        SurvivalFigure survival => Survival(survival),
        _ => throw new ArgumentOutOfRangeException(nameof(figure), figure.GetType().Name, "There is no native chart for this kind of figure."),
    };

    private static ChartModel Columns(ColumnFigure figure)
    {
        var upright = FitsUpright(figure.Categories);
        var categories = figure.Categories
            .Select((c, i) => c + SizeSuffix(figure.Unit, figure.Series.Select(s => s.Points[i]).ToList(), upright ? "\n" : " "))
            .ToList();
        var height = upright ? 75 : Math.Clamp(24 + categories.Count * (3 + 5 * figure.Series.Count), 50, TallestMm);
        var thick = upright || (height - 24.0) / categories.Count / figure.Series.Count >= 3.2;
        var crowded = categories.Count * figure.Series.Count > 18;
        var series = figure.Series.Select((s, i) => Series(s, i, figure.Unit) with { LabelledPoints = thick && !(upright && crowded) ? null : [] }).ToList();
        // A line needs two points; the note under the figure always says the target.
        if (figure.Target is { } target && upright && categories.Count > 1)
            series.Add(Level($"Mål {Swedish.Value(target, figure.Unit)}", DocumentTheme.Target, target, categories.Count));
        return new ChartModel
        {
            Shape = upright ? ChartShape.Columns : ChartShape.Bars,
            Categories = categories,
            Series = series,
            Unit = figure.Unit,
            Minimum = Reach(series).Lowest < 0 ? null : 0,
            Maximum = ShareCeiling(figure.Unit, series),
            HeightMm = height,
        };
    }

    private static ChartModel Targets(TargetFigure figure)
    {
        var outcomes = Series(new FigureSeries("Utfall", SeriesRole.All, [.. figure.Rows.Select(r => r.Outcome)]), 0, figure.Unit);
        var targets = new ChartSeries
        {
            Name = "Mål",
            Colour = DocumentTheme.Target,
            Look = SeriesLook.Solid,
            Values = [.. figure.Rows.Select(r => (double?)r.Target)],
        };
        return new ChartModel
        {
            Shape = ChartShape.Bars,
            Categories = [.. figure.Rows.Select(r => $"{r.Name}: {r.StatusText}")],
            Series = [outcomes, targets],
            Unit = figure.Unit,
            Minimum = 0,
            Maximum = ShareCeiling(figure.Unit, [outcomes, targets]),
            HeightMm = Math.Clamp(24 + figure.Rows.Count * 13, 50, TallestMm),
        };
    }

    private static ChartModel Stacked(StackedBarFigure figure, Func<int, string>? colour = null)
    {
        var bars = Enumerable.Range(0, figure.Categories.Count).ToList();
        var totals = bars.Select(i => figure.Unit == ValueUnit.Percent ? RowTotal(figure.Series.Select(s => s.Points[i]).ToList()) : 1).ToList();
        var series = figure
            .Series.Select(
                (s, place) =>
                    new ChartSeries
                    {
                        Name = s.Name,
                        Colour = colour?.Invoke(place) ?? DocumentTheme.Colour(s.Role, place),
                        Look = s.Role == SeriesRole.Man ? SeriesLook.Hatched : SeriesLook.Solid,
                        Values = bars.Select(i => Shown(s.Points[i]) is { } v && totals[i] is { } total ? v / total : (double?)null).ToList(),
                        Counts = bars.Where(i => figure.Unit == ValueUnit.Percent && totals[i] < PointText.SmallNumber && Shown(s.Points[i]) is not null)
                            .ToDictionary(i => i, i => $"{Swedish.Count(s.Points[i].Value!.Value)} av {Swedish.Count(totals[i]!.Value)}"),
                    })
            .ToList();
        if (totals.Where((t, i) => t is not null && series.Sum(s => s.Values[i] ?? 0) < 0.9995).Any() && figure.Unit == ValueUnit.Percent)
        {
            // Hidden parts together are no secret, since n is shown: the bar still reaches 100 %.
            series.Add(
                new ChartSeries
                {
                    Name = Withheld,
                    Colour = DocumentTheme.Hairline,
                    Look = SeriesLook.Hatched,
                    Values = bars.Select(i => totals[i] is not null && 1 - series.Sum(s => s.Values[i] ?? 0) is > 0.0005 and var rest ? rest : (double?)null)
                        .ToList(),
                });
        }
        var longest = bars.Max(i => series.Sum(s => s.Values[i] ?? 0));
        series = series.ConvertAll(s => s with
        {
            // A number that does not fit its part is left out; the table has it.
            LabelledPoints = s.Name == Withheld ? [] : bars.Where(i => s.Values[i] is { } v && v >= longest * 0.055).ToList(),
        });
        return new ChartModel
        {
            Shape = ChartShape.StackedBars,
            Categories = figure.Categories
                .Select((c, i) => figure.Unit == ValueUnit.Percent && totals[i] is { } n ? $"{c} (n = {Swedish.Count(n)})" : c)
                .ToList(),
            Series = series,
            Unit = figure.Unit,
            Minimum = 0,
            Maximum = figure.Unit == ValueUnit.Percent ? 1 : null,
            HeightMm = Math.Clamp(30 + bars.Count * 9, 50, TallestMm),
        };
    }

    // With hidden parts the bar's own n is the only honest 100 %; a single hidden part would be given away by it.
    private static double? RowTotal(List<FigurePoint> parts)
    {
        if (!parts.TrueForAll(p => p.State == CellState.Shown))
            return PointText.KnownWhole(parts);
        var sum = parts.Sum(p => p.Value ?? 0);
        return sum > 0 ? sum : null;
    }

    private static ChartModel BeforeAfter(DumbbellFigure figure)
    {
        var upright = FitsUpright(figure.Rows.Select(r => r.Label));
        var labels = figure.Rows.Select(r => r.Label + SizeSuffix(ValueUnit.Score, [r.Change.N is null ? r.Before : r.Change], upright ? "\n" : " ")).ToList();
        var colours = figure.Rows.Select((r, i) => r.Role == SeriesRole.Category ? DocumentTheme.Women : DocumentTheme.Colour(r.Role, i)).ToList();
        var before = figure.Rows.Select(r => Shown(r.Before)).ToList();
        var after = figure.Rows.Select(r => Shown(r.After)).ToList();
        var oneColour = colours.Distinct(StringComparer.Ordinal).Count() == 1 ? colours[0] : DocumentTheme.QuietInk;
        return new ChartModel
        {
            Shape = upright ? ChartShape.Stalks : ChartShape.Bars,
            Categories = labels,
            Series =
            [
                new ChartSeries
                {
                    Name = figure.BeforeLabel,
                    Colour = upright ? oneColour : DocumentTheme.Paler(oneColour),
                    Look = upright ? SeriesLook.Pale : SeriesLook.Solid,
                    Values = before,
                    // The stalk between the marks is the first series' whisker, which reaches to the second.
                    Lower = upright ? before.Select((b, i) => b is { } x && after[i] is { } y ? Math.Min(x, y) : (double?)null).ToList() : null,
                    Upper = upright ? before.Select((b, i) => b is { } x && after[i] is { } y ? Math.Max(x, y) : (double?)null).ToList() : null,
                    PointColours = PointColours(upright ? colours : colours.ConvertAll(c => DocumentTheme.Paler(c))),
                    Label = LabelPlace.Left,
                },
                new ChartSeries
                {
                    Name = figure.AfterLabel,
                    Colour = oneColour,
                    Look = upright ? SeriesLook.Marked : SeriesLook.Solid,
                    Values = after,
                    PointColours = PointColours(colours),
                    Label = LabelPlace.Right,
                },
            ],
            Unit = figure.Unit,
            Minimum = figure.ScaleMin,
            Maximum = figure.ScaleMax,
            AxisTitle = figure.HigherIsBetter ? "Högre är bättre" : "Lägre är bättre",
            HeightMm = upright ? 75 : Math.Clamp(30 + labels.Count * 13, 50, TallestMm),
        };
    }

    private static ChartModel Lines(LineFigure figure)
    {
        var last = figure.Periods.Count - 1;
        var ends = figure.Series.Select(s => Shown(s.Points[last])).ToList();
        var series = figure.Series.Select((s, i) => Series(s, i, figure.Unit) with
        {
            Look = SeriesLook.Marked,
            LabelledPoints = [last],
            // Beside the last point there is room as long as the periods are few.
            Label = figure.Periods.Count <= 10 ? LabelPlace.Right
                : ends[i] is { } mine && ends.Where(e => e is not null).Max() > mine ? LabelPlace.Below : LabelPlace.Above,
        }).ToList();
        if (figure.Target is { } target && figure.Periods.Count > 1)
            series.Add(Level($"Mål {Swedish.Value(target, figure.Unit)}", DocumentTheme.Target, target, figure.Periods.Count));
        return new ChartModel
        {
            Shape = ChartShape.Lines,
            Categories = figure.Periods.ToList(),
            Series = series,
            Unit = figure.Unit,
            Minimum = figure.Unit == ValueUnit.Score || Reach(series).Lowest < 0 ? null : 0,
            Maximum = ShareCeiling(figure.Unit, series),
            HeightMm = 78,
        };
    }

    /// <summary>True when there is room under the days of a chart for how many are followed, a line a curve; else the table has them.</summary>
    public static bool HasNumbersUnder(SurvivalFigure figure) => figure.Curves.Count <= 3;

    // The axis of a line chart has a place for each category: each step of days is one, with or without a mark, so that
    // distances are those of the days.
    private static ChartModel Survival(SurvivalFigure figure)
    {
        var marked = figure.Days;
        var step = Math.Max(1, marked.Aggregate(0, Divisor));
        var days = Enumerable.Range(0, marked[^1] / step + 1).Select(i => i * step).ToList();
        var series = figure.Curves.Select((curve, i) =>
        {
            var points = days.ConvertAll(day => curve.At(day)?.Share ?? FigurePoint.NoData);
            var last = points.FindLastIndex(p => Shown(p) is not null);
            return Series(new FigureSeries(curve.Name, curve.Role, points), i, figure.Unit) with
            {
                Look = SeriesLook.Marked,
                LabelledPoints = last < 0 ? [] : [last],
                // Beside the end of one that others go on past, there is a line.
                Label = last < 0 ? LabelPlace.Right : EndsBeside(curve, days[last]) is { } other ? (IsAbove(curve, other) ? LabelPlace.Above : LabelPlace.Below)
                    : last == days.Count - 1 ? LabelPlace.Right : IsLowest(curve, days[last]) ? LabelPlace.Below : LabelPlace.Above,
                Counts = curve.IsOfFew ? Enumerable.Range(0, days.Count).Where(d => Shown(points[d]) is not null).ToDictionary(d => d, _ => MeasureCell.TooFew)
                    : new Dictionary<int, string>(),
            };
        }).ToList();
        var categories = days.ConvertAll(day => HasNumbersUnder(figure) && marked.Contains(day)
            ? string.Join('\n', figure.Curves.Select(c => AtRisk(c.At(day))).Prepend(Swedish.Count(day)))
            : Swedish.Count(day));
        // About 1.6 mm a letter, and some air.
        var labelMm = categories.SelectMany(c => c.Split('\n')).Max(line => line.Length) * 1.6 + 2;
        return new ChartModel
        {
            Shape = ChartShape.Lines,
            Categories = categories,
            LabelEvery = Math.Max(1, (int)Math.Ceiling(labelMm * days.Count / PlotWidthMm)),
            Series = series,
            Unit = figure.Unit,
            Minimum = 0,
            Maximum = ShareCeiling(figure.Unit, series),
            SpansGaps = true,
            HeightMm = 84,
        };

        static string AtRisk(SurvivalMark? mark) => mark is not null && PointText.IsShown(mark.AtRisk) ? Swedish.Count(mark.AtRisk.Value!.Value) : "–";

        // One that ends on the same day at about the same height: their labels would lie on each other.
        SurvivalCurve? EndsBeside(SurvivalCurve one, int day) => figure.Curves.FirstOrDefault(c =>
            c != one && c.Shown.LastOrDefault()?.Days == day && Math.Abs(End(c) - End(one)) < 0.06);

        // Of two that end at the same height the one that is told first.
        bool IsAbove(SurvivalCurve one, SurvivalCurve other) =>
            figure.Curves.Where(c => c == one || c == other).MaxBy(End) == one;

        static double End(SurvivalCurve curve) => curve.Shown.Last().Share.Value!.Value;

        bool IsLowest(SurvivalCurve one, int day) =>
            figure.Curves.All(c => c == one || !(c.Shown.LastOrDefault(m => m.Days <= day)?.Share.Value < one.At(day)!.Share.Value));

        static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);
    }

    private static ChartModel Control(ControlChartFigure figure)
    {
        var signals = figure.Points.Select((p, i) => (p, i)).Where(x => x.p.Signal is not null && Shown(x.p.Share) is not null).Select(x => x.i).ToList();
        var limits = figure.IsPreliminary ? " (preliminär)" : "";
        var series = new List<ChartSeries>
        {
            new()
            {
                Name = "Andel",
                Colour = DocumentTheme.Accent,
                Look = SeriesLook.Marked,
                Values = figure.Points.Select(p => Shown(p.Share)).ToList(),
                Counts = Counts([.. figure.Points.Select(p => p.Share)], figure.Unit),
                LabelledPoints = [],
            },
        };
        if (figure.Center is { } center)
            series.Add(Level($"Medelandel {Swedish.Value(center, figure.Unit)}", DocumentTheme.All, center, figure.Points.Count));
        series.Add(Limit("Övre gräns" + limits, figure.Points.Select(p => p.UpperLimit).ToList()));
        series.Add(Limit("Undre gräns" + limits, figure.Points.Select(p => p.LowerLimit).ToList()));
        if (signals.Count > 0)
        {
            series.Add(new ChartSeries
            {
                Name = "Signal",
                Colour = DocumentTheme.Warning,
                Look = SeriesLook.Signal,
                Values = figure.Points.Select((p, i) => signals.Contains(i) ? Shown(p.Share) : null).ToList(),
                Counts = Counts([.. figure.Points.Select(p => p.Share)], figure.Unit),
                Label = LabelPlace.Right,
            });
        }
        return new ChartModel
        {
            Shape = ChartShape.Lines,
            Categories = figure.Points.Select(p => p.Period).ToList(),
            Series = series,
            Unit = figure.Unit,
            Minimum = 0,
            Maximum = ShareCeiling(figure.Unit, series),
            HeightMm = 82,
        };
    }

    private static ChartSeries Series(FigureSeries series, int place, ValueUnit unit)
    {
        var hasInterval = series.Points.Any(p => p is { State: CellState.Shown, Lower: not null, Upper: not null });
        return new ChartSeries
        {
            Name = series.Name,
            Colour = DocumentTheme.Colour(series.Role, place),
            Look = series.Role == SeriesRole.Man ? SeriesLook.Hatched : SeriesLook.Solid,
            Values = series.Points.Select(Shown).ToList(),
            Counts = Counts(series.Points, unit),
            Lower = hasInterval ? series.Points.Select(p => p.State == CellState.Shown ? p.Lower : null).ToList() : null,
            Upper = hasInterval ? series.Points.Select(p => p.State == CellState.Shown ? p.Upper : null).ToList() : null,
        };
    }

    // With fewer than ten the counts say more than a percentage, here as everywhere.
    private static Dictionary<int, string> Counts(IReadOnlyList<FigurePoint> points, ValueUnit unit) =>
        Enumerable.Range(0, points.Count).Where(i => PointText.IsSmall(points[i], unit)).ToDictionary(i => i, i => PointText.Headline(points[i], unit));

    private static ChartSeries Level(string name, string colour, double value, int points) => new()
    {
        Name = name,
        Colour = colour,
        Look = SeriesLook.Dashed,
        Values = Enumerable.Repeat<double?>(value, points).ToList(),
        LabelledPoints = [],
    };

    private static ChartSeries Limit(string name, IReadOnlyList<double?> values) => new()
    {
        Name = name,
        Colour = DocumentTheme.Limit,
        Look = SeriesLook.Dashed,
        Values = values,
        LabelledPoints = [],
    };

    private static Dictionary<int, string> PointColours(List<string> colours) =>
        colours.Distinct(StringComparer.Ordinal).Count() == 1 ? [] : colours.Select((c, i) => (c, i)).ToDictionary(x => x.i, x => x.c);

    private static double? Shown(FigurePoint point) => point.State == CellState.Shown ? point.Value : null;

    private static (double Lowest, double Highest) Reach(IEnumerable<ChartSeries> series)
    {
        var all = series.SelectMany(s => s.Values.Concat(s.Lower ?? []).Concat(s.Upper ?? [])).OfType<double>().DefaultIfEmpty(0).ToList();
        return (all.Min(), all.Max());
    }

    // A share never reaches past 100 %; left to itself the axis would go to 120 %.
    private static double? ShareCeiling(ValueUnit unit, IEnumerable<ChartSeries> series) =>
        unit == ValueUnit.Percent ? Math.Min(1, Math.Ceiling((Reach(series).Highest + 0.04) * 10) / 10) : null;

    // Columns need room for their labels: no word wider than its column, at most three rows (about 1.6 mm a letter at 8 points).
    private static bool FitsUpright(IEnumerable<string> labels)
    {
        var all = labels.ToList();
        var letters = PlotWidthMm / Math.Max(1, all.Count) / 1.6;
        return all.Count <= 9 && all.All(l => l.Split(' ', '-').Max(w => w.Length) <= letters && l.Length <= letters * 3);
    }

    // n beside each bar, in the order of the series.
    private static string SizeSuffix(ValueUnit unit, List<FigurePoint> points, string separator)
    {
        if (unit is not (ValueUnit.Percent or ValueUnit.Score) || points.All(p => p.N is null))
            return "";
        var sizes = string.Join("/", points.Select(p => p is { State: CellState.Shown, N: { } n } ? Swedish.Count(n) : "–"));
        return separator == "\n" ? $"\nn = {sizes}" : $" (n = {sizes})";
    }
}
