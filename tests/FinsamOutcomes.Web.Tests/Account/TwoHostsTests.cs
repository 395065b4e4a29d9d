using System.Net;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Account;

public sealed class TwoHostsTests
{
    private const string NewPassword = "tre röda cyklar vid bron";

    [Fact]
    public async Task A_session_begun_at_one_host_goes_on_at_the_other_which_sees_what_was_written()
    {
        await using var first = await WebHost.StartAsync();
        await using var second = await WebHost.StartAsync(beside: first);
        using var browser = await first.SignInAsync(Role.Administrator);
        var users = $"/f/{first.ForbundId}/anvandare";
        await browser.PostFormAsync(users, ("Input.DisplayName", "Prov Fyra"), ("Input.UserName", "fyra@exempel.invalid"), ("Input.Roles", Role.Auditor));

        var there = await browser.GetAsync(At(second, users));
        there.Status.ShouldBe(HttpStatusCode.OK);
        there.Content.ShouldContain("fyra@exempel.invalid");
        // Done and sent on; the browser of the tests doesn't follow to another host.
        (await browser.PressAsync(there, "Dra tillbaka")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await browser.GetAsync(users)).Content.ShouldNotContain("fyra@exempel.invalid");
    }

    [Fact]
    public async Task A_form_fetched_from_one_host_can_be_sent_to_the_other_and_a_form_without_its_token_to_neither()
    {
        await using var first = await WebHost.StartAsync();
        await using var second = await WebHost.StartAsync(beside: first);
        using var browser = await first.SignInAsync(Role.Administrator);
        var users = $"/f/{first.ForbundId}/anvandare";
        var form = (await browser.GetAsync(users)).Forms.First(f => f.Names.Contains("Input.DisplayName"));
        var token = form.Values.Single(v => v.Name == "__RequestVerificationToken").Value;

        // Done and sent on to the page that shows the link.
        (await SendAsync(token)).ShouldBe(HttpStatusCode.Redirect);
        (await SendAsync("CfDJ8")).ShouldBe(HttpStatusCode.BadRequest);

        async Task<HttpStatusCode> SendAsync(string sent)
        {
            using var content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = sent,
                ["Input.DisplayName"] = "Prov Fem",
                ["Input.UserName"] = "fem@exempel.invalid",
                ["Input.Roles"] = Role.Auditor,
            });
            using var answer = await browser.Client.PostAsync(new Uri(At(second, form.Action)), content);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_password_changed_at_one_host_ends_the_other_sessions_at_the_other()
    {
        await using var first = await WebHost.StartAsync();
        await using var second = await WebHost.StartAsync(beside: first);
        var user = await first.AddUserAsync(first.ForbundId, [Role.Auditor]);
        using var here = await first.SignInAsync(user);
        using var there = await second.SignInAsync(user);
        await here.PostFormAsync("/konto", ("Input.Present", user.Password), ("Input.Password", NewPassword));
        (await there.GetAsync("/konto")).Url.AbsolutePath.ShouldBe("/logga-in");
        (await here.GetAsync(At(second, "/konto"))).Heading.ShouldBe("Konto");

        using var again = second.Open();
        await again.SignInAsync(user with { Password = NewPassword });
    }

    [Fact]
    public async Task Wrong_passwords_are_counted_together_whichever_host_they_are_tried_at()
    {
        await using var first = await WebHost.StartAsync();
        await using var second = await WebHost.StartAsync(beside: first);
        var user = await first.AddUserAsync(first.ForbundId, [Role.Auditor]);
        using var browser = first.Open();
        using var other = second.Open();
        for (var i = 0; i < 5; i++)
            await (i % 2 == 0 ? browser : other).PostFormAsync("/logga-in", ("Input.UserName", user.UserName), ("Input.Password", "inte rätt alls"));
        (await other.PostFormAsync("/logga-in", ("Input.UserName", user.UserName), ("Input.Password", user.Password))).Errors.ShouldHaveSingleItem();
    }

    private static string At(WebHost host, string path) => new Uri(host.Address, path).ToString();
}
