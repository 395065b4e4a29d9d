using FinsamOutcomes.Data.Assessments;
using FinsamOutcomes.Data.Instruments;
using FinsamOutcomes.Web.Tests.Browser;
using Microsoft.Playwright;

namespace FinsamOutcomes.Web.Tests.Participants;

public sealed class ParticipantBrowserTests(Chromium chromium)
{
    [Fact]
    public async Task The_pages_of_a_participant_are_seen_by_all_in_every_state()
    {
        await using var people = await People.StartAsync();
        var person = await people.AddAsync("A1", name: "Elin Provsson");
        var queued = await people.AddAsync("A2", started: null, queued: "2024-03-01", name: "Elis Provsson");
        await people.AddAsync("A3", isProtected: true);
        await people.Browser.PostFormAsync(people.Participation(person, "handlaggare"));
        await people.Browser.PostFormAsync(
            people.Participation(person, "andra"),
            ("Input.Referrer", "skola"),
            ("Input.Before.Shares[0].Code", "sjukpenning"),
            ("Input.Before.Occupation", "none"));
        await using var window = await chromium.WindowAsync(people.Host.Address);
        var page = await window.NewPageAsync();
        await page.SignInAsync(people.Caseworker);

        await SeeAsync($"{people.Root}/deltagare", "deltagare-lista");
        await page.GetByLabel("Sök deltagare").FillAsync("provsson");
        await page.GetByLabel("Sök deltagare").PressAsync("Enter");
        await SeenAsync("deltagare-sok");
        await SeeAsync($"{people.Person(person)}/andra", "deltagare-andra");
        await SaveAsync("Spara", ("Input_Code", "A2"), ("Input_BirthYear", "18"));
        await SeenAsync("deltagare-andra-fel");
        await SeeAsync($"{people.Person(person)}/ny-inskrivning", "ny-inskrivning");
        await SaveAsync("Registrera");
        await SeenAsync("ny-inskrivning-fel");
        await SeeAsync(people.Participation(queued, "skriv-in"), "skriv-in");
        await SeeAsync(people.Participation(queued, "skriv-ut"), "lamnar-kon");
        await SeeAsync(people.Participation(person, "handlaggare"), "handlaggare");
        await SeeAsync(people.Participation(person, "felregistrerad"), "felregistrerad");
        await SeeAsync(people.Participation(person, "skriv-ut"), "skriv-ut");
        await page.WaitForFunctionAsync("() => document.activeElement.id === 'Input_ExitReason'");
        await SaveAsync("Skriv ut ur insatsen", ("Input_EndedOn", "2024-01-01"));
        await SeenAsync("skriv-ut-fel");
        await SeeAsync(people.Participation(person, "andra"), "deltagande-andra");
        await people.Browser.PostFormAsync(people.Participation(person, "andra"), ("Input.StartedOn", "2024-02-09"));
        await SaveAsync("Spara", ("Input_StartedOn", "2024-02-20"));
        await SeenAsync("deltagande-andrat");
        await AnswerAsync(people, person.ParticipationId);
        await people.Browser.PostFormAsync(
            people.Participation(person, "skriv-ut"),
            ("Input.ExitReason", "arbete"),
            ("Input.EndedOn", "2024-04-30"),
            ("Input.After.Shares[0].Code", "lon"),
            ("Input.After.Occupation", "active"), ("Input.After.WorkPercent", "75"));
        await people.Browser.PostFormAsync($"{people.Person(person)}/ny-inskrivning", ("Input.On", "2024-05-10"));
        await SeeAsync(people.Participation(person, "angra"), "angra");
        await page.GotoAsync(people.Person(person));

        // Over time: what was not asked is told in words, breaks the line, and stands nowhere on the scale.
        var lines = page.Locator("svg.answer-line[role=img]");
        (await lines.CountAsync()).ShouldBe(2);
        (await lines.Nth(0).Locator("circle").CountAsync()).ShouldBe(3);
        (await lines.Nth(0).GetAttributeAsync("aria-label")).ShouldNotBeNull().ShouldContain("avslut 2024-04-30: 4. Skala 1–5, där 5 är bäst. Bättre.");
        (await lines.Nth(1).Locator("circle").CountAsync()).ShouldBe(2);
        (await lines.Nth(1).Locator("line.answer-line__line").CountAsync()).ShouldBe(0);
        (await lines.Nth(1).Locator("text").AllTextContentsAsync()).ShouldContain("ej tillfrågad");
        (await page.Locator("svg.stay-lines").GetAttributeAsync("aria-label")).ShouldNotBeNull().ShouldContain("Insam: inskriven 2024-05-10.");
        await page.GetByText("Historik").First.ClickAsync();
        await SeenAsync("deltagare");

        static async Task AnswerAsync(People people, int stay)
        {
            var host = people.Host;
            var instrument = await host.Get<InstrumentStore>().AddAsync(
                new NewInstrument
                {
                    ForbundId = host.ForbundId,
                    Code = "EX-2",
                    InstrumentVersion = 1,
                    Respondent = "participant",
                    Items =
                    [
                        new NewInstrumentItem
                        {
                            Code = "mående", ScaleMin = 1, ScaleMax = 5, IsHigherBetter = true,
                            Texts = new Dictionary<string, string> { ["sv"] = "Hur mår du?" },
                        },
                        new NewInstrumentItem
                        {
                            Code = "sömn", ScaleMin = 0, ScaleMax = 10, IsHigherBetter = false,
                            Texts = new Dictionary<string, string> { ["sv"] = "Hur ofta har du sovit så dåligt att du inte orkat med dagen?" },
                        },
                    ],
                });
            (string Occasion, string On, decimal Mood, decimal? Sleep)[] given =
                [("start", "2024-02-12", 2, 8), ("followup", "2024-03-15", 3, null), ("exit", "2024-04-30", 4, 3)];
            foreach (var (occasion, on, mood, sleep) in given)
                await host.Get<AssessmentStore>().RegisterAsync(
                    new NewAssessment
                    {
                        ForbundId = host.ForbundId,
                        ParticipationId = stay,
                        InstrumentId = instrument,
                        Occasion = occasion,
                        AnsweredOn = DateOnly.Parse(on),
                        Answers =
                        [
                            new NewAnswer { ItemCode = "mående", Value = mood },
                            new NewAnswer { ItemCode = "sömn", Value = sleep, MissingReason = sleep is null ? "not_asked" : null },
                        ],
                    });
        }

        async Task SeeAsync(string address, string name)
        {
            await page.GotoAsync(address);
            await SeenAsync(name);
        }

        async Task SeenAsync(string name)
        {
            await page.ShouldBeSeenByAllAsync(name);
        }

        async Task SaveAsync(string button, params (string Id, string Value)[] fields)
        {
            foreach (var (id, value) in fields)
                await page.Locator($"#{id}").FillAsync(value);
            await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        }
    }
}
