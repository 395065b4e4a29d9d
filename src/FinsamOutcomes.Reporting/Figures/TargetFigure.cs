namespace FinsamOutcomes.Reporting.Figures;

/// <summary>Target and outcome, row by row, with a traffic light that is also said in words.</summary>
public sealed record TargetFigure : Figure
{
    public required IReadOnlyList<TargetFigureRow> Rows { get; init; }
}

/// <summary>How an outcome stands to its target.</summary>
public enum TargetStatus
{
    Met,
    Near,
    Missed,

    /// <summary>Can't be judged.</summary>
    Unknown,
}

/// <summary>A target and what came of it.</summary>
/// <param name="Name">What the target is of.</param>
/// <param name="Outcome">In the unit of the figure.</param>
/// <param name="Target">In the unit of the figure.</param>
/// <param name="TargetText">As it was set: <c>minst 40 %</c>.</param>
/// <param name="Status">Colour and shape of its light.</param>
/// <param name="StatusText">The same in words: <c>Nära målet</c>.</param>
public sealed record TargetFigureRow(string Name, FigurePoint Outcome, double Target, string TargetText, TargetStatus Status, string StatusText);
