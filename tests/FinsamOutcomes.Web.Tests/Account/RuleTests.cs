using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Account;

/// <summary>Rules about access that let more in take two administrators, where there are two.</summary>
public sealed class RuleTests
{
    private const string Waits = "En annan förbundsadministratör behöver säga ja";

    [Fact]
    public async Task Nobody_widens_their_own_reach_for_a_moment_and_narrower_is_done_at_once()
    {
        await using var host = await WebHost.StartAsync();
        var first = await host.AddUserAsync(host.ForbundId, [Role.Administrator, Role.Caseworker]);
        using var asking = await host.SignInAsync(first);
        using var answering = await host.SignInAsync(Role.Administrator);
        var (rules, users) = ($"/f/{host.ForbundId}/regler", $"/f/{host.ForbundId}/anvandare");
        (await asking.PostFormAsync(rules, ("Input.ReachMonths", "60"))).Content.ShouldContain(Waits);
        (await MonthsAsync(host)).ShouldBe(12);
        (await asking.GetAsync(rules)).Content.ShouldContain("En ändring av reglerna väntar på ett ja");

        // Not by the form that the page does not show either.
        var mine = await asking.GetAsync(users);
        mine.Content.ShouldNotContain("Säg ja till");
        (await asking.PostFormAsync(mine, "handler=ApproveRules")).Content.ShouldContain("Du kan inte själv säga ja");
        (await MonthsAsync(host)).ShouldBe(12);

        (await answering.GetAsync($"/f/{host.ForbundId}")).Content.ShouldContain("En ändring av reglerna för behörighet väntar på ditt svar");
        var listed = await answering.GetAsync(users);
        listed.Content.ShouldContain("månader som handläggare når den som har lämnat, från 12 till 60");
        (await answering.PostFormAsync(listed, "handler=ApproveRules")).Content.ShouldContain("reglerna är ändrade");
        (await MonthsAsync(host)).ShouldBe(60);
        (await answering.PostFormAsync(listed, "handler=ApproveRules")).Content.ShouldContain("redan svarat");

        (await asking.PostFormAsync(rules, ("Input.ReachMonths", "6"))).Content.ShouldContain("Reglerna är sparade");
        (await MonthsAsync(host)).ShouldBe(6);
        using var auditor = await host.SignInAsync(Role.Auditor);
        var log = (await auditor.GetAsync($"/f/{host.ForbundId}/logg?visa=behorighet")).Content;
        log.ShouldContain($"månader 12 till 60; engångskod eller passkey krävs av: ingen roll, begärt av {first.UserName}");
        log.ShouldContain("begäran om regler 1, månader 12 till 60");
    }

    [Fact]
    public async Task A_required_code_is_taken_away_by_two_and_what_has_changed_meanwhile_is_not_done()
    {
        await using var host = await WebHost.StartAsync();
        using var asking = await host.SignInAsync(Role.Administrator);
        using var answering = await host.SignInAsync(Role.Administrator);
        var (rules, users) = ($"/f/{host.ForbundId}/regler", $"/f/{host.ForbundId}/anvandare");
        (await asking.PostFormAsync(rules, "Input.CodeRoles", ("Input.CodeRoles", Role.Auditor))).Content.ShouldContain("Reglerna är sparade");
        (await asking.PostFormAsync(rules, "Input.CodeRoles", ("Input.CodeRoles", Role.Caseworker))).Content.ShouldContain(Waits);
        (await host.SqlAsync("SELECT role FROM code_required_role")).ShouldBe([Role.Auditor]);
        (await answering.GetAsync(users)).Content.ShouldContain("roller som måste ha engångskod, från Revisor till Handläggare");
        (await answering.PressAsync(await answering.GetAsync(users), "Säg nej<span class=\"sr-only\"> till begäran om reglerna</span>")).Content.ShouldContain(
            "Du har sagt nej");

        await asking.PostFormAsync(rules, "Input.CodeRoles", ("Input.CodeRoles", Role.Caseworker));
        await answering.PostFormAsync(rules, ("Input.ReachMonths", "10"));
        (await answering.PostFormAsync(await answering.GetAsync(users), "handler=ApproveRules")).Content.ShouldContain(
            "Reglerna har ändrats sedan det begärdes");
        (await host.SqlAsync("SELECT role FROM code_required_role")).ShouldBe([Role.Auditor]);
        (await answering.GetAsync(users)).Content.ShouldNotContain("Väntar på ett ja");
    }

    [Fact]
    public async Task The_only_administrator_widens_at_once_and_the_log_says_so()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(Role.Administrator);
        (await browser.PostFormAsync($"/f/{host.ForbundId}/regler", ("Input.ReachMonths", "24"))).Content.ShouldContain("Reglerna är sparade");
        (await host.SqlAsync("SELECT detail FROM audit_event WHERE action = 'Reach.SetSettings'"))
            .ShouldHaveSingleItem()
            .ShouldEndWith(", utan en andra administratör");
    }

    private static async Task<int> MonthsAsync(WebHost host) => (await host.Get<ReachStore>().SettingsAsync(host.ForbundId)).ReachMonths;
}
