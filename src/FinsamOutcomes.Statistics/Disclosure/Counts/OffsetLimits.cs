namespace FinsamOutcomes.Statistics;

/// <summary>
/// How much the signed sum of the changes in a relation may be when every multiple of them is to keep it: 0 in a sum; in
/// "at most", as much as the distance between the two counts leaves.
/// </summary>
internal sealed class OffsetLimits
{
    private readonly long[] lowest;
    private readonly long[] highest;

    public OffsetLimits(CountNetwork network, int[] multiples)
    {
        (lowest, highest) = (new long[network.Relations], new long[network.Relations]);
        for (var r = 0; r < network.Relations; r++)
        {
            if (network.IsSum[r])
                continue;
            (lowest[r], highest[r]) = (long.MinValue, long.MaxValue);
            foreach (int multiple in multiples)
            {
                if (multiple > 0)
                    highest[r] = Math.Min(highest[r], network.Slack[r] / multiple);
                else
                    lowest[r] = Math.Max(lowest[r], network.Slack[r] / multiple);
            }
        }
    }

    /// <summary>What the sum lacks to be within the limits; 0 when it is.</summary>
    public long Missing(int relation, long offset) =>
        offset > highest[relation] ? highest[relation] - offset : offset < lowest[relation] ? lowest[relation] - offset : 0;
}
