using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Tests.Publishing;
using FinsamOutcomes.Statistics;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Measures;

/// <summary>The measure of time to exit: what is counted, and that it agrees with the median and the shares beside it.</summary>
public sealed class TimeToExitTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Who_left_how_and_who_is_still_in_is_counted_day_by_day(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        var insats = register.Insats("A");
        // Ten who came in January: two to work after 20 days, three ill after 50, one to work after 80, and four still in.
        register.Participations_of(2, "woman", insats, "2024-01-10", "2024-01-30", "arbete");
        register.Participations_of(3, "woman", insats, "2024-01-10", "2024-02-29", "sjukdom");
        register.Participations_of(1, "woman", insats, "2024-01-10", "2024-03-30", "studier");
        register.Participations_of(4, "woman", insats, "2024-01-10", null, null);
        await register.SaveAsync();

        var cells = await register.ComputeAsync("tid-till-avslut", "2024-01-01", "2024-04-30");

        // By hand: all are followed to day 111. Of ten 8 are in after day 30, 5 after 60, 4 after 90; two, two and three have gone to work or studies.
        Values("at_risk").ShouldBe([10, 8, 5, 4, 0]);
        Values("remaining").ShouldBe([1, 0.8, 0.5, 0.4, null]);
        Values("positive").ShouldBe([0, 0.2, 0.2, 0.3, null]);
        Values("other").ShouldBe([0, 0, 0.3, 0.3, null]);
        cells.Where(c => c.Category is null).Select(c => (c.Statistic, c.Value)).ShouldBe([("participations", 10), ("still_in", 4)]);
        var first = cells.Single(c => c is { Statistic: "remaining", Category: "30" });
        // R: summary(survfit(Surv(c(20,20,50,50,50,80,rep(111,4)), c(1,1,1,1,1,1,0,0,0,0)) ~ 1, conf.type = "log-log"), times = 30).
        (Math.Round(first.Lower!.Value, 6), Math.Round(first.Upper!.Value, 6)).ShouldBe((0.408691, 0.945873));

        double?[] Values(string statistic) =>
            [.. cells.Where(c => c.Category is not null && c.Statistic == statistic).Select(c => c.Value is { } v ? Math.Round(v, 12) : (double?)null)];
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task An_exit_without_a_reason_is_no_positive_one_and_is_told(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var register = await SmallRegister.InAsync(test);
        var insats = register.Insats("A");
        register.Participations_of(6, "man", insats, "2024-01-10", "2024-01-30", null);
        register.Participations_of(4, "man", insats, "2024-01-10", "2024-01-30", "arbete");
        await register.SaveAsync();

        var cells = await register.ComputeAsync("tid-till-avslut", "2024-01-01", "2024-12-31");
        cells.Single(c => c is { Statistic: "positive", Category: "30" }).Value!.Value.ShouldBe(0.4, 1e-12);
        cells.Single(c => c.Statistic == "participations").Missing!.Number.ShouldBe(6);

        // Nobody's occupation is written down: 0 % would say that nobody began to work.
        var increase = await register.ComputeAsync("tid-till-avslut", "2024-01-01", "2024-12-31", definition: "borjade-eller-okade");
        increase.Where(c => c.Statistic is "positive" or "other").ShouldAllBe(c => c.State == CellState.NotAsked && c.Value == null);
        increase.Single(c => c is { Statistic: "remaining", Category: "30" }).Value.ShouldBe(0);
    }

    [Theory]
    [InlineData(PublicationPolicy.Internt)]
    [InlineData(PublicationPolicy.Minst5)]
    [InlineData(PublicationPolicy.AvrundatTill5)]
    public async Task The_curve_comes_down_to_one_half_between_the_marks_that_the_median_lies_between(PublicationPolicy policy)
    {
        var (crossings, random) = (0, new Random(7));
        for (var round = 0; round < 12; round++)
        {
            await using var test = await TestDatabase.CreateAsync("sqlite");
            var register = await SmallRegister.InAsync(test);
            var insats = register.Insats("A");
            for (var i = 0; i < 200; i++)
            {
                var started = new DateOnly(2023, 1, 1).AddDays(random.Next(700));
                var ended = started.AddDays((int)(-Math.Log(1 - random.NextDouble()) * (80 + 20 * round)));
                var (gender, reason) = (i % 2 == 0 ? "woman" : "man", i % 3 == 0 ? "arbete" : "sjukdom");
                register.Participation(register.Person(gender), insats, $"{started:yyyy-MM-dd}", $"{ended:yyyy-MM-dd}", reason);
            }

            await register.SaveAsync();
            var medians = await register.ComputeAsync("tid-i-insats", "2024-01-01", "2024-12-31", MeasureDimensions.Gender);
            var curves = (await register.ComputeAsync("tid-till-avslut", "2024-01-01", "2024-12-31", MeasureDimensions.Gender)).PublishedAs(policy);
            foreach (var gender in new[] { "woman", "man", MeasureCell.All })
            {
                var median = medians.Single(c => c.Statistic == "median_days" && c.Gender == gender).Value;
                var marks = curves.Where(c => c is { Statistic: "remaining", State: CellState.Shown } && c.Gender == gender)
                    .Select(c => (Days: int.Parse(c.Category!, System.Globalization.CultureInfo.InvariantCulture), Share: c.Value!.Value)).ToList();
                var at = marks.FindIndex(m => m.Share <= 0.5);
                if (at < 0)
                {
                    marks.ForEach(m => (median ?? double.MaxValue).ShouldBeGreaterThan(m.Days));
                    continue;
                }

                crossings++;
                // A median is the mean of two exits where the curve rests at exactly one half, and may then lie beyond the mark.
                median!.Value.ShouldBeGreaterThan(marks[at - 1].Days);
                if (marks[at].Share < 0.495)
                    median.Value.ShouldBeLessThanOrEqualTo(marks[at].Days);
            }
        }

        crossings.ShouldBeGreaterThan(policy == PublicationPolicy.Internt ? 20 : 5);
    }
}
