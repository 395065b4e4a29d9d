using System.Globalization;
using System.Text;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Erasures;

/// <summary>
/// Who has been erased, in a file beside the database: when an older backup is restored they are erased again. A line holds
/// the förbund, the row's id, when, and the codes that the person has had as keyed hashes: an id that has been given to
/// somebody else after a restore is then told from the one that was meant. Nothing in it can be read without the key, and
/// with the key only whether a code that one already knows was somebody's who is erased.
/// </summary>
public static class ErasedFile
{
    public const string PathVariable = "FINSAM_ERASED";

    private const string Suffix = ".gallrade";
    private const string FirstLine = "finsam-gallrade-1";
    private const int HashBytes = 16;

    // A line without it was cut off, and its erasing never kept.
    private const string End = ".";

    /// <summary>Where the file of a database lies; null for one on a server when FINSAM_ERASED says nothing.</summary>
    public static string? PathFor(FinsamDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        return Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } path ? Path.GetFullPath(path) : database.Engine.FileBeside(Suffix);
    }

    /// <summary>
    /// Erases again those of a file who are in the database and not erased. Who has the id of a line but none of its codes is
    /// somebody else, or can't be told from somebody else, and is left.
    /// </summary>
    /// <exception cref="ErasedFileException">The file is not such a file, or can't be read.</exception>
    public static async Task<ErasedAgain> ApplyAsync(FinsamDatabase database, string path, string actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        var lines = Read(path);
        HashSet<LivingParticipantRow> living;
        await using (var session = await database.ReadAsync(cancellationToken))
            living = [.. await session.QueryAsync<LivingParticipantRow>("Erasures.Living", cancellationToken: cancellationToken)];
        var (erased, unknown) = (0, new SortedSet<int>());
        foreach (var line in lines.Where(l => living.Contains(new LivingParticipantRow { ForbundId = l.ForbundId, Id = l.ParticipantId })))
        {
            await using var write = await RegistrationWrite.OpenAsync(database, line.ForbundId, actor, cancellationToken);
            var row = await write.Session.SingleOrDefaultAsync<ParticipantRow>(
                "Participants.Find",
                new { line.ForbundId, line.ParticipantId },
                cancellationToken);
            if (row is null or { ErasedAt: not null })
                continue;
            if (!(await HashesAsync(database, write, row.Id, cancellationToken)).Intersect(line.Hashes).Any())
            {
                unknown.Add(row.Id);
                continue;
            }

            await PersonErasing.EraseAsync(write, row, cancellationToken);
            await write.CommitAsync("Participants.EraseAgain", ChangedEntity.Participant, row.Id, $"gallrad {line.ErasedAt}");
            unknown.Remove(row.Id);
            erased++;
        }

        if (erased > 0)
            await database.Engine.CleanAsync(cancellationToken);
        return new ErasedAgain(lines.Count, erased, [.. unknown]);
    }

    /// <summary>
    /// Adds those who are about to be erased, on disk when this returns: before the erasing is kept, so that nobody is
    /// erased who does not stand here. A line whose erasing came to nothing is one that was decided, and will be done.
    /// </summary>
    internal static async Task AddAsync(FinsamDatabase database, RegistrationWrite write, IEnumerable<int> participantIds, CancellationToken cancellationToken)
    {
        if (PathFor(database) is not { } path)
            return;
        var text = new StringBuilder();
        foreach (var id in participantIds)
        {
            var hashes = string.Join(',', await HashesAsync(database, write, id, cancellationToken));
            text.Append(CultureInfo.InvariantCulture, $"{write.ForbundId};{id};{write.Session.UtcNow:yyyy-MM-ddTHH:mm:ssZ};{hashes};{End}\n");
        }

        try
        {
            if (!File.Exists(path))
            {
                await using var begun = OwnersFile.Create(path);
                await begun.WriteAsync(Encoding.UTF8.GetBytes(FirstLine + "\n"), cancellationToken);
                begun.Flush(flushToDisk: true);
            }

            // A line that was cut off ends here.
            await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
            file.Seek(-1, SeekOrigin.End);
            if (file.ReadByte() != '\n')
                file.WriteByte((byte)'\n');
            await file.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
            file.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ErasedFileException(
                $"Filen {path} med dem som har gallrats går inte att skriva, så gallringen har stannat. "
                    + "Kontrollera att mappen finns, att programmet får skriva i den och att det finns plats på disken.");
        }
    }

    private static async Task<IReadOnlyList<string>> HashesAsync(
        FinsamDatabase database,
        RegistrationWrite write,
        int participantId,
        CancellationToken cancellationToken)
    {
        FieldCipher cipher;
        try
        {
            cipher = await KeyFile.CipherAsync(database, write.Session, cancellationToken);
        }
        catch (KeyFileException)
        {
            // Erasing does without the key: names that can't be read are erased as well.
            return [];
        }

        var codes = await write.Session.QueryAsync<string>("Erasures.CodeKeys", new { write.ForbundId, ParticipantId = participantId }, cancellationToken);
        return
        [
            .. codes.Select(NormalForm.Of)
                .Distinct(StringComparer.Ordinal)
                .Select(c => Convert.ToHexStringLower(cipher.BlindIndex(c, "participant", "erased", write.ForbundId).AsSpan(0, HashBytes))),
        ];
    }

    private static List<Line> Read(string path)
    {
        string[] text;
        try
        {
            // Another program may be adding to it.
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            text = reader.ReadToEnd().Split('\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ErasedFileException(
                $"Filen {path} med dem som har gallrats går inte att läsa. Kontrollera att den finns och att programmet får läsa den.");
        }

        if (text[0] != FirstLine)
            throw new ErasedFileException($"Filen {path} är inte en fil med dem som har gallrats. Den börjar med ”{FirstLine}”.");
        var lines = new List<Line>();
        foreach (var (line, number) in text.Skip(1).Select((l, i) => (l, i + 2)))
        {
            if (!line.EndsWith($";{End}", StringComparison.Ordinal))
                continue;
            if (line.Split(';') is not [var forbund, var participant, var erasedAt, var hashes, End]
                || !int.TryParse(forbund, NumberStyles.None, CultureInfo.InvariantCulture, out var forbundId)
                || !int.TryParse(participant, NumberStyles.None, CultureInfo.InvariantCulture, out var participantId))
                throw new ErasedFileException($"Filen {path} är skadad på rad {number}. Lägg tillbaka en hel kopia av den, och börja om.");
            lines.Add(new Line(forbundId, participantId, erasedAt, hashes.Split(',', StringSplitOptions.RemoveEmptyEntries)));
        }

        return lines;
    }

    private sealed record Line(int ForbundId, int ParticipantId, string ErasedAt, IReadOnlyList<string> Hashes);
}

/// <summary>What came of a file of those who have been erased.</summary>
/// <param name="Lines">How many the file tells of.</param>
/// <param name="Erased">How many of them were in the database, and were erased again.</param>
/// <param name="Unknown">Ids that the file tells of and whose participants could be others: left, to be looked at.</param>
public sealed record ErasedAgain(int Lines, int Erased, IReadOnlyList<int> Unknown)
{
    public string InWords =>
        $"{Erased} av {Lines} som har gallrats fanns kvar och är gallrade igen."
        + (Unknown.Count == 0
            ? ""
            : $" {Unknown.Count} går inte att känna igen: ingen av deras koder stämmer, eller nyckelfilen är en annan. "
                + $"Se efter vilka de är: deltagare med nummer {string.Join(", ", Unknown)}.");
}

/// <summary>The file of those who have been erased can't be used; the message says why, in Swedish.</summary>
public sealed class ErasedFileException(string message) : Exception(message);
