using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Figures;

/// <summary>
/// Units by size: each one's share against how many it rests on, with limits for chance round the whole. Only units that
/// rest on ten or more are drawn; all are in the table.
/// </summary>
public sealed record FunnelFigure : Figure
{
    public required IReadOnlyList<FunnelUnit> Units { get; init; }

    /// <summary>p̄ of the drawn units alone, 0–1: with a hidden one in it, that could be worked out. Null when none is drawn.</summary>
    public required double? Center { get; init; }

    /// <summary>What the units' numbers are counts of, along the axis: <c>Antal avslut</c>.</summary>
    public required string SizeLabel { get; init; }

    /// <summary>What is seen, in plain Swedish, one sentence each.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>True for a unit that may be drawn: fewer than ten are told as counts, and never as a height.</summary>
    public static bool IsDrawn(FigurePoint share)
    {
        ArgumentNullException.ThrowIfNull(share);
        return PointText.IsShown(share) && share.N is >= PointText.SmallNumber;
    }
}

/// <summary>A unit of a funnel.</summary>
/// <param name="Name">Such as an insats.</param>
/// <param name="Share">With numerator and n.</param>
/// <param name="Position">Where it lies; no data for one that is not drawn.</param>
public sealed record FunnelUnit(string Name, FigurePoint Share, FunnelPosition Position);
