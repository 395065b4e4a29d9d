using BenchmarkDotNet.Attributes;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Benchmarks.Timings;

/// <summary>The arithmetic behind the charts, on as much as a förbund has in some years and on as much as one never has.</summary>
[MemoryDiagnoser]
public class StatisticsTimings
{
    private Share[] _months = [];
    private FollowedTime[] _participations = [];
    private CompetingTime[] _competing = [];
    private double[] _differences = [];

    [Params(60, 5000)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(1);
        _months = [.. Enumerable.Range(0, Size).Select(_ => Share.Of(random.Next(0, 21), 20 + random.Next(0, 21)))];
        _competing = [.. Enumerable.Range(0, Size).Select(_ => new CompetingTime(random.Next(0, 900), (FollowUpEnd)random.Next(0, 3)))];
        _participations = [.. _competing.Select(s => new FollowedTime(s.Days, HasEnded: s.End != FollowUpEnd.StillIn))];
        _differences = [.. Enumerable.Range(0, Size).Select(_ => random.Next(-40, 41) / 10.0)];
    }

    [Benchmark]
    public PChart ControlChart() => PChart.Of(_months);

    [Benchmark]
    public FunnelPlot Funnel() => FunnelPlot.Of(_months);

    [Benchmark]
    public KaplanMeier Remaining() => KaplanMeier.Of(_participations);

    [Benchmark]
    public AalenJohansen Incidence() => AalenJohansen.Of(_competing);

    [Benchmark]
    public WilcoxonSignedRank SignedRanks() => WilcoxonSignedRank.Of(_differences);

    [Benchmark]
    public double Fisher() => FisherExact.TwoSided(Size / 3, Size / 2, Size / 4, Size);
}
