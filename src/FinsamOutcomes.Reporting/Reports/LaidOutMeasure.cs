using System.Globalization;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>The cells of a measure in rows and columns, ready to be drawn or tabled. The cells have passed the gate.</summary>
internal sealed class LaidOutMeasure
{
    private readonly Dictionary<string, MeasureCell> _cells = new(StringComparer.Ordinal);
    private readonly ReportLabels _labels;
    private readonly IReadOnlyDictionary<DateOnly, string> _periodLabels;

    public LaidOutMeasure(MeasureLayout layout, IReadOnlyList<MeasureCell> cells, ReportLabels labels, IReadOnlyDictionary<DateOnly, string> periodLabels)
    {
        (Layout, _labels, _periodLabels) = (layout, labels, periodLabels);
        string[] axes = layout.Column is null ? [.. layout.Rows] : [.. layout.Rows, layout.Column];
        var used = cells
            .Where(c => layout.Statistics.Any(s => s.Name == c.Statistic))
            .Where(c => axes.Contains("category", StringComparer.Ordinal) || layout.Measure.CategoryDimension is null || c.Category is null or MeasureCell.All)
            .ToList();
        foreach (var cell in used)
            _cells.TryAdd(Id([.. axes.Select(a => MeasureLayout.Key(cell, a)), cell.Statistic]), cell);
        Rows = [.. Ordered(used, layout.Rows)];
        OmittedZeros = layout.Block["nollor"] == "nej" ? [.. Rows.Where(row => !IsTotal(row) && used.Where(c => IsOf(c, row)).All(c => c is { State: CellState.Shown, Value: 0 }))] : [];
        Rows = [.. Rows.Except(OmittedZeros)];
        if (layout.Rows is ["period"])
            Rows = [.. Rows.SkipWhile(HasNothing).Reverse().SkipWhile(HasNothing).Reverse()];
        Columns = layout.Column is { } column ? [.. Ordered(used, [column]).Select(k => k[0]).Where(IsWorthAColumn)] : [MeasureCell.All];

        bool IsOf(MeasureCell cell, string[] row) => layout.Rows.Select(d => MeasureLayout.Key(cell, d)).SequenceEqual(row, StringComparer.Ordinal);

        // Before the first participation and after the last there is nothing to follow.
        bool HasNothing(string[] row) => used.Where(c => IsOf(c, row)).All(c => c.State == CellState.NoData || c is { State: CellState.Shown, Value: 0, Denominator: null or 0 });

        // A column for unknown gender is there only when somebody is in it.
        bool IsWorthAColumn(string code) => column != "gender" || code != "unknown" || used.Exists(c => c.Gender == "unknown" && !(c.Value is 0 or null && c.Denominator is 0 or null && c.State != CellState.Hidden));
    }

    public MeasureLayout Layout { get; }

    /// <summary>The codes of each row, one for each dimension of the rows.</summary>
    public IReadOnlyList<string[]> Rows { get; }

    /// <summary>Rows left out because all their numbers are 0, when the definition says <c>nollor: nej</c>.</summary>
    public IReadOnlyList<string[]> OmittedZeros { get; }

    /// <summary>The codes of the columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>What the whole measure rests on: the n of its total, when the cells have one.</summary>
    public long? Total =>
        _cells.Values.FirstOrDefault(c => c is { Insats: MeasureCell.All, Gender: MeasureCell.All, AgeGroup: MeasureCell.All, Education: MeasureCell.All, Referrer: MeasureCell.All, Category: null or MeasureCell.All })?.N;

    /// <summary>True when every number was kept back or missing.</summary>
    public bool IsEmpty => _cells.Count == 0 || _cells.Values.All(c => c.State is CellState.NoData or CellState.NotAsked);

    /// <summary>The cell of a row and column, or null when the measure gave none.</summary>
    public MeasureCell? Cell(string[] row, string column) => Cell(row, column, Statistic(row, column).Name);

    /// <summary>The cell of a row and column for one statistic of several.</summary>
    public MeasureCell? Cell(string[] row, string column, string statistic) =>
        _cells.GetValueOrDefault(Id(Layout.Column is null ? [.. row, statistic] : [.. row, column, statistic]));

    public static bool IsTotal(string[] row) => row.Length > 0 && row.All(code => code == MeasureCell.All);

    public string RowLabel(string[] row) => row.Length == 0 ? Layout.Statistics[0].Label : string.Join(", ", row.Select((code, i) => Label(Layout.Rows[i], code)));

    public string Label(string dimension, string code) =>
        dimension == "period" && code != MeasureCell.All
            ? _periodLabels.GetValueOrDefault(DateOnly.ParseExact(code, "yyyy-MM-dd", CultureInfo.InvariantCulture), code)
            : _labels.Of(Layout.Measure, dimension, code);

    public string ColumnLabel(string column) => Layout.Column is { } dimension ? Label(dimension, column) : Layout.Statistics[0].Label;

    /// <summary>The statistic of a cell in a row and column, also where the measure gave no cell.</summary>
    public MeasureStatistic Statistic(string[] row, string column)
    {
        var name = Layout.Column == "statistic" ? column : Layout.Rows.ToList().IndexOf("statistic") is >= 0 and var i ? row[i] : Layout.Statistics[0].Name;
        return Layout.Statistics.First(s => s.Name == name);
    }

    public static ValueUnit Unit(StatisticKind kind) => kind switch
    {
        StatisticKind.Count => ValueUnit.Count,
        StatisticKind.Share => ValueUnit.Percent,
        StatisticKind.ShareDifference => ValueUnit.PercentagePoints,
        StatisticKind.Score => ValueUnit.Score,
        StatisticKind.Days => ValueUnit.Days,
        StatisticKind.Kronor => ValueUnit.Kronor,
        StatisticKind.Probability => ValueUnit.Probability,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    private static string Id(IEnumerable<string> codes) => string.Join('\u001f', codes);

    private IEnumerable<string[]> Ordered(IEnumerable<MeasureCell> cells, IReadOnlyList<string> dimensions)
    {
        var distinct = cells.Select(c => dimensions.Select(d => MeasureLayout.Key(c, d)).ToArray()).DistinctBy(Id, StringComparer.Ordinal);
        IOrderedEnumerable<string[]>? ordered = null;
        for (var i = 0; i < dimensions.Count; i++)
        {
            var (index, dimension) = (i, dimensions[i]);
            ordered = ordered is null
                ? distinct.OrderBy(k => _labels.Order(Layout, dimension, k[index]))
                : ordered.ThenBy(k => _labels.Order(Layout, dimension, k[index]));
        }

        return ordered ?? distinct;
    }
}
