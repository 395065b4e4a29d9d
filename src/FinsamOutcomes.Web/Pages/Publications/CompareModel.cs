using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Changes;
using FinsamOutcomes.Web.Pages.Statistics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Publications;

/// <summary>A kept publication beside the register of today: which numbers are others now, and what has been changed since.</summary>
public sealed class CompareModel(
    CurrentAccess access, FinsamDatabase database, ChangedRegistrationStore changes, OpenedPublication opened, ShownPeople shown) : PageModel
{
    /// <summary>The leave that a reason gave.</summary>
    [BindProperty(SupportsGet = true, Name = ExactView.Name)]
    public string? Leave { get; set; }

    /// <summary>Why it is compared.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    public bool MayCompare { get; private set; }

    public KeptPublication Kept { get; private set; } = null!;

    public PublicationComparison Comparison { get; private set; } = null!;

    public NumberWords Words { get; private set; } = null!;

    public DifferenceWords Differences { get; private set; } = null!;

    public ChangedThings Changed { get; private set; } = new([]);

    public async Task<IActionResult> OnGetAsync()
    {
        // The log says that it was compared only when it is: without a leave the page asks why, and shows no number.
        MayCompare = opened.MayCompare(Leave);
        if (await opened.OpenAsync(MayCompare ? "jämförd med registret" : "översikten", HttpContext.RequestAborted) is not { } kept)
            return Redirect(opened.Address);
        Kept = kept;
        if (!MayCompare)
            return Page();
        Comparison = await PublicationComparison.OfAsync(database, kept, HttpContext.RequestAborted);
        Words = await NumberWords.OfAsync(database, access.ForbundId, HttpContext.RequestAborted);
        Differences = new(Comparison, Words);
        var all = await changes.SinceAsync(access.ForbundId, kept.Row.Moment, access.UserId, HttpContext.RequestAborted);
        var (from, to) = (kept.Numbers.Select(n => n.Told.PeriodFrom).DefaultIfEmpty(kept.Row.PeriodFrom).Min(), kept.Row.PeriodTo);
        var touching = all.Where(c => c.Touches(from, to)).ToList();
        Changed = new(touching);
        shown.AddParticipations(touching.Select(c => c.ParticipationId).OfType<int>());
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await opened.OpenAsync("översikten", HttpContext.RequestAborted) is not { } kept)
            return Redirect(opened.Address);
        Kept = kept;
        try
        {
            var leave = await opened.LeaveToCompareAsync(kept.Row, Reason, HttpContext.RequestAborted);
            return Redirect($"{opened.Address}/jamfor?{ExactView.Name}={Uri.EscapeDataString(leave)}");
        }
        catch (RegistrationException exception)
        {
            foreach (var error in exception.Errors)
                ModelState.AddModelError(nameof(Reason), error.Message);
            return Page();
        }
    }
}
