using System.Text;

namespace FinsamOutcomes.Data.Tests.Import;

/// <summary>Breaks a valid file in one to three random ways.</summary>
internal static class Damage
{
    public static byte[] Apply(byte[] valid, Random random)
    {
        var bytes = valid;
        for (var i = random.Next(1, 4); i > 0; i--)
            bytes = Once(bytes, random);
        return bytes;
    }

    private static byte[] Once(byte[] bytes, Random random)
    {
        if (bytes.Length == 0)
            return [(byte)random.Next(256)];
        var at = random.Next(bytes.Length);
        switch (random.Next(14))
        {
            case 0:
                var flipped = bytes.ToArray();
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1:
                return bytes[..at];
            case 2:
                var garbage = new byte[random.Next(1, 30)];
                random.NextBytes(garbage);
                return [.. bytes[..at], .. garbage, .. bytes[at..]];
            case 3:
                return [.. bytes[..at], .. Enumerable.Repeat((byte)'x', random.Next(1, 20_000)), .. bytes[at..]];
            case 4:
                return [.. bytes[..at], (byte)'"', .. bytes[at..]];
            case 5:
                return Text(bytes, t => t.Replace(';', ",\t|;:"[random.Next(5)]));
            case 6:
                return Lines(bytes, lines => lines.RemoveAt(random.Next(lines.Count)));
            case 7:
                return Lines(bytes, lines => lines.Insert(random.Next(lines.Count), lines[random.Next(lines.Count)]));
            case 8:
                return Lines(bytes, lines => (lines[0], lines[^1]) = (lines[^1], lines[0]));
            case 9:
                return Fields(bytes, random, fields => fields.RemoveAt(random.Next(fields.Count)));
            case 10:
                return Fields(bytes, random, fields => fields.Insert(random.Next(fields.Count), fields[random.Next(fields.Count)]));
            case 11:
                return Fields(bytes, random, fields =>
                    fields[random.Next(fields.Count)] = new[]
                    {
                        "",
                        "'",
                        "=1+1",
                        "2024-02-30",
                        "1e308",
                        "-0",
                        "19800101-1234",
                        "\u202E",
                        "NaN",
                        "null",
                        "lon:",
                        ":",
                        "99999999999999999999",
                    }[random.Next(13)]);
            case 12:
                return Encoding.Latin1.GetBytes(Encoding.UTF8.GetString(bytes));
            default:
                return Text(bytes, t => t.Replace("\r\n", random.Next(2) == 0 ? "\n" : "\r", StringComparison.Ordinal));
        }
    }

    private static byte[] Text(byte[] bytes, Func<string, string> change) => Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(bytes)));

    private static byte[] Lines(byte[] bytes, Action<List<string>> change) => Text(bytes, text =>
    {
        var lines = text.Split("\r\n").ToList();
        change(lines);
        return string.Join("\r\n", lines);
    });

    private static byte[] Fields(byte[] bytes, Random random, Action<List<string>> change) => Lines(bytes, lines =>
    {
        var line = random.Next(lines.Count);
        var fields = lines[line].Split(';').ToList();
        change(fields);
        lines[line] = string.Join(';', fields);
    });
}
