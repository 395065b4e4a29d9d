using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using FinsamOutcomes.Data.Privacy;

namespace FinsamOutcomes.Data.Import;

/// <summary>
/// A file that has been looked through once: its encoding and separator are known, and so is that it can be read as text.
/// </summary>
internal sealed class CsvSource : IDisposable
{
    private const int BlockSize = 1 << 20;
    private const int HeaderSize = 1 << 16;

    private static readonly SearchValues<byte> s_control =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(c => c is not ('\t' or '\r' or '\n')).Select(c => (byte)c), 0x7F]);

    // Bytes without a character in Windows-1252: a file that has them is something else.
    private static readonly SearchValues<byte> s_undefined1252 = SearchValues.Create([0x81, 0x8D, 0x8F, 0x90, 0x9D]);

    private static readonly SearchValues<byte> s_between = SearchValues.Create(";,\t\r\n\""u8);

    private static readonly char[] s_separators = [';', ',', '\t'];

    // A title, some blank rows and two rows of headings lie above at the most.
    private const int LinesLookedAt = 20;
    private const int SampleAround = 12;

    static CsvSource() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private CsvSource(Stream stream, ImportOptions options) => (Stream, _options) = (stream, options);

    private readonly ImportOptions _options;

    public Stream Stream { get; private set; }

    /// <summary>The sheet of a workbook that is read; null for a CSV file.</summary>
    public string? Sheet { get; private set; }

    /// <summary>Its other sheets in sight that hold something.</summary>
    public IReadOnlyList<string> OtherSheets { get; private set; } = [];

    private int[]? _rows;

    /// <summary>Null for UTF-8; byte order marks are the reader's own business.</summary>
    public Encoding? Encoding { get; private set; }

    /// <summary>For the person: <c>UTF-8</c>, <c>Windows-1252</c>, <c>Mac Roman</c>, <c>DOS</c>, <c>UTF-16</c> or <c>Excel</c>.</summary>
    public string EncodingName { get; private set; } = "UTF-8";

    public char Separator { get; private set; } = ';';

    /// <summary>The first line says which separator follows, as Excel writes it: <c>sep=;</c>.</summary>
    public bool HasSeparatorLine { get; private set; }

    /// <summary>Fields have to be checked for control characters.</summary>
    public bool HasControlCharacters { get; private set; }

    public string Sha256 { get; private set; } = "";

    /// <summary>Opens and looks through the file; null when it can't be read, with the reason among the problems.</summary>
    public static CsvSource? Open(
        string path,
        ImportFormat format,
        ImportOptions options,
        ImportProblems problems,
        CancellationToken cancellationToken)
    {
        FileStream stream;
        try
        {
            if (Directory.Exists(path))
            {
                problems.Add(ImportRule.FileIsFolder, "Det är en mapp, inte en fil.");
                return null;
            }

            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            problems.Add(ImportRule.FileMissing, "Filen finns inte.");
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(ImportRule.FileUnreadable, "Filen går inte att läsa.");
            return null;
        }

        return Open(stream, format, options, problems, cancellationToken);
    }

    /// <summary>Looks through what has been opened already, such as an upload; it is closed with the source.</summary>
    public static CsvSource? Open(
        Stream stream,
        ImportFormat format,
        ImportOptions options,
        ImportProblems problems,
        CancellationToken cancellationToken)
    {
        var source = new CsvSource(stream, options);
        if (source.LookThrough(format, problems, cancellationToken))
            return source;
        source.Dispose();
        return null;
    }

    public void Dispose() => Stream.Dispose();

    /// <summary>The row as the person sees it, of a line of what is read.</summary>
    public int RowOf(int line) => _rows is { } rows && line >= 0 && line < rows.Length ? rows[line] : line;

    private bool LookThrough(ImportFormat format, ImportProblems problems, CancellationToken cancellationToken)
    {
        if (!Stream.CanSeek || Stream.Length > ImportFormat.MaxBytes)
        {
            problems.Add(ImportRule.FileTooLarge, Stream.CanSeek ? "Filen är större än 2 GB." : "Filens storlek går inte att se.");
            return false;
        }

        if (Stream.Length == 0)
        {
            problems.Add(ImportRule.FileEmpty, "Filen är tom.");
            return false;
        }

        var scan = Scan(cancellationToken);
        Sha256 = scan.Sha256;
        HasControlCharacters = scan.HasControl || scan.IsUtf16;
        if (scan.IsZip)
            return OpenWorkbook(format, problems, cancellationToken);
        if (scan.LineCount > ImportFormat.MaxRows + 2L)
        {
            problems.Add(ImportRule.FileTooLarge, "Filen har fler än 5 000 000 rader.");
            return false;
        }

        if (scan.IsUtf16)
        {
            // With a mark the reader sees for itself which way round.
            EncodingName = "UTF-16";
            Encoding = scan.Unmarked16;
        }
        else if (scan.IsOldWorkbook || scan.HasNul)
        {
            problems.Add(
                ImportRule.FileBinary,
                scan.IsOldWorkbook ? "Filen är en arbetsbok i Excels äldre format (.xls) eller har ett lösenord." : "Filen är inte en textfil.");
            return false;
        }
        else if (!FindEncoding(scan, problems))
        {
            return false;
        }

        var first = FirstLines(scan.IsUtf16);
        if (first.Count == 0)
        {
            problems.Add(ImportRule.FileEmpty, "Filen är tom.");
            return false;
        }

        HasSeparatorLine = first[0].StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && first[0].Length == 5;
        Separator = HasSeparatorLine ? first[0][4] : Separated(first, format);
        if (HasSeparatorLine && Separator is not (';' or ',' or '\t' or '|'))
        {
            problems.Add(ImportRule.HeaderMissing, 1, "", "Första raden anger ett skiljetecken som inte kan användas.");
            return false;
        }

        Stream.Position = 0;
        return true;
    }

    private sealed record ScanResult(
        string Sha256,
        long LineCount,
        bool HasByteOrderMark,
        bool IsUtf16,
        bool HasNul,
        bool HasControl,
        bool HasMultibyte,
        bool HasUndefined1252,
        bool IsZip,
        bool IsOldWorkbook,
        Encoding? Unmarked16,
        LetterCount Letters,
        int FirstInvalidLine);

    private ScanResult Scan(CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BlockSize);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (lines, returns, carried, firstInvalid) = (0L, 0L, 0, 0);
        bool bom = false, utf16 = false, nul = false, control = false, multibyte = false, undefined = false, zip = false, old = false, isFirst = true;
        var (letters, unmarked) = (new LetterCount(), (Encoding?)null);
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var read = Stream.Read(buffer, carried, BlockSize - carried);
                var block = buffer.AsSpan(0, carried + read);
                hash.AppendData(block[carried..]);
                if (isFirst)
                {
                    bom = block is [0xEF, 0xBB, 0xBF, ..];
                    utf16 = block is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || (unmarked = Unmarked(block)) is not null;

                    // Zip (xlsx, ods) or the older container (xls).
                    zip = block is [(byte)'P', (byte)'K', 3, 4, ..];
                    old = block is [0xD0, 0xCF, 0x11, 0xE0, ..];
                    isFirst = false;
                }

                if (read == 0 && carried == 0)
                    break;

                // A character may be cut by the end of the block; its bytes go with the next.
                var whole = read == 0 ? block.Length : WholeCharacters(block);
                var text = block[..whole];
                if (!utf16 && !zip)
                {
                    nul |= text.Contains((byte)0);
                    control |= text.ContainsAny(s_control);
                    undefined |= text.ContainsAny(s_undefined1252);
                    if (firstInvalid == 0 && !Utf8.IsValid(text))
                        firstInvalid = (int)Math.Min(int.MaxValue, lines + 1 + text[..InvalidAt(text)].Count((byte)'\n'));
                    multibyte |= HasValidMultibyte(text, isFirstBlock: lines == 0 && bom);
                    if (firstInvalid > 0)
                        letters.Add(text);
                }

                lines += text.Count((byte)'\n');
                returns += text.Count((byte)'\r');
                carried = block.Length - whole;
                block[whole..].CopyTo(buffer);
                if (read == 0)
                    break;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return new ScanResult(
            Convert.ToHexStringLower(hash.GetHashAndReset()),
            Math.Max(lines, returns),
            bom,
            utf16,
            nul,
            control,
            multibyte,
            undefined,
            zip,
            old,
            unmarked,
            letters,
            firstInvalid);
    }

    private static int WholeCharacters(ReadOnlySpan<byte> block)
    {
        for (var back = 1; back <= 3 && back <= block.Length; back++)
        {
            var b = block[^back];
            if (b < 0x80)
                return block.Length - back + 1;
            if (b >= 0xC0)
                return back < (b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2) ? block.Length - back : block.Length;
        }

        return block.Length;
    }

    private static int InvalidAt(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length && Rune.DecodeFromUtf8(text[at..], out _, out var used) == OperationStatus.Done)
            at += used;
        return at;
    }

    // One whole UTF-8 letter in a file of another encoding is so rare that it tells a damaged UTF-8 file.
    private static bool HasValidMultibyte(ReadOnlySpan<byte> text, bool isFirstBlock)
    {
        for (var at = isFirstBlock ? 3 : 0; at < text.Length;)
        {
            var next = text[at..].IndexOfAnyInRange((byte)0xC2, (byte)0xF4);
            if (next < 0)
                return false;
            at += next;
            if (Rune.DecodeFromUtf8(text[at..], out _, out _) == OperationStatus.Done)
                return true;
            at++;
        }

        return false;
    }

    // Text of Latin letters has a zero in every other byte.
    private static Encoding? Unmarked(ReadOnlySpan<byte> block)
    {
        block = block[..(Math.Min(block.Length, 4096) & ~1)];
        var (even, odd) = (0, 0);
        for (var i = 0; i < block.Length; i += 2)
        {
            even += block[i] == 0 ? 1 : 0;
            odd += block[i + 1] == 0 ? 1 : 0;
        }

        var half = block.Length / 2;
        if (half < 8)
            return null;
        return odd > half * 0.6 && even < half * 0.05 ? Encoding.Unicode : even > half * 0.6 && odd < half * 0.05 ? Encoding.BigEndianUnicode : null;
    }

    private bool OpenWorkbook(ImportFormat format, ImportProblems problems, CancellationToken cancellationToken)
    {
        if (Workbook.Open(Stream, _options, problems, cancellationToken) is not { } book)
            return false;
        Stream.Dispose();
        (Stream, Sheet, OtherSheets, _rows, EncodingName) = (book.Csv, book.Sheet, book.Others, book.Rows, "Excel");
        HasControlCharacters = true;
        if (FirstLines(isUtf16: false).Count == 0)
        {
            problems.Add(ImportRule.FileEmpty, $"Bladet ”{ImportRows.Shown(Sheet)}” är tomt.");
            return false;
        }

        Stream.Position = 0;
        return true;
    }

    private bool FindEncoding(ScanResult scan, ImportProblems problems)
    {
        var said = _options.Encoding;
        if (scan.FirstInvalidLine == 0)
            return true;
        if (said == FileEncoding.Utf8 || (said == FileEncoding.Seen && (scan.HasByteOrderMark || scan.HasMultibyte)))
        {
            problems.Add(ImportRule.FileEncoding, scan.FirstInvalidLine, "", "Filen är till största delen UTF-8, men här finns tecken i en annan kodning.");
            return false;
        }

        if ((said == FileEncoding.Seen ? scan.Letters.Told(!scan.HasUndefined1252) : said) is { } told)
        {
            (Encoding, EncodingName) = Known(told);
            return true;
        }

        if (scan.Letters.HasLetters)
        {
            var samples = Samples().Select(s => $"{s.Name}: ”{s.Sample}”").ToList();
            problems.Add(
                ImportRule.FileEncodingUnclear,
                0,
                "",
                $"Det går inte att se vilken teckenkodning filen har.{(samples.Count > 0 ? $" Läst som {string.Join(", ", samples)}." : "")}",
                "Det går inte att se vilken teckenkodning filen har.");
        }
        else
        {
            problems.Add(ImportRule.FileBinary, "Filen är varken UTF-8 eller Windows-1252.");
        }

        return false;
    }

    private static (Encoding Encoding, string Name) Known(FileEncoding encoding) => encoding switch
    {
        FileEncoding.Mac => (Encoding.GetEncoding(10000), "Mac Roman"),
        FileEncoding.Dos => (Encoding.GetEncoding(850), "DOS (850)"),
        _ => (Encoding.GetEncoding(1252), "Windows-1252"),
    };

    // The first word with a letter of its own, as each encoding would have it.
    private List<(string Name, string Sample)> Samples()
    {
        Stream.Position = 0;
        var bytes = new byte[HeaderSize];
        var text = bytes.AsSpan(0, Stream.ReadAtLeast(bytes, HeaderSize, throwOnEndOfStream: false));
        var at = text.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
        if (at < 0)
            return [];
        var from = Math.Max(at - SampleAround, text[..at].LastIndexOfAny(s_between) + 1);
        var length = text[at..].IndexOfAny(s_between);
        var word = text[from..(at + Math.Min(SampleAround, length < 0 ? text.Length - at : length))].ToArray();
        if (PersonalNumber.IsIn(word))
            word = [text[at]];
        return
        [
            .. new[] { FileEncoding.Windows, FileEncoding.Mac, FileEncoding.Dos }
                .Select(e => (Known(e).Name, ImportRows.Shown(Known(e).Encoding.GetString(word)))),
        ];
    }

    private List<string> FirstLines(bool isUtf16)
    {
        Stream.Position = 0;
        using var reader = new StreamReader(
            Stream,
            Encoding ?? (isUtf16 ? Encoding.Unicode : Encoding.UTF8),
            detectEncodingFromByteOrderMarks: true,
            bufferSize: HeaderSize,
            leaveOpen: true);
        var buffer = new char[HeaderSize];
        var length = reader.ReadBlock(buffer);
        return
        [
            .. new string(buffer, 0, length)
                .TrimStart('\r', '\n', '\uFEFF')
                .Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
                .Take(LinesLookedAt),
        ];
    }

    // The separator that gives most known column names on one line; when none does, the one that is most common.
    private char Separated(List<string> lines, ImportFormat format)
    {
        var known = format.Columns.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        if (_options.Map is { } map)
            known.UnionWith(map.Columns.Select(c => CodeLookup.Key(c.Heading)));
        return s_separators
            .OrderByDescending(s => lines.Max(line => line.Split(s).Count(name => known.Contains(CodeLookup.Key(name.Trim('"'))))))
            .ThenByDescending(s => lines.Sum(line => line.Count(c => c == s)))
            .First();
    }
}
