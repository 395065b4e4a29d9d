using System.Globalization;
using MimeKit;

namespace FinsamOutcomes.Web.Identity;

/// <summary>Where mail is handed over (SMTP), as the settings have it. Not a record: its password is never printed.</summary>
public sealed class MailSettings
{
    /// <summary>
    /// <c>FINSAM_SMTP</c>: host and port, such as <c>smtp.exempel.se:587</c>. Beside it stand <c>_FROM</c>, <c>_USER</c> and
    /// <c>_PASSWORD</c> or <c>_PASSWORD_FILE</c>.
    /// </summary>
    public const string Variable = "FINSAM_SMTP";

    private const int UsualPort = 587;

    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>What links in letters begin with: an address from the settings, and never what a request calls itself.</summary>
    public required Uri PublicUrl { get; init; }

    /// <summary>The address that mail comes from.</summary>
    public required string From { get; init; }

    /// <summary>Null where the server asks for none.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>Reads them; null when no mail is sent.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="publicUrl">The public address; mail is not sent without it.</param>
    /// <exception cref="StartException">Something is missing or can't be read.</exception>
    public static MailSettings? Read(IConfiguration configuration, Uri? publicUrl)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration[Variable] is not { Length: > 0 } server)
            return null;
        if (publicUrl is null)
            throw new StartException(
                $"{Variable} är angiven, men inte adressen som användarna skriver. Länken i ett brev görs av den: ange den med --public-url eller {WebSettings.PublicUrlVariable}, till exempel https://finsam.exempel.se"
            );
        var port = UsualPort;
        if (server.Split(':') is not ([{ Length: > 0 }] or [{ Length: > 0 }, _]) || (server.Split(':') is [_, var text] && !IsPort(text, out port)))
            throw new StartException($"{Variable} går inte att läsa: {server}. Skriv värdnamn och port, till exempel smtp.exempel.se:587");
        if (configuration[Variable + "_FROM"] is not { Length: > 0 } from || !MailboxAddress.TryParse(from, out _))
            throw new StartException($"{Variable}_FROM saknas eller är ingen e-postadress: den som breven kommer från.");
        return new MailSettings
        {
            Host = server.Split(':')[0],
            Port = port,
            PublicUrl = publicUrl,
            From = from,
            User = configuration[Variable + "_USER"] is { Length: > 0 } user ? user : null,
            Password = SignInProvider.ReadSecret(configuration, Variable + "_PASSWORD"),
        };
    }

    private static bool IsPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65535;
}
