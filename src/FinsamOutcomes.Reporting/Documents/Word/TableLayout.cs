namespace FinsamOutcomes.Reporting.Documents.Word;

/// <summary>Column widths for a table as wide as the text, so that words break as little as possible.</summary>
/// <param name="Widths">In twentieths of a point.</param>
/// <param name="TextStyle">The style of its cells: smaller letters where the columns are many.</param>
internal sealed record TableLayout(IReadOnlyList<int> Widths, string TextStyle)
{
    private const int Padding = 190;

    // Tables of many columns stand closer, so that a word is not cut in two.
    private const int ClosePadding = 100;

    // Average width of a letter in Arial, with some air: half its size.
    private const int LetterAt9Points = 98;
    private const int LetterAt7Points = 85;

    /// <summary>The space left and right in a cell, in twentieths of a point; null keeps Word's own.</summary>
    public int? CellMargin => TextStyle == WordStyles.SmallTableText ? ClosePadding / 2 : null;

    public static TableLayout Of(ReportTable table)
    {
        var style = WordStyles.TableText;
        var (natural, least) = Needs(table, LetterAt9Points, Padding);
        if (least.Sum() > WordPage.TextWidth || natural.Sum() > WordPage.TextWidth * 5 / 4)
        {
            style = WordStyles.SmallTableText;
            (natural, least) = Needs(table, LetterAt7Points, ClosePadding + 30);
        }
        return new TableLayout(Fit(natural, least, table.Columns.Select(c => c.Unit is null).ToList()), style);
    }

    private static (List<int> Natural, List<int> Least) Needs(ReportTable table, int letter, int padding)
    {
        var natural = new List<int>();
        var least = new List<int>();
        for (var c = 0; c < table.Columns.Count; c++)
        {
            var texts = table.Rows.Select(r => CellText.Of(r.Cells[c], table.Columns[c])).ToList();
            // Bold headings are a tenth wider.
            var heading = table.Columns[c].Header;
            var headingWord = LongestWord(heading) * 1.1;
            var word = Math.Max(headingWord, texts.Select(LongestWord).DefaultIfEmpty(0).Max());
            var whole = Math.Max(Math.Max(headingWord, Math.Min(heading.Length * 1.1, 14)), texts.Select(t => t.Length).DefaultIfEmpty(0).Max());
            least.Add((int)(word * letter) + padding);
            natural.Add((int)(Math.Max(word, Math.Min(whole, 46)) * letter) + padding);
        }
        return (natural, least);
    }

    private static List<int> Fit(List<int> natural, List<int> least, List<bool> isText)
    {
        var room = WordPage.TextWidth - natural.Sum();
        if (room >= 0)
        {
            // What is over goes mostly to the texts, so that numbers stay near each other.
            var weights = isText.ConvertAll(text => text ? 2 : 1);
            return Rest(natural.Select((w, i) => w + room * weights[i] / weights.Sum()).ToList());
        }
        var give = natural.Zip(least, (n, l) => Math.Max(0, n - l)).ToList();
        var total = give.Sum();
        if (total + room < 0)
            return Rest(least.ConvertAll(w => (int)((long)w * WordPage.TextWidth / least.Sum())));
        return Rest(natural.Select((w, i) => w + (int)((long)room * give[i] / total)).ToList());
    }

    // Rounding leaves a few twentieths over; the first column takes them.
    private static List<int> Rest(List<int> widths)
    {
        widths[0] += WordPage.TextWidth - widths.Sum();
        return widths;
    }

    // A no-break space does not break, as in "1 234".
    private static int LongestWord(string text) => text.Split(' ', '-', '–').Max(w => w.Length);
}
