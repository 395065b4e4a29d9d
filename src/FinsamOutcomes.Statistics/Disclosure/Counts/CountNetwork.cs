using System.Runtime.InteropServices;

namespace FinsamOutcomes.Statistics;

/// <summary>
/// A <see cref="CountSystem"/> in flat arrays, to be walked both ways: the terms of each relation, and where each count is
/// a term. A relation says that Σ sign · count, parts +1 and whole −1, is 0 or, for "at most", not above 0.
/// </summary>
internal sealed class CountNetwork
{
    private readonly Term[][] terms;
    private readonly Term[][] uses;

    public CountNetwork(CountSystem system)
    {
        Values = [.. Enumerable.Range(0, system.Count).Select(i => system[i].Value)];
        IsSum = [.. system.Relations.Select(r => r.IsSum)];
        Slack = [.. system.Relations.Select(r => Values[r.Whole] - r.Parts.Sum(part => Values[part]))];
        terms = [.. system.Relations.Select(r => (Term[])[.. r.Parts.Select(part => new Term(part, 1)), new(r.Whole, -1)])];

        var places = new List<Term>[system.Count];
        for (var i = 0; i < places.Length; i++)
            places[i] = [];
        for (var r = 0; r < terms.Length; r++)
        {
            foreach (var term in terms[r])
                places[term.Index].Add(new(r, term.Sign));
        }

        uses = [.. places.Select(p => p.ToArray())];
    }

    /// <summary>The true counts.</summary>
    public long[] Values { get; }

    /// <summary>Whether a relation is a sum; else it is "at most".</summary>
    public bool[] IsSum { get; }

    /// <summary>How much the whole is above its parts in truth: 0 for a sum.</summary>
    public long[] Slack { get; }

    public int Relations => terms.Length;

    /// <summary>The counts of a relation.</summary>
    public ReadOnlySpan<Term> TermsOf(int relation) => terms[relation];

    /// <summary>The relations of a count.</summary>
    public ReadOnlySpan<Term> UsesOf(int count) => uses[count];

    /// <summary>A count in a relation (or a relation of a count), and its sign there.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Term(int Index, int Sign);
}
