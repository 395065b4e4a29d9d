using FinsamOutcomes.Data.Funds;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Reporting.Tests.Reports;
using FinsamOutcomes.Reporting.UppfoljningFinsam;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.UppfoljningFinsam;

/// <summary>Both roles' files field by field, as finsam.se describes the form.</summary>
public sealed class NationalFormTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task The_förbundsadministratörs_file_holds_all_that_the_form_lists(string engine)
    {
        var file = SharedData.Path(Path.Combine("cases", "c40-uf-struktur", "insatser.csv"));
        await using var fixture = await ReportFixture.CreateAsync(engine);
        (await new Importer(fixture.Test.Database, fixture.Forbund.Id).ImportAsync(ImportKind.Insatser, file)).IsSaved.ShouldBeTrue();
        await fixture.ForbundMoneyAsync();
        await fixture.HeadCountAsync("Frukostmöten", "unknown", 240);
        await fixture.HeadCountAsync("Båtbygget", "woman", 12);
        await fixture.HeadCountAsync("Båtbygget", "man", 9);

        var (administrator, participants, figures) = await FilesAsync(fixture);
        administrator.Select(r => r["Avser"]).ShouldBe(["Förbundet", "Insats", "Insats"]);
        Part(administrator[0], "Förbund", "År", "Tilldelade medel (kronor)", "varav staten (kronor)", "varav regionen (kronor)", "varav kommunerna (kronor)")
            .ShouldBe(["Samordningsförbundet Exempel", "2024", "9000000", "4500000", "2250000", "2250000"]);
        Part(administrator[0], "Eget kapital (kronor)", "Administration, budget (kronor)", "Administration, utfall (kronor)")
            .ShouldBe(["750000", "1500000", "1450000"]);
        Part(administrator[1], "Insats", "Insatsinriktning", "Antal deltagare (strukturövergripande insats)").ShouldBe(["Båtbygget", "Individinriktad", ""]);
        Part(administrator[2], "Insats", "Insatsinriktning", "Antal deltagare (strukturövergripande insats)")
            .ShouldBe(["Frukostmöten", "Strukturövergripande", "240"]);
        participants.ShouldHaveSingleItem();
        Part(participants[0], "Insats", "Kvinnor", "Män", "Totalt kvinnor och män", "Okänt kön (redas ut före överlämning)")
            .ShouldBe(["Båtbygget", "12", "9", "21", "0"]);
        figures.ToSettle.Where(t => t.Insats == "Frukostmöten").Select(t => t.What).ShouldBe(
            ["Inte ifyllt: budgeterat antal deltagare, budget och utfall."], "people without gender are right here");
        await fixture.BudgetAsync("Frukostmöten", 5_000, outcome: 4_000, participants: 300);
        (administrator, _, figures) = await FilesAsync(fixture);
        Part(administrator[2], "Insats", "Målgrupp", "Budgeterat antal deltagare", "Antal deltagare (strukturövergripande insats)")
            .ShouldBe(["Frukostmöten", "Alla som behöver samordnat stöd", "300", "240"]);
        figures.ToSettle.ShouldNotContain(t => t.Insats == "Frukostmöten");
        figures.ToSettle.ShouldNotContain(t => t.Place == UppfoljningFinsamPlace.HeadCounts || t.InsatsId == null);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Numbers_by_gender_of_a_structural_insats_are_one_number(string engine)
    {
        await using var fixture = await ReportFixture.CreateAsync(engine);
        await fixture.InsatserAsync("Frukostmöten;;strukturövergripande;antal;nej;2022-01-01;;");
        (await ToSettleAsync(fixture)).ShouldContain("Frukostmöten: Antal deltagare är inte ifyllt.");
        await fixture.HeadCountAsync("Frukostmöten", "woman", 30);
        (await NumberAsync(fixture)).ShouldBe("", "of the men nothing is known");
        await fixture.HeadCountAsync("Frukostmöten", "man", 10);
        (await NumberAsync(fixture)).ShouldBe("40");
        (await ToSettleAsync(fixture)).ShouldNotContain(t => t.Contains("Antal", StringComparison.Ordinal));
        await fixture.HeadCountAsync("Frukostmöten", "unknown", 200);
        (await NumberAsync(fixture)).ShouldBe("240");
        (await NumberAsync(fixture, half: 1)).ShouldBe("");
        (await ToSettleAsync(fixture, half: 1)).ShouldContain(
            "Frukostmöten: 240 deltagare är bara registrerade för hela året, så antalet för halvåret är inte känt.");
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task An_insats_of_both_orientations_is_two_and_one_with_a_delprojekt_of_the_other_is_to_be_settled(string engine)
    {
        await using var fixture = await ReportFixture.CreateAsync(engine);
        await fixture.InsatserAsync(
            "Torget – individinriktad;;individinriktad;antal;nej;2022-01-01;;",
            "Torget – strukturövergripande;;strukturövergripande;antal;nej;2022-01-01;;",
            "Bron;;individinriktad;individ;nej;2022-01-01;;",
            "Broträffar;Bron;strukturövergripande;antal;nej;2022-01-01;;");
        await fixture.HeadCountAsync("Torget – individinriktad", "woman", 3);
        await fixture.HeadCountAsync("Torget – individinriktad", "man", 4);
        await fixture.HeadCountAsync("Torget – strukturövergripande", "unknown", 50);
        await fixture.HeadCountAsync("Broträffar", "unknown", 7);
        await fixture.ParticipationsAsync("A;Bron;kvinna;1990;;2024-01-10");

        var (administrator, participants, _) = await FilesAsync(fixture);
        administrator.Skip(1).Select(r => $"{r["Insats"]}: {r["Antal deltagare (strukturövergripande insats)"]}").ShouldBe(
            ["Bron: 7", "Torget – individinriktad: ", "Torget – strukturövergripande: 50"]);
        participants.Select(r => $"{r["Insats"]}: {r["Kvinnor"]} {r["Män"]} {r["Okänt kön (redas ut före överlämning)"]}").ShouldBe(
            ["Bron: 1 0 0", "Torget – individinriktad: 3 4 0"]);
        (await ToSettleAsync(fixture)).ShouldContain(
            "Broträffar: Delprojektet är strukturövergripande fast insatsen Bron är individinriktad. I Uppföljning Finsam har en insats en inriktning: "
                + "det som har båda är två insatser med olika namn.");
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Funds_capital_and_administration_that_nobody_has_filled_in_are_empty_and_to_be_settled(string engine)
    {
        await using var fixture = await ReportFixture.CreateAsync(engine);
        var (administrator, _, figures) = await FilesAsync(fixture);
        administrator.ShouldHaveSingleItem().Where(c => c.Value.Length > 0).Select(c => c.Key).ShouldBe(["Avser", "Förbund", "År"]);
        figures.ToSettle.Select(t => (t.Insats, t.Place, t.What)).ShouldBe(
            [
                ("Förbundet", UppfoljningFinsamPlace.Funds, "Tilldelade medel är inte ifyllda."),
                ("Förbundet", UppfoljningFinsamPlace.Funds, "Eget kapital är inte ifyllt."),
                ("Förbundet", UppfoljningFinsamPlace.Costs, "Ingen av förbundets egna kostnader är markerad som administration."),
            ]);

        var funds = new FundsStore(fixture.Test.Database);
        var member = new NewContribution { ForbundId = fixture.Forbund.Id, CalendarYear = 2024, Name = "Staten", Kind = "state", Kronor = 100 };
        await funds.SetContributionAsync(member);
        await funds.SetContributionAsync(member with { Name = "Norrby kommun", Kind = "municipality", Kronor = null });
        await new InsatsEconomyStore(fixture.Test.Database).SetCostAsync(
            new NewForbundCost { ForbundId = fixture.Forbund.Id, CalendarYear = 2024, Name = "Kansli", IsAdministration = true, BudgetKronor = 5 });
        await new InsatsEconomyStore(fixture.Test.Database).SetCostAsync(
            new NewForbundCost { ForbundId = fixture.Forbund.Id, CalendarYear = 2024, Name = "Utvärdering", BudgetKronor = 7, OutcomeKronor = 7 });
        (administrator, _, figures) = await FilesAsync(fixture);
        Part(administrator[0], "Tilldelade medel (kronor)", "varav staten (kronor)", "varav regionen (kronor)", "varav kommunerna (kronor)")
            .ShouldBe(["", "100", "", ""]);
        Part(administrator[0], "Administration, budget (kronor)", "Administration, utfall (kronor)").ShouldBe(["5", ""]);
        figures.ToSettle.Select(t => t.What).ShouldBe(
            [
                "Tilldelade medel är inte ifyllda för region. Summan vore för liten utan dem; den som inget betalar får 0 kronor.",
                "Tilldelade medel är inte ifyllda för Norrby kommun.",
                "Eget kapital är inte ifyllt.",
                "Inte ifyllt för Kansli, som hör till administrationen: utfall.",
            ]);
        await funds.SetContributionAsync(member with { Name = "Norrby kommun", Kind = "municipality", Kronor = 50, Version = 1 });
        await funds.SetContributionAsync(member with { Name = "Region Norr", Kind = "region", Kronor = 0 });
        await funds.SetYearAsync(new NewForbundYear { ForbundId = fixture.Forbund.Id, CalendarYear = 2024, OwnCapitalKronor = -3 });
        (administrator, _, _) = await FilesAsync(fixture);
        Part(administrator[0], "Tilldelade medel (kronor)", "varav regionen (kronor)", "varav ESF (kronor)").ShouldBe(["150", "0", ""]);
        administrator[0]["Eget kapital (kronor)"].ShouldBe("-3");
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task The_förbundsadministratör_gives_individual_insatser_by_gender_by_choice_and_the_receipt_knows(string engine)
    {
        await using var fixture = await ReportFixture.CreateAsync(engine);
        await fixture.InsatserAsync("Åkern;;individinriktad;individ;nej;2022-01-01;;", "Frukostmöten;;strukturövergripande;antal;nej;2022-01-01;;");
        await fixture.ParticipationsAsync("A;Åkern;kvinna;1990;;2024-01-10", "B;Åkern;okant;1990;;2024-01-10");
        var (administrator, _, figures) = await FilesAsync(fixture);
        administrator[0].ContainsKey("Kvinnor").ShouldBeFalse("it is off unless somebody chooses it");
        figures.ToSettle.ShouldContain(t => t.ParticipantCode == "B" && t.What.StartsWith("Kön saknas.", StringComparison.Ordinal));

        (administrator, _, _) = await FilesAsync(fixture, withChoice: true);
        administrator.Select(r => $"{r["Insats"]}: {r["Kvinnor"]} {r["Män"]} {r["Totalt kvinnor och män"]}").ShouldBe([":   ", "Frukostmöten:   ", "Åkern: 1 0 1"]);
        await fixture.ParticipationsAsync("C;Åkern;man;1990;;2024-02-10");
        await fixture.HeadCountAsync("Frukostmöten", "unknown", 9);
        var compared = await CompareAsync(fixture);
        compared[0].Differences.Select(d => (d.Insats, d.Label, d.Then, d.Now)).ShouldBe(
            [
                ("Frukostmöten", "Antal deltagare (strukturövergripande insats)", "inte ifyllt", "9"),
                ("Åkern", "Män", "0", "1"),
                ("Åkern", "Totalt kvinnor och män", "1", "2"),
            ]);
        compared[0].Reasons.Select(r => $"{r.Insats}: {r.What}").ShouldBe(
            ["Frukostmöten: antalet deltagare är ändrat", "Åkern: 1 nytt deltagande"],
            ignoreOrder: true);
        compared[1].Reasons.Select(r => $"{r.Insats}: {r.What}").ShouldBe(["Åkern: 1 nytt deltagande"], "a structural insats is not in that role's part");
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task What_changes_of_funds_capital_and_administration_is_a_difference_with_its_reason(string engine)
    {
        await using var fixture = await ReportFixture.CreateAsync(engine);
        await fixture.ForbundMoneyAsync();
        await FilesAsync(fixture);
        (await CompareAsync(fixture)).ShouldAllBe(c => c.Differences.Count == 0 && c.Changes.Count == 0);
        var (funds, economy) = (new FundsStore(fixture.Test.Database), new InsatsEconomyStore(fixture.Test.Database));
        await funds.SetContributionAsync(
            new NewContribution { ForbundId = fixture.Forbund.Id, CalendarYear = 2024, Name = "ESF", Kind = "esf", Kronor = 1_000 });
        await funds.SetYearAsync(new NewForbundYear { ForbundId = fixture.Forbund.Id, CalendarYear = 2024, OwnCapitalKronor = 1, Version = 1 });
        var cost = new NewForbundCost { ForbundId = fixture.Forbund.Id, CalendarYear = 2024, Name = "Utvärdering", BudgetKronor = 40 };
        await economy.SetCostAsync(cost);
        var name = fixture.Forbund.Name;
        var compared = (await CompareAsync(fixture))[0];
        compared.Differences.Select(d => (d.InsatsId, d.Insats, d.Label, d.Then, d.Now)).ShouldBe(
            [
                (null, name, "Tilldelade medel (kronor)", "9000000", "9001000"),
                (null, name, "varav ESF (kronor)", "gäller inte: ingen sådan medlem", "1000"),
                (null, name, "Eget kapital (kronor)", "750000", "1"),
            ]);
        compared.Reasons.Select(r => $"{r.Insats}: {r.What}").ShouldBe(
            ["Förbundet: tilldelade medel eller eget kapital är ändrat"],
            "an evaluation is no administration");

        // Marked as administration afterwards, it is.
        await economy.SetCostAsync(cost with { IsAdministration = true, Version = 1 });
        compared = (await CompareAsync(fixture))[0];
        compared.Differences.Select(d => (d.Label, d.Now)).ShouldContain(("Administration, budget (kronor)", "1500040"));
        compared.Differences.Select(d => (d.Label, d.Now)).ShouldContain(("Administration, utfall (kronor)", "inte ifyllt"));
        compared.Reasons.Select(r => r.What).ShouldContain("administrationens budget eller utfall är ändrat");
        await economy.RemoveCostAsync(fixture.Forbund.Id, 2024, "Utvärdering", 2, "anna");
        compared = (await CompareAsync(fixture))[0];
        compared.Differences.ShouldNotContain(d => d.Label!.StartsWith("Administration", StringComparison.Ordinal));
        compared.Reasons.Select(r => r.What).ShouldNotContain("administrationens budget eller utfall är ändrat", "it is as if it had never been there");
        (await new DeliveryStore(fixture.Test.Database).ChangedPeriodsAsync(fixture.Forbund.Id, await DeliveriesAsync(fixture)))
            .ShouldBe([(new UppfoljningFinsamPeriod(2024, 0), 2)]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task What_is_handed_over_is_told_from_what_is_only_taken_and_is_what_is_compared(string engine)
    {
        await using var fixture = await ReportFixture.CreateAsync(engine);
        await fixture.InsatserAsync("Dörren;;individinriktad;antal;nej;2022-01-01;;");
        await fixture.HeadCountAsync("Dörren", "woman", 1);
        await fixture.HeadCountAsync("Dörren", "man", 1);
        var (export, store) = (new UppfoljningFinsamExport(fixture.Test.Database), new DeliveryStore(fixture.Test.Database));
        var shown = await CountAsync(fixture);
        var checksum = UppfoljningFinsamExport.ChecksumOf(shown, UppfoljningFinsamRole.Participants);
        await FilesAsync(fixture);
        (await DeliveriesAsync(fixture)).ShouldAllBe(d => d.HandedOverAt == null && d.IsCompared && !d.IsCopied);

        // Copied from the page with the file already taken: one receipt, that of the file.
        var taken = (await DeliveriesAsync(fixture)).Single(d => d.NationalRole == UppfoljningFinsamRole.Participants).Id;
        var copied = await export.HandOverCopiedAsync(await CountAsync(fixture), UppfoljningFinsamRole.Participants, checksum, "anna");
        var receipt = (await DeliveriesAsync(fixture)).Single(d => d.Id == copied);
        (receipt.Id, receipt.IsCopied, receipt.IsCompared, receipt.HandedOverBy, receipt.FileSha256).ShouldBe((taken, false, true, "anna", checksum));
        (await store.FieldsAsync(fixture.Forbund.Id, receipt.Id)).Count.ShouldBe(9);
        (await store.HandOverAsync(fixture.Forbund.Id, receipt.Id, "bo")).ShouldBeFalse("it was said already");
        (await store.HandOverAsync(fixture.Forbund.Id + 1, 1, "bo")).ShouldBeFalse();

        // Said again, by several at once too, it is the same receipt.
        var present = await CountAsync(fixture);
        var again = Enumerable.Range(0, 3).Select(_ => export.HandOverCopiedAsync(present, UppfoljningFinsamRole.Participants, checksum, "anna"));
        (await Task.WhenAll(again)).ShouldAllBe(id => id == taken);
        (await DeliveriesAsync(fixture)).Count(d => d.HandedOverAt is not null).ShouldBe(1);

        // What was copied is no longer what stands there.
        await fixture.HeadCountAsync("Dörren", "woman", 5);
        (await export.HandOverCopiedAsync(await CountAsync(fixture), UppfoljningFinsamRole.Participants, checksum, "anna")).ShouldBeNull();

        // Copied without a file of them: a receipt of its own, with the file that it would have been.
        var now = await CountAsync(fixture);
        var own = await export.HandOverCopiedAsync(
            now, UppfoljningFinsamRole.Participants, UppfoljningFinsamExport.ChecksumOf(now, UppfoljningFinsamRole.Participants), "anna");
        var copy = (await DeliveriesAsync(fixture)).Single(d => d.Id == own);
        (copy.Id == taken, copy.IsCopied, copy.IsCompared, copy.HandedOverBy).ShouldBe((false, true, true, "anna"));
        (await store.TakeBackHandOverAsync(fixture.Forbund.Id, copy.Id, copy.HandedOverAt!.Value, "anna")).ShouldBeTrue();

        // A file that is only taken changes nothing of what was handed over; said of it too, it is the last.
        await FilesAsync(fixture);
        (await CompareAsync(fixture))[1].Delivery.Id.ShouldBe(receipt.Id);
        (await CompareAsync(fixture))[1].Differences.Select(d => (d.Label, d.Then, d.Now)).ShouldContain(("Kvinnor", "1", "5"));
        var last = (await DeliveriesAsync(fixture)).First(d => d.NationalRole == UppfoljningFinsamRole.Participants);
        (await store.HandOverAsync(fixture.Forbund.Id, last.Id, "bo")).ShouldBeTrue();
        (await CompareAsync(fixture))[1].Delivery.Id.ShouldBe(last.Id);
        (await CompareAsync(fixture))[1].Differences.ShouldBeEmpty();

        // It was said by mistake: the one before is the last again.
        var said = (await DeliveriesAsync(fixture)).Single(d => d.Id == last.Id).HandedOverAt!.Value;
        (await store.TakeBackHandOverAsync(fixture.Forbund.Id + 1, last.Id, said, "bo")).ShouldBeFalse();
        (await store.TakeBackHandOverAsync(fixture.Forbund.Id, last.Id, said.AddMinutes(-1), "bo")).ShouldBeFalse("somebody has said it anew");
        (await store.TakeBackHandOverAsync(fixture.Forbund.Id, last.Id, said, "bo")).ShouldBeTrue();
        (await store.TakeBackHandOverAsync(fixture.Forbund.Id, last.Id, said, "bo")).ShouldBeFalse();
        (await CompareAsync(fixture))[1].Delivery.Id.ShouldBe(receipt.Id);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task The_form_follows_its_table_in_roles_order_and_words(string engine)
    {
        await using var fixture = await ReportFixture.CreateAsync(engine);
        await fixture.InsatserAsync("Dörren;;individinriktad;antal;nej;2022-01-01;;");
        await FilesAsync(fixture);
        foreach (
            var change in new[]
            {
                "UPDATE national_form_field SET label = 'Tjejer', sort_order = 5 WHERE national_role = 'deltagaransvarig' AND field = 'women'",
                "UPDATE national_form_field SET is_asked = 0 WHERE national_role = 'deltagaransvarig' AND field LIKE 'anonymous%'",
                "UPDATE national_form_field SET national_role = 'deltagaransvarig', sort_order = 200 WHERE field = 'own_capital'",
                "UPDATE contributor_kind SET share_percent = NULL WHERE code = 'region'",
            })
            await ExecuteAsync(fixture, change);
        var (administrator, participants, figures) = await FilesAsync(fixture);
        participants[0].Keys.ShouldBe(
            ["Avser", "Tjejer", "Insats", "År", "Halvår", "Män", "Totalt kvinnor och män", "Okänt kön (redas ut före överlämning)", "Eget kapital (kronor)"]);
        participants.Select(r => r["Avser"]).ShouldBe(["Förbundet", "Insats"]);
        administrator[0].ContainsKey("Eget kapital (kronor)").ShouldBeFalse();
        figures.Funds.Where(f => f.SharePercent is not null).Select(f => f.Kind).ShouldBe(["state", "municipality"]);
    }

    private static async Task ExecuteAsync(ReportFixture fixture, string sql)
    {
        await using var connection = await fixture.Test.Database.Engine.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static Task<UppfoljningFinsamFigures> CountAsync(ReportFixture fixture, int half = 0) =>
        new UppfoljningFinsamExport(fixture.Test.Database).CountAsync(fixture.Forbund.Id, 2024, half);

    private static Task<IReadOnlyList<DeliveryRow>> DeliveriesAsync(ReportFixture fixture) =>
        new DeliveryStore(fixture.Test.Database).AllAsync(fixture.Forbund.Id);

    private static async Task<IReadOnlyList<DeliveryComparison>> CompareAsync(ReportFixture fixture) =>
        await new DeliveryStore(fixture.Test.Database).CompareAsync(await CountAsync(fixture), await DeliveriesAsync(fixture), userId: null);

    private static async Task<List<string>> ToSettleAsync(ReportFixture fixture, int half = 0) =>
        [.. (await CountAsync(fixture, half)).ToSettle.Select(t => $"{t.Insats}: {t.What}")];

    private static async Task<string> NumberAsync(ReportFixture fixture, int half = 0)
    {
        var figures = await CountAsync(fixture, half);
        return UppfoljningFinsamForm.Fields(figures, UppfoljningFinsamRole.Administrator, figures.Insatser.Single())
            .Single(f => f.Code == NationalField.StructuralParticipants)
            .Value;
    }

    // Each row of the two roles' files, by heading.
    private static async Task<(
        List<Dictionary<string, string>> Administrator,
        List<Dictionary<string, string>> Participants,
        UppfoljningFinsamFigures Figures)> FilesAsync(ReportFixture fixture, bool withChoice = false)
    {
        var figures = await CountAsync(fixture);
        var files = await new UppfoljningFinsamExport(fixture.Test.Database).WriteAsync(
            figures,
            Path.Combine(fixture.Folder, "ut"),
            "prov",
            withChoice);
        return (await RowsAsync(files[0]), await RowsAsync(files[1]), figures);

        static async Task<List<Dictionary<string, string>>> RowsAsync(string path)
        {
            var lines = (await File.ReadAllLinesAsync(path)).Select(l => l.Split(';')).ToList();
            return [.. lines.Skip(1).Select(l => lines[0].Zip(l).ToDictionary(c => c.First, c => c.Second))];
        }
    }

    private static List<string> Part(Dictionary<string, string> row, params string[] headings) => [.. headings.Select(h => row[h])];
}
