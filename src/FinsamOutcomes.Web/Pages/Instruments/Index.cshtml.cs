using System.Globalization;
using FinsamOutcomes.Data.Instruments;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Pages.Assessments;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Instruments;

/// <summary>What is asked: every instrument with its questions, scales and languages. Only to read.</summary>
public sealed class IndexModel(CurrentAccess access, InstrumentStore store) : PageModel
{
    public IReadOnlyList<InstrumentView> Instruments { get; private set; } = [];

    public async Task OnGetAsync()
    {
        var usage = await store.UsageAsync(access.ForbundId, HttpContext.RequestAborted);
        var all = new List<InstrumentView>();
        foreach (var row in await store.AllAsync(access.ForbundId, HttpContext.RequestAborted))
            all.Add(new InstrumentView(row, await store.ItemsAsync(access.ForbundId, row.Id, HttpContext.RequestAborted), [.. usage[row.Id]]));
        Instruments = all;
    }

    /// <summary>A language's name in Swedish, or its code when it has none.</summary>
    public static string Language(string code)
    {
        try
        {
            var name = CultureInfo.GetCultureInfo(code).DisplayName;
            return name.Length == 0 ? code : name;
        }
        catch (CultureNotFoundException)
        {
            return code;
        }
    }
}

/// <summary>An instrument with its questions and where it is used.</summary>
public sealed record InstrumentView(InstrumentRow Row, IReadOnlyList<InstrumentItem> Items, IReadOnlyList<string> Insatser)
{
    public string Count => Items.Count == 1 ? "1 fråga" : $"{Items.Count} frågor";

    /// <summary>The scale and which end is best, when all questions share it.</summary>
    public string Scale => Items.Select(i => AssessmentWords.Scale(i.Row)).Distinct(StringComparer.Ordinal).ToList() is [var only]
        ? only["Skala ".Length..]
        : "Olika för frågorna, se tabellen";

    /// <summary>Codes, Swedish first.</summary>
    public IReadOnlyList<string> Languages =>
        [.. Items.SelectMany(i => i.Texts.Keys).Distinct(StringComparer.Ordinal).OrderBy(l => l != "sv").ThenBy(l => l, StringComparer.Ordinal)];
}
