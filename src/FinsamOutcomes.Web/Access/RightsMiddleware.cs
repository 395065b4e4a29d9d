using System.Globalization;
using System.Security.Claims;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Web.Identity;
using Microsoft.AspNetCore.Authentication;

namespace FinsamOutcomes.Web.Access;

/// <summary>
/// Asks <see cref="Rights"/> before anything runs. What lies in another förbund, and a person outside the user's own
/// insatser, is answered as if it did not exist; what the user's role has no right to in their own förbund is refused.
/// </summary>
internal sealed class RightsMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, CurrentAccess access, AccessStore store)
    {
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(context);
            return;
        }

        var right = Rights.For(endpoint.RoutePattern.RawText ?? "");
        if (right is null)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        access.Route = new ApprovedRoute(context.Request.RouteValues);
        if (context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } id)
        {
            access.IsSignedIn = true;
            access.UserId = int.Parse(id, CultureInfo.InvariantCulture);
            access.UserName = context.User.Identity!.Name!;
        }

        if (right.Scope != Scope.Open && !access.IsSignedIn)
        {
            context.ThrowIfNotLookedUp();
            await context.ChallengeAsync();
            return;
        }

        if (right.Scope is not (Scope.Open or Scope.Account)
            && await RefusalAsync(right, access.Route.Find("forbundId"), access, store, context.RequestAborted) is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }

        await next(context);
    }

    /// <summary>The status that refuses the user of the request; null when the route may run, and then the förbund and the reach are known.</summary>
    /// <param name="right">The line of the table.</param>
    /// <param name="asked">The förbund that is asked about: that of the address, or of a system's key.</param>
    /// <param name="access">Who asks; filled in.</param>
    /// <param name="store">Tells what the user has been given.</param>
    /// <param name="cancelled">Stops the asking.</param>
    internal static async Task<int?> RefusalAsync(RouteRight right, int? asked, CurrentAccess access, AccessStore store, CancellationToken cancelled)
    {
        if (asked is not { } forbundId || await store.FindAsync(access.UserId, forbundId, cancelled) is not { } granted)
            return StatusCodes.Status404NotFound;
        access.Forbund = granted.Forbund;
        access.Roles = granted.Roles;
        access.OwnInsatser = granted.OwnInsatser;
        access.Reach = right.Of(granted.Roles);
        if (access.Reach == Reach.None)
            return StatusCodes.Status403Forbidden;
        return right.Scope switch
        {
            Scope.Insats when access.Route.Find("insatsId") is not { } insatsId || !await store.HasInsatsAsync(forbundId, insatsId, cancelled) =>
                StatusCodes.Status404NotFound,
            Scope.Insats when !access.Reaches(access.Route.Find("insatsId")!.Value) => StatusCodes.Status403Forbidden,
            Scope.Participant when !(await InsatserOfAsync("participantId", store.InsatserOfParticipantAsync)).Any(access.Reaches) =>
                StatusCodes.Status404NotFound,
            Scope.FormerParticipant when !(await InsatserOfAsync("participantId", store.InsatserOfFormerAsync)).Any(access.Reaches) =>
                StatusCodes.Status404NotFound,
            Scope.Participation when !(await InsatserOfAsync("participationId", store.InsatserOfParticipationAsync)).Any(access.Reaches) =>
                StatusCodes.Status404NotFound,
            _ => null,
        };

        async Task<IReadOnlyList<int>> InsatserOfAsync(string name, Func<int, int, int, CancellationToken, Task<IReadOnlyList<int>>> find) =>
            access.Route.Find(name) is { } rowId ? await find(access.UserId, forbundId, rowId, cancelled) : [];
    }
}
