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
/// <param name="Alone">
/// What can be worked out from the publication alone; null where <paramref name="Result"/> could judge them together. It can't where the register
/// has been corrected between them, since their numbers then contradict each other.
/// </param>
public sealed record PublicationReview(IReadOnlyList<PublicationRow> Beside, AttackResult Result, AttackResult? Alone)
{
    // It searches for seconds on all processors.
    private static readonly SemaphoreSlim s_one = new(1);

    // As far as the years that a report tells of.
    private const int YearsApart = 4;

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
            var own = files.Count;
            foreach (var row in beside)
                files.AddRange(Files(await KeptPublication.OpenAsync(database, row, cancellationToken), [".docx"]));
            var result = await Task.Run(() => PublicationAttack.On(files, cancellationToken), cancellationToken);
            var alone = result.Contradictions.Count > 0 && beside.Count > 0
                ? await Task.Run(() => PublicationAttack.On(files[..own], cancellationToken), cancellationToken)
                : null;
            return new(beside, result, alone);
        }
        finally
        {
            s_one.Release();
        }
    }

    // What has been replaced tells other numbers of the same; of all else that hides small numbers, readers may have each.
    private static async Task<IReadOnlyList<PublicationRow>> BesideAsync(FinsamDatabase database, PublicationRow row, CancellationToken cancellationToken) =>
    [
        .. (await new PublicationStore(database).OfForbundAsync(row.ForbundId, cancellationToken)).Where(n =>
            n.Id != row.Id && n.Policy == "minst-5" && n.ReplacedById is null && n.Id != row.ReplacedById
            && Math.Abs(n.CalendarYear - row.CalendarYear) <= YearsApart),
    ];

    private static List<(string Name, byte[] Content)> Files(KeptPublication kept, IEnumerable<string> formats) =>
        [.. formats.SelectMany(f => ReportFiles.Make(kept.Document, kept.FileName, only: f)).Select(f => (f.Name, f.Content))];
}
