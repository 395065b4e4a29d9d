using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.ReportJobs;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Tests.Measures;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Reports;

/// <summary>A year that goes on is never reported as if it were over, and one that has not begun is not reported at all.</summary>
public sealed class UnfinishedYearTests
{
    [Theory]
    [InlineData("arsredovisning", "Årsredovisning 2024 hittills")]
    [InlineData("projektredovisning", "Projektredovisning 2024 hittills")]
    public async Task A_report_of_a_year_that_goes_on_says_so_in_its_title_its_tables_and_on_each_page(string report, string title)
    {
        await using var fixture = await InNovemberAsync();
        var document = await fixture.BuildAsync(report);
        document.Title.ShouldBe(title);
        document.PeriodTo.ShouldBe(new DateOnly(2024, 11, 26));
        foreach (
            var table in ReportTables
                .Of(document)
                .Where(t =>
                    t.Subtitle.Contains("2024", StringComparison.Ordinal)
                    && !t.Notes.Any(n => n.StartsWith("Bara perioder som är slut", StringComparison.Ordinal))))
            table.Subtitle.ShouldContain(
                table.Id.StartsWith("ko-", StringComparison.Ordinal) ? "26\u00A0november 2024" : "26\u00A0november 2024, hittills",
                Case.Sensitive,
                table.Id);

        ReportFiles.Write(document, "rapport", fixture.Folder);
        foreach (var (place, text) in WrittenTexts.Of(fixture.Folder))
        {
            text.ShouldNotContain("hela året, jämfört", Case.Sensitive, place);
            text.ShouldNotContain("vid årets slut", Case.Sensitive, place);
            text.ShouldNotContain("Utfall för hela", Case.Sensitive, place);
        }

        foreach (var part in new[] { "rapport.html", "rapport.docx/word/document.xml", "rapport.xlsx/xl/worksheets/sheet1.xml" })
            WrittenTexts
                .Of(fixture.Folder)
                .Where(t => t.Place.StartsWith(part, StringComparison.Ordinal))
                .ShouldContain(t => t.Text.Contains("till och med 26\u00A0november 2024", StringComparison.Ordinal), part);
        foreach (var part in new[] { "rapport.docx/word/header", "rapport.xlsx/xl/worksheets" })
            WrittenTexts
                .Of(fixture.Folder)
                .Where(t => t.Place.StartsWith(part, StringComparison.Ordinal))
                .ShouldAllBe(t => t.Text.Contains("Hittills t.o.m. 2024-11-26", StringComparison.Ordinal), part);
    }

    [Fact]
    public async Task What_can_still_change_is_judged_so_far()
    {
        await using var fixture = await InNovemberAsync();
        var document = await fixture.BuildAsync();
        var targets = document.Table("maluppfyllelse");
        targets.Title.ShouldBe("Mål och utfall 2024 hittills");
        targets.Rows.Select(r => r.Cells[5].Text).ShouldBe(["○ Målet inte nått hittills", "● Målet nått hittills"], ignoreOrder: true);
        targets.Notes.ShouldContain("Året är inte slut: bedömningen gäller hittills och kan ändras.");
        document.Table("ko-insats").Title.ShouldBe("Kö till insatserna 26\u00A0november 2024");
        document.Table("ekonomi").Columns.ShouldContain(c => c.Header == "Utfall hittills");

        // The same report when the year is over, though nothing has been registered since.
        ((FixedClock)fixture.Test.Database.Clock).Advance(TimeSpan.FromDays(36));
        var over = await fixture.BuildAsync();
        over.Title.ShouldBe("Årsredovisning 2024");
        over.Table("maluppfyllelse").Rows.Select(r => r.Cells[5].Text).ShouldBe(["○ Målet inte nått", "● Målet nått"], ignoreOrder: true);
        over.Table("ko-insats").Title.ShouldBe("Kö till insatserna 31\u00A0december 2024");
        ReportTables.Prose(over).ShouldNotContain("hittills");
    }

    [Fact]
    public async Task A_period_that_is_not_over_stays_out_of_lines_and_control_charts_and_is_marked_in_tables()
    {
        await using var fixture = await InNovemberAsync();
        var document = await fixture.BuildAsync();
        var figures = document.Blocks.OfType<FigureBlock>().Select(b => b.Figure).ToList();
        var control = figures.OfType<ControlChartFigure>().Single();
        control.Points[^1].Period.ShouldBe("okt 2024");
        control.Notes.ShouldContain("Bara perioder som är slut är med, till och med 31\u00A0oktober 2024.");
        figures.OfType<LineFigure>().Single().Periods.ShouldBe(["2023"]);
        document.Table("deltaganden-ar").Rows.Select(r => r.Cells[0].Text).ShouldBe(["2023", "2024 (hittills)"]);

        // On the last day of a month the month is whole.
        ((FixedClock)fixture.Test.Database.Clock).Advance(TimeSpan.FromDays(4));
        (await fixture.BuildAsync())
            .Blocks.OfType<FigureBlock>()
            .Select(b => b.Figure)
            .OfType<ControlChartFigure>()
            .Single()
            .Points[^1]
            .Period.ShouldBe("nov 2024");
    }

    [Fact]
    public async Task Nobody_is_followed_longer_than_to_today()
    {
        await using var fixture = await InNovemberAsync();
        await fixture.ParticipationsAsync([.. Enumerable.Range(1, 30).Select(i => $"L{i};Steget;kvinna;1990;;2024-11-{i % 20 + 1:D2}")]);
        var request = new MeasureRequest
        {
            Measure = "tid-i-insats",
            ForbundId = fixture.Forbund.Id,
            From = new(2024, 1, 1),
            To = new(2024, 12, 31),
            Insats = "Steget",
        };
        var cells = await fixture.Test.Database.MeasureAsync(request);
        cells.ShouldAllBe(c => c.PeriodTo == new DateOnly(2024, 11, 26));
        cells.Where(c => c.Value is not null).ShouldAllBe(c => c.Value <= 26);
    }

    [Fact]
    public async Task The_last_day_of_the_year_is_not_the_year_over()
    {
        await using var fixture = await InNovemberAsync();
        var clock = (FixedClock)fixture.Test.Database.Clock;
        clock.Advance(TimeSpan.FromDays(35));
        (await fixture.BuildAsync()).Title.ShouldBe("Årsredovisning 2024 hittills");
        clock.Advance(TimeSpan.FromDays(1));
        (await fixture.BuildAsync()).Title.ShouldBe("Årsredovisning 2024");
        (await fixture.BuildAsync(year: 2025)).Title.ShouldBe("Årsredovisning 2025 hittills");
    }

    [Fact]
    public async Task A_year_that_has_not_begun_is_refused_wherever_it_is_asked_for()
    {
        await using var fixture = await InNovemberAsync();
        const string Says = "2025 har inte börjat, så det finns inget att redovisa. Välj ett år som har börjat.";
        (await Should.ThrowAsync<ReportYearException>(() => fixture.BuildAsync(year: 2025))).Message.ShouldBe(Says);
        var store = new ReportJobStore(fixture.Test.Database);
        (
            await Should.ThrowAsync<RegistrationException>(() =>
                store.RequestAsync(
                    new NewReportJob
                    {
                        ForbundId = fixture.Forbund.Id,
                        Report = "arsredovisning",
                        CalendarYear = 2025,
                        Policy = "minst-5",
                        Actor = "prov",
                    }))).Message.ShouldContain(Says);
        (
            await Should.ThrowAsync<MeasureRequestException>(() =>
                fixture.Test.Database.MeasureAsync(
                    new MeasureRequest
                    {
                        Measure = "ko",
                        ForbundId = fixture.Forbund.Id,
                        From = new(2025, 1, 1),
                        To = new(2025, 12, 31),
                    }))).Message.ShouldBe("Perioden har inte börjat: 2025-01-01 är i framtiden. Välj en period som har börjat.");
    }

    [Fact]
    public async Task A_job_for_a_year_that_had_not_begun_fails_instead_of_making_a_report()
    {
        await using var fixture = await InNovemberAsync();
        var clock = (FixedClock)fixture.Test.Database.Clock;
        var store = new ReportJobStore(fixture.Test.Database);
        clock.Advance(TimeSpan.FromDays(40));
        var id = await store.RequestAsync(
            new NewReportJob
            {
                ForbundId = fixture.Forbund.Id,
                Report = "arsredovisning",
                CalendarYear = 2025,
                Policy = "minst-5",
                Actor = "prov",
            });

        // The host that takes it has the right clock.
        clock.Advance(TimeSpan.FromDays(-40));
        await new ReportWorker(fixture.Test.Database).RunNextAsync();
        (await store.FindAsync(fixture.Forbund.Id, id))!.State.ShouldBe(ReportJobStates.Failed);
    }

    private static async Task<ReportFixture> InNovemberAsync()
    {
        var fixture = await ReportFixture.CreateAsync();
        ((FixedClock)fixture.Test.Database.Clock).Advance(TimeSpan.FromDays(-67));
        await fixture.InsatserAsync("Insam;;individinriktad;individ;nej;2022-01-01;;20", "Steget;;individinriktad;individ;nej;2022-01-01;;20");
        foreach (var year in new[] { 2023, 2024 })
        {
            await fixture.ExitsAsync("Insam", "kvinna", "arbete", 12, year);
            await fixture.ExitsAsync("Insam", "kvinna", "sjukdom", 20, year);
            await fixture.ExitsAsync("Insam", "man", "arbete", 15, year);
            await fixture.ExitsAsync("Insam", "man", "sjukdom", 9, year);
        }

        await fixture.ParticipationsAsync([
            .. Enumerable
                .Range(1, 6)
                .SelectMany(i =>
                    new[]
                    {
                        $"O{i};Insam;kvinna;1990;;2024-09-01;2024-10-0{i};arbete",
                        $"N{i};Insam;man;1990;;2024-09-01;2024-11-0{i};sjukdom",
                        $"Q{i};Insam;man;1990;;;;;2024-11-0{i}",
                    }),
        ]);
        await fixture.BudgetAsync("Insam", 100_000, 90_000);
        await fixture.TargetAsync("deltaganden", 500m);
        await fixture.TargetAsync("ko", 50m, direction: "at_most");
        return fixture;
    }
}
