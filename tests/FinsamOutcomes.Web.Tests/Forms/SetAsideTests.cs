using System.Net;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using FinsamOutcomes.Web.Tests.Hosting;
using FinsamOutcomes.Web.Tests.Participants;

namespace FinsamOutcomes.Web.Tests.Forms;

/// <summary>What a form leads to has an address that can be opened again, by the same user for a while, and that tells nothing.</summary>
public sealed class SetAsideTests
{
    [Fact]
    public async Task A_search_can_be_opened_again_and_two_tabs_never_mix()
    {
        await using var people = await People.StartAsync();
        await people.AddAsync("A1", name: "Elin Provsson");
        await people.AddAsync("A2", name: "Elis Provsson");
        await people.AddAsync("B1", name: "Maja Testsson");
        await people.AddAsync("B2", name: "Mira Testsson");

        var first = await SearchAsync(people.Browser, people, "provsson");
        var second = await SearchAsync(people.Browser, people, "testsson");
        first.Url.Query.ShouldNotContain("provsson", Case.Insensitive);
        first.Url.Query.ShouldMatch(@"^\?sokning=[A-Za-z0-9_-]{20,}$");
        (await people.Browser.GetAsync(first.Url.PathAndQuery)).Content.ShouldContain("Elin Provsson");
        var again = await people.Browser.GetAsync(second.Url.PathAndQuery);
        again.Content.ShouldContain("Maja Testsson");
        again.Content.ShouldNotContain("Provsson");
    }

    [Fact]
    public async Task A_search_is_gone_after_a_while_after_signing_out_and_for_everybody_else()
    {
        await using var people = await People.StartAsync();
        await people.AddAsync("A1", name: "Elin Provsson");
        await people.AddAsync("A2", name: "Elis Provsson");
        var found = (await SearchAsync(people.Browser, people, "provsson")).Url.PathAndQuery;

        // Somebody else in the same insats, with the address and the cookie.
        using var other = await people.Host.SignInAsync(await people.Host.AddUserAsync(people.Host.ForbundId, [Role.Caseworker], people.Own));
        foreach (Cookie cookie in people.Browser.Cookies.GetCookies(people.Host.Address))
        {
            if (cookie.Name.StartsWith("finsam-kvar", StringComparison.Ordinal))
                other.Cookies.Add(people.Host.Address, new Cookie(cookie.Name, cookie.Value));
        }

        ShouldBeGone(await other.GetAsync(found));
        ShouldBeGone(await people.Browser.GetAsync(found + "x"));
        // Under another key or on another page it is nothing.
        (await people.Browser.GetAsync(found.Replace("/sok?", "?", StringComparison.Ordinal))).Html.ShouldNotContain("value=\"provsson\"");

        people.Host.Clock.Advance(SetAside.Lasts + TimeSpan.FromMinutes(1));
        ShouldBeGone(await people.Browser.GetAsync(found));
        var later = (await SearchAsync(people.Browser, people, "provsson")).Url.PathAndQuery;
        (await people.Browser.GetAsync(later)).Content.ShouldContain("Elin Provsson");
        await people.Browser.PostFormAsync(people.Root, "logga-ut");
        await people.Browser.SignInAsync(people.Caseworker);
        ShouldBeGone(await people.Browser.GetAsync(later));

        static void ShouldBeGone(WebPage page)
        {
            page.Status.ShouldBe(HttpStatusCode.OK);
            page.Content.ShouldContain("Sökningen visas inte längre");
            page.Html.ShouldNotContain("Provsson", Case.Insensitive);
        }
    }

    [Fact]
    public async Task Many_searches_and_long_ones_leave_few_cookies()
    {
        await using var people = await People.StartAsync();
        for (var i = 0; i < 8; i++)
            await SearchAsync(people.Browser, people, $"prov{i}");
        (await SearchAsync(people.Browser, people, new string('å', 5_000))).Status.ShouldBe(HttpStatusCode.OK);
        people
            .Browser.Cookies.GetCookies(people.Host.Address)
            .Count(c => c.Name.StartsWith("finsam-kvar", StringComparison.Ordinal))
            .ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public async Task The_search_of_the_log_has_an_address_that_tells_nothing()
    {
        await using var people = await People.StartAsync();
        await people.AddAsync("A1", name: "Elin Provsson");
        using var auditor = await people.Host.SignInAsync(Role.Auditor);
        var found = await auditor.PostFormAsync($"{people.Root}/logg", "Input.Participant\"", ("Input.Participant", "A1"));
        found.Url.Query.ShouldMatch(@"^\?sokning=[A-Za-z0-9_-]{20,}$");
        found.Content.ShouldContain("händelser");
        (await auditor.GetAsync(found.Url.PathAndQuery)).Html.ShouldContain("value=\"A1\"");
        (await auditor.GetAsync($"{people.Root}/logg?sokning=nej")).Content.ShouldContain("Sökningen visas inte längre");
    }

    [Fact]
    public async Task A_link_that_was_made_can_be_seen_again_for_a_while_by_the_one_who_made_it()
    {
        await using var host = await WebHost.StartAsync();
        using var administrator = await host.SignInAsync(Role.Administrator);
        var users = $"/f/{host.ForbundId}/anvandare";
        var made = await administrator.PostFormAsync(
            users,
            "Input.UserName",
            ("Input.DisplayName", "Prov Ett"),
            ("Input.UserName", "prov-ett@exempel.invalid"),
            ("Input.Roles", Role.Auditor));
        made.Url.Query.ShouldStartWith("?lank=");
        made.Content.ShouldContain("Länk att skicka till Prov Ett");
        var link = Link(made);
        Link(await administrator.GetAsync(made.Url.PathAndQuery)).ShouldBe(link);
        (await host.Open().GetAsync(link)).Content.ShouldContain("lösenord");

        var renewed = await administrator.PressAsync(await administrator.GetAsync(users), "Gör en ny länk");
        renewed.Content.ShouldContain("Länk att skicka till Prov Ett");
        Link(renewed).ShouldNotBe(link);

        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        var reset = await administrator.PostFormAsync($"{users}/{user.Id}", "handler=Reset");
        reset.Url.AbsolutePath.ShouldBe($"{users}/{user.Id}");
        Link(await administrator.GetAsync(reset.Url.PathAndQuery)).ShouldBe(Link(reset));

        using var other = await host.SignInAsync(Role.Administrator);
        (await other.GetAsync(made.Url.PathAndQuery)).Content.ShouldContain("Länken eller koden visas inte längre");
        host.Clock.Advance(SetAside.Lasts + TimeSpan.FromMinutes(1));
        (await administrator.GetAsync(reset.Url.PathAndQuery)).Content.ShouldContain("Länken eller koden visas inte längre");

        static string Link(WebPage page) => System.Text.RegularExpressions.Regex.Match(page.Html, "id=\"lank\">([^<]+)<").Groups[1].Value;
    }

    private static Task<WebPage> SearchAsync(WebBrowser browser, People people, string text) =>
        browser.PostFormAsync($"{people.Root}/deltagare", "deltagare/sok", ("Text", text));
}
