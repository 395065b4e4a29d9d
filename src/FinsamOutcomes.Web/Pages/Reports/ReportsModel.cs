using System.Globalization;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.ReportJobs;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Statistics;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.Reports;

/// <summary>Order a report, follow how it is made, and fetch it; the page may be closed meanwhile.</summary>
public sealed class ReportsModel(CurrentAccess access, ReportJobStore jobs, PublicationStore publications, TimeProvider clock) : PageModel
{
    public const string NotYours = "Rapporten har exakta tal och kan bara hämtas av den som beställde den. Behöver du den: beställ den själv och skriv varför.";

    [BindProperty]
    public ReportOrder Input { get; set; } = new();

    public IReadOnlyList<ReportJobRow> Jobs { get; private set; } = [];

    public ILookup<int, ReportFileRow> Files { get; private set; } = Array.Empty<ReportFileRow>().ToLookup(f => f.ReportJobId);

    /// <summary>What the reports are kept as, by id.</summary>
    public IReadOnlyDictionary<int, PublicationRow> Publications { get; private set; } = new Dictionary<int, PublicationRow>();

    /// <summary>The newest report of the same kind and year that holds, when it has to be said whether it is replaced; null else.</summary>
    public PublicationRow? Earlier { get; private set; }

    public IEnumerable<SelectListItem> EarlierOptions => Earlier is null ? [] :
    [
        new($"Ersätt nr {Earlier.Id}. Välj det om den inte har spridits, eller ska dras tillbaka.", EarlierReport.Replace),
        new($"Behåll nr {Earlier.Id}. Båda gäller, och talen i den skyddas så långt det går tillsammans med den nyas.", EarlierReport.Keep),
    ];

    public bool IsWorking => Jobs.Any(j => !j.IsOver);

    public static IEnumerable<SelectListItem> ReportOptions => ReportDefinition.Names(folder: null).Select(n => new SelectListItem(TitleOf(n, year: null), n));

    public static IEnumerable<SelectListItem> PolicyOptions =>
    [
        new("Små tal dolda (minst 5), för att publicera", PublicationPolicy.Minst5.ToCode()),
        new("Exakta tal, internt underlag (skälet skrivs i loggen)", PublicationPolicy.Internt.ToCode()),
    ];

    public async Task OnGetAsync()
    {
        var today = DateOnly.FromDateTime(clock.GetLocalNow().DateTime);

        // The annual report is written in the beginning of the year after.
        Input = new ReportOrder { CalendarYear = (today.Month <= 6 ? today.Year - 1 : today.Year).ToString(CultureInfo.InvariantCulture) };
        await LoadAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!int.TryParse(Input.CalendarYear, NumberStyles.None, CultureInfo.InvariantCulture, out var year))
            ModelState.AddModelError("Input.CalendarYear", "Ange ett år med fyra siffror, till exempel 2024.");
        if (!ReportDefinition.Names(folder: null).Contains(Input.Report, StringComparer.Ordinal))
            ModelState.AddModelError("Input.Report", "Välj vilken rapport du vill ha.");
        CheckReason();
        if (Input.Policy == PublicationPolicy.AvrundatTill5.ToCode())
            ModelState.AddModelError(
                "Input.Policy",
                "Avrundat till 5 går inte att välja längre: det skyddar lite, och andelar på avrundade antal kan bli missvisande. Välj hur små tal ska skyddas."
            );
        if (
            ModelState.IsValid
            && (await jobs.OfForbundAsync(access.ForbundId, HttpContext.RequestAborted)).Any(j =>
                !j.IsOver && (j.Report, j.CalendarYear, j.Policy) == (Input.Report, year, Input.Policy) && j.MayBeReadBy(access.UserName)))
        {
            // A button pressed twice is one order.
            TempData["Done"] = $"{TitleOf(Input.Report, year)} är redan beställd och görs nu.";
            return Redirect($"/f/{access.ForbundId}/rapporter");
        }

        if (ModelState.IsValid)
            await AskAboutEarlierAsync(year);
        if (ModelState.IsValid)
        {
            try
            {
                await jobs.RequestAsync(
                    new NewReportJob
                    {
                        ForbundId = access.ForbundId,
                        Report = Input.Report,
                        CalendarYear = year,
                        Policy = Input.Policy,
                        Reason = Input.Reason,
                        ReplacesPublicationId = Input.Earlier == EarlierReport.Replace ? Earlier?.Id : null,
                        Actor = access.UserName,
                    });
                TempData["Done"] = $"{TitleOf(Input.Report, year)} är beställd. Du kan lämna sidan: rapporten görs ändå och finns kvar här.";
                return Redirect($"/f/{access.ForbundId}/rapporter");
            }
            catch (RegistrationException exception)
            {
                ModelState.AddErrors(exception);
            }
        }

        await LoadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostDeleteAsync(int jobId)
    {
        try
        {
            await jobs.DeleteAsync(access.ForbundId, jobId, access.UserName);
            TempData["Done"] = "Rapporten är borttagen.";
        }
        catch (RegistrationException exception)
        {
            TempData["Problem"] = exception.Message;
        }

        return Redirect($"/f/{access.ForbundId}/rapporter");
    }

    public static string TitleOf(string report, int? year) =>
        ReportDefinition.Names(folder: null).Contains(report, StringComparer.Ordinal) ? ReportDefinition.Load(report).TitleOf(year) : report;

    public string Local(DateTime instant) =>
        TimeZoneInfo.ConvertTimeFromUtc(instant, clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static string Size(long bytes) => bytes < 1_000_000
        ? string.Create(CultureInfo.GetCultureInfo("sv-SE"), $"{Math.Max(1, bytes / 1000)} kB")
        : string.Create(CultureInfo.GetCultureInfo("sv-SE"), $"{bytes / 1_000_000d:0.0} MB");

    public static string Policy(string code) => PublicationPolicies.TryParse(code, out var policy) ? policy switch
    {
        PublicationPolicy.Internt => "Internt underlag",
        PublicationPolicy.AvrundatTill5 => "Avrundat till 5",
        _ => "Små tal dolda",
    } : code;

    // Before it is asked whether somebody else has ordered the same: nobody gets exact numbers without saying why.
    private void CheckReason()
    {
        try
        {
            if (Input.Policy == PublicationPolicy.Internt.ToCode())
                LoggedReason.Check(Input.Reason, nameof(Input.Reason));
        }
        catch (RegistrationException exception)
        {
            ModelState.AddErrors(exception);
        }
    }

    // Two reports of one year that both hold tell more together than either of them, so a second one is never made unsaid.
    private async Task AskAboutEarlierAsync(int year)
    {
        if (Input.Policy == PublicationPolicy.Internt.ToCode())
            return;
        Earlier = (await publications.OfForbundAsync(access.ForbundId, HttpContext.RequestAborted))
            .FirstOrDefault(p => p.ReplacedById is null && (p.Report, p.CalendarYear, p.Policy) == (Input.Report, year, Input.Policy));
        if (Earlier is not null && Input.Earlier is not (EarlierReport.Replace or EarlierReport.Keep))
            ModelState.AddModelError("Input.Earlier", $"{Earlier.Title} finns redan, som publicering nr {Earlier.Id}. Välj om den nya ska ersätta den.");
    }

    private async Task LoadAsync()
    {
        Jobs = await jobs.OfForbundAsync(access.ForbundId, HttpContext.RequestAborted);
        Files = await jobs.FilesAsync(access.ForbundId, HttpContext.RequestAborted);
        Publications = (await publications.OfForbundAsync(access.ForbundId, HttpContext.RequestAborted)).ToDictionary(p => p.Id);
    }
}

/// <summary>A report to be made, as the form sends it.</summary>
public sealed class ReportOrder
{
    public string Report { get; set; } = "";

    public string CalendarYear { get; set; } = "";

    public string Policy { get; set; } = PublicationPolicy.Minst5.ToCode();

    /// <summary>Why exact numbers are needed.</summary>
    public string? Reason { get; set; }

    /// <summary>What becomes of an earlier report of the same year; null until it has been asked.</summary>
    public string? Earlier { get; set; }
}

/// <summary>The answers to what becomes of an earlier report of the same year.</summary>
public static class EarlierReport
{
    public const string Replace = "ersatt";
    public const string Keep = "behall";
}
