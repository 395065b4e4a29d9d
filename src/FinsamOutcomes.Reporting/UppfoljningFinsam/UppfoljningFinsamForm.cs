using System.Globalization;

namespace FinsamOutcomes.Reporting.UppfoljningFinsam;

/// <summary>The national web form, field by field in its order: what the files and the page to copy from hold.</summary>
public static class UppfoljningFinsamForm
{
    /// <summary>Filled in by the förbundsadministratör.</summary>
    public static IReadOnlyList<string> AdministratorHeadings { get; } =
        ["Insats", "Insatsinriktning", "Specifik insatsinriktning", "Målgrupp", "Uppföljningsmetod", "ESF-finansiering", "Startdatum", "Slutdatum", "År", "Budgeterat antal deltagare", "Budget (kronor)", "Utfall (kronor)"];

    /// <summary>Filled in by the deltagaransvarig.</summary>
    public static IReadOnlyList<string> ParticipantsHeadings { get; } =
        ["Insats", "År", "Halvår", "Kvinnor", "Män", "Totalt kvinnor och män", "varav anonyma kvinnor", "varav anonyma män", "Okänt kön (redas ut före överlämning)"];

    /// <summary>In the order of the headings, as they are typed in; empty where nothing is known.</summary>
    public static IReadOnlyList<string> AdministratorValues(UppfoljningFinsamFigures figures, UppfoljningFinsamInsatsRow row)
    {
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(row);
        return
        [
            row.Insats,
            row.Orientation == "individual" ? "Individinriktad" : "Strukturövergripande",
            row.SpecificOrientation ?? "",
            string.Join(", ", figures.TargetGroups[row.InsatsId]),
            row.FollowUpMethod == "individual" ? "Deltagare följs individuellt" : "Endast antal deltagare",
            row.IsEsf ? "Ja" : "Nej",
            Text(row.StartsOn),
            row.EndsOn is { } ends ? Text(ends) : "",
            Text(figures.Year),
            Text(row.BudgetedParticipants),
            Text(row.BudgetKronor),
            Text(row.OutcomeKronor),
        ];
    }

    /// <summary>In the order of the headings, as they are typed in.</summary>
    public static IReadOnlyList<string> ParticipantsValues(UppfoljningFinsamFigures figures, UppfoljningFinsamInsatsRow row)
    {
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(row);
        var (women, anonymousWomen) = figures.Count(row.InsatsId, "woman");
        var (men, anonymousMen) = figures.Count(row.InsatsId, "man");
        return
        [
            row.Insats,
            Text(figures.Year),
            figures.Half == 0 ? "Helår" : Text(figures.Half),
            Text(women),
            Text(men),
            Text(women + men),
            Text(anonymousWomen),
            Text(anonymousMen),
            Text(figures.Count(row.InsatsId, "unknown").All),
        ];
    }

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
