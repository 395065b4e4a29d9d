using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>What a reader has of counts from what was published before: the number, or that it was kept back.</summary>
internal sealed class KnownCounts
{
    private readonly Dictionary<ToldCount, CellState> _states = [];

    public KnownCounts()
    {
    }

    public KnownCounts(IEnumerable<ToldCount> shown)
    {
        foreach (var count in shown)
            AddShown(count);
    }

    public IEnumerable<ToldCount> Shown => _states.Where(s => s.Value == CellState.Shown).Select(s => s.Key);

    public IEnumerable<ToldCount> Hidden => _states.Where(s => s.Value != CellState.Shown).Select(s => s.Key);

    /// <summary>Null for what has not been published.</summary>
    public CellState? StateOf(ToldCount count) => _states.TryGetValue(count, out var state) ? state : null;

    public void AddShown(ToldCount count) => _states[count] = CellState.Shown;

    /// <summary>
    /// A count of a number that was kept back. Of a number that is called small, a small count is held to be told as such: a reader
    /// knows no more than that. What has been shown elsewhere stays shown.
    /// </summary>
    public void AddKeptBack(ToldCount count, CellState state)
    {
        var known = state == CellState.Hidden && count.Number is > 0 and < 5 ? CellState.Hidden : CellState.Protecting;
        if (!_states.TryGetValue(count, out var before) || before == CellState.Protecting)
            _states[count] = known;
    }
}
