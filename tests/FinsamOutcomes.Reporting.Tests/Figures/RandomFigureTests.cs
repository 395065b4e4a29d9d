using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Figures.Drawing;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Tests.Figures;

/// <summary>Figures that nobody thought of: whatever the numbers and labels, nothing collides and nothing fails.</summary>
public sealed class RandomFigureTests
{
    private const string Words =
        "Rehabilitering samverkan för unga vuxna i Höganäs arbetsmarknadsenhet långtidssjukskrivna steg vidare Insam USB grön kompetensutvecklingsmiljonssatsningen mot arbete och studier";

    public static MatrixTheoryData<int, FigureWidth> Seeds => new(Enumerable.Range(1, 12), Enum.GetValues<FigureWidth>());

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_text_leaves_the_picture_or_covers_another(int seed, FigureWidth width)
    {
        var random = new Random(seed);
        for (var round = 0; round < 40; round++)
        {
            var figure = Any(random);
            var svg = new SvgReader(FigureRenderer.Svg(figure, width));

            var outside = svg.Texts.FirstOrDefault(t => t.Left < 0 || t.Right > svg.Width || t.Top < 0 || t.Bottom > svg.Height);
            outside.ShouldBeNull($"{figure.GetType().Name} {seed}/{round} {width}");
            foreach (var (text, i) in svg.Texts.Select((t, i) => (t, i)))
            {
                var other = svg.Texts.Skip(i + 1).FirstOrDefault(text.Touches);
                other.ShouldBeNull($"{figure.GetType().Name} {seed}/{round} {width}: {text}");
            }
            var table = figure.ToTable();
            table.Rows.ShouldAllBe(r => r.Cells.Count == table.Columns.Count);
            FigureDescription.Of(figure).ShouldNotBeNullOrWhiteSpace();
        }
    }

    private static Figure Any(Random random)
    {
        var unit = random.Next(3) switch { 0 => ValueUnit.Percent, 1 => ValueUnit.Count, _ => ValueUnit.PercentagePoints };
        var categories = Labels(random, random.Next(1, 14));
        var periods = Periods(random, random.Next(1, 70));
        var target = random.Next(2) == 0 && unit is ValueUnit.Percent ? random.NextDouble() : (double?)null;
        var (title, subtitle, source) = (Label(random, 14), Label(random, 30), "Källa: påhittat");
        return random.Next(9) switch
        {
            0 => new ColumnFigure
            {
                Id = "f",
                Title = title,
                Subtitle = subtitle,
                Source = source,
                Unit = unit,
                Categories = categories,
                Series = Series(random, categories.Length, unit),
                Target = target,
            },
            1 => new StackedBarFigure
            {
                Id = "f",
                Title = title,
                Subtitle = subtitle,
                Source = source,
                Unit = random.Next(2) == 0 ? ValueUnit.Percent : ValueUnit.Count,
                Categories = categories,
                Series =
                [
                    .. Labels(random, random.Next(1, 9))
                        .Select(l => new FigureSeries(l, SeriesRole.Category, [.. categories.Select(_ => Point(random, ValueUnit.Count))])),
                ],
            },
            2 => new DumbbellFigure
            {
                Id = "f",
                Title = title,
                Subtitle = subtitle,
                Source = source,
                Unit = ValueUnit.Score,
                Rows = [.. categories.Select(c => new DumbbellRow(c, (SeriesRole)random.Next(5), Score(random), Score(random), Score(random)))],
                ScaleMin = 1,
                ScaleMax = 5,
                HigherIsBetter = random.Next(2) == 0,
            },
            3 => new LineFigure
            {
                Id = "f",
                Title = title,
                Subtitle = subtitle,
                Source = source,
                Unit = unit,
                Periods = periods,
                Series = Series(random, periods.Length, unit),
                Target = target,
            },
            4 => MoreGallery.Funnel("f", title, [.. categories.Select(c => (c, Point(random, ValueUnit.Percent)))]) with { Subtitle = subtitle },
            5 => MoreGallery.Answers(
                "f",
                title,
                categories,
                Labels(random, random.Next(2, 7)) is var answers ? answers : [],
                [.. answers.Select(_ => categories.Select(_ => random.Next(-2, 60)).ToArray())]) with
            {
                Subtitle = subtitle,
            },
            6 => MoreGallery.Targets(
                "f",
                title,
                [.. categories.Select(c => (c, Point(random, ValueUnit.Percent), random.NextDouble(), "minst 40\u00A0%", (TargetStatus)random.Next(4)))]) with
            {
                Subtitle = subtitle,
            },
            7 => CurveGallery.Curves("f", title, random.Next(2) == 0, [.. categories.Select(c => Curve(random, c))]) with { Subtitle = subtitle },
            _ => new ControlChartFigure
            {
                Id = "f",
                Title = title,
                Subtitle = subtitle,
                Source = source,
                Unit = ValueUnit.Percent,
                Center = random.NextDouble(),
                IsPreliminary = periods.Length < 12,
                Findings = [Label(random, 20)],
                Points = [.. periods.Select(p => Point(random, ValueUnit.Percent)).Zip(periods, (share, p) => share.State is CellState.Shown
                    ? new ControlPoint(p, share, share.Lower, share.Upper, random.Next(12) == 0 ? "utanför gränserna" : null)
                    : new ControlPoint(p, share, LowerLimit: null, UpperLimit: null, Signal: null))],
            },
        };
    }

    private static FigureSeries[] Series(Random random, int count, ValueUnit unit)
    {
        FigurePoint[] Points() => [.. Enumerable.Range(0, count).Select(_ => Point(random, unit))];
        return random.Next(3) switch
        {
            0 => [new("Alla", SeriesRole.All, Points())],
            1 => [new("Män", SeriesRole.Man, Points()), new("Kvinnor", SeriesRole.Woman, Points()), new("Okänt kön", SeriesRole.Unknown, Points())],
            _ => [.. Labels(random, random.Next(1, 6)).Select(l => new FigureSeries(l, SeriesRole.Category, Points()))],
        };
    }

    private static SurvivalCurve Curve(Random random, string name)
    {
        var days = Enumerable.Range(0, random.Next(1, 50)).Where(i => i == 0 || random.Next(3) > 0).Select(i => i * 30).ToList();
        var share = 1.0;
        var marks = days.ConvertAll(d =>
            random.Next(9) == 0 ? CurveGallery.Hidden(d) : CurveGallery.Mark(d, share *= random.NextDouble() / 5 + 0.8, random.Next(5, 3000)));
        return new(name, (SeriesRole)random.Next(5), marks, random.Next(6) == 0);
    }

    private static FigurePoint Point(Random random, ValueUnit unit)
    {
        if (random.Next(8) == 0)
            return new(random.Next(3) switch { 0 => CellState.Hidden, 1 => CellState.NoData, _ => CellState.NotAsked }, Value: null);
        if (unit is ValueUnit.Count)
            return new(CellState.Shown, random.Next(4) == 0 ? random.Next(3) : random.Next(2000));
        if (unit is ValueUnit.PercentagePoints)
        {
            var middle = random.NextDouble() - 0.5;
            return new(CellState.Shown, middle, middle - random.NextDouble() / 4, middle + random.NextDouble() / 4);
        }
        var n = random.Next(1, 4) == 1 ? random.Next(1, 12) : random.Next(12, 1500);
        return Gallery.Share(random.Next(n + 1), n);
    }

    private static FigurePoint Score(Random random)
    {
        var value = 1 + random.NextDouble() * 4;
        return random.Next(7) == 0 ? FigurePoint.NoData : new(CellState.Shown, value, value - 0.3, value + 0.3, random.Next(2, 400));
    }

    private static string[] Labels(Random random, int count) => [.. Enumerable.Range(1, count).Select(i => $"{Label(random, 7)} {i}")];

    private static string Label(Random random, int maxWords)
    {
        var words = Words.Split(' ');
        return string.Join(' ', Enumerable.Range(0, random.Next(1, maxWords)).Select(_ => words[random.Next(words.Length)]));
    }

    private static string[] Periods(Random random, int count) => random.Next(3) switch
    {
        0 => [.. Enumerable.Range(0, count).Select(i => $"{1960 + i}")],
        1 => [.. Enumerable.Range(0, count).Select(i => $"kvartal {i % 4 + 1} {2010 + i / 4}")],
        _ => [.. Enumerable.Range(0, count).Select(i => $"T{i % 3 + 1} {2001 + i / 3}")],
    };
}
