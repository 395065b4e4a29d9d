using System.Net;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Testing;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;
using FinsamOutcomes.Web.Tests.Participants;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace FinsamOutcomes.Web.Tests.Startup;

/// <summary>What is shown when it can't be noted that it is: the file of readings beside the database is damaged.</summary>
[Collection(DatabaseAwayTests.OneAtATime), OnlySqlite("the journal of readings is a file of its own in SQLite.")]
public sealed class JournalAwayTests
{
    [Fact]
    public async Task No_page_is_empty_when_what_it_shows_can_not_be_noted()
    {
        // Every page shows somebody here, whatever there is to do.
        await using var host = await WebHost.StartAsync(spoil: app => app.Use((context, next) =>
        {
            context.RequestServices.GetRequiredService<ShownPeople>().Add([1]);
            return next(context);
        }));
        var own = (await Border.MakeAsync(host)).Own;
        using var browser = await host.SignInAsync(
            await host.AddUserAsync(own.ForbundId, [Role.Caseworker, Role.ProcessSupporter, Role.Administrator, Role.Auditor], own.InsatsId));
        Damage(host);
        var (refused, wrong) = (0, new List<string>());
        foreach (var route in Rights.Table.Where(r => r.Scope is not Scope.Open).Select(r => r.Route))
        {
            var page = await browser.GetAsync(own.Address(route));
            if (page.Status < HttpStatusCode.InternalServerError)
                continue;
            refused++;
            if (page.Heading.Length == 0)
                wrong.Add($"{route}: {page.Html.Length} tecken");
        }

        wrong.ShouldBeEmpty();
        refused.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task What_was_saved_is_not_called_unsaved_by_the_page_that_could_not_be_shown_after_it_and_is_told_later()
    {
        await using var people = await People.StartAsync();
        var form = await people.Browser.GetAsync($"{people.Root}/deltagare/ny");
        Damage(people.Host);
        var shown = await people.Browser.PostFormAsync(
            form,
            null,
            ("Input.InsatsId", $"{people.Own}"),
            ("Input.On", "2024-05-01"),
            ("Input.Gender", "woman"),
            ("Input.BirthYear", "1985"));
        shown.Status.ShouldBe(HttpStatusCode.InternalServerError, shown.Content);
        shown.Content.ShouldContain("Sidan kan inte visas just nu");
        shown.Content.ShouldNotContain("inte sparat");
        shown.Content.ShouldNotContain("är registrerad.");
        shown.Content.ShouldNotContain("säkerhetskopian", Case.Sensitive, "the database is whole");

        DatabaseEngine.CloseIdleFiles();
        File.Delete(Path(people.Host));
        (await people.Browser.GetAsync(shown.Url.PathAndQuery)).Content.ShouldContain("D0001 är registrerad.");
    }

    // What a background service lets out ends the whole host.
    [Theory]
    [InlineData(typeof(TimeoutException))]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(OperationCanceledException))]
    public async Task Whatever_keeps_readings_out_of_the_log_they_are_tried_again_and_the_host_goes_on(Type kind)
    {
        await using var test = await TestDatabase.CreateAsync("sqlite", FixedClock.At("2024-05-15"));
        var forbundId = await new ForbundStore(test.Database).AddAsync(new NewForbund { Name = "Ett förbund" });
        await new ReadingJournal(test.Database).NoteAsync(
            new NewAuditEvent { ForbundId = forbundId, Actor = "anna", Action = "Participants.List", Entity = "participant", Detail = "deltagare 1" });
        var engine = new FaultyEngine(test.Database.Engine, _ => (Exception)Activator.CreateInstance(kind)!);
        using var keeping = new ReadingKeeping(new ReadingJournal(new FinsamDatabase(engine, test.Database.Clock)), NullLogger<ReadingKeeping>.Instance);
        await keeping.StartAsync(CancellationToken.None);
        for (var tries = 0; engine.Openings == 0 && tries < 300; tries++)
            await Task.Delay(100);
        engine.Openings.ShouldBe(1);
        await Task.WhenAny(keeping.ExecuteTask!, Task.Delay(500));
        keeping.ExecuteTask!.IsCompleted.ShouldBeFalse();
        await keeping.StopAsync(CancellationToken.None);
        (await new ReadingJournal(test.Database).CountWaitingAsync(forbundId)).ShouldBe(1, "it stays for the next host");
    }

    [Theory]
    [InlineData("/fel/503")]
    [InlineData("/fel/507")]
    public async Task A_page_that_was_only_asked_for_saved_nothing_that_could_be_lost(string address)
    {
        await using var host = await WebHost.StartAsync();
        using var browser = host.Open();
        var page = await browser.GetAsync(address);
        page.Content.ShouldContain("Sidan kan inte visas just nu");
        page.Content.ShouldNotContain("inte sparat");
    }

    [Theory]
    [InlineData("skadad")]
    [InlineData("mapp")]
    public async Task A_journal_that_can_not_be_used_is_told_of_at_the_start_and_by_health(string kind)
    {
        var folder = Directory.CreateTempSubdirectory("finsam-visningar-").FullName;
        try
        {
            await using (var host = await WebHost.StartAsync(folder: folder))
            {
                using var client = new HttpClient { BaseAddress = host.Address };
                (await StartTests.HealthAsync(client, HttpStatusCode.OK)).ShouldBe("Healthy");
                Damage(host, kind);
                (await StartTests.HealthAsync(client, HttpStatusCode.ServiceUnavailable)).ShouldBe("Unhealthy");
            }

            var message = (await Should.ThrowAsync<StartException>(() => WebHost.StartAsync(folder: folder))).Message;
            message.ShouldContain("finsam.sqlite.visningar");
            message.ShouldContain("flytta undan");
            message.ShouldNotContain("säkerhetskopian");
            Directory.GetFileSystemEntries(folder).Where(f => f.Contains(".visningar.", StringComparison.Ordinal)).ShouldBeEmpty("nothing unfinished is left");
        }
        finally
        {
            DatabaseEngine.CloseIdleFiles();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Path(WebHost host) => host.DatabaseAddress["sqlite:".Length..] + ".visningar";

    private static void Damage(WebHost host, string kind = "skadad")
    {
        DatabaseEngine.CloseIdleFiles();
        foreach (var end in new[] { "", "-wal", "-shm" })
            File.Delete(Path(host) + end);
        if (kind == "mapp")
            Directory.CreateDirectory(Path(host));
        else
            File.WriteAllText(Path(host), new string('x', 5_000));
    }
}
