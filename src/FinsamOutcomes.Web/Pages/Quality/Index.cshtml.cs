using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Quality;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Quality;

/// <summary>What the data-quality rules say about the user's own insatser, and what has been looked into and stays quiet.</summary>
public sealed class IndexModel(CurrentAccess access, QualityChecks checks, CaseworkerStore caseworkers, ShownPeople shown) : PageModel
{
    [BindProperty]
    public RemarkInput Input { get; set; } = new();

    /// <summary>Whose remarks are asked for.</summary>
    [BindProperty(SupportsGet = true, Name = "vems")]
    public string? Asked { get; set; }

    public WhoseChoice Whose { get; private set; } = null!;

    /// <summary>Rules with something to look at.</summary>
    public IReadOnlyList<QualityResult> Open { get; private set; } = [];

    /// <summary>Rules with remarks that stay quiet.</summary>
    public IReadOnlyList<QualityResult> Quiet { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public Task<IActionResult> OnPostDismissAsync() =>
        ChangeAsync("Markerad som kontrollerad. Ångrar du dig väcker du den längst ned på sidan.", () =>
            checks.DismissAsync(access.ForbundId, Input.Rule ?? "", Input.ParticipationId, Input.Note ?? "", access.UserName, HttpContext.RequestAborted));

    public Task<IActionResult> OnPostWakeAsync() =>
        ChangeAsync("Anmärkningen är väckt igen.", () =>
            checks.WakeAsync(access.ForbundId, Input.Rule ?? "", Input.ParticipationId, access.UserName, HttpContext.RequestAborted));

    /// <summary>The rule's first sentence: what is wrong.</summary>
    public static string What(QualityResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var end = result.Explanation.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? result.Explanation.TrimEnd('.') : result.Explanation[..end];
    }

    /// <summary>The rest: what to do.</summary>
    public static string WhatToDo(QualityResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var end = result.Explanation.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? "" : result.Explanation[(end + 2)..];
    }

    private async Task<IActionResult> ChangeAsync(string done, Func<Task> change)
    {
        // Only what this page can show: a remark in somebody else's insats does not exist here.
        if (!(await LoadAsync()).Any(r => r.Rule == Input.Rule && r.Findings.Any(f => f.ParticipationId == Input.ParticipationId)))
            return NotFound();
        try
        {
            await change();
        }
        catch (RegistrationException exception)
        {
            ModelState.AddErrors(exception);
            return Page();
        }

        TempData["Done"] = done;
        return Redirect(Whose.Address(WhoseChoice.Word(Whose.Chosen)));
    }

    private async Task<IReadOnlyList<QualityResult>> LoadAsync()
    {
        var all = await checks.RunAsync(access.ForbundId, access.UserId, HttpContext.RequestAborted);
        var followed = await caseworkers.FollowedAsync(access.ForbundId, access.UserId, HttpContext.RequestAborted);
        Whose = new WhoseChoice(
            WhoseChoice.Of(Asked, followed),
            Enum.GetValues<Whose>().ToDictionary(w => w, w => all.Sum(r => r.Of(w, followed).Open.Count())),
            followed.HasOwn,
            word => $"/f/{access.ForbundId}/anmarkningar?vems={word}");
        var results = all.Select(r => r.Of(Whose.Chosen, followed)).ToList();
        Open = [.. results.Where(r => r.Open.Any())];
        Quiet = [.. results.Where(r => r.Findings.Any(f => f.Dismissal is not null))];
        shown.AddNamedStays(results.SelectMany(r => r.Findings).Select(f => f.ParticipationId).OfType<int>());
        return all;
    }
}

/// <summary>Which remark, and why nothing can be done about it.</summary>
public sealed class RemarkInput
{
    public string? Rule { get; set; }

    public int ParticipationId { get; set; }

    public string? Note { get; set; }
}
