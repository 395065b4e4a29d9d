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
    private const double Hasty = 2;
    private const double Careful = 0.5;
    private const double Desperate = 8;
    private const int SolutionSteps = 20_000;

    // After so many, a count gets one hasty try, and then all that hangs together with it is hidden.
    private const int AllSteps = 1_500_000;

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

    private bool IsOutOfSteps => search.StepsTaken > AllSteps;

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
        IEnumerable<Move>[] ways = IsOutOfSteps
            ? [Lines(count), Multiplications(count)]
            : [Lines(count), search.OneByOne(count, usualCost, PricedSteps, double.MaxValue), Solutions(count), Multiplications(count)];
        foreach (var move in ways.SelectMany(way => way))
        {
            witnesses.Add(move);
            Hide(move);
            if (witnesses.Protect(count))
                return true;
        }

        return false;
    }

    // First in haste, so that it is known what to beat; then with more care.
    private IEnumerable<Move> Lines(int count)
    {
        double bound = double.MaxValue;
        var move = search.Line(count, Hasty * usualCost, PricedSteps, ref bound);
        if (!IsOutOfSteps)
            move = search.Line(count, Careful * usualCost, PricedSteps, ref bound) ?? move ?? search.Line(count, Desperate * usualCost, LastSteps, ref bound);
        if (move is not null)
            yield return move;
    }

    // Other values that the count could have if nothing were told of any.
    private IEnumerable<Move> Solutions(int count)
    {
        int steps = SolutionSteps;
        if (!untold.Value.Bounds.HasValues(count, wanted: 3))
            yield break;
        foreach (long value in untold.Value.OtherValues(count).TakeWhile(_ => steps > 0))
        {
            if (untold.Value.Find(count, value, ref steps) is { } move)
                yield return move;
        }
    }

    private IEnumerable<Move> Multiplications(int count) => Multiplication.Of(network, hiding, count) is { } move ? [move] : [];

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
        foreach (int count in hidden.ToList().TakeWhile(_ => !IsOutOfSteps))
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
