using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using FinsamOutcomes.Web.Pages.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Presence;

/// <summary>Users who were told that people outside their own insatser are in the register, and who is stopped until somebody has looked.</summary>
public sealed class IndexModel(CurrentAccess access, PresenceStore presence, TimeProvider clock) : PageModel
{
    [BindProperty]
    public int UserId { get; set; }

    public IReadOnlyList<WatchedUserRow> Users { get; private set; } = [];

    public async Task OnGetAsync() => Users = await presence.AllAsync(access.ForbundId, HttpContext.RequestAborted);

    public async Task<IActionResult> OnPostAsync()
    {
        // Only somebody of this förbund who is stopped; asked of the list, so that nothing else is told.
        var user = (await presence.AllAsync(access.ForbundId, HttpContext.RequestAborted)).FirstOrDefault(u => u.UserId == UserId && u.StoppedAt is not null);
        if (user is null)
            return NotFound();
        try
        {
            await presence.ReleaseAsync(UsersModel.Acting(access), UserId, HttpContext.RequestAborted);
            TempData["Done"] = $"{user.DisplayName} kan spara namn och personnummer på nya deltagare igen.";
            return Redirect($"/f/{access.ForbundId}/traffar");
        }
        catch (RegistrationException exception)
        {
            ModelState.AddErrors(exception, "");
            await OnGetAsync();
            return Page();
        }
    }

    public string Time(DateTime at) =>
        TimeZoneInfo.ConvertTimeFromUtc(at, clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
