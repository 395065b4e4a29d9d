using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Figures;

/// <summary>
/// What a figure says, with nothing about pixels. The same figure becomes SVG, a native chart in Word or Excel and a
/// table. Every point has passed the publishing gate before it gets here.
/// </summary>
public abstract record Figure
{
    /// <summary>File-name safe and unique in its document, for example <c>positiva-avslut-kon</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The finding or the question, as a sentence: <c>Fler kvinnor än män gick till arbete 2024</c>.</summary>
    public required string Title { get; init; }

    /// <summary>Unit, period, definition and n: <c>Andel av avslutade deltaganden 2024, arbete eller studier, n = 412</c>.</summary>
    public required string Subtitle { get; init; }

    /// <summary>How the numbers on the value axis are written.</summary>
    public required ValueUnit Unit { get; init; }

    /// <summary>What a reader must know to read it right; one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Where the numbers come from: <c>Källa: Samordningsförbundet Exempel, registret 2025-01-31</c>.</summary>
    public required string Source { get; init; }
}

/// <summary>The unit of a value axis or a table column.</summary>
public enum ValueUnit
{
    /// <summary>Whole numbers of persons, participations or exits.</summary>
    Count,

    /// <summary>Shares held as 0–1 and shown as per cent.</summary>
    Percent,

    /// <summary>Mean scores and differences of scores, shown with two decimals.</summary>
    Score,

    /// <summary>Whole days.</summary>
    Days,

    /// <summary>Whole kronor.</summary>
    Kronor,

    /// <summary>A difference in whole kronor, shown with its sign.</summary>
    KronorChange,

    /// <summary>A difference of two shares held as −1–1 and shown in percentage points with its sign.</summary>
    PercentagePoints,

    /// <summary>A p-value, 0–1, shown with three decimals.</summary>
    Probability,
}

/// <summary>One value with its uncertainty and the number it rests on.</summary>
/// <param name="State">When not <see cref="CellState.Shown"/> the numbers are null and must not be drawn.</param>
/// <param name="Value">In the unit of the figure; a share is 0–1.</param>
/// <param name="Lower">Lower end of the 95 % interval, null when there is none.</param>
/// <param name="Upper">Upper end of the 95 % interval, null when there is none.</param>
/// <param name="N">What the value rests on (the denominator of a share, the pairs of a mean).</param>
/// <param name="Numerator">The count behind a share, null otherwise.</param>
public sealed record FigurePoint(CellState State, double? Value, double? Lower = null, double? Upper = null, long? N = null, long? Numerator = null)
{
    /// <summary>Why there is no <see cref="N"/>, when that is kept back for another reason than the value.</summary>
    public CellState NState { get; init; }

    public static FigurePoint Hidden { get; } = new(CellState.Hidden, Value: null);

    public static FigurePoint NoData { get; } = new(CellState.NoData, Value: null);

    public static FigurePoint NotAsked { get; } = new(CellState.NotAsked, Value: null);
}

/// <summary>What a series stands for; decides colour and pattern. Women before men in every legend.</summary>
public enum SeriesRole
{
    Woman,
    Man,
    Unknown,
    All,

    /// <summary>One of several categories, coloured by its place.</summary>
    Category,
}

/// <summary>One series: a name, its role and a point for each category of the figure, in the same order.</summary>
public sealed record FigureSeries(string Name, SeriesRole Role, IReadOnlyList<FigurePoint> Points);

/// <summary>Columns side by side for each category, normally women, men (and all), with interval whiskers and n.</summary>
public sealed record ColumnFigure : Figure
{
    public required IReadOnlyList<string> Categories { get; init; }

    public required IReadOnlyList<FigureSeries> Series { get; init; }

    /// <summary>A goal drawn as a labelled line, in the unit of the figure; null when there is none.</summary>
    public double? Target { get; init; }
}

/// <summary>Horizontal bars, one for each category, cut in parts. Points are counts; with Percent each bar is 100 %.</summary>
public sealed record StackedBarFigure : Figure
{
    public required IReadOnlyList<string> Categories { get; init; }

    public required IReadOnlyList<FigureSeries> Series { get; init; }
}

/// <summary>Before and after on one scale, a row for each group or item.</summary>
public sealed record DumbbellFigure : Figure
{
    public required IReadOnlyList<DumbbellRow> Rows { get; init; }

    /// <summary>The ends of the scale, for example 1 and 5.</summary>
    public required double ScaleMin { get; init; }

    public required double ScaleMax { get; init; }

    /// <summary>Says which end is good; printed beside the axis.</summary>
    public required bool HigherIsBetter { get; init; }

    public string BeforeLabel { get; init; } = "Vid start";

    public string AfterLabel { get; init; } = "Vid avslut";
}

/// <summary>One row of a before/after figure.</summary>
/// <param name="Label">For example <c>Kvinnor</c> or the text of an item.</param>
/// <param name="Role">Colour of the row.</param>
/// <param name="Before">Mean before, among pairs.</param>
/// <param name="After">Mean after, among the same pairs.</param>
/// <param name="Change">Mean change with its interval, among the same pairs.</param>
public sealed record DumbbellRow(string Label, SeriesRole Role, FigurePoint Before, FigurePoint After, FigurePoint Change);

/// <summary>Lines over periods with interval bands or whiskers.</summary>
public sealed record LineFigure : Figure
{
    /// <summary>Period labels in time order, such as <c>2023</c>, <c>T1 2024</c> or <c>jan 2024</c>.</summary>
    public required IReadOnlyList<string> Periods { get; init; }

    public required IReadOnlyList<FigureSeries> Series { get; init; }

    public double? Target { get; init; }
}

/// <summary>A p-chart: shares over time with a centre line, limits for each period and marked signals.</summary>
public sealed record ControlChartFigure : Figure
{
    public required IReadOnlyList<ControlPoint> Points { get; init; }

    /// <summary>p̄, 0–1.</summary>
    public required double? Center { get; init; }

    /// <summary>True with fewer than 12 points: the limits are called preliminary.</summary>
    public required bool IsPreliminary { get; init; }

    /// <summary>What is seen, in plain Swedish, one sentence each.</summary>
    public required IReadOnlyList<string> Findings { get; init; }
}

/// <summary>One period of a p-chart.</summary>
/// <param name="Period">Label.</param>
/// <param name="Share">The share with numerator and n.</param>
/// <param name="LowerLimit">Three-sigma limit, cut at 0; null when the point is not shown.</param>
/// <param name="UpperLimit">Three-sigma limit, cut at 1; null when the point is not shown.</param>
/// <param name="Signal">Null, or the rule it breaks in plain Swedish.</param>
public sealed record ControlPoint(string Period, FigurePoint Share, double? LowerLimit, double? UpperLimit, string? Signal);
