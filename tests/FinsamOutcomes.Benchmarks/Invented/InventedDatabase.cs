using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Benchmarks.Invented;

/// <summary>
/// Fills a database with the invented förbund straight into the tables: a million participations with livelihoods,
/// occupations and self-assessments in the time that an import file of them takes to write.
/// </summary>
internal static class InventedDatabase
{
    /// <summary>Makes the database at <c>sqlite:PATH</c> or <c>sqlserver:…</c>; returns the förbund's id. With names every tenth
    /// person has a name and a personal number; the application makes its index of the names at the first search.</summary>
    public static async Task<int> FillAsync(string address, int count, bool hasNames = false)
    {
        var database = await FinsamDatabase.OpenAsync(address);
        var forbund = await new ForbundStore(database).AddAsync(new NewForbund { Name = InventedForbund.Name, IsDemo = true });
        await using var session = await database.WriteAsync();
        var insats = await session.ReserveIdsAsync("insats", InventedForbund.Insatser.Count);
        var instrument = await session.ReserveIdsAsync("instrument");
        var item = await session.ReserveIdsAsync("instrument_item", InventedForbund.Items);
        await session.BulkInsertAsync(
            "insats",
            ["id", "forbund_id", "parent_id", "name", "name_key", "orientation", "follow_up_method", "is_esf", "starts_on", "capacity", "version"],
            InventedForbund.Insatser.Select(
                (i, n) =>
                    new object?[]
                    {
                        insats + n,
                        forbund,
                        i.Parent < 0 ? null : insats + i.Parent,
                        i.Name,
                        NormalForm.Of(i.Name),
                        "individual",
                        "individual",
                        false,
                        InventedForbund.FirstDay,
                        40,
                        1,
                    }));
        await session.BulkInsertAsync(
            "instrument",
            ["id", "forbund_id", "code", "instrument_version", "respondent"],
            [
                [instrument, forbund, InventedForbund.Instrument, 1, "participant"],
            ]);
        await session.BulkInsertAsync(
            "instrument_item",
            ["id", "instrument_id", "code", "position", "scale_min", "scale_max", "is_higher_better", "smallest_change"],
            Enumerable
                .Range(0, InventedForbund.Items)
                .Select(n =>
                    new object?[] { item + n, instrument, $"fraga{n + 1}", n + 1, (double)InventedForbund.ScaleMin, (double)InventedForbund.ScaleMax, true, 1d }
                ));

        // One table at a time: each pass makes the same participations again instead of keeping them.
        var stay = await session.ReserveIdsAsync("participation", count);
        var persons = InventedForbund.Participations(count).Count(s => s.IsNewPerson);
        var person = await session.ReserveIdsAsync("participant", persons);
        var cipher = hasNames ? new FieldCipher(KeyFile.ReadOrCreate(KeyFile.PathFor(database))) : null;
        string[] identity = hasNames ? ["name_encrypted", "personal_number_encrypted", "personal_number_index"] : [];
        await session.BulkInsertAsync(
            "participant",
            ["id", "forbund_id", "code", "code_key", "gender", "birth_year", "has_protected_identity", "version", .. identity],
            InventedForbund
                .Participations(count)
                .Where(s => s.IsNewPerson)
                .Select(s =>
                    (object?[])
                        [
                            person + s.Person - 1,
                            forbund,
                            s.Code,
                            NormalForm.Of(s.Code),
                            InventedForbund.Genders[s.Gender],
                            s.BirthYear,
                            false,
                            1,
                            .. Identity(cipher, s, forbund, person + s.Person - 1),
                        ]));
        await session.BulkInsertAsync(
            "participation",
            [
                "id",
                "forbund_id",
                "participant_id",
                "insats_id",
                "queued_on",
                "started_on",
                "ended_on",
                "exit_reason",
                "is_planned_exit",
                "referrer",
                "education_level",
                "version",
            ],
            InventedForbund
                .Participations(count)
                .Select(
                    (s, n) =>
                        new object?[]
                        {
                            stay + n,
                            forbund,
                            person + s.Person - 1,
                            insats + s.Insats,
                            s.QueuedOn,
                            s.StartedOn,
                            s.EndedOn,
                            s.Reason,
                            s.EndedOn is null ? null : s.IsPlanned,
                            s.Referrer,
                            s.Education,
                            1,
                        }));
        await session.BulkInsertAsync("livelihood_share", ["participation_id", "occasion", "livelihood", "percent_share"], Livelihoods(count, stay));
        await session.BulkInsertAsync(
            "occupation",
            ["participation_id", "occasion", "work_percent", "study_percent", "is_job_seeking"],
            Occupations(count, stay));
        await FillAssessmentsAsync(session, forbund, count, stay, instrument, item);
        await session.CommitAsync();
        return forbund;
    }

    private static object?[] Identity(FieldCipher? cipher, InventedParticipation stay, int forbund, int id)
    {
        if (cipher is null)
            return [];
        if (!InventedNames.IsNamed(stay.Person))
            return [null, null, null];
        var number = InventedNames.Number(stay.Person, stay.BirthYear, stay.Gender);
        return
        [
            cipher.Encrypt(InventedNames.Name(stay.Person), new FieldPlace("participant", "name_encrypted", id)),
            cipher.Encrypt(number, new FieldPlace("participant", "personal_number_encrypted", id)),
            cipher.BlindIndex(number, "participant", "personal_number_encrypted", forbund),
        ];
    }

    private static IEnumerable<object?[]> Livelihoods(int count, int stay)
    {
        foreach (var s in InventedForbund.Participations(count))
        {
            // In the order of the primary key, so that pages are filled once.
            if (s.LivelihoodAfter is not null)
                yield return [stay, "after", s.LivelihoodAfter, 100];
            if (s.OtherLivelihoodBefore is not null)
                yield return [stay, "before", s.OtherLivelihoodBefore, 50];
            yield return [stay, "before", s.LivelihoodBefore, s.OtherLivelihoodBefore is null ? 100 : 50];
            stay++;
        }
    }

    private static IEnumerable<object?[]> Occupations(int count, int stay)
    {
        foreach (var s in InventedForbund.Participations(count))
        {
            if (s.EndedOn is not null)
                yield return [stay, "after", s.WorkAfter, s.StudyAfter, s.IsJobSeeking];
            yield return [stay, "before", 0, 0, false];
            stay++;
        }
    }

    private static async Task FillAssessmentsAsync(DatabaseSession session, int forbund, int count, int stay, int instrument, int item)
    {
        var assessments = InventedForbund.Participations(count).Sum(s => (s.AnswersBefore is null ? 0 : 1) + (s.AnswersAfter is null ? 0 : 1));
        if (assessments == 0)
            return;
        var first = await session.ReserveIdsAsync("assessment", assessments);
        await session.BulkInsertAsync(
            "assessment",
            ["id", "forbund_id", "participation_id", "instrument_id", "occasion", "respondent", "answered_on"],
            Assessments(count, stay, first).Select(a => new object?[] { a.Id, forbund, a.Participation, instrument, a.Occasion, "participant", a.On }));
        await session.BulkInsertAsync(
            "answer",
            ["assessment_id", "instrument_item_id", "value"],
            Assessments(count, stay, first).SelectMany(a => a.Answers.Select((value, n) => new object?[] { a.Id, item + n, (double)value })));
    }

    private static IEnumerable<(int Id, int Participation, string Occasion, DateOnly On, int[] Answers)> Assessments(int count, int stay, int id)
    {
        foreach (var s in InventedForbund.Participations(count))
        {
            if (s.AnswersBefore is { } before)
                yield return (id++, stay, "start", s.StartedOn!.Value, before);
            if (s.AnswersAfter is { } after)
                yield return (id++, stay, "exit", s.EndedOn!.Value, after);
            stay++;
        }
    }
}
