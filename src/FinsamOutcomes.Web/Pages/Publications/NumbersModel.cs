using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Publications;

/// <summary>All numbers of a publication, one measure at a time, each a way to what it counts.</summary>
public sealed class NumbersModel(CurrentAccess access, FinsamDatabase database, OpenedPublication opened) : PageModel
{
    /// <summary>The measure whose numbers are shown; the first unless the publication has this one.</summary>
    [BindProperty(SupportsGet = true, Name = "matt")]
    public string? Asked { get; set; }

    public KeptPublication Kept { get; private set; } = null!;

    public NumberWords Words { get; private set; } = null!;

    /// <summary>The measures that the publication has numbers of.</summary>
    public IReadOnlyList<MeasureInfo> Measures { get; private set; } = [];

    public MeasureInfo? Chosen { get; private set; }

    /// <summary>The numbers of the chosen measure, each place once: a number that stands in two tables is one.</summary>
    public IReadOnlyList<KeptNumber> Numbers { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (await opened.OpenAsync("talen", HttpContext.RequestAborted) is not { } kept)
            return Redirect(opened.Address);
        Kept = kept;
        Words = await NumberWords.OfAsync(database, access.ForbundId, HttpContext.RequestAborted);
        var has = kept.Numbers.Select(n => n.Told.Measure).ToHashSet(StringComparer.Ordinal);
        Measures = [.. MeasureCatalogue.All.Where(m => has.Contains(m.Name))];
        Chosen = Measures.FirstOrDefault(m => m.Name == Asked) ?? (Measures.Count > 0 ? Measures[0] : null);
        Numbers = [.. kept.Numbers.Where(n => n.Told.Measure == Chosen?.Name).DistinctBy(n => (Words.Measure(n.Told), Words.Of(n.Told), NumberWords.Value(n)))];
        return Page();
    }
}
