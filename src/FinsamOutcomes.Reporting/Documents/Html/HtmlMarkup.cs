using System.Net;
using System.Text;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Reporting.Documents.Html;

/// <summary>A page being written; every text and attribute is escaped.</summary>
internal sealed class HtmlMarkup
{
    private readonly StringBuilder _page = new();

    public void Raw(string markup) => _page.Append(markup);

    public void Text(string text) => _page.Append(WebUtility.HtmlEncode(ForbiddenSigns.ForDocument(text)));

    public void Element(string name, string text, params (string Name, string Value)[] attributes)
    {
        Open(name, attributes);
        _page.Append('>');
        Text(text);
        _page.Append("</").Append(name).Append('>');
    }

    public void Empty(string name, params (string Name, string Value)[] attributes)
    {
        Open(name, attributes);
        _page.Append(" />");
    }

    public void Runs(string name, IEnumerable<TextRun> runs)
    {
        Raw($"<{name}>");
        foreach (var run in runs)
        {
            Raw((run.IsBold ? "<strong>" : "") + (run.IsItalic ? "<em>" : ""));
            Text(run.Text);
            Raw((run.IsItalic ? "</em>" : "") + (run.IsBold ? "</strong>" : ""));
        }
        Raw($"</{name}>\n");
    }

    public override string ToString() => _page.ToString();

    private void Open(string name, (string Name, string Value)[] attributes)
    {
        _page.Append('<').Append(name);
        foreach (var (key, value) in attributes)
            _page.Append(' ').Append(key).Append("=\"").Append(WebUtility.HtmlEncode(ForbiddenSigns.ForDocument(value))).Append('"');
    }
}
