using System.Globalization;
using System.Text;
using FinsamOutcomes.Data;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.Import;

/// <summary>
/// Reads a file into the register, as <c>finsam import</c> does: all of it or nothing. Shows nothing of what the file or
/// the register says about anybody, and keeps neither the file nor its name.
/// </summary>
[LargestUpload(LargestFile)]
public sealed class IndexModel(
    CurrentAccess access,
    FinsamDatabase database,
    ImportMapStore maps,
    ImportBatchStore batches,
    ShownPeople shown,
    WebSettings settings) : PageModel
{
    /// <summary>In bytes: some hundred thousand rows.</summary>
    public const int LargestFile = 20_000_000;

    public const string LargestFileText = "20 MB";

    /// <summary>In the address when the file was too large to be read.</summary>
    internal const string TooLargeName = "for-stor";

    /// <summary>How many different faults the page shows; the file of faults has more.</summary>
    public const int Shown = 50;

    /// <summary>How many corrections the page shows.</summary>
    public const int ShownChanges = 500;

    /// <summary>How many rows it names of each.</summary>
    public const int ShownRows = 12;

    /// <summary>How many faults the file has: it lies in the page itself, so that nothing is kept between requests.</summary>
    public const int InReport = 5_000;

    /// <summary>How many different words of a file can be said what they stand for at a time.</summary>
    public const int MostWords = 100;

    [BindProperty]
    public ImportForm Input { get; set; } = new();

    [BindProperty]
    public MapForm Map { get; set; } = new();

    /// <summary>Which kind of file, as the command line says it; null when it has not been chosen.</summary>
    [BindProperty(SupportsGet = true, Name = "slag")]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true, Name = TooLargeName)]
    public string? TooLarge { get; set; }

    public ImportFormat? Format => ImportFormat.Find(Kind);

    /// <summary>The user may store names, of participants in insatser of their own.</summary>
    public bool MayName => access.Roles.Contains(Role.Caseworker);

    /// <summary>What a column of the user's file can be.</summary>
    public IReadOnlyList<ImportColumn> Fields => [.. Format!.Columns.Where(c => MayName || !c.IsIdentity)];

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
        ({ AwaitsConfirmation: true }, _) => $"Att bekräfta: {Heading}",
        _ => $"Prövad: {Heading}",
    };

    /// <summary>The headings and first rows, when they have been asked for.</summary>
    public ImportPreview? Preview { get; private set; }

    /// <summary>What the förbund has said that its own headings and words stand for.</summary>
    public ImportMap Known { get; private set; } = new();

    /// <summary>The words of the file that could not be read, to say what they stand for: by column, with the rows.</summary>
    public IReadOnlyList<UnknownWord> Words { get; private set; } = [];

    /// <summary>The latest file of participants that has not been undone; null for other kinds.</summary>
    public ImportBatchRow? Latest { get; private set; }

    /// <summary>Why the latest can't be undone; empty when it can.</summary>
    public IReadOnlyList<string> WhyNotUndone { get; private set; } = [];

    /// <summary>Words and headings that were not remembered, since the file has them as names or personal numbers.</summary>
    public int NotKept { get; private set; }

    /// <summary>The map has been saved, but there was no file to try it on.</summary>
    public bool IsMapSaved { get; private set; }

    public IReadOnlyList<SelectListItem> EncodingOptions { get; } =
        [new("Känn igen den själv", ""), .. ImportOptions.Encodings.Select(e => new SelectListItem(e.Label, e.Word))];

    /// <summary>The columns were asked for, so they come before what is wrong in the file.</summary>
    public bool IsMapAskedFor { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        await ReadMapAsync();
        if (Kind is not null && Format is null)
            return NotFound();
        if (TooLarge is not null)
            ModelState.AddModelError("Input.File", $"Filen är större än {LargestFileText}. Dela den i flera och läs in dem en i taget.");
        await ReadLatestAsync();
        return Page();
    }

    /// <summary>The empty template, as Excel in Swedish opens it.</summary>
    public IActionResult OnGetTemplate() =>
        Format is null ? NotFound() : File(Encoding.UTF8.GetBytes('\uFEFF' + Format.Template), "text/csv; charset=utf-8", Format.TemplateName);

    /// <summary>What the förbund's own headings and words stand for, as a file to edit; with the program's own for SUS below.</summary>
    public async Task<IActionResult> OnGetMapFileAsync()
    {
        if (Format is null)
            return NotFound();
        await ReadMapAsync();
        using var file = new MemoryStream();
        ImportMap.Sus(Format).With(Known).Write(file);
        return File(file.ToArray(), "text/csv; charset=utf-8", $"karta-{Format.Name}.csv");
    }

    /// <summary>Takes away what the latest file added.</summary>
    public async Task<IActionResult> OnPostUndoAsync(int id)
    {
        if (Format is not { Kind: ImportKind.Deltagare })
            return NotFound();
        try
        {
            await batches.UndoAsync(access.ForbundId, id, access.UserName, HttpContext.RequestAborted);
            TempData["Done"] = "Inläsningen är ångrad: det som filen lade till är borttaget.";
        }
        catch (RegistrationException exception)
        {
            TempData["Problem"] = string.Join(" ", exception.Errors.Select(e => e.Message));
        }

        return Redirect($"/f/{access.ForbundId}/inlasning?slag={Format.Name}");
    }

    public string Local(DateTime instant) =>
        TimeZoneInfo.ConvertTimeFromUtc(instant, database.Clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Tries the file and saves nothing.</summary>
    public Task<IActionResult> OnPostAsync() => ReadAsync(isDryRun: true);

    public Task<IActionResult> OnPostSaveAsync() => ReadAsync(isDryRun: false);

    /// <summary>Shows the file's first rows, to say what its columns and words are.</summary>
    public async Task<IActionResult> OnPostColumnsAsync()
    {
        var answer = await ReadAsync(isDryRun: true);
        LookAtColumns();
        IsMapAskedFor = true;
        return answer;
    }

    /// <summary>Remembers what the columns and words are; tries the file too, when it came along.</summary>
    public async Task<IActionResult> OnPostMapAsync()
    {
        if (Format is null)
            return NotFound();
        await ReadMapAsync();
        if (!ModelState.IsValid)
            return Page();
        var map = Map.Over(Known, Format);
        if (Input.File is not null)
        {
            var (all, options) = (map, Options() with { HeaderRow = Map.HeaderRow, Map = map });
            map = ImportPreview.WithoutIdentities(map, Input.File.OpenReadStream(), Format, options, HttpContext.RequestAborted);
            NotKept = all.Columns.Count + all.Values.Count - map.Columns.Count - map.Values.Count;
        }

        if (map.Columns.Count + map.Values.Count > ImportMap.MostRows)
            ModelState.AddModelError("Input.File", $"Kopplingen får ha högst {ImportMap.MostRows} rubriker och ord.");
        else
            await maps.SaveAsync(access.ForbundId, Format, map, access.UserName, HttpContext.RequestAborted);
        if (!ModelState.IsValid)
            return Page();
        if (Input.File is null)
        {
            (Known, IsMapSaved) = (map, true);
            return Page();
        }

        Input.HeaderRow = Map.HeaderRow;
        var answer = await ReadAsync(isDryRun: true);
        if (Result is { IsValid: false })
            LookAtColumns();
        return answer;
    }

    /// <summary>Forgets the map: files are read as the template says.</summary>
    public async Task<IActionResult> OnPostForgetAsync()
    {
        if (Format is null)
            return NotFound();
        await maps.SaveAsync(access.ForbundId, Format, new ImportMap(), access.UserName, HttpContext.RequestAborted);
        return Redirect($"/f/{access.ForbundId}/inlasning?slag={Format.Name}");
    }

    private async Task ReadMapAsync()
    {
        if (Format is not null)
            Known = await maps.OfAsync(access.ForbundId, Format, HttpContext.RequestAborted);
    }

    private async Task ReadLatestAsync()
    {
        Latest = Format is { Kind: ImportKind.Deltagare } ? await batches.LatestAsync(access.ForbundId, HttpContext.RequestAborted) : null;
        WhyNotUndone = Latest is { } latest ? await batches.WhyNotUndoneAsync(access.ForbundId, latest, HttpContext.RequestAborted) : [];
    }

    private void LookAtColumns()
    {
        if (Input.File is null || Format is null || Result is null)
            return;
        Preview = ImportPreview.Read(Input.File.OpenReadStream(), Format, Options(), HttpContext.RequestAborted);
        if (Preview is null)
            return;
        var sus = ImportMap.Sus(Format);
        Map = MapForm.Of(Preview, Format, [.. Fields.Select(f => f.Name)], Known, sus);
        var columns = Format.Columns.Where(Format.TakesWords).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        Words =
        [
            .. Result
                .Problems.Kept.Where(p => p.Value is not null && p.Allowed.Count > 0 && columns.Contains(p.Column))
                .GroupBy(p => (p.Column, p.Value))
                .Take(MostWords)
                .Select(g => new UnknownWord(g.First(), [.. g.Select(p => p.Line)])),
        ];
        Map.Values = [.. Words.Select(w => new MapValueInput { Field = w.First.Column, Value = w.First.Value, Code = w.Suggestion(sus) })];
        ModelState.Clear();
    }

    private ImportOptions Options() => new()
    {
        HeaderRow = Input.HeaderRow,
        Sheet = Input.Sheet,
        Encoding = ImportOptions.Encodings.FirstOrDefault(e => e.Word == Input.Encoding).Encoding,
        ReadDayNumbers = Input.ReadDayNumbers,
        Correct = Input.Correct,
        Confirmed = Input.Confirmed,
        Map = Known,
    };

    // The answer is the page itself, without a redirect: sent again, the same file changes nothing.
    private async Task<IActionResult> ReadAsync(bool isDryRun)
    {
        if (Format is null)
            return NotFound();
        await ReadMapAsync();
        if (Input.File is null)
            ModelState.AddModelError("Input.File", "Välj en fil.");
        if (Input.HeaderRow is < 1 or > ImportOptions.LastHeaderRow)
            ModelState.AddModelError("Input.HeaderRow", $"Skriv radens nummer, 1–{ImportOptions.LastHeaderRow}.");
        if (!ModelState.IsValid || Input.File is null)
            return Page();

        Result = await new Importer(database, access.ForbundId, access.UserName)
        {
            UserId = access.UserId,
            Measures = TargetMeasures.Importable,
            Patience = settings.ImportPatience,
            Options = Options(),
        }.ImportAsync(
            Format.Kind,
            Input.File.OpenReadStream(),
            isDryRun,
            HttpContext.RequestAborted);
        await ReadLatestAsync();
        if (Result.InTheWay is { } others)
        {
            Result = null;
            ModelState.AddModelError("Input.File", $"{others.Message} {others.Rule.ActionOnPage}");
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            Response.Headers.RetryAfter = "30";
            return Page();
        }

        // Whose register is shown beside what the file says, as in any list of people.
        if (!Result.IsSaved)
            shown.Add(Result.Changes.Take(ShownChanges).Select(c => c.ParticipantId).OfType<int>());
        var kept = Result.Problems.Kept;
        Faults = [.. kept.GroupBy(p => (p.Rule, p.Column, p.WithoutValues, p.ToldValue)).Select(g => new Fault(g.First(), [.. g.Select(p => p.Line)]))];
        if (kept.Count > 0)
        {
            using var csv = new MemoryStream();
            ImportReport.Write(kept.Take(InReport), csv, fileName: null);
            Report = $"data:text/csv;charset=utf-8;base64,{Convert.ToBase64String(csv.GetBuffer(), 0, (int)csv.Length)}";
        }

        return Page();
    }
}

/// <summary>The same fault on one row or many.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Lines">The file's rows; 0 for the file as a whole.</param>
public sealed record Fault(ImportProblem First, IReadOnlyList<int> Lines);

/// <summary>A word of a file that could not be read, and the rows that have it.</summary>
public sealed record UnknownWord(ImportProblem First, IReadOnlyList<int> Lines)
{
    /// <summary>What it may be: as SUS had it, or the nearest.</summary>
    public string Suggestion(ImportMap sus)
    {
        ArgumentNullException.ThrowIfNull(sus);
        return sus.Values.FirstOrDefault(v => v.Field == First.Column && string.Equals(v.Value, First.Value, StringComparison.OrdinalIgnoreCase))?.Code
            ?? Nearest.Of(First.Value!, First.Allowed)
            ?? "";
    }
}

/// <summary>What the form holds.</summary>
public sealed class ImportForm
{
    public IFormFile? File { get; set; }

    /// <summary>The row of the headings; null for the first that isn't blank.</summary>
    public int? HeaderRow { get; set; }

    /// <summary>The sheet of a workbook.</summary>
    public string? Sheet { get; set; }

    /// <summary>One of <see cref="ImportOptions.Encodings"/>; null for what the file shows.</summary>
    public string? Encoding { get; set; }

    public bool ReadDayNumbers { get; set; }

    public bool Correct { get; set; }

    /// <summary>The corrections that were shown and are to be saved.</summary>
    public string? Confirmed { get; set; }
}
