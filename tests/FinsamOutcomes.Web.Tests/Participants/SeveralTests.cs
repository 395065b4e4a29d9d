using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Browser;
using FinsamOutcomes.Web.Tests.Hosting;
using Microsoft.Playwright;

namespace FinsamOutcomes.Web.Tests.Participants;

/// <summary>The same done to several participations that are ticked in the list.</summary>
public sealed class SeveralTests(Chromium chromium)
{
    [Fact]
    public async Task Several_are_written_out_at_once_and_each_that_can_not_be_says_why()
    {
        await using var people = await People.StartAsync();
        var (a, b, late, ended) = (await people.AddAsync("A1"), await people.AddAsync("A2"), await people.AddAsync("A3", started: "2024-05-10"), await people.AddAsync("A4"));
        await people.Browser.PostFormAsync(people.Participation(ended, "skriv-ut"), ("Input.ExitReason", "arbete"));
        var address = $"{people.Root}/deltaganden/flera?vad=skriv-ut{Ticked(a, b, late, ended)}";

        var form = await people.Browser.GetAsync(address);
        form.Content.ShouldContain("redan avslutad");
        var left = await people.Browser.PostFormAsync(
            form, "Input.On", ("val", $"{a.ParticipationId}"), ("val", $"{b.ParticipationId}"), ("val", $"{late.ParticipationId}"), ("Input.On", "2024-05-02"), ("Input.ExitReason", "studier"));

        left.Content.ShouldContain("A1 och A2 är utskrivna.");
        left.Content.ShouldContain("Utskrivningen är före inskrivningen.");
        left.Content.ShouldNotContain("A4");
        (await people.RowAsync(a)).ExitReason.ShouldBe("studier");
        (await people.RowAsync(b)).EndedOn.ShouldBe(new DateOnly(2024, 5, 2));
        (await people.RowAsync(late)).EndedOn.ShouldBeNull();
        (await ExitsAsync(people)).ShouldBe(3, "one event each, the first one's by itself");

        // Another day for the one that is left.
        var done = await people.Browser.PostFormAsync(left, "Input.On", ("Input.On", "2024-05-12"));
        done.Content.ShouldContain("A3 är utskriven. Det går att ångra på deltagarens sida.");
        (await people.RowAsync(late)).EndedOn.ShouldBe(new DateOnly(2024, 5, 12));
    }

    [Fact]
    public async Task Somebody_who_was_ahead_is_not_written_over()
    {
        await using var people = await People.StartAsync();
        var (a, b) = (await people.AddAsync("A1"), await people.AddAsync("A2"));
        var form = await people.Browser.GetAsync($"{people.Root}/deltaganden/flera?vad=skriv-ut{Ticked(a, b)}");
        await people.Browser.PostFormAsync(people.Participation(a, "andra"), ("Input.StartedOn", "2024-02-09"));

        var left = await people.Browser.PostFormAsync(form, "Input.On", ("val", $"{a.ParticipationId}"), ("val", $"{b.ParticipationId}"));

        left.Content.ShouldContain("A2 är utskriven.");
        left.Content.ShouldContain("Någon annan har ändrat deltagandet sedan du öppnade sidan.");
        (await people.RowAsync(a)).EndedOn.ShouldBeNull();
        (await people.Browser.PostFormAsync(left, "Input.On")).Content.ShouldContain("A1 är utskriven.");
    }

    [Fact]
    public async Task All_that_a_colleague_follows_are_handed_over_from_the_list_in_the_browser()
    {
        await using var people = await People.StartAsync();
        var colleague = await people.Host.AddUserAsync(people.Host.ForbundId, [Role.Caseworker], people.Own);
        foreach (var code in new[] { "A1", "A2", "A3" })
        {
            var person = await people.AddAsync(code, name: code == "A1" ? "Ada Exempel" : null);
            if (code != "A3")
                await people.Browser.PostFormAsync(people.Participation(person, "handlaggare"), ("Input.AppUserId", $"{colleague.Id}"));
        }

        await using var window = await chromium.WindowAsync(people.Host.Address);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/logga-in");
        await page.FillAsync("[name='Input.UserName']", people.Caseworker.UserName);
        await page.FillAsync("[name='Input.Password']", people.Caseworker.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/f/**");
        await page.GotoAsync($"{people.Root}/deltagare");

        await page.GetByLabel("Handläggare").SelectOptionAsync(new SelectOptionValue { Value = $"{colleague.Id}" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Visa", Exact = true }).ClickAsync();
        (await page.Locator("main").InnerTextAsync()).ShouldNotContain("A3");
        await page.Locator("label[for=val-alla]").ClickAsync();
        await page.ShouldBeSeenByAllAsync("deltagare-forbockade");
        await page.GetByRole(AriaRole.Button, new() { Name = "Byt handläggare" }).ClickAsync();
        (await page.Locator("main").InnerTextAsync()).ShouldContain("Ada Exempel");
        await page.GetByLabel("Ny handläggare").SelectOptionAsync(new SelectOptionValue { Value = $"{people.Caseworker.Id}" });
        await page.ShouldBeSeenByAllAsync("flera-handlaggare");
        await page.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();

        await page.WaitForURLAsync("**/deltagare?*");
        (await page.Locator("#klart").InnerTextAsync()).ShouldContain("är handläggare för A");
        (await people.Browser.GetAsync($"{people.Root}/deltagare?mina=true")).Content.ShouldContain("Alla (2)");
    }

    [Fact]
    public async Task Several_who_have_left_are_registered_once_more()
    {
        await using var people = await People.StartAsync();
        var (left, still) = (await people.AddAsync("A1"), await people.AddAsync("A2"));
        await people.Browser.PostFormAsync(people.Participation(left, "skriv-ut"), ("Input.ExitReason", "arbete"), ("Input.EndedOn", "2024-03-01"));

        var answer = await people.Browser.PostFormAsync(
            $"{people.Root}/deltaganden/flera?vad=ny-inskrivning{Ticked(left, still)}",
            "Input.On",
            ("val", $"{left.ParticipationId}"), ("val", $"{still.ParticipationId}"), ("Input.On", "2024-05-02"), ("Input.Referrer", "skola"));

        answer.Content.ShouldContain("A1 är inskriven.");
        var stays = await people.Host.Get<ParticipationStore>().OfParticipantAsync(people.Host.ForbundId, left.ParticipantId);
        stays.Select(s => (s.StartedOn, s.Referrer)).ShouldContain((new DateOnly(2024, 5, 2), "skola"));
        (await people.Host.Get<CaseworkerStore>().OfAsync(people.Host.ForbundId, stays.MaxBy(s => s.Id)!.Id)).ShouldHaveSingleItem().AppUserId.ShouldBe(people.Caseworker.Id);
        (await people.Host.Get<ParticipationStore>().OfParticipantAsync(people.Host.ForbundId, still.ParticipantId)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Nobody_of_others_is_shown_or_changed_whatever_is_ticked()
    {
        await using var people = await People.StartAsync();
        var (own, theirs) = (await people.AddAsync("A1"), await people.AddAsync("B1", insats: people.Foreign));
        var address = $"{people.Root}/deltaganden/flera?vad=skriv-ut{Ticked(own, theirs)}";

        (await people.Browser.GetAsync(address)).Content.ShouldNotContain("B1");
        await people.Browser.PostFormAsync(address, "Input.On", ("val", $"{theirs.ParticipationId}"), ("version", $"{theirs.ParticipationId}:1"));

        (await people.RowAsync(theirs)).EndedOn.ShouldBeNull();
        (await people.RowAsync(own)).EndedOn.ShouldBeNull();
        (await people.Browser.GetAsync($"{people.Root}/deltaganden/flera?vad=annat{Ticked(own)}")).Heading.ShouldBe("Deltagare");

        // Back to the list as it was chosen, and nowhere else.
        foreach (var (chosen, back) in new[] { ("status%3Dinskrivna%26sida%3D1", "?status=inskrivna&sida=1"), ("%2F%2Fexempel.se", ""), ("a%3Db%23c", "") })
            (await people.Browser.GetAsync($"{people.Root}/deltaganden/flera?vad=annat{Ticked(own)}&urval={chosen}")).Url.PathAndQuery
                .ShouldBe($"{people.Root}/deltagare{back}");
        (await people.Browser.GetAsync($"{people.Root}/deltaganden/flera?vad=skriv-ut")).Content.ShouldContain("Inget deltagande är valt.");
    }

    private static string Ticked(params RegisteredPerson[] people) => string.Concat(people.Select(p => $"&val={p.ParticipationId}"));

    private static async Task<int> ExitsAsync(People people) =>
        (await people.Host.Get<AuditStore>().SearchAsync(people.Host.ForbundId, new AuditFilter { Action = "Participations.Exit" }, 1, "revisor")).Events.Count;
}
