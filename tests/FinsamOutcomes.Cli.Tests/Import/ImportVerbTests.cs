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

        // Sums too; what can be measured is known here.
        const string Targets = "ar;insats;matt;definition;riktning;mal";
        var targets = finsam.File("mal.csv", Targets, "2024;Åkern;positiva-avslut;arbete-eller-studier;minst;45 %", "2024;;genomstromming;;minst;0,4");
        (await finsam.RunAsync("import", "mal", targets)).Output.ShouldContain(
            "[kod-okand] matt har det okända värdet ”genomstromming”. Menar du genomstromning?");
        targets = finsam.File("mal.csv", Targets, "2024;Åkern;positiva-avslut;arbete-eller-studier;minst;45 %");
        (await finsam.RunAsync("import", "mal", targets)).Output.ShouldContain("nya 1");
        (await finsam.RunAsync("export", "mal", "--out", exported)).ExitCode.ShouldBe(0);
        (await File.ReadAllLinesAsync(exported))[1].ShouldBe("2024;Åkern;positiva-avslut;arbete-eller-studier;minst;0,45");
    }

    [Fact]
    public async Task A_workbook_with_foreign_headings_is_read_with_a_map_and_corrects_when_asked_and_faults_are_told_once()
    {
        using var finsam = new FinsamProcess();
        (await finsam.RunAsync("init", "--forbund", "Prov")).ExitCode.ShouldBe(0);
        await finsam.RunAsync("import", "insatser", finsam.File("insatser.csv", Insatser, "Åkern;;individinriktad;individ;nej;2020-01-01;;"));
        var map = Path.Combine(finsam.Folder, "karta.csv");
        (await finsam.RunAsync("karta", "deltagare", "--sus", "--out", map)).ExitCode.ShouldBe(0);
        await File.AppendAllLinesAsync(map, ["Kod hos oss;deltagarkod;;", ";avslutsanledning;Jobb på riktigt;arbete"]);
        var workbook = Book("lista.xlsx", ["K1", "Åkern", "Kvinna", 1990, null, new DateOnly(2024, 2, 1), new DateOnly(2024, 5, 1), "Jobb på riktigt"]);
        (await finsam.RunAsync("import", "deltagare", workbook, "--rubrikrad", "2")).Output.ShouldContain("Kolumn A ”Kod hos oss” är okänd.");
        (await finsam.RunAsync("import", "deltagare", workbook, "--rubrikrad", "2", "--karta", map)).Output.ShouldContain("(Excel, bladet ”Lista”)");

        (await finsam.RunAsync("karta", "deltagare", "--spara", map)).Output.ShouldContain("Sparat:");
        var changed = Book("ny.xlsx", ["K1", "Åkern", "Kvinna", 1990, null, new DateOnly(2024, 2, 1), new DateOnly(2024, 5, 2), "Utbildning"]);
        (await finsam.RunAsync("import", "deltagare", changed, "--rubrikrad", "2")).Output.ShouldContain("[deltagande-avviker]");
        var shown = await finsam.RunAsync("import", "deltagare", changed, "--rubrikrad", "2", "--ratta");
        shown.Output.ShouldContain("rad 3, K1: utskriven 2024-05-01 → 2024-05-02");
        shown.Output.ShouldContain("rad 3, K1: avslutsanledning arbete → studier");
        shown.Output.ShouldContain("Ingenting har sparats.");
        (await finsam.RunAsync("import", "deltagare", changed, "--rubrikrad", "2", "--ratta", "--ja")).Output.ShouldContain("Sparat.");
        (await finsam.RunAsync("import", "deltagare", changed, "--rubrikrad", "2")).Output.ShouldContain("redan registrerade 1");

        var many = finsam.File("manga.csv", [Deltagare, .. Enumerable.Range(1, 267).Select(i => $"B{i};Åkern;man;1990;;2024-02-01;2024-03-01;flyttt")]);
        var told = await finsam.RunAsync("import", "deltagare", many);
        told.Output.ShouldContain(
            "manga.csv, rad 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 och 255 rader till, kolumn avslutsanledning: fel [kod-okand] "
            + "avslutsanledning har det okända värdet ”flyttt”. Menar du flyttat?");
        told.Output.Split("flyttt").Length.ShouldBe(2);

        // So is a warning that says the same of many people.
        string[] People(char code) =>
            [Deltagare, .. Enumerable.Range(0, 200).Select(i => $"{code}{i};Åkern;man;{1950 + (i % 50)};;2024-02-01;2024-03-01;flyttat")];
        await finsam.RunAsync("import", "deltagare", finsam.File("b.csv", People('B')));
        var alike = (await finsam.RunAsync("import", "deltagare", finsam.File("c.csv", People('C')), "--dry-run")).Output;
        alike.Split("[kanske-samma-person]").Length.ShouldBe(2);
        alike.ShouldContain("och 188 rader till, kolumn deltagarkod: varning [kanske-samma-person] deltagarkod är ny, men någon i registret har");

        string Book(string name, object?[] row)
        {
            var path = Path.Combine(finsam.Folder, name);
            object?[] headings = ["Kod hos oss", "Aktivitet", "Kön", "Födelseår", "Utbildningsnivå", "Startdatum", "Slutdatum", "Orsak till avslut"];
            File.WriteAllBytes(path, new InventedWorkbook().Sheet("Lista", [["Lista 2024"], headings, row]).ToArray());
            return path;
        }
    }

    [Fact, OnlySqlite("it is about files, the same whatever the database is.")]
    public async Task What_is_written_replaces_files_only_and_what_a_link_leads_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such files.");
        using var finsam = new FinsamProcess();
        await finsam.RunAsync("init", "--forbund", "Prov");
        var wrong = finsam.File("fel.csv", Deltagare, "A1;Okänd;kvinna;1990;;2024-02-01;;");
        string[][] verbs =
        [
            ["export", "deltagare", "--out"],
            ["statistik", "deltaganden", "--from", "2024", "--out"],
            ["import", "deltagare", wrong, "--rapport"],
        ];
        var pipe = Path.Combine(finsam.Folder, "ror");
        using (var made = System.Diagnostics.Process.Start("mkfifo", pipe))
            await made.WaitForExitAsync();
        var link = Path.Combine(finsam.Folder, "lank.csv");
        foreach (var verb in verbs)
        {
            foreach (
                var (path, why) in new[]
                {
                    (pipe, "är ingen vanlig fil och skrivs inte över"),
                    ("/dev/null", "är ingen vanlig fil och skrivs inte över"),
                    (finsam.Folder, "är en mapp"),
                })
            {
                var (exitCode, _, error) = await finsam.RunAsync([.. verb, path]);
                (exitCode, error.Trim()).ShouldBe((1, $"{path} {why}. {(path == finsam.Folder ? "Ange en fil i den." : "Välj ett annat namn.")}"), verb[0]);
            }

            // An empty file is a file.
            var real = finsam.File("riktig.csv");
            File.Delete(link);
            File.CreateSymbolicLink(link, real);
            await finsam.RunAsync([.. verb, link]);
            new FileInfo(link).LinkTarget.ShouldBe(real, verb[0]);
            new FileInfo(real).Length.ShouldBeGreaterThan(0, verb[0]);
        }

        // A link to nothing makes what it leads to.
        var led = Path.Combine(finsam.Folder, "blir.csv");
        File.CreateSymbolicLink(Path.Combine(finsam.Folder, "lank2.csv"), led);
        (await finsam.RunAsync("export", "deltagare", "--out", Path.Combine(finsam.Folder, "lank2.csv"))).ExitCode.ShouldBe(0);
        File.Exists(led).ShouldBeTrue();
        File.Exists(pipe).ShouldBeTrue();
        Directory.GetFiles(finsam.Folder, "*.ofardig").ShouldBeEmpty();
    }

    [Theory, OnlySqlite("no database is opened.")]
    [InlineData("export deltagare --out", "FIL.csv")]
    [InlineData("mall deltagare --out", "FIL.csv")]
    [InlineData("rapport arsredovisning --ar 2024 --out", "MAPP")]
    [InlineData("export uppfoljning-finsam --ar 2024 --out", "MAPP")]
    [InlineData("statistik deltaganden --from 2024 --out", "FIL")]
    [InlineData("demo --out", "MAPP")]
    public async Task A_value_that_is_empty_is_asked_for(string command, string what)
    {
        using var finsam = new FinsamProcess();
        foreach (var empty in new[] { "", " " })
        {
            var (exitCode, output, error) = await finsam.RunAsync([.. command.Split(' '), empty]);
            (exitCode, output, error.Trim()).ShouldBe((1, "", $"--out är tomt. Ange {what} efter --out."));
        }

        Directory.GetFileSystemEntries(finsam.Folder).ShouldBeEmpty();
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
        var file = finsam.File(
            "deltagare.csv",
            [
                Deltagare,
                .. Enumerable
                    .Range(1, Rows)
                    .Select(i =>
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"K{i:D6};Åkern;{(i % 2 == 0 ? "man" : "kvinna")};{1960 + (i % 40)};gymnasium;2023-01-{1 + (i % 28):D2};2023-10-01;arbete")),
            ]);
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
