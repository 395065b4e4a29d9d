using System.Globalization;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Web.Pages.Errors;
using FinsamOutcomes.Web.Pages.Participants;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Access;

/// <summary>
/// Writes in the log, before it is sent, that a page about a person was opened, with or without a name, and whose rows a
/// page of many showed, and reads the names that the page shows: see <see cref="ShownPeople"/>. One page that is shown is one event, also when
/// it is shown again with errors; a redirect shows nothing.
/// </summary>
internal sealed class NotedOpenings(CurrentAccess access, ShownPeople shown, ParticipantStore participants) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var executed = await next();
        // A page about an error shows nobody, also when it is asked for by a page that would have.
        if (executed.Result is not PageResult || !access.HasForbund || context.HandlerInstance is ErrorModel)
            return;
        int? Id(string name) =>
            int.TryParse(context.HttpContext.GetRouteValue(name)?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        var (assessment, stay, participant) = (Id("assessmentId"), Id("participationId"), Id("participantId"));
        shown.Take(
            await participants.ReadShownAsync(
                new ShownPage
                {
                    ForbundId = access.ForbundId,
                    Actor = access.UserName,
                    Opened = (context.HandlerInstance, assessment, stay, participant) switch
                    {
                        // These read who the person is, and the store writes that.
                        (PersonModel or EditModel or Pages.Extracts.PersonModel, _, _, _) => null,
                        (_, { } id, _, _) => ("Assessments", "assessment", id),
                        (_, _, { } id, _) => ("Participations", "participation", id),
                        (_, _, _, { } id) => ("Participants", "participant", id),
                        _ => null,
                    },
                    OpenedParticipationId = stay,
                    OpenedParticipantId = participant,
                    Participants = shown.Participants,
                    Participations = shown.Participations,
                    NamedParticipants = shown.Named,
                    NamedParticipations = shown.NamedStays,
                },
                context.HttpContext.RequestAborted));
    }
}
