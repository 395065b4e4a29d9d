using System.Text;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Import;

public sealed class ImportMapTests
{
    // As an export from another system may look: a title, headings and words of its own, and more columns than are needed.
    private static readonly object?[]?[] s_foreign =
    [
        ["Deltagarlista 2024"],
        null,
        ["Löpnummer", "Namn", "Aktivitet", "Kön", "Födelseår", "Utbildningsnivå", "Startdatum", "Slutdatum", "Orsak till avslut", "Kommentar"],
        ["A1", "Åsa Ölund", "Insam", "Kvinna", 1990, "Gymnasial utbildning", new DateOnly(2024, 1, 15), new DateOnly(2024, 3, 1), "Flytt", "ringt\nigen"],
        ["A2", "Bo Ek", "Steg 2", "Man", 1985, null, new DateOnly(2024, 2, 1), new DateOnly(2024, 6, 1), "Jobb hos kommunen", null],
    ];

    private static readonly byte[] s_file = new InventedWorkbook().Sheet("Blad1", s_foreign).ToArray();

    [Fact]
    public async Task A_file_with_foreign_headings_and_words_is_read_by_the_map_that_comes_with_the_program_and_what_is_added()
    {
        await using var fixture = await ImportFixture.CreateAsync();
        var format = ImportFormat.Of(ImportKind.Deltagare);
        var unmapped = await fixture.ImportAsync(ImportKind.Deltagare, s_file, new ImportOptions { HeaderRow = 3 });
        unmapped.Problems.Kept.ShouldContain(p => p.Rule.Code == "kolumn-okand" && p.Message == "Kolumn I ”Orsak till avslut” är okänd." && p.Line == 3);
        unmapped.Problems.Kept.ShouldContain(p => p.Rule.Code == "kolumn-saknas" && p.Column == "deltagarkod");
        unmapped.Problems.Kept.Where(p => p.Rule.Code == "kolumn-okand").ShouldAllBe(p => !p.WithoutValues.Contains("avslut", StringComparison.Ordinal));

        var sus = ImportMap.Sus(format) with { HeaderRow = 3 };
        var words = await fixture.ImportAsync(ImportKind.Deltagare, s_file, new ImportOptions { Map = sus });
        words.Problems.Kept.Select(p => (p.Line, p.Column, p.Value)).ShouldBe([(5, "insats", "Steg 2"), (5, "avslutsanledning", "Jobb hos kommunen")]);
        words.Problems.Kept[1].Allowed.ShouldContain("subventionerat_arbete");

        var own = sus.With(new ImportMap { Values = [new("insats", "STEG 2", "Åkern"), new("avslutsanledning", "Jobb hos kommunen", "subventionerat_arbete")] });
        (await fixture.ImportAsync(ImportKind.Deltagare, s_file, new ImportOptions { Map = own })).IsSaved.ShouldBeTrue();
        var exported = Encoding.UTF8.GetString(await fixture.ExportAsync(ImportKind.Deltagare));
        exported.ShouldContain("A1;Insam;kvinna;1990;gymnasium;2024-01-15;2024-03-01;flyttat;");
        exported.ShouldContain("A2;Åkern;man;1985;;2024-02-01;2024-06-01;subventionerat_arbete;");
        exported.ShouldNotContain("Ölund");

        // What the file has as names is no word or heading, and what is no short list has no words.
        var named = own.With(new ImportMap { Columns = [new("bo ek", null)], Values = [new("kon", "Åsa Ölund", "kvinna"), new("kon", "Kvinnlig", "kvinna")] });
        var kept = ImportPreview.WithoutIdentities(named, new MemoryStream(s_file), format, new ImportOptions { HeaderRow = 3 });
        (named.Columns.Count - kept.Columns.Count, named.Values.Count - kept.Values.Count).ShouldBe((1, 1));
        kept.Values.ShouldContain(v => v.Value == "Kvinnlig");
        format.Columns.Where(format.TakesWords).Select(c => c.Name).ShouldNotContain(
            n => n == "deltagarkod" || n == "namn" || n == "fodelsear" || n == "inskriven");

        // Also of long lists, and of several words in one field.
        var supported = Encoding.UTF8.GetBytes($"{ImportFixture.Deltagare};forsorjning_fore\nA9;Insam;man;1980;;2024-01-15;;;Soc\n");
        var unknown = (await fixture.ImportAsync(ImportKind.Deltagare, supported)).Problems.Kept.ShouldHaveSingleItem();
        (unknown.Column, unknown.Value, unknown.ToldValue).ShouldBe(("forsorjning_fore", "Soc", "Soc"));
        unknown.Allowed.ShouldContain("ekonomiskt_bistand");
        var halves = new ImportMap { Values = [new("forsorjning_fore", "soc", "ekonomiskt_bistand"), new("forsorjning_fore", "Inget", null)] };
        var half = Encoding.UTF8.GetBytes($"{ImportFixture.Deltagare};forsorjning_fore\nA9;Insam;man;1980;;2024-01-15;;;Soc:50,lon:50,Inget\n");
        (await fixture.ImportAsync(ImportKind.Deltagare, half, new ImportOptions { Map = halves })).IsSaved.ShouldBeTrue();
        Encoding.UTF8.GetString(await fixture.ExportAsync(ImportKind.Deltagare)).ShouldContain("ekonomiskt_bistand:50,lon:50");

        // A tab would stand in the code for ever, and no search would find it.
        var tabbed = Encoding.UTF8.GetBytes($"{ImportFixture.Deltagare}\nA\t10;Insam;man;1980;;2024-01-15;;\n");
        (await fixture.ImportAsync(ImportKind.Deltagare, tabbed)).Problems.Kept.ShouldContain(p => p.Rule.Code == "otillatet-tecken");

        // A code that looks like another's is told of, whatever the facts; zeros before figures only with the same facts.
        var alike = Encoding.UTF8.GetBytes($"{ImportFixture.Deltagare}\na-I;Insam;kvinna;1955;;2024-01-15;;\nB1;Insam;man;1955;;2024-05-15;;\n");
        (await fixture.ImportAsync(ImportKind.Deltagare, alike)).Problems.Kept.ShouldHaveSingleItem().Message
            .ShouldBe("deltagarkod är ny, men A1 i registret har en kod som ser nästan likadan ut. Menar du A1?");

        // The remembered row is a guess: a template has its headings first. A row that is said is obeyed.
        var file = Encoding.UTF8.GetBytes($"{ImportFixture.Deltagare}\nA3;Insam;man;1980;;2024-01-15;;\nA4;Insam;man;1981;;2024-01-15;;\n");
        var template = await fixture.ImportAsync(ImportKind.Deltagare, file, new ImportOptions { Map = own });
        (template.IsSaved, template.Rows).ShouldBe((true, 2));
        var said = await fixture.ImportAsync(ImportKind.Deltagare, file, new ImportOptions { Map = own, HeaderRow = 3 });
        said.Problems.Kept.ShouldContain(p => p.Rule.Code == "kolumn-saknas" && p.Line == 3);
        ImportPreview.Read(new MemoryStream(file), format, new ImportOptions { Map = own })!.HeaderRow.ShouldBe(1);
    }

    [Fact]
    public void Each_heading_and_word_of_the_map_for_sus_stands_for_a_field_and_a_code_that_there_is()
    {
        var format = ImportFormat.Of(ImportKind.Deltagare);
        var map = ImportMap.Sus(format);
        map.Columns.Count.ShouldBeGreaterThan(30);
        map.Columns.Select(c => c.Heading.ToLowerInvariant()).ShouldBeUnique();
        var columns = format.Columns.ToDictionary(c => c.Name);
        foreach (var value in map.Values)
            (value.Field == "kon" || ImportFormat.Codes(columns[value.Field]).Any(c => c.Code == value.Code)).ShouldBeTrue(value.ToString());
        map.Find("ORSAK till avslut")!.Field.ShouldBe("avslutsanledning");
        map.Find("personnummer")!.Field.ShouldBeNull();
    }

    [Fact]
    public void A_map_is_written_as_a_file_and_read_again_as_it_was_and_a_faulty_one_says_where()
    {
        var format = ImportFormat.Of(ImportKind.Deltagare);
        var map = ImportMap.Sus(format).With(new ImportMap { Columns = [new("=Kod; egen", "deltagarkod")], Values = [new("kon", "-", null)] });
        using var file = new MemoryStream();
        map.Write(file);
        var read = ImportMap.Read(new MemoryStream(file.ToArray()), format, out var wrong);
        wrong.ShouldBeNull();
        read!.Columns.ShouldBe(map.Columns);
        read.Values.ShouldBe(map.Values);
        foreach (
            var (text, says) in new[]
            {
                ("rubrik;falt;varde;kod\nKod;deltagarkode;;\n", "Kartans rad 2: ”deltagarkode” är inget fält för deltagare. Menar du deltagarkod?"),
                ("rubrik;falt;varde;kod\n;kon;;kvinna\n", "Kartans rad 2 ska ha antingen en rubrik eller ett värde."),
                ("a;b\nKod;deltagarkod;;\n", "Kartans första rad ska vara rubrik;falt;varde;kod."),
                ("", "Filen är tom."),
            })
        {
            ImportMap.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), format, out var why).ShouldBeNull();
            why.ShouldBe(says);
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_forbund_remembers_its_map_for_each_kind_and_no_other_forbund_has_it(string engine)
    {
        await using var fixture = await ImportFixture.CreateAsync(engine);
        var store = new ImportMapStore(fixture.Test.Database);
        var format = ImportFormat.Of(ImportKind.Deltagare);
        (await store.OfAsync(fixture.ForbundId, format)).IsEmpty.ShouldBeTrue();
        var map = ImportMap.Sus(format) with { HeaderRow = 3 };
        await store.SaveAsync(fixture.ForbundId, format, map, "anna");
        var kept = await store.OfAsync(fixture.ForbundId, format);
        (kept.HeaderRow, kept.Columns.SequenceEqual(map.Columns), kept.Values.SequenceEqual(map.Values)).ShouldBe((3, true, true));
        (await store.OfAsync(fixture.ForbundId, ImportFormat.Of(ImportKind.Insatser))).IsEmpty.ShouldBeTrue();
        (await store.OfAsync(fixture.ForbundId + 1, format)).IsEmpty.ShouldBeTrue();
        await store.SaveAsync(fixture.ForbundId, format, new ImportMap(), "anna");
        (await store.OfAsync(fixture.ForbundId, format)).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void The_first_rows_are_shown_with_the_letter_of_each_column_but_no_personal_number()
    {
        var format = ImportFormat.Of(ImportKind.Deltagare);
        var preview = ImportPreview.Read(new MemoryStream(s_file), format, ImportOptions.None)!;
        preview.HeaderRow.ShouldBe(3);
        preview.Columns.Select(c => c.Letter).ShouldBe(["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"]);
        (preview.Columns[8].Heading, preview.Columns[8].Samples[0], preview.Columns[3].Field).ShouldBe(("Orsak till avslut", "Flytt", "kon"));
        preview.Columns[9].Samples[0].ShouldBe("ringt igen");

        var number = ImportPreview.Read(new MemoryStream("kod;pnr\nA1;19850101-1234\n"u8.ToArray()), format, ImportOptions.None)!;
        number.Columns[1].Samples.ShouldBe(["(visas inte)"]);
        ImportRowsLetter(27).ShouldBe("AB");
        static string ImportRowsLetter(int field) => ImportPreview.Read(
            new MemoryStream(Encoding.UTF8.GetBytes(string.Join(';', Enumerable.Range(0, 30).Select(i => $"k{i}")) + "\n1\n")),
            ImportFormat.Of(ImportKind.Deltagare),
            ImportOptions.None)!.Columns[field].Letter;
    }
}
