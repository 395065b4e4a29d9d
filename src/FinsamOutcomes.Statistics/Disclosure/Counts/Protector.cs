namespace FinsamOutcomes.Statistics;

/// <summary>
/// Decides which counts to hide: for one secret after another, the cheapest counts found that make it safe together with what
/// is hidden already; then shows again what turned out not to be needed. First against one who guesses, with what can be found for a price;
/// what can't be had so, then against one who doesn't, at any price.
/// </summary>
internal sealed class Protector
{
    private readonly CountSystem system;
    private readonly CountNetwork network;
    private readonly Hiding hiding;
    private readonly Witnesses witnesses;
    private readonly Queue<int> waiting = [];

    // What the reader can work out whatever is hidden here, as far as is known.
    private readonly HashSet<int> lost = [];

    private WitnessSearch search;
    private WaysOut ways;

    public Protector(CountSystem system)
    {
        this.system = system;
        network = new(system);
        hiding = new(system) { Reader = CountReader.Guessing };
        witnesses = new(system.Count);
        search = new(network, hiding, witnesses);
        ways = new(system, network, hiding, search);
    }

    /// <summary>The moves that prove the decision safe.</summary>
    public IEnumerable<Move> Proofs => witnesses.Moves;

    /// <summary>What the decision leaves unsafe, in order.</summary>
    public IReadOnlyList<int> Left => [.. lost.Order()];

    public IReadOnlyList<CountState> Decide()
    {
        // The least important first: what they hide is there for the others.
        Secure(Enumerable.Range(0, system.Count).Where(hiding.IsSecret).OrderBy(i => system[i].Cost));
        ShowAgain(hiding.AtFirst);
        if (lost.Count == 0)
            return hiding.Told;
        int[] left = [.. lost.OrderBy(i => system[i].Cost)];
        CountState[] before = [.. hiding.States];
        lost.Clear();
        hiding.Reader = CountReader.Careful;
        search = new(network, hiding, witnesses);
        ways = new(system, network, hiding, search);
        Secure(left);
        ShowAgain(i => before[i]);
        return hiding.Told;
    }

    private void Secure(IEnumerable<int> counts)
    {
        foreach (int count in counts)
            waiting.Enqueue(count);
        while (waiting.TryDequeue(out int count))
        {
            if (!lost.Contains(count) && !search.IsSafe(count) && !Secure(count))
                lost.Add(count);
        }
    }

    private bool Secure(int count)
    {
        foreach (var move in ways.Of(count))
        {
            witnesses.Add(move);
            Hide(move);
            if (witnesses.Prove(count))
                return true;
        }

        return false;
    }

    // What is hidden now is a secret too.
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

    // The dearest first. What was hidden for one count is often not needed after what was hidden for later ones.
    private void ShowAgain(Func<int, CountState> before)
    {
        int[] hidden = [.. Enumerable.Range(0, system.Count).Where(i => hiding[i] != before(i)).OrderByDescending(i => system[i].Cost)];
        foreach (int count in hidden.TakeWhile(_ => !search.IsOutOfSteps))
        {
            if (!CanBe(before(count), count) && hiding[count] == CountState.Unpublished)
                CanBe(CountStates.Hidden(system[count].Value), count);
        }
    }

    // Whether all that rests on the count as it is can be proved safe without it.
    private bool CanBe(CountState state, int count)
    {
        var before = hiding[count];
        if (state == before)
            return false;
        hiding[count] = state;
        var aside = witnesses.SetAside(count);
        if (witnesses.CountsOf(aside).All(other => !hiding.IsSecret(other) || lost.Contains(other) || search.IsSafe(other)))
            return true;
        witnesses.PutBack(aside);
        hiding[count] = before;
        return false;
    }
}
