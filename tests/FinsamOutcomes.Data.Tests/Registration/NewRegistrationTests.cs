using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Testing;
using static FinsamOutcomes.Data.Tests.RegistryFixture;

namespace FinsamOutcomes.Data.Tests.Registration;

public sealed class NewRegistrationTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task A_person_and_their_entry_are_registered_in_one_go_with_a_code_of_the_forbunds_series(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var insats = await f.InsatsAsync();
        await f.ParticipantAsync("d0002");
        var given = New(f, insats) with
        {
            Name = "Åke Öberg",
            PersonalNumber = "701063-2391",
            Gender = "man",
            BirthYear = null,
            Before = new Situation { Livelihoods = [new LivelihoodShare("sjukpenning", 100)] },
        };
        var first = await f.Participations.RegisterNewAsync(given);
        var second = await f.Participations.RegisterNewAsync(New(f, insats) with { StartedOn = null, QueuedOn = On("2024-05-01"), BirthYear = 1980 });

        (first.Code, second.Code).ShouldBe(("D0001", "D0003"));
        (await f.Participants.FindAsync(f.ForbundId, first.ParticipantId))!.BirthYear.ShouldBe(1970);
        (await f.Participations.FindAsync(f.ForbundId, first.ParticipationId))!.StartedOn.ShouldBe(On("2024-02-01"));
        (await f.Participations.FindAsync(f.ForbundId, second.ParticipationId))!.StartedOn.ShouldBeNull();
        (await f.Participations.SituationAsync(f.ForbundId, first.ParticipationId, "before")).Livelihoods.ShouldHaveSingleItem();
        (await f.EverythingWrittenAsync()).ShouldNotContain("Öberg");
        given.ToString().ShouldNotContain("Öberg");
        Convert
            .ToInt32(await f.SqlAsync($"SELECT COUNT(*) FROM audit_event WHERE action = 'Participants.Add' AND entity_id = {first.ParticipantId}"))
            .ShouldBe(1);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Every_error_of_person_and_entry_is_told_at_once_and_nothing_is_kept(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var insats = await f.InsatsAsync(method: "count");
        await f.ParticipantAsync("A1");
        var wrong = New(f, insats) with
        {
            Code = "a1",
            Gender = "x",
            BirthYear = 1800,
            PersonalNumber = "123",
            StartedOn = On("2024-05-16"),
            Referrer = "x",
            EducationLevel = "x",
            Before = new Situation { Livelihoods = [new LivelihoodShare("lon", 101)], Occupation = new Occupation(101, 0, IsJobSeeking: false) },
        };
        (await WrongFieldsAsync(() => f.Participations.RegisterNewAsync(wrong))).ShouldBe([
            "Code",
            "Gender",
            "BirthYear",
            "PersonalNumber",
            "InsatsId",
            "StartedOn",
            "Referrer",
            "EducationLevel",
            "Livelihoods",
            "Occupation",
        ]);
        var individual = await f.InsatsAsync("USB");
        (await WrongFieldsAsync(() => f.Participations.RegisterNewAsync(New(f, individual) with { StartedOn = null }))).ShouldBe(["StartedOn"]);
        Convert.ToInt32(await f.SqlAsync("SELECT COUNT(*) FROM participant")).ShouldBe(1);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Somebody_with_a_similar_name_is_asked_about_and_registered_when_it_is_another_person(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (own, other) = (await f.InsatsAsync("Insam"), await f.InsatsAsync("USB"));
        var user = await f.UserAsync("anna", own);
        var mine = await f.Participations.RegisterNewAsync(New(f, own) with { Name = "Elin Svensson" });
        var theirs = await f.Participations.RegisterNewAsync(New(f, other) with { Name = "Svenson, Elin Maria", IsNotDuplicate = true });
        await f.Participations.RegisterNewAsync(New(f, own) with { Name = "Karin Åberg" });
        await f.Participations.RegisterNewAsync(New(f, own) with { Name = "Elin Svensson", BirthYear = 1991, IsNotDuplicate = true });

        var given = New(f, own) with { UserId = user, Name = "elin svénsson" };
        var refused = await Should.ThrowAsync<RegistrationException>(() => f.Participations.RegisterNewAsync(given));
        refused.Errors.ShouldHaveSingleItem().Field.ShouldBe("IsNotDuplicate");
        refused
            .LikelySame.Select(l => (l.ParticipantId, l.Code, l.IsOwn, l.IsCertain))
            .ShouldBe([(mine.ParticipantId, mine.Code, true, false), (theirs.ParticipantId, null, false, false)]);
        refused.LikelySame[1].Shown.ShouldBe("en deltagare i en annan insats");
        refused.ToString().ShouldNotContain("vensson");
        (await f.Participations.RegisterNewAsync(given with { IsNotDuplicate = true })).Code.ShouldBe("D0005");
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Without_a_name_the_same_birth_year_insats_and_week_is_asked_about(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (insats, other) = (await f.InsatsAsync("Insam"), await f.InsatsAsync("USB"));
        await f.Participations.RegisterNewAsync(New(f, insats));
        (await WrongFieldsAsync(() => f.Participations.RegisterNewAsync(New(f, insats) with { StartedOn = On("2024-02-08") }))).ShouldBe(["IsNotDuplicate"]);
        (await WrongFieldsAsync(() => f.Participations.RegisterNewAsync(New(f, insats) with { Gender = "unknown", Name = "Elin Svensson" }))).ShouldBe([
            "IsNotDuplicate",
        ]);
        await f.Participations.RegisterNewAsync(New(f, insats) with { StartedOn = On("2024-02-09") });
        await f.Participations.RegisterNewAsync(New(f, insats) with { Gender = "man" });
        await f.Participations.RegisterNewAsync(New(f, insats) with { BirthYear = 1991 });
        await f.Participations.RegisterNewAsync(New(f, insats) with { BirthYear = null });
        await f.Participations.RegisterNewAsync(New(f, other));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_personal_number_that_is_registered_points_at_its_participant_and_is_never_saved_twice(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var insats = await f.InsatsAsync();
        var user = await f.UserAsync("anna", insats);
        var given = New(f, insats) with { UserId = user, Gender = "man", BirthYear = 1970, PersonalNumber = "701063-2391" };
        var first = await f.Participations.RegisterNewAsync(given);
        var refused = await Should.ThrowAsync<RegistrationException>(() => f.Participations.RegisterNewAsync(given with { IsNotDuplicate = true }));
        refused.Errors.ShouldHaveSingleItem().Field.ShouldBe("PersonalNumber");
        var same = refused.LikelySame.ShouldHaveSingleItem();
        (same.ParticipantId, same.IsCertain, same.Why, same.Shown).ShouldBe((first.ParticipantId, true, "samma personnummer", "D0001"));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Twenty_who_register_at_once_get_twenty_codes(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var insats = await f.InsatsAsync();
        var codes = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i => Task.Run(async () => (await f.Participations.RegisterNewAsync(New(f, insats) with { BirthYear = 1960 + i })).Code)));
        codes.Order().ShouldBe(Enumerable.Range(1, 20).Select(i => $"D{i:0000}"));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Names_for_a_list_are_one_audit_event_that_says_whose_were_read(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var insats = await f.InsatsAsync();
        var named = await f.Participations.RegisterNewAsync(New(f, insats) with { Name = "Elin Svensson" });
        var other = await f.Participations.RegisterNewAsync(New(f, insats) with { BirthYear = 1970, Name = "Karin Åberg" });
        var nameless = await f.Participations.RegisterNewAsync(New(f, insats) with { BirthYear = 1980 });
        var read = await f.NamesAsync("anna", other.ParticipantId, named.ParticipantId, nameless.ParticipantId, 999);
        read.Keys.ShouldBe([named.ParticipantId, other.ParticipantId, nameless.ParticipantId], ignoreOrder: true);
        read[named.ParticipantId].Name.ShouldBe("Elin Svensson");
        (await f.SqlAsync("SELECT detail FROM audit_event WHERE action = 'Participants.ReadIdentities' AND actor = 'anna'")).ShouldBe(
            $"deltagare {named.ParticipantId} {other.ParticipantId} utan namn {nameless.ParticipantId}");
        (await f.NamesAsync("bo", nameless.ParticipantId))[nameless.ParticipantId].Name.ShouldBeNull();
        (await f.SqlAsync("SELECT detail FROM audit_event WHERE action = 'Participants.List' AND actor = 'bo'")).ShouldBe(
            $"deltagare {nameless.ParticipantId}");

        // A page about a stay is one event for whose it is, and one for the others that it shows.
        var page = new ShownPage
        {
            ForbundId = f.ForbundId,
            Actor = "cia",
            Opened = ("Participations", "participation", named.ParticipationId),
            OpenedParticipationId = named.ParticipationId,
            NamedParticipations = [named.ParticipationId, other.ParticipationId],
        };
        (await f.Participants.ReadShownAsync(page)).ParticipantOf[other.ParticipationId].ShouldBe(other.ParticipantId);
        Convert.ToInt32(await f.SqlAsync("SELECT entity_id FROM audit_event WHERE action = 'Participations.ReadIdentity' AND actor = 'cia'"))
            .ShouldBe(named.ParticipationId);
        (await f.SqlAsync("SELECT detail FROM audit_event WHERE action = 'Participants.ReadIdentities' AND actor = 'cia'"))
            .ShouldBe($"deltagare {other.ParticipantId}");
    }

    internal static NewRegistration New(RegistryFixture f, int insats) =>
        new()
        {
            ForbundId = f.ForbundId,
            Gender = "woman",
            BirthYear = 1990,
            InsatsId = insats,
            StartedOn = On("2024-02-01"),
        };
}
