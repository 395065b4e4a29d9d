using FinsamOutcomes.Data.Erasures;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Erasures;

/// <summary>How long the förbund and its insatser keep people, and which of them ask for written consent.</summary>
public sealed class RulesModel(CurrentAccess access, PrivacyRuleStore rules) : PageModel
{
    [BindProperty]
    public PrivacyRulesInput Input { get; set; } = new();

    /// <summary>The insatser, in the order of the form.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    public async Task OnGetAsync()
    {
        var now = await LoadAsync();
        Input = new PrivacyRulesInput
        {
            ErasureMonths = now.ErasureMonths,
            Version = now.Version,
            Insatser =
            [
                .. now.Insatser.Select(i => new InsatsRulesInput
                {
                    InsatsId = i.InsatsId,
                    ErasureMonths = i.ErasureMonths,
                    NeedsConsent = i.NeedsConsent,
                    ConsentBeforeName = i.ConsentBeforeName,
                }),
            ],
        };
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var now = await LoadAsync();

        // An insats that has come since the form was opened: it is shown anew, rather than left out or taken for another.
        if (!Input.Insatser.Select(i => i.InsatsId).SequenceEqual(now.Insatser.Select(i => i.InsatsId)))
            return await ShowAnewAsync("Insatserna har ändrats sedan du öppnade sidan. Så här är de nu. Gör om ändringen.");
        if (!ModelState.IsValid)
            return Page();
        try
        {
            await rules.SetAsync(
                access.ForbundId,
                now with
                {
                    ErasureMonths = Input.ErasureMonths,
                    Version = Input.Version,
                    Insatser =
                    [
                        .. now.Insatser.Zip(
                            Input.Insatser,
                            (i, given) => i with
                            {
                                ErasureMonths = given.ErasureMonths,
                                NeedsConsent = given.NeedsConsent,
                                ConsentBeforeName = given.ConsentBeforeName,
                            }),
                    ],
                },
                access.UserName,
                HttpContext.RequestAborted);
        }
        catch (RegistrationException exception) when (exception.IsStale())
        {
            return await ShowAnewAsync("Någon annan har ändrat reglerna sedan du öppnade sidan. Så här är de nu. Gör om ändringen om den behövs.");
        }
        catch (RegistrationException exception)
        {
            ModelState.AddErrors(exception);
            return Page();
        }

        TempData["Done"] = "Reglerna är sparade.";
        return Redirect($"/f/{access.ForbundId}/gallring/regler");
    }

    private async Task<IActionResult> ShowAnewAsync(string why)
    {
        ModelState.Clear();
        await OnGetAsync();
        ModelState.AddModelError("", why);
        return Page();
    }

    private async Task<PrivacyRules> LoadAsync()
    {
        var now = await rules.RulesAsync(access.ForbundId, HttpContext.RequestAborted);
        Names = [.. now.Insatser.Select(i => i.ParentName is { } parent ? $"{parent}: {i.Name}" : i.Name)];
        return now;
    }
}

/// <summary>The rules as typed.</summary>
public sealed class PrivacyRulesInput
{
    public int? ErasureMonths { get; set; }

    public List<InsatsRulesInput> Insatser { get; set; } = [];

    public int Version { get; set; }
}

/// <summary>Those of an insats.</summary>
public sealed class InsatsRulesInput
{
    public int InsatsId { get; set; }

    public int? ErasureMonths { get; set; }

    public bool NeedsConsent { get; set; }

    public bool ConsentBeforeName { get; set; }
}
