namespace FinsamOutcomes.Web.Identity;

/// <summary>Codes for the day the phone is lost: each works once.</summary>
internal static class RecoveryCodes
{
    public const int Count = 8;

    private const int LongestTyped = 100;

    /// <summary>As stored, whatever spaces or case it was typed with; empty when it is longer than anybody types.</summary>
    public static string Normalize(string? typed) =>
        typed is { Length: > LongestTyped } ? "" : new((typed ?? "").Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant).ToArray());
}
