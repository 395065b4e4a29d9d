using System.Net;
using FinsamOutcomes.Data.Assessments;
using FinsamOutcomes.Data.Instruments;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Access;

namespace FinsamOutcomes.Web.Tests.Assessments;

public sealed class PaperTests
{
    [Fact]
    public async Task A_pile_goes_from_one_participant_to_the_next_and_the_last_saved_can_be_undone()
    {
        await using var papers = await Papers.StartAsync();
        using var browser = await papers.Host.SignInAsync(papers.User);
        var page = await browser.PostFormAsync(
            $"{papers.Root}/sjalvskattningar",
            ("Choice.InsatsId", $"{papers.InsatsId}"),
            ("Choice.InstrumentId", $"{papers.InstrumentId}"),
            ("Choice.Occasion", "start"),
            ("Choice.AnsweredOn", "2024-05-14"));
        page.Url.PathAndQuery.ShouldBe($"{papers.Pile}&deltagande={papers.Participations[0]}");
        page.Content.ShouldContain("Deltagarens självskattning för D0012");
        page.Content.ShouldContain("0 av 3 inskrivna");

        page = await browser.PostFormAsync(page, "Input.AnsweredOn", Papers.Answers(page, "4", "e"));
        page.Content.ShouldContain("Sparat för D0012. Nästa: D0013.");
        page.Content.ShouldContain("1 av 3 inskrivna");
        page.Url.Query.ShouldNotContain("D0013");
        var saved = (await papers.OfAsync(papers.Participations[0])).ShouldHaveSingleItem();
        (saved.Row.Occasion, saved.Row.AnsweredOn).ShouldBe(("start", new DateOnly(2024, 5, 14)));
        saved.Answers.Select(a => (a.Value, a.MissingReason)).ShouldBe([(4m, null), (null, "not_asked")]);

        page = await browser.PostFormAsync(page, "assessmentId");
        page.Content.ShouldContain("Skattningen för D0012 är borttagen.");
        page.Content.ShouldContain("självskattning för D0012");
        (await papers.OfAsync(papers.Participations[0])).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_participant_is_found_by_code_also_one_who_has_left()
    {
        await using var papers = await Papers.StartAsync();
        using var browser = await papers.Host.SignInAsync(papers.User);
        var page = await browser.PostFormAsync(papers.Pile, ("Find.Text", "d0014"));
        page.Content.ShouldContain("självskattning för D0014");
        page = await browser.PostFormAsync(page, null, ("Find.Text", "D9999"));
        page.Errors.ShouldBe(["Ingen deltagare som du når i Insam hittades, varken inskriven eller avslutad. Kontrollera stavningen och insatsen."]);
        page.Html.ShouldContain("value=\"D9999\"");
        page.Url.PathAndQuery.ShouldNotContain("D9999");
        (await browser.PostFormAsync(papers.Pile, ("Find.Text", " "))).Errors.ShouldBe(["Skriv deltagarens kod, namn eller personnummer."]);

        // By name: a single one at once, several to choose from, those in queue without a form, and nobody of other insatser.
        var participations = papers.Host.Get<ParticipationStore>();
        var insats = await papers.Host.AddInsatsAsync("Vägen in");
        NewRegistration New(string code, string name, int birthYear, int? elsewhere = null) => new()
        {
            ForbundId = papers.Host.ForbundId,
            Code = code,
            Name = name,
            Gender = "woman",
            BirthYear = birthYear,
            InsatsId = elsewhere ?? papers.InsatsId,
            StartedOn = new DateOnly(2024, 1, 10),
            IsNotDuplicate = true,
        };
        await participations.RegisterNewAsync(New("N1", "Ada Provsson", 1980));
        await participations.RegisterNewAsync(New("N2", "Bo Provsson", 1981));
        await participations.RegisterNewAsync(New("N3", "Cia Provsson", 1982) with { StartedOn = null, QueuedOn = new DateOnly(2024, 1, 10) });
        await participations.RegisterNewAsync(New("N4", "Dag Provsson", 1983, insats));
        page = await browser.PostFormAsync(papers.Pile, ("Find.Text", "ada prov"));
        page.Content.ShouldContain("självskattning för N1 Ada Provsson");
        page.Content.ShouldContain("Spara och sök nästa");
        page.Url.PathAndQuery.ShouldNotContain("prov");
        page = await browser.PostFormAsync(papers.Pile, ("Find.Text", "provsson"));
        page.Content.ShouldContain("Vem av dem? N1 Ada Provsson, född 1980 N2 Bo Provsson, född 1981 N3 Cia Provsson, född 1982, står i kö");
        page.Content.ShouldNotContain("N4");
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_each_question_and_everything_typed_stays()
    {
        await using var papers = await Papers.StartAsync();
        using var browser = await papers.Host.SignInAsync(papers.User);
        var first = await browser.GetAsync(papers.Pile);
        var page = await browser.PostFormAsync(first, "Input.AnsweredOn", Papers.Answers(first, "6", ""));
        page.Errors.ShouldBe(["Fråga 1: svaret ligger utanför skalan 1–5.", "Fråga 2: svaret saknas. Skriv en siffra, eller ange varför svaret saknas."]);
        page.Html.ShouldContain("value=\"6\"");
        page.Html.ShouldContain("autofocus=\"autofocus\"");
        page = await browser.PostFormAsync(page, "Input.AnsweredOn", [.. Papers.Answers(page, "x", "v"), ("Input.AnsweredOn", "2024-06-01")]);
        page.Errors.ShouldBe(
            [
                "Datumet är i framtiden. Ange ett datum som har varit.",
                "Fråga 1: svaret går inte att läsa. Skriv ett tal från 1 till 5, eller ange varför svaret saknas.",
            ],
            ignoreOrder: true);
        page = await browser.PostFormAsync(page, "Input.AnsweredOn", ("Input.AnsweredOn", "i morgon"));
        page.Errors.ShouldContain("Datumet går inte att läsa. Skriv det som ÅÅÅÅ-MM-DD, till exempel 2026-05-31.");
        (await papers.OfAsync(papers.Participations[0])).ShouldBeEmpty();
        (
            await browser.PostFormAsync($"{papers.Root}/sjalvskattningar", "Choice.InsatsId", ("Choice.InstrumentId", ""), ("Choice.AnsweredOn", "2025-01-01"))
        ).Errors.ShouldBe(
            ["Välj instrumentet som papperen har.", "Välj vid vilket tillfälle papperen fylldes i.", "Datumet är i framtiden. Ange ett datum som har varit."],
            ignoreOrder: true);
    }

    [Fact]
    public async Task Nobody_reaches_papers_of_insatser_that_are_not_theirs()
    {
        await using var papers = await Papers.StartAsync();
        var other = await papers.Host.AddInsatsAsync("Annan");
        using var stranger = await papers.Host.SignInAsync(Role.Caseworker, other);
        (await stranger.GetAsync(papers.Pile)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.GetAsync($"{papers.Root}/deltaganden/{papers.Participations[0]}/sjalvskattning")).Status.ShouldBe(HttpStatusCode.NotFound);

        // Through a pile of one's own: neither to save, to undo nor to look.
        var saved = await papers.RegisterAsync(papers.Participations[0]);
        var theirs = await papers.EnterAsync("X1", other);
        var own = papers.Pile.Replace($"insats={papers.InsatsId}", $"insats={other}", StringComparison.Ordinal);
        (await stranger.GetAsync($"{own}&deltagande={papers.Participations[0]}")).Status.ShouldBe(HttpStatusCode.NotFound);
        var page = await stranger.GetAsync(own);
        (
            await stranger.PostFormAsync(
                page,
                "Input.AnsweredOn",
                [.. Papers.Answers(page, "1", "1"), ("Input.ParticipationId", $"{papers.Participations[1]}")])).Content.ShouldContain("Inget är sparat");
        page = await stranger.PostFormAsync(page, "Input.AnsweredOn", Papers.Answers(page, "1", "1"));
        (
            await stranger.PostFormAsync(page, "assessmentId", ("assessmentId", $"{saved}"), ("savedParticipationId", $"{papers.Participations[0]}"))
        ).Status.ShouldBe(HttpStatusCode.NotFound);
        (await papers.OfAsync(papers.Participations[0])).ShouldHaveSingleItem();
        (await papers.OfAsync(papers.Participations[1])).ShouldBeEmpty();
        (await stranger.GetAsync($"{papers.Root}/deltaganden/{theirs}/sjalvskattning/{saved}")).Status.ShouldBe(HttpStatusCode.NotFound);
        using var processSupporter = await papers.Host.SignInAsync(Role.ProcessSupporter);
        (await processSupporter.GetAsync(papers.Pile)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task One_participants_answers_the_time_before_stand_beside_and_the_caseworkers_own_form_is_marked()
    {
        await using var papers = await Papers.StartAsync();
        await papers.RegisterAsync(papers.Participations[0]);
        var own = await papers
            .Host.Get<InstrumentStore>()
            .AddAsync(
                new NewInstrument
                {
                    ForbundId = papers.Host.ForbundId,
                    Code = "EX-H",
                    InstrumentVersion = 1,
                    Respondent = "caseworker",
                    Items =
                    [
                        new NewInstrumentItem
                        {
                            Code = "framsteg",
                            ScaleMin = 1,
                            ScaleMax = 5,
                            IsHigherBetter = true,
                            Texts = new Dictionary<string, string> { ["sv"] = "Gör deltagaren framsteg?" },
                        },
                    ],
                });
        using var browser = await papers.Host.SignInAsync(papers.User);
        var here = $"{papers.Root}/deltaganden/{papers.Participations[0]}/sjalvskattning";
        var page = await browser.PostFormAsync(here, ("Choice.InstrumentId", $"{papers.InstrumentId}"), ("Choice.Occasion", "followup"));
        page.Content.ShouldContain("1. Hur mår du? Skala 1–5, där 5 är bäst. Förra gången: 3");
        page.Content.ShouldContain("Förra gången: ville inte svara");
        page = await browser.PostFormAsync(page, "Input.AnsweredOn", Papers.Answers(page, "5", "2,5"));
        page.Content.ShouldContain("Sparat för D0012.");
        (await papers.OfAsync(papers.Participations[0]))[1].Answers.Select(a => a.Value).ShouldBe([5m, 2.5m]);
        page = await browser.PostFormAsync(here, ("Choice.InstrumentId", $"{own}"), ("Choice.Occasion", "start"));
        page.Content.ShouldContain("Här svarar du själv om deltagaren, inte deltagaren.");
        (await browser.PostFormAsync(here, ("Choice.InstrumentId", ""))).Errors.ShouldBe([
            "Välj instrumentet som papperet har.",
            "Välj vid vilket tillfälle papperet fylldes i.",
        ]);
    }

    [Fact]
    public async Task A_correction_keeps_its_history_and_the_second_to_save_sees_what_the_first_changed()
    {
        await using var papers = await Papers.StartAsync();
        var id = await papers.RegisterAsync(papers.Participations[0]);
        using var browser = await papers.Host.SignInAsync(papers.User);
        var here = $"{papers.Root}/deltaganden/{papers.Participations[0]}/sjalvskattning/{id}";
        var second = await browser.GetAsync(here);
        await browser.PostFormAsync(second, "Input.AnsweredOn", Papers.Answers(second, "2", "v"));

        var page = await browser.PostFormAsync(second, "Input.AnsweredOn", Papers.Answers(second, "1", "v"));
        page.Content.ShouldContain("Inget har sparats: någon annan hann före");
        page.Content.ShouldContain($"Fråga 1 3 2 {papers.User.UserName} 2024-05-15");
        page.Content.ShouldContain("det du skrev");
        (await papers.OfAsync(papers.Participations[0])).Single().Answers[0].Value.ShouldBe(2m);
        page = await browser.PostFormAsync(page, "Input.AnsweredOn");
        page.Content.ShouldContain("Skattningen för D0012 är rättad.");
        (await papers.OfAsync(papers.Participations[0])).Single().Answers[0].Value.ShouldBe(1m);
        page = await browser.GetAsync(here);
        page.Content.ShouldContain($"{papers.User.UserName} Fråga 1 2 1");

        // Who only touched the second question keeps what the other did with the first, the occasion and the date.
        using var colleague = await papers.Host.SignInAsync(papers.User);
        var other = await colleague.GetAsync(here);
        await colleague.PostFormAsync(
            other,
            "Input.AnsweredOn",
            [.. Papers.Answers(other, "5", "v"), ("When.Occasion", "followup"), ("Input.AnsweredOn", "2024-03-01")]);
        page = await browser.PostFormAsync(page, "Input.AnsweredOn", Papers.Answers(page, "1", "7"));
        page.Content.ShouldContain("det nya värdet");
        (await browser.PostFormAsync(page, "Input.AnsweredOn")).Content.ShouldContain("är rättad");
        var both = (await papers.OfAsync(papers.Participations[0])).Single();
        both.Answers.Select(a => a.Value).ShouldBe([5m, 7m]);
        (both.Row.Occasion, both.Row.AnsweredOn).ShouldBe(("followup", new DateOnly(2024, 3, 1)));

        (await browser.PostFormAsync(here, "Ta bort som felregistrerad")).Content.ShouldContain("är borttagen som felregistrerad.");
        (await papers.OfAsync(papers.Participations[0])).ShouldBeEmpty();
        (await browser.GetAsync(here)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Instruments_are_shown_word_for_word_to_those_who_may_read_them()
    {
        await using var papers = await Papers.StartAsync();
        await papers.RegisterAsync(papers.Participations[0]);
        foreach (var role in new[] { Role.ProcessSupporter, Role.Administrator, Role.Caseworker })
        {
            using var browser = await papers.Host.SignInAsync(role);
            var page = await browser.GetAsync($"{papers.Root}/instrument");
            page.Content.ShouldContain("EX-2, version 1");
            page.Content.ShouldContain("Språk svenska, arabiska");
            page.Content.ShouldContain("Låst sedan 2024-05-15");
            page.Content.ShouldContain("Används i Insam");
            page.Content.ShouldContain("Hur ofta sover du dåligt? sömn 0–10 lågt (0)");
        }
    }

    [Fact]
    public async Task A_refused_paper_has_an_address_of_its_own_that_shows_it_until_it_is_saved()
    {
        await using var papers = await Papers.StartAsync();
        using var browser = await papers.Host.SignInAsync(papers.User);
        var first = await browser.GetAsync(papers.Pile);
        var refused = await browser.PostFormAsync(first, "Input.AnsweredOn", [.. Papers.Answers(first, "6", "x"), ("Input.AnsweredOn", "2024-03-03")]);
        refused.Url.Query.ShouldContain("kvar=");
        refused.Url.Query.ShouldNotContain("2024-03-03");
        string[] told =
        [
            "Fråga 1: svaret ligger utanför skalan 1–5.",
            "Fråga 2: svaret går inte att läsa. Skriv ett tal från 0 till 10, eller ange varför svaret saknas.",
        ];
        refused.Errors.ShouldBe(told);
        refused.Html.ShouldContain("value=\"6\"");
        refused.Html.ShouldContain("value=\"2024-03-03\"");

        // Reloaded, and refused once more.
        (await browser.GetAsync(refused.Url.PathAndQuery)).Errors.ShouldBe(told);
        var again = await browser.PostFormAsync(refused, "Input.AnsweredOn", Papers.Answers(refused, "7", ""));
        again.Url.Query.ShouldNotBe(refused.Url.Query);
        again.Errors.Count.ShouldBe(2);

        var saved = await browser.PostFormAsync(again, "Input.AnsweredOn", Papers.Answers(again, "4", "3"));
        saved.Content.ShouldContain("Sparat för D0012.");
        (await papers.OfAsync(papers.Participations[0])).ShouldHaveSingleItem();
        var back = await browser.GetAsync(again.Url.PathAndQuery);
        back.Errors.ShouldBeEmpty();
        back.Content.ShouldContain("D0012 har redan en skattning");
    }

    [Fact]
    public async Task Answers_that_belong_to_another_than_the_page_is_about_are_refused_and_nothing_is_saved()
    {
        await using var papers = await Papers.StartAsync();
        using var browser = await papers.Host.SignInAsync(papers.User);
        var first = await browser.GetAsync(papers.Pile);
        first.Url.Query.ShouldContain($"deltagande={papers.Participations[0]}");
        // As when the form of one paper is sent to the address of another.
        var mixed = await browser.PostFormAsync(
            first with
            {
                Html = first.Html.Replace($"deltagande={papers.Participations[0]}", $"deltagande={papers.Participations[1]}", StringComparison.Ordinal),
            },
            "data-answers");
        mixed.Content.ShouldContain("Inget är sparat: svaren hörde till en annan deltagare än D0013");
        foreach (var stay in papers.Participations)
            (await papers.OfAsync(stay)).ShouldBeEmpty();
    }

}
