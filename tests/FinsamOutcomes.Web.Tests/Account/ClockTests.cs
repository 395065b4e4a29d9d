using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Identity;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Account;

/// <summary>What was made while the computer's clock was a month ahead does not live on for a month when it is right again.</summary>
public sealed class ClockTests
{
    private static readonly TimeSpan s_ahead = TimeSpan.FromDays(30);

    [Fact]
    public async Task A_session_that_was_begun_in_the_future_is_over()
    {
        await using var host = await WebHost.StartAsync();
        host.Clock.Advance(s_ahead);
        using var browser = await host.SignInAsync(Role.Auditor);
        (await browser.GetAsync("/konto")).Heading.ShouldBe("Konto");
        host.Clock.Advance(-s_ahead);
        (await browser.GetAsync("/konto")).Url.AbsolutePath.ShouldBe("/logga-in");

        // Two hosts' clocks may be a little apart.
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        using var next = await host.SignInAsync(Role.Auditor);
        host.Clock.Advance(TimeSpan.FromMinutes(-2));
        (await next.GetAsync("/konto")).Heading.ShouldBe("Konto");
    }

    [Fact]
    public async Task A_link_that_was_made_in_the_future_has_run_out()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        host.Clock.Advance(s_ahead);
        var administrator = await host.AddUserAsync(host.ForbundId, [Role.Administrator]);
        var token = await host.Get<InvitationStore>().ResetAsync(host.ForbundId, user.Id, administrator.UserName);
        using var browser = host.Open();
        (await browser.GetAsync($"/inbjudan/{token}")).Forms.ShouldContain(f => f.Names.Any(n => n.Contains("Password", StringComparison.Ordinal)));
        host.Clock.Advance(-s_ahead);
        var page = await browser.GetAsync($"/inbjudan/{token}");
        page.Forms.ShouldNotContain(f => f.Names.Any(n => n.Contains("Password", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_lock_that_was_set_in_the_future_does_not_keep_its_owner_out_for_a_month()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        host.Clock.Advance(s_ahead);
        using (var attacker = host.Open())
        {
            for (var i = 0; i < FinsamIdentity.FailuresBeforeLockout; i++)
                await attacker.PostFormAsync("/logga-in", ("Input.UserName", user.UserName), ("Input.Password", "inte rätt alls"));
        }

        host.Clock.Advance(-s_ahead);
        using var browser = await host.SignInAsync(user);
        (await browser.GetAsync("/konto")).Heading.ShouldBe("Konto");
    }
}
