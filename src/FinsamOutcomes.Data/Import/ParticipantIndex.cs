using System.Text;

namespace FinsamOutcomes.Data.Import;

/// <summary>
/// Finds participants by code from UTF-8 bytes, whatever the case. Registered ones come first; new ones get the places after.
/// </summary>
internal sealed class ParticipantIndex
{
    private const int MaxCodeBytes = 200;

    private readonly Dictionary<byte[], int> _places;
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _bySpan;
    private readonly List<IndexedParticipant> _all;

    public ParticipantIndex(IReadOnlyList<KnownParticipant> known)
    {
        _places = new Dictionary<byte[], int>(known.Count, Utf8Comparer.Instance);
        _bySpan = _places.GetAlternateLookup<ReadOnlySpan<byte>>();
        _all = new List<IndexedParticipant>(known.Count);
        KnownCount = known.Count;
        foreach (var participant in known)
        {
            _places[Encoding.UTF8.GetBytes(participant.Code.ToLowerInvariant())] = _all.Count;
            _all.Add(new IndexedParticipant
            {
                Id = participant.Id,
                Code = participant.Code,
                Gender = (sbyte)Array.IndexOf(CodeWords.GenderCodes, participant.Gender),
                BirthYear = (short)(participant.BirthYear ?? 0),
                IsErased = participant.IsErased,
            });
        }
    }

    /// <summary>How many were registered before the file.</summary>
    public int KnownCount { get; }

    public List<IndexedParticipant> All => _all;

    /// <summary>The place of a code, or -1.</summary>
    public int Find(ReadOnlySpan<byte> code)
    {
        Span<byte> key = stackalloc byte[MaxCodeBytes];
        return Lower(code, ref key) && _bySpan.TryGetValue(key, out var place) ? place : -1;
    }

    /// <summary>Adds a participant that the file is the first to mention.</summary>
    public int Add(ReadOnlySpan<byte> code, sbyte gender, short birthYear, int line)
    {
        Span<byte> key = stackalloc byte[MaxCodeBytes];
        if (!Lower(code, ref key))
            throw new ArgumentException("The code is too long.", nameof(code));
        _bySpan[key] = _all.Count;
        _all.Add(new IndexedParticipant { Code = Encoding.UTF8.GetString(code), Gender = gender, BirthYear = birthYear, Line = line });
        return _all.Count - 1;
    }

    private static bool Lower(ReadOnlySpan<byte> code, ref Span<byte> key)
    {
        if (code.Length > MaxCodeBytes / 2)
            return false;
        int length;
        if (Ascii.IsValid(code))
            Ascii.ToLower(code, key, out length);
        else
            length = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(code).ToLowerInvariant(), key);
        key = key[..length];
        return true;
    }
}

/// <summary>A participant as the import knows it.</summary>
internal struct IndexedParticipant
{
    /// <summary>0 for a new one.</summary>
    public int Id;

    public string Code;

    /// <summary>Position in <see cref="CodeWords.GenderCodes"/>.</summary>
    public sbyte Gender;

    /// <summary>0 when unknown.</summary>
    public short BirthYear;

    public bool IsErased;

    /// <summary>The line that mentioned the participant first; 0 for a registered one.</summary>
    public int Line;
}
