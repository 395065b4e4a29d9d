using System.Net.Sockets;
using System.Threading.Channels;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Users;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace FinsamOutcomes.Web.Identity;

/// <summary>
/// Sends links to new passwords to those who have forgotten theirs. In the background: that somebody has an account shows
/// neither in what the page answers nor in how long it takes.
/// </summary>
public sealed partial class ResetMailing(WebSettings settings, InvitationStore invitations, ILogger<ResetMailing> logger) : BackgroundService
{
    // More than this at once is nobody who has forgotten anything.
    private const int MostWaiting = 100;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Channel<string> _asked = Channel.CreateBounded<string>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Whether mail is sent from here at all.</summary>
    public bool IsOn => settings.Mail is not null;

    /// <summary>Sends a link to the account with an address, if there is one.</summary>
    /// <param name="userName">The address as typed.</param>
    public void Ask(string userName) => _asked.Writer.TryWrite(userName);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Mail is not { } mail)
            return;
        await foreach (var userName in _asked.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                if (await invitations.ResetOwnAsync(userName, stoppingToken) is { } link)
                    await SendAsync(mail, link.User, new Uri(mail.PublicUrl, $"/inbjudan/{link.Token}").AbsoluteUri, stoppingToken);
            }
            catch (Exception exception) when (exception is ProtocolException or CommandException or AuthenticationException or SslHandshakeException
                or ServiceNotAuthenticatedException or SocketException or IOException or TimeoutException or NotSupportedException
                || (exception is OperationCanceledException && !stoppingToken.IsCancellationRequested)
                || DatabaseFaults.Of(exception) != DatabaseFault.None)
            {
                // Never its message, which can hold the address. Who waits in vain asks again.
                LogNotSent(logger, exception.GetType().Name);
            }
        }
    }

    private static async Task SendAsync(MailSettings mail, AppUser user, string link, CancellationToken cancellationToken)
    {
        using var message = new MimeMessage();
        message.From.Add(MailboxAddress.Parse(mail.From));
        message.To.Add(new MailboxAddress(user.DisplayName, user.UserName));
        message.Subject = "Nytt lösenord till FinsamOutcomes";
        // Mail programs that answer by themselves leave it alone.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Body = new TextPart("plain")
        {
            Text = $"""
                Någon, troligen du, har bett om ett nytt lösenord till kontot {user.UserName}.

                Öppna länken och välj ett nytt lösenord. Den gäller i en timme och fungerar en gång:

                {link}

                När lösenordet är bytt loggas du ut överallt. Har du engångskod frågas du efter den som vanligt, och kräver din roll en passkey loggar du in med den.

                Var det inte du som bad om det: gör ingenting. Lösenordet är inte ändrat, och länken slutar att fungera av sig själv.

                """,
        };
        using var client = new SmtpClient { Timeout = (int)s_patience.TotalMilliseconds };
        var security = mail.Port == 465 ? SecureSocketOptions.SslOnConnect
            : SignInProvider.IsHere(mail.Host) ? SecureSocketOptions.StartTlsWhenAvailable
            : SecureSocketOptions.StartTls;
        await client.ConnectAsync(mail.Host, mail.Port, security, cancellationToken);
        if (mail.User is { } name)
            await client.AuthenticateAsync(name, mail.Password ?? "", cancellationToken);
        await client.SendAsync(message, cancellationToken);
        await client.DisconnectAsync(quit: true, cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Ett brev med en länk till nytt lösenord gick inte att skicka ({Kind}).")]
    private static partial void LogNotSent(ILogger logger, string kind);
}
