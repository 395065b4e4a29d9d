namespace FinsamOutcomes.Benchmarks.Measuring;

/// <summary>Answer times in ms: half came within p50, nineteen of twenty within p95.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct Percentiles(double P50, double P95, int Count)
{
    public static Percentiles Of(IEnumerable<TimeSpan> times)
    {
        double[] sorted = [.. times.Select(t => t.TotalMilliseconds).Order()];
        // The nearest rank: a time that was really measured.
        double At(double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
        return sorted.Length == 0 ? default : new Percentiles(At(0.5), At(0.95), sorted.Length);
    }
}
