using System.Text;
using FinsamOutcomes.Data.Export;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Reporting.Tests.Publishing;
using FinsamOutcomes.Statistics;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Measures;

/// <summary>Files of shared/data/cases whose right result is a number: read in and counted.</summary>
public sealed class OfficeCountsTests
{
    private const MeasureDimensions ByInsats = MeasureDimensions.Insats | MeasureDimensions.Gender;

    [Fact]
    public async Task The_first_tertial_of_2024_is_counted_as_it_was_published()
    {
        await using var test = await TestDatabase.CreateAsync("sqlite", FixedClock.At("2024-04-30"));
        var cells = await CountAsync(test, "p1-suvs-2024-t1", "deltaganden", "2024-01-01", "2024-04-30");
        var persons = cells.Where(c => c.Statistic == "in_period").ToDictionary(c => (c.Insats, c.Gender), c => c.Value);
        (persons[("Lumena", "woman")], persons[("Lumena", "man")], persons[("Lumena", MeasureCell.All)]).ShouldBe((43, 28, 71));
        (persons[("Hoppet", "woman")], persons[("Hoppet", "man")], persons[("Hoppet", MeasureCell.All)]).ShouldBe((35, 37, 72));

        // An expression of interest is also one that still waits: no time in the insats yet.
        using var file = new MemoryStream();
        await new Exporter(test.Database, 1).ExportAsync(ImportKind.Deltagare, file);
        var rows = Encoding.UTF8.GetString(file.ToArray()).Split('\n').Where(r => r.Contains(";Resursteamen;", StringComparison.Ordinal)).ToList();
        (rows.Count(r => r.Contains(";kvinna;", StringComparison.Ordinal)), rows.Count(r => r.Contains(";man;", StringComparison.Ordinal))).ShouldBe((29, 33));
    }

    [Fact]
    public async Task The_first_tertial_of_2020_has_the_persons_and_the_shares_that_were_published()
    {
        await using var test = await TestDatabase.CreateAsync("sqlite", FixedClock.At("2020-04-30"));
        var persons = await CountAsync(test, "p5-suvs-2020-t1", "personer", "2020-01-01", "2020-04-30");
        persons.Single(c => c is { Insats: MeasureCell.All, Gender: MeasureCell.All, Statistic: "in_period" }).Value.ShouldBe(118);
        var positive = (await test.Database.MeasureAsync(Request("positiva-avslut", "2020-01-01", "2020-04-30"))).Where(c => c.Gender == MeasureCell.All)
            .ToDictionary(c => c.Insats);
        var (hoppet, team) = (positive["Hoppet"], positive["Resursteamen"]);
        (hoppet.Numerator, hoppet.Denominator, Rounding.Percent(hoppet.Value!.Value)).ShouldBe((4, 25, 16));
        (team.Numerator, team.Denominator, Rounding.Percent(team.Value!.Value)).ShouldBe((4, 30, 13));
    }

    [Fact]
    public async Task Three_women_can_not_be_worked_out_from_the_total_and_the_men()
    {
        await using var test = await TestDatabase.CreateAsync("sqlite", FixedClock.At("2026-11-27"));
        var cells = (await CountAsync(test, "c51-komplement", "personer", "2024-01-01", "2024-12-31")).Where(c => c.Statistic == "in_period").ToList();
        cells.Single(c => c is { Insats: "Språngbrädan", Gender: "woman" }).Value.ShouldBe(3);
        var told = cells.PublishedAs(PublicationPolicy.Minst5).Where(c => c.Insats == "Språngbrädan").ToDictionary(c => c.Gender);
        told["woman"].Value.ShouldBeNull();
        (told["man"].Value is null || told[MeasureCell.All].Value is null).ShouldBeTrue();
    }

    private static async Task<IReadOnlyList<MeasureCell>> CountAsync(TestDatabase test, string folder, string measure, string from, string to)
    {
        var importer = new Importer(test.Database, await new ForbundStore(test.Database).AddAsync(new NewForbund { Name = "Prov" }));
        var insatser = SharedData.Path(folder.StartsWith('p') ? $"cases/{folder}/insatser.csv" : "cases/bas-insatser.csv");
        (await importer.ImportAsync(ImportKind.Insatser, insatser)).IsSaved.ShouldBeTrue();
        (await importer.ImportAsync(ImportKind.Deltagare, SharedData.Path($"cases/{folder}/deltagare.csv"))).IsSaved.ShouldBeTrue();
        return await test.Database.MeasureAsync(Request(measure, from, to));
    }

    private static MeasureRequest Request(string measure, string from, string to) => new()
    {
        Measure = measure,
        ForbundId = 1,
        From = DateOnly.Parse(from),
        To = DateOnly.Parse(to),
        By = ByInsats,
    };
}
