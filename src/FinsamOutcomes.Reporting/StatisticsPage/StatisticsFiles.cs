using System.Globalization;
using System.Text;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Figures.Drawing;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Reports;

namespace FinsamOutcomes.Reporting.StatisticsPage;

/// <summary>
/// "Spara som": a part of the statistics page as a file, from the very objects that the page shows, so that screen and
/// file never disagree. Each file says period, definition, day and how small numbers are kept.
/// </summary>
public static class StatisticsFiles
{
    // Stands before the source under a table, and is the heading of its line here.
    private const string Source = "Källa: ";

    private static readonly NumberFormatInfo s_swedish = new() { NumberDecimalSeparator = ",", NegativeSign = "-" };

    /// <summary>The formats a part can be saved in.</summary>
    public static IReadOnlyList<string> Formats(StatisticsPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return part.Figure is null ? ["xlsx", "csv"] : ["svg", "png", "xlsx", "csv"];
    }

    /// <summary>The file; null with a Swedish reason when the part can't be saved so.</summary>
    /// <param name="view">The page.</param>
    /// <param name="part">One of its parts.</param>
    /// <param name="format"><c>svg</c>, <c>png</c>, <c>csv</c> or <c>xlsx</c>.</param>
    /// <param name="cancellationToken">Stops the drawing.</param>
    public static async Task<(ReportFile? File, string? Reason)> MakeAsync(
        StatisticsView view,
        StatisticsPart part,
        string format,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(part);
        // On the page it is said once, for all of it.
        part = part.With(view.PolicyText);
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"{part.Id}{Slug(view.Insats)}_{view.Filter.From:yyyy-MM-dd}_{view.Filter.To:yyyy-MM-dd}{(view.Filter.IsPublished ? "" : "_internt")}.{format}");
        switch (format)
        {
            case "svg" when part.Figure is { } figure:
                return (new ReportFile(name, ReportFiles.Svg, Encoding.UTF8.GetBytes(FigureRenderer.Svg(figure))), null);
            case "png" when part.Figure is { } figure:
                return (new ReportFile(name, ReportFiles.Png, await FigureRenderer.PngAsync(figure, cancellationToken: cancellationToken)), null);
            case "csv":
                return (new ReportFile(name, "text/csv; charset=utf-8", Csv(view, part)), null);
            case "xlsx":
                return (new ReportFile(name, ReportFiles.Excel, Excel(view, part)), null);
            default:
                return (null, "Det här går inte att spara i det formatet.");
        }
    }

    private static byte[] Excel(StatisticsView view, StatisticsPart part)
    {
        using var buffer = new MemoryStream();
        ExcelDocumentWriter.Write(
            new ReportDocument
            {
                Title = part.Table.Title,
                Forbund = view.Forbund,
                PeriodFrom = part.Span?.From ?? view.Filter.From,
                PeriodTo = part.Span?.To ?? view.Filter.To,
                GeneratedOn = view.ReadOn,
                PolicyText = view.PolicyText,
                IsInternal = !view.Filter.IsPublished,
                IsDemo = view.IsDemo,
                Blocks = part.Figure is { } figure ? [new TableBlock(part.Table), new FigureBlock(figure, part.Table)] : [new TableBlock(part.Table)],
            },
            buffer);
        return buffer.ToArray();
    }

    // The table as it is seen, then what a reader must know: a file is read far from its page.
    private static byte[] Csv(StatisticsView view, StatisticsPart part)
    {
        var table = part.Table;
        var text = new StringBuilder();
        Line(Headers(table));
        foreach (var row in table.Rows)
            Line(row.Cells.Select((cell, i) => Value(cell, table.Columns[i])));
        Line([]);
        Line(["Tabell", table.Title]);
        Line(["Underrubrik", table.Subtitle]);
        Line(["Period", part.Span is { } span ? Swedish.Period(span.From, span.To) : view.Period]);
        if (part.IsOfPositiveExits)
            Line(["Definition av positivt avslut", $"{view.Definition}. {view.Counted}"]);
        Line(["Uttagsdag", view.ReadOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)]);
        Line(["Skydd av små tal", view.PolicyText]);
        foreach (var note in table.Notes.Where(n => n != view.PolicyText))
            Line(["Anmärkning", note]);
        Line(["Källa", table.Source.StartsWith(Source, StringComparison.Ordinal) ? table.Source[Source.Length..] : table.Source]);
        return [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text.ToString())];

        void Line(IEnumerable<string> fields) => text.AppendJoin(';', fields.Select(Field)).Append("\r\n");
    }

    /// <summary>
    /// The heading of each column by itself: on the page "av" and "andel" follow the heading of their group, which nothing says
    /// in a file.
    /// </summary>
    public static IEnumerable<string> Headers(ReportTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Own(table);
    }

    private static IEnumerable<string> Own(ReportTable table)
    {
        var group = "";
        foreach (var column in table.Columns)
        {
            var parts = column.Header.Split(": ", 2);
            if (parts.Length == 2)
                group = parts[0];
            var header = column.Header is "av" or "andel" ? $"{group}: {column.Header}" : column.Header;
            yield return column.Unit == ValueUnit.Percent ? $"{header} (%)" : header;
        }
    }

    // Files of several insatser end up in one folder.
    private static string Slug(string? insats)
    {
        var plain = new string([
            .. ForbiddenSigns
                .ForDocument(insats ?? "")
                .ToLowerInvariant()
                .Normalize(NormalizationForm.FormD)
                .Where(c => !char.IsBetween(c, '\u0300', '\u036f'))
                .Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'),
        ]);
        plain = string.Join('-', plain.Split('-', StringSplitOptions.RemoveEmptyEntries));
        return plain.Length == 0 ? "" : "_" + plain[..Math.Min(plain.Length, 40)];
    }

    /// <summary>The number of a cell, rounded as on the screen and in its column's unit (per cent as 33.3); null where there is none.</summary>
    public static decimal? Number(ReportCell cell, ReportColumn column)
    {
        ArgumentNullException.ThrowIfNull(cell);
        ArgumentNullException.ThrowIfNull(column);
        if (cell is { State: CellState.Shown, Said: { } said })
            return Number(ReportCell.Of(said.Number), new ReportColumn(column.Header, said.Unit, said.Decimals));
        return cell.Number is not null && decimal.TryParse(Value(cell, column), NumberStyles.Number, s_swedish, out var number) ? number : null;
    }

    // Numbers that a spreadsheet reads as numbers, rounded as on the screen.
    private static string Value(ReportCell cell, ReportColumn column)
    {
        // "< 1 %" is no number: a decimal more tells that it isn't nobody.
        var seen = CellText.Of(cell, column);
        if (cell.Number is { } share && seen[0] is '<' or '>' && column.Unit == ValueUnit.Percent)
            seen = Swedish.Number(share * 100, 1);
        return cell.Number is null
            ? seen
            : seen.Replace(Swedish.NoBreakSpace, "", StringComparison.Ordinal)
                .Replace("%", "", StringComparison.Ordinal)
                .Replace("p.e.", "", StringComparison.Ordinal)
                .Replace("kr", "", StringComparison.Ordinal)
                .Replace('\u2212', '-')
                .TrimStart('+');
    }

    private static string Field(string text)
    {
        // A negative number is a number; any other text that begins like a formula would be run as one.
        var isNumber = decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, s_swedish, out _);
        var safe = !isNumber && FormulaGuard.IsNeeded(Encoding.UTF8.GetBytes(text)) ? "'" + text : text;
        return safe.AsSpan().ContainsAny(";\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
