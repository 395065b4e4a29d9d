using System.Net;
using System.Text.RegularExpressions;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;

namespace FinsamOutcomes.Web.Tests.Participants;

public sealed class UnusualFactsTests
{
    [Fact]
    public async Task Low_and_high_ages_and_entries_early_the_insats_are_asked_about_wherever_they_are_typed_and_saved_when_they_are_right()
    {
        await using var people = await People.StartAsync();
        var (browser, host) = (people.Browser, people.Host);

        // A new participant: asked, asked anew when it is changed, and saved when it is confirmed.
        var asked = await browser.PostFormAsync($"{people.Root}/deltagare/ny", ("Input.Gender", "woman"), ("Input.BirthYear", "2015"), ("Input.Code", "N1"));
        asked.Content.ShouldContain("Födelseåret 2015 ger åldern 9 år 2024.");
        asked.Errors.ShouldBeEmpty("it is a question and no refusal");
        var again = await browser.PostFormAsync(asked, "Input.BirthYear", ("Unusual.IsRight", "true"), ("Input.BirthYear", "1953"));
        again.Content.ShouldContain("Födelseåret 1953 ger åldern 71 år 2024.");
        (await host.Get<ParticipantStore>().FindAsync(host.ForbundId, "N1")).ShouldBeNull();
        var saved = await browser.PostFormAsync(again, "Input.BirthYear", ("Unusual.IsRight", "true"));
        saved.Content.ShouldContain("N1 är registrerad.");
        (await host.Get<ParticipantStore>().FindAsync(host.ForbundId, "N1"))!.BirthYear.ShouldBe(1953);

        // The next one begins with the same insats, day and referrer.
        var first = await browser.PostFormAsync(
            $"{people.Root}/deltagare/ny",
            ("Input.Gender", "man"), ("Input.BirthYear", "1984"), ("Input.On", "2024-05-02"), ("Input.Referrer", "skola"), ("Input.Name", "Ada Exempel"));
        var next = WebUtility.HtmlDecode(Regex.Match(first.Html, "href=\"([^\"]*/deltagare/ny[^\"]*)\"").Groups[1].Value);
        var form = await browser.GetAsync(next);
        form.Html.ShouldContain("value=\"2024-05-02\"");
        form.Html.ShouldContain("<option selected=\"selected\" value=\"skola\">");
        (await browser.GetAsync($"{people.Root}/deltagare/ny?datum=x&remittent=x")).Html.ShouldContain("value=\"2024-05-15\"");

        // The insats began on 1 January 2023: a little before is only warned of.
        var early = await AskedAsync($"{people.Root}/deltagare/ny", ("Input.Gender", "man"), ("Input.BirthYear", "1985"), ("Input.On", "2020-12-31"));
        early.ShouldContain("Datumet 2020-12-31 är mer än 2 år före insatsens start 2023-01-01.");
        var person = await people.AddAsync("A1");
        await browser.PostFormAsync(people.Participation(person, "skriv-ut"), ("Input.EndedOn", "2024-03-01"), ("Input.ExitReason", "arbete"));
        await browser.PostFormAsync(people.Participation(person, "andra"), ("Input.EducationLevel", "gymnasium"));
        (await browser.GetAsync($"{people.Person(person)}/ny-inskrivning")).Content.ShouldContain("Den som senast var känd.");
        (await AskedAsync($"{people.Person(person)}/ny-inskrivning", ("Input.On", "2021-12-31"), ("Input.EndedOn", "2022-01-31")))
            .ShouldContain("mer än ett år före");
        (await AskedAsync(people.Participation(person, "andra"), ("Input.StartedOn", "2019-01-01"))).ShouldContain("mer än 4 år före");
        (await AskedAsync($"{people.Person(person)}/andra", ("Input.BirthYear", "2012"))).ShouldContain("ger åldern 12 år 2024");
        var queued = await people.AddAsync("K1", started: null, queued: "2019-02-01");
        (await AskedAsync(people.Participation(queued, "skriv-in"), ("Input.StartedOn", "2019-03-01"))).ShouldContain("mer än 3 år före");
        var several = await AskedAsync(
            $"{people.Root}/deltaganden/flera?vad=ny-inskrivning&val={person.ParticipationId}",
            ("val", $"{person.ParticipationId}"), ("Input.On", "1999-01-01"));
        several.ShouldContain("A1: födelseåret 1990 ger åldern 9 år 1999.");
        several.ShouldContain("före insatsens start");

        // Nothing of it was saved, and what is not changed is not asked about.
        (await people.RowAsync(person)).StartedOn.ShouldBe(new DateOnly(2024, 2, 1));
        (await people.RowAsync(queued)).StartedOn.ShouldBeNull();
        (await host.Get<ParticipationStore>().OfParticipantAsync(host.ForbundId, person.ParticipantId)).ShouldHaveSingleItem();
        (await browser.PostFormAsync($"{people.Person(queued)}/andra", ("Input.Gender", "man"))).Content.ShouldContain("Personuppgifterna är ändrade.");

        async Task<string> AskedAsync(string address, params (string Name, string Value)[] fields)
        {
            var page = await browser.PostFormAsync(address, fields);
            page.Html.ShouldContain("id=\"stammer\"", customMessage: address);
            return page.Content;
        }
    }
}
