using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Reporting.Tests.Reports;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Tests.Publishing;

/// <summary>Reports of a database full of small groups, searched for what the policy keeps back.</summary>
public sealed partial class PublishingTests
{
    private const string Åkern = "Åkern;;individinriktad;individ;nej;2022-01-01;;";

    [Theory]
    [InlineData("arsredovisning", 2023)]
    [InlineData("arsredovisning", 2024)]
    [InlineData("projektredovisning", 2023)]
    [InlineData("projektredovisning", 2024)]
    public async Task No_count_of_one_to_four_is_anywhere_in_a_report(string report, int year)
    {
        await using var fixture = await ReportFixture.SmallAsync();
        var open = await fixture.BuildAsync(report, year, PublicationPolicy.Internt);
        Small(open).ShouldNotBeEmpty("the data must have something to hide");

        var document = await fixture.BuildAsync(report, year);
        Small(document).ShouldBeEmpty();
        SmallPoints(document).ShouldBeEmpty();
        ReportFiles.Write(document, "rapport", fixture.Folder);

        // Numbers in words: "3 av 7", "n = 3", "2 deltaganden" in text, svg descriptions, alternative texts, chart labels.
        foreach (var (place, text) in WrittenTexts.Of(fixture.Folder))
            SmallInWords().Matches(text).Select(m => m.Value).ShouldBeEmpty(place);
    }

    [Fact]
    public async Task A_share_is_hidden_with_a_small_numerator_complement_or_whole()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        var groups = new (string Insats, int Positive, int Others)[]
        {
            ("A", 4, 20),
            ("B", 20, 4),
            ("C", 2, 2),
            ("D", 0, 20),
            ("E", 20, 0),
            ("F", 5, 5),
            ("G", 0, 3),
        };
        await fixture.InsatserAsync([.. groups.Select(g => $"{g.Insats};;individinriktad;individ;nej;2022-01-01;;")]);
        foreach (var (insats, positive, others) in groups)
        {
            await fixture.ExitsAsync(insats, "kvinna", "arbete", positive);
            await fixture.ExitsAsync(insats, "kvinna", "sjukdom", others);
        }

        var table = (await fixture.BuildFromAsync("# P\n\n```tabell\nid: a\nrubrik: A\nmatt: positiva-avslut\nrader: insats\n```")).Table("a");
        // The exits of C and G are 7 together: 4 and 3, were not those of one more hidden beside them.
        groups.Where(g => table.Cell(g.Insats, "andel").State.IsKeptBack()).Select(g => g.Insats).ShouldBe(["A", "B", "C", "F", "G"]);
        table.Cell("D", "andel").Number.ShouldBe(0);
        table.Cell("E", "andel").Number.ShouldBe(1);
        table.Cell("G", "av").State.ShouldBe(CellState.Hidden);
        table.Cell("A", "av").Number.ShouldBe(24);
        table.Rows.SelectMany(r => r.Cells).Where(c => c.State.IsKeptBack()).ShouldAllBe(c => c.Number == null && c.Text == null);
    }

    [Fact]
    public async Task The_difference_between_women_and_men_is_hidden_when_the_share_of_one_of_them_is()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern);
        await fixture.ExitsAsync("Åkern", "kvinna", "arbete", 10);
        await fixture.ExitsAsync("Åkern", "kvinna", "sjukdom", 10);
        await fixture.ExitsAsync("Åkern", "man", "arbete", 3);
        await fixture.ExitsAsync("Åkern", "man", "sjukdom", 17);
        const string Template =
            "# P\n\n{{konsskillnad text}} Män: {{positiva-avslut share man}}. Kö: {{ko queued_at_end}}.\n\n```tabell\nid: a\nrubrik: A\nmatt: konsskillnad\nrader: insats\nkolumner: statistic\n```";
        var hidden = await fixture.BuildFromAsync(Template);
        hidden.Table("a").Rows.SelectMany(r => r.Cells.Skip(1)).ShouldAllBe(c => c.State == CellState.Hidden);
        ReportTables.Prose(hidden).ShouldContain("(dold)");
        ReportTables.Prose(hidden).ShouldContain("Män: (dold). Kö: 0.");

        var open = await fixture.BuildFromAsync(Template, policy: PublicationPolicy.Internt);
        open.Table("a").Cell("Åkern", "Skillnad").Number!.Value.ShouldBe(0.5 - 0.15, 1e-12);
        ReportTables.Prose(open).ShouldContain("Män: 15\u00A0% (3 av 20).");
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(0, false)]
    public async Task Means_of_fewer_than_ten_are_hidden_and_those_that_would_give_them(int unknown, bool areMenShown)
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern);
        await fixture.InstrumentAsync("Min väg;1;deltagare;halsa;Hur mår du?;1;10;hogre_ar_battre;1");
        (string Code, string Gender)[] people =
        [
            .. Enumerable.Range(1, 9).Select(i => ($"K{i}", "kvinna")),
            .. Enumerable.Range(1, 10).Select(i => ($"M{i}", "man")),
            .. Enumerable.Range(1, unknown).Select(i => ($"O{i}", "okant")),
        ];
        await fixture.ParticipationsAsync([.. people.Select(p => $"{p.Code};Åkern;{p.Gender};1990;;2024-01-01;2024-06-01;arbete")]);
        await fixture.AnswersAsync([
            .. people.SelectMany(
                (p, i) =>
                    new[]
                    {
                        $"{p.Code};Åkern;Min väg;start;2024-01-01;halsa;{3 + (i % 2)};1",
                        $"{p.Code};Åkern;Min väg;avslut;2024-06-01;halsa;{6 + (i % 3)};1",
                    }),
        ]);
        var document = await fixture.BuildAsync();
        var table = document.Table("sjalvskattning-forandring");
        foreach (var statistic in new[] { "Medel före", "Medel efter", "Medelförändring", "p (Wilcoxon)" })
        {
            Of("Kvinnor", statistic).State.ShouldBe(CellState.Hidden);
            Of("Män", statistic).State.ShouldBe(areMenShown ? CellState.Shown : CellState.Protecting);
            Of("Alla", statistic).State.ShouldBe(CellState.Shown);
        }

        Of("Kvinnor", "Svar båda gångerna").Number.ShouldBe(9);
        document.Table("tid-i-insats").Cell("Åkern", "Mediantid, avslutade").State.ShouldBe(CellState.Shown);

        ReportCell Of(string gender, string statistic) => table.Rows.Single(r => r.Cells[1].Text == gender).Cells[table.Column(statistic)];
    }

    [Fact]
    public async Task The_limits_of_a_control_chart_tell_nothing_of_a_hidden_period()
    {
        await using var fixture = await ReportFixture.SmallAsync();
        foreach (var year in new[] { 2023, 2024 })
        {
            foreach (var chart in (await fixture.BuildAsync(year: year)).Blocks.OfType<FigureBlock>().Select(b => b.Figure).OfType<ControlChartFigure>())
            {
                chart
                    .Points.Where(p => p.Share.State == CellState.Hidden)
                    .ShouldAllBe(p => p.LowerLimit == null && p.UpperLimit == null && p.Share.N == null || p.Share.N >= 5);
                var shown = chart.Points.Select(p => p.Share).Where(p => p.State == CellState.Shown).ToList();
                if (shown.Count > 0)
                    chart.Center!.Value.ShouldBe((double)shown.Sum(p => p.Numerator!.Value) / shown.Sum(p => p.N!.Value), 1e-12);
            }
        }
    }

    [Fact]
    public async Task Internal_reports_hide_nothing_and_say_so_on_every_page()
    {
        await using var fixture = await ReportFixture.SmallAsync();
        var document = await fixture.BuildAsync(policy: PublicationPolicy.Internt);
        ReportTables.Of(document).SelectMany(t => t.Rows).SelectMany(r => r.Cells).ShouldAllBe(c => c.State != CellState.Hidden);
        document.IsInternal.ShouldBeTrue();
        ReportFiles.Write(document, "rapport", fixture.Folder);
        var texts = WrittenTexts.Of(fixture.Folder).ToList();
        texts
            .Where(t => t.Place.Contains("/header", StringComparison.Ordinal))
            .ShouldAllBe(t => t.Text.Contains("Internt underlag", StringComparison.OrdinalIgnoreCase));
        texts.ShouldContain(t => t.Place.Contains("/header", StringComparison.Ordinal));
        texts
            .Where(t => t.Place.Contains("worksheets/sheet", StringComparison.Ordinal) && t.Place.Contains("rapport.xlsx", StringComparison.Ordinal))
            .ShouldAllBe(t => t.Text.Contains("Internt underlag", StringComparison.OrdinalIgnoreCase));
        texts.Single(t => t.Place == "rapport.html").Text.ShouldContain("Internt underlag", Case.Insensitive);
    }

    [Theory]
    [InlineData("arsredovisning")]
    [InlineData("projektredovisning")]
    public async Task Rounded_reports_have_only_multiples_of_five(string report)
    {
        await using var fixture = await ReportFixture.SmallAsync();
        var document = await fixture.BuildAsync(report, policy: PublicationPolicy.AvrundatTill5);
        foreach (var table in ReportTables.Of(document))
        {
            foreach (var (cell, column) in Cells(table).Where(c => c.Column.Unit == ValueUnit.Count && c.Cell.Number is not null))
                (cell.Number!.Value % 5).ShouldBe(0, $"{table.Id} {column.Header}");
            foreach (var (cell, _) in Cells(table).Where(c => c.Cell.Text is not null))
                Pair()
                    .Matches(cell.Text!)
                    .SelectMany(m => new[] { m.Groups[1].Value, m.Groups[2].Value })
                    .ShouldAllBe(n => int.Parse(n, CultureInfo.InvariantCulture) % 5 == 0);
        }

        OfN()
            .Matches(string.Join('\n', ReportTables.Of(document).Select(t => t.Subtitle)))
            .Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture) % 5)
            .ShouldAllBe(rest => rest == 0);
    }

    [Fact]
    public void A_hidden_cell_keeps_no_number_at_all()
    {
        var day = new DateOnly(2024, 1, 1);
        var cells = MeasureCatalogue
            .All.SelectMany(m =>
                m.Statistics.Select(s => new MeasureCell
                {
                    Measure = m.Name,
                    Definition = null,
                    Statistic = s.Name,
                    PeriodFrom = day,
                    PeriodTo = day,
                    Value = s.Kind == StatisticKind.Count ? 3 : 0.75,
                    Numerator = 3,
                    Denominator = 4,
                    N = 4,
                    Lower = 0.3,
                    Upper = 0.9,
                    State = CellState.Shown,
                    RestsOn =
                        s.Kind is StatisticKind.ShareDifference or StatisticKind.Probability && m.Name == "konsskillnad"
                            ? [Share.Of(3, 4), Share.Of(10, 20)]
                            : [],
                }))
            .ToList();
        foreach (var cell in cells.GroupBy(c => c.Measure).SelectMany(m => m.ToList().PublishedAs(PublicationPolicy.Minst5)))
        {
            cell.State.ShouldBe(CellState.Hidden, $"{cell.Measure} {cell.Statistic}");
            new object?[] { cell.Value, cell.Numerator, cell.Denominator, cell.N, cell.Lower, cell.Upper }.ShouldAllBe(v => v == null);
            cell.RestsOn.ShouldBeEmpty();
        }
    }

    private static IEnumerable<(ReportCell Cell, ReportColumn Column)> Cells(ReportTable table) =>
        table.Rows.SelectMany(r => r.Cells.Select((c, i) => (c, table.Columns[i])));

    // Counts of 1–4 in columns of counts, shares that stand for one, and "3 av 7".
    private static List<string> Small(ReportDocument document)
    {
        var found = new List<string>();
        foreach (var table in ReportTables.Of(document))
        {
            foreach (var row in table.Rows)
            {
                for (var i = 0; i < row.Cells.Count; i++)
                {
                    var (cell, column) = (row.Cells[i], table.Columns[i]);
                    if ((column.Unit == ValueUnit.Count && cell.Number is >= 1 and <= 4) || (cell.Text is { } text && SmallInWords().IsMatch(text)))
                        found.Add($"{table.Id}: {row.Cells[0].Text}, {column.Header} = {cell.Number}{cell.Text}");

                    // A share times any count of its row must not give 1–4 of that count, nor all but 1–4 of it.
                    if (
                        column.Unit == ValueUnit.Percent
                        && cell.Number is { } share
                        && column.Header.Contains("ndel", StringComparison.Ordinal)
                        && i > 0
                        && row.Cells[i - 1].Number is { } n
                        && table.Columns[i - 1].Header == "av"
                        && (Math.Round(share * n) is >= 1 and <= 4 || Math.Round((1 - share) * n) is >= 1 and <= 4))
                    {
                        found.Add($"{table.Id}: {row.Cells[0].Text}, {column.Header}");
                    }
                }
            }
        }

        return found;
    }

    private static List<string> SmallPoints(ReportDocument document) =>
        [.. document.Blocks.OfType<FigureBlock>().SelectMany(b => (b.Figure switch
        {
            ColumnFigure f => f.Series.SelectMany(s => s.Points),
            LineFigure f => f.Series.SelectMany(s => s.Points),
            StackedBarFigure f => f.Series.SelectMany(s => s.Points),
            DumbbellFigure f => f.Rows.SelectMany(r => new[] { r.Before, r.After, r.Change }),
            ControlChartFigure f => f.Points.Select(p => p.Share),
            DivergingBarFigure f => f.Series.SelectMany(s => s.Points),
            FunnelFigure f => f.Units.Select(u => u.Share),
            TargetFigure f => f.Rows.Select(r => r.Outcome),
            SurvivalFigure f => f.Curves.SelectMany(c => c.Marks).SelectMany(m => new[] { m.Share, m.AtRisk with { N = (long?)m.AtRisk.Value } }),
            _ => throw new InvalidOperationException(),
        }).Where(p => p.N is >= 1 and <= 4 || p.Numerator is >= 1 and <= 4 || p.N - p.Numerator is >= 1 and <= 4
            || (b.Figure is StackedBarFigure or DivergingBarFigure or { Unit: ValueUnit.Count } && p.Value is >= 1 and <= 4)
            || (p.State != CellState.Shown && (p.Value is not null || p.Lower is not null)))
            .Select(p => $"{b.Figure.Id}: {p}"))];

    [GeneratedRegex(
        @"(?<![\d\u00A0.,–])[1-4]\u00A0? ?(av \d|personer|deltaganden|avslut\b|kvinnor|män\b)|\bav [1-4]\b(?![\d\u00A0]\d)|\bn[\u00A0 ]?=[\u00A0 ]?[1-4](?![\d\u00A0])",
        RegexOptions.None,
        matchTimeoutMilliseconds: 5000)]
    private static partial Regex SmallInWords();

    [GeneratedRegex(@"\b(\d+) av (\d+)\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pair();

    [GeneratedRegex(@"n\u00A0=\u00A0(\d+)\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OfN();
}
