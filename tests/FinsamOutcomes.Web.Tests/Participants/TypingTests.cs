using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Access;

namespace FinsamOutcomes.Web.Tests.Participants;

/// <summary>What people write in the fields, and what becomes of it.</summary>
public sealed class TypingTests
{
    // Dates are read by one reader (SwedishDate), in forms as in files; what it refuses is said once.
    [Fact]
    public async Task A_date_that_can_not_be_read_is_told_once_with_what_is_wrong()
    {
        await using var people = await People.StartAsync();
        foreach (
            var (text, says) in new[]
            {
                ("11/26/2026", "månaden före dagen"), ("2023-02-29", "finns inte i kalendern"), ("45415", "kalkylprograms nummer för 2024-05-03"),
                ("23 november 23h", "går inte att läsa"), ("24 dec 2058", "framtiden"),
            })
        {
            var page = await people.Browser.PostFormAsync(
                $"{people.Root}/deltagare/ny",
                ("Input.Gender", "woman"),
                ("Input.BirthYear", "1990"),
                ("Input.On", text));
            var told = page.Errors.Where(e => new[] { "atum", "agen", "nummer" }.Any(word => e.Contains(word, StringComparison.Ordinal))).ToList();
            told.ShouldHaveSingleItem(text).ShouldContain(says);
            told[0].ShouldNotContain("Skriv datumet.");
        }
    }

    [Fact]
    public async Task Numbers_are_read_with_their_unit_and_what_can_not_be_read_is_named_where_it_is_summed_up()
    {
        await using var people = await People.StartAsync();
        var address = $"{people.Root}/deltagare/ny";
        var wrong = await people.Browser.PostFormAsync(
            address,
            ("Input.Gender", "woman"),
            ("Input.BirthYear", "nittio"),
            ("Input.Before.Occupation", "active"),
            ("Input.Before.WorkPercent", "halvtid"),
            ("Input.Before.StudyPercent", "99999999999"));
        wrong.Errors.ShouldBe([
            "Skriv födelseåret med fyra siffror, till exempel 1985.",
            "Skriv hur mycket deltagaren arbetar i hela procent, från 0 till 100.",
            "Skriv hur mycket deltagaren studerar i hela procent, från 0 till 100.",
        ]);
        wrong.Html.ShouldContain("value=\"halvtid\"");
        var saved = await people.Browser.PostFormAsync(
            address,
            ("Input.Gender", "woman"),
            ("Input.BirthYear", " 1 985 "),
            ("Input.Before.Occupation", "active"),
            ("Input.Before.WorkPercent", "50 %"));
        saved.Content.ShouldContain("Född 1985");
        saved.Content.ShouldContain("arbetar 50");
    }

    [Fact]
    public async Task The_cursor_comes_to_the_summary_of_several_errors_and_to_the_field_of_a_single_one()
    {
        await using var people = await People.StartAsync();
        var address = $"{people.Root}/deltagare/ny";
        var several = await people.Browser.PostFormAsync(address, ("Input.On", "2099-01-01"));
        several.Html.IndexOf("autofocus", StringComparison.Ordinal).ShouldBeLessThan(several.Html.IndexOf("message-box__heading", StringComparison.Ordinal));
        var one = await people.Browser.PostFormAsync(address, ("Input.Gender", "woman"), ("Input.BirthYear", "1985"), ("Input.On", ""));
        one.Html.IndexOf("autofocus", StringComparison.Ordinal).ShouldBeGreaterThan(one.Html.IndexOf("message-box__heading", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_that_is_sent_after_the_session_has_ended_says_so_and_leads_back()
    {
        await using var people = await People.StartAsync();
        var address = $"{people.Root}/deltagare/ny";
        var form = await people.Browser.GetAsync(address);
        people.Host.Clock.Advance(TimeSpan.FromMinutes(61));
        var asked = await people.Browser.PostFormAsync(form, null, ("Input.Gender", "woman"), ("Input.BirthYear", "1985"));
        asked.Heading.ShouldBe("Logga in");
        asked.Content.ShouldContain("Det du skickade har inte sparats");
        var back = await people.Browser.PostFormAsync(
            asked,
            null,
            ("Input.UserName", people.Caseworker.UserName),
            ("Input.Password", people.Caseworker.Password));
        back.Heading.ShouldBe("Registrera deltagare");

        // Another tab has signed in meanwhile: what stands in the form that was left open is good.
        (await people.Browser.PostFormAsync(form, null, ("Input.Gender", "woman"), ("Input.BirthYear", "1985"))).Content.ShouldContain("D0001 är registrerad.");
        using var stranger = people.Host.Open();
        (await stranger.GetAsync(address)).Content.ShouldNotContain("har inte sparats");
    }

    [Fact]
    public async Task The_list_can_be_of_those_whose_caseworker_one_is()
    {
        await using var people = await People.StartAsync();
        var mine = await people.AddAsync("A1");
        await people.AddAsync("A2");
        (await people.Browser.GetAsync($"{people.Root}/deltagare?mina=true")).Content.ShouldContain("Vem som är handläggare väljer du på deltagarens sida.");
        await people.Browser.PostFormAsync(people.Participation(mine, "handlaggare"));
        var list = await people.Browser.GetAsync($"{people.Root}/deltagare?mina=true");
        list.Content.ShouldContain("Alla (1)");
        list.Content.ShouldContain("A1");
        list.Content.ShouldContain("kvinna, 1990");
        list.Content.ShouldNotContain("A2");
        list.Html.ShouldContain("deltagare?mina=true&amp;status=inskrivna");
        (await people.Browser.GetAsync($"{people.Root}/deltagare")).Content.ShouldContain("Alla (2)");

        // Somebody who has left was followed to the end.
        await people.Browser.PostFormAsync(people.Participation(mine, "skriv-ut"), ("Input.ExitReason", "arbete"));
        (await people.Browser.GetAsync($"{people.Root}/deltagare?mina=true&status=avslutade")).Content.ShouldContain("A1");
    }

    [Fact]
    public async Task Somebody_can_be_registered_late_in_an_insats_that_has_ended()
    {
        await using var people = await People.StartAsync();
        people.Host.Clock.Advance(TimeSpan.FromDays(600));
        using var browser = await people.Host.SignInAsync(Role.Caseworker, people.Own);
        var form = await browser.GetAsync($"{people.Root}/deltagare/ny");
        form.Html.ShouldContain("<optgroup label=\"Avslutade insatser\">");
        var saved = await browser.PostFormAsync(
            form,
            null,
            ("Input.InsatsId", $"{people.Own}"),
            ("Input.On", "2025-12-01"),
            ("Input.Gender", "man"),
            ("Input.BirthYear", "1985"));
        saved.Content.ShouldContain("Inskriven 2025-12-01");
        (await people.Host.Get<ParticipationStore>().OpenInInsatsAsync(people.Host.ForbundId, people.Own)).Count.ShouldBe(1);
    }
}
