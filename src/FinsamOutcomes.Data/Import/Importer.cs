using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Data.Import;

/// <summary>
/// Imports a file into a förbund: all of it or nothing, in one transaction with its import_batch row and audit event.
/// Whatever the file holds, the outcome is an <see cref="ImportResult"/>; only the database and the disk can throw.
/// </summary>
public sealed class Importer(FinsamDatabase database, int forbundId, string actor = "finsam")
{
    /// <param name="kind">Which of the four formats.</param>
    /// <param name="path">The file.</param>
    /// <param name="isDryRun">Does everything, also the writing, but undoes it at the end.</param>
    /// <param name="progress">Told now and then how far the reading has come, 0–1.</param>
    /// <param name="cancellationToken">Stops the import; nothing is kept.</param>
    public async Task<ImportResult> ImportAsync(ImportKind kind, string path, bool isDryRun = false, Action<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        var problems = new ImportProblems();
        var result = new ImportResult { Kind = kind, FileName = Path.GetFileName(path), IsDryRun = isDryRun, Problems = problems };
        return await ImportAsync(result, CsvSource.Open(path, ImportFormat.Of(kind), problems, cancellationToken), progress, cancellationToken);
    }

    /// <summary>
    /// As from a file, of what has been sent. Its name isn't asked for, since people name files after persons: it is told of as
    /// the kind, <c>deltagare.csv</c>.
    /// </summary>
    /// <param name="kind">Which of the four formats.</param>
    /// <param name="content">Can be read from any place; is closed.</param>
    /// <param name="isDryRun">Does everything, also the writing, but undoes it at the end.</param>
    /// <param name="cancellationToken">Stops the import; nothing is kept.</param>
    public async Task<ImportResult> ImportAsync(ImportKind kind, Stream content, bool isDryRun = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        var format = ImportFormat.Of(kind);
        var problems = new ImportProblems();
        var result = new ImportResult { Kind = kind, FileName = format.TemplateName, IsDryRun = isDryRun, Problems = problems };
        return await ImportAsync(result, CsvSource.Open(content, format, problems, cancellationToken), progress: null, cancellationToken);
    }

    private async Task<ImportResult> ImportAsync(ImportResult result, CsvSource? opened, Action<double>? progress, CancellationToken cancellationToken)
    {
        if (opened is null)
            return result;
        using var source = opened;
        var (format, problems) = (ImportFormat.Of(result.Kind), result.Problems);
        result = result with { EncodingName = source.EncodingName, Separator = source.Separator };
        using var rows = new ImportRows(source, format, problems);
        if (!rows.ReadHeader())
            return result;

        await using var session = await database.WriteAsync(cancellationToken);

        // As a registration begins: nothing in the förbund changes while the file is compared with it, and locks are taken
        // in the same order.
        await session.ExecuteAsync("Registration.Hold", new { ForbundId = forbundId }, cancellationToken);
        var job = new ImportJob(session, forbundId, rows, problems, source.Stream.Length, progress, cancellationToken);
        var counts = result.Kind switch
        {
            ImportKind.Insatser => await new InsatsImport(job).RunAsync(),
            ImportKind.Instrument => await new InstrumentImport(job).RunAsync(),
            ImportKind.Deltagare => await new ParticipationImport(job).RunAsync(),
            _ => await new AssessmentImport(job).RunAsync(),
        };
        problems.Sort();
        result = result with { Rows = rows.Count };
        if (problems.Errors > 0)
            return result;
        result = result with { Counts = counts };
        if (result.IsDryRun || !result.HasChanges)
            return result;

        // Under the name of its kind: people name files after persons, and the sum tells which file it was.
        var id = await session.ReserveIdsAsync("import_batch", cancellationToken: cancellationToken);
        await session.ExecuteAsync(
            "Import.AddBatch",
            new { Id = id, ForbundId = forbundId, Kind = format.Name, FileName = format.TemplateName, FileSha256 = source.Sha256, RowCount = rows.Count, AddedCount = counts.Added, ImportedAt = session.UtcNow },
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
                Detail = $"rader {rows.Count}, nya {counts.Added}, uppdaterade {counts.Updated}, oförändrade {counts.Unchanged}",
            },
            cancellationToken);
        await session.CommitAsync(cancellationToken);
        return result with { IsSaved = true };
    }
}

/// <summary>What became of the rows of a file.</summary>
/// <param name="Added">Rows that are new in the database.</param>
/// <param name="Updated">Rows that completed what was registered.</param>
/// <param name="Unchanged">Rows that were registered already.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct ImportCounts(int Added, int Updated, int Unchanged);

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

    /// <summary>All zero when there are errors.</summary>
    public ImportCounts Counts { get; init; }

    public string EncodingName { get; init; } = "UTF-8";

    public char Separator { get; init; } = ';';

    /// <summary>The separator in words.</summary>
    public string SeparatorName => Separator switch
    {
        ';' => "semikolon",
        ',' => "komma",
        '\t' => "tabb",
        _ => Separator.ToString(),
    };

    /// <summary>The rows are in the database now.</summary>
    public bool IsSaved { get; init; }

    public bool HasChanges => Counts.Added + Counts.Updated > 0;

    /// <summary>Nothing in the file broke a rule, warnings aside.</summary>
    public bool IsValid => Problems.Errors == 0;
}

/// <summary>What the import of one file works with.</summary>
internal sealed class ImportJob(DatabaseSession session, int forbundId, ImportRows rows, ImportProblems problems, long length, Action<double>? progress, CancellationToken cancellationToken)
{
    private const int RowsBetweenProgress = 8192;

    private IReadOnlyList<KnownCode> _codes = [];

    public DatabaseSession Session => session;

    public int ForbundId => forbundId;

    public ImportRows Rows => rows;

    public ImportProblems Problems => problems;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Today as a day number: nothing that has happened is later.</summary>
    public int Today { get; } = session.Today.DayNumber;

    public Task<IReadOnlyList<T>> KnownAsync<T>(string query) =>
        session.QueryAsync<T>(query, new { ForbundId = forbundId }, cancellationToken);

    public async Task LoadCodesAsync() => _codes = await session.QueryAsync<KnownCode>("Import.Codes", cancellationToken: cancellationToken);

    /// <summary>The codes of a list; its labels are understood too.</summary>
    public CodeLookup Codes(string list)
    {
        var lookup = new CodeLookup();
        foreach (var code in _codes.Where(c => c.List == list))
            lookup.Add(code.Code, code.Label);
        return lookup;
    }

    /// <summary>The exit reasons that are no exit at all.</summary>
    public IEnumerable<string> Misregistrations => _codes.Where(c => c is { List: "exit_reason", IsMisregistration: true }).Select(c => c.Code);

    /// <summary>Moves to the next row and tells the progress now and then.</summary>
    public bool Next()
    {
        if (rows.Count % RowsBetweenProgress == RowsBetweenProgress - 1)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Invoke(Math.Min(1, (double)rows.Position / length));
        }

        if (rows.Next())
            return true;
        if (rows.Count == 0 && problems.Errors == 0)
            problems.Add(ImportRule.NoRows, 1, "", "Filen har en rubrikrad men inga rader.");
        return false;
    }

    /// <summary>Reports a day later than today; true when the date can be used.</summary>
    public bool IsNotInFuture(int column, int day)
    {
        if (day <= Today)
            return true;
        rows.Add(ImportRule.DateInFuture, column, $"{rows.Name(column)} är {Iso(day)}, som inte har inträffat än.", $"{rows.Name(column)} har inte inträffat än.");
        return false;
    }

    public static string Iso(int day) => DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>For the database: null for day 0.</summary>
    public static object? Date(int day) => day == 0 ? null : DateOnly.FromDayNumber(day);
}
