using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Reporting.Tests.Documents;
using FinsamOutcomes.Reporting.Tests.Reports;
using FinsamOutcomes.Statistics;
using C = DocumentFormat.OpenXml.Drawing.Charts;
using D = DocumentFormat.OpenXml.Drawing.Wordprocessing;
using S = DocumentFormat.OpenXml.Spreadsheet;

namespace FinsamOutcomes.Reporting.Tests.Publishing;

/// <summary>Curves of a report, read by somebody who wants to know on which day few left.</summary>
public sealed partial class CurvePublishingTests
{
    private const string Åkern = "Åkern;;individinriktad;individ;nej;2022-01-01;;";

    private const string Template =
        "# P\n\n```diagram\nid: kvar\ntyp: tid\nrubrik: Kvar\nmatt: tid-till-avslut\nstatistik: remaining\nrader: category\nkolumner: gender\n```\n\n"
        + "```diagram\nid: positivt\ntyp: tid\nrubrik: Positivt\nmatt: tid-till-avslut\nstatistik: positive\nrader: category\nkolumner: gender\n```\n";

    [Fact]
    public async Task Between_what_is_told_of_a_curve_lie_no_or_at_least_five_exits_and_all_places_tell_the_same()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        var stays = await FillAsync(fixture, women: 480, men: 270, unknown: 3);
        var document = await fixture.BuildFromAsync(Template);
        var figures = document.Blocks.OfType<FigureBlock>().Select(b => (SurvivalFigure)b.Figure).ToList();
        foreach (var figure in figures)
        {
            figure.Curves.Select(c => c.Name).ShouldBe(["Kvinnor", "Män"]);
            foreach (var curve in figure.Curves)
            {
                curve.Shown.Count().ShouldBeGreaterThan(2, "there must be something to read");
                Attack(curve, [.. stays.Where(s => s.Gender == (curve.Name == "Kvinnor" ? "kvinna" : "man"))], figure.Id == "positivt");
                curve.Marks.ShouldAllBe(m => PointText.IsShown(m.Share) || (m.Share.Value == null && m.Share.Lower == null));
                curve.Marks.ShouldAllBe(m => PointText.IsShown(m.AtRisk) ? m.AtRisk.Value >= 5 : m.AtRisk.Value == null);
                curve.Shown.ShouldAllBe(m => PointText.IsShown(m.AtRisk)
                    && Math.Abs((m.Share.Value!.Value * 100) - Math.Round(m.Share.Value.Value * 100)) < 1e-9);
            }
        }

        // The numbers of all that is written: nothing of a day that is not marked, and no share that is not in whole per cent.
        ReportFiles.Write(document, "rapport", fixture.Folder);
        var days = figures.SelectMany(f => f.Days).ToHashSet();
        foreach (var (place, text) in WrittenTexts.Of(fixture.Folder))
            Day().Matches(text)
                .Select(m => int.Parse(m.Groups["day"].Value.Replace(Swedish.NoBreakSpace, "", StringComparison.Ordinal), CultureInfo.InvariantCulture))
                .ShouldAllBe(day => days.Contains(day), place);
        using var word = WordprocessingDocument.Open(Path.Combine(fixture.Folder, "rapport.docx"), isEditable: false);
        using var excel = SpreadsheetDocument.Open(Path.Combine(fixture.Folder, "rapport.xlsx"), isEditable: false);
        var inWord = word.MainDocumentPart!.ChartParts.ToList();
        var inExcel = excel.WorkbookPart!.WorksheetParts.Where(p => p.DrawingsPart is not null).SelectMany(p => p.DrawingsPart!.ChartParts).ToList();
        inWord.Count.ShouldBe(2);
        inExcel.Count.ShouldBe(2);
        foreach (var chart in inWord.Concat(inExcel))
            figures.ShouldContain(f => Tells(chart.ChartSpace, f));
        foreach (var part in inWord)
        {
            using var book = SpreadsheetDocument.Open(part.EmbeddedPackagePart!.GetStream(), isEditable: false);
            var cells = book.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<S.Cell>()
                .Where(c => c.CellReference!.Value![0] is 'B' or 'C' && c.DataType is null && c.CellValue is not null).Select(c => Number(c.CellValue!.Text))
                .ToList();
            figures.ShouldContain(f => cells.Order().SequenceEqual(f.Curves.SelectMany(c => c.Shown).Select(m => m.Share.Value!.Value).Order()));
        }

        // Internally every month is told.
        var open = (await fixture.BuildFromAsync(Template, policy: PublicationPolicy.Internt)).Blocks.OfType<FigureBlock>()
            .Select(b => (SurvivalFigure)b.Figure).First();
        open.Days.Count.ShouldBeGreaterThan(days.Count);
        open.Curves.SelectMany(c => c.Marks).ShouldContain(m => m.AtRisk.Value >= 1 && m.AtRisk.Value <= 4);
    }

    [Fact]
    public async Task A_csv_of_passed_cells_tells_no_more_days_than_the_figure()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await FillAsync(fixture, women: 480, men: 270, unknown: 3);
        var days = ((SurvivalFigure)(await fixture.BuildFromAsync(Template)).Blocks.OfType<FigureBlock>().First().Figure).Days;
        var passed = (await fixture.MeasureAsync("tid-till-avslut", null, PeriodKind.None, MeasureDimensions.Gender))
            .PublishedAs(PublicationPolicy.Minst5);

        using var stream = new MemoryStream();
        MeasureFiles.WriteCsv(stream, passed, MeasureDimensions.Gender);
        var lines = Encoding.UTF8.GetString(stream.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(';')).ToList();
        var category = Array.IndexOf(lines[0], "category");
        var value = Array.IndexOf(lines[0], "value");
        lines.Skip(1).Where(l => l[category].Length > 0).Select(l => int.Parse(l[category], CultureInfo.InvariantCulture)).Distinct().Order().ShouldBe(days);
        lines.Skip(1).Where(l => l[2] == "at_risk" && l[value].Length > 0).ShouldAllBe(l => int.Parse(l[value], CultureInfo.InvariantCulture) >= 5);
        passed.ShouldAllBe(c => c.CurveMark == null);
    }

    [Fact]
    public async Task The_curve_of_all_is_hidden_beside_those_that_leave_only_a_hidden_group_over()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await FillAsync(fixture, women: 480, men: 270, unknown: 3);
        var byGender = (await fixture.MeasureAsync("tid-till-avslut", null, PeriodKind.None, MeasureDimensions.Gender)).PublishedAs(PublicationPolicy.Minst5);
        var whole = (await fixture.MeasureAsync("tid-till-avslut", null, PeriodKind.None)).PublishedAs(PublicationPolicy.Minst5);

        IsShown(byGender, "woman").ShouldBeTrue();
        IsShown(byGender, "man").ShouldBeTrue();
        IsShown(byGender, "unknown").ShouldBeFalse();
        IsShown(byGender, MeasureCell.All).ShouldBeFalse();
        IsShown(whole, MeasureCell.All).ShouldBeTrue();

        // Of those that are all shown the total goes no further than the shortest: what is left would be the rest of that one.
        await using var other = await ReportFixture.CreateAsync();
        await FillAsync(other, women: 480, men: 240, unknown: 0);
        var both = (await other.MeasureAsync("tid-till-avslut", null, PeriodKind.None, MeasureDimensions.Gender)).PublishedAs(PublicationPolicy.Minst5);
        Days(both, "man").Count.ShouldBeLessThan(Days(both, "woman").Count);
        Days(both, MeasureCell.All).ShouldBe(Days(both, "man"));
        Days((await other.MeasureAsync("tid-till-avslut", null, PeriodKind.None)).PublishedAs(PublicationPolicy.Minst5), MeasureCell.All).Count
            .ShouldBeGreaterThan(Days(both, MeasureCell.All).Count);

        static List<string> Days(IReadOnlyList<MeasureCell> cells, string gender) =>
            [.. cells.Where(c => c is { Statistic: "remaining", State: CellState.Shown } && c.Gender == gender).Select(c => c.Category!)];

        static bool IsShown(IReadOnlyList<MeasureCell> cells, string gender) =>
            cells.Any(c => c is { Statistic: "remaining", State: CellState.Shown } && c.Gender == gender);
    }

    [Fact]
    public async Task Too_few_for_a_curve_are_told_so_and_nothing_else()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await FillAsync(fixture, women: 480, men: 8, unknown: 0);
        var hidden = await fixture.BuildFromAsync(Template);
        var figure = (SurvivalFigure)hidden.Blocks.OfType<FigureBlock>().First().Figure;
        figure.Curves.Single(c => c.Name == "Män").Marks.ShouldAllBe(m => m.Share == FigurePoint.Hidden && m.AtRisk == FigurePoint.Hidden);
        figure.Notes.ShouldContain("Män: för få för en kurva.");
        figure.Curves.Single(c => c.Name == "Kvinnor").Shown.Count().ShouldBeGreaterThan(2);
        figure.ToTable().Rows.ShouldAllBe(r => r.Cells.Skip(4).All(c => c.State == CellState.Hidden && c.Number == null));

        // Internally they are drawn, but eight are no percentages.
        var open = (SurvivalFigure)(await fixture.BuildFromAsync(Template, policy: PublicationPolicy.Internt)).Blocks.OfType<FigureBlock>().First().Figure;
        open.Curves.Single(c => c.Name == "Män").IsOfFew.ShouldBeTrue();
        open.ToTable().Rows[0].Cells.Select(c => c.Text).ToList()[4..6].ShouldBe([MeasureCell.TooFew, "–"]);
        FigureDescription.Of(open).ShouldContain("Män: dag 0 för få,");
        open.Findings.ShouldAllBe(f => !f.Contains("Män", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_Word_and_Excel_a_curve_is_a_chart_with_alternative_text_and_table()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await FillAsync(fixture, women: 480, men: 270, unknown: 0);
        var document = await fixture.BuildFromAsync(Template);
        using var word = WordprocessingDocument.Open(Rendered.Word(document), isEditable: false);
        using var excel = SpreadsheetDocument.Open(Rendered.Excel(document), isEditable: false);
        Rendered.Faults(word).ShouldBeEmpty();
        Rendered.Faults(excel).ShouldBeEmpty();

        var alternatives = word.MainDocumentPart!.Document.Descendants<D.DocProperties>().Select(d => d.Description!.Value!).ToList();
        alternatives.Count.ShouldBe(2);
        alternatives.ShouldAllBe(a => a.StartsWith("Kurva över tid. ", StringComparison.Ordinal) && a.Contains("Kvinnor, dag 0: ", StringComparison.Ordinal));
        var table = document.Table("kvar");
        table.Columns.Select(c => c.Header)
            .ShouldBe(["Dagar sedan inskrivning", "Kvinnor", "Kvinnor, 95\u00A0% KI", "Kvinnor, följs", "Män", "Män, 95\u00A0% KI", "Män, följs"]);
        var text = word.MainDocumentPart.Document.Body!.InnerText;
        text.ShouldContain("hälften hade slutat dag");
        text.ShouldContain("deltaganden var kvar vid periodens slut");
        foreach (var row in table.Rows)
            text.ShouldContain(string.Concat(row.Cells.Select((c, i) => ReportTables.Seen(c, table.Columns[i]))));
    }

    [Theory]
    [InlineData("typ: linjer\nmatt: tid-till-avslut\nrader: category", "ritas med ”typ: tid”")]
    [InlineData("typ: tid\nmatt: tid-till-avslut\nkolumner: gender", "”rader: category”")]
    [InlineData("typ: tid\nmatt: tid-till-avslut\nstatistik: at_risk\nrader: category", "remaining, positive, other")]
    [InlineData("typ: tid\nmatt: tid-till-avslut\nrader: category\nper: year", "utan ”per”")]
    [InlineData("typ: tid\nmatt: positiva-avslut\nrader: insats", "är till för måttet tid-till-avslut")]
    public async Task A_curve_that_cannot_be_drawn_is_refused_with_file_and_line(string keys, string says)
    {
        await using var fixture = await ReportFixture.CreateAsync();
        var error = await Should.ThrowAsync<ReportDefinitionException>(() => fixture.BuildFromAsync($"# P\n\n```diagram\nid: a\nrubrik: A\n{keys}\n```"));
        error.Message.ShouldContain(says);
        error.Message.ShouldStartWith("reports/prov/rapport.md, rad 3");
    }

    // Whoever reads a curve counts what must have happened between its marks, and after the last, since the whole is known.
    private static void Attack(SurvivalCurve curve, List<InventedParticipation> stays, bool isSplit)
    {
        int[] marks = [.. curve.Shown.Select(m => m.Days)];
        foreach (var (from, to) in marks.Zip(marks.Skip(1).Append(100_000)))
        {
            bool Within(int day) => (day > from || (from == 0 && day == 0)) && day <= to;
            var (work, otherwise) = (stays.Count(s => s.HasEnded && s.IsWork && Within(s.Days)), stays.Count(s => s.HasEnded && !s.IsWork && Within(s.Days)));
            var (begun, ceased) = (stays.Count(s => s.Before >= 0 && Within(s.Before)), stays.Count(s => !s.HasEnded && Within(s.Days)));
            int[] counts = isSplit ? [work + otherwise, begun, ceased, work, otherwise] : [work + otherwise, begun, ceased];
            counts.ShouldAllBe(c => c == 0 || c >= 5, $"{curve.Name} {from}–{to}");
        }
        foreach (var mark in curve.Shown.Skip(1))
            mark.AtRisk.Value.ShouldBe(stays.Count(s => s.Before <= mark.Days && s.Days > mark.Days));
    }

    // The same shares at the same days, and none elsewhere.
    private static bool Tells(C.ChartSpace chart, SurvivalFigure figure)
    {
        var days = chart.Descendants<C.CategoryAxisData>().First().Descendants<C.StringPoint>()
            .Select(p => int.Parse(p.InnerText.Split('\n')[0].Replace(Swedish.NoBreakSpace, "", StringComparison.Ordinal), CultureInfo.InvariantCulture))
            .ToList();
        var told = chart.Descendants<C.LineChartSeries>()
            .Select(s => s.Elements<C.Values>().Single().Descendants<C.NumericPoint>()
            .Select(p => (Day: days[(int)p.Index!.Value], Share: Number(p.NumericValue!.Text))).ToList()).ToList();
        return told.Count == figure.Curves.Count && told.Zip(figure.Curves)
            .All(pair => pair.First.SequenceEqual(pair.Second.Shown.Select(m => (m.Days, m.Share.Value!.Value))));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    // Stays that begin from 2023 on and last for months; of 2024 those are participations that reach into it.
    private static async Task<List<InventedParticipation>> FillAsync(ReportFixture fixture, int women, int men, int unknown)
    {
        await fixture.InsatserAsync(Åkern);
        var random = new Random(5);
        var (rows, stays) = (new List<string>(), new List<InventedParticipation>());
        var (first, last) = (new DateOnly(2024, 1, 1), new DateOnly(2024, 12, 31));
        foreach (var (gender, number) in new[] { ("kvinna", women), ("man", men), ("okant", unknown) })
        {
            for (var kept = 0; kept < number;)
            {
                var started = new DateOnly(2023, 6, 1).AddDays(random.Next(550));
                var ended = started.AddDays(1 + (int)(-Math.Log(1 - random.NextDouble()) * 160));
                if (ended < first)
                    continue;
                kept++;
                var (hasEnded, isWork) = (ended <= last, random.Next(2) == 0);
                var end = hasEnded ? ReportFixture.Text($"{ended:yyyy-MM-dd};{(isWork ? "arbete" : "sjukdom")}") : ";";
                rows.Add(ReportFixture.Text($"{gender[..1]}{rows.Count};Åkern;{gender};1985;gymnasium;{started:yyyy-MM-dd};{end}"));
                var before = started < first ? first.DayNumber - 1 - started.DayNumber : -1;
                stays.Add(new(gender, (hasEnded ? ended : last).DayNumber - started.DayNumber, hasEnded, isWork, before));
            }
        }

        await fixture.ParticipationsAsync([.. rows]);
        return stays;
    }

    [GeneratedRegex(@"\bdag (?<day>\d[\d\u00A0]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Day();

    private sealed record InventedParticipation(string Gender, int Days, bool HasEnded, bool IsWork, int Before);
}
