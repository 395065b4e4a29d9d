using FinsamOutcomes.Data.Assessments;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Quality;
using FinsamOutcomes.Data.Todo;
using FinsamOutcomes.Testing;
using static FinsamOutcomes.Data.Tests.RegistryFixture;

namespace FinsamOutcomes.Data.Tests.Registration;

public sealed class TodoTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Exits_without_reason_and_long_queues_of_own_insatser_are_to_be_done(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (own, foreign) = (await f.InsatsAsync("Insam"), await f.InsatsAsync("USB"));
        var user = await f.UserAsync("anna", own);
        var (first, second) = (await f.ParticipantAsync("A1"), await f.ParticipantAsync("A2"));
        var exited = await f.EnterAsync(first, own);
        await f.ExitAsync(exited, "2024-03-01", reason: null);
        await f.ExitAsync(await f.EnterAsync(second, foreign), "2024-03-01", reason: null);
        var waiting = (
            await f.Participations.QueueAsync(
                new NewQueueEntry
                {
                    ForbundId = f.ForbundId,
                    ParticipantId = second,
                    InsatsId = own,
                    QueuedOn = On("2024-02-14"),
                })).Id;
        await f.Participations.QueueAsync(
            new NewQueueEntry
            {
                ForbundId = f.ForbundId,
                ParticipantId = first,
                InsatsId = own,
                QueuedOn = On("2024-03-02"),
            });

        var todo = await new TodoStore(f.Test.Database).OfUserAsync(f.ForbundId, user);
        todo.ExitsWithoutReason.Select(t => (t.ParticipationId, t.Code, t.SinceOn)).ShouldBe([(exited, "A1", On("2024-03-01"))]);
        todo.LongInQueue.Select(t => t.ParticipationId).ShouldBe([waiting]);
        (await new TodoStore(f.Test.Database).OfUserAsync(f.ForbundId, user, new TodoLimits { QueueDays = 91 })).LongInQueue.ShouldBeEmpty();
        todo.Count.ShouldBe(2);
        (await new TodoStore(f.Test.Database).OfUserAsync(f.ForbundId + 1, user)).Count.ShouldBe(0);

        // One's own, what nobody has taken, and all of it; whoever follows nobody has no list of their own.
        var caseworkers = new CaseworkerStore(f.Test.Database);
        (await caseworkers.FollowedAsync(f.ForbundId, user)).HasOwn.ShouldBeFalse();
        await f.SqlAsync($"INSERT INTO participation_caseworker (participation_id, app_user_id, from_on) VALUES ({waiting}, {user}, '2024-02-14')");
        var followed = await caseworkers.FollowedAsync(f.ForbundId, user);
        followed.HasOwn.ShouldBeTrue();
        (todo.Of(Whose.Mine, followed).Count, todo.Of(Whose.Nobodys, followed).Count, todo.Of(Whose.All, followed).Count).ShouldBe((1, 1, 2));
        todo.Of(Whose.Mine, followed).LongInQueue.ShouldHaveSingleItem().ParticipationId.ShouldBe(waiting);
        var list = new ParticipantListStore(f.Test.Database);
        var without = await list.PageAsync(new ParticipantListFilter { ForbundId = f.ForbundId, UserId = user, CaseworkerId = ParticipantListFilter.Nobody });
        without.Total.ShouldBe(without.Counts.Queue + without.Counts.Ongoing + without.Counts.Ended);
        without.Rows.ShouldNotContain(r => r.ParticipationId == waiting);
        without.Rows.ShouldContain(r => r.ParticipationId == exited);
    }

    // A hundred start pages at once, each with a session within a session, came to wait for each other for ever.
    [Theory, ClassData(typeof(Engines))]
    public async Task All_that_needs_doing_is_asked_for_in_one_session(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var user = await f.UserAsync("anna", await f.InsatsAsync("Insam"));
        using var sessions = new OpenSessions();
        await new TodoStore(f.Test.Database).OfUserAsync(f.ForbundId, user);
        sessions.Most.ShouldBe(1);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_remark_that_can_not_be_mended_stays_quiet_until_it_is_woken(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (own, foreign) = (await f.InsatsAsync("Insam"), await f.InsatsAsync("USB"));
        var user = await f.UserAsync("anna", own);
        var person = await f.ParticipantAsync("A1", "unknown");
        var stay = await f.EnterAsync(person, own);
        await f.EnterAsync(person, foreign);
        await f.ExitAsync(stay, "2024-03-01", reason: null);
        var (checks, todo) = (new QualityChecks(f.Test.Database), new TodoStore(f.Test.Database));
        (await checks.RunAsync(f.ForbundId)).Single(r => r.Rule == "unknown_gender").Findings.Count.ShouldBe(2);
        (await todo.OfUserAsync(f.ForbundId, user)).Remarks.ShouldHaveSingleItem().Open.ShouldHaveSingleItem().ParticipationId.ShouldBe(stay);

        foreach (var rule in new[] { "unknown_gender", QualityChecks.ExitWithoutReason })
            await checks.DismissAsync(f.ForbundId, rule, stay, "Går inte att få", "anna");
        (await todo.OfUserAsync(f.ForbundId, user)).Count.ShouldBe(0);
        var finding = (await checks.RunAsync(f.ForbundId, user)).Single(r => r.Rule == "unknown_gender").Findings.ShouldHaveSingleItem();
        (finding.Dismissal!.Actor, finding.Dismissal.Note).ShouldBe(("anna", "Går inte att få"));
        (await WrongFieldsAsync(() => checks.DismissAsync(f.ForbundId, "unknown_gender", stay, "", "anna"))).ShouldBe(["ParticipationId"]);
        (await WrongFieldsAsync(() => checks.DismissAsync(f.ForbundId, "x", stay, new string('x', 501), "anna"))).ShouldBe(["Rule", "Note"]);
        await checks.WakeAsync(f.ForbundId, "unknown_gender", stay, "anna");
        (await todo.OfUserAsync(f.ForbundId, user)).Remarks.ShouldHaveSingleItem();
        (await WrongFieldsAsync(() => checks.WakeAsync(f.ForbundId, "unknown_gender", stay, "anna"))).ShouldBe(["ParticipationId"]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Assessments_are_due_only_where_the_instrument_is_in_use_at_that_occasion(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (own, unused) = (await f.InsatsAsync("Insam"), await f.InsatsAsync("USB"));
        var user = await f.UserAsync("anna", own, unused);
        var instrument = await f.InstrumentAsync();
        var todo = new TodoStore(f.Test.Database);
        var early = await f.EnterAsync(await f.ParticipantAsync("A1"), own, "2023-06-01");
        await f.EnterAsync(await f.ParticipantAsync("A2"), own, "2023-06-02");
        var late = await f.EnterAsync(await f.ParticipantAsync("A3"), own, "2024-02-01");
        await f.EnterAsync(await f.ParticipantAsync("A4"), own, "2024-05-10");
        await f.EnterAsync(await f.ParticipantAsync("A5"), unused, "2024-02-01");
        (await todo.OfUserAsync(f.ForbundId, user)).AssessmentsDue.ShouldBeEmpty();

        await AssessAsync(early, "start", "2023-07-01");
        (await DueAsync()).ShouldBe([(late, "start", On("2024-02-01"))]);
        await AssessAsync(late, "start", "2024-02-02");
        (await DueAsync()).ShouldBeEmpty();
        await AssessAsync(early, "followup", "2023-10-01");
        (await DueAsync()).ShouldBe([(early, "followup", On("2023-10-01"))]);
        await AssessAsync(early, "followup", "2024-05-01");
        var gone = await f.EnterAsync(await f.ParticipantAsync("A6"), own, "2024-03-01");
        await AssessAsync(gone, "start", "2024-03-01");
        await AssessAsync(gone, "exit", "2024-04-01");
        await f.ExitAsync(gone, "2024-04-01");
        await f.ExitAsync(late, "2024-04-15");
        (await DueAsync()).ShouldBe([(late, "exit", On("2024-04-15"))]);
        await f.InstrumentAsync(version: 2);
        (await todo.OfUserAsync(f.ForbundId, user)).AssessmentsDue.ShouldHaveSingleItem().InstrumentId.ShouldNotBe(instrument);

        Task AssessAsync(int stay, string occasion, string on) => f.Assessments.RegisterAsync(new NewAssessment
        {
            ForbundId = f.ForbundId,
            ParticipationId = stay,
            InstrumentId = instrument,
            Occasion = occasion,
            AnsweredOn = On(on),
            Answers = [new NewAnswer { ItemCode = "mående", Value = 3 }, new NewAnswer { ItemCode = "sömn", Value = 3 }],
        });

        async Task<IEnumerable<(int, string, DateOnly)>> DueAsync() =>
            (await todo.OfUserAsync(f.ForbundId, user)).AssessmentsDue.Select(d => (d.ParticipationId, d.Occasion, d.SinceOn));
    }
}
