using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Tests.Publishing.Attack;

/// <summary>What becomes of a publication without its protection: each number is judged alone, or none is hidden.</summary>
internal static class OneByOne
{
    /// <summary>Small counts are hidden, and shares with a small numerator, rest or whole; nothing else.</summary>
    public static Publication Hide(CountedPublication counted) => new(
        counted,
        counted.Measures.ToDictionary(m => m.Request, IReadOnlyList<MeasureCell> (m) => [.. m.ToldCells(counted.Today, hasIntervals: true).Select(Alone)]));

    /// <summary>The same numbers as are told when they are protected, and none hidden: what an attack is held against.</summary>
    public static Publication Open(CountedPublication counted) => Open(counted, Coarsening.Of(counted.Measures, counted.Today));

    /// <summary>The same numbers as <see cref="Hide"/> hides some of.</summary>
    public static Publication OpenInFull(CountedPublication counted) => Open(counted, counted.Measures);

    private static Publication Open(CountedPublication counted, IReadOnlyList<CountedMeasure> measures) => new(
        counted,
        measures.ToDictionary(m => m.Request, IReadOnlyList<MeasureCell> (m) => [.. m.ToldCells(counted.Today, hasIntervals: true).Select(c => c.Cell)]));

    private static MeasureCell Alone(ToldCell told)
    {
        var cell = told.Cell;
        if (cell.State != CellState.Shown)
            return cell with { Missing = null };
        var isShown = MeasureCatalogue.StatisticOf(cell).Kind switch
        {
            StatisticKind.Count => IsTold((long)cell.Value!.Value),
            StatisticKind.Share => IsTold(Share.Of(cell.Numerator!.Value, cell.Denominator!.Value)),
            StatisticKind.CurveShare => cell.IsMerged,
            _ when cell.RestsOn is [var women, var men] => IsTold(women) && IsTold(men),
            _ => told.Counts.Base is not { } rest || IsTold(rest.Number),
        };
        return isShown
            ? cell
            : cell.Without(IsDold(cell) ? CellState.Hidden : CellState.Protecting) with { N = Told(cell.N), Denominator = Told(cell.Denominator) };
    }

    // A share is "dold" where a count that it tells is small; with a small rest it is "skyddad".
    private static bool IsDold(MeasureCell cell) =>
        cell.RestsOn.Count > 0 ? cell.RestsOn.Any(s => !IsTold(s.Numerator) || !IsTold(s.Denominator))
        : cell is not { Numerator: { } numerator, Denominator: { } denominator } || !IsTold(numerator) || !IsTold(denominator);

    private static bool IsTold(Share share) => IsTold(share.Numerator) && IsTold(share.Complement) && IsTold(share.Denominator);

    private static bool IsTold(long count) => count is 0 or >= 5;

    private static long? Told(long? count) => count is { } n && IsTold(n) ? n : null;
}
