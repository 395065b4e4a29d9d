using FinsamOutcomes.Web.Pages.Import;
using Microsoft.AspNetCore.Diagnostics;

namespace FinsamOutcomes.Web;

/// <summary>
/// Refuses what is too large before any of it is read, with the page that says so. Without this, the form's protection
/// meets the server's limit first and answers as if the form were old.
/// </summary>
internal sealed class LargestRequest(RequestDelegate next)
{
    /// <summary>The largest form, in bytes: an insats's text with room to spare. Nothing larger is read.</summary>
    public const long Bytes = 1_000_000;

    public Task InvokeAsync(HttpContext context)
    {
        // A page that takes files has a limit of its own.
        if (context.GetEndpoint()?.Metadata.GetMetadata<LargestUploadAttribute>() is not null)
            return next(context);
        // The page that tells of it is asked for with the same request.
        if (context.Request.ContentLength is not > Bytes || context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
            return next(context);
        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        return Task.CompletedTask;
    }
}
