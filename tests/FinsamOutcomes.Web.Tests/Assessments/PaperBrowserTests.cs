using FinsamOutcomes.Data.HeadCounts;
using FinsamOutcomes.Web.Tests.Browser;
using FinsamOutcomes.Web.Tests.Hosting;
using Microsoft.Playwright;

namespace FinsamOutcomes.Web.Tests.Assessments;

public sealed class PaperBrowserTests(Chromium chromium)
{
    [Fact]
    public async Task A_pile_is_registered_with_the_keyboard_alone()
    {
        await using var papers = await Papers.StartAsync();
        await using var window = await chromium.WindowAsync(papers.Host.Address);
        var page = await SignInAsync(window, papers);
        await page.GotoAsync(papers.Pile);

        // The cursor stands in the first question: two answers and Enter is a whole paper.
        await Assertions.Expect(page.Locator("[data-question] input").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("4");
        await page.Keyboard.TypeAsync("10");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#klart")).ToContainTextAsync("Sparat för D0012. Nästa: D0013.");

        // 1 could still be 10, so Enter moves on; outside the scale is said and the cursor stands there.
        await Assertions.Expect(page.Locator("[data-question] input").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("7");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("1");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".label__message--error")).ToContainTextAsync("Fråga 1: svaret ligger utanför skalan 1–5.");
        await page.ShouldBeSeenByAllAsync("sjalvskattning-fel");
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.PressAsync("e");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#klart")).ToContainTextAsync("Sparat för D0013. Nästa: D0014.");
        (await papers.OfAsync(papers.Participations[0])).Single().Answers.Select(a => a.Value).ShouldBe([4m, 10m]);
        (await papers.OfAsync(papers.Participations[1])).Single().Answers.Select(a => (a.Value, a.MissingReason)).ShouldBe([(null, "not_asked"), (1m, null)]);

        // In the order of the papers: the code, Enter, the answers, Enter, and the cursor waits for the next code.
        await page.GotoAsync($"{papers.Pile}&sok=true");
        var presses = 0;
        await Assertions.Expect(page.Locator("[name='Find.Text']")).ToBeFocusedAsync();
        await TypeAsync("d0014");
        await PressAsync("Enter");
        await Assertions.Expect(page.Locator("[data-question] input").First).ToBeFocusedAsync();
        await TypeAsync("5");
        await TypeAsync("2");
        await PressAsync("Enter");
        await Assertions.Expect(page.Locator("#klart")).ToContainTextAsync("Sparat för D0014. Sök upp nästa.");
        await Assertions.Expect(page.Locator("[name='Find.Text']")).ToBeFocusedAsync();
        presses.ShouldBeLessThanOrEqualTo(7);
        (await papers.OfAsync(papers.Participations[2])).Single().Answers.Select(a => a.Value).ShouldBe([5m, 2m]);

        Task PressAsync(string key)
        {
            presses++;
            return page.Keyboard.PressAsync(key);
        }

        Task TypeAsync(string text)
        {
            presses++;
            return page.Keyboard.TypeAsync(text);
        }
    }

    [Fact]
    public async Task Papers_numbers_remarks_and_start_are_seen_by_all_and_fit_the_window()
    {
        await using var papers = await Papers.StartAsync();
        var counted = await papers.Host.AddInsatsAsync("Öppet hus för unga", method: "count");
        await papers
            .Host.Get<HeadCountStore>()
            .SetAsync(
                new NewHeadCount
                {
                    ForbundId = papers.Host.ForbundId,
                    InsatsId = counted,
                    CalendarYear = 2023,
                    Half = 1,
                    Gender = "woman",
                    NumberOfPeople = 14,
                });
        var user = await papers.Host.AddUserAsync(papers.Host.ForbundId, [Web.Access.Role.Caseworker], papers.InsatsId, counted);
        var saved = await papers.RegisterAsync(papers.Participations[0]);
        await papers.EnterAsync("D0099", birthYear: 2015);
        await using var window = await chromium.WindowAsync(papers.Host.Address);
        var page = await SignInAsync(window, papers, user);
        var single = $"{papers.Root}/deltaganden/{papers.Participations[0]}/sjalvskattning";
        foreach (
            var (name, address) in new[]
            {
                ("start", papers.Root),
                ("hog-valj", $"{papers.Root}/sjalvskattningar"),
                ("hog", papers.Pile),
                ("hog-sok", $"{papers.Pile}&sok=true"),
                ("skattningar", single),
                ("skattning-ny", $"{single}?instrument={papers.InstrumentId}&tillfalle=uppfoljning"),
                ("skattning-ratta", $"{single}/{saved}"),
                ("antal", $"{papers.Root}/antal"),
                ("instrument", $"{papers.Root}/instrument"),
                ("anmarkningar", $"{papers.Root}/anmarkningar"),
            })
        {
            await page.GotoAsync(address);
            await page.ShouldBeSeenByAllAsync(name);
        }
    }

    private static async Task<IPage> SignInAsync(IBrowserContext window, Papers papers, TestUser? user = null)
    {
        user ??= papers.User;
        var page = await window.NewPageAsync();
        await page.GotoAsync("/logga-in");
        await page.FillAsync("[name='Input.UserName']", user.UserName);
        await page.FillAsync("[name='Input.Password']", user.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/f/**");
        return page;
    }
}
