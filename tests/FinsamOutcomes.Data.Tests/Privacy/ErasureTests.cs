using System.Text;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Consents;
using FinsamOutcomes.Data.CorrectionRequests;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Erasures;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Quality;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Testing;
using static FinsamOutcomes.Data.Tests.RegistryFixture;

namespace FinsamOutcomes.Data.Tests.Privacy;

/// <summary>Who has been erased is gone from everything that is stored, and what is counted is not.</summary>
public sealed class ErasureTests
{
    private const string Counts = """
        SELECT CONCAT(COUNT(*), ' ', COUNT(DISTINCT p.participant_id), ' ', SUM(d.birth_year), ' ', MIN(p.started_on), ' ', COUNT(p.exit_reason))
        FROM participation p JOIN participant d ON d.id = p.participant_id
        """;

    [Theory, ClassData(typeof(Engines))]
    public async Task Of_those_whose_time_has_run_out_nothing_readable_is_left_anywhere_and_an_older_backup_is_erased_again(string engine)
    {
        await using var f = await CreateAsync(engine);
        var (insats, database) = (await f.InsatsAsync(), f.Test.Database);
        var merges = new ParticipantMergeStore(database);

        // Many, so that pages are split, and copies of codes are left where they stood.
        var codes = new List<string>();
        foreach (var i in Enumerable.Range(0, 240).OrderBy(i => i * 7919 % 240))
        {
            var isLeft = i % 3 == 0;
            var code = $"{(isLeft ? "BORTA" : "KVAR")}-{i:000}-{new string('q', i % 30)}z";
            var stay = await f.EnterAsync(await f.ParticipantAsync(code), insats, "2023-01-10");
            if (isLeft)
                codes.Add(code);
            if (isLeft || i % 5 == 0)
                await f.ExitAsync(stay, isLeft ? "2023-02-01" : "2024-05-01");
        }

        var first = await f.Participations.RegisterNewAsync(New(f, insats) with { Code = "HEMLIG-1", Name = "Elin Provsson", PersonalNumber = "701063-2391" });
        await f.ExitAsync(first.ParticipationId, "2023-03-01", reason: null);
        var other = await f.Participations.RegisterNewAsync(New(f, insats) with { Code = "HEMLIG-3", StartedOn = On("2023-03-01"), IsNotDuplicate = true });
        await f.ExitAsync(other.ParticipationId, "2023-04-01");
        var living = await f.ParticipantAsync("KVAR-ANNAN");
        await f.EnterAsync(living, insats, "2024-03-01");
        var id = first.ParticipantId;

        // Taken for the same as somebody who stays, and undone: that one's history tells of it.
        await merges.MergeAsync(new NewMerge { ForbundId = f.ForbundId, KeptId = living, KeptVersion = 1, MergedId = other.ParticipantId, MergedVersion = 1 });
        await merges.UndoAsync(f.ForbundId, living, (await merges.OfAsync(f.ForbundId, living))[0].Id, "anna");
        await f.Participants.UpdateAsync(Change(f, id, 1) with { Code = "HEMLIG-2", PersonalNumber = "701063-2391" });
        await merges.MergeAsync(new NewMerge { ForbundId = f.ForbundId, KeptId = id, KeptVersion = 2, MergedId = other.ParticipantId, MergedVersion = 3 });
        await new QualityChecks(database).DismissAsync(f.ForbundId, "exit_without_reason", first.ParticipationId, "HEMLIG anteckning", "anna");
        var user = await f.UserAsync("anna", insats);
        await f.SqlAsync(
            $"""
            INSERT INTO reach_opening (id, forbund_id, participant_id, app_user_id, reason, asked_at, state, opened_through)
            VALUES (1, {f.ForbundId}, {id}, {user}, 'HEMLIG orsak', '2024-05-01 00:00:00.000', 'opened', '2999-01-01'),
                (2, {f.ForbundId}, {id}, {user}, '', '2024-05-02 00:00:00.000', 'asked', NULL)
            """);
        var reach = new ReachStore(database);
        (await reach.OpeningsAsync(f.ForbundId)).Count.ShouldBe(2);
        await new ConsentStore(database).AddAsync(Consent(f, id));
        var corrections = new CorrectionRequestStore(database);
        await corrections.AddAsync(f.ForbundId, id, On("2024-01-02"), "HEMLIG begäran", "anna");
        await corrections.AnswerAsync(
            new CorrectionAnswer
            {
                ForbundId = f.ForbundId,
                ParticipantId = id,
                RequestId = 1,
                Answer = "refused",
                AnsweredOn = On("2024-01-03"),
                Text = "HEMLIGT svar",
            });

        // Without a rule nobody falls due; an insats may have its own.
        var (erasures, rules) = (new ErasureStore(database), new PrivacyRuleStore(database));
        (await erasures.DueAsync(f.ForbundId)).ShouldBeEmpty();
        await rules.SetAsync(f.ForbundId, Rules(240, insats, 13), "anna");
        (await erasures.DueAsync(f.ForbundId)).Select(d => d.DueOn).Distinct().ShouldBe([On("2024-04-01")]);
        await rules.SetAsync(f.ForbundId, Rules(12, insats, null) with { Version = 1 }, "anna");
        var due = await erasures.DueAsync(f.ForbundId);
        due.Count.ShouldBe(81);
        due[^1].ShouldBe(new DueParticipantRow { ParticipantId = id, Code = "HEMLIG-2", LastOn = On("2023-04-01"), DueOn = On("2024-05-01") });
        await f.SqlAsync($"INSERT INTO insats_text (insats_id, calendar_year, section, body, version) VALUES ({insats}, 2024, 'resultat', 'Om insatsen', 1)");
        var preview = await erasures.PreviewAsync(f.ForbundId, due.Select(d => d.ParticipantId));
        preview.ToReadInWords!.ShouldStartWith($"Texterna till årsredovisningen om {preview.InsatserWithTexts.ShouldHaveSingleItem()} söks inte igenom.");
        var goes = preview.Holdings;
        (goes.Codes, goes.Names, goes.PersonalNumbers, goes.Consents, goes.CorrectionRequests, goes.Texts, goes.Stays).ShouldBe((82, 1, 1, 2, 1, 2, 82));

        var counted = await f.SqlAsync(Counts);
        var secrets = (await BlobsAsync(f)).Concat(codes.Append("HEMLIG").Select(Encoding.UTF8.GetBytes)).ToList();
        secrets.Count.ShouldBeGreaterThan(80);
        (await FoundAsync(f, secrets)).Count.ShouldBe(secrets.Count, "all of it is there to be found");
        var backup = engine == "sqlite" ? Backup(f) : null;

        (await erasures.DecideAsync(f.ForbundId, "administratören")).ShouldBe(81);
        (await erasures.DueAsync(f.ForbundId)).ShouldBeEmpty("they are decided");
        (await erasures.RunAsync()).ShouldBe(81);

        (await FoundAsync(f, secrets)).ShouldBeEmpty();
        (await f.SqlAsync(Counts)).ShouldBe(counted);
        (await reach.OpeningsAsync(f.ForbundId)).ShouldBeEmpty("openings end with the erasing");
        (await f.SqlAsync("SELECT COUNT(*) FROM reach_opening WHERE state = 'ended'")).ShouldBe(2L);

        // Of the person in the log, when the other record is theirs too: the remark, the erasing, and what was noted of the other.
        var log = await new AuditStore(database).OfParticipantAsync(f.ForbundId, id);
        log.ShouldContain(e => e.Entity == "quality_dismissal" && e.Action == "Quality.Dismiss");
        log.ShouldContain(e => e.Entity == "erasure" && e.Action == "Erasures.Approve");
        log.ShouldContain(e => e.Entity == "participant" && e.EntityId == other.ParticipantId);
        log.ShouldNotContain(e => e.EntityId == living);
        (await f.SqlAsync("SELECT COUNT(*) FROM participant WHERE code LIKE 'KVAR%'")).ShouldBe(161L);
        (await erasures.RunAsync()).ShouldBe(0, "it is done");
        var done = (await erasures.LatestAsync(f.ForbundId)).ShouldHaveSingleItem();
        (done.State, done.People, done.Erased, done.Kept, done.CleanedAt is null).ShouldBe(("done", 81, 81, 0, false));
        (await f.SqlAsync("SELECT detail FROM audit_event WHERE action = 'Erasures.Finish'")).ShouldBe("gallring 1, gallrade 81, kvar 0, tiden har gått ut");
        (await f.SqlAsync("SELECT detail FROM audit_event WHERE action = 'Erasures.Approve'")).ShouldBe("gallring 1, deltagare 81, gallring efter 12 månader");
        (await new AuditStore(database).CheckAsync(f.ForbundId)).BrokenEvent.ShouldBeNull();

        if (backup is not null)
            await RestoredAsync(f, backup, secrets);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Who_has_come_back_is_kept_and_one_person_is_erased_at_once_for_a_reason_only_when_nothing_is_open(string engine)
    {
        await using var f = await CreateAsync(engine);
        var (insats, longer) = (await f.InsatsAsync(), await f.InsatsAsync("Längre"));
        var erasures = new ErasureStore(f.Test.Database);
        await new PrivacyRuleStore(f.Test.Database).SetAsync(f.ForbundId, Rules(12, longer, 24), "anna");
        var people = new List<int>();
        foreach (var (code, where) in new[] { ("A1", insats), ("A2", insats), ("A3", longer) })
        {
            people.Add(await f.ParticipantAsync(code));
            await f.ExitAsync(await f.EnterAsync(people[^1], where, "2023-01-10"), "2023-02-01");
        }

        (await erasures.DueAsync(f.ForbundId)).Select(d => d.Code).ShouldBe(["A1", "A2"]);
        await erasures.DecideAsync(f.ForbundId, "prov");
        var again = await f.EnterAsync(people[0], insats, "2024-02-01");
        (await erasures.RunAsync()).ShouldBe(1);
        (await erasures.LatestAsync(f.ForbundId))[0].ShouldSatisfyAllConditions(e => e.Erased.ShouldBe(1), e => e.Kept.ShouldBe(1));
        (await f.Participants.FindAsync(f.ForbundId, "A1"))!.ErasedAt.ShouldBeNull();

        var user = await f.UserAsync("anna", insats);
        await RefusedAsync(people[0], "withdrawn", "Avsluta deltagandet först");
        await f.ExitAsync(again, "2024-05-01");
        await RefusedAsync(people[0], "hemlig", "Välj varför");
        await RefusedAsync(people[1], "asked", "redan gallrad");
        await erasures.AskAsync(f.ForbundId, user, people[0], "withdrawn", "anna");
        await RefusedAsync(people[0], "withdrawn", "redan begärd");
        (await erasures.RunAsync()).ShouldBe(0, "nobody has said yes");
        (await erasures.IsWaitingAsync(f.ForbundId, people[0])).ShouldBeTrue();

        async Task RefusedAsync(int id, string reason, string why) =>
            (await Should.ThrowAsync<RegistrationException>(() => erasures.AskAsync(f.ForbundId, user, id, reason, "anna")))
                .Errors.ShouldHaveSingleItem().Message.ShouldContain(why);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Where_an_insats_asks_for_it_no_name_is_stored_before_the_written_consent_and_its_lack_is_on_the_list(string engine)
    {
        await using var f = await CreateAsync(engine);
        var (insats, consents) = (await f.InsatsAsync(), new ConsentStore(f.Test.Database));
        var (user, todo) = (await f.UserAsync("anna", insats), new Todo.TodoStore(f.Test.Database));
        await new PrivacyRuleStore(f.Test.Database).SetAsync(f.ForbundId, Rules(null, insats, null, isBeforeName: true), "anna");
        (await WrongFieldsAsync(() => f.Participations.RegisterNewAsync(New(f, insats) with { Name = "Elin Provsson", PersonalNumber = "701063-2391" })))
            .ShouldBe(["Name", "PersonalNumber"]);
        var id = (await f.Participations.RegisterNewAsync(New(f, insats))).ParticipantId;
        (await WrongFieldsAsync(() => f.Participants.UpdateAsync(Change(f, id, 1)))).ShouldBe(["Name"]);
        (await todo.OfUserAsync(f.ForbundId, user)).MissingConsents.ShouldHaveSingleItem().ParticipantId.ShouldBe(id);

        (await WrongFieldsAsync(() => consents.AddAsync(Consent(f, id) with { GivenOn = On("2025-01-01"), Scopes = [] }))).ShouldBe(["GivenOn", "Scopes"]);
        await consents.AddAsync(Consent(f, id));
        await f.Participants.UpdateAsync(Change(f, id, 1));
        (await todo.OfUserAsync(f.ForbundId, user)).MissingConsents.ShouldBeEmpty();
        var given = await consents.OfAsync(f.ForbundId, id);
        given.Select(c => (c.Row.Scope, c.FormPlace)).ShouldBe([("identity", "HEMLIG pärm"), ("registration", "HEMLIG pärm")], ignoreOrder: true);

        // Withdrawn it is asked for again, and no other name is taken; what is stored stays until somebody erases it.
        foreach (var consent in given)
            await consents.WithdrawAsync(f.ForbundId, id, consent.Row.Id, 1, On("2024-05-02"), "anna");
        (await todo.OfUserAsync(f.ForbundId, user)).MissingConsents.Count.ShouldBe(1);
        (await WrongFieldsAsync(() => f.Participants.UpdateAsync(Change(f, id, 2) with { Name = "Elin Provdotter" }))).ShouldBe(["Name"]);
        await f.Participants.UpdateAsync(Change(f, id, 2) with { BirthYear = 1971 });
        await consents.RemoveAsync(f.ForbundId, id, given[0].Row.Id, 2, "anna");
        (await consents.OfAsync(f.ForbundId, id)).Count.ShouldBe(1);

        var corrections = new CorrectionRequestStore(f.Test.Database);
        (await WrongFieldsAsync(() => corrections.AddAsync(f.ForbundId, id, null, " ", "anna"))).ShouldBe(["AskedOn", "Request"]);
        await corrections.AddAsync(f.ForbundId, id, On("2024-05-03"), "Fel födelseår", "anna");
        (await todo.OfUserAsync(f.ForbundId, user)).CorrectionRequests.ShouldHaveSingleItem().SinceOn.ShouldBe(On("2024-05-03"));
        var answer = new CorrectionAnswer
        {
            ForbundId = f.ForbundId,
            ParticipantId = id,
            RequestId = 1,
            Answer = "refused",
            AnsweredOn = On("2024-05-01"),
            Text = null,
        };
        (await WrongFieldsAsync(() => corrections.AnswerAsync(answer))).ShouldBe(["AnsweredOn", "Text"]);
        await corrections.AnswerAsync(answer with { AnsweredOn = On("2024-05-04"), Answer = "done" });
        (await todo.OfUserAsync(f.ForbundId, user)).CorrectionRequests.ShouldBeEmpty();
        await corrections.ReopenAsync(f.ForbundId, id, 1, "anna");
        (await corrections.OfAsync(f.ForbundId, id)).ShouldHaveSingleItem().Request.ShouldBe("Fel födelseår");
        var written = await f.EverythingWrittenAsync();
        foreach (var secret in new[] { "Elin", "HEMLIG", "Fel födelseår" })
            written.ShouldNotContain(secret);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_code_of_the_erased_is_refused_and_who_has_it_or_cannot_be_erased_stops_nobody_else_and_what_failed_erases_nobody_later(string engine)
    {
        await using var f = await CreateAsync(engine);
        var (insats, database) = (await f.InsatsAsync(), f.Test.Database);
        var erasures = new ErasureStore(database);
        var taken = await f.ParticipantAsync("TAR-1");
        foreach (var code in new[] { "gallrad-1", "GALLRAD – 7", "gal\u00ADlrad 7", "Gallrad" })
        {
            (await WrongFieldsAsync(() => f.Participations.RegisterNewAsync(New(f, insats) with { Code = code }))).ShouldBe(["Code"]);
            (await WrongFieldsAsync(() => f.ParticipantAsync(code))).ShouldBe(["Code"]);
            (await WrongFieldsAsync(() => f.Participants.UpdateAsync(Change(f, taken, 1) with { Code = code, Name = null }))).ShouldBe(["Code"]);
        }

        await f.ParticipantAsync("gallrande-1");
        var file = $"{Import.ImportFixture.Deltagare}\r\nGallrad\u20137;Insam;man;1985;;2024-01-15;;\r\n";
        var imported = await new Data.Import.Importer(database, f.ForbundId, "anna").ImportAsync(
            Data.Import.ImportKind.Deltagare,
            new MemoryStream(Encoding.UTF8.GetBytes(file)));
        imported.Problems.Kept.ShouldHaveSingleItem().Rule.Code.ShouldBe("kod-gallrad");

        await new PrivacyRuleStore(database).SetAsync(f.ForbundId, Rules(12, insats, null), "anna");
        var people = new List<int>();
        var stays = new List<int>();
        foreach (var code in new[] { "A1", "A2", "A3" })
        {
            people.Add(await f.ParticipantAsync(code));
            stays.Add(await f.EnterAsync(people[^1], insats, "2023-01-10"));
            await f.ExitAsync(stays[^1], "2023-02-01");
        }

        // Another list of as many is another list.
        var chef = await f.UserAsync("chef");
        await f.SqlAsync($"INSERT INTO app_user_role (app_user_id, forbund_id, role) VALUES ({chef}, {f.ForbundId}, 'administrator')");
        var due = await erasures.DueAsync(f.ForbundId);
        var others = ErasureStore.Digest(due.Select(d => d with { ParticipantId = d.ParticipantId + 1 }));
        (await Should.ThrowAsync<RegistrationException>(() => erasures.DecideAsync(new Administrator(f.ForbundId, chef, "chef"), others)))
            .Errors.ShouldHaveSingleItem().Message.ShouldContain("Listan har ändrats");
        await f.SqlAsync($"UPDATE participant SET code = 'gallrad-{people[1]}', code_key = 'gallrad-{people[1]}' WHERE id = {taken}");
        (await erasures.DecideAsync(new Administrator(f.ForbundId, chef, "chef"), ErasureStore.Digest(due))).ShouldBeFalse("there is no other");
        if (engine != "sqlite")
        {
            (await erasures.RunAsync()).ShouldBe(3);
        }
        else
        {
            // One who can't be changed, first of them all, and then one who can't be kept.
            await f.SqlAsync(Trigger($"BEFORE UPDATE OF erased_at ON participant WHEN NEW.id = {people[0]}"));
            var failed = await Should.ThrowAsync<ErasureFailedException>(() => erasures.RunAsync());
            failed.Message.ShouldStartWith("1 deltagare gick inte att gallra den här gången och försöks med igen nästa gång. 2 är gallrade.");
            failed.Message.ShouldNotContain("HEMLIG");
            (await LinesAsync(f)).ShouldBe("..");
            await f.SqlAsync("DROP TRIGGER stop");
            await f.SqlAsync(Trigger($"BEFORE INSERT ON audit_event WHEN NEW.action = 'Participants.Erase' AND NEW.entity_id = {people[0]}"));
            foreach (var _ in new[] { 1, 2 })
                await Should.ThrowAsync<ErasureFailedException>(() => erasures.RunAsync());
            (await LinesAsync(f)).ShouldBe("..?", "each try has the same line");
            (await ErasedFile.ApplyAsync(database, ErasedFile.PathFor(database)!, "prov")).IsWhole.ShouldBeTrue("it is tried again anyhow");

            // Come back before the next try: kept, and nothing that is written erases them later.
            await f.EnterAsync(people[0], insats, "2024-02-01");
            await f.SqlAsync("DROP TRIGGER stop");
            (await erasures.RunAsync()).ShouldBe(0);
            (await LinesAsync(f)).ShouldBe("..-");
            var started = await ErasedFile.ApplyAsync(database, ErasedFile.PathFor(database)!, "prov");
            (started.Lines, started.Erased, started.IsWhole).ShouldBe((2, 0, true));
            (await f.Participants.FindAsync(f.ForbundId, "A1"))!.ErasedAt.ShouldBeNull();
        }

        (await f.SqlAsync($"SELECT code FROM participant WHERE id = {people[1]}"))!.ToString()!.ShouldStartWith($"gallrad-{people[1]}-");
        (await f.SqlAsync($"SELECT code FROM participant WHERE id = {people[2]}")).ShouldBe($"gallrad-{people[2]}");

        // A stay of somebody erased is as it is.
        foreach (var act in new Func<Task>[]
        {
            () => f.Participations.MisregisterAsync(f.ForbundId, stays[2], 2, "anna"),
            () => f.Participations.UndoExitAsync(f.ForbundId, stays[2], 2, "anna"),
            () => new CaseworkerStore(database).EndAsync(f.ForbundId, stays[2], 2, On("2024-01-01"), "anna"),
        })
        {
            (await Should.ThrowAsync<RegistrationException>(act)).Errors.ShouldHaveSingleItem().Message.ShouldContain("gallrad och kan inte ändras");
        }

        var quality = new QualityChecks(database);
        (await WrongFieldsAsync(() => quality.DismissAsync(f.ForbundId, "exit_without_reason", stays[2], "Någon ringde", "anna"))).ShouldBe(["Note"]);
        await quality.DismissAsync(f.ForbundId, "exit_without_reason", stays[2], " ", "anna");
    }

    [Fact, OnlySqlite("the file is copied and put back.")]
    public async Task After_a_restore_only_the_same_row_is_erased_again_and_not_while_it_is_enrolled()
    {
        await using var f = await CreateAsync("sqlite");
        var insats = await f.InsatsAsync();
        var enrolled = await f.Participations.RegisterNewAsync(New(f, insats) with { Code = "ÖPPEN", Name = "Elin Provsson" });
        var (open, stay) = (enrolled.ParticipantId, enrolled.ParticipationId);
        var (old, lost, later) = (await f.ParticipantAsync("GAMMAL"), await f.ParticipantAsync("BORT"), 0);
        (await f.SqlAsync("SELECT COUNT(DISTINCT erasure_mark) FROM participant WHERE LENGTH(erasure_mark) = 32")).ShouldBe(3L);
        await f.SqlAsync($"UPDATE participant SET erasure_mark = '' WHERE id IN ({old}, {lost})");
        var folder = Backup(f);
        try
        {
            later = (await f.Participations.RegisterNewAsync(New(f, insats) with { IsNotDuplicate = true })).ParticipantId;
            await f.ExitAsync(stay, "2023-02-01");
            await f.ExitAsync(Convert.ToInt32(await f.SqlAsync($"SELECT id FROM participation WHERE participant_id = {later}")), "2023-02-01");
            foreach (var id in new[] { open, old, lost, later })
                await f.Test.Database.EraseAsync(f.ForbundId, id);
            (await LinesAsync(f)).ShouldBe("....");

            var restored = await FinsamDatabase.OpenExistingAsync($"sqlite:{Path.Combine(folder, "finsam.sqlite")}", f.Clock);
            var again = await new ParticipationStore(restored).RegisterNewAsync(New(f, insats) with { BirthYear = 1980, IsNotDuplicate = true });
            again.ParticipantId.ShouldBe(later, "ids and codes go back as well");
            await DoAsync(restored, $"UPDATE participant SET code = 'ANNAN', code_key = 'annan' WHERE id = {lost}");
            var list = ErasedFile.PathFor(f.Test.Database)!;
            var applied = await ErasedFile.ApplyAsync(restored, list, "prov");
            (applied.Lines, applied.Erased).ShouldBe((4, 1));
            (applied.Unknown, applied.Kept, applied.Unsure, applied.Failed).ShouldSatisfyAllConditions(
                a => a.Unknown.ShouldBe([lost]),
                a => a.Kept.ShouldBe([open]),
                a => a.Unsure.ShouldBeEmpty(),
                a => a.Failed.ShouldBeEmpty());
            applied.InWords.ShouldContain($"När det är rättat gallras de nästa gång: deltagare med nummer {open}.");
            var people = new ParticipantStore(restored);
            (await people.FindAsync(f.ForbundId, later))!.ErasedAt.ShouldBeNull("somebody else has the id and the code");
            (await people.FindAsync(f.ForbundId, old))!.ErasedAt.ShouldNotBeNull();

            // The sign of what was kept was never written: told of where it is not known, and written where it is.
            await DoAsync(restored, $"UPDATE participation SET ended_on = '2023-03-01', exit_reason = 'arbete' WHERE id = {stay}");
            await File.WriteAllTextAsync(list, (await File.ReadAllTextAsync(list)).Replace(".\n", "?\n", StringComparison.Ordinal));
            (await ErasedFile.ApplyAsync(restored, list, "prov")).Unsure.ShouldBe([open]);
            (await ErasedFile.ApplyAsync(f.Test.Database, list, "prov")).Lines.ShouldBe(4);
            (await ErasedFile.ApplyAsync(restored, list, "prov")).Erased.ShouldBe(1);
            (await people.FindAsync(f.ForbundId, open))!.ErasedAt.ShouldNotBeNull();
        }
        finally
        {
            DatabaseEngine.CloseIdleFiles();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Trigger(string when) => $"CREATE TRIGGER stop {when} BEGIN SELECT RAISE(ABORT, 'HEMLIGT'); END";

    // The last signs of the lines.
    private static async Task<string> LinesAsync(RegistryFixture f) =>
        string.Concat((await File.ReadAllLinesAsync(ErasedFile.PathFor(f.Test.Database)!)).Skip(1).Select(l => l[^1]));

    private static async Task DoAsync(FinsamDatabase database, string sql)
    {
        await using var connection = await database.Engine.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
    }

    private static Task<RegistryFixture> CreateAsync(string engine) => RegistryFixture.CreateAsync(engine);

    private static NewRegistration New(RegistryFixture f, int insats) => new()
    {
        ForbundId = f.ForbundId,
        Gender = "man",
        BirthYear = 1970,
        InsatsId = insats,
        StartedOn = On("2023-01-10"),
    };

    private static ParticipantChange Change(RegistryFixture f, int id, int version) => new()
    {
        ForbundId = f.ForbundId,
        Id = id,
        Version = version,
        Code = "D0001",
        Gender = "man",
        BirthYear = 1970,
        Name = "Elin Provsson",
        PersonalNumber = null,
        HasProtectedIdentity = false,
        Actor = "anna",
    };

    private static NewConsent Consent(RegistryFixture f, int id) => new()
    {
        ForbundId = f.ForbundId,
        ParticipantId = id,
        Scopes = ["registration", "identity"],
        GivenOn = On("2024-05-01"),
        FormPlace = "HEMLIG pärm",
        Actor = "anna",
    };

    private static PrivacyRules Rules(int? months, int insats, int? own, bool isBeforeName = false) => new()
    {
        ErasureMonths = months,
        Insatser = [new() { InsatsId = insats, Name = "", ParentName = null, ErasureMonths = own, NeedsConsent = false, ConsentBeforeName = isBeforeName }],
        Version = 0,
    };

    // What is encrypted and what it is found by, whole.
    private static async Task<List<byte[]>> BlobsAsync(RegistryFixture f)
    {
        var found = new List<byte[]>();
        await using var connection = await f.Test.Database.Engine.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT name_encrypted FROM participant WHERE name_encrypted IS NOT NULL
            UNION ALL SELECT personal_number_encrypted FROM participant WHERE personal_number_encrypted IS NOT NULL
            UNION ALL SELECT personal_number_index FROM participant WHERE personal_number_index IS NOT NULL
            UNION ALL SELECT form_place_encrypted FROM consent
            UNION ALL SELECT request_encrypted FROM correction_request
            UNION ALL SELECT answer_encrypted FROM correction_request
            """;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            found.Add((byte[])reader.GetValue(0));
        found.Count.ShouldBe(7);
        return found;
    }

    // On SQLite in every byte of every file beside the database, on a server in every column that holds text or bytes.
    private static async Task<List<byte[]>> FoundAsync(RegistryFixture f, List<byte[]> secrets)
    {
        var everything = new List<byte[]>();
        if (f.Test.Database.Engine.Folder is { } folder)
        {
            foreach (var file in Directory.GetFiles(folder).Where(p => !p.EndsWith("-shm", StringComparison.Ordinal)))
                everything.Add(await ReadAsync(file));
        }
        else
        {
            await using var connection = await f.Test.Database.Engine.OpenAsync(CancellationToken.None);
            await using var command = connection.CreateCommand();
            command.CommandText = """
                SELECT c.TABLE_NAME, c.COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS c
                JOIN INFORMATION_SCHEMA.TABLES t ON t.TABLE_NAME = c.TABLE_NAME AND t.TABLE_TYPE = 'BASE TABLE'
                WHERE c.DATA_TYPE IN ('nvarchar', 'varchar', 'varbinary')
                """;
            var columns = new List<(string Table, string Column)>();
            await using (var reader = await command.ExecuteReaderAsync())
            {
                while (await reader.ReadAsync())
                    columns.Add((reader.GetString(0), reader.GetString(1)));
            }

            foreach (var (table, column) in columns)
            {
                command.CommandText = $"SELECT DISTINCT [{column}] FROM [{table}] WHERE [{column}] IS NOT NULL";
                await using var reader = await command.ExecuteReaderAsync();
                while (await reader.ReadAsync())
                    everything.Add(reader.GetValue(0) is byte[] bytes ? bytes : Encoding.UTF8.GetBytes(reader.GetString(0)));
            }
        }

        return [.. secrets.Where(s => everything.Any(e => e.AsSpan().IndexOf(s) >= 0))];
    }

    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var read = new MemoryStream();
        await stream.CopyToAsync(read);
        return read.ToArray();
    }

    private static string Backup(RegistryFixture f)
    {
        var folder = Directory.CreateTempSubdirectory("finsam-aterlast-").FullName;
        DatabaseEngine.CloseIdleFiles();
        foreach (var name in new[] { "finsam.sqlite", "finsam.nyckel" })
            File.Copy(Path.Combine(f.Test.Database.Engine.Folder!, name), Path.Combine(folder, name));
        return folder;
    }

    private static async Task RestoredAsync(RegistryFixture f, string folder, List<byte[]> secrets)
    {
        try
        {
            var restored = await FinsamDatabase.OpenExistingAsync($"sqlite:{Path.Combine(folder, "finsam.sqlite")}", f.Clock);
            var list = ErasedFile.PathFor(f.Test.Database)!;

            // Another code is no other person.
            await DoAsync(restored, "UPDATE participant SET code = 'NY-ANNAN', code_key = 'ny-annan' WHERE code LIKE 'BORTA-000%'");
            var again = await ErasedFile.ApplyAsync(restored, list, "prov");
            (again.Lines, again.Erased, again.IsWhole).ShouldBe((82, 82, true));
            (await ErasedFile.ApplyAsync(restored, list, "prov")).Erased.ShouldBe(0);
            DatabaseEngine.CloseIdleFiles();
            var bytes = await ReadAsync(Path.Combine(folder, "finsam.sqlite"));
            secrets.Count(s => bytes.AsSpan().IndexOf(s) >= 0).ShouldBe(0, "the code that was changed is gone too");
            await File.AppendAllTextAsync(list, "1;2;x");
            (await ErasedFile.ApplyAsync(restored, list, "prov")).Lines.ShouldBe(82, "a line that was cut off is no line");
            await File.WriteAllTextAsync(list, "något annat");
            await Should.ThrowAsync<ErasedFileException>(() => ErasedFile.ApplyAsync(restored, list, "prov"));
        }
        finally
        {
            DatabaseEngine.CloseIdleFiles();
            Directory.Delete(folder, recursive: true);
        }
    }
}
