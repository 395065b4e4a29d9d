using System.Text;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Import;

/// <summary>
/// Reads a file into the register, as <c>finsam import</c> does: all of it or nothing. Shows nothing of what the file or
/// the register says about anybody, and keeps neither the file nor its name.
/// </summary>
[LargestUpload(LargestFile)]
public sealed class IndexModel(CurrentAccess access, FinsamDatabase database, WebSettings settings) : PageModel
{
    /// <summary>In bytes: some hundred thousand rows.</summary>
    public const int LargestFile = 20_000_000;

    public const string LargestFileText = "20 MB";

    /// <summary>In the address when the file was too large to be read.</summary>
    internal const string TooLargeName = "for-stor";

    /// <summary>How many different faults the page shows; the file of faults has more.</summary>
    public const int Shown = 50;

    /// <summary>How many rows it names of each.</summary>
    public const int ShownRows = 12;

    /// <summary>How many faults the file has: it lies in the page itself, so that nothing is kept between requests.</summary>
    public const int InReport = 5_000;

    [BindProperty]
    public ImportForm Input { get; set; } = new();

    /// <summary>Which kind of file, as the command line says it; null when it has not been chosen.</summary>
    [BindProperty(SupportsGet = true, Name = "slag")]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true, Name = TooLargeName)]
    public string? TooLarge { get; set; }

    public ImportFormat? Format => ImportFormat.Find(Kind);

    public ImportResult? Result { get; private set; }

    /// <summary>The faults of the file, those that are the same together, by the first row of each.</summary>
    public IReadOnlyList<Fault> Faults { get; private set; } = [];

    /// <summary>The file of faults, as the address of a link; null when there are none.</summary>
    public string? Report { get; private set; }

    /// <summary>What the page itself is called after this request.</summary>
    public string Heading => Format is null ? "Läs in från fil" : $"Läs in {Format.Title.ToLowerInvariant()} från fil";

    public string Title => (Result, ModelState.IsValid) switch
    {
        (_, false) => $"Fel: {Heading}",
        (null, _) => Heading,
        ({ IsValid: false }, _) => $"Fel i filen: {Heading}",
        ({ IsSaved: true }, _) => $"Inläst: {Heading}",
        ({ HasChanges: false }, _) => $"Inget nytt: {Heading}",
        _ => $"Prövad: {Heading}",
    };

    public IActionResult OnGet()
    {
        if (Kind is not null && Format is null)
            return NotFound();
        if (TooLarge is not null)
            ModelState.AddModelError("Input.File", $"Filen är större än {LargestFileText}. Dela den i flera och läs in dem en i taget.");
        return Page();
    }

    /// <summary>The empty template, as Excel in Swedish opens it.</summary>
    public IActionResult OnGetTemplate() =>
        Format is null ? NotFound() : File(Encoding.UTF8.GetBytes('\uFEFF' + Format.Template), "text/csv; charset=utf-8", Format.TemplateName);

    /// <summary>Tries the file and saves nothing.</summary>
    public Task<IActionResult> OnPostAsync() => ReadAsync(isDryRun: true);

    public Task<IActionResult> OnPostSaveAsync() => ReadAsync(isDryRun: false);

    // The answer is the page itself, without a redirect: sent again, the same file changes nothing.
    private async Task<IActionResult> ReadAsync(bool isDryRun)
    {
        if (Format is null)
            return NotFound();
        if (Input.File is null)
        {
            ModelState.AddModelError("Input.File", "Välj en fil.");
            return Page();
        }

        Result = await new Importer(database, access.ForbundId, access.UserName) { UserId = access.UserId, Patience = settings.ImportPatience }.ImportAsync(
            Format.Kind,
            Input.File.OpenReadStream(),
            isDryRun,
            HttpContext.RequestAborted);
        if (Result.InTheWay is { } others)
        {
            Result = null;
            ModelState.AddModelError("Input.File", $"{others.Message} {others.Rule.Action}");
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            Response.Headers.RetryAfter = "30";
            return Page();
        }

        var kept = Result.Problems.Kept;
        Faults = [.. kept.GroupBy(p => (p.Rule, p.Column, p.WithoutValues)).Select(g => new Fault(g.First(), [.. g.Select(p => p.Line)]))];
        if (kept.Count > 0)
        {
            using var csv = new MemoryStream();
            ImportReport.Write(kept.Take(InReport), csv, fileName: null, withValues: false);
            Report = $"data:text/csv;charset=utf-8;base64,{Convert.ToBase64String(csv.GetBuffer(), 0, (int)csv.Length)}";
        }

        return Page();
    }
}

/// <summary>The same fault on one row or many.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Lines">The file's rows; 0 for the file as a whole.</param>
public sealed record Fault(ImportProblem First, IReadOnlyList<int> Lines);

/// <summary>What the form holds.</summary>
public sealed class ImportForm
{
    public IFormFile? File { get; set; }
}
