using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace FinsamOutcomes.Web.Identity;

/// <summary>
/// For pages where somebody could try passwords, codes or links. The page says with <see cref="HasFailed"/> that a try was
/// wrong; an address, or a known browser, with too many of them is refused for the rest of the minute, with <c>Retry-After</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LimitedTriesAttribute : Attribute, IAsyncResourceFilter
{
    private const string Failed = "finsam.fel-forsok";

    /// <summary>The try of this request was wrong.</summary>
    public static void HasFailed(HttpContext context) => context.Items[Failed] = true;

    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var http = context.HttpContext;
        // To open the page is no try, unless its address is what is tried.
        if (HttpMethods.IsGet(http.Request.Method) && !http.Request.RouteValues.ContainsKey("token"))
        {
            await next();
            return;
        }

        var tries = http.RequestServices.GetRequiredService<FailedTries>();
        // Who has signed in with this browser before isn't shut out by what others at the same address get wrong.
        var origin = http.RequestServices.GetRequiredService<KnownBrowser>().Origin() ?? FailedTries.Origin(http.Connection.RemoteIpAddress);
        if (await tries.EnterAsync(origin, http.RequestAborted) is { } wait)
        {
            http.Response.Headers.RetryAfter = FailedTries.RetryAfter(wait);
            context.Result = new StatusCodeResult(StatusCodes.Status429TooManyRequests);
            return;
        }

        try
        {
            await next();
        }
        finally
        {
            tries.Leave(origin, http.Items.ContainsKey(Failed));
        }
    }
}
