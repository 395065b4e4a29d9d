using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>The exact answer to a request, and what of it will be told.</summary>
internal sealed record CountedMeasure(MeasureRequest Request, PlannedMeasure Told, IReadOnlyList<MeasureCell> Cells)
{
    /// <summary>
    /// Each cell with the counts that it tells. What is not told is thrown away, but that it is there; curves have only the marks
    /// that may be shown.
    /// </summary>
    public List<ToldCell> ToldCells(DateOnly today, bool hasIntervals) => [.. CurveMarks.Merge(Cells, hasIntervals).Select(cell => Tell(cell, today))];

    /// <summary>Whether the publication tells this cell, or keeps it back.</summary>
    public bool Tells(MeasureCell cell) =>
        (Told.Statistics.Contains(cell.Statistic) || (IsWhole(cell) && Told.OfWhole.Contains(cell.Statistic)))
        && Told.Categories?.Contains(cell.Category!) != false;

    private bool IsWhole(MeasureCell cell) => cell.IsOfEverybody && (cell.Insats == MeasureCell.All || !Request.By.HasFlag(MeasureDimensions.Insats));

    private ToldCell Tell(MeasureCell cell, DateOnly today)
    {
        var isWhole = IsWhole(cell);
        if (!Tells(cell))
            return new(cell.Without(cell.State == CellState.Shown ? CellState.Protecting : cell.State) with { Missing = null }, new CellCounts());
        if (!isWhole)
            cell = cell with { Missing = null };
        var counts = CellCounts.Of(Request, cell, today);
        var kind = MeasureCatalogue.StatisticOf(cell).Kind;
        var tellsN = Told.TellsEachN || kind == StatisticKind.Share || (isWhole && kind != StatisticKind.Probability);
        return tellsN ? new(cell, counts) : new(cell with { N = null }, counts with { N = null });
    }
}

/// <summary>A cell and the counts of the register that it tells.</summary>
internal readonly record struct ToldCell(MeasureCell Cell, CellCounts Counts);
