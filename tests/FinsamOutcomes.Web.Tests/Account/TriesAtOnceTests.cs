using System.Net;
using System.Text.RegularExpressions;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Identity;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Account;

/// <summary>What comes at once is counted as what comes one after another.</summary>
public sealed class TriesAtOnceTests
{
    private const int AtOnce = 30;

    [Fact]
    public async Task Of_wrong_passwords_at_once_no_more_are_judged_than_lock_the_account_and_a_name_that_is_no_account_answers_the_same()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        foreach (var name in new[] { user.UserName, "ingen@exempel.invalid" })
        {
            var answers = await AtOnceAsync(host, "/logga-in", ("Input.UserName", name), ("Input.Password", "inte rätt alls"));
            answers.Count(a => a == HttpStatusCode.OK).ShouldBe(FinsamIdentity.FailuresBeforeLockout, name);
            answers.Count(a => a == HttpStatusCode.TooManyRequests).ShouldBe(AtOnce - FinsamIdentity.FailuresBeforeLockout, name);
        }

        (await host.SqlAsync($"SELECT access_failed_count FROM app_user WHERE id = {user.Id}")).ShouldBe(
            ["0"],
            "locked by the fifth, and nothing counted after");
        host.Clock.Advance(FinsamIdentity.Lockout + TimeSpan.FromSeconds(1));
        using var owner = await host.SignInAsync(user);
    }

    [Fact]
    public async Task Of_wrong_codes_at_once_no_more_are_judged_than_lock_the_account()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        await TurnOnCodeAsync(host, user);
        using var thief = host.Open();
        var second = await thief.PostFormAsync("/logga-in", ("Input.UserName", user.UserName), ("Input.Password", user.Password));
        second.Url.AbsolutePath.ShouldBe("/logga-in/kod");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, AtOnce).Select(async i => (await thief.PostFormAsync(second, "Input.Code", ("Input.Code", $"abcd{i:00}"))).Status));
        answers.Count(a => a == HttpStatusCode.OK).ShouldBe(FinsamIdentity.FailuresBeforeLockout);
        answers.Count(a => a == HttpStatusCode.TooManyRequests).ShouldBe(AtOnce - FinsamIdentity.FailuresBeforeLockout);
    }

    [Fact]
    public async Task Of_wrong_present_passwords_at_once_no_more_are_judged_than_lock_the_account()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        using var browser = await host.SignInAsync(user);
        // A browser that is no known one: each wrong try counts to the account.
        foreach (Cookie cookie in browser.Cookies.GetAllCookies())
            cookie.Expired = cookie.Name.Contains("finsam-dator", StringComparison.Ordinal);
        var page = await browser.GetAsync("/konto");
        await Task.WhenAll(
            Enumerable
                .Range(0, AtOnce)
                .Select(_ => browser.PostFormAsync(page, null, ("Input.Present", "inte rätt alls"), ("Input.Password", "tre röda cyklar vid bron"))));
        (await host.SqlAsync($"SELECT access_failed_count FROM app_user WHERE id = {user.Id}")).ShouldBe(
            ["0"],
            "locked by the fifth, and nothing counted after");
        (await host.SqlAsync($"SELECT COUNT(*) FROM app_user WHERE id = {user.Id} AND lockout_ends_at IS NOT NULL")).ShouldBe(["1"]);
    }

    [Fact]
    public async Task Right_passwords_at_once_are_all_let_in()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        var places = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var browser = host.Open();
            return (await browser.PostFormAsync("/logga-in", ("Input.UserName", user.UserName), ("Input.Password", user.Password))).Url.AbsolutePath;
        }));
        places.ShouldAllBe(p => p.StartsWith("/f/", StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<HttpStatusCode>> AtOnceAsync(WebHost host, string url, params (string Name, string Value)[] fields)
    {
        using var browser = host.Open();
        var form = await browser.GetAsync(url);
        return await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ => (await browser.PostFormAsync(form, null, fields)).Status));
    }

    private static async Task TurnOnCodeAsync(WebHost host, TestUser user)
    {
        using var browser = await host.SignInAsync(user);
        var setup = await browser.PostFormAsync("/konto/engangskod", "Begin", ("Input.Password", user.Password));
        var key = Regex.Match(setup.Html, "<code id=\"nyckel\">([A-Z2-7]+)</code>").Groups[1].Value;
        await browser.PostFormAsync(setup, "TurnOn", ("Input.Code", AuthenticatorCode.At(host.Clock.GetUtcNow(), key)));
    }
}
