using System.Globalization;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Reporting.Publishing.Attack;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Reporting.Tests.Reports;
using FinsamOutcomes.Statistics;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Publishing.Attack;

/// <summary>Two publications of the same register, laid beside each other: what was kept of the first protects the second.</summary>
public sealed class EarlierPublicationTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Reports_beside_each_other_give_nothing_away_when_the_first_was_kept()
    {
        var (apart, together) = (0, new List<string>());
        foreach (var (seed, insatser, participations) in new[] { (1, 3, 60), (3, 6, 120) }.Take(LongRun.IsOn ? 2 : 1))
        {
            await using var test = await TestDatabase.CreateAsync("sqlite", FixedClock.At("2025-02-01"));
            var forbund = await RandomForbund.MakeAsync(test, seed, insatser, participations);
            apart += (await ExposedAsync(test.Database, forbund, isKept: false)).Count;
            together.AddRange(await ExposedAsync(test.Database, forbund, isKept: true));
        }

        output.WriteLine($"{apart} exposed when each is protected by itself, {together.Count} when the first is kept");
        apart.ShouldBeGreaterThan(LongRun.IsOn ? 50 : 10, "else this tells nothing");
        together.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(22)] // A mean that was kept back followed from those of the second report.
    [InlineData(18)] // A mean that was hidden was that of the förbund, which the first had shown.
    [InlineData(37)] // A table without a column for unknown gender said of nobody what the first had hidden.
    [InlineData(1)] // Nothing that the second could hide kept what the first had hidden, as long as the first was held against no guesses.
    public async Task Reports_that_once_gave_a_number_away_give_none_beside_each_other(int seed)
    {
        Assert.SkipWhen(!LongRun.IsOn && seed != 1, LongRun.Off);
        await using var test = await TestDatabase.CreateAsync("sqlite", FixedClock.At("2025-02-01"));

        (await ExposedAsync(test.Database, await RandomForbund.MakeAsync(test, seed), isKept: true)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Reports_of_many_random_forbund_give_nothing_away_beside_each_other()
    {
        var seeds = Environment.GetEnvironmentVariable("FINSAM_LONG")?.Split('-').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToList();
        Assert.SkipWhen(seeds is null, "FINSAM_LONG is not set: it says how many random förbund to attack, or which seeds.");
        var (first, last) = seeds!.Count == 1 ? (1, seeds[0]) : (seeds[0], seeds[1]);
        var exposed = new List<string>();
        for (var seed = first; seed <= last; seed++)
        {
            await using var test = await TestDatabase.CreateAsync("sqlite", FixedClock.At("2025-02-01"));
            var here = await ExposedAsync(test.Database, await RandomForbund.MakeAsync(test, seed), isKept: true);
            output.WriteLine($"{seed}: {here.Count}");
            exposed.AddRange(here.Select(e => $"{seed}: {e}"));
        }

        exposed.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_report_that_is_made_again_from_the_same_register_is_the_same()
    {
        await using var fixture = await ReportFixture.SmallAsync();
        var first = await KeepAsync(fixture.Test.Database, fixture.Forbund, "arsredovisning");
        await KeepAsync(fixture.Test.Database, fixture.Forbund, "projektredovisning");

        var again = await KeepAsync(fixture.Test.Database, fixture.Forbund, "arsredovisning");

        Told(again).ShouldBe(Told(first));

        static List<string> Told(BuiltReport report) =>
            [.. report.ToKeep("prov", null, null).Cells.Select(c => $"{c.Ordinal} {c.Statistic} {c.Insats} {c.Gender} {c.State} {c.Value} {c.N}")];
    }

    private static async Task<List<string>> ExposedAsync(FinsamDatabase database, ForbundRow forbund, bool isKept)
    {
        var files = new List<(string Name, byte[] Content)>();
        foreach (var report in new[] { "arsredovisning", "projektredovisning" })
        {
            var built = isKept ? await KeepAsync(database, forbund, report) : await BuildAsync(database, forbund, report);
            foreach (var ending in new[] { ".xlsx", ".html" })
                files.AddRange(ReportFiles.Make(built.Document, report, only: ending).Select(f => (f.Name, f.Content)));
        }

        var puzzle = PublicationAttack.Understand([.. files.Select(f => PublicationReader.Read(f.Name, f.Content)).OfType<PrintedDocument>()]);
        var result = PublicationAttack.On(files);
        var told = result.Numbers.Where(n => isKept && n.IsPrinted);
        return [.. result.Exposed.Concat(told).Select(n => $"{n.Kind} {n.Question}: {n.Lower}–{n.Upper} {string.Join("; ", Why(n))}")];

        // Of what is exposed apart nobody asks why, and it takes long to tell.
        IEnumerable<string> Why(AttackedNumber number) => isKept && number.Kind == AttackedKind.Count ? Reason.Of(puzzle, number) : [];
    }

    private static async Task<BuiltReport> KeepAsync(FinsamDatabase database, ForbundRow forbund, string report)
    {
        var built = await BuildAsync(database, forbund, report);
        await new PublicationStore(database).KeepAsync(built.ToKeep("prov", reason: null, replacesId: null));
        return built;
    }

    private static Task<BuiltReport> BuildAsync(FinsamDatabase database, ForbundRow forbund, string report) => new ReportBuilder(database).BuildAsync(new()
    {
        Forbund = forbund,
        Definition = ReportDefinition.Load(report),
        Year = RandomForbund.Year,
        Policy = PublicationPolicy.Minst5,
    });
}
