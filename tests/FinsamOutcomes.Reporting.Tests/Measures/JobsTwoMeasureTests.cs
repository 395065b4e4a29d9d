using System.Text.Json;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Measures;

/// <summary>The real experiment through the real importer and the real SQL, against what R gives for the source table.</summary>
public sealed class JobsTwoMeasureTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Every_figure_that_R_gives_for_JOBS_II_is_computed_to_six_digits(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var forbundId = await new ForbundStore(test.Database).AddAsync(new NewForbund { Name = "JOBS" });
        var importer = new Importer(test.Database, forbundId);
        foreach (
            var (kind, file) in new[]
            {
                (ImportKind.Insatser, "insatser"),
                (ImportKind.Instrument, "instrument"),
                (ImportKind.Deltagare, "deltagare"),
                (ImportKind.Sjalvskattning, "sjalvskattning"),
            })
            (await importer.ImportAsync(kind, SharedData.Path($"jobs2/{file}.csv"))).IsValid.ShouldBeTrue();

        var positive = await ComputeAsync("positiva-avslut", MeasureDimensions.Insats | MeasureDimensions.Gender);
        var gap = await ComputeAsync("konsskillnad", MeasureDimensions.Insats);
        var assessments = await ComputeAsync("sjalvskattning", MeasureDimensions.Insats | MeasureDimensions.Gender);

        using var expected = JsonDocument.Parse(await File.ReadAllTextAsync(SharedData.Path("jobs2/expected.json")));
        foreach (var group in expected.RootElement.EnumerateObject())
        {
            var (arm, who) = (group.Name.Split('|')[0], group.Name.Split('|')[1]);
            var insats = arm switch { "booklet" => "JOBS II broschyr", "workshop" => "JOBS II verkstad", _ => MeasureCell.All };
            if (who == "women_minus_men")
            {
                var difference = gap.Single(c => c.Insats == insats && c.Statistic == "difference");
                Same(difference.Value, group.Value.GetProperty("difference"));
                Same(difference.Lower, group.Value.GetProperty("newcombe95")[0]);
                Same(difference.Upper, group.Value.GetProperty("newcombe95")[1]);
                Same(gap.Single(c => c.Insats == insats && c.Statistic == "fisher_p").Value, group.Value.GetProperty("fisher_p_two_sided"));
                continue;
            }

            var gender = who == "all" ? MeasureCell.All : who;
            var share = positive.Single(c => c.Insats == insats && c.Gender == gender);
            Same(share.Numerator, group.Value.GetProperty("positive"));
            Same(share.N, group.Value.GetProperty("n"));
            Same(share.Value, group.Value.GetProperty("share"));
            Same(share.Lower, group.Value.GetProperty("wilson95")[0]);
            Same(share.Upper, group.Value.GetProperty("wilson95")[1]);
            var items = assessments.Where(c => c.Insats == insats && c.Gender == gender).ToDictionary(c => c.Statistic);
            Same(items["n_paired"].Value, group.Value.GetProperty("n"));
            Same(items["mean_before"].Value, group.Value.GetProperty("before_mean"));
            Same(items["mean_after"].Value, group.Value.GetProperty("after_mean"));
            Same(items["mean_change"].Value, group.Value.GetProperty("change_mean"));
            Same(items["mean_change"].Lower, group.Value.GetProperty("change_t95")[0]);
            Same(items["mean_change"].Upper, group.Value.GetProperty("change_t95")[1]);
            Same(items["improved"].Value, group.Value.GetProperty("improved"));
            Same(items["unchanged"].Value, group.Value.GetProperty("unchanged"));
            Same(items["worse"].Value, group.Value.GetProperty("worse"));
            Same(items["wilcoxon_v"].Value, group.Value.GetProperty("wilcoxon_V"));
            Same(items["wilcoxon_p"].Value, group.Value.GetProperty("wilcoxon_p_normal_cc"));
            items["share_improved"].Numerator.ShouldBe((long)items["improved"].Value!.Value);
            items.Values.ShouldAllBe(c => c.Definition == "HSCL" && c.Category == "nedstamdhet");
        }

        Task<IReadOnlyList<MeasureCell>> ComputeAsync(string measure, MeasureDimensions by) => test.Database.MeasureAsync(new MeasureRequest
        {
            Measure = measure,
            ForbundId = forbundId,
            From = new DateOnly(1991, 1, 1),
            To = new DateOnly(1991, 12, 31),
            By = by,
        });
    }

    private static void Same(double? actual, JsonElement expected) =>
        actual.ShouldNotBeNull().ShouldBe(expected.GetDouble(), Math.Abs(expected.GetDouble()) * 5e-7);
}
