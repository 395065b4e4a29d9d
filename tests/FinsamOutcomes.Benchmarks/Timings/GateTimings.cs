using BenchmarkDotNet.Attributes;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Benchmarks.Timings;

/// <summary>What the publishing gate adds to a table: shares, every third of which rests on fewer than 5.</summary>
[MemoryDiagnoser]
public class GateTimings
{
    private MeasureCell[] _cells = [];

    [Params(PublicationPolicy.Minst5, PublicationPolicy.AvrundatTill5)]
    public PublicationPolicy Policy { get; set; }

    [Params(100, 10_000)]
    public int Cells { get; set; }

    [GlobalSetup]
    public void Fill() =>
        _cells = [.. Enumerable.Range(0, Cells).Select(i =>
        {
            var share = Share.Of(i % 3 == 0 ? 1 + i % 4 : 20 + i % 20, 60);
            return new MeasureCell
            {
                Measure = "positiva-avslut",
                Definition = null,
                Statistic = "share",
                PeriodFrom = new DateOnly(2024, 1, 1),
                PeriodTo = new DateOnly(2024, 12, 31),
                Value = share.Value,
                Numerator = share.Numerator,
                Denominator = share.Denominator,
                Lower = share.Lower,
                Upper = share.Upper,
                N = share.Denominator,
                State = CellState.Shown,
            };
        })];

    [Benchmark]
    public IReadOnlyList<MeasureCell> Gate() => new PublishingGate(Policy).Apply(_cells);
}
