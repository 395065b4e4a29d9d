using System.Globalization;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Reporting.Publishing.Attack;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Publishing.Attack;

/// <summary>How much of an attack is held against the truth.</summary>
internal enum Effort
{
    /// <summary>What seems to be exposed, and what contradicts.</summary>
    Exposed,

    /// <summary>All that was understood.</summary>
    All,

    /// <summary>Besides what is claimed by one who holds <em>skyddad</em> for 0 or at least 5, which takes as long again.</summary>
    AllAndGuesses,
}

/// <summary>
/// What the attack makes of a report, held against the same report with nothing hidden, which is read in the same way and says
/// every number that was hidden.
/// </summary>
/// <param name="Report">Which report of which förbund.</param>
/// <param name="Result">What the attack claims.</param>
/// <param name="Untrue">Bounds, relations and values that are not so: what was misunderstood.</param>
/// <param name="Exposed">What is worked out, or has two possible values, what it is and why: found when it is asked for, since it takes time.</param>
/// <param name="Guesses">How many values are claimed by one who holds <em>skyddad</em> for 0 or at least 5.</param>
/// <param name="RightGuesses">How many of them are true.</param>
internal sealed record HeldAgainstTruth(
    string Report, AttackResult Result, IReadOnlyList<string> Untrue, IEnumerable<string> Exposed, int Guesses, int RightGuesses)
{
    /// <summary>Attacks each report of a förbund.</summary>
    /// <param name="test">Where the förbund is.</param>
    /// <param name="forbund">The förbund.</param>
    /// <param name="year">The year to report.</param>
    /// <param name="protect">How the numbers are protected.</param>
    /// <param name="open">The same numbers with nothing hidden.</param>
    /// <param name="effort">How much is held against the truth.</param>
    /// <param name="endings">The formats that are attacked together.</param>
    public static async Task<IReadOnlyList<HeldAgainstTruth>> OfAsync(
        TestDatabase test,
        ForbundRow forbund,
        int year,
        Func<CountedPublication, Publication> protect,
        Func<CountedPublication, Publication> open,
        Effort effort,
        params string[] endings)
    {
        List<IReadOnlyList<(string Name, byte[] Content)>>? truths = null;
        var held = new List<HeldAgainstTruth>();
        foreach (var hidden in PublishedFiles.Each(await PublishedFiles.Of(protect, endings)(test.Database, forbund, year), year))
        {
            var (report, documents) = ($"{forbund.Name}, {hidden[0].Name}", Read(hidden));
            var puzzle = PublicationAttack.Understand(documents);
            if (effort == Effort.Exposed)
            {
                var result = PublicationAttack.On(puzzle);
                if (result.Contradictions.Count == 0 && !result.Exposed.Any() && !result.Numbers.Any(n => n.IsUndecided))
                {
                    held.Add(new(report, result, [], [], 0, 0));
                    continue;
                }
            }

            truths ??= [.. PublishedFiles.Each(await PublishedFiles.Of(open, endings)(test.Database, forbund, year), year)];
            Keep(report, hidden, truths[held.Count]);
            var guessed = effort == Effort.AllAndGuesses
                ? PublicationAttack.On(PublicationAttack.Understand(documents, holdsProtectingForNotFew: true))
                : null;
            var truth = PublicationAttack.Understand(Read(truths[held.Count]));
            held.Add(Of(report, puzzle, GuessingBest(puzzle, truth), truth, guessed));
        }

        return held;
    }

    /// <summary>
    /// What is worked out by one who takes a hidden number for at least 1 wherever that is so. Who stands in a table at all is hardly ever
    /// nobody: nothing better can be guessed. The search begins at the truth, near which solutions are as good as any.
    /// </summary>
    internal static AttackResult GuessingBest(Puzzle puzzle, Puzzle truth)
    {
        foreach (var of in puzzle.Hidden.SelectMany(h => new[] { h.Of, h.By }).OfType<Unknown>().Where(u => True(u) > 0))
            puzzle.Between(of, 1, Puzzle.Most);
        return PublicationAttack.On(puzzle, True);

        long? True(Unknown unknown) => truth.Find(unknown.Question) is { IsFixed: true, Lower: var value } ? value : null;
    }

    private static HeldAgainstTruth Of(string report, Puzzle puzzle, AttackResult result, Puzzle truth, AttackResult? guessed)
    {
        var untrue = truth.Contradictions.Select(c => $"oppet: {c}").Concat(result.Contradictions).ToList();
        untrue.AddRange(puzzle.Unknowns.Where(u => True(u) is { } value && (value < u.Lower || value > u.Upper))
            .Select(u => $"{u.Question}: {u.Lower}–{u.Upper}, är {True(u)}"));
        untrue.AddRange(puzzle.Linears.Where(l => l.Terms.All(t => True(t.Unknown) is not null) && Sum(l) is var sum && (sum < l.Lower || sum > l.Upper))
            .Select(l => $"{l.Why}: {string.Join(' ', l.Terms.Select(t => $"{t.Factor:+0;-0}·[{t.Unknown.Question} = {True(t.Unknown)}]"))}"));
        untrue.AddRange(puzzle.Choices.Where(c => c.Sums.All(s => s.All(t => True(t.Unknown) is not null))
            && !c.Sums.Any(s => s.Sum(t => t.Factor * True(t.Unknown)!.Value) is >= 1 and <= Puzzle.Few))
            .Select(c => $"{c.Why}: litet är inget av "
                + string.Join(", ", c.Sums.SelectMany(s => s.Select(t => $"{t.Unknown.Question} = {True(t.Unknown)}")))));
        untrue.AddRange(result.Exact.Where(n => TrueValue(n) is { } value && Math.Abs(value - n.Value!.Value) > 1e-6)
            .Select(n => $"{n.Kind} {n.Question}: räknat till {n.Value}, är {TrueValue(n)}"));
        var claims = (guessed?.Exact ?? []).Where(n => TrueValue(n) is not null).ToList();
        return new(
            report,
            result,
            untrue,
            result.Exposed.Select(n => $"{n.Kind} {n.Question}: {n.Lower}–{n.Upper}, är {TrueValue(n)?.ToString(CultureInfo.InvariantCulture) ?? "okänt"}"
                + $" ({n.Places[0].Source}: {n.Places[0].Table}, {n.Places[0].Row}, {n.Places[0].Column}){string.Concat(Why(n).Select(w => "\n      " + w))}"),
            claims.Count,
            claims.Count(n => Math.Abs(TrueValue(n)!.Value - n.Value!.Value) < 1e-6));

        IEnumerable<string> Why(AttackedNumber number) => number.Kind == AttackedKind.Count
            ? Reason.Of(puzzle, number)
            : [];

        long? True(Unknown unknown) => truth.Find(unknown.Question) is { IsFixed: true, Lower: var value } ? value : null;

        decimal Sum(Linear linear) => linear.Terms.Sum(t => (decimal)t.Factor * True(t.Unknown)!.Value);

        double? TrueValue(AttackedNumber number)
        {
            var of = puzzle.Hidden.First(h => h.Kind == number.Kind && h.Of.Question.Key == number.Question);
            return of.By is null ? True(of.Of) : True(of.Of) is { } above && True(of.By) is { } below ? (below == 0 ? 0 : (double)above / below) : null;
        }
    }

    // To look at what was misunderstood, when FINSAM_SAMPLES says where.
    private static void Keep(string name, IReadOnlyList<(string Name, byte[] Content)> hidden, IReadOnlyList<(string Name, byte[] Content)> open)
    {
        if (Environment.GetEnvironmentVariable("FINSAM_SAMPLES") is not { } samples)
            return;
        foreach (var (kind, files) in new[] { ("dolt", hidden), ("oppet", open) })
        {
            var folder = Directory.CreateDirectory(Path.Combine(samples, name, kind)).FullName;
            foreach (var (file, content) in files)
                File.WriteAllBytes(Path.Combine(folder, file), content);
        }
    }

    private static List<PrintedDocument> Read(IReadOnlyList<(string Name, byte[] Content)> files) =>
        [.. files.Select(f => PublicationReader.Read(f.Name, f.Content)).OfType<PrintedDocument>()];
}
