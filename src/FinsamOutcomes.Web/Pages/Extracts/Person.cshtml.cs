using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Reporting.Extracts;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Extracts;

/// <summary>What is stored about a participant and the caseworker reaches, to read and to hand over; also what is left after an erasing.</summary>
public sealed class PersonModel(CurrentAccess access, ParticipantStore participants, ExtractReader extracts) : PageModel
{
    public Extract Extract { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync() => await LoadAsync(isTaken: false) ? Page() : NotFound();

    public async Task<IActionResult> OnPostWordAsync() => await LoadAsync(isTaken: true) ? ExtractFile.Word(this, Extract) : NotFound();

    public async Task<IActionResult> OnPostJsonAsync() => await LoadAsync(isTaken: true) ? ExtractFile.Json(this, Extract) : NotFound();

    private async Task<bool> LoadAsync(bool isTaken)
    {
        if (await participants.FindAsync(access.ForbundId, access.Route.ParticipantId, HttpContext.RequestAborted) is not { } found)
            return false;
        Extract = await extracts.OfReachedAsync(found, isTaken, HttpContext.RequestAborted);
        return true;
    }
}

/// <summary>An extract as a file to take. Its name holds the day and nothing of the person.</summary>
internal static class ExtractFile
{
    public static IActionResult Word(PageModel page, Extract extract) => page.File(
        ExtractWord.Write(extract),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Name(extract, ".docx"));

    public static IActionResult Json(PageModel page, Extract extract) =>
        page.File(ExtractJson.Write(extract), "application/json; charset=utf-8", Name(extract, ".json"));

    private static string Name(Extract extract, string ending) => $"registerutdrag-{extract.ReadAt:yyyy-MM-dd}{ending}";
}
