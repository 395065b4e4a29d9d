using System.Globalization;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>What a number of a request is of, whatever its insats is called now.</summary>
internal sealed record CellPlace(
    string? Definition,
    string Statistic,
    DateOnly From,
    DateOnly To,
    int? InsatsId,
    string Gender,
    string AgeGroup,
    string Education,
    string Referrer,
    string? Category,
    string? FromCategory)
{
    public static CellPlace Of(MeasureCell cell, int? insatsId) => new(
        cell.Definition, cell.Statistic, cell.PeriodFrom, cell.PeriodTo, insatsId, cell.Gender, cell.AgeGroup, cell.Education, cell.Referrer,
        cell.Category, cell.FromCategory);
}

/// <summary>The answer to a request, to look numbers up in.</summary>
internal sealed class PlacedCells
{
    private readonly Dictionary<CellPlace, MeasureCell> _cells = [];
    private readonly ILookup<CellPlace, MeasureCell>? _curves;

    /// <param name="cells">The answer.</param>
    /// <param name="insatser">Ids by the names that the cells have.</param>
    public PlacedCells(IReadOnlyList<MeasureCell> cells, IReadOnlyDictionary<string, int> insatser)
    {
        foreach (var cell in cells)
            _cells.TryAdd(Place(cell), cell);
        if (cells.Any(c => c.CurveMark is not null))
            _curves = cells.Where(c => c.CurveMark is not null).ToLookup(c => Place(c) with { Category = null });

        CellPlace Place(MeasureCell cell) => CellPlace.Of(cell, cell.Insats == MeasureCell.All ? null : insatser[cell.Insats]);
    }

    /// <summary>The number at a place; of a curve the one of the last mark before it, since it stays there until the next.</summary>
    public MeasureCell? At(CellPlace place)
    {
        if (_cells.TryGetValue(place, out var cell))
            return cell;
        return _curves is not null && int.TryParse(place.Category, NumberStyles.None, CultureInfo.InvariantCulture, out var day)
            ? _curves[place with { Category = null }].Where(c => c.CurveMark!.Days <= day).MaxBy(c => c.CurveMark!.Days)
            : null;
    }
}
