using System.Data.Common;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Operation;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Import;

/// <summary>
/// Imports a file into a förbund: all of it or nothing, in one transaction with its import_batch row and audit event.
/// Whatever the file holds, the outcome is an <see cref="ImportResult"/>; only the database and the disk can throw.
/// The file is read and compared without holding anybody who registers; only what it adds is written in turn, after a look
/// at what others have changed meanwhile.
/// </summary>
public sealed class Importer(FinsamDatabase database, int forbundId, string actor = "finsam")
{
    // Only somebody who changes the very participants of the file makes it be compared again.
    private const int Tries = 5;

    /// <summary>How long to stand in line while other files are read into the förbund; without end when nothing is said.</summary>
    public TimeSpan Patience { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>The user who reads the file in, who may not let oneself in to anybody by it; null on the server itself.</summary>
    public int? UserId { get; init; }

    /// <summary>What has been said of the file.</summary>
    public ImportOptions Options { get; init; } = ImportOptions.None;

    /// <summary>What targets can be set for: known to those who measure.</summary>
    public IReadOnlyList<TargetableMeasure> Measures { get; init; } = [];

    /// <summary>Told once when another import goes before.</summary>
    public Action? Waiting { get; init; }

    /// <param name="kind">Which of the formats.</param>
    /// <param name="path">The file.</param>
    /// <param name="isDryRun">Reads and checks everything, and writes nothing.</param>
    /// <param name="progress">Told now and then how far the reading has come, 0–1.</param>
    /// <param name="cancellationToken">Stops the import; nothing is kept.</param>
    public async Task<ImportResult> ImportAsync(
        ImportKind kind,
        string path,
        bool isDryRun = false,
        Action<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        var problems = new ImportProblems();
        var result = new ImportResult { Kind = kind, FileName = Path.GetFileName(path), IsDryRun = isDryRun, Problems = problems };
        return await ImportAsync(result, CsvSource.Open(path, ImportFormat.Of(kind), Options, problems, cancellationToken), progress, cancellationToken);
    }

    /// <summary>
    /// As from a file, of what has been sent. Its name isn't asked for, since people name files after persons: it is told of as
    /// the kind, <c>deltagare.csv</c>.
    /// </summary>
    /// <param name="kind">Which of the formats.</param>
    /// <param name="content">Can be read from any place; is closed.</param>
    /// <param name="isDryRun">Reads and checks everything, and writes nothing.</param>
    /// <param name="cancellationToken">Stops the import; nothing is kept.</param>
    public async Task<ImportResult> ImportAsync(ImportKind kind, Stream content, bool isDryRun = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        var format = ImportFormat.Of(kind);
        var problems = new ImportProblems();
        var result = new ImportResult { Kind = kind, FileName = format.TemplateName, IsDryRun = isDryRun, Problems = problems };
        return await ImportAsync(result, CsvSource.Open(content, format, Options, problems, cancellationToken), progress: null, cancellationToken);
    }

    private async Task<ImportResult> ImportAsync(ImportResult result, CsvSource? opened, Action<double>? progress, CancellationToken cancellationToken)
    {
        if (opened is null)
            return result;
        using var source = opened;
        result = result with { EncodingName = source.EncodingName, Separator = source.Separator, Sheet = source.Sheet };
        await using var turn = await ImportTurn.TakeAsync(database, forbundId, Patience, Waiting, cancellationToken);
        if (turn is null)
        {
            result.Problems.Add(ImportRule.OtherImport, "En annan inläsning pågår i förbundet, så filen har inte lästs.");
            return result;
        }

        for (var tries = 1; tries <= Tries; tries++)
        {
            if (await TryAsync(result with { Problems = new ImportProblems() }, source, progress, cancellationToken) is not { } done)
                continue;

            // What is told of a file that isn't saved tells of the register too, so it is noted before it is shown.
            if (!done.IsSaved && done.Rows > 0)
                await NoteTriedAsync(done, cancellationToken);
            return done;
        }

        result.Problems.Add(ImportRule.RegisterChanging, "Gång på gång ändrade andra det som filen jämförs med medan den lästes.");
        return result;
    }

    /// <summary>Null when others changed what the comparison rests on before it was written: nothing was, and it can be made again.</summary>
    private async Task<ImportResult?> TryAsync(ImportResult result, CsvSource source, Action<double>? progress, CancellationToken cancellationToken)
    {
        var (format, problems) = (ImportFormat.Of(result.Kind), result.Problems);
        source.Stream.Position = 0;
        using var rows = new ImportRows(source, format, Options, problems);
        if (!rows.ReadHeader())
            return result;
        var job = new ImportJob(database, forbundId, UserId, result.IsDryRun, Options, rows, problems, source.Stream.Length, progress, cancellationToken);
        IFileImport file = result.Kind switch
        {
            ImportKind.Insatser => new InsatsImport(job),
            ImportKind.Instrument => new InstrumentImport(job),
            ImportKind.Deltagare => new ParticipationImport(job),
            ImportKind.Sjalvskattning => new AssessmentImport(job),
            ImportKind.Antal => new HeadCountImport(job),
            ImportKind.Medel => new FundsImport(job),
            ImportKind.Ekonomi => new EconomyImport(job),
            _ => new TargetImport(job, Measures),
        };

        RegisterMarks marks;
        await using (var snapshot = await database.SnapshotAsync(cancellationToken))
        {
            marks = await RegisterMarks.ReadAsync(snapshot, cancellationToken);
            await file.LoadAsync(snapshot);
        }

        var counts = file.Read();
        if (file.Told.Count > 0)
        {
            await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
            await Presence.NoteAsync(write, file.Told, UserId, cancellationToken);
        }

        problems.Sort();
        result = result with { Rows = rows.Count, KnownParticipants = file.KnownParticipants };
        if (problems.Errors > 0)
            return result;
        result = result with { Counts = counts, Changes = job.Changes, Names = file.Identities.Names, PersonalNumbers = file.Identities.Numbers };
        if (result.IsDryRun || !result.HasChanges || !IsConfirmed(result))
            return result;
        try
        {
            await using var session = await database.WriteAsync(cancellationToken);

            // As a registration begins: nothing in the förbund changes from here on, and locks are taken in the same order.
            await session.ExecuteAsync("Registration.Hold", new { ForbundId = forbundId }, cancellationToken);
            foreach (var change in await marks.ChangedSinceAsync(session, forbundId, cancellationToken))
            {
                if (change.What == ChangedMeanwhile.Import || file.RestsOn(change))
                    return null;
            }

            await file.WriteAsync(session);
            await job.FilledIn.WriteAsync(session, forbundId, actor, cancellationToken);
            await KeepAsync(session, result, source.Sha256, file, job.FilledIn.Count, cancellationToken);
        }
        catch (RegistrationException e) when (e.Errors.Any(error => error.Field == RegistrationException.VersionField))
        {
            // Saved by somebody else without a change, so that the history has nothing of it.
            return null;
        }
        catch (KeyFileException)
        {
            problems.Add(ImportRule.KeyUnusable, ParticipationImport.NoKeyMessage);
            return result with { Counts = default };
        }
        catch (DbException e) when (database.Engine.IsDuplicate(e))
        {
            await using var session = await database.WriteAsync(cancellationToken);
            await file.FindDuplicatesAsync(session);
            if (problems.Errors == 0)
                throw;
            problems.Sort();
            return result with { Counts = default };
        }

        return result with { IsSaved = true };
    }

    // What takes the place of something is saved when just that has been seen, whatever others have changed since.
    private bool IsConfirmed(ImportResult result) =>
        result.Changes.Count == 0 || string.Equals(Options.Confirmed, result.ChangesDigest, StringComparison.Ordinal);

    private Task NoteTriedAsync(ImportResult result, CancellationToken cancellationToken)
    {
        var (entity, isAboutPersons) = result.Kind switch
        {
            ImportKind.Insatser => ("insats", false),
            ImportKind.Instrument => ("instrument", false),
            ImportKind.Deltagare => ("participant", true),
            ImportKind.Sjalvskattning => ("assessment", true),
            ImportKind.Antal => ("head_count", false),
            ImportKind.Medel => ("forbund_contribution", false),
            ImportKind.Ekonomi => ("insats_year", false),
            _ => ("target", false),
        };
        var known = isAboutPersons ? $", personer i registret {result.KnownParticipants}" : "";
        return new ReadingJournal(database).NoteAsync(
            new NewAuditEvent
            {
                ForbundId = forbundId,
                Actor = actor,
                Action = "Import.Try",
                Entity = entity,
                Detail = $"rader {result.Rows}{known}, fel {result.Problems.Errors}{(result.Changes.Count > 0 ? $", visade rättelser {result.Changes.Count}" : "")}",
            },
            cancellationToken);
    }

    private async Task KeepAsync(
        DatabaseSession session, ImportResult result, string sha256, IFileImport file, int filledIn, CancellationToken cancellationToken)
    {
        // Under the name of its kind: people name files after persons, and the sum tells which file it was.
        var (format, counts) = (ImportFormat.Of(result.Kind), result.Counts);
        var id = await session.ReserveIdsAsync("import_batch", cancellationToken: cancellationToken);
        await session.ExecuteAsync(
            "Import.AddBatch",
            new
            {
                Id = id,
                ForbundId = forbundId,
                Kind = format.Name,
                FileName = format.TemplateName,
                FileSha256 = sha256,
                RowCount = result.Rows,
                AddedCount = counts.Added,
                ImportedAt = session.UtcNow,
                ImportedBy = actor,
                FilledInCount = filledIn,
                FirstParticipant = file.AddedParticipants?.First,
                LastParticipant = file.AddedParticipants?.Last,
                FirstParticipation = file.AddedParticipations?.First,
                LastParticipation = file.AddedParticipations?.Last,
            },
            cancellationToken);
        await AuditLog.AppendAsync(
            session,
            new NewAuditEvent
            {
                ForbundId = forbundId,
                Actor = actor,
                Action = $"Import.{result.Kind}",
                Entity = "import_batch",
                EntityId = id,
                Detail = $"rader {result.Rows}, nya {counts.Added}, uppdaterade {counts.Updated}, oförändrade {counts.Unchanged}{(counts.Removed > 0 ? $", borttagna {counts.Removed}" : "")}{(result.Changes.Count > 0 ? $", rättade uppgifter {result.Changes.Count}" : "")}{file.Note}",
            },
            cancellationToken);
        await session.CommitAsync(cancellationToken);
        FinsamMeter.Imported($"{result.Kind}");
    }
}

/// <summary>What became of the rows of a file.</summary>
/// <param name="Added">Rows that are new in the database.</param>
/// <param name="Updated">Rows that completed what was registered.</param>
/// <param name="Unchanged">Rows that were registered already.</param>
/// <param name="Removed">What the file leaves out, and is taken away.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct ImportCounts(int Added, int Updated, int Unchanged, int Removed = 0);

/// <summary>The outcome of an import.</summary>
public sealed record ImportResult
{
    public required ImportKind Kind { get; init; }

    /// <summary>Without its folder.</summary>
    public required string FileName { get; init; }

    public required bool IsDryRun { get; init; }

    public required ImportProblems Problems { get; init; }

    /// <summary>Data rows read, empty ones left out.</summary>
    public int Rows { get; init; }

    /// <summary>Participants of the register that the file names.</summary>
    internal int KnownParticipants { get; init; }

    /// <summary>All zero when there are errors.</summary>
    public ImportCounts Counts { get; init; }

    /// <summary>Names that the file adds.</summary>
    public int Names { get; init; }

    /// <summary>Personal numbers that the file adds.</summary>
    public int PersonalNumbers { get; init; }

    public string EncodingName { get; init; } = "UTF-8";

    public char Separator { get; init; } = ';';

    /// <summary>How the file was read, in words: <c>UTF-8, semikolon mellan fälten</c>.</summary>
    public string ReadAs => Sheet is null ? $"{EncodingName}, {SeparatorName} mellan fälten" : $"{EncodingName}, bladet ”{ImportRows.Shown(Sheet)}”";

    /// <summary>The separator in words.</summary>
    public string SeparatorName => Separator switch
    {
        ';' => "semikolon",
        ',' => "komma",
        '\t' => "tabb",
        _ => Separator.ToString(),
    };

    /// <summary>The sheet of a workbook that was read; null for a CSV file.</summary>
    public string? Sheet { get; init; }

    /// <summary>The rows are in the database now.</summary>
    public bool IsSaved { get; init; }

    public bool HasChanges => Counts.Added + Counts.Updated + Counts.Removed > 0;

    /// <summary>What a file that corrects takes the place of; empty when it only adds.</summary>
    public IReadOnlyList<RegisterChange> Changes { get; init; } = [];

    /// <summary>To confirm them with.</summary>
    public string ChangesDigest => RegisterChange.Digest(Changes);

    /// <summary>The file is right, and waits for somebody to say yes to what it corrects.</summary>
    public bool AwaitsConfirmation => IsValid && !IsSaved && Changes.Count > 0;

    /// <summary>Why nothing was saved though the file may be right: others were before it, and it can be tried again. Null when that is not so.</summary>
    public ImportProblem? InTheWay => Problems.Kept.FirstOrDefault(p => p.Rule == ImportRule.OtherImport || p.Rule == ImportRule.RegisterChanging);

    /// <summary>Nothing in the file broke a rule, warnings aside.</summary>
    public bool IsValid => Problems.Errors == 0;
}
