using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Tests.Reports;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Measures;

/// <summary>Pages count several measures at once, each in a session: none may ask for another within it.</summary>
public sealed class MeasureSessionTests
{
    [Fact]
    public async Task Each_measure_is_counted_in_one_session_also_with_a_definition_that_is_looked_up()
    {
        await using var fixture = await ReportFixture.CreateAsync();
        await fixture.InsatserAsync("Åkern;;individinriktad;individ;nej;2022-01-01;;");
        foreach (var info in MeasureCatalogue.All)
        {
            using var sessions = new OpenSessions();
            await fixture.Test.Database.MeasureAsync(new MeasureRequest
            {
                Measure = info.Name,
                ForbundId = fixture.Forbund.Id,
                From = new DateOnly(2024, 1, 1),
                To = new DateOnly(2024, 12, 31),
                Insats = info.Dimensions.HasFlag(MeasureDimensions.Insats) ? "Åkern" : null,
                Definition = info.TakesPositiveDefinition && info.Name != "sjalvskattning" ? "arbete-eller-studier" : null,
            });
            sessions.Most.ShouldBe(1, info.Name);
        }
    }

    [Fact]
    public async Task However_many_ask_at_once_no_more_are_counted_than_the_machine_takes_on()
    {
        await using var fixture = await ReportFixture.SmallAsync();
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, 200), ports);
        using var sessions = new OpenSessions();
        var request = new MeasureRequest
        {
            Measure = "positiva-avslut",
            ForbundId = fixture.Forbund.Id,
            From = new DateOnly(2024, 1, 1),
            To = new DateOnly(2024, 12, 31),
            By = MeasureDimensions.Gender | MeasureDimensions.Insats,
        };
        await Task.WhenAll(Enumerable.Range(0, 150)
            .Select(_ => Task.Run(() => fixture.Test.Database.MeasureAsync(request))));
        sessions.Most.ShouldBeInRange(1, Math.Clamp(2 * Environment.ProcessorCount, 4, 32));
    }
}
