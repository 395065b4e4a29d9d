using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Reporting.StatisticsPage;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Statistics;

/// <summary>"Spara som": one part of the statistics page as a file.</summary>
public sealed class StatisticsFileModel(CurrentAccess access, StatisticsService board, ExactView exact) : PageModel
{
    public async Task<IActionResult> OnGetAsync()
    {
        var file = access.Route.File;
        var address = await StatisticsAddress.ReadAsync(Request, access, board, exact);
        if (address.Problems.Count > 0)
            return Redirect(address.Path + Request.QueryString);
        try
        {
            var (made, reason) = await board.SaveAsync(
                access.Forbund,
                address.Filter,
                Path.GetFileNameWithoutExtension(file),
                Path.GetExtension(file).TrimStart('.'),
                access.UserName,
                HttpContext.RequestAborted);
            if (made is not null)
                return File(made.Content, made.ContentType, made.Name);
            TempData["Problem"] = reason;
            return Redirect(address.Path + address.ViewQuery);
        }
        catch (PublicationChangedException exception)
        {
            TempData["Problem"] = exception.Message;
            return Redirect(address.Path + (address.Filter with { IsPublished = false }).ToQuery());
        }
    }
}
