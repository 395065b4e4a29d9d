using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Import;

/// <summary>What a file of participants added is taken away again, while nothing has been built on it.</summary>
public sealed class ImportUndoTests
{
    private const string Header = "deltagarkod;insats;kon;fodelsear;utbildning;inskriven;utskriven;avslutsanledning;forsorjning_fore";

    [Theory, ClassData(typeof(Engines))]
    public async Task The_latest_file_is_undone_as_if_it_had_never_been_and_can_be_read_in_again(string engine)
    {
        await using var fixture = await ImportFixture.CreateAsync(engine);
        var batches = new ImportBatchStore(fixture.Test.Database);
        (await fixture.ImportAsync(ImportKind.Deltagare, Header, "A1;Insam;kvinna;1990;;2024-01-15;;;")).IsSaved.ShouldBeTrue();
        var before = await CountsAsync(fixture);

        // A1 comes back, and two are new, one of them in two insatser.
        string[] file =
        [
            Header,
            "A1;Åkern;kvinna;1990;;2024-03-01;;;",
            "B2;Insam;man;1985;;2024-01-15;2024-03-01;arbete;sjukpenning:100",
            "B2;Åkern;man;1985;;2024-03-02;;;",
            "B3;Insam;kvinna;1979;;2024-02-01;;;",
        ];
        var saved = await fixture.ImportAsync(ImportKind.Deltagare, file);
        saved.IsSaved.ShouldBeTrue(string.Join(" | ", saved.Problems.Kept));
        var latest = (await batches.LatestAsync(fixture.ForbundId))!;
        (latest.RowCount, latest.AddedCount, latest.FilledInCount).ShouldBe((4, 4, 0));
        (await batches.WhyNotUndoneAsync(fixture.ForbundId, latest)).ShouldBeEmpty();
        (await batches.LatestAsync(fixture.ForbundId + 1)).ShouldBeNull();

        await batches.UndoAsync(fixture.ForbundId, latest.Id, "chef");

        (await CountsAsync(fixture)).ShouldBe(before);
        await Should.ThrowAsync<RegistrationException>(() => batches.UndoAsync(fixture.ForbundId, latest.Id, "chef"));
        (await fixture.ImportAsync(ImportKind.Deltagare, file)).Counts.ShouldBe(new ImportCounts(4, 0, 0));
        await using var session = await fixture.Test.Database.ReadAsync();
        (await AuditLog.EventsAsync(session, fixture.ForbundId)).Single(e => e.Action == "Import.Undo").Detail.ShouldContain("4");
        (await AuditLog.CheckAsync(session, fixture.ForbundId)).Fault.ShouldBe(AuditFault.None);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task What_has_been_built_on_since_or_changed_others_stands_and_says_why(string engine)
    {
        await using var fixture = await ImportFixture.CreateAsync(engine);
        var batches = new ImportBatchStore(fixture.Test.Database);
        await fixture.ImportAsync(ImportKind.Deltagare, Header, "A1;Insam;kvinna;1990;;2024-01-15;;;");

        // The exit completes what was there already.
        await fixture.ImportAsync(ImportKind.Deltagare, Header, "A1;Insam;kvinna;1990;;2024-01-15;2024-03-01;arbete;", "A2;Insam;man;1985;;2024-01-15;;;");
        var latest = (await batches.LatestAsync(fixture.ForbundId))!;
        (await batches.WhyNotUndoneAsync(fixture.ForbundId, latest)).ShouldHaveSingleItem().ShouldContain("kompletterade eller rättade");
        (await Should.ThrowAsync<RegistrationException>(() => batches.UndoAsync(fixture.ForbundId, latest.Id, "chef"))).Errors.ShouldHaveSingleItem();

        await fixture.ImportAsync(ImportKind.Deltagare, Header, "A3;Insam;man;1985;;2024-01-15;;;");
        latest = (await batches.LatestAsync(fixture.ForbundId))!;
        (await batches.WhyNotUndoneAsync(fixture.ForbundId, latest)).ShouldBeEmpty();
        await fixture.SqlAsync($"UPDATE participation SET version = 2 WHERE id = {latest.FirstParticipation}");
        (await batches.WhyNotUndoneAsync(fixture.ForbundId, latest)).ShouldHaveSingleItem().ShouldContain("har ändrats");
    }

    private static async Task<string> CountsAsync(ImportFixture fixture)
    {
        var counts = new List<string>();
        foreach (var table in new[] { "participant", "participation", "livelihood_share", "occupation", "participant_name_index", "closed_history" })
            counts.Add($"{table} {await fixture.SqlAsync($"SELECT COUNT(*) FROM {table}")}");
        return string.Join(", ", counts);
    }
}
