using System.Globalization;
using System.Runtime.InteropServices;
using Google.OrTools.Sat;
using Domain = Google.OrTools.Util.Domain;

namespace FinsamOutcomes.Statistics;

/// <summary>
/// The last search for what to hide: the cheapest solution in which a count has another value, all that may be hidden being open. It finds
/// long ways that the other searches miss, and knows where there is none. CP-SAT counts its work, not its time, and works with one worker
/// in whole numbers: the same question has the same answer on each machine.
/// </summary>
/// <param name="system">The counts.</param>
/// <param name="network">The same, to walk.</param>
/// <param name="hiding">What is hidden so far, which costs nothing more.</param>
internal sealed class SolverSearch(CountSystem system, CountNetwork network, Hiding hiding)
{
    // Of a count that nothing bounds, how far above the true one is looked.
    private const long Above = 200;
    private const int MostSearches = 60;
    private const double CostScale = 1000;

    private readonly IReadOnlyList<CountState> open = Hiding.Least(system);
    private int searchesLeft = MostSearches;

    /// <summary>The way to a solution where the count has none of the values; null where there is none, or the searches are used up.</summary>
    public Move? Find(int count, IReadOnlyCollection<long> seen)
    {
        if (searchesLeft-- <= 0)
            return null;
        var model = new CpModel();
        var around = Around(count);
        var variables = around.ToDictionary(i => i, i => Variable(model, i));
        model.AddLinearExpressionInDomain(variables[count].Value, Domain.FromIntervals([.. Gaps(seen)]));
        foreach (int relation in around.SelectMany(i => network.UsesOf(i).ToArray()).Select(use => use.Index).Distinct().Order())
            Relate(model, relation, variables);
        var toHide = variables.Values.Where(v => v.IsHidden is not null).ToList();
        if (toHide.Count > 0)
            model.Minimize(LinearExpr.WeightedSum([.. toHide.Select(v => v.IsHidden!)], [.. toHide.Select(v => v.Price)]));
        using var solver = new CpSolver
        {
            StringParameters = "num_workers:1,random_seed:7,max_deterministic_time:2,relative_gap_limit:0.5,linearization_level:0",
        };
        if (solver.Solve(model) is not (CpSolverStatus.Optimal or CpSolverStatus.Feasible))
            return null;
        var changes = around.Select(i => new CountChange(i, solver.Value(variables[i].Value) - network.Values[i])).Where(c => c.By != 0).ToList();
        return new(changes, Move.Once);
    }

    // All that can change with it.
    private List<int> Around(int count)
    {
        var around = new List<int> { count };
        var seen = new HashSet<int>(around);
        for (var i = 0; i < around.Count; i++)
        {
            foreach (var (relation, _) in network.UsesOf(around[i]))
            {
                foreach (var (other, _) in network.TermsOf(relation))
                {
                    if (open[other] != CountState.Shown && seen.Add(other))
                        around.Add(other);
                }
            }
        }

        around.Sort();
        return around;
    }

    private Unknown Variable(CpModel model, int count)
    {
        long truth = network.Values[count];
        var value = model.NewIntVarFromDomain(Values(open[count], hiding.Reader, truth), string.Create(CultureInfo.InvariantCulture, $"c{count}"));
        model.AddHint(value, truth);
        if (hiding[count] == open[count] || !system[count].IsPublished)
            return new(value, null, 0);

        // Free as long as it keeps to what is told of it now.
        var isHidden = model.NewBoolVar(string.Create(CultureInfo.InvariantCulture, $"h{count}"));
        model.AddLinearExpressionInDomain(value, Values(hiding[count], hiding.Reader, truth)).OnlyEnforceIf(isHidden.Not());
        return new(value, isHidden, (long)Math.Max(1, hiding.Price(count, open[count]) * CostScale));
    }

    private static Domain Values(CountState state, CountReader reader, long truth) => state switch
    {
        CountState.Shown => Domain.FromIntervals([[truth, truth]]),
        CountState.Protecting when state.Allows(reader, truth, 0) => Domain.FromIntervals([[0, 0], [state.Upwards(reader, truth, 1), truth + Above]]),
        _ => Domain.FromIntervals([[state.Upwards(reader, truth, 0), state.Downwards(truth, truth + Above)]]),
    };

    private static IEnumerable<long[]> Gaps(IEnumerable<long> seen)
    {
        long from = 0;
        foreach (long value in seen.Order())
        {
            if (value > from)
                yield return [from, value - 1];
            from = value + 1;
        }

        yield return [from, ReaderBounds.Unbounded];
    }

    private void Relate(CpModel model, int relation, Dictionary<int, Unknown> variables)
    {
        var (terms, signs, known) = (new List<IntVar>(), new List<long>(), 0L);
        foreach (var (count, sign) in network.TermsOf(relation))
        {
            if (variables.TryGetValue(count, out var variable))
            {
                terms.Add(variable.Value);
                signs.Add(sign);
            }
            else
            {
                known += sign * network.Values[count];
            }
        }

        var sum = LinearExpr.WeightedSum([.. terms], [.. signs]);
        if (network.IsSum[relation])
            model.Add(sum == -known);
        else
            model.Add(sum <= -known);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Unknown(IntVar Value, BoolVar? IsHidden, long Price);
}
