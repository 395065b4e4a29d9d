using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

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

    private static readonly char[] s_separators = [';', ',', '\t'];

    static CsvSource() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private CsvSource(Stream stream) => Stream = stream;

    public Stream Stream { get; }

    /// <summary>Null for UTF-8; byte order marks are the reader's own business.</summary>
    public Encoding? Encoding { get; private set; }

    /// <summary>For the person: <c>UTF-8</c>, <c>Windows-1252</c> or <c>UTF-16</c>.</summary>
    public string EncodingName { get; private set; } = "UTF-8";

    public char Separator { get; private set; } = ';';

    /// <summary>The first line says which separator follows, as Excel writes it: <c>sep=;</c>.</summary>
    public bool HasSeparatorLine { get; private set; }

    /// <summary>Fields have to be checked for control characters.</summary>
    public bool HasControlCharacters { get; private set; }

    public string Sha256 { get; private set; } = "";

    /// <summary>Opens and looks through the file; null when it can't be read, with the reason among the problems.</summary>
    public static CsvSource? Open(string path, ImportFormat format, ImportProblems problems, CancellationToken cancellationToken)
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

        return Open(stream, format, problems, cancellationToken);
    }

    /// <summary>Looks through what has been opened already, such as an upload; it is closed with the source.</summary>
    public static CsvSource? Open(Stream stream, ImportFormat format, ImportProblems problems, CancellationToken cancellationToken)
    {
        var source = new CsvSource(stream);
        if (source.LookThrough(format, problems, cancellationToken))
            return source;
        source.Dispose();
        return null;
    }

    public void Dispose() => Stream.Dispose();

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
        if (scan.LineCount > ImportFormat.MaxRows + 2L)
        {
            problems.Add(ImportRule.FileTooLarge, "Filen har fler än 5 000 000 rader.");
            return false;
        }

        if (scan.IsUtf16)
        {
            EncodingName = "UTF-16";
        }
        else if (scan.IsWorkbook || scan.HasNul)
        {
            problems.Add(
                ImportRule.FileBinary,
                scan.IsWorkbook ? "Filen är en arbetsbok från Excel eller ett annat kalkylprogram, inte en CSV-fil." : "Filen är inte en textfil.");
            return false;
        }
        else if (scan.FirstInvalidLine > 0)
        {
            if (scan.HasByteOrderMark || scan.HasMultibyte)
            {
                problems.Add(ImportRule.FileEncoding, scan.FirstInvalidLine, "", "Filen är till största delen UTF-8, men här finns tecken i en annan kodning.");
                return false;
            }

            if (scan.HasUndefined1252)
            {
                problems.Add(ImportRule.FileBinary, "Filen är varken UTF-8 eller Windows-1252.");
                return false;
            }

            Encoding = Encoding.GetEncoding(1252);
            EncodingName = "Windows-1252";
        }

        var header = ReadHeader(scan.IsUtf16);
        if (header.Length == 0)
        {
            problems.Add(ImportRule.FileEmpty, "Filen är tom.");
            return false;
        }

        HasSeparatorLine = header.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && header.Length == 5;
        Separator = HasSeparatorLine ? header[4] : Separated(header, format);
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
        bool IsWorkbook,
        int FirstInvalidLine);

    private ScanResult Scan(CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BlockSize);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (lines, returns, carried, firstInvalid) = (0L, 0L, 0, 0);
        bool bom = false, utf16 = false, nul = false, control = false, multibyte = false, undefined = false, workbook = false, isFirst = true;
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
                    utf16 = block is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];

                    // Zip (xlsx, ods) or the older container (xls).
                    workbook = block is [(byte)'P', (byte)'K', 3, 4, ..] or [0xD0, 0xCF, 0x11, 0xE0, ..];
                    isFirst = false;
                }

                if (read == 0 && carried == 0)
                    break;

                // A character may be cut by the end of the block; its bytes go with the next.
                var whole = read == 0 ? block.Length : WholeCharacters(block);
                var text = block[..whole];
                if (!utf16)
                {
                    nul |= text.Contains((byte)0);
                    control |= text.ContainsAny(s_control);
                    undefined |= text.ContainsAny(s_undefined1252);
                    if (firstInvalid == 0 && !Utf8.IsValid(text))
                        firstInvalid = (int)Math.Min(int.MaxValue, lines + 1 + text[..InvalidAt(text)].Count((byte)'\n'));
                    multibyte |= HasValidMultibyte(text, isFirstBlock: lines == 0 && bom);
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
            workbook,
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

    private string ReadHeader(bool isUtf16)
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
        var text = buffer.AsSpan(0, length).TrimStart("\r\n\uFEFF");
        var end = text.IndexOfAny('\r', '\n');
        return (end < 0 ? text : text[..end]).ToString();
    }

    // The separator that gives most known column names; when none does, the one that is most common.
    private static char Separated(string header, ImportFormat format)
    {
        var known = format.Columns.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        return s_separators
            .OrderByDescending(s => header.Split(s).Count(name => known.Contains(CodeLookup.Key(name.Trim('"')))))
            .ThenByDescending(s => header.Count(c => c == s))
            .First();
    }
}
