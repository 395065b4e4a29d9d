using FinsamOutcomes.Reporting.Figures;

namespace FinsamOutcomes.Reporting.Documents.Charts;

/// <summary>How a native chart draws its series.</summary>
internal enum ChartShape
{
    Columns,
    Bars,
    StackedBars,
    Lines,

    /// <summary>Two marks on a stalk for each category.</summary>
    Stalks,
}

/// <summary>How one series looks.</summary>
internal enum SeriesLook
{
    Solid,

    /// <summary>Diagonal hatch, so that men differ from women also without colour.</summary>
    Hatched,

    /// <summary>Marks in a paler shade, without a line.</summary>
    Pale,

    /// <summary>Large marks that stand out, without a line.</summary>
    Signal,

    /// <summary>A line with marks at the points.</summary>
    Marked,

    /// <summary>A dashed line without marks: targets, centre lines and limits.</summary>
    Dashed,
}

/// <summary>One series of a native chart. Missing values are null and stay empty cells, never 0.</summary>
internal sealed record ChartSeries
{
    public required string Name { get; init; }

    public required string Colour { get; init; }

    public required SeriesLook Look { get; init; }

    public required IReadOnlyList<double?> Values { get; init; }

    /// <summary>Ends of the intervals; null when the series has none.</summary>
    public IReadOnlyList<double?>? Lower { get; init; }

    public IReadOnlyList<double?>? Upper { get; init; }

    /// <summary>Points that rest on fewer than ten, and the counts that are said instead of their percentage: <c>8 av 8</c>.</summary>
    public IReadOnlyDictionary<int, string> Counts { get; init; } = new Dictionary<int, string>();

    /// <summary>Colours of single points where they differ from the series.</summary>
    public IReadOnlyDictionary<int, string> PointColours { get; init; } = new Dictionary<int, string>();

    /// <summary>Points with a printed value; null prints all, an empty list none.</summary>
    public IReadOnlyList<int>? LabelledPoints { get; init; }

    /// <summary>Where the printed value stands, as the chart format names it; null leaves it to the shape.</summary>
    public LabelPlace Label { get; init; }
}

/// <summary>Where a printed value stands beside its point.</summary>
internal enum LabelPlace
{
    Default,
    Above,
    Below,
    Left,
    Right,
}

/// <summary>A figure made ready for the chart format of Word and Excel.</summary>
internal sealed record ChartModel
{
    public required ChartShape Shape { get; init; }

    public required IReadOnlyList<string> Categories { get; init; }

    public required IReadOnlyList<ChartSeries> Series { get; init; }

    public required ValueUnit Unit { get; init; }

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    /// <summary>Every how many categories has its label along a line's axis; null for about twelve in all.</summary>
    public int? LabelEvery { get; init; }

    /// <summary>True when a line goes on past empty values to the next.</summary>
    public bool SpansGaps { get; init; }

    /// <summary>Printed along the value axis; empty for none.</summary>
    public string AxisTitle { get; init; } = "";

    /// <summary>Height in millimetres on a page 160 mm wide.</summary>
    public required int HeightMm { get; init; }
}
