using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Reporting;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.Participations;

/// <summary>The lists that participations choose from, as the förbund has chosen them, and what is registered in their words.</summary>
public sealed record ParticipationLists(
    CodeList ExitReasons,
    CodeList Referrers,
    CodeList EducationLevels,
    CodeList Livelihoods,
    IReadOnlyDictionary<string, ExitReasonRow> Exits)
{
    public const string Unknown = "uppgift saknas";

    public static IReadOnlyList<SelectListItem> Planned { get; } = [new("Planerat", "true"), new("Inte planerat", "false"), new("Uppgift saknas", "")];

    public static async Task<ParticipationLists> LoadAsync(CodeListStore codes, int forbundId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(codes);
        return new ParticipationLists(
            await codes.OfForbundAsync(forbundId, CodeList.ExitReason, cancellationToken),
            await codes.OfForbundAsync(forbundId, CodeList.Referrer, cancellationToken),
            await codes.OfForbundAsync(forbundId, CodeList.EducationLevel, cancellationToken),
            await codes.OfForbundAsync(forbundId, CodeList.Livelihood, cancellationToken),
            (await codes.ExitReasonsAsync(cancellationToken)).ToDictionary(e => e.Code, StringComparer.Ordinal));
    }

    /// <summary>Exit reasons below what they lead to; what is registered already stays choosable.</summary>
    public IReadOnlyList<SelectListItem> ExitOptions(string? registered)
    {
        var groups = new Dictionary<string, SelectListGroup>(StringComparer.Ordinal);
        return [.. ExitReasons.Offered(registered).Select(r => new SelectListItem(r.Label, r.Code) { Group = Group(r.Code) })];

        SelectListGroup Group(string code)
        {
            var name = Exits[code] switch
            {
                { IsNeutral: true } => "Räknas varken som lyckat eller misslyckat",
                { ExitGroup: "work" } => "Arbete",
                { ExitGroup: "studies" } => "Studier",
                { ExitGroup: "job_seeking" } => "Aktivt arbetssökande",
                _ => "Annat",
            };
            return groups.TryGetValue(name, out var group) ? group : groups[name] = new SelectListGroup { Name = name };
        }
    }

    public IReadOnlyList<CodeRow> OfferedLivelihoods(SituationInput situation)
    {
        ArgumentNullException.ThrowIfNull(situation);
        return Livelihoods.Offered(situation.Shares.Select(s => s.Code));
    }

    public static string Label(CodeList list, string? code)
    {
        ArgumentNullException.ThrowIfNull(list);
        return code is null ? Unknown : list.Label(code);
    }

    public string Livelihood(Situation situation)
    {
        ArgumentNullException.ThrowIfNull(situation);
        return situation.Livelihoods switch
        {
            [] => Unknown,
            [{ PercentShare: 100 } all] => Livelihoods.Label(all.Livelihood),
            var shares => string.Join(", ", shares.Select(s => $"{Livelihoods.Label(s.Livelihood)} {Percent(s.PercentShare)}")),
        };
    }

    public static string Occupation(Situation situation)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (situation.Occupation is not { } o)
            return Unknown;
        var parts = new List<string>();
        if (o.WorkPercent > 0)
            parts.Add($"arbetar {Percent(o.WorkPercent)}");
        if (o.StudyPercent > 0)
            parts.Add($"studerar {Percent(o.StudyPercent)}");
        if (o.IsJobSeeking)
            parts.Add("söker arbete aktivt");
        return parts.Count == 0 ? "varken arbete, studier eller aktivt arbetssökande" : string.Join(", ", parts);
    }

    private static string Percent(int share) => $"{share}{Swedish.NoBreakSpace}%";
}
