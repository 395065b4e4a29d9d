using System.Net;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.ReportJobs;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Statistics;

/// <summary>What somebody tries who wants to know about one person from statistics without names.</summary>
public sealed class SinglingOutTests
{
    private static readonly string[] s_files = ["kon.csv", "jamforelse.csv", "avslutsorsaker.csv", "laget.csv"];

    [Theory]
    [InlineData(Role.ProcessSupporter, "/f/{0}/statistik?fran=2024-04-08&till=2024-04-08&insats={1}&kon=man")]
    [InlineData(Role.ProcessSupporter, "/f/{0}/statistik?fran=2024-04-08&till=2024-04-08&alder=30-44&kon=man")]
    [InlineData(Role.ProcessSupporter, "/f/{0}/statistik?fran=2024-04-08&till=2024-04-08&kon=man")]
    [InlineData(Role.ProcessSupporter, "/f/{0}/insatser/{1}/statistik?fran=2024-04-08&till=2024-04-08&kon=man&visa=internt&exakt=1")]
    [InlineData(Role.InsatsManager, "/f/{0}/insatser/{1}/statistik?fran=2024-04-08&till=2024-04-08&kon=man")]
    [InlineData(Role.Caseworker, "/f/{0}/insatser/{1}/statistik?fran=2024-04-08&till=2024-04-08&kon=man&insats={1}")]
    public async Task One_insats_one_day_and_one_gender_tell_of_nobody_on_the_page_and_in_its_files(string role, string address)
    {
        await using var host = await WebHost.StartAsync();
        var insats = await Exits.AddAsync(host);
        using var browser = await host.SignInAsync(role, insats);
        var url = string.Format(System.Globalization.CultureInfo.InvariantCulture, address, host.ForbundId, insats);
        var page = await browser.GetAsync(url);
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Content.ShouldNotContain("3 av 4");
        page.Content.ShouldNotContain("av 1 man");
        page.Content.ShouldContain("Tal under 5 är dolda");
        if (url.Contains("insats", StringComparison.Ordinal) || url.Contains("alder", StringComparison.Ordinal))
            page.Content.ShouldContain("1–30\u00A0april 2024");
        var path = url[..url.IndexOf('?', StringComparison.Ordinal)];
        var query = url[url.IndexOf('?', StringComparison.Ordinal)..].Replace("&exakt=1", "", StringComparison.Ordinal);
        foreach (var file in s_files)
        {
            var csv = await browser.GetAsync($"{path}/{file}{query}");
            csv.Response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv", file);
            // The numbers stand before the notes.
            csv.Html.Split("\r\n\r\n")[0]
                .Split('\n')
                .SelectMany(l => l.Split(';'))
                .ShouldNotContain(v => v.Trim() == "3" || v.Trim() == "4" || v.Trim() == "1", file);
        }
    }

    [Fact]
    public async Task A_month_and_the_same_month_with_a_day_more_are_the_same_until_that_month_has_ended()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await Exits.AddAsync(host);
        using var browser = await host.SignInAsync(Role.ProcessSupporter);
        string? before = null;
        foreach (var to in new[] { "2024-04-30", "2024-05-01", "2024-05-08", "2024-05-15" })
        {
            var csv = await browser.GetAsync($"/f/{host.ForbundId}/statistik/jamforelse.csv?fran=2024-04-01&till={to}&insats={insats}");
            before ??= csv.Html;
            csv.Html.ShouldBe(before, to);
        }
    }

    [Fact]
    public async Task The_whole_förbund_asked_for_day_after_day_is_the_same_every_day_of_a_month()
    {
        await using var host = await WebHost.StartAsync();
        await Exits.AddAsync(host);
        using var browser = await host.SignInAsync(Role.ProcessSupporter);
        string? before = null;
        foreach (var day in Enumerable.Range(1, 15))
        {
            var csv = await browser.GetAsync($"/f/{host.ForbundId}/statistik/avslutsorsaker.csv?fran=2022-01-{day:00}&till=2024-04-{day:00}");
            csv.Status.ShouldBe(HttpStatusCode.OK);
            before ??= csv.Html;
            csv.Html.ShouldBe(before, $"{day}");
        }
    }

    [Fact]
    public async Task Who_says_why_sees_small_numbers_for_an_hour_in_that_view_alone_and_the_log_tells()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await Exits.AddAsync(host);
        var user = await host.AddUserAsync(host.ForbundId, [Role.ProcessSupporter]);
        using var browser = await host.SignInAsync(user);
        var view = $"/f/{host.ForbundId}/statistik?fran=2024-04-01&till=2024-04-30&insats={insats}&kon=man";

        foreach (
            var (reason, says) in new[]
            {
                ("", "Ange varför du behöver de exakta talen."),
                ("jo", "Skriv varför med några ord"),
                ("..........", "Skriv varför med ord"),
                ("1234567890", "Skriv varför med ord"),
                ("aaaaaaaaaaaa", "Skriv varför med ord"),
                ("Frågan om 19121212-1212", "Skriv inga personnummer här"),
                ("Frågan om 1912 12 12 12 12", "Skriv inga personnummer här"),
                ("Frågan om 19121212–1212", "Skriv inga personnummer här"),
            })
        {
            var refused = await browser.PostFormAsync(view, ("Skal", reason));
            refused.Errors.ShouldHaveSingleItem().ShouldContain(says);
            refused.Content.ShouldNotContain("3 av 4");
        }

        (await EventsAsync(host)).ShouldBeEmpty();
        var page = await browser.PostFormAsync(view, ("Skal", "Jämför med insatsens egna anteckningar"));
        page.Content.ShouldContain("Exakta tal visas");
        page.Content.ShouldContain("till klockan 13:00");
        page.Content.ShouldContain("3 av 4");
        var told = (await EventsAsync(host)).ShouldHaveSingleItem();
        (told.Actor, told.EntityId).ShouldBe((user.UserName, insats));
        told.Detail.ShouldBe("1–30\u00A0april 2024, Insam, män. Skäl: Jämför med insatsens egna anteckningar");
        AuditWording.Action(told.Action).ShouldBe("Visade exakta tal i statistiken");

        // Its files too, and each is in the log; so is nothing else that is asked for with the same leave.
        var leave = page.Url.Query[page.Url.Query.IndexOf("&exakt=", StringComparison.Ordinal)..];
        (await browser.GetAsync($"/f/{host.ForbundId}/statistik/jamforelse.csv{page.Url.Query}")).Html.ShouldContain(";3;4;");
        (await new AuditStore(host.Database).SearchAsync(host.ForbundId, new AuditFilter { Action = "Board.Save" }, 1, "revisor"))
            .Events.ShouldHaveSingleItem()
            .Detail.ShouldEndWith(" exakta tal");
        await HiddenAsync(browser, view.Replace("&kon=man", "", StringComparison.Ordinal) + leave);
        await HiddenAsync(browser, view.Replace("04-01", "03-01", StringComparison.Ordinal) + leave);
        await HiddenAsync(browser, $"/f/{host.ForbundId}/insatser/{insats}/statistik{page.Url.Query}");
        await HiddenAsync(browser, view + leave[..^4]);
        using (var colleague = await host.SignInAsync(Role.ProcessSupporter))
            await HiddenAsync(colleague, view + leave);
        (await browser.GetAsync(view + leave)).Content.ShouldContain("3 av 4");
        host.Clock.Advance(TimeSpan.FromMinutes(61));
        await browser.SignInAsync(user);
        await HiddenAsync(browser, view + leave);

        static async Task HiddenAsync(WebBrowser browser, string url)
        {
            var page = await browser.GetAsync(url);
            page.Content.ShouldNotContain("3 av 4", customMessage: url);
            page.Content.ShouldContain("skriv skälet igen om du behöver dem", customMessage: url);
        }
    }

    [Fact]
    public async Task A_report_with_exact_numbers_is_made_for_who_says_why_and_the_log_tells()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(Role.ProcessSupporter);
        (string, string)[] order = [("Input.Report", "projektredovisning"), ("Input.CalendarYear", "2023"), ("Input.Policy", "internt")];
        var url = $"/f/{host.ForbundId}/rapporter";
        (await browser.PostFormAsync(url, [.. order, ("Input.Reason", " ")])).Errors.ShouldHaveSingleItem().ShouldBe("Ange varför du behöver de exakta talen.");
        (await host.Get<ReportJobStore>().OfForbundAsync(host.ForbundId)).ShouldBeEmpty();
        (await browser.PostFormAsync(url, [.. order, ("Input.Reason", "Underlag till revisionen")])).Content.ShouldContain("är beställd");
        (await new AuditStore(host.Database).SearchAsync(host.ForbundId, new AuditFilter { Action = "ReportJobs.Request" }, 1, "revisor")).Events
            .ShouldHaveSingleItem().Detail.ShouldBe("projektredovisning 2023 internt. Skäl: Underlag till revisionen");
    }

    [Fact]
    public async Task A_report_with_exact_numbers_is_fetched_only_by_the_one_whose_reason_is_in_the_log()
    {
        await using var host = await WebHost.StartAsync();
        using var theirs = await host.SignInAsync(Role.ProcessSupporter);
        using var colleague = await host.SignInAsync(Role.ProcessSupporter);
        (string, string)[] order =
        [
            ("Input.Report", "projektredovisning"),
            ("Input.CalendarYear", "2023"),
            ("Input.Policy", "internt"),
            ("Input.Reason", "Underlag till revisionen"),
        ];
        var url = $"/f/{host.ForbundId}/rapporter";
        await theirs.PostFormAsync(url, order);
        var store = host.Get<ReportJobStore>();
        ReportJobRow job;
        while (!(job = (await store.OfForbundAsync(host.ForbundId)).Single()).IsOver)
            await Task.Delay(100);
        foreach (var file in new[] { "alla", "1", "2" })
        {
            var refused = await colleague.GetAsync($"{url}/{job.Id}/{file}");
            refused.Url.AbsolutePath.ShouldBe(url, file);
            refused.Content.ShouldContain("kan bara hämtas av den som beställde den");
        }

        (await colleague.GetAsync(url)).Html.ShouldNotContain($"{url}/{job.Id}/");
        (await host.SqlAsync("SELECT detail FROM audit_event WHERE action = 'ReportJobs.Download'")).ShouldBeEmpty();
        (await theirs.GetAsync($"{url}/{job.Id}/1")).Status.ShouldBe(HttpStatusCode.OK);
        (await host.SqlAsync("SELECT detail FROM audit_event WHERE action = 'ReportJobs.Download'")).ShouldHaveSingleItem().ShouldEndWith(", exakta tal");

        // Who needs it too says why for themselves.
        (await colleague.PostFormAsync(url, order)).Content.ShouldContain("är beställd");
        (await store.OfForbundAsync(host.ForbundId)).Count.ShouldBe(2);
    }

    private static async Task<IReadOnlyList<AuditFoundRow>> EventsAsync(WebHost host) =>
        (await new AuditStore(host.Database).SearchAsync(host.ForbundId, new AuditFilter { Action = "Board.ShowExact" }, 1, "revisor")).Events;
}
