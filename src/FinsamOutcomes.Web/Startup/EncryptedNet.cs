using System.Net;

namespace FinsamOutcomes.Web;

/// <summary>
/// Refuses plain HTTP from other machines: passwords and names would cross the net in clear text. Behind a proxy that has
/// TLS, ASPNETCORE_FORWARDEDHEADERS_ENABLED lets its word count.
/// </summary>
internal sealed class EncryptedNet(RequestDelegate next)
{
    private const string Answer = """
        <!DOCTYPE html>
        <html lang="sv"><head><meta charset="utf-8"><title>Anslutningen är inte krypterad – FinsamOutcomes</title></head>
        <body><h1>Anslutningen är inte krypterad</h1>
        <p>Från andra datorer går webbplatsen bara att nå med https, eftersom lösenord och uppgifter annars kan läsas på vägen.</p>
        <p>Du som sköter systemet: ställ en proxy med certifikat framför och sätt miljövariabeln ASPNETCORE_FORWARDEDHEADERS_ENABLED till true, eller ange en https-adress med --urls.</p></body></html>
        """;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.IsHttps || context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address))
        {
            await next(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(Answer, context.RequestAborted);
    }
}
