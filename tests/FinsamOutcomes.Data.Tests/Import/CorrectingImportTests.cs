using System.Text;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Import;

public sealed class CorrectingImportTests
{
    private const string More = ImportFixture.Deltagare + ";planerat_avslut;forsorjning_efter;arbete_efter;studier_efter;soker_arbete_efter";

    private static readonly ImportOptions s_correct = new() { Correct = true };

    [Fact]
    public async Task The_list_of_last_month_with_three_corrections_and_a_new_row_is_taken_when_they_have_been_seen()
    {
        var (before, after) = (SharedData.Path("cases/c46-rattelse/deltagare.csv"), SharedData.Path("cases/c46-rattelse/rattad.csv"));
        await using var fixture = await ImportFixture.CreateAsync(isEmpty: true, clock: FixedClock.At("2026-11-27"));
        await fixture.ImportFileAsync(ImportKind.Insatser, SharedData.Path("cases/bas-insatser.csv"));
        (await fixture.ImportFileAsync(ImportKind.Deltagare, before)).Counts.Added.ShouldBe(100);
        (await fixture.ImportFileAsync(ImportKind.Deltagare, after)).Problems.Errors.ShouldBe(3);

        var shown = await fixture.ImportFileAsync(ImportKind.Deltagare, after, options: s_correct);
        (shown.IsSaved, shown.AwaitsConfirmation, shown.Problems.Errors).ShouldBe((false, true, 0));
        shown.Changes.Select(c => (c.Line, c.Column)).ShouldBe([(6, "fodelsear"), (11, "avslutsanledning"), (21, "utskriven")]);
        (shown.Changes[0].Before, shown.Changes[0].After).ShouldBe(("1975", "1976"));

        var saved = await fixture.ImportFileAsync(ImportKind.Deltagare, after, options: s_correct with { Confirmed = shown.ChangesDigest });
        (saved.IsSaved, saved.Counts).ShouldBe((true, new ImportCounts(1, 3, 97)));
        (await fixture.ImportFileAsync(ImportKind.Deltagare, after)).Counts.ShouldBe(new ImportCounts(0, 0, 101));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task What_a_file_corrects_is_in_the_history_with_before_and_after_and_what_is_the_same_is_left_alone(string engine)
    {
        await using var fixture = await ImportFixture.CreateAsync(engine);
        await fixture.ImportAsync(
            ImportKind.Deltagare,
            More,
            "A1;Insam;kvinna;1990;gymnasium;2024-01-15;2024-03-01;arbete;ja;lon:100;50;0;nej",
            "A2;Insam;man;1980;;2024-01-15;;;;;;;");
        var file = Csv(
            More,
            "A1;Insam;okant;1991;;2024-01-15;2024-03-02;studier;nej;lon:50,studiestod:50;0;100;nej",
            "A2;Insam;man;1980;grundskola;2024-01-15;;;;;;;");
        var shown = await fixture.ImportAsync(ImportKind.Deltagare, file, s_correct);
        shown.Changes.Select(c => $"{c.Line} {c.Code} {c.Column}: {c.Before} → {c.After}").ShouldBe(
            [
                "2 A1 kon: kvinna → okant", "2 A1 fodelsear: 1990 → 1991", "2 A1 utskriven: 2024-03-01 → 2024-03-02",
                "2 A1 avslutsanledning: arbete → studier", "2 A1 planerat_avslut: ja → nej", "2 A1 forsorjning_efter: lon:100 → lon:50,studiestod:50",
                "2 A1 arbete_efter: 50 → 0", "2 A1 studier_efter: 0 → 100",
            ],
            ignoreOrder: true);
        var saved = await fixture.ImportAsync(ImportKind.Deltagare, file, s_correct with { Confirmed = shown.ChangesDigest });
        saved.IsSaved.ShouldBeTrue();
        var exported = Encoding.UTF8.GetString(await fixture.ExportAsync(ImportKind.Deltagare));
        exported.ShouldContain("A1;Insam;okant;1991;gymnasium;2024-01-15;2024-03-02;studier;;nej;;;lon:50,studiestod:50;;;;0;100;nej");
        exported.ShouldContain("A2;Insam;man;1980;grundskola;2024-01-15;;;");

        var people = (await KnownAsync<KnownParticipant>("Import.Participants")).ToDictionary(p => p.Code);
        var stays = (await KnownAsync<KnownParticipation>("Import.Participations")).ToDictionary(p => p.ParticipantId);
        var history = new ChangeHistoryStore(fixture.Test.Database);
        (await history.OfAsync(fixture.ForbundId, ChangedEntity.Participant, people["A1"].Id))
            .Select(h => (h.Field, h.OldValue, h.NewValue, h.Version))
            .ShouldBe([("Gender", "woman", "unknown", 2), ("BirthYear", "1990", "1991", 2)], ignoreOrder: true);
        var changes = await history.OfAsync(fixture.ForbundId, ChangedEntity.Participation, stays[people["A1"].Id].Id);
        changes.Select(h => (h.Field, h.OldValue, h.NewValue)).ShouldContain(("ExitReason", "arbete", "studier"));
        changes.Select(h => (h.Field, h.OldValue, h.NewValue)).ShouldContain(("After.Livelihoods", "lon 100", "lon 50, studiestod 50"));
        changes.ShouldAllBe(h => h.Version == 2);
        (await history.OfAsync(fixture.ForbundId, ChangedEntity.Participant, people["A2"].Id)).ShouldBeEmpty();
        await using var session = await fixture.Test.Database.ReadAsync();
        (await session.QueryAsync<AuditEventRow>("Audit.Events", new { fixture.ForbundId }))
            .Single(e => e.Action == "Import.Deltagare" && e.Detail.Contains("rättade", StringComparison.Ordinal))
            .Detail.ShouldBe("rader 2, nya 0, uppdaterade 2, oförändrade 0, rättade uppgifter 8");

        async Task<IReadOnlyList<T>> KnownAsync<T>(string query)
        {
            await using var read = await fixture.Test.Database.ReadAsync();
            return await read.QueryAsync<T>(query, new { fixture.ForbundId });
        }
    }

    [Fact]
    public async Task What_was_shown_is_what_is_saved_whatever_has_changed_since()
    {
        await using var fixture = await ImportFixture.CreateAsync();
        await fixture.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, "A1;Insam;kvinna;1990;;2024-01-15;2024-03-01;arbete");
        var file = Csv(ImportFixture.Deltagare, "A1;Insam;kvinna;1990;;2024-01-15;2024-03-01;studier");
        var shown = await fixture.ImportAsync(ImportKind.Deltagare, file, s_correct);
        var other = Csv(ImportFixture.Deltagare, "A1;Insam;kvinna;1990;;2024-01-15;2024-03-01;sjukdom");
        var meanwhile = await fixture.ImportAsync(ImportKind.Deltagare, other, s_correct);
        (await fixture.ImportAsync(ImportKind.Deltagare, other, s_correct with { Confirmed = meanwhile.ChangesDigest })).IsSaved.ShouldBeTrue();

        var late = await fixture.ImportAsync(ImportKind.Deltagare, file, s_correct with { Confirmed = shown.ChangesDigest });
        (late.IsSaved, late.AwaitsConfirmation, late.Changes.ShouldHaveSingleItem().Before).ShouldBe((false, true, "sjukdom"));
        Encoding.UTF8.GetString(await fixture.ExportAsync(ImportKind.Deltagare)).ShouldContain(";sjukdom");
    }

    [Fact]
    public async Task A_correction_keeps_the_rules_of_registration()
    {
        await using var fixture = await ImportFixture.CreateAsync();
        await fixture.ImportAsync(
            ImportKind.Deltagare,
            ImportFixture.Deltagare,
            "A1;Insam;kvinna;1990;;2024-01-15;2024-03-01;arbete",
            "A1;Insam;kvinna;1990;;2024-03-10;;");
        var result = await fixture.ImportAsync(
            ImportKind.Deltagare,
            Csv(ImportFixture.Deltagare, "A1;Insam;kvinna;1990;;2024-01-15;2024-03-20;arbete"),
            s_correct);
        (result.AwaitsConfirmation, result.Problems.Kept.ShouldHaveSingleItem().Rule.Code).ShouldBe((false, "deltagande-overlappar"));
    }

    [Fact]
    public async Task Answers_in_wide_form_are_read_by_the_code_or_the_words_of_the_question_and_can_be_corrected()
    {
        await using var fixture = await ImportFixture.CreateAsync();
        await fixture.ImportAsync(
            ImportKind.Deltagare,
            ImportFixture.Deltagare,
            "A1;Insam;kvinna;1990;;2024-01-15;;",
            "A2;Insam;man;1990;;2024-01-15;;");
        const string Header = "deltagarkod;insats;instrument;tillfalle;datum;halsa;Hur går det?";
        var first = await fixture.ImportAsync(
            ImportKind.Sjalvskattning,
            Header,
            "A1;Insam;Min väg;start;2024-01-16;3,5;vill_ej_svara",
            "A2;Insam;Min väg;start;2024-01-16;;7");
        first.Problems.Kept.ShouldBeEmpty();
        (first.IsSaved, first.Rows, first.Counts.Added).ShouldBe((true, 2, 3));

        var wrong = await fixture.ImportAsync(ImportKind.Sjalvskattning, Header + ";somn", "A1;Insam;Min väg;start;2024-01-17;11;8;4");
        wrong.Problems.Kept.Select(p => (p.Line, p.Column, p.Rule.Code)).ShouldBe(
            [(2, "halsa", "varde-utanfor-skalan"), (2, "", "fraga-okand")],
            ignoreOrder: true);

        var file = Csv(Header, "A1;Insam;Min väg;start;2024-01-16;4;6");
        var shown = await fixture.ImportAsync(ImportKind.Sjalvskattning, file, s_correct);
        shown.Changes.Select(c => $"{c.Column}: {c.Before} → {c.After}").ShouldBe(["halsa: 3,5 → 4", "tro: vill_ej_svara → 6"]);
        (await fixture.ImportAsync(ImportKind.Sjalvskattning, file, s_correct with { Confirmed = shown.ChangesDigest })).IsSaved.ShouldBeTrue();
        var exported = Encoding.UTF8.GetString(await fixture.ExportAsync(ImportKind.Sjalvskattning));
        exported.ShouldContain("A1;Insam;Min väg;start;2024-01-16;halsa;4;");
        exported.ShouldContain("A1;Insam;Min väg;start;2024-01-16;tro;6;");
        exported.ShouldContain("A2;Insam;Min väg;start;2024-01-16;tro;7;");
    }

    private static byte[] Csv(params string[] lines) => Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n");
}
