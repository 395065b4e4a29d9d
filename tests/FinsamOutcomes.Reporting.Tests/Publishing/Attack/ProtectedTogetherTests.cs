using System.Globalization;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Reporting.Publishing.Attack;
using FinsamOutcomes.Reporting.Tests.Reports;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Publishing.Attack;

/// <summary>
/// Of a publication that is protected together the attack works out nothing: each hidden number is seen to keep three possible values.
/// More förbund than here are attacked when <c>FINSAM_LONG</c> says how many (<c>1000</c>) or which seeds (<c>1-1000</c>).
/// </summary>
public sealed class ProtectedTogetherTests(ITestOutputHelper output)
{
    private static readonly string[] s_files = [".docx", ".xlsx", ".html", ".svg"];

    // Every tenth of many is attacked in all formats; of the others only the one in which all text and every figure's words stand.
    private static readonly string[] s_one = [".html"];

    [Theory]
    [InlineData(1, 3, 30)]
    [InlineData(2, 6, 120)]
    [InlineData(3, 12, 300)]
    [InlineData(5, 8, 800)]
    public async Task Nothing_of_a_random_forbund_can_be_worked_out(int seed, int insatser, int participations)
    {
        Assert.SkipWhen(!LongRun.IsOn && seed > 2, LongRun.Off);
        await using var test = await TestDatabase.CreateAsync("sqlite", FixedClock.At("2025-02-01"));
        var forbund = await RandomForbund.MakeAsync(test, seed, insatser, participations);

        await HoldsAsync(test, forbund, RandomForbund.Year, participations < 200 ? s_files : [".xlsx", ".html"]);
    }

    [Theory]
    [InlineData(78)] // Those of unknown gender were what the followed women and men left of all participations.
    [InlineData(79)] // Two definitions of positive exit count the same reasons.
    [InlineData(85)] // Nothing to divide by: nobody of unknown gender had answered.
    [InlineData(94)] // A hidden median told that somebody had left.
    [InlineData(170)] // What a definition lacked was what was known of work and studies, less all.
    [InlineData(512)] // An insats that only counts people, and so has no participations, was all that was hidden beside another.
    [InlineData(636)] // As in 78, of those who go on.
    public async Task Nothing_of_a_forbund_that_once_gave_a_number_away_can_be_worked_out(int seed)
    {
        Assert.SkipWhen(!LongRun.IsOn && seed is not (78 or 85 or 170), LongRun.Off);
        await using var test = await TestDatabase.CreateAsync("sqlite", FixedClock.At("2025-02-01"));
        var forbund = await RandomForbund.MakeAsync(test, seed);

        await HoldsAsync(test, forbund, RandomForbund.Year, s_one);
    }

    [Fact]
    public async Task Nothing_of_a_small_forbund_can_be_worked_out()
    {
        await using var fixture = await ReportFixture.SmallAsync();

        await HoldsAsync(fixture.Test, fixture.Forbund, 2024, s_files);
    }

    [Fact]
    public async Task Nothing_of_jobs_ii_can_be_worked_out()
    {
        await using var fixture = await ReportFixture.JobsTwoAsync();

        await HoldsAsync(fixture.Test, fixture.Forbund, 1991, s_files);
    }

    [Fact]
    public async Task Nothing_of_many_random_forbund_can_be_worked_out()
    {
        var seeds = Environment.GetEnvironmentVariable("FINSAM_LONG")?.Split('-').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToList();
        Assert.SkipWhen(seeds is null, "FINSAM_LONG is not set: it says how many random förbund to attack, or which seeds.");
        var (first, last) = seeds!.Count == 1 ? (1, seeds[0]) : (seeds[0], seeds[1]);
        var (faults, numbers, guesses, right) = (new List<string>(), 0, 0, 0);
        for (var seed = first; seed <= last; seed++)
        {
            await using var test = await TestDatabase.CreateAsync("sqlite", FixedClock.At("2025-02-01"));
            var forbund = await RandomForbund.MakeAsync(test, seed);
            var isThorough = seed % 10 == 0;
            foreach (var held in await HeldAgainstTruth.OfAsync(
                test,
                forbund,
                RandomForbund.Year,
                Publication.Protect,
                OneByOne.Open,
                isThorough ? Effort.AllAndGuesses : Effort.Exposed,
                isThorough ? s_files : s_one))
            {
                var here = Faults(held).ToList();
                faults.AddRange(here);
                numbers += held.Result.Numbers.Count;
                guesses += held.Guesses;
                right += held.RightGuesses;
                output.WriteLine($"{held.Report}: {Told(held)}{string.Concat(here.Select(f => "\n  " + f))}");
            }
        }

        output.WriteLine($"{numbers} hidden, {guesses} guessed with skyddad as 0 or at least 5, {right} of them right");
        faults.ShouldBeEmpty();
    }

    private async Task HoldsAsync(TestDatabase test, ForbundRow forbund, int year, string[] endings)
    {
        foreach (var held in await HeldAgainstTruth.OfAsync(test, forbund, year, Publication.Protect, OneByOne.Open, Effort.All, endings))
        {
            output.WriteLine($"{held.Report}: {Told(held)}");
            Faults(held).ShouldBeEmpty(held.Report);
        }
    }

    private static string Told(HeldAgainstTruth held) =>
        $"{held.Result.Numbers.Count} hidden, {held.Result.Numbers.Count(n => n.IsPrinted)} of them printed elsewhere, {held.Result.Unfinished} unfinished, "
        + $"guesses {held.RightGuesses} right of {held.Guesses}";

    private static IEnumerable<string> Faults(HeldAgainstTruth held) =>
        held.Untrue.Select(u => $"untrue: {u}").Concat(held.Exposed.Select(e => $"exposed: {e}"))
            .Concat(held.Result.Numbers.Where(n => n is { IsUndecided: true, Kind: not AttackedKind.Curve }).Select(n => $"undecided: {n.Kind} {n.Question}"));
}
