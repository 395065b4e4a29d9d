namespace FinsamOutcomes.Statistics;

/// <summary>
/// Looks for a whole-number solution of all that a reader knows in which one count has a given value: depth first within
/// <see cref="ReaderBounds"/>, from the true counts outwards. Only what must change is looked at: when the nearest
/// numbers to the true ones keep every relation, they are a solution.
/// <para>
/// Complete for values up to <see cref="Reach"/> from the nearest, as long as its steps last.
/// </para>
/// </summary>
internal sealed class SolutionSearch
{
    /// <summary>How far from the nearest number a count is tried.</summary>
    private const int Reach = 100;

    // Counts that are given a value one inside the other: more would be more than the stack holds.
    private const int Deepest = 500;

    private readonly CountNetwork network;
    private readonly IReadOnlyList<CountState> states;
    private readonly CountReader reader;
    private readonly ReaderBounds bounds;
    private readonly Dictionary<int, long> offsets = [];
    private readonly Dictionary<int, long> changes = [];
    private int stepsLeft;

    public SolutionSearch(CountNetwork network, IReadOnlyList<CountState> states, CountReader reader)
    {
        this.network = network;
        this.states = states;
        this.reader = reader;
        bounds = new(network, states, reader);
    }

    public ReaderBounds Bounds => bounds;

    /// <summary>The other values that a count may have, the nearest first.</summary>
    public IEnumerable<long> OtherValues(int count) => Outwards(count).Skip(1);

    /// <summary>The way to a solution where the count is <paramref name="value"/>; null when there is none, or none is found.</summary>
    /// <remarks><paramref name="steps"/>, relations looked at, go down as they are used.</remarks>
    public Move? Find(int count, long value, ref int steps)
    {
        stepsLeft = steps;
        int mark = bounds.Mark;
        var move = bounds.Fix(count, value, ref stepsLeft) && Search(1)
            ? new Move([.. changes.Select(change => new CountChange(change.Key, change.Value))], Move.Once)
            : null;
        bounds.Back(mark);
        steps = stepsLeft;
        return move;
    }

    private bool Search(int depth)
    {
        if (BrokenRelation() is not { } relation)
            return true;
        if (depth == Deepest || FirstOpen(relation) is not { } count)
            return false;
        int mark = bounds.Mark;
        foreach (long value in Outwards(count))
        {
            if (bounds.Fix(count, value, ref stepsLeft) && Search(depth + 1))
                return true;
            bounds.Back(mark);
            if (stepsLeft <= 0)
                return false;
        }

        return false;
    }

    // The relation with the fewest terms among those that the numbers nearest to the true ones break.
    private int? BrokenRelation()
    {
        changes.Clear();
        offsets.Clear();
        foreach (int count in bounds.Touched)
        {
            long change = bounds.Nearest(count) - network.Values[count];
            if (change == 0 || !changes.TryAdd(count, change))
                continue;
            foreach (var (relation, sign) in network.UsesOf(count))
                offsets[relation] = offsets.GetValueOrDefault(relation) + sign * change;
        }

        stepsLeft -= offsets.Count;
        int? narrowest = null;
        foreach (var (relation, offset) in offsets)
        {
            bool isBroken = network.IsSum[relation] ? offset != 0 : offset > network.Slack[relation];
            if (isBroken && (narrowest is not { } best || network.TermsOf(relation).Length < network.TermsOf(best).Length))
                narrowest = relation;
        }

        return narrowest;
    }

    private int? FirstOpen(int relation)
    {
        int? best = null;
        foreach (var (count, _) in network.TermsOf(relation))
        {
            if (bounds.Low(count) < bounds.High(count) && (best is not { } b || Width(count) < Width(b)))
                best = count;
        }

        return best;

        long Width(int count) => bounds.High(count) - bounds.Low(count);
    }

    private IEnumerable<long> Outwards(int count)
    {
        long nearest = bounds.Nearest(count), low = bounds.Low(count), high = bounds.High(count), truth = network.Values[count];
        yield return nearest;
        for (var distance = 1; distance <= Reach && (nearest + distance <= high || nearest - distance >= low); distance++)
        {
            foreach (long value in (long[])[nearest + distance, nearest - distance])
            {
                if (value >= low && value <= high && states[count].Allows(reader, truth, value))
                    yield return value;
            }
        }
    }
}
