using System.Net;
using System.Text;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Backups;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Testing;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FinsamOutcomes.Web.Tests.Operation;

/// <summary>A host that is backed up, watched over, and keeps its key changed under it.</summary>
public sealed class OperationTests
{
    private const string Other = "Samordningsförbundet Grannen";

    [Fact, OnlySqlite("a server makes its own backups.")]
    public async Task A_host_backs_up_each_night_and_when_asked_and_its_key_is_changed_while_it_runs()
    {
        var folder = Directory.CreateTempSubdirectory("finsam-drift-").FullName;
        try
        {
            var kept = Path.Combine(folder, "kopior");
            await using var host = await WebHost.StartAsync(
                settings: new WebSettings { TriesPerMinute = 10_000, PasswordRounds = 1_000, BackupFolder = kept, BackupsKept = 2 },
                folder: folder);
            var insats = await host.AddInsatsAsync();
            var other = await host.AddForbundAsync(Other);
            await UntilAsync(() => Directory.Exists(kept) && Directory.GetDirectories(kept, "finsam-*").Length == 1);
            var work = host.Get<BackupWork>();
            await UntilAsync(() => !work.IsMaking);
            (await work.IsDueAsync(CancellationToken.None)).ShouldBeFalse("one has been made since the night");
            host.Clock.Advance(TimeSpan.FromDays(1));
            (await work.IsDueAsync(CancellationToken.None)).ShouldBeTrue();

            using var administrator = await host.SignInAsync(Role.Administrator);
            var page = await administrator.GetAsync($"/f/{host.ForbundId}/drift");
            page.Content.ShouldContain("Passar databasen.");
            page.Content.ShouldContain("och är hel.");
            page.Html.ShouldNotContain(Other);
            page.Html.ShouldNotContain(folder);
            var asked = await administrator.PressAsync(page, "Säkerhetskopiera nu");
            asked.Content.ShouldContain("Säkerhetskopian görs nu.");
            await UntilAsync(() => Directory.GetDirectories(kept, "finsam-*").Length == 2 && !work.IsMaking);

            // Pressed again and again, the button makes no more, and those it has made take no night's place.
            (await administrator.PressAsync(await administrator.GetAsync($"/f/{host.ForbundId}/drift"), "Säkerhetskopiera nu")).Content.ShouldContain(
                "mindre än tio minuter");
            for (var i = 0; i < 2; i++)
            {
                await host.Get<BackupStore>().MakeAsync(new NewBackup(kept, "webbplatsen") { Kept = 2, IsAsked = true });
                host.Clock.Advance(TimeSpan.FromMinutes(1));
            }

            Directory.GetDirectories(kept, "finsam-*").Select(f => KeptBackup.Open(f).Manifest.IsAsked).Order().ShouldBe([false, true, true]);
            var events = await new AuditStore(host.Database).SearchAsync(other, new AuditFilter { Action = "Backups.Make" }, 1, "prov");
            events.Events.Select(e => e.Actor).ShouldAllBe(a => a.StartsWith("webbplatsen", StringComparison.Ordinal));
            (await new AuditStore(host.Database).SearchAsync(other, new AuditFilter { Action = "Backups.Ask" }, 1, "prov")).Events.ShouldBeEmpty();
            (await new AuditStore(host.Database).SearchAsync(host.ForbundId, new AuditFilter { Action = "Backups.Ask" }, 1, "prov")).Events.Count.ShouldBe(1);

            // Nobody puts one back under a host that runs.
            var backup = Directory.GetDirectories(kept, "finsam-*")[0];
            (await Should.ThrowAsync<BackupException>(
                () => new BackupRestore().RunAsync(new NewRestore(backup, host.DatabaseAddress, "prov") { Replaces = true }))).Message.ShouldContain("används");
            (await administrator.GetAsync("/health/live")).Status.ShouldBe(HttpStatusCode.OK);
            (await administrator.GetAsync("/health/ready")).Status.ShouldBe(HttpStatusCode.OK);

            // The key is changed: sessions go on, names are read and found, and what is written is written with the new one.
            using var caseworker = await host.SignInAsync(Role.Caseworker, insats);
            await RegisterAsync(host, "A1", "Elin Provsson");
            var key = KeyFile.Read(KeyFile.PathFor(host.Database));
            await KeyChange.RunAsync(host.Database, "prov");
            KeyFile.Read(KeyFile.PathFor(host.Database)).ShouldNotBe(key);
            await RegisterAsync(host, "B2", "Alva Provsson");
            (await caseworker.GetAsync($"/f/{host.ForbundId}")).Status.ShouldBe(HttpStatusCode.OK);
            (await host.SqlAsync("SELECT COUNT(*) FROM data_protection_key")).ShouldNotBe(["0"]);
            var found = await new AuditStore(host.Database).SearchAsync(host.ForbundId, new AuditFilter { Participant = "Provsson" }, 1, "prov");
            found.Participants.ShouldBe(["A1", "B2"], ignoreOrder: true);
            await using var second = await WebHost.StartAsync(beside: host);
            using var again = await second.SignInAsync(Role.Caseworker, insats);
            (await again.GetAsync($"/f/{host.ForbundId}")).Status.ShouldBe(HttpStatusCode.OK);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact, OnlySqlite("what is sent is the same on both.")]
    public async Task What_is_sent_to_those_who_watch_over_the_host_tells_routes_and_nobody()
    {
        var sent = new List<byte[]>();
        await using var receiver = await ReceiveAsync(sent);
        var folder = Directory.CreateTempSubdirectory("finsam-otlp-").FullName;
        try
        {
            using var web = WebProcess.Start(
                folder,
                new Dictionary<string, string> { ["FINSAM_OTLP"] = receiver.Urls.First(), ["FINSAM_LOGG"] = "json", ["OTEL_BSP_SCHEDULE_DELAY"] = "100" },
                "--ny",
                "--urls",
                "http://127.0.0.1:0");
            using var client = new HttpClient { BaseAddress = await web.AddressAsync() };
            client.DefaultRequestHeaders.UserAgent.ParseAdd("Hemlig-Webb/1.0");
            (await client.GetAsync(new Uri("/inbjudan/hemlig-nyckel?fraga=hemlig-fraga", UriKind.Relative))).Dispose();
            (await client.GetAsync(new Uri("/finns-inte/hemlig-sida", UriKind.Relative))).Dispose();
            (await web.StopAsync()).ExitCode.ShouldBe(0);
            // What is said at the start is a line of the log too.
            var lines = web.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement).ToList();
            lines.ShouldContain(line => line.GetProperty("Message").GetString()!.StartsWith("Öppna http://", StringComparison.Ordinal));
            lines.ShouldAllBe(line => line.GetProperty("LogLevel").GetString() != "" && line.GetProperty("Timestamp").GetString()!.EndsWith('Z'));
            var all = Encoding.Latin1.GetString(Sent().SelectMany(b => b).ToArray());
            all.ShouldContain("inbjudan/{token}");
            all.ShouldContain("finsam-outcomes");
            all.ShouldContain("http.server.request.duration");
            all.Contains("hemlig", StringComparison.OrdinalIgnoreCase).ShouldBeFalse();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        byte[][] Sent()
        {
            lock (sent)
                return [.. sent];
        }
    }

    private static Task<int> RegisterAsync(WebHost host, string code, string name) =>
        host.Get<ParticipantStore>().AddAsync(
            new NewParticipant
            {
                ForbundId = host.ForbundId,
                Code = code,
                Gender = "woman",
                BirthYear = 1990,
                Name = name,
            });

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var tries = 0; !isSo() && tries < 600; tries++)
            await Task.Delay(50);
        isSo().ShouldBeTrue();
    }

    private static async Task<WebApplication> ReceiveAsync(List<byte[]> sent)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            lock (sent)
                sent.Add(body.ToArray());
            context.Response.ContentType = "application/x-protobuf";
        });
        await app.StartAsync();
        return app;
    }
}
