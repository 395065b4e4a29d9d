using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Changes;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.CodeLists;

/// <summary>One list: what forms offer and the förbund's own words, beside those that all förbund share.</summary>
public sealed class EditModel(CurrentAccess access, CodeListStore codes) : PageModel
{
    [BindProperty]
    public CodeListForm Input { get; set; } = new();

    public string Heading { get; private set; } = "";

    public CodeList List { get; private set; } = null!;

    /// <summary>Somebody else has saved the list since it was read.</summary>
    public bool IsStale { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync())
            return NotFound();
        Input.Values = [.. List.Values.Select(v => new CodeValueForm { Code = v.Code, IsOffered = v.IsOffered, Label = v.OwnLabel, Version = v.Version })];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync())
            return NotFound();
        try
        {
            await codes.ChooseAsync(
                new CodeListChange
                {
                    ForbundId = access.ForbundId,
                    List = List.Name,
                    Values =
                    [
                        .. Input.Values.Select(v => new CodeChoice
                        {
                            Code = v.Code ?? "",
                            IsOffered = v.IsOffered,
                            Label = v.Label,
                            Version = v.Version,
                        }),
                    ],
                    Actor = access.UserName,
                },
                HttpContext.RequestAborted);
            TempData["Done"] = $"{Heading}: dina val är sparade.";
            return Redirect($"/f/{access.ForbundId}/kodlistor");
        }
        catch (RegistrationException exception) when (exception.IsStale())
        {
            // The list is short: what is saved now is shown beside what was typed, value by value.
            IsStale = true;
            for (var i = 0; i < Input.Values.Count; i++)
                Input.Values[i].Version = ChangedSince.Renew(ModelState, Saved(Input.Values[i])?.Version ?? 0, $"Input.Values[{i}].Version");
        }
        catch (RegistrationException exception)
        {
            ModelState.AddErrors(exception);
        }

        return Page();
    }

    /// <summary>What is saved for a value of the form; null when the list doesn't hold it.</summary>
    public CodeValueRow? Saved(CodeValueForm value) => List.Values.FirstOrDefault(v => v.Code == value?.Code);

    private async Task<bool> LoadAsync()
    {
        if (ListAddress.ListOf(access.Route.List) is not { } list)
            return false;
        Heading = CodeList.All.First(l => l.List == list).Heading;
        List = await codes.OfForbundAsync(access.ForbundId, list, HttpContext.RequestAborted);
        return true;
    }
}

/// <summary>What the form of a list holds.</summary>
public sealed class CodeListForm
{
    public List<CodeValueForm> Values { get; set; } = [];
}

/// <summary>A value of the list in the form.</summary>
public sealed class CodeValueForm
{
    public string? Code { get; set; }

    public bool IsOffered { get; set; }

    public string? Label { get; set; }

    public int Version { get; set; }
}
