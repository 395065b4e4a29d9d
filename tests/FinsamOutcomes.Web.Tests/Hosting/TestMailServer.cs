using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using FinsamOutcomes.Web.Identity;
using MimeKit;

namespace FinsamOutcomes.Web.Tests.Hosting;

/// <summary>A mail server on this computer that takes every letter (SMTP, as much of it as is needed) and hands it to the test.</summary>
public sealed class TestMailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Channel<MimeMessage> _letters = Channel.CreateUnbounded<MimeMessage>();
    private readonly CancellationTokenSource _over = new();
    private readonly Task _work;

    public TestMailServer()
    {
        _listener.Start();
        _work = Task.Run(ListenAsync);
    }

    /// <summary>As they stand in the settings of an installation that sends its mail here.</summary>
    public MailSettings Settings => new()
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
        PublicUrl = new Uri("https://finsam.exempel.invalid"),
        From = "finsam@exempel.invalid",
    };

    /// <summary>The next letter, when it comes.</summary>
    public async Task<MimeMessage> NextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await _letters.Reader.ReadAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        await _work;
        _over.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (!_over.IsCancellationRequested)
            {
                using var client = await _listener.AcceptTcpClientAsync(_over.Token);
                await TakeAsync(client.GetStream());
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task TakeAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await using var writer = new StreamWriter(stream, Encoding.Latin1) { AutoFlush = true, NewLine = "\r\n" };
        await writer.WriteLineAsync("220 prov");
        while (await reader.ReadLineAsync(_over.Token) is { } line)
        {
            if (line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
            {
                await writer.WriteLineAsync("221 tack");
                return;
            }

            if (!line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
            {
                await writer.WriteLineAsync("250 ja");
                continue;
            }

            await writer.WriteLineAsync("354 skriv");
            var letter = new StringBuilder();
            while (await reader.ReadLineAsync(_over.Token) is { } row && row != ".")
                letter.Append(row.StartsWith('.') ? row[1..] : row).Append("\r\n");
            using var text = new MemoryStream(Encoding.Latin1.GetBytes(letter.ToString()));
            await _letters.Writer.WriteAsync(await MimeMessage.LoadAsync(text, _over.Token), _over.Token);
            await writer.WriteLineAsync("250 ja");
        }
    }
}
