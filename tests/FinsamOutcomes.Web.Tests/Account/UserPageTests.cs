using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Account;

public sealed class UserPageTests
{
    [Fact]
    public async Task The_second_of_two_who_save_sees_what_the_roles_are_now_and_can_save_again()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await host.AddInsatsAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        var address = $"/f/{host.ForbundId}/anvandare/{user.Id}";
        using var first = await host.SignInAsync(Role.Administrator);
        using var second = await host.SignInAsync(Role.Administrator);
        var opened = await second.GetAsync(address);
        (await first.PostFormAsync(address, null, ("Input.Roles", Role.InsatsManager), ("Input.InsatsIds", $"{insats}"))).Content.ShouldContain(
            "Rollerna är sparade");

        var refused = await second.PostFormAsync(opened, null, ("Input.Roles", Role.ProcessSupporter));
        refused.Content.ShouldContain("Någon annan har ändrat användaren");
        refused.Content.ShouldContain("Roller: Insatsansvarig");
        refused.Content.ShouldContain("Egna insatser: Insam");
        (await RolesAsync(host, user)).ShouldBe([Role.InsatsManager]);

        // What was ticked is still ticked: nothing to do but to save.
        (await second.PostFormAsync(refused, "Input.Roles")).Content.ShouldContain("Rollerna är sparade");
        (await RolesAsync(host, user)).ShouldBe([Role.ProcessSupporter]);
    }

    [Fact]
    public async Task An_action_that_is_refused_leaves_the_ticks_as_they_are_saved()
    {
        await using var host = await WebHost.StartAsync();
        var only = await host.AddUserAsync(host.ForbundId, [Role.Administrator, Role.ProcessSupporter]);
        using var browser = await host.SignInAsync(only);
        var refused = await browser.PostFormAsync($"/f/{host.ForbundId}/anvandare/{only.Id}", "Deactivate");
        refused.Content.ShouldContain("minst en aktiv förbundsadministratör");
        refused.Forms.First(f => f.Names.Contains("Input.Roles")).Values.Where(v => v.Name == "Input.Roles").Select(v => v.Value)
            .ShouldBe([Role.ProcessSupporter, Role.Administrator], ignoreOrder: true);
    }

    [Fact]
    public async Task An_administrator_who_gives_away_the_role_comes_to_the_start_page()
    {
        await using var host = await WebHost.StartAsync();
        await host.AddUserAsync(host.ForbundId, [Role.Administrator]);
        var user = await host.AddUserAsync(host.ForbundId, [Role.Administrator]);
        using var browser = await host.SignInAsync(user);
        var page = await browser.PostFormAsync($"/f/{host.ForbundId}/anvandare/{user.Id}", "Input.Roles", ("Input.Roles", Role.ProcessSupporter));
        (page.Url.AbsolutePath, page.Status).ShouldBe(($"/f/{host.ForbundId}", System.Net.HttpStatusCode.OK));
        page.Content.ShouldContain("Rollerna är sparade");
    }

    [Fact]
    public async Task A_name_is_changed_a_locked_account_opened_and_what_locks_somebody_out_is_asked_about_first()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Caseworker]);
        var address = $"/f/{host.ForbundId}/anvandare/{user.Id}";
        using var browser = await host.SignInAsync(Role.Administrator);
        (await browser.PostFormAsync(address, ("DisplayName", "  "))).Errors.ShouldHaveSingleItem();
        var renamed = await browser.PostFormAsync(address, ("DisplayName", "Prov Nygift"));
        (renamed.Heading, renamed.Content).ShouldSatisfyAllConditions(p => p.Heading.ShouldBe("Prov Nygift"), p => p.Content.ShouldContain("Namnet är sparat"));

        await host.Get<AccountStore>().SetLockoutAsync(user.Id, host.Clock.GetUtcNow().UtcDateTime.AddMinutes(10));
        var locked = await browser.GetAsync(address);
        locked.Content.ShouldContain("Låst efter felaktiga försök");
        (await browser.PressAsync(locked, "Lås upp kontot")).Content.ShouldContain("Kontot är upplåst");
        using var theirs = await host.SignInAsync(user);

        (await browser.PressAsync(await browser.GetAsync(address), "Ta bort ur förbundet")).Content.ShouldContain("inte längre någon roll");
        (await theirs.GetAsync($"/f/{host.ForbundId}")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_open_session_does_not_give_its_account_a_password_or_take_away_its_second_factor()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Administrator]);
        using var browser = await host.SignInAsync(user);
        await host.SqlAsync($"UPDATE app_user SET is_two_factor_enabled = 1 WHERE id = {user.Id}");
        var own = $"/f/{host.ForbundId}/anvandare/{user.Id}";
        var page = await browser.GetAsync(own);
        page.Content.ShouldNotContain("Länk till nytt lösenord");
        page.Content.ShouldNotContain("Ta bort engångskoden");
        page.Content.ShouldContain("Byt lösenord, ställ in engångskod och lägg till passkeys under Konto");

        // By the forms that the page does not show.
        (await SendAsync("Reset")).ShouldContain("Ditt eget lösenord byter du under Konto");
        (await SendAsync("RemoveCode")).ShouldContain("Din egen engångskod stänger du av under Konto");
        (await host.Get<AccountStore>().FindAsync(user.Id))!.IsTwoFactorEnabled.ShouldBeTrue();
        (await host.Get<InvitationStore>().PendingAsync(host.ForbundId)).ShouldBeEmpty();

        async Task<string> SendAsync(string handler)
        {
            using var content = new FormUrlEncodedContent(
                page.Forms.First(f => f.Names.Contains("DisplayName")).Values.Select(v => KeyValuePair.Create(v.Name, v.Value)));
            using var response = await browser.Client.PostAsync(new Uri($"{own}?handler={handler}", UriKind.Relative), content);
            return System.Net.WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Whoever_is_given_another_name_is_told_at_the_next_sign_in_and_it_is_listed_among_changes_of_access()
    {
        await using var host = await WebHost.StartAsync();
        var (first, second) = (await host.AddUserAsync(host.ForbundId, [Role.Administrator]), await host.AddUserAsync(host.ForbundId, [Role.Administrator]));
        using var browser = await host.SignInAsync(first);
        (await browser.PostFormAsync($"/f/{host.ForbundId}/anvandare/{second.Id}", ("DisplayName", "Prov Chefen"))).Content.ShouldContain("Namnet är sparat");
        using var theirs = host.Open();
        (await theirs.SignInAsync(second)).Content.ShouldContain(
            $"Ditt namn ändrades 2024-05-15 12:00 av {first.UserName}. Ditt namn i systemet är nu: Prov Chefen.");
        using var auditor = await host.SignInAsync(Role.Auditor);
        (await auditor.GetAsync($"/f/{host.ForbundId}/logg?visa=behorighet")).Content.ShouldContain("Ändrade användares namn");
    }

    [Fact]
    public async Task A_link_that_was_lost_is_made_anew_and_shown_once()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(Role.Administrator);
        var users = $"/f/{host.ForbundId}/anvandare";
        var first = await browser.PostFormAsync(
            users,
            ("Input.DisplayName", "Prov Sex"),
            ("Input.UserName", "sex@exempel.invalid"),
            ("Input.Roles", Role.ProcessSupporter));
        host.Clock.Advance(TimeSpan.FromDays(8));
        using var again = await host.SignInAsync(Role.Administrator);
        var listed = await again.GetAsync(users);
        listed.Content.ShouldContain("gick ut");
        var renewed = await again.PressAsync(listed, "Gör en ny länk");
        renewed.Content.ShouldContain("Länk att skicka till Prov Sex");
        (Link(renewed) == Link(first)).ShouldBeFalse();
        using var invited = host.Open();
        (await invited.GetAsync(Link(first))).Content.ShouldContain("ersatts av en nyare");
        (await invited.GetAsync(Link(renewed))).Content.ShouldContain("sex@exempel.invalid");
    }

    private static string Link(WebPage page) =>
        new Uri(System.Text.RegularExpressions.Regex.Match(page.Html, "id=\"lank\">([^<]+)<").Groups[1].Value).AbsolutePath;

    private static async Task<IReadOnlyList<string>> RolesAsync(WebHost host, TestUser user) =>
        (await host.Get<UserStore>().AllAsync(host.ForbundId)).Single(u => u.User.Id == user.Id).Roles;
}
