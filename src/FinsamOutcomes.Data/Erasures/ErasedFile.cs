using System.Globalization;
using System.Security.Cryptography;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Erasures;

/// <summary>
/// Who has been erased, in a file beside the database: when an older backup is restored they are erased again.
/// </summary>
/// <remarks>
/// <para>
/// A restore takes back ids and codes, so that somebody else may get both. A line therefore holds the mark of the row, which
/// is random and made with it: the same mark is the same row, in every copy of the database. Who was registered before there
/// were marks has an empty one, in every copy too, and nobody registered since has; those are told by id and by the codes they
/// have had, as keyed hashes. Nothing in the file can be read without the key, and with the key only whether a code that one
/// already knows was somebody's who is erased.
/// </para>
/// <para>
/// A line is written last before an erasing is kept, so that nobody is erased who does not stand here, and gets another sign
/// when it is kept. A line without that sign is of an erasing that failed, or of one that was killed in the moment between:
/// where the row is found erased it gets its sign, and where it is not, nobody is erased by it, but told of. A new try uses
/// the line that is there, and when the try ends in that the person is kept the line is struck.
/// </para>
/// <para>
/// Erasing again asks what erasing asks: whoever is in queue or enrolled is left, and so is whoever is merged with somebody
/// who does not stand here. They are told of, to be looked at.
/// </para>
/// </remarks>
public static class ErasedFile
{
    public const string PathVariable = "FINSAM_ERASED";

    private const string Suffix = ".gallrade";

    /// <summary>Where the file of a database lies; null for one on a server when FINSAM_ERASED says nothing.</summary>
    public static string? PathFor(FinsamDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        return Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } path ? Path.GetFullPath(path) : database.Engine.FileBeside(Suffix);
    }

    /// <summary>The mark of a new participant.</summary>
    public static string NewMark() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>How many a file tells of.</summary>
    /// <exception cref="ErasedFileException">The file is not such a file, or can't be read.</exception>
    public static async Task<int> CountAsync(string path, CancellationToken cancellationToken = default) =>
        (await ErasedLine.ReadAsync(path, cancellationToken)).Count(l => l.State == ErasedLine.Done);

    /// <summary>How many of those whom a database has as erased a file doesn't tell of: it is then damaged, or another's.</summary>
    /// <param name="path">The file.</param>
    /// <param name="erased">Those whom a database has as erased.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ErasedFileException">The file is not such a file, or can't be read.</exception>
    public static async Task<int> CountMissingAsync(string path, IEnumerable<LivingParticipantRow> erased, CancellationToken cancellationToken = default)
    {
        var lines = (await ErasedLine.ReadAsync(path, cancellationToken))
            .Where(l => l.State != ErasedLine.Struck)
            .ToLookup(l => (l.ForbundId, l.ParticipantId));
        return erased.Count(e => !lines[(e.ForbundId, e.Id)].Any(l => l.CouldBe(e.ErasureMark)));
    }

    /// <summary>Those whom a database has as erased, to be held against the file.</summary>
    internal static async Task<IReadOnlyList<LivingParticipantRow>> ErasedInAsync(FinsamDatabase database, CancellationToken cancellationToken)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<LivingParticipantRow>("Erasures.Erased", cancellationToken: cancellationToken);
    }

    /// <summary>Erases again those of a file who are in the database and not erased, each by themselves: what goes wrong for one stops no other.</summary>
    /// <exception cref="ErasedFileException">The file is not such a file, or can't be read.</exception>
    public static async Task<ErasedAgain> ApplyAsync(FinsamDatabase database, string path, string actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        await SettleAsync(database, path, cancellationToken);
        var lines = (await ErasedLine.ReadAsync(path, cancellationToken)).Where(l => l.State != ErasedLine.Struck).ToList();
        var living = await LivingAsync(database, cancellationToken);
        var found = lines.Where(l => living.TryGetValue((l.ForbundId, l.ParticipantId), out var mark) && l.CouldBe(mark)).ToList();
        var done = found.Where(l => l.State == ErasedLine.Done).ToLookup(l => (l.ForbundId, l.ParticipantId));
        var again = new ErasedAgain { Lines = lines.Count(l => l.State == ErasedLine.Done) };
        foreach (var line in found)
        {
            try
            {
                again = again.With(await ApplyAsync(database, line, done, actor, cancellationToken), line.ParticipantId);
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
            {
                again = again.With(ErasedOutcome.Failed, line.ParticipantId);
            }
        }

        // Some go with the one whom they are merged into, whichever's line comes first.
        var left = await LivingAsync(database, cancellationToken);
        again = again with { Erased = found.Select(l => (l.ForbundId, l.ParticipantId)).Distinct().Count(l => !left.ContainsKey(l)) };
        if (again.Erased > 0)
            await database.Engine.CleanAsync(cancellationToken);
        return again;
    }

    /// <summary>How many whom a file has as erased are alive in the database, as the same rows.</summary>
    /// <exception cref="ErasedFileException">The file is not such a file, or can't be read.</exception>
    internal static async Task<int> CountAliveAsync(FinsamDatabase database, string path, CancellationToken cancellationToken)
    {
        var living = await LivingAsync(database, cancellationToken);
        return (await ErasedLine.ReadAsync(path, cancellationToken))
            .Where(l => l.State == ErasedLine.Done && living.TryGetValue((l.ForbundId, l.ParticipantId), out var mark) && l.CouldBe(mark))
            .Select(l => (l.ForbundId, l.ParticipantId))
            .Distinct()
            .Count();
    }

    private static async Task<Dictionary<(int ForbundId, int Id), string>> LivingAsync(FinsamDatabase database, CancellationToken cancellationToken)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return (await session.QueryAsync<LivingParticipantRow>("Erasures.Living", cancellationToken: cancellationToken))
            .ToDictionary(l => (l.ForbundId, l.Id), l => l.ErasureMark);
    }

    /// <summary>Gives the lines of those whom the database has as erased their sign, where somebody was killed before it was written.</summary>
    internal static Task SettleAsync(FinsamDatabase database, CancellationToken cancellationToken) =>
        PathFor(database) is { } path && File.Exists(path) ? SettleAsync(database, path, cancellationToken) : Task.CompletedTask;

    private static async Task SettleAsync(FinsamDatabase database, string path, CancellationToken cancellationToken)
    {
        var erased = new List<ErasedLine>();
        foreach (var line in (await ErasedLine.ReadAsync(path, cancellationToken)).Where(l => l.State == ErasedLine.Begun))
        {
            await using var session = await database.ReadAsync(cancellationToken);
            var row = await session.SingleOrDefaultAsync<ErasureMarkRow>("Erasures.Mark", new { line.ForbundId, line.ParticipantId }, cancellationToken);
            if (row is { IsErased: true } && line.CouldBe(row.ErasureMark))
                erased.Add(line);
        }

        if (erased.Count > 0)
            await ErasedLine.SignAsync(path, erased, ErasedLine.Done, cancellationToken);
    }

    private static async Task<ErasedOutcome> ApplyAsync(
        FinsamDatabase database,
        ErasedLine line,
        ILookup<(int ForbundId, int ParticipantId), ErasedLine> done,
        string actor,
        CancellationToken cancellationToken)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, line.ForbundId, actor, cancellationToken);
        var row = await write.Session.SingleOrDefaultAsync<ParticipantRow>(
            "Participants.Find",
            new { line.ForbundId, line.ParticipantId },
            cancellationToken);

        // With the one whom it was merged into, just now.
        if (row is null or { ErasedAt: not null })
            return ErasedOutcome.None;
        if (!line.Is(await ErasedLines.WhoAsync(database, write, row.Id, cancellationToken)))
            return ErasedOutcome.Unknown;
        if (line.State == ErasedLine.Begun)
            return await ErasureStore.IsWaitingAsync(write.Session, write.ForbundId, row.Id, cancellationToken) ? ErasedOutcome.None : ErasedOutcome.Unsure;
        if (row.MergedIntoId is { } into)
            return done.Contains((line.ForbundId, into)) ? ErasedOutcome.None : ErasedOutcome.Kept;
        foreach (var (id, _) in await PersonErasing.RecordsAsync(write, row, cancellationToken))
        {
            var who = await ErasedLines.WhoAsync(database, write, id, cancellationToken);
            if (!done[(line.ForbundId, id)].Any(l => l.Is(who)))
                return ErasedOutcome.Kept;
        }

        if (await ErasureStore.StateAsync(write.Session, write.ForbundId, row.Id, cancellationToken) is { IsOpen: true })
            return ErasedOutcome.Kept;
        await PersonErasing.EraseAsync(write, row, cancellationToken);
        await write.CommitAsync("Participants.EraseAgain", ChangedEntity.Participant, row.Id, $"gallrad {line.ErasedAt}");
        return ErasedOutcome.None;
    }
}

/// <summary>What came of a line.</summary>
internal enum ErasedOutcome
{
    /// <summary>There was nothing to do, or it is done.</summary>
    None,
    Unknown,
    Kept,
    Unsure,
    Failed,
}

/// <summary>What came of a file of those who have been erased; of those who were left, by the number of their row.</summary>
public sealed record ErasedAgain
{
    /// <summary>How many the file tells of.</summary>
    public required int Lines { get; init; }

    /// <summary>How many of them were in the database, and were erased again.</summary>
    public int Erased { get; init; }

    /// <summary>Those who could be others.</summary>
    public IReadOnlyList<int> Unknown { get; init; } = [];

    /// <summary>Those who have come back, or are merged with others.</summary>
    public IReadOnlyList<int> Kept { get; init; } = [];

    /// <summary>Those whose erasing was begun and may never have been kept.</summary>
    public IReadOnlyList<int> Unsure { get; init; } = [];

    /// <summary>Those for whom something went wrong.</summary>
    public IReadOnlyList<int> Failed { get; init; } = [];

    /// <summary>Nobody is left to be looked at.</summary>
    public bool IsWhole => Unknown.Count + Kept.Count + Unsure.Count + Failed.Count == 0;

    public string InWords =>
        $"{Erased} av {Lines} som har gallrats fanns kvar och är gallrade igen."
        + Left(
            Unknown,
            "går inte att känna igen: ingen av deras koder stämmer, eller nyckelfilen är en annan. Se efter vilka de är")
        + Left(Kept, "är kvar för att de står i kö, är inskrivna eller är sammanslagna med någon annan. När det är rättat gallras de nästa gång")
        + Left(Unsure, "är kvar för att deras gallring kanske aldrig blev av. Se efter, och begär gallring igen om de ska gallras")
        + Left(Failed, "gick inte att gallra den här gången, och försöks med igen nästa gång");

    internal ErasedAgain With(ErasedOutcome outcome, int id) => outcome switch
    {
        ErasedOutcome.Unknown => this with { Unknown = [.. Unknown, id] },
        ErasedOutcome.Kept => this with { Kept = [.. Kept, id] },
        ErasedOutcome.Unsure => this with { Unsure = [.. Unsure, id] },
        ErasedOutcome.Failed => this with { Failed = [.. Failed, id] },
        _ => this,
    };

    private static string Left(IReadOnlyList<int> ids, string why) =>
        ids.Count == 0 ? "" : $" {ids.Distinct().Count()} {why}: deltagare med nummer {string.Join(", ", ids.Distinct().Order())}.";
}

/// <summary>The file of those who have been erased can't be used; the message says why, in Swedish.</summary>
public sealed class ErasedFileException(string message) : Exception(message);
