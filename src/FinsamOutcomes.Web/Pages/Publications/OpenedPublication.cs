using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Web.Access;

namespace FinsamOutcomes.Web.Pages.Publications;

/// <summary>The publication of the address, for the pages about its numbers; noted in the log when it is opened.</summary>
public sealed class OpenedPublication(CurrentAccess access, FinsamDatabase database, PublicationStore publications)
{
    /// <summary>Null when there is none, when it is not the user's to read, and when it has been changed: its own page says which.</summary>
    public async Task<KeptPublication?> OpenAsync(string detail, CancellationToken cancellationToken)
    {
        if (await publications.FindAsync(access.ForbundId, access.Route.PublicationId, cancellationToken) is not { } row || !row.MayBeReadBy(access.UserName))
            return null;
        try
        {
            var kept = await KeptPublication.OpenAsync(database, row, cancellationToken);
            await publications.NoteOpenedAsync(row, access.UserName, detail, cancellationToken);
            return kept;
        }
        catch (PublicationChangedException)
        {
            return null;
        }
    }

    /// <summary>Where it is said why a publication can't be opened.</summary>
    public string Address => $"/f/{access.ForbundId}/publiceringar/{access.Route.PublicationId}";
}
