using FinsamOutcomes.Data.Assessments;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Testing;
using static FinsamOutcomes.Data.Tests.RegistryFixture;

namespace FinsamOutcomes.Data.Tests.Registration;

public sealed class AssessmentChangeTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task An_assessment_is_corrected_with_history_and_a_second_saver_is_refused(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var stay = await f.EnterAsync(await f.ParticipantAsync(), await f.InsatsAsync());
        var id = await f.Assessments.RegisterAsync(New(f, stay, await f.InstrumentAsync()));
        var right = new AssessmentCorrection
        {
            ForbundId = f.ForbundId,
            AssessmentId = id,
            Version = 1,
            Occasion = "followup",
            AnsweredOn = On("2024-02-01"),
            Answers = [new NewAnswer { ItemCode = "mående", Value = 4.5m }, new NewAnswer { ItemCode = "sömn", MissingReason = "declined" }],
        };
        (await WrongFieldsAsync(() => f.Assessments.CorrectAsync(right with { Occasion = "x", AnsweredOn = On("2025-01-01"), Answers = [] }))).ShouldBe([
            "Occasion",
            "AnsweredOn",
            "Answers[mående]",
            "Answers[sömn]",
        ]);
        await f.Assessments.CorrectAsync(right);
        (await WrongFieldsAsync(() => f.Assessments.CorrectAsync(right))).ShouldBe(["Version"]);
        (await f.History.SinceAsync(f.ForbundId, ChangedEntity.Assessment, id, 1))
            .Select(h => (h.Field, h.OldValue, h.NewValue))
            .ShouldBe([
                ("Occasion", "start", "followup"),
                ("AnsweredOn", "2024-01-10", "2024-02-01"),
                ("Answers[mående]", "3", "4.5"),
                ("Answers[sömn]", "7", "declined"),
            ]);
        var now = (await f.Assessments.FindAsync(f.ForbundId, id))!;
        (now.Row.Version, now.Answers[0].Value, now.Answers[1].MissingReason).ShouldBe((2, 4.5m, "declined"));
        (await f.Assessments.FindAsync(f.ForbundId + 1, id)).ShouldBeNull();
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task An_assessment_registered_by_mistake_is_removed_and_what_it_said_is_in_the_history(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var stay = await f.EnterAsync(await f.ParticipantAsync(), await f.InsatsAsync());
        var given = New(f, stay, await f.InstrumentAsync());
        var id = await f.Assessments.RegisterAsync(given);
        (await WrongFieldsAsync(() => f.Assessments.RemoveAsync(f.ForbundId, id, 2, "anna"))).ShouldBe(["Version"]);
        await f.Assessments.RemoveAsync(f.ForbundId, id, 1, "anna");
        (await f.Assessments.OfParticipationAsync(f.ForbundId, stay)).ShouldBeEmpty();
        (await f.History.OfAsync(f.ForbundId, ChangedEntity.Assessment, id)).ShouldContain(h =>
            h.Field == "Answers[sömn]" && h.OldValue == "7" && h.NewValue == null);
        (await f.History.OfAsync(f.ForbundId, ChangedEntity.Participation, stay)).ShouldHaveSingleItem().OldValue.ShouldBe("HÄLSA start 2024-01-10");
        Convert.ToInt32(await f.SqlAsync($"SELECT COUNT(*) FROM audit_event WHERE action = 'Assessments.Remove' AND entity_id = {id}")).ShouldBe(1);
        (await f.Assessments.RegisterAsync(given)).ShouldNotBe(id);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task The_pile_of_an_insats_shows_first_those_who_lack_the_assessment(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (insats, instrument) = (await f.InsatsAsync(), await f.InstrumentAsync());
        var done = await f.EnterAsync(await f.ParticipantAsync("A1"), insats);
        var lacking = await f.EnterAsync(await f.ParticipantAsync("A2"), insats);
        var ended = await f.EnterAsync(await f.ParticipantAsync("A3"), insats);
        await f.ExitAsync(ended, "2024-03-01");
        await f.EnterAsync(await f.ParticipantAsync("B1"), await f.InsatsAsync("USB"));
        await f.Assessments.RegisterAsync(New(f, done, instrument));

        // A new version is the same instrument.
        var latest = await f.InstrumentAsync(version: 2);
        (await f.Assessments.PileAsync(f.ForbundId, insats, latest, "start"))
            .Select(p => (p.ParticipationId, p.HasAssessment, p.LastOn))
            .ShouldBe([(lacking, false, null), (done, true, On("2024-01-10"))]);
        (await f.Assessments.PileAsync(f.ForbundId, insats, latest, "exit")).Select(p => p.ParticipationId).ShouldBe([done, lacking, ended]);
        (await f.Assessments.PileAsync(f.ForbundId + 1, insats, latest, "start")).ShouldBeEmpty();
    }

    private static NewAssessment New(RegistryFixture f, int stay, int instrument) => new()
    {
        ForbundId = f.ForbundId,
        ParticipationId = stay,
        InstrumentId = instrument,
        Occasion = "start",
        AnsweredOn = On("2024-01-10"),
        Answers = [new NewAnswer { ItemCode = "mående", Value = 3 }, new NewAnswer { ItemCode = "sömn", Value = 7 }],
    };
}
