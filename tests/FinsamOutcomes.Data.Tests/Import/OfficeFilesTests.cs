using System.Text;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Import;

/// <summary>Files as offices have them (shared/data/cases), each with the result that its README says is right.</summary>
public sealed class OfficeFilesTests
{
    private const string Saved = "";

    // Folder, file and the faults that it must have: line, column and rule. Warnings aside; none means that it is saved.
    [Theory]
    [InlineData("c00-bas", "deltagare.csv", 2, Saved)]
    [InlineData("c01-sep", "deltagare.csv", 2, Saved)]
    [InlineData("c03-tomma-kolumner", "deltagare.csv", 2, Saved)]
    [InlineData("c04-tomma-rader", "deltagare.csv", 2, Saved)]
    [InlineData("c05-korta-rader", "deltagare.csv", 2, Saved)]
    [InlineData("c09-serietal", "deltagare.csv", 1, "2 inskriven datum-dagnummer")]
    [InlineData("c10-datum", "deltagare.csv", 14, "12 inskriven datum-ogiltigt")]
    [InlineData("c14-macroman", "deltagare.csv", 2, Saved)]
    [InlineData("c14b-macroman-kod", "deltagare.csv", 1, Saved)]
    [InlineData("c15-utf16", "le.csv", 2, Saved)]
    [InlineData("c15-utf16", "be.csv", 2, Saved)]
    [InlineData("c15-utf16", "utan.csv", 2, Saved)]
    [InlineData("c15-utf16", "tab.txt", 2, Saved)]
    [InlineData("c17-rubrikrader", "titel.csv", 0, "1  rubrikrad-saknas")]
    [InlineData("c17-rubrikrader", "tomrad.csv", 2, Saved)]
    [InlineData("c17-rubrikrader", "tva.csv", 0, "1  rubrikrad-saknas")]
    [InlineData("c22b-oppen-i-avslutad", "deltagare.csv", 1, Saved)]
    [InlineData("c25-kon", "deltagare.csv", 17,
        "6 kon kod-okand, 7 kon kod-okand, 8 kon kod-okand, 9 kon kod-okand, 13 kon kod-okand, 16 kon kod-okand, 17 kon falt-tomt, 18 kon kod-okand")]
    [InlineData("c32-ko", "deltagare.csv", 3, Saved)]
    [InlineData("c36-cr", "deltagare.csv", 2, Saved)]
    [InlineData("c39-flyttal", "deltagare.csv", 11,
        "6 arbete_efter tal-ogiltigt, 9 forsorjning_fore kod-okand")]
    [InlineData("c41-sant", "deltagare.csv", 9,
        "7 planerat_avslut kod-okand, 8 planerat_avslut kod-okand, 9 planerat_avslut kod-okand, 10 planerat_avslut kod-okand")]
    [InlineData("c42-saknas", "deltagare.csv", 12,
        "2 fodelsear fodelsear-ogiltigt, 3 fodelsear fodelsear-ogiltigt, 4 fodelsear fodelsear-ogiltigt, 5 fodelsear fodelsear-ogiltigt, "
        + "6 fodelsear fodelsear-ogiltigt, 7 utskriven datum-ogiltigt, 8 utskriven datum-utanfor, 9 utskriven datum-utanfor, 10 utbildning cell-fel, "
        + "12 remittent kod-okand, 13 remittent kod-okand")]
    [InlineData("c43-etiketter", "deltagare.csv", 8, Saved)]
    [InlineData("c47-tva-insatser", "deltagare.csv", 5, Saved)]
    [InlineData("c49-summa", "deltagare.csv", 3, "4 deltagarkod summarad")]
    [InlineData("c49-summa", "antal.csv", 3, "4 deltagarkod summarad")]
    public async Task Participants_are_read_or_refused_as_is_right(string folder, string file, int rows, string faults)
    {
        await using var fixture = await FixtureAsync(folder);
        var result = await fixture.ImportFileAsync(ImportKind.Deltagare, SharedData.Path($"cases/{folder}/{file}"));
        Faults(result).ShouldBe(faults);
        (result.IsSaved, result.Rows).ShouldBe((faults == Saved, rows));
        if (faults == Saved)
            (await fixture.CountsAsync()).Participations.ShouldBe(rows);
    }

    [Fact]
    public async Task What_can_be_said_of_the_file_lets_it_be_read()
    {
        await using var titled = await FixtureAsync("c17-rubrikrader");
        foreach (var (file, row) in new[] { ("titel.csv", 3), ("tomrad.csv", 2), ("tva.csv", 2) })
        {
            var result = await titled.ImportFileAsync(
                ImportKind.Deltagare,
                SharedData.Path($"cases/c17-rubrikrader/{file}"),
                options: new ImportOptions { HeaderRow = row });
            (result.IsValid, result.Rows).ShouldBe((true, 2), file);
        }

        await using var numbered = await FixtureAsync("c09-serietal");
        var path = SharedData.Path("cases/c09-serietal/deltagare.csv");
        (await numbered.ImportFileAsync(ImportKind.Deltagare, path)).Problems.Kept.ShouldHaveSingleItem().Message.ShouldBe(
            "inskriven är 45323, ett kalkylprograms nummer för 2024-02-01.");
        (await numbered.ImportFileAsync(ImportKind.Deltagare, path, options: new ImportOptions { ReadDayNumbers = true })).IsSaved.ShouldBeTrue();
        Encoding.UTF8.GetString(await numbered.ExportAsync(ImportKind.Deltagare)).ShouldContain(";2024-02-01;2024-10-31;");
    }

    [Fact]
    public async Task Letters_from_a_mac_are_read_as_they_were_written()
    {
        await using var fixture = await FixtureAsync("c14b-macroman-kod");
        (await fixture.ImportFileAsync(ImportKind.Deltagare, SharedData.Path("cases/c14b-macroman-kod/deltagare.csv"))).EncodingName.ShouldBe("Mac Roman");
        (await fixture.ImportFileAsync(ImportKind.Insatser, SharedData.Path("cases/c14b-macroman-kod/insatser_mac.csv"))).IsSaved.ShouldBeTrue();
        Encoding.UTF8.GetString(await fixture.ExportAsync(ImportKind.Deltagare)).ShouldContain("Bråö-1;");
        Encoding.UTF8.GetString(await fixture.ExportAsync(ImportKind.Insatser)).ShouldContain("Näcken på väg;");
    }

    [Theory]
    [InlineData("c37-tusental", "insatser.csv", "4 platser tal-ogiltigt, 7 platser tal-ogiltigt")]
    [InlineData("c35-radbrytning-forst", "insatser.csv", "2 insats radbrytning")]
    [InlineData("c35-radbrytning-forst", "insatser_crlf.csv", "2 insats radbrytning")]
    [InlineData("c35-radbrytning-forst", "insatser_emoji.csv", "3 insats radbrytning")]
    [InlineData("c35-radbrytning-forst", "insatser_apostrof.csv", "3 insats radbrytning")]
    public async Task Insatser_are_read_or_refused_as_is_right(string folder, string file, string faults)
    {
        await using var fixture = await ImportFixture.CreateAsync(isEmpty: true, clock: FixedClock.At("2026-11-27"));
        Faults(await fixture.ImportFileAsync(ImportKind.Insatser, SharedData.Path($"cases/{folder}/{file}"))).ShouldBe(faults);
    }

    [Theory]
    [InlineData("c33-radbrytning", "instrument.csv", Saved)]
    [InlineData("c34-citat", "instrument.csv", "2  citattecken")]
    [InlineData("c35-radbrytning-forst", "instrument.csv", Saved)]
    [InlineData("c35-radbrytning-forst", "instrument_mitt.csv", Saved)]
    public async Task Questions_are_read_or_refused_as_is_right(string folder, string file, string faults)
    {
        await using var fixture = await ImportFixture.CreateAsync(isEmpty: true, clock: FixedClock.At("2026-11-27"));
        Faults(await fixture.ImportFileAsync(ImportKind.Instrument, SharedData.Path($"cases/{folder}/{file}"))).ShouldBe(faults);
    }

    [Theory]
    [InlineData("c30-decimaler", "sjalv_komma.csv", Saved)]
    [InlineData("c30-decimaler", "sjalv_punkt.csv", Saved)]
    [InlineData("c30-decimaler", "sjalvskattning.csv", "5 varde varde-utanfor-skalan, 6 varde tal-ogiltigt, 7 varde tal-ogiltigt, 8 varde tal-ogiltigt")]
    [InlineData("c31-par", "sjalvskattning.csv", Saved)]
    [InlineData("c31-par", "sjalv_dubbel.csv", "3 fraga dubblett")]
    public async Task Answers_are_read_or_refused_as_is_right(string folder, string file, string faults)
    {
        await using var fixture = await FixtureAsync(folder);
        (await fixture.ImportFileAsync(ImportKind.Instrument, SharedData.Path($"cases/{folder}/instrument.csv"))).IsSaved.ShouldBeTrue();
        (await fixture.ImportFileAsync(ImportKind.Deltagare, SharedData.Path($"cases/{folder}/deltagare.csv"))).IsSaved.ShouldBeTrue();
        Faults(await fixture.ImportFileAsync(ImportKind.Sjalvskattning, SharedData.Path($"cases/{folder}/{file}"))).ShouldBe(faults);
    }

    // Seven minutes to one at night in Sweden, when a server that keeps UTC still has yesterday.
    [Fact]
    public async Task What_is_today_in_sweden_has_happened_at_a_server_in_another_zone()
    {
        var path = SharedData.Path("cases/c45-tidszon/idag.csv");
        await using var fixture = await FixtureAsync(
            "c45-tidszon",
            new FixedClock(new DateTimeOffset(2026, 11, 26, 23, 53, 0, TimeSpan.Zero), SwedishClock.Instance.LocalTimeZone));
        (await fixture.ImportFileAsync(ImportKind.Deltagare, path)).IsSaved.ShouldBeTrue();
    }

    [Theory]
    [InlineData(10000, "Mac Roman")]
    [InlineData(850, "DOS (850)")]
    [InlineData(437, "DOS (850)")]
    [InlineData(1252, "Windows-1252")]
    public async Task Each_encoding_is_seen_by_its_swedish_letters(int page, string name)
    {
        await using var fixture = await ImportFixture.CreateAsync();
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = ImportFixture.Deltagare + "\r\nBlå-1;Åkern;man;1980;;2024-01-15;;\r\nHäst-2;Åkern;okänt;1980;;2024-01-15;;\r\n";
        var result = await fixture.ImportAsync(ImportKind.Deltagare, Encoding.GetEncoding(page).GetBytes(text));
        (result.IsSaved, result.EncodingName).ShouldBe((true, name));
        Encoding.UTF8.GetString(await fixture.ExportAsync(ImportKind.Deltagare)).ShouldContain("Häst-2;Åkern");
    }

    [Fact]
    public async Task What_may_be_in_either_of_two_encodings_is_asked_about_with_a_sample()
    {
        await using var fixture = await ImportFixture.CreateAsync();
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(
            path,
            Encoding.GetEncoding(1252).GetBytes(ImportFixture.Deltagare + "\r\nDušan-1;Insam;man;1980;;2024-01-15;;\r\n"));
        var problem = (await fixture.ImportFileAsync(ImportKind.Deltagare, path)).Problems.Kept.ShouldHaveSingleItem();
        problem.Rule.Code.ShouldBe("fil-teckenkodning-oklar");
        problem.Message.ShouldContain("Windows-1252: ”Dušan-1”, Mac Roman: ”Duöan-1”");
        problem.WithoutValues.ShouldNotContain("an-1");
        (await fixture.ImportFileAsync(ImportKind.Deltagare, path, options: new() { Encoding = FileEncoding.Windows })).IsSaved.ShouldBeTrue();
        Encoding.UTF8.GetString(await fixture.ExportAsync(ImportKind.Deltagare)).ShouldContain("Dušan-1;");
        File.Delete(path);
    }

    private static string Faults(ImportResult result) =>
        string.Join(", ", result.Problems.Kept.Where(p => !p.Rule.IsWarning).Select(p => $"{p.Line} {p.Column} {p.Rule.Code}"));

    private static async Task<ImportFixture> FixtureAsync(string folder, TimeProvider? clock = null)
    {
        var own = Path.Combine(SharedData.Path($"cases/{folder}"), "insatser.csv");
        var insatser = File.Exists(own) ? own : SharedData.Path("cases/bas-insatser.csv");
        var fixture = await ImportFixture.CreateAsync(isEmpty: true, clock: clock ?? FixedClock.At("2026-11-27"));
        (await fixture.ImportFileAsync(ImportKind.Insatser, insatser)).IsSaved.ShouldBeTrue();
        return fixture;
    }
}
