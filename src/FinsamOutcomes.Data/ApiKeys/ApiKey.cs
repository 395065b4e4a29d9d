using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace FinsamOutcomes.Data.ApiKeys;

/// <summary>
/// A key to the API as another system sends it, <c>finsam_12_…</c>: the id of its row, and 256 random bits that are kept
/// nowhere here. So many can't be guessed from their hash, which is all that is stored.
/// </summary>
public sealed partial class ApiKey
{
    private const int SecretBytes = 32;

    private readonly byte[] _secret;

    private ApiKey(int id, byte[] secret) => (Id, _secret) = (id, secret);

    public int Id { get; }

    /// <summary>What is stored.</summary>
    internal string Hash => Convert.ToHexStringLower(SHA256.HashData(_secret));

    /// <summary>As the system sends it.</summary>
    internal string Text => string.Create(CultureInfo.InvariantCulture, $"finsam_{Id}_{Base64Url.EncodeToString(_secret)}");

    /// <summary>The key in a text; null when there is none.</summary>
    public static ApiKey? Read(string? text)
    {
        var match = Form().Match(text ?? "");
        if (!match.Success || !Base64Url.IsValid(match.Groups["secret"].ValueSpan, out var length) || length != SecretBytes)
            return null;
        return new ApiKey(int.Parse(match.Groups["id"].ValueSpan, CultureInfo.InvariantCulture), Base64Url.DecodeFromChars(match.Groups["secret"].ValueSpan));
    }

    /// <summary>Of a request: what only somebody with the key can make again, so that what was sent can't be guessed from it.</summary>
    public string Digest(string request) => Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(request)));

    /// <summary>Nothing of it: it would end up in a log.</summary>
    public override string ToString() => nameof(ApiKey);

    internal static ApiKey Make(int id) => new(id, RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Whether it is the one that was stored; takes as long whatever differs.</summary>
    internal bool Fits(string hash) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash), Encoding.ASCII.GetBytes(hash));

    [GeneratedRegex(@"\Afinsam_(?<id>[1-9][0-9]{0,8})_(?<secret>[A-Za-z0-9_-]{43})\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
