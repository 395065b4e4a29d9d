using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Erasures;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Information;

/// <summary>What is stored, why and for how long, as a text to print and give to participants: by the förbund's own rules.</summary>
public sealed class IndexModel(CurrentAccess access, FinsamDatabase database, PrivacyRuleStore rules) : PageModel
{
    public PrivacyRules Rules { get; private set; } = null!;

    /// <summary>Insatser with a time of their own.</summary>
    public IReadOnlyList<(string Name, int Months)> Own { get; private set; } = [];

    /// <summary>Insatser that ask for written consent.</summary>
    public IReadOnlyList<string> Consent { get; private set; } = [];

    public string Today => database.Today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public string ConsentInsatser => Consent.Count == 1 ? Consent[0] : $"{string.Join(", ", Consent.SkipLast(1))} och {Consent[^1]}";

    public async Task OnGetAsync()
    {
        Rules = await rules.RulesAsync(access.ForbundId, HttpContext.RequestAborted);
        Own =
        [
            .. Rules.Insatser.Where(i => i.ErasureMonths is not null && i.ErasureMonths != Rules.ErasureMonths).Select(i => (i.Name, i.ErasureMonths!.Value)),
        ];
        Consent = [.. Rules.Insatser.Where(i => i.NeedsConsent).Select(i => i.Name)];
    }

    /// <summary>Months as people say them: whole years as years.</summary>
    public static string Time(int months) => months switch
    {
        1 => "en månad",
        12 => "ett år",
        _ when months % 12 == 0 => $"{months / 12} år",
        _ => $"{months} månader",
    };
}
