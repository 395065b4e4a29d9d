namespace FinsamOutcomes.Reporting.Figures;

/// <summary>
/// Answers on a scale: the negative to the left of zero, the positive to the right, the middle one of an odd number cut at
/// zero. Points are counts, each bar is 100 %.
/// </summary>
public sealed record DivergingBarFigure : Figure
{
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>From the most negative to the most positive.</summary>
    public required IReadOnlyList<FigureSeries> Series { get; init; }

    /// <summary>The same numbers as bars from zero, for what can't draw on two sides of it.</summary>
    public StackedBarFigure ToStacked() => new()
    {
        Id = Id,
        Title = Title,
        Subtitle = Subtitle,
        Unit = ValueUnit.Percent,
        Notes = Notes,
        Source = Source,
        Categories = Categories,
        Series = Series,
    };
}
