using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Testing;
using static FinsamOutcomes.Data.Tests.RegistryFixture;

namespace FinsamOutcomes.Data.Tests.Registration;

public sealed class ParticipantListTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task The_list_holds_the_users_own_insatser_with_delprojekt_longest_in_queue_first(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var iris = await f.InsatsAsync("IRIS");
        var (insam, foreign) = (await f.InsatsAsync("Insam", iris), await f.InsatsAsync("USB"));
        var user = await f.UserAsync("anna", iris);
        var lists = new ParticipantListStore(f.Test.Database);
        foreach (
            var (code, insats, queued, started) in new (string, int, string?, string?)[]
            {
                ("A1", insam, null, "2024-01-10"),
                ("A2", iris, "2024-03-01", null),
                ("A3", insam, "2024-02-01", null),
                ("A4", insam, null, "2024-04-01"),
                ("B1", foreign, null, "2024-01-10"),
            })
        {
            await f.Participations.RegisterNewAsync(
                NewRegistrationTests.New(f, insats) with
                {
                    Code = code,
                    QueuedOn = queued is null ? null : On(queued),
                    StartedOn = started is null ? null : On(started),
                    IsNotDuplicate = true,
                });
        }

        await f.ExitAsync(
            (await f.Participations.OfParticipantAsync(f.ForbundId, (await f.Participants.FindAsync(f.ForbundId, "A4"))!.Id)).Single().Id,
            "2024-05-01");
        var mistake = await f.EnterAsync(await f.ParticipantAsync("A5"), insam);
        await f.Participations.MisregisterAsync(f.ForbundId, mistake, 1, "prov");

        var filter = new ParticipantListFilter { ForbundId = f.ForbundId, UserId = user };
        var page = await lists.PageAsync(filter);
        page.Rows.Select(r => (r.Code, r.Status, r.Insats))
            .ShouldBe([("A3", "queue", "Insam"), ("A2", "queue", "IRIS"), ("A1", "ongoing", "Insam"), ("A4", "ended", "Insam")]);
        (page.Total, page.Counts.Queue, page.Counts.Ongoing, page.Counts.Ended).ShouldBe((4, 2, 1, 1));
        (await lists.PageAsync(filter with { InsatsId = insam, Status = "queue" })).Rows.Select(r => r.Code).ShouldBe(["A3"]);
        (await lists.PageAsync(filter with { InsatsId = iris })).Total.ShouldBe(4);
        (await lists.PageAsync(filter with { InsatsId = foreign })).Rows.ShouldBeEmpty();
        (await lists.PageAsync(filter with { ForbundId = f.ForbundId + 1 })).Total.ShouldBe(0);
        (await lists.PageAsync(filter with { UserId = user + 1 })).Total.ShouldBe(0);
        await f.SqlAsync($"INSERT INTO app_user_role (app_user_id, forbund_id, role) VALUES ({user}, {f.ForbundId}, 'caseworker')");
        (await new AccessStore(f.Test.Database).FindAsync(user, f.ForbundId))!.OwnInsatser.ShouldBe([iris, insam], ignoreOrder: true);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Pages_hold_fifty_and_no_participation_is_on_two_of_them(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var insats = await f.InsatsAsync();
        var user = await f.UserAsync("anna", insats);
        for (var i = 0; i < 103; i++)
            await f.EnterAsync(await f.ParticipantAsync($"A{i}"), insats);
        var lists = new ParticipantListStore(f.Test.Database);
        var seen = new List<int>();
        for (var page = 1; page <= 3; page++)
        {
            var shown = await lists.PageAsync(new ParticipantListFilter { ForbundId = f.ForbundId, UserId = user, Page = page });
            (shown.Total, shown.Pages, shown.Page, shown.Rows.Count).ShouldBe((103, 3, page, page == 3 ? 3 : 50));
            seen.AddRange(shown.Rows.Select(r => r.ParticipationId));
        }

        seen.ShouldBeUnique();
        (await lists.PageAsync(new ParticipantListFilter { ForbundId = f.ForbundId, UserId = user, Page = 9 })).Page.ShouldBe(3);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_name_is_found_by_the_beginnings_of_its_words_in_own_insatser_only_and_each_showing_is_logged(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (own, other) = (await f.InsatsAsync("Insam"), await f.InsatsAsync("USB"));
        var user = await f.UserAsync("anna", own);
        var lists = new ParticipantListStore(f.Test.Database);
        foreach (
            var (code, name, insats) in new[]
            {
                ("A1", "Åsa-Lena Ek", own),
                ("A2", "Asa Söderström", own),
                ("A3", "Bo Ek", own),
                ("A4", "André Söderberg", own),
                ("B1", "Åsa Ek", other),
            })
            await f.Participations.RegisterNewAsync(NewRegistrationTests.New(f, insats) with { Code = code, Name = name, IsNotDuplicate = true });

        await FindsAsync("åsa", "A1", "A2");
        await FindsAsync("asa", "A1", "A2");
        await FindsAsync("SÖDER", "A2", "A4");
        await FindsAsync("söder and", "A4");
        await FindsAsync("ek åsa", "A1");
        await FindsAsync("bo ek", "A3");
        await FindsAsync("söderx");
        await FindsAsync("b", "");
        await FindsAsync("A1", "A1");
        await FindsAsync("a", "A1", "A2", "A3", "A4");
        await FindsAsync("soderstrom", "A2");
        await FindsAsync("Ändré", "A4");
        await FindsAsync("1", "A1");
        await FindsAsync("_1");
        await FindsAsync("' OR 1=1 --");
        var id = (await f.Participants.FindAsync(f.ForbundId, "A1"))!.Id;
        (
            await f.SqlAsync(
                $"SELECT detail FROM audit_event WHERE action = 'Participants.ReadIdentities' AND event_number = (SELECT MIN(event_number) FROM audit_event WHERE action = 'Participants.ReadIdentities')"
            )).ShouldBe($"deltagare {id} {(await f.Participants.FindAsync(f.ForbundId, "A2"))!.Id}");
        (await f.EverythingWrittenAsync()).ShouldNotContain("Söder", Case.Insensitive);

        async Task FindsAsync(string text, params string[] codes)
        {
            var hits = (await lists.SearchAsync(f.ForbundId, user, text, "anna")).Hits;
            if (codes is not [""])
                hits.Select(h => h.Code).ShouldBe(codes, ignoreOrder: true, text);
            hits.ShouldAllBe(h => h.Code.StartsWith('A'));
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Any_part_of_a_code_and_a_birth_year_and_day_are_found_in_own_insatser_only(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (own, other) = (await f.InsatsAsync("Insam"), await f.InsatsAsync("USB"));
        var user = await f.UserAsync("anna", own);
        var lists = new ParticipantListStore(f.Test.Database);
        await AddAsync("Lund–Å 17", "19811218-9876", own);
        await AddAsync("lund-18", null, own);
        await AddAsync("M3", "701063-2391", own);
        await AddAsync("M4", "900101-2385", other);

        await FindsAsync("lund-å", "Lund–Å 17");
        await FindsAsync("NÅGOT");
        await FindsAsync("17", "Lund–Å 17");
        await FindsAsync("LUND\u2011", "Lund–Å 17", "lund-18");
        await FindsAsync("1981", "Lund–Å 17");
        await FindsAsync("1970", "M3");
        await FindsAsync("1990", "lund-18");
        await FindsAsync("1981-12-18", "Lund–Å 17");
        await FindsAsync("811218", "Lund–Å 17");
        await FindsAsync("19701003", "M3");
        await FindsAsync("1981-12-19");
        await FindsAsync("1990-01-01");
        await FindsAsync("19811218–9876", "Lund–Å 17");

        async Task AddAsync(string code, string? number, int insats) =>
            await f.Participations.RegisterNewAsync(
                NewRegistrationTests.New(f, insats) with
                {
                    Code = code,
                    PersonalNumber = number,
                    Gender = "unknown",
                    BirthYear = number is null ? 1990 : null,
                    IsNotDuplicate = true,
                });

        async Task FindsAsync(string text, params string[] codes) =>
            (await lists.SearchAsync(f.ForbundId, user, text, "anna")).Hits.Select(h => h.Code).ShouldBe(codes, ignoreOrder: true, text);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task The_name_index_follows_changes_erasure_and_names_from_before_it(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var insats = await f.InsatsAsync();
        var user = await f.UserAsync("anna", insats);
        var lists = new ParticipantListStore(f.Test.Database);
        var person = await f.Participations.RegisterNewAsync(NewRegistrationTests.New(f, insats) with { Name = "Elin Svensson" });
        await f.SqlAsync("DELETE FROM participant_name_index");
        (await HitsAsync("svens")).ShouldBe([person.ParticipantId]);

        var change = new ParticipantChange
        {
            ForbundId = f.ForbundId,
            Id = person.ParticipantId,
            Version = 1,
            Code = person.Code,
            Gender = "woman",
            BirthYear = 1990,
            Name = "Elin Berg",
            PersonalNumber = null,
            HasProtectedIdentity = false,
        };
        await f.Participants.UpdateAsync(change);
        (await HitsAsync("svens")).ShouldBeEmpty();
        (await HitsAsync("berg")).ShouldBe([person.ParticipantId]);

        // Two names that begin alike share their buckets, and 12 bits are all there is.
        Convert.ToInt32(await f.SqlAsync("SELECT MAX(bucket) FROM participant_name_index")).ShouldBeLessThan(4096);
        await f.ExitAsync(person.ParticipationId, "2024-05-01");
        await f.Test.Database.EraseAsync(f.ForbundId, person.ParticipantId);
        Convert.ToInt32(await f.SqlAsync("SELECT COUNT(*) FROM participant_name_index")).ShouldBe(0);
        (await HitsAsync("berg")).ShouldBeEmpty();

        async Task<IEnumerable<int>> HitsAsync(string text) => (await lists.SearchAsync(f.ForbundId, user, text, "anna")).Hits.Select(h => h.ParticipantId);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_personal_number_is_found_in_own_insatser_and_logged_without_the_number(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var insats = await f.InsatsAsync();
        var (user, stranger) = (await f.UserAsync("anna", insats), await f.UserAsync("bo"));
        var person = await f.Participations.RegisterNewAsync(
            NewRegistrationTests.New(f, insats) with
            {
                Gender = "man",
                BirthYear = null,
                PersonalNumber = "701063-2391",
            });
        var lists = new ParticipantListStore(f.Test.Database);
        (await lists.SearchAsync(f.ForbundId, user, " 19701063-2391", "anna")).Hits.ShouldHaveSingleItem().ParticipantId.ShouldBe(person.ParticipantId);
        (await lists.SearchAsync(f.ForbundId, stranger, "701063-2391", "bo")).Hits.ShouldBeEmpty();
        (await f.SqlAsync("SELECT detail FROM audit_event WHERE action = 'Participants.ReadIdentities'")).ShouldBe($"deltagare {person.ParticipantId}");
        (await f.EverythingWrittenAsync()).ShouldNotContain("7010632391");
    }
}
