using System.Runtime.InteropServices;

namespace FinsamOutcomes.Statistics;

/// <summary>
/// Counts, and the linear relations between them that a reader of a publication knows: whole numbers that are never
/// negative, sums, and counts that are at most another. Every relation holds of the true values.
/// </summary>
public sealed class CountSystem
{
    private readonly List<Entry> counts = [];
    private readonly List<CountRelation> relations = [];

    /// <summary>How many counts there are; their indexes are 0 and up.</summary>
    public int Count => counts.Count;

    internal IReadOnlyList<CountRelation> Relations => relations;

    internal Entry this[int count] => counts[count];

    /// <summary>Adds a count and returns its index.</summary>
    /// <param name="value">The true count.</param>
    /// <param name="isPublished">It is printed somewhere, shown or hidden.</param>
    /// <param name="cost">What is lost by hiding it, over 0. The larger, the longer it is kept.</param>
    /// <param name="isKnown">The reader has it from elsewhere (an earlier publication): it is shown whatever is decided.</param>
    /// <param name="isKindKnown">The reader has from elsewhere that it is hidden, and of which kind: 1–4, or 0 and at least 5.</param>
    /// <param name="isHidden">The reader has from elsewhere that it is hidden, and nothing more: it stays so, and is protected as such.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative count, or a cost that isn't over 0 and finite.</exception>
    public int Add(long value, bool isPublished, double cost, bool isKnown = false, bool isKindKnown = false, bool isHidden = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        if (!(cost > 0) || double.IsInfinity(cost))
            throw new ArgumentOutOfRangeException(nameof(cost), cost, "A cost is over 0 and finite.");
        counts.Add(new(value, isPublished, cost, isKnown, isKindKnown, isHidden));
        return counts.Count - 1;
    }

    /// <summary>The total is the sum of the parts.</summary>
    /// <exception cref="ArgumentException">It isn't, or a count stands in it twice.</exception>
    public void Sum(int total, IReadOnlyList<int> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Append(total).Distinct().Count() != parts.Count + 1)
            throw new ArgumentException("A count stands in the sum twice.", nameof(parts));
        long sum = parts.Sum(part => counts[part].Value);
        if (sum != counts[total].Value)
            throw new ArgumentException($"The parts are {sum}, the total is {counts[total].Value}.", nameof(parts));
        relations.Add(new(total, [.. parts], IsSum: true));
    }

    /// <summary>One count is at most another.</summary>
    /// <exception cref="ArgumentException">It is more.</exception>
    public void AtMost(int less, int more)
    {
        if (counts[less].Value > counts[more].Value)
            throw new ArgumentException($"{counts[less].Value} is more than {counts[more].Value}.", nameof(less));
        if (less != more)
            relations.Add(new(more, [less], IsSum: false));
    }

    /// <summary>Some counts together are at most another.</summary>
    /// <exception cref="ArgumentException">They are more.</exception>
    public void AtMost(IReadOnlyList<int> parts, int whole)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Sum(part => counts[part].Value) > counts[whole].Value)
            throw new ArgumentException("The parts are more than the whole.", nameof(parts));
        relations.Add(new(whole, [.. parts], IsSum: false));
    }

    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Entry(long Value, bool IsPublished, double Cost, bool IsKnown, bool IsKindKnown, bool IsHidden);
}

/// <summary>The parts together are the whole (<paramref name="IsSum"/>), or at most the whole.</summary>
internal sealed record CountRelation(int Whole, IReadOnlyList<int> Parts, bool IsSum);
