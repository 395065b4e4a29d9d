using System.Globalization;
using System.Text;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Participants;

/// <summary>
/// The words of a name as they are searched and compared: lower case and without the marks on letters, so that <c>ostrom</c> is
/// <c>Öström</c> and the reverse.
/// </summary>
internal static class NameWords
{
    /// <summary>The most that a name has: with more, one name would ask about many people.</summary>
    public const int Most = 6;

    private const int PrefixLength = 3;

    /// <summary>Letters and digits between anything else; <c>Åsa-Lena d'Arc</c> is asa, lena, d, arc.</summary>
    public static IReadOnlyList<string> Of(string name)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in ForbiddenSigns.ForDocument(name).Normalize(NormalizationForm.FormC).ToLowerInvariant().EnumerateRunes())
        {
            // Letters of the neighbours that no mark makes.
            if (rune.Value is 'ø' or 'æ' or 'ß' or 'ł' or 'đ' or 'ð' or 'þ')
            {
                word.Append(rune.Value switch { 'ø' => "o", 'æ' => "a", 'ß' => "ss", 'ł' => "l", 'þ' => "th", _ => "d" });
                continue;
            }

            foreach (var part in rune.ToString().Normalize(NormalizationForm.FormD).EnumerateRunes())
            {
                if (Rune.IsLetterOrDigit(part))
                    word.Append(part);
                else if (Rune.GetUnicodeCategory(part) != UnicodeCategory.NonSpacingMark)
                    Close();
            }
        }

        Close();
        return words;

        void Close()
        {
            if (word.Length > 0)
                words.Add(word.ToString());
            word.Clear();
        }
    }

    /// <summary>
    /// The bucket of a word in the name index, 0–4095: HMAC of its first three letters, cut to 12 bits. A shorter word has
    /// a bucket of its own.
    /// </summary>
    public static int Bucket(FieldCipher cipher, string word, int forbundId)
    {
        var index = cipher.BlindIndex(word.Length <= PrefixLength ? word : word[..PrefixLength], "participant_name_index", "bucket", forbundId);
        return (index[0] << 4) | (index[1] >> 4);
    }

    /// <summary>The buckets of a name; one without a single letter or digit has the bucket of nothing, so that it counts as indexed.</summary>
    public static IReadOnlyCollection<int> Buckets(FieldCipher cipher, string name, int forbundId)
    {
        var words = Of(name);
        return words.Count == 0 ? [Bucket(cipher, "", forbundId)] : [.. words.Select(word => Bucket(cipher, word, forbundId)).Distinct()];
    }

    /// <summary>True for a word that points at a bucket together with all that it begins.</summary>
    public static bool IsSearchable(string word) => word.Length >= PrefixLength;

    /// <summary>The words to look up, the first and the last of which narrow it enough: how rare a word is can't be told, but long ones are.</summary>
    public static IReadOnlyList<string> Rarest(IReadOnlyList<string> words) =>
        [.. words.Where(IsSearchable).DefaultIfEmpty(words[0]).OrderByDescending(w => w.Length)];

    /// <summary>True when each word that was searched for begins some word of the name.</summary>
    public static bool Match(IReadOnlyList<string> searched, string name)
    {
        var words = Of(name);
        return searched.All(s => words.Any(w => w.StartsWith(s, StringComparison.Ordinal)));
    }

    /// <summary>
    /// True when the names differ by one word at most and each word of the shorter is in the longer one, in any order, give or take the slips of a pen: none in
    /// up to three letters, one in up to six, two in longer words.
    /// </summary>
    public static bool AreAlike(string one, string other) => AreAlike(Of(one), Of(other));

    /// <summary>The same of the words of two names.</summary>
    public static bool AreAlike(IReadOnlyList<string> one, IReadOnlyList<string> other)
    {
        var (shorter, longer) = (one, other);
        if (shorter.Count > longer.Count)
            (shorter, longer) = (longer, shorter);
        if (longer.Count - shorter.Count > 1)
            return false;
        var left = longer.ToList();
        return shorter.Count > 0 && shorter.All(word =>
        {
            var allowed = word.Length <= 3 ? 0 : word.Length <= 6 ? 1 : 2;
            var found = left.FindIndex(w => Math.Abs(w.Length - word.Length) <= allowed && Nearest.Distance(word, w) <= allowed);
            if (found >= 0)
                left.RemoveAt(found);
            return found >= 0;
        });
    }
}
