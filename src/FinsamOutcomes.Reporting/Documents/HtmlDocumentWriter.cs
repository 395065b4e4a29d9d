using System.Globalization;
using System.Text;
using FinsamOutcomes.Reporting.Documents.Html;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Figures.Drawing;

namespace FinsamOutcomes.Reporting.Documents;

/// <summary>
/// Writes a report as one self-contained, print-ready page: well-formed XML as well as HTML, no scripts, nothing fetched.
/// </summary>
public static class HtmlDocumentWriter
{
    /// <summary>Writes the whole page as UTF-8 to <paramref name="target"/>, which stays open.</summary>
    public static void Write(ReportDocument document, Stream target)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(target);
        var outline = new DocumentOutline(document);
        var page = new HtmlMarkup();
        page.Raw("<!DOCTYPE html>\n<html lang=\"sv\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<meta charset=\"utf-8\" />\n");
        page.Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n");
        page.Element("title", $"{document.Title} – {document.Forbund}");
        page.Empty("meta", ("name", "author"), ("content", document.Forbund));
        page.Raw("\n<style>\n");
        page.Raw(HtmlStyle.For(document));
        page.Raw("</style>\n</head>\n<body>\n");
        page.Raw("<a class=\"skip\" href=\"#innehall\">Hoppa till texten</a>\n");
        Front(page, document, outline);
        page.Raw("<main id=\"innehall\">\n");
        var startPage = false;
        foreach (var block in document.Blocks)
        {
            if (block is PageBreakBlock)
            {
                startPage = true;
                continue;
            }
            if (startPage)
                page.Raw("<div class=\"new-page\"></div>\n");
            startPage = false;
            Block(page, block, outline);
        }
        Appendix(page, outline);
        page.Raw("</main>\n");
        page.Raw("<footer><p>");
        page.Text($"{document.Forbund}. {DocumentFacts.Read(document)}. {DocumentFacts.Marks(document)}");
        page.Raw("</p></footer>\n</body>\n</html>\n");
        target.Write(Encoding.UTF8.GetBytes(page.ToString()));
    }

    private static void Front(HtmlMarkup page, ReportDocument document, DocumentOutline outline)
    {
        if (DocumentFacts.Marks(document) is { Length: > 0 } marks)
            page.Element("p", marks, ("class", "mark"));
        page.Raw("<header>\n");
        page.Element("p", document.Forbund, ("class", "forbund"));
        page.Element("h1", document.Title, ("class", "title"));
        // A title that ends with the year has said it.
        if (Swedish.Period(document.PeriodFrom, document.PeriodTo) is var period && !document.Title.EndsWith(period, StringComparison.Ordinal))
            page.Element("p", period, ("class", "period"));
        page.Raw("<dl>\n");
        foreach (var (label, text) in DocumentFacts.Of(document).Skip(1))
        {
            page.Raw("<div>");
            page.Element("dt", label);
            page.Element("dd", text);
            page.Raw("</div>\n");
        }
        page.Raw("</dl>\n</header>\n");
        if (!outline.HasContents)
            return;
        page.Raw("<nav aria-labelledby=\"innehallsrubrik\">\n<h2 id=\"innehallsrubrik\">Innehåll</h2>\n<ol>\n");
        foreach (var heading in outline.Contents.Where(h => h.Level <= 2))
        {
            page.Raw(string.Create(CultureInfo.InvariantCulture, $"<li class=\"level{heading.Level}\">"));
            page.Element("a", heading.Text, ("href", "#" + heading.Anchor));
            page.Raw("</li>\n");
        }
        page.Raw("</ol>\n</nav>\n");
    }

    private static void Block(HtmlMarkup page, ReportBlock block, DocumentOutline outline)
    {
        switch (block)
        {
            case HeadingBlock heading:
                Heading(page, outline.Of(heading));
                break;
            case ParagraphBlock paragraph:
                page.Runs("p", paragraph.Runs);
                break;
            case BulletListBlock list:
                page.Raw("<ul>\n");
                foreach (var item in list.Items)
                    page.Runs("li", item);
                page.Raw("</ul>\n");
                break;
            case PlaceholderBlock placeholder:
                page.Element("p", $"[Förbundets egen text: {placeholder.Instruction}]", ("class", "placeholder"));
                break;
            case TableBlock table:
                HtmlTable.Write(page, outline.Of(table));
                break;
            case FigureBlock figure:
                Figure(page, outline.Of(figure));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(block), block.GetType().Name, "This kind of block can not be written.");
        }
    }

    // The page's own h1 is the title, so the report's first level is h2.
    private static void Heading(HtmlMarkup page, OutlineHeading heading) =>
        page.Element(string.Create(CultureInfo.InvariantCulture, $"h{heading.Level + 1}"), heading.Text, ("id", heading.Anchor));

    private static void Figure(HtmlMarkup page, OutlineFigure figure)
    {
        var content = figure.Block.Figure;
        var hasPoints = FigureText.HasPoints(content);
        page.Raw(string.Create(CultureInfo.InvariantCulture, $"<figure id=\"{figure.Anchor}\">\n<figcaption>"));
        // A drawing carries its own title, subtitle, notes and source, for those who copy it.
        page.Element("strong", hasPoints ? $"Figur {figure.Number}" : $"Figur {figure.Number}. {content.Title}");
        if (!hasPoints)
            page.Element("span", content.Subtitle, ("class", "detail"));
        page.Raw("</figcaption>\n");
        // Drawn for paper and for a phone; the style shows one of them.
        if (hasPoints)
            page.Raw(
                $"<div class=\"drawing wide\">{FigureRenderer.Svg(content)}</div>\n<div class=\"drawing narrow\">{FigureRenderer.Svg(content, FigureWidth.Narrow)}</div>\n"
            );
        else
            page.Element("p", FigureText.InsteadOfFigure(content), ("class", "state"));
        page.Raw("<p class=\"note\">");
        page.Text(hasPoints ? "Alla siffror: " : content.Source + ". Alla siffror: ");
        page.Element("a", $"tabell {figure.Table.Number}", ("href", "#" + figure.Table.Anchor));
        page.Raw("</p>\n</figure>\n");
    }

    private static void Appendix(HtmlMarkup page, DocumentOutline outline)
    {
        if (outline.AppendixHeading is not { } heading)
            return;
        page.Raw("<div class=\"new-page\"></div>\n");
        Heading(page, heading);
        page.Element("p", DocumentOutline.AppendixText);
        foreach (var table in outline.Appendix)
            HtmlTable.Write(page, table);
    }
}
