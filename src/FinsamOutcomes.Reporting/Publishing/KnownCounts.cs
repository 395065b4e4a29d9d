using System.IO.Compression;
using System.Text.Json;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>What a reader has of counts from what was published before: the number, or that it was kept back.</summary>
internal sealed class KnownCounts
{
    private readonly Dictionary<ToldCount, CellState> _states = [];

    /// <summary>What means and medians rest on that have been shown.</summary>
    public HashSet<ToldCount> ShownMeans { get; } = [];

    /// <summary>What those rest on that have been kept back.</summary>
    public HashSet<ToldCount> HiddenMeans { get; } = [];

    /// <summary>What was counted to hold it against the register, told or not; it is not kept.</summary>
    public IReadOnlyCollection<ToldCount> Counted { get; init; } = [];

    public KnownCounts()
    {
    }

    public KnownCounts(IEnumerable<ToldCount> shown)
    {
        foreach (var count in shown)
            AddShown(count);
    }

    public IEnumerable<(ToldCount Count, CellState State)> All => _states.Select(s => (s.Key, s.Value));

    public IEnumerable<ToldCount> Shown => _states.Where(s => s.Value == CellState.Shown).Select(s => s.Key);

    public IEnumerable<ToldCount> Hidden => _states.Where(s => s.Value != CellState.Shown).Select(s => s.Key);

    /// <summary>Null for what has not been published.</summary>
    public CellState? StateOf(ToldCount count) => _states.TryGetValue(count, out var state) ? state : null;

    public void AddShown(ToldCount count) => _states[count] = CellState.Shown;

    /// <summary>A count that is kept back: told to be 1–4 (<see cref="CellState.Hidden"/>), or nothing told of it.</summary>
    public void AddKeptBack(ToldCount count, CellState state) => _states[count] = state == CellState.Hidden ? CellState.Hidden : CellState.Protecting;

    /// <summary>What was known from elsewhere. Of two that differ the one that tells more counts.</summary>
    public void Add(ToldCount count, CellState state)
    {
        if (!_states.TryGetValue(count, out var before) || state < before)
            _states[count] = state;
    }

    /// <summary>As bytes to keep.</summary>
    /// <param name="insatser">Ids by name: what an insats is called may change.</param>
    public byte[] Write(IReadOnlyDictionary<string, int> insatser)
    {
        using var buffer = new MemoryStream();
        using (var brotli = new BrotliStream(buffer, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(brotli, _states.Select(s => new KeptCount(
                s.Key.Key with { Insats = "" }, s.Key.Key.Insats == MeasureCell.All ? null : insatser[s.Key.Key.Insats], s.Key.Number, s.Value)));
        }

        return buffer.ToArray();
    }

    /// <summary>What was kept, the insatser by the names of today; one that is gone is left out.</summary>
    public static IEnumerable<(ToldCount Count, CellState State)> Read(byte[] kept, IReadOnlyDictionary<int, string> names)
    {
        if (kept.Length == 0)
            return [];
        using var brotli = new BrotliStream(new MemoryStream(kept), CompressionMode.Decompress);
        return
        [
            .. JsonSerializer.Deserialize<List<KeptCount>>(brotli)!
                .Where(c => c.InsatsId is null || names.ContainsKey(c.InsatsId.Value))
                .Select(c => (new ToldCount(c.Key with { Insats = c.InsatsId is { } id ? names[id] : MeasureCell.All }, c.Number), c.State)),
        ];
    }

    private sealed record KeptCount(CountKey Key, int? InsatsId, long Number, CellState State);
}
