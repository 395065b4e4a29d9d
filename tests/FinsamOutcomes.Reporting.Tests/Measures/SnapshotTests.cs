using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Measures;

/// <summary>All that is counted in one snapshot is counted at one moment, whatever is saved meanwhile.</summary>
public sealed class SnapshotTests
{
    private static readonly DateOnly s_newYear = new(2024, 1, 1);

    [Theory, ClassData(typeof(Engines))]
    public async Task Every_sum_holds_a_hundred_times_while_somebody_registers_and_changes_between_the_measures(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        var iris = register.Insats("IRIS");
        int[] insatser = [iris, register.Insats("Insam", iris), register.Insats("Steget")];
        for (var i = 0; i < 60; i++)
            register.Participation(register.Person(i % 2 == 0 ? "woman" : "man"), insatser[i % 3], "2023-10-05", i % 3 == 0 ? "2024-05-01" : null);
        await register.SaveAsync();
        var writer = new RandomEdits(test.Database, register.ForbundId, insatser);
        var seen = new HashSet<double>();

        for (var i = 0; i < 100; i++)
        {
            await using var snapshot = await MeasureSnapshot.OpenAsync(test.Database, register.ForbundId, TestContext.Current.CancellationToken);
            var all = await CountAsync("deltaganden", MeasureDimensions.None);
            seen.Add(Value(all, "in_period"));
            var parts = await CountAsync("deltaganden", MeasureDimensions.Insats | MeasureDimensions.Gender);
            var months = await CountAsync("deltaganden", MeasureDimensions.None, PeriodKind.Month);
            foreach (var statistic in new[] { "in_period", "new", "ended", "ongoing_at_end" })
            {
                foreach (var insats in parts.Where(c => c.Statistic == statistic && c.Gender == MeasureCell.All))
                    parts.Where(c => c.Statistic == statistic && c.Insats == insats.Insats && c.Gender != MeasureCell.All).Sum(c => c.Value)
                        .ShouldBe(insats.Value, $"{statistic}, {insats.Insats}: women, men and unknown");
                // Insam is a delprojekt, counted in IRIS too.
                parts.Where(c => c.Statistic == statistic && c.Gender == MeasureCell.All && c.Insats is ("IRIS" or "Steget")).Sum(c => c.Value)
                    .ShouldBe(Value(all, statistic), $"{statistic}: insatser");
            }

            foreach (var statistic in new[] { "new", "ended" })
                months.Where(c => c.Statistic == statistic).Sum(c => c.Value).ShouldBe(Value(all, statistic), $"{statistic}: months");
            months.Last(c => c.Statistic == "ongoing_at_end").Value.ShouldBe(Value(all, "ongoing_at_end"));

            var exits = Value(all, "ended");
            var reasons = (await CountAsync("avslutsorsaker", MeasureDimensions.None)).Where(c => c.Statistic == "count").ToList();
            reasons.Single(c => c.Category == MeasureCell.All).Value.ShouldBe(exits);
            reasons.Where(c => c.Category != MeasureCell.All).Sum(c => c.Value).ShouldBe(exits, "reasons");
            (await CountAsync("positiva-avslut", MeasureDimensions.Gender)).Single(c => c.Gender == MeasureCell.All).Denominator.ShouldBe((long)exits);
            // Each person of this register has one participation.
            Value(await CountAsync("personer", MeasureDimensions.None), "in_period").ShouldBe(Value(all, "in_period"));
            var time = await CountAsync("tid-till-avslut", MeasureDimensions.None);
            (Value(time, "participations"), Value(time, "still_in")).ShouldBe((Value(all, "in_period"), Value(all, "ongoing_at_end")));
            foreach (var measure in new[] { "sysselsattning", "forsorjning" })
                (await CountAsync(measure, MeasureDimensions.None)).Where(c => c.Statistic is "n_paired" or "n_before_only" or "n_after_only" or "n_neither")
                    .Sum(c => c.Value).ShouldBe(exits, measure);

            async Task<IReadOnlyList<MeasureCell>> CountAsync(string measure, MeasureDimensions by, PeriodKind per = PeriodKind.None)
            {
                var cells = await snapshot.ComputeAsync(new MeasureRequest
                {
                    Measure = measure,
                    ForbundId = register.ForbundId,
                    From = s_newYear,
                    To = new(2024, 12, 31),
                    By = by,
                    Per = per,
                });
                await writer.ChangeAsync();
                return cells;
            }
        }

        seen.Count.ShouldBeGreaterThan(50, "somebody has registered all the while");

        static double Value(IEnumerable<MeasureCell> cells, string statistic) => cells.Single(c => c.Statistic == statistic).Value!.Value;
    }

    [Fact]
    public async Task Requests_that_differ_in_what_they_are_divided_by_give_what_each_gives_alone()
    {
        await using var fixture = await Reports.ReportFixture.SmallAsync();
        MeasureDimensions[] ways =
        [
            MeasureDimensions.Insats | MeasureDimensions.Gender | MeasureDimensions.Age,
            MeasureDimensions.None,
            MeasureDimensions.Gender,
            MeasureDimensions.Insats,
            MeasureDimensions.Age,
        ];
        await using var together = await MeasureSnapshot.OpenAsync(fixture.Test.Database, fixture.Forbund.Id);
        foreach (var measure in new[] { "deltaganden", "personer", "ko", "tid-till-avslut", "positiva-avslut", "avslutsorsaker", "forsorjning", "sjalvskattning" })
        {
            foreach (var by in ways)
            {
                var request = new MeasureRequest
                {
                    Measure = measure,
                    ForbundId = fixture.Forbund.Id,
                    From = s_newYear,
                    To = new(2024, 12, 31),
                    By = by,
                };
                var alone = await fixture.Test.Database.MeasureAsync(request);
                Told(await together.ComputeAsync(request)).ShouldBe(Told(alone), $"{measure} by {by}");
            }
        }

        static List<string> Told(IEnumerable<MeasureCell> cells) =>
        [
            .. cells.Select(c => Reports.ReportFixture.Text(
                $"{c.Statistic} {c.Insats} {c.Gender} {c.AgeGroup} {c.FromCategory} {c.Category} {c.State} {c.Value} {c.Numerator} {c.Denominator} {c.N}")),
        ];
    }
}
