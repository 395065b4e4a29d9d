using System.Text;
using System.Text.RegularExpressions;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Import;

public sealed class ImportRuleTests
{
    private const string More =
        ImportFixture.Deltagare + ";koad;planerat_avslut;remittent;forsorjning_fore;forsorjning_efter;arbete_fore;studier_fore;soker_arbete_fore";

    [Fact]
    public async Task A_code_that_looks_like_a_name_is_warned_of_once_for_each_new_participant_and_saved()
    {
        await using var fixture = await ImportFixture.CreateAsync();
        var result = await fixture.ImportAsync(
            ImportKind.Deltagare,
            ImportFixture.Deltagare,
            "Åsa Öström;Insam;kvinna;1990;;2024-01-15;2024-03-01;arbete",
            "åsa öström;Åkern;kvinna;1990;;2024-04-15;;",
            "KU Lund 7;Insam;man;1980;;2024-01-10;;");
        result.IsSaved.ShouldBeTrue();
        var warning = result.Problems.Kept.Where(p => p.Rule.Code == "kod-som-namn").ShouldHaveSingleItem();
        (warning.Line, warning.Column, warning.Rule.IsWarning).ShouldBe((2, "deltagarkod", true));
        warning.Message.ShouldNotContain("Öström");
    }

    // One row of deltagare, put at line 3 after a correct one: the rule and the column that it breaks.
    [Theory]
    [InlineData("B2;Insma;man;1980;;2024-01-10;;", "insats-okand", "insats")]
    [InlineData("B2;Insam;kvina;1980;;2024-01-10;;", "kod-okand", "kon")]
    [InlineData("B2;Insam;;1980;;2024-01-10;;", "falt-tomt", "kon")]
    [InlineData(";Insam;man;1980;;2024-01-10;;", "falt-tomt", "deltagarkod")]
    [InlineData("B2;Insam;man;1980;gymnasiet;2024-01-10;;", "kod-okand", "utbildning")]
    [InlineData("B2;Insam;man;1980;;2024-01-10;2024-02-01;arbbete", "kod-okand", "avslutsanledning")]
    [InlineData("B2;Insam;man;1980;;2024-02-30;;", "datum-finns-inte", "inskriven")]
    [InlineData("B2;Insam;man;1980;;2023-02-29;;", "datum-finns-inte", "inskriven")]
    [InlineData("B2;Insam;man;1980;;10 januari;;", "datum-ogiltigt", "inskriven")]
    [InlineData("B2;Insam;man;1980;;01-10-2024;;", "datum-ogiltigt", "inskriven")]
    [InlineData("B2;Insam;man;1980;;5/13/2024;;", "datum-manad-forst", "inskriven")]
    [InlineData("B2;Insam;man;1980;;45415;;", "datum-dagnummer", "inskriven")]
    [InlineData("B2;\"Insam\nÅkern\";man;1980;;2024-01-10;;", "radbrytning", "insats")]
    [InlineData("B2;Insam;man;1980;#SAKNAS!;2024-01-10;;", "cell-fel", "utbildning")]
    [InlineData("Summa;;2;;;;;", "summarad", "deltagarkod")]
    [InlineData("B2;Insam;man;1980;;1989-12-31;;", "datum-utanfor", "inskriven")]
    [InlineData("B2;Insam;man;1980;;2060-01-01;;", "datum-utanfor", "inskriven")]
    [InlineData("B2;Insam;man;1980;;2025-01-01;;", "datum-framtida", "inskriven")]
    [InlineData("B2;Insam;man;1980;;2024-01-10;2024-01-09;arbete", "datum-ordning", "utskriven")]
    [InlineData("B2;Insam;man;1980;;;;", "inskriven-saknas", "inskriven")]
    [InlineData("B2;Insam;man;1980;;2024-01-10;;arbete", "avslut-utan-datum", "avslutsanledning")]
    [InlineData("B2;Insam;man;80;;2024-01-10;;", "fodelsear-ogiltigt", "fodelsear")]
    [InlineData("B2;Insam;man;okänt;;2024-01-10;;", "fodelsear-ogiltigt", "fodelsear")]
    [InlineData("B2;Insam;man;2025;;2024-01-10;;", "fodelsear-orimligt", "fodelsear")]
    [InlineData("B2;Nätverket;man;1980;;2024-01-10;;", "insats-utan-deltagare", "insats")]
    [InlineData("19800101-1234;Insam;man;1980;;2024-01-10;;", "personnummer", "deltagarkod")]
    [InlineData("800101-1234;Insam;man;1980;;2024-01-10;;", "personnummer", "deltagarkod")]
    [InlineData("B2;Anna 198001011234;man;1980;;2024-01-10;;", "personnummer", "insats")]
    [InlineData("B2;Insam;man;198061-1234;;198001611234;;", "personnummer", "inskriven")]
    [InlineData("B2;Insam;man;0501011234;;2024-01-10;;", "personnummer", "fodelsear")]
    [InlineData("A1;Insam;man;1990;;2024-05-10;;", "deltagare-avviker", "kon")]
    [InlineData("A1;Åkern;kvinna;1991;;2024-05-10;;", "deltagare-avviker", "fodelsear")]
    [InlineData("A1;Insam;kvinna;1990;;2024-01-15;;", "dubblett", "deltagarkod")]
    [InlineData("a1;Insam;kvinna;1990;;2024-02-15;;", "deltagande-overlappar", "inskriven")]
    [InlineData("B2;Insam;man;1980;;2024-01-10;;;x", "falt-antal", "")]
    [InlineData("B2;In\"sam;man;1980;;2024-01-10;;", "citattecken", "")]
    [InlineData("B\u00012;Insam;man;1980;;2024-01-10;;", "styrtecken", "deltagarkod")]
    public async Task A_broken_row_is_told_with_its_line_column_and_rule_and_nothing_is_saved(string row, string rule, string column)
    {
        await using var fixture = await ImportFixture.CreateAsync();
        var result = await fixture.ImportAsync(
            ImportKind.Deltagare,
            ImportFixture.Deltagare,
            "A1;Insam;kvinna;1990;gymnasium;2024-01-15;2024-03-01;arbete",
            row);
        result.IsSaved.ShouldBeFalse();
        result.Problems.Kept.ShouldContain(
            p => p.Rule.Code == rule && p.Line == 3 && p.Column == column,
            string.Join(" | ", result.Problems.Kept.Select(p => p.ToString())));
        result.Problems.Kept.ShouldAllBe(p => !p.Message.Contains("1234", StringComparison.Ordinal));
        (await fixture.CountsAsync()).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData("B2;Insam;man;1980;;2024-03-01;;;2024-04-01;;;;;;;", "datum-ordning", "inskriven")]
    [InlineData("B2;Insam;man;1980;;2024-03-01;;;;ja;;;;;;", "avslut-utan-datum", "planerat_avslut")]
    [InlineData("B2;Insam;man;1980;;2024-03-01;;;;;kommunen;;;;;", "kod-okand", "remittent")]
    [InlineData("B2;Insam;man;1980;;2024-03-01;;;;;;sjukpening:50;;;;", "kod-okand", "forsorjning_fore")]
    [InlineData("B2;Insam;man;1980;;2024-03-01;;;;;;sjukpenning:60,lon:50;;;;", "forsorjning-ogiltig", "forsorjning_fore")]
    [InlineData("B2;Insam;man;1980;;2024-03-01;;;;;;lon:50,lon:50;;;;", "forsorjning-ogiltig", "forsorjning_fore")]
    [InlineData("B2;Insam;man;1980;;2024-03-01;;;;;;;;50;;", "sysselsattning-ofullstandig", "arbete_fore")]
    [InlineData("B2;Insam;man;1980;;2024-03-01;;;;;;;;150;0;ja", "tal-utanfor", "arbete_fore")]
    public async Task The_optional_columns_are_checked_too(string row, string rule, string column)
    {
        await using var fixture = await ImportFixture.CreateAsync();
        var result = await fixture.ImportAsync(ImportKind.Deltagare, More, row);
        result.Problems.Kept.ShouldContain(
            p => p.Rule.Code == rule && p.Line == 2 && p.Column == column,
            string.Join(" | ", result.Problems.Kept.Select(p => p.ToString())));
    }

    [Theory]
    [InlineData("A1;Insam;Min väg;start;2024-01-15;halsa;11", "varde-utanfor-skalan", "varde")]
    [InlineData("A1;Insam;Min väg;start;2024-01-15;halsa;4,00001", "tal-utanfor", "varde")]
    [InlineData("A1;Insam;Min väg;start;2024-01-15;halsa;", "falt-tomt", "varde")]
    [InlineData("A1;Insam;Min väg;start;2024-01-15;halsa;bra", "tal-ogiltigt", "varde")]
    [InlineData("A1;Insam;Min väg;begynnelse;2024-01-15;halsa;4", "kod-okand", "tillfalle")]
    [InlineData("A1;Insam;Min väg;start;2024-01-15;halsan;4", "fraga-okand", "fraga")]
    [InlineData("A1;Insam;Min vag;start;2024-01-15;halsa;4", "instrument-okant", "instrument")]
    [InlineData("A9;Insam;Min väg;start;2024-01-15;halsa;4", "deltagare-okand", "deltagarkod")]
    [InlineData("A1;Åkern;Min väg;start;2024-01-15;halsa;4", "deltagande-okant", "insats")]
    [InlineData("A1;Insam;Min väg;start;2023-01-15;halsa;4", "datum-utanfor-deltagande", "datum")]
    [InlineData("A1;Insam;Min väg;start;2024-01-16;tro;4", "dubblett", "fraga")]
    public async Task Answers_are_checked_against_what_is_registered(string row, string rule, string column)
    {
        await using var fixture = await ImportFixture.CreateAsync();
        await fixture.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, "A1;Insam;kvinna;1990;gymnasium;2024-01-15;2024-03-01;arbete");
        var result = await fixture.ImportAsync(ImportKind.Sjalvskattning, ImportFixture.Sjalvskattning, "A1;Insam;Min väg;start;2024-01-16;tro;3,5", row);
        result.Problems.Kept.ShouldContain(
            p => p.Rule.Code == rule && p.Line == 3 && p.Column == column,
            string.Join(" | ", result.Problems.Kept.Select(p => p.ToString())));
    }

    [Theory]
    [InlineData("{51};1;deltagare;mat;Äter du bra?;1;10;hogre_ar_battre;1", "text-for-lang", "instrument")]
    [InlineData("Ny;1;deltagare;{51};Äter du bra?;1;10;hogre_ar_battre;1", "text-for-lang", "fraga")]
    [InlineData("Ny;1;deltagare;mat;{1001};1;10;hogre_ar_battre;1", "text-for-lang", "text")]
    [InlineData("Ny;1;deltagare;mat;Äter du bra?;0,12345;10;hogre_ar_battre;1", "tal-utanfor", "min")]
    [InlineData("Ny;1;deltagare;mat;Äter du bra?;1;100000;hogre_ar_battre;1", "tal-utanfor", "max")]
    [InlineData("Ny;1;deltagare;mat;Äter du bra?;1;10;hogre_ar_battre;0,00001", "tal-utanfor", "minsta_viktiga_forandring")]
    public async Task A_question_is_no_larger_than_what_is_kept_of_it(string row, string rule, string column)
    {
        await using var fixture = await ImportFixture.CreateAsync();
        row = Regex.Replace(row, @"\{(\d+)\}", m => new string('å', int.Parse(m.Groups[1].Value)));
        var result = await fixture.ImportAsync(ImportKind.Instrument, ImportFixture.Instrument, row);
        result.Problems.Kept.ShouldContain(
            p => p.Rule.Code == rule && p.Line == 2 && p.Column == column,
            string.Join(" | ", result.Problems.Kept.Select(p => p.ToString())));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task The_largest_question_and_answer_are_kept_whole(string engine)
    {
        await using var fixture = await ImportFixture.CreateAsync(engine);
        var (code, body) = (new string('å', 50), new string('ö', 1000));
        (
            await fixture.ImportAsync(
                ImportKind.Instrument,
                ImportFixture.Instrument,
                $"{code};1;deltagare;{code};{body};-99999,9999;99999,9999;hogre_ar_battre;0,0001")).IsSaved.ShouldBeTrue();
        (await fixture.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, "A1;Insam;kvinna;1990;;2024-01-15;;")).IsSaved.ShouldBeTrue();
        (
            await fixture.ImportAsync(ImportKind.Sjalvskattning, ImportFixture.Sjalvskattning, $"A1;Insam;{code};start;2024-01-16;{code};-99999,9999")
        ).IsSaved.ShouldBeTrue();
        Encoding
            .UTF8.GetString(await fixture.ExportAsync(ImportKind.Instrument))
            .ShouldContain($"{code};1;deltagare;{code};{body};-99999,9999;99999,9999;hogre_ar_battre;0,0001");
        Encoding.UTF8.GetString(await fixture.ExportAsync(ImportKind.Sjalvskattning)).ShouldContain($";{code};-99999,9999");
    }

    [Theory]
    [InlineData("Åkern;;individinriktad;individ;nej;2020-01-01;;41", "insats-avviker", "platser")]
    [InlineData("Ny;Insam;individinriktad;individ;nej;2020-01-01;;", "overordnad-ogiltig", "overordnad")]
    [InlineData("Ny;Ny;individinriktad;individ;nej;2020-01-01;;", "overordnad-ogiltig", "overordnad")]
    [InlineData("Ny;Insem;individinriktad;individ;nej;2020-01-01;;", "insats-okand", "overordnad")]
    [InlineData("Ny;;individ;individ;nej;2020-01-01;;", "kod-okand", "inriktning")]
    [InlineData("Ny;;strukturovergripande;individ;nej;2020-01-01;;", "uppfoljning-strukturell", "uppfoljningsmetod")]
    [InlineData("Ny;;individinriktad;individ;nej;2020-01-01;2019-01-01;", "datum-ordning", "slutdatum")]
    [InlineData("Ny;;individinriktad;individ;nej;2020-01-01;;fyra", "tal-ogiltigt", "platser")]
    public async Task A_registered_insats_is_not_changed_and_a_delprojekt_needs_its_insats(string row, string rule, string column)
    {
        await using var fixture = await ImportFixture.CreateAsync();
        var result = await fixture.ImportAsync(ImportKind.Insatser, ImportFixture.Insatser, row);
        result.Problems.Kept.ShouldContain(
            p => p.Rule.Code == rule && p.Line == 2 && p.Column == column,
            string.Join(" | ", result.Problems.Kept.Select(p => p.ToString())));
    }

    [Theory]
    [InlineData("2024-12-31", true)]
    [InlineData("", true)]
    [InlineData("2023-12-31", false)]
    public async Task A_delprojekt_that_goes_on_after_its_insats_is_warned_of(string endsOn, bool isWarned)
    {
        await using var fixture = await ImportFixture.CreateAsync();
        var result = await fixture.ImportAsync(
            ImportKind.Insatser,
            ImportFixture.Insatser,
            "Slutad;;individinriktad;individ;nej;2020-01-01;2023-12-31;",
            $"Del;Slutad;individinriktad;individ;nej;2020-01-01;{endsOn};");
        result.IsSaved.ShouldBeTrue();
        result.Problems.Kept.Count(p => p.Rule.Code == "datum-utanfor-overordnad" && p.Column == "slutdatum").ShouldBe(isWarned ? 1 : 0);
    }

    [Fact]
    public async Task An_instrument_that_has_been_used_is_locked_and_one_that_has_not_may_change()
    {
        await using var fixture = await ImportFixture.CreateAsync();
        string[] changed =
        [
            ImportFixture.Instrument,
            "Min väg;1;deltagare;halsa;Hur är det?;1;10;hogre_ar_battre;1",
            "Min väg;1;deltagare;tro;Hur går det?;1;10;hogre_ar_battre;1",
        ];
        await ReplaceAsync(changed, new ImportCounts(0, 1, 1), "2 halsa text: Hur mår du? → Hur är det?");
        string[] more =
        [
            ImportFixture.Instrument + ";text_en",
            "Min väg;1;deltagare;sova;Hur sover du?;0;7,5;lagre_ar_battre;1;",
            "Min väg;1;deltagare;tro;Hur går det?;1;10;hogre_ar_battre;1;How?",
            "Min väg;1;deltagare;halsa;Hur är det?;1;10;hogre_ar_battre;1;",
        ];
        await ReplaceAsync(
            more,
            new ImportCounts(1, 2, 0),
            "2 sova fraga:  → Hur sover du?",
            "3 tro text_en:  → How?",
            "2 alla frågor ordning: halsa, tro → tro, halsa");
        await ReplaceAsync(
            changed,
            new ImportCounts(0, 1, 1, 1),
            "2 sova fraga: Hur sover du? → ",
            "2 alla frågor ordning: tro, halsa → halsa, tro");
        Encoding.UTF8.GetString(await fixture.ExportAsync(ImportKind.Instrument)).ShouldContain("Hur går det?;1;10;hogre_ar_battre;1;How?");
        changed[2] = changed[2].Replace("går det?;1;10", "går det i dag?;0;7,5", StringComparison.Ordinal);
        await ReplaceAsync(
            changed,
            new ImportCounts(0, 1, 1),
            "3 tro text: Hur går det? → Hur går det i dag?",
            "3 tro text_en: How? → ",
            "3 tro min: 1 → 0",
            "3 tro max: 10 → 7,5");
        await fixture.ImportAsync(ImportKind.Deltagare, ImportFixture.Deltagare, "A1;Insam;kvinna;1990;;2024-01-15;;");
        (
            await fixture.ImportAsync(ImportKind.Sjalvskattning, ImportFixture.Sjalvskattning, "A1;Insam;Min väg;start;2024-01-16;tro;vill_ej_svara")
        ).IsSaved.ShouldBeTrue();
        (await fixture.ImportAsync(ImportKind.Instrument, changed)).Counts.Unchanged.ShouldBe(2);
        changed[1] = changed[1].Replace("är det", "mår du", StringComparison.Ordinal);
        var problem = (await fixture.ImportAsync(ImportKind.Instrument, changed)).Problems.Kept.ShouldHaveSingleItem();
        (problem.Rule.Code, problem.Line).ShouldBe(("instrument-last", 2));

        // Nothing is replaced before what it takes the place of has been seen.
        async Task ReplaceAsync(string[] file, ImportCounts counts, params string[] changes)
        {
            var bytes = Encoding.UTF8.GetBytes(string.Join("\r\n", file) + "\r\n");
            var shown = await fixture.ImportAsync(ImportKind.Instrument, bytes);
            (shown.AwaitsConfirmation, shown.IsSaved).ShouldBe((true, false));
            shown.Changes.ShouldAllBe(c => c.Code.StartsWith("Min väg version 1, deltagare: "));
            shown.Changes.Select(c => $"{c.Line} {c.Code[(c.Code.IndexOf(':') + 2)..]} {c.Column}: {c.Before} → {c.After}")
                .ShouldBe(changes, ignoreOrder: true);
            var saved = await fixture.ImportAsync(ImportKind.Instrument, bytes, new ImportOptions { Confirmed = shown.ChangesDigest });
            (saved.IsSaved, saved.Counts).ShouldBe((true, counts));
        }
    }

    [Theory]
    [InlineData("", "fil-tom")]
    [InlineData("deltagarkod;insats;kon;fodelsear;utbildning;inskriven;utskriven;avslutsanledning\r\n", "rader-saknas")]
    [InlineData("A1;Insam;kvinna;1990;;2024-01-15;;\r\n", "rubrikrad-saknas")]
    [InlineData("deltagarkod;insats;kön;fodelsear;utbildning;inskriven;utskriven;avslutsanledning;kon\r\n", "kolumn-dubblett")]
    [InlineData("deltagarkod;insats;kon;fodelsear;utbildning;inskriven;utskriven\r\n", "kolumn-saknas")]
    [InlineData("MZ\0\0\0binärt", "fil-binar")]
    [InlineData("PK\u0003\u0004arbetsbok", "fil-binar")]
    [InlineData(ImportFixture.Sjalvskattning + "\r\nA1;Insam;Min väg;start;2024-01-15;halsa;4\r\n", "fil-annat-slag")]
    public async Task A_file_that_is_no_such_file_says_so(string content, string rule)
    {
        await using var fixture = await ImportFixture.CreateAsync();
        var result = await fixture.ImportAsync(ImportKind.Deltagare, Encoding.UTF8.GetBytes(content));
        result.Problems.Kept.ShouldHaveSingleItem().Rule.Code.ShouldBe(rule);
    }

    [Theory]
    [InlineData(ImportKind.Insatser, ImportFixture.Insatser + ";specifik_inriktning;malgrupper")]
    [InlineData(ImportKind.Instrument, ImportFixture.Instrument)]
    [InlineData(ImportKind.Deltagare, More + ";forsorjning_efter;arbete_efter;studier_efter;soker_arbete_efter")]
    [InlineData(ImportKind.Sjalvskattning, ImportFixture.Sjalvskattning + ";respondent;version;inskriven")]
    public async Task What_is_shown_without_values_never_says_a_name_or_number_that_stands_in_the_file(ImportKind kind, string header)
    {
        const string Name = "Zackarias Zätterqvist";
        await using var fixture = await ImportFixture.CreateAsync();
        var columns = header.Split(';').Distinct().ToArray();
        var examples = ImportFormat.Of(kind).Columns.ToDictionary(c => c.Name, c => c.Example);
        var rows = new List<string>();
        foreach (var word in new[] { Name, "198501011234", "850101-1234", "4711", "2071-03-04", "2024-02-30", "2024-12-31", "1912-12-12", "Z:17" })
        {
            rows.Add(string.Join(';', columns.Select(_ => word)));
            rows.AddRange(columns.Select(target => string.Join(';', columns.Select(c => c == target ? word : examples[c]))));
        }

        var result = await fixture.ImportAsync(kind, [string.Join(';', columns) + ";" + Name, .. rows.Select(r => r + ";")]);
        result.Problems.Errors.ShouldBeGreaterThan(columns.Length);
        var shown = result.Problems.Kept.Select(p => $"{p.Column} {p.WithoutValues} {p.Rule.Action}").ToList();
        foreach (var said in new[] { "Zackarias", "Zätterqvist", "1234", "4711", "2071", "02-30", "12-12", "Z:17" })
            shown.ShouldAllBe(text => !text.Contains(said, StringComparison.Ordinal), said);
        using var report = new MemoryStream();
        ImportReport.Write(result.Problems.Kept, report, fileName: null);
        var csv = Encoding.UTF8.GetString(report.ToArray());
        csv.ShouldNotContain("Zackarias");
        csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1 + result.Problems.Kept.Count);
    }

    [Fact]
    public async Task What_is_sent_is_read_as_a_file_is_and_kept_under_the_name_of_its_kind()
    {
        await using var fixture = await ImportFixture.CreateAsync(isEmpty: true);
        var bytes = Encoding.UTF8.GetBytes(ImportFixture.Insatser + "\r\nÅkern;;individinriktad;individ;nej;2020-01-01;;40\r\n");
        var importer = new Importer(fixture.Test.Database, fixture.ForbundId, "prov");
        (await importer.ImportAsync(ImportKind.Insatser, new MemoryStream(bytes), isDryRun: true)).IsSaved.ShouldBeFalse();
        var result = await importer.ImportAsync(ImportKind.Insatser, new MemoryStream(bytes));
        (result.IsSaved, result.Counts.Added, result.FileName).ShouldBe((true, 1, "insatser.csv"));
    }

    [Fact]
    public async Task A_misspelt_column_suggests_the_nearest_name()
    {
        await using var words = await ImportFixture.CreateAsync();
        var begun = await words.ImportAsync(
            ImportKind.Deltagare,
            ImportFixture.Deltagare,
            "A1;Insam;man;1980;;2024-01-10;2024-02-01;flytt",
            "A2;Insam;man;1980;;2024-01-10;2024-02-01;sjuk",
            "A3;Insam;man;1980;;2024-01-10;2024-02-01;jobb");
        begun.Problems.Kept.Select(p => p.Message.Split("”.")[1]).ShouldBe([" Menar du flyttat?", "", ""]);

        await using var fixture = await ImportFixture.CreateAsync();
        var result = await fixture.ImportAsync(
            ImportKind.Deltagare,
            ImportFixture.Deltagare.Replace("inskriven", "inskrivenn", StringComparison.Ordinal),
            "A1;Insam;kvinna;1990;;2024-01-15;;");
        result.Problems.Kept.Select(p => p.Rule.Code).ShouldBe(["kolumn-okand", "kolumn-saknas"]);
        result.Problems.Kept[0].Message.ShouldEndWith("Menar du inskriven?");
    }

    [Fact]
    public async Task A_folder_and_a_missing_file_are_no_files()
    {
        await using var fixture = await ImportFixture.CreateAsync();
        (await fixture.ImportFileAsync(ImportKind.Deltagare, Path.GetTempPath())).Problems.Kept.ShouldHaveSingleItem().Rule.Code.ShouldBe("fil-ar-mapp");
        (await fixture.ImportFileAsync(ImportKind.Deltagare, Path.Combine(Path.GetTempPath(), "finns", "inte.csv")))
            .Problems.Kept.ShouldHaveSingleItem()
            .Rule.Code.ShouldBe("fil-saknas");
    }

    [Fact]
    public async Task Spaces_of_any_kind_around_a_field_and_signs_that_cannot_be_seen_change_nothing_in_it()
    {
        await using var fixture = await ImportFixture.CreateAsync();
        var people = await fixture.ImportAsync(
            ImportKind.Deltagare,
            "\uFEFF" + More.Replace("kon", "\uFEFFkon\u200B", StringComparison.Ordinal).Replace("inskriven", "in\u00ADskriven", StringComparison.Ordinal),
            "B2\u200B;\u2009Insam\u00AD;man\u200E;\u00A01990\u202F;;\u200E2024-01-10;;;;;;sjukpenning\u00A0: 50\u00A0%,\u2009lon:\u200B50%;;\u00A050;0\u2009;ja\u200B",
            "\u00A0;\u2009;;\u200B;;;;;;;;;;;",
            ";;;;;;;;;;;;;;;\u00A0");
        (people.IsSaved, people.Rows).ShouldBe((true, 1), string.Join(" | ", people.Problems.Kept.Select(p => p.ToString())));
        Encoding.UTF8.GetString(await fixture.ExportAsync(ImportKind.Deltagare)).ShouldContain(
            "B2;Insam;man;1990;;2024-01-10;;;;;;lon:50,sjukpenning:50;;50;0;ja;");
        (
            await fixture.ImportAsync(
                ImportKind.Insatser,
                ImportFixture.Insatser,
                "Ny;;individinriktad;individ;nej;2020-01-01\u00A0;;\u202F40\u00A0")).IsSaved.ShouldBeTrue();
        (await fixture.ImportAsync(ImportKind.Antal, ImportFixture.Antal, "Nätverket;\u00A02023;1\u2009;okant;1\u2009200\u00A0")).IsSaved.ShouldBeTrue();
    }

    [Fact]
    public async Task Every_error_is_told_not_only_the_first()
    {
        await using var fixture = await ImportFixture.CreateAsync();
        var result = await fixture.ImportAsync(
            ImportKind.Deltagare,
            [ImportFixture.Deltagare, .. Enumerable.Range(0, 300).Select(i => $"B{i};Insam;x;19;;2024-02-30;;")]);
        result.Problems.Errors.ShouldBe(900);
        result.Problems.CountsByRule.Values.ShouldBe([300, 300, 300]);
    }

    [Fact]
    public void Rule_codes_are_unique()
    {
        ImportRule.All.Count.ShouldBeGreaterThan(50);
        ImportRule.All.Select(r => r.Code).ShouldBeUnique();
    }
}
