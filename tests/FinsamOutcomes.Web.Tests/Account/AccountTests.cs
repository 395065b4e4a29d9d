using System.Net;
using System.Text.RegularExpressions;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Identity;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Account;

public sealed class AccountTests
{
    private const string NewPassword = "tre röda cyklar vid bron";

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        using var browser = host.Open();
        for (var i = 0; i < 5; i++)
            await browser.PostFormAsync("/logga-in", ("Input.UserName", user.UserName), ("Input.Password", "inte rätt alls"));
        (await browser.PostFormAsync("/logga-in", ("Input.UserName", user.UserName), ("Input.Password", user.Password))).Errors.ShouldNotBeEmpty();
        host.Clock.Advance(TimeSpan.FromMinutes(15.1));
        await browser.SignInAsync(user);
        (await host.ActionsByAsync(user.UserName)).ShouldBe([.. Enumerable.Repeat("Users.SignInFailed", 6), "Users.SignIn"]);
    }

    [Fact]
    public async Task A_changed_password_ends_the_sessions_elsewhere_and_not_here()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        using var here = await host.SignInAsync(user);
        using var there = await host.SignInAsync(user);
        (await here.PostFormAsync("/konto", ("Input.Present", "fel"), ("Input.Password", NewPassword))).Errors.ShouldHaveSingleItem();
        (await here.PostFormAsync("/konto", ("Input.Present", user.Password), ("Input.Password", "sommar2024!!"))).Errors.ShouldHaveSingleItem();
        (await here.PostFormAsync("/konto", ("Input.Present", user.Password), ("Input.Password", NewPassword))).Content.ShouldContain("Lösenordet är bytt");
        (await here.GetAsync("/konto")).Url.AbsolutePath.ShouldBe("/konto");
        (await there.GetAsync("/konto")).Url.AbsolutePath.ShouldBe("/logga-in");
        (await host.ActionsByAsync(user.UserName)).ShouldContain("Users.ChangePassword");
    }

    [Fact]
    public async Task A_session_ends_after_an_hour_without_use_and_after_twelve_hours_of_it()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(Role.Auditor);
        for (var minutes = 0; minutes < 11 * 60; minutes += 50)
        {
            (await browser.GetAsync("/konto")).Url.AbsolutePath.ShouldBe("/konto");
            host.Clock.Advance(TimeSpan.FromMinutes(50));
        }

        host.Clock.Advance(TimeSpan.FromMinutes(25));
        (await browser.GetAsync("/konto")).Url.AbsolutePath.ShouldBe("/logga-in");

        using var idle = await host.SignInAsync(Role.Auditor);
        host.Clock.Advance(TimeSpan.FromMinutes(61));
        (await idle.GetAsync("/konto")).Url.AbsolutePath.ShouldBe("/logga-in");
    }

    [Fact]
    public async Task The_code_of_the_app_is_asked_for_works_once_and_can_be_replaced_by_a_recovery_code()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Caseworker]);
        using var browser = await host.SignInAsync(user);
        // An open session is not enough to bind the account to a phone.
        (await browser.PostFormAsync("/konto/engangskod", "Begin", ("Input.Password", "inte rätt alls"))).Errors.ShouldHaveSingleItem();
        var setup = await browser.PostFormAsync("/konto/engangskod", "Begin", ("Input.Password", user.Password));
        setup.Html.ShouldContain("<svg role=\"img\"");
        setup.Html.ShouldNotContain("style=");
        var key = Regex.Match(setup.Html, "<code id=\"nyckel\">([A-Z2-7]+)</code>").Groups[1].Value;
        (await browser.PostFormAsync(setup, "TurnOn", ("Input.Code", "000000"))).Errors.ShouldHaveSingleItem();
        var codes = await browser.PostFormAsync(setup, "TurnOn", ("Input.Code", CodeNow()));
        var recovery = Regex.Matches(codes.Html, "<li><code>([^<]+)</code></li>").Select(m => m.Groups[1].Value).ToList();
        recovery.Count.ShouldBe(8);

        host.Clock.Advance(TimeSpan.FromMinutes(1));
        using var other = host.Open();
        var second = await other.PostFormAsync("/logga-in?returnUrl=%2Fkonto", ("Input.UserName", user.UserName), ("Input.Password", user.Password));
        second.Url.AbsolutePath.ShouldBe("/logga-in/kod");
        (await other.GetAsync("/konto")).Url.AbsolutePath.ShouldBe("/logga-in");
        (await other.PostFormAsync(second, "Input.Code", ("Input.Code", CodeNow()))).Url.AbsolutePath.ShouldBe("/konto");

        using var replay = host.Open();
        var third = await replay.PostFormAsync("/logga-in", ("Input.UserName", user.UserName), ("Input.Password", user.Password));
        (await replay.PostFormAsync(third, "Input.Code", ("Input.Code", CodeNow()))).Errors.ShouldHaveSingleItem();
        (await replay.PostFormAsync(third, "Input.Code", ("Input.Code", recovery[0].ToLowerInvariant()))).Url.AbsolutePath.ShouldStartWith("/f/");

        var settings = await browser.GetAsync("/konto/engangskod");
        settings.Content.ShouldContain("Reservkoder kvar: 7 av 8");
        (await browser.PressAsync(settings, "Gör nya reservkoder", ("Input.Password", "inte rätt alls"))).Errors.ShouldHaveSingleItem();
        (await browser.PressAsync(settings, "Gör nya reservkoder", ("Input.Password", user.Password))).Html.ShouldNotContain(recovery[1]);
        using var late = host.Open();
        var fourth = await late.PostFormAsync("/logga-in", ("Input.UserName", user.UserName), ("Input.Password", user.Password));
        (await late.PostFormAsync(fourth, "Input.Code", ("Input.Code", recovery[1]))).Errors.ShouldHaveSingleItem();
        (await browser.PressAsync(settings, "Stäng av engångskoden", ("Input.Password", user.Password))).Content.ShouldContain("Engångskoden är avstängd");

        string CodeNow() => AuthenticatorCode.At(host.Clock.GetUtcNow(), key);
    }

    [Fact]
    public void The_codes_are_those_of_rfc_6238() =>
        // Appendix B: the key "12345678901234567890", the last six of its eight digits.
        new[] { 59L, 1111111109, 2000000000 }.Select(t => AuthenticatorCode.At(DateTimeOffset.FromUnixTimeSeconds(t), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"))
            .ShouldBe(["287082", "081804", "279037"]);

    [Fact]
    public async Task Two_hosts_on_one_database_share_sign_ins()
    {
        await using var first = await WebHost.StartAsync();
        await using var second = await WebHost.StartAsync(beside: first);
        using var browser = await first.SignInAsync(Role.Auditor);
        (await browser.GetAsync(new Uri(second.Address, "/konto").ToString())).Heading.ShouldBe("Konto");
    }

    [Fact]
    public async Task The_cookie_of_a_session_can_not_be_read_by_scripts_or_sent_by_other_sites()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        using var browser = host.Open();
        var form = (await browser.GetAsync("/logga-in")).Forms[0];
        using var content = new FormUrlEncodedContent(
            form.Values.Where(v => !v.Name.StartsWith("Input", StringComparison.Ordinal))
                .Append(("Input.UserName", user.UserName))
                .Append(("Input.Password", user.Password))
                .Select(v => KeyValuePair.Create(v.Item1, v.Item2)));
        using var answer = await browser.Client.PostAsync(new Uri("/logga-in", UriKind.Relative), content);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("finsam-inloggning=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldNotContain("expires");
    }

    [Theory]
    [InlineData("https://exempel.invalid/")]
    [InlineData("//exempel.invalid/")]
    [InlineData("/\\exempel.invalid")]
    public async Task Signing_in_never_leads_to_another_site(string returnUrl)
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        using var browser = host.Open();
        var page = await browser.PostFormAsync(
            $"/logga-in?returnUrl={Uri.EscapeDataString(returnUrl)}",
            ("Input.UserName", user.UserName),
            ("Input.Password", user.Password));
        page.Url.AbsolutePath.ShouldBe($"/f/{host.ForbundId}");
    }

    [Fact]
    public async Task Too_many_tries_are_refused_with_a_page_that_says_so()
    {
        await using var host = await WebHost.StartAsync(settings: new WebSettings { TriesPerMinute = 2 });
        using var browser = host.Open();
        WebPage page = null!;
        for (var i = 0; i < 3; i++)
            page = await browser.PostFormAsync("/logga-in", ("Input.UserName", "a@exempel.invalid"), ("Input.Password", "b"));
        (page.Status, page.Heading).ShouldBe((HttpStatusCode.TooManyRequests, "För många försök"));
        page.Response.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
        page.Content.ShouldContain("Bara felaktiga försök räknas");
    }
}
