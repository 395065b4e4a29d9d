using System.Net;
using FinsamOutcomes.Web.Api;
using Microsoft.AspNetCore.Diagnostics;

namespace FinsamOutcomes.Web;

/// <summary>
/// Refuses plain HTTP but at this machine's own name on this machine, and there too where the public address is https:
/// passwords and names would cross the net in clear text. Refuses host names that are not the site's own: an address of
/// somebody else's choice shall not show up in a redirect, nor a page of theirs read the answers (DNS rebinding).
/// </summary>
internal sealed class EncryptedNet(RequestDelegate next, WebSettings settings)
{
    private const string Answer = """
        <!DOCTYPE html>
        <html lang="sv"><head><meta charset="utf-8"><title>Anslutningen är inte krypterad – FinsamOutcomes</title></head>
        <body><h1>Anslutningen är inte krypterad</h1>
        <p>Webbplatsen går bara att nå med https, eftersom lösenord och uppgifter annars kan läsas på vägen. Skriv adressen med https i början.</p>
        <p>Du som sköter systemet: ställ en proxy med certifikat framför, ange adressen som användarna skriver med --public-url och låt proxyn tala om att besökaren kom med https (X-Forwarded-Proto). Står proxyn på en annan dator: sätt också miljövariabeln ASPNETCORE_FORWARDEDHEADERS_ENABLED till true.</p></body></html>
        """;

    public async Task InvokeAsync(HttpContext context)
    {
        // Operations ask by the machine's own name, and are told nothing.
        if (context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase) && IsHere(context))
        {
            await next(context);
            return;
        }

        if (!context.Request.IsHttps && (settings.IsEncrypted || !IsHere(context) || !IsHere(context.Request.Host)))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            if (ApiRights.IsApi(context))
                return;
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(Answer, context.RequestAborted);
            return;
        }

        if (!IsOurs(context.Request.Host) && context.Features.Get<IStatusCodeReExecuteFeature>() is null)
        {
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return;
        }

        await next(context);
    }

    private static bool IsHere(HttpContext context) => context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);

    private static bool IsHere(HostString host) =>
        host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Host, out var address) && IPAddress.IsLoopback(address));

    // Without a public address it can't be known by which names a proxy is reached.
    private bool IsOurs(HostString host) =>
        settings.PublicUrl is not { } known || string.Equals(host.Host, known.Host, StringComparison.OrdinalIgnoreCase);
}
