using System.Globalization;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Pages.Statistics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Publications;

/// <summary>One number of a publication: what it counts, what it is today, and for those who reach them the stays behind it.</summary>
public sealed class NumberModel(
    CurrentAccess access,
    FinsamDatabase database,
    PublicationStore publications,
    ChangedRegistrationStore changes,
    OpenedPublication opened,
    ShownPeople shown) : PageModel
{
    /// <summary>The leave that a reason for comparing gave.</summary>
    [BindProperty(SupportsGet = true, Name = ExactView.Name)]
    public string? Leave { get; set; }

    public bool MayCompare { get; private set; }

    public KeptPublication Kept { get; private set; } = null!;

    public KeptNumber Number { get; private set; } = null!;

    public NumberWords Words { get; private set; } = null!;

    /// <summary>What is another today; null when it is the same.</summary>
    public PublicationDifference? Difference { get; private set; }

    /// <summary>What has been registered, corrected or chosen since, that can alter it.</summary>
    public IReadOnlyList<ChangedRegistration> Changes { get; private set; } = [];

    /// <summary>Null for a number that is no count or share of stays; empty where the user reaches none of them.</summary>
    public IReadOnlyList<CountedStayRow>? Stays { get; private set; }

    /// <summary>Only a caseworker sees stays, and only those of their own insatser.</summary>
    public bool MaySeeStays => access.Has(Role.Caseworker);

    public async Task<IActionResult> OnGetAsync()
    {
        if (await opened.OpenAsync(string.Create(CultureInfo.InvariantCulture, $"tal {access.Route.NumberId}"), HttpContext.RequestAborted) is not { } kept)
            return Redirect(opened.Address);
        if (kept.Numbers.FirstOrDefault(n => n.Ordinal == access.Route.NumberId) is not { } number)
            return NotFound();
        (Kept, Number) = (kept, number);
        Words = await NumberWords.OfAsync(database, access.ForbundId, HttpContext.RequestAborted);
        MayCompare = opened.MayCompare(Leave);
        if (MayCompare)
            Difference = (await PublicationComparison.OfAsync(database, kept, HttpContext.RequestAborted)).Differences.FirstOrDefault(d => d.Then == number);
        if (Difference is not null)
        {
            var all = await changes.SinceAsync(access.ForbundId, kept.Row.Moment, access.UserId, HttpContext.RequestAborted);
            Changes = [.. all.Where(c => CanAlter(c, number))];
        }

        if (MaySeeStays && StaysBehind.Of(number, kept.Row.LeavesOutUnknownGender, kept.Document.GeneratedOn) is { } stays)
        {
            Stays = await publications.StaysAsync(access.ForbundId, stays, access.UserId, HttpContext.RequestAborted);
            shown.Add([.. Stays.Select(s => s.ParticipantId)]);
        }

        shown.AddParticipations(Changes.Select(c => c.ParticipationId).OfType<int>());
        return Page();
    }

    // Of the number's own time, and of its insats or one of its delprojekt, or of the whole förbund.
    private static bool CanAlter(ChangedRegistration change, KeptNumber number)
    {
        var insats = number.InsatsId ?? number.Measure.RequestedInsatsId;
        return change.Touches(number.Told.PeriodFrom, number.Told.PeriodTo)
            && (insats is null || change.InsatsId is null || change.InsatsId == insats || change.ParentInsatsId == insats);
    }
}
