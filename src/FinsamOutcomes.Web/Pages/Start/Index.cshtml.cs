using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Start;

/// <summary>The way in: straight to the förbund of somebody who has one, else a choice.</summary>
public sealed class IndexModel(CurrentAccess access, AccessStore store) : PageModel
{
    public IReadOnlyList<ForbundRow> Forbund { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        Forbund = await store.ForbundAsync(access.UserId, HttpContext.RequestAborted);
        return Forbund.Count == 1 ? Redirect($"/f/{Forbund[0].Id}") : Page();
    }
}
