using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Access;

namespace FinsamOutcomes.Web.Tests.Participants;

public sealed class SecondSaverTests
{
    [Fact]
    public async Task The_second_to_correct_a_participation_sees_what_the_first_changed_keeps_what_was_typed_and_saves_again()
    {
        await using var people = await People.StartAsync();
        var person = await people.AddAsync("A1");
        var address = people.Participation(person, "andra");
        var second = await people.Browser.GetAsync(address);
        await people.Browser.PostFormAsync(address, ("Input.StartedOn", "2024-02-09"), ("Input.Referrer", "skola"), ("Input.Before.Shares[0].Code", "lon"));

        var refused = await people.Browser.PostFormAsync(second, null, ("Input.StartedOn", "2024-02-20"), ("Input.EducationLevel", "gymnasium"));
        refused.Content.ShouldContain("Inget har sparats: någon annan hann före");
        refused.Content.ShouldContain($"Inskriven 2024-02-01 2024-02-09 {people.Caseworker.UserName}");
        refused.Content.ShouldContain("det du skrev");
        refused.Content.ShouldContain("det nya värdet");
        refused.Html.ShouldContain("value=\"2024-02-20\"");
        (await people.RowAsync(person)).EducationLevel.ShouldBeNull();

        // What the second had not touched is the first's; what both changed is what the second saw and saved.
        await people.Browser.PostFormAsync(refused, "Input.StartedOn");
        var row = await people.RowAsync(person);
        (row.StartedOn, row.Referrer, row.EducationLevel).ShouldBe((new DateOnly(2024, 2, 20), "skola", "gymnasium"));
        (await people.Host.Get<ParticipationStore>().SituationAsync(people.Host.ForbundId, row.Id, "before")).Livelihoods.ShouldBe([
            new LivelihoodShare("lon", 100),
        ]);
    }

    [Fact]
    public async Task The_second_to_write_out_sees_that_it_is_done()
    {
        await using var people = await People.StartAsync();
        var person = await people.AddAsync("A1");
        var second = await people.Browser.GetAsync(people.Participation(person, "skriv-ut"));
        await people.Browser.PostFormAsync(people.Participation(person, "skriv-ut"), ("Input.ExitReason", "arbete"));
        var refused = await people.Browser.PostFormAsync(second, null, ("Input.ExitReason", "studier"));
        refused.Content.ShouldContain("A1 är redan utskriven, 2024-05-15 (Arbete utan stöd). Det registrerades av dig 2024-05-15");
        refused.Content.ShouldNotContain("Inget har sparats");

        // The same for another, who is told whose it was.
        var colleague = await people.Host.AddUserAsync(people.Host.ForbundId, [Role.Caseworker], people.Own);
        using var other = await people.Host.SignInAsync(colleague);
        (await other.GetAsync(people.Participation(person, "skriv-ut"))).Content.ShouldContain($"Det registrerades av {people.Caseworker.UserName} 2024-05-15");
        (await people.RowAsync(person)).ExitReason.ShouldBe("arbete");
    }

    [Theory]
    [InlineData("angra")]
    [InlineData("felregistrerad")]
    public async Task A_confirmation_of_something_that_has_changed_asks_again(string form)
    {
        await using var people = await People.StartAsync();
        var person = await people.AddAsync("A1");
        await people.Browser.PostFormAsync(people.Participation(person, "skriv-ut"), ("Input.ExitReason", "arbete"));
        var second = await people.Browser.GetAsync(people.Participation(person, form));
        await people.Browser.PostFormAsync(people.Participation(person, "andra"), ("Input.ExitReason", "studier"));
        var refused = await people.Browser.PostFormAsync(second, "Version");
        refused.Content.ShouldContain("Avslutsorsak Arbete utan stöd Studier");
        (await people.Browser.PostFormAsync(refused, "Version")).Heading.ShouldBe("A1");
        (await people.RowAsync(person)).ExitReason.ShouldBe(form == "angra" ? null : ParticipationStore.Misregistration);
    }

    [Fact]
    public async Task A_name_that_another_changed_is_shown_and_protection_is_never_lost()
    {
        await using var people = await People.StartAsync();
        var person = await people.AddAsync("A1", name: "Elin Provsson");
        var address = $"{people.Person(person)}/andra";
        var second = await people.Browser.GetAsync(address);
        await people.Browser.PostFormAsync(address, ("Input.Name", "Elin Annan"), ("Input.BirthYear", "1991"));
        var refused = await people.Browser.PostFormAsync(second, null, ("Input.Code", "A9"));
        refused.Content.ShouldContain("Namn visas inte Elin Annan");
        refused.Html.ShouldContain("value=\"1991\"");
        var saved = await people.Browser.PostFormAsync(refused, "Input.Name", ("Input.Name", "Elin Annan"));
        saved.Heading.ShouldBe("A9");

        second = await people.Browser.GetAsync(address);
        await people.Browser.PostFormAsync(address, ("Input.HasProtectedIdentity", "true"));
        refused = await people.Browser.PostFormAsync(second, null, ("Input.Code", "A1"));
        refused = await people.Browser.PostFormAsync(refused, "Input.Name");
        refused.Content.ShouldContain("Namn och personnummer sparas inte: ta bort dem.");
        (await people.Host.Get<ParticipantStore>().FindAsync(people.Host.ForbundId, person.ParticipantId))!.HasProtectedIdentity.ShouldBeTrue();
    }
}
