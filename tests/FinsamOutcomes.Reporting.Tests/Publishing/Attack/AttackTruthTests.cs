using FinsamOutcomes.Reporting.Publishing.Attack;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Publishing.Attack;

/// <summary>What the attack claims is true, and where each number is judged alone it works out most of what is hidden.</summary>
public sealed class AttackTruthTests(ITestOutputHelper output)
{
    private static readonly string[] s_files = [".docx", ".xlsx", ".html", ".svg"];

    [Theory]
    [InlineData(1, 3, 30, true)]
    [InlineData(2, 6, 120, false)]
    [InlineData(3, 12, 300, false)]
    [InlineData(4, 25, 700, false)]
    public async Task Nothing_that_is_claimed_of_a_random_forbund_is_untrue(int seed, int insatser, int participations, bool isInAllFormats)
    {
        Assert.SkipWhen(!LongRun.IsOn && seed > 2, LongRun.Off);
        await using var test = await TestDatabase.CreateAsync("sqlite", FixedClock.At("2025-02-01"));
        var forbund = await RandomForbund.MakeAsync(test, seed, insatser, participations);

        foreach (var held in await HeldAgainstTruth.OfAsync(
            test, forbund, RandomForbund.Year, OneByOne.Hide, OneByOne.OpenInFull, Effort.All, isInAllFormats ? s_files : [".xlsx"]))
            held.Untrue.ShouldBeEmpty(held.Report);
    }

    [Fact]
    public async Task Most_of_what_is_hidden_one_by_one_keeps_fewer_than_three_values()
    {
        await using var test = await TestDatabase.CreateAsync("sqlite", FixedClock.At("2025-02-01"));
        var (counts, exact, exposed) = (0, 0, 0);
        for (var seed = 100; seed < 104; seed++)
        {
            var forbund = await RandomForbund.MakeAsync(test, seed, insatser: 3 + (seed % 10), participations: 30 + (seed * 7 % 270));
            var result = PublicationAttack.On(await PublishedFiles.Of(OneByOne.Hide, ".xlsx")(test.Database, forbund, RandomForbund.Year));
            result.Contradictions.ShouldBeEmpty(forbund.Name);
            counts += result.Numbers.Count(n => n is { Kind: AttackedKind.Count, IsPrinted: false });
            exact += result.Exact.Count(n => n.Kind == AttackedKind.Count);
            exposed += result.Exposed.Count(n => n.Kind == AttackedKind.Count);
        }

        output.WriteLine($"{counts} hidden counts, {exact} exact, {exposed} with fewer than three values");
        ((double)exact / counts).ShouldBeGreaterThan(0.3);
        ((double)exposed / counts).ShouldBeGreaterThan(0.5);
    }
}
