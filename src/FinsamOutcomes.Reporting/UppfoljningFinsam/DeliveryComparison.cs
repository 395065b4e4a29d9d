using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Reporting.UppfoljningFinsam;

/// <summary>A field that is not now as it was handed over.</summary>
/// <param name="InsatsId">The insats of the form.</param>
/// <param name="Insats">As it is called now.</param>
/// <param name="Label">What the form calls the field; null when the insats as a whole has come or gone.</param>
/// <param name="Then">As it was handed over, in words: a value, <c>inte ifyllt</c> or why it did not apply.</param>
/// <param name="Now">As it is now, in words.</param>
public sealed record DeliveryDifference(int InsatsId, string Insats, string? Label, string Then, string Now);

/// <summary>Why a figure may differ: what has been changed of one insats or delprojekt, counted.</summary>
/// <param name="Insats">As it is called now.</param>
/// <param name="What">How many and what, in Swedish: <c>2 nya deltaganden</c>.</param>
/// <param name="Codes">Codes of those participants whom the user reaches, in order.</param>
public sealed record DeliveryReason(string Insats, string What, IReadOnlyList<string> Codes);

/// <summary>A delivery beside what would be handed over now.</summary>
public sealed record DeliveryComparison
{
    public required DeliveryRow Delivery { get; init; }

    /// <summary>Exactly the fields that differ, in the order of the form; none when all is as it was.</summary>
    public required IReadOnlyList<DeliveryDifference> Differences { get; init; }

    /// <summary>What has been registered or changed since, that the role's part of the form rests on.</summary>
    public required IReadOnlyList<ChangedRegistration> Changes { get; init; }

    public IReadOnlyList<DeliveryReason> Reasons =>
        [
            .. Changes
                .GroupBy(c => (c.InsatsId, c.Insats, Kind: KindOf(c)))
                .Select(g => new DeliveryReason(
                    g.Key.Insats ?? "",
                    What(g.Key.Kind, g.Count()),
                    [.. g.Select(c => c.ParticipantCode).OfType<string>().Distinct().Order(StringComparer.Ordinal)])),
        ];

    /// <summary>What of a role's part of the form differs.</summary>
    internal static IReadOnlyList<DeliveryDifference> Differ(string role, IReadOnlyList<DeliveryFieldRow> then, UppfoljningFinsamFigures now)
    {
        var handedOver = then.GroupBy(f => f.InsatsId).ToDictionary(g => g.Key, g => g.ToList());
        var differences = new List<DeliveryDifference>();
        foreach (var insats in now.Insatser)
        {
            if (!handedOver.Remove(insats.InsatsId, out var fields))
            {
                differences.Add(new(insats.InsatsId, insats.Insats, Label: null, "fanns inte med", "finns med"));
                continue;
            }

            var before = fields.ToDictionary(f => f.Label, f => f.Field, StringComparer.Ordinal);
            foreach (var field in UppfoljningFinsamRole.Fields(role, now, insats))
            {
                // Why a field does not apply may be worded anew.
                var was = before.GetValueOrDefault(field.Label);
                if (was?.State != field.State || was.Value != field.Value)
                    differences.Add(new(insats.InsatsId, insats.Insats, field.Label, was is null ? "fanns inte i formuläret" : Words(was), Words(field)));
            }
        }

        differences.AddRange(
            handedOver.Values
                .OrderBy(f => f[0].Line)
                .Select(f => new DeliveryDifference(f[0].InsatsId, f[0].Insats, Label: null, "fanns med", "finns inte med")));
        return differences;
    }

    /// <summary>Whether a change is of what a role's part of the form rests on in a period.</summary>
    internal static bool Alters(ChangedRegistration change, string role, UppfoljningFinsamPeriod period)
    {
        var (was, isNow) = (change.WasOpen(period.From, period.To), change.IsOpen(period.From, period.To));
        return change.Kind switch
        {
            ChangedKind.Participation => role == UppfoljningFinsamRole.Participants
                && (was != isNow || (isNow && Holds(nameof(ParticipantRow.Gender)))),
            ChangedKind.HeadCount => role == UppfoljningFinsamRole.Participants
                && change.CalendarYear == period.Year
                && change.Fields.Any(f => period.Half == 0 || IsOfHalf(f.Field, 0) || IsOfHalf(f.Field, period.Half)),
            ChangedKind.Money => role == UppfoljningFinsamRole.Administrator && change.CalendarYear == period.Year,
            ChangedKind.Insats => (was || isNow)
                && (change.IsAdded || Holds("StartsOn", "EndsOn") || (change.ParentInsatsId is null && Holds(InsatsFields(role)))),
            _ => false,
        };

        bool Holds(params string[] fields) => change.Fields.Any(f => fields.Contains(f.Field, StringComparer.Ordinal));
    }

    private static string[] InsatsFields(string role) =>
        role == UppfoljningFinsamRole.Administrator ? ["Name", "SpecificOrientation", "TargetGroups"] : ["Name"];

    // As woman.1; 0 is the whole year.
    private static bool IsOfHalf(string field, int half) => field.EndsWith($".{half}", StringComparison.Ordinal);

    /// <summary>A field's value, or why it has none.</summary>
    public static string Words(UppfoljningFinsamField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.State switch
        {
            UppfoljningFinsamState.Filled => field.Value,
            UppfoljningFinsamState.NotFilled => "inte ifyllt",
            _ => $"gäller inte: {field.Reason}",
        };
    }

    private static string KindOf(ChangedRegistration change) => change switch
    {
        { Kind: not ChangedKind.Participation, IsAdded: true } => "new_insats",
        { Kind: not ChangedKind.Participation } => change.Kind,
        { IsAdded: true } => "added",
        { IsCounted: false } => "misregistered",
        _ when change.Fields.Any(f => f.Field == nameof(ParticipantRow.Gender)) => "gender",
        _ => "corrected",
    };

    private static string What(string kind, int number) => kind switch
    {
        "added" => Swedish.Counted(number, "nytt deltagande", "nya deltaganden"),
        "misregistered" => Swedish.Counted(number, "deltagande markerat som felregistrerat", "deltaganden markerade som felregistrerade"),
        "gender" => Swedish.Counted(number, "deltagande där deltagarens juridiska kön är rättat", "deltaganden där deltagarens juridiska kön är rättat"),
        "corrected" => Swedish.Counted(number, "deltagande med ändrad tid", "deltaganden med ändrad tid"),
        "new_insats" => "ny i registret",
        ChangedKind.HeadCount => "antalet anonyma deltagare är ändrat",
        ChangedKind.Money => "budget eller utfall är ändrat",
        _ => "insatsens uppgifter är ändrade",
    };
}
