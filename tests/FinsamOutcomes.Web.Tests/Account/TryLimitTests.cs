using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Identity;
using FinsamOutcomes.Web.Tests.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace FinsamOutcomes.Web.Tests.Account;

public sealed class TryLimitTests
{
    private const string NewPassword = "tre röda cyklar vid bron";

    [Fact]
    public async Task A_whole_office_signs_in_from_one_address_in_a_minute()
    {
        await using var host = await WebHost.StartAsync(settings: new WebSettings { TriesPerMinute = 3 });
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        for (var i = 0; i < 8; i++)
        {
            using var browser = await host.SignInAsync(user);
            (await browser.GetAsync("/konto")).Heading.ShouldBe("Konto");
        }
    }

    [Fact]
    public async Task Twenty_wrong_tries_at_once_are_not_all_judged_and_the_minute_passes()
    {
        await using var host = await WebHost.StartAsync(settings: new WebSettings { TriesPerMinute = 4 });
        using var browser = host.Open();
        var form = await browser.GetAsync("/logga-in");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(i => browser.PostFormAsync(form, null, ("Input.UserName", $"a{i}@exempel.invalid"), ("Input.Password", "b"))));
        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(4);
        answers.Count(a => a.Status == HttpStatusCode.TooManyRequests).ShouldBe(8);
        // What is right has to wait too: otherwise the limit would tell which tries are right.
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        (await browser.PostFormAsync(form, null, ("Input.UserName", user.UserName), ("Input.Password", user.Password))).Status.ShouldBe(
            HttpStatusCode.TooManyRequests);
        host.Clock.Advance(TimeSpan.FromSeconds(61));
        await browser.SignInAsync(user);
    }

    [Fact]
    public async Task Wrong_tries_of_others_at_the_address_shut_out_no_browser_where_the_user_has_signed_in_before_and_its_own_are_limited()
    {
        await using var host = await WebHost.StartAsync(settings: new WebSettings { TriesPerMinute = 4 });
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        using var known = await host.SignInAsync(user);
        await known.PostFormAsync("/konto", "/logga-ut");
        using var second = await host.SignInAsync(user);
        await second.PostFormAsync("/konto", "/logga-ut");
        using var stranger = host.Open();
        HttpStatusCode last = default;
        for (var i = 0; i <= 4; i++)
            last = (await stranger.PostFormAsync("/logga-in", ("Input.UserName", $"a{i}@exempel.invalid"), ("Input.Password", "b"))).Status;
        last.ShouldBe(HttpStatusCode.TooManyRequests);
        (await stranger.PostFormAsync("/logga-in", ("Input.UserName", user.UserName), ("Input.Password", user.Password))).Status.ShouldBe(
            HttpStatusCode.TooManyRequests);

        await known.SignInAsync(user);
        await known.PostFormAsync("/konto", "/logga-ut");
        for (var i = 0; i <= 4; i++)
            last = (await known.PostFormAsync("/logga-in", ("Input.UserName", $"b{i}@exempel.invalid"), ("Input.Password", "b"))).Status;
        last.ShouldBe(HttpStatusCode.TooManyRequests);
        // To sign in again without cookies gives no place more.
        (await second.PostFormAsync("/logga-in", ("Input.UserName", user.UserName), ("Input.Password", user.Password))).Status.ShouldBe(
            HttpStatusCode.TooManyRequests);
        host.Clock.Advance(TimeSpan.FromSeconds(61));
        await stranger.SignInAsync(user);
    }

    [Fact]
    public async Task What_is_too_long_to_be_an_address_or_a_password_is_refused_before_anything_and_not_remembered()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        using var browser = host.Open();
        var name = await browser.PostFormAsync("/logga-in", ("Input.UserName", new string('a', 950_000)), ("Input.Password", "b"));
        name.Errors.ShouldHaveSingleItem().ShouldContain("högst 200 tecken");
        name.Html.Length.ShouldBeLessThan(100_000, "it isn't sent back");
        for (var i = 0; i <= FinsamIdentity.FailuresBeforeLockout; i++)
            (await browser.PostFormAsync("/logga-in", ("Input.UserName", user.UserName), ("Input.Password", new string('a', 1001))))
                .Errors.ShouldHaveSingleItem()
                .ShouldContain("för långt");
        (await host.SqlAsync($"SELECT access_failed_count FROM app_user WHERE id = {user.Id}")).ShouldBe(["0"]);
        var tries = host.Get<FailedTries>();
        tries.CountNames().ShouldBe(0);

        await browser.PostFormAsync("/logga-in", ("Input.UserName", "ingen@exempel.invalid"), ("Input.Password", "b"));
        tries.CountNames().ShouldBe(1);
        host.Clock.Advance(TimeSpan.FromDays(1));
        await browser.PostFormAsync("/logga-in", ("Input.UserName", "nagon@exempel.invalid"), ("Input.Password", "b"));
        tries.CountNames().ShouldBe(1, "the one of yesterday is forgotten");
        for (var i = 0; i < 10_500; i++)
            tries.CountName($"a{i}@exempel.invalid");
        tries.CountNames().ShouldBeLessThanOrEqualTo(10_000);
        await browser.SignInAsync(user);
    }

    [Fact]
    public async Task A_locked_account_and_a_name_that_is_no_account_are_answered_the_same_with_how_long_to_wait()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        using var browser = host.Open();
        var answers = new List<(HttpStatusCode, TimeSpan?, string)>();
        foreach (var name in new[] { user.UserName, "ingen@exempel.invalid" })
        {
            for (var i = 0; i < FinsamIdentity.FailuresBeforeLockout; i++)
                (await browser.PostFormAsync("/logga-in", ("Input.UserName", name), ("Input.Password", "inte rätt alls"))).Status.ShouldBe(HttpStatusCode.OK);
            var refused = await browser.PostFormAsync("/logga-in", ("Input.UserName", name), ("Input.Password", user.Password));
            answers.Add((refused.Status, refused.Response.Headers.RetryAfter?.Delta, refused.Errors.ShouldHaveSingleItem()));
        }

        answers[0].Item1.ShouldBe(HttpStatusCode.TooManyRequests);
        answers[0].Item2.ShouldBe(FinsamIdentity.Lockout);
        answers[0].Item3.ShouldContain("15 minuter");
        answers[1].ShouldBe(answers[0]);
        host.Clock.Advance(FinsamIdentity.Lockout + TimeSpan.FromSeconds(1));
        (await browser.PostFormAsync("/logga-in", ("Input.UserName", "ingen@exempel.invalid"), ("Input.Password", "b"))).Status.ShouldBe(HttpStatusCode.OK);
        await browser.SignInAsync(user);
    }

    [Fact]
    public async Task A_second_step_that_was_begun_with_an_old_password_ends_when_the_password_changes()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        using var owner = await host.SignInAsync(user);
        var (key, recovery) = await TurnOnCodeAsync(host, owner, user);
        using var thief = host.Open();
        var second = await thief.PostFormAsync("/logga-in", ("Input.UserName", user.UserName), ("Input.Password", user.Password));
        second.Url.AbsolutePath.ShouldBe("/logga-in/kod");

        (await owner.PostFormAsync("/konto", ("Input.Present", user.Password), ("Input.Password", NewPassword))).Content.ShouldContain("Lösenordet är bytt");
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        (await thief.PostFormAsync(second, "Input.Code", ("Input.Code", CodeNow(host, key)))).Url.AbsolutePath.ShouldBe("/logga-in");
        (await thief.PostFormAsync(second, "Input.Code", ("Input.Code", recovery[0]))).Url.AbsolutePath.ShouldBe("/logga-in");
        (await thief.GetAsync("/konto")).Url.AbsolutePath.ShouldBe("/logga-in");
        var right = await thief.PostFormAsync("/logga-in", ("Input.UserName", user.UserName), ("Input.Password", NewPassword));
        (await thief.PostFormAsync(right, "Input.Code", ("Input.Code", CodeNow(host, key)))).Url.AbsolutePath.ShouldStartWith("/f/");
    }

    [Fact]
    public async Task Recovery_codes_are_stored_with_a_key_and_those_from_before_go_on_working()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        using var browser = await host.SignInAsync(user);
        var (_, codes) = await TurnOnCodeAsync(host, browser, user);
        var stored = await host.SqlAsync("SELECT code_hash FROM recovery_code");
        stored.Count.ShouldBe(8);
        stored.Intersect(codes.Select(c => AccountStore.Hash(RecoveryCodes.Normalize(c)))).ShouldBeEmpty();
        // As it was stored before.
        await host.SqlAsync($"INSERT INTO recovery_code (app_user_id, code_hash, is_keyed) VALUES ({user.Id}, '{AccountStore.Hash("GAMMALKOD1")}', 0)");

        await using var restarted = await WebHost.StartAsync(beside: host);
        (await host.SqlAsync("SELECT code_hash FROM recovery_code WHERE is_keyed = 0")).ShouldBeEmpty();
        using var other = restarted.Open();
        var second = await other.PostFormAsync("/logga-in", ("Input.UserName", user.UserName), ("Input.Password", user.Password));
        (await other.PostFormAsync(second, "Input.Code", ("Input.Code", "gammal-kod1"))).Url.AbsolutePath.ShouldStartWith("/f/");
        await other.PostFormAsync("/konto", "/logga-ut");
        var third = await other.PostFormAsync("/logga-in", ("Input.UserName", user.UserName), ("Input.Password", user.Password));
        (await other.PostFormAsync(third, "Input.Code", ("Input.Code", "gammal-kod1"))).Errors.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_password_stored_with_fewer_rounds_is_hashed_anew_at_sign_in_and_its_sessions_go_on()
    {
        await using var host = await WebHost.StartAsync(settings: new WebSettings());
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        var old = new PasswordHasher<AppUser>(Options.Create(new PasswordHasherOptions { IterationCount = 100_000 })).HashPassword(null!, user.Password);
        await host.SqlAsync($"UPDATE app_user SET password_hash = '{old}' WHERE id = {user.Id}");
        Rounds(old).ShouldBe(100_000);
        using var first = await host.SignInAsync(user);
        var stored = (await host.Get<AccountStore>().FindAsync(user.Id))!.PasswordHash!;
        Rounds(stored).ShouldBe(210_000, "OWASP, PBKDF2-HMAC-SHA512");
        using var second = await host.SignInAsync(user);
        (await host.Get<AccountStore>().FindAsync(user.Id))!.PasswordHash.ShouldBe(stored, "made anew once");
        (await first.GetAsync("/konto")).Heading.ShouldBe("Konto");
        (await host.ActionsByAsync(user.UserName)).ShouldNotContain("Users.ChangePassword");

        var started = Stopwatch.GetTimestamp();
        host.Get<IPasswordHasher<AppUser>>().VerifyHashedPassword(null!, stored, user.Password).ShouldBe(PasswordVerificationResult.Success);
        TestContext.Current.TestOutputHelper!.WriteLine($"En inloggnings lösenord: {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms");
    }

    // Identity's version 3: a mark, the hash function (2 is HMAC-SHA-512) and the rounds.
    private static int Rounds(string hash)
    {
        var bytes = Convert.FromBase64String(hash);
        (bytes[0], bytes[4]).ShouldBe(((byte)1, (byte)2));
        return System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(5));
    }

    private static string CodeNow(WebHost host, string key) => AuthenticatorCode.At(host.Clock.GetUtcNow(), key);

    private static async Task<(string Key, List<string> Recovery)> TurnOnCodeAsync(WebHost host, WebBrowser browser, TestUser user)
    {
        var setup = await browser.PostFormAsync("/konto/engangskod", "Begin", ("Input.Password", user.Password));
        var key = Regex.Match(setup.Html, "<code id=\"nyckel\">([A-Z2-7]+)</code>").Groups[1].Value;
        var codes = await browser.PostFormAsync(setup, "TurnOn", ("Input.Code", CodeNow(host, key)));
        return (key, [.. Regex.Matches(codes.Html, "<li><code>([^<]+)</code></li>").Select(m => m.Groups[1].Value)]);
    }
}
