using FinsamOutcomes.Data.Users;
using Microsoft.AspNetCore.Identity;

namespace FinsamOutcomes.Web.Identity;

/// <summary>
/// A password is long, and not one that is tried first. Which signs it has doesn't matter (NIST SP 800-63B): a sentence is
/// easier to remember and harder to guess than a word with a digit and an exclamation mark.
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<AppUser>
{
    public const int Shortest = 12;
    public const int Longest = 200;

    /// <summary>Longer than this nothing is tried as a password: it can't be one, and would only be work.</summary>
    public const int LongestTried = 1000;

    /// <summary>
    /// Rounds of PBKDF2-HMAC-SHA512: what OWASP's Password Storage Cheat Sheet asks for. A password stored with fewer is
    /// hashed anew at the next sign-in.
    /// </summary>
    public const int Iterations = 210_000;

    public const string Hint = "Minst 12 tecken. En mening är lätt att minnas och svår att gissa. Mellanslag och å, ä, ö går bra.";

    // What people take when they must take something; compared without case, digits and signs around it.
    private static readonly HashSet<string> s_common = new(StringComparer.OrdinalIgnoreCase)
    {
        "lösenord",
        "losenord",
        "mittlösenord",
        "mittlosenord",
        "hemligtlösenord",
        "lösenordlösenord",
        "password",
        "passwordpassword",
        "mypassword",
        "finsam",
        "finsamoutcomes",
        "samordningsförbund",
        "samordningsforbund",
        "samordningsförbundet",
        "samordningsforbundet",
        "uppföljning",
        "handläggare",
        "handlaggare",
        "processtödjare",
        "administratör",
        "administrator",
        "välkommen",
        "valkommen",
        "welcome",
        "hejhejhej",
        "hejsanhejsan",
        "jagälskardig",
        "jagalskardig",
        "iloveyou",
        "sommar",
        "vinter",
        "höst",
        "vår",
        "sverige",
        "stockholm",
        "göteborg",
        "malmö",
        "qwerty",
        "qwertyuiop",
        "qwertyuiopå",
        "asdfghjkl",
        "asdfghjklöä",
        "zxcvbnm",
        "qazwsxedc",
        "abcdefghijkl",
        "abcdefghijklm",
        "abcdefghijklmnop",
        "letmein",
        "trustnoone",
        "changeme",
        "bytutmig",
    };

    public Task<IdentityResult> ValidateAsync(UserManager<AppUser> manager, AppUser user, string? password) =>
        Task.FromResult(
            Wrong(password, user.UserName) is { } wrong
                ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = wrong })
                : IdentityResult.Success);

    /// <summary>What is wrong with a password and what to do; null when it can be used.</summary>
    public static string? Wrong(string? password, string? userName)
    {
        if (string.IsNullOrEmpty(password) || password.Length < Shortest)
            return $"Lösenordet är för kort. Skriv minst {Shortest} tecken, gärna en mening.";
        if (password.Length > Longest)
            return $"Lösenordet är för långt. Skriv högst {Longest} tecken.";
        if (password.Distinct().Count() < 5 || IsRun(password))
            return "Lösenordet är lätt att gissa, eftersom samma tecken upprepas eller följer på varandra. Skriv hellre en mening.";
        var core = password.Trim().Trim("0123456789 !?.,-_#@*+".ToCharArray());
        if (
            core.Length < 4
            || s_common.Contains(core)
            || core.StartsWith("lösenord", StringComparison.OrdinalIgnoreCase)
            || core.StartsWith("password", StringComparison.OrdinalIgnoreCase))
            return "Lösenordet är ett av dem som prövas först. Skriv hellre en mening som bara du tänker på.";
        if (userName is { Length: > 0 } && (password.Contains(userName, StringComparison.OrdinalIgnoreCase) || Same(core, userName.Split('@')[0])))
            return "Lösenordet får inte vara din e-postadress.";
        return null;
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static bool IsRun(string text) => Enumerable.Range(1, text.Length - 1).All(i => Math.Abs(text[i] - text[i - 1]) <= 1);
}
