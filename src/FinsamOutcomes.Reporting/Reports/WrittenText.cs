using System.Text;
using System.Text.Encodings.Web;
using FinsamOutcomes.Reporting.Documents;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>A text of an insats as the report will show it: the same blocks, as HTML without anything that can run.</summary>
public static class WrittenText
{
    /// <summary>The Markdown as HTML, with headings from <paramref name="headingLevel"/> and down.</summary>
    public static string ToHtml(string markdown, int headingLevel)
    {
        var html = new StringBuilder();
        foreach (var block in ReportDefinition.FromMarkdown(markdown, headingLevel: 0))
        {
            switch (block)
            {
                case HeadingBlock heading:
                    var level = Math.Min(6, headingLevel + heading.Level - 1);
                    html.Append("<h").Append(level).Append('>').Append(HtmlEncoder.Default.Encode(heading.Text)).Append("</h").Append(level).Append('>');
                    break;
                case BulletListBlock list:
                    html.Append("<ul>");
                    foreach (var item in list.Items)
                        html.Append("<li>").Append(Runs(item)).Append("</li>");
                    html.Append("</ul>");
                    break;
                case ParagraphBlock paragraph:
                    html.Append("<p>").Append(Runs(paragraph.Runs)).Append("</p>");
                    break;
            }
        }

        return html.ToString();
    }

    private static string Runs(IEnumerable<TextRun> runs) => string.Concat(runs.Select(run =>
    {
        var text = HtmlEncoder.Default.Encode(run.Text);
        text = run.IsItalic ? $"<em>{text}</em>" : text;
        return run.IsBold ? $"<strong>{text}</strong>" : text;
    }));
}
