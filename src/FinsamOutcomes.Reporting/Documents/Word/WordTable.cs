using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Documents.Word;

/// <summary>A report table in Word: hairlines between rows, the heading repeated on each page, totals set apart.</summary>
internal static class WordTable
{
    // A table of up to this many rows moves whole to the next page rather than break.
    private const int LongestUnbroken = 16;

    public static Table Of(ReportTable table)
    {
        var layout = TableLayout.Of(table);
        var grid = new TableGrid();
        foreach (var width in layout.Widths)
            grid.Append(new GridColumn { Width = width.ToString(CultureInfo.InvariantCulture) });

        var word = new Table(
            new TableProperties(
                new TableWidth { Width = layout.Widths.Sum().ToString(CultureInfo.InvariantCulture), Type = TableWidthUnitValues.Dxa },
                new TableBorders(
                    new TopBorder { Val = BorderValues.Single, Size = 12, Space = 0, Color = DocumentTheme.Accent },
                    new BottomBorder { Val = BorderValues.Single, Size = 6, Space = 0, Color = DocumentTheme.Accent },
                    new InsideHorizontalBorder { Val = BorderValues.Single, Size = 4, Space = 0, Color = DocumentTheme.Hairline }),
                new DocumentFormat.OpenXml.Wordprocessing.TableLayout { Type = TableLayoutValues.Fixed },
                CellMargins(layout),
                new TableLook
                {
                    Val = "0020",
                    FirstRow = true,
                    LastRow = false,
                    FirstColumn = false,
                    LastColumn = false,
                    NoHorizontalBand = true,
                    NoVerticalBand = true,
                },
                new TableCaption { Val = table.Title },
                new TableDescription { Val = table.Subtitle }),
            grid,
            HeaderRow(table, layout));

        for (var r = 0; r < table.Rows.Count; r++)
        {
            // The heading stays with the first row, and the last two with their notes. In a table that goes on to the next page
            // LibreOffice leaves out all that would be there when its first two rows keep with the next.
            var keep = table.Rows.Count <= LongestUnbroken || r >= table.Rows.Count - 2;
            word.Append(Row(table, table.Rows[r], layout, keep));
        }
        return word;
    }

    private static TableCellMarginDefault CellMargins(TableLayout layout)
    {
        var margin = (short)(layout.CellMargin ?? 80);
        return new TableCellMarginDefault(
            new TableCellLeftMargin { Width = margin, Type = TableWidthValues.Dxa },
            new TableCellRightMargin { Width = margin, Type = TableWidthValues.Dxa });
    }

    private static TableRow HeaderRow(ReportTable table, TableLayout layout)
    {
        var row = new TableRow(new TableRowProperties(new CantSplit(), new TableHeader()));
        for (var c = 0; c < table.Columns.Count; c++)
        {
            var paragraph = WordText.Paragraph(layout.TextStyle, WordText.Run(table.Columns[c].Header, new RunProperties(new Bold())));
            Place(paragraph, right: table.Columns[c].Unit is not null, keep: true);
            row.Append(new TableCell(
                new TableCellProperties(
                    new TableCellWidth { Width = layout.Widths[c].ToString(CultureInfo.InvariantCulture), Type = TableWidthUnitValues.Dxa },
                    new TableCellBorders(new BottomBorder { Val = BorderValues.Single, Size = 6, Space = 0, Color = DocumentTheme.Accent }),
                    new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Bottom }),
                paragraph));
        }
        return row;
    }

    private static TableRow Row(ReportTable table, ReportRow data, TableLayout layout, bool keep)
    {
        var row = new TableRow(new TableRowProperties(new CantSplit()));
        for (var c = 0; c < table.Columns.Count; c++)
        {
            var cell = data.Cells[c];
            var look = new RunProperties();
            if (data.IsTotal)
                look.Append(new Bold());
            if (cell.State != CellState.Shown)
                look.Append(new Italic(), new Color { Val = DocumentTheme.QuietInk });
            var paragraph = WordText.Paragraph(layout.TextStyle, WordText.Run(CellText.Of(cell, table.Columns[c]), look.HasChildren ? look : null));
            Place(paragraph, right: table.Columns[c].Unit is not null, keep);

            var properties = new TableCellProperties(
                new TableCellWidth { Width = layout.Widths[c].ToString(CultureInfo.InvariantCulture), Type = TableWidthUnitValues.Dxa }
            );
            if (data.IsTotal)
            {
                properties.Append(
                    new TableCellBorders(new TopBorder { Val = BorderValues.Single, Size = 6, Space = 0, Color = DocumentTheme.Accent }),
                    new Shading { Val = ShadingPatternValues.Clear, Color = "auto", Fill = DocumentTheme.TotalShade });
            }
            row.Append(new TableCell(properties, paragraph));
        }
        return row;
    }

    private static void Place(Paragraph paragraph, bool right, bool keep)
    {
        if (right)
            paragraph.ParagraphProperties!.Justification = new Justification { Val = JustificationValues.Right };
        if (keep)
            paragraph.ParagraphProperties!.KeepNext = new KeepNext();
    }
}
