namespace FinsamOutcomes.Statistics;

/// <summary>Looks for moves that prove a count safe, of every form.</summary>
internal sealed class WitnessSearch(CountNetwork network, Hiding hiding, Witnesses witnesses)
{
    // Less than any cost: only what is hidden already may move.
    private const double Free = double.Epsilon;

    private const int FreeSteps = 60;
    private const int AllSteps = 1_500_000;

    private static readonly long[] SmallSteps = [1, -1, 2, -2, 3, -3];

    private readonly MoveSearch away = new(network, hiding, Move.OnceAndTwice);
    private readonly MoveSearch bothWays = new(network, hiding, Move.BothWays);
    private readonly MoveSearch once = new(network, hiding, Move.Once);

    /// <summary>So much has been done that the rest is done in haste.</summary>
    public bool IsOutOfSteps => away.StepsTaken + bothWays.StepsTaken + once.StepsTaken > AllSteps;

    /// <summary>Whether moves of what is hidden already prove the count safe; they are kept.</summary>
    public bool IsSafe(int count, int steps = FreeSteps)
    {
        double bound = Free;
        if (witnesses.Prove(count))
            return true;
        if (Line(count, mendingCost: 1, steps, ref bound) is { } line)
        {
            witnesses.Add(line);
            return true;
        }

        foreach (var move in OneByOne(count, mendingCost: 1, steps, Free))
        {
            witnesses.Add(move);
            if (witnesses.Prove(count))
                return true;
        }

        return false;
    }

    /// <summary>The cheapest move found that gives each count in it two other values: three numbers in a row.</summary>
    public Move? Line(int count, double mendingCost, int steps, ref double bound)
    {
        var best = away.Cheapest(count, 1, mendingCost, steps, ref bound);
        best = away.Cheapest(count, -1, mendingCost, steps, ref bound) ?? best;
        return bothWays.Cheapest(count, 1, mendingCost, steps, ref bound) ?? best;
    }

    /// <summary>Moves to single other values, each the cheapest found below <paramref name="limit"/>.</summary>
    public IEnumerable<Move> OneByOne(int count, double mendingCost, int steps, double limit)
    {
        foreach (long change in SmallSteps)
        {
            double bound = limit;
            if (once.Cheapest(count, change, mendingCost, steps, ref bound) is { } move)
                yield return move;
        }
    }
}
