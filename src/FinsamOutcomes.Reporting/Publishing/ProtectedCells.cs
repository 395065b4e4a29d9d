using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>
/// The policy <em>minst 5</em> over all cells of a publication at once: counts of 1–4 are hidden, and so is whatever else would
/// give them away by any sum that a reader can make (<see cref="CountRelations"/>, <see cref="CountProtection"/>). A number is
/// shown when all counts that it tells are, so that one count is shown everywhere or nowhere. Means: <see cref="MeanProtection"/>.
/// </summary>
internal sealed class ProtectedCells
{
    private const int Many = 100;

    private readonly CountRelations _relations;
    private readonly IReadOnlyList<CountState> _states;
    private readonly MeanProtection _means;

    private ProtectedCells(CountRelations relations, IReadOnlyList<CountState> states, MeanProtection means) =>
        (_relations, _states, _means) = (relations, states, means);

    public required Dictionary<MeasureRequest, IReadOnlyList<MeasureCell>> Cells { get; init; }

    /// <summary>What a reader now has of each count that is told.</summary>
    public KnownCounts Known
    {
        get
        {
            var known = new KnownCounts();
            for (var i = 0; i < _states.Count; i++)
            {
                if (_relations.IsRest(i))
                    continue;
                if (_states[i] == CountState.Shown)
                    known.AddShown(_relations.Counts[i]);
                else
                    known.AddKeptBack(_relations.Counts[i], _states[i] == CountState.Small ? CellState.Hidden : CellState.Protecting);
            }

            return known;
        }
    }

    public static ProtectedCells Of(CountedPublication counted)
    {
        var earlier = new BesideEarlier(counted);
        var together = earlier.Together;
        var states = CountProtection.Protect(together.System, out var left);
        while (left.Count > 0 && earlier.TellLess([.. left.Select(i => together.Relations.Counts[i])]))
        {
            together = earlier.Together;
            states = CountProtection.Protect(together.System, out left);
        }

        var cells = new Dictionary<MeasureRequest, IReadOnlyList<MeasureCell>>();
        var means = MeanProtection.Of(together.Cells, counted.Structure, counted.Known);
        var protection = new ProtectedCells(together.Relations, states, means) { Cells = cells };
        foreach (var (request, of) in together.Told)
            cells.Add(request, [.. of.Select(c => protection.Pass(c.Cell, c.Counts))]);
        return protection;
    }

    private MeasureCell Pass(MeasureCell cell, CellCounts counts)
    {
        if (cell.Missing is not null)
            cell = cell with { Missing = new MissingExits(Shown(counts.Missing)) };
        if (cell.N is not null)
            cell = cell with { N = Shown(counts.N) };
        var denominator = counts.Share?.Denominator ?? counts.N;
        if (cell.Denominator is not null && denominator is not null)
            cell = cell with { Denominator = Shown(denominator), DenominatorState = State(denominator) };
        if (cell.State == CellState.NoData && counts.Noughts.Select(Nearest).FirstOrDefault(s => s != CellState.Shown) is var untold and not CellState.Shown)
        {
            // That there are none of a kind can be told where it isn't that there is nobody.
            return counts.Count is { } none && State(none) == CellState.Shown
                ? cell with { State = CellState.Shown, Value = 0 }
                : cell.Without(untold) with { N = cell.N, Denominator = cell.Denominator, Numerator = Shown(counts.Share?.Numerator) };
        }

        if (cell.State != CellState.Shown)
            return cell;
        var told = counts.Told.Select(c => State(c)).Where(s => s != CellState.Shown).Order().FirstOrDefault(CellState.Shown);
        if (told != CellState.Shown)
            return cell.Without(told) with
            {
                N = cell.N,
                Denominator = denominator is null ? null : cell.Denominator,
                Numerator = Shown(counts.Share?.Numerator),
            };
        var kind = MeasureCatalogue.StatisticOf(cell).Kind;
        if ((kind == StatisticKind.CurveShare && !cell.IsMerged) || (kind == StatisticKind.Count && counts.Count is null && cell.Value is > 0 and < 5))
            return cell.Without(CellState.Hidden);
        if (TellsOfUntold(counts) is { } unseen)
            return cell.Without(unseen);
        if (counts.Base is null)
            return cell;

        // A mean with its decimals tells of how many it is, where that is kept back; and that it is hidden tells that it isn't of nobody.
        return Nearest(counts.Base.Value) is var kept and not CellState.Shown ? cell.Without(kept) : _means.Pass(cell, counts.Base);
    }

    // Where what a test tells of is told nowhere in the publication, there is nothing to work out from it; and of many it tells nothing
    // near: that at least ten of a hundred have changed.
    private CellState? TellsOfUntold(CellCounts counts)
    {
        if (counts.TellsOf is not { } tells)
            return null;
        var paired = _relations.IndexOf(tells.Whole) is { } whole ? _relations.Number(whole) : (long?)null;
        var indexes = tells.Parts.Select(_relations.IndexOf).ToList();
        if (paired >= Many || indexes.TrueForAll(i => i is null) || indexes.TrueForAll(i => i is { } index && _states[index] == CountState.Shown))
            return null;
        return paired < MeanProtection.Fewest ? CellState.Hidden : CellState.Protecting;
    }

    // Of a count that is told nowhere: what it is among.
    private CellState Nearest(ToldCount count) =>
        _relations.IndexOf(count) is { } own && !_relations.IsBetween(own) ? State(own)
        : count.Key.Thing.Among is { } whole && _relations.IndexOf(count.Key.Of(whole)) is { } index ? State(index)
        : CellState.Shown;

    private CellState State(ToldCount? count) =>
        count is { } told && _relations.IndexOf(told) is { } index ? State(index) : CellState.Shown;

    private CellState State(int index) => _states[index] switch
    {
        CountState.Shown => CellState.Shown,
        CountState.Small => CellState.Hidden,
        _ => CellState.Protecting,
    };

    private long? Shown(ToldCount? count) => count is { } told && State(count) == CellState.Shown ? told.Number : null;
}
