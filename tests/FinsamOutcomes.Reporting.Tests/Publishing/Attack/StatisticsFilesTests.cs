using System.Globalization;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Publishing.Attack;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Reporting.StatisticsPage;
using FinsamOutcomes.Statistics;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Publishing.Attack;

/// <summary>
/// The files of one view of the statistics page, as they are published, attacked together: each hidden number keeps three possible
/// values, also for one who guesses well. More förbund than here are attacked when <c>FINSAM_LONG</c> says so, as in
/// <see cref="ProtectedTogetherTests"/>.
/// </summary>
public sealed class StatisticsFilesTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(2, 6, 120)]
    [InlineData(3, 12, 300)]
    public async Task Nothing_of_a_statistics_page_can_be_worked_out(int seed, int insatser, int participations)
    {
        await using var test = await TestDatabase.CreateAsync("sqlite", FixedClock.At("2025-02-01"));

        (await FaultsAsync(test, await RandomForbund.MakeAsync(test, seed, insatser, participations))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_gives_nothing_away_beside_a_report_that_was_kept()
    {
        var (apart, together) = (0, new List<string>());
        foreach (var (seed, insatser, participations) in new[] { (1, 3, 60), (2, 6, 120) })
        {
            await using var test = await TestDatabase.CreateAsync("sqlite", FixedClock.At("2025-02-01"));
            var forbund = await RandomForbund.MakeAsync(test, seed, insatser, participations);
            var report = await new ReportBuilder(test.Database).BuildAsync(new()
            {
                Forbund = forbund,
                Definition = ReportDefinition.Load("arsredovisning"),
                Year = RandomForbund.Year,
                Policy = PublicationPolicy.Minst5,
            });
            var files = new[] { ".xlsx", ".html" }.SelectMany(e => ReportFiles.Make(report.Document, "arsredovisning", only: e)).ToList();
            apart += (await ExposedAsync()).Count;
            await new PublicationStore(test.Database).KeepAsync(report.ToKeep("prov", reason: null, replacesId: null));
            together.AddRange(await ExposedAsync());

            async Task<List<string>> ExposedAsync()
            {
                var view = await new StatisticsService(test.Database).BuildAsync(forbund, Published(insatsId: null), TestContext.Current.CancellationToken);
                var result = PublicationAttack.On([.. await FilesAsync(view), .. files.Select(f => (f.Name, f.Content))]);
                return [.. result.Exposed.Select(n => $"{seed}: {n.Kind} {n.Question}: {n.Lower}–{n.Upper}")];
            }
        }

        output.WriteLine($"{apart} exposed when the page is protected by itself, {together.Count} beside the report");
        apart.ShouldBeGreaterThan(0, "else this tells nothing");
        together.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_of_many_statistics_pages_can_be_worked_out()
    {
        var seeds = Environment.GetEnvironmentVariable("FINSAM_LONG")?.Split('-').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToList();
        Assert.SkipWhen(seeds is null, "FINSAM_LONG is not set: it says how many random förbund to attack, or which seeds.");
        var faults = new List<string>();
        for (var seed = seeds!.Count == 1 ? 1 : seeds[0]; seed <= seeds[^1]; seed++)
        {
            await using var test = await TestDatabase.CreateAsync("sqlite", FixedClock.At("2025-02-01"));
            faults.AddRange(await FaultsAsync(test, await RandomForbund.MakeAsync(test, seed)));
        }

        faults.ShouldBeEmpty();
    }

    // The whole förbund and the insats that has most delprojekt in a year, and each insats in a month.
    private async Task<IReadOnlyList<string>> FaultsAsync(TestDatabase test, ForbundRow forbund)
    {
        var (service, faults) = (new StatisticsService(test.Database), new List<string>());
        var insatser = (await MeasureLabels.OfAsync(test.Database, forbund.Id, TestContext.Current.CancellationToken)).Insatser;
        var largest = insatser.Where(i => i.ParentId == 0).MaxBy(i => insatser.Count(p => p.ParentId == i.Id));
        StatisticsFilter[] filters =
        [
            Published(insatsId: null),
            Published(largest?.Id),
            .. insatser.Select((insats, at) => (insats.Id, First: new DateOnly(RandomForbund.Year, (at % 12) + 1, 1)))
                .Select(m => Published(m.Id) with { From = m.First, To = m.First.AddMonths(1).AddDays(-1) }),
        ];
        foreach (var filter in filters)
        {
            var view = await service.BuildAsync(forbund, filter, TestContext.Current.CancellationToken);
            var files = await FilesAsync(view);
            if (Environment.GetEnvironmentVariable("FINSAM_SAMPLES") is { } samples)
            {
                var folder = Directory.CreateDirectory(Path.Combine(samples, $"{forbund.Name}, statistik {view.Insats}")).FullName;
                files.ForEach(f => File.WriteAllBytes(Path.Combine(folder, f.Name), f.Content));
            }

            var puzzle = Understand(files);
            var open = await service.BuildAsync(forbund, filter with { IsPublished = false, IsExact = true }, TestContext.Current.CancellationToken);
            var result = HeldAgainstTruth.GuessingBest(puzzle, Understand(await FilesAsync(open)));
            output.WriteLine(
                $"{forbund.Name}, {view.Insats ?? "hela förbundet"}: {files.Count} files, {result.Numbers.Count} hidden, {result.Unfinished} unfinished");
            var here = result.Contradictions.Select(c => $"{forbund.Name} {view.Insats}: {c}").Concat(result.Exposed.Select(n =>
                $"{forbund.Name} {view.Insats}: {n.Kind} {n.Question}: {n.Lower}–{n.Upper} ({n.Places[0].Table}, {n.Places[0].Row}, {n.Places[0].Column})"
                + string.Concat(Why(puzzle, n).Select(w => "\n      " + w)))).ToList();
            here.ForEach(output.WriteLine);
            faults.AddRange(here);
        }

        return faults;
    }

    private static StatisticsFilter Published(int? insatsId) =>
        new() { From = new(RandomForbund.Year, 1, 1), To = new(RandomForbund.Year, 12, 31), InsatsId = insatsId, IsPublished = true };

    private static async Task<List<(string Name, byte[] Content)>> FilesAsync(StatisticsView view)
    {
        var files = new List<(string Name, byte[] Content)>();
        foreach (var part in view.Parts)
        {
            foreach (var format in StatisticsFiles.Formats(part).Except(["png"]))
                files.Add((await StatisticsFiles.MakeAsync(view, part, format, TestContext.Current.CancellationToken)).File is { } file
                    ? (file.Name, file.Content)
                    : throw new InvalidOperationException($"{part.Id} can't be saved as {format}."));
        }

        return files;
    }

    private static Puzzle Understand(List<(string Name, byte[] Content)> files) =>
        PublicationAttack.Understand([.. files.Select(f => PublicationReader.Read(f.Name, f.Content)).OfType<PrintedDocument>()]);

    private static IEnumerable<string> Why(Puzzle puzzle, AttackedNumber number) => number.Kind == AttackedKind.Count
        ? Reason.Of(puzzle, number)
        : [];
}
