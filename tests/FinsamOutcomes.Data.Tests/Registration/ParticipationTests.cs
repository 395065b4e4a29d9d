using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Testing;
using static FinsamOutcomes.Data.Tests.RegistryFixture;

namespace FinsamOutcomes.Data.Tests.Registration;

public sealed class ParticipationTests
{
    private static readonly Situation s_before = new()
    {
        Livelihoods = [new LivelihoodShare("sjukpenning", 60), new LivelihoodShare("lon", 40)],
        Occupation = new Occupation(40, 0, IsJobSeeking: false),
    };

    [Theory, ClassData(typeof(Engines))]
    public async Task A_participant_queues_enters_and_leaves_with_the_situation_before_and_after(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (insats, person) = (await f.InsatsAsync(), await f.ParticipantAsync());
        var id = (
            await f.Participations.QueueAsync(
                new NewQueueEntry
                {
                    ForbundId = f.ForbundId,
                    ParticipantId = person,
                    InsatsId = insats,
                    QueuedOn = On("2024-01-02"),
                    Referrer = "skola",
                    EducationLevel = "gymnasium",
                })).Id;
        (await f.Participations.OpenInInsatsAsync(f.ForbundId, insats)).ShouldHaveSingleItem().StartedOn.ShouldBeNull();
        await f.Participations.RegisterAsync(
            new NewEntry
            {
                ForbundId = f.ForbundId,
                ParticipationId = id,
                Version = 1,
                StartedOn = On("2024-02-01"),
                Before = s_before,
            });
        var after = new Situation { Livelihoods = [new LivelihoodShare("lon", 100)], Occupation = new Occupation(100, 0, IsJobSeeking: false) };
        await f.Participations.ExitAsync(
            new NewExit
            {
                ForbundId = f.ForbundId,
                ParticipationId = id,
                Version = 2,
                EndedOn = On("2024-05-01"),
                ExitReason = "arbete",
                IsPlannedExit = true,
                After = after,
            });

        var row = (await f.Participations.FindAsync(f.ForbundId, id))!;
        (row.QueuedOn, row.StartedOn, row.EndedOn, row.ExitReason, row.IsPlannedExit, row.Referrer, row.Version)
            .ShouldBe((On("2024-01-02"), On("2024-02-01"), On("2024-05-01"), "arbete", true, "skola", 3));
        (await f.Participations.SituationAsync(f.ForbundId, id, "before")).Livelihoods.ShouldBe(s_before.Livelihoods);
        (await f.Participations.SituationAsync(f.ForbundId, id, "after")).Occupation.ShouldBe(after.Occupation);

        await f.Participations.UndoExitAsync(f.ForbundId, id, 3, "prov");
        (await f.Participations.FindAsync(f.ForbundId, id))!.ExitReason.ShouldBeNull();
        (await f.Participations.SituationAsync(f.ForbundId, id, "after")).Livelihoods.ShouldBeEmpty();
        (await f.Participations.SituationAsync(f.ForbundId, id, "before")).Occupation.ShouldBe(s_before.Occupation);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Two_stays_in_one_insats_never_overlap_but_who_leaves_may_come_back_the_same_day(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (insats, other, person) = (await f.InsatsAsync(), await f.InsatsAsync("USB"), await f.ParticipantAsync());
        var id = await f.EnterAsync(person, insats, "2024-01-10");
        (await WrongFieldsAsync(() => f.EnterAsync(person, insats, "2024-03-01"))).ShouldBe(["StartedOn"]);
        await f.EnterAsync(person, other, "2024-03-01");
        await f.ExitAsync(id, "2024-03-01");
        (await WrongFieldsAsync(() => f.EnterAsync(person, insats, "2024-02-29"))).ShouldBe(["StartedOn"]);
        var again = await f.EnterAsync(person, insats, "2024-03-01");
        (await WrongFieldsAsync(() => f.Participations.UndoExitAsync(f.ForbundId, id, 2, "prov"))).ShouldBe(["ParticipationId"]);

        // A misregistration is no stay.
        await f.Participations.MisregisterAsync(f.ForbundId, again, 1, "prov");
        await f.Participations.UndoExitAsync(f.ForbundId, id, 2, "prov");
        (await f.Participations.OfParticipantAsync(f.ForbundId, person)).Count.ShouldBe(3);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Dates_are_refused_in_the_future_or_the_wrong_order_and_warned_of_outside_the_insats(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (insats, person) = (await f.InsatsAsync(), await f.ParticipantAsync());
        (await WrongFieldsAsync(() => f.EnterAsync(person, insats, "2024-05-16"))).ShouldBe(["StartedOn"]);
        (await WrongFieldsAsync(() => f.EnterAsync(person, insats, "1989-12-31"))).ShouldBe(["StartedOn"]);
        var early = await f.Participations.RegisterAsync(
            new NewParticipation
            {
                ForbundId = f.ForbundId,
                ParticipantId = person,
                InsatsId = insats,
                StartedOn = On("2022-12-31"),
            });
        early.Warnings.ShouldBe(["Datumet 2022-12-31 är före insatsens start 2023-01-01."]);
        (await WrongFieldsAsync(() => f.ExitAsync(early.Id, "2022-12-30"))).ShouldBe(["EndedOn"]);
        (await WrongFieldsAsync(() => f.ExitAsync(early.Id, "2024-05-16", "felregistrering"))).ShouldBe(["EndedOn", "ExitReason"]);
        (await f.ExitAsync(early.Id, "2024-05-15", null)).Warnings.ShouldBeEmpty();
        (await WrongFieldsAsync(() => f.ExitAsync(early.Id, "2024-05-15", version: 2))).ShouldBe(["ParticipationId"]);
        (await WrongFieldsAsync(() => f.Participations.UndoExitAsync(f.ForbundId, early.Id, 1, "prov"))).ShouldBe(["Version"]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Every_error_of_a_participation_is_told_at_once_and_nothing_is_kept(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (insats, counted, person) = (await f.InsatsAsync(), await f.InsatsAsync("Öppet hus", method: "count"), await f.ParticipantAsync());
        var wrong = new NewParticipation
        {
            ForbundId = f.ForbundId,
            ParticipantId = person,
            InsatsId = counted,
            QueuedOn = On("2024-02-02"),
            StartedOn = On("2024-02-01"),
            Referrer = "någon",
            EducationLevel = "något",
            Before = new Situation
            {
                Livelihoods = [new LivelihoodShare("lon", 70), new LivelihoodShare("lon", 101)],
                Occupation = new Occupation(101, -1, IsJobSeeking: true),
            },
        };
        (await WrongFieldsAsync(() => f.Participations.RegisterAsync(wrong))).ShouldBe([
            "InsatsId",
            "StartedOn",
            "Referrer",
            "EducationLevel",
            "Livelihoods",
            "Occupation",
        ]);
        (await f.Participations.OfParticipantAsync(f.ForbundId, person)).ShouldBeEmpty();
        (await WrongFieldsAsync(() => f.EnterAsync(person, insats + 1000))).ShouldBe(["InsatsId"]);
        (await WrongFieldsAsync(() => f.EnterAsync(person + 1000, insats))).ShouldBe(["ParticipantId"]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task When_the_audit_event_can_not_be_written_nothing_is(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (insats, person) = (await f.InsatsAsync(), await f.ParticipantAsync());
        await f.SqlAsync(engine == "sqlite"
            ? "CREATE TRIGGER audit_full BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, 'full'); END"
            : "CREATE TRIGGER audit_full ON audit_event AFTER INSERT AS THROW 50000, 'full', 1");
        await Should.ThrowAsync<System.Data.Common.DbException>(() => f.EnterAsync(person, insats, before: s_before));
        foreach (var table in new[] { "participation", "livelihood_share", "occupation" })
            Convert.ToInt32(await f.SqlAsync($"SELECT COUNT(*) FROM {table}")).ShouldBe(0);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Of_twenty_simultaneous_entries_of_one_person_one_is_registered(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (insats, person) = (await f.InsatsAsync(), await f.ParticipantAsync());
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            try
            {
                await f.EnterAsync(person, insats);
                return true;
            }
            catch (Data.Registration.RegistrationException)
            {
                return false;
            }
        })));
        outcomes.Count(registered => registered).ShouldBe(1);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Another_forbund_can_neither_see_nor_touch_a_participation(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var id = await f.EnterAsync(await f.ParticipantAsync(), await f.InsatsAsync());
        var other = await new Data.Forbund.ForbundStore(f.Test.Database).AddAsync(new Data.Forbund.NewForbund { Name = "Grannen" });
        (await f.Participations.FindAsync(other, id)).ShouldBeNull();
        (await WrongFieldsAsync(() => f.Participations.MisregisterAsync(other, id, 1, "prov"))).ShouldBe(["ParticipationId"]);
        (await WrongFieldsAsync(() => f.Participations.MisregisterAsync(other + 1, id, 1, "prov"))).ShouldBe(["ForbundId"]);
    }
}
