using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Reporting;

namespace FinsamOutcomes.Web.Changes;

/// <summary>
/// What has been registered, corrected or chosen since a moment, for the partial <c>_ChangedThings</c>: stays by code for who reaches
/// them, how many in each insats for others, and what belongs to nobody in particular.
/// </summary>
public sealed class ChangedThings
{
    public ChangedThings(IReadOnlyList<ChangedRegistration> all)
    {
        ArgumentNullException.ThrowIfNull(all);

        // No publication tells what the förbund is given.
        all = [.. all.Where(c => c.Kind != ChangedKind.Funds)];
        Stays = [.. all.Where(c => c.ParticipantCode is not null)];
        Lines =
        [
            .. all.Where(c => c.Kind == ChangedKind.Participation && c.ParticipantCode is null).GroupBy(c => c.Insats).Select(g => Counted(g.Key, [.. g])),
            .. all.Where(c => c.Kind != ChangedKind.Participation).Select(Line).Distinct(StringComparer.Ordinal),
        ];
    }

    public bool Any => Stays.Count + Lines.Count > 0;

    /// <summary>Those that the user reaches.</summary>
    public IReadOnlyList<ChangedRegistration> Stays { get; }

    /// <summary>All else, a line each.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>What differs in a stay, in words.</summary>
    public static string What(ChangedRegistration stay)
    {
        ArgumentNullException.ThrowIfNull(stay);
        return stay.IsAdded ? "nytt deltagande" : string.Join(", ", stay.Fields.Select(f => ChangeWords.Label(f.Field)).Distinct(StringComparer.Ordinal));
    }

    private static string Counted(string? insats, List<ChangedRegistration> stays)
    {
        var (added, changed) = (stays.Count(s => s.IsAdded), stays.Count(s => !s.IsAdded));
        var parts = new List<string>();
        if (added > 0)
            parts.Add(Swedish.Counted(added, "nytt deltagande", "nya deltaganden"));
        if (changed > 0)
            parts.Add(Swedish.Counted(changed, "ändrat deltagande", "ändrade deltaganden"));
        return $"{insats}: {string.Join(" och ", parts)}";
    }

    private static string Line(ChangedRegistration thing)
    {
        var where = thing.Insats is null ? "Förbundet" : thing.Insats;
        var year = thing.CalendarYear is { } number ? $" {number.ToString(System.Globalization.CultureInfo.InvariantCulture)}" : "";
        var fields = string.Join(", ", thing.Fields.Select(f => ChangeWords.Label(f.Field)).Distinct(StringComparer.Ordinal));
        return thing.Kind switch
        {
            ChangedKind.HeadCount => $"{where}: antal{year}",
            ChangedKind.Money => $"{where}: budget och utfall{year}",
            ChangedKind.Cost => $"Förbundets egna kostnader{year}: {thing.Detail}",
            ChangedKind.Insats => thing.IsAdded ? $"{where}: ny insats" : $"{where}: insatsens uppgifter ({fields})",
            ChangedKind.Target => $"{where}: mål{year}",
            ChangedKind.Definition => "Förbundet: vad som räknas som positivt avslut",
            _ => "Förbundet: ord i en kodlista",
        };
    }
}
