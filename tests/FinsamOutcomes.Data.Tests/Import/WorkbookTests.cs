using System.IO.Compression;
using System.Text;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Import;

public sealed class WorkbookTests
{
    private static readonly string[] s_headings = ImportFixture.Deltagare.Split(';');

    [Fact]
    public async Task A_workbook_is_read_as_its_cells_are_shown_whatever_they_hold()
    {
        await using var fixture = await ImportFixture.CreateAsync();
        var book = new InventedWorkbook().Sheet(
            "Deltagare",
            [
                s_headings,
                ["A1", "Insam", "kvinna", 1990, "gymnasium", new DateOnly(2024, 1, 15), new DateOnly(2024, 3, 1), "arbete"],
                null,
                [new InventedWorkbook.Cell("12", Format: "0000"), "Åkern", "man", new InventedWorkbook.Cell("1985", Formula: "1900+85"), null, "3 maj 2024"],
                [" ", null, ""],
            ]);
        var result = await fixture.ImportAsync(ImportKind.Deltagare, book.ToArray());
        result.Problems.Kept.ShouldBeEmpty();
        (result.IsSaved, result.Rows, result.ReadAs).ShouldBe((true, 2, "Excel, bladet ”Deltagare”"));
        var exported = Encoding.UTF8.GetString(await fixture.ExportAsync(ImportKind.Deltagare));
        exported.ShouldContain("A1;Insam;kvinna;1990;gymnasium;2024-01-15;2024-03-01;arbete;");
        exported.ShouldContain("0012;Åkern;man;1985;;2024-05-03;;;");
    }

    [Fact]
    public async Task Numbers_shares_and_truths_keep_what_they_say()
    {
        await using var fixture = await ImportFixture.CreateAsync();
        string[] more = ["planerat_avslut", "forsorjning_efter", "arbete_efter", "studier_efter", "soker_arbete_efter"];
        var book = new InventedWorkbook().Sheet(
            "Blad1",
            [
                [.. s_headings, .. more],
                [
                    123456, "Insam", "man", 1980, null, new DateOnly(2024, 1, 15), new DateOnly(2024, 3, 1), "arbete", true, "lon:100",
                    new InventedWorkbook.Cell("0.5", Format: "0%"), 0, false,
                ],
            ]);
        var result = await fixture.ImportAsync(ImportKind.Deltagare, book.ToArray());
        result.Problems.Kept.ShouldBeEmpty();
        Encoding.UTF8.GetString(await fixture.ExportAsync(ImportKind.Deltagare)).ShouldContain("123456;Insam;man;1980;;2024-01-15;2024-03-01;arbete;;ja;;;lon:100;;;;50;0;nej");
    }

    [Fact]
    public async Task A_cell_that_stretches_over_rows_stands_on_each_of_them_and_a_fault_has_the_row_that_excel_shows()
    {
        await using var fixture = await ImportFixture.CreateAsync();
        var book = new InventedWorkbook().Sheet(
            "Blad1",
            [
                ["Rapport 2024\nfrån systemet"],
                null,
                s_headings,
                ["A1", "Insam", "kvinna", 1990, null, "2024-01-15", "2024-02-15", "arbete"],
                [null, "Åkern", "kvinna", 1990, null, "2024-03-15"],
                ["A2", "Insam", "kvina", 1990, null, "2024-03-15"],
            ],
            ["A4:A5", "A1:H1"]);
        var path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, book.ToArray());
        (await fixture.ImportFileAsync(ImportKind.Deltagare, path)).Problems.Kept.ShouldHaveSingleItem().Message.ShouldBe(
            "Rad 1 har inga kända kolumnnamn, men rad 3 har det.");
        var problem = (await fixture.ImportFileAsync(ImportKind.Deltagare, path, options: new() { HeaderRow = 3 })).Problems.Kept.ShouldHaveSingleItem();
        (problem.Line, problem.Column, problem.Rule.Code).ShouldBe((6, "kon", "kod-okand"));
        File.Delete(path);
    }

    [Theory]
    [InlineData("#N/A", null, "e", "#SAKNAS!")]
    [InlineData(null, "A1+1", "n", "#EJ UTRÄKNAD")]
    [InlineData(null, "A1&\"x\"", "str", "#EJ UTRÄKNAD")]
    public async Task A_cell_without_a_value_is_never_taken_for_an_empty_one(string? value, string? formula, string type, string word)
    {
        await using var fixture = await ImportFixture.CreateAsync();
        var cell = new InventedWorkbook.Cell(value, formula, type);
        var book = new InventedWorkbook()
            .Sheet("Läs mig", [], isHidden: true)
            .Sheet("Blad", [s_headings, ["A1", "Insam", "man", 1990, cell, new DateOnly(2024, 1, 15)]]);
        var problem = (await fixture.ImportAsync(ImportKind.Deltagare, book.ToArray())).Problems.Kept.ShouldHaveSingleItem();
        (problem.Rule.Code, problem.Line, problem.Column).ShouldBe(("cell-fel", 2, "utbildning"));
        problem.Message.ShouldContain(word);
    }

    [Fact]
    public async Task The_first_sheet_in_sight_with_something_in_it_is_read_and_the_others_are_told_of()
    {
        await using var fixture = await ImportFixture.CreateAsync();
        var path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(
            path,
            new InventedWorkbook()
                .Sheet("Dold", [["hemligt"]], isHidden: true)
                .Sheet("Tom", [])
                .Sheet("Ett", [s_headings, ["A1", "Insam", "man", 1990, null, new DateOnly(2024, 1, 15)]])
                .Sheet("Två", [s_headings, ["B1", "Insam", "man", 1990, null, new DateOnly(2024, 1, 15)]])
                .ToArray());
        var first = await fixture.ImportFileAsync(ImportKind.Deltagare, path, isDryRun: true);
        first.Problems.Kept.ShouldHaveSingleItem().Message.ShouldBe("Bladet ”Ett” läses. Arbetsboken har också ”Två”.");
        first.IsValid.ShouldBeTrue();
        (await fixture.ImportFileAsync(ImportKind.Deltagare, path, options: new() { Sheet = "två" })).Sheet.ShouldBe("Två");
        Encoding.UTF8.GetString(await fixture.ExportAsync(ImportKind.Deltagare)).ShouldContain("B1;Insam");
        var missing = (await fixture.ImportFileAsync(ImportKind.Deltagare, path, options: new() { Sheet = "Tre" })).Problems.Kept.ShouldHaveSingleItem();
        (missing.Rule.Code, missing.Message).ShouldBe(("blad-saknas", "Arbetsboken har inget blad som heter ”Tre”. Den har ”Ett” och ”Två”."));
        File.Delete(path);
    }

    [Fact]
    public async Task What_would_blow_up_is_refused_before_it_is_held()
    {
        await using var fixture = await ImportFixture.CreateAsync();
        using var stream = new MemoryStream();
        await using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using (var part = await zip.CreateEntry("xl/workbook.xml").OpenAsync())
                await part.WriteAsync("<workbook/>"u8.ToArray());
            await using var bomb = await zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.SmallestSize).OpenAsync();
            await bomb.WriteAsync("<worksheet><sheetData>"u8.ToArray());
            var spaces = Encoding.ASCII.GetBytes(new string(' ', 1 << 20));
            for (var i = 0; i < 320; i++)
                await bomb.WriteAsync(spaces);
            await bomb.WriteAsync("</sheetData></worksheet>"u8.ToArray());
        }

        stream.Length.ShouldBeLessThan(1 << 20);
        var before = GC.GetTotalAllocatedBytes();
        var problem = (await fixture.ImportAsync(ImportKind.Deltagare, stream.ToArray())).Problems.Kept.ShouldHaveSingleItem();
        (problem.Rule.Code, problem.Message).ShouldBe(("fil-for-stor", "Arbetsboken är större än 300 MB när den packas upp."));
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(900L << 20, "with what other tests hold meanwhile; held as text it would be twice that");
    }

    [Fact]
    public async Task A_damaged_workbook_and_another_zip_say_so_wherever_the_damage_is()
    {
        await using var fixture = await ImportFixture.CreateAsync();
        var whole = new InventedWorkbook().Sheet("Blad", [s_headings, ["A1", "Insam", "man", 1990, null, new DateOnly(2024, 1, 15)]]).ToArray();
        var random = new Random(4711);
        for (var i = 0; i < 150; i++)
        {
            var damaged = i % 2 == 0 ? whole[..random.Next(4, whole.Length)] : [.. whole];
            for (var hits = 0; i % 2 == 1 && hits < 4; hits++)
                damaged[random.Next(4, damaged.Length)] = (byte)random.Next(256);
            var result = await fixture.ImportAsync(ImportKind.Deltagare, damaged, isDryRun: true);
            (result.IsValid || result.Problems.Errors > 0).ShouldBeTrue();
        }

        using var other = new MemoryStream();
        await using (var zip = new ZipArchive(other, ZipArchiveMode.Create, leaveOpen: true))
            zip.CreateEntry("brev.txt");
        (await fixture.ImportAsync(ImportKind.Deltagare, other.ToArray())).Problems.Kept.ShouldHaveSingleItem().Rule.Code.ShouldBe("fil-binar");
    }
}
