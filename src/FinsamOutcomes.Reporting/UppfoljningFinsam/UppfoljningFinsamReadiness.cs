using System.Globalization;

namespace FinsamOutcomes.Reporting.UppfoljningFinsam;

/// <summary>The page where something is settled.</summary>
public enum UppfoljningFinsamPlace
{
    /// <summary>In the table of numbers for insatser that are followed by count.</summary>
    HeadCounts,

    /// <summary>In the insats's own form.</summary>
    Insats,

    /// <summary>Among the insats's budget and outcome.</summary>
    Money,

    /// <summary>In the list of those who are still in an insats that has closed.</summary>
    Exits,

    /// <summary>Among what the members give the förbund, and its own capital.</summary>
    Funds,

    /// <summary>Among the förbund's own costs.</summary>
    Costs,
}

/// <summary>One thing to settle before the hand-over: a line on the page and in the file.</summary>
public sealed record UppfoljningFinsamToSettle
{
    /// <summary>Null when it is not settled by who hands over: a participant's gender is known to the caseworker.</summary>
    public required UppfoljningFinsamPlace? Place { get; init; }

    /// <summary>Null for what is the förbund's own.</summary>
    public required int? InsatsId { get; init; }

    /// <summary><c>Förbundet</c> for what is the förbund's own.</summary>
    public required string Insats { get; init; }

    /// <summary>A sentence in Swedish: what is missing.</summary>
    public required string What { get; init; }

    /// <summary>Empty when it is not about one participation.</summary>
    public string ParticipantCode { get; init; } = "";

    public DateOnly? StartedOn { get; init; }
}

/// <summary>What stands between the figures and the hand-over.</summary>
internal static class UppfoljningFinsamReadiness
{
    private const string OneOrientation =
        "I Uppföljning Finsam har en insats en inriktning: det som har båda är två insatser med olika namn.";

    private const string OnlyWomenAndMen = "Uppföljning Finsam tar bara emot kvinnor och män.";

    public static IReadOnlyList<UppfoljningFinsamToSettle> ToSettle(UppfoljningFinsamFigures figures) =>
        [
            .. LeftOut(figures),
            .. Mixed(figures),
            .. Genders(figures),
            .. MissedExits(figures),
            .. Counts(figures),
            .. OutsideCounts(figures),
            .. Facts(figures),
            .. Money(figures),
            .. Forbund(figures),
        ];

    private static IEnumerable<UppfoljningFinsamToSettle> Forbund(UppfoljningFinsamFigures figures)
    {
        var lacking = figures.Funds.Where(f => f is { Members: 0, SharePercent: not null }).Select(f => f.Label).ToList();
        var unknown = figures.Contributions.Where(c => c.Kronor is null).Select(c => c.Name).ToList();
        if (figures.Contributions.Count == 0)
            yield return Of(UppfoljningFinsamPlace.Funds, "Tilldelade medel är inte ifyllda.");
        else if (lacking.Count > 0)
            yield return Of(
                UppfoljningFinsamPlace.Funds,
                $"Tilldelade medel är inte ifyllda för {Joined([.. lacking.Select(l => l.ToLower(CultureInfo.InvariantCulture))])}. Summan vore för liten utan dem; den som inget betalar får 0 kronor.");
        if (unknown.Count > 0)
            yield return Of(UppfoljningFinsamPlace.Funds, $"Tilldelade medel är inte ifyllda för {Joined(unknown)}.");
        if (figures.Forbund.OwnCapitalKronor is null)
            yield return Of(UppfoljningFinsamPlace.Funds, "Eget kapital är inte ifyllt.");
        var costs = figures.Costs.Where(c => c.IsAdministration).OrderBy(c => c.Name, StringComparer.CurrentCulture).ToList();
        if (costs.Count == 0)
            yield return Of(UppfoljningFinsamPlace.Costs, "Ingen av förbundets egna kostnader är markerad som administration.");
        foreach (var cost in costs)
        {
            List<string> missing = [.. cost.BudgetKronor is null ? ["budget"] : Array.Empty<string>()];
            if (cost.OutcomeKronor is null && figures.IsYearOver)
                missing.Add("utfall");
            if (missing.Count > 0)
                yield return Of(UppfoljningFinsamPlace.Costs, $"Inte ifyllt för {cost.Name}, som hör till administrationen: {Joined(missing)}.");
        }

        static UppfoljningFinsamToSettle Of(UppfoljningFinsamPlace place, string what) => new()
        {
            Place = place,
            InsatsId = null,
            Insats = "Förbundet",
            What = what,
        };
    }

    private static IEnumerable<UppfoljningFinsamToSettle> Mixed(UppfoljningFinsamFigures figures) =>
        figures.MixedOrientations.Select(r => new UppfoljningFinsamToSettle
        {
            Place = UppfoljningFinsamPlace.Insats,
            InsatsId = r.InsatsId,
            Insats = r.Insats,
            What = r.Orientation == "structural"
                ? $"Delprojektet är strukturövergripande fast insatsen {r.TopInsats} är individinriktad. {OneOrientation}"
                : $"Delprojektet är individinriktat fast insatsen {r.TopInsats} är strukturövergripande. {OneOrientation}",
        });

    private static IEnumerable<UppfoljningFinsamToSettle> Genders(UppfoljningFinsamFigures figures) =>
        figures.UnknownGender.Select(r => new UppfoljningFinsamToSettle
        {
            Place = null,
            InsatsId = r.InsatsId,
            Insats = r.Insats,
            ParticipantCode = r.ParticipantCode,
            StartedOn = r.StartedOn,
            What = $"Kön saknas. {OnlyWomenAndMen} En handläggare i insatsen fyller i det på deltagarens sida.",
        }).Concat(figures.Insatser.Where(i => figures.Count(i.InsatsId, "unknown").Anonymous > 0).Select(i => new UppfoljningFinsamToSettle
        {
            Place = UppfoljningFinsamPlace.HeadCounts,
            InsatsId = i.InsatsId,
            Insats = i.Insats,
            What = $"Kön saknas för {Participants(figures.Count(i.InsatsId, "unknown").Anonymous)}. {OnlyWomenAndMen}",
        }));

    private static IEnumerable<UppfoljningFinsamToSettle> MissedExits(UppfoljningFinsamFigures figures) =>
        figures.MissedExits.Select(r => new UppfoljningFinsamToSettle
        {
            Place = UppfoljningFinsamPlace.Exits,
            InsatsId = r.InsatsId,
            Insats = r.Insats,
            What = string.Create(
                CultureInfo.InvariantCulture,
                $"Missat avslut: {(r.Participations == 1 ? "1 deltagande är öppet" : $"{Swedish.Count(r.Participations)} deltaganden är öppna")} fast insatsen slutade {r.EndsOn:yyyy-MM-dd}. {(r.Participations == 1 ? "Det" : "De")} räknas som pågående, och lämnas {(r.TopInsats is { } top ? $"över i {top} så länge den insatsen pågår" : "inte över för år efter insatsens slut")}."
            ),
        });

    private static IEnumerable<UppfoljningFinsamToSettle> LeftOut(UppfoljningFinsamFigures figures) =>
        figures.LeftOut.Select(r => new UppfoljningFinsamToSettle
        {
            Place = UppfoljningFinsamPlace.Insats,
            InsatsId = r.InsatsId,
            Insats = r.Insats,
            What = string.Create(
                CultureInfo.InvariantCulture,
                $"Delprojektet pågår fast insatsen {r.TopInsats} slutade {r.EndsOn:yyyy-MM-dd}, och är därför inte med i överlämningen. Rätta slutdatumet på någon av dem."
            ),
        });

    private static IEnumerable<UppfoljningFinsamToSettle> OutsideCounts(UppfoljningFinsamFigures figures) =>
        figures.OutsideCounts.Select(r => new UppfoljningFinsamToSettle
        {
            Place = r.IsFollowedByCount ? UppfoljningFinsamPlace.HeadCounts : UppfoljningFinsamPlace.Insats,
            InsatsId = r.InsatsId,
            Insats = r.Insats,
            What =
                $"{Participants(r.NumberOfPeople)} {(r.NumberOfPeople == 1 ? "är registrerad" : "är registrerade")} för {r.Half switch { 1 => "första halvåret", 2 => "andra halvåret", _ => "hela året" }}, då insatsen inte pågick. Ta bort antalet, eller rätta insatsens start- eller slutdatum.",
        });

    private static IEnumerable<UppfoljningFinsamToSettle> Counts(UppfoljningFinsamFigures figures) =>
        from missing in figures.MissingCounts
        where figures.Insatser.Any(i => i.InsatsId == missing.TopInsatsId)

        // Nobody is asked how many of unknown gender there are: women and men are what is handed over.
        where missing.Gender != "unknown" || missing.YearOnly > 0 || missing.IsStructural
        group missing by (
            missing.InsatsId,
            missing.Insats,
            missing.IsFollowedByCount,
            missing.IsStructural,
            IsYearOnly: missing.YearOnly > 0,
            Half: missing.IsCountedByHalf ? missing.Half : 0) into g
        select new UppfoljningFinsamToSettle
        {
            Place = g.Key.IsFollowedByCount ? UppfoljningFinsamPlace.HeadCounts : null,
            InsatsId = g.Key.InsatsId,
            Insats = g.Key.Insats,
            What = g.Key is { IsYearOnly: true, IsStructural: true }
                ? $"{Swedish.Counted(g.Sum(m => m.YearOnly), "deltagare är bara registrerad", "deltagare är bara registrerade")} för hela året, så antalet för halvåret är inte känt."
                : g.Key.IsYearOnly
                ? $"{Participants(g.Sum(m => m.YearOnly))} ({And(g.Select(m => m.Gender))}) {(g.Sum(m => m.YearOnly) == 1 ? "är bara registrerad" : "är bara registrerade")} för hela året, så antalet för halvåret är inte känt."
                : $"Antal {(g.Key.IsStructural ? "deltagare" : And(g.Select(m => m.Gender)))} är inte ifyllt{g.Key.Half switch { 1 => " för första halvåret", 2 => " för andra halvåret", _ => "" }}.",
        };

    private static IEnumerable<UppfoljningFinsamToSettle> Facts(UppfoljningFinsamFigures figures) =>
        from insats in figures.Insatser
        let missing = UppfoljningFinsamForm
            .Fields(figures, UppfoljningFinsamRole.Administrator, insats)
            .Where(f => f is { State: UppfoljningFinsamState.NotFilled, Code: NationalField.SpecificOrientation or NationalField.TargetGroups })
            .ToList()
        where missing.Count > 0
        select new UppfoljningFinsamToSettle
        {
            Place = UppfoljningFinsamPlace.Insats,
            InsatsId = insats.InsatsId,
            Insats = insats.Insats,
            What = Sentence(missing.Select(f => f.Label.ToLower(CultureInfo.InvariantCulture))),
        };

    private static IEnumerable<UppfoljningFinsamToSettle> Money(UppfoljningFinsamFigures figures)
    {
        foreach (var row in figures.MissingMoney.Where(m => figures.Insatser.Any(i => i.InsatsId == m.TopInsatsId)))
        {
            List<string> missing = [];
            if (row.LacksParticipants)
                missing.Add("budgeterat antal deltagare");
            if (row.LacksBudget)
                missing.Add("budget");
            if (row.LacksOutcome && figures.IsYearOver)
                missing.Add("utfall");
            if (missing.Count > 0)
                yield return new UppfoljningFinsamToSettle
                {
                    Place = UppfoljningFinsamPlace.Money,
                    InsatsId = row.InsatsId,
                    Insats = row.Insats,
                    What = Sentence(missing),
                };
        }
    }

    private static string Sentence(IEnumerable<string> missing) => $"Inte ifyllt: {Joined([.. missing])}.";

    private static string Participants(long number) => number == 1 ? "1 anonym deltagare" : $"{Swedish.Count(number)} anonyma deltagare";

    private static string And(IEnumerable<string> genders) =>
        Joined([.. genders.Distinct().Select(g => g switch { "woman" => "kvinnor", "man" => "män", _ => "okänt kön" })]);

    private static string Joined(List<string> words) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.SkipLast(1))} och {words[^1]}";
}
