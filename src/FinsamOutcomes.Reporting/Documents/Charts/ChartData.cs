using FinsamOutcomes.Reporting.Figures;

namespace FinsamOutcomes.Reporting.Documents.Charts;

/// <summary>
/// Where a chart's numbers lie in a worksheet: one row a category; first a column a series, then for each series with
/// intervals its lower and upper end and the two distances that error bars are drawn from.
/// </summary>
internal sealed class ChartData
{
    private readonly List<(string Header, int Series, Kind Kind)> _columns = [];

    /// <param name="model">The chart.</param>
    /// <param name="sheet">Name of the worksheet that holds the numbers.</param>
    /// <param name="headerRow">Row of the column headings, 1 upwards.</param>
    public ChartData(ChartModel model, string sheet, int headerRow)
    {
        Model = model;
        Sheet = sheet;
        HeaderRow = headerRow;
        for (var i = 0; i < model.Series.Count; i++)
            _columns.Add((model.Series[i].Name, i, Kind.Value));
        for (var i = 0; i < model.Series.Count; i++)
        {
            if (model.Series[i] is not { Lower: not null, Upper: not null, Name: var name })
                continue;
            _columns.Add(($"{name}, nedre", i, Kind.Lower));
            _columns.Add(($"{name}, övre", i, Kind.Upper));
            _columns.Add(($"{name}, ned till nedre", i, Kind.Minus));
            _columns.Add(($"{name}, upp till övre", i, Kind.Plus));
        }
    }

    private enum Kind
    {
        Value,
        Lower,
        Upper,
        Minus,
        Plus,
    }

    public ChartModel Model { get; }

    public string Sheet { get; }

    public int HeaderRow { get; }

    public IEnumerable<string> Headers => _columns.Select(c => c.Header);

    public ValueUnit Unit => Model.Unit;

    /// <summary>
    /// The cells of a category's row, from column B on; a formula where the number follows from others, and few where the
    /// number is a share that must not be read as a percentage.
    /// </summary>
    public IEnumerable<(double? Value, string? Formula, bool IsFew)> Row(int category)
    {
        var row = HeaderRow + 1 + category;
        return _columns.Select(column =>
        {
            var series = Model.Series[column.Series];
            return column.Kind switch
            {
                Kind.Value => (series.Values[category], (string?)null, series.Counts.ContainsKey(category)),
                Kind.Lower => (series.Lower![category], null, false),
                Kind.Upper => (series.Upper![category], null, false),
                Kind.Minus => (Minus(series, category), $"{Cell(column.Series, Kind.Value, row)}-{Cell(column.Series, Kind.Lower, row)}", false),
                _ => (Plus(series, category), $"{Cell(column.Series, Kind.Upper, row)}-{Cell(column.Series, Kind.Value, row)}", false),
            };
        });
    }

    public static double? Minus(ChartSeries series, int category) => series.Values[category] - series.Lower![category];

    public static double? Plus(ChartSeries series, int category) => series.Upper![category] - series.Values[category];

    public string CategoriesRange => Range(1);

    public string NameCell(int series) => $"{Quoted}!${ColumnName(Index(series, Kind.Value))}${HeaderRow}";

    public string ValuesRange(int series) => Range(Index(series, Kind.Value));

    public string MinusRange(int series) => Range(Index(series, Kind.Minus));

    public string PlusRange(int series) => Range(Index(series, Kind.Plus));

    /// <summary>1 → A, 27 → AA.</summary>
    public static string ColumnName(int column)
    {
        var name = "";
        for (; column > 0; column = (column - 1) / 26)
            name = (char)('A' + (column - 1) % 26) + name;
        return name;
    }

    private string Quoted => $"'{Sheet.Replace("'", "''")}'";

    private string Range(int column) =>
        $"{Quoted}!${ColumnName(column)}${HeaderRow + 1}:${ColumnName(column)}${HeaderRow + Model.Categories.Count}";

    private string Cell(int series, Kind kind, int row) => $"{ColumnName(Index(series, kind))}{row}";

    private int Index(int series, Kind kind) => _columns.FindIndex(c => c.Series == series && c.Kind == kind) + 2;
}
