using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Assessments;
using FinsamOutcomes.Web.Tests.Hosting;
using FinsamOutcomes.Web.Tests.Participants;
using Microsoft.Playwright;

namespace FinsamOutcomes.Web.Tests.Browser;

/// <summary>The browser's Back: never a question about sending a form again, never another person under the same address.</summary>
public sealed class BackTests(Chromium chromium)
{
    [Fact]
    public async Task Back_from_a_participant_shows_the_search_and_its_hits()
    {
        await using var people = await People.StartAsync();
        await people.AddAsync("A1", name: "Elin Provsson");
        await people.AddAsync("A2", name: "Elis Provsson");
        await using var window = await chromium.WindowAsync(people.Host.Address);
        var page = await SignInAsync(window, people.Caseworker);
        await page.GotoAsync($"{people.Root}/deltagare");
        await page.GetByLabel("Sök deltagare").FillAsync("provsson");
        await page.GetByLabel("Sök deltagare").PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = "A1", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("A1");

        (await page.GoBackAsync())!.Ok.ShouldBeTrue();
        await Assertions.Expect(page.GetByText("2 deltagare hittades")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Sök deltagare")).ToHaveValueAsync("provsson");
        page.Url.ShouldNotContain("provsson");
        (await page.ReloadAsync())!.Ok.ShouldBeTrue();
        await Assertions.Expect(page.GetByText("2 deltagare hittades")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Back_to_the_logs_search_and_to_a_link_that_was_made_asks_nothing()
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor, Role.Administrator]);
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await SignInAsync(window, user);
        var root = $"/f/{host.ForbundId}";
        await page.GotoAsync($"{root}/logg");
        await page.Locator("[name='Input.EntityId']").FillAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sök", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/logg?sokning=*");
        await page.GotoAsync($"{root}/anvandare");
        (await page.GoBackAsync())!.Ok.ShouldBeTrue();
        await Assertions.Expect(page.Locator("[name='Input.EntityId']")).ToHaveValueAsync("1");

        var colleague = await host.AddUserAsync(host.ForbundId, [Role.ProcessSupporter]);
        await page.GotoAsync($"{root}/anvandare/{colleague.Id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Länk till nytt lösenord" }).ClickAsync();
        var link = await page.InnerTextAsync("#lank");
        await page.GotoAsync(root);
        (await page.GoBackAsync())!.Ok.ShouldBeTrue();
        (await page.InnerTextAsync("#lank")).ShouldBe(link);
    }

    [Fact]
    public async Task Back_in_a_pile_shows_the_paper_that_was_left_and_not_the_next_one()
    {
        await using var papers = await Papers.StartAsync();
        await using var window = await chromium.WindowAsync(papers.Host.Address);
        var page = await SignInAsync(window, papers.User);
        await page.GotoAsync(papers.Pile);
        var first = page.Url;
        first.ShouldContain($"deltagande={papers.Participations[0]}");
        await Assertions.Expect(page.Locator("[data-question] input").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("4");
        await page.Keyboard.TypeAsync("10");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h2").First).ToContainTextAsync("D0013");

        (await page.GoBackAsync())!.Ok.ShouldBeTrue();
        page.Url.ShouldBe(first);
        await Assertions.Expect(page.Locator("h2").First).ToContainTextAsync("D0012");
        await Assertions.Expect(page.GetByText("D0012 har redan en skattning")).ToBeVisibleAsync();
        (await papers.OfAsync(papers.Participations[1])).ShouldBeEmpty();
    }

    private static async Task<IPage> SignInAsync(IBrowserContext window, TestUser user)
    {
        var page = await window.NewPageAsync();
        await page.GotoAsync("/logga-in");
        await page.FillAsync("[name='Input.UserName']", user.UserName);
        await page.FillAsync("[name='Input.Password']", user.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/f/**");
        return page;
    }
}
