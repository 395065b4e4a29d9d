namespace FinsamOutcomes.Statistics;

/// <summary>
/// The lowest and highest number that a reader must reckon with for each count, as far as the relations give them one by one
/// (interval propagation to a fixed point). They are never too narrow; they may be too wide.
/// </summary>
internal sealed class ReaderBounds
{
    /// <summary>Nothing holds it back upwards.</summary>
    public const long Unbounded = 1L << 50;

    private readonly CountNetwork network;
    private readonly IReadOnlyList<CountState> states;
    private readonly CountReader reader;
    private readonly long[] low;
    private readonly long[] high;
    private readonly List<(int Count, long Low, long High)> trail = [];
    private readonly Queue<int> waiting = [];
    private readonly bool[] isWaiting;

    public ReaderBounds(CountNetwork network, IReadOnlyList<CountState> states, CountReader reader)
    {
        this.network = network;
        this.states = states;
        this.reader = reader;
        low = [.. states.Select((state, i) => state.Upwards(reader, network.Values[i], 0))];
        high = [.. states.Select((state, i) => state.Downwards(network.Values[i], Unbounded))];
        isWaiting = new bool[network.Relations];
        for (var r = 0; r < network.Relations; r++)
            Wait(r);
        var steps = int.MaxValue;
        Spread(ref steps);
        trail.Clear();
    }

    public long Low(int count) => low[count];

    public long High(int count) => high[count];

    /// <summary>The number within the bounds that is nearest to the true one.</summary>
    public long Nearest(int count) => Math.Clamp(network.Values[count], low[count], high[count]);

    /// <summary>Whether at least <paramref name="wanted"/> numbers lie within the bounds.</summary>
    public bool HasValues(int count, int wanted)
    {
        for (long value = low[count]; value <= high[count] && wanted > 0; value++)
        {
            if (states[count].Allows(reader, network.Values[count], value))
                wanted--;
        }

        return wanted == 0;
    }

    /// <summary>A place to go back to with <see cref="Back"/>.</summary>
    public int Mark => trail.Count;

    /// <summary>The counts whose bounds have changed since the start, some of them several times.</summary>
    public IEnumerable<int> Touched => trail.Select(t => t.Count);

    public void Back(int mark)
    {
        while (trail.Count > mark)
        {
            var (count, lowBefore, highBefore) = trail[^1];
            (low[count], high[count]) = (lowBefore, highBefore);
            trail.RemoveAt(trail.Count - 1);
        }
    }

    /// <summary>Lets a count be <paramref name="value"/>; false when no solution is left, or the steps are used up.</summary>
    public bool Fix(int count, long value, ref int steps) => Narrow(count, value, value) && Spread(ref steps);

    private bool Spread(ref int steps)
    {
        var holds = true;
        while (waiting.TryDequeue(out int relation))
        {
            isWaiting[relation] = false;
            holds = holds && --steps > 0 && Tighten(relation);
        }

        return holds;
    }

    private bool Tighten(int relation)
    {
        var terms = network.TermsOf(relation);
        long lowest = 0, highest = 0;
        foreach (var (count, sign) in terms)
        {
            lowest += sign > 0 ? low[count] : -high[count];
            highest += sign > 0 ? high[count] : -low[count];
        }

        bool isSum = network.IsSum[relation];
        if (lowest > 0 || (isSum && highest < 0))
            return false;
        foreach (var (count, sign) in terms)
        {
            // What the others leave for this one: sign · count lies between −(highest of the others) and −(lowest of them).
            long least = isSum ? -(highest - (sign > 0 ? high[count] : -low[count])) : -Unbounded;
            long most = -(lowest - (sign > 0 ? low[count] : -high[count]));
            if (!(sign > 0 ? Narrow(count, least, most) : Narrow(count, -most, -least)))
                return false;
        }

        return true;
    }

    private bool Narrow(int count, long from, long to)
    {
        long truth = network.Values[count];
        from = Math.Max(low[count], states[count].Upwards(reader, truth, from));
        to = Math.Min(high[count], states[count].Downwards(truth, to));
        if (from > to)
            return false;
        if (from == low[count] && to == high[count])
            return true;
        trail.Add((count, low[count], high[count]));
        (low[count], high[count]) = (from, to);
        foreach (var use in network.UsesOf(count))
            Wait(use.Index);
        return true;
    }

    private void Wait(int relation)
    {
        if (isWaiting[relation])
            return;
        isWaiting[relation] = true;
        waiting.Enqueue(relation);
    }
}
