using FinsamOutcomes.Reporting.Publishing;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>
/// What differs between a kept publication and today, sorted by what a reader can see of it; each place once, though its number
/// stands in several tables.
/// </summary>
public sealed class DifferenceWords
{
    public DifferenceWords(PublicationComparison comparison, NumberWords words)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(words);
        var once = comparison.Differences.DistinctBy(d => (words.Measure(d.Then.Told), words.Of(d.Then.Told))).ToList();
        KeptBack = once.Count(d => d.IsKeptBack);
        var told = once.Where(d => !d.IsKeptBack).ToLookup(d => NumberWords.Value(d.Then) == Now(d));
        (Seen, TooSmallToSee) = ([.. told[false]], told[true].Count());
    }

    /// <summary>Those that can be seen.</summary>
    public IReadOnlyList<PublicationDifference> Seen { get; }

    /// <summary>How many are others by less than their decimals show.</summary>
    public int TooSmallToSee { get; }

    /// <summary>How many are others that are kept back, then and now: which they are is not told.</summary>
    public int KeptBack { get; }

    /// <summary><c>68 tal har ändrats, och dessutom 5 som inte visas.</c></summary>
    public string Sentence
    {
        get
        {
            var parts = new List<string> { Swedish.Counted(Seen.Count, "tal har ändrats", "tal har ändrats") };
            if (TooSmallToSee > 0)
                parts.Add($"dessutom {Swedish.Count(TooSmallToSee)} med mindre än vad som visas");
            if (KeptBack > 0)
                parts.Add($"dessutom {Swedish.Count(KeptBack)} som inte visas");
            return Swedish.Sentence(string.Join(", ", parts));
        }
    }

    /// <summary>The number of today, in words.</summary>
    public static string Now(PublicationDifference difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        return difference.Now is { } now ? NumberWords.Value(now) : "räknas inte längre";
    }
}
