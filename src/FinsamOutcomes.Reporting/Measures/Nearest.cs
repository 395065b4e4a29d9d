namespace FinsamOutcomes.Reporting.Measures;

/// <summary>Suggests what somebody meant to write.</summary>
public static class Nearest
{
    /// <summary>The candidate with the fewest letters to change, or null when none is near (more than a third differs).</summary>
    public static string? Of(string written, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(written);
        ArgumentNullException.ThrowIfNull(candidates);
        return candidates
            .Select(c => (Name: c, Distance: Distance(written.ToUpperInvariant(), c.ToUpperInvariant())))
            .Where(c => c.Distance <= Math.Max(2, Math.Max(c.Name.Length, written.Length) / 3))
            .OrderBy(c => c.Distance)
            .Select(c => c.Name)
            .FirstOrDefault();
    }

    /// <summary><c> Menade du X?</c> or an empty string, to end an error message with.</summary>
    public static string Suggestion(string written, IEnumerable<string> candidates) =>
        Of(written, candidates) is { } near ? $" Menade du {near}?" : "";

    // Levenshtein's distance: letters added, removed or changed.
    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            previous = current;
        }

        return previous[b.Length];
    }
}
