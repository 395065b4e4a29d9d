using System.Diagnostics;
using System.Globalization;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Reporting.Tests.Publishing.Attack;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Publishing;

/// <summary>What protection costs beside counting. Processor time of the whole process: run it alone to compare.</summary>
public sealed class ProtectionTimeTests(ITestOutputHelper output)
{
    private const int First = 6;
    private const int Times = 6;

    [Theory]
    [InlineData(7)]
    [InlineData(11)]
    public async Task Protecting_the_annual_report_of_forty_insatser_takes_less_time_than_counting_it(int seed)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("FINSAM_LONG") is null, "FINSAM_LONG is not set: what else runs would be measured too.");
        await using var test = await TestDatabase.CreateAsync("sqlite", FixedClock.At("2025-02-01"));
        var forbund = await RandomForbund.MakeAsync(test, seed, insatser: 40, participations: 3000);
        var (counting, protecting) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var i = 0; i < First + Times; i++)
        {
            var (counted, own) = (TimeSpan.Zero, TimeSpan.Zero);
            var before = Used();
            await new ReportBuilder(test.Database)
            {
                Protect = numbers =>
                {
                    counted = Used() - before;
                    before = Used();
                    var protection = Publication.Protect(numbers);
                    own = Used() - before;
                    return protection;
                },
            }.BuildAsync(new() { Forbund = forbund, Definition = ReportDefinition.Load("arsredovisning"), Year = RandomForbund.Year });

            // The first are compiled while they run.
            if (i >= First)
                (counting, protecting) = (counting + counted, protecting + own);
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"seed {seed}: counting {counting.TotalSeconds / Times:F3} s, protecting {protecting.TotalSeconds / Times:F3} s of processor time"));
        protecting.ShouldBeLessThan(counting);
    }

    private static TimeSpan Used() => Process.GetCurrentProcess().TotalProcessorTime;
}
