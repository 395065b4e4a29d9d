using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.Audit;

/// <summary>The log for the revisor: searched by day, user, event and participant, and whether its chain is whole.</summary>
public sealed class IndexModel(CurrentAccess access, AuditStore store, TimeProvider clock) : PageModel
{
    [BindProperty]
    public AuditForm Input { get; set; } = new();

    public AuditPage Found { get; private set; } = null!;

    /// <summary>Read when the page is opened, not at each search.</summary>
    public AuditChainCheck? Chain { get; private set; }

    public IReadOnlyList<SelectListItem> Actors { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Actions { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Chain = await store.CheckAsync(access.ForbundId, HttpContext.RequestAborted);
        await SearchAsync();
    }

    public async Task OnPostAsync()
    {
        if (Input.From > Input.To)
            ModelState.AddModelError("Input.To", "Sista dagen är före den första. Ändra någon av dem.");
        await SearchAsync();
        if (Found.IsParticipantUnknown)
            ModelState.AddModelError("Input.ParticipantCode", "Det finns ingen deltagare med den koden. Kontrollera stavningen.");
    }

    public string Time(DateTime happenedAt) => TimeZoneInfo.ConvertTimeFromUtc(happenedAt, clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    private async Task SearchAsync()
    {
        var words = await store.WordsAsync(access.ForbundId, HttpContext.RequestAborted);
        Actors = [.. words.Actors.Select(a => new SelectListItem(a, a))];
        Actions = [.. words.Actions.Select(a => new SelectListItem(AuditWording.Action(a), a)).OrderBy(a => a.Text, StringComparer.CurrentCulture)];
        if (!ModelState.IsValid)
        {
            Found = new AuditPage { Events = [], Total = 0, Page = 1, UpTo = 0 };
            return;
        }

        var filter = new AuditFilter
        {
            From = Input.From,
            To = Input.To,
            // Only what stands in the lists, so that nothing typed by mistake ends up in the log.
            Actor = words.Actors.FirstOrDefault(a => a == Input.Actor),
            Action = words.Actions.FirstOrDefault(a => a == Input.Action),
            Entity = AuditWording.Entities.FirstOrDefault(e => e.Entity == Input.Entity).Entity,
            EntityId = Input.EntityId,
            ParticipantCode = string.IsNullOrWhiteSpace(Input.ParticipantCode) ? null : Input.ParticipantCode.Trim(),
            UpTo = Input.Page > 1 ? Input.UpTo : null,
        };
        Found = await store.SearchAsync(access.ForbundId, filter, Math.Max(1, Input.Page), access.UserName, HttpContext.RequestAborted);
        // The buttons below the table carry these on.
        ModelState.Remove("Input.UpTo");
        Input.UpTo = Found.UpTo;
    }
}

/// <summary>What is searched for, and which page of it.</summary>
public sealed class AuditForm
{
    public DateOnly? From { get; set; }

    public DateOnly? To { get; set; }

    public string? Actor { get; set; }

    public string? Action { get; set; }

    public string? Entity { get; set; }

    public int? EntityId { get; set; }

    public string? ParticipantCode { get; set; }

    public int Page { get; set; } = 1;

    public int UpTo { get; set; }
}
