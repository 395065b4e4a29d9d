namespace FinsamOutcomes.Statistics;

/// <summary>
/// Which counts can go up or down by one at all, and how many of a relation are left to mend it. A count that no other
/// can make up for in one of its relations can't move, and what needs it can't either: found once, by elimination to a
/// fixed point, it keeps a search out of many blind alleys.
/// </summary>
internal sealed class MoveRoom
{
    private readonly CountNetwork network;
    private readonly bool[] up;
    private readonly bool[] down;
    private readonly int[] upwards;
    private readonly int[] downwards;

    public MoveRoom(CountNetwork network, Hiding hiding, int[] multiples, OffsetLimits limits)
    {
        this.network = network;
        (upwards, downwards) = (new int[network.Relations], new int[network.Relations]);
        up = [.. network.Values.Select((_, i) => hiding.Leaving(i, 1, multiples) is not null)];
        down = [.. network.Values.Select((_, i) => hiding.Leaving(i, -1, multiples) is not null)];
        for (var i = 0; i < up.Length; i++)
            GiveBack(i);
        Eliminate(limits);
    }

    /// <summary>Whether the count can go that way.</summary>
    public bool IsOpen(int count, long by) => by > 0 ? up[count] : down[count];

    /// <summary>How many counts can bring what the relation lacks.</summary>
    public int Left(int relation, long missing) => missing > 0 ? upwards[relation] : downwards[relation];

    /// <summary>The count is no longer there to mend anything.</summary>
    public void Take(int count) => Add(count, -1);

    public void GiveBack(int count) => Add(count, 1);

    private void Eliminate(OffsetLimits limits)
    {
        var waiting = new Queue<int>(Enumerable.Range(0, up.Length));
        var isWaiting = Enumerable.Repeat(element: true, up.Length).ToArray();
        while (waiting.TryDequeue(out int count))
        {
            isWaiting[count] = false;
            bool goesUp = up[count] && CanBeMadeUpFor(count, 1, limits), goesDown = down[count] && CanBeMadeUpFor(count, -1, limits);
            if (goesUp == up[count] && goesDown == down[count])
                continue;
            Take(count);
            (up[count], down[count]) = (goesUp, goesDown);
            GiveBack(count);
            foreach (var (relation, _) in network.UsesOf(count))
            {
                foreach (var (other, _) in network.TermsOf(relation))
                {
                    if (!isWaiting[other])
                        waiting.Enqueue(other);
                    isWaiting[other] = true;
                }
            }
        }
    }

    private bool CanBeMadeUpFor(int count, int by, OffsetLimits limits)
    {
        int itself = IsOpen(count, -by) ? 1 : 0;
        foreach (var (relation, sign) in network.UsesOf(count))
        {
            long missing = limits.Missing(relation, sign * by);
            if (missing != 0 && Left(relation, missing) <= itself)
                return false;
        }

        return true;
    }

    private void Add(int count, int by)
    {
        foreach (var (relation, sign) in network.UsesOf(count))
        {
            if (IsOpen(count, sign))
                upwards[relation] += by;
            if (IsOpen(count, -sign))
                downwards[relation] += by;
        }
    }
}
