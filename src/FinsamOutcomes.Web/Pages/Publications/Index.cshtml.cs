using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Publications;

/// <summary>What has been published and is kept, newest first.</summary>
public sealed class IndexModel(CurrentAccess access, PublicationStore publications) : PageModel
{
    public IReadOnlyList<PublicationRow> All { get; private set; } = [];

    public async Task OnGetAsync() => All = await publications.OfForbundAsync(access.ForbundId, HttpContext.RequestAborted);
}
