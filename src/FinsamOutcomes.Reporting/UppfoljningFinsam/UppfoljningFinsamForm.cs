using System.Globalization;

namespace FinsamOutcomes.Reporting.UppfoljningFinsam;

/// <summary>What is known about a field of the national form: they must never look alike.</summary>
public enum UppfoljningFinsamState
{
    /// <summary>There is a value to copy; 0 is one.</summary>
    Filled,

    /// <summary>Somebody has to fill it in here first.</summary>
    NotFilled,

    /// <summary>The form asks nothing here of this insats, or nothing yet.</summary>
    DoesNotApply,
}

/// <summary>A field of the national form for one insats.</summary>
/// <param name="Label">What the form calls it.</param>
/// <param name="State">Whether there is a value.</param>
/// <param name="Value">As it is typed in; empty unless filled.</param>
/// <param name="Reason">Why it does not apply, in Swedish; else empty.</param>
public sealed record UppfoljningFinsamField(string Label, UppfoljningFinsamState State, string Value, string Reason = "");

/// <summary>The national web form, field by field in its order: what the files and the page to copy from hold.</summary>
public static class UppfoljningFinsamForm
{
    internal const string SpecificOrientation = "Specifik insatsinriktning";

    internal const string TargetGroup = "Målgrupp";

    /// <summary>Filled in by the förbundsadministratör.</summary>
    public static IReadOnlyList<string> AdministratorHeadings { get; } =
    [
        "Insats",
        "Insatsinriktning",
        SpecificOrientation,
        TargetGroup,
        "Uppföljningsmetod",
        "ESF-finansiering",
        "Startdatum",
        "Slutdatum",
        "År",
        "Budgeterat antal deltagare",
        "Budget (kronor)",
        "Utfall (kronor)",
    ];

    /// <summary>Filled in by the deltagaransvarig.</summary>
    public static IReadOnlyList<string> ParticipantsHeadings { get; } =
    [
        "Insats",
        "År",
        "Halvår",
        "Kvinnor",
        "Män",
        "Totalt kvinnor och män",
        "varav anonyma kvinnor",
        "varav anonyma män",
        "Okänt kön (redas ut före överlämning)",
    ];

    /// <summary>In the order of the headings.</summary>
    public static IReadOnlyList<UppfoljningFinsamField> AdministratorFields(UppfoljningFinsamFigures figures, UppfoljningFinsamInsatsRow row)
    {
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(row);
        var isIndividual = row.Orientation == "individual";
        var missing = figures.MissingMoney.Where(m => m.TopInsatsId == row.InsatsId).ToList();
        const string Structural = "strukturövergripande insats";
        return Labelled(
            AdministratorHeadings,
            [
                Of(row.Insats),
                Of(isIndividual ? "Individinriktad" : "Strukturövergripande"),
                Of(row.SpecificOrientation),
                Of(isIndividual ? string.Join(", ", figures.TargetGroups[row.InsatsId]) : null, isIndividual ? "" : Structural),
                Of(row.FollowUpMethod == "individual" ? "Deltagare följs individuellt" : "Endast antal deltagare"),
                Of(row.IsEsf ? "Ja" : "Nej"),
                Of(Text(row.StartsOn)),
                Of(row.EndsOn is { } ends ? Text(ends) : null, "inget slutdatum är bestämt"),
                Of(Text(figures.Year)),
                Of(!isIndividual || missing.Exists(m => m.LacksParticipants) ? null : Text(row.BudgetedParticipants), isIndividual ? "" : Structural),
                Of(missing.Exists(m => m.LacksBudget) ? null : Text(row.BudgetKronor)),
                Of(missing.Exists(m => m.LacksOutcome) ? null : Text(row.OutcomeKronor), figures.IsYearOver ? "" : "fylls i när året är slut"),
            ]);
    }

    /// <summary>In the order of the headings.</summary>
    public static IReadOnlyList<UppfoljningFinsamField> ParticipantsFields(UppfoljningFinsamFigures figures, UppfoljningFinsamInsatsRow row)
    {
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(row);
        var (women, anonymousWomen) = Counted("woman");
        var (men, anonymousMen) = Counted("man");
        return Labelled(
            ParticipantsHeadings,
            [
                Of(row.Insats),
                Of(Text(figures.Year)),
                Of(figures.Half == 0 ? "Helår" : Text(figures.Half)),
                Of(Text(women)),
                Of(Text(men)),
                Of(Text(women + men)),
                Of(Text(anonymousWomen)),
                Of(Text(anonymousMen)),
                Of(Text(Counted("unknown").All)),
            ]);

        (long? All, long? Anonymous) Counted(string gender) =>
            figures.IsCounted(row.InsatsId, gender) ? figures.Count(row.InsatsId, gender) : (null, null);
    }

    private static List<UppfoljningFinsamField> Labelled(IReadOnlyList<string> headings, IReadOnlyList<UppfoljningFinsamField> fields) =>
        [.. headings.Zip(fields, (heading, field) => field with { Label = heading })];

    // What has no value is not filled in, unless there is a reason why nobody asks for it.
    private static UppfoljningFinsamField Of(string? value, string reason = "") =>
        !string.IsNullOrEmpty(value) ? new("", UppfoljningFinsamState.Filled, value)
        : reason.Length > 0 ? new("", UppfoljningFinsamState.DoesNotApply, "", reason)
        : new("", UppfoljningFinsamState.NotFilled, "");

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
