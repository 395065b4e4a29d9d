using FinsamOutcomes.Data.Assessments;
using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.HeadCounts;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Testing;
using static FinsamOutcomes.Data.Tests.RegistryFixture;

namespace FinsamOutcomes.Data.Tests.Registration;

public sealed class ChangedRegistrationTests
{
    private static readonly Situation s_work = new() { Livelihoods = [new("lon", 100)], Occupation = new(50, 0, false) };

    [Theory, ClassData(typeof(Engines))]
    public async Task Each_kind_of_change_is_told_once_and_nothing_else_is(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (insam, counted) = (await f.InsatsAsync(), await f.InsatsAsync("Räknas", method: "count"));
        var part = await f.InsatsAsync("Delen", insam);
        var instrument = await f.InstrumentAsync();
        var stays = new Dictionary<string, int>();
        foreach (var code in "A B C D E F G H I J K L".Split(' '))
            stays.Add(code, await f.EnterAsync(await f.ParticipantAsync(code), code == "B" ? part : insam));
        await f.ExitAsync(stays["E"], "2024-03-01");
        await f.ExitAsync(stays["F"], "2024-03-01");
        var (answered, removed) = (await AssessAsync(f, stays["H"], instrument), await AssessAsync(f, stays["I"], instrument));
        await f.Economy.SetCostAsync(new NewForbundCost { ForbundId = f.ForbundId, CalendarYear = 2024, Name = "Kansli", BudgetKronor = 100 });
        await f.HeadCounts.SetAsync(Count(f, counted, 4));
        var goal = await f.Economy.SetTargetAsync(Goal(f, insam, 0.4m, null));
        await f.Participations.MisregisterAsync(f.ForbundId, stays["L"], 1, "anna");

        var moment = await MomentAsync(f);
        (await f.ChangedAsync(moment)).ShouldBeEmpty();
        f.Clock.Advance(TimeSpan.FromHours(1));

        // One of each.
        await CorrectAsync(f, stays["A"], 1, startedOn: "2024-02-01");
        await f.ExitAsync(stays["B"], "2024-04-01");
        await f.Participations.MisregisterAsync(f.ForbundId, stays["C"], 1, "anna");
        await CorrectAsync(f, stays["D"], 1, before: s_work);
        await f.Participations.UndoExitAsync(f.ForbundId, stays["E"], 2, "anna");
        await f.Test.Database.EraseAsync(f.ForbundId, await PersonAsync(f, stays["F"]));
        await UpdateAsync(f, await PersonAsync(f, stays["G"]), "G", "man");
        await f.Assessments.CorrectAsync(
            new AssessmentCorrection
            {
                ForbundId = f.ForbundId,
                AssessmentId = answered,
                Version = 1,
                Occasion = "start",
                AnsweredOn = On("2024-01-10"),
                Answers = [new NewAnswer { ItemCode = "mående", Value = 5 }, new NewAnswer { ItemCode = "sömn", Value = 7 }],
            });
        await f.Assessments.RemoveAsync(f.ForbundId, removed, 1, "anna");
        await AssessAsync(f, stays["J"], instrument, "2024-02-20");
        var added = await f.EnterAsync(await f.ParticipantAsync("M"), insam, "2024-05-01");
        await f.HeadCounts.SetAsync(Count(f, counted, 6));
        await f.Economy.SetYearAsync(
            new NewInsatsYear
            {
                ForbundId = f.ForbundId,
                InsatsId = part,
                CalendarYear = 2024,
                BudgetedParticipants = null,
                BudgetKronor = 500,
                OutcomeKronor = null,
            });
        await f.Economy.SetCostAsync(new NewForbundCost { ForbundId = f.ForbundId, CalendarYear = 2024, Name = "Kansli", BudgetKronor = 120, Version = 1 });
        await f.Economy.SetTargetAsync(Goal(f, insam, 0.5m, 1));
        await RenameAsync(f, counted, "Räknas nu");
        var fresh = await f.InsatsAsync("Ny");
        await new ForbundStore(f.Test.Database).SetPositiveReasonsAsync(
            new PositiveReasonsChange { ForbundId = f.ForbundId, ExitReasons = ["arbete"], Version = 1 });
        await new CodeListStore(f.Test.Database).ChooseAsync(
            new CodeListChange
            {
                ForbundId = f.ForbundId,
                List = CodeList.Referrer,
                Values = [new CodeChoice { Code = "arbetsformedlingen", IsOffered = true, Label = "Kommunens kontor", Version = 0 }],
            });

        // What no number rests on, and what was changed and changed back.
        await UpdateAsync(f, await PersonAsync(f, stays["K"]), "K2", "woman");
        await f.ExitAsync(stays["K"], "2024-04-01");
        await f.Participations.UndoExitAsync(f.ForbundId, stays["K"], 2, "anna");
        var mistaken = await f.EnterAsync(await f.ParticipantAsync("N"), insam);
        await f.Participations.MisregisterAsync(f.ForbundId, mistaken, 1, "anna");
        await f.Assessments.RemoveAsync(f.ForbundId, await AssessAsync(f, stays["K"], instrument), 1, "anna");
        var passing = await f.Economy.SetTargetAsync(Goal(f, counted, 0.1m, null));
        await f.Economy.RemoveTargetAsync(f.ForbundId, passing, 1, "anna");

        var changed = await f.ChangedAsync(moment);
        changed.Select(c => (c.Kind, c.ParticipantCode ?? c.Insats ?? c.Detail, Fields: Fields(c))).ShouldBe(
            [
                (ChangedKind.Participation, "A", "StartedOn 2024-01-10 → 2024-02-01"),
                (ChangedKind.Participation, "B", "EndedOn – → 2024-04-01; ExitReason – → arbete; IsPlannedExit – → true"),
                (ChangedKind.Participation, "C", "EndedOn – → 2024-05-15; ExitReason – → felregistrering"),
                (
                    ChangedKind.Participation,
                    "D",
                    "Before.IsJobSeeking – → false; Before.Livelihoods – → lon 100; Before.StudyPercent – → 0; Before.WorkPercent – → 50"
                ),
                (ChangedKind.Participation, "E", "EndedOn 2024-03-01 → –; ExitReason arbete → –; IsPlannedExit true → –"),
                (ChangedKind.Participation, $"gallrad-{await PersonAsync(f, stays["F"])}", "ErasedAt"),
                (ChangedKind.Participation, "G", "Gender woman → man"),
                (ChangedKind.Participation, "H", "Answers[mående] 3 → 5"),
                (ChangedKind.Participation, "I", "Assessment HÄLSA start 2024-01-10 → –"),
                (ChangedKind.Participation, "J", "Assessment – → HÄLSA start 2024-02-20"),
                (ChangedKind.Participation, "M", "+"),
                (ChangedKind.HeadCount, "Räknas nu", "woman.1 4 → 6"),
                (ChangedKind.Money, "Delen", "BudgetKronor – → 500"),
                (ChangedKind.Cost, "Kansli", "BudgetKronor 100 → 120"),
                (ChangedKind.Target, "Insam", "Goal 0.4 → 0.5"),
                (ChangedKind.Insats, "Räknas nu", "Name Räknas → Räknas nu"),
                (ChangedKind.Insats, "Ny", "+"),
                (ChangedKind.Definition, ForbundStore.PositiveSolution, Fields(changed.Single(c => c.Kind == ChangedKind.Definition))),
                (ChangedKind.Word, "referrer.arbetsformedlingen", Fields(changed.Single(c => c.Kind == ChangedKind.Word))),
            ],
            ignoreOrder: true);
        Fields(changed.Single(c => c.Kind == ChangedKind.Definition)).ShouldEndWith(" → arbete");
        Fields(changed.Single(c => c.Kind == ChangedKind.Word)).ShouldBe("Label Arbetsförmedlingen → Kommunens kontor");
        changed.Single(c => c.ParticipantCode == "M").ShouldSatisfyAllConditions(
            c => c.ParticipationId.ShouldBe(added),
            c => c.FirstChangedAt.ShouldBe(moment.At.AddHours(1)),
            c => (c.InsatsId, c.IsAdded).ShouldBe((insam, true)));
        changed.Single(c => c.ParticipantCode == "B").ShouldSatisfyAllConditions(
            c => (c.InsatsId, c.ParentInsatsId).ShouldBe((part, insam)),
            c => (c.FirstChangedAt, c.LastChangedAt).ShouldBe((moment.At.AddHours(1), moment.At.AddHours(1))));
        changed.Single(c => c.Kind == ChangedKind.Insats && c.IsAdded).InsatsId.ShouldBe(fresh);
        changed.Where(c => c.CalendarYear is not null).ShouldAllBe(c => c.CalendarYear == 2024);
        goal.ShouldBeGreaterThan(0);

        // From now on nothing has changed.
        (await f.ChangedAsync(await MomentAsync(f))).ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Several_changes_of_a_field_are_one_from_the_first_value_to_the_last(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var stay = await f.EnterAsync(await f.ParticipantAsync(), await f.InsatsAsync());
        var moment = await MomentAsync(f);
        await CorrectAsync(f, stay, 1, "2024-02-01");
        f.Clock.Advance(TimeSpan.FromDays(1));
        await CorrectAsync(f, stay, 2, "2024-03-01");
        await f.ExitAsync(stay, "2024-05-01", version: 3);
        f.Clock.Advance(TimeSpan.FromDays(1));
        await f.Participations.UndoExitAsync(f.ForbundId, stay, 4, "anna");

        var changed = (await f.ChangedAsync(moment)).ShouldHaveSingleItem();
        Fields(changed).ShouldBe("StartedOn 2024-01-10 → 2024-03-01");
        (changed.FirstChangedAt, changed.LastChangedAt).ShouldBe((moment.At, moment.At.AddDays(1)));
        await CorrectAsync(f, stay, 5, "2024-01-10");
        (await f.ChangedAsync(moment)).ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_period_is_touched_by_a_stay_that_is_in_it_then_or_now(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var insats = await f.InsatsAsync();
        var stay = await f.EnterAsync(await f.ParticipantAsync(), insats, "2023-06-10");
        await f.ExitAsync(stay, "2023-12-01");
        var moment = await MomentAsync(f);
        await CorrectAsync(f, stay, 2, "2023-06-10", endedOn: "2024-02-01");
        var changed = (await f.ChangedAsync(moment)).ShouldHaveSingleItem();
        changed.Touches(On("2024-01-01"), On("2024-01-31")).ShouldBeTrue();
        changed.Touches(On("2024-02-02"), On("2024-12-31")).ShouldBeFalse();
        changed.Touches(On("2023-01-01"), On("2023-06-09")).ShouldBeFalse();

        // What is new is counted for a time only where it goes on for a day of it.
        await f.EnterAsync(await f.ParticipantAsync("N"), insats, "2024-03-01");
        var store = new ChangedRegistrationStore(f.Test.Database);
        (await store.SinceInAsync(f.ForbundId, moment, On("2024-01-01"), On("2024-02-29"))).ShouldHaveSingleItem().ParticipantCode.ShouldBe("A1");
        var later = await store.SinceInAsync(f.ForbundId, moment, On("2024-01-01"), On("2024-03-01"));
        later.Select(c => (c.ParticipantCode, c.FirstChangedAt is null)).ShouldBe([("A1", false), ("N", true)]);
        moment = await MomentAsync(f);

        await CorrectAsync(f, stay, 3, "2024-01-01", endedOn: "2024-02-01");
        changed = (await f.ChangedAsync(moment)).ShouldHaveSingleItem();
        changed.Touches(On("2023-07-01"), On("2023-12-31")).ShouldBeTrue("it was there then");

        // What was registered by mistake is in no time; what it was before it was marked is.
        moment = await MomentAsync(f);
        await f.Participations.MisregisterAsync(f.ForbundId, stay, 4, "anna");
        changed = (await f.ChangedAsync(moment)).ShouldHaveSingleItem();
        changed.Touches(On("2024-01-01"), On("2024-12-31")).ShouldBeTrue();
        changed.Touches(On("2023-01-01"), On("2023-12-31")).ShouldBeFalse();
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Who_does_not_reach_a_stay_is_told_neither_whose_it_is_nor_what_it_was(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (own, other) = (await f.InsatsAsync(), await f.InsatsAsync("Åkern"));
        var mine = await f.EnterAsync(await f.ParticipantAsync(), own);
        var theirs = await f.EnterAsync(await f.ParticipantAsync("B2"), other);
        var user = await f.UserAsync("anna", own);
        var moment = await MomentAsync(f);
        await CorrectAsync(f, mine, 1, "2024-02-01");
        await CorrectAsync(f, theirs, 1, "2024-02-01");
        await f.HeadCounts.SetAsync(Count(f, other, 3));

        // An insatsansvarig works in the insats and sees no participants.
        await f.SqlAsync($"INSERT INTO app_user_role (app_user_id, forbund_id, role) VALUES ({user}, {f.ForbundId}, 'insats_manager')");
        (await f.ChangedAsync(moment, user)).ShouldAllBe(c => c.ParticipantCode == null && c.ParticipationId == null);
        await f.SqlAsync($"INSERT INTO app_user_role (app_user_id, forbund_id, role) VALUES ({user}, {f.ForbundId}, 'caseworker')");
        var changed = await f.ChangedAsync(moment, user);
        changed.Select(c => (c.Kind, c.Insats, c.ParticipantCode, c.ParticipationId, Fields(c))).ShouldBe(
            [
                (ChangedKind.Participation, "Insam", "A1", mine, "StartedOn 2024-01-10 → 2024-02-01"),
                (ChangedKind.HeadCount, "Åkern", null, null, "woman.1 – → 3"),
                (ChangedKind.Participation, "Åkern", null, null, "StartedOn"),
            ]);
        changed[2].Touches(On("2024-01-01"), On("2024-01-31")).ShouldBeTrue();
        (await f.ChangedAsync(moment)).Select(c => c.ParticipantCode).ShouldBe(["A1", null, "B2"]);
        (await new ChangedRegistrationStore(f.Test.Database).SinceAsync(await OtherForbundAsync(f), moment)).ShouldBeEmpty();
    }

    private static async Task<int> OtherForbundAsync(RegistryFixture f) =>
        await new ForbundStore(f.Test.Database).AddAsync(new NewForbund { Name = "Ett annat" });

    private static async Task<RegisterMoment> MomentAsync(RegistryFixture f)
    {
        await using var session = await f.Test.Database.SnapshotAsync();
        return await RegisterMoment.ReadAsync(session, f.ForbundId);
    }

    private static async Task<int> PersonAsync(RegistryFixture f, int stay) =>
        Convert.ToInt32(await f.SqlAsync($"SELECT participant_id FROM participation WHERE id = {stay}"));

    private static string Fields(ChangedRegistration changed) =>
        changed.IsAdded ? "+"
            : string.Join(
                "; ",
                changed.Fields.OrderBy(c => c.Field, StringComparer.Ordinal).Select(c => c.IsUntold ? c.Field : $"{c.Field} {c.Old ?? "–"} → {c.New ?? "–"}"));

    private static NewHeadCount Count(RegistryFixture f, int insats, int people) => new()
    {
        ForbundId = f.ForbundId,
        InsatsId = insats,
        CalendarYear = 2024,
        Half = 1,
        Gender = "woman",
        NumberOfPeople = people,
    };

    private static NewTarget Goal(RegistryFixture f, int insats, decimal goal, int? version) => new()
    {
        ForbundId = f.ForbundId,
        InsatsId = insats,
        Measure = "positiva-avslut",
        CalendarYear = 2024,
        Goal = goal,
        Version = version,
    };

    private static Task<int> AssessAsync(RegistryFixture f, int stay, int instrument, string day = "2024-01-10") =>
        f.Assessments.RegisterAsync(
            new NewAssessment
            {
                ForbundId = f.ForbundId,
                ParticipationId = stay,
                InstrumentId = instrument,
                Occasion = "start",
                AnsweredOn = On(day),
                Answers = [new NewAnswer { ItemCode = "mående", Value = 3 }, new NewAnswer { ItemCode = "sömn", Value = 7 }],
            });

    private static Task<RegisteredParticipation> CorrectAsync(
        RegistryFixture f,
        int stay,
        int version,
        string startedOn = "2024-01-10",
        string? endedOn = null,
        Situation? before = null) =>
        f.Participations.CorrectAsync(
            new ParticipationCorrection
            {
                ForbundId = f.ForbundId,
                ParticipationId = stay,
                Version = version,
                QueuedOn = null,
                StartedOn = On(startedOn),
                EndedOn = endedOn is null ? null : On(endedOn),
                ExitReason = endedOn is null ? null : "arbete",
                IsPlannedExit = endedOn is null ? null : true,
                Referrer = null,
                EducationLevel = null,
                Before = before,
            });

    private static Task UpdateAsync(RegistryFixture f, int person, string code, string gender) =>
        f.Participants.UpdateAsync(
            new ParticipantChange
            {
                ForbundId = f.ForbundId,
                Id = person,
                Version = 1,
                Code = code,
                Gender = gender,
                BirthYear = 1990,
                Name = "Påhittad Person",
                PersonalNumber = null,
                HasProtectedIdentity = false,
            });

    private static async Task RenameAsync(RegistryFixture f, int insats, string name)
    {
        var row = (await f.Insatser.FindAsync(f.ForbundId, insats))!;
        await f.Insatser.UpdateAsync(
            new InsatsChange
            {
                ForbundId = f.ForbundId,
                Id = insats,
                Version = row.Version,
                Name = name,
                Orientation = row.Orientation,
                SpecificOrientation = row.SpecificOrientation,
                FollowUpMethod = row.FollowUpMethod,
                IsEsf = row.IsEsf,
                StartsOn = row.StartsOn,
                EndsOn = row.EndsOn,
                Capacity = row.Capacity,
                TargetGroups = ["unga", "npf"],
            });
    }
}
