using System.Net;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Account;

public sealed class SignInTests
{
    [Fact]
    public async Task A_user_signs_in_comes_to_the_page_asked_for_and_signs_out()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.ProcessSupporter]);
        using var browser = host.Open();

        var asked = await browser.GetAsync($"/f/{host.ForbundId}");
        asked.Url.AbsolutePath.ShouldBe("/logga-in");
        var start = await browser.PostFormAsync(asked, null, ("Input.UserName", user.UserName.ToUpperInvariant()), ("Input.Password", user.Password));
        start.Url.AbsolutePath.ShouldBe($"/f/{host.ForbundId}");
        start.Html.ShouldContain(user.UserName);

        (await browser.PostFormAsync($"/f/{host.ForbundId}", "/logga-ut")).Content.ShouldContain("Du är utloggad");
        (await browser.GetAsync($"/f/{host.ForbundId}")).Url.AbsolutePath.ShouldBe("/logga-in");

        (await host.ActionsByAsync(user.UserName)).ShouldBe(["Users.SignIn", "Users.SignOut"]);

        // Nor to another site, however the address is written.
        foreach (var lure in new[] { "/.//annan.invalid", "/..//annan.invalid", "/%2e//annan.invalid", "/x/..//annan.invalid", "//annan.invalid" })
        {
            using var lured = host.Open();
            var page = await lured.PostFormAsync(
                $"/logga-in?returnUrl={Uri.EscapeDataString(lure)}",
                ("Input.UserName", user.UserName),
                ("Input.Password", user.Password));
            (page.Status, page.Url.AbsolutePath).ShouldBe((HttpStatusCode.OK, $"/f/{host.ForbundId}"), lure);
        }
    }

    [Fact]
    public async Task The_answer_is_the_same_for_a_wrong_password_and_for_somebody_who_does_not_exist()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Caseworker]);
        using var browser = host.Open();
        var wrong = await browser.PostFormAsync("/logga-in", ("Input.UserName", user.UserName), ("Input.Password", "fel lösenord här"));
        var unknown = await browser.PostFormAsync("/logga-in", ("Input.UserName", "ingen@exempel.invalid"), ("Input.Password", "fel lösenord här"));
        unknown.Errors.ShouldBe(wrong.Errors);
        (wrong.Status, unknown.Status).ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK));
        wrong.Html.ShouldNotContain("fel lösenord här");
    }
}
