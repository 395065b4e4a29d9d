using System.Diagnostics;
using System.Globalization;
using FinsamOutcomes.Data.Backups;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Testing;
using Microsoft.Data.Sqlite;

namespace FinsamOutcomes.Cli.Tests.Backups;

/// <summary>
/// The program killed in the middle of what is done to the whole database. More kills than here are tried when
/// <c>FINSAM_LONG</c> says how many.
/// </summary>
public sealed class KilledTests
{
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("FINSAM_LONG"), CultureInfo.InvariantCulture, out var many) ? many : 1;

    [Fact, OnlySqlite("a server makes its own backups.")]
    public async Task What_has_a_backups_name_is_whole_and_a_database_is_the_one_before_or_the_one_put_back()
    {
        Assert.SkipWhen(!LongRun.IsOn, LongRun.Off);
        using var two = await TwoForbund.MakeAsync();
        two.Fill(megabytes: 8);
        var kept = Path.Combine(two.Finsam.Folder, "kopior");
        (await two.Finsam.RunAsync("backup", "--out", kept)).ExitCode.ShouldBe(0);
        var (random, middle, before, after) = (new Random(7), 0, 0, 0);
        for (var i = 0; i < Kills; i++)
        {
            middle += await KillAsync(two, random, kept, ".pagar-*", 150, "backup", "--out", kept, "--behall", "2") ? 1 : 0;
            foreach (var folder in Directory.GetDirectories(kept, "finsam-*"))
                await KeptBackup.Open(folder).VerifyAsync();
            two.Ask("PRAGMA integrity_check").ShouldBe("ok");
        }

        (await two.Finsam.RunAsync("backup", "--out", kept)).ExitCode.ShouldBe(0);
        Directory.GetDirectories(kept, ".pagar-*").ShouldBeEmpty();

        // The one that is there has somebody more.
        await two.AddAsync(0, "NY", "Ny Exempel");
        var latest = KeptBackup.In(kept, KeptBackup.Open(Directory.GetDirectories(kept, "finsam-*")[0]).Manifest.DatabaseMark, TimeProvider.System)[^1].Folder;
        for (var i = 0; i < Kills; i++)
        {
            if (two.Number("SELECT COUNT(*) FROM participant WHERE code = 'NY'") == 0)
                await two.AddAsync(0, "NY", "Ny Exempel");
            SqliteConnection.ClearAllPools();
            await KillAsync(two, random, two.Finsam.Folder, "*aterstalls-*", 900, "restore", latest, "--ersatt");
            two.Ask("PRAGMA integrity_check").ShouldBe("ok");
            var isBack = two.Number("SELECT COUNT(*) FROM participant WHERE code = 'NY'") == 0;
            (before, after) = isBack ? (before, after + 1) : (before + 1, after);
            two.Number("SELECT COUNT(*) FROM participant").ShouldBe((2 * TwoForbund.Few) + (isBack ? 0 : 1));
            SqliteConnection.ClearAllPools();
            foreach (var replaced in Directory.GetFiles(two.Finsam.Folder, "*.ersatt-*"))
                File.Delete(replaced);
        }

        SqliteConnection.ClearAllPools();
        (await two.Finsam.RunAsync("restore", latest, "--ersatt")).ExitCode.ShouldBe(0);
        Directory.GetDirectories(two.Finsam.Folder, "*aterstalls-*").ShouldBeEmpty();
        await two.RequireReadableAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"backup: {middle} of {Kills} in the middle; restore: {before} before, {after} after");
        (before + after).ShouldBe(Kills);
    }

    [Fact, OnlySqlite("the key of this test lies beside its database.")]
    public async Task With_the_key_half_changed_everything_is_read_and_found_and_the_same_again_ends_it()
    {
        Assert.SkipWhen(!LongRun.IsOn, LongRun.Off);
        // Several batches, where there are many kills to try.
        using var two = await TwoForbund.MakeAsync(Kills > 10 ? 400 : TwoForbund.Few);
        var key = KeyFile.PathFor(two.Database);
        var began = Stopwatch.GetTimestamp();
        (await two.Finsam.RunAsync("nyckel", "byt")).ExitCode.ShouldBe(0);
        var whole = Stopwatch.GetElapsedTime(began);
        var (random, middle, changes) = (new Random(3), 0, 0);
        for (var i = 0; i < Kills; i++)
        {
            // What is to be done differs with what the last one left; it is killed at any time of it.
            using (var process = two.Finsam.Start("nyckel", "byt"))
            {
                await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(whole * (0.3 + (0.8 * random.NextDouble()))));
                process.Kill();
                await process.WaitForExitAsync();
            }

            middle += (await File.ReadAllLinesAsync(key)).Length > 1 ? 1 : 0;
            await two.RequireReadableAsync();
            two.Ask("PRAGMA integrity_check").ShouldBe("ok");

            // Now and then it is let to end; else the next kill meets what this one left.
            if (i % 3 != 2)
                continue;
            var ended = await two.Finsam.RunAsync("nyckel", "byt");
            (ended.ExitCode, ended.Error, (await File.ReadAllLinesAsync(key)).Length).ShouldBe((0, "", 1));
            await two.RequireReadableAsync(asksMore: true);
            changes++;
        }

        (await two.Finsam.RunAsync("nyckel", "byt")).ExitCode.ShouldBe(0);
        await two.RequireReadableAsync(asksMore: true);
        (await two.Finsam.RunAsync("kontroll")).ExitCode.ShouldBe(0);
        TestContext.Current.TestOutputHelper?.WriteLine($"key: {middle} of {Kills} in the middle, {changes} ended");
    }

    // Killed at a moment that depends on how far it has come; whether it left its work half done.
    private static async Task<bool> KillAsync(
        TwoForbund two,
        Random random,
        string folder,
        string unfinished,
        int mostMilliseconds,
        params string[] arguments)
    {
        var left = Directory.GetDirectories(folder, unfinished);
        using var process = two.Finsam.Start(arguments);
        while (!process.HasExited && New().Count == 0)
            await Task.Delay(1);
        await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * mostMilliseconds)));
        process.Kill();
        await process.WaitForExitAsync();
        return New().Count > 0;

        List<string> New() => [.. Directory.GetDirectories(folder, unfinished).Except(left, StringComparer.Ordinal)];
    }
}
