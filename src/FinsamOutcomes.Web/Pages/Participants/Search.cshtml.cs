using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Participants;

/// <summary>Participants of the user's own insatser by code, name or personal number. A single one is opened at once.</summary>
public sealed class SearchModel(CurrentAccess access, ParticipantListStore lists, CodeListStore codes) : PageModel
{
    [BindProperty]
    public string? Text { get; set; }

    /// <summary>Null before anything has been searched for.</summary>
    public ParticipantSearchResult? Result { get; private set; }

    public IReadOnlyDictionary<string, string> Genders { get; private set; } = new Dictionary<string, string>();

    public async Task<IActionResult> OnPostAsync()
    {
        if (string.IsNullOrWhiteSpace(Text))
            return Page();
        Result = await lists.SearchAsync(access.ForbundId, access.UserId, Text, access.UserName, HttpContext.RequestAborted);
        if (Result.Hits.Count == 1)
            return Redirect($"/f/{access.ForbundId}/deltagare/{Result.Hits[0].ParticipantId}");
        Genders = (await codes.GendersAsync(HttpContext.RequestAborted)).ToDictionary(g => g.Code, g => g.Label, StringComparer.Ordinal);
        return Page();
    }
}
