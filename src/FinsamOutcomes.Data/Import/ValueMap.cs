using System.Text;

namespace FinsamOutcomes.Data.Import;

/// <summary>What the words of one column of a file stand for. Each spelling that is met is remembered, since a column repeats the same few.</summary>
internal sealed class ValueMap(IEnumerable<MappedValue> values)
{
    private const int MaxRemembered = 4096;

    private readonly Dictionary<string, byte[]> _codes = values
        .GroupBy(v => CodeLookup.Key(v.Value), StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => Encoding.UTF8.GetBytes(g.First().Code ?? ""), StringComparer.Ordinal);

    private readonly Dictionary<byte[], byte[]?> _remembered = new(Utf8Comparer.Instance);

    /// <summary>The code, empty where the word says nothing; null for a word that isn't mapped.</summary>
    public byte[]? Find(ReadOnlySpan<byte> word)
    {
        if (_remembered.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(word, out var code))
            return code;
        code = _codes.GetValueOrDefault(CodeLookup.Key(Encoding.UTF8.GetString(word)));
        if (_remembered.Count < MaxRemembered && word.Length <= 200)
            _remembered[word.ToArray()] = code;
        return code;
    }
}
