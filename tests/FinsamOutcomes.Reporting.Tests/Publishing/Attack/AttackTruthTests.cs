using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Reporting.Publishing.Attack;
using FinsamOutcomes.Statistics;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Publishing.Attack;

/// <summary>
/// What the attack claims is true. The same report with nothing hidden is read in the same way, and says every number that
/// was hidden: no bound, relation or worked-out value may contradict it.
/// </summary>
public sealed class AttackTruthTests
{
    private static readonly string[] s_files = [".docx", ".xlsx", ".html", ".svg"];

    [Theory]
    [InlineData(1, 3, 30, true)]
    [InlineData(2, 6, 120, true)]
    [InlineData(3, 12, 300, false)]
    [InlineData(4, 40, 1500, false)]
    public async Task Nothing_that_is_claimed_of_a_random_forbund_is_untrue(int seed, int insatser, int participations, bool isInAllFormats)
    {
        await using var test = await TestDatabase.CreateAsync("sqlite", FixedClock.At("2025-02-01"));
        var forbund = await RandomForbund.MakeAsync(test, seed, insatser, participations);

        await TrueAsync(test, forbund, RandomForbund.Year, isInAllFormats ? s_files : [".xlsx"]);
    }

    [Fact]
    public async Task Nothing_that_is_claimed_of_small_random_forbund_is_untrue()
    {
        await using var test = await TestDatabase.CreateAsync("sqlite", FixedClock.At("2025-02-01"));
        var (counts, exact) = (0, 0);
        for (var seed = 100; seed < 108; seed++)
        {
            var forbund = await RandomForbund.MakeAsync(test, seed, insatser: 3 + (seed % 10), participations: 30 + (seed * 7 % 270));
            var result = await TrueAsync(test, forbund, RandomForbund.Year, [".xlsx"]);
            counts += result.Numbers.Count(n => n.Kind == AttackedKind.Count);
            exact += result.Exact.Count(n => n.Kind == AttackedKind.Count);
        }

        // Each cell is judged by itself today, and most can be worked out.
        ((double)exact / counts).ShouldBeGreaterThan(0.5);
    }

    /// <summary>Attacks a förbund's reports and holds all of it against the same reports with nothing hidden.</summary>
    private static async Task<AttackResult> TrueAsync(TestDatabase test, ForbundRow forbund, int year, string[] endings)
    {
        var hidden = await PublishedFiles.Of(PublicationPolicy.Minst5, endings)(test.Database, forbund, year);
        var open = await PublishedFiles.Of(PublicationPolicy.Internt, endings)(test.Database, forbund, year);
        var result = PublicationAttack.On(hidden);
        Keep(forbund.Name, hidden, open);
        var (puzzle, truth) = (Understand(hidden), Understand(open));

        truth.Contradictions.ShouldBeEmpty(forbund.Name);
        result.Contradictions.ShouldBeEmpty(forbund.Name);
        puzzle.Unknowns.Where(u => True(u) is { } value && (value < u.Lower || value > u.Upper)).Select(u => $"{u.Question}: {u.Lower}–{u.Upper}, är {True(u)}").ShouldBeEmpty();
        puzzle.Linears.Where(l => l.Terms.All(t => True(t.Unknown) is not null) && l.Terms.Sum(t => (decimal)t.Factor * True(t.Unknown)!.Value) is var sum && (sum < l.Lower || sum > l.Upper))
            .Select(l => $"{l.Why}: {string.Join(' ', l.Terms.Select(t => $"{t.Factor:+0;-0}·[{t.Unknown.Question} = {True(t.Unknown)}]"))}").ShouldBeEmpty();
        foreach (var number in result.Exact.Where(n => n.Kind == AttackedKind.Count))
        {
            if (truth.Unknowns.Find(u => u.Question.Key == number.Question) is { IsFixed: true, Lower: var value })
                number.Value.ShouldBe(value, number.Question);
        }

        return result;

        long? True(Unknown unknown) => truth.Find(unknown.Question) is { IsFixed: true, Lower: var value } ? value : null;
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

    private static Puzzle Understand(IReadOnlyList<(string Name, byte[] Content)> files) =>
        PublicationAttack.Understand([.. files.Select(f => PublicationReader.Read(f.Name, f.Content)).OfType<PrintedDocument>()]);
}
