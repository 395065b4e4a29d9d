namespace FinsamOutcomes.Statistics;

/// <summary>
/// Decides which counts to hide: for one secret after another, the cheapest counts found that make it safe together with what
/// is hidden already; then shows again what turned out not to be needed.
/// </summary>
internal sealed class Protector
{
    private const int FreeSteps = 60;
    private const int PricedSteps = 200;
    private const int LastSteps = 2000;
    private const int SolutionSteps = 20_000;

    // Unfinished moves that may be taken up in all; then each count gets one hasty try.
    private const int AllSteps = 1_000_000;

    private readonly CountSystem system;
    private readonly CountNetwork network;
    private readonly Hiding hiding;
    private readonly Witnesses witnesses;
    private readonly WitnessSearch search;
    private readonly Lazy<SolutionSearch> untold;
    private readonly double usualCost;
    private readonly Queue<int> waiting = [];
    private readonly HashSet<int> lost = [];

    public Protector(CountSystem system)
    {
        this.system = system;
        network = new(system);
        hiding = new(system);
        witnesses = new(system.Count);
        search = new(network, hiding, witnesses);
        untold = new(() => new(network, [.. Enumerable.Range(0, system.Count).Select(i => system[i].IsKnown ? CountState.Shown : CountState.Unpublished)]));
        double[] costs = [.. Enumerable.Range(0, system.Count).Select(i => system[i].Cost).Order()];
        usualCost = costs.Length == 0 ? 1 : costs[costs.Length / 2];
    }

    public IReadOnlyList<CountState> Decide()
    {
        // The least important first: what they hide is there for the others.
        foreach (int count in Enumerable.Range(0, system.Count).Where(hiding.IsSecret).OrderBy(i => system[i].Cost))
            waiting.Enqueue(count);
        while (waiting.TryDequeue(out int count))
        {
            if (!lost.Contains(count) && !search.IsSafe(count, FreeSteps) && !Secure(count))
                lost.Add(count);
        }

        ShowAgain();
        return hiding.States;
    }

    private bool Secure(int count)
    {
        double bound = double.MaxValue;
        var move = search.Line(count, 2 * usualCost, PricedSteps, ref bound);
        move = search.Line(count, 0.5 * usualCost, PricedSteps, ref bound) ?? move;
        move ??= search.Line(count, 8 * usualCost, LastSteps, ref bound);
        if (move is not null)
        {
            witnesses.Add(move);
            Hide(move);
            return true;
        }

        return IsSafeAt(search.OneByOne(count, usualCost, PricedSteps, double.MaxValue)) || IsSafeAt(Solutions(count)) || Multiply();

        bool IsSafeAt(IEnumerable<Move> moves)
        {
            foreach (var one in moves)
            {
                Hide(one);
                if (witnesses.Protect(count))
                    return true;
            }

            return false;
        }

        bool Multiply()
        {
            if (Multiplication.Of(network, hiding, count) is not { } all)
                return false;
            witnesses.Add(all);
            Hide(all);
            return true;
        }
    }

    // Other values that the count could have if nothing were told of any.
    private IEnumerable<Move> Solutions(int count)
    {
        if (!untold.Value.Bounds.HasValues(count, wanted: 3))
            yield break;
        foreach (long value in untold.Value.OtherValues(count))
        {
            if (untold.Value.Find(count, value, SolutionSteps) is { } move)
            {
                witnesses.Add(move);
                yield return move;
            }
        }
    }

    private void Hide(Move move)
    {
        foreach (var (count, by) in move.Changes)
        {
            var state = hiding.Leaving(count, by, move.Multiples)!.Value;
            if (state == hiding[count])
                continue;
            hiding[count] = state;
            waiting.Enqueue(count);
        }
    }

    // The dearest first: those that hide less than what was found before they were hidden.
    private void ShowAgain()
    {
        var hidden = Enumerable.Range(0, system.Count).Where(i => hiding[i] != hiding.AtFirst(i)).OrderByDescending(i => system[i].Cost);
        foreach (int count in hidden.ToList())
        {
            if (!CanBe(hiding.AtFirst(count), count) && hiding[count] == CountState.Unpublished)
                CanBe(CountStates.Hidden(system[count].Value), count);
        }
    }

    private bool CanBe(CountState state, int count)
    {
        var before = hiding[count];
        if (state == before)
            return false;
        hiding[count] = state;
        var aside = witnesses.SetAside(count);
        if (witnesses.CountsOf(aside).All(other => !hiding.IsSecret(other) || lost.Contains(other) || search.IsSafe(other, FreeSteps)))
            return true;
        witnesses.PutBack(aside);
        hiding[count] = before;
        return false;
    }
}
