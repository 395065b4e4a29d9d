using System.Globalization;
using System.Text;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Erasures;

/// <summary>The lines of one erasing, in the file of those who have been erased; see <see cref="ErasedFile"/>. Without a file nothing is written.</summary>
internal sealed class ErasedLines
{
    private const int HashBytes = 16;

    private readonly string? _path;
    private readonly List<ErasedLine> _lines;

    private ErasedLines(string? path, List<ErasedLine> lines) => (_path, _lines) = (path, lines);

    /// <summary>To be asked before anything is erased, since codes are.</summary>
    public static async Task<ErasedLines> OfAsync(
        FinsamDatabase database,
        RegistrationWrite write,
        IEnumerable<int> participantIds,
        CancellationToken cancellationToken)
    {
        var lines = new List<ErasedLine>();
        if (ErasedFile.PathFor(database) is not { } path)
            return new ErasedLines(null, lines);
        foreach (var id in participantIds)
            lines.Add(
                new ErasedLine(
                    write.ForbundId,
                    id,
                    write.Session.UtcNow.ToString(ErasedLine.TimeForm, CultureInfo.InvariantCulture),
                    await WhoAsync(database, write, id, cancellationToken),
                    ErasedLine.Begun));
        return new ErasedLines(path, lines);
    }

    /// <summary>By what a row is told from others: its mark; without one the hashes of its codes, none when there is no key.</summary>
    public static async Task<string> WhoAsync(FinsamDatabase database, RegistrationWrite write, int participantId, CancellationToken cancellationToken)
    {
        var place = new { write.ForbundId, ParticipantId = participantId };
        var row = await write.Session.SingleOrDefaultAsync<ErasureMarkRow>("Erasures.Mark", place, cancellationToken);
        if (row is { ErasureMark: not "" })
            return ErasedLine.ByMark + row.ErasureMark;
        FieldCipher cipher;
        try
        {
            cipher = await KeyFile.CipherAsync(database, write.Session, cancellationToken);
        }
        catch (KeyFileException)
        {
            // Erasing does without the key: names that can't be read are erased as well.
            return ErasedLine.ByCodes;
        }

        var codes = await write.Session.QueryAsync<string>("Erasures.CodeKeys", place, cancellationToken);
        return ErasedLine.ByCodes + string.Join(
            ',',
            codes.Select(NormalForm.Of)
                .Distinct(StringComparer.Ordinal)
                .SelectMany(_ => cipher.Each, (c, one) => one.BlindIndex(c, "participant", "erased", write.ForbundId))
                .Select(h => Convert.ToHexStringLower(h.AsSpan(0, HashBytes)))
                .Order(StringComparer.Ordinal));
    }

    /// <summary>Writes them, on disk when this returns; a line that is there from a try before is used.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) =>
        _path is null ? Task.CompletedTask : ErasedLine.AddAsync(_path, _lines, cancellationToken);

    /// <summary>The erasing is kept.</summary>
    public Task EndAsync(CancellationToken cancellationToken) => SignAsync(ErasedLine.Done, cancellationToken);

    /// <summary>Whoever was tried before and is kept now is no longer to be told of.</summary>
    public Task ForgetAsync(CancellationToken cancellationToken) => SignAsync(ErasedLine.Struck, cancellationToken);

    private async Task SignAsync(char state, CancellationToken cancellationToken)
    {
        if (_path is not null && File.Exists(_path))
            await ErasedLine.SignAsync(_path, _lines, state, cancellationToken);
    }
}

/// <summary>A line of the file, as it stands there.</summary>
/// <param name="ForbundId">Whose participant.</param>
/// <param name="ParticipantId">The id of the row.</param>
/// <param name="ErasedAt">UTC.</param>
/// <param name="Who">By what the row is told from others; see <see cref="ErasedLines.WhoAsync"/>.</param>
/// <param name="State">Its last sign: begun, done or struck.</param>
internal sealed record ErasedLine(int ForbundId, int ParticipantId, string ErasedAt, string Who, char State)
{
    public const string ByMark = "m:";
    public const string ByCodes = "k:";
    public const char Begun = '?';
    public const char Done = '.';
    public const char Struck = '-';

    public const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private const string FirstLine = "finsam-gallrade-2";

    // Another program may be at it, for a moment.
    private const int Tries = 100;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Where the last sign stands in the file.</summary>
    public long At { get; init; }

    /// <summary>False when it is surely another row, by its mark alone.</summary>
    public bool CouldBe(string mark) => mark.Length == 0 ? Who.StartsWith(ByCodes, StringComparison.Ordinal) : Who == ByMark + mark;

    /// <summary>True when it is the row; one code that both have had is enough.</summary>
    public bool Is(string who) => who.StartsWith(ByMark, StringComparison.Ordinal) ? Who == who : Hashes(Who).Intersect(Hashes(who)).Any();

    public static async Task<IReadOnlyList<ErasedLine>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = await OpenAsync(path, FileAccess.Read, cancellationToken);
            return await ReadAsync(file, path, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ErasedFileException(
                $"Filen {path} med dem som har gallrats går inte att läsa. Kontrollera att den finns och att programmet får läsa den.");
        }
    }

    /// <summary>Adds those lines that are not there and begun already.</summary>
    public static Task AddAsync(string path, IEnumerable<ErasedLine> lines, CancellationToken cancellationToken) => WriteAsync(path, async () =>
    {
        if (!File.Exists(path))
            Begin(path);
        await using var file = await OpenAsync(path, FileAccess.ReadWrite, cancellationToken);
        var known = await ReadAsync(file, path, cancellationToken);
        var text = new StringBuilder();
        foreach (var line in lines.Where(l => !known.Any(k => k.State == Begun && k.IsSameAs(l))))
            text.Append(CultureInfo.InvariantCulture, $"{line.ForbundId};{line.ParticipantId};{line.ErasedAt};{line.Who};{line.State}\n");
        if (text.Length == 0)
            return;

        // A line that was cut off goes, so that all but the last are whole.
        file.SetLength(await WholeAsync(file, cancellationToken));
        file.Seek(-1, SeekOrigin.End);
        if (file.ReadByte() != '\n')
            file.WriteByte((byte)'\n');
        await file.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
        file.Flush(flushToDisk: true);
    });

    /// <summary>Gives lines that are begun another last sign: one byte each, so that a line is never half changed.</summary>
    public static Task SignAsync(string path, IReadOnlyList<ErasedLine> lines, char state, CancellationToken cancellationToken) => WriteAsync(path, async () =>
    {
        await using var file = await OpenAsync(path, FileAccess.ReadWrite, cancellationToken);
        foreach (var known in (await ReadAsync(file, path, cancellationToken)).Where(k => k.State == Begun && lines.Any(k.IsSameAs)))
        {
            file.Position = known.At;
            file.WriteByte((byte)state);
        }

        file.Flush(flushToDisk: true);
    });

    // In one step, so that a file which is empty or has no first line is always a damaged one.
    private static void Begin(string path)
    {
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (var file = OwnersFile.Create(unfinished))
            {
                file.Write(Encoding.UTF8.GetBytes(FirstLine + "\n"));
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another program was first.
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    // How much of the file is lines that were written to their last sign.
    private static async Task<long> WholeAsync(FileStream file, CancellationToken cancellationToken)
    {
        var bytes = new byte[file.Length];
        file.Position = 0;
        await file.ReadExactlyAsync(bytes, cancellationToken);
        var start = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        return Parse(Encoding.UTF8.GetString(bytes, start, bytes.Length - start)) is null ? start : bytes.Length;
    }

    private static string[] Hashes(string who) =>
        who.StartsWith(ByCodes, StringComparison.Ordinal) ? who[ByCodes.Length..].Split(',', StringSplitOptions.RemoveEmptyEntries) : [];

    private static async Task WriteAsync(string path, Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ErasedFileException(
                $"Filen {path} med dem som har gallrats går inte att skriva, så gallringen har stannat. "
                    + "Kontrollera att mappen finns, att programmet får skriva i den och att det finns plats på disken.");
        }
    }

    private static async Task<FileStream> OpenAsync(string path, FileAccess access, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return new FileStream(path, FileMode.Open, access, FileShare.None);
            }
            catch (IOException e) when (tries < Tries && e is not (FileNotFoundException or DirectoryNotFoundException))
            {
                await Task.Delay(s_pause, cancellationToken);
            }
        }
    }

    private static async Task<List<ErasedLine>> ReadAsync(FileStream file, string path, CancellationToken cancellationToken)
    {
        var bytes = new byte[file.Length];
        file.Position = 0;
        await file.ReadExactlyAsync(bytes, cancellationToken);
        var (found, start, number) = (new List<ErasedLine>(), 0, 1);
        while (start < bytes.Length)
        {
            var length = bytes.AsSpan(start).IndexOf((byte)'\n');
            var end = length < 0 ? bytes.Length : start + length;
            var line = Encoding.UTF8.GetString(bytes, start, end - start);
            if (number == 1 && (line != FirstLine || length < 0))
                break;
            if (number > 1 && Parse(line) is { } parsed)
                found.Add(parsed with { At = end - 1 });

            // The last one was cut off, and its erasing never kept; any other was whole when it was written.
            else if (number > 1 && length >= 0)
                throw new ErasedFileException(Damaged(path, number));
            (start, number) = (end + 1, number + 1);
        }

        return number > 1
            ? found
            : throw new ErasedFileException(
                bytes.Length == 0
                    ? $"Filen {path} med dem som har gallrats är tom, och alltså skadad. Lägg tillbaka en hel kopia av den, och börja om."
                    : $"Filen {path} är inte en fil med dem som har gallrats, eller är skadad. Den börjar med ”{FirstLine}”.");
    }

    private static ErasedLine? Parse(string line) =>
        line.Split(';') is [var forbund, var participant, var erasedAt, var who, [(Begun or Done or Struck) and var state]]
        && int.TryParse(forbund, NumberStyles.None, CultureInfo.InvariantCulture, out var forbundId)
        && int.TryParse(participant, NumberStyles.None, CultureInfo.InvariantCulture, out var participantId)
        && DateTime.TryParseExact(erasedAt, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && IsWho(who)
            ? new ErasedLine(forbundId, participantId, erasedAt, who, state)
            : null;

    private static bool IsWho(string who) =>
        who.StartsWith(ByMark, StringComparison.Ordinal) ? IsHex(who[ByMark.Length..])
        : who.StartsWith(ByCodes, StringComparison.Ordinal) && (who.Length == ByCodes.Length || who[ByCodes.Length..].Split(',').All(IsHex));

    private static bool IsHex(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigitLower);

    private static string Damaged(string path, int number) => $"Filen {path} är skadad på rad {number}. Lägg tillbaka en hel kopia av den, och börja om.";

    private bool IsSameAs(ErasedLine other) => (ForbundId, ParticipantId, Who) == (other.ForbundId, other.ParticipantId, other.Who);
}
