namespace FinsamOutcomes.Reporting.Figures;

/// <summary>
/// Shares over the days since entry, read at marks, with how many are followed at each. Between marks nothing is known but
/// that one share became the other.
/// </summary>
public sealed record SurvivalFigure : Figure
{
    /// <summary>Women before men.</summary>
    public required IReadOnlyList<SurvivalCurve> Curves { get; init; }

    /// <summary>Along the axis: <c>Dagar sedan inskrivning</c>.</summary>
    public required string TimeLabel { get; init; }

    /// <summary>Over the numbers under the axis: <c>Antal som följs</c>.</summary>
    public required string AtRiskLabel { get; init; }

    /// <summary>True when one half is marked, where a median is read.</summary>
    public required bool MarksHalf { get; init; }

    /// <summary>What is seen, in plain Swedish, one sentence each.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>The days that some curve has a mark at, in order.</summary>
    public IReadOnlyList<int> Days => [.. Curves.SelectMany(c => c.Marks).Select(m => m.Days).Distinct().Order()];
}

/// <summary>One curve.</summary>
/// <param name="Name">Such as <c>Kvinnor</c>.</param>
/// <param name="Role">Colour and pattern.</param>
/// <param name="Marks">In order of days.</param>
/// <param name="IsOfFew">True when it rests on fewer than ten: it is drawn faintly, and its shares are told nowhere.</param>
public sealed record SurvivalCurve(string Name, SeriesRole Role, IReadOnlyList<SurvivalMark> Marks, bool IsOfFew = false)
{
    /// <summary>The marks that have a share.</summary>
    public IEnumerable<SurvivalMark> Shown => Marks.Where(m => PointText.IsShown(m.Share));

    /// <summary>The mark of a day, or null when the curve has none there.</summary>
    public SurvivalMark? At(int days) => Marks.FirstOrDefault(m => m.Days == days);

    /// <summary>The share of a mark in words.</summary>
    public string ShareText(SurvivalMark mark)
    {
        ArgumentNullException.ThrowIfNull(mark);
        return IsOfFew && PointText.IsShown(mark.Share) ? Measures.MeasureCell.TooFew : PointText.Headline(mark.Share, ValueUnit.Percent);
    }
}

/// <summary>Where a curve stands after a number of days.</summary>
/// <param name="Days">Since entry; 0 is the start.</param>
/// <param name="Share">The share with its interval, and no counts: it is estimated.</param>
/// <param name="AtRisk">How many are followed after that day.</param>
public sealed record SurvivalMark(int Days, FigurePoint Share, FigurePoint AtRisk);
