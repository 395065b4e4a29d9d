namespace FinsamOutcomes.Statistics;

/// <summary>
/// The move that always exists where nothing but zeros is shown: relations without constants hold of twice and three times
/// all the counts as of the counts themselves.
/// </summary>
internal static class Multiplication
{
    /// <summary>All that hangs together with the count, once and twice added to itself; null where some of it can't change.</summary>
    public static Move? Of(CountNetwork network, Hiding hiding, int count)
    {
        var part = new List<int> { count };
        var isIn = new HashSet<int>(part);
        for (var i = 0; i < part.Count; i++)
        {
            if (network.Values[part[i]] == 0 || hiding.Leaving(part[i], network.Values[part[i]], Move.OnceAndTwice) is null)
                return null;
            foreach (var (relation, _) in network.UsesOf(part[i]))
            {
                foreach (var (other, _) in network.TermsOf(relation))
                {
                    if (network.Values[other] != 0 && isIn.Add(other))
                        part.Add(other);
                }
            }
        }

        return new([.. part.Order().Select(other => new CountChange(other, network.Values[other]))], Move.OnceAndTwice);
    }
}
