using System.Net;
using System.Text.RegularExpressions;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Identity;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Account;

/// <summary>What gives an administrator names, somebody else's account or a second self takes two, where there are two.</summary>
public sealed class SecondAdministratorTests
{
    private const string Waits = "En annan förbundsadministratör behöver säga ja";
    private const string NewPassword = "tre röda cyklar vid bron";

    [Fact]
    public async Task An_administrator_does_not_give_themselves_names_and_learns_at_the_next_sign_in_who_said_yes()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await host.AddInsatsAsync();
        var (first, second) = (await AdministratorAsync(host), await AdministratorAsync(host));
        using var asking = await host.SignInAsync(first);
        using var answering = await host.SignInAsync(second);
        var own = $"/f/{host.ForbundId}/anvandare/{first.Id}";
        (string, string)[] wanted = [("Input.Roles", Role.Administrator), ("Input.Roles", Role.Caseworker), ("Input.InsatsIds", $"{insats}")];
        (await asking.PostFormAsync(own, "Input.Roles", wanted)).Content.ShouldContain(Waits);
        (await asking.GetAsync($"/f/{host.ForbundId}/deltagare")).Status.ShouldBe(HttpStatusCode.Forbidden);

        // One's own request can be taken back, not granted: not by the page, nor by the form that the page does not show.
        var users = $"/f/{host.ForbundId}/anvandare";
        var mine = await asking.GetAsync(users);
        mine.Content.ShouldContain("Ta tillbaka");
        mine.Content.ShouldNotContain("Säg ja till");
        (await asking.PostFormAsync(mine, "handler=Approve")).Content.ShouldContain("Du kan inte själv säga ja");
        (await asking.GetAsync($"/f/{host.ForbundId}/deltagare")).Status.ShouldBe(HttpStatusCode.Forbidden);

        (await answering.GetAsync($"/f/{host.ForbundId}")).Content.ShouldContain("1 begäran om ett konto väntar på ditt svar");
        (await answering.GetAsync(users)).Content.ShouldContain("ska ha rollerna Handläggare, Förbundsadministratör, i Insam");
        (await answering.PostFormAsync(await answering.GetAsync(users), "handler=Approve")).Content.ShouldContain("det är gjort");
        (await asking.GetAsync($"/f/{host.ForbundId}/deltagare")).Status.ShouldBe(HttpStatusCode.OK);

        using var later = host.Open();
        var notice = await later.SignInAsync(first);
        notice.Url.AbsolutePath.ShouldBe("/konto/meddelanden");
        notice.Content.ShouldContain($"av {second.UserName}, begärt av {first.UserName}. Dina roller är nu: Handläggare, Förbundsadministratör.");
        (await later.PostFormAsync(notice, "upTo")).Url.AbsolutePath.ShouldBe($"/f/{host.ForbundId}");
        using var again = host.Open();
        (await again.SignInAsync(first)).Url.AbsolutePath.ShouldBe($"/f/{host.ForbundId}", "seen once");
        (await again.GetAsync("/konto/meddelanden")).Content.ShouldContain("Tidigare");
    }

    [Fact]
    public async Task Nobody_enters_as_somebody_else_by_a_link_of_their_own_making()
    {
        await using var host = await WebHost.StartAsync();
        var (first, second) = (await AdministratorAsync(host), await AdministratorAsync(host));
        var victim = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        using var asking = await host.SignInAsync(first);
        using var answering = await host.SignInAsync(second);
        var users = $"/f/{host.ForbundId}/anvandare";
        var waiting = await asking.PostFormAsync($"{users}/{victim.Id}", "Reset");
        waiting.Content.ShouldContain(Waits);
        waiting.Html.ShouldNotContain("id=\"lank\"");
        var code = Regex.Match(waiting.Html, "id=\"kod\">([^<]+)<").Groups[1].Value;
        var told = await answering.PostFormAsync(await answering.GetAsync(users), "handler=Approve");
        var link = Link(told);
        told.Content.ShouldContain("Länk att skicka till");
        (await asking.GetAsync(users)).Html.ShouldNotContain(link);
        // To make the link anew would tell the one who asked: it takes two as well.
        (
            await asking.PressAsync(await asking.GetAsync(users), $"Gör en ny länk<span class=\"sr-only\"> till Prov {victim.UserName.Split('@')[0]}</span>")
        ).Content.ShouldContain(Waits);

        using var other = host.Open();
        await other.PostFormAsync(link, ("Input.Code", code), ("Input.Password", NewPassword));
        using var theirs = host.Open();
        var notice = await theirs.SignInAsync(victim with { Password = NewPassword });
        notice.Content.ShouldContain($"Din inloggning återställdes 2024-05-15");
        notice.Content.ShouldContain($"med en länk från {second.UserName}");
    }

    [Fact]
    public async Task An_account_of_ones_own_making_is_no_way_round()
    {
        await using var host = await WebHost.StartAsync();
        var (first, second) = (await AdministratorAsync(host), await AdministratorAsync(host));
        using var asking = await host.SignInAsync(first);
        using var answering = await host.SignInAsync(second);
        var users = $"/f/{host.ForbundId}/anvandare";
        foreach (var role in new[] { Role.Caseworker, Role.Administrator })
        {
            var invited = await asking.PostFormAsync(
                users,
                ("Input.DisplayName", "Prov Själv"),
                ("Input.UserName", "sjalv@exempel.invalid"),
                ("Input.Roles", role));
            invited.Content.ShouldContain(Waits);
            invited.Html.ShouldNotContain("/inbjudan/");
        }

        // What is asked for anew takes the place of what was asked before.
        var told = await answering.PostFormAsync(await answering.GetAsync(users), "handler=Approve");
        told.Content.ShouldContain("Länk att skicka till Prov Själv");
        Link(told).ShouldStartWith("/inbjudan/");
        (await answering.GetAsync(users)).Content.ShouldNotContain("Väntar på ett ja");

        // An account without names is made at once, and gets none alone.
        var harmless = await asking.PostFormAsync(
            users,
            ("Input.DisplayName", "Prov Sken"),
            ("Input.UserName", "sken@exempel.invalid"),
            ("Input.Roles", Role.ProcessSupporter));
        using var sken = host.Open();
        await sken.PostFormAsync(Link(harmless), ("Input.Password", NewPassword));
        var id = (await host.Get<UserStore>().AllAsync(host.ForbundId)).Single(u => u.User.UserName == "sken@exempel.invalid").User.Id;
        (await asking.PostFormAsync($"{users}/{id}", "Input.Roles", ("Input.Roles", Role.Caseworker))).Content.ShouldContain(Waits);
        (await sken.GetAsync($"/f/{host.ForbundId}/deltagare")).Status.ShouldBe(HttpStatusCode.Forbidden);
        // Who says yes learns that the link went through one pair of hands.
        (await answering.GetAsync(users)).Content.ShouldContain($"Länken som kontot öppnades med gjordes av {first.UserName} ensam.");
    }

    [Fact]
    public async Task Nobody_makes_themselves_the_only_administrator_and_after_a_week_without_an_answer_it_is_done_and_marked()
    {
        await using var host = await WebHost.StartAsync();
        var (first, second) = (await AdministratorAsync(host), await AdministratorAsync(host));
        using var asking = await host.SignInAsync(first);
        var users = $"/f/{host.ForbundId}/anvandare";
        (await asking.PostFormAsync($"{users}/{second.Id}", "Input.Roles", ("Input.Roles", Role.Auditor))).Content.ShouldContain(Waits);
        (await asking.PostFormAsync($"{users}/{second.Id}", "Remove")).Content.ShouldContain(Waits);
        (await asking.PostFormAsync($"{users}/{second.Id}", "Deactivate")).Content.ShouldContain(Waits);
        (await RolesAsync(host, second)).ShouldBe([Role.Administrator]);

        host.Clock.Advance(TimeSpan.FromDays(8));
        await asking.SignInAsync(first);
        var overdue = await asking.GetAsync(users);
        var form = Regex.Matches(overdue.Html, "<li class=\"panel\">.*?</li>", RegexOptions.Singleline).Select(m => m.Value).ToList();
        form.Count.ShouldBe(3);
        form.Count(f => f.Contains("Gör det ändå", StringComparison.Ordinal)).ShouldBe(2, "to take away, not to change roles");
        var name = $"Prov {second.UserName.Split('@')[0]}";
        (await asking.PressAsync(overdue, $"Gör det ändå<span class=\"sr-only\"> till begäran om {name}</span>")).Content.ShouldContain("det är gjort");
        (await host.SqlAsync("SELECT detail FROM audit_event WHERE action = 'Users.Remove'")).ShouldHaveSingleItem().ShouldBe("utan en andra administratör");
    }

    [Fact]
    public async Task The_only_administrator_acts_at_once_and_the_log_says_so()
    {
        await using var host = await WebHost.StartAsync();
        var only = await AdministratorAsync(host);
        using var browser = await host.SignInAsync(only);
        (
            await browser.PostFormAsync(
                $"/f/{host.ForbundId}/anvandare/{only.Id}",
                "Input.Roles",
                ("Input.Roles", Role.Administrator),
                ("Input.Roles", Role.Caseworker))).Content.ShouldContain("Rollerna är sparade");
        (await browser.GetAsync($"/f/{host.ForbundId}/deltagare")).Status.ShouldBe(HttpStatusCode.OK);
        using var auditor = await host.SignInAsync(Role.Auditor);
        var changes = await auditor.GetAsync($"/f/{host.ForbundId}/logg?visa=behorighet");
        changes.Content.ShouldContain("utan en andra administratör");
        changes.Html.ShouldNotContain("data-label=\"Händelse\">Loggade in", Case.Sensitive, "signing in is no change of access");
    }

    [Fact]
    public async Task A_refusal_leaves_everything_as_it_was_and_what_has_changed_meanwhile_is_not_done()
    {
        await using var host = await WebHost.StartAsync();
        var (first, second) = (await AdministratorAsync(host), await AdministratorAsync(host));
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        using var asking = await host.SignInAsync(first);
        using var answering = await host.SignInAsync(second);
        var (users, address) = ($"/f/{host.ForbundId}/anvandare", $"/f/{host.ForbundId}/anvandare/{user.Id}");
        await asking.PostFormAsync(address, "Input.Roles", ("Input.Roles", Role.Caseworker));
        var listed = await answering.GetAsync(users);
        (
            await answering.PressAsync(listed, $"Säg nej<span class=\"sr-only\"> till begäran om Prov {user.UserName.Split('@')[0]}</span>")
        ).Content.ShouldContain("Du har sagt nej");
        (await answering.PostFormAsync(listed, "handler=Approve")).Content.ShouldContain("redan svarat");
        (await RolesAsync(host, user)).ShouldBe([Role.Auditor]);

        await asking.PostFormAsync(address, "Input.Roles", ("Input.Roles", Role.Caseworker));
        await asking.PostFormAsync(address, "Input.Roles", ("Input.Roles", Role.ProcessSupporter));
        (await answering.PostFormAsync(await answering.GetAsync(users), "handler=Approve")).Content.ShouldContain("Kontot har ändrats sedan det begärdes");
        (await RolesAsync(host, user)).ShouldBe([Role.ProcessSupporter]);
        (await host.SqlAsync("SELECT action FROM audit_event WHERE action IN ('AccessRequests.Approve', 'AccessRequests.Lapse')")).ShouldBe([
            "AccessRequests.Lapse",
        ]);
        (await answering.GetAsync(users)).Content.ShouldNotContain("Väntar på ett ja");
    }

    [Fact]
    public async Task Nobody_takes_an_account_out_of_where_another_would_have_to_say_yes()
    {
        await using var host = await WebHost.StartAsync();
        var other = await host.AddForbundAsync("Samordningsförbundet Andra");
        var (first, _) = (await AdministratorAsync(host), await AdministratorAsync(host));
        var (worker, elsewhere) = (await host.AddUserAsync(host.ForbundId, [Role.Caseworker]), await host.AddUserAsync(host.ForbundId, [Role.Caseworker]));
        await JoinAsync(host, other, first, Role.Administrator);
        await JoinAsync(host, other, worker, Role.Auditor);
        using var asking = await host.SignInAsync(first);
        (await asking.PostFormAsync($"/f/{host.ForbundId}/anvandare/{worker.Id}", "Remove")).Content.ShouldContain(Waits);
        (await RolesAsync(host, worker)).ShouldBe([Role.Caseworker]);
        var reset = await asking.PostFormAsync($"/f/{other}/anvandare/{worker.Id}", "Reset");
        reset.Html.ShouldNotContain("id=\"lank\"");
        (await asking.PostFormAsync($"/f/{host.ForbundId}/anvandare/{elsewhere.Id}", "Remove")).Content.ShouldContain("inte längre någon roll");
    }

    [Fact]
    public async Task What_is_done_to_an_account_is_asked_for_in_every_förbund_that_it_belongs_to_and_stands_in_all_their_logs()
    {
        await using var host = await WebHost.StartAsync();
        var other = await host.AddForbundAsync("Samordningsförbundet Andra");
        var (first, second) = (await AdministratorAsync(host), await AdministratorAsync(host));
        var (worker, third) = (await host.AddUserAsync(host.ForbundId, [Role.Caseworker]), await host.AddUserAsync(host.ForbundId, [Role.Caseworker]));
        await JoinAsync(host, other, first, Role.Administrator);
        foreach (var user in new[] { second, worker, third })
            await JoinAsync(host, other, user, Role.Auditor);
        using var asking = await host.SignInAsync(first);
        using var answering = await host.SignInAsync(second);
        string There(TestUser user) => $"/f/{other}/anvandare/{user.Id}";

        // Alone in the one förbund, but not in the other.
        var reset = await asking.PostFormAsync(There(worker), "Reset");
        reset.Content.ShouldContain(Waits);
        reset.Html.ShouldNotContain("id=\"lank\"");
        (await asking.PostFormAsync(There(second), "Deactivate")).Content.ShouldContain(Waits);
        (await host.SqlAsync($"SELECT is_active FROM app_user WHERE id = {second.Id}")).ShouldBe(["1"]);
        (await LogsAsync("AccessRequests.Ask", worker)).ShouldBe([$"{host.ForbundId}", $"{other}"], ignoreOrder: true);
        var told = await answering.PressAsync(
            await answering.GetAsync($"/f/{host.ForbundId}/anvandare"),
            $"Säg ja<span class=\"sr-only\"> till begäran om Prov {worker.UserName.Split('@')[0]}</span>");
        Link(told).ShouldNotBeEmpty();
        (await LogsAsync("Invitations.Reset", worker)).ShouldBe([$"{host.ForbundId}", $"{other}"], ignoreOrder: true);
        (await asking.PostFormAsync(There(worker), "Rename", ("DisplayName", "Prov Ny"))).Content.ShouldContain("Namnet är sparat");
        (await LogsAsync("Users.Rename", worker)).ShouldBe([$"{host.ForbundId}", $"{other}"], ignoreOrder: true);

        // A second self that was made alone in the one förbund does not answer for the other.
        await host.AddUserAsync(other, [Role.Administrator]);
        var refused = await asking.PostFormAsync(There(third), "Reset");
        refused.Content.ShouldContain("ett ja härifrån räcker inte");
        refused.Html.ShouldNotContain("id=\"lank\"");

        Task<IReadOnlyList<string>> LogsAsync(string action, TestUser about) =>
            host.SqlAsync($"SELECT forbund_id FROM audit_event WHERE action = '{action}' AND entity_id = {about.Id}");
    }

    [Fact]
    public async Task A_link_from_before_somebody_came_to_another_förbund_opens_nothing_there()
    {
        await using var host = await WebHost.StartAsync();
        var other = await host.AddForbundAsync("Samordningsförbundet Andra");
        var only = await host.AddUserAsync(other, [Role.Administrator]);
        var user = await host.AddUserAsync(other, [Role.Auditor]);
        using var browser = await host.SignInAsync(only);
        var link = Link(await browser.PostFormAsync($"/f/{other}/anvandare/{user.Id}", "Reset"));
        await JoinAsync(host, host.ForbundId, user, Role.Auditor);
        using var entering = host.Open();
        (await entering.GetAsync(link)).Html.ShouldNotContain("Input.Password");
    }

    [Fact]
    public async Task More_insatser_to_a_caseworker_and_the_log_to_anybody_take_two()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await host.AddInsatsAsync();
        var (first, _) = (await AdministratorAsync(host), await AdministratorAsync(host));
        var (worker, supporter) = (
            await host.AddUserAsync(host.ForbundId, [Role.Caseworker]),
            await host.AddUserAsync(host.ForbundId, [Role.ProcessSupporter]));
        using var asking = await host.SignInAsync(first);
        var users = $"/f/{host.ForbundId}/anvandare";
        (
            await asking.PostFormAsync($"{users}/{worker.Id}", "Input.Roles", ("Input.Roles", Role.Caseworker), ("Input.InsatsIds", $"{insats}"))
        ).Content.ShouldContain(Waits);
        (await asking.PostFormAsync($"{users}/{supporter.Id}", "Input.Roles", ("Input.Roles", Role.Auditor))).Content.ShouldContain(Waits);
        (
            await asking.PostFormAsync(users, ("Input.DisplayName", "Prov Sken"), ("Input.UserName", "sken@exempel.invalid"), ("Input.Roles", Role.Auditor))
        ).Content.ShouldContain(Waits);
        (await host.SqlAsync($"SELECT insats_id FROM app_user_insats WHERE app_user_id = {worker.Id}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_of_another_förbund_is_not_there_to_answer()
    {
        await using var host = await WebHost.StartAsync();
        var (first, _) = (await AdministratorAsync(host), await AdministratorAsync(host));
        using var asking = await host.SignInAsync(first);
        await asking.PostFormAsync(
            $"/f/{host.ForbundId}/anvandare/{first.Id}",
            "Input.Roles",
            ("Input.Roles", Role.Administrator),
            ("Input.Roles", Role.Caseworker));
        var other = await host.AddForbundAsync("Samordningsförbundet Andra");
        using var foreign = await host.SignInAsync(await host.AddUserAsync(other, [Role.Administrator]));
        var token = (await foreign.GetAsync($"/f/{other}/anvandare")).Forms[0];
        using var content = new FormUrlEncodedContent(
            token.Values.Where(v => v.Name.StartsWith("__", StringComparison.Ordinal)).Append(("id", "1")).Select(v => KeyValuePair.Create(v.Item1, v.Item2)));
        await foreign.Client.PostAsync(new Uri($"/f/{other}/anvandare?handler=Approve", UriKind.Relative), content);
        (await RolesAsync(host, first)).ShouldBe([Role.Administrator]);
    }

    [Fact]
    public async Task A_role_that_must_have_a_second_factor_sets_it_up_before_anything_else()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        using var before = await host.SignInAsync(user);
        using var administrator = await host.SignInAsync(Role.Administrator);
        (await administrator.PostFormAsync($"/f/{host.ForbundId}/regler", "Input.CodeRoles", ("Input.CodeRoles", Role.Auditor))).Content.ShouldContain(
            "Reglerna är sparade");
        (await before.GetAsync($"/f/{host.ForbundId}/logg")).Url.AbsolutePath.ShouldBe("/logga-in", "who was signed in already signs in anew");

        using var browser = host.Open();
        var led = await browser.SignInAsync(user);
        (led.Url.AbsolutePath, led.Content.Contains("Din roll kräver mer än ett lösenord", StringComparison.Ordinal)).ShouldBe(("/konto/engangskod", true));
        foreach (var address in new[] { $"/f/{host.ForbundId}", $"/f/{host.ForbundId}/logg", "/", "/konto/meddelanden" })
            (await browser.GetAsync(address)).Url.AbsolutePath.ShouldBe("/konto/engangskod", address);
        (await browser.GetAsync("/hjalp")).Status.ShouldBe(HttpStatusCode.OK);

        var setup = await browser.PostFormAsync("/konto/engangskod", "Begin", ("Input.Password", user.Password));
        var key = Regex.Match(setup.Html, "<code id=\"nyckel\">([A-Z2-7]+)</code>").Groups[1].Value;
        (await browser.GetAsync($"/f/{host.ForbundId}/logg")).Url.AbsolutePath.ShouldBe("/konto/engangskod");
        await browser.PostFormAsync(setup, "TurnOn", ("Input.Code", AuthenticatorCode.At(host.Clock.GetUtcNow(), key)));
        (await browser.GetAsync($"/f/{host.ForbundId}/logg")).Status.ShouldBe(HttpStatusCode.OK);
        // Not to be turned off while the role must have it, whatever the page shows.
        (await browser.PostFormAsync("/konto/engangskod", null, ("Input.Password", user.Password))).Content.ShouldNotContain("Stäng av engångskoden");
        var form = await browser.GetAsync("/konto/engangskod");
        var values = form.Forms[0].Values.Where(v => v.Name.StartsWith("__", StringComparison.Ordinal)).Append(("Input.Password", user.Password));
        using var content = new FormUrlEncodedContent(values.Select(v => KeyValuePair.Create(v.Item1, v.Item2)));
        await browser.Client.PostAsync(new Uri("/konto/engangskod?handler=TurnOff", UriKind.Relative), content);
        (await host.Get<AccountStore>().FindAsync(user.Id))!.IsTwoFactorEnabled.ShouldBeTrue();
    }

    [Fact]
    public async Task Every_action_about_accounts_is_listed_among_changes_of_access_or_is_known_not_to_be_one()
    {
        await using var host = await WebHost.StartAsync();
        var listed = await host.SqlAsync("SELECT action FROM access_action");
        string[] areas = ["AccessRequests", "ApiKeys", "ExternalIdentities", "Invitations", "Passkeys", "Presence", "Reach", "Users"];
        string[] others =
        [
            "Passkeys.Rename",
            "Presence.Match",
            "Users.ChangePassword",
            "Users.NewRecoveryCodes",
            "Users.SignIn",
            "Users.SignInByPasskey",
            "Users.SignInByProvider",
            "Users.SignInFailed",
            "Users.SignInRefused",
            "Users.SignOut",
            "Users.SignOutEverywhere",
            "Users.TurnOnCode",
            "Users.UseRecoveryCode",
        ];
        AuditWording
            .Actions.Where(a => areas.Contains(a.Split('.')[0]))
            .ShouldBe(listed.Concat(others), ignoreOrder: true);
    }

    private static async Task JoinAsync(WebHost host, int forbundId, TestUser user, string role)
    {
        var token = await host.Get<InvitationStore>()
            .InviteAsync(
                new NewInvitation
                {
                    ForbundId = forbundId,
                    UserName = user.UserName,
                    DisplayName = "Prov",
                    Roles = [role],
                    Actor = "prov",
                });
        await host.Get<InvitationStore>().AcceptAsExistingAsync(token, user.Id);
    }

    private static Task<TestUser> AdministratorAsync(WebHost host) => host.AddUserAsync(host.ForbundId, [Role.Administrator]);

    private static string Link(WebPage page) => new Uri(Regex.Match(page.Html, "id=\"lank\">([^<]+)<").Groups[1].Value).AbsolutePath;

    private static async Task<IReadOnlyList<string>> RolesAsync(WebHost host, TestUser user) =>
        (await host.Get<UserStore>().AllAsync(host.ForbundId)).Single(u => u.User.Id == user.Id).Roles;
}
