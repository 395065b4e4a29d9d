using System.Runtime.InteropServices;

namespace FinsamOutcomes.Statistics;

/// <summary>
/// Finds a cheap <see cref="Move"/> of a count: which others must change with it, so that every relation holds, and which of
/// them must be hidden for that.
/// <para>
/// Best first: of the unfinished moves, the one is taken up that promises to be cheapest, by what is hidden for it and how many
/// relations are still broken; the relation that the fewest counts can mend is mended by each of these. In a table of
/// women and men by insats this finds the rectangles of the hypercube method, in a hierarchy the ways up to a hidden total;
/// sums that cross in any other way are the same to it. It gives up after a number of steps, so it may miss a move, but what it
/// finds is one.
/// </para>
/// <para>
/// Source: A. Hundepool et al., Statistical Disclosure Control (2012), chapter 4 (secondary suppression: the hypercube method,
/// and cheapest patterns for one count after another).
/// </para>
/// </summary>
internal sealed class MoveSearch
{
    // The most promising counts of a relation that are tried.
    private const int Breadth = 16;

    // Of equally promising moves the longest goes first: it is nearest to its end.
    private const double LengthWeight = 1e-6;

    private readonly CountNetwork network;
    private readonly Hiding hiding;
    private readonly int[] multiples;
    private readonly UnfinishedMove move;

    private readonly List<Node> nodes = [];
    private readonly PriorityQueue<int, double> waiting = new();
    private readonly HashSet<long> seen = [];
    private readonly List<int> path = [];
    private readonly List<Candidate> candidates = new(Breadth + 1);
    private int current;

    public MoveSearch(CountNetwork network, Hiding hiding, int[] multiples)
    {
        this.network = network;
        this.hiding = hiding;
        this.multiples = multiples;
        move = new(network, hiding, multiples);
    }

    /// <summary>Unfinished moves that were taken up in all searches so far.</summary>
    public long StepsTaken { get; private set; }

    /// <summary>
    /// The cheapest move found where <paramref name="count"/> goes by <paramref name="change"/>, at less than
    /// <paramref name="bound"/>, which is lowered to its cost; null if none is found among so many <paramref name="steps"/>
    /// (unfinished moves taken up). The higher the <paramref name="mendingCost"/> that mending a relation is reckoned to have, the
    /// sooner a move is found, and the dearer it may be.
    /// </summary>
    public Move? Cheapest(int count, long change, double mendingCost, int steps, ref double bound)
    {
        if (!move.CanChange(count, change) || hiding.Leaving(count, change, multiples) is not { } state)
            return null;
        Move? found = null;
        Begin(new(Parent: -1, count, change, hiding.Price(count, state), Depth: 1, Key(count, change)));
        while (steps-- > 0 && bound > 0 && waiting.TryDequeue(out int node, out _))
        {
            if (nodes[node].Paid >= bound)
                continue;
            StepsTaken++;
            TakeUp(node);
            if (move.Broken == 0)
                (found, bound) = (new(move.Changes, multiples), nodes[node].Paid);
            else
                Mend(node, mendingCost, bound);
        }

        while (move.Length > 0)
            move.TakeBack();
        return found;
    }

    private void Begin(Node first)
    {
        nodes.Clear();
        waiting.Clear();
        seen.Clear();
        nodes.Add(first);
        waiting.Enqueue(0, 0);
        current = 0;
        move.Change(first.Count, first.Change);
    }

    // From one unfinished move to another, by way of what they have in common.
    private void TakeUp(int node)
    {
        path.Clear();
        for (int from = current, to = node; from != to;)
        {
            if (nodes[from].Depth >= nodes[to].Depth)
            {
                move.TakeBack();
                from = nodes[from].Parent;
            }
            else
            {
                path.Add(to);
                to = nodes[to].Parent;
            }
        }

        for (var i = path.Count - 1; i >= 0; i--)
            move.Change(nodes[path[i]].Count, nodes[path[i]].Change);
        current = node;
    }

    private void Mend(int node, double mendingCost, double bound)
    {
        var (_, _, _, paid, depth, key) = nodes[node];
        Propose(move.Narrowest(), mendingCost, bound - paid);
        foreach (var (count, change, price, promise) in candidates)
        {
            // The same changes in another order are the same move.
            long own = key + Key(count, change);
            if (!seen.Add(own))
                continue;
            nodes.Add(new(node, count, change, paid + price, depth + 1, own));
            waiting.Enqueue(nodes.Count - 1, paid + promise + mendingCost * (move.Broken - LengthWeight * depth));
        }
    }

    private void Propose(int relation, double mendingCost, double bound)
    {
        candidates.Clear();
        long missing = move.Missing(relation);
        foreach (var (count, sign) in network.TermsOf(relation))
        {
            Propose(count, sign * missing, mendingCost, bound);
            if (Math.Abs(missing) > 1)
                Propose(count, sign * Math.Sign(missing), mendingCost, bound);
        }
    }

    private void Propose(int count, long change, double mendingCost, double bound)
    {
        if (move.CanChange(count, change) && hiding.Leaving(count, change, multiples) is { } state && hiding.Price(count, state) is var price && price < bound)
            Add(new(count, change, price, price + mendingCost * move.Breaks(count, change)));
    }

    // Among the most promising, in order.
    private void Add(Candidate candidate)
    {
        int place = candidates.Count;
        while (place > 0 && candidate.Promise < candidates[place - 1].Promise)
            place--;
        if (place == Breadth)
            return;
        candidates.Insert(place, candidate);
        if (candidates.Count > Breadth)
            candidates.RemoveAt(Breadth);
    }

    private static long Key(int count, long change) =>
        unchecked((long)((((ulong)count * 0x9E3779B97F4A7C15) ^ ((ulong)change * 0xC2B2AE3D27D4EB4F)) * 0xD6E8FEB86659FD93));

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Node(int Parent, int Count, long Change, double Paid, int Depth, long Key);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Candidate(int Count, long Change, double Price, double Promise);
}
