using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Browser;
using FinsamOutcomes.Web.Tests.Hosting;
using Microsoft.Playwright;

namespace FinsamOutcomes.Web.Tests.Participants;

public sealed class RegistrationPressesTests(Chromium chromium)
{
    private int _presses;

    [Fact]
    public async Task A_registration_takes_at_most_eleven_key_presses_and_choices_beyond_typing_the_values()
    {
        await using var host = await WebHost.StartAsync();
        var insatsId = await host.AddInsatsAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Caseworker], insatsId);
        await using var window = await chromium.WindowAsync(host.Address);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/logga-in");
        await page.FillAsync("[name='Input.UserName']", user.UserName);
        await page.FillAsync("[name='Input.Password']", user.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/f/**");
        await page.GotoAsync($"/f/{host.ForbundId}/deltagare/ny");

        // The insats and today are filled in, and the cursor stands at gender.
        await page.WaitForFunctionAsync("() => document.activeElement !== document.body");
        await PressAsync(page, "Space");
        await PressAsync(page, "Tab");
        await page.Keyboard.TypeAsync("1990");
        await PressAsync(page, "Tab");
        await ChooseAsync(page, "Arbets");
        await PressAsync(page, "Tab");
        await ChooseAsync(page, "Gymnasium");
        await PressAsync(page, "Tab");
        await ChooseAsync(page, "Sjukpenning");
        await PressAsync(page, "Tab");
        await ChooseAsync(page, "S");
        await PressAsync(page, "Control+Enter");
        await page.WaitForURLAsync(url => !url.EndsWith("/ny", StringComparison.Ordinal));
        _presses.ShouldBeLessThanOrEqualTo(11);

        var person = (await host.Get<ParticipantStore>().FindAsync(host.ForbundId, "D0001")).ShouldNotBeNull();
        (person.Gender, person.BirthYear).ShouldBe(("woman", 1990));
        var stay = (await host.Get<ParticipationStore>().OfParticipantAsync(host.ForbundId, person.Id)).ShouldHaveSingleItem();
        (stay.InsatsId, stay.StartedOn, stay.Referrer, stay.EducationLevel).ShouldBe((insatsId, new DateOnly(2024, 5, 15), "arbetsformedlingen", "gymnasium"));
        var before = await host.Get<ParticipationStore>().SituationAsync(host.ForbundId, stay.Id, "before");
        before.Livelihoods.ShouldHaveSingleItem().ShouldBe(new LivelihoodShare("sjukpenning", 100));
        before.Occupation.ShouldBe(new Occupation(0, 0, IsJobSeeking: true));
    }

    private Task PressAsync(IPage page, string key)
    {
        _presses++;
        return page.Keyboard.PressAsync(key);
    }

    // One choice: the beginning of the word picks it from the list.
    private Task ChooseAsync(IPage page, string word)
    {
        _presses++;
        return page.Keyboard.TypeAsync(word);
    }
}
