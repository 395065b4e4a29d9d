using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Reporting.UppfoljningFinsam;

/// <summary>A field that is not now as it was handed over.</summary>
/// <param name="InsatsId">The insats of the form; null for the förbund.</param>
/// <param name="Insats">The insats or förbund as it is called now.</param>
/// <param name="Label">What the form calls the field; null when all of it has come or gone.</param>
/// <param name="Then">As it was handed over, in words: a value, <c>inte ifyllt</c> or why it did not apply.</param>
/// <param name="Now">As it is now, in words.</param>
public sealed record DeliveryDifference(int? InsatsId, string Insats, string? Label, string Then, string Now);

/// <summary>Why a figure may differ: what has been changed of one insats or delprojekt, counted.</summary>
/// <param name="Insats">As it is called now; <c>Förbundet</c> for what is the förbund's own.</param>
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
                    g.Key.Insats ?? "Förbundet",
                    What(g.Key.Kind, g.Count()),
                    [.. g.Select(c => c.ParticipantCode).OfType<string>().Distinct().Order(StringComparer.Ordinal)])),
        ];

    /// <summary>What of a role's part of the form differs.</summary>
    internal static IReadOnlyList<DeliveryDifference> Differ(DeliveryRow delivery, IReadOnlyList<DeliveryFieldRow> then, UppfoljningFinsamFigures now)
    {
        var handedOver = then.ToLookup(f => f.InsatsId);
        var differences = new List<DeliveryDifference>();
        var lines = UppfoljningFinsamForm.Lines(now, delivery.NationalRole, delivery.HasChoice);
        foreach (var line in lines)
        {
            if (!handedOver.Contains(line.InsatsId))
            {
                differences.Add(new(line.InsatsId, line.Name, Label: null, "fanns inte med", "finns med"));
                continue;
            }

            var before = handedOver[line.InsatsId].Select(f => f.AsField).ToList();
            foreach (var field in line.Fields)
            {
                // Before the form was data a field was known by its label. Why a field does not apply may be worded anew.
                var was = before.Find(f => f.Code is null ? f.Label == field.Label : f.Code == field.Code);
                if (was?.State != field.State || was.Value != field.Value)
                    differences.Add(new(line.InsatsId, line.Name, field.Label, was is null ? "fanns inte i formuläret" : Words(was), Words(field)));
            }
        }

        differences.AddRange(
            handedOver
                .Where(g => !lines.Any(l => l.InsatsId == g.Key))
                .OrderBy(g => g.First().Line)
                .Select(g => new DeliveryDifference(g.Key, g.First().Name, Label: null, "fanns med", "finns inte med")));
        return differences;
    }

    /// <summary>Whether a change is of what a delivery's part of the form rests on in its period.</summary>
    internal static bool Alters(ChangedRegistration change, DeliveryRow delivery)
    {
        var (period, isAdministrator) = (delivery.Period, delivery.NationalRole == UppfoljningFinsamRole.Administrator);
        var hasGender = !isAdministrator || delivery.HasChoice;
        var (was, isNow) = (change.WasOpen(period.From, period.To), change.IsOpen(period.From, period.To));
        return change.Kind switch
        {
            ChangedKind.Participation => hasGender && (was != isNow || (isNow && Holds(nameof(ParticipantRow.Gender)))),
            ChangedKind.HeadCount => (change.IsStructural ? isAdministrator : hasGender)
                && change.CalendarYear == period.Year
                && change.Fields.Any(f => period.Half == 0 || IsOfHalf(f.Field, 0) || IsOfHalf(f.Field, period.Half)),
            ChangedKind.Money or ChangedKind.Funds => isAdministrator && change.CalendarYear == period.Year,
            ChangedKind.Cost => isAdministrator && change.IsAdministration && change.CalendarYear == period.Year,
            ChangedKind.Insats => (was || isNow)
                && (isAdministrator || !change.IsStructural)
                && (change.IsAdded || Holds("StartsOn", "EndsOn") || (change.ParentInsatsId is null && Holds(InsatsFields(isAdministrator)))),
            _ => false,
        };

        bool Holds(params string[] fields) => change.Fields.Any(f => fields.Contains(f.Field, StringComparer.Ordinal));
    }

    private static string[] InsatsFields(bool isAdministrator) => isAdministrator ? ["Name", "SpecificOrientation", "TargetGroups"] : ["Name"];

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
        { Kind: ChangedKind.HeadCount, IsStructural: true } => "structural_count",
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
        "structural_count" => "antalet deltagare är ändrat",
        ChangedKind.Money => "budget eller utfall är ändrat",
        ChangedKind.Funds => "tilldelade medel eller eget kapital är ändrat",
        ChangedKind.Cost => "administrationens budget eller utfall är ändrat",
        _ => "insatsens uppgifter är ändrade",
    };
}
