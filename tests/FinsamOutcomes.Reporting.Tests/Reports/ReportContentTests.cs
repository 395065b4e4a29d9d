using System.Text.Json;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Statistics;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Reports;

/// <summary>What a report says of targets, money, insatser and of nothing at all.</summary>
public sealed class ReportContentTests
{
    private const string Åkern = "Åkern;;individinriktad;individ;nej;2022-01-01;;";

    [Fact]
    public async Task A_target_is_reached_near_missed_or_cannot_be_assessed()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(
            Åkern, "Liten;;individinriktad;individ;nej;2022-01-01;;", "Mindre;;individinriktad;individ;nej;2022-01-01;;", "Ny;;individinriktad;individ;nej;2024-01-01;;");
        // 75 of 95 against 80 %: Umeåregionen printed it as "nära målet".
        await fixture.ExitsAsync("Åkern", "kvinna", "arbete", 75);
        await fixture.ExitsAsync("Åkern", "man", "sjukdom", 20);
        await fixture.ExitsAsync("Liten", "kvinna", "arbete", 3);
        await fixture.ExitsAsync("Liten", "kvinna", "sjukdom", 9);
        await fixture.ExitsAsync("Mindre", "kvinna", "arbete", 2);
        await fixture.ExitsAsync("Mindre", "kvinna", "sjukdom", 9);
        await fixture.TargetAsync("positiva-avslut", 0.80m, insats: "Åkern");
        await fixture.TargetAsync("positiva-avslut", 0.50m);
        await fixture.TargetAsync("positiva-avslut", 0.90m, insats: "Liten");
        await fixture.TargetAsync("positiva-avslut", 0.20m, insats: "Mindre");
        await fixture.TargetAsync("positiva-avslut", 0.10m, insats: "Ny");
        await fixture.TargetAsync("ko", 5m, direction: "at_most");
        await fixture.TargetAsync("deltaganden", 200m);
        await fixture.TargetAsync("forsorjning", 0.5m);
        await fixture.TargetAsync("nojdhet", 0.8m);

        var table = (await fixture.BuildAsync()).Table("maluppfyllelse");
        Verdict("Positiva avslut", "Åkern").ShouldBe(("79\u00A0%", "◐ Nära målet"));
        Verdict("Positiva avslut", "Hela förbundet").ShouldBe(("68\u00A0%", "● Målet nått"));
        Verdict("Positiva avslut", "Liten").ShouldBe(("dold", "Kan inte bedömas"));
        Verdict("Positiva avslut", "Ny").ShouldBe(("inget underlag", "Kan inte bedömas"));
        Verdict("I kö", "Hela förbundet").ShouldBe(("0", "● Målet nått"));
        Verdict("Deltaganden", "Hela förbundet").ShouldBe(("118", "○ Målet inte nått"));
        Verdict("Försörjning före och efter", "Hela förbundet").ShouldBe(("inget underlag", "Kan inte bedömas"));
        Verdict("nojdhet", "Hela förbundet").ShouldBe(("inget underlag", "Kan inte bedömas"));

        (string, string) Verdict(string measure, string where)
        {
            var cells = table.Rows.Single(r => r.Cells[0].Text == measure && r.Cells[1].Text == where).Cells;
            return (ReportTables.Seen(cells[3], table.Columns[3]), cells[5].Text!);
        }
    }

    [Fact]
    public async Task The_budget_of_lund_2024_adds_up_to_what_its_rows_say_and_not_to_the_printed_total()
    {
        var lund = JsonDocument.Parse(await File.ReadAllTextAsync(SharedData.Path("published/tables.json"))).RootElement.GetProperty("lund_budget_2024_tkr");
        var rows = lund.GetProperty("rows").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt64() * 1000, StringComparer.Ordinal);
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync([
            .. rows
                .Keys.Where(IsInsats)
                .OrderBy(IsDelprojekt)
                .Select(n =>
                    IsDelprojekt(n)
                        ? $"{n};IRIS;individinriktad;individ;nej;2023-01-01;;"
                        : $"{(n == "IRIS (Övergripande)" ? "IRIS" : n)};;individinriktad;individ;nej;2023-01-01;;"),
        ]);
        var economy = new InsatsEconomyStore(fixture.Test.Database);
        foreach (var (name, kronor) in rows)
        {
            if (IsInsats(name))
                await fixture.BudgetAsync(name == "IRIS (Övergripande)" ? "IRIS" : name, kronor);
            else
                await economy.SetCostAsync(new NewForbundCost { ForbundId = fixture.Forbund.Id, CalendarYear = 2024, Name = name, BudgetKronor = kronor });
        }

        var table = (await fixture.BuildAsync()).Table("ekonomi");
        var total = table.Rows.Single(r => r.IsTotal);
        total.Cells[1].Number.ShouldBe(lund.GetProperty("recomputed_total").GetDouble() * 1000);
        total.Cells[1].Number.ShouldNotBe(lund.GetProperty("printed_total").GetDouble() * 1000);
        total.Cells[2].State.ShouldBe(CellState.NoData);
        table.Cell("IRIS", "Budget").Number.ShouldBe(rows.Where(r => r.Key.StartsWith("IRIS", StringComparison.Ordinal)).Sum(r => r.Value));
        table.Cell("– IRIS VSB", "Budget").Number.ShouldBe(2_380_000);
        table.Rows.Where(r => !r.IsTotal && !r.Cells[0].Text!.StartsWith('–')).Sum(r => r.Cells[1].Number).ShouldBe(total.Cells[1].Number);

        static bool IsInsats(string name) => name is not ("Administration" or "Utvärderingar");
        static bool IsDelprojekt(string name) => name.StartsWith("IRIS ", StringComparison.Ordinal) && !name.Contains('(');
    }

    [Fact]
    public async Task A_budget_is_never_set_against_an_outcome_that_is_only_partly_known()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(
            Åkern,
            "Steget;;individinriktad;individ;nej;2022-01-01;;",
            "Norr;;individinriktad;individ;nej;2022-01-01;;",
            "Insam;Norr;individinriktad;individ;nej;2022-01-01;;",
            "Örat;Norr;individinriktad;individ;nej;2022-01-01;;");
        await fixture.BudgetAsync("Åkern", 100_000, 90_000);
        await fixture.BudgetAsync("Steget", 100_000);
        (await fixture.BuildAsync()).Table("ekonomi").Notes.ShouldContain(
            "Summan för förbundet är minst så stor: budget saknas för 1 insats, delprojekt eller egen kostnad och "
                + "utfall saknas för 2 insatser, delprojekt eller egna kostnader.");
        await fixture.BudgetAsync("Insam", 0, 0);
        (await fixture.BuildAsync()).Table("ekonomi").Notes.ShouldContain(
            "Norr: summan är minst så stor: budget saknas för 1 delprojekt och utfall saknas för 1 delprojekt.");
        await fixture.BudgetAsync("Norr", 0, 0);
        (await fixture.BuildAsync()).Table("ekonomi").Notes.ShouldContain(
            "Norr: summan är minst så stor: budget saknas för 1 delprojekt och utfall saknas för 1 delprojekt.",
            "an amount of the insats' own says nothing of Örat's, where Insam has one");
        await fixture.BudgetAsync("Örat", 0, 0);
        var table = (await fixture.BuildAsync()).Table("ekonomi");
        table.Notes.ShouldContain("Summan för förbundet är minst så stor: utfall saknas för 1 insats, delprojekt eller egen kostnad.");
        table.Cell("Åkern", "Utfall minus budget").Number.ShouldBe(-10_000);
        table.Cell("Steget", "Utfall").Text.ShouldBe("inte ifyllt");
        var total = table.Rows.Single(r => r.IsTotal).Cells;
        total[1].Number.ShouldBe(200_000);
        total[2].Number.ShouldBe(90_000);
        total[3].State.ShouldBe(CellState.NoData);
        total[4].State.ShouldBe(CellState.NoData);
    }

    [Fact]
    public async Task Overspending_has_its_sign_and_nearly_all_of_a_budget_is_not_all_of_it()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern, "Steget;;individinriktad;individ;nej;2022-01-01;;");
        await fixture.BudgetAsync("Åkern", 1_000_000, 1_002_000);
        await fixture.BudgetAsync("Steget", 1_000_000, 992_000);
        var table = (await fixture.BuildAsync()).Table("ekonomi");
        table.Rows.Select(r => string.Join("; ", r.Cells.Skip(3).Select((c, i) => CellText.Of(c, table.Columns[3 + i])))).ShouldBe(
            ["\u22128\u00A0000\u00A0kr; 99,2\u00A0%", "+2\u00A0000\u00A0kr; 100,2\u00A0%", "\u22126\u00A0000\u00A0kr; 99,7\u00A0%"], ignoreOrder: true);
    }

    [Fact]
    public async Task Each_insats_of_the_year_has_its_section_and_no_other()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(
            Åkern,
            "Insam;Åkern;individinriktad;individ;nej;2024-12-31;;",
            "Slutad;;individinriktad;individ;nej;2022-01-01;2023-12-31;",
            "Sista dagen;;individinriktad;individ;nej;2022-01-01;2024-01-01;",
            "Kommande;;individinriktad;individ;nej;2025-01-01;;",
            "Nätverket;;strukturövergripande;antal;nej;2022-01-01;;");
        var document = await fixture.BuildAsync("projektredovisning");
        document.Blocks.OfType<HeadingBlock>().Where(h => h.Level == 1).Select(h => h.Text)
            .ShouldBe(["Om redovisningen", "Nätverket", "Sista dagen", "Åkern", "Insam", "Metod och definitioner"]);
        (await fixture.BuildAsync("projektredovisning", 2021))
            .Blocks.OfType<ParagraphBlock>()
            .ShouldContain(p => p.Runs[0].Text == "Förbundet hade ingen insats som pågick 2021.");
    }

    [Fact]
    public async Task What_people_wrote_replaces_the_placeholder_whatever_markdown_they_used()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern);
        var texts = new InsatsTextStore(fixture.Test.Database);
        var text =
            "# Året\n\nDet **gick** bra & {{personer in_period}} <i>lugnt</i>.\n\n- ett\n- två\n\n    inskjutet\n\n```\nkod\n```\n\n<div>ruta</div>\n\n> citat\n\nFrån Word:\u000Bny rad slut <https://example.se>";
        await texts.SetAsync(
            new NewInsatsText
            {
                ForbundId = fixture.Forbund.Id,
                InsatsId = await fixture.InsatsIdAsync("Åkern"),
                CalendarYear = 2024,
                Section = "resultat",
                Body = text,
            });
        var document = await fixture.BuildAsync("projektredovisning");
        var prose = ReportTables.Prose(document);
        foreach (
            var part in new[]
            {
                "Året",
                "Det gick bra & {{personer in_period}} <i>lugnt</i>.",
                "ett",
                "två",
                "inskjutet",
                "kod",
                "ruta",
                "citat",
                "Från Word:",
                "ny rad",
                "slut",
                "https://example.se",
            })
            prose.ShouldContain(part);
        document.Blocks.OfType<PlaceholderBlock>().ShouldNotContain(p => p.Instruction.StartsWith("Berätta om årets resultat"));
        document.Blocks.OfType<PlaceholderBlock>().ShouldContain(p => p.Instruction.StartsWith("Beskriv kort vad insatsen gör"));
        ReportFiles.Write(document, "rapport", fixture.Folder).Files.Count.ShouldBe(document.Blocks.OfType<FigureBlock>().Any() ? 4 : 3);
        (await fixture.BuildAsync("projektredovisning", 2023))
            .Blocks.OfType<PlaceholderBlock>()
            .ShouldContain(p => p.Instruction.StartsWith("Berätta om årets resultat"));
    }

    [Theory]
    [InlineData("arsredovisning")]
    [InlineData("projektredovisning")]
    public async Task A_forbund_without_anything_gets_a_report_that_says_so(string report)
    {
        await using var fixture = await ReportFixture.CreateAsync();
        var document = await fixture.BuildAsync(report);
        ReportTables.Prose(document).ShouldContain(report == "arsredovisning" ? "inget underlag" : "ingen insats som pågick 2024");
        foreach (var table in ReportTables.Of(document))
            table.Rows.SelectMany(r => r.Cells).ShouldAllBe(c => c.Number == null || c.Number == 0, table.Id);
    }

    [Fact]
    public async Task A_year_without_exits_has_no_shares_but_counts_of_nought()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern);
        await fixture.ExitsAsync("Åkern", "kvinna", "arbete", 12, year: 2023);
        await fixture.ParticipationsAsync([.. Enumerable.Range(1, 8).Select(i => $"N{i};Åkern;man;1990;;2024-02-01")]);
        var document = await fixture.BuildAsync();
        var prose = ReportTables.Prose(document);
        prose.ShouldContain("(inget underlag) till arbete eller studier");
        prose.ShouldContain("0 avslutades");
        var throughput = document.Table("genomstromning-insats");
        throughput.Cell("Åkern", "Män: antal").Number.ShouldBe(0);
        throughput.Cell("Åkern", "Kvinnor: antal").Number.ShouldBe(0);
        throughput.Rows.Single(r => r.Cells[0].Text == "Åkern").Cells[3].State.ShouldBe(CellState.NoData);
        document.Table("deltaganden-ar").Rows.Select(r => r.Cells[0].Text).ShouldBe(["2023", "2024"]);
    }

    [Fact]
    public async Task Anonymous_participants_count_among_persons_and_never_among_outcomes()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern, "Öppna dörren;;individinriktad;antal;nej;2022-01-01;;", "Nätverket;;strukturövergripande;antal;nej;2022-01-01;;");
        await fixture.ExitsAsync("Åkern", "kvinna", "arbete", 10);
        await fixture.ExitsAsync("Åkern", "kvinna", "sjukdom", 10);
        await fixture.HeadCountAsync("Öppna dörren", "woman", 30, half: 1);
        await fixture.HeadCountAsync("Öppna dörren", "woman", 12, half: 2);
        await fixture.HeadCountAsync("Öppna dörren", "man", 0, half: 1);
        await fixture.HeadCountAsync("Öppna dörren", "man", 0, half: 2);
        await fixture.HeadCountAsync("Nätverket", "man", 7);
        var document = await fixture.BuildAsync();
        var persons = document.Table("personer-kon");
        // Two half-years may count the same person: whatever the year makes of them, total and "varav" must agree.
        var women = persons.Cell("Deltagande i perioden", "Kvinnor").Number!.Value;
        var anonymous = persons.Cell("varav anonyma", "Kvinnor");
        women.ShouldBe(20 + (anonymous.Number ?? 0));
        women.ShouldBe(62);
        persons.Notes.ShouldContain(n =>
            n.StartsWith("Högst: i talen för Deltagande i perioden och varav anonyma är halvår eller år lagda ihop", StringComparison.Ordinal));
        ReportTables.Prose(document).ShouldContain("deltog högst 62 personer");
        // Staff who came to a structural insats are no participants: they stand for themselves.
        persons.Cell("varav anonyma", "Män").Number.ShouldBe(0);
        persons.Cell("Deltagande i perioden", "Män").Number.ShouldBe(0);
        persons.Cell("Personer i strukturövergripande insatser (ingår inte)", "Män").Number.ShouldBe(7);
        var structural = document.Table("personer-struktur");
        structural.Rows.Select(r => r.Cells[0].Text).ShouldBe(["Nätverket", "Alla"]);
        structural.Notes.ShouldNotContain(n => n.Contains("Åkern", StringComparison.Ordinal));
        var byInsats = document.Table("personer-insats");
        byInsats.Rows.Select(r => r.Cells[0].Text).ShouldBe(["Åkern", "Öppna dörren", "Alla"]);
        byInsats.Notes.ShouldContain("Har inga deltagare, eftersom de är strukturövergripande: Nätverket.");
        byInsats.Notes.ShouldContain(n => n.StartsWith("Högst: i talen för Öppna dörren och Alla är", StringComparison.Ordinal));
        document.Table("deltaganden-insats").Notes.ShouldContain("Räknar bara hur många som deltar, så det här följs inte: Nätverket, Öppna dörren.");
        ReportTables.Prose(document).ShouldContain("50\u00A0% (10 av 20)");
    }

    [Fact]
    public async Task A_forbund_with_only_structural_insatser_gets_both_reports()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync("Nätverket;;strukturövergripande;antal;nej;2022-01-01;;");
        await fixture.HeadCountAsync("Nätverket", "woman", 40);
        var document = await fixture.BuildAsync();
        document.Table("personer-kon").Cell("Deltagande i perioden", "Kvinnor").Number.ShouldBe(0);
        document.Table("personer-kon").Cell("Personer i strukturövergripande insatser (ingår inte)", "Kvinnor").Number.ShouldBe(40);
        ReportFiles.Write(document, "rapport", fixture.Folder);
        ReportFiles.Write(await fixture.BuildAsync("projektredovisning"), "bilaga", fixture.Folder);
    }

    [Fact]
    public async Task An_insats_that_only_counts_shows_whom_it_counted_and_says_that_outcomes_are_not_followed()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern, "Öppna dörren;;individinriktad;antal;nej;2022-01-01;;", "Tyst;;individinriktad;antal;nej;2022-01-01;;");
        await fixture.HeadCountAsync("Öppna dörren", "woman", 30, half: 1);
        await fixture.HeadCountAsync("Öppna dörren", "woman", 12, half: 2);
        await fixture.HeadCountAsync("Öppna dörren", "man", 8, half: 1);
        var document = await fixture.BuildAsync("projektredovisning");
        var door = await fixture.InsatsIdAsync("Öppna dörren");

        var table = document.Table($"raknade-{door}");
        ReportTables
            .Seen(table)
            .ShouldBe([
                ["Insats", "Tid", "Kvinnor", "Män", "Alla"],
                ["Öppna dörren", "Första halvåret 2024", "30", "8", "38"],
                ["Öppna dörren", "Andra halvåret 2024, minst", "12", "inte ifyllt", "12"],
                ["Öppna dörren", "Hela 2024, ofullständigt", "42", "8", "50"],
            ]);
        table.Notes.ShouldContain(n => n.StartsWith("Antal är inte inrapporterade: Öppna dörren (andra halvåret 2024).", StringComparison.Ordinal));
        table.Notes.ShouldContain(n => n.StartsWith("Högst: två halvår är lagda ihop", StringComparison.Ordinal));
        ReportTables
            .Of(document)
            .ShouldNotContain(t =>
                t.Id.EndsWith($"-{door}", StringComparison.Ordinal) && t.Id != table.Id && !t.Id.StartsWith("ekonomi", StringComparison.Ordinal));
        var section = ReportTables.Prose(
            document with
            {
                Blocks =
                [
                    .. document
                        .Blocks.SkipWhile(b => b is not HeadingBlock { Text: "Öppna dörren" })
                        .Skip(1)
                        .TakeWhile(b => b is not HeadingBlock { Level: 1 }),
                ],
            });
        section.ShouldContain("resultat följs inte här");
        section.ShouldNotContain("inget underlag");
        ReportTables.Prose(document).ShouldContain("Antal personer i Tyst: inget antal är inrapporterat för 2024.");
        // Where individuals are followed nothing has changed.
        ReportTables.Of(document).ShouldNotContain(t => t.Id == "raknade");
    }

    [Fact]
    public async Task A_note_stands_under_the_numbers_that_it_is_about_and_names_no_row_or_column_that_is_not_there()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern, "Öppna dörren;;individinriktad;antal;nej;2022-01-01;;");
        await fixture.ParticipationsAsync([
            .. Enumerable.Range(1, 12).Select(i => $"P{i};Åkern;kvinna;1996;grundskola;2024-02-01;2024-06-01;arbete;;skola"),
            .. Enumerable.Range(20, 12).Select(i => $"P{i};Åkern;man;1996;grundskola;2024-02-01;2024-06-01;sjukdom;;skola"),
            .. Enumerable.Range(40, 2).Select(i => $"P{i};Åkern;okant;1996;grundskola;2024-02-01;2024-06-01;sjukdom;;skola")]);
        await fixture.HeadCountAsync("Öppna dörren", "woman", 30, half: 1);
        await fixture.HeadCountAsync("Öppna dörren", "woman", 12, half: 2);
        await fixture.HeadCountAsync("Öppna dörren", "man", 20, half: 1);
        await fixture.HeadCountAsync("Öppna dörren", "man", 10, half: 2);
        var document = await fixture.BuildAsync();
        foreach (var table in ReportTables.Of(document))
        {
            var all = table.Rows.Any(r => r.Cells[0].Text == "Alla") || table.Columns.Any(c => c.Header.StartsWith("Alla", StringComparison.Ordinal));
            if (!all)
                table.Notes.ShouldNotContain(n => n.Contains("i Alla", StringComparison.Ordinal), table.Id);
        }

        foreach (var id in new[] { "personer-alder", "personer-utbildning" })
            document.Table(id).Notes.ShouldNotContain(n => n.StartsWith("Högst", StringComparison.Ordinal), id);
        document
            .Table("personer-remittent")
            .Notes.ShouldContain("Högst: i talen för Alla är halvår eller år lagda ihop, och den som räknades i båda är med två gånger.");
        document
            .Table("personer-kon")
            .Notes.ShouldContain(n => n.StartsWith("Högst: i talen för Deltagande i perioden och varav anonyma är", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tables_say_who_is_missing_and_why_their_rows_do_not_add_up()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern, "Insam;Åkern;individinriktad;individ;nej;2022-01-01;;", "Steget;;individinriktad;individ;nej;2022-01-01;;");
        // Twelve of one age, referrer and education, six of another; six of the first come again, four years older and sent by another.
        await fixture.ParticipationsAsync([
            .. Enumerable.Range(1, 12).Select(i => $"P{i};Insam;kvinna;1996;grundskola;2020-02-01;;;;skola"),
            .. Enumerable.Range(1, 6).Select(i => $"P{i};Steget;kvinna;1996;gymnasium;2024-02-01;;;;annan"),
            .. Enumerable.Range(20, 6).Select(i => $"P{i};Steget;man;1960;grundskola;2024-02-01;;;;annan")]);
        await fixture.HeadCountAsync("Åkern", "woman", 40);
        var document = await fixture.BuildAsync(policy: PublicationPolicy.Internt);

        foreach (var (id, what) in new[] { ("personer-alder", "ålder"), ("personer-utbildning", "utbildning"), ("personer-remittent", "remittent") })
        {
            var notes = document.Table(id).Notes;
            var isFigure = what != "remittent";
            notes.ShouldContain(
                isFigure
                    ? $"40 anonyma deltagare är inte med i diagrammet: deras {what} är inte känd."
                    : $"40 anonyma deltagare finns bara i Alla: deras {what} är inte känd.");
            notes.ShouldContain(
                $"Raderna har tillsammans 24, fler än de 18 registrerade personerna{(isFigure ? "" : " i Alla")}: den som har deltagit flera gånger kan stå på flera rader."
            );
        }

        var byInsats = document.Table("personer-insats").Notes;
        byInsats.ShouldContain("Insatserna har tillsammans 64, fler än 58 i Alla: den som deltar i flera insatser räknas en gång där.");
        byInsats.ShouldContain("Delprojekt (med streck före namnet) ingår också i sin insats.");

        // A few of other referrers are hidden, and come on top of what the rows have.
        await fixture.ParticipationsAsync([
            .. Enumerable.Range(30, 2).Select(i => $"P{i};Steget;kvinna;1996;grundskola;2024-02-01;;;;region_psykiatri"),
            .. Enumerable.Range(40, 3).Select(i => $"P{i};Steget;kvinna;1996;grundskola;2024-02-01;;;;egen_ansokan")]);
        (await fixture.BuildAsync())
            .Table("personer-remittent")
            .Notes.ShouldContain(
                "Raderna har tillsammans minst 24, fler än de 23 registrerade personerna i Alla: den som har deltagit flera gånger kan stå på flera rader.");
    }

    [Fact]
    public async Task Livelihood_at_entry_counts_all_who_said_and_says_of_how_many()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern);
        await fixture.ParticipationsAsync([
            .. Enumerable.Range(1, 7).Select(i => $"A{i};Åkern;kvinna;1990;;2024-01-01;2024-05-01;arbete;;;sjukpenning:100;lon:100"),
            .. Enumerable.Range(1, 6).Select(i => $"B{i};Åkern;kvinna;1990;;2024-01-01;2024-05-01;arbete;;;sjukpenning:100"),
            .. Enumerable.Range(1, 5).Select(i => $"C{i};Åkern;man;1990;;2024-01-01;2024-05-01;arbete")]);
        var document = await fixture.BuildAsync(policy: PublicationPolicy.Internt);
        var before = document.Table("forsorjning-fore");
        before.Rows.Single(r => r.Cells[^1].Number > 0).Cells[^1].Number.ShouldBe(13);
        before.Subtitle.ShouldEndWith("n\u00A0=\u00A013");
        before.Notes.ShouldContain("Bygger på 13 av 18 avslut. För övriga saknas uppgift om försörjning före.");
        document
            .Table("forsorjning-fore-efter")
            .Notes.ShouldContain("Bygger på 7 av 18 avslut med uppgift om försörjning både före och efter. Bara före: 6, bara efter: 0, ingen uppgift: 5.");
        document.Table("positiva-avslut-definition").Notes.ShouldNotContain(n => n.Contains("saknas avslutsorsak", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Exits_without_a_reason_are_told_beside_the_share_over_time_too()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern);
        foreach (var (year, without) in new[] { (2022, 6), (2023, 2), (2024, 7) })
        {
            await fixture.ExitsAsync("Åkern", "kvinna", "arbete", 20, year);
            await fixture.ExitsAsync("Åkern", "man", "", without, year);
        }

        var document = await fixture.BuildAsync();
        document
            .Table("positiva-avslut-ar")
            .Notes.ShouldContain(
                "Avslutsorsak saknas för 6 av 26 avslut 2022; 7 av 27 avslut 2024. De räknas inte som positiva.");
        document
            .Table("positiva-avslut-manad")
            .Notes.ShouldContain(n =>
                n.StartsWith("Avslutsorsak saknas för några avslut i ", StringComparison.Ordinal)
                && n.EndsWith("De räknas inte som positiva.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_medians_that_rest_on_different_numbers_say_so_and_share_no_n()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern);
        await fixture.ParticipationsAsync([
            .. Enumerable.Range(1, 12).Select(i => $"A{i};Åkern;man;1990;;2024-01-01;2024-05-01;arbete"),
            .. Enumerable.Range(1, 8).Select(i => $"B{i};Åkern;man;1990;;2024-02-01")]);
        var table = (await fixture.BuildAsync()).Table("tid-i-insats");
        table.Subtitle.ShouldNotContain("n\u00A0=");
        table.Notes.ShouldContain("Bygger på olika många deltaganden: Mediantid, alla (Kaplan–Meier) på 20; Mediantid, avslutade på 12.");
    }

    [Fact]
    public async Task Nobody_is_0_and_only_a_share_of_nobody_is_missing()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern);
        await fixture.ParticipationsAsync([.. Enumerable.Range(1, 12).Select(i => $"A{i};Åkern;man;1990;;2024-01-01;2024-05-01;arbete")]);
        var table = (await fixture.BuildAsync()).Table("positiva-avslut-alder");
        var row = table.Rows.Single();
        for (var i = 1; i < table.Columns.Count; i++)
        {
            var header = table.Columns[i].Header;
            if (!header.StartsWith("Kvinnor", StringComparison.Ordinal))
                continue;
            if (header.EndsWith("antal", StringComparison.Ordinal) || header.EndsWith(" n", StringComparison.Ordinal))
                row.Cells[i].Number.ShouldBe(0, header);
            else
                row.Cells[i].State.ShouldBe(CellState.NoData, header);
        }
    }

    [Fact]
    public async Task Exits_without_what_a_definition_needs_are_numbered_beside_the_share()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern);
        await fixture.ParticipationsAsync([
            .. Enumerable.Range(1, 12).Select(i => $"A{i};Åkern;kvinna;1990;;2024-01-01;2024-05-01;arbete;;;;;0;0;nej;50;0;nej"),
            .. Enumerable.Range(1, 8).Select(i => $"B{i};Åkern;kvinna;1990;;2024-01-01;2024-05-01;arbete;;;;;0;0;nej;0;0;nej"),
            .. Enumerable.Range(1, 14).Select(i => $"C{i};Åkern;man;1990;;2024-01-01;2024-05-01;arbete"),
            .. Enumerable.Range(1, 6).Select(i => $"D{i};Åkern;man;1990;;2024-01-01;2024-05-01;")]);
        var notes = (await fixture.BuildAsync()).Table("positiva-avslut-definition").Notes;
        notes
            .Where(n => n.Contains("avslutsorsak", StringComparison.Ordinal))
            .ShouldBe(["För 6 av 40 avslut saknas avslutsorsak. De räknas inte som positiva."]);
        notes.ShouldContain(n =>
            n.EndsWith(
                "för 20 av 40 avslut saknas uppgift om arbete eller studier före eller efter. De räknas inte som positiva. Bland de 20 där uppgiften finns är andelen 60\u00A0%.",
                StringComparison.Ordinal));
    }

    [Fact]
    public async Task Shares_that_round_to_more_than_a_hundred_say_so_in_table_and_figure()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern);
        // 11, 11 and 5 of 27 are 41, 41 and 19 per cent.
        foreach (var (livelihood, number) in new[] { ("sjukpenning", 11), ("lon", 11), ("ekonomiskt_bistand", 5) })
            await fixture.ParticipationsAsync([
                .. Enumerable
                    .Range(1, number)
                    .Select(i =>
                        $"{livelihood}{i};Åkern;kvinna;1990;;2024-01-01;2024-05-01;{(number == 5 ? "studier" : livelihood == "lon" ? "arbete" : "sjukdom")};;;{livelihood}:100;{livelihood}:100"
                    ),
            ]);
        var document = await fixture.BuildFromAsync(
            "# Prov\n\n```tabell\nid: a\nrubrik: Orsaker\nmatt: avslutsorsaker\nstatistik: share\nnollor: nej\nrader: category\n```\n\n```diagram\nid: b\ntyp: staplar\nrubrik: Försörjning\nmatt: forsorjning\nstatistik: before, after\nrader: statistic\nkolumner: category\n```\n",
            policy: PublicationPolicy.Internt);
        const string Says = "Andelarna är avrundade var för sig och blir därför tillsammans 101\u00A0%.";
        ReportTables.Of(document).Where(t => t.Id is "a" or "b").ShouldAllBe(t => t.Notes.Contains(Says));
        document.Blocks.OfType<FigureBlock>().Single().Figure.Notes.ShouldContain(Says);
    }

    [Fact]
    public async Task Nought_is_a_number_where_nothing_but_noughts_were_counted()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern);
        await fixture.ExitsAsync("Åkern", "kvinna", "arbete", 12);
        var document = await fixture.BuildFromAsync(
            "# Prov\n\n```tabell\nid: a\nrubrik: Kö\nmatt: ko\nnollor: nej\nrader: insats\n```\n\n```diagram\nid: b\ntyp: kolumner\nrubrik: Nya\nmatt: personer\nrader: age\n```\n"
        );
        ReportTables.Prose(document).ShouldContain("Kö: 0 platser i kö 2024.");
        ReportTables.Of(document).Single(t => t.Id == "b").Notes.ShouldContain("Inga att räkna: 16–24 år, 25–29 år, 45–54 år, 55–66 år.");
    }

    [Fact]
    public async Task A_half_year_that_is_not_reported_is_unknown_in_tables_text_and_targets_and_never_0()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern, "Öppna dörren;;individinriktad;antal;nej;2022-01-01;;");
        await fixture.ExitsAsync("Åkern", "kvinna", "arbete", 20);
        await fixture.HeadCountAsync("Öppna dörren", "woman", 60, half: 1);
        await fixture.HeadCountAsync("Öppna dörren", "man", 10, half: 1);
        await fixture.TargetAsync("personer", 85);
        await fixture.TargetAsync("personer", 95, insats: "Öppna dörren");
        var document = await fixture.BuildAsync();
        var targets = document.Table("maluppfyllelse");
        targets
            .Rows.Select(r => string.Join('|', r.Cells.Where((_, i) => i is 3 or 5).Select(c => c.Text)))
            .ShouldBe(["minst 90|● Målet nått", "minst 70|Går inte att säga: antal är inte inrapporterade"]);
        foreach (var table in new[] { targets, document.Table("personer-kon"), document.Table("personer-insats") })
            table.Notes.ShouldContain(n => n.Contains("inte inrapporterade: Öppna dörren (andra halvåret 2024).", StringComparison.Ordinal), table.Id);
        targets.Notes.ShouldNotContain(n => n.Contains("Högst:", StringComparison.Ordinal));

        // No number by age holds them, so none is at least what it says.
        var ages = ReportTables
            .Of(await fixture.BuildFromAsync("# Prov\n\n```diagram\nid: a\ntyp: kolumner\nrubrik: Åldrar\nmatt: personer\nrader: age\n```\n"))
            .Single();
        ages.Notes.ShouldContain("Antal är inte inrapporterade: Öppna dörren (andra halvåret 2024).");
        ages.Notes.ShouldNotContain(n => n.Contains("minst det som står", StringComparison.Ordinal));
        ReportTables.Prose(document).ShouldContain("deltog minst 90 personer");
        ReportTables.Prose(document).ShouldContain("Antal är inte inrapporterade: Öppna dörren (andra halvåret 2024).");
    }

    [Fact]
    public async Task Periods_that_lack_reasons_are_told_of_the_periods_that_are_rows()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern);
        await fixture.ParticipationsAsync([
            .. Enumerable.Range(1, 12).Select(i => $"A{i};Åkern;kvinna;1990;;2024-01-10;2024-03-10;arbete"),
            .. Enumerable.Range(1, 5).Select(i => $"B{i};Åkern;man;1990;;2024-01-10;2024-09-10"),
        ]);
        var table = ReportTables
            .Of(await fixture.BuildFromAsync("# Prov\n\n```tabell\nid: m\nrubrik: Månader\nmatt: positiva-avslut\nper: month\nrader: period\n```\n"))
            .Single();
        table.Rows.Count.ShouldBe(7);
        table.Notes.ShouldContain("Avslutsorsak saknas för några avslut i 1 av 7 perioder, tillsammans 5. De räknas inte som positiva.");
    }

    [Fact]
    public async Task What_is_near_a_target_depends_on_its_unit_and_a_target_in_persons_says_whom_it_counts()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync("Öppna dörren;;individinriktad;antal;nej;2022-01-01;;", "Nätverket;;strukturövergripande;antal;nej;2022-01-01;;");
        await fixture.HeadCountAsync("Öppna dörren", "woman", 60, half: 1);
        await fixture.HeadCountAsync("Öppna dörren", "woman", 40, half: 2);
        await fixture.HeadCountAsync("Öppna dörren", "man", 0, half: 1);
        await fixture.HeadCountAsync("Öppna dörren", "man", 0, half: 2);
        await fixture.HeadCountAsync("Nätverket", "man", 218);
        await fixture.HeadCountAsync("Nätverket", "woman", 0);
        await fixture.TargetAsync("personer", 95);
        await fixture.TargetAsync("personer", 200, insats: "Nätverket");
        await fixture.TargetAsync("personer", 102, insats: "Öppna dörren");
        var table = (await fixture.BuildAsync()).Table("maluppfyllelse");
        table
            .Rows.Select(r => string.Join('|', r.Cells.Where((_, i) => i != 4).Select(c => c.Text)))
            .ShouldBe([
                "Personer (deltagare, även anonyma)|Hela förbundet|minst 95|högst 100|Går inte att säga: den som var med i båda halvåren är räknad två gånger",
                "Personer i strukturövergripande insats|Nätverket|minst 200|218|● Målet nått",
                "Personer (deltagare, även anonyma)|Öppna dörren|minst 102|högst 100|○ Målet inte nått. Om det är nära går inte att säga: den som var med i båda halvåren är räknad två gånger",
            ]);
        table.Notes.ShouldContain("Nära målet, övriga mål: utfallet är högst 2,5\u00A0% av målnivån från den.");
        table.Notes.ShouldNotContain(n => n.Contains("procentenheter", StringComparison.Ordinal));
        table.Notes.ShouldContain(
            "Mål i personer räknar deltagare, registrerade och anonyma. Personer i strukturövergripande insatser räknas bara i ett mål för en sådan insats.");
    }

    [Fact]
    public async Task Two_instruments_with_the_same_question_code_are_both_shown()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern);
        await fixture.InstrumentAsync(
            "Min väg;1;deltagare;halsa;Hur mår du?;1;10;hogre_ar_battre;1",
            "Min väg;2;deltagare;halsa;Hur mår du?;1;10;hogre_ar_battre;1",
            "HSCL;1;deltagare;halsa;Hur nedstämd är du?;1;5;lagre_ar_battre;0");
        string[] people = [.. Enumerable.Range(1, 12).Select(i => $"P{i}")];
        await fixture.ParticipationsAsync([.. people.Select(p => $"{p};Åkern;kvinna;1990;;2024-01-01;2024-06-01;arbete")]);
        await fixture.AnswersAsync([
            .. people.SelectMany(p =>
                new[] { ("Min väg", 1, 4), ("Min väg", 2, 6), ("HSCL", 1, 2) }.SelectMany(i =>
                    new[]
                    {
                        $"{p};Åkern;{i.Item1};start;2024-01-01;halsa;{i.Item3};{i.Item2}",
                        $"{p};Åkern;{i.Item1};avslut;2024-06-01;halsa;{i.Item3 + 1};{i.Item2}",
                    })),
        ]);
        var table = (await fixture.BuildAsync(policy: PublicationPolicy.Minst5)).Table("sjalvskattning-forandring");
        var women = table.Rows.Where(r => r.Cells[1].Text == "Kvinnor").ToList();
        women.Select(r => r.Cells[0].Text).ShouldBeUnique();
        women.Select(r => r.Cells[table.Column("Medel före")].Number).Order().ShouldBe([2, 4, 6]);
    }
}
