using System.Net;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Data.ReportJobs;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Statistics;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Browser;
using FinsamOutcomes.Web.Tests.Hosting;
using FinsamOutcomes.Web.Tests.Statistics;
using Microsoft.Playwright;

namespace FinsamOutcomes.Web.Tests.Publications;

/// <summary>What has been published: opened, compared with the register, followed to the rows, replaced.</summary>
public sealed class PublicationPagesTests(Chromium chromium)
{
    [Fact]
    public async Task A_publication_is_opened_compared_and_followed_to_the_rows_behind_its_numbers()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await Exits.AddAsync(host);
        var id = await PublishAsync(host);
        var late = await RegisterLateAsync(host, insats);
        await using var window = await chromium.WindowAsync(host.Address);
        var user = await host.AddUserAsync(host.ForbundId, [Role.ProcessSupporter, Role.Caseworker], insats);
        var page = await SignInAsync(window, user);

        await page.GotoAsync($"/f/{host.ForbundId}/publiceringar");
        await page.ShouldBeSeenByAllAsync("publiceringar");
        await page.Locator($"#publicering-{id}").ClickAsync();
        await page.ShouldBeSeenByAllAsync("publicering");

        await page.GetByText("Jämför med registret i dag").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Jämför", Exact = true }).ClickAsync();
        await page.ShouldBeSeenByAllAsync("publicering-jamfor-skal");
        await page.GetByLabel("Varför behöver du jämföra?").FillAsync("Följer upp en rättelse");
        await page.GetByRole(AriaRole.Button, new() { Name = "Jämför", Exact = true }).ClickAsync();
        await page.ShouldBeSeenByAllAsync("publicering-jamfor");
        (await page.Locator("main").InnerTextAsync()).ShouldContain(late);
        await page.Locator("tr", new() { HasText = "Deltaganden: Deltagande i perioden" }).Filter(new() { HasText = "Insam" }).GetByRole(AriaRole.Link).ClickAsync();
        await page.ShouldBeSeenByAllAsync("publicering-tal-rader");
        var number = await page.Locator("main").InnerTextAsync();
        number.ShouldContain(late);
        number.ShouldContain("17 deltaganden i dina insatser");

        await page.GotoAsync($"/f/{host.ForbundId}/publiceringar/{id}/tal?matt=positiva-avslut");
        await page.ShouldBeSeenByAllAsync("publicering-tal");
    }

    [Fact]
    public async Task Rows_and_codes_are_seen_by_the_caseworker_of_the_insats_and_by_nobody_else()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await Exits.AddAsync(host);
        var id = await PublishAsync(host);
        var late = await RegisterLateAsync(host, insats);
        var other = await host.AddInsatsAsync("Vägen in");
        var root = $"/f/{host.ForbundId}/publiceringar/{id}";
        using var supporter = await host.SignInAsync(Role.ProcessSupporter);
        using var stranger = host.Open();
        await stranger.SignInAsync(await host.AddUserAsync(host.ForbundId, [Role.ProcessSupporter, Role.Caseworker], other));

        foreach (var browser in new[] { supporter, stranger })
        {
            (await browser.GetAsync($"{root}/jamfor")).Content.ShouldNotContain("nytt deltagande");
            var compared = await browser.PostFormAsync($"{root}/jamfor", ("Reason", "Följer upp en rättelse"));
            compared.Content.ShouldContain("Insam: 1 nytt deltagande");
            compared.Content.ShouldNotContain(late);
            var all = await host.SqlAsync($"SELECT MIN(c.ordinal) FROM publication_cell c WHERE c.publication_id = {id} AND c.statistic = 'in_period' AND c.value = 16");
            var number = await browser.GetAsync($"{root}/tal/{all.Single()}");
            number.Content.ShouldContain(browser == supporter ? "ser bara den som är handläggare" : "Inget av deltagandena hör till dina insatser.");
            number.Content.ShouldNotContain(late);
            number.Content.ShouldNotContain("P1<");
        }
    }

    [Fact]
    public async Task Files_of_a_kept_publication_are_those_that_were_made()
    {
        await using var host = await WebHost.StartAsync();
        await Exits.AddAsync(host);
        var store = host.Get<PublicationStore>();
        var built = await BuildAsync(host, PublicationPolicy.Minst5);
        var id = await store.KeepAsync(built.ToKeep("prov", reason: null, replacesId: null));
        var files = ReportFiles.Make(built.Document, "arsredovisning-2024");
        using var browser = await host.SignInAsync(Role.ProcessSupporter);

        foreach (var format in new[] { "docx", "xlsx", "html" })
        {
            using var answer = await browser.Client.GetAsync(new Uri($"/f/{host.ForbundId}/publiceringar/{id}/fil/{format}", UriKind.Relative));
            answer.Content.Headers.ContentDisposition!.FileName!.Trim('"').ShouldBe($"arsredovisning-2024.{format}");
            (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(files.Single(f => f.Name.EndsWith(format, StringComparison.Ordinal)).Content, format);
        }

        (await browser.GetAsync($"/f/{host.ForbundId}/publiceringar/{id}/fil/exe")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.GetAsync($"/f/{host.ForbundId}/publiceringar/{id + 1}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Exact_numbers_are_opened_by_the_one_who_gave_the_reason_and_a_changed_publication_by_nobody()
    {
        await using var host = await WebHost.StartAsync();
        await Exits.AddAsync(host);
        var mine = await host.AddUserAsync(host.ForbundId, [Role.ProcessSupporter]);
        var store = host.Get<PublicationStore>();
        var id = await store.KeepAsync((await BuildAsync(host, PublicationPolicy.Internt)).ToKeep(mine.UserName, "Underlag till styrelsen", replacesId: null));
        var root = $"/f/{host.ForbundId}/publiceringar/{id}";
        using var me = await host.SignInAsync(mine);
        using var other = await host.SignInAsync(Role.ProcessSupporter);

        (await me.GetAsync($"{root}/tal?matt=positiva-avslut")).Content.ShouldContain("3 av 4");
        foreach (var address in new[] { root, $"{root}/tal", $"{root}/tal/1", $"{root}/jamfor", $"{root}/fil/html" })
        {
            var page = await other.GetAsync(address);
            page.Content.ShouldContain("kan bara öppnas av den som gjorde den", customMessage: address);
            page.Content.ShouldNotContain("3 av 4");
        }

        await host.SqlAsync($"UPDATE publication_cell SET value = 5 WHERE publication_id = {id} AND ordinal = 1");
        foreach (var address in new[] { root, $"{root}/tal", $"{root}/tal/1", $"{root}/jamfor", $"{root}/fil/html" })
            (await me.GetAsync(address)).Content.ShouldContain("kontrollsumman stämmer inte", customMessage: address);
    }

    [Fact]
    public async Task A_publication_is_replaced_by_a_new_one_and_both_are_listed()
    {
        await using var host = await WebHost.StartAsync();
        await Exits.AddAsync(host);
        var id = await PublishAsync(host);
        using var browser = await host.SignInAsync(Role.ProcessSupporter);
        var root = $"/f/{host.ForbundId}/publiceringar";

        var ordered = await browser.PostFormAsync($"{root}/{id}");
        ordered.Content.ShouldContain($"ersätter sedan nr {id}.");
        for (var i = 0; i < 300 && (await host.Get<PublicationStore>().OfForbundAsync(host.ForbundId)).Count < 2; i++)
            await Task.Delay(200);

        var list = await browser.GetAsync(root);
        list.Content.ShouldContain($"Ersatt av nr {id + 1}");
        list.Content.ShouldContain($", ersätter nr {id}");
        (await browser.GetAsync($"/f/{host.ForbundId}/rapporter")).Content.ShouldNotContain("Ersatt", customMessage: "the one that replaces it holds");
        var old = await browser.GetAsync($"{root}/{id}");
        old.Content.ShouldContain($"Publiceringen är ersatt av nr {id + 1}");
        old.Content.ShouldNotContain("Gör om och ersätt");
    }

    [Fact]
    public async Task A_publication_is_reviewed_before_it_is_spread_beside_those_that_readers_have()
    {
        await using var host = await WebHost.StartAsync();
        await Exits.AddAsync(host);
        var store = host.Get<PublicationStore>();
        var first = (await BuildAsync(host, PublicationPolicy.Minst5)).ToKeep("prov", reason: null, replacesId: null);
        var id = await store.KeepAsync(first);
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await SignInAsync(window, await host.AddUserAsync(host.ForbundId, [Role.ProcessSupporter]));
        await page.GotoAsync($"/f/{host.ForbundId}/publiceringar/{id}");

        await page.GetByRole(AriaRole.Link, new() { Name = "Granska innan den sprids" }).ClickAsync();
        await page.ShouldBeSeenByAllAsync("publicering-granska");
        await page.GetByRole(AriaRole.Button, new() { Name = "Granska" }).ClickAsync();
        await page.ShouldBeSeenByAllAsync("publicering-granskad");
        (await page.Locator("#svar").InnerTextAsync()).ShouldContain("varje dolt tal har minst tre möjliga värden");

        // Another report that tells what the first hides, as none should.
        var open = (await BuildAsync(host, PublicationPolicy.Internt, "projektredovisning")).ToKeep("prov", "Underlag till styrelsen", replacesId: null);
        var second = await store.KeepAsync(first with { Report = "projektredovisning", Title = "Projektredovisning 2024", Document = open.Document });
        await page.GotoAsync($"/f/{host.ForbundId}/publiceringar/{second}/granska");
        await page.GetByRole(AriaRole.Button, new() { Name = "Granska" }).ClickAsync();
        await page.ShouldBeSeenByAllAsync("publicering-granskad-rojd");
        var answer = await page.Locator("main").InnerTextAsync();
        answer.ShouldContain("går att räkna ut exakt");
        answer.ShouldContain("Sprid inte rapporten som den är.");
        answer.ShouldContain($"(nr {id}): Word");
    }

    [Fact]
    public async Task What_may_not_be_opened_or_has_another_protection_is_not_replaced_either()
    {
        await using var host = await WebHost.StartAsync();
        await Exits.AddAsync(host);
        var store = host.Get<PublicationStore>();
        var exact = await store.KeepAsync((await BuildAsync(host, PublicationPolicy.Internt)).ToKeep("annan", "Underlag till styrelsen", replacesId: null));
        var rounded = await store.KeepAsync((await BuildAsync(host, PublicationPolicy.AvrundatTill5)).ToKeep("annan", "Underlag till styrelsen", replacesId: null));
        using var browser = await host.SignInAsync(Role.ProcessSupporter);

        foreach (var id in new[] { exact, rounded })
        {
            (await browser.GetAsync($"/f/{host.ForbundId}/publiceringar/{id}")).Content.ShouldNotContain("Gör om och ersätt");
            using var form = new FormUrlEncodedContent(
            [
                new("__RequestVerificationToken", (await browser.GetAsync("/konto")).Forms.SelectMany(f => f.Values).First(v => v.Name == "__RequestVerificationToken").Value),
                new("Reason", "Behöver talen till styrelsen"),
            ]);
            using var answer = await browser.Client.PostAsync(new Uri($"/f/{host.ForbundId}/publiceringar/{id}", UriKind.Relative), form);
        }

        (await host.Get<ReportJobStore>().OfForbundAsync(host.ForbundId)).ShouldBeEmpty();
    }

    private static async Task<IPage> SignInAsync(IBrowserContext window, TestUser user)
    {
        var page = await window.NewPageAsync();
        await page.SignInAsync(user);
        return page;
    }

    private static Task<BuiltReport> BuildAsync(WebHost host, PublicationPolicy policy, string report = "arsredovisning") => new ReportBuilder(host.Database).BuildAsync(new()
    {
        Forbund = new() { Id = host.ForbundId, Name = "Samordningsförbundet Prov", IsDemo = true },
        Definition = ReportDefinition.Load(report),
        Year = 2024,
        Policy = policy,
    });

    private static async Task<int> PublishAsync(WebHost host) =>
        await host.Get<PublicationStore>().KeepAsync((await BuildAsync(host, PublicationPolicy.Minst5)).ToKeep("prov", reason: null, replacesId: null));

    // A thirteenth woman who was there all the time.
    private static async Task<string> RegisterLateAsync(WebHost host, int insats)
    {
        var person = await host.Get<ParticipantStore>().AddAsync(new() { ForbundId = host.ForbundId, Code = "SEN-13", Gender = "woman", BirthYear = 1990 });
        await host.Get<ParticipationStore>().RegisterAsync(
            new NewParticipation { ForbundId = host.ForbundId, ParticipantId = person, InsatsId = insats, StartedOn = new(2024, 3, 1) });
        return "SEN-13";
    }
}
