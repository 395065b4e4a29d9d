using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Registration;

/// <summary>Two records made one, a stay moved to the right insats, and a mistake removed: what is kept, and what undoes it.</summary>
public sealed class ParticipantMergeTests
{
    private const string Number = "19811218-9876";

    [Theory, ClassData(typeof(Engines))]
    public async Task The_kept_record_has_the_stays_of_both_and_what_it_lacked(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (insats, kept, merged, user) = await TwoRecordsAsync(f);
        var merges = new ParticipantMergeStore(f.Test.Database);
        var preview = (await merges.PreviewAsync(f.ForbundId, kept, merged, user))!;
        (preview.Gender, preview.BirthYear, preview.TakesName, preview.TakesNumber).ShouldBe(("man", 1981, true, true));
        (preview.Stays.Count, preview.NotShown).ShouldBe((2, 0));
        preview.Hindrances.ShouldBeEmpty();
        preview.Differences.ShouldBeEmpty("what one of them lacks is no difference");
        var girl = await f.Participants.AddAsync(
            new NewParticipant { ForbundId = f.ForbundId, Code = "C3", Gender = "woman", BirthYear = 2014, Name = "Eva Öström" });
        (await merges.PreviewAsync(f.ForbundId, merged, girl, user))!.Differences.ShouldBe(
            ["Registreringarna har olika juridiskt kön.", "Registreringarna har olika födelseår: 1981 och 2014.", "Registreringarna har olika namn."]);

        await merges.MergeAsync(New(f, kept, merged));

        var row = (await f.Participants.FindAsync(f.ForbundId, kept))!;
        (row.Code, row.Gender, row.BirthYear, row.HasName, row.HasPersonalNumber).ShouldBe(("A1", "man", 1981, true, true));
        var identity = await f.Participants.ReadIdentityAsync(f.ForbundId, kept, "anna");
        (identity.Name, identity.PersonalNumber).ShouldBe(("Bo Öström", "198112189876"));
        (await f.Participations.OfParticipantAsync(f.ForbundId, kept)).Select(p => p.InsatsId).Distinct().ShouldBe([insats]);
        (await f.Participations.OfParticipantAsync(f.ForbundId, kept)).Count.ShouldBe(2);

        // The other answers to its code and number, and is shown nowhere.
        (await f.Participants.FindAsync(f.ForbundId, "b-2"))!.Id.ShouldBe(kept);
        var lists = new ParticipantListStore(f.Test.Database);
        foreach (var text in new[] { "B–2", "A1", "ostrom", Number, "1981" })
            (await lists.SearchAsync(f.ForbundId, user, text, "anna")).Hits.ShouldHaveSingleItem(text).ParticipantId.ShouldBe(kept, text);
        (await Should.ThrowAsync<RegistrationException>(() => f.ParticipantAsync("B-2"))).Errors.ShouldHaveSingleItem().Field.ShouldBe("Code");
        (await Should.ThrowAsync<RegistrationException>(() => f.EnterAsync(merged, insats))).Errors.ShouldHaveSingleItem().Message.ShouldContain("sammanslagen");

        // Of both in the history, and one event in the log.
        (await f.History.OfAsync(f.ForbundId, ChangedEntity.Participant, kept)).ShouldContain(c => c.Field == "MergedCode" && c.NewValue == "B-2");
        (await f.History.OfAsync(f.ForbundId, ChangedEntity.Participant, merged)).ShouldContain(c => c.Field == "MergedInto" && c.NewValue == "A1");
        await using var session = await f.Test.Database.ReadAsync();
        (await AuditLog.EventsAsync(session, f.ForbundId)).Single(e => e.Action == "Participants.Merge").EntityId.ShouldBe(kept);
        (await f.EverythingWrittenAsync()).ShouldNotContain("Öström");

        // A code is found with or without the marks on its letters, as a name is.
        var marked = await f.ParticipantAsync("Öst–7");
        await f.EnterAsync(marked, insats);
        foreach (var text in new[] { "Ost-7", "öst", "ÖST–7" })
            (await lists.SearchAsync(f.ForbundId, user, text, "anna")).Hits.ShouldContain(h => h.ParticipantId == marked, text);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Undone_both_records_are_what_they_were(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (_, kept, merged, user) = await TwoRecordsAsync(f);
        var merges = new ParticipantMergeStore(f.Test.Database);
        var before = (await StateAsync(f, kept), await StateAsync(f, merged));
        await merges.MergeAsync(New(f, kept, merged));
        (await merges.WhyNotUndoneAsync(f.ForbundId, kept)).ShouldBeNull();

        await merges.UndoAsync(f.ForbundId, kept, (await merges.OfAsync(f.ForbundId, kept)).Single().Id, "anna");

        (await StateAsync(f, kept), await StateAsync(f, merged)).ShouldBe(before);
        (await merges.OfAsync(f.ForbundId, kept)).ShouldBeEmpty();
        (await f.Participants.FindAsync(f.ForbundId, "B-2"))!.Id.ShouldBe(merged);
        (await new ParticipantListStore(f.Test.Database).SearchAsync(f.ForbundId, user, "öström", "anna")).Hits.ShouldHaveSingleItem().ParticipantId.ShouldBe(merged);
        await using var session = await f.Test.Database.ReadAsync();
        (await AuditLog.EventsAsync(session, f.ForbundId)).Count(e => e.Action == "Participants.Unmerge").ShouldBe(1);
        (await AuditLog.CheckAsync(session, f.ForbundId)).Fault.ShouldBe(AuditFault.None);

        // A record that was a mistake all along can be removed, also when it was merged by mistake first.
        await f.Participants.RemoveAsync(f.ForbundId, kept, (await f.Participants.FindAsync(f.ForbundId, kept))!.Version, "anna");
        (await f.Participants.FindAsync(f.ForbundId, kept)).ShouldBeNull();
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Once_something_is_built_on_it_a_merge_stands(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (_, kept, merged, _) = await TwoRecordsAsync(f);
        var merges = new ParticipantMergeStore(f.Test.Database);
        await merges.MergeAsync(New(f, kept, merged));
        var merge = (await merges.OfAsync(f.ForbundId, kept)).Single();
        await f.EnterAsync(kept, await f.InsatsAsync("Annan"), "2024-05-01");

        (await merges.WhyNotUndoneAsync(f.ForbundId, kept)).ShouldNotBeNull();
        await Should.ThrowAsync<RegistrationException>(() => merges.UndoAsync(f.ForbundId, kept, merge.Id, "anna"));
        (await f.Participants.FindAsync(f.ForbundId, "B-2"))!.Id.ShouldBe(kept);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Merges_one_after_the_other_are_undone_the_last_first(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (insats, kept, merged, _) = await TwoRecordsAsync(f);
        var last = await f.ParticipantAsync("C", "unknown");
        await f.ExitAsync(await f.EnterAsync(last, insats, "2023-02-01"), "2023-02-20");
        var merges = new ParticipantMergeStore(f.Test.Database);
        await merges.MergeAsync(New(f, kept, merged));
        await merges.MergeAsync(New(f, last, kept, mergedVersion: 2));
        (await f.Participants.FindAsync(f.ForbundId, "B-2"))!.Id.ShouldBe(last);
        (await f.Participants.FindAsync(f.ForbundId, "A1"))!.Id.ShouldBe(last);

        await merges.UndoAsync(f.ForbundId, last, (await merges.OfAsync(f.ForbundId, last)).Single().Id, "anna");
        (await f.Participants.FindAsync(f.ForbundId, "B-2"))!.Id.ShouldBe(kept);

        // Its own merge has been followed by another since: what it was then can't be told from what it is now.
        (await merges.WhyNotUndoneAsync(f.ForbundId, kept)).ShouldNotBeNull();
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task What_would_overlap_or_show_a_protected_name_is_refused(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var insats = await f.InsatsAsync();
        var (one, other, hidden) = (
            await f.ParticipantAsync("A1"),
            await f.ParticipantAsync("B1"),
            await f.Participants.AddAsync(
                new NewParticipant { ForbundId = f.ForbundId, Code = "C1", Gender = "woman", BirthYear = 1990, HasProtectedIdentity = true }));
        await f.EnterAsync(one, insats);
        var stay = await f.EnterAsync(other, insats, "2024-02-01");
        var merges = new ParticipantMergeStore(f.Test.Database);

        var told = (await Should.ThrowAsync<RegistrationException>(() => merges.MergeAsync(New(f, one, other)))).Errors.ShouldHaveSingleItem().Message;
        told.ShouldContain("Insam samtidigt (från 2024-01-10 och från 2024-02-01)");
        (await merges.PreviewAsync(f.ForbundId, one, other, userId: 0))!.Hindrances.ShouldHaveSingleItem().ShouldNotContain("Insam");
        (await Should.ThrowAsync<RegistrationException>(() => merges.MergeAsync(New(f, one, hidden)))).Errors.ShouldHaveSingleItem().Message.ShouldContain("skyddade");
        (await Should.ThrowAsync<RegistrationException>(() => merges.MergeAsync(New(f, one, one)))).Errors.ShouldNotBeEmpty();
        await f.Participations.MisregisterAsync(f.ForbundId, stay, 1, "anna");
        await merges.MergeAsync(New(f, one, other));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_file_with_the_code_of_before_is_about_the_kept_one_and_the_export_has_one_person(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (_, kept, merged, _) = await TwoRecordsAsync(f);
        await new ParticipantMergeStore(f.Test.Database).MergeAsync(New(f, kept, merged));
        var path = Path.Combine(Path.GetTempPath(), $"finsam-merge-{Guid.NewGuid():N}.csv");
        await File.WriteAllTextAsync(
            path,
            "deltagarkod;insats;kon;fodelsear;utbildning;inskriven;utskriven;avslutsanledning\r\nB–2;Insam;man;1981;;2023-03-01;2023-09-01;arbete\r\nb-2;Insam;man;1981;;2023-01-10;2023-02-10;arbete\r\n");
        try
        {
            var result = await new Importer(f.Test.Database, f.ForbundId).ImportAsync(ImportKind.Deltagare, path);
            (result.Problems.Errors, result.Counts.Added, result.Counts.Unchanged).ShouldBe((0, 1, 1));
        }
        finally
        {
            File.Delete(path);
        }

        (await f.Participations.OfParticipantAsync(f.ForbundId, kept)).Count.ShouldBe(3);
        (await f.SqlAsync("SELECT COUNT(DISTINCT participant_id) FROM participation")).ShouldBe(1L);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Erasing_the_kept_one_erases_what_was_merged_into_it(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (_, kept, merged, _) = await TwoRecordsAsync(f);
        await new ParticipantMergeStore(f.Test.Database).MergeAsync(New(f, kept, merged));
        foreach (var stay in (await f.Participations.OfParticipantAsync(f.ForbundId, kept)).Where(p => p.EndedOn is null))
            await f.ExitAsync(stay.Id, "2024-05-01", version: stay.Version);

        await f.Test.Database.EraseAsync(f.ForbundId, kept);

        var row = (await f.Participants.FindAsync(f.ForbundId, merged))!;
        (row.HasName, row.HasPersonalNumber, row.Code).ShouldBe((false, false, $"gallrad-{merged}"));
        (await f.SqlAsync("SELECT COUNT(*) FROM change_history WHERE old_value IN ('A1', 'B-2') OR new_value IN ('A1', 'B-2')")).ShouldBe(0L);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_stay_is_moved_to_the_right_insats_with_all_that_belongs_to_it(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (wrong, right, counted) = (await f.InsatsAsync(), await f.InsatsAsync("Rätt"), await f.InsatsAsync("Antal", method: "count"));
        var person = await f.ParticipantAsync();
        var stay = await f.EnterAsync(person, wrong);
        foreach (var refused in new[] { wrong, counted, 9999 })
            (await Should.ThrowAsync<RegistrationException>(() => f.Participations.MoveAsync(f.ForbundId, stay, 1, refused, "anna")))
                .Errors.ShouldHaveSingleItem().Field.ShouldBe("InsatsId");

        (await f.Participations.MoveAsync(f.ForbundId, stay, 1, right, "anna")).ShouldBeEmpty();

        var row = (await f.Participations.FindAsync(f.ForbundId, stay))!;
        (row.InsatsId, row.Version).ShouldBe((right, 2));
        (await f.History.OfAsync(f.ForbundId, ChangedEntity.Participation, stay)).ShouldContain(c => c.Field == "Insats" && c.OldValue == "Insam" && c.NewValue == "Rätt");
        var again = await f.EnterAsync(person, wrong);
        (await Should.ThrowAsync<RegistrationException>(() => f.Participations.MoveAsync(f.ForbundId, again, 1, right, "anna")))
            .Errors.ShouldHaveSingleItem().Message.ShouldContain("inskriven i insatsen under den tiden");
        await Should.ThrowAsync<RegistrationException>(() => f.Participations.MoveAsync(f.ForbundId, stay, 1, wrong, "anna"));
        await using var session = await f.Test.Database.ReadAsync();
        (await AuditLog.EventsAsync(session, f.ForbundId)).Single(e => e.Action == "Participations.Move").EntityId.ShouldBe(stay);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_mistake_with_nothing_else_is_removed_and_its_code_is_free(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var insats = await f.InsatsAsync();
        var person = await f.Participations.RegisterNewAsync(NewRegistrationTests.New(f, insats) with { Code = "Fel", Name = "Bo Ek", PersonalNumber = null });
        (await f.Participants.WhyNotRemovedAsync(f.ForbundId, person.ParticipantId)).ShouldBeEmpty();
        await Should.ThrowAsync<RegistrationException>(() => f.Participants.RemoveAsync(f.ForbundId, person.ParticipantId, 7, "anna"));

        await f.Participants.RemoveAsync(f.ForbundId, person.ParticipantId, 1, "anna");

        (await f.Participants.FindAsync(f.ForbundId, person.ParticipantId)).ShouldBeNull();
        foreach (var table in new[] { "participant", "participation", "participant_name_index", "livelihood_share", "occupation" })
            (await f.SqlAsync($"SELECT COUNT(*) FROM {table}")).ShouldBe(0L, table);
        (await f.ParticipantAsync("Fel")).ShouldBeGreaterThan(person.ParticipantId);
        await using var session = await f.Test.Database.ReadAsync();
        (await AuditLog.EventsAsync(session, f.ForbundId)).Single(e => e.Action == "Participants.Remove").EntityId.ShouldBe(person.ParticipantId);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Whoever_has_more_than_one_open_stay_is_not_removed(string engine)
    {
        await using var f = await RegistryFixture.CreateAsync(engine);
        var (insats, other) = (await f.InsatsAsync(), await f.InsatsAsync("Annan"));
        var (ended, two) = (await f.ParticipantAsync("A"), await f.ParticipantAsync("B"));
        await f.ExitAsync(await f.EnterAsync(ended, insats), "2024-03-01");
        await f.EnterAsync(two, insats);
        await f.EnterAsync(two, other);
        foreach (var person in new[] { ended, two })
        {
            (await f.Participants.WhyNotRemovedAsync(f.ForbundId, person)).ShouldHaveSingleItem();
            await Should.ThrowAsync<RegistrationException>(() => f.Participants.RemoveAsync(f.ForbundId, person, 1, "anna"));
        }
    }

    private static NewMerge New(RegistryFixture f, int kept, int merged, int mergedVersion = 1) => new()
    {
        ForbundId = f.ForbundId,
        KeptId = kept,
        KeptVersion = 1,
        MergedId = merged,
        MergedVersion = mergedVersion,
        Actor = "anna",
    };

    // A1 of unknown gender without a name, still in; and B-2, who has a number and has left.
    private static async Task<(int Insats, int Kept, int Merged, int User)> TwoRecordsAsync(RegistryFixture f)
    {
        var insats = await f.InsatsAsync();
        var user = await f.UserAsync("anna", insats);
        var kept = await f.Participants.AddAsync(new NewParticipant { ForbundId = f.ForbundId, Code = "A1", Gender = "unknown", BirthYear = null });
        var merged = await f.Participants.AddAsync(
            new NewParticipant
            {
                ForbundId = f.ForbundId,
                Code = "B-2",
                Gender = "man",
                BirthYear = 1981,
                Name = "Bo Öström",
                PersonalNumber = Number,
            });
        await f.EnterAsync(kept, insats);
        await f.ExitAsync(await f.EnterAsync(merged, insats, "2023-03-01"), "2023-09-01");
        return (insats, kept, merged, user);
    }

    private static async Task<string> StateAsync(RegistryFixture f, int id)
    {
        var row = (await f.Participants.FindAsync(f.ForbundId, id))!;
        var identity = await f.Participants.ReadIdentityAsync(f.ForbundId, id, "anna");
        var stays = await f.Participations.OfParticipantAsync(f.ForbundId, id);
        return $"{row.Code} {row.Gender} {row.BirthYear} {row.MergedIntoId} {identity.Name} {identity.PersonalNumber} {string.Join(',', stays.Select(s => s.Id))}";
    }
}
