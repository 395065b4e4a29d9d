namespace FinsamOutcomes.Benchmarks.Measuring;

/// <summary>Something run several times beside what it is measured against.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Against">What it is measured against.</param>
/// <param name="Costs">One for each run.</param>
/// <param name="BaseCosts">One for each run, taken just before or after.</param>
internal sealed record Comparison(string Name, string Against, IReadOnlyList<Cost> Costs, IReadOnlyList<Cost> BaseCosts)
{
    /// <summary>The ratio that is the goal; null when there is none.</summary>
    public double? Goal { get; init; }

    /// <summary>Ratio of wall times, run by run: a load that comes and goes meets both of a pair.</summary>
    public Spread Ratio => Spread.Of(Costs.Zip(BaseCosts, (a, b) => a.Wall / b.Wall));

    public Spread CpuRatio => Spread.Of(Costs.Zip(BaseCosts, (a, b) => a.Cpu / b.Cpu));

    public Spread Wall => Spread.Of(Costs.Select(c => c.Wall));

    public Spread BaseWall => Spread.Of(BaseCosts.Select(c => c.Wall));

    public Spread Peak => Spread.Of(Costs.Select(c => (double)c.PeakBytes));

    /// <summary>Runs both once to warm the disk, then in turns, who goes first changing each time.</summary>
    public static Comparison Run(string name, Func<Cost> measured, string against, Func<Cost> reference, int runs)
    {
        Console.Error.WriteLine($"  {name} …");
        measured();
        reference();
        var (costs, baseCosts) = (new List<Cost>(), new List<Cost>());
        for (var i = 0; i < runs; i++)
        {
            if (i % 2 == 0)
                costs.Add(measured());
            baseCosts.Add(reference());
            if (i % 2 == 1)
                costs.Add(measured());
        }

        return new Comparison(name, against, costs, baseCosts);
    }
}

/// <summary>Median, least and greatest.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct Spread(double Median, double Min, double Max)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var half = sorted.Length / 2;
        return new Spread(sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2, sorted[0], sorted[^1]);
    }
}
