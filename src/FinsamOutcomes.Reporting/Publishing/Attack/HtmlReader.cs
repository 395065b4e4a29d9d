using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace FinsamOutcomes.Reporting.Publishing.Attack;

/// <summary>
/// A web page or a picture in SVG, also one that is no well-formed XML: tables, paragraphs, and what is only read aloud or kept
/// in attributes (<c>title</c>, <c>desc</c>, <c>aria-label</c>, <c>alt</c>, <c>data-…</c>).
/// </summary>
internal static partial class HtmlReader
{
    private static readonly HashSet<string> s_blocks = ["p", "li", "dd", "dt", "figcaption", "caption", "div", "td", "th", "tr", "table", "section", "h1",
        "h2", "h3", "h4"];

    public static PrintedDocument Read(string name, string page)
    {
        var (tables, texts) = (new List<PrintedTable>(), new List<PrintedText>());
        var spoken = new List<SpokenFigure>();
        var state = new State(name, tables, texts, spoken);
        var end = 0;
        foreach (Match tag in Tag().Matches(page))
        {
            if (tag.Index < end)
                continue;
            state.Words(WebUtility.HtmlDecode(page[end..tag.Index]));
            end = tag.Index + tag.Length;
            if (!tag.Groups["name"].Success)
                continue;
            var element = tag.Groups["name"].Value.ToLowerInvariant();
            if (element is "style" or "script" && !tag.Groups["close"].Success)
            {
                var close = page.IndexOf($"</{element}", end, StringComparison.OrdinalIgnoreCase);
                end = close < 0 ? page.Length : close;
                continue;
            }

            if (tag.Groups["close"].Success)
                state.Close(element);
            else
                state.Open(element, tag.Groups["attributes"].Value);
        }

        state.Words(page[end..]);
        state.EndTable();
        return new(name, tables, texts) { Spoken = spoken };
    }

    private sealed class State(string name, List<PrintedTable> tables, List<PrintedText> texts, List<SpokenFigure> spoken)
    {
        private readonly StringBuilder _words = new();
        private readonly List<List<string>> _rows = [];
        private string _heading = "";
        private string _caption = "";
        private string _detail = "";
        private string _svgTitle = "";
        private List<string> _notes = [];
        private bool _isInTable;
        private bool _hasTable;
        private int _span = 1;

        public void Words(string text) => _words.Append(text);

        public void Open(string element, string attributes)
        {
            foreach (Match attribute in Attribute().Matches(attributes))
            {
                var (key, value) = (attribute.Groups["key"].Value.ToLowerInvariant(), WebUtility.HtmlDecode(attribute.Groups["value"].Value));
                if (value.Length > 0 && (key is "aria-label" or "alt" or "title" || key.StartsWith("data-", StringComparison.Ordinal)))
                    texts.Add(new($"{name}, {key}", _heading, value));
                if (key == "colspan" && int.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var span))
                    _span = span;
            }

            if (element == "span" && attributes.Contains("detail", StringComparison.Ordinal))
            {
                var caption = Take();
                EndTable();
                (_caption, _detail) = (caption, "");
                return;
            }

            if (element is "title" or "desc" or "text" || s_blocks.Contains(element))
                Paragraph();
            if (element == "table")
            {
                EndTable();
                (_isInTable, _hasTable) = (true, true);
            }
            else if (element == "tr" && _isInTable)
            {
                _rows.Add([]);
            }
        }

        public void Close(string element)
        {
            switch (element)
            {
                case "td" or "th" when _isInTable && _rows.Count > 0:
                    _rows[^1].Add(Take());
                    for (; _span > 1; _span--)
                        _rows[^1].Add("");
                    break;
                case "table":
                    _isInTable = false;
                    break;
                case "span" when _caption.Length > 0 && _detail.Length == 0:
                    _detail = Take();
                    break;
                case "h1" or "h2" or "h3" or "h4":
                    EndTable();
                    var text = Take();
                    if (element is "h1" or "h2")
                        _heading = text;
                    break;
                case "title":
                    _svgTitle = Take();
                    texts.Add(new($"{name}, title", _heading, _svgTitle));
                    break;
                case "desc":
                    var description = Take();
                    texts.Add(new($"{name}, bildens beskrivning", _heading, description));
                    spoken.Add(new($"{name}, bildens beskrivning", _svgTitle, description, _heading));
                    break;
                default:
                    if (s_blocks.Contains(element) || element == "text")
                        Paragraph();
                    break;
            }
        }

        public void EndTable()
        {
            if (_hasTable && _rows.Count > 1)
            {
                tables.Add(new(
                    name,
                    TableText.WithoutNumber(_caption),
                    PrintedNumber.Plain(_detail),
                    _heading,
                    _rows[0],
                    [.. _rows.Skip(1).Select(r => (IReadOnlyList<PrintedCell>)r.ConvertAll(PrintedCell.Of))],
                    _notes));
            }

            if (_hasTable)
                (_caption, _detail) = ("", "");
            _rows.Clear();
            _hasTable = false;
            _notes = [];
        }

        private void Paragraph()
        {
            if (_isInTable)
                return;
            var text = Take();
            if (text.Length == 0)
                return;
            // The caption of the next table ends the notes of the last.
            if (Caption().IsMatch(text))
            {
                EndTable();
                _caption = text;
            }

            texts.Add(new(name, _heading, text));
            if (_hasTable)
                _notes.Add(text);
        }

        private string Take()
        {
            var text = PrintedNumber.Plain(_words.ToString());
            _words.Clear();
            return text;
        }
    }

    [GeneratedRegex(
        """<!--.*?-->|<!\[CDATA\[|<[!?][^>]*>|<(?<close>/)?(?<name>[A-Za-z][A-Za-z0-9:]*)(?<attributes>(\s+[^\s=>/]+(\s*=\s*("[^"]*"|'[^']*'|[^\s>]+))?|\s*/)*)\s*>""",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 20_000)]
    private static partial Regex Tag();

    [GeneratedRegex("""(?<key>[^\s=/]+)\s*=\s*("(?<value>[^"]*)"|'(?<value>[^']*)')""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Attribute();

    [GeneratedRegex(@"^Tabell \d+\. ", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Caption();
}
