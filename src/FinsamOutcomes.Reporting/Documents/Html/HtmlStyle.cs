using T = FinsamOutcomes.Reporting.Documents.DocumentTheme;

namespace FinsamOutcomes.Reporting.Documents.Html;

/// <summary>The look of the page, on screen and on paper.</summary>
internal static class HtmlStyle
{
    public static string For(ReportDocument document) =>
        $$"""
            @page { size: A4; margin: 24mm 23mm 22mm;
              @bottom-right { content: "Sida " counter(page) " av " counter(pages); font: 8pt {{T.HtmlFonts}}; color: #{{T.QuietInk}}; }
              @bottom-left { content: {{CssText(
                DocumentFacts.Read(document))}}; font: 8pt {{T.HtmlFonts}}; color: #{{T.QuietInk}}; }
              @top-left { content: {{CssText($"{document.Forbund} · {document.Title}")}}; font: 8pt {{T.HtmlFonts}}; color: #{{T.QuietInk}}; }
              @top-right { content: {{CssText(DocumentFacts.Marks(document))}}; font: bold 8pt {{T.HtmlFonts}}; color: #{{T.Warning}}; } }
            @page :first { @top-left { content: ""; } }
            * { box-sizing: border-box; }
            html { font: 10.5pt/1.45 {{T.HtmlFonts}}; color: #{{T.Ink}}; background: #fff; hyphens: auto; font-variant-numeric: tabular-nums; }
            body { max-width: 164mm; margin: 0 auto; padding: 12mm 5mm; }
            .skip { position: absolute; left: -999em; }
            .skip:focus { left: 1em; top: 1em; background: #fff; padding: .5em; }
            .mark { margin: 0 0 2em; padding: .5em .8em; border-left: 4px solid #{{T.Warning}}; color: #{{T.Warning}}; font-weight: bold; background: #fdf3f1; }
            .forbund { font-size: 13pt; font-weight: bold; margin: 2.5em 0 1em; }
            h1, h2, h3, h4 { color: #{{T.Accent}}; line-height: 1.2; break-after: avoid; hyphens: manual; overflow-wrap: break-word; text-wrap: balance; }
            h1.title { font-size: 30pt; margin: 0 0 .15em; }
            h2 { font-size: 18pt; margin: 1.6em 0 .5em; }
            h3 { font-size: 13pt; margin: 1.5em 0 .4em; }
            h4 { font-size: 11pt; margin: 1.3em 0 .3em; }
            .period { font-size: 14pt; color: #{{T.QuietInk}}; margin: 0; padding-bottom: .9em; border-bottom: 2.5pt solid #{{T.Accent}}; }
            dl { font-size: 9pt; color: #{{T.QuietInk}}; margin: 1em 0 2em; }
            dl div { margin: .3em 0; } dt, dd { display: inline; margin: 0; } dt { font-weight: bold; } dt::after { content: ": "; }
            p { margin: 0 0 .7em; orphans: 3; widows: 3; }
            ul { padding-left: 1.4em; margin: 0 0 .9em; } li { margin: .25em 0; }
            a { color: #1A4F8B; }
            nav h2 { font-size: 14pt; }
            nav ol { list-style: none; padding: 0; margin: 0; } nav a { text-decoration: none; color: inherit; } nav a:hover, nav a:focus { text-decoration: underline; }
            nav li { border-bottom: .5pt solid #{{T.Hairline}}; padding: .3em 0; margin: 0; } nav .level2 { padding-left: 1.5em; font-size: 9.5pt; }
            figure, .table { margin: 1.6em 0; } figure, .whole { break-inside: avoid; }
            figcaption, .caption { text-align: left; font-size: 10pt; margin: 0; padding-bottom: .4em; break-inside: avoid; break-after: avoid; hyphens: manual; }
            .detail { display: block; font-size: 9pt; color: #{{T.QuietInk}}; }
            .drawing svg { display: block; width: 100%; height: auto; } .drawing.narrow { display: none; } .narrow svg { max-width: 28rem; }
            @media screen and (max-width: 640px) { .drawing.wide { display: none; } .drawing.narrow { display: block; } }
            table { width: 100%; border-collapse: collapse; font-size: 9pt; line-height: 1.3; }
            thead { display: table-header-group; } tr { break-inside: avoid; }
            thead, tbody tr:nth-child(-n+2) { break-after: avoid; } tbody tr:nth-last-child(-n+2) { break-before: avoid; }
            thead tr { border-top: 1.5pt solid #{{T.Accent}}; border-bottom: .75pt solid #{{T.Accent}}; } thead th { vertical-align: bottom; }
            th, td { padding: .28em .5em; vertical-align: top; text-align: left; } tbody th { font-weight: normal; }
            tbody tr { border-bottom: .5pt solid #{{T.Hairline}}; } tbody tr:last-child { border-bottom: .75pt solid #{{T.Accent}}; }
            .number { text-align: right; } td.number { white-space: nowrap; } td.state { white-space: normal; }
            .state { font-style: italic; color: #{{T.QuietInk}}; }
            .total th, .total td { font-weight: bold; background: #{{T.TotalShade}}; border-top: .75pt solid #{{T.Accent}}; }
            .note { font-size: 8pt; color: #{{T.QuietInk}}; margin: .35em 0 0; }
            .placeholder { background: #{{T.PlaceholderShade}}; color: #{{T.PlaceholderInk}}; border-left: 3pt solid #{{T.Men}}; padding: .6em .8em; }
            body > footer { margin-top: 3em; font-size: 8pt; color: #{{T.QuietInk}}; }
            .hint { display: none; font-size: 8pt; color: #{{T.QuietInk}}; margin: 0 0 .4em; }
            @media screen { .scroll { overflow-x: auto; } }
            @media screen and (max-width: 40em) {
              body { padding: 6mm 4mm; } h1.title { font-size: 20pt; }
              .wide table { min-width: 38em; } .hint { display: block; }
            }
            @media print {
              html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
              body { max-width: none; padding: 0; } .skip, body > .mark, body > footer { display: none; }
              .new-page { break-before: page; } main > h2:first-child { break-before: page; margin-top: 0; } a { color: inherit; text-decoration: none; }
            }

        """;

    // Only letters, digits, spaces and plain punctuation stay; the rest is written as code points, so that no name ends the string.
    private static string CssText(string text) =>
        "\"" + string.Concat(text.Select(c => char.IsLetterOrDigit(c) || c is ' ' or '.' or '-' ? c.ToString() : $"\\{(int)c:x} ")) + "\"";
}
