using System.Text.RegularExpressions;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Tests.Catalogue;
using FinsamOutcomes.Testing;
using static FinsamOutcomes.Data.Tests.RegistryFixture;

namespace FinsamOutcomes.Data.Tests.Audit;

public sealed class AuditTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task All_about_a_participant_is_found_by_row_participations_and_lists_of_names_shown(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var insats = await f.InsatsAsync();
        var people = new List<int>();
        for (var i = 1; i <= 12; i++)
            people.Add(await f.ParticipantAsync($"A{i}"));
        var stay = await f.EnterAsync(people[0], insats);
        await f.ExitAsync(stay, "2024-03-01");
        await f.EnterAsync(people[1], insats);
        await AppendAsync(f, "Participants.ReadIdentities", $"deltagare {people[0]} {people[10]}", entity: "participant");
        await AppendAsync(f, "Participants.ReadIdentities", $"deltagare {people[4]} {people[0]}", entity: "participant");
        await AppendAsync(f, "Participants.ReadIdentities", $"deltagare {people[10]} {people[11]}", entity: "participant");
        var store = new AuditStore(f.Test.Database);

        var page = await store.SearchAsync(f.ForbundId, new AuditFilter { Participant = "a1" }, 1, "revisor");

        page.Events.Select(e => e.Action)
            .ShouldBe(["Participants.ReadIdentities", "Participants.ReadIdentities", "Participations.Exit", "Participations.Register", "Participants.Add"]);
        page.Total.ShouldBe(5);
        (await store.SearchAsync(f.ForbundId, new AuditFilter { Participant = "finns inte" }, 1, "revisor")).IsParticipantUnknown.ShouldBeTrue();
        (await store.SearchAsync(f.ForbundId, new AuditFilter { Entity = "participation", EntityId = stay }, 1, "revisor"))
            .Events.Select(e => e.Action)
            .ShouldBe(["Participations.Exit", "Participations.Register"]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Events_are_found_by_day_user_and_action_and_by_nobody_in_another_forbund(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        await AppendAsync(f, "Insatser.Add", "", "anna");
        f.Clock.Advance(TimeSpan.FromDays(1));
        await AppendAsync(f, "Insatser.Update", "", "anna");
        await AppendAsync(f, "Insatser.Update", "", "bo");
        var store = new AuditStore(f.Test.Database);
        async Task<IEnumerable<int>> FindAsync(AuditFilter filter) =>
            (await store.SearchAsync(f.ForbundId, filter, 1, "revisor")).Events.Select(e => e.EventNumber);

        (await FindAsync(new() { Actor = "anna" })).ShouldBe([3, 2]);
        (await FindAsync(new() { Actor = "anna", From = On("2024-05-16") })).ShouldBe([3]);
        (await FindAsync(new() { Actor = "anna", To = On("2024-05-15") })).ShouldBe([2]);
        (await FindAsync(new() { Action = "Insatser.Update" })).ShouldBe([4, 3]);
        (await store.WordsAsync(f.ForbundId)).Actors.ShouldBe(["anna", "bo", "finsam", "revisor"]);
        var other = await new ForbundStore(f.Test.Database).AddAsync(new NewForbund { Name = "Ett annat" });
        (await store.SearchAsync(other, new AuditFilter { Actor = "anna" }, 1, "revisor")).Total.ShouldBe(0);
    }

    // A quarter to one at night in Swedish summer, when it is still the day before by UTC, which is what is stored.
    [Theory, ClassData(typeof(Engines))]
    public async Task A_day_begins_at_midnight_where_the_forbund_is_in_the_log_and_in_what_is_registered(string engine)
    {
        var clock = new FixedClock(new DateTimeOffset(2024, 5, 14, 22, 45, 0, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm"));
        await using var test = await TestDatabase.CreateAsync(engine, clock);
        test.Database.Today.ShouldBe(On("2024-05-15"));
        var forbund = await new ForbundStore(test.Database).AddAsync(new NewForbund { Name = "Ett förbund" });
        var insats = await new InsatsStore(test.Database).AddAsync(
            new NewInsats { ForbundId = forbund, Name = "Insam", Orientation = "individual", FollowUpMethod = "individual", StartsOn = On("2024-01-01") });
        var person = await new ParticipantStore(test.Database).AddAsync(
            new NewParticipant { ForbundId = forbund, Code = "A1", Gender = "woman", BirthYear = 1990 });
        await new ParticipationStore(test.Database).RegisterAsync(
            new NewParticipation { ForbundId = forbund, ParticipantId = person, InsatsId = insats, StartedOn = On("2024-05-15"), Actor = "anna" });

        var store = new AuditStore(test.Database);
        (await FindAsync(On("2024-05-15"), On("2024-05-15"))).ShouldBe(["Participations.Register"]);
        (await FindAsync(null, On("2024-05-14"))).ShouldBeEmpty();
        (await FindAsync(On("2024-05-16"), null)).ShouldBeEmpty();

        async Task<IEnumerable<string>> FindAsync(DateOnly? from, DateOnly? to) =>
            (await store.SearchAsync(forbund, new AuditFilter { Actor = "anna", From = from, To = to }, 1, "revisor")).Events.Select(e => e.Action);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_search_is_written_to_the_log_once_and_its_pages_stay_where_they_are(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        for (var i = 0; i < 120; i++)
            await AppendAsync(f, "Insatser.Update", $"{i}");
        var store = new AuditStore(f.Test.Database);
        var filter = new AuditFilter { Action = "Insatser.Update" };

        var first = await store.SearchAsync(f.ForbundId, filter, 1, "revisor");
        await AppendAsync(f, "Insatser.Update", "senare");
        var second = await store.SearchAsync(f.ForbundId, filter with { UpTo = first.UpTo }, 2, "revisor");
        var third = await store.SearchAsync(f.ForbundId, filter with { UpTo = first.UpTo }, 3, "revisor");

        (first.Total, first.Pages, second.Total, third.Events.Count).ShouldBe((120, 3, 120, 20));
        first.Events.Concat(second.Events).Concat(third.Events).Select(e => e.Detail).ShouldBe(Enumerable.Range(0, 120).Reverse().Select(i => $"{i}"));
        var searches = await store.SearchAsync(f.ForbundId, new AuditFilter { Action = "Audit.Search" }, 1, "annan");
        searches.Events.Select(e => (e.Actor, e.Detail)).ShouldBe([("annan", "händelse Audit.Search"), ("revisor", "händelse Insatser.Update")]);

        // A page of a search that was never made is one.
        await store.SearchAsync(f.ForbundId, new AuditFilter { Actor = "finsam" }, 2, "revisor");
        (await store.SearchAsync(f.ForbundId, new AuditFilter { Action = "Audit.Search", Actor = "revisor" }, 1, "annan")).Total.ShouldBe(2);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_broken_chain_tells_which_event_and_how(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        for (var i = 0; i < 9; i++)
            await AppendAsync(f, "Insatser.Update", $"{i}");
        var store = new AuditStore(f.Test.Database);
        (await store.CheckAsync(f.ForbundId)).ShouldBe(new AuditChainCheck(10, null, AuditFault.None));

        await f.SqlAsync("UPDATE audit_event SET detail = 'annat' WHERE event_number = 4");
        (await store.CheckAsync(f.ForbundId)).ShouldBe(new AuditChainCheck(3, 4, AuditFault.Changed));
        await f.SqlAsync("UPDATE audit_event SET detail = '2' WHERE event_number = 4");
        (await store.CheckAsync(f.ForbundId)).Fault.ShouldBe(AuditFault.None);
        await f.SqlAsync(
            "INSERT INTO audit_event (forbund_id, event_number, happened_at, actor, action, entity, detail, previous_hash, event_hash) SELECT forbund_id, 11, happened_at, actor, action, entity, detail, event_hash, event_hash FROM audit_event WHERE event_number = 10"
        );
        (await store.CheckAsync(f.ForbundId)).BrokenEvent.ShouldBe(11);
        await f.SqlAsync("DELETE FROM audit_event WHERE event_number > 8");
        (await store.CheckAsync(f.ForbundId)).ShouldBe(new AuditChainCheck(8, 9, AuditFault.TailMissing));
        await f.SqlAsync("DELETE FROM audit_event WHERE event_number = 5");
        (await store.CheckAsync(f.ForbundId)).ShouldBe(new AuditChainCheck(4, 5, AuditFault.Missing));
        await f.SqlAsync("DELETE FROM audit_chain");
        await f.SqlAsync("DELETE FROM audit_event WHERE event_number > 4");
        (await store.CheckAsync(f.ForbundId)).ShouldBe(new AuditChainCheck(0, 1, AuditFault.Added));
    }

    [Fact]
    public void Every_action_that_is_written_has_words_in_Swedish()
    {
        var code = SqlFiles.Under("src", "*.cs");
        var written = code.SelectMany(f =>
                Regex
                    .Matches(f.Text, @"(?:(?:CommitAsync|NoteAsync|ArriveAsync|RecordAsync|CloseAsync)\(|\b[aA]ction = )(?<call>[^;{}]*)")
                    .SelectMany(m => Regex.Matches(m.Groups["call"].Value, @"""([A-Z]\w+\.[A-Z]\w+)""").Select(a => a.Groups[1].Value)))
            .Concat(Enum.GetNames<ImportKind>().SelectMany(kind => new[] { $"Import.{kind}", $"Export.{kind}" }))
            .Distinct().ToList();

        written.Count.ShouldBeGreaterThan(25);
        written.Where(action => !AuditWording.Knows(action)).ShouldBeEmpty("these actions need words in AuditWording");

        // The search above sees literals: a new way of naming an action has to be added to it.
        var byVariable = code.SelectMany(f =>
            Regex.Matches(f.Text, @"\bCommitAsync\((?<first>[a-z]\w*),").Select(m => $"{Path.GetFileName(f.Path)} {m.Groups["first"].Value}"));
        byVariable.ShouldBeSubsetOf(["ParticipationStore.cs action", "RuleRequestStore.cs action", "AccessRequestStore.Answers.cs action"]);
    }

    private static async Task AppendAsync(RegistryFixture f, string action, string detail, string actor = "finsam", string entity = "insats")
    {
        await using var session = await f.Test.Database.WriteAsync();
        await AuditLog.AppendAsync(session, new NewAuditEvent { ForbundId = f.ForbundId, Actor = actor, Action = action, Entity = entity, Detail = detail });
        await session.CommitAsync();
    }
}
