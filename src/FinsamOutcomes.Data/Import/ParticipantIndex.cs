using System.Runtime.InteropServices;
using System.Text;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Import;

/// <summary>
/// Finds participants from UTF-8 bytes by the normal form of their code. Registered ones come first; new ones get the places after.
/// </summary>
internal sealed class ParticipantIndex
{
    // A code has at most fifty signs, of four bytes at most, and some become three in its normal form.
    private const int MaxCodeBytes = 600;

    private readonly Dictionary<byte[], int> _places;
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _bySpan;
    private readonly List<IndexedParticipant> _all;

    // By what the eye makes of a code; made when it is first asked for.
    private Dictionary<string, int>? _looks;
    private HashSet<int>? _inFile;

    public ParticipantIndex(IReadOnlyList<KnownParticipant> known)
    {
        _places = new Dictionary<byte[], int>(known.Count, Utf8Comparer.Instance);
        _bySpan = _places.GetAlternateLookup<ReadOnlySpan<byte>>();
        _all = new List<IndexedParticipant>(known.Count);
        var merged = new Dictionary<int, int>();
        foreach (var participant in known)
        {
            if (participant.MergedIntoId is { } kept)
            {
                // Made one with another, whose place its code has. Those others come first.
                if (merged.Count == 0)
                    merged = _all.Select((p, i) => (p.Id, i)).ToDictionary(p => p.Id, p => p.i);
                _places[Encoding.UTF8.GetBytes(participant.CodeKey)] = merged[kept];
                continue;
            }

            _places[Encoding.UTF8.GetBytes(participant.CodeKey)] = _all.Count;
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

        KnownCount = _all.Count;
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

    /// <summary>The place of a registered code that is another but looks the same, or -1.</summary>
    public int FindLookalike(string code)
    {
        if (_looks is null)
        {
            _looks = new Dictionary<string, int>(KnownCount, StringComparer.Ordinal);
            for (var i = 0; i < KnownCount; i++)
                _looks.TryAdd(ParticipantCode.Look(_all[i].Code), i);
        }

        return _looks.GetValueOrDefault(ParticipantCode.Look(code), -1);
    }

    /// <summary>Whether the file says something about whom a change is about, under the code of before or that of now.</summary>
    public bool IsInFile(ChangedMeanwhile change)
    {
        var code = Encoding.UTF8.GetBytes(change.Code!);
        if (Find(code) is >= 0 and var place && _all[place].IsInFile)
            return true;
        _inFile ??= [.. _all.Where(p => p.IsInFile && p.Id > 0).Select(p => p.Id)];
        return _inFile.Contains(change.ParticipantId!.Value);
    }

    private int Find(ReadOnlySpan<byte> code)
    {
        Span<byte> key = stackalloc byte[MaxCodeBytes];
        return Form(code, ref key) && _bySpan.TryGetValue(key, out var place) ? place : -1;
    }

    /// <summary>Adds a participant that the file is the first to mention.</summary>
    public int Add(ReadOnlySpan<byte> code, sbyte gender, short birthYear, int line)
    {
        Span<byte> key = stackalloc byte[MaxCodeBytes];
        if (!Form(code, ref key))
            throw new ArgumentException("The code is too long.", nameof(code));
        _bySpan[key] = _all.Count;
        var text = NormalForm.Written(Encoding.UTF8.GetString(code));
        _all.Add(new IndexedParticipant { Code = text, Gender = gender, BirthYear = birthYear, Line = line, IsInFile = true });
        return _all.Count - 1;
    }

    // Nearly every code is its own form but for its case.
    private static bool Form(ReadOnlySpan<byte> code, ref Span<byte> key)
    {
        int length;
        if (Ascii.IsValid(code) && code.IndexOf("  "u8) < 0 && code.IndexOfAnyInRange((byte)0, (byte)31) < 0)
        {
            var trimmed = code.Trim((byte)' ');
            if (trimmed.Length > key.Length)
                return false;
            Ascii.ToLower(trimmed, key, out length);
        }
        else if (code.Length > MaxCodeBytes || !Encoding.UTF8.TryGetBytes(NormalForm.Of(Encoding.UTF8.GetString(code)), key, out length))
        {
            return false;
        }

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

    /// <summary>Of a registered one: the file has corrected gender or birth year.</summary>
    public bool IsCorrected;

    /// <summary>The line that mentioned the participant first; 0 for a registered one.</summary>
    public int Line;

    /// <summary>Of a registered one: the line that said a gender or birth year first.</summary>
    public int SaidOn;

    /// <summary>Of a registered one: what the file said first; -1 while it has not.</summary>
    public sbyte SaidGender;

    /// <summary>Of a registered one: what the file said first; 0 while it has not.</summary>
    public short SaidBirthYear;
}
