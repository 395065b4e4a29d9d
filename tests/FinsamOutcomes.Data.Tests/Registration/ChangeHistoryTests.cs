using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Testing;
using static FinsamOutcomes.Data.Tests.RegistryFixture;

namespace FinsamOutcomes.Data.Tests.Registration;

public sealed class ChangeHistoryTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task A_changed_participant_shows_each_field_but_never_what_the_name_or_number_was(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var id = await f.Participants.AddAsync(
            new NewParticipant
            {
                ForbundId = f.ForbundId,
                Code = "A1",
                Gender = "man",
                BirthYear = 1970,
                Name = "Åke Öberg",
                PersonalNumber = "701063-2391",
            });
        var change = new ParticipantChange
        {
            ForbundId = f.ForbundId,
            Id = id,
            Version = 1,
            Code = "A2",
            Gender = "man",
            BirthYear = 1970,
            Name = "Åke Öberg",
            PersonalNumber = "19701063-2391",
            HasProtectedIdentity = false,
            Actor = "anna",
        };
        await f.Participants.UpdateAsync(change);
        await f.Participants.UpdateAsync(change with { Version = 2, Code = "A2", Name = "Åke Berg", PersonalNumber = null, Actor = "bo" });

        (await f.History.OfAsync(f.ForbundId, ChangedEntity.Participant, id)).Select(h => (h.Version, h.Actor, h.Field, h.OldValue, h.NewValue)).ShouldBe(
            [(3, "bo", "PersonalNumber", null, null), (3, "bo", "Name", null, null), (2, "anna", "Code", "A1", "A2")]);
        (await f.History.OfAsync(f.ForbundId + 1, ChangedEntity.Participant, id)).ShouldBeEmpty();
        var written = await f.EverythingWrittenAsync();
        foreach (var secret in new[] { "Åke", "berg", "7010632391", "701063-2391" })
            written.ShouldNotContain(secret, Case.Insensitive);

        await f.Test.Database.EraseAsync(f.ForbundId, id);
        (await f.History.OfAsync(f.ForbundId, ChangedEntity.Participant, id)).ShouldAllBe(h => h.OldValue == null && h.NewValue == null);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_participations_history_tells_entry_exit_situation_undoing_and_misregistration(string engine)
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
                })).Id;
        var before = new Situation
        {
            Livelihoods = [new LivelihoodShare("lon", 40), new LivelihoodShare("sjukpenning", 60)],
            Occupation = new Occupation(40, 0, IsJobSeeking: false),
        };
        await f.Participations.RegisterAsync(
            new NewEntry
            {
                ForbundId = f.ForbundId,
                ParticipationId = id,
                Version = 1,
                StartedOn = On("2024-02-01"),
                Before = before,
            });
        await f.Participations.ExitAsync(
            new NewExit
            {
                ForbundId = f.ForbundId,
                ParticipationId = id,
                Version = 2,
                EndedOn = On("2024-05-01"),
                ExitReason = "arbete",
                IsPlannedExit = true,
                After = new Situation { Occupation = new Occupation(100, 0, IsJobSeeking: false) },
            });
        await f.Participations.UndoExitAsync(f.ForbundId, id, 3, "anna");
        await f.Participations.CorrectAsync(
            Correction(f, (await f.Participations.FindAsync(f.ForbundId, id))!) with
            {
                Before = before with { Occupation = before.Occupation! with { WorkPercent = 30 } },
                Actor = "anna",
            });
        await f.Participations.MisregisterAsync(f.ForbundId, id, 5, "anna");

        var history = (await f.History.OfAsync(f.ForbundId, ChangedEntity.Participation, id))
            .Reverse()
            .ToLookup(h => h.Version, h => (h.Field, h.OldValue, h.NewValue));
        history[2]
            .ShouldBe(
                [
                    ("Before.Livelihoods", null, "sjukpenning 60, lon 40"),
                    ("Before.WorkPercent", null, "40"),
                    ("Before.StudyPercent", null, "0"),
                    ("Before.IsJobSeeking", null, "false"),
                    ("StartedOn", null, "2024-02-01"),
                ],
                ignoreOrder: true);
        history[3].ShouldContain(("ExitReason", null, "arbete"));
        history[3].ShouldContain(("After.WorkPercent", null, "100"));
        history[4].ShouldContain(("EndedOn", "2024-05-01", null));
        history[4].ShouldContain(("After.WorkPercent", "100", null));
        history[5].ShouldBe([("Before.WorkPercent", "40", "30")]);
        history[6].ShouldBe([("EndedOn", null, "2024-05-15"), ("ExitReason", null, "felregistrering")]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Of_two_who_save_at_once_the_second_sees_what_the_first_changed(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var id = await f.EnterAsync(await f.ParticipantAsync(), await f.InsatsAsync());
        var row = (await f.Participations.FindAsync(f.ForbundId, id))!;
        var refused = 0;
        await Task.WhenAll(Enumerable.Range(1, 8).Select(day => Task.Run(async () =>
        {
            try
            {
                await f.Participations.CorrectAsync(Correction(f, row) with { StartedOn = new DateOnly(2024, 2, day), Actor = $"u{day}" });
            }
            catch (RegistrationException e) when (e.Errors.Single().Field == RegistrationException.VersionField)
            {
                Interlocked.Increment(ref refused);
            }
        })));
        refused.ShouldBe(7);
        var now = (await f.Participations.FindAsync(f.ForbundId, id))!;
        var seen = (await f.History.SinceAsync(f.ForbundId, ChangedEntity.Participation, id, row.Version)).ShouldHaveSingleItem();
        (seen.Field, seen.OldValue, seen.NewValue, seen.Actor).ShouldBe(
            ("StartedOn", "2024-01-10", $"{now.StartedOn:yyyy-MM-dd}", $"u{now.StartedOn!.Value.Day}"));
        (await f.History.SinceAsync(f.ForbundId, ChangedEntity.Participation, id, now.Version)).ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task An_insats_with_its_money_and_texts_has_a_history_and_a_text_is_not_repeated_in_it(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var id = await f.InsatsAsync();
        await f.Insatser.UpdateAsync(
            new InsatsChange
            {
                ForbundId = f.ForbundId,
                Id = id,
                Version = 1,
                Name = "Insam",
                Orientation = "individual",
                SpecificOrientation = null,
                FollowUpMethod = "individual",
                IsEsf = false,
                StartsOn = On("2023-01-01"),
                EndsOn = null,
                Capacity = 40,
                TargetGroups = ["unga"],
            });
        (await f.History.OfAsync(f.ForbundId, ChangedEntity.Insats, id))
            .Select(h => (h.Field, h.OldValue, h.NewValue))
            .ShouldBe([("EndsOn", "2024-12-31", null), ("TargetGroups", "npf, unga", "unga")], ignoreOrder: true);

        var year = new NewInsatsYear { ForbundId = f.ForbundId, InsatsId = id, CalendarYear = 2024, BudgetKronor = 2_360_000 };
        await f.Economy.SetYearAsync(year);
        await f.Economy.SetYearAsync(year with { Version = 1, BudgetKronor = 2_400_000 });
        (await f.History.SinceAsync(f.ForbundId, ChangedEntity.InsatsYear(2024), id, 1))
            .Select(h => (h.Field, h.OldValue, h.NewValue))
            .ShouldBe([("BudgetKronor", "2360000", "2400000")]);
        (await f.History.OfAsync(f.ForbundId, ChangedEntity.InsatsYear(2025), id)).ShouldBeEmpty();

        var texts = new InsatsTextStore(f.Test.Database);
        await texts.SetAsync(new NewInsatsText { ForbundId = f.ForbundId, InsatsId = id, CalendarYear = 2024, Section = "resultat", Body = "Det gick bra." });
        (await f.History.OfAsync(f.ForbundId, ChangedEntity.InsatsText(2024, "resultat"), id)).Select(h => (h.Field, h.NewValue)).ShouldBe([("Body", null)]);

        var cost = new NewForbundCost { ForbundId = f.ForbundId, CalendarYear = 2024, Name = "Administration", BudgetKronor = 1_500_000 };
        await f.Economy.SetCostAsync(cost);
        await f.Economy.SetCostAsync(cost with { Version = 1, BudgetKronor = 1_400_000 });
        (await f.History.OfAsync(f.ForbundId, ChangedEntity.ForbundCost(2024, "Administration"), f.ForbundId)).Select(h => (h.Field, h.OldValue, h.NewValue))
            .ShouldBe([("BudgetKronor", "1500000", "1400000"), ("BudgetKronor", null, "1500000")]);
        var target = await f.Economy.SetTargetAsync(new NewTarget { ForbundId = f.ForbundId, Measure = "positiva-avslut", CalendarYear = 2024, Goal = 0.4m });
        (await f.History.OfAsync(f.ForbundId, ChangedEntity.Target, target)).ShouldContain(h => h.Field == "Goal" && h.NewValue == "0.4");
    }

    internal static ParticipationCorrection Correction(RegistryFixture f, ParticipationRow row) => new()
    {
        ForbundId = f.ForbundId,
        ParticipationId = row.Id,
        Version = row.Version,
        QueuedOn = row.QueuedOn,
        StartedOn = row.StartedOn,
        EndedOn = row.EndedOn,
        ExitReason = row.ExitReason,
        IsPlannedExit = row.IsPlannedExit,
        Referrer = row.Referrer,
        EducationLevel = row.EducationLevel,
    };
}
