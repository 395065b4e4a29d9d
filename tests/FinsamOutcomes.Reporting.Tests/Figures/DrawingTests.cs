using System.Globalization;
using System.Xml.Linq;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Figures.Drawing;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Tests.Figures;

/// <summary>What a picture must say and must not say, read back from the SVG.</summary>
public sealed class DrawingTests
{
    [Fact]
    public void Columns_start_at_zero_and_are_as_high_as_their_values()
    {
        var svg = Draw(
            Gallery.Columns("proportion", "Titel", ["A", "B"], [Gallery.Women(new FigurePoint(CellState.Shown, 0.25), new FigurePoint(CellState.Shown, 0.5))]));

        var bars = Bars(svg, FigureTheme.Women.Ground);
        bars.Count.ShouldBe(2);
        (Number(bars[1], "height") / Number(bars[0], "height")).ShouldBe(2, 0.001);
        (Number(bars[1], "y") + Number(bars[1], "height")).ShouldBe(Number(bars[0], "y") + Number(bars[0], "height"), 0.02);
    }

    [Fact]
    public void A_negative_column_hangs_below_zero_with_its_value_under_it()
    {
        var svg = new SvgReader(FigureRenderer.Svg(Gallery.All.Single(f => f.Id == "kolumner-skillnad")));

        var bars = Bars(svg, FigureTheme.Total.Ground);
        var zero = Number(bars[1], "y");
        (Number(bars[0], "y") + Number(bars[0], "height")).ShouldBe(zero, 0.02);
        svg.Texts.Single(t => t.Text == "−14\u00A0p.e.").Top.ShouldBeGreaterThan(zero + Number(bars[1], "height"));
        svg.Texts.Single(t => t.Text == "+6\u00A0p.e.").Bottom.ShouldBeLessThan(zero);
    }

    [Fact]
    public void Zero_hidden_no_data_and_not_asked_are_four_different_marks_with_words()
    {
        var pictures = new[] { new FigurePoint(CellState.Shown, 0), FigurePoint.Hidden, FigurePoint.NoData, FigurePoint.NotAsked }
            .Select(p => FigureRenderer.Svg(Gallery.Columns("lage", "Titel", ["A", "B"], [Gallery.Women(Gallery.Share(5, 20), p)])))
            .ToList();

        pictures.ShouldBeUnique();
        new SvgReader(pictures[0]).Words.ShouldContain("0\u00A0%");
        new SvgReader(pictures[1]).Words.ShouldContain("dold");
        new SvgReader(pictures[2]).Words.ShouldContain("inget\nunderlag");
        new SvgReader(pictures[3]).Words.ShouldContain("ej\ntillfrågad");
        pictures.Skip(1).ShouldAllBe(p => Bars(new SvgReader(p), FigureTheme.Women.Ground).Count == 1);
    }

    [Fact]
    public void A_share_of_fewer_than_ten_is_told_as_counts()
    {
        var text = FigureRenderer.Svg(Gallery.Columns("smatal", "Titel", ["A", "B"], [Gallery.Women(Gallery.Share(3, 7), Gallery.Share(3, 10))]));
        var svg = new SvgReader(text);

        svg.Words.ShouldContain("3 av 7");
        svg.Words.ShouldContain("30\u00A0%");
        text.ShouldNotContain("43\u00A0%");
        svg.Words.ShouldContain("färre än 10 i underlaget");
    }

    [Fact]
    public void Women_stand_before_men_whatever_order_they_come_in()
    {
        var figure = Gallery.Columns("ordning", "Titel", ["A"], [Gallery.Men(Gallery.Share(5, 20)), Gallery.Women(Gallery.Share(6, 20))]);
        var svg = Draw(figure);

        svg.Texts.Single(t => t.Text == "Kvinnor").Left.ShouldBeLessThan(svg.Texts.Single(t => t.Text == "Män").Left);
        svg.Texts.Single(t => t.Text == "30\u00A0%" && t.Colour == FigureTheme.Ink).Left.ShouldBeLessThan(svg.Texts.Single(t => t.Text == "25\u00A0%").Left);
        figure.ToTable().Columns[1].Header.ShouldBe("Kvinnor");
    }

    [Theory]
    [InlineData("kolumner-kon", "Mål 35\u00A0%")]
    [InlineData("kolumner-en-kategori", "Mål 50\u00A0%")]
    [InlineData("linjer-kon", "Mål 45\u00A0%")]
    public void A_target_line_is_labelled(string id, string label) =>
        new SvgReader(FigureRenderer.Svg(Gallery.All.Single(f => f.Id == id))).Words.ShouldContain(label);

    [Theory]
    [InlineData("kolumner-allt-dolt", "Alla värden är dolda: de bygger på för få.")]
    [InlineData("kolumner-blandat-tomt", "Inget värde kan visas: dold, inget underlag eller ej tillfrågad.")]
    [InlineData("styrdiagram-tomt", "Det finns inget underlag att visa.")]
    public void A_figure_with_nothing_to_show_says_so(string id, string sentence)
    {
        var svg = new SvgReader(FigureRenderer.Svg(Gallery.All.Single(f => f.Id == id)));

        svg.Words.ShouldContain(sentence);
        svg.Texts.ShouldNotContain(t => t.Text.EndsWith("\u00A0%", StringComparison.Ordinal), "numbers of an axis");
    }

    [Fact]
    public void A_figure_without_categories_is_empty_and_does_not_fail() =>
        Draw(Gallery.Columns("tom", "Titel", [], [])).Words.ShouldContain("Det finns inget underlag att visa.");

    [Fact]
    public void A_line_is_broken_where_a_period_has_no_number()
    {
        var svg = new SvgReader(FigureRenderer.Svg(Gallery.All.Single(f => f.Id == "linjer-luckor")));

        var lines = svg.Root.Descendants(SvgReader.Svg + "path")
            .Count(p => p.Attribute("fill")?.Value == "none" && p.Attribute("stroke")?.Value == FigureTheme.Women.Outline);
        lines.ShouldBe(2);
    }

    [Fact]
    public void A_control_chart_numbers_its_signals_and_says_them_in_words()
    {
        var svg = new SvgReader(FigureRenderer.Svg(Gallery.All.Single(f => f.Id == "styrdiagram-signaler")));

        svg.Words.ShouldContain("okt 2020: 0\u00A0%, utanför gränserna");
        svg.Words.ShouldContain("mar 2022–okt 2022: åtta i rad på samma sida om medelvärdet");
        svg.Texts.Count(t => t.Text == "3" && t.Colour == FigureTheme.Signal).ShouldBe(2);
        svg.Words.ShouldContain("Andelen positiva avslut låg över det vanliga");
    }

    [Fact]
    public void Few_periods_give_preliminary_limits_in_words() =>
        new SvgReader(FigureRenderer.Svg(Gallery.All.Single(f => f.Id == "styrdiagram-preliminart"))).Words.ShouldContain("preliminära gränser");

    [Fact]
    public void A_bar_with_hidden_parts_never_makes_the_shown_parts_larger()
    {
        var svg = new SvgReader(FigureRenderer.Svg(Gallery.All.Single(f => f.Id == "staplar-dolda")));

        // 20 and 30 of 65: with the hidden fifteen left out they would have been 40 and 60 %.
        svg.Words.ShouldContain("31\u00A0%");
        svg.Words.ShouldContain("46\u00A0%");
    }

    [Fact]
    public void A_single_hidden_part_is_not_given_away_by_the_length_of_the_bar()
    {
        var svg = new SvgReader(FigureRenderer.Svg(Gallery.All.Single(f => f.Id == "staplar-dolda")));

        // SydÖst: 12 + 14 + 20 of 49, one part hidden.
        svg.Words.ShouldContain("delar är dolda, fördelningen visas inte");
        svg.Texts.ShouldNotContain(t => t.Text == "49");
        Gallery.All.Single(f => f.Id == "staplar-dolda").ToTable().Rows.SelectMany(r => r.Cells).ShouldNotContain(c => c.Number == 49);
    }

    [Fact]
    public void A_funnel_draws_nobody_of_fewer_than_ten_and_says_those_outside_in_words()
    {
        var svg = new SvgReader(FigureRenderer.Svg(Gallery.All.Single(f => f.Id == "tratt-insatser")));

        svg.Words.ShouldContain("Kompetenstrappan: 68\u00A0% av 90, över 99,8-procentsgränsen");
        svg.Words.ShouldContain("SydÖst: 21\u00A0% av 84, under 99,8-procentsgränsen");
        Circles(svg).ShouldBe(Gallery.All.OfType<FunnelFigure>().Single(f => f.Id == "tratt-insatser").Units.Count(u => u.Position is FunnelPosition.Within));
        new SvgReader(FigureRenderer.Svg(Gallery.All.Single(f => f.Id == "tratt-sma"))).Words.ShouldContain("Ingen har 10 eller fler att visa en andel av.");

        static int Circles(SvgReader svg) =>
            svg.Root.Descendants().Count(e => e.Name.LocalName is "circle" or "ellipse" && e.Attribute("fill")?.Value == FigureTheme.Total.Ground);
    }

    [Fact]
    public void An_answer_with_a_hidden_part_is_not_drawn_at_all_and_its_n_is_not_told()
    {
        var figure = Gallery.All.Single(f => f.Id == "svar-dolda");
        var svg = new SvgReader(FigureRenderer.Svg(figure));

        svg.Words.ShouldContain("delar är dolda, fördelningen visas inte");
        svg.Words.ShouldContain("60\u00A0%");
        figure.ToTable().Rows.Where(r => r.Cells[0].Text == "Insam").SelectMany(r => r.Cells).ShouldNotContain(c => c.Number == 51);
    }

    [Theory]
    [InlineData(FigureWidth.Wide)]
    [InlineData(FigureWidth.Narrow)]
    public void A_target_is_judged_in_words_as_well_as_by_its_light(FigureWidth width)
    {
        var words = new SvgReader(FigureRenderer.Svg(Gallery.All.Single(f => f.Id == "mal-blandat"), width)).Words;

        foreach (
            var word in new[] { "Målet nått", "Nära målet", "Målet inte nått", "Kan inte bedömas", "mål minst 50\u00A0%", "3 av 7", "dold", "inget underlag" }
        )
            words.ShouldContain(word);
    }

    [Fact]
    public void The_description_says_every_number_in_Swedish()
    {
        var text = FigureDescription.Of(Gallery.All.Single(f => f.Id == "kolumner-sma-tal"));

        text.ShouldContain("Kvinnor: Insam 45\u00A0% (95\u00A0% konfidensintervall 32–58\u00A0%, 25 av 56); USB 3 av 7; ");
        text.ShouldContain("VSB dold");
        text.ShouldContain("Höganäs ej tillfrågad");
    }

    [Fact]
    public void Labels_from_peoples_files_are_escaped()
    {
        var svg = Draw(
            Gallery.Columns(
                "rå <id> \"&",
                "Arbete & studier <script>\u0001",
                ["<b>&amp;</b>", "\uD800"],
                [Gallery.Women(Gallery.Share(5, 20), Gallery.Share(6, 20))]));

        svg.Words.ShouldContain("Arbete & studier <script>");
        svg.Words.ShouldContain("<b>&amp;</b>");
        svg.Root.Descendants().ShouldAllBe(e => e.Name.LocalName != "script");
    }

    [Fact]
    public void Colours_have_the_contrast_that_WCAG_asks_for()
    {
        FigureTheme.Contrast("#ffffff", "#000000").ShouldBe(21, 0.001);
        FigureTheme.Contrast("#777777", "#ffffff").ShouldBe(4.48, 0.005);
        foreach (var colour in new[] { FigureTheme.Ink, FigureTheme.Muted, FigureTheme.Signal })
        {
            FigureTheme.Contrast(colour, FigureTheme.Ground).ShouldBeGreaterThanOrEqualTo(4.5, colour);
            FigureTheme.Contrast(colour, FigureTheme.Calm).ShouldBeGreaterThanOrEqualTo(4.5, colour);
        }
        foreach (var look in FigureTheme.AllLooks)
        {
            FigureTheme.Contrast(look.Text, look.Ground).ShouldBeGreaterThanOrEqualTo(4.5, look.Name);
            FigureTheme.Contrast(look.Outline, FigureTheme.Ground).ShouldBeGreaterThanOrEqualTo(3, look.Name);
        }
    }

    [Fact]
    public void Women_and_men_and_neighbouring_categories_are_told_apart_without_colour()
    {
        FigureTheme.Contrast(FigureTheme.Women.Ground, FigureTheme.Men.Ground).ShouldBeGreaterThan(3);
        FigureTheme.Women.Pattern.ShouldNotBe(FigureTheme.Men.Pattern);
        var looks = Enumerable.Range(0, 40).Select(i => FigureTheme.Look(SeriesRole.Category, i)).ToList();
        looks.Select(l => (l.Ground, l.Pattern)).ShouldBeUnique();
        looks.Zip(looks.Skip(1)).ShouldAllBe(p => p.First.Pattern != p.Second.Pattern || FigureTheme.Contrast(p.First.Ground, p.Second.Ground) > 1.5);
    }

    [Theory]
    [InlineData(1, 7, 7)]
    [InlineData(1, 5, 5)]
    [InlineData(0, 10, 6)]
    [InlineData(0, 27, 4)]
    [InlineData(0, 100, 6)]
    public void The_scale_of_an_instrument_keeps_its_ends(double min, double max, int ticks)
    {
        var scale = ValueScale.OfInstrument(min, max, ValueUnit.Score, 0, 100);

        (scale.Min, scale.Max, scale.Ticks.Count).ShouldBe((min, max, ticks));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.004)]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(-0.2)]
    [InlineData(123456)]
    public void A_scale_holds_zero_and_its_values_and_has_few_ticks(double value)
    {
        var scale = ValueScale.FromZero([value], value > 1 ? ValueUnit.Kronor : ValueUnit.Percent, 0, 100);

        scale.Min.ShouldBeLessThanOrEqualTo(Math.Min(0, value));
        scale.Max.ShouldBeGreaterThanOrEqualTo(Math.Max(0, value));
        scale.Ticks.ShouldContain(0);
        scale.Ticks.Count.ShouldBeInRange(2, 11);
        scale.Labels.ShouldBeUnique();
    }

    [Fact]
    public void Long_words_are_broken_only_where_they_must_be()
    {
        TextStyle.Label.Wrap("Rehabilitering för långtidssjukskrivna", 120).ShouldBe(["Rehabilitering för", "långtidssjukskrivna"]);
        TextStyle.Label.Wrap("Kompetensutvecklingsmiljonssatsningen", 120).Count.ShouldBe(2);
        TextStyle.Label.Wrap("Kompetensutvecklingsmiljonssatsningen", 120)[0].ShouldEndWith("-");
        TextStyle.Label.Wrap("ett två tre fyra fem", 40, maxLines: 1).Single().ShouldEndWith("…");
        TextStyle.Label.Wrap("", 40).ShouldBe([""]);
    }

    private static SvgReader Draw(Figure figure) => new(FigureRenderer.Svg(figure));

    // The swatch of the legend is 13 by 13 and no bar.
    private static List<XElement> Bars(SvgReader svg, string fill) =>
        [
            .. svg
                .Root.Descendants(SvgReader.Svg + "rect")
                .Where(r => r.Attribute("fill")?.Value == fill && r.Attribute("width")?.Value != "13" && Number(r, "height") > 3),
        ];

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
