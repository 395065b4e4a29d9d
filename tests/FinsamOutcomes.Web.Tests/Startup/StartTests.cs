using System.Net;
using System.Net.Sockets;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Testing;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Startup;

/// <summary>The program itself: what it says when it can't start, and what it leaves behind.</summary>
[OnlySqlite("it is about files; servers that can not be opened are among the broken databases.")]
public sealed class StartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("finsam-start-").FullName;

    private string Database => Path.Combine(_folder, "finsam.sqlite");

    public static TheoryData<string> Broken => BrokenDatabases.Kinds;

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
            Unprivileged.Change(_folder, "u+rwx");
        Directory.Delete(_folder, recursive: true);
    }

    [Theory, MemberData(nameof(Broken))]
    public async Task A_database_that_can_not_be_opened_is_told_in_a_sentence(string kind)
    {
        var (address, words) = await BrokenDatabases.MakeAsync(kind, _folder);
        var before = Directory.GetFiles(_folder);
        using var web = WebProcess.Start(_folder, "--db", address, "--urls", "http://127.0.0.1:0");
        ShouldBeASentence(await web.EndAsync(), words);
        web.Output.ShouldNotContain("kom-igang");
        Directory
            .GetFiles(_folder)
            .Except(before)
            .Where(f => !f.EndsWith("-wal", StringComparison.Ordinal) && !f.EndsWith("-shm", StringComparison.Ordinal))
            .ShouldBeEmpty("nothing is made");
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("http://")]
    [InlineData("http://localhost:99999")]
    [InlineData("http://localhost:port")]
    [InlineData("https://localhost:5081")]
    [InlineData("ftp://localhost:5081")]
    [InlineData("http://203.0.113.7:5081")]
    [InlineData("http://locahost:6130")]
    [InlineData("http://nonexisting.invalid:6130")]
    [InlineData("http://åäö:6130")]
    [InlineData("http:// :6126")]
    [InlineData("http://1:6130")]
    [InlineData("http://[::1")]
    public async Task An_address_that_can_not_be_answered_at_is_told_in_a_sentence(string urls)
    {
        using var web = WebProcess.Start(_folder, "--ny", "--urls", urls);
        ShouldBeASentence(await web.EndAsync(), "--urls http://localhost:5081");
    }

    [Fact]
    public async Task What_a_program_that_was_killed_had_no_time_to_cut_out_of_the_log_is_cut_at_the_next_start()
    {
        await using var test = await TestDatabase.CreateAsync("sqlite");
        var forbundId = await new ForbundStore(test.Database).AddAsync(new NewForbund { Name = "Ett förbund" });
        var store = new ParticipantStore(test.Database);
        var id = await store.AddAsync(new NewParticipant { ForbundId = forbundId, Code = "P1", Gender = "woman", BirthYear = 1990, Name = "Prov Person" });
        await using (var reader = await test.Database.Engine.OpenAsync(CancellationToken.None))
        {
            await using var command = reader.CreateCommand();
            command.CommandText = "SELECT name_encrypted FROM participant";
            var name = (byte[])(await command.ExecuteScalarAsync())!;
            command.CommandText = "BEGIN; SELECT COUNT(*) FROM participant;";
            await command.ExecuteScalarAsync();
            await test.Database.EraseAsync(forbundId, id);
            // As the files are when the program is killed now: somebody reads what was before, and the log can't be cut.
            var path = test.Address["sqlite:".Length..];
            foreach (var file in Directory.GetFiles(Path.GetDirectoryName(path)!).Where(f => !f.EndsWith("-shm", StringComparison.Ordinal)))
                File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
            command.CommandText = "COMMIT";
            await command.ExecuteNonQueryAsync();
            Holds(name).ShouldBeTrue();
            var copy = $"sqlite:{Path.Combine(_folder, Path.GetFileName(path))}";
            await using (await FinsamWeb.CreateAsync(new WebSettings { Address = copy, Urls = "http://127.0.0.1:0" }))
                Holds(name).ShouldBeFalse();
        }

        DatabaseEngine.CloseIdleFiles();

        bool Holds(byte[] bytes) => Directory.GetFiles(_folder).Any(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var read = new MemoryStream();
            stream.CopyTo(read);
            return read.ToArray().AsSpan().IndexOf(bytes) >= 0;
        });
    }

    [Fact]
    public async Task What_somebody_has_seen_is_in_the_chain_when_the_program_has_ended()
    {
        var host = await WebHost.StartAsync(folder: _folder);
        await new ReadingJournal(host.Database).NoteAsync(
            new NewAuditEvent { ForbundId = host.ForbundId, Actor = "anna", Action = "Participants.List", Entity = "participant", Detail = "deltagare 1" });
        await host.DisposeAsync();
        var left = await FinsamDatabase.OpenExistingAsync("sqlite:" + Database);
        (await new ReadingJournal(left).CountWaitingAsync(host.ForbundId)).ShouldBe(0);
        (await new AuditStore(left).SearchAsync(host.ForbundId, new AuditFilter { Actor = "anna" }, 1, "prov"))
            .Events.ShouldHaveSingleItem().Detail.ShouldBe("deltagare 1");
        DatabaseEngine.CloseIdleFiles();
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_in_a_sentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        using var web = WebProcess.Start(_folder, "--ny", "--urls", $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}");
        ShouldBeASentence(await web.EndAsync(), "Något annat program svarar redan");
    }

    [Fact]
    public async Task A_new_installation_is_asked_for_is_its_owners_alone_and_ends_well_when_it_is_told_to()
    {
        using (var web = WebProcess.Start(_folder, "--ny", "--urls", "http://127.0.0.1:0"))
        {
            await web.AddressAsync();
            (await web.StopAsync()).ShouldBe((0, ""));
            web.Output.ShouldContain("/kom-igang/");
        }

        foreach (var file in Directory.GetFiles(_folder))
            OwnersFile.IsOpenToOthers(file).ShouldBeFalse(file);
        Directory.GetFiles(_folder).Select(Path.GetFileName).ShouldBe(["finsam.sqlite", "finsam.sqlite.visningar", KeyFile.FileName], ignoreOrder: true);

        // The second time it is there, and needs no asking for; a file that has been opened to others is warned of.
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The rights of files are Unix's.");
        Unprivileged.Change(Database, "644");
        using var again = WebProcess.Start(_folder, "--urls", "http://127.0.0.1:0");
        await again.AddressAsync();
        var (code, errors) = await again.StopAsync();
        code.ShouldBe(0);
        errors.ShouldContain($"chmod 600 {Database}");
    }

    [Fact]
    public async Task A_folder_or_a_key_that_may_not_be_read_or_written_is_told_in_a_sentence()
    {
        await PrepareAsync();
        Unprivileged.Change(_folder, "555");
        using (var web = WebProcess.StartUnprivileged(_folder, "--urls", "http://127.0.0.1:0"))
            ShouldBeASentence(await web.EndAsync(), "skriva");
        Unprivileged.Change(_folder, "755");

        Unprivileged.Change(Database, "400");
        using (var web = WebProcess.StartUnprivileged(_folder, "--urls", "http://127.0.0.1:0"))
            ShouldBeASentence(await web.EndAsync(), "inte att skriva till");
        Unprivileged.Change(Database, "600");

        Unprivileged.Change(Path.Combine(_folder, KeyFile.FileName), "000");
        using (var web = WebProcess.StartUnprivileged(_folder, "--urls", "http://127.0.0.1:0"))
            ShouldBeASentence(await web.EndAsync(), "Nyckelfilen");

        var empty = Directory.CreateDirectory(Path.Combine(_folder, "tom")).FullName;
        Unprivileged.Change(empty, "555");
        using (var web = WebProcess.StartUnprivileged(_folder, "--ny", "--db", $"sqlite:{empty}/finsam.sqlite", "--urls", "http://127.0.0.1:0"))
            ShouldBeASentence(await web.EndAsync(), "går inte att skapa");
    }

    [Fact]
    public async Task Health_tells_when_the_file_may_no_longer_be_written()
    {
        await PrepareAsync();
        using var web = WebProcess.StartUnprivileged(_folder, "--urls", "http://127.0.0.1:0");
        using var client = new HttpClient { BaseAddress = await web.AddressAsync() };
        (await HealthAsync(client, HttpStatusCode.OK)).ShouldBe("Healthy");
        Unprivileged.Change(Database, "400");
        (await HealthAsync(client, HttpStatusCode.ServiceUnavailable)).ShouldBe("Unhealthy");
        Unprivileged.Change(Database, "600");
        (await HealthAsync(client, HttpStatusCode.OK)).ShouldBe("Healthy");
        (await web.StopAsync()).ExitCode.ShouldBe(0);
        web.Output.ShouldContain("går att läsa men inte att skriva till", Case.Sensitive, "the log says what is wrong");
    }

    [Fact]
    public async Task A_program_whose_host_ends_unasked_ends_with_a_code_that_has_it_started_again()
    {
        using var web = WebProcess.StartEnding(_folder, "--ny", "--urls", "http://127.0.0.1:0");
        var (code, errors) = await web.EndAsync();
        code.ShouldBe(3, errors);
        errors.ShouldContain("avslutades utan att någon bad om det");
        web.Output.ShouldContain("Öppna http://");
    }

    [Fact]
    public async Task An_end_that_nobody_asked_for_is_told_from_one_that_somebody_did()
    {
        await using var database = await TestDatabase.CreateAsync("sqlite");
        await using var app = await FinsamWeb.CreateAsync(new WebSettings { Address = database.Address, Urls = "http://127.0.0.1:0" });
        await app.StartAsync();
        var waiting = FinsamWeb.WaitAsync(app);
        app.Lifetime.StopApplication();
        (await waiting).ShouldBeFalse();

        await using var other = await FinsamWeb.CreateAsync(new WebSettings { Address = database.Address, Urls = "http://127.0.0.1:0" });
        await other.StartAsync();
        using var asked = new CancellationTokenSource();
        var ending = FinsamWeb.WaitAsync(other, asked.Token);
        await asked.CancelAsync();
        (await ending).ShouldBeTrue();
    }

    /// <summary>Asks until it is so, as long as an answer may be kept.</summary>
    internal static async Task<string> HealthAsync(HttpClient client, HttpStatusCode expected)
    {
        for (var tries = 0; ; tries++)
        {
            using var answer = await client.GetAsync(new Uri("/health", UriKind.Relative));
            if (answer.StatusCode == expected || tries == 20)
                return answer.StatusCode == expected ? await answer.Content.ReadAsStringAsync() : $"{(int)answer.StatusCode}";
            await Task.Delay(500);
        }
    }

    private async Task PrepareAsync()
    {
        using (var web = WebProcess.Start(_folder, "--ny", "--urls", "http://127.0.0.1:0"))
        {
            await web.AddressAsync();
            await web.StopAsync();
        }

        Unprivileged.Own(_folder);
    }

    private static void ShouldBeASentence((int ExitCode, string Errors) end, string words)
    {
        end.ExitCode.ShouldBe(1, end.Errors);
        end.Errors.ShouldContain(words);
        end.Errors.Trim().Split('\n').ShouldHaveSingleItem();
        end.Errors.ShouldNotContain("Exception");
        end.Errors.ShouldNotContain("   at ");
    }
}
