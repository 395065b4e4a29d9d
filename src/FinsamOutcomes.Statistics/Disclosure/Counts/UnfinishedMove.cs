namespace FinsamOutcomes.Statistics;

/// <summary>Changes made so far, and the relations that they break. When none is broken they are a <see cref="Move"/>.</summary>
internal sealed class UnfinishedMove
{
    private readonly CountNetwork network;
    private readonly OffsetLimits limits;
    private readonly MoveRoom room;
    private readonly long[] changes;
    private readonly List<int> changed = [];
    private readonly long[] offsets;
    private readonly List<int> broken = [];
    private readonly int[] placeAmongBroken;

    public UnfinishedMove(CountNetwork network, Hiding hiding, int[] multiples)
    {
        this.network = network;
        limits = new(network, multiples);
        room = new(network, hiding, multiples, limits);
        changes = new long[network.Values.Length];
        offsets = new long[network.Relations];
        placeAmongBroken = new int[network.Relations];
        Array.Fill(placeAmongBroken, -1);
    }

    /// <summary>How many counts have changed.</summary>
    public int Length => changed.Count;

    /// <summary>How many relations are broken.</summary>
    public int Broken => broken.Count;

    public IReadOnlyList<CountChange> Changes => [.. changed.Select(count => new CountChange(count, changes[count]))];

    public bool CanChange(int count, long by) => changes[count] == 0 && room.IsOpen(count, by);

    /// <summary>What the signed sum of changes lacks for the relation to hold.</summary>
    public long Missing(int relation) => limits.Missing(relation, offsets[relation]);

    /// <summary>The broken relation that the fewest counts can mend.</summary>
    public int Narrowest()
    {
        int best = -1, fewest = int.MaxValue;
        foreach (int relation in broken)
        {
            int left = room.Left(relation, Missing(relation));
            if (left < fewest || (left == fewest && relation < best))
                (best, fewest) = (relation, left);
        }

        return best;
    }

    /// <summary>How many more relations would be broken, or fewer, if a count changed.</summary>
    public int Breaks(int count, long by)
    {
        int sum = 0;
        foreach (var (relation, sign) in network.UsesOf(count))
        {
            bool isBroken = placeAmongBroken[relation] >= 0, becomesBroken = limits.Missing(relation, offsets[relation] + sign * by) != 0;
            sum += (becomesBroken ? 1 : 0) - (isBroken ? 1 : 0);
        }

        return sum;
    }

    public void Change(int count, long by)
    {
        changes[count] = by;
        changed.Add(count);
        room.Take(count);
        Shift(count, by);
    }

    /// <summary>Takes back the last change.</summary>
    public void TakeBack()
    {
        int count = changed[^1];
        changed.RemoveAt(changed.Count - 1);
        room.GiveBack(count);
        Shift(count, -changes[count]);
        changes[count] = 0;
    }

    private void Shift(int count, long by)
    {
        foreach (var (relation, sign) in network.UsesOf(count))
        {
            offsets[relation] += sign * by;
            bool wasBroken = placeAmongBroken[relation] >= 0, isBroken = Missing(relation) != 0;
            if (isBroken && !wasBroken)
            {
                placeAmongBroken[relation] = broken.Count;
                broken.Add(relation);
            }
            else if (wasBroken && !isBroken)
            {
                int place = placeAmongBroken[relation], last = broken[^1];
                (broken[place], placeAmongBroken[last]) = (last, place);
                broken.RemoveAt(broken.Count - 1);
                placeAmongBroken[relation] = -1;
            }
        }
    }
}
