using System.Diagnostics;
using System.Net;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Testing;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Pages.Errors;
using FinsamOutcomes.Web.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;

namespace FinsamOutcomes.Web.Tests.Startup;

/// <summary>What a signed-in user is shown when the database has gone, is full or may not be written.</summary>
[Collection(OneAtATime), OnlySqlite("the file is taken away, and its disk filled.")]
public sealed class DatabaseAwayTests
{
    /// <summary>Closing the idle files of the process cuts their logs, which makes room on a disk that another test has filled.</summary>
    internal const string OneAtATime = "files taken away";

    [Fact]
    public async Task With_the_database_away_a_signed_in_user_gets_a_page_that_says_so_and_is_still_signed_in_afterwards()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(Role.ProcessSupporter);
        var address = $"/f/{host.ForbundId}/statistik";
        var path = host.DatabaseAddress["sqlite:".Length..];
        DatabaseEngine.CloseIdleFiles();
        File.Move(path, path + ".borta");
        try
        {
            foreach (var url in new[] { address, "/konto", "/f/1" })
            {
                var page = await browser.GetAsync(url);
                (page.Status, page.Heading).ShouldBe((HttpStatusCode.ServiceUnavailable, "Databasen går inte att nå"), url);
                page.Content.ShouldContain("referensnumret");
            }

            using var client = new HttpClient { BaseAddress = host.Address };
            (await StartTests.HealthAsync(client, HttpStatusCode.ServiceUnavailable)).ShouldBe("Unhealthy");
            File.Exists(path).ShouldBeFalse("no empty database is put in its place");
        }
        finally
        {
            File.Move(path + ".borta", path);
        }

        (await browser.GetAsync(address)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task On_a_full_disk_nothing_is_said_to_be_saved_and_all_goes_on_when_there_is_room_again()
    {
        var folder = Directory.CreateTempSubdirectory("finsam-full-").FullName;
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder), "A disk of a few megabytes can't be mounted here.");
        try
        {
            await using (var host = await WebHost.StartAsync(folder: folder))
            {
                var insatsId = await host.AddInsatsAsync();
                using var browser = await host.SignInAsync(Role.Administrator, insatsId);
                using var client = new HttpClient { BaseAddress = host.Address };
                var form = await browser.GetAsync($"/f/{host.ForbundId}/insatser/ny");
                var fill = Path.Combine(folder, "fyllnad");
                Fill(fill);

                var refused = await AddAsync("Fyllda insatsen");
                (refused.Status, refused.Heading).ShouldBe((HttpStatusCode.InsufficientStorage, "Disken är full"));
                refused.Content.ShouldContain("är inte sparat");
                (await StartTests.HealthAsync(client, HttpStatusCode.ServiceUnavailable)).ShouldBe("Unhealthy");

                File.Delete(fill);
                (await AddAsync("Sparade insatsen")).Status.ShouldBe(HttpStatusCode.OK);
                var list = await browser.GetAsync($"/f/{host.ForbundId}/insatser");
                list.Content.ShouldContain("Sparade insatsen");
                list.Content.ShouldNotContain("Fyllda insatsen");
                (await StartTests.HealthAsync(client, HttpStatusCode.OK)).ShouldBe("Healthy");

                Task<WebPage> AddAsync(string name) =>
                    browser.PostFormAsync(
                        form,
                        null,
                        ("Input.Name", name),
                        ("Input.Orientation", "individual"),
                        ("Input.FollowUpMethod", "individual"),
                        ("Input.IsEsf", "false"),
                        ("Input.StartsOn", "20240101"));
            }
        }
        finally
        {
            DatabaseEngine.CloseIdleFiles();
            await RunAsync("umount", folder);
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Health_tells_when_others_have_been_writing_for_longer_than_anybody_waits()
    {
        await using var host = await WebHost.StartAsync();
        using var health = new DatabaseHealth(host.Database) { LongestBusy = TimeSpan.FromSeconds(4) };
        await using (await host.Database.WriteAsync())
        {
            (await AskAsync()).ShouldBe(HealthStatus.Healthy, "a short wait is nothing");
            var asked = Stopwatch.StartNew();
            while (await AskAsync() == HealthStatus.Healthy && asked.Elapsed < TimeSpan.FromSeconds(30))
                await Task.Delay(500);
            (await AskAsync()).ShouldBe(HealthStatus.Unhealthy);
        }

        await Task.Delay(TimeSpan.FromSeconds(2.5));
        (await AskAsync()).ShouldBe(HealthStatus.Healthy);

        async Task<HealthStatus> AskAsync() => (await health.CheckHealthAsync(new HealthCheckContext())).Status;
    }

    [Theory]
    [InlineData(SQLitePCL.raw.SQLITE_BUSY, 503, "Många skriver just nu")]
    [InlineData(SQLitePCL.raw.SQLITE_CANTOPEN, 503, "Databasen går inte att nå")]
    [InlineData(SQLitePCL.raw.SQLITE_READONLY, 503, "Inget går att spara just nu")]
    [InlineData(SQLitePCL.raw.SQLITE_FULL, 507, "Disken är full")]
    [InlineData(SQLitePCL.raw.SQLITE_IOERR, 507, "Disken är full")]
    [InlineData(SQLitePCL.raw.SQLITE_IOERR | (2 << 8), 500, "Databasen är skadad")]
    [InlineData(SQLitePCL.raw.SQLITE_READONLY | (4 << 8), 503, "Databasen går inte att nå")]
    [InlineData(SQLitePCL.raw.SQLITE_CORRUPT, 500, "Databasen är skadad")]
    [InlineData(SQLitePCL.raw.SQLITE_CONSTRAINT, 500, "Något gick fel")]
    public async Task Each_fault_of_the_database_has_its_page(int code, int status, string heading)
    {
        var context = new DefaultHttpContext();
        var fault = new InvalidOperationException("", new SqliteException("", code & 0xFF, code));
        (await new UnexpectedErrors(NullLogger<UnexpectedErrors>.Instance).TryHandleAsync(context, fault, CancellationToken.None)).ShouldBeTrue();
        context.Response.StatusCode.ShouldBe(status);
        var access = new CurrentAccess { Route = new ApprovedRoute(new RouteValueDictionary { ["code"] = status }) };
        var page = new ErrorModel(access) { PageContext = new PageContext(new ActionContext(context, new RouteData(), new ActionDescriptor())) };
        page.OnPageHandlerSelected(new PageHandlerSelectedContext(page.PageContext, [], page));
        page.Heading.ShouldBe(heading);
    }

    // To the last byte.
    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var size = 1 << 20; size > 0; size /= 2)
        {
            try
            {
                while (true)
                    file.Write(new byte[size]);
            }
            catch (IOException)
            {
                // No room for so much: half of it next.
            }
        }
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
