using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Pages.Statistics;

namespace FinsamOutcomes.Web.Pages.Publications;

/// <summary>The publication of the address, for the pages about its numbers; noted in the log when it is opened.</summary>
public sealed class OpenedPublication(CurrentAccess access, FinsamDatabase database, PublicationStore publications, ExactView exact)
{
    /// <summary>Its row; null when there is none, and when it is not the user's to read.</summary>
    public async Task<PublicationRow?> FindAsync(CancellationToken cancellationToken) =>
        await publications.FindAsync(access.ForbundId, access.Route.PublicationId, cancellationToken) is { } row && row.MayBeReadBy(access.UserName) ? row : null;

    /// <summary>Null when there is none, when it is not the user's to read, and when it has been changed: its own page says which.</summary>
    /// <param name="detail">What is done with it, for the log; null for what is noted when it is done, with <see cref="NoteAsync"/>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <param name="isFile">Whether a file is taken out.</param>
    public async Task<KeptPublication?> OpenAsync(string? detail, CancellationToken cancellationToken, bool isFile = false)
    {
        if (await FindAsync(cancellationToken) is not { } row)
            return null;
        try
        {
            var kept = await KeptPublication.OpenAsync(database, row, cancellationToken);
            if (detail is not null)
                await publications.NoteOpenedAsync(row, access.UserName, detail, isFile, cancellationToken);
            return kept;
        }
        catch (PublicationChangedException)
        {
            return null;
        }
    }

    /// <summary>Writes in the log what has been done with it.</summary>
    public Task NoteAsync(PublicationRow row, string detail, CancellationToken cancellationToken) =>
        publications.NoteOpenedAsync(row, access.UserName, detail, isFile: false, cancellationToken);

    /// <summary>
    /// What a comparison tells is the register as it is: who is added or taken away, one by one, shows small numbers too. So it asks for a
    /// reason, which is in the log, and then may be seen for an hour.
    /// </summary>
    public async Task<string> LeaveToCompareAsync(PublicationRow row, string? reason, CancellationToken cancellationToken)
    {
        var why = LoggedReason.Check(reason, "Reason", "varför du behöver jämföra");
        await publications.NoteComparedAsync(row, access.UserName, why, cancellationToken);
        return exact.Give(access, Address, "");
    }

    /// <summary>Whether the address holds a leave to compare.</summary>
    public bool MayCompare(string? leave) => leave is not null && exact.Until(leave, access, Address, "") is not null;

    /// <summary>Where it is said why a publication can't be opened.</summary>
    public string Address => $"/f/{access.ForbundId}/publiceringar/{access.Route.PublicationId}";
}
