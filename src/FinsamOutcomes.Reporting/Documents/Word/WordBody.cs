using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace FinsamOutcomes.Reporting.Documents.Word;

/// <summary>The text of a Word report from title to appendix.</summary>
internal sealed class WordBody(ReportDocument document, MainDocumentPart main)
{
    private readonly DocumentOutline _outline = new(document);
    private int _bookmarks;
    private int _placeholders;

    public IEnumerable<OpenXmlElement> Elements()
    {
        var body = BlocksWithAppendix().ToList();
        var front = Front().ToList();
        if (!_outline.HasContents)
            return front.Concat(body);
        if (body.Count > 0)
            StartPage(body[0]);
        var pages = PageEstimate.Of(front, body, _outline);
        return front.Append(WordContents.Of(_outline, pages)).Concat(body);
    }

    private IEnumerable<OpenXmlElement> Front()
    {
        yield return WordText.Paragraph(WordStyles.Forbund, WordText.Run(document.Forbund));
        yield return WordText.Paragraph(WordStyles.Title, WordText.Run(document.Title));
        // A title that ends with the year has said it; the line under it stays.
        var said = Swedish.Period(document.PeriodFrom, document.PeriodTo);
        var period = WordText.Paragraph(WordStyles.Subtitle, WordText.Run(document.Title.EndsWith(said, StringComparison.Ordinal) ? "" : said));
        period.ParagraphProperties!.ParagraphBorders = new ParagraphBorders(
            new BottomBorder { Val = BorderValues.Single, Size = 18, Space = 14, Color = DocumentTheme.Accent });
        yield return period;
        foreach (var (label, text) in DocumentFacts.Of(document).Skip(1))
        {
            var marked = label is DocumentFacts.InternalMark or DocumentFacts.DemoMark;
            var look = new RunProperties(new Bold());
            if (marked)
                look.Append(new Color { Val = DocumentTheme.Warning });
            var line = WordText.Paragraph(WordStyles.CaptionDetail, WordText.Run($"{label}: ", look), WordText.Run(text));
            line.ParagraphProperties!.KeepNext = new KeepNext { Val = false };
            yield return line;
        }
    }

    private IEnumerable<OpenXmlElement> BlocksWithAppendix()
    {
        var startPage = false;
        foreach (var block in document.Blocks)
        {
            if (block is PageBreakBlock)
            {
                startPage = true;
                continue;
            }
            foreach (var element in Block(block))
            {
                if (startPage)
                    StartPage(element);
                startPage = false;
                yield return element;
            }
        }
        if (_outline.AppendixHeading is not { } heading)
            yield break;
        var title = Heading(heading);
        StartPage(title);
        yield return title;
        yield return WordText.Paragraph(style: null, WordText.Run(DocumentOutline.AppendixText));
        foreach (var element in _outline.Appendix.SelectMany(Table))
            yield return element;
    }

    private IEnumerable<OpenXmlElement> Block(ReportBlock block) => block switch
    {
        HeadingBlock heading => [Heading(_outline.Of(heading))],
        ParagraphBlock paragraph => [WordText.Paragraph(style: null, [.. WordText.Runs(paragraph.Runs)])],
        BulletListBlock list => list.Items.Select(item => WordText.Paragraph(WordStyles.Bullet, [.. WordText.Runs(item)])),
        PlaceholderBlock placeholder => [WordText.Placeholder(placeholder.Instruction, ++_placeholders)],
        TableBlock table => Table(_outline.Of(table)),
        FigureBlock figure => Figure(_outline.Of(figure)),
        _ => throw new ArgumentOutOfRangeException(nameof(block), block.GetType().Name, "This kind of block can not be written."),
    };

    private Paragraph Heading(OutlineHeading heading)
    {
        var id = (++_bookmarks).ToString(CultureInfo.InvariantCulture);
        return WordText.Paragraph(
            WordStyles.Heading(heading.Level),
            new BookmarkStart { Id = id, Name = heading.Anchor },
            WordText.Run(heading.Text),
            new BookmarkEnd { Id = id });
    }

    private IEnumerable<OpenXmlElement> Table(OutlineTable table)
    {
        yield return WordText.Caption("Tabell", table.Number, table.Table.Title, table.Anchor, ++_bookmarks);
        yield return WordText.Paragraph(WordStyles.CaptionDetail, WordText.Run(table.Detail));
        yield return WordTable.Of(table.Table);
        foreach (var note in WordText.Notes(table.Table.Notes, table.Table.Source))
            yield return note;
    }

    private IEnumerable<OpenXmlElement> Figure(OutlineFigure figure)
    {
        var content = figure.Block.Figure;
        yield return WordText.Caption("Figur", figure.Number, content.Title, figure.Anchor, ++_bookmarks);
        yield return WordText.Paragraph(WordStyles.CaptionDetail, WordText.Run(content.Subtitle));
        yield return WordFigure.Of(main, figure);
        var notes = FigureText.HasPoints(content) ? FigureText.Notes(content) : content.Notes;
        foreach (var note in WordText.Notes(notes, $"{content.Source}. Siffrorna: tabell {figure.Table.Number}."))
            yield return note;
    }

    private static void StartPage(OpenXmlElement element)
    {
        var paragraph = element as Paragraph ?? element.Descendants<Paragraph>().First();
        paragraph.ParagraphProperties!.PageBreakBefore = new PageBreakBefore();
    }
}
