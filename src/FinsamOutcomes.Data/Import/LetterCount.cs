namespace FinsamOutcomes.Data.Import;

/// <summary>
/// Tells which of the old one-byte encodings a Swedish text is written in, by where its å, ä and ö lie. In another encoding
/// the same bytes are signs that don't stand inside words.
/// </summary>
internal sealed class LetterCount
{
    private static readonly Set s_windows = new("\u00E5\u00E4\u00F6\u00E9", "\u00C5\u00C4\u00D6");
    private static readonly Set s_mac = new("\u008C\u008A\u009A", "\u0081\u0080\u0085");
    private static readonly Set s_dos = new("\u0086\u0084\u0094", "\u008F\u008E\u0099");

    private readonly Score _windows = new();
    private readonly Score _mac = new();
    private readonly Score _dos = new();

    private readonly record struct Set(string Small, string Large);

    private sealed class Score
    {
        public long Sure { get; set; }

        public long Any { get; set; }

        public HashSet<byte> Different { get; } = [];
    }

    public void Add(ReadOnlySpan<byte> text)
    {
        Count(text, s_windows, _windows);
        Count(text, s_mac, _mac);
        Count(text, s_dos, _dos);
    }

    /// <summary>
    /// The encoding, or null when it can't be told for sure: then somebody has to say.
    /// </summary>
    /// <param name="isWindowsPossible">Every byte is a sign in Windows-1252.</param>
    public FileEncoding? Told(bool isWindowsPossible)
    {
        if (_mac.Any == 0 && _dos.Any == 0)
            return isWindowsPossible ? FileEncoding.Windows : null;
        if (_windows.Any > 0 && isWindowsPossible)
            return _windows.Sure >= 10 * (_mac.Sure + _dos.Sure) ? FileEncoding.Windows : null;

        // One letter alone may be a name from another language, such as Dušan; two different ones inside words are not.
        if (_mac.Sure > 0 && _mac.Different.Count > 1 && _mac.Any > 4 * _dos.Any)
            return FileEncoding.Mac;
        if (_dos.Sure > 0 && _dos.Different.Count > 1 && _dos.Any > 4 * _mac.Any)
            return FileEncoding.Dos;
        return _mac.Sure == 0 && _dos.Sure == 0 && isWindowsPossible ? FileEncoding.Windows : null;
    }

    /// <summary>Whether it may be a text in one of them at all.</summary>
    public bool HasLetters => _windows.Any + _mac.Any + _dos.Any > 0;

    private static void Count(ReadOnlySpan<byte> text, Set set, Score score)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] < 0x80)
                continue;
            var (before, after) = (i > 0 ? text[i - 1] : (byte)' ', i + 1 < text.Length ? text[i + 1] : (byte)' ');
            var (isSmall, isLarge) = (set.Small.Contains((char)text[i]), set.Large.Contains((char)text[i]));

            // A large letter begins a word; what looks like one after a small letter is a sign of another encoding.
            if (isSmall ? IsLetter(before, set) || IsLetter(after, set) : isLarge && !IsSmall(before) && IsLetter(after, set))
            {
                score.Any++;
                score.Different.Add(text[i]);
                if (isLarge || (IsLetter(before, set) && IsLetter(after, set)))
                    score.Sure++;
            }
        }
    }

    private static bool IsSmall(byte b) => b is >= (byte)'a' and <= (byte)'z';

    private static bool IsLetter(byte b, Set set) =>
        IsSmall(b) || b is >= (byte)'A' and <= (byte)'Z' || (b >= 0x80 && (set.Small.Contains((char)b) || set.Large.Contains((char)b)));
}
