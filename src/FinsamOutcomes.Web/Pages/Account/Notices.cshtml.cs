using System.Globalization;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Account;

/// <summary>What others did to the user's account: shown at the next sign-in, before where they were going.</summary>
public sealed class NoticesModel(NoticeStore notices, AccountStore accounts, CurrentAccess access, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    public IReadOnlyList<NoticeRow> New { get; private set; } = [];

    public IReadOnlyList<NoticeRow> Earlier { get; private set; } = [];

    /// <summary>The user's name as others see it.</summary>
    public string DisplayName { get; private set; } = "";

    public async Task OnGetAsync()
    {
        DisplayName = (await accounts.FindAsync(access.UserId, HttpContext.RequestAborted))!.DisplayName;
        var all = await notices.LatestAsync(access.UserId, HttpContext.RequestAborted);
        New = [.. all.Where(n => n.SeenAt is null)];
        Earlier = [.. all.Where(n => n.SeenAt is not null)];
    }

    public async Task<IActionResult> OnPostAsync(int upTo)
    {
        await notices.SeeAsync(access.UserId, upTo, HttpContext.RequestAborted);
        return this.Onward(ReturnUrl);
    }

    /// <summary>What was done, by whom and when.</summary>
    public string Text(NoticeRow notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var (when, roles) = (
            TimeZoneInfo.ConvertTimeFromUtc(notice.HappenedAt, clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            Pages.Users.UsersModel.Labels(notice.Detail.Split(' ')));
        var by = notice.Actor == access.UserName ? "dig själv" : notice.Actor;
        return notice.Action switch
        {
            "Users.SetRoles" => $"Dina roller eller insatser ändrades {when} av {by}. Dina roller är nu: {roles}.",
            "Users.Remove" => $"Du togs bort ur ett förbund {when} av {by}.",
            "Users.Rename" => $"Ditt namn ändrades {when} av {by}. Ditt namn i systemet är nu: {DisplayName}.",
            "Users.RemoveCode" => $"Din engångskod och dina passkeys togs bort {when} av {by}.",
            "Users.Disconnect" => $"Ditt konto kopplades från inloggningstjänster {when} av {by}.",
            "ExternalIdentities.Connect" => $"Ditt konto anslöts till en inloggningstjänst {when}, med en länk från {by}.",
            "ExternalIdentities.Lose" => $"Ditt konto är inte längre anslutet till inloggningstjänster sedan {when}, eftersom nyckeln gick förlorad. Anslut på nytt.",
            "Users.LoseCode" => $"Din engångskod slutade gälla {when}, eftersom nyckeln till den gick förlorad. Ställ in en ny.",
            "Users.LoseRecoveryCodes" => $"Dina reservkoder slutade gälla {when}, eftersom nyckeln till dem byttes. Gör nya.",
            "Users.Deactivate" => $"Ditt konto avaktiverades {when} av {by}.",
            "Users.Reactivate" => $"Ditt konto aktiverades igen {when} av {by}.",
            "Invitations.Reset" => $"En länk till nytt lösenord för ditt konto gjordes {when} av {by}.",
            "Invitations.WrongCodes" =>
                $"En länk från {by} till nytt lösenord för ditt konto slutade fungera {when}, eftersom någon hade skrivit fel kod {LinkCode.Tries} gånger.",
            "Users.ChangePasswordByLink" => $"Din inloggning återställdes {when}: någon valde ett nytt lösenord med en länk från {by}.",
            _ => $"Ditt konto ändrades {when} av {by}.",
        };
    }
}
