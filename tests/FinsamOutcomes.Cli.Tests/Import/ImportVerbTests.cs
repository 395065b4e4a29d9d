using System.Globalization;
using FinsamOutcomes.Testing;
using Microsoft.Data.Sqlite;

namespace FinsamOutcomes.Cli.Tests.Import;

public sealed class ImportVerbTests
{
    private const string Insatser = "insats;overordnad;inriktning;uppfoljningsmetod;esf;startdatum;slutdatum;platser";
    private const string Deltagare = "deltagarkod;insats;kon;fodelsear;utbildning;inskriven;utskriven;avslutsanledning";

    [Fact]
    public async Task A_file_is_imported_once_and_reported_row_by_row_when_it_is_wrong()
    {
        using var finsam = new FinsamProcess();
        (await finsam.RunAsync("init", "--forbund", "Prov")).ExitCode.ShouldBe(0);
        var insatser = finsam.File("insatser.csv", Insatser, "Åkern;;individinriktad;individ;nej;2020-01-01;;");
        (await finsam.RunAsync("import", "insatser", insatser)).Output.ShouldContain("nya 1");
        (await finsam.RunAsync("import", "insatser", insatser)).Output.ShouldContain("Ingenting har ändrats");

        var wrong = finsam.File("fel.csv", Deltagare, "A1;Åkren;kvinna;1990;;2024-02-30;;", "A2;Åkern;kvina;90;;2024-02-01;;");
        var report = Path.Combine(finsam.Folder, "rapport.csv");
        var (exitCode, output, _) = await finsam.RunAsync("import", "deltagare", wrong, "--rapport", report);
        exitCode.ShouldBe(1);
        output.ShouldContain("fel.csv, rad 2, kolumn insats: fel [insats-okand] insats har det okända värdet ”Åkren”. Menar du Åkern?");
        output.ShouldContain("fel.csv, rad 2, kolumn inskriven: fel [datum-finns-inte]");
        output.ShouldContain("fel.csv, rad 3, kolumn kon: fel [kod-okand] kon har det okända värdet ”kvina”. Menar du kvinna?");
        output.ShouldContain("Ingenting har sparats.");
        (await File.ReadAllLinesAsync(report)).Length.ShouldBe(5);

        var right = finsam.File("ratt.csv", Deltagare, "A1;Åkern;kvinna;1990;;2024-02-01;;");
        (await finsam.RunAsync("import", "deltagare", right, "--dry-run")).Output.ShouldContain("Provkörning: ingenting har sparats.");
        (await finsam.RunAsync("import", "deltagare", right)).Output.ShouldContain("Sparat.");
        var exported = Path.Combine(finsam.Folder, "ut.csv");
        (await finsam.RunAsync("export", "deltagare", "--out", exported)).ExitCode.ShouldBe(0);
        (await File.ReadAllLinesAsync(exported))[1].ShouldStartWith("A1;Åkern;kvinna;1990;;2024-02-01;;;");
        (await finsam.RunAsync("import", "deltagare", exported)).Output.ShouldContain("redan registrerade 1");
        (await finsam.RunAsync("import", "deltagare", "finns-inte.csv")).Output.ShouldContain("[fil-saknas]");
    }

    [Fact, OnlySqlite("no database is opened.")]
    public async Task The_template_has_the_columns_that_the_help_explains()
    {
        using var finsam = new FinsamProcess();
        var (exitCode, template, _) = await finsam.RunAsync("mall", "deltagare");
        exitCode.ShouldBe(0);
        template.ShouldStartWith(Deltagare + ";koad;");
        var help = (await finsam.RunAsync("import", "deltagare", "--help")).Output;
        foreach (var column in template.Trim().Split(';'))
            help.ShouldContain($"  {column}");
        help.ShouldContain("datum-finns-inte");
        help.ShouldContain("eftergymnasial_lang");
    }

    [Fact, OnlySqlite("the file of the database is put back between the kills, and looked into by itself.")]
    public async Task An_import_that_is_killed_at_any_moment_leaves_all_or_nothing()
    {
        const int Rows = 50_000;
        using var finsam = new FinsamProcess();
        await finsam.RunAsync("init", "--forbund", "Prov");
        await finsam.RunAsync("import", "insatser", finsam.File("insatser.csv", Insatser, "Åkern;;individinriktad;individ;nej;2020-01-01;;"));
        var file = finsam.File("deltagare.csv", [Deltagare, .. Enumerable.Range(1, Rows).Select(i => string.Create(CultureInfo.InvariantCulture, $"K{i:D6};Åkern;{(i % 2 == 0 ? "man" : "kvinna")};{1960 + (i % 40)};gymnasium;2023-01-{1 + (i % 28):D2};2023-10-01;arbete"))]);
        SqliteConnection.ClearAllPools();
        var fresh = await File.ReadAllBytesAsync(finsam.Database);
        foreach (var wal in Directory.GetFiles(finsam.Folder, "*-wal"))
            new FileInfo(wal).Length.ShouldBe(0);
        var whole = System.Diagnostics.Stopwatch.StartNew();
        (await finsam.RunAsync("import", "deltagare", file)).ExitCode.ShouldBe(0);
        var duration = whole.Elapsed;
        Count(finsam).ShouldBe((Rows, Rows, 2, "ok"));

        var random = new Random(7);
        var outcomes = new List<int>();
        for (var i = 0; i < 8; i++)
        {
            foreach (var old in Directory.GetFiles(finsam.Folder, "finsam.sqlite*"))
                File.Delete(old);
            await File.WriteAllBytesAsync(finsam.Database, fresh);
            using var process = finsam.Start("import", "deltagare", file);

            // Evenly over the run, and a little past its end.
            await Task.Delay(duration * ((i + random.NextDouble()) / 7.5));
            process.Kill();
            await process.WaitForExitAsync();
            var (participants, participations, batches, integrity) = Count(finsam);
            integrity.ShouldBe("ok");
            participants.ShouldBeOneOf(0, Rows);
            participations.ShouldBe(participants);
            batches.ShouldBe(participants == 0 ? 1 : 2);
            outcomes.Add(participants);
        }

        outcomes.ShouldContain(0);
    }

    private static (int Participants, int Participations, int Batches, string Integrity) Count(FinsamProcess finsam)
    {
        using var connection = new SqliteConnection($"Data Source={finsam.Database};Pooling=False");
        connection.Open();
        int Number(string table)
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT COUNT(*) FROM {table}";
            return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        }

        using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        return (Number("participant"), Number("participation"), Number("import_batch"), (string)check.ExecuteScalar()!);
    }
}
