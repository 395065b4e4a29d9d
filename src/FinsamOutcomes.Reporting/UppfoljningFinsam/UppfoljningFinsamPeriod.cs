using System.Globalization;

namespace FinsamOutcomes.Reporting.UppfoljningFinsam;

/// <summary>A year, or a half of one, that is handed over.</summary>
/// <param name="Year">1990–2059.</param>
/// <param name="Half">1 or 2; 0 is the whole year.</param>
public sealed record UppfoljningFinsamPeriod(int Year, int Half)
{
    public DateOnly From => new(Year, Half == 2 ? 7 : 1, 1);

    public DateOnly To => Half == 1 ? new DateOnly(Year, 6, 30) : new DateOnly(Year, 12, 31);

    /// <summary>As <c>första halvåret 2024</c>.</summary>
    public override string ToString() =>
        (Half switch { 1 => "första halvåret ", 2 => "andra halvåret ", _ => "hela " }) + Year.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The two roles of the national system, each with a part of the form.</summary>
public static class UppfoljningFinsamRole
{
    /// <summary>Fills in the förbund's funds and administration, and the insatser with their budget and outcome.</summary>
    public const string Administrator = "forbundsadministrator";

    /// <summary>Fills in participants of individual insatser by gender. Nobody employed by the förbund can be it.</summary>
    public const string Participants = "deltagaransvarig";

    public static IReadOnlyList<string> All { get; } = [Administrator, Participants];

    /// <summary>What the role is called there.</summary>
    public static string Word(string role) => role == Administrator ? "Förbundsadministratör" : "Deltagaransvarig";
}
