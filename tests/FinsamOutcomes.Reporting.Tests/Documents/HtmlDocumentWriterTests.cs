using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FinsamOutcomes.Reporting.Documents;

namespace FinsamOutcomes.Reporting.Tests.Documents;

public sealed class HtmlDocumentWriterTests
{
    private static readonly XNamespace s_html = "http://www.w3.org/1999/xhtml";

    private static XElement Page(ReportDocument? document = null) => XDocument.Load(Rendered.Html(document)).Root!;

    [Fact]
    public void The_page_is_well_formed_in_swedish_and_fetches_nothing()
    {
        var page = Page();
        page.Attribute("lang")!.Value.ShouldBe("sv");
        page.Descendants().Where(e => e.Name.LocalName is "script" or "link" or "img").ShouldBeEmpty();
        Encoding.UTF8.GetString(Rendered.Html().ToArray()).ShouldNotContain("url(http");
    }

    [Fact]
    public void Each_link_in_the_contents_has_its_heading()
    {
        var page = Page();
        var ids = page.Descendants().Attributes("id").Select(a => a.Value).ToList();
        ids.ShouldBeUnique();
        var links = page.Descendants(s_html + "a").Select(a => a.Attribute("href")!.Value[1..]).ToList();
        links.Count.ShouldBeGreaterThan(10);
        links.ShouldAllBe(l => ids.Contains(l));
    }

    [Fact]
    public void Tables_are_named_by_the_line_before_them_and_have_scoped_headings()
    {
        var page = Page();
        var tables = page.Descendants(s_html + "table").ToList();
        tables.Count.ShouldBe(10);
        tables.ShouldAllBe(t =>
            page.Descendants(s_html + "p").Count(p => (string?)p.Attribute("id") == (string?)t.Attribute("aria-labelledby")) == 1
            && t.Descendants(s_html + "th").All(h => h.Attribute("scope") != null));
        var cells = tables[0].Descendants(s_html + "tbody").Single().Elements().ElementAt(2).Elements().Select(e => e.Value).ToList();
        cells.ShouldBe(["Ung framtid", "18", "0", "0\u00A0%", "0–18\u00A0%", "inget underlag", "ej tillfrågad"]);
    }

    [Fact]
    public void Figures_are_drawn_for_paper_and_for_a_phone_and_a_hidden_one_is_a_sentence()
    {
        var figures = Page().Descendants(s_html + "figure").ToList();
        figures.Count.ShouldBe(8);
        figures.Count(f => f.Descendants().Count(d => d.Name.LocalName == "svg") == 2).ShouldBe(7);
        figures[^1].Value.ShouldContain("Figuren visas inte");
    }

    [Fact]
    public void On_a_phone_one_drawing_of_each_figure_is_left_out_and_nothing_else()
    {
        var style = Page().Descendants(s_html + "style").Single().Value;
        var hidden = Regex.Matches(style, @"(?<=[{};]\s*)(?<selectors>[^{};]+)\{[^{}]*display: none[^{}]*\}").Select(m => m.Groups["selectors"].Value.Trim());
        hidden.ShouldBe([".drawing.narrow", ".drawing.wide", ".hint", ".skip, body > .mark, body > footer"], ignoreOrder: true);
        // Tables of many columns are wide too: they scroll.
        Page().Descendants().Where(e => ((string?)e.Attribute("class"))?.Split(' ').Contains("wide") == true).ShouldContain(e => !e.Attribute("class")!.Value.Contains("drawing"));
    }

    [Fact]
    public void Text_is_escaped_wherever_it_stands()
    {
        const string Nasty = "<b>\"Ung\" & 'fri'</b>";
        var document = SampleReport.Document() with { Title = Nasty, Forbund = Nasty, Blocks = [new HeadingBlock(1, Nasty), new PlaceholderBlock(Nasty)] };
        var page = Page(document);
        page.Descendants(s_html + "b").ShouldBeEmpty();
        page.Descendants(s_html + "h1").Single().Value.ShouldBe(Nasty);
    }

    [Fact]
    public void Internal_pages_are_marked_on_screen_and_in_print()
    {
        var page = Page(SampleReport.Document(isInternal: true, isDemo: false));
        page.Descendants(s_html + "p").First().Value.ShouldBe("Internt underlag");
        page.Descendants(s_html + "style").Single().Value.ShouldContain("@top-right { content: \"Internt underlag\"");
    }
}
