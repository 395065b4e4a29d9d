using System.Globalization;
using System.Text;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Import;

/// <summary>
/// Finds words of a known set from UTF-8 bytes without making strings. Case makes no difference; among codes neither do
/// marks on letters (kön, kon), spaces and hyphens; names are told apart by their normal forms. Each spelling that is met is
/// remembered, since a column repeats the same few.
/// </summary>
/// <param name="areNames">True for what people have named themselves, such as insatser.</param>
internal sealed class CodeLookup(bool areNames = false)
{
    private const int MaxRemembered = 4096;

    private readonly Dictionary<string, int> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<byte[], int> _remembered = new(Utf8Comparer.Instance);
    private readonly List<string> _words = [];

    /// <summary>The words in a fixed order: what <see cref="Find(ReadOnlySpan{byte})"/> returns is a position here.</summary>
    public IReadOnlyList<string> Words => _words;

    public static CodeLookup Of(params ReadOnlySpan<string> words)
    {
        var lookup = new CodeLookup();
        foreach (var word in words)
            lookup.Add(word);
        return lookup;
    }

    /// <summary>Adds a word and returns its position; a word that is already there keeps its own.</summary>
    public int Add(string word, string? alias = null)
    {
        var key = OwnKey(word);
        if (!_byKey.TryGetValue(key, out var index))
        {
            index = _words.Count;
            _words.Add(word);
            _byKey.Add(key, index);
            _remembered.Clear();
        }

        if (alias is not null)
            _byKey.TryAdd(OwnKey(alias), index);
        return index;
    }

    /// <summary>The position of the word, or -1.</summary>
    public int Find(ReadOnlySpan<byte> utf8)
    {
        if (_remembered.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(utf8, out var index))
            return index;
        index = Find(Encoding.UTF8.GetString(utf8));
        if (_remembered.Count < MaxRemembered && utf8.Length <= 200)
            _remembered[utf8.ToArray()] = index;
        return index;
    }

    /// <summary>The position of the word, or -1.</summary>
    public int Find(string word) =>
        string.Equals(ForbiddenSigns.ForDocument(word), word, StringComparison.Ordinal) ? _byKey.GetValueOrDefault(OwnKey(word), -1) : -1;

    /// <summary><c> Menar du X?</c>, or empty.</summary>
    public string Suggested(string word) => Nearest(word) is { } near ? $" Menar du {near}?" : "";

    /// <summary>The word most like a misspelt one, or the only one that it is the beginning of (of its label, too); null when none is near.</summary>
    public string? Nearest(string word) =>
        Data.Nearest.Misspelt(word, _words)
        ?? Data.Nearest.Begun(word, areNames ? _words.Select(w => (Key(w), w)) : _byKey.Select(k => (k.Key, _words[k.Value])));

    /// <summary>Lower case, without marks on letters and what can't be seen, spaces and hyphens as underscores.</summary>
    public static string Key(string word)
    {
        var plain = new StringBuilder(word.Length);
        foreach (var c in Readable(word).Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                plain.Append(c == '-' || char.IsWhiteSpace(c) ? '_' : char.ToLowerInvariant(c));
        }

        return plain.ToString();
    }

    private string OwnKey(string word) => areNames ? NormalForm.Of(word) : Key(word);

    // Normalize throws on what is no sign, which a file may hold.
    private static string Readable(string word) => NormalForm.Written(ForbiddenSigns.ForDocument(word));
}

/// <summary>Compares UTF-8 texts byte by byte; spans can be looked up without being copied.</summary>
internal sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    public static readonly Utf8Comparer Instance = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        // The keys are short codes: a multiplication for each eight bytes beats HashCode.AddBytes several times over.
        var hash = (ulong)alternate.Length * 0x9E3779B97F4A7C15;
        while (alternate.Length >= 8)
        {
            hash = (hash ^ BitConverter.ToUInt64(alternate)) * 0xFF51AFD7ED558CCD;
            hash ^= hash >> 32;
            alternate = alternate[8..];
        }

        foreach (var b in alternate)
            hash = (hash ^ b) * 0x100000001B3;
        hash *= 0xC4CEB9FE1A85EC53;
        return (int)(hash >> 32);
    }
}
