using System.Globalization;
using System.Text;

namespace FinsamOutcomes.Web;

/// <summary>
/// <c>/.well-known/security.txt</c> (RFC 9116): whom to tell of a weakness. Without a contact of the installation's own it
/// leads to the page of help that says what to do.
/// </summary>
internal static class SecurityContact
{
    private const string Address = "/.well-known/security.txt";
    private const string Help = "/hjalp/sakerhet";

    // RFC 9116 recommends less than a year; the file is made anew each time it is asked for.
    private const int MonthsValid = 6;

    public static void Map(WebApplication app) => app.MapGet(Address, (HttpRequest request, WebSettings settings, TimeProvider clock) =>
    {
        var root = settings.LinkRoot(request);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Contact: {settings.SecurityContact?.AbsoluteUri ?? root + Help}\n");
        text.Append(CultureInfo.InvariantCulture, $"Expires: {clock.GetUtcNow().AddMonths(MonthsValid).UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\n");
        text.Append("Preferred-Languages: sv, en\n");
        text.Append(CultureInfo.InvariantCulture, $"Policy: {root}{Help}\n");
        if (settings.PublicUrl is not null)
            text.Append(CultureInfo.InvariantCulture, $"Canonical: {root}{Address}\n");
        return Results.Text(text.ToString(), "text/plain", Encoding.UTF8);
    });
}
