using System.Runtime.InteropServices;
using System.Text;

namespace FinsamOutcomes.Data.Import;

/// <summary>
/// Finds participants by code from UTF-8 bytes, whatever the case. Registered ones come first; new ones get the places after.
/// </summary>
internal sealed class ParticipantIndex
{
    // A code has at most fifty signs, of four bytes at most; lower case may take more.
    private const int MaxCodeBytes = 400;

    private readonly Dictionary<byte[], int> _places;
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _bySpan;
    private readonly List<IndexedParticipant> _all;

    // Only of codes with letters outside ASCII, of which there are few or none.
    private readonly Dictionary<string, int> _alike = new(StringComparer.Ordinal);
    private HashSet<int>? _inFile;

    public ParticipantIndex(IReadOnlyList<KnownParticipant> known)
    {
        _places = new Dictionary<byte[], int>(known.Count, Utf8Comparer.Instance);
        _bySpan = _places.GetAlternateLookup<ReadOnlySpan<byte>>();
        _all = new List<IndexedParticipant>(known.Count);
        KnownCount = known.Count;
        foreach (var participant in known)
        {
            _places[Encoding.UTF8.GetBytes(participant.Code.ToLowerInvariant())] = _all.Count;
            if (!Ascii.IsValid(participant.Code))
                _alike.TryAdd(CodeLookup.AlikeKey(participant.Code), _all.Count);
            _all.Add(new IndexedParticipant
            {
                Id = participant.Id,
                Code = participant.Code,
                Gender = (sbyte)Array.IndexOf(CodeWords.GenderCodes, participant.Gender),
                BirthYear = (short)(participant.BirthYear ?? 0),
                IsErased = participant.IsErased,
                SaidGender = -1,
            });
        }
    }

    /// <summary>How many were registered before the file.</summary>
    public int KnownCount { get; }

    /// <summary>How many of them the file says something about.</summary>
    public int KnownInFile => _all.Take(KnownCount).Count(p => p.IsInFile);

    public List<IndexedParticipant> All => _all;

    /// <summary>The place of a code that the file mentions, or -1.</summary>
    public int Mention(ReadOnlySpan<byte> code)
    {
        var place = Find(code);
        if (place >= 0)
            CollectionsMarshal.AsSpan(_all)[place].IsInFile = true;
        return place;
    }

    /// <summary>
    /// The place of another code that looks the same but is written with other signs (full-width letters, å as one sign or
    /// two), or -1. Databases may take them for the same, and so do people.
    /// </summary>
    public int FindAlike(ReadOnlySpan<byte> code)
    {
        if (Ascii.IsValid(code))
            return _alike.Count > 0 && _alike.TryGetValue(Encoding.ASCII.GetString(code).ToLowerInvariant(), out var written) ? written : -1;
        var key = CodeLookup.AlikeKey(Encoding.UTF8.GetString(code));
        return _alike.TryGetValue(key, out var place) ? place : Find(Encoding.UTF8.GetBytes(key));
    }

    /// <summary>Whether the file says something about whom a change is about, under the code of before or that of now.</summary>
    public bool IsInFile(ChangedMeanwhile change)
    {
        var code = Encoding.UTF8.GetBytes(change.Code!);
        if ((Find(code) is >= 0 and var place && _all[place].IsInFile) || (FindAlike(code) is >= 0 and var alike && _all[alike].IsInFile))
            return true;
        _inFile ??= [.. _all.Where(p => p.IsInFile && p.Id > 0).Select(p => p.Id)];
        return _inFile.Contains(change.ParticipantId!.Value);
    }

    private int Find(ReadOnlySpan<byte> code)
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
        var text = Encoding.UTF8.GetString(code);
        if (!Ascii.IsValid(code))
            _alike.TryAdd(CodeLookup.AlikeKey(text), _all.Count);
        _all.Add(new IndexedParticipant { Code = text, Gender = gender, BirthYear = birthYear, Line = line, IsInFile = true });
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

    /// <summary>The file says something about them.</summary>
    public bool IsInFile;

    /// <summary>The line that mentioned the participant first; 0 for a registered one.</summary>
    public int Line;

    /// <summary>Of a registered one: the line that said a gender or birth year first.</summary>
    public int SaidOn;

    /// <summary>Of a registered one: what the file said first; -1 while it has not.</summary>
    public sbyte SaidGender;

    /// <summary>Of a registered one: what the file said first; 0 while it has not.</summary>
    public short SaidBirthYear;
}
