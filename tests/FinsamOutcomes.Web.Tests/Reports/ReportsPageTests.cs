using System.IO.Compression;
using System.Net;
using DocumentFormat.OpenXml.Packaging;
using FinsamOutcomes.Data.ReportJobs;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Reports;

public sealed class ReportsPageTests
{
    [Fact]
    public async Task A_report_is_ordered_made_by_any_host_and_downloaded_from_another()
    {
        await using var host = await WebHost.StartAsync();
        await using var second = await WebHost.StartAsync(beside: host);
        await host.AddInsatsAsync();
        using var browser = await host.SignInAsync(Role.ProcessSupporter);
        var url = $"/f/{host.ForbundId}/rapporter";
        (string, string)[] order = [("Input.Report", "projektredovisning"), ("Input.CalendarYear", "2024"), ("Input.Policy", "minst-5")];
        var ordered = await browser.PostFormAsync(url, order);
        ordered.Content.ShouldContain("Projektredovisning 2024 är beställd. Du kan lämna sidan");

        var page = await UntilAsync(browser, url, p => p.Content.Contains("Klar 2024-05-15", StringComparison.Ordinal));
        page.Html.ShouldNotContain("data-refresh");
        var store = second.Get<ReportJobStore>();
        var job = (await store.OfForbundAsync(host.ForbundId)).ShouldHaveSingleItem();

        using var other = second.Open();
        await other.SignInAsync(await host.AddUserAsync(host.ForbundId, [Role.ProcessSupporter]));
        using var answer = await other.Client.GetAsync(new Uri($"{url}/{job.Id}/1", UriKind.Relative));
        answer.Content.Headers.ContentDisposition!.FileName!.Trim('"').ShouldBe("projektredovisning-2024.docx");
        using (var word = WordprocessingDocument.Open(new MemoryStream(await answer.Content.ReadAsByteArrayAsync()), isEditable: false))
            word.MainDocumentPart!.Document.InnerText.ShouldContain("Projektredovisning 2024");
        using var zipped = await other.Client.GetAsync(new Uri($"{url}/{job.Id}/alla", UriKind.Relative));
        using var zip = new ZipArchive(new MemoryStream(await zipped.Content.ReadAsByteArrayAsync()));
        zip.Entries.Select(e => e.FullName).ShouldContain("projektredovisning-2024.xlsx");
        (await other.GetAsync($"{url}/{job.Id}/9999")).Status.ShouldBe(HttpStatusCode.NotFound);

        (await browser.PostFormAsync(url, "handler=Delete")).Content.ShouldContain("Rapporten är borttagen.");
        (await store.OfForbundAsync(host.ForbundId)).ShouldBeEmpty();

        // What it told is kept: a second one of the year is not made before it is said what becomes of the first.
        var asked = await browser.PostFormAsync(url, order);
        asked.Errors.ShouldHaveSingleItem().ShouldContain("finns redan, som publicering nr");
        (await store.OfForbundAsync(host.ForbundId)).ShouldBeEmpty();
        await browser.PostFormAsync(asked, "Input.Earlier", ("Input.Earlier", "ersatt"));
        (await store.OfForbundAsync(host.ForbundId)).ShouldHaveSingleItem().ReplacesPublicationId.ShouldBe(job.PublicationId);
    }

    [Fact]
    public async Task A_report_that_is_being_made_shows_how_far_it_has_come_with_and_without_JavaScript()
    {
        await using var host = await WebHost.StartAsync();
        var store = host.Get<ReportJobStore>();
        await store.RequestAsync(
            new NewReportJob
            {
                ForbundId = host.ForbundId,
                Report = "arsredovisning",
                CalendarYear = 2023,
                Policy = "internt",
                Reason = "Underlag till styrelsen",
                Actor = "anna",
            });
        using var browser = await host.SignInAsync(Role.ProcessSupporter);

        // Either this host's worker makes it while we look, or it still waits.
        var page = await browser.GetAsync($"/f/{host.ForbundId}/rapporter");
        if (!page.Content.Contains("Klar 2024", StringComparison.Ordinal))
        {
            page.Html.ShouldContain("data-refresh=\"2\"");
            page.Html.ShouldContain("<noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>");
        }

        page.Content.ShouldContain("Internt underlag");
        (
            await UntilAsync(browser, $"/f/{host.ForbundId}/rapporter", p => p.Content.Contains("Klar 2024-05-15", StringComparison.Ordinal))
        ).Content.ShouldContain("Årsredovisning 2023");
    }

    [Fact]
    public async Task A_report_that_failed_shows_the_number_of_the_log()
    {
        await using var host = await WebHost.StartAsync();
        await host.Get<ReportJobStore>()
            .RequestAsync(
                new NewReportJob
                {
                    ForbundId = host.ForbundId,
                    Report = "finns-inte",
                    CalendarYear = 2023,
                    Policy = "minst-5",
                    Actor = "anna",
                });
        using var browser = await host.SignInAsync(Role.ProcessSupporter);
        var page = await UntilAsync(browser, $"/f/{host.ForbundId}/rapporter", p => p.Content.Contains("kunde inte göras", StringComparison.Ordinal));
        var job = (await host.Get<ReportJobStore>().OfForbundAsync(host.ForbundId)).Single();
        page.Content.ShouldContain($"uppge referensnumret {job.ErrorReference}");
        page.Content.ShouldContain("Beställ igen");
    }

    [Fact]
    public async Task A_report_that_is_already_in_the_making_is_not_made_twice()
    {
        await using var host = await WebHost.StartAsync();
        var store = host.Get<ReportJobStore>();
        using var browser = await host.SignInAsync(Role.ProcessSupporter);
        var url = $"/f/{host.ForbundId}/rapporter";

        // Ahead of them in the queue, so that they still wait when they are ordered again.
        for (var year = 2001; year <= 2006; year++)
            await store.RequestAsync(
                new NewReportJob
                {
                    ForbundId = host.ForbundId,
                    Report = "arsredovisning",
                    CalendarYear = year,
                    Policy = "minst-5",
                    Actor = "anna",
                });
        (string, string)[] order = [("Input.Report", "projektredovisning"), ("Input.CalendarYear", "2024"), ("Input.Policy", "minst-5")];
        await browser.PostFormAsync(url, order);
        (await browser.PostFormAsync(url, order)).Content.ShouldContain("Projektredovisning 2024 är redan beställd och görs nu.");
        (await browser.PostFormAsync(url, [.. order[..2], ("Input.Policy", "internt"), ("Input.Reason", "Underlag till styrelsen")])).Content.ShouldContain(
            "Projektredovisning 2024 är beställd.");
        (await store.OfForbundAsync(host.ForbundId)).Count(j => j.Report == "projektredovisning").ShouldBe(2);
    }

    [Theory]
    [InlineData("", "2024", "Välj vilken rapport du vill ha.")]
    [InlineData("arsredovisning", "i år", "Ange ett år med fyra siffror, till exempel 2024.")]
    [InlineData("arsredovisning", "1789", "Ange ett år från 1990 till 2059.")]
    [InlineData("arsredovisning", "2025", "2025 har inte börjat, så det finns inget att redovisa. Välj ett år som har börjat.")]
    public async Task What_cannot_be_ordered_is_told_beside_its_field(string report, string year, string says)
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(Role.ProcessSupporter);
        var page = await browser.PostFormAsync(
            $"/f/{host.ForbundId}/rapporter",
            ("Input.Report", report),
            ("Input.CalendarYear", year),
            ("Input.Policy", "minst-5"));
        page.Errors.ShouldBe([says]);
        (await host.Get<ReportJobStore>().OfForbundAsync(host.ForbundId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_report_of_rounded_numbers_is_not_made_whoever_asks_for_it()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(Role.ProcessSupporter);
        (string, string)[] order = [("Input.Report", "projektredovisning"), ("Input.CalendarYear", "2023"), ("Input.Policy", "avrundat-till-5")];
        var page = await browser.PostFormAsync($"/f/{host.ForbundId}/rapporter", order);
        page.Errors.ShouldHaveSingleItem().ShouldStartWith("Avrundat till 5 går inte att välja längre");
        page.Html.ShouldNotContain("value=\"avrundat-till-5\"");
        (await host.Get<ReportJobStore>().OfForbundAsync(host.ForbundId)).ShouldBeEmpty();
    }

    private static async Task<WebPage> UntilAsync(WebBrowser browser, string url, Func<WebPage, bool> isThere)
    {
        for (var tries = 0; tries < 300; tries++)
        {
            var page = await browser.GetAsync(url);
            if (isThere(page))
                return page;
            await Task.Delay(200);
        }

        throw new TimeoutException($"{url} never showed what was waited for.");
    }
}
