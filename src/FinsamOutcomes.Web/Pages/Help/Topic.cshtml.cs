using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Help;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Help;

/// <summary>One page of help.</summary>
public sealed class TopicModel(CurrentAccess access) : PageModel
{
    public HelpTopic Topic { get; private set; } = null!;

    public IActionResult OnGet()
    {
        if (HelpTopics.Find(access.Route.Topic) is not { } found)
            return NotFound();
        Topic = found;
        return Page();
    }
}
