using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Import;

/// <summary>A whole register out in files and into an empty database is the same register, row by row.</summary>
public sealed class RoundTripTests
{
    private const int Persons = 5_000;

    [Theory, ClassData(typeof(Engines))]
    public async Task Five_thousand_people_with_all_that_makes_codes_hard_come_back_the_same(string engine)
    {
        await using var fixture = await ImportFixture.CreateAsync(engine);
        var random = new Random(5000);
        var rows = new List<string> { ImportFixture.Deltagare };
        for (var i = 0; i < Persons; i++)
        {
            var code = Code(random, i);
            var insats = i % 3 == 0 ? "Åkern" : "Insam";
            var start = new DateOnly(2021, 1, 1).AddDays(random.Next(300));
            var (gender, born) = (i % 2 == 0 ? "kvinna" : "man", 1950 + (i % 50));
            rows.Add($"{code};{insats};{gender};{born};gymnasium;{start:yyyy-MM-dd};{start.AddDays(30):yyyy-MM-dd};arbete");

            // Some come back, a few the same day.
            if (i % 4 == 0)
                rows.Add($"{code};{insats};{gender};{born};;{start.AddDays(i % 8 == 0 ? 30 : 400):yyyy-MM-dd};;");
        }

        var filled = await fixture.ImportAsync(ImportKind.Deltagare, [.. rows]);
        filled.Problems.Kept.Where(p => !p.Rule.IsWarning).ShouldBeEmpty();

        // Every hundredth is one with the person after, where nothing stands in the way.
        var merges = new ParticipantMergeStore(fixture.Test.Database);
        var merged = 0;
        for (var i = 0; i + 101 < Persons; i += 100)
        {
            var (kept, other) = (await FindAsync(i), await FindAsync(i + 101));
            if ((await merges.PreviewAsync(fixture.ForbundId, kept.Id, other.Id, 0))!.Hindrances.Count > 0)
                continue;
            await merges.MergeAsync(
                new NewMerge { ForbundId = fixture.ForbundId, KeptId = kept.Id, KeptVersion = kept.Version, MergedId = other.Id, MergedVersion = other.Version });
            merged++;
        }

        merged.ShouldBeGreaterThan(20);
        // What is only counted, and the sums of the förbund.
        await fixture.AddSumsAsync();
        var answers = await fixture.ImportAsync(
            ImportKind.Sjalvskattning,
            [
                ImportFixture.Sjalvskattning,
                .. Enumerable.Range(0, 500).Select(i => (i * 4) + 2).Select(i =>
                    $"ÅÄÖ-{i};{(i % 3 == 0 ? "Åkern" : "Insam")};Min väg;start;2021-11-01;halsa;{(i % 10) + 1}"),
            ]);
        answers.Problems.Errors.ShouldBe(0);

        // Into the other engine, where there is a server.
        await using var empty = await ImportFixture.CreateAsync(engine == "sqlite" && TestDatabase.Server is not null ? "sqlserver" : "sqlite", isEmpty: true);
        foreach (var kind in ImportFormat.All.Select(f => f.Kind))
        {
            var file = await fixture.ExportAsync(kind);
            var read = await empty.ImportAsync(kind, file);
            read.Problems.Kept.Where(p => !p.Rule.IsWarning).ShouldBeEmpty();
            (await empty.ExportAsync(kind)).ShouldBe(file);
        }

        (await empty.CountsAsync()).ShouldBe((Persons - merged, rows.Count - 1));

        async Task<ParticipantRow> FindAsync(int i) =>
            (await new ParticipantStore(fixture.Test.Database).FindAsync(fixture.ForbundId, $"ÅÄÖ-{i}"))!;
    }

    // One form of each number, spelt in one of the ways people do.
    private static string Code(Random random, int i)
    {
        var (letters, dash) = (random.Next(3) switch { 0 => "åäö", 1 => "A\u030AA\u0308O\u0308", _ => "ÅÄÖ" }, random.Next(3) switch { 0 => "\u2013", 1 => "\u2011", _ => "-" });
        return $"{letters}{dash}{i}";
    }
}
