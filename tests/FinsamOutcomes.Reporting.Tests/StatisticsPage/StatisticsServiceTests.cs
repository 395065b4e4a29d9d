using System.Text;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Reporting.StatisticsPage;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Figures.Drawing;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Tests.Measures;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Reporting.Tests.Documents;
using FinsamOutcomes.Reporting.Tests.Reports;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Tests.StatisticsPage;

/// <summary>The statistics page says what the measures say, and claims no more than the intervals support.</summary>
public sealed class StatisticsServiceTests
{
    private static readonly StatisticsFilter s_year = new() { From = new(2024, 1, 1), To = new(2024, 12, 31), IsExact = true };

    [Fact]
    public async Task The_sentences_on_JOBS_II_hold_the_numbers_of_the_measures()
    {
        await using var fixture = await ReportFixture.JobsTwoAsync();
        var filter = new StatisticsFilter { From = new(1991, 1, 1), To = new(1991, 12, 31), IsExact = true };
        var view = await new StatisticsService(fixture.Test.Database).BuildAsync(fixture.Forbund, filter);

        await using var snapshot = await MeasureSnapshot.OpenAsync(fixture.Test.Database, fixture.Forbund.Id);
        var request = new MeasureRequest
        {
            Measure = "positiva-avslut",
            ForbundId = fixture.Forbund.Id,
            From = filter.From,
            To = filter.To,
            By = MeasureDimensions.Gender,
        };
        var shares = (await snapshot.ComputeAsync(request)).ToDictionary(c => c.Gender);
        var gap = (await snapshot.ComputeAsync(request with { Measure = "konsskillnad", By = MeasureDimensions.None })).Single(c => c.Statistic == "difference");
        (view.Answer.Women!.Value, view.Answer.Men!.Value, view.Answer.All.N).ShouldBe((shares["woman"].Value, shares["man"].Value, shares[MeasureCell.All].N));
        view.Answer.Gap!.Value.ShouldSatisfyAllConditions(g => g.Value.ShouldBe(gap.Value), g => g.Lower.ShouldBe(gap.Lower), g => g.Upper.ShouldBe(gap.Upper));

        var sentence = view.Sentences[0].Text;
        sentence.ShouldContain(
            $"{Swedish.Percent(shares["woman"].Value!.Value)} av kvinnorna och {Swedish.Percent(shares["man"].Value!.Value)} av männen som avslutade gick till arbete eller studier"
        );
        sentence.ShouldContain(
            $"({shares["woman"].Numerator} av {shares["woman"].Denominator} kvinnor, {shares["man"].Numerator} av {shares["man"].Denominator} män)");
        view.Sentences.ShouldContain(s => s.About == "ar" && s.Text == "Det finns inget att jämföra med 1990 (inget underlag).");

        var part = view.Parts.Single(p => p.Id == "kon");
        part.N.ShouldBe(shares[MeasureCell.All].N);
        var series = part.Figure.ShouldBeOfType<ColumnFigure>().Series;
        series.Select(s => s.Role).Take(2).ShouldBe([SeriesRole.Woman, SeriesRole.Man]);
        series[0].Points[^1].Value.ShouldBe(shares["woman"].Value);
    }

    [Theory]
    [InlineData(
        46,
        112,
        30,
        79,
        "41 % av kvinnorna och 38 % av männen som avslutade gick till arbete eller studier (46 av 112 kvinnor, 30 av 79 män). Skillnaden (kvinnor minus män), +3 procentenheter, kan bero på slumpen (95 % konfidensintervall −11 till 17)."
    )]
    [InlineData(
        80,
        100,
        40,
        100,
        "80 % av kvinnorna och 40 % av männen som avslutade gick till arbete eller studier (80 av 100 kvinnor, 40 av 100 män). Kvinnornas andel är högre än männens, mer än slumpen brukar ge: skillnaden (kvinnor minus män) är +40 procentenheter (95 % konfidensintervall 27 till 51)."
    )]
    [InlineData(
        20,
        100,
        50,
        100,
        "20 % av kvinnorna och 50 % av männen som avslutade gick till arbete eller studier (20 av 100 kvinnor, 50 av 100 män). Kvinnornas andel är lägre än männens, mer än slumpen brukar ge: skillnaden (kvinnor minus män) är −30 procentenheter (95 % konfidensintervall −42 till −17)."
    )]
    [InlineData(
        30,
        80,
        20,
        50,
        "38 % av kvinnorna och 40 % av männen som avslutade gick till arbete eller studier (30 av 80 kvinnor, 20 av 50 män). Skillnaden (kvinnor minus män), −2,5 procentenheter, kan bero på slumpen (95 % konfidensintervall −19,4 till 14,0)."
    )]
    [InlineData(
        9,
        9,
        1,
        40,
        "9 av 9 kvinnor och 3 % av männen som avslutade gick till arbete eller studier (1 av 40 män). Det är för få för att säga om kvinnor och män skiljer sig åt."
    )]
    [InlineData(
        0,
        0,
        12,
        20,
        "Inga kvinnor avslutade under perioden (inget underlag). 60 % av männen som avslutade gick till arbete eller studier (12 av 20).")]
    [InlineData(0, 0, 0, 0, "Inga kvinnor eller män avslutade under perioden (inget underlag).")]
    [InlineData(
        1,
        1,
        0,
        1,
        "1 av 1 kvinna och 0 av 1 man som avslutade gick till arbete eller studier. Det är för få för att säga om kvinnor och män skiljer sig åt.")]
    [InlineData(
        10,
        40,
        10,
        40,
        "25 % av kvinnorna och 25 % av männen som avslutade gick till arbete eller studier (10 av 40 kvinnor, 10 av 40 män). Andelarna är lika stora (95 % konfidensintervall −19 till 19)."
    )]
    [InlineData(
        51,
        200,
        101,
        400,
        "26 % av kvinnorna och 25 % av männen som avslutade gick till arbete eller studier (51 av 200 kvinnor, 101 av 400 män). Skillnaden (kvinnor minus män), +0,3 procentenheter, kan bero på slumpen (95 % konfidensintervall −6,9 till 7,9)."
    )]
    public async Task The_headline_says_counts_when_few_and_claims_only_what_the_interval_supports(int women, int ofWomen, int men, int ofMen, string says)
    {
        await using var fixture = await WithAsync(women, ofWomen, men, ofMen);
        var view = await new StatisticsService(fixture.Test.Database).BuildAsync(fixture.Forbund, s_year);
        Plain(view.Sentences[0].Text).ShouldBe(says);
    }

    [Fact]
    public async Task No_sentence_claims_a_difference_whose_interval_holds_0_and_every_other_is_claimed()
    {
        var random = new Random(5);
        for (var i = 0; i < 12; i++)
        {
            await using var fixture = await ReportFixture.CreateAsync();
            await fixture.InsatserAsync("Insam;;individinriktad;individ;nej;2022-01-01;;20");
            foreach (var (gender, year) in new[] { ("kvinna", 2023), ("man", 2023), ("kvinna", 2024), ("man", 2024) })
            {
                var n = random.Next(4, 60);
                var positive = random.Next(n + 1);
                await fixture.ExitsAsync("Insam", gender, "arbete", positive, year);
                await fixture.ExitsAsync("Insam", gender, "sjukdom", n - positive, year);
            }

            var view = await new StatisticsService(fixture.Test.Database).BuildAsync(fixture.Forbund, s_year);
            (string Text, Statistics.ShareDifference? Difference, bool IsFew)[] said =
            [
                (view.Sentences[0].Text, view.Answer.Gap, Few(view.Answer.Women!, view.Answer.Men!)),
                (Ar(view, "Totalt"), view.Answer.Change, Few(view.Answer.All, view.Answer.AllBefore!)),
                (Ar(view, "Bland kvinnor"), view.Answer.ChangeOfWomen, Few(view.Answer.Women!, view.Answer.WomenBefore!)),
                (Ar(view, "Bland män"), view.Answer.ChangeOfMen, Few(view.Answer.Men!, view.Answer.MenBefore!)),
            ];
            foreach (var (text, difference, isFew) in said)
            {
                var isClear = !isFew && difference is { Lower: > 0 } or { Upper: < 0 } && !isFew;
                text.Contains("mer än slumpen").ShouldBe(isClear, text);
                (text.Contains("kan bero på slumpen") || text.Contains("lika stora") || text.Contains("oförändrad")).ShouldBe(!isClear && !isFew, text);
                Regex.IsMatch(text, "högre|lägre|ökat|minskat").ShouldBe(isClear, text);

                // The number stands with its sign, with as many decimals as in the table, beside its interval, and says what was taken from what.
                if (!isFew && difference is { } known && !text.Contains("lika stora") && !text.Contains("oförändrad"))
                {
                    text.ShouldContain(said[0].Text == text ? "(kvinnor minus män)" : "(nu minus före)");
                    Plain(text).ShouldContain($" {Plain(known.Points(view.Answer.Decimals)).Replace(" p.e.", " procentenhet")}");
                }
            }
        }

        static bool Few(MeasureCell a, MeasureCell b) => a.Denominator < 10 || b.Denominator < 10;

        static string Ar(StatisticsView view, string who) =>
            view.Sentences.Single(s => s.About == "ar" && s.Text.StartsWith(who, StringComparison.Ordinal)).Text;
    }

    [Fact]
    public async Task What_is_published_hides_the_same_small_numbers_in_sentences_tables_figures_and_files()
    {
        await using var fixture = await WithAsync(3, 60, 20, 50);
        var service = new StatisticsService(fixture.Test.Database);
        var exact = await service.BuildAsync(fixture.Forbund, s_year);
        var published = await service.BuildAsync(fixture.Forbund, s_year with { IsPublished = true });

        Plain(exact.Sentences[0].Text).ShouldContain("3 av 60 kvinnor");
        published.Sentences[0].Text.ShouldContain("eftersom den bygger på för få (dold)");
        published.Sentences.ShouldAllBe(s => !Plain(s.Text).Contains("3 av 60"));
        foreach (var part in published.Parts)
        {
            part.Table.Source.ShouldContain("Skydd av små tal: minst 5.");
            var csv = Encoding.UTF8.GetString((await StatisticsFiles.MakeAsync(published, part, "csv")).File!.Content);
            csv.ShouldContain("Antal mellan 1 och 4 visas inte");
            Regex.IsMatch(csv, @"(?m);3;60;").ShouldBeFalse(part.Id);
        }

        published.Parts.Single(p => p.Id == "kon").Figure.ShouldBeOfType<ColumnFigure>().Series[0].Points[^1].State.ShouldBe(CellState.Hidden);
        exact.Parts.ShouldAllBe(p => p.Table.Source.Contains("Internt underlag."));
    }

    [Fact]
    public async Task Each_part_is_saved_as_what_the_screen_shows_with_period_definition_and_protection()
    {
        await using var fixture = await WithAsync(46, 112, 30, 79);
        await fixture.TargetAsync("positiva-avslut", 0.4m);
        var view = await new StatisticsService(fixture.Test.Database).BuildAsync(fixture.Forbund, s_year);
        view.Parts.Select(p => p.Id).ShouldBe(["kon", "jamforelse", "utveckling", "insatser", "avslutsorsaker", "laget", "mal"]);
        foreach (var part in view.Parts)
        {
            part.Definition.ShouldNotBeNullOrWhiteSpace();
            foreach (var format in StatisticsFiles.Formats(part))
            {
                var (file, reason) = await StatisticsFiles.MakeAsync(view, part, format);
                Assert.SkipWhen(file is null && reason!.Contains("inte installerat", StringComparison.Ordinal), reason ?? "");
                file.ShouldNotBeNull(reason).Name.ShouldBe($"{part.Id}_2024-01-01_2024-12-31_internt.{format}");
                if (format == "xlsx")
                {
                    using var excel = SpreadsheetDocument.Open(new MemoryStream(file.Content), isEditable: false);
                    Rendered.Faults(excel).ShouldBeEmpty();
                }
                else if (format == "svg")
                {
                    // The page says once for all of it what each file says for itself.
                    Encoding.UTF8.GetString(file.Content).ShouldBe(FigureRenderer.Svg(part.Figure! with { Notes = [.. part.Figure!.Notes, view.PolicyText] }));
                    Encoding.UTF8.GetString(file.Content).ShouldContain("Internt underlag");
                }
            }

            var csv = Plain(Encoding.UTF8.GetString((await StatisticsFiles.MakeAsync(view, part, "csv")).File!.Content));
            csv.ShouldContain(
                $"Period;{part.Id switch { "laget" => "31 december 2024", "utveckling" => Plain(Swedish.Period(part.Span!.Value.From, part.Span.Value.To)), _ => "2024" }}\r\n"
            );
            csv.ShouldContain("Källa;");
            csv.ShouldNotContain("Källa: ");
            csv.ShouldContain("Uttagsdag;2025-02-01");
            csv.Contains("Definition av positivt avslut;arbete eller studier, av avslutade")
                .ShouldBe(part.Id is "kon" or "jamforelse" or "utveckling" or "insatser", part.Id);
        }

        var comparison = view.Parts.Single(p => p.Id == "jamforelse").Table;
        CellText(comparison, "Kvinnor").ShouldStartWith("46|112|41 %");
        CellText(comparison, "Kvinnor minus män").ShouldContain("+3 p.e. (−11 till 17)");
        view.Parts.Single(p => p.Id == "mal").Table.Rows[0].Cells[^1].Text.ShouldBe("◐ Nära målet");
    }

    [Theory]
    [InlineData(46, 112, 30, 79, "Ingen säker skillnad mellan kvinnor och män. Det finns inget att jämföra med från samma period året före.")]
    [InlineData(80, 100, 40, 100, "Positiva avslut är vanligare bland kvinnor än bland män. Det finns inget att jämföra med från samma period året före.")]
    [InlineData(20, 100, 50, 100, "Positiva avslut är vanligare bland män än bland kvinnor. Det finns inget att jämföra med från samma period året före.")]
    [InlineData(
        3,
        9,
        12,
        20,
        "Det går inte att jämföra kvinnor och män: underlaget är för litet. Det finns inget att jämföra med från samma period året före.")]
    [InlineData(0, 0, 0, 0, "Ingen avslutade under perioden.")]
    public async Task The_first_line_says_what_it_means_and_no_more_than_the_intervals_support(int women, int ofWomen, int men, int ofMen, string says)
    {
        await using var fixture = await WithAsync(women, ofWomen, men, ofMen);
        (await new StatisticsService(fixture.Test.Database).BuildAsync(fixture.Forbund, s_year)).Headline.ShouldBe(says);
    }

    [Theory]
    [InlineData(20, 60, "Ingen säker förändring mot samma period året före.")]
    [InlineData(45, 60, "Andelen positiva avslut är lägre än samma period året före.")]
    [InlineData(0, 60, "Andelen positiva avslut är högre än samma period året före.")]
    [InlineData(3, 9, "Det går inte att jämföra med samma period året före: underlaget är för litet.")]
    public async Task The_first_line_says_whether_anything_has_changed(int positive, int of, string says)
    {
        await using var fixture = await WithAsync(10, 30, 10, 30);
        await fixture.ExitsAsync("Insam", "kvinna", "arbete", positive, 2023);
        await fixture.ExitsAsync("Insam", "kvinna", "sjukdom", of - positive, 2023);
        (await new StatisticsService(fixture.Test.Database).BuildAsync(fixture.Forbund, s_year)).Headline.ShouldBe(
            "Ingen säker skillnad mellan kvinnor och män. " + says);
    }

    [Fact]
    public async Task Nothing_is_claimed_that_reasons_not_yet_filled_in_could_undo()
    {
        await using var fixture = await WithAsync(10, 30, 10, 30);
        await fixture.ExitsAsync("Insam", "kvinna", "arbete", 45, 2023);
        await fixture.ExitsAsync("Insam", "kvinna", "sjukdom", 15, 2023);
        var service = new StatisticsService(fixture.Test.Database);
        (await service.BuildAsync(fixture.Forbund, s_year)).Headline.ShouldEndWith("Andelen positiva avslut är lägre än samma period året före.");

        // Sixty men left and nobody has written why yet: they count as not positive.
        await fixture.ExitsAsync("Insam", "man", "", 60);
        var view = await service.BuildAsync(fixture.Forbund, s_year);
        view.Headline.ShouldBe(
            "Det går inte att säga än om kvinnor och män skiljer sig åt: uppgift om hur det gick saknas för 60 avslut. Det går inte att säga än om andelen har ändrats mot samma period året före: uppgift om hur det gick saknas för 60 avslut."
        );
        // Nor on the start page; of the women all is known.
        var sentences = (await service.AnswerAsync(fixture.Forbund, s_year)).Select(s => s.Text).ToList();
        sentences[0]
            .ShouldEndWith(
                "Det går inte att säga än om kvinnor och män skiljer sig åt: uppgift om hur det gick saknas för 60 avslut, och de räknas inte som positiva.");
        sentences
            .Single(s => s.StartsWith("Totalt: ", StringComparison.Ordinal))
            .ShouldEndWith("Det går inte att säga än om andelen har ändrats: uppgift om hur det gick saknas för 60 avslut, och de räknas inte som positiva.");
        sentences.Single(s => s.StartsWith("Bland kvinnor: ", StringComparison.Ordinal)).ShouldContain("Andelen har minskat, mer än slumpen brukar ge");
    }

    [Fact]
    public async Task With_fewer_than_ten_the_comparison_tells_counts_and_no_percentage_points()
    {
        await using var fixture = await WithAsync(3, 9, 12, 40);
        await fixture.ExitsAsync("Insam", "kvinna", "arbete", 20, 2023);
        await fixture.ExitsAsync("Insam", "man", "arbete", 20, 2023);
        var view = await new StatisticsService(fixture.Test.Database).BuildAsync(fixture.Forbund, s_year);
        var table = view.Parts.Single(p => p.Id == "jamforelse").Table;
        CellText(table, "Kvinnor").ShouldBe("3|9|3 av 9|20|20|100 %|för få|för få");
        CellText(table, "Kvinnor minus män").ShouldBe("||för få|||0 p.e. (−16 till 16)||");
        CellText(table, "Män").ShouldEndWith("|−70 p.e.|−82 till −48");
    }

    [Fact]
    public async Task A_table_rounds_a_difference_as_its_sentence_does()
    {
        // 32 % and 33 %, but −1,8 percentage points: whole points would contradict either the shares or each other.
        await using var fixture = await WithAsync(65, 206, 57, 171);
        var view = await new StatisticsService(fixture.Test.Database).BuildAsync(fixture.Forbund, s_year);
        Plain(view.Sentences[0].Text)
            .ShouldContain("Skillnaden (kvinnor minus män), −1,8 procentenheter, kan bero på slumpen (95 % konfidensintervall −11,3 till 7,6)");
        CellText(view.Parts.Single(p => p.Id == "jamforelse").Table, "Kvinnor minus män").ShouldContain("−1,8 p.e. (−11,3 till 7,6)");
    }

    [Fact]
    public async Task A_share_of_all_who_took_part_is_never_called_a_share_of_exits()
    {
        await using var fixture = await WithAsync(12, 40, 12, 40);
        await fixture.ExitsAsync("Insam", "man", "", 8);
        await fixture.ParticipationsAsync([.. Enumerable.Range(1, 9).Select(i => $"Kvar{i};Insam;kvinna;1990;;2024-02-01")]);
        var view = await new StatisticsService(fixture.Test.Database).BuildAsync(fixture.Forbund, s_year with { Denominator = "deltagande" });
        string[] missing =
        [
            .. view
                .Parts.SelectMany(p => p.Table.Notes)
                .Where(n => n.Contains("vslutsorsak saknas", StringComparison.Ordinal) || n.Contains("saknas avslutsorsak", StringComparison.Ordinal)),
        ];
        missing.ShouldContain("Avslutsorsak saknas för 8 avslut 2024. De räknas inte som positiva.");
        missing.ShouldAllBe(n => !n.Contains("8 av ", StringComparison.Ordinal), "of participations, not of exits");
        foreach (var part in view.Parts.Where(p => p.Id is "kon" or "jamforelse" or "utveckling"))
        {
            part.Table.Subtitle.ShouldStartWith("Deltaganden, ", Case.Sensitive, part.Id);
            part.Table.Notes.ShouldNotContain("Deltaganden som skrivits ut i perioden.", part.Id);
        }

        view.Parts.Single(p => p.Id == "utveckling")
            .Table.Notes.ShouldContain(n => n.StartsWith("Den som deltar i flera perioder räknas i var och en av dem.", StringComparison.Ordinal));
        view.Sentences.ShouldContain(s => s.About == "underlag" && s.Text.Contains(" deltaganden till, ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Exits_that_lack_what_the_definition_needs_are_told_beside_the_share_they_lower()
    {
        await using var fixture = await WithAsync(12, 40, 12, 40);
        await fixture.ExitsAsync("Insam", "man", "", 8);
        var service = new StatisticsService(fixture.Test.Database);
        var view = await service.BuildAsync(fixture.Forbund, s_year);
        Plain(view.Sentences[^1].Text)
            .ShouldBe("För 8 av 88 avslut saknas avslutsorsak. De räknas inte som positiva. Bland de 80 där uppgiften finns är andelen 30 %.");

        await fixture.ParticipationsAsync([
            .. Enumerable.Range(1, 20).Select(i => $"Ö{i};Insam;kvinna;1985;gymnasium;2024-02-01;2024-08-01;arbete;;;;;0;0;ja;50;0;nej"),
        ]);
        view = await service.BuildAsync(fixture.Forbund, s_year with { Definition = "borjade-eller-okade" });
        Plain(view.Sentences[^1].Text)
            .ShouldBe(
                "För 88 av 108 avslut saknas uppgift om arbete och studier före eller efter. De räknas inte som positiva. Bland de 20 där uppgiften finns är andelen 100 %."
            );
    }

    [Fact]
    public async Task That_a_few_reasons_are_missing_is_said_inside_and_not_in_what_is_published()
    {
        await using var fixture = await WithAsync(12, 40, 12, 40);
        await fixture.ExitsAsync("Insam", "man", "", 3);
        var service = new StatisticsService(fixture.Test.Database);
        (await service.BuildAsync(fixture.Forbund, s_year with { IsExact = false })).Sentences[^1].Text
            .ShouldBe("För ett antal avslut (visas inte) saknas avslutsorsak. De räknas inte som positiva.");

        // There it would say that they are not 0.
        (await service.BuildAsync(fixture.Forbund, s_year with { IsExact = false, IsPublished = true })).Sentences
            .ShouldNotContain(s => s.Text.Contains("saknas avslutsorsak", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Insatser_that_only_count_are_named_in_a_line_and_are_no_rows_without_numbers()
    {
        await using var fixture = await WithAsync(12, 40, 12, 40);
        await fixture.InsatserAsync(
            "Bäcken;;individinriktad;individ;nej;2022-01-01;;",
            "Öppna dörren;;individinriktad;antal;nej;2022-01-01;;",
            "Tyst;;individinriktad;antal;nej;2022-01-01;;");
        await fixture.ExitsAsync("Bäcken", "kvinna", "arbete", 12);
        await fixture.HeadCountAsync("Öppna dörren", "woman", 30);
        var part = (await new StatisticsService(fixture.Test.Database).BuildAsync(fixture.Forbund, s_year)).Parts.Single(p => p.Id == "insatser");
        part.Table.Rows.Select(r => r.Cells[0].Text).ShouldBe(["Bäcken", "Insam", "Vägen", "Alla"]);
        foreach (var notes in new[] { part.Table.Notes, part.Figure!.Notes })
            notes
                .Where(n =>
                    n.StartsWith("Räknar bara hur många som deltar, så det här följs inte: ", StringComparison.Ordinal)
                    && n.Contains("Öppna dörren", StringComparison.Ordinal)
                    && n.Contains("Tyst", StringComparison.Ordinal))
                .ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_target_of_an_insats_counts_the_whole_months_that_all_else_of_it_does()
    {
        // Today is the first of February.
        await using var fixture = await WithAsync(12, 40, 12, 40);
        await fixture.ParticipationsAsync([
            .. Enumerable.Range(1, 12).Select(i => $"J{i};Insam;kvinna;1985;gymnasium;2024-02-01;2025-01-20;arbete"),
            .. Enumerable.Range(1, 6).Select(i => $"F{i};Insam;man;1985;gymnasium;2024-02-01;2025-02-01;arbete")]);
        var store = new InsatsEconomyStore(fixture.Test.Database);
        foreach (int? insats in new int?[] { null, await fixture.InsatsIdAsync("Insam") })
            await store.SetTargetAsync(
                new NewTarget
                {
                    ForbundId = fixture.Forbund.Id,
                    InsatsId = insats,
                    Measure = "positiva-avslut",
                    CalendarYear = 2025,
                    Goal = 0.4m,
                    Direction = "at_least",
                });
        var filter = new StatisticsFilter { From = new(2025, 1, 1), To = new(2025, 2, 1) };
        var months = await TargetsAsync(filter);
        N(months, "Insam").ShouldBe(12);
        N(months, "Hela förbundet").ShouldBe(18);
        months
            .Notes.Select(Plain)
            .ShouldContain(
                "Mål för en insats: utfallet räknas i hela månader, till och med 31 januari 2025. Mål för hela förbundet: till och med 1 februari 2025.");
        var exact = await TargetsAsync(filter with { IsExact = true });
        N(exact, "Insam").ShouldBe(18);
        exact.Notes.ShouldNotContain(n => n.Contains("hela månader", StringComparison.Ordinal));

        async Task<ReportTable> TargetsAsync(StatisticsFilter asked) =>
            (await new StatisticsService(fixture.Test.Database).BuildAsync(fixture.Forbund, asked)).Parts.Single(p => p.Id == "mal").Table;

        static double? N(ReportTable table, string insats) => table.Rows.Single(r => r.Cells[1].Text == insats).Cells[4].Number;
    }

    [Fact]
    public async Task A_handful_of_unknown_gender_stand_in_the_table_and_not_in_the_picture()
    {
        await using var fixture = await WithAsync(12, 40, 12, 40);
        await fixture.ExitsAsync("Insam", "okant", "arbete", 2);
        var part = (await new StatisticsService(fixture.Test.Database).BuildAsync(fixture.Forbund, s_year)).Parts.Single(p => p.Id == "kon");
        part.Figure.ShouldBeOfType<ColumnFigure>().Series.Select(s => s.Name).ShouldBe(["Kvinnor", "Män"]);
        part.Figure!.Notes.ShouldContain(n => n.StartsWith("Okänt kön (färre än 10 i varje del) är inte utritat", StringComparison.Ordinal));
        part.Table.Columns.Select(c => c.Header).ShouldContain("Okänt kön: antal");
    }

    [Fact]
    public async Task An_insats_that_only_registers_how_many_is_not_said_to_have_nobody()
    {
        await using var fixture = await WithAsync(12, 40, 12, 40);
        await fixture.InsatserAsync("Nätverket;;strukturövergripande;antal;nej;2022-01-01;;", "Avslutad;;individinriktad;individ;nej;2022-01-01;2023-12-31;5");
        var part = (await new StatisticsService(fixture.Test.Database).BuildAsync(fixture.Forbund, s_year)).Parts.Single(p => p.Id == "laget");
        part.Table.Rows.Select(r => (r.Cells[0].Text, r.Cells[1].Number, r.Cells[3].Number))
            .ShouldBe([("Insam", 0, 20), ("Vägen", 0, 10), ("Hela förbundet", 0, 30)]);
        part.Table.Notes.ShouldContain("Har inga registrerade deltagare, bara antal: Nätverket.");
        part.Table.Notes.ShouldNotContain(n => n.StartsWith("Har slutat", StringComparison.Ordinal));

        await fixture.ParticipationsAsync("K;Avslutad;man;1990;;2023-02-01");
        part = (await new StatisticsService(fixture.Test.Database).BuildAsync(fixture.Forbund, s_year)).Parts.Single(p => p.Id == "laget");
        part.Table.Notes.ShouldContain("Har slutat, men har deltaganden utan avslut som räknas här: Avslutad.");
    }

    [Fact]
    public async Task An_insats_that_only_counts_shows_its_people_by_half_year_and_says_that_outcomes_are_not_followed()
    {
        await using var fixture = await WithAsync(12, 40, 12, 40);
        await fixture.InsatserAsync("Öppna dörren;;individinriktad;antal;nej;2022-01-01;;", "Nätverket;;strukturövergripande;antal;nej;2022-01-01;;");
        await fixture.HeadCountAsync("Öppna dörren", "woman", 30, half: 1);
        await fixture.HeadCountAsync("Öppna dörren", "woman", 12, half: 2);
        await fixture.HeadCountAsync("Öppna dörren", "man", 0, half: 1);
        await fixture.HeadCountAsync("Öppna dörren", "man", 0, half: 2);
        await fixture.HeadCountAsync("Nätverket", "man", 218);
        await fixture.HeadCountAsync("Nätverket", "woman", 0);
        var service = new StatisticsService(fixture.Test.Database);
        // A period that cuts the half-years still shows what was reported for them.
        var filter = s_year with { From = new DateOnly(2024, 2, 1), To = new DateOnly(2024, 11, 15) };

        var view = await service.BuildAsync(fixture.Forbund, filter);
        Seen(view)
            .ShouldBe(
                [
                    ("Nätverket", "Hela 2024", 0, 218, 218),
                    ("Öppna dörren", "Första halvåret 2024", 30, 0, 30),
                    ("Öppna dörren", "Andra halvåret 2024", 12, 0, 12),
                    ("Öppna dörren", "Hela 2024, högst", 42, 0, 42),
                ],
                ignoreOrder: true);
        var door = await service.BuildAsync(
            fixture.Forbund,
            filter with
            {
                To = new DateOnly(2024, 11, 30),
                InsatsId = await fixture.InsatsIdAsync("Öppna dörren"),
            });
        door.Parts.Select(p => p.Id).ShouldBe(["raknade"]);
        door.Headline.ShouldBe(
            "Insatsen räknar bara hur många som deltar. Vilka de är och hur det går för dem registreras inte, så resultat följs inte här. Antalen står nedanför."
        );
        door.Sentences.ShouldBeEmpty();
        Seen(door).Count.ShouldBe(3);

        // What has reported nothing stands there too, and is named.
        await fixture.InsatserAsync("Tyst;;individinriktad;antal;nej;2022-01-01;;");
        var counted = (await service.BuildAsync(fixture.Forbund, filter)).Parts.Single(p => p.Id == "raknade").Table;
        counted
            .Rows.Single(r => r.Cells[0].Text == "Tyst")
            .Cells.Select(c => c.Text)
            .ShouldBe(["Tyst", "Hela 2024", "inte ifyllt", "inte ifyllt", "inte ifyllt"]);
        counted.Notes.ShouldContain(n => n.Contains("Tyst (första halvåret 2024), Tyst (andra halvåret 2024)", StringComparison.Ordinal));

        static List<(string?, string?, double, double, double)> Seen(StatisticsView view) =>
            [
                .. view
                    .Parts.Single(p => p.Id == "raknade")
                    .Table.Rows.Select(r => (r.Cells[0].Text, r.Cells[1].Text, r.Cells[2].Number ?? 0, r.Cells[3].Number ?? 0, r.Cells[4].Number ?? 0)),
            ];
    }

    [Fact]
    public async Task What_is_published_with_hidden_numbers_says_how_far_its_protection_reaches()
    {
        await using var fixture = await WithAsync(3, 60, 20, 50);
        var service = new StatisticsService(fixture.Test.Database);
        var view = await service.BuildAsync(fixture.Forbund, s_year with { IsPublished = true });
        view.HasHidden.ShouldBeTrue();
        view.Headline.ShouldStartWith("Det går inte att jämföra kvinnor och män: en andel är dold.");
        var part = view.Parts.Single(p => p.Id == "kon");
        Encoding.UTF8.GetString((await StatisticsFiles.MakeAsync(view, part, "svg")).File!.Content).ShouldContain("Talen i en publicering är skyddade tillsammans");
        Encoding.UTF8.GetString((await StatisticsFiles.MakeAsync(view, part, "csv")).File!.Content).ShouldContain(Statistics.PublicationPolicies.Reach);
        (await service.BuildAsync(fixture.Forbund, s_year)).HasHidden.ShouldBeFalse();
    }

    [Fact]
    public async Task A_period_of_several_years_is_never_compared_with_the_year_before()
    {
        await using var fixture = await WithAsync(12, 40, 12, 40);
        await fixture.ExitsAsync("Insam", "man", "arbete", 12, 2022);
        var view = await new StatisticsService(fixture.Test.Database).BuildAsync(fixture.Forbund, s_year with { From = new(2023, 1, 1) });
        view.BeforeWords.ShouldBe("2 år tidigare");
        view.Headline.ShouldEndWith("samma period 2 år tidigare.");
        view.Parts.Single(p => p.Id == "jamforelse").Table.Title.ShouldBe("Positiva avslut jämfört med samma period 2 år tidigare");
        view.Parts.Single(p => p.Id == "kon").Table.Subtitle.ShouldStartWith("Avslut, 2021–2022 och 2023–2024");
    }

    [Fact]
    public async Task A_file_of_an_insats_is_named_after_it_and_each_column_of_its_CSV_by_its_group()
    {
        await using var fixture = await ReportFixture.SmallAsync();
        var view = await new StatisticsService(fixture.Test.Database).BuildAsync(
            fixture.Forbund,
            s_year with
            {
                InsatsId = await fixture.InsatsIdAsync("Åkern"),
            });
        foreach (var part in view.Parts)
        {
            var file = (await StatisticsFiles.MakeAsync(view, part, "csv")).File!;
            file.Name.ShouldBe($"{part.Id}_akern_2024-01-01_2024-12-31_internt.csv");
            var headers = Encoding.UTF8.GetString(file.Content).TrimStart('\uFEFF').Split("\r\n")[0].Split(';');
            headers.Distinct().Count().ShouldBe(headers.Length, part.Id);
        }
    }

    [Fact]
    public async Task The_filter_decides_what_is_counted()
    {
        await using var fixture = await ReportFixture.SmallAsync();
        var service = new StatisticsService(fixture.Test.Database);
        var choices = await service.ChoicesAsync(fixture.Forbund.Id);
        var akern = choices.Insatser.Single(i => i.Name == "Åkern");
        var filter = s_year with { From = new(2022, 1, 1), InsatsId = akern.Id, Gender = "woman", AgeGroups = "25-29,30-44", Denominator = "deltagande" };
        var view = await service.BuildAsync(fixture.Forbund, filter);
        var expected = (await fixture.Test.Database.MeasureAsync(new MeasureRequest
        {
            Measure = "positiva-avslut",
            ForbundId = fixture.Forbund.Id,
            From = filter.From,
            To = filter.To,
            Insats = "Åkern",
            Denominator = "deltagande",
            By = MeasureDimensions.Age | MeasureDimensions.Gender,
        })).Where(c => c.Gender == "woman" && c.AgeGroup is "25-29" or "30-44").ToList();
        (view.Answer.All.Numerator, view.Answer.All.Denominator).ShouldBe((expected.Sum(c => c.Numerator), expected.Sum(c => c.Denominator)));
        view.Limits.ShouldBe(["Åkern", "ålder 25–29 år, 30–44 år", "kvinnor"]);
        view.Answer.Women.ShouldBeNull();
        view.Parts.Single(p => p.Id == "insatser").Table.Rows.Select(r => r.Cells[0].Text).ShouldBe(["Insam", "Örat", "Åkern"]);
        view.Parts.Single(p => p.Id == "insatser")
            .Figure.ShouldBeOfType<ColumnFigure>()
            .Categories.ShouldNotContain("Åkern", "a total among its parts would be read as one more part");
        view.Parts.Single(p => p.Id == "laget")
            .Table.Rows.Select(r => (r.Cells[0].Text, r.Cells[3].Number, r.IsTotal))
            .ShouldBe([("Insam", 20, false), ("Örat", null, false), ("Åkern", 40, true)]);
    }

    [Fact]
    public async Task Every_filter_of_a_small_register_gives_a_page_without_a_fault()
    {
        await using var fixture = await ReportFixture.SmallAsync();
        var service = new StatisticsService(fixture.Test.Database);
        var choices = await service.ChoicesAsync(fixture.Forbund.Id);
        var random = new Random(3);
        T Pick<T>(params T[] from) => from[random.Next(from.Length)];
        for (var i = 0; i < 40; i++)
        {
            var from = new DateOnly(Pick(1990, 2000, 2020, 2022, 2023, 2024), random.Next(1, 13), random.Next(1, 29));
            var filter = new StatisticsFilter
            {
                From = from,
                To = from.AddDays(Pick(0, 20, 100, 364, 365, 1000, 5000)) is var to && to > choices.Today ? choices.Today : to,
                InsatsId = Pick([null, .. choices.Insatser.Select(c => (int?)c.Id)]),
                Definition = Pick([.. choices.Definitions.Select(d => d.Code)]),
                Denominator = Pick([.. MeasureCatalogue.Denominators]),
                AgeGroups = Pick(null, "16-24", "25-29,30-44"),
                Gender = Pick(null, null, "woman", "unknown"),
                IsPublished = Pick(true, false),
                IsExact = Pick(true, false),
            };
            if (filter.IsNarrowed)
            {
                var months = StatisticsPeriods.WholeMonths(filter.From, filter.To, choices.Today);
                filter = filter with { From = months.From, To = months.To };
            }
            else if (filter.Policy != PublicationPolicy.Internt)
            {
                var months = StatisticsPeriods.MonthsUntilToday(filter.From, filter.To, choices.Today);
                filter = filter with { From = months.From, To = months.To };
            }

            var view = await service.BuildAsync(fixture.Forbund, filter);
            (view.Sentences.Count > 0 || view.Headline.StartsWith("Insatsen räknar bara hur många som deltar", StringComparison.Ordinal)).ShouldBeTrue();
            view.Sentences.ShouldAllBe(s => s.Text.EndsWith('.') && !s.Text.Contains("NaN") && !s.Text.Contains("  "), filter.ToString());
            foreach (var part in view.Parts)
            {
                foreach (var format in StatisticsFiles.Formats(part).Where(f => f != "png"))
                    (await StatisticsFiles.MakeAsync(view, part, format)).File.ShouldNotBeNull();
            }
        }
    }

    [Theory]
    [InlineData("2024-01-01", "2024-11-23", "2023-01-01", "2023-11-23")]
    [InlineData("2024-01-01", "2024-02-29", "2023-01-01", "2023-02-28")]
    [InlineData("2025-02-01", "2025-02-28", "2024-02-01", "2024-02-29")]
    [InlineData("2022-01-01", "2024-12-31", "2019-01-01", "2021-12-31")]
    [InlineData("2023-06-15", "2024-06-14", "2022-06-15", "2023-06-14")]
    public void The_period_before_is_the_same_days_and_never_overlaps(string from, string to, string beforeFrom, string beforeTo) =>
        StatisticsPeriods.Before(DateOnly.Parse(from), DateOnly.Parse(to)).ShouldBe((DateOnly.Parse(beforeFrom), DateOnly.Parse(beforeTo)));

    [Theory]
    [InlineData("2024-01-01", "2024-11-23", 200, PeriodKind.Month, "2022-11-01", "2024-10-31")]
    [InlineData("2024-01-01", "2024-12-31", 40, PeriodKind.Tertial, "2021-01-01", "2024-12-31")]
    [InlineData("2024-01-01", "2024-11-23", 6, PeriodKind.Year, "2018-01-01", "2023-12-31")]
    [InlineData("2020-03-01", "2024-11-23", 900, PeriodKind.Tertial, "2020-01-01", "2024-08-31")]
    [InlineData("2005-01-01", "2024-12-31", 9000, PeriodKind.Year, "2005-01-01", "2024-12-31")]
    public void The_trend_is_as_fine_as_there_is_something_in_each_period(string from, string to, int n, PeriodKind per, string first, string last) =>
        StatisticsPeriods.Trend(DateOnly.Parse(from), DateOnly.Parse(to), n).ShouldBe((per, DateOnly.Parse(first), DateOnly.Parse(last)));

    private static async Task<ReportFixture> WithAsync(int women, int ofWomen, int men, int ofMen)
    {
        var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync("Insam;;individinriktad;individ;nej;2022-01-01;;20", "Vägen;;individinriktad;individ;nej;2022-01-01;;10");
        await fixture.ExitsAsync("Insam", "kvinna", "arbete", women);
        await fixture.ExitsAsync("Insam", "kvinna", "sjukdom", ofWomen - women);
        await fixture.ExitsAsync("Insam", "man", "studier", men);
        await fixture.ExitsAsync("Insam", "man", "sjukdom", ofMen - men);
        return fixture;
    }

    private static string CellText(ReportTable table, string row) =>
        Plain(
            string.Join(
                '|',
                table
                    .Rows.Single(r => r.Cells[0].Text == row)
                    .Cells.Skip(1)
                    .Select((c, i) => c.Text ?? (c.Number is { } number ? Swedish.Value(number, table.Columns[i + 1].Unit!.Value) : c.State.ToSwedish()))));

    private static string Plain(string text) => text.Replace(Swedish.NoBreakSpace, " ");
}
