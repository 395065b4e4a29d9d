namespace FinsamOutcomes.Statistics.Tests;

/// <summary>
/// A system of few counts, read in two ways: by the program, and here by trying every whole number. The counts that are
/// no total of others come first, so that the rest follow from them.
/// </summary>
internal sealed class SmallSystem
{
    // What a count that is no total is tried up to. The true ones are at most 8.
    private const int Highest = 21;

    private readonly List<Entry> counts = [];
    private readonly List<(int Whole, int[] Parts, bool IsSum)> relations = [];

    public CountSystem System { get; } = new();

    public int Add(long value, bool isPublished = true, double cost = 1, bool isKnown = false, bool isKindKnown = false, bool isHidden = false)
    {
        counts.Add(new(value, isPublished, isKnown, isKindKnown, isHidden));
        return System.Add(value, isPublished, cost, isKnown, isKindKnown, isHidden);
    }

    /// <summary>Adds the sum of the parts, published.</summary>
    public int Total(int[] parts, double cost = 1)
    {
        int total = Add(parts.Sum(part => counts[part].Value), cost: cost);
        Sum(total, parts);
        return total;
    }

    public void Sum(int total, params int[] parts)
    {
        relations.Add((total, parts, true));
        System.Sum(total, parts);
    }

    public void AtMost(int less, int more)
    {
        relations.Add((more, [less], false));
        System.AtMost(less, more);
    }

    public IReadOnlyList<CountState> Protect() => CountProtection.Protect(System);

    /// <summary>How many are hidden that a rule for one count at a time would show.</summary>
    public int Protecting(IReadOnlyList<CountState> states) =>
        states.Where((state, i) => state != CountState.Shown && counts[i].IsPublished && !IsSmall(i)).Count();

    /// <summary>The counts that keep fewer than three values, or are small and told.</summary>
    public IReadOnlyList<int> ExposedByTrying(IReadOnlyList<CountState> states, CountReader reader = CountReader.Careful)
    {
        var seen = counts.Select(_ => new HashSet<long>()).ToArray();
        var values = new long[counts.Count];
        var decidedBy = counts.Select((_, i) => relations.FindIndex(r => r.IsSum && r.Whole == i && r.Parts.All(part => part < i))).ToArray();
        var checkedAt = counts.Select((_, i) => relations.Where(r => Math.Max(r.Whole, r.Parts.Append(0).Max()) == i).ToArray()).ToArray();
        Try(0);
        return [.. Enumerable.Range(0, counts.Count).Where(i => IsOpen(i) ? IsSecret(i) && seen[i].Count < 3 : IsSmall(i) && !counts[i].IsKnown)];

        void Try(int count)
        {
            if (count == counts.Count)
            {
                for (var i = 0; i < values.Length; i++)
                    seen[i].Add(values[i]);
                return;
            }

            long from = 0, to = Highest;
            if (!IsOpen(count))
                from = to = counts[count].Value;
            else if (decidedBy[count] >= 0)
                from = to = Sum(relations[decidedBy[count]].Parts);
            for (values[count] = from; values[count] <= to; values[count]++)
            {
                if (IsPossible(count, values[count]) && Array.TrueForAll(checkedAt[count], Holds))
                    Try(count + 1);
            }
        }

        long Sum(int[] parts)
        {
            long sum = 0;
            foreach (int part in parts)
                sum += values[part];
            return sum;
        }

        bool Holds((int Whole, int[] Parts, bool IsSum) relation) =>
            relation.IsSum ? Sum(relation.Parts) == values[relation.Whole] : Sum(relation.Parts) <= values[relation.Whole];

        bool IsPossible(int count, long value) =>
            !IsOpen(count)
            || ((value > 0 || reader == CountReader.Careful || counts[count].Value == 0)
                && ((states[count] == CountState.Unpublished && !counts[count].IsKindKnown) || (value is >= 1 and <= 4) == IsSmall(count)));

        bool IsOpen(int count) => states[count] != CountState.Shown && !counts[count].IsKnown;

        bool IsSecret(int count) => counts[count].IsPublished || counts[count].IsKindKnown || counts[count].IsHidden || IsSmall(count);
    }

    /// <summary>All that the publisher can do: nothing is told but what the reader has already.</summary>
    public IReadOnlyList<CountState> NothingTold => [.. counts.Select(c => c.IsKnown ? CountState.Shown : CountState.Unpublished)];

    public IReadOnlyList<Entry> Counts => counts;

    public bool IsSmall(int count) => counts[count].Value is >= 1 and <= 4;

    /// <summary>Two to four counts, up to three totals of what is there, up to two that are at most another.</summary>
    public static SmallSystem Random(int seed, bool withKnown)
    {
        var random = new Random(seed);
        var system = new SmallSystem();
        for (int i = random.Next(2, 5); i > 0; i--)
            Add(random.Next(3) == 0 ? random.Next(9) : random.Next(1, 5));
        for (int i = random.Next(4); i > 0; i--)
        {
            int[] parts = [.. Enumerable.Range(0, system.counts.Count).Where(_ => random.Next(2) == 0)];
            system.Sum(Add(parts.Sum(part => system.counts[part].Value)), parts);
        }

        for (int i = random.Next(3); i > 0; i--)
        {
            int one = random.Next(system.counts.Count), other = random.Next(system.counts.Count);
            if (one != other && system.counts[one].Value <= system.counts[other].Value)
                system.AtMost(one, other);
        }

        return system;

        int Add(long value)
        {
            int known = withKnown ? random.Next(8) : 7;
            return system.Add(value, random.Next(5) > 0, random.Next(1, 4), isKnown: known < 2, isKindKnown: known == 2, isHidden: known == 3);
        }
    }

    /// <summary>States as a publisher without care could choose them.</summary>
    public IReadOnlyList<CountState> RandomStates(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, counts.Count).Select(i => random.Next(4) switch
        {
            0 => CountState.Shown,
            1 => CountState.Unpublished,
            _ => IsSmall(i) ? CountState.Small : CountState.Protecting,
        })];
    }

    public override string ToString() =>
        string.Join(' ', counts.Select((count, i) => $"{i}:{Describe(count)}"))
        + " | " + string.Join(", ", relations.Select(r => $"{string.Join('+', r.Parts)} {(r.IsSum ? "=" : "<=")} {r.Whole}"));

    private static string Describe(Entry count) =>
        $"{count.Value}{(count.IsPublished ? "" : " unpublished")}{(count.IsKnown ? " known" : count.IsKindKnown ? " kind known" : count.IsHidden ? " hidden" : "")}";

    internal sealed record Entry(long Value, bool IsPublished, bool IsKnown, bool IsKindKnown, bool IsHidden);
}
