using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Data.Import;

/// <summary>What the import of one file works with.</summary>
internal sealed class ImportJob(
    FinsamDatabase database,
    int forbundId,
    int? userId,
    bool isDryRun,
    ImportOptions options,
    ImportRows rows,
    ImportProblems problems,
    long length,
    Action<double>? progress,
    CancellationToken cancellationToken)
{
    private const int RowsBetweenProgress = 8192;

    private IReadOnlyList<KnownCode> _codes = [];

    public FinsamDatabase Database => database;

    public int ForbundId => forbundId;

    /// <summary>The user who reads the file in; null on the server itself.</summary>
    public int? UserId => userId;

    /// <summary>Nothing will be saved, whatever the file says.</summary>
    public bool IsDryRun => isDryRun;

    public ImportRows Rows => rows;

    public ImportProblems Problems => problems;

    /// <summary>What the file says of rows that were registered without it.</summary>
    public FilledIn FilledIn { get; } = new();

    /// <summary>What the file says otherwise is corrected.</summary>
    public bool Corrects => options.Correct;

    /// <summary>What is corrected, in the order of the file.</summary>
    public List<RegisterChange> Changes { get; } = [];

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Today as a day number: nothing that has happened is later.</summary>
    public int Today { get; } = database.Today.DayNumber;

    public Task<IReadOnlyList<T>> KnownAsync<T>(DatabaseSession session, string query) =>
        session.QueryAsync<T>(query, new { ForbundId = forbundId }, cancellationToken);

    public async Task LoadCodesAsync(DatabaseSession session) =>
        _codes = await session.QueryAsync<KnownCode>("Import.Codes", cancellationToken: cancellationToken);

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
            problems.Add(ImportRule.NoRows, 1, "", "Filen har en rubrikrad men inga rader, som en fil ur ett register där inget är registrerat.");
        return false;
    }

    /// <summary>Reports a day later than today; true when the date can be used.</summary>
    public bool IsNotInFuture(int column, int day)
    {
        if (day <= Today)
            return true;
        rows.Add(
            ImportRule.DateInFuture,
            column,
            $"{rows.Name(column)} är {Iso(day)}, som inte har inträffat än.",
            $"{rows.Name(column)} har inte inträffat än.");
        return false;
    }

    public static string Iso(int day) => DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>For the database: null for day 0.</summary>
    public static object? Date(int day) => day == 0 ? null : DateOnly.FromDayNumber(day);
}
