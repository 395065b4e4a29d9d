using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Participants;

/// <summary>Participants of the user's own insatser by code, name or personal number. A single one is opened at once.</summary>
public sealed class SearchModel(CurrentAccess access, ParticipantListStore lists, CodeListStore codes, SetAside aside) : PageModel
{
    /// <summary>As long as a name can be; more is no search.</summary>
    public const int LongestText = 200;

    [BindProperty]
    public string? Text { get; set; }

    /// <summary>Under which key the search is kept: what is searched for never stands in an address.</summary>
    [BindProperty(SupportsGet = true, Name = "sokning")]
    public string? Key { get; set; }

    /// <summary>The search of the address isn't kept any longer.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Null before anything has been searched for.</summary>
    public ParticipantSearchResult? Result { get; private set; }

    public IReadOnlyDictionary<string, string> Genders { get; private set; } = new Dictionary<string, string>();

    private string Address => $"/f/{access.ForbundId}/deltagare/sok";

    public async Task<IActionResult> OnPostAsync()
    {
        var text = (Text ?? "").Trim();
        if (text.Length > LongestText)
            text = text[..LongestText];
        return Redirect(text.Length == 0 ? Address : $"{Address}?sokning={await aside.KeepAsync(Address, text)}");
    }

    public async Task<IActionResult> OnGetAsync()
    {
        if (Key is null)
            return Page();
        Text = await aside.FindAsync(Address, Key);
        IsGone = Text is null;
        if (Text is null)
            return Page();
        Result = await lists.SearchAsync(access.ForbundId, access.UserId, Text, access.UserName, cancellationToken: HttpContext.RequestAborted);
        if (Result.Hits.Count == 1)
            return Redirect($"/f/{access.ForbundId}/deltagare/{Result.Hits[0].ParticipantId}");
        Genders = (await codes.GendersAsync(HttpContext.RequestAborted)).ToDictionary(g => g.Code, g => g.Label, StringComparer.Ordinal);
        return Page();
    }
}
