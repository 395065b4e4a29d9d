using FinsamOutcomes.Reporting.Publishing.Attack;

namespace FinsamOutcomes.Reporting.Tests.Publishing.Attack;

/// <summary>The values that the attack finds possible, beside those that trying all finds.</summary>
public sealed class RangeSolverTests
{
    private const int Highest = 6;

    [Fact]
    public void The_values_of_small_random_systems_are_those_that_trying_all_finds()
    {
        var (few, many) = (0, 0);
        for (var seed = 0; seed < 150; seed++)
        {
            var puzzle = Random(new Random(seed));
            var (unknowns, linears, choices) = (puzzle.Unknowns.ToList(), puzzle.Linears.ToList(), puzzle.Choices.ToList());
            var possible = unknowns.ConvertAll(_ => new HashSet<long>());
            Try(new long[unknowns.Count], 0);

            var solver = new RangeSolver(puzzle, TestContext.Current.CancellationToken);
            solver.Solve(unknowns);

            puzzle.Contradictions.ShouldBeEmpty();
            for (var i = 0; i < unknowns.Count; i++)
            {
                var (values, isAll) = solver.ValuesOf(unknowns[i]);
                values.ShouldBeSubsetOf(possible[i], $"{seed}: {unknowns[i].Question}");
                values.Count.ShouldBe(Math.Min(3, possible[i].Count), $"{seed}: {unknowns[i].Question}");
                if (possible[i].Count < 3)
                    isAll.ShouldBeTrue();
                (few, many) = possible[i].Count < 3 ? (few + 1, many) : (few, many + 1);
            }

            void Try(long[] values, int at)
            {
                if (at < values.Length)
                {
                    for (values[at] = 0; values[at] <= Highest; values[at]++)
                        Try(values, at + 1);
                    return;
                }

                if (linears.TrueForAll(l => Sum(l.Terms) is var sum && sum >= l.Lower && sum <= l.Upper)
                    && choices.TrueForAll(c => c.Sums.Any(s => Sum(s) is >= 1 and <= Puzzle.Few))
                    && puzzle.NotFew.All(u => values[u.Index] is 0 or > Puzzle.Few))
                {
                    for (var i = 0; i < values.Length; i++)
                        possible[i].Add(values[i]);
                }

                long Sum(IReadOnlyList<(Unknown Unknown, long Factor)> terms) => terms.Sum(t => t.Factor * values[t.Unknown.Index]);
            }
        }

        few.ShouldBeGreaterThan(100);
        many.ShouldBeGreaterThan(100);
    }

    // Around a solution that is drawn first, so that there is one.
    private static Puzzle Random(Random random)
    {
        var puzzle = new Puzzle();
        var unknowns = Enumerable.Range(0, 5).Select(i => puzzle.Of(Question.Of($"tal {i}"))).ToList();
        var solution = unknowns.ConvertAll(_ => (long)random.Next(Highest + 1));
        unknowns.ForEach(u => puzzle.Between(u, 0, Highest));
        for (var relation = 0; relation < 4; relation++)
        {
            var terms = unknowns.Where(_ => random.Next(2) == 0)
                .Select(u => (Unknown: u, Factor: (random.Next(4) == 0 ? 2L : 1L) * (random.Next(2) == 0 ? 1 : -1)))
                .ToList();
            var sum = terms.Sum(t => t.Factor * solution[t.Unknown.Index]);
            puzzle.Relate($"{relation}", sum - (random.Next(3) == 0 ? 1 : 0), sum + (random.Next(3) == 0 ? Puzzle.Far : 0), terms);
        }

        if (solution[0] is >= 1 and <= Puzzle.Few)
            puzzle.Choose("litet", Puzzle.SmallOf(unknowns[0], unknowns[1]));
        if (solution[4] is 0 or > Puzzle.Few)
            puzzle.NotFew.Add(unknowns[4]);
        return puzzle;
    }
}
