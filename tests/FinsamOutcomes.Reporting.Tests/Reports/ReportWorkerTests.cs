using System.IO.Compression;
using System.Xml.Linq;
using DocumentFormat.OpenXml.Packaging;
using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Data.ReportJobs;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Reporting.Tests.Documents;
using FinsamOutcomes.Statistics;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Reports;

public sealed class ReportWorkerTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task A_requested_report_becomes_files_that_open_from_the_database(string engine)
    {
        await using var fixture = await WithExitsAsync(engine);
        var (store, id) = await RequestAsync(fixture);
        (await new ReportWorker(fixture.Test.Database).RunNextAsync()).ShouldBeTrue();

        var job = (await store.FindAsync(fixture.Forbund.Id, id)).ShouldNotBeNull();
        (job.State, job.ErrorReference).ShouldBe((ReportJobStates.Done, null));
        job.ProgressTotal.ShouldBe(job.ProgressDone);
        var files = await store.DownloadAllAsync(fixture.Forbund.Id, id, "prov");
        files.Take(3).Select(f => f.File.FileName).ShouldBe(["arsredovisning-2024.docx", "arsredovisning-2024.xlsx", "arsredovisning-2024.html"]);
        using (var word = WordprocessingDocument.Open(new MemoryStream(files[0].Content), isEditable: false))
            Rendered.Faults(word).ShouldBeEmpty();
        using (var excel = SpreadsheetDocument.Open(new MemoryStream(files[1].Content), isEditable: false))
            Rendered.Faults(excel).ShouldBeEmpty();
        XDocument.Load(new MemoryStream(files[2].Content)).Root!.Name.LocalName.ShouldBe("html");
        files.Count(f => f.File.ContentType == ReportFiles.Svg).ShouldBeGreaterThan(2);

        using var zip = new MemoryStream();
        ReportFiles.WriteZip(files.Select(f => new ReportFile(f.File.FileName, f.File.ContentType, f.Content)), job.FinishedAt!.Value, zip);
        using var archive = new ZipArchive(new MemoryStream(zip.ToArray()));
        archive.Entries.Select(e => e.FullName).ShouldBe(files.Select(f => f.File.FileName));
    }

    [Fact]
    public async Task The_files_are_the_same_whether_they_go_to_a_folder_or_to_the_database()
    {
        await using var fixture = await WithExitsAsync("sqlite");
        var (store, id) = await RequestAsync(fixture);
        await new ReportWorker(fixture.Test.Database).RunNextAsync();
        var row = (await new PublicationStore(fixture.Test.Database).OfForbundAsync(fixture.Forbund.Id)).ShouldHaveSingleItem();
        var kept = await KeptPublication.OpenAsync(fixture.Test.Database, row);
        kept.Document.Publication.ShouldBe(new PublicationNumber(row.Id, "2025-02-01 12:00", ReplacesId: null));
        var again = (await fixture.MakeAsync()).As(row.Id, replacesId: null, fixture.Test.Database.Clock.LocalTimeZone);
        KeptDocument.Write(kept.Document).ShouldBe(KeptDocument.Write(again.Document));
        ReportFiles.Write(kept.Document, "arsredovisning-2024", fixture.Folder);
        foreach (var file in await store.DownloadAllAsync(fixture.Forbund.Id, id, "prov"))
            File.ReadAllBytes(Path.Combine(fixture.Folder, file.File.FileName)).ShouldBe(file.Content, file.File.FileName);
    }

    [Fact]
    public async Task Progress_counts_every_part_and_says_in_Swedish_what_is_made()
    {
        await using var fixture = await ReportFixture.SmallAsync();
        var told = new List<ReportProgress>();
        var request = new ReportRequest
        {
            Forbund = fixture.Forbund,
            Definition = ReportDefinition.Load("projektredovisning"),
            Year = 2024,
            Policy = PublicationPolicy.Minst5,
        };
        await new ReportBuilder(fixture.Test.Database).BuildAsync(request, new Told(told));
        told.Select(p => p.Done).ShouldBe(Enumerable.Range(0, told[0].Total));
        told.ShouldAllBe(p => p.Total == told[0].Total);
        told.ShouldContain(p => p.Text == "Räknar: Avslutsorsaker");
    }

    [Fact]
    public async Task A_text_that_is_nested_without_end_stops_no_report_and_a_part_that_fails_is_named()
    {
        await using var fixture = await WithExitsAsync("sqlite");
        await fixture.SqlAsync<string>(
            $"INSERT INTO insats_text (insats_id, calendar_year, section, body, version) SELECT id, 2024, 'beskrivning', '{new string('>', 130)} innerst', 1 FROM insats"
        );
        var (store, id) = await RequestAsync(fixture, "projektredovisning");
        await new ReportWorker(fixture.Test.Database).RunNextAsync();
        (await store.FindAsync(fixture.Forbund.Id, id))!.State.ShouldBe(ReportJobStates.Done);

        (store, id) = await RequestAsync(fixture);
        var job = (await store.ClaimNextAsync())!;
        (await store.FailAsync(job, "4F7A-91C2", "Skriver om Insam")).ShouldBeTrue();
        (await store.FindAsync(fixture.Forbund.Id, id))!.ShouldSatisfyAllConditions(
            j => j.State.ShouldBe(ReportJobStates.Failed),
            j => j.ProgressText.ShouldBe("Avbröts av ett fel vid: Skriver om Insam"));
    }

    [Fact]
    public async Task A_report_that_cannot_be_made_fails_with_the_number_that_is_in_the_log()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        var (store, id) = await RequestAsync(fixture, "finns-inte");
        var logged = new List<(string Reference, Exception Exception)>();
        (await new ReportWorker(fixture.Test.Database, (reference, exception) => logged.Add((reference, exception))).RunNextAsync()).ShouldBeTrue();
        var job = (await store.FindAsync(fixture.Forbund.Id, id)).ShouldNotBeNull();
        job.State.ShouldBe(ReportJobStates.Failed);
        logged.ShouldHaveSingleItem().Reference.ShouldBe(job.ErrorReference.ShouldNotBeNull());
        (await new ReportWorker(fixture.Test.Database).RunNextAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_host_that_is_told_to_stop_gives_its_report_back()
    {
        await using var fixture = await WithExitsAsync("sqlite");
        var (store, id) = await RequestAsync(fixture);
        using var stop = new CancellationTokenSource();
        var working = new ReportWorker(fixture.Test.Database).RunNextAsync(stop.Token);
        while ((await store.FindAsync(fixture.Forbund.Id, id))!.State == ReportJobStates.Queued)
            await Task.Delay(5);
        await stop.CancelAsync();
        await working;
        (await store.FindAsync(fixture.Forbund.Id, id))!.State.ShouldBeOneOf(ReportJobStates.Queued, ReportJobStates.Done);
    }

    [Fact]
    public async Task A_report_that_has_taken_three_hosts_with_it_is_not_tried_on_a_fourth()
    {
        await using var fixture = await WithExitsAsync("sqlite");
        var (store, id) = await RequestAsync(fixture);
        for (var i = 0; i < 3; i++)
        {
            (await store.ClaimNextAsync()).ShouldNotBeNull();
            ((FixedClock)fixture.Test.Database.Clock).Advance(ReportJobStore.Patience + TimeSpan.FromSeconds(1));
        }

        (await new ReportWorker(fixture.Test.Database).RunNextAsync()).ShouldBeTrue();
        (await store.FindAsync(fixture.Forbund.Id, id))!.State.ShouldBe(ReportJobStates.Failed);
    }

    private static async Task<ReportFixture> WithExitsAsync(string engine)
    {
        var fixture = await ReportFixture.CreateAsync(engine);
        await fixture.InsatserAsync("Insam;;individinriktad;individ;nej;2022-01-01;;20");
        await fixture.ExitsAsync("Insam", "kvinna", "arbete", 12);
        await fixture.ExitsAsync("Insam", "man", "sjukdom", 9);
        return fixture;
    }

    private static async Task<(ReportJobStore Store, int Id)> RequestAsync(ReportFixture fixture, string report = "arsredovisning")
    {
        var store = new ReportJobStore(fixture.Test.Database);
        return (
            store,
            await store.RequestAsync(
                new NewReportJob
                {
                    ForbundId = fixture.Forbund.Id,
                    Report = report,
                    CalendarYear = 2024,
                    Policy = "minst-5",
                    Actor = "anna",
                }));
    }

    private sealed class Told(List<ReportProgress> told) : IProgress<ReportProgress>
    {
        public void Report(ReportProgress value) => told.Add(value);
    }
}
