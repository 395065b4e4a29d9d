using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Testing;
using static FinsamOutcomes.Data.Tests.RegistryFixture;

namespace FinsamOutcomes.Data.Tests.Registration;

public sealed class CorrectionTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Dates_reason_referrer_and_education_are_corrected_by_the_rules_of_registration(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var id = await f.EnterAsync(await f.ParticipantAsync(), await f.InsatsAsync());
        await f.ExitAsync(id, "2024-03-01");
        var right = ChangeHistoryTests.Correction(f, (await f.Participations.FindAsync(f.ForbundId, id))!) with
        {
            QueuedOn = On("2022-12-01"),
            StartedOn = On("2022-12-20"),
            EndedOn = On("2024-04-01"),
            ExitReason = "studier",
            IsPlannedExit = false,
            Referrer = "skola",
            EducationLevel = "gymnasium",
        };
        (
            await WrongFieldsAsync(() =>
                f.Participations.CorrectAsync(
                    right with
                    {
                        QueuedOn = On("2024-05-16"),
                        StartedOn = On("2024-05-15"),
                        EndedOn = On("2024-05-14"),
                        ExitReason = "felregistrering",
                        Referrer = "x",
                        EducationLevel = "x",
                    }))).ShouldBe(["QueuedOn", "StartedOn", "Referrer", "EducationLevel", "EndedOn", "ExitReason"]);
        (await WrongFieldsAsync(() => f.Participations.CorrectAsync(right with { QueuedOn = null, StartedOn = null }))).ShouldBe(["StartedOn"]);
        (await WrongFieldsAsync(() => f.Participations.CorrectAsync(right with { EndedOn = null, ExitReason = null }))).ShouldBe(["EndedOn"]);

        (await f.Participations.CorrectAsync(right)).Warnings.ShouldBe(["Datumet 2022-12-20 är före insatsens start 2023-01-01."]);
        var row = (await f.Participations.FindAsync(f.ForbundId, id))!;
        (row.QueuedOn, row.StartedOn, row.EndedOn, row.ExitReason, row.IsPlannedExit, row.Referrer, row.EducationLevel, row.Version)
            .ShouldBe((On("2022-12-01"), On("2022-12-20"), On("2024-04-01"), "studier", false, "skola", "gymnasium", 3));
        (await WrongFieldsAsync(() => f.Participations.CorrectAsync(right))).ShouldBe(["Version"]);
        await f.Participations.MisregisterAsync(f.ForbundId, id, 3, "prov");
        (await WrongFieldsAsync(() => f.Participations.CorrectAsync(right with { Version = 4 }))).ShouldBe(["ParticipationId"]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task An_ongoing_stay_is_not_ended_by_a_correction(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var id = await f.EnterAsync(await f.ParticipantAsync(), await f.InsatsAsync());
        var given = ChangeHistoryTests.Correction(f, (await f.Participations.FindAsync(f.ForbundId, id))!);
        (await WrongFieldsAsync(() => f.Participations.CorrectAsync(given with { EndedOn = On("2024-03-01"), ExitReason = "arbete" }))).ShouldBe(["EndedOn"]);

        (
            await WrongFieldsAsync(() =>
                f.Participations.CorrectAsync(given with { After = new Situation { Occupation = new Occupation(100, 0, IsJobSeeking: false) } }))
        ).ShouldBe(["After"]);

        // Entered by mistake: still in queue.
        await f.Participations.CorrectAsync(given with { QueuedOn = On("2024-01-10"), StartedOn = null });
        (await f.Participations.FindAsync(f.ForbundId, id))!.StartedOn.ShouldBeNull();
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task The_situation_is_corrected_with_the_rest_or_not_at_all(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var id = await f.EnterAsync(await f.ParticipantAsync(), await f.InsatsAsync());
        await f.ExitAsync(id, "2024-03-01");
        var tooMuch = new Situation { Livelihoods = [new LivelihoodShare("lon", 101)], Occupation = new Occupation(101, 0, IsJobSeeking: false) };
        var given = ChangeHistoryTests.Correction(f, (await f.Participations.FindAsync(f.ForbundId, id))!) with { Referrer = "skola" };
        (await WrongFieldsAsync(() => f.Participations.CorrectAsync(given with { Before = tooMuch, After = tooMuch })))
            .ShouldBe(["After.Livelihoods", "After.Occupation", "Livelihoods", "Occupation"]);
        (await f.Participations.FindAsync(f.ForbundId, id))!.Referrer.ShouldBeNull();

        var after = new Situation { Livelihoods = [new LivelihoodShare("lon", 100)] };
        await f.Participations.CorrectAsync(given with { After = after });
        (await f.Participations.SituationAsync(f.ForbundId, id, "after")).Livelihoods.ShouldBe(after.Livelihoods);
        await f.Participations.CorrectAsync(given with { Version = given.Version + 1 });
        (await f.Participations.SituationAsync(f.ForbundId, id, "after")).Livelihoods.ShouldBe(after.Livelihoods);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_corrected_stay_may_overlap_neither_the_one_before_nor_the_one_after(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (insats, person) = (await f.InsatsAsync(), await f.ParticipantAsync());
        var first = await f.EnterAsync(person, insats, "2023-01-10");
        await f.ExitAsync(first, "2023-03-01");
        var last = await f.EnterAsync(person, insats, "2024-02-01");

        // A stay that lies between them was forgotten.
        var past = new NewParticipation
        {
            ForbundId = f.ForbundId,
            ParticipantId = person,
            InsatsId = insats,
            StartedOn = On("2023-05-01"),
            EndedOn = On("2023-08-01"),
            ExitReason = "studier",
            IsPlannedExit = true,
            After = new Situation { Occupation = new Occupation(0, 100, IsJobSeeking: false) },
        };
        (await WrongFieldsAsync(() => f.Participations.RegisterAsync(past with { EndedOn = On("2024-02-02") }))).ShouldBe(["StartedOn"]);
        (await WrongFieldsAsync(() => f.Participations.RegisterAsync(past with { StartedOn = On("2023-02-28") }))).ShouldBe(["StartedOn"]);
        (await WrongFieldsAsync(() => f.Participations.RegisterAsync(past with { EndedOn = On("2023-04-01"), ExitReason = "x" }))).ShouldBe([
            "EndedOn",
            "ExitReason",
        ]);
        (await WrongFieldsAsync(() => f.Participations.RegisterAsync(past with { EndedOn = null }))).ShouldBe(["EndedOn", "StartedOn"]);
        var middle = (await f.Participations.RegisterAsync(past)).Id;
        (await f.Participations.SituationAsync(f.ForbundId, middle, "after")).Occupation.ShouldBe(past.After.Occupation);

        var row = (await f.Participations.FindAsync(f.ForbundId, middle))!;
        row.ExitReason.ShouldBe("studier");
        var given = ChangeHistoryTests.Correction(f, row);
        (await WrongFieldsAsync(() => f.Participations.CorrectAsync(given with { StartedOn = On("2023-02-28") }))).ShouldBe(["StartedOn"]);
        (await WrongFieldsAsync(() => f.Participations.CorrectAsync(given with { EndedOn = On("2024-02-02") }))).ShouldBe(["StartedOn"]);
        (await WrongFieldsAsync(() => f.Participations.CorrectAsync(given with { StartedOn = null, QueuedOn = On("2023-05-01") }))).ShouldBe(["After"]);
        await f.Participations.CorrectAsync(given with { StartedOn = On("2023-03-02"), EndedOn = On("2024-01-31") });
        (await WrongFieldsAsync(() => f.Participations.UndoExitAsync(f.ForbundId, first, 2, "prov"))).ShouldBe(["ParticipationId"]);
        (await f.Participations.OfParticipantAsync(f.ForbundId, person)).Select(p => p.Id).ShouldBe([first, middle, last]);
    }
}
