using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Forms;

namespace FinsamOutcomes.Web.Pages.Users;

/// <summary>
/// A link that was just made, to the one who made it, or the code that a link will ask for, to the one who asked for it:
/// shown for a while and kept nowhere else.
/// </summary>
/// <param name="To">Whom it is to.</param>
/// <param name="Link">Empty when it is a code.</param>
/// <param name="Code">Empty when it is a link.</param>
/// <param name="CodeFrom">Who has the code of the link; empty when it asks for none.</param>
public sealed record ShownLink(string To, string Link, string Code, string CodeFrom)
{
    internal const string IsGone = "Länken eller koden visas inte längre. Behövs den, gör om det: då slutar den förra att fungera.";

    /// <summary>Sets it aside for a page; the address that shows it.</summary>
    internal static async Task<string> KeepAsync(SetAside aside, string here, AccessOutcome outcome, Func<string, string> address)
    {
        string[] parts = [outcome.LinkTo, outcome.Token is { } token ? address(token) : "", outcome.Code ?? "", outcome.CodeFrom];
        return $"{here}?lank={await aside.KeepAsync(here, string.Join('\n', parts.Select(p => p.ReplaceLineEndings(" "))))}";
    }

    internal static async Task<ShownLink?> FindAsync(SetAside aside, string here, string? key) =>
        (await aside.FindAsync(here, key))?.Split('\n') is [var to, var link, var code, var codeFrom] ? new(to, link, code, codeFrom) : null;
}
