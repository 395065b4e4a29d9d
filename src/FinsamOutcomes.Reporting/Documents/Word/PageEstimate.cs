using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using D = DocumentFormat.OpenXml.Drawing.Wordprocessing;

namespace FinsamOutcomes.Reporting.Documents.Word;

/// <summary>
/// Guesses the page of each heading, so that the contents show numbers before Word has counted: lays the elements out by
/// their styles, keeps together what is to be kept together and repeats headings of broken tables. Word's own update of
/// the contents gives the exact numbers.
/// </summary>
internal sealed class PageEstimate
{
    private const int TwipsPerHalfPoint = 10;
    private const double ArialLine = 1.15;
    private const int EmuPerTwip = 635;

    private readonly Dictionary<string, Style> _styles =
        WordStyles.All().Elements<Style>().ToDictionary(s => s.StyleId!.Value!, StringComparer.Ordinal);

    private readonly Dictionary<string, int> _pages = new(StringComparer.Ordinal);
    private int _page = 1;
    private double _used;

    /// <summary>The page of each heading's bookmark; the front with its contents comes before the body's first page.</summary>
    public static IReadOnlyDictionary<string, int> Of(List<OpenXmlElement> front, List<OpenXmlElement> body, DocumentOutline outline)
    {
        var estimate = new PageEstimate();
        estimate.Place([.. front, .. WordContents.Of(outline, outline.Contents.ToDictionary(h => h.Anchor, _ => 1)).SdtContentBlock!.Elements(), .. body]);
        return estimate._pages;
    }

    private void Place(List<OpenXmlElement> elements)
    {
        var flat = elements.SelectMany(e => e is SdtBlock block ? block.SdtContentBlock!.Elements() : [e]).ToList();
        for (var i = 0; i < flat.Count;)
        {
            // What keeps with the next moves as one, up to a page.
            var end = i;
            while (end < flat.Count - 1 && KeepsWithNext(flat[end]))
                end++;
            var group = flat.GetRange(i, end - i + 1);
            if (group[0] is Paragraph { ParagraphProperties.PageBreakBefore: not null })
                NewPage();
            // Up to a table that may break, only its first rows need room.
            var breaking = group.FindIndex(e => e is Table table && !IsWhole(table));
            var unbroken = breaking < 0
                ? group.Sum(Height) - After(group[^1])
                : group.Take(breaking).Sum(Height) + Rows((Table)group[breaking]).Take(3).Sum();
            if (_used + unbroken > WordPage.TextHeight && unbroken < WordPage.TextHeight)
                NewPage();
            group.ForEach(Put);
            i = end + 1;
        }
    }

    private void Put(OpenXmlElement element)
    {
        foreach (var bookmark in element.Elements<BookmarkStart>())
            _pages[bookmark.Name!.Value!] = _page;
        if (element is Table table)
        {
            var rows = Rows(table);
            foreach (var row in rows)
            {
                if (_used + row > WordPage.TextHeight)
                {
                    NewPage();
                    _used += rows[0];
                }
                _used += row;
            }
            return;
        }
        var height = Height(element);
        // The space before disappears at the top of a page that was not begun on purpose.
        if (_used == 0 && _page > 1 && element is Paragraph { ParagraphProperties.PageBreakBefore: null } first)
            height -= Text(first, WordPage.TextWidth).Before;
        if (_used + height - After(element) > WordPage.TextHeight)
        {
            // Running text breaks between lines.
            var over = _used + height - WordPage.TextHeight;
            NewPage();
            _used = Math.Min(over, height);
            return;
        }
        _used += height;
    }

    private void NewPage()
    {
        _page++;
        _used = 0;
    }

    private bool KeepsWithNext(OpenXmlElement element) => element switch
    {
        Table => true,
        Paragraph { ParagraphProperties: { } p } => p.KeepNext is { } keep
            ? keep.Val is null || keep.Val.Value
            : Style(p.ParagraphStyleId?.Val)?.StyleParagraphProperties?.KeepNext is not null,
        _ => false,
    };

    private static bool IsWhole(Table table) =>
        table.Elements<TableRow>().All(r => r.Descendants<ParagraphProperties>().First().KeepNext is not null);

    private double Height(OpenXmlElement element) => element switch
    {
        Table table => Rows(table).Sum(),
        Paragraph paragraph when paragraph.Descendants<D.Extent>().FirstOrDefault() is { } extent =>
            (double)extent.Cy!.Value / EmuPerTwip + After(paragraph),
        Paragraph paragraph => Total(Text(paragraph, WordPage.TextWidth)),
        _ => 0,
    };

    private List<double> Rows(Table table)
    {
        var widths = table.Elements<TableGrid>().Single().Elements<GridColumn>().Select(c => int.Parse(c.Width!.Value!, CultureInfo.InvariantCulture)).ToList();
        return table.Elements<TableRow>()
            .Select(r => 10 + r.Elements<TableCell>().Select((c, i) => Total(Text(c.GetFirstChild<Paragraph>()!, widths[i] - 160))).Max())
            .ToList();
    }

    private double After(OpenXmlElement element) => element is Paragraph paragraph ? Text(paragraph, WordPage.TextWidth).After : 0;

    private static double Total((double Lines, double Before, double After) height) => height.Lines + height.Before + height.After;

    private (double Lines, double Before, double After) Text(Paragraph paragraph, double width)
    {
        var own = paragraph.ParagraphProperties;
        var style = Style(own?.ParagraphStyleId?.Val);
        var letters = style?.StyleRunProperties;
        var size = Number(letters?.FontSize?.Val, 21) * TwipsPerHalfPoint;
        var isBold = letters?.GetFirstChild<Bold>() is not null || paragraph.Descendants<Bold>().Any();
        var spacing = style?.StyleParagraphProperties?.SpacingBetweenLines;
        var multiple = Number(spacing?.Line, 283) / 240;
        var before = Number(own?.SpacingBetweenLines?.Before ?? spacing?.Before, 0);
        var after = Number(own?.SpacingBetweenLines?.After ?? spacing?.After, 140);
        var lines = Lines(string.Concat(paragraph.Descendants<Text>().Select(t => t.Text)), width, size * (isBold ? 1.07 : 1));
        return (lines * size * ArialLine * multiple, before, after);
    }

    private Style? Style(StringValue? id) => id?.Value is { } name && _styles.TryGetValue(name, out var style) ? style : _styles["Normal"];

    private static double Number(StringValue? text, double otherwise) =>
        text?.Value is { } value ? double.Parse(value, CultureInfo.InvariantCulture) : otherwise;

    private static int Lines(string text, double width, double size)
    {
        var lines = 1;
        var used = 0.0;
        foreach (var word in text.Split(' '))
        {
            var length = word.Sum(Letter) * size;
            if (used > 0 && used + length > width)
            {
                lines++;
                used = 0;
            }
            used += length + Letter(' ') * size;
        }
        return lines;
    }

    // Widths of Arial in ems, in classes.
    private static double Letter(char letter) => letter switch
    {
        'i' or 'j' or 'l' or '\'' => 0.22,
        ' ' or 't' or 'f' or 'I' or '.' or ',' or ':' or ';' or '!' or '/' or '\u00A0' => 0.28,
        'r' or '(' or ')' or '-' or '[' or ']' => 0.33,
        'c' or 'k' or 's' or 'v' or 'x' or 'y' or 'z' or 'J' => 0.5,
        'm' or 'M' => 0.83,
        'w' or 'C' or 'D' or 'H' or 'N' or 'R' or 'U' => 0.72,
        'G' or 'O' or 'Q' or 'Ö' => 0.78,
        'W' => 0.94,
        '%' => 0.89,
        >= 'A' and <= 'Z' or 'Å' or 'Ä' => 0.66,
        _ => 0.556,
    };
}
