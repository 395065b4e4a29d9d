using System.Text;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Import;

public sealed class ImporterTests
{
    private const string More =
        ImportFixture.Deltagare
        + ";koad;planerat_avslut;remittent;forsorjning_fore;forsorjning_efter;arbete_fore;studier_fore;soker_arbete_fore;arbete_efter;studier_efter;soker_arbete_efter";

    private static readonly string[] s_rows =
    [
        More,
        "A1;Insam;kvinna;1990;gymnasium;2024-01-15;2024-03-01;arbete;2024-01-01;ja;arbetsformedlingen;ekonomiskt_bistand:100;lon:50,sjukpenning:50;0;0;ja;50;0;nej",
        "A1;Åkern;kvinna;1990;;2024-03-02;;;;;;;;;;;;;",
        "'=A2;Insam;okänt;;;;;;2024-05-01;;;;;;;;;;",
        "Ö3;\"Insam\";man;1975;okand;2022-01-15;2022-03-01;felregistrering;;nej;;;;;;;;;",
    ];

    [Theory, ClassData(typeof(Engines))]
    public async Task JOBS_II_is_imported_once_and_a_second_time_changes_nothing(string engine)
    {
        await using var fixture = await ImportFixture.CreateAsync(engine, isEmpty: true);
        foreach (
            var (kind, rows) in new[] { (ImportKind.Insatser, 3), (ImportKind.Instrument, 1), (ImportKind.Deltagare, 899), (ImportKind.Sjalvskattning, 1798) }
        )
        {
            var path = SharedData.Path($"jobs2/{ImportFormat.Of(kind).Name}.csv");
            var first = await fixture.ImportFileAsync(kind, path);
            (first.IsSaved, first.Counts).ShouldBe((true, new ImportCounts(rows, 0, 0)));

            // One is older than 70, which is asked about.
            first.Problems.Warnings.ShouldBe(kind == ImportKind.Deltagare ? 1 : 0);
            var second = await fixture.ImportFileAsync(kind, path);
            (second.IsSaved, second.IsValid, second.Counts).ShouldBe((false, true, new ImportCounts(0, 0, rows)));
        }

        await using var session = await fixture.Test.Database.ReadAsync();
        (await session.QueryAsync<AuditEventRow>("Audit.Events", new { ForbundId = fixture.ForbundId })).Count.ShouldBe(5);
        (await AuditLog.CheckAsync(session, fixture.ForbundId)).Fault.ShouldBe(AuditFault.None);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task What_is_exported_is_imported_into_an_empty_database_and_exported_byte_for_byte(string engine)
    {
        await using var first = await ImportFixture.CreateAsync(engine);
        (
            await first.ImportAsync(
                ImportKind.Insatser,
                ImportFixture.Insatser + ";malgrupper;specifik_inriktning",
                "\"+Semi;kolon\";Åkern;individinriktad;individ;ja;2021-01-01;2023-12-31;0;unga,npf;kartlaggning")).IsSaved.ShouldBeTrue();
        (
            await first.ImportAsync(
                ImportKind.Instrument,
                ImportFixture.Instrument + ";text_en",
                "Två;2;handlaggare;a;\"Rad ett\nrad två \"\"citat\"\"\";0;1,5;lagre_ar_battre;0,25;Two")).IsSaved.ShouldBeTrue();
        (await first.ImportAsync(ImportKind.Deltagare, s_rows)).IsSaved.ShouldBeTrue();
        (
            await first.ImportAsync(
                ImportKind.Sjalvskattning,
                ImportFixture.Sjalvskattning + ";respondent",
                "A1;Insam;Min väg;start;2024-01-16;halsa;3,5;",
                "A1;Insam;Min väg;start;2024-01-16;tro;vet_ej;deltagare",
                "A1;Insam;Två;efter;2024-09-16;a;1.25;handläggare")).IsSaved.ShouldBeTrue();

        await first.AddSumsAsync();
        await using var second = await ImportFixture.CreateAsync(engine, isEmpty: true);
        Encoding.UTF8.GetString(await first.ExportAsync(ImportKind.Medel)).ShouldContain("eget_kapital;;-1200\r\n", customMessage: "a number to a spreadsheet");
        foreach (var format in ImportFormat.All)
        {
            var empty = await first.ImportAsync(format.Kind, await second.ExportAsync(format.Kind));
            (empty.IsValid, empty.HasChanges, empty.Problems.Warnings).ShouldBe((true, false, 1), "of what nobody has registered there is a file too");
            var file = await first.ExportAsync(format.Kind);
            var result = await second.ImportAsync(format.Kind, file);
            result.IsSaved.ShouldBeTrue(string.Join(" | ", result.Problems.Kept.Select(p => p.ToString())));
            Encoding.UTF8.GetString(await second.ExportAsync(format.Kind)).ShouldBe(Encoding.UTF8.GetString(file));
            (await first.ImportAsync(format.Kind, file)).Counts.ShouldBe(new ImportCounts(0, 0, result.Rows));
        }

        Encoding
            .UTF8.GetString(await first.ExportAsync(ImportKind.Deltagare))
            .Split("\r\n")[1..4]
            .ShouldBe([
                "A1;Insam;kvinna;1990;gymnasium;2024-01-15;2024-03-01;arbete;2024-01-01;ja;arbetsformedlingen;ekonomiskt_bistand:100;lon:50,sjukpenning:50;0;0;ja;50;0;nej;",
                "A1;Åkern;kvinna;1990;;2024-03-02;;;;;;;;;;;;;;",
                "'=A2;Insam;okant;;;;;;2024-05-01;;;;;;;;;;;",
            ]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Names_with_pictures_full_width_letters_and_ligatures_go_out_and_in_again(string engine)
    {
        await using var first = await ImportFixture.CreateAsync(engine);
        (string Kind, Func<string, Task<ImportResult>> Import)[] steps =
        [
            ("insats", n =>
                first.ImportAsync(
                    ImportKind.Insatser,
                    ImportFixture.Insatser,
                    $"{n};;individinriktad;individ;nej;2020-01-01;;",
                    $"Del {n};{n};individinriktad;individ;nej;2020-01-01;;")),
            ("instrument", n =>
                first.ImportAsync(
                    ImportKind.Instrument,
                    ImportFixture.Instrument,
                    $"{n};1;deltagare;{n};Hur {n}?;1;10;hogre_ar_battre;1",
                    $"{n};1;deltagare;b;Hur?;1;10;hogre_ar_battre;1")),
            ("deltagare", n => first.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, $"{n};Del {n};kvinna;1990;;2024-01-15;;")),
            ("svar", n => first.ImportAsync(ImportKind.Sjalvskattning, ImportFixture.Sjalvskattning, $"{n};Del {n};{n};start;2024-01-16;{n};3")),
        ];
        foreach (var name in new[] { "Grön 🌱 väg", "ＡＢ１", "ﬁx", "🌱" })
        {
            foreach (var (kind, import) in steps)
            {
                var saved = await import(name);
                saved.IsSaved.ShouldBeTrue($"{kind} {name}: {string.Join(" | ", saved.Problems.Kept)}");
                var again = await import(name);
                (again.IsValid, again.Counts.Added, again.Counts.Updated).ShouldBe((true, 0, 0), $"{kind} {name}: {string.Join(" | ", again.Problems.Kept)}");
            }
        }

        await using var second = await ImportFixture.CreateAsync(engine, isEmpty: true);
        foreach (var format in ImportFormat.All.Take(steps.Length))
        {
            var file = await first.ExportAsync(format.Kind);
            var result = await second.ImportAsync(format.Kind, file);
            result.IsSaved.ShouldBeTrue(string.Join(" | ", result.Problems.Kept));
            Encoding.UTF8.GetString(await second.ExportAsync(format.Kind)).ShouldBe(Encoding.UTF8.GetString(file));
            (await first.ImportAsync(format.Kind, file)).Counts.ShouldBe(new ImportCounts(0, 0, result.Rows));
        }

        // What is told of a name is told with all its signs, and cut between two of them.
        (await first.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, "A1;Blå 🌱 väg;kvinna;1990;;2024-01-15;;"))
            .Problems.Kept.ShouldHaveSingleItem()
            .Message.ShouldContain("”Blå 🌱 väg”");
        (await first.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, $"A1;{new string('x', 39)}🌱;kvinna;1990;;2024-01-15;;"))
            .Problems.Kept.ShouldHaveSingleItem()
            .Message.ShouldContain($"”{new string('x', 39)}…”");
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_file_with_a_row_for_every_gender_and_birth_year_is_not_told_which_is_right(string engine)
    {
        await using var fixture = await ImportFixture.CreateAsync(engine);
        await fixture.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, "A1;Insam;kvinna;1990;;2024-01-15;;");
        string[] guesses =
        [
            .. Enumerable.Range(1985, 11).SelectMany(year => new[] { "man", "kvinna" }.Select(gender => $"A1;Insam;{gender};{year};;2024-03-01;;")),
        ];
        var told = (await fixture.ImportAsync(ImportKind.Deltagare, [ImportFixture.Deltagare, .. guesses]))
            .Problems.Kept.Where(p => p.Rule == ImportRule.ParticipantDiffers)
            .ToList();
        told.Select(p => p.Line).Distinct().ShouldBe(Enumerable.Range(2, guesses.Length), "a row without this fault would be the one that is right");
        told.Count(p => p.Message.EndsWith("i registret.", StringComparison.Ordinal)).ShouldBe(1, "only what the file says first is held against the register");
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task What_an_import_fills_in_is_in_the_history_and_among_what_has_changed(string engine)
    {
        await using var f = await ImportFixture.CreateAsync(engine);
        const string columns = "deltagarkod;insats;kon;fodelsear;utbildning;koad;inskriven;utskriven;avslutsanledning;planerat_avslut;"
            + "forsorjning_fore;arbete_fore;studier_fore;soker_arbete_fore";
        await f.ImportAsync(
            ImportKind.Deltagare,
            columns,
            "A1;Insam;kvinna;1990;;2024-01-02;;;;;;;;",
            "A2;Insam;kvinna;1990;;;2024-01-02;;;;;;;");
        await f.ImportAsync(ImportKind.Sjalvskattning, ImportFixture.Sjalvskattning, "A2;Insam;Min väg;start;2024-01-02;halsa;4");
        RegisterMoment moment;
        await using (var session = await f.Test.Database.SnapshotAsync())
            moment = await RegisterMoment.ReadAsync(session, f.ForbundId);

        var filled = await f.ImportAsync(
            ImportKind.Deltagare,
            columns,
            "A1;Insam;kvinna;1990;;2024-01-02;2024-02-01;2024-06-01;arbete;ja;sjukpenning:60,lon:40;25;0;nej",
            "A2;Insam;kvinna;1990;;;2024-01-02;;;;;;;",
            "A3;Insam;man;1991;;;2024-03-01;;;;;;;");
        filled.IsSaved.ShouldBeTrue(string.Join(" | ", filled.Problems.Kept));
        (await f.ImportAsync(ImportKind.Sjalvskattning, ImportFixture.Sjalvskattning, "A2;Insam;Min väg;start;2024-01-02;tro;7")).IsSaved.ShouldBeTrue();

        var changed = await new ChangedRegistrationStore(f.Test.Database).SinceAsync(f.ForbundId, moment);
        changed.Select(c => (c.ParticipantCode, c.IsAdded, string.Join("; ", c.Fields.Select(d => $"{d.Field} {d.Old ?? "–"} → {d.New}")))).ShouldBe(
            [
                (
                    "A1",
                    false,
                    "Before.IsJobSeeking – → false; Before.Livelihoods – → sjukpenning 60, lon 40; Before.StudyPercent – → 0; Before.WorkPercent – → 25; "
                        + "EndedOn – → 2024-06-01; ExitReason – → arbete; IsPlannedExit – → true; StartedOn – → 2024-02-01"
                ),
                ("A2", false, "Answers[tro] – → 7"),
                ("A3", true, ""),
            ],
            ignoreOrder: true);
        var history = await new ChangeHistoryStore(f.Test.Database).OfAsync(f.ForbundId, ChangedEntity.Participation, 1);
        history.Count.ShouldBe(8);
        history.ShouldAllBe(h => h.Version == 2 && h.Actor == "finsam");
        (await new ChangeHistoryStore(f.Test.Database).OfAsync(f.ForbundId, ChangedEntity.Assessment, 1)).ShouldHaveSingleItem().Version.ShouldBe(2);

        // The same file again fills in nothing.
        await f.ImportAsync(ImportKind.Sjalvskattning, ImportFixture.Sjalvskattning, "A2;Insam;Min väg;start;2024-01-02;tro;7");
        (await new ChangeHistoryStore(f.Test.Database).OfAsync(f.ForbundId, ChangedEntity.Assessment, 1)).Count.ShouldBe(1);

        // A year of birth that was left empty is filled in as well; another is still a fault.
        await f.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, "A4;Insam;man;;;2024-03-01;;");
        var born = await f.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, "A4;Insam;man;1988;;2024-03-01;;");
        (born.IsSaved, born.Counts, born.Changes.Count).ShouldBe((true, new ImportCounts(0, 1, 0), 0), string.Join(" | ", born.Problems.Kept));
        (await f.HistoryAsync(ChangedEntity.Participant, 4)).ShouldBe([("BirthYear", null, "1988", 2)]);
        (await f.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, "A4;Insam;man;1989;;2024-03-01;;"))
            .Problems.Kept.ShouldHaveSingleItem().Rule.Code.ShouldBe("deltagare-avviker");
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task An_import_completes_a_queue_with_its_entry_and_a_stay_with_its_exit(string engine)
    {
        await using var fixture = await ImportFixture.CreateAsync(engine);
        await fixture.ImportAsync(ImportKind.Deltagare, More, "A1;Insam;kvinna;1990;;;;;2024-01-01;;;;;;;;;;");
        var entered = await fixture.ImportAsync(ImportKind.Deltagare, More, "A1;Insam;kvinna;1990;;2024-02-01;;;2024-01-01;;;;;;;;;;");
        entered.Counts.ShouldBe(new ImportCounts(0, 1, 0), string.Join(" | ", entered.Problems.Kept.Select(p => p.ToString())));
        string[] exit = [More, "A1;Insam;kvinna;1990;;2024-02-01;2024-06-01;studier;;;;;lon:100;;;;50;0;nej", "A1;Insam;kvinna;1990;;2024-08-01;;;;;;;;;;;;;"];
        (await fixture.ImportAsync(ImportKind.Deltagare, exit)).Counts.ShouldBe(new ImportCounts(1, 1, 0));
        (await fixture.ImportAsync(ImportKind.Deltagare, exit)).Counts.ShouldBe(new ImportCounts(0, 0, 2));
        Encoding
            .UTF8.GetString(await fixture.ExportAsync(ImportKind.Deltagare))
            .ShouldContain("A1;Insam;kvinna;1990;;2024-02-01;2024-06-01;studier;2024-01-01;;;;lon:100;;;;50;0;nej");
        (await fixture.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, "A1;Insam;kvinna;1990;;2024-02-01;2024-06-02;studier"))
            .Problems.Kept.ShouldHaveSingleItem()
            .Rule.Code.ShouldBe("deltagande-avviker");
        (await fixture.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, "A1;Insam;kvinna;1990;;2024-05-01;2024-06-02;studier"))
            .Problems.Kept.ShouldHaveSingleItem()
            .Rule.Code.ShouldBe("deltagande-overlappar");
    }

    [Fact]
    public async Task Encoding_separator_and_decimal_sign_are_recognised()
    {
        const string Text = "deltagarkod,insats,kön,födelseår,utbildning,inskriven,utskriven,avslutsanledning\n\"Å1\",Åkern,kvinna,1990,,2024-01-15,,\n";
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        foreach (
            var (encoding, name, separator) in new[]
            {
                (Encoding.GetEncoding(1252), "Windows-1252", ';'),
                (new UTF8Encoding(true), "UTF-8", ','),
                (new UTF8Encoding(false), "UTF-8", '\t'),
                (Encoding.Unicode, "UTF-16", ';'),
                (Encoding.BigEndianUnicode, "UTF-16", ','),
            })
        {
            await using var fixture = await ImportFixture.CreateAsync();
            var result = await fixture.ImportAsync(ImportKind.Deltagare, [.. encoding.GetPreamble(), .. encoding.GetBytes(Text.Replace(',', separator))]);
            result.IsSaved.ShouldBeTrue(string.Join(" | ", result.Problems.Kept.Select(p => p.ToString())));
            (result.EncodingName, result.Separator).ShouldBe((name, separator));
            Encoding.UTF8.GetString(await fixture.ExportAsync(ImportKind.Deltagare)).ShouldContain("Å1;Åkern;kvinna;1990");
        }
    }

    [Fact]
    public async Task A_dry_run_tells_what_would_happen_and_keeps_nothing()
    {
        await using var fixture = await ImportFixture.CreateAsync();
        var result = await fixture.ImportAsync(ImportKind.Deltagare, Encoding.UTF8.GetBytes(string.Join('\n', s_rows)), isDryRun: true);
        (result.IsSaved, result.Counts.Added).ShouldBe((false, 4));
        (await fixture.CountsAsync()).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Ten_thousand_damaged_files_give_an_error_report_or_a_whole_import()
    {
        await using var fixture = await ImportFixture.CreateAsync();
        var random = new Random(20241231);
        var valid = Encoding.UTF8.GetBytes("\uFEFF" + string.Join("\r\n", s_rows) + "\r\n");
        var (expected, saved, refused) = ((Participants: 0, Participations: 0), 0, 0);
        for (var i = 0; i < 10_000; i++)
        {
            var damaged = Damage.Apply(valid, random);
            var isDryRun = i % 10 != 0;
            var result = await fixture.ImportAsync(ImportKind.Deltagare, damaged, isDryRun);
            result.IsValid.ShouldBe(result.Problems.Errors == 0);
            if (result.IsValid)
                saved++;
            else
                refused++;
            (result.IsValid || result.Counts == default).ShouldBeTrue();
            if (isDryRun)
                continue;
            var after = await fixture.CountsAsync();
            after.Participations.ShouldBe(expected.Participations + (result.IsSaved ? result.Counts.Added : 0));
            if (!result.IsSaved)
                after.ShouldBe(expected);
            expected = after;
        }

        saved.ShouldBeGreaterThan(100);
        refused.ShouldBeGreaterThan(5_000);
    }
}
