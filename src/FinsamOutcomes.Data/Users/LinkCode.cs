using System.Security.Cryptography;
using FinsamOutcomes.Data.Privacy;

namespace FinsamOutcomes.Data.Users;

/// <summary>
/// The half of a link that is told to the one who asked for it, while the one who said yes has the link: neither of two
/// administrators gets into somebody else's account without the other. Stored as an HMAC, since it is short.
/// </summary>
public static class LinkCode
{
    /// <summary>Wrong codes before the link can no longer be used.</summary>
    public const int Tries = 5;

    private const int Length = 8;
    private const int LongestTyped = 100;

    // Nothing that can be taken for something else when it is read aloud or written by hand.
    private const string Signs = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    /// <summary>A new one, in two groups as people say it.</summary>
    internal static string Make() => RandomNumberGenerator.GetString(Signs, Length).Insert(Length / 2, "-");

    /// <summary>What is stored of it, for one request only; whatever case and spaces it was typed with.</summary>
    internal static string Keyed(FieldCipher cipher, string? typed, int requestId)
    {
        var code = typed is { Length: > LongestTyped } ? "" : new string([.. (typed ?? "").Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)]);
        return Convert.ToHexStringLower(cipher.BlindIndex(code, "access_request", "code_hash", requestId));
    }
}

/// <summary>What a link's code is compared with.</summary>
public sealed record LinkCodeRow
{
    public required int RequestId { get; init; }

    public required string CodeHash { get; init; }
}
