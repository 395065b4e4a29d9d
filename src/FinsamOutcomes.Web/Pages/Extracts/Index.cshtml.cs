using System.Globalization;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Reporting.Extracts;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Extracts;

/// <summary>An administrator makes an extract of every stay of the person with a code, without name, number and texts.</summary>
public sealed class IndexModel(CurrentAccess access, ParticipantStore participants, ExtractReader extracts) : PageModel
{
    [BindProperty]
    public ExtractInput Input { get; set; } = new();

    public void OnGet()
    {
        // A form alone.
    }

    public Task<IActionResult> OnPostWordAsync() => MakeAsync(extract => ExtractFile.Word(this, extract));

    public Task<IActionResult> OnPostJsonAsync() => MakeAsync(extract => ExtractFile.Json(this, extract));

    private async Task<IActionResult> MakeAsync(Func<Extract, IActionResult> file)
    {
        if (string.IsNullOrWhiteSpace(Input.Code))
            ModelState.AskFor("Input.Code", "Skriv deltagarens kod.");
        if (!ModelState.IsValid)
            return Page();
        if (await FindAsync(Input.Code!.Trim()) is { } found)
            return file(await extracts.OfAllAsync(found, HttpContext.RequestAborted));
        ModelState.AddModelError("Input.Code", "Det finns ingen deltagare med den koden. Kontrollera koden, eller fråga handläggaren.");
        return Page();
    }

    // Who has been erased has no code that anybody could have kept: they are called by the number of their row.
    private async Task<ParticipantRow?> FindAsync(string code)
    {
        if (await participants.FindAsync(access.ForbundId, code, HttpContext.RequestAborted) is { } found)
            return found;
        return code.StartsWith(ParticipantCode.Erased, StringComparison.OrdinalIgnoreCase)
            && int.TryParse(code.AsSpan(ParticipantCode.Erased.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && await participants.FindAsync(access.ForbundId, id, HttpContext.RequestAborted) is { ErasedAt: not null } erased
            ? erased
            : null;
    }
}

/// <summary>Whose extract is made.</summary>
public sealed class ExtractInput
{
    public string? Code { get; set; }

    /// <summary>Nothing of it: it would end up in a log.</summary>
    public override string ToString() => nameof(ExtractInput);
}
