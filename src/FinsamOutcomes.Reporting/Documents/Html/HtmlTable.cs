using System.Globalization;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Documents.Html;

/// <summary>
/// A report table as HTML, with headings that a screen reader can follow. What it is called stands before it and not as its
/// caption, which a browser leaves alone at the foot of a printed page.
/// </summary>
internal static class HtmlTable
{
    // A table of up to this many rows moves whole to the next printed page rather than break.
    private const int LongestUnbroken = 16;

    // More columns than this don't fit a phone, where the table is scrolled instead of squeezed.
    private const int MostOnPhone = 4;

    public static void Write(HtmlMarkup page, OutlineTable table)
    {
        var content = table.Table;
        var whole = (content.Rows.Count <= LongestUnbroken ? " whole" : "") + (content.Columns.Count > MostOnPhone ? " wide" : "");
        page.Raw(
            string.Create(
                CultureInfo.InvariantCulture,
                $"<div class=\"table{whole}\" id=\"{table.Anchor}\">\n<p class=\"caption\" id=\"{table.Anchor}-rubrik\">"));
        page.Element("strong", $"Tabell {table.Number}. {content.Title}");
        page.Element("span", table.Detail, ("class", "detail"));
        page.Raw("</p>\n");
        if (content.Columns.Count > MostOnPhone)
            page.Element("p", "Tabellen är bredare än skärmen: dra den i sidled.", ("class", "hint"));
        page.Raw(
            string.Create(
                CultureInfo.InvariantCulture,
                $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Tabell {table.Number}\">\n<table aria-labelledby=\"{table.Anchor}-rubrik\">\n<thead><tr>"
            ));
        foreach (var column in content.Columns)
            page.Element("th", column.Header, ("scope", "col"), ("class", column.Unit is null ? "text" : "number"));
        page.Raw("</tr></thead>\n<tbody>\n");
        foreach (var row in content.Rows)
        {
            page.Raw(row.IsTotal ? "<tr class=\"total\">" : "<tr>");
            for (var c = 0; c < content.Columns.Count; c++)
            {
                var look = content.Columns[c].Unit is null ? "text" : "number";
                if (row.Cells[c].State != CellState.Shown)
                    look += " state";
                var text = CellText.Of(row.Cells[c], content.Columns[c]);
                if (c == 0)
                    page.Element("th", text, ("scope", "row"), ("class", look));
                else
                    page.Element("td", text, ("class", look));
            }
            page.Raw("</tr>\n");
        }
        page.Raw("</tbody>\n</table>\n</div>\n");
        foreach (var note in content.Notes.Append(content.Source))
            page.Element("p", note, ("class", "note"));
        page.Raw("\n</div>\n");
    }
}
