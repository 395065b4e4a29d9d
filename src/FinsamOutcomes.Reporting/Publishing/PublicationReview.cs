using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Reporting.Publishing.Attack;
using FinsamOutcomes.Reporting.Reports;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>
/// A kept publication read as a stranger would before it is spread, with the newest of each other report and year near by beside it: readers
/// have them too.
/// </summary>
/// <param name="Beside">The others that were read with it.</param>
/// <param name="Result">What can be worked out from all of them together.</param>
public sealed record PublicationReview(IReadOnlyList<PublicationRow> Beside, AttackResult Result)
{
    // It searches for seconds on all processors.
    private static readonly SemaphoreSlim s_one = new(1);

    // Every number stands in one of them; pictures are not read.
    private static readonly string[] s_formats = [".docx", ".xlsx", ".html"];

    /// <exception cref="PublicationChangedException">One of the others has been changed in the database.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public static async Task<PublicationReview> OfAsync(FinsamDatabase database, KeptPublication kept, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(kept);
        await s_one.WaitAsync(cancellationToken);
        try
        {
            var beside = await BesideAsync(database, kept.Row, cancellationToken);
            var files = Files(kept, s_formats);
            foreach (var row in beside)
                files.AddRange(Files(await KeptPublication.OpenAsync(database, row, cancellationToken), [".docx"]));
            var result = await Task.Run(() => PublicationAttack.On(files, cancellationToken), cancellationToken);
            return new(beside, result);
        }
        finally
        {
            s_one.Release();
        }
    }

    // The one whose place it takes, or that has taken its place, tells other numbers of the same.
    private static async Task<IReadOnlyList<PublicationRow>> BesideAsync(FinsamDatabase database, PublicationRow row, CancellationToken cancellationToken)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        var newest = await PublicationStore.NewestAsync(session, row.ForbundId, row.CalendarYear, cancellationToken);
        return [.. newest.Where(n => n.Id != row.Id && (n.Report, n.CalendarYear) != (row.Report, row.CalendarYear))];
    }

    private static List<(string Name, byte[] Content)> Files(KeptPublication kept, IEnumerable<string> formats) =>
        [.. formats.SelectMany(f => ReportFiles.Make(kept.Document, kept.FileName, only: f)).Select(f => (f.Name, f.Content))];
}
