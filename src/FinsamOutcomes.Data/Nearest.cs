using FinsamOutcomes.Data.Import;

namespace FinsamOutcomes.Data;

/// <summary>Suggests what somebody meant to write: in a file, on the command line, in an address.</summary>
public static class Nearest
{
    private const int ShortestBeginning = 4;

    /// <summary>The candidate that the word is a misspelling of, else the only one that it is the beginning of.</summary>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(candidates);
        var words = candidates.ToList();
        return Misspelt(word, words) ?? Begun(word, words.Select(w => (CodeLookup.Key(w), w)));
    }

    /// <summary>The word that the only spelling begun so stands for; null where less than four letters are there, or several begin so.</summary>
    internal static string? Begun(string word, IEnumerable<(string Key, string Word)> spellings)
    {
        var key = CodeLookup.Key(word);
        return key.Length >= ShortestBeginning
            && spellings.Where(s => s.Key.StartsWith(key, StringComparison.Ordinal)).Select(s => s.Word).Distinct().Take(2).ToList() is [var only]
            ? only
            : null;
    }

    /// <summary>The candidate with the smallest edit distance, when that is at most a third of the word's length (and at least one step is allowed).</summary>
    internal static string? Misspelt(string word, IEnumerable<string> candidates)
    {
        var key = CodeLookup.Key(word);
        if (key.Length is 0 or > 100)
            return null;
        var allowed = Math.Max(1, key.Length / 3);
        string? best = null;
        foreach (var candidate in candidates)
        {
            var distance = Distance(key, CodeLookup.Key(candidate));
            if (distance <= allowed)
                (allowed, best) = (distance - 1, candidate);
        }

        return best;
    }

    /// <summary><c> Menar du X?</c> or an empty string, to end an error message with.</summary>
    public static string Suggestion(string word, IEnumerable<string> candidates) =>
        Of(word, candidates) is { } near ? $" Menar du {near}?" : "";

    /// <summary>Levenshtein with neighbouring letters swapped as one step (optimal string alignment).</summary>
    internal static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var best = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    best = Math.Min(best, rows[i - 2, j - 2] + 1);
                rows[i, j] = best;
            }
        }

        return rows[a.Length, b.Length];
    }
}
