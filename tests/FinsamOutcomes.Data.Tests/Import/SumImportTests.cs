using System.Text;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Import;

/// <summary>Head counts, funds, money and targets from files.</summary>
public sealed class SumImportTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task They_are_read_by_the_rules_of_their_pages_corrected_when_that_has_been_seen_and_written_out_the_same(string engine)
    {
        await using var fixture = await ImportFixture.CreateAsync(engine);
        await fixture.AddSumsAsync();
        (await TextAsync(fixture, ImportKind.Antal)).ShouldBe(
            ["Åkern;2024;halvar_1;kvinna;12", "Åkern;2024;halvar_1;man;0", "Åkern;2024;halvar_2;kvinna;7", "Nätverket;2023;hela_aret;okant;240"]);
        (await TextAsync(fixture, ImportKind.Medel)).ShouldBe(
            ["2024;stat;Försäkringskassan;1250000", "2024;region;Region Öst;625000", "2024;kommun;Åby kommun;", "2024;eget_kapital;;-1200"]);
        (await TextAsync(fixture, ImportKind.Ekonomi)).ShouldBe(
            ["2024;Åkern;;40;2400000;2312000;", "2024;Nätverket;;;;;", "2024;;Kansli;;600000;;ja", "2024;;Utvärdering;;80000;79999;nej"]);
        (await TextAsync(fixture, ImportKind.Mal)).ShouldBe(
            ["2024;;positiva-avslut;arbete-eller-studier;minst;0,45", "2024;Åkern;personer;;hogst;120", "2023;;positiva-avslut;;minst;0,4"]);
        (await fixture.HistoryAsync(ChangedEntity.Contribution(2024, "Region Öst"), fixture.ForbundId))
            .ShouldBe([("Kind", null, "region", 1), ("Kronor", null, "625000", 1)], ignoreOrder: true);

        // The same again is nothing new; more is filled in; something else is a fault, and confirmed it is corrected.
        foreach (var format in ImportFormat.All.Skip(4))
            (await fixture.ImportAsync(format.Kind, await fixture.ExportAsync(format.Kind))).HasChanges.ShouldBeFalse();
        (await fixture.ImportAsync(ImportKind.Medel, ImportFixture.Medel, "2024;kommun;ÅBY KOMMUN;90000")).Counts.ShouldBe(new ImportCounts(0, 1, 0));
        foreach (var (kind, line, column, change) in new[]
        {
            (ImportKind.Antal, "Åkern;2024;halvar_1;kvinna;13", "antal", "Åkern 2024 antal: 12 → 13"),
            (ImportKind.Medel, "2024;esf;Åby kommun;90000", "slag", "2024 Åby kommun slag: kommun → esf"),
            (ImportKind.Medel, "2024;eget_kapital;;5", "kronor", "2024 eget kapital kronor: -1200 → 5"),
            (ImportKind.Ekonomi, "2024;Åkern;;;;2312001;", "utfall", "Åkern 2024 utfall: 2312000 → 2312001"),
            (ImportKind.Ekonomi, "2024;;kansli;;;;nej", "administration", "2024 Kansli administration: ja → nej"),
            (ImportKind.Mal, "2024;Åkern;personer;;minst;120", "riktning", "personer 2024 Åkern riktning: hogst → minst"),
        })
        {
            string[] file = [HeaderOf(kind), line];
            (await fixture.ImportAsync(kind, file)).Problems.Kept.ShouldHaveSingleItem().Message.ShouldEndWith($"ett annat värde i {column}.");
            var options = new ImportOptions { Correct = true };
            var shown = await fixture.ImportAsync(kind, Csv(file), options);
            shown.Changes.Select(c => $"{c.Code} {c.Column}: {c.Before} → {c.After}").ShouldBe([change]);
            shown.AwaitsConfirmation.ShouldBeTrue();
            (await fixture.ImportAsync(kind, Csv(file), options with { Confirmed = shown.ChangesDigest })).IsSaved.ShouldBeTrue();
            (await fixture.ImportAsync(kind, file)).Counts.ShouldBe(new ImportCounts(0, 0, 1));
        }

        (await fixture.HistoryAsync(ChangedEntity.ForbundYear(2024), fixture.ForbundId)).ShouldContain(("OwnCapitalKronor", "-1200", "5", 2));
        (await TextAsync(fixture, ImportKind.Mal))[1].ShouldBe("2024;Åkern;personer;;minst;120");
        (await fixture.DetailAsync("Import.Medel")).ShouldContain("rättade uppgifter 1");
        Convert.ToInt32(await fixture.SqlAsync("SELECT COUNT(DISTINCT kind) FROM import_batch")).ShouldBe(6);
    }

    [Theory]
    [InlineData(
        ImportKind.Antal,
        "2 insats insats-okand, 3 period period-utanfor-insats, 4 period period-framtida, 5 antal tal-utanfor, "
        + "7 insats dubblett, 8 period antal-ar-och-halvar, 9 antal falt-tomt, 10 kon kod-okand, "
        + "11 kon antal-utan-kon",
        "Åker;2024;1;kvinna;1", "Åkern;2019;1;kvinna;1", "Åkern;2025;1;kvinna;1", "Åkern;2024;1;man;-1", "Åkern;2023;1;man;4", "åkern;2023;halvår 1;m;5",
        "Åkern;2023;hela_aret;kvinna;4", "Åkern;2024;1;kvinna;", "Åkern;2024;1;annat;3", "Nätverket;2023;1;kvinna;3", "Nätverket;2023;2;okant;3")]
    [InlineData(
        ImportKind.Medel,
        "2 slag kod-okand, 3 medlem falt-tomt, 4 medlem falt-ska-vara-tomt, 5 kronor belopp-ogiltigt, 6 kronor belopp-ogiltigt, "
        + "7 kronor belopp-ogiltigt, 9 medlem dubblett, 10 ar tal-utanfor",
        "2024;landsting;X;1", "2024;kommun;;1", "2024;eget_kapital;X;1", "2024;kommun;A;-1", "2024;kommun;B;1,50", "2024;kommun;C;99999999999",
        "2024;kommun;D;1",
        "2024;kommun;d;2", "24;kommun;E;1")]
    [InlineData(
        ImportKind.Ekonomi,
        "2 insats falt-antingen-eller, 3 insats falt-antingen-eller, 4 budgeterade_deltagare falt-ska-vara-tomt, "
        + "5 administration falt-ska-vara-tomt, 6 budget belopp-ogiltigt, 8 kostnad dubblett",
        "2024;Åkern;Kansli;;1;1;", "2024;;;;1;1;", "2024;;Kansli;3;1;1;", "2024;Åkern;;3;1;1;ja", "2024;Åkern;;3;-1;1;", "2024;;Hyra;;1;-1;",
        "2024;;HYRA;;1;1;")]
    [InlineData(
        ImportKind.Mal,
        "2 matt kod-okand, 3 definition kod-okand, 4 definition falt-ska-vara-tomt, 5 mal mal-ogiltigt, 6 mal mal-ogiltigt, "
        + "7 mal mal-ogiltigt, 9 matt dubblett",
        "2024;;lycka;;minst;1", "2024;;positiva-avslut;tur;minst;1", "2024;;personer;arbete-eller-studier;minst;1",
        "2024;;positiva-avslut;;minst;45", "2024;;personer;;minst;45 %",
        "2024;;personer;;minst;0,12345", "2024;;personer;;minst;5", "2024;;personer;;hogst;6")]
    public async Task Each_fault_is_told_by_its_row(ImportKind kind, string faults, params string[] lines)
    {
        await using var fixture = await ImportFixture.CreateAsync();
        var result = await fixture.ImportAsync(kind, [HeaderOf(kind), .. lines]);
        string.Join(", ", result.Problems.Kept.Select(p => $"{p.Line} {p.Column} {p.Rule.Code}")).ShouldBe(faults);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task An_insats_is_corrected_from_a_file_but_for_what_is_locked(string engine)
    {
        await using var fixture = await ImportFixture.CreateAsync(engine);
        const string Header = ImportFixture.Insatser + ";specifik_inriktning;malgrupper";
        var correct = new ImportOptions { Correct = true };
        var locked = await fixture.ImportAsync(
            ImportKind.Insatser,
            Csv(Header, "Åkern;;strukturovergripande;antal;ja;2020-01-01;;40;;", "Insam;;individinriktad;individ;nej;2020-01-01;;;;"),
            correct);
        locked.Problems.Kept.Select(p => $"{p.Line} {p.Column} {p.Rule.Code}").ShouldBe(
            ["2 inriktning insats-last", "2 uppfoljningsmetod insats-last", "2 esf insats-last"]);
        locked.Problems.Kept[0].Message.ShouldBe("Insatsinriktningen kan inte ändras när insatsen är skapad, som i Uppföljning Finsam.");
        (await fixture.ImportAsync(ImportKind.Insatser, Csv(Header, "Åkern;;individinriktad;individ;nej;2020-01-01;2024-06-30;;;"), correct))
            .Problems.Kept.ShouldHaveSingleItem().Message.ShouldBe("Insatsen har delprojekt som pågår längre än 2024-06-30: Insam.");

        var file = Csv(
            Header,
            "Åkern;;individinriktad;individ;nej;2020-02-01;2024-06-30;35;forrehabilitering;unga,npf",
            "INSAM;Åkern;individinriktad;individ;nej;2020-02-01;2024-06-30;;;",
            "Ny;;individinriktad;individ;nej;2024-01-01;;;;");
        var shown = await fixture.ImportAsync(ImportKind.Insatser, file, correct);
        shown.Problems.Errors.ShouldBe(0);
        shown.Changes.Select(c => $"{c.Line} {c.Code} {c.Column}: {c.Before} → {c.After}").ShouldBe(
            [
                "2 Åkern startdatum: 2020-01-01 → 2020-02-01", "2 Åkern slutdatum:  → 2024-06-30", "2 Åkern platser: 40 → 35",
                "2 Åkern specifik_inriktning:  → forrehabilitering", "2 Åkern malgrupper:  → npf, unga", "3 Insam startdatum: 2020-01-01 → 2020-02-01",
                "3 Insam slutdatum:  → 2024-06-30",
            ]);
        (await fixture.ImportAsync(ImportKind.Insatser, file, correct with { Confirmed = shown.ChangesDigest })).Counts.ShouldBe(new ImportCounts(1, 2, 0));
        (await fixture.ImportAsync(ImportKind.Insatser, file, correct)).HasChanges.ShouldBeFalse();
        (await TextAsync(fixture, ImportKind.Insatser))[0].ShouldBe("Åkern;;individinriktad;individ;nej;2020-02-01;2024-06-30;35;forrehabilitering;npf,unga");
        var known = (await fixture.SqlAsync("SELECT id FROM insats WHERE name = 'Insam'"))!;
        (await fixture.HistoryAsync(ChangedEntity.Insats, Convert.ToInt32(known))).ShouldBe(
            [("StartsOn", "2020-01-01", "2020-02-01", 2), ("EndsOn", null, "2024-06-30", 2)],
            ignoreOrder: true);
    }

    private static string HeaderOf(ImportKind kind) => ImportFormat.Of(kind).Template.TrimEnd();

    private static async Task<string[]> TextAsync(ImportFixture fixture, ImportKind kind) =>
        Encoding.UTF8.GetString(await fixture.ExportAsync(kind)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..];

    private static byte[] Csv(params string[] lines) => Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n");
}
