using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.HeadCounts;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Reporting.UppfoljningFinsam;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Administration;

public sealed class HandOverPageTests
{
    [Fact]
    public async Task The_figures_stand_in_the_order_of_the_national_form_each_to_copy_with_what_must_be_settled_first()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await WithParticipantsAsync(host);
        using var browser = await host.SignInAsync(Role.Administrator);

        var page = await browser.GetAsync($"/f/{host.ForbundId}/uppfoljning-finsam?ar=2024");

        var order = new[]
        {
            "Insatsinriktning Individinriktad",
            "Uppföljningsmetod Deltagare följs individuellt",
            "ESF-finansiering Nej",
            "Budget (kronor) 2360000",
            "Utfall (kronor) gäller inte: fylls i när året är slut",
            "Kvinnor 2",
            "Män 1",
            "Totalt kvinnor och män 3",
        };
        var text = System.Text.RegularExpressions.Regex.Replace(page.Content, "Kopiera [^K]*?, Insam", "");
        order.Select(o => text.IndexOf(o, StringComparison.Ordinal)).ShouldBeInOrder();
        order.ShouldAllBe(o => text.Contains(o));
        page.Html.ShouldContain("data-copy=\"2360000\"");
        page.Content.ShouldContain("Deltagare U1 i Insam, inskriven 2024-02-01: kön saknas");
        page.Content.ShouldContain("Perioden är inte slut");
        (await browser.GetAsync($"/f/{host.ForbundId}/uppfoljning-finsam?ar=2024&halvar=2")).Heading.ShouldBe("Uppföljning Finsam, andra halvåret 2024");
        insats.ShouldBePositive();
    }

    [Fact]
    public async Task What_nobody_has_filled_in_cannot_be_copied_and_has_a_line_that_leads_to_where_it_is_filled_in()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await host.AddInsatsAsync("Dörren", method: "count");
        using var browser = await host.SignInAsync(Role.Administrator);
        var address = $"/f/{host.ForbundId}/uppfoljning-finsam?ar=2024";

        var page = await browser.GetAsync(address);

        page.Content.ShouldNotContain("klara att lämna över");
        page.Content.ShouldContain("Dörren: Antal kvinnor och män är inte ifyllt. Fyll i antal");
        page.Html.ShouldContain($"href=\"/f/{host.ForbundId}/antal?ar=2024\"");
        page.Content.ShouldContain("Dörren: Inte ifyllt: budgeterat antal deltagare och budget. Fyll i budget och utfall");
        page.Html.ShouldContain($"href=\"/f/{host.ForbundId}/insatser/{insats}/budget?ar=2024\"");
        page.Html.ShouldContain($"href=\"/f/{host.ForbundId}/insatser/{insats}/redigera\"");
        page.Html.ShouldNotContain("data-copy=\"0\"");
        page.Content.ShouldContain("Kvinnor inte ifyllt");
        (await browser.GetAsync($"/f/{host.ForbundId}/antal?ar=2024")).Status.ShouldBe(HttpStatusCode.OK);
        var file = await browser.PostFormAsync(address, "value=\"uppfoljning-finsam_deltagaransvarig\"", ("file", "uppfoljning-finsam_deltagaransvarig"));
        file.Html.ShouldContain("Dörren;2024;Helår;;;;;;");

        await host.Get<HeadCountStore>()
            .SetAsync(
                new NewHeadCount
                {
                    ForbundId = host.ForbundId,
                    InsatsId = insats,
                    CalendarYear = 2024,
                    Half = 0,
                    Gender = "woman",
                    NumberOfPeople = 0,
                });
        await host.Get<HeadCountStore>()
            .SetAsync(
                new NewHeadCount
                {
                    ForbundId = host.ForbundId,
                    InsatsId = insats,
                    CalendarYear = 2024,
                    Half = 0,
                    Gender = "man",
                    NumberOfPeople = 0,
                });
        page = await browser.GetAsync(address);
        page.Content.ShouldNotContain("Fyll i antal");
        page.Html.ShouldContain("data-copy=\"0\"");
    }

    [Fact]
    public async Task The_files_are_downloaded_and_each_download_is_recorded()
    {
        await using var host = await WebHost.StartAsync();
        await WithParticipantsAsync(host);
        using var browser = await host.SignInAsync(Role.Administrator);
        var address = $"/f/{host.ForbundId}/uppfoljning-finsam?ar=2024&halvar=1";

        foreach (
            var (file, holds) in new[]
            {
                ("uppfoljning-finsam_forbundsadministrator", "2360000"),
                ("uppfoljning-finsam_deltagaransvarig", "Totalt kvinnor och män"),
                ("uppfoljning-finsam_att-reda-ut", "U1"),
            })
        {
            var answer = await browser.PostFormAsync(address, $"value=\"{file}\"", ("file", file));
            answer.Status.ShouldBe(HttpStatusCode.OK, answer.Content);
            answer.Response.Content.Headers.ContentDisposition!.FileName.ShouldBe($"{file}_2024-halvar-1.csv");
            answer.Html.ShouldContain(holds);
        }

        (await browser.PostFormAsync(address, "name=\"file\"", ("file", "../annat"))).Status.ShouldBe(HttpStatusCode.NotFound);
        await using var session = await host.Database.ReadAsync();
        (await session.QueryAsync<AuditEventRow>("Audit.Events", new { host.ForbundId })).Where(e => e.Entity == "delivery").Select(e => e.Action)
            .ShouldBe(["UppfoljningFinsam.RecordDelivery", "UppfoljningFinsam.RecordDelivery", "UppfoljningFinsam.TakeToSettle"]);
    }

    [Fact]
    public async Task What_is_handed_over_has_a_receipt_and_is_taken_again_as_it_was()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await WithParticipantsAsync(host);
        using var browser = await host.SignInAsync(Role.Administrator);
        var address = $"/f/{host.ForbundId}/uppfoljning-finsam?ar=2024&halvar=1";
        (await browser.GetAsync(address)).Content.ShouldContain("Inget är hämtat eller överlämnat för perioden.");

        var first = await TakeAsync(browser, address, UppfoljningFinsamExport.ParticipantsFile);
        var page = await browser.GetAsync(address);
        page.Content.ShouldContain("Deltagaransvarig");
        page.Content.ShouldContain("Inget fält skiljer sig från det som är hämtat.");
        page.Content.ShouldContain(Convert.ToHexStringLower(SHA256.HashData(first))[..12]);

        // Somebody more, registered late, and a new name.
        await RegisterAsync(host, insats, "K3", "woman");
        await RenameAsync(host, insats, "Insam norr");
        page = await browser.GetAsync(address);
        page.Content.ShouldContain("Insam norr Insats Insam Insam norr Insam norr Kvinnor 2 3 Insam norr Totalt kvinnor och män 3 4");
        page.Content.ShouldContain("Insam norr: insatsens uppgifter är ändrade Insam norr: 1 nytt deltagande");
        page.Content.ShouldContain("Ändrat sedan siffrorna hämtades eller lämnades över: första halvåret 2024 (2 ändringar)");
        page.Html.ShouldContain("Första halvåret (ändrat)");
        page.Html.ShouldNotContain("Andra halvåret (ändrat)");
        page.Content.ShouldNotContain("K3");

        var start = await browser.GetAsync($"/f/{host.ForbundId}");
        start.Content.ShouldContain("Ändrat sedan siffrorna till Uppföljning Finsam hämtades eller lämnades över: första halvåret 2024, 2 ändringar");
        start.Html.ShouldContain($"href=\"/f/{host.ForbundId}/uppfoljning-finsam?ar=2024&amp;halvar=1#kvitton\"");

        // Handed over again: both are there, and each has its own file.
        var second = await TakeAsync(browser, address, UppfoljningFinsamExport.ParticipantsFile);
        (await browser.GetAsync(address)).Content.ShouldContain("(ersatt)");
        (await browser.GetAsync($"/f/{host.ForbundId}")).Content.ShouldNotContain("Ändrat sedan");
        var receipt = $"/f/{host.ForbundId}/uppfoljning-finsam/overlamningar/1";
        page = await browser.GetAsync(receipt);
        page.Heading.ShouldBe("Kvitto: Deltagaransvarig, första halvåret 2024");
        page.Content.ShouldContain("Kvinnor 2 Män 1 Totalt kvinnor och män 3");
        page.Content.ShouldContain(Convert.ToHexStringLower(SHA256.HashData(first)));
        page.Content.ShouldContain("Kvitto 2, hämtad");
        page.Content.ShouldNotContain("Insam norr");
        (await TakeAgainAsync(browser, receipt)).ShouldBe(first);
        (await TakeAgainAsync(browser, $"/f/{host.ForbundId}/uppfoljning-finsam/overlamningar/2")).ShouldBe(second);
        second.ShouldNotBe(first);
        (await browser.GetAsync($"/f/{host.ForbundId}/uppfoljning-finsam/overlamningar/3")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Codes_are_told_to_an_administrator_who_is_caseworker_too_and_reaches_them_and_that_is_in_the_log()
    {
        await using var host = await WebHost.StartAsync();
        var (own, other) = (await WithParticipantsAsync(host), await host.AddInsatsAsync("Vägen in"));
        var address = $"/f/{host.ForbundId}/uppfoljning-finsam?ar=2024&halvar=1";
        using var administrator = await host.SignInAsync(Role.Administrator);
        await TakeAsync(administrator, address, UppfoljningFinsamExport.ParticipantsFile);
        await RegisterAsync(host, own, "K3", "woman");
        await RegisterAsync(host, other, "V1", "man");

        // Works in the insats, but as insatsansvarig: sees no participants anywhere.
        using var manager = await host.SignInAsync(await host.AddUserAsync(host.ForbundId, [Role.Administrator, Role.InsatsManager], own));
        var page = await manager.GetAsync(address);
        page.Content.ShouldContain("Insam: 1 nytt deltagande Vägen in: 1 nytt deltagande");
        page.Content.ShouldNotContain("K3");

        using var both = await host.SignInAsync(await host.AddUserAsync(host.ForbundId, [Role.Administrator, Role.Caseworker], own));
        page = await both.GetAsync(address);
        page.Content.ShouldContain("Insam: 1 nytt deltagande (K3) Vägen in: 1 nytt deltagande");
        page.Content.ShouldNotContain("V1");
        await host.Get<ReadingJournal>().ChainAsync();
        var person = (await host.Get<ParticipantStore>().FindAsync(host.ForbundId, "K3"))!.Id;
        await using var session = await host.Database.ReadAsync();
        (await session.QueryAsync<AuditEventRow>("Audit.Events", new { host.ForbundId })).Last(e => e.Action == "Participants.List").Detail
            .Split(' ')
            .ShouldContain(person.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task The_page_says_what_each_role_fills_in_and_a_structural_insats_is_one_number_of_the_first()
    {
        await using var host = await WebHost.StartAsync();
        await WithParticipantsAsync(host);
        var (_, breakfast) = await host.Get<InsatsStore>().AddBothAsync(
            new NewInsats
            {
                ForbundId = host.ForbundId,
                Name = "Torget – individinriktad",
                Orientation = "individual",
                FollowUpMethod = "count",
                StartsOn = new DateOnly(2024, 1, 1),
            },
            "Torget – strukturövergripande");
        using var browser = await host.SignInAsync(Role.Administrator);
        await browser.PostFormAsync($"/f/{host.ForbundId}/antal?ar=2024", "Spara antalen", ("Input.Counts[3].NumberOfPeople", "240"));
        (await host.Get<HeadCountStore>().OfYearAsync(host.ForbundId, 2024)).Select(h => (h.InsatsId, h.Gender, h.NumberOfPeople))
            .ShouldBe([(breakfast, "unknown", 240)]);

        var page = await browser.GetAsync($"/f/{host.ForbundId}/uppfoljning-finsam?ar=2024");
        page.Content.ShouldContain("som inte går att ha båda i Uppföljning Finsam");
        page.Content.ShouldContain("Ingen som är anställd av förbundet kan vara deltagaransvarig.");
        page.Content.ShouldContain("Förbundet: Tilldelade medel är inte ifyllda. Fyll i medel och eget kapital för förbundet");
        page.Html.ShouldContain($"href=\"/f/{host.ForbundId}/medel?ar=2024\"");
        page.Content.ShouldContain("Ingen av förbundets egna kostnader är markerad som administration. Fyll i förbundets egna kostnader för förbundet");
        page.Content.ShouldNotContain("240 anonyma");
        page.Content.ShouldContain("Antal deltagare (strukturövergripande insats) 240");
        var second = page.Html[page.Html.IndexOf("id=\"deltagaransvarig\"", StringComparison.Ordinal)..];
        second.ShouldContain("Torget – individinriktad");
        second.ShouldNotContain("Torget – strukturövergripande");
        second.ShouldNotContain("240");
    }

    [Fact]
    public async Task What_is_copied_is_handed_over_with_a_receipt_unless_it_has_changed_since_it_was_shown()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await WithParticipantsAsync(host);
        using var browser = await host.SignInAsync(Role.Administrator);
        var address = $"/f/{host.ForbundId}/uppfoljning-finsam?ar=2024&halvar=1";
        var shown = await browser.GetAsync(address);
        await RegisterAsync(host, insats, "K3", "woman");
        // Asked once where something is still to be settled.
        (await browser.PostFormAsync(shown, "value=\"deltagaransvarig\"")).Html.ShouldContain("Kvittot är inte sparat än: något står kvar");
        var page = await browser.PostFormAsync(shown, "value=\"deltagaransvarig\"", ("anda", "true"));
        page.Html.ShouldContain("Siffrorna har ändrats sedan sidan visades");
        page.Content.ShouldContain("Inget är hämtat eller överlämnat för perioden.");

        page = await browser.PostFormAsync(page, "value=\"deltagaransvarig\"", ("anda", "true"));
        page.Html.ShouldContain("Kvitto 1 är sparat: uppgifterna för deltagaransvarig, första halvåret 2024, är överlämnade.");
        page.Content.ShouldContain("Kopierat från sidan");
        page.Content.ShouldContain("Inget fält skiljer sig från det som är överlämnat.");
        page = await browser.GetAsync($"/f/{host.ForbundId}/uppfoljning-finsam/overlamningar/1");
        page.Content.ShouldContain("Kvinnor 3 Män 1");
        page.Content.ShouldNotContain("Jag har lämnat över det här");

        // A file is only taken, until somebody says otherwise.
        await TakeAsync(browser, address, UppfoljningFinsamExport.AdministratorFile);
        page = await browser.GetAsync(address);
        page.Html.ShouldContain("Filen är hämtad, och kvittot på den finns under Hämtat och överlämnat.");
        page.Content.ShouldContain("Inget fält skiljer sig från det som är hämtat.");
        var values = page.Forms.Single(f => f.Html.Contains("Jag har lämnat över den", StringComparison.Ordinal)).Values;
        using var said = new FormUrlEncodedContent(values.Select(v => KeyValuePair.Create(v.Name, v.Value)));
        var answer = await browser.Client.PostAsync(
            new Uri($"/f/{host.ForbundId}/uppfoljning-finsam/overlamningar/2?handler=handover", UriKind.Relative),
            said);
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        page = await browser.GetAsync(address);
        page.Html.ShouldContain("Kvitto 2 är överlämnat: Förbundsadministratör, första halvåret 2024.");
        page.Content.ShouldNotContain("Inget fält skiljer sig från det som är hämtat.");
        (await browser.PostFormAsync(address, "value=\"deltagaransvarig\"", ("role", "ingen"))).Status.ShouldBe(HttpStatusCode.NotFound);
        await using var session = await host.Database.ReadAsync();
        (await session.QueryAsync<AuditEventRow>("Audit.Events", new { host.ForbundId })).Where(e => e.Entity == "delivery").Select(e => e.Action)
            .ShouldBe(["UppfoljningFinsam.Copy", "UppfoljningFinsam.HandOver", "UppfoljningFinsam.RecordDelivery", "UppfoljningFinsam.HandOver"]);
    }

    private static async Task<byte[]> TakeAsync(WebBrowser browser, string address, string file)
    {
        var answer = await browser.PostFormAsync(address, $"value=\"{file}\"", ("file", file));
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Content);
        return await answer.Response.Content.ReadAsByteArrayAsync();
    }

    private static async Task<byte[]> TakeAgainAsync(WebBrowser browser, string receipt)
    {
        var answer = await browser.PostFormAsync(receipt, "Hämta filen igen");
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Content);
        answer.Response.Content.Headers.ContentDisposition!.FileName.ShouldBe("uppfoljning-finsam_deltagaransvarig_2024-halvar-1.csv");
        return await answer.Response.Content.ReadAsByteArrayAsync();
    }

    private static async Task RenameAsync(WebHost host, int insats, string name)
    {
        var row = (await host.Get<InsatsStore>().FindAsync(host.ForbundId, insats))!;
        await host.Get<InsatsStore>()
            .UpdateAsync(
                new InsatsChange
                {
                    ForbundId = host.ForbundId,
                    Id = insats,
                    Version = row.Version,
                    Name = name,
                    Orientation = row.Orientation,
                    SpecificOrientation = row.SpecificOrientation,
                    FollowUpMethod = row.FollowUpMethod,
                    IsEsf = row.IsEsf,
                    StartsOn = row.StartsOn,
                    EndsOn = row.EndsOn,
                    Capacity = row.Capacity,
                });
    }

    private static async Task RegisterAsync(WebHost host, int insats, string code, string gender)
    {
        var id = await host.Get<ParticipantStore>()
            .AddAsync(
                new NewParticipant
                {
                    ForbundId = host.ForbundId,
                    Code = code,
                    Gender = gender,
                    BirthYear = 1990,
                });
        await host.Get<ParticipationStore>()
            .RegisterAsync(
                new NewParticipation
                {
                    ForbundId = host.ForbundId,
                    ParticipantId = id,
                    InsatsId = insats,
                    StartedOn = new DateOnly(2024, 2, 1),
                });
    }

    private static async Task<int> WithParticipantsAsync(WebHost host)
    {
        var insats = await host.AddInsatsAsync();
        await host.Get<InsatsEconomyStore>()
            .SetYearAsync(
                new NewInsatsYear
                {
                    ForbundId = host.ForbundId,
                    InsatsId = insats,
                    CalendarYear = 2024,
                    BudgetKronor = 2_360_000,
                });
        foreach (var (code, gender) in new[] { ("K1", "woman"), ("K2", "woman"), ("M1", "man"), ("U1", "unknown") })
            await RegisterAsync(host, insats, code, gender);
        return insats;
    }
}
