using System.Net;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Identity;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Account;

public sealed class SessionTests
{
    [Fact]
    public async Task A_copy_of_the_cookie_is_worth_nothing_after_signing_out_and_other_sessions_go_on()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Caseworker]);
        using var browser = await host.SignInAsync(user);
        using var elsewhere = await host.SignInAsync(user);
        using var thief = host.Open();
        foreach (Cookie cookie in browser.Cookies.GetCookies(host.Address))
            thief.Cookies.Add(new Cookie(cookie.Name, cookie.Value, cookie.Path, cookie.Domain));
        (await thief.GetAsync("/konto")).Heading.ShouldBe("Konto");

        await browser.PostFormAsync("/konto", "/logga-ut");

        (await thief.GetAsync("/konto")).Url.AbsolutePath.ShouldBe("/logga-in");
        (await elsewhere.GetAsync("/konto")).Heading.ShouldBe("Konto");
    }

    [Fact]
    public async Task Somebody_elses_wrong_tries_lock_the_account_but_not_for_the_owner_at_their_own_desk()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        using var desk = await host.SignInAsync(user);
        await desk.PostFormAsync("/konto", "/logga-ut");
        using var attacker = host.Open();
        for (var i = 0; i < FinsamIdentity.FailuresBeforeLockout; i++)
            await TryAsync(attacker, user.UserName, "inte rätt alls");
        (await TryAsync(attacker, user.UserName, user.Password)).Errors.ShouldNotBeEmpty("the account is locked");

        await desk.SignInAsync(user);

        // The desk is no way around the lock either: five wrong tries there, and it is as unknown as any other.
        await desk.PostFormAsync("/konto", "/logga-ut");
        for (var i = 0; i < FinsamIdentity.FailuresBeforeLockout; i++)
            await TryAsync(desk, user.UserName, "inte rätt alls");
        (await TryAsync(desk, user.UserName, user.Password)).Errors.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_known_browser_is_known_for_those_who_have_signed_in_there_and_nobody_else()
    {
        await using var host = await WebHost.StartAsync();
        var (first, second) = (await host.AddUserAsync(host.ForbundId, [Role.Auditor]), await host.AddUserAsync(host.ForbundId, [Role.Auditor]));
        using var browser = await host.SignInAsync(first);
        await browser.PostFormAsync("/konto", "/logga-ut");
        for (var i = 0; i < FinsamIdentity.FailuresBeforeLockout; i++)
            await TryAsync(browser, second.UserName, "inte rätt alls");
        (await TryAsync(browser, second.UserName, second.Password)).Errors.ShouldNotBeEmpty();
        await browser.SignInAsync(first);
    }

    [Fact]
    public async Task A_role_taken_away_is_gone_at_the_next_request()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor, Role.ProcessSupporter]);
        using var browser = await host.SignInAsync(user);
        using var administrator = await host.SignInAsync(Role.Administrator);
        (await browser.GetAsync($"/f/{host.ForbundId}/logg")).Status.ShouldBe(HttpStatusCode.OK);
        await administrator.PostFormAsync($"/f/{host.ForbundId}/anvandare/{user.Id}", "Input.Roles", ("Input.Roles", Role.ProcessSupporter));
        (await browser.GetAsync($"/f/{host.ForbundId}/logg")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static Task<WebPage> TryAsync(WebBrowser browser, string userName, string password) =>
        browser.PostFormAsync("/logga-in", ("Input.UserName", userName), ("Input.Password", password));
}
