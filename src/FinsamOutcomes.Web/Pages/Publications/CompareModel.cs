using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Changes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Publications;

/// <summary>A kept publication beside the register of today: which numbers are others now, and what has been changed since.</summary>
public sealed class CompareModel(
    CurrentAccess access, FinsamDatabase database, ChangedRegistrationStore changes, OpenedPublication opened, ShownPeople shown) : PageModel
{
    public KeptPublication Kept { get; private set; } = null!;

    public PublicationComparison Comparison { get; private set; } = null!;

    public NumberWords Words { get; private set; } = null!;

    /// <summary>Numbers that are others and can be seen, each place once.</summary>
    public IReadOnlyList<PublicationDifference> Seen { get; private set; } = [];

    /// <summary>How many that nobody sees are others.</summary>
    public int KeptBack { get; private set; }

    public ChangedThings Changed { get; private set; } = new([]);

    public async Task<IActionResult> OnGetAsync()
    {
        if (await opened.OpenAsync("jämförd med registret", HttpContext.RequestAborted) is not { } kept)
            return Redirect(opened.Address);
        Kept = kept;
        Comparison = await PublicationComparison.OfAsync(database, kept, HttpContext.RequestAborted);
        Words = await NumberWords.OfAsync(database, access.ForbundId, HttpContext.RequestAborted);
        var once = Comparison.Differences.DistinctBy(d => (Words.Measure(d.Then.Told), Words.Of(d.Then.Told))).ToList();
        Seen = [.. once.Where(d => !d.IsKeptBack)];
        KeptBack = once.Count - Seen.Count;
        var all = await changes.SinceAsync(access.ForbundId, kept.Row.Moment, access.UserId, HttpContext.RequestAborted);
        var (from, to) = (kept.Numbers.Select(n => n.Told.PeriodFrom).DefaultIfEmpty(kept.Row.PeriodFrom).Min(), kept.Row.PeriodTo);
        var touching = all.Where(c => c.Touches(from, to)).ToList();
        Changed = new(touching);
        shown.AddParticipations(touching.Select(c => c.ParticipationId).OfType<int>());
        return Page();
    }
}
