using FinsamOutcomes.Reporting.StatisticsPage;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Tests.Reports;

/// <summary>What a reader must know stands beside the number that it is about.</summary>
public sealed class WhatIsSaidBesideTests
{
    private const string Åkern = "Åkern;;individinriktad;individ;nej;2022-01-01;;";

    [Fact]
    public async Task Before_and_after_say_which_way_is_good_how_many_answered_who_is_missing_and_what_a_change_may_come_of()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern);
        await fixture.InstrumentAsync(
            "Min väg;1;deltagare;halsa;Hur mår du?;1;10;hogre_ar_battre;1",
            "Min väg;1;deltagare;oro;Hur orolig är du?;1;5;lagre_ar_battre;0,5");
        string[] well = [.. Enumerable.Range(1, 20).Select(i => $"P{i}")],
            ill = [.. Enumerable.Range(1, 30).Select(i => $"S{i}")];
        await fixture.ParticipationsAsync([
            .. well.Select(p => $"{p};Åkern;kvinna;1990;;2024-01-01;2024-06-01;arbete"),
            .. ill.Select(p => $"{p};Åkern;man;1990;;2024-01-01;2024-06-01;sjukdom"),
        ]);

        // 12 of 20 positive and 7 of 30 others answered both times.
        await fixture.AnswersAsync([
            .. well.Take(12)
                .Concat(ill.Take(7))
                .SelectMany(
                    (p, i) =>
                        new[] { "start;2024-01-01", "avslut;2024-06-01" }.SelectMany(o =>
                            new[] { $"{p};Åkern;Min väg;{o};halsa;{3 + (i % 4)};1", $"{p};Åkern;Min väg;{o};oro;{1 + (i % 3)};1" }
                        )),
        ]);
        var document = await fixture.BuildAsync();
        foreach (var id in new[] { "sjalvskattning-kon", "sjalvskattning-forandring", "sjalvskattning-battre" })
        {
            var notes = document.Table(id).Notes;
            notes.ShouldContain("Lägre är bättre: ”Hur orolig är du?”. Högre är bättre: ”Hur mår du?”.", id);
            notes.ShouldContain("Förändring som räknas som bättre eller sämre: minst 0,5 (”Hur orolig är du?”); minst 1 (”Hur mår du?”).", id);
            notes.ShouldContain(
                "Svar både vid start och avslut finns för 19 av 50 (38\u00A0%) avslut: för 12 av 20 (60\u00A0%) positiva och 7 av 30 (23\u00A0%) övriga. De som saknas kan ha haft en annan utveckling.",
                id);
            notes.ShouldContain("En förändring från start till avslut kan ha andra orsaker än insatsen: det finns ingen jämförelsegrupp.", id);
        }

        (await fixture.BuildAsync("projektredovisning"))
            .Table($"sjalvskattning-forandring-{await fixture.InsatsIdAsync("Åkern")}")
            .Notes.ShouldContain(n => n.StartsWith("Svar både vid start och avslut finns för 19 av 50", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_is_missing_is_not_told_where_it_would_tell_a_small_number()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern);
        await fixture.InstrumentAsync("Min väg;1;deltagare;halsa;Hur mår du?;1;10;hogre_ar_battre;1");
        await fixture.ParticipationsAsync([
            .. Enumerable.Range(1, 20).Select(i => $"P{i};Åkern;kvinna;1990;;2024-01-01;2024-06-01;{(i <= 8 ? "arbete" : "sjukdom")}"),
        ]);
        await fixture.AnswersAsync([
            .. Enumerable
                .Range(7, 8)
                .SelectMany(i => new[] { $"P{i};Åkern;Min väg;start;2024-01-01;halsa;3;1", $"P{i};Åkern;Min väg;avslut;2024-06-01;halsa;5;1" }),
        ]);
        (await fixture.BuildAsync())
            .Table("sjalvskattning-forandring")
            .Notes.ShouldContain(
                "Svar både vid start och avslut finns för 8 av 20 (40\u00A0%) avslut. De som saknas kan ha haft en annan utveckling; hur utfallet var för dem visas inte, eftersom antalen är dolda."
            );
    }

    [Fact]
    public async Task The_reasons_behind_a_definition_stand_in_the_methods_section_and_on_the_statistics_page()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern);
        await fixture.ExitsAsync("Åkern", "kvinna", "arbete", 12);
        var prose = ReportTables.Prose(await fixture.BuildAsync());
        prose.ShouldContain(
            "Positivt avslut, arbete eller studier. Avslutsorsaker som räknas: Arbete utan stöd, Subventionerat arbete, Eget företag, Studier.");
        prose.ShouldContain("Positivt avslut, började eller ökade arbete/studier. Andelen arbete eller studier är högre vid avslut än vid inskrivning");
        var view = await new StatisticsService(fixture.Test.Database).BuildAsync(
            fixture.Forbund,
            new StatisticsFilter { From = new(2024, 1, 1), To = new(2024, 12, 31) }
        );
        view.Counted.ShouldBe("Avslutsorsaker som räknas: Arbete utan stöd, Subventionerat arbete, Eget företag, Studier.");
        view.Parts.Single(p => p.Id == "kon").Definition.ShouldContain(view.Counted);
    }

    [Fact]
    public async Task Many_p_values_in_a_row_say_what_chance_alone_would_give()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern, "Bäcken;;individinriktad;individ;nej;2022-01-01;;");
        foreach (var insats in new[] { "Åkern", "Bäcken" })
        {
            await fixture.ExitsAsync(insats, "kvinna", "arbete", 10);
            await fixture.ExitsAsync(insats, "kvinna", "sjukdom", 20);
            await fixture.ExitsAsync(insats, "man", "arbete", 15);
            await fixture.ExitsAsync(insats, "man", "sjukdom", 15);
        }

        (await fixture.BuildAsync())
            .Table("konsskillnad-insats")
            .Notes.ShouldContain(n => n.StartsWith("Här står 3 p-värden. Ungefär ett av tjugo blir under 0,05", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(35, 100, 40, 100, "Skillnaden (kvinnor minus män), −5 procentenheter, kan bero på slumpen", "−5 p.e.", "−18 till 8")]
    [InlineData(41, 100, 40, 100, "Skillnaden (kvinnor minus män), +1 procentenhet, kan bero på slumpen", "+1 p.e.", "−12 till 14")]
    [InlineData(
        70,
        100,
        30,
        100,
        "Kvinnornas andel är högre än männens, mer än slumpen brukar ge: skillnaden (kvinnor minus män) är +40 procentenheter",
        "+40 p.e.",
        "26 till 51")]
    [InlineData(
        81,
        150,
        85,
        200,
        "Kvinnornas andel är högre än männens, mer än slumpen brukar ge: skillnaden (kvinnor minus män) är +11,5 procentenheter",
        "+11,5 p.e.",
        "0,9 till 21,7")]
    public async Task A_difference_is_worded_the_same_in_text_table_and_on_the_page(
        int women,
        int ofWomen,
        int men,
        int ofMen,
        string text,
        string points,
        string interval)
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern);
        foreach (
            var (gender, reason, number) in new[]
            {
                ("kvinna", "arbete", women),
                ("kvinna", "sjukdom", ofWomen - women),
                ("man", "arbete", men),
                ("man", "sjukdom", ofMen - men),
            })
            await fixture.ExitsAsync("Åkern", gender, reason, number);
        var document = await fixture.BuildAsync();
        Plain(ReportTables.Prose(document)).ShouldContain(text);
        Plain(ReportTables.Prose(document)).ShouldContain($"(95 % konfidensintervall {interval})");
        var table = document.Table("konsskillnad-insats");
        var row = table.Rows.First(r => r.Cells[0].Text == "Åkern").Cells;
        Plain(CellText.Of(row[1], table.Columns[1])).ShouldBe(points);
        row[2].Text.ShouldBe(interval);
        var view = await new StatisticsService(fixture.Test.Database).BuildAsync(
            fixture.Forbund,
            new StatisticsFilter { From = new(2024, 1, 1), To = new(2024, 12, 31) }
        );
        Plain(view.Sentences[0].Text).ShouldContain(text);
        Plain(view.Sentences[0].Text).ShouldContain($"(95 % konfidensintervall {interval})");
    }

    // The second needs no decimals by itself; beside the first it has as many.
    [Fact]
    public async Task Differences_and_their_intervals_have_as_many_decimals_all_down_a_column()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern, "Ängen;;individinriktad;individ;nej;2022-01-01;;");
        foreach (var (insats, women, ofWomen, men, ofMen) in new[] { ("Åkern", 81, 150, 85, 200), ("Ängen", 70, 100, 30, 100) })
        {
            foreach (var (gender, reason, number) in new[] { ("kvinna", "arbete", women), ("kvinna", "sjukdom", ofWomen - women),
                ("man", "arbete", men), ("man", "sjukdom", ofMen - men) })
                await fixture.ExitsAsync(insats, gender, reason, number);
        }

        var table = (await fixture.BuildAsync()).Table("konsskillnad-insats");
        string[] Said(string insats) =>
            [.. table.Rows.First(r => r.Cells[0].Text == insats).Cells.Skip(1).Take(2).Select((c, i) => Plain(CellText.Of(c, table.Columns[i + 1])))];
        Said("Åkern").ShouldBe(["+11,5 p.e.", "0,9 till 21,7"]);
        Said("Ängen").ShouldBe(["+40,0 p.e.", "26,4 till 51,5"]);
    }

    [Fact]
    public void No_interval_that_leaves_out_0_is_printed_as_if_it_held_it()
    {
        for (var x = 0; x <= 60; x++)
        {
            for (var y = 0; y <= 45; y += 3)
            {
                var difference = ShareDifference.Of(Share.Of(x, 60), Share.Of(y, 45));
                var sentence = PercentagePoints.BetweenWomenAndMen(difference);
                var ends = difference
                    .Interval()
                    .Split(" till ")
                    .Select(e => double.Parse(e.Replace('\u2212', '-').Replace(',', '.'), System.Globalization.CultureInfo.InvariantCulture))
                    .ToList();
                var claims = sentence.Contains("mer än slumpen", StringComparison.Ordinal);
                (ends[0] > 0 || ends[1] < 0).ShouldBe(claims, sentence);
                var value = double.Parse(
                    difference
                        .Points()
                        .Replace("\u00A0p.e.", "", StringComparison.Ordinal)
                        .Replace("+", "", StringComparison.Ordinal)
                        .Replace('\u2212', '-')
                        .Replace(',', '.'),
                    System.Globalization.CultureInfo.InvariantCulture);
                value.ShouldBeInRange(ends[0], ends[1], sentence);
            }
        }
    }

    [Fact]
    public async Task A_target_that_is_just_missed_is_not_printed_as_reached()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync(Åkern);
        await fixture.ExitsAsync("Åkern", "kvinna", "arbete", 91);
        await fixture.ExitsAsync("Åkern", "kvinna", "sjukdom", 139);
        await fixture.TargetAsync("positiva-avslut", 0.40m);
        var row = (await fixture.BuildAsync()).Table("maluppfyllelse").Rows.Single().Cells.Select(c => Plain(c.Text ?? "")).ToList();
        row[2..4].ShouldBe(["minst 40,0 %", "39,6 %"]);
        row[5].ShouldBe("◐ Nära målet");
    }

    [Fact]
    public void A_period_of_one_day_is_a_day() => Swedish.Period(new(2026, 11, 26), new(2026, 11, 26)).ShouldBe("26\u00A0november 2026");

    private static string Plain(string text) => text.Replace('\u00A0', ' ');
}
