using System.Globalization;
using FinsamOutcomes.Web.Identity;

namespace FinsamOutcomes.Web;

/// <summary>How the web application is started.</summary>
public sealed record WebSettings
{
    public const string AddressVariable = "FINSAM_DB";
    public const string PublicUrlVariable = "FINSAM_URL";
    public const string SecurityContactVariable = "FINSAM_SECURITY_CONTACT";
    public const string BackupVariable = "FINSAM_BACKUP";
    public const string BackupsKeptVariable = "FINSAM_BACKUP_BEHALL";
    public const string DefaultAddress = "sqlite:finsam.sqlite";
    public const string DefaultUrls = "http://localhost:5080";

    /// <summary>Where a demo keeps its database between starts, below the folder where the user stands.</summary>
    public const string DemoFolder = "demo-webb";

    /// <summary>
    /// <c>sqlite:PATH</c> or <c>sqlserver:CONNECTION</c>; null takes FINSAM_DB, and without it a file where the program is
    /// started. A demo never takes FINSAM_DB: that is where the förbund's own data is.
    /// </summary>
    public string? Address { get; init; }

    /// <summary>Where to listen; port 0 takes a free one.</summary>
    public string Urls { get; init; } = DefaultUrls;

    /// <summary>
    /// The address that people write, such as <c>https://finsam.exempel.se</c>, when a proxy stands in front. Links that are
    /// sent are made from it and never from what a request says, other host names are refused, and nothing is answered in
    /// clear text. Null when it is not told.
    /// </summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Whom to tell of a weakness, as <c>mailto:</c> or https; null leads to the page of help about it.</summary>
    public Uri? SecurityContact { get; init; }

    /// <summary>Whether everything goes by https, so that cookies can be bound to it.</summary>
    public bool IsEncrypted => PublicUrl is not null;

    /// <summary>
    /// Makes the database where there is none. Without it a mistyped address would open an empty register, and let whoever
    /// sees the link become its administrator.
    /// </summary>
    public bool IsNew { get; init; }

    /// <summary>Opens on the invented förbund, with one account for each role shown on the sign-in page.</summary>
    public bool IsDemo { get; init; }

    /// <summary>The key file is lost: what it locked is given up, and the program goes on with a new one.</summary>
    public bool HasLostKey { get; init; }

    /// <summary>The folder where the host makes a backup each night and when an administrator asks; null when somebody else makes them.</summary>
    public string? BackupFolder { get; init; }

    /// <summary>How many of those backups there may be; the oldest are removed.</summary>
    public int BackupsKept { get; init; } = 14;

    /// <summary>How many wrong passwords, codes and links a minute are taken from one address. Right ones are not counted.</summary>
    public int TriesPerMinute { get; init; } = 20;

    /// <summary>How many times a password is hashed; made to be slow, so tests that sign in all the time ask for fewer.</summary>
    public int PasswordRounds { get; init; } = PasswordRules.Iterations;

    /// <summary>How long a file waits for others that are being read into the förbund: proxies give up after a minute.</summary>
    public TimeSpan ImportPatience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Through whom people can sign in beside passwords and passkeys.</summary>
    public IReadOnlyList<SignInProvider> Providers { get; init; } = [];

    /// <summary>How mail is sent; null when none is.</summary>
    public MailSettings? Mail { get; init; }

    /// <summary>The first part of a link: the public address, and otherwise the one that the page was asked for at.</summary>
    public string LinkRoot(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PublicUrl?.GetLeftPart(UriPartial.Authority) ?? $"{request.Scheme}://{request.Host}";
    }

    /// <summary>With https a name that browsers take from this host alone, encrypted, and from no other of the domain.</summary>
    internal string CookieName(string name) => IsEncrypted ? "__Host-" + name : name;

    internal CookieSecurePolicy CookiePolicy => IsEncrypted ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;

    /// <summary>Reads whom to tell of a weakness: an e-mail address or an https address.</summary>
    /// <exception cref="StartException">It is neither.</exception>
    public static Uri? ReadSecurityContact(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var written = text.Contains('@', StringComparison.Ordinal) && !text.Contains(':', StringComparison.Ordinal) ? "mailto:" + text.Trim() : text.Trim();
        if (Uri.TryCreate(written, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeMailto || uri.Scheme == Uri.UriSchemeHttps))
            return uri;
        throw new StartException($"Kontakten {text} går inte att använda. Skriv en e-postadress, till exempel sakerhet@exempel.se, eller en adress med https.");
    }

    /// <summary>Reads how many backups are kept.</summary>
    /// <exception cref="StartException">It is no number, or below 1.</exception>
    public static int ReadBackupsKept(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new WebSettings().BackupsKept;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 10_000
            ? number
            : throw new StartException($"{BackupsKeptVariable} är {text}. Skriv hur många säkerhetskopior som ska behållas, ett tal mellan 1 och 10000.");
    }

    /// <summary>Reads the public address.</summary>
    /// <exception cref="StartException">It is not https, or has more than a host name and a port.</exception>
    public static Uri? ReadPublicUrl(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.PathAndQuery == "/" && url.UserInfo.Length == 0)
            return url;
        throw new StartException(
            $"Adressen {text} går inte att använda. Skriv den med https, som den står i webbläsaren, och utan något efter värdnamnet, till exempel https://finsam.exempel.se"
        );
    }
}

/// <summary>The web application can't start; the message says why and what to do, in Swedish.</summary>
public sealed class StartException(string message) : Exception(message);
