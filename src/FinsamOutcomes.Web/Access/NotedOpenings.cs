using System.Globalization;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Web.Pages.Errors;
using FinsamOutcomes.Web.Pages.Participants;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Access;

/// <summary>
/// Writes in the log, before it is sent, that a page about a person was opened, with or without a name, and whose rows a
/// page of many showed. One page that is shown is one event, also when it is shown again with errors; a redirect shows nothing.
/// </summary>
internal sealed class NotedOpenings(CurrentAccess access, ShownPeople shown, ReadingJournal readings, ParticipantStore participants) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var executed = await next();
        // A page about an error shows nobody, also when it is asked for by a page that would have.
        if (executed.Result is not PageResult || !access.HasForbund || context.HandlerInstance is ErrorModel)
            return;
        var cancelled = context.HttpContext.RequestAborted;
        if (Opened(context) is var (action, entity, id))
            await readings.NoteAsync(
                new NewAuditEvent
                {
                    ForbundId = access.ForbundId,
                    Actor = access.UserName,
                    Action = action,
                    Entity = entity,
                    EntityId = id,
                },
                cancelled);
        await participants.NoteListAsync(access.ForbundId, shown.Participants, shown.Participations, access.UserName, cancelled);
    }

    private static (string Action, string Entity, int Id)? Opened(PageHandlerExecutingContext context)
    {
        // These read who the person is, and the store writes that.
        if (context.HandlerInstance is PersonModel or EditModel or Pages.Extracts.PersonModel)
            return null;
        int? Id(string name) =>
            int.TryParse(context.HttpContext.GetRouteValue(name)?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        if (Id("assessmentId") is { } assessment)
            return ("Assessments.Open", "assessment", assessment);
        if (Id("participationId") is { } participation)
            return ("Participations.Open", "participation", participation);
        return Id("participantId") is { } participant ? ("Participants.Open", "participant", participant) : null;
    }
}
