using System.Security.Cryptography;
using System.Text;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Texts;

/// <summary>
/// The texts of one insats for a year's annual report. Only texts that were changed are saved, all or none; when somebody else has
/// changed the same one, theirs is shown beside what was typed, and saving again keeps the typed one.
/// </summary>
public sealed class EditTextsModel(CurrentAccess access, InsatsStore insatser, InsatsTextStore texts) : PageModel
{
    [BindProperty]
    public List<TextInput> Input { get; set; } = [];

    public string InsatsName { get; private set; } = "";

    public int InsatsId { get; private set; }

    public int Year { get; private set; }

    public IReadOnlyList<InsatsTextSection> Sections { get; } = ReportDefinition.Load("projektredovisning").TextSections;

    public bool HasPreview { get; private set; }

    /// <summary>What somebody else wrote in the meantime, by section.</summary>
    public Dictionary<string, string> Theirs { get; } = new(StringComparer.Ordinal);

    public async Task<IActionResult> OnGetAsync()
    {
        if (await FindAsync() is { } refused)
            return refused;
        var present = await PresentAsync();
        Input = [.. Sections.Select(s => TextInput.Of(s.Section, present.GetValueOrDefault(s.Section)))];
        return Page();
    }

    /// <param name="show">Not null to see the texts as the report will show them, without saving.</param>
    public async Task<IActionResult> OnPostAsync(string? show)
    {
        if (await FindAsync() is { } refused)
            return refused;
        Complete();
        HasPreview = show is not null;
        if (HasPreview)
            return Page();
        int[] changed = [.. Enumerable.Range(0, Input.Count).Where(i => Input[i].IsChanged)];
        try
        {
            await texts.SetAllAsync([
                .. changed.Select(i => new NewInsatsText
                {
                    ForbundId = access.ForbundId,
                    InsatsId = InsatsId,
                    CalendarYear = Year,
                    Section = Input[i].Section,
                    Body = Input[i].Plain,
                    Version = Input[i].Version,
                    Actor = access.UserName,
                }),
            ]);
        }
        catch (RegistrationException exception)
        {
            await TellAsync(exception, changed);
            return Page();
        }

        TempData["Done"] = changed.Length switch { 0 => "Inget var ändrat.", 1 => "Texten är sparad.", _ => $"{changed.Length} texter är sparade." };
        return Redirect($"/f/{access.ForbundId}/insatser/{InsatsId}/texter/{Year}");
    }

    // The store tells of places in the list of changed texts; here they become places in the form.
    private async Task TellAsync(RegistrationException exception, int[] changed)
    {
        var present = await PresentAsync();
        for (var place = 0; place < changed.Length; place++)
        {
            var i = changed[place];
            foreach (var error in exception.Errors.Where(e => e.Field.StartsWith($"[{place}].", StringComparison.Ordinal)))
            {
                if (!error.Field.EndsWith(RegistrationException.VersionField, StringComparison.Ordinal))
                {
                    ModelState.AddModelError($"Input[{i}].Body", error.Message);
                    continue;
                }

                // The next save is made knowing what the other wrote.
                var theirs = present.GetValueOrDefault(Input[i].Section);
                Theirs[Input[i].Section] = theirs?.Body ?? "";
                ModelState.Remove($"Input[{i}].Version");
                Input[i].Version = theirs?.Version;
                ModelState.AddModelError(
                    $"Input[{i}].Body",
                    "Någon annan har ändrat texten medan du skrev. Deras text står bredvid. För in det du vill ha kvar av den i din text och spara igen.");
            }
        }

        foreach (var error in exception.Errors.Where(e => !e.Field.StartsWith('[')))
            ModelState.AddModelError(error.Field, error.Message);
    }

    private async Task<IActionResult?> FindAsync()
    {
        var (insatsId, year) = (access.Route.InsatsId, access.Route.Year);
        if (year is < 1990 or > 2059 || await insatser.FindAsync(access.ForbundId, insatsId, HttpContext.RequestAborted) is not { } insats)
            return NotFound();
        (InsatsId, InsatsName, Year) = (insatsId, insats.Name, year);
        return null;
    }

    private async Task<Dictionary<string, InsatsTextRow>> PresentAsync() =>
        (await texts.OfYearAsync(access.ForbundId, Year, HttpContext.RequestAborted))
            .Where(t => t.InsatsId == InsatsId)
            .ToDictionary(t => t.Section, StringComparer.Ordinal);

    // A form that lacks a section, or names one that the report doesn't have, is taken for the report's own.
    private void Complete() =>
        Input = [.. Sections.Select(s => Input.FirstOrDefault(i => i.Section == s.Section) ?? TextInput.Of(s.Section, row: null))];
}

/// <summary>One text as the form sends it.</summary>
public sealed class TextInput
{
    public string Section { get; set; } = "";

    public string? Body { get; set; }

    /// <summary>The version that was read; null when nothing had been written.</summary>
    public int? Version { get; set; }

    /// <summary>A fingerprint of what was read, so that an untouched text is known.</summary>
    public string Read { get; set; } = "";

    /// <summary>The text with the line breaks of the database: a form sends its own.</summary>
    public string Plain => (Body ?? "").ReplaceLineEndings("\n").Trim();

    public bool IsChanged => Fingerprint(Plain) != Read;

    public static TextInput Of(string section, InsatsTextRow? row) => new()
    {
        Section = section,
        Body = row?.Body ?? "",
        Version = row?.Version,
        Read = Fingerprint((row?.Body ?? "").ReplaceLineEndings("\n").Trim()),
    };

    private static string Fingerprint(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
