namespace FinsamOutcomes.Statistics;

/// <summary>
/// Which counts a reader can work out: those for which three solutions with different values aren't found. Bounds show many to
/// be exposed at once, moves show most others to be safe, those that <see cref="Protector"/> found among them, and a search of
/// solutions is left for the rest. Where its steps end, a count is held to be exposed.
/// </summary>
internal sealed class Exposure
{
    private const int Wanted = 3;
    private const int MoveSteps = 500;
    private const int SolutionSteps = 200_000;
    private const int AllSolutionSteps = 5_000_000;

    private readonly CountSystem system;
    private readonly CountNetwork network;
    private readonly Hiding hiding;
    private readonly Witnesses witnesses;
    private readonly WitnessSearch search;
    private readonly SolutionSearch solutions;
    private int stepsLeft = AllSolutionSteps;
    private bool isRecalled;

    public Exposure(CountSystem system, IReadOnlyList<CountState> states, CountReader reader)
    {
        this.system = system;
        network = new(system);
        hiding = new(system, states) { Reader = reader };
        witnesses = new(system.Count);
        search = new(network, hiding, witnesses);
        solutions = new(network, hiding.States, reader);
    }

    public IReadOnlyList<int> Find() => [.. Enumerable.Range(0, system.Count).Where(i => IsTold(i) || (hiding.IsSecret(i) && !IsSafe(i)))];

    private bool IsTold(int count) =>
        hiding[count] == CountState.Shown && !system[count].IsKnown && CountStates.IsSmall(system[count].Value);

    private bool IsSafe(int count)
    {
        if (!solutions.Bounds.HasValues(count, Wanted))
            return false;
        if (search.IsSafe(count, MoveSteps) || Multiplication.Of(network, hiding, count) is not null)
            return true;
        Recall();
        return witnesses.Prove(count) || HasSolutions(count);
    }

    // What proves the own decision on the system safe, as far as these states leave it.
    private void Recall()
    {
        if (isRecalled)
            return;
        isRecalled = true;
        var protector = new Protector(system);
        protector.Decide();
        foreach (var move in protector.Proofs)
        {
            if (move.Changes.All(change => hiding.Leaving(change.Count, change.By, move.Multiples) is not null))
                witnesses.Add(move);
        }
    }

    private bool HasSolutions(int count)
    {
        int granted = Math.Min(SolutionSteps, stepsLeft), own = granted;
        foreach (long value in solutions.OtherValues(count))
        {
            if (solutions.Find(count, value, ref own) is { } move)
                witnesses.Add(move);
            if (witnesses.Prove(count) || own <= 0)
                break;
        }

        stepsLeft -= granted - own;
        return witnesses.Prove(count);
    }
}
