using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;
using FinsamOutcomes.Reporting.Documents.Charts;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Documents.Excel;

/// <summary>The rows of a worksheet, written from the top down. Text is stored as text, whatever sign it begins with.</summary>
/// <param name="widths">Column widths in letters, from column A; a later column has the default width.</param>
internal sealed class SheetRows(IReadOnlyList<double> widths)
{
    private const double LineHeight = 13.5;
    private const double DefaultWidth = 10;

    // A column is measured in digits; letters are on the average a little narrower.
    private const double LetterWidth = 0.9;

    private readonly SheetData _data = new();
    private Row _row = new();

    /// <summary>The row that cells are written to, 1 upwards; 0 before the first.</summary>
    public int Number { get; private set; }

    public SheetData Data => _data;

    /// <summary>Cells that are merged; empty when none are.</summary>
    public MergeCells Merged { get; } = new();

    public static SheetFormatProperties Format() => new() { DefaultRowHeight = 15, CustomHeight = true };

    public static Columns Columns(IEnumerable<double> widths) =>
        new(widths.Select((w, i) => new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = w, CustomWidth = true }));

    /// <summary>Starts the next row, or a later one.</summary>
    public void Next(int skip = 0, double? height = null)
    {
        Number += 1 + skip;
        _row = new Row { RowIndex = (uint)Number };
        if (height is { } points)
        {
            _row.Height = points;
            _row.CustomHeight = true;
        }
        _data.Append(_row);
    }

    /// <summary>A row with one text in column A.</summary>
    public void Line(string text, CellLook look, int skip = 0, double? height = null)
    {
        Next(skip, height);
        Text(1, text, look);
    }

    /// <summary>A text that breaks its lines within the table's width rather than run on under a chart.</summary>
    public void Note(string text, int columns, int skip = 0)
    {
        var width = Math.Max(24, widths.Take(columns).Sum());
        var lines = Math.Ceiling(text.Length * LetterWidth * 0.92 / width);
        Next(skip, lines * LineHeight + 2);
        Text(1, text, CellLook.Note, isMerged: true);
        if (columns > 1)
            Merged.Append(new MergeCell { Reference = $"A{Number}:{ChartData.ColumnName(columns)}{Number}" });
    }

    public void Text(int column, string text, CellLook look, bool isMerged = false)
    {
        // A merged cell is as wide as several columns, and its height is known.
        if (!isMerged)
            Grow(column, text, look);
        _row.Append(new Cell(new InlineString(new Text(text) { Space = SpaceProcessingModeValues.Preserve }))
        {
            CellReference = Reference(column),
            DataType = CellValues.InlineString,
            StyleIndex = (uint)look,
        });
    }

    public void Value(int column, double value, CellLook look, string? formula = null)
    {
        var cell = new Cell { CellReference = Reference(column), StyleIndex = (uint)look };
        if (formula is not null)
            cell.Append(new CellFormula(formula));
        cell.Append(new CellValue(value.ToString("R", CultureInfo.InvariantCulture)));
        _row.Append(cell);
    }

    public void Table(ReportTable table)
    {
        Next();
        for (var c = 0; c < table.Columns.Count; c++)
            Text(
                c + 1,
                table.Columns[c].Header,
                table.Columns[c].Unit is not null ? CellLook.HeaderRight
                    : FollowsNumber(table, c) ? CellLook.HeaderIndented
                    : CellLook.Header);
        foreach (var row in table.Rows)
        {
            Next();
            for (var c = 0; c < table.Columns.Count; c++)
                Cell(c + 1, row.Cells[c], table.Columns[c], row.IsTotal, FollowsNumber(table, c));
        }
    }

    // A text to the left would be read as one with the number to the right before it.
    private static bool FollowsNumber(ReportTable table, int column) => column > 0 && table.Columns[column - 1].Unit is not null;

    /// <summary>The numbers a chart is drawn from; a missing one stays an empty cell so that nothing is drawn.</summary>
    public void Chart(ChartData data)
    {
        Next(skip: data.HeaderRow - Number - 1);
        Text(1, "Kategori", CellLook.Header);
        foreach (var (header, column) in data.Headers.Select((h, i) => (h, i + 2)))
            Text(column, header, CellLook.HeaderRight);
        for (var i = 0; i < data.Model.Categories.Count; i++)
        {
            Next();
            Text(1, data.Model.Categories[i], CellLook.Text);
            foreach (var (cell, column) in data.Row(i).Select((x, place) => (x, place + 2)))
            {
                if (cell.Value is { } value)
                    Value(column, value, cell.IsFew ? CellLook.FewShare : CellLooks.Number(data.Unit, total: false), cell.Formula);
            }
        }
    }

    private void Cell(int column, ReportCell cell, ReportColumn heading, bool total, bool isIndented)
    {
        if (cell.State != CellState.Shown)
            Text(column, cell.State.ToSwedish(), total ? CellLook.TotalState : CellLook.State);
        else if (cell.Number is { } number)
            // Percentage points are kept as they are read: no format multiplies by a hundred without writing %. A p-value with all its decimals
            // would tell of the counts that it is made of.
            Value(
                column,
                heading.Unit switch
                {
                    Figures.ValueUnit.PercentagePoints => Statistics.Rounding.HalfAwayFromZero(number * 100, 10),
                    Figures.ValueUnit.Probability => Statistics.Rounding.HalfAwayFromZero(number, 3),
                    _ => number,
                },
                CellLooks.Number(heading.Unit, total, ReadsAsAll(heading.Unit, number) ? 1 : heading.Decimals));
        else
            Text(column, cell.Text ?? "", (heading.Unit is null, total) switch
            {
                (true, false) => isIndented ? CellLook.TextIndented : CellLook.Text,
                (true, true) => isIndented ? CellLook.TotalTextIndented : CellLook.TotalText,
                (false, false) => CellLook.TextRight,
                _ => CellLook.TotalTextRight,
            });
    }

    // Nobody and everybody only where it is so: a decimal more tells.
    private static bool ReadsAsAll(Figures.ValueUnit? unit, double number) =>
        unit == Figures.ValueUnit.Percent && number is > 0 and < 0.005 or >= 0.995 and < 1;

    // Excel fits rows to wrapped text when it opens a file, LibreOffice does not.
    private void Grow(int column, string text, CellLook look)
    {
        if (!CellLooks.Wraps(look))
            return;
        var width = column <= widths.Count ? widths[column - 1] : DefaultWidth;
        var lines = text.Split('\n').Sum(l => Math.Max(1, Math.Ceiling(l.Length * LetterWidth / width)));
        if (lines > 1 && lines * LineHeight + 3 > (_row.Height?.Value ?? 0))
        {
            _row.Height = lines * LineHeight + 3;
            _row.CustomHeight = true;
        }
    }

    private string Reference(int column) => ChartData.ColumnName(column) + Number.ToString(CultureInfo.InvariantCulture);
}
