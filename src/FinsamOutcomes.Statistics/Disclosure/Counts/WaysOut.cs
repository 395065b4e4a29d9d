namespace FinsamOutcomes.Statistics;

/// <summary>
/// What can be hidden to make a count safe, from the cheapest that is sought to what always works: a move that does it by
/// itself; moves to one value after another; solutions where all may be hidden; all that hangs together with the
/// count, hidden at once; and what a solver finds.
/// </summary>
internal sealed class WaysOut
{
    // What mending a relation is reckoned to cost, in usual costs of a count, and the steps that a search may take.
    private const double Hasty = 2;
    private const double Careful = 0.5;
    private const double Desperate = 8;
    private const int Steps = 200;
    private const int DesperateSteps = 2000;
    private const int SolutionSteps = 20_000;
    private const int AllSolutionSteps = 4_000_000;

    private readonly CountNetwork network;
    private readonly Hiding hiding;
    private readonly WitnessSearch search;
    private readonly Lazy<SolutionSearch> untold;
    private readonly Lazy<SolverSearch> solver;
    private readonly double usualCost;
    private int solutionStepsLeft = AllSolutionSteps;

    public WaysOut(CountSystem system, CountNetwork network, Hiding hiding, WitnessSearch search)
    {
        this.network = network;
        this.hiding = hiding;
        this.search = search;
        untold = new(() => new(network, Hiding.Least(system), hiding.Reader));
        solver = new(() => new(system, network, hiding));
        double[] costs = [.. Enumerable.Range(0, system.Count).Where(i => system[i].IsPublished).Select(i => system[i].Cost).Order()];
        usualCost = costs.Length == 0 ? 1 : costs[costs.Length / 2];
    }

    /// <summary>Moves to hide for, one after another, until the count is safe.</summary>
    public IEnumerable<Move> Of(int count)
    {
        bool isInHaste = search.IsOutOfSteps;
        var found = Line(count, isInHaste).Concat(isInHaste ? [] : Others(count));
        return hiding.Reader == CountReader.Guessing ? found : found.Concat(All(count)).Concat(Solved(count));
    }

    // First in haste, so that it is known what to beat; then with more care.
    private IEnumerable<Move> Line(int count, bool isInHaste)
    {
        double bound = double.MaxValue;
        var move = search.Line(count, Hasty * usualCost, Steps, ref bound);
        if (!isInHaste)
            move = search.Line(count, Careful * usualCost, Steps, ref bound) ?? move;
        if (!isInHaste && move is null)
            move = search.Line(count, Desperate * usualCost, DesperateSteps, ref bound);
        if (move is not null)
            yield return move;
    }

    private IEnumerable<Move> Others(int count)
    {
        if (!CanBeSafe(count))
            yield break;
        foreach (var move in search.OneByOne(count, usualCost, Steps, double.MaxValue))
            yield return move;
        int steps = Math.Min(SolutionSteps, solutionStepsLeft), before = steps;
        foreach (long value in untold.Value.OtherValues(count).TakeWhile(_ => steps > 0))
        {
            var move = untold.Value.Find(count, value, ref steps);
            solutionStepsLeft -= before - steps;
            before = steps;
            if (move is not null)
                yield return move;
        }
    }

    // What the reader has already may give the count away by itself: then nothing is hidden for it.
    private bool CanBeSafe(int count) => untold.Value.Bounds.HasValues(count, wanted: 3);

    // With the true value, two others make three.
    private IEnumerable<Move> Solved(int count)
    {
        var seen = new List<long> { network.Values[count] };
        while (seen.Count <= 2 && CanBeSafe(count) && solver.Value.Find(count, seen) is { } move)
        {
            seen.Add(network.Values[count] + move.Changes.Single(change => change.Count == count).By);
            yield return move;
        }
    }

    private IEnumerable<Move> All(int count)
    {
        if (Multiplication.Of(network, hiding, count) is { } move)
            yield return move;
    }
}
