using System.Globalization;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Texts;

/// <summary>What a year's annual report still lacks, and the way to each insats's texts.</summary>
public sealed class TextsModel(CurrentAccess access, FinsamDatabase database) : PageModel
{
    public const string EditRoute = "/f/{forbundId:int}/insatser/{insatsId:int}/texter/{year:int}";

    public AnnualReportGaps Gaps { get; private set; } = null!;

    public int Year { get; private set; }

    /// <summary>What the insatser of the year did, do or are to do.</summary>
    public string Ran => Year < database.Today.Year ? "pågick" : Year == database.Today.Year ? "pågår" : "ska pågå";

    /// <summary>Those that the user reaches.</summary>
    public IReadOnlyList<InsatsReportProgressRow> Insatser { get; private set; } = [];

    /// <summary>The förbund's own gaps, its targets and costs, are for those who see the whole of it.</summary>
    public bool SeesAll => access.Reach == Reach.All;

    /// <summary>What is missing beside the texts and outcomes of the insatser.</summary>
    public int MissingOfForbund => Missing - Insatser.Sum(Gaps.MissingTextsOf) - Gaps.MissingOutcomesOf(Insatser);

    public int Missing => SeesAll ? Gaps.Total : Insatser.Sum(Gaps.MissingTextsOf) + Gaps.MissingOutcomesOf(Insatser);

    public async Task OnGetAsync()
    {
        // In the beginning of a year it is the year before that is told about.
        var today = database.Today;
        Year = int.TryParse(Request.Query["ar"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked is >= 1990 and <= 2059
            ? asked
            : today.Month <= 6 ? today.Year - 1 : today.Year;
        Gaps = await AnnualReportGaps.OfAsync(database, access.ForbundId, Year, HttpContext.RequestAborted);
        Insatser = [.. Gaps.Insatser.Where(i => access.Reaches(i.InsatsId))];
    }
}
