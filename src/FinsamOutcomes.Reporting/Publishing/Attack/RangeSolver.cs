using System.Globalization;
using Google.OrTools.Sat;
using Domain = Google.OrTools.Util.Domain;

namespace FinsamOutcomes.Reporting.Publishing.Attack;

/// <summary>
/// The values that a number can have when all relations hold: bounds are narrowed first, what is left falls apart in components.
/// Of each CP-SAT finds a solution in whole numbers; near it most are seen with three values (<see cref="Moves"/>), and CP-SAT looks
/// for the rest, or proves that there are none. Its work is limited in steps of CP-SAT, not in time: the same files give the same answer
/// on each machine, and what is not decided then is said not to be.
/// </summary>
/// <param name="puzzle">All that is known.</param>
/// <param name="hint">
/// Where to begin, by one who knows the truth and wants to see whether it can be told from others; null for a stranger, and for what isn't known.
/// </param>
/// <param name="cancellationToken">Stops the search.</param>
internal sealed class RangeSolver(Puzzle puzzle, Func<Unknown, long?>? hint, CancellationToken cancellationToken)
{
    private const int Enough = 3;

    // In CP-SAT's own measure of work, about a second of a fast machine each.
    private const double WorkTogether = 3;
    private const double WorkEach = 5;
    private const double AllWork = 150;

    // Most is found with little preparation and without linear programming; a solution that shows a third of what is sought is enough,
    // since there are more near it.
    private const string InHaste = "max_deterministic_time:0.3,relative_gap_limit:0.7,cp_model_probing_level:0,symmetry_level:0,"
        + "max_presolve_iterations:1,linearization_level:0";

    private readonly Dictionary<Unknown, SortedSet<long>> _seen = [];
    private readonly HashSet<Unknown> _proven = [];
    private readonly HashSet<Unknown> _unproven = [];
    private double _work;

    public RangeSolver(Puzzle puzzle, CancellationToken cancellationToken)
        : this(puzzle, hint: null, cancellationToken)
    {
    }

    /// <summary>Searches that were not over when their work was.</summary>
    public int Unfinished { get; private set; }

    /// <summary>Finds the values of these, as many as are needed to tell that there are three.</summary>
    public void Solve(IReadOnlyCollection<Unknown> wanted)
    {
        Narrow();
        foreach (var component in Components())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var here = component.Unknowns.Where(wanted.Contains).ToList();
            if (here.Count > 0)
                Search(component, here);
        }
    }

    /// <summary>The values that are possible, at most three of them if there are more; and whether they are all.</summary>
    public (IReadOnlyCollection<long> Values, bool IsAll) ValuesOf(Unknown unknown) =>
        unknown.IsFixed ? ([unknown.Lower], true)
        : _unproven.Contains(unknown) ? ([], false)
        : _seen.TryGetValue(unknown, out var seen) ? (seen, _proven.Contains(unknown))
        : ([], false);

    /// <summary>True where fewer than three values have been seen, and nothing proves that there are no more.</summary>
    public bool IsUndecided(Unknown unknown) =>
        !unknown.IsFixed && !_proven.Contains(unknown) && _seen.TryGetValue(unknown, out var seen) && seen.Count < Enough;

    /// <summary>Narrows bounds until nothing changes: each term lies within what the others leave.</summary>
    public void Narrow()
    {
        foreach (var unknown in puzzle.NotFew.Where(u => u.Lower is > 0 and <= Puzzle.Few))
            puzzle.Between(unknown, Puzzle.Few + 1, Puzzle.Most);
        var of = new Dictionary<Unknown, List<Linear>>();
        foreach (var linear in puzzle.Linears)
        {
            foreach (var (unknown, _) in linear.Terms)
            {
                if (!of.TryGetValue(unknown, out var list))
                    of.Add(unknown, list = []);
                list.Add(linear);
            }
        }

        var queue = new Queue<Linear>(puzzle.Linears);
        var queued = new HashSet<Linear>(puzzle.Linears, ReferenceEqualityComparer.Instance);
        var steps = 0L;
        var most = 400L * puzzle.Linears.Count;
        while (queue.TryDequeue(out var linear) && steps++ < most)
        {
            queued.Remove(linear);
            foreach (var changed in Narrow(linear))
            {
                foreach (var next in of[changed].Where(queued.Add))
                    queue.Enqueue(next);
            }
        }
    }

    private List<Unknown> Narrow(Linear linear)
    {
        Int128 least = 0, most = 0;
        foreach (var (unknown, factor) in linear.Terms)
        {
            least += (Int128)factor * (factor > 0 ? unknown.Lower : unknown.Upper);
            most += (Int128)factor * (factor > 0 ? unknown.Upper : unknown.Lower);
        }

        var changed = new List<Unknown>();
        foreach (var (unknown, factor) in linear.Terms)
        {
            var restLeast = least - ((Int128)factor * (factor > 0 ? unknown.Lower : unknown.Upper));
            var restMost = most - ((Int128)factor * (factor > 0 ? unknown.Upper : unknown.Lower));
            // Lower <= factor·x + rest <= Upper
            var (low, high) = ((Int128)linear.Lower - restMost, (Int128)linear.Upper - restLeast);
            var (lower, upper) = factor > 0 ? (Ceiling(low, factor), Floor(high, factor)) : (Ceiling(-high, -factor), Floor(-low, -factor));
            var (before, after) = (unknown.Lower, unknown.Upper);
            if (lower <= before && upper >= after)
                continue;
            var (newLower, newUpper) = ((long)Int128.Max(lower, before), (long)Int128.Min(upper, after));
            if (newLower > newUpper)
            {
                puzzle.Contradict(
                    $"{linear.Why}: "
                        + string.Join(" ", linear.Terms.Select(t => $"{t.Factor:+0;-0}·[{t.Unknown.Question}={t.Unknown.Lower}–{t.Unknown.Upper}]")),
                    linear.Terms.Select(t => t.Unknown));
                return [];
            }

            (unknown.Lower, unknown.Upper) = (newLower, newUpper);
            changed.Add(unknown);
            least = restLeast + ((Int128)factor * (factor > 0 ? newLower : newUpper));
            most = restMost + ((Int128)factor * (factor > 0 ? newUpper : newLower));
        }

        return changed;
    }

    private static Int128 Floor(Int128 value, Int128 by) => value >= 0 ? value / by : -((-value + by - 1) / by);

    private static Int128 Ceiling(Int128 value, Int128 by) => value >= 0 ? (value + by - 1) / by : -(-value / by);

    private sealed record Component(List<Unknown> Unknowns, List<Linear> Linears, List<OneIsSmall> Choices);

    private List<Component> Components()
    {
        var parent = Enumerable.Range(0, puzzle.Unknowns.Count).ToArray();
        int Root(int i)
        {
            while (parent[i] != i)
                i = parent[i] = parent[parent[i]];
            return i;
        }

        void Join(IEnumerable<Unknown> unknowns)
        {
            var first = -1;
            foreach (var unknown in unknowns.Where(u => !u.IsFixed))
            {
                if (first < 0)
                    first = Root(unknown.Index);
                else
                    parent[Root(unknown.Index)] = first;
            }
        }

        foreach (var linear in puzzle.Linears.Where(l => !IsSlack(l)))
            Join(linear.Terms.Select(t => t.Unknown));
        foreach (var choice in puzzle.Choices)
            Join(choice.Sums.SelectMany(s => s.Select(t => t.Unknown)));
        var components = puzzle.Unknowns.Where(u => !u.IsFixed).GroupBy(u => Root(u.Index)).ToDictionary(g => g.Key, g => new Component([.. g], [], []));
        foreach (var linear in puzzle.Linears.Where(l => !IsSlack(l)))
        {
            if (linear.Terms.Select(t => t.Unknown).FirstOrDefault(u => !u.IsFixed) is { } any)
                components[Root(any.Index)].Linears.Add(linear);
        }

        foreach (var choice in puzzle.Choices)
        {
            if (choice.Sums.SelectMany(s => s.Select(t => t.Unknown)).FirstOrDefault(u => !u.IsFixed) is { } any)
                components[Root(any.Index)].Choices.Add(choice);
        }

        return [.. components.Values];
    }

    // Holds whatever the values are.
    private static bool IsSlack(Linear linear)
    {
        Int128 least = 0, most = 0;
        foreach (var (unknown, factor) in linear.Terms)
        {
            least += (Int128)factor * (factor > 0 ? unknown.Lower : unknown.Upper);
            most += (Int128)factor * (factor > 0 ? unknown.Upper : unknown.Lower);
        }

        return least >= linear.Lower && most <= linear.Upper;
    }

    private void Search(Component component, List<Unknown> wanted)
    {
        if (component is { Linears.Count: 0, Choices.Count: 0 })
        {
            foreach (var unknown in wanted)
                All(unknown);
            return;
        }

        foreach (var unknown in wanted)
            _seen[unknown] = [];
        if (!Start(component, wanted))
            return;

        // Some new values at a time; when there is none, all that are left are proven.
        while (wanted.Where(u => _seen[u].Count < Enough && !_proven.Contains(u) && !_unproven.Contains(u)).ToList() is { Count: > 0 } open)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var model = new Model(component, puzzle.NotFew, hint);
            model.SeekNew(open.Select(u => (u, (IReadOnlyCollection<long>)_seen[u])));
            switch (Run(model, InHaste, Thoroughly(WorkTogether)))
            {
                case CpSolverStatus.Infeasible:
                    _proven.UnionWith(open);
                    break;
                case CpSolverStatus.Optimal or CpSolverStatus.Feasible:
                    See(model, component, wanted);
                    break;
                default:
                    Search(component, open[0], wanted);
                    break;
            }
        }
    }

    private bool Start(Component component, List<Unknown> wanted)
    {
        using var model = new Model(component, puzzle.NotFew, hint);
        switch (Run(model, InHaste, Thoroughly(WorkEach)))
        {
            case CpSolverStatus.Infeasible or CpSolverStatus.ModelInvalid:
                puzzle.Contradict($"En grupp av tal: {string.Join("; ", wanted.Take(3).Select(u => u.Question))}", component.Unknowns);
                return false;
            case CpSolverStatus.Optimal or CpSolverStatus.Feasible:
                See(model, component, wanted);
                return true;
            default:
                Unfinished++;
                return false;
        }
    }

    private static string Thoroughly(double work) =>
        string.Create(CultureInfo.InvariantCulture, $"max_deterministic_time:{work},relative_gap_limit:0.7");

    // In one way after the other until there is an answer.
    private CpSolverStatus Run(Model model, params IEnumerable<string> ways)
    {
        var status = CpSolverStatus.Unknown;
        foreach (var way in ways.TakeWhile(_ => status == CpSolverStatus.Unknown && _work < AllWork))
            status = model.Run(way, ref _work);
        return status;
    }

    // One by one, where all together took too long.
    private void Search(Component component, Unknown unknown, List<Unknown> wanted)
    {
        while (_seen[unknown].Count < Enough)
        {
            using var model = new Model(component, puzzle.NotFew, hint);
            model.SeekNew([(unknown, _seen[unknown])]);
            var status = Run(model, Thoroughly(WorkEach));
            if (status is CpSolverStatus.Optimal or CpSolverStatus.Feasible)
            {
                See(model, component, wanted);
                continue;
            }

            // Without a proof it keeps three values: nothing is claimed of it.
            if (status is CpSolverStatus.Infeasible)
                _proven.Add(unknown);
            else if (_unproven.Add(unknown))
                Unfinished++;
            return;
        }
    }

    private void All(Unknown unknown)
    {
        var count = Math.Min(Enough, unknown.Upper - unknown.Lower + 1);
        _seen[unknown] = [];
        for (var value = unknown.Lower; _seen[unknown].Count < count && value <= unknown.Upper; value++)
        {
            if (!puzzle.NotFew.Contains(unknown) || value is 0 or > Puzzle.Few)
                _seen[unknown].Add(value);
        }

        _proven.Add(unknown);
    }

    // A solution, and those near it that show more.
    private void See(Model model, Component component, List<Unknown> wanted)
    {
        var isWanted = wanted.ToHashSet();
        foreach (var unknown in wanted)
            See(unknown, model.Value(unknown));
        var moves = new Moves(component.Unknowns, component.Linears, component.Choices, puzzle.NotFew, model.Value);
        foreach (var unknown in wanted)
        {
            while (_seen[unknown].Count < Enough && moves.Change(unknown, _seen[unknown]) is { Count: > 0 } changed)
            {
                foreach (var (of, value) in changed.Where(c => isWanted.Contains(c.Unknown)))
                    See(of, value);
            }
        }
    }

    private void See(Unknown unknown, long value)
    {
        if (_seen[unknown].Count < Enough)
            _seen[unknown].Add(value);
    }

    /// <summary>A component as a model of whole numbers.</summary>
    private sealed class Model : IDisposable
    {
        private readonly CpModel _model = new();
        private readonly CpSolver _solver = new();
        private readonly Dictionary<Unknown, IntVar> _variables = [];

        public Model(Component component, HashSet<Unknown> notFew, Func<Unknown, long?>? hint)
        {
            foreach (var unknown in component.Unknowns)
            {
                var variable = _model.NewIntVar(unknown.Lower, unknown.Upper, "");
                _variables.Add(unknown, variable);
                if (hint?.Invoke(unknown) is { } value)
                    _model.AddHint(variable, value);
                if (notFew.Contains(unknown))
                    _model.AddLinearExpressionInDomain(variable, Domain.FromIntervals([[0, 0], [Puzzle.Few + 1, Puzzle.Most]]));
            }

            foreach (var linear in component.Linears)
            {
                var (sum, known) = Sum(linear.Terms);
                _model.AddLinearConstraint(sum, linear.Lower - known, linear.Upper - known);
            }

            foreach (var choice in component.Choices)
            {
                var holds = new List<ILiteral>();
                foreach (var terms in choice.Sums)
                {
                    var (sum, known) = Sum(terms);
                    var literal = _model.NewBoolVar("");
                    _model.AddLinearConstraint(sum, 1 - known, Puzzle.Few - known).OnlyEnforceIf(literal);
                    holds.Add(literal);
                }

                _model.AddBoolOr(holds);
            }
        }

        /// <summary>At least one of these has a value that it hasn't been seen with; many, if that is easy.</summary>
        public void SeekNew(IEnumerable<(Unknown Unknown, IReadOnlyCollection<long> Seen)> wishes)
        {
            var isNew = new List<BoolVar>();
            foreach (var (unknown, seen) in wishes)
            {
                var literal = _model.NewBoolVar("");
                foreach (var value in seen)
                {
                    _model.AddLinearExpressionInDomain(_variables[unknown], Domain.FromIntervals([[-Puzzle.Far, value - 1], [value + 1, Puzzle.Far]]))
                        .OnlyEnforceIf(literal);
                }

                isNew.Add(literal);
            }

            _model.AddBoolOr(isNew);
            _model.Maximize(LinearExpr.Sum(isNew));
        }

        /// <summary>Searches in one way, and adds what it took to the work.</summary>
        public CpSolverStatus Run(string way, ref double work)
        {
            _solver.StringParameters = $"num_workers:1,random_seed:7,{way}";
            var status = _solver.Solve(_model);
            work += _solver.Response?.DeterministicTime ?? 0;
            return status;
        }

        public void Dispose() => _solver.Dispose();

        public long Value(Unknown unknown) => _solver.Value(_variables[unknown]);

        private (LinearExpr Sum, long Known) Sum(IReadOnlyList<(Unknown Unknown, long Factor)> terms)
        {
            var free = terms.Where(t => _variables.ContainsKey(t.Unknown)).ToList();
            return (
                LinearExpr.WeightedSum([.. free.Select(t => _variables[t.Unknown])], [.. free.Select(t => t.Factor)]),
                terms.Where(t => !_variables.ContainsKey(t.Unknown)).Sum(t => t.Factor * t.Unknown.Lower));
        }
    }
}
