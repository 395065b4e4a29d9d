using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Account;

/// <summary>Whether something takes two is decided by how it is when it is done, not by how it was when it was sent.</summary>
public sealed class AdministratorRaceTests
{
    private static readonly TimeSpan s_untilAllWait = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_role_that_was_taken_away_is_not_regained_by_sending_the_next_version_in_advance()
    {
        await using var host = await WebHost.StartAsync();
        var first = await host.AddUserAsync(host.ForbundId, [Role.Administrator, Role.Caseworker]);
        using var asking = await host.SignInAsync(first);
        using var taking = await host.SignInAsync(Role.Administrator);
        var address = $"/f/{host.ForbundId}/anvandare/{first.Id}";
        var (mine, theirs) = (await asking.GetAsync(address), await taking.GetAsync(address));
        Task<WebPage> taken;
        List<Task<WebPage>> regained;
        await using (await HoldAsync(host))
        {
            taken = taking.PostFormAsync(theirs, "Input.Roles", ("Input.Roles", Role.Administrator));
            await Task.Delay(s_untilAllWait);
            regained =
            [
                .. Enumerable
                    .Range(0, 8)
                    .Select(_ =>
                        asking.PostFormAsync(mine, "Input.Roles", ("version", "2"), ("Input.Roles", Role.Administrator), ("Input.Roles", Role.Caseworker))),
            ];
            await Task.Delay(s_untilAllWait);
        }

        (await taken).Content.ShouldContain("Rollerna är sparade");
        await Task.WhenAll(regained);
        (await RolesAsync(host, first.Id)).ShouldBe([Role.Administrator]);
    }

    [Theory]
    [InlineData("Remove")]
    [InlineData("Deactivate")]
    public async Task Somebody_who_becomes_administrator_meanwhile_is_not_taken_away_alone(string handler)
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.ProcessSupporter]);
        using var browser = await host.SignInAsync(Role.Administrator);
        var page = await browser.GetAsync($"/f/{host.ForbundId}/anvandare/{user.Id}");
        Task<WebPage> sent;
        await using (var hold = await HoldAsync(host))
        {
            sent = browser.PostFormAsync(page, handler, ("version", "2"));
            await Task.Delay(s_untilAllWait);
            // What the other administrators have meanwhile agreed on.
            await hold.ExecuteAsync("Users.AddRole", new { host.ForbundId, UserId = user.Id, Role = Role.Administrator });
            await hold.ExecuteAsync("Users.RaiseVersion", new { UserId = user.Id, Version = 1 });
            await hold.CommitAsync();
        }

        (await sent).Content.ShouldContain("En annan förbundsadministratör behöver säga ja");
        (await RolesAsync(host, user.Id)).ShouldContain(Role.Administrator);
        (await host.SqlAsync($"SELECT is_active FROM app_user WHERE id = {user.Id}")).ShouldBe(["1"]);
    }

    [Fact]
    public async Task Nothing_is_done_for_somebody_who_is_no_administrator_any_more_when_the_turn_comes()
    {
        await using var host = await WebHost.StartAsync();
        var (first, _) = (await host.AddUserAsync(host.ForbundId, [Role.Administrator]), await host.AddUserAsync(host.ForbundId, [Role.Administrator]));
        var user = await host.AddUserAsync(host.ForbundId, [Role.ProcessSupporter]);
        using var browser = await host.SignInAsync(first);
        var page = await browser.GetAsync($"/f/{host.ForbundId}/anvandare/{user.Id}");
        Task<WebPage> sent;
        await using (var hold = await HoldAsync(host))
        {
            sent = browser.PostFormAsync(page, "Remove");
            await Task.Delay(s_untilAllWait);
            await hold.ExecuteAsync("Users.ClearRoles", new { host.ForbundId, UserId = first.Id });
            await hold.CommitAsync();
        }

        await sent;
        (await RolesAsync(host, user.Id)).ShouldBe([Role.ProcessSupporter]);
    }

    // Whoever writes in the förbund waits until it ends.
    private static async Task<Data.Database.DatabaseSession> HoldAsync(WebHost host)
    {
        var hold = await host.Database.WriteAsync();
        await hold.ExecuteAsync("Registration.Hold", new { host.ForbundId });
        return hold;
    }

    private static async Task<IReadOnlyList<string>> RolesAsync(WebHost host, int userId) =>
        (await host.Get<UserStore>().AllAsync(host.ForbundId)).Single(u => u.User.Id == userId).Roles;
}
