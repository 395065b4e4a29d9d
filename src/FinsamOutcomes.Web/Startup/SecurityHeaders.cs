namespace FinsamOutcomes.Web;

/// <summary>
/// The headers of every answer. No inline script or style is allowed, so that nothing that a person has written can run;
/// FKUI's ticks are data: pictures. Pages are never kept by the browser or a proxy: the next user of the computer must
/// not find them with the back button.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            if (!IsStaticFile(context.Request.Path))
                headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static bool IsStaticFile(PathString path) =>
        path.StartsWithSegments("/fkui", StringComparison.Ordinal) || path == "/site.css" || path == "/site.js";
}
