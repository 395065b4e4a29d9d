using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Reporting;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Insatser;

/// <summary>The förbund's insatser with delprojekt: places, who takes part and who waits, and whether they run.</summary>
public sealed class IndexModel(CurrentAccess access, InsatsStore insatser, TimeProvider clock) : PageModel
{
    /// <summary>As in statistics that somebody else than those who work with the participants reads.</summary>
    public const int FewestShown = 5;

    public IReadOnlyList<InsatsLine> Lines { get; private set; } = [];

    /// <summary>What day the numbers are of, for the insatser that the list holds: in the user's own insatser it is today.</summary>
    public string When { get; private set; } = "";

    public async Task OnGetAsync()
    {
        var tree = await insatser.TreeAsync(access.ForbundId, HttpContext.RequestAborted);
        var today = DateOnly.FromDateTime(clock.GetLocalNow().DateTime);
        // Two looks at today's numbers would tell who came or left between them.
        var monthEnd = today.AddDays(-today.Day);
        var now = await insatser.OccupancyAsync(access.ForbundId, today, HttpContext.RequestAborted);
        var atMonthEnd = await insatser.OccupancyAsync(access.ForbundId, monthEnd, HttpContext.RequestAborted);
        Lines = [.. tree.SelectMany(node => node.Delprojekt.Select(d => Line(d.Insats)).Prepend(Line(node.Insats))).Where(l => access.Reaches(l.Insats.Id))];
        When = !Lines.Any(l => l.HidesFew && l.HasParticipants) ? "i dag"
            : Lines.Any(l => !l.HidesFew && l.HasParticipants) ? $"i dag, och {Swedish.LongDate(monthEnd)} där du inte ser deltagarna"
            : $"vid månadens slut, {Swedish.LongDate(monthEnd)}";

        InsatsLine Line(InsatsRow insats)
        {
            var hidesFew = !SeesParticipantsOf(insats.Id);
            return new(insats, (hidesFew ? atMonthEnd : now).GetValueOrDefault(insats.Id), Status(insats, today), hidesFew);
        }
    }

    // By name or by code.
    private bool SeesParticipantsOf(int insatsId) => access.Has(Role.Administrator) || (access.Has(Role.Caseworker) && access.OwnInsatser.Contains(insatsId));

    private static string Status(InsatsRow insats, DateOnly today) =>
        insats.StartsOn > today ? $"Börjar {insats.StartsOn:yyyy-MM-dd}"
        : insats.EndsOn is not { } end ? "Pågår"
        : end < today ? $"Avslutad {end:yyyy-MM-dd}" : $"Pågår till {end:yyyy-MM-dd}";
}

/// <summary>A line of the list.</summary>
/// <param name="Insats">The insats or delprojekt.</param>
/// <param name="Occupancy">Null when nobody takes part or waits.</param>
/// <param name="Status">Whether it runs, in words.</param>
/// <param name="HidesFew">Small numbers are not for the user to see.</param>
public sealed record InsatsLine(InsatsRow Insats, InsatsOccupancyRow? Occupancy, string Status, bool HidesFew)
{
    public bool HasParticipants => Insats.FollowUpMethod == "individual";
}
