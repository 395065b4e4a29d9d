using System.Globalization;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.ReportJobs;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Publications;

/// <summary>One kept publication: what it is, its files, and a newer one in its place.</summary>
public sealed class PublicationModel(CurrentAccess access, FinsamDatabase database, PublicationStore publications, ReportJobStore jobs, TimeProvider clock)
    : PageModel
{
    public const string NotYours = "Publiceringen har exakta tal och kan bara öppnas av den som gjorde den. Behöver du talen: beställ rapporten själv och skriv varför.";

    public PublicationRow Row { get; private set; } = null!;

    /// <summary>Null where the user may only see that it is there.</summary>
    public KeptPublication? Kept { get; private set; }

    /// <summary>Why it can't be opened.</summary>
    public string? Problem { get; private set; }

    /// <summary>Why exact numbers are needed in the one that takes its place.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Only the reports that come with the program can be made here.</summary>
    public bool CanBeReplaced => Kept is not null && Row is { ReplacedById: null, Policy: not "avrundat-till-5" } && ReportDefinition.Names(folder: null).Contains(Row.Report, StringComparer.Ordinal);

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync())
            return NotFound();
        if (!CanBeReplaced)
            return Page();
        try
        {
            await jobs.RequestAsync(new NewReportJob
            {
                ForbundId = access.ForbundId,
                Report = Row.Report,
                CalendarYear = Row.CalendarYear,
                Policy = Row.Policy,
                Reason = Reason,
                ReplacesPublicationId = Row.Id,
                Actor = access.UserName,
            });
            TempData["Done"] = $"{Row.Title} görs om med registret som det är nu, och ersätter sedan nr {Row.Id.ToString(CultureInfo.InvariantCulture)}.";
            return Redirect($"/f/{access.ForbundId}/rapporter");
        }
        catch (RegistrationException exception)
        {
            if (exception.Errors.FirstOrDefault(e => e.Field != nameof(Reason)) is { } other)
            {
                // Ordered already, as by a button pressed twice, or replaced meanwhile.
                TempData["Problem"] = other.Message;
                return Redirect($"/f/{access.ForbundId}/rapporter");
            }

            foreach (var error in exception.Errors)
                ModelState.AddModelError(nameof(Reason), error.Message);
            return Page();
        }
    }

    public string Local(DateTime instant) =>
        TimeZoneInfo.ConvertTimeFromUtc(instant, clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private async Task<bool> LoadAsync()
    {
        if (await publications.FindAsync(access.ForbundId, access.Route.PublicationId, HttpContext.RequestAborted) is not { } row)
            return false;
        Row = row;
        if (!row.MayBeReadBy(access.UserName))
        {
            Problem = NotYours;
            return true;
        }

        try
        {
            Kept = await KeptPublication.OpenAsync(database, row, HttpContext.RequestAborted);
            if (row.IsExact)
                await publications.NoteOpenedAsync(row, access.UserName, "översikten", cancellationToken: HttpContext.RequestAborted);
        }
        catch (PublicationChangedException exception)
        {
            Problem = exception.Message;
        }

        return true;
    }
}
