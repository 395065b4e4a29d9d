using System.Net.Sockets;
using System.Text;

namespace FinsamOutcomes.Web.Tests.Hosting;

/// <summary>A request byte by byte, as a client of one's own would send it.</summary>
internal static class RawHttp
{
    /// <summary>Sends all of it before reading, as browsers do, with a pause in the middle, and gives the answer as text.</summary>
    public static async Task<string> SendAsync(Uri address, string head, long bodyLength = 0, bool inChunks = false, TimeSpan pause = default)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"{head}\r\nHost: {address.Authority}\r\nConnection: close\r\n\r\n"));
        var part = new byte[65_536];
        Array.Fill(part, (byte)'a');
        for (long sent = 0; sent < bodyLength; sent += part.Length)
        {
            if (sent >= bodyLength / 2 && sent - part.Length < bodyLength / 2)
                await Task.Delay(pause);
            if (inChunks)
                await stream.WriteAsync(Encoding.Latin1.GetBytes($"{part.Length:x}\r\n"));
            await stream.WriteAsync(part.AsMemory(0, inChunks ? part.Length : (int)Math.Min(part.Length, bodyLength - sent)));
            if (inChunks)
                await stream.WriteAsync("\r\n"u8.ToArray());
        }

        if (inChunks)
            await stream.WriteAsync("0\r\n\r\n"u8.ToArray());
        // To the end of the page: how the connection is taken down after it is nothing that a browser shows.
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line && !answer.AppendLine(line).ToString().Contains("</html>", StringComparison.Ordinal))
        {
        }

        return answer.ToString();
    }
}
