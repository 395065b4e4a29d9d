using FinsamOutcomes.Reporting.Publishing.Attack;
using Google.OrTools.Sat;
using Domain = Google.OrTools.Util.Domain;

namespace FinsamOutcomes.Reporting.Tests.Publishing.Attack;

/// <summary>
/// Why a number can have no other values: the fewest relations that are needed, found by leaving out one after the other for as
/// long as nothing else becomes possible. It says what a protection has overlooked.
/// </summary>
internal static class Reason
{
    /// <param name="puzzle">All that is known.</param>
    /// <param name="count">A hidden count, as the attack found it.</param>
    public static IEnumerable<string> Of(Puzzle puzzle, AttackedNumber count)
    {
        var of = puzzle.Hidden.First(h => h.Kind == count.Kind && h.Of.Question.Key == count.Question).Of;
        var (lower, upper) = ((long)count.Lower, (long)count.Upper);
        var (linears, choices) = (puzzle.Linears.ToList(), puzzle.Choices.ToList());
        var isBroad = Near(ref linears, ref choices, of);
        if (!isBroad || IsPossible(linears, choices, of, lower, upper))
            return ["vet inte varför"];
        for (var size = Math.Max(1, linears.Count / 4); size >= 1; size = size == 1 ? 0 : size / 2)
        {
            for (var at = 0; at < linears.Count;)
            {
                var fewer = linears.Where((_, i) => i < at || i >= at + size).ToList();
                if (IsPossible(fewer, choices, of, lower, upper))
                    at += size;
                else
                    linears = fewer;
            }
        }

        choices = IsPossible(linears, [], of, lower, upper) ? choices : [];
        return
        [
            .. linears.Select(l => $"{l.Why}: {l.Lower} <= {string.Join(' ', l.Terms.Select(Term))} <= {l.Upper}"),
            .. choices.Where(c => c.Sums.Any(s => s.Any(t => linears.Any(l => l.Terms.Any(x => x.Unknown == t.Unknown)))))
                .Select(c => $"{c.Why}: litet är något av {string.Join(", ", c.Sums.SelectMany(s => s.Select(t => t.Unknown.Question.Key)))}"),
        ];

        static string Term((Unknown Unknown, long Factor) term) =>
            $"{term.Factor:+0;-0}·[{term.Unknown.Question}: {term.Unknown.Said.Lower}–{term.Unknown.Said.Upper}]";
    }

    // Those that hang together with it, but by what is printed.
    private static bool Near(ref List<Linear> linears, ref List<OneIsSmall> choices, Unknown of)
    {
        var seen = new HashSet<Unknown> { of };
        for (var count = 0; count != seen.Count;)
        {
            count = seen.Count;
            foreach (var terms in linears.Select(l => l.Terms.Select(t => t.Unknown))
                .Concat(choices.Select(c => c.Sums.SelectMany(s => s.Select(t => t.Unknown)))))
            {
                if (terms.Any(u => u.Printed is null && seen.Contains(u)))
                    seen.UnionWith(terms);
            }
        }

        linears = linears.FindAll(l => l.Terms.Any(t => t.Unknown.Printed is null && seen.Contains(t.Unknown)));
        choices = choices.FindAll(c => c.Sums.Any(s => s.Any(t => t.Unknown.Printed is null && seen.Contains(t.Unknown))));
        return linears.Count > 0;
    }

    private static bool IsPossible(List<Linear> linears, List<OneIsSmall> choices, Unknown of, long lower, long upper)
    {
        var model = new CpModel();
        var variables = new Dictionary<Unknown, IntVar>();
        IntVar Variable(Unknown unknown)
        {
            if (!variables.TryGetValue(unknown, out var variable))
                variables.Add(unknown, variable = model.NewIntVar(unknown.Said.Lower, unknown.Said.Upper, ""));
            return variable;
        }

        LinearExpr Sum(IReadOnlyList<(Unknown Unknown, long Factor)> terms) =>
            LinearExpr.WeightedSum([.. terms.Select(t => Variable(t.Unknown))], [.. terms.Select(t => t.Factor)]);

        foreach (var linear in linears)
            model.AddLinearConstraint(Sum(linear.Terms), linear.Lower, linear.Upper);
        foreach (var choice in choices)
        {
            var holds = choice.Sums.Select(s =>
            {
                var literal = model.NewBoolVar("");
                model.AddLinearConstraint(Sum(s), 1, Puzzle.Few).OnlyEnforceIf(literal);
                return (ILiteral)literal;
            }).ToList();
            model.AddBoolOr(holds);
        }

        model.AddLinearExpressionInDomain(Variable(of), Domain.FromIntervals([[-Puzzle.Far, lower - 1], [upper + 1, Puzzle.Far]]));
        using var solver = new CpSolver { StringParameters = "num_workers:1,max_time_in_seconds:5" };
        return solver.Solve(model) is not CpSolverStatus.Infeasible;
    }
}
