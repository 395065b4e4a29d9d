namespace FinsamOutcomes.Web.Identity;

/// <summary>Codes for the day the phone is lost: each works once.</summary>
internal static class RecoveryCodes
{
    public const int Count = 8;

    /// <summary>As stored, whatever spaces or case it was typed with.</summary>
    public static string Normalize(string? typed) => new((typed ?? "").Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant).ToArray());
}
