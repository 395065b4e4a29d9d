using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Quality;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.Tests.Import;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Registration;

public sealed class InsatsClosingTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task The_closing_day_and_the_exits_are_saved_together_each_with_its_event(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var insats = await f.InsatsAsync();
        var (one, two, left) = (
            await f.EnterAsync(await f.ParticipantAsync("A1"), insats),
            await f.EnterAsync(await f.ParticipantAsync("A2"), insats),
            await f.EnterAsync(await f.ParticipantAsync("A3"), insats));
        await f.Participations.QueueAsync(
            new NewQueueEntry
            {
                ForbundId = f.ForbundId,
                ParticipantId = await f.ParticipantAsync("A4"),
                InsatsId = insats,
                QueuedOn = RegistryFixture.On("2024-02-01"),
            });
        var closing = new InsatsClosing(f.Test.Database);
        var stillIn = await closing.StillInAsync(f.ForbundId, insats);
        stillIn.Select(s => s.Code).ShouldBe(["A1", "A2", "A3", "A4"]);
        (await closing.StillInAsync(f.ForbundId + 1, insats)).ShouldBeEmpty();

        await closing.UpdateAsync(
            Closed(f, insats),
            [Exit(0, one, "2024-04-30", "arbete"), Exit(1, two, "2024-03-01", null), Exit(3, stillIn[3].ParticipationId, "2024-04-30", null)]);

        (await f.Insatser.FindAsync(f.ForbundId, insats))!.EndsOn.ShouldBe(RegistryFixture.On("2024-04-30"));
        (await f.Participations.FindAsync(f.ForbundId, one))!.ShouldSatisfyAllConditions(
            r => r.EndedOn.ShouldBe(RegistryFixture.On("2024-04-30")),
            r => r.ExitReason.ShouldBe("arbete"),
            r => r.Version.ShouldBe(2));
        (await closing.StillInAsync(f.ForbundId, insats)).ShouldHaveSingleItem().ParticipationId.ShouldBe(left);
        await using var session = await f.Test.Database.ReadAsync();
        var events = await AuditLog.EventsAsync(session, f.ForbundId);
        events
            .Where(e => e.Action == "Participations.Exit")
            .Select(e => (e.Actor, e.EntityId))
            .ShouldBe([("chef", one), ("chef", two), ("chef", stillIn[3].ParticipationId)]);
        events[^1].Action.ShouldBe("Insatser.Update");
        (await AuditLog.CheckAsync(session, f.ForbundId)).Fault.ShouldBe(AuditFault.None);

        // The one who was left is told of until the exit is registered.
        var remark = (await new QualityChecks(f.Test.Database).RunAsync(f.ForbundId)).Single(r => r.Rule == "missed_exit").Findings.ShouldHaveSingleItem();
        (remark.ParticipationId, remark.What).ShouldBe((left, "Är kvar fast insatsen har slutat"));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task One_wrong_exit_saves_nothing_and_is_told_at_its_place(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (insats, other) = (await f.InsatsAsync(), await f.InsatsAsync("Annan"));
        var (one, two, elsewhere) = (
            await f.EnterAsync(await f.ParticipantAsync("A1"), insats),
            await f.EnterAsync(await f.ParticipantAsync("A2"), insats, "2024-03-01"),
            await f.EnterAsync(await f.ParticipantAsync("A3"), other));
        var closing = new InsatsClosing(f.Test.Database);

        (await WrongAsync(Exit(0, one, "2024-04-30", "arbete"), Exit(1, two, "2024-02-01", "arbete"))).ShouldBe(["Exits[1].EndedOn"]);
        (await WrongAsync(Exit(0, one, "2024-06-30", "arbete"))).ShouldBe(["Exits[0].EndedOn"]);
        (await WrongAsync(Exit(0, one, "2024-04-30", "finns-inte"), Exit(4, two, "2024-04-30", "felregistrering"))).ShouldBe([
            "Exits[0].ExitReason",
            "Exits[4].ExitReason",
        ]);
        (await WrongAsync(Exit(2, elsewhere, "2024-04-30", "arbete"))).ShouldBe(["Exits[2].ParticipationId"]);
        (await WrongAsync(Exit(0, one, "2024-04-30", "arbete") with { Version = 7 })).ShouldBe(["Exits[0].ParticipationId"]);
        (await f.Insatser.FindAsync(f.ForbundId, insats))!.Version.ShouldBe(1);
        (await f.Participations.FindAsync(f.ForbundId, one))!.EndedOn.ShouldBeNull();

        Task<IReadOnlyList<string>> WrongAsync(params ClosingExit[] exits) =>
            RegistryFixture.WrongFieldsAsync(() => closing.UpdateAsync(Closed(f, insats), exits));
    }

    [Fact]
    public async Task A_file_warns_of_who_is_left_in_an_insats_that_has_closed_and_of_exits_after_it()
    {
        await using var fixture = await ImportFixture.CreateAsync();
        (
            await fixture.ImportAsync(
                ImportKind.Insatser,
                ImportFixture.Insatser,
                "Slut;;individinriktad;individ;nej;2020-01-01;2024-06-30;",
                "Slutar;;individinriktad;individ;nej;2020-01-01;2025-06-30;")).IsSaved.ShouldBeTrue();
        var result = await fixture.ImportAsync(
            ImportKind.Deltagare,
            ImportFixture.Deltagare,
            "A1;Slut;kvinna;1990;;2024-01-15;;",
            "A2;Slut;kvinna;1990;;2024-01-15;2024-08-01;arbete",
            "A3;Slut;kvinna;1990;;2024-01-15;2024-06-30;arbete",
            "A4;Slutar;kvinna;1990;;2024-01-15;;");
        result.IsSaved.ShouldBeTrue();
        result
            .Problems.Kept.Select(p => (p.Rule.Code, p.Line, p.Column, p.Rule.IsWarning))
            .ShouldBe([("missat-avslut", 2, "utskriven", true), ("utskriven-efter-insatsens-slut", 3, "utskriven", true)]);

        // When the register knows the exit, a file that doesn't say it is nothing to warn of.
        (await fixture.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, "A3;Slut;kvinna;1990;;2024-01-15;;")).Problems.Kept.ShouldBeEmpty();
    }

    private static InsatsChange Closed(RegistryFixture f, int insats) => new()
    {
        ForbundId = f.ForbundId,
        Id = insats,
        Version = 1,
        Name = "Insam",
        Orientation = "individual",
        SpecificOrientation = null,
        FollowUpMethod = "individual",
        IsEsf = false,
        StartsOn = RegistryFixture.On("2023-01-01"),
        EndsOn = RegistryFixture.On("2024-04-30"),
        Capacity = 40,
        TargetGroups = [],
        Actor = "chef",
    };

    private static ClosingExit Exit(int place, int participationId, string endedOn, string? reason) =>
        new(place, participationId, 1, RegistryFixture.On(endedOn), reason);
}
