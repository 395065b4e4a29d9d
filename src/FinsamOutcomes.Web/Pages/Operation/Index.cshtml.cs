using System.Globalization;
using FinsamOutcomes.Data.Backups;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Operation;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Operation;

/// <summary>How the installation is, as far as a förbund's administrator is told: its own log and remarks, the key, the disk, and backups.</summary>
public sealed class IndexModel(CurrentAccess access, FinsamDatabase database, InstallationCheck check, BackupStore backups, BackupWork work) : PageModel
{
    public IReadOnlyList<CheckLine> Lines { get; private set; } = [];

    public BackupsMade Made { get; private set; } = new(null, null);

    /// <summary>Whether this host makes backups, and when somebody asks.</summary>
    public bool MakesBackups => work.IsOn;

    public bool IsMaking => work.IsMaking;

    /// <summary>Whether the database is a server's, which is backed up by whoever owns it.</summary>
    public bool IsOnServer => backups.WhyNot is not null;

    private CancellationToken Cancelled => HttpContext.RequestAborted;

    public async Task OnGetAsync()
    {
        Lines = await check.OfForbundAsync(access.ForbundId, Cancelled);
        Made = await backups.LatestAsync(Cancelled);
    }

    public async Task<IActionResult> OnPostBackupAsync()
    {
        if (!work.IsOn)
            return StatusCode(StatusCodes.Status405MethodNotAllowed);
        if (await work.WhyNotNowAsync(Cancelled) is { } why)
        {
            TempData["Problem"] = why;
            return Redirect($"/f/{access.ForbundId}/drift");
        }

        await backups.NoteAskedAsync(access.ForbundId, access.UserName, Cancelled);
        work.Ask();
        TempData["Done"] = "Säkerhetskopian görs nu. Visa sidan igen om en stund för att se att den blev klar.";
        return Redirect($"/f/{access.ForbundId}/drift");
    }

    public string Local(DateTime instant) =>
        TimeZoneInfo.ConvertTimeFromUtc(instant, database.Clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
