using System.Net;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Identity;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Account;

/// <summary>Signing in through a real provider (OpenID Connect), over HTTP: those who are connected, and nobody else.</summary>
public sealed class ProviderTests
{
    private const string Start = "leverantor";

    [Fact]
    public async Task Who_was_invited_connects_and_comes_in_and_nobody_else_does()
    {
        await using var provider = await TestProvider.StartAsync();
        await using var host = await WebHost.StartAsync(settings: Settings(provider.Settings(claim: "number")));
        (provider.Who, provider.Number) = ("abc", "197010632391");
        const string Anna = "anna@exempel.invalid";

        // An identity that belongs to nobody is told whom to ask, and has no session.
        using var stranger = host.Open();
        var refused = await EnterAsync(stranger, provider);
        (refused.Status, refused.Heading).ShouldBe((HttpStatusCode.Forbidden, "Du har inget konto här"));
        (await stranger.GetAsync("/konto")).Url.AbsolutePath.ShouldBe("/logga-in");
        (await host.SqlAsync("SELECT action FROM audit_event WHERE actor = 'okänd'")).ShouldBe(["ExternalIdentities.Refuse"]);

        // By the link of the invitation, and without a password.
        var link = $"/inbjudan/{await InviteAsync(host, Anna)}";
        using var browser = host.Open();
        var connected = await ReturnAsync(browser, provider, await browser.PressAsync(await browser.GetAsync(link), "Anslut med Provtjänsten"));
        connected.Heading.ShouldBe("Du är ansluten till Provtjänsten");
        (await browser.GetAsync("/konto")).Content.ShouldContain(Anna);
        (await browser.GetAsync(link)).Content.ShouldContain("Den har redan använts");
        (await host.SqlAsync("SELECT password_hash FROM app_user WHERE user_name = 'anna@exempel.invalid'")).ShouldBe([""]);

        // Signing out ends the session here, for a copy of its cookie too, and there.
        var copy = browser.Cookies.GetAllCookies().Single(c => c.Name == "finsam-inloggning").Value;
        var left = await browser.PressAsync(await browser.GetAsync("/logga-ut"), "Logga ut");
        (await browser.GetAsync((await provider.VisitAsync(left)).ToString())).Content.ShouldContain("Du är utloggad");
        provider.SignedOut.ShouldBe(1);
        browser.Cookies.Add(new Cookie("finsam-inloggning", copy, "/", host.Address.Host));
        (await browser.GetAsync("/konto")).Url.AbsolutePath.ShouldBe("/logga-in");

        // In again, to where one was going but never to another site.
        (await EnterAsync(browser, provider, "/konto/meddelanden?sida=1")).Url.PathAndQuery.ShouldBe("/konto/meddelanden?sida=1");
        using (var lured = host.Open())
            (await EnterAsync(lured, provider, "https://nagon-annan.invalid/konto")).Url.AbsolutePath.ShouldBe($"/f/{host.ForbundId}");
        (await host.ActionsByAsync(Anna)).ShouldBe(
            ["Invitations.Accept", "ExternalIdentities.Connect", "Users.SignInByProvider", "Users.SignOut", "Users.SignInByProvider", "Users.SignInByProvider"],
            ignoreOrder: false);

        // What may be a personal number stands nowhere as it is.
        (await host.SqlAsync("SELECT subject_hash FROM external_identity")).ShouldHaveSingleItem().ShouldNotContain("2391");
        (await host.SqlAsync("SELECT detail FROM audit_event")).ShouldNotContain(d => d.Contains("2391", StringComparison.Ordinal));
        if (host.Database.Engine.Folder is { } folder)
            Files(folder).ShouldNotContain(f => f.Contains("197010632391", StringComparison.Ordinal));

        // An account that is switched off stays out, and a link that was used connects nobody else.
        await host.SqlAsync("UPDATE app_user SET is_active = 0 WHERE user_name = 'anna@exempel.invalid'");
        using var off = host.Open();
        (await EnterAsync(off, provider)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await off.GetAsync("/konto")).Url.AbsolutePath.ShouldBe("/logga-in");
        (await host.ActionsByAsync(Anna))[^1].ShouldBe("Users.SignInRefused");
    }

    [Fact]
    public async Task An_answer_that_was_tampered_with_replayed_or_made_by_somebody_else_lets_nobody_in()
    {
        await using var provider = await TestProvider.StartAsync();
        await using var host = await WebHost.StartAsync(settings: Settings(provider.Settings()));
        provider.Who = "abc";
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        using (var own = await host.SignInAsync(user))
            (await ConnectAsync(own, provider)).Heading.ShouldBe("Du är ansluten till Provtjänsten");

        // It works as it stands, and once.
        using var browser = host.Open();
        var answer = await provider.VisitAsync(await BeginAsync(browser));
        using (var other = host.Open())
            await FailsAsync(other, answer, "another browser than the one that asked");
        (await browser.GetAsync(answer.ToString())).Url.AbsolutePath.ShouldBe($"/f/{host.ForbundId}");
        using (var again = host.Open())
            await FailsAsync(again, answer, "replayed");

        using var second = host.Open();
        answer = await provider.VisitAsync(await BeginAsync(second));
        var state = System.Web.HttpUtility.ParseQueryString(answer.Query)["state"]!;
        await FailsAsync(second, new Uri(answer.ToString().Replace(state, state[..^6] + "AAAAAA", StringComparison.Ordinal)), "state");
        await FailsAsync(second, new Uri(answer.GetLeftPart(UriPartial.Path) + "?code=abc"), "no state");

        using var third = host.Open();
        answer = await provider.VisitAsync(await BeginAsync(third));
        foreach (var cookie in third.Cookies.GetAllCookies().Where(c => c.Name.StartsWith("finsam-engang", StringComparison.Ordinal)))
            cookie.Expired = true;
        await FailsAsync(third, answer, "nonce");

        using var fourth = host.Open();
        answer = await provider.VisitAsync(await BeginAsync(fourth));
        var code = System.Web.HttpUtility.ParseQueryString(answer.Query)["code"]!;
        await FailsAsync(fourth, new Uri(answer.ToString().Replace(Uri.EscapeDataString(code), "fel", StringComparison.Ordinal)), "code");

        using var fifth = host.Open();
        provider.IsForged = true;
        await FailsAsync(fifth, await provider.VisitAsync(await BeginAsync(fifth)), "issuer");
        provider.IsForged = false;

        // Nobody at the provider, and a provider that isn't one.
        provider.Who = null;
        using var sixth = host.Open();
        var denied = await sixth.GetAsync((await provider.VisitAsync(await BeginAsync(sixth))).ToString());
        denied.Heading.ShouldBe("Inloggningen blev inte av");
        denied.Html.ShouldNotContain("alert(1)");
        (await sixth.PostFormAsync("/logga-in", Start, ("provider", "finns-inte"))).Url.AbsolutePath.ShouldBe("/logga-in");
    }

    [Fact]
    public async Task A_provider_counts_as_second_factor_only_where_it_says_so_and_connecting_takes_the_password()
    {
        await using var provider = await TestProvider.StartAsync();
        await using var host = await WebHost.StartAsync(settings: Settings(provider.Settings()));
        var (mine, theirs) = (await host.AddUserAsync(host.ForbundId, [Role.Auditor]), await host.AddUserAsync(host.ForbundId, [Role.ProcessSupporter]));
        provider.Who = "abc";
        using (var own = await host.SignInAsync(mine))
        {
            // Somebody who finds an open session has no password.
            host.Clock.Advance(TimeSpan.FromMinutes(11));
            (await own.GetAsync("/konto/inloggning")).Html.ShouldNotContain("Anslut med");
            (await own.PostFormAsync("/konto/inloggning", ("Password", "fel lösenord här"))).Errors.ShouldHaveSingleItem();
            await own.PostFormAsync("/konto/inloggning", ("Password", mine.Password));
            (await ConnectAsync(own, provider)).Heading.ShouldBe("Du är ansluten till Provtjänsten");
        }

        using (var other = await host.SignInAsync(theirs))
        {
            var taken = await ConnectAsync(other, provider);
            (taken.Status, taken.Heading).ShouldBe((HttpStatusCode.Conflict, "Anslutningen blev inte av"));
        }

        await host.SqlAsync($"INSERT INTO code_required_role (forbund_id, role) VALUES ({host.ForbundId}, '{Role.Auditor}')");
        using (var weak = host.Open())
            (await EnterAsync(weak, provider)).Url.AbsolutePath.ShouldBe("/konto/engangskod");
        var accounts = host.Get<AccountStore>();
        var account = (await accounts.FindAsync(mine.Id))!;
        (account.IsTwoFactorEnabled, account.AuthenticatorKeyEncrypted) = (true, await accounts.EncryptKeyAsync(mine.Id, "JBSWY3DPEHPK3PXP"));
        await accounts.SaveAsync(account);
        using (var coded = host.Open())
        {
            (await EnterAsync(coded, provider)).Url.AbsolutePath.ShouldBe("/logga-in/kod");
            (await coded.GetAsync("/konto")).Url.AbsolutePath.ShouldBe("/logga-in");
        }

        provider.Amr = "mfa";
        using var strong = host.Open();
        (await EnterAsync(strong, provider)).Url.AbsolutePath.ShouldBe($"/f/{host.ForbundId}");

        // The link of an administrator proves no second factor, whatever factor somebody else's identity has: nothing is
        // connected, and nothing gives way, before the account's own is shown.
        provider.Who = "def";
        var administrator = await host.AddUserAsync(host.ForbundId, [Role.Administrator]);
        var link = $"/inbjudan/{await host.Get<InvitationStore>().ResetAsync(host.ForbundId, mine.Id, administrator.UserName)}";
        var before = await host.SqlAsync("SELECT subject_hash FROM external_identity");
        using (var finder = host.Open())
        {
            (await finder.PressAsync(await finder.GetAsync(link), "Anslut med Provtjänsten")).Errors.ShouldHaveSingleItem()
                .ShouldContain("Skriv engångskoden");
            (await finder.PressAsync(await finder.GetAsync(link), "Anslut med Provtjänsten", ("Input.Factor", "000000"))).Errors.ShouldHaveSingleItem()
                .ShouldContain("Koden stämmer inte");
            (await host.SqlAsync("SELECT subject_hash FROM external_identity")).ShouldBe(before);
            (await finder.GetAsync("/konto")).Url.AbsolutePath.ShouldBe("/logga-in");
        }

        // Shown before the account was changed, it is not shown.
        string CodeNow() => AuthenticatorCode.At(host.Clock.GetUtcNow(), "JBSWY3DPEHPK3PXP");
        using (var owner = host.Open())
        {
            var away = await owner.PressAsync(await owner.GetAsync(link), "Anslut med Provtjänsten", ("Input.Factor", CodeNow()));
            var stamp = (await host.SqlAsync($"SELECT security_stamp FROM app_user WHERE id = {mine.Id}"))[0];
            await host.SqlAsync($"UPDATE app_user SET security_stamp = 'annan' WHERE id = {mine.Id}");
            (await ReturnAsync(owner, provider, away)).Heading.ShouldBe("Anslutningen blev inte av");
            await host.SqlAsync($"UPDATE app_user SET security_stamp = '{stamp}' WHERE id = {mine.Id}");
            (await host.SqlAsync("SELECT subject_hash FROM external_identity")).ShouldBe(before);
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            away = await owner.PressAsync(await owner.GetAsync(link), "Anslut med Provtjänsten", ("Input.Factor", CodeNow()));
            (await ReturnAsync(owner, provider, away)).Heading.ShouldBe("Du är ansluten till Provtjänsten");
            (await owner.GetAsync("/konto")).Content.ShouldContain(mine.UserName);
            (await host.SqlAsync("SELECT subject_hash FROM external_identity")).ShouldHaveSingleItem().ShouldNotBe(before[0]);
        }

        // That ended the session of who was connected before.
        (await strong.GetAsync("/konto")).Url.AbsolutePath.ShouldBe("/logga-in");
        (await EnterAsync(strong, provider)).Url.AbsolutePath.ShouldNotBe("/logga-in");

        // With the connection goes the session; a way in is left.
        var gone = await strong.PressAsync(await strong.GetAsync("/konto/inloggning"), "Koppla från Provtjänsten");
        gone.Content.ShouldContain("Tjänsten är frånkopplad");
        using var late = host.Open();
        (await EnterAsync(late, provider)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Passwords_are_switched_off_by_who_came_another_way_and_the_server_lets_them_in_again()
    {
        await using var provider = await TestProvider.StartAsync();
        await using var host = await WebHost.StartAsync(settings: Settings(provider.Settings()));
        var rules = $"/f/{host.ForbundId}/regler";
        var administrator = await host.AddUserAsync(host.ForbundId, [Role.Administrator]);
        var other = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        (provider.Who, provider.Amr) = ("abc", "mfa");
        using var byPassword = await host.SignInAsync(administrator);
        (await byPassword.PostFormAsync(rules, ("Input.ReachMonths", "12"), ("Input.IsPasswordOff", "true"))).Content.ShouldContain(
            "Du har loggat in med lösenord");
        await ConnectAsync(byPassword, provider);
        using var browser = host.Open();
        await EnterAsync(browser, provider);
        (await browser.PostFormAsync(rules, ("Input.ReachMonths", "12"), ("Input.IsPasswordOff", "true"))).Content.ShouldContain("Reglerna är sparade");

        using var shut = host.Open();
        var right = (await shut.PostFormAsync("/logga-in", ("Input.UserName", other.UserName), ("Input.Password", other.Password))).Errors;
        right.ShouldHaveSingleItem().ShouldContain("stängt av lösenord");
        // A wrong one, and nobody at all, are answered alike.
        (await shut.PostFormAsync("/logga-in", ("Input.UserName", other.UserName), ("Input.Password", "fel lösenord här"))).Errors.ShouldBe(right);
        (await shut.PostFormAsync("/logga-in", ("Input.UserName", "ingen@exempel.invalid"), ("Input.Password", "fel lösenord här"))).Errors.ShouldBe(right);
        (await shut.GetAsync("/konto")).Url.AbsolutePath.ShouldBe("/logga-in");
        var link = $"/inbjudan/{await host.Get<InvitationStore>().ResetAsync(host.ForbundId, other.Id, administrator.UserName)}";
        (await shut.GetAsync(link)).Html.ShouldNotContain("Input.Password");
        provider.Who = "def";
        (await ReturnAsync(shut, provider, await shut.PressAsync(await shut.GetAsync(link), "Anslut med Provtjänsten"))).Heading.ShouldBe(
            "Du är ansluten till Provtjänsten");
        (await shut.GetAsync("/konto")).Content.ShouldContain(other.UserName);

        // The only way in is not taken away.
        (await shut.PressAsync(await shut.GetAsync("/konto/inloggning"), "Koppla från Provtjänsten")).Content.ShouldContain("ditt enda sätt att logga in");

        (await host.Get<FinsamOutcomes.Data.Access.ReachStore>().AllowPasswordsAsync(administrator.UserName, "server")).ShouldHaveSingleItem();
        using var again = await host.SignInAsync(other);
        (await host.SqlAsync("SELECT detail FROM audit_event WHERE action = 'Reach.SetSettings'")).Select(d => d.Split("; ")[^1])
            .ShouldBe(["lösenord avstängda", "lösenord tillåtna igen, på servern"]);
    }

    private static WebSettings Settings(params SignInProvider[] providers) => new()
    {
        TriesPerMinute = 10_000,
        PasswordRounds = 1_000,
        Providers = providers,
    };

    private static Task<string> InviteAsync(WebHost host, string userName) => host.Get<InvitationStore>().InviteAsync(
        new NewInvitation { ForbundId = host.ForbundId, UserName = userName, DisplayName = "Prov Person", Roles = [Role.Auditor] });

    private static Task<WebPage> BeginAsync(WebBrowser browser, string? returnUrl = null) =>
        browser.PostFormAsync($"/logga-in{(returnUrl is null ? "" : $"?returnUrl={Uri.EscapeDataString(returnUrl)}")}", Start);

    private static async Task<WebPage> EnterAsync(WebBrowser browser, TestProvider provider, string? returnUrl = null) =>
        await ReturnAsync(browser, provider, await BeginAsync(browser, returnUrl));

    private static async Task<WebPage> ConnectAsync(WebBrowser browser, TestProvider provider) =>
        await ReturnAsync(browser, provider, await browser.PressAsync(await browser.GetAsync("/konto/inloggning"), "Anslut med Provtjänsten"));

    private static async Task<WebPage> ReturnAsync(WebBrowser browser, TestProvider provider, WebPage page) =>
        await browser.GetAsync((await provider.VisitAsync(page)).ToString());

    private static async Task FailsAsync(WebBrowser browser, Uri answer, string why)
    {
        var page = await browser.GetAsync(answer.ToString());
        page.Heading.ShouldBe("Inloggningen blev inte av", why);
        (await browser.GetAsync("/konto")).Url.AbsolutePath.ShouldBe("/logga-in", why);
    }

    private static IEnumerable<string> Files(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file, System.Text.Encoding.Latin1);
            yield return reader.ReadToEnd();
        }
    }
}
