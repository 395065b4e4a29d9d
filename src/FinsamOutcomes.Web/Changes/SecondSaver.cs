using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FinsamOutcomes.Web.Changes;

/// <summary>The row that a form is about, as the second saver meets it.</summary>
/// <param name="Entity">See <see cref="FinsamOutcomes.Data.Registration.ChangedEntity"/>.</param>
/// <param name="EntityId">Its id.</param>
/// <param name="Version">The version that the form carries; null for a new row.</param>
/// <param name="Present">Reads the version of now; null where the row is gone, and to save again is to add it anew.</param>
/// <param name="Form">The property that holds the input.</param>
public sealed record RowInForm(string Entity, int EntityId, int? Version, Func<Task<int?>> Present, string Form = "Input")
{
    /// <summary>Puts what others changed in the words and units of the form.</summary>
    public Func<Change, Change> InForm { get; init; } = change => change;
}

/// <summary>What came of saving a form that may be refused because somebody else was first.</summary>
/// <param name="IsSaved">False when the form is to be shown again.</param>
/// <param name="Changed">What others have saved since the form was read; null when that is not why.</param>
/// <param name="Version">What the form is to carry now.</param>
public sealed record SaveOutcome(bool IsSaved, ChangedSince? Changed, int? Version);

/// <summary>
/// The one way that forms about money, targets and the like save: whoever is second is shown what the first did, keeps what they have typed
/// themselves, and saves again knowing it.
/// </summary>
internal static class SecondSaver
{
    public static async Task<SaveOutcome> SaveAsync(
        this ChangeReader changes,
        ModelStateDictionary modelState,
        int forbundId,
        RowInForm row,
        Func<Task> write,
        CancellationToken cancellationToken)
    {
        try
        {
            await write();
            return new SaveOutcome(IsSaved: true, Changed: null, row.Version);
        }
        catch (RegistrationException exception) when (exception.IsStale())
        {
            var since = await changes.SinceAsync(forbundId, row.Entity, row.EntityId, row.Version ?? 0, cancellationToken);
            var changed = new ChangedSince([.. since.Changes.Select(row.InForm)]).Merge(modelState, row.Form);
            modelState.Remove($"{row.Form}.Version");
            return new SaveOutcome(IsSaved: false, changed, await row.Present());
        }
        catch (RegistrationException exception)
        {
            modelState.AddErrors(exception, row.Form);
            return new SaveOutcome(IsSaved: false, Changed: null, row.Version);
        }
    }
}
