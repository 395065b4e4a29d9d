using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Registration;

public sealed class PresenceTests
{
    private const string Number = "701063-2391";

    [Theory, ClassData(typeof(Engines))]
    public async Task Each_answer_is_in_the_log_and_a_user_with_many_is_stopped_until_somebody_has_looked(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (own, other) = (await f.InsatsAsync("Insam"), await f.InsatsAsync("USB"));
        var user = await f.UserAsync("anna", own);
        var theirs = await f.Participations.RegisterNewAsync(
            NewRegistrationTests.New(f, other) with
            {
                Gender = "man",
                BirthYear = null,
                PersonalNumber = Number,
            });
        var asked = NewRegistrationTests.New(f, own) with { Gender = "man", BirthYear = null, PersonalNumber = Number, UserId = user, Actor = "anna" };

        // Nothing is told, and nothing noted, while something else is wrong.
        var wrong = await Should.ThrowAsync<RegistrationException>(() => f.Participations.RegisterNewAsync(asked with { Gender = "woman" }));
        wrong.LikelySame.ShouldBeEmpty();
        wrong.Errors.ShouldHaveSingleItem().Field.ShouldBe("Gender");
        (await MatchesAsync(f)).ShouldBe(0);

        for (var i = 0; i < Presence.MatchesADay; i++)
            (await RefusedAsync(f, asked)).ShouldContain("redan finns");
        (await MatchesAsync(f)).ShouldBe(Presence.MatchesADay);
        (await f.SqlAsync("SELECT MAX(detail) FROM audit_event WHERE action = 'Presence.Match' AND actor = 'anna'")).ShouldBe(
            $"deltagare {theirs.ParticipantId}");
        Convert.ToInt32(await f.SqlAsync("SELECT COUNT(*) FROM audit_event WHERE action = 'Presence.Stop'")).ShouldBe(1);

        // From now on the answer is the same whether or not the person is there, by every door, on other days too.
        var stopped = await RefusedAsync(f, asked);
        stopped.ShouldContain("administratör");
        f.Clock.Advance(TimeSpan.FromDays(2));
        (await RefusedAsync(f, asked)).ShouldBe(stopped);
        (await RefusedAsync(f, asked with { PersonalNumber = "811218-9876" })).ShouldBe(stopped);
        (await RefusedAsync(f, NewRegistrationTests.New(f, own) with { Name = "Elin Provsson", UserId = user })).ShouldBe(stopped);
        var mine = await f.Participations.RegisterNewAsync(NewRegistrationTests.New(f, own) with { UserId = user });
        (await Should.ThrowAsync<RegistrationException>(() => f.Participants.UpdateAsync(Change(f, mine, user)))).Message.ShouldBe(stopped);
        // A code that somebody has and one that nobody has get the same answer too.
        foreach (var code in new[] { theirs.Code, "ledig-7" })
        {
            var coded = NewRegistrationTests.New(f, own) with { Code = code, UserId = user };
            (await RefusedAsync(f, coded)).ShouldBe(stopped);
            (await f.Participations.FaultsAsync(coded)).ShouldHaveSingleItem().Message.ShouldBe(stopped);
            var renamed = Change(f, mine, user) with { Code = code, PersonalNumber = null };
            (await Should.ThrowAsync<RegistrationException>(() => f.Participants.UpdateAsync(renamed))).Message.ShouldBe(stopped);
        }

        (await MatchesAsync(f)).ShouldBe(Presence.MatchesADay);

        var store = new PresenceStore(f.Test.Database);
        var watched = (await store.AllAsync(f.ForbundId)).ShouldHaveSingleItem();
        (watched.UserId, watched.Matches, watched.StoppedAt is null).ShouldBe((user, Presence.MatchesADay, false));
        (await store.CountStoppedAsync(f.ForbundId)).ShouldBe(1);
        (await store.ReleaseAsync(new Administrator(f.ForbundId, 0, "chef"), user)).ShouldBeTrue();
        (await store.ReleaseAsync(new Administrator(f.ForbundId, 0, "chef"), user)).ShouldBeFalse();
        (await store.AllAsync(f.ForbundId)).ShouldBeEmpty();
        (await RefusedAsync(f, asked)).ShouldContain("redan finns");
        (await Should.ThrowAsync<RegistrationException>(() => f.Participants.UpdateAsync(Change(f, mine, user)))).Message.ShouldContain("redan finns");
        (await store.AllAsync(f.ForbundId)).ShouldHaveSingleItem().Matches.ShouldBe(2);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Each_person_counts_and_an_answer_about_ones_own_makes_no_question_free(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (own, other) = (await f.InsatsAsync("Insam"), await f.InsatsAsync("USB"));
        var user = await f.UserAsync("anna", own);
        string[] names = ["Elin Provsson", "Elin Provson", "Elin Maria Provsson"];
        foreach (var name in names)
            await f.Participations.RegisterNewAsync(NewRegistrationTests.New(f, other) with { Name = name, IsNotDuplicate = true });
        var asked = NewRegistrationTests.New(f, own) with { UserId = user, Actor = "anna" };
        (await RefusedAsync(f, asked with { Name = names[0] })).ShouldContain("kan redan vara registrerad");
        var store = new PresenceStore(f.Test.Database);
        (await store.AllAsync(f.ForbundId)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(w => w.Matches.ShouldBe(3), w => w.Refusals.ShouldBe(1));

        // One name that would ask about many, within what a name may have and beyond.
        await f.Participations.RegisterNewAsync(asked with { Name = "Nils Tage Elin Sverre Provsson" });
        (await RefusedAsync(f, asked with { Name = "Nils Hansson Tage Olsson Elin Provsson Sverre" })).ShouldContain("högst 6 ord");

        await f.Participations.RegisterNewAsync(asked with { Name = "Frej Egensson", IsNotDuplicate = true });
        for (var i = 2; i <= Presence.RefusalsADay; i++)
            (await RefusedAsync(f, asked with { Name = "Frej Egensson" })).ShouldContain("kan redan vara registrerad");
        (await RefusedAsync(f, asked with { Name = "Frej Egensson" })).ShouldContain("administratör");
        (await store.AllAsync(f.ForbundId))
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(w => w.Matches.ShouldBe(3), w => w.Refusals.ShouldBe(Presence.RefusalsADay));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Matches_in_ones_own_insatser_are_in_the_log_and_stop_nobody(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var own = await f.InsatsAsync("Insam");
        var user = await f.UserAsync("anna", own);
        var given = NewRegistrationTests.New(f, own) with { UserId = user, Name = "Elin Provsson" };
        await f.Participations.RegisterNewAsync(given);
        for (var i = 0; i <= Presence.MatchesADay; i++)
            (await RefusedAsync(f, given)).ShouldContain("kan redan vara registrerad");
        (await MatchesAsync(f)).ShouldBe(Presence.MatchesADay + 1);
        (await new PresenceStore(f.Test.Database).AllAsync(f.ForbundId)).ShouldBeEmpty();
    }

    private static ParticipantChange Change(RegistryFixture f, RegisteredPerson person, int user) =>
        new()
        {
            ForbundId = f.ForbundId,
            Id = person.ParticipantId,
            Version = 1,
            Code = person.Code,
            Gender = "man",
            BirthYear = 1970,
            Name = null,
            PersonalNumber = Number,
            HasProtectedIdentity = false,
            UserId = user,
            Actor = "anna",
        };

    private static async Task<string> RefusedAsync(RegistryFixture f, NewRegistration registration) =>
        (await Should.ThrowAsync<RegistrationException>(() => f.Participations.RegisterNewAsync(registration))).Message;

    private static async Task<int> MatchesAsync(RegistryFixture f) =>
        Convert.ToInt32(await f.SqlAsync("SELECT COUNT(*) FROM audit_event WHERE action = 'Presence.Match'"));
}
