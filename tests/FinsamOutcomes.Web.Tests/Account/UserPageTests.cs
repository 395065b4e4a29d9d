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
        (await first.PostFormAsync(address, null, ("Input.Roles", Role.Caseworker), ("Input.InsatsIds", $"{insats}"))).Content.ShouldContain("Rollerna är sparade");

        var refused = await second.PostFormAsync(opened, null, ("Input.Roles", Role.ProcessSupporter));
        refused.Content.ShouldContain("Någon annan har ändrat användaren");
        refused.Content.ShouldContain("Roller: Handläggare");
        refused.Content.ShouldContain("Egna insatser: Insam");
        (await RolesAsync(host, user)).ShouldBe([Role.Caseworker]);

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

    private static async Task<IReadOnlyList<string>> RolesAsync(WebHost host, TestUser user) =>
        (await host.Get<UserStore>().AllAsync(host.ForbundId)).Single(u => u.User.Id == user.Id).Roles;
}
