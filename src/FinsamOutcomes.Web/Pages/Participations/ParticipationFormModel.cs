using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Changes;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Participations;

/// <summary>
/// A form about one participation: finds it, carries its version, and on saving either goes back to the participant, puts
/// what the store refused beside the fields, or shows the second saver what the first changed.
/// </summary>
public abstract class ParticipationFormModel(CurrentAccess access, ParticipationFinder finder, ChangeReader changes) : PageModel
{
    public Participation Participation { get; private set; } = null!;

    /// <summary>The version that the form was filled in from.</summary>
    [BindProperty]
    public int Version { get; set; }

    public ChangedSince? Changed { get; private set; }

    /// <summary>That somebody has done already what the form is for, and who; null while it can be done.</summary>
    public string? AlreadyDone { get; private set; }

    public string Back => $"/f/{access.ForbundId}/deltagare/{Participation.Participant.Id}";

    protected CurrentAccess Access => access;

    protected CancellationToken Cancelled => HttpContext.RequestAborted;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        if (await finder.FindAsync(access.Route.ParticipationId, Cancelled) is not { } found)
        {
            context.Result = NotFound();
            return;
        }

        Participation = found;
        if (HttpMethods.IsGet(Request.Method))
            Version = found.Row.Version;
        await LoadAsync();
        await next();
    }

    /// <summary>Reads what the form shows and chooses from: before it is filled in or saved, and again when somebody else was first.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    /// <summary>Where in the form a store's field is; null for what is about the whole participation.</summary>
    protected virtual string? Place(string field) => field switch
    {
        "ParticipationId" or "ParticipantId" or "After" => null,
        nameof(Situation.Livelihoods) or nameof(Situation.Occupation) => SituationInput.Field(field, "Input.Before"),
        _ when field.StartsWith("After.", StringComparison.Ordinal) => SituationInput.Field(field["After.".Length..], "Input.After"),
        _ => $"Input.{field}",
    };

    /// <summary>
    /// Says by whom something was done that can be done once, as when two tabs hold the same form. Nothing of the form is left to compare then.
    /// </summary>
    /// <param name="what">What was done and when, <c>Deltagaren är utskriven 2024-05-02</c>.</param>
    /// <param name="field">Whose change did it.</param>
    protected async Task TellDoneAsync(string what, string field)
    {
        var done = (await changes.OfAsync(access.ForbundId, ChangedEntity.Participation, Participation.Row.Id, Cancelled))
            .FirstOrDefault(c => c.Field == field && c.New is not null);
        Changed = null;
        AlreadyDone = done is null ? $"{what}."
            : string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{what}. Det registrerades av {(done.Who == access.UserName ? "dig" : done.Who)} {done.At:yyyy-MM-dd HH:mm}.");
    }

    /// <summary>Lets a form take over what it had not touched beside the fields of <see cref="ChangedSince.Merge"/>.</summary>
    protected virtual Task<ChangedSince> MergeAsync(ChangedSince changed) => Task.FromResult(changed);

    /// <summary>Saves what is right; null when the form is to be shown again.</summary>
    protected async Task<IActionResult?> SaveAsync(string done, Func<Task<IReadOnlyList<string>>> save)
    {
        ArgumentNullException.ThrowIfNull(save);
        if (!ModelState.IsValid)
            return null;
        try
        {
            var warnings = await save();
            var (address, why) = await finder.AfterAsync(Participation.Participant.Id, Cancelled);
            TempData["Done"] = string.Join(" ", [done, .. warnings, .. why is null ? Array.Empty<string>() : [why]]);
            return Redirect(address);
        }
        catch (RegistrationException exception) when (exception.IsStale())
        {
            Participation = (await finder.FindAsync(Participation.Row.Id, Cancelled))!;
            var since = await changes.SinceAsync(access.ForbundId, ChangedEntity.Participation, Participation.Row.Id, Version, Cancelled);
            Changed = await MergeAsync(since.Merge(ModelState));
            Version = ChangedSince.Renew(ModelState, Participation.Row.Version, nameof(Version));
            await LoadAsync();
        }
        catch (RegistrationException exception)
        {
            foreach (var error in exception.Errors)
                ModelState.AddModelError(Place(error.Field) ?? "", error.Message);
        }

        return null;
    }
}
