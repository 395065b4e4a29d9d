using System.Text.RegularExpressions;

namespace FinsamOutcomes.Demo.Tests;

/// <summary>What the invented insatser write of their results is what their own numbers say, and no more.</summary>
public sealed partial class DemoTextClaimsTests
{
    private static readonly string[] s_workOrStudies = ["arbete", "subventionerat_arbete", "eget_foretagande", "studier"];

    // What people tell of their work, which no number in the register can confirm or deny.
    private static readonly string[] s_told =
    [
        "Fler går direkt från kartläggning till nästa steg",
        "De flesta lämnar Start med en plan",
        "Behovet är större än antalet platser",
        "flera har tagit emot mer än en deltagare",
        "De flesta möten hålls på biblioteket",
        "nådde flera som inte hade haft någon kontakt",
        "Flera frågar om arbete först efter en längre tid",
        "Fler platser i Balans",
        "Förbundet har beslutat om fler platser",
    ];

    private static readonly List<DemoParticipation> s_ended =
    [
        .. DemoSimulation
            .Run(DemoFiles.DefaultSeed, new DateOnly(DemoForbund.LastFullYear, 12, 31))
            .Where(s => s is { StartedOn: not null, EndedOn: not null } && s.Reason != "felregistrering"),
    ];

    private static readonly Dictionary<string, Func<bool>> s_counted = new(StringComparer.Ordinal)
    {
        ["I Arbete har andelen som går vidare till arbete eller studier varit lägre bland kvinnor än bland män två år i rad."] = () =>
            Gap(DemoPortfolio.Arbete, 2024) < 0 && Gap(DemoPortfolio.Arbete, 2025) < 0,
        ["Andelen som gick till arbete eller studier var lägre bland kvinnor än bland män, liksom året före."] = () =>
            Gap(DemoPortfolio.Arbete, 2024) < 0 && Gap(DemoPortfolio.Arbete, 2025) < 0,
        ["Grupperna är små och skillnaden kan bero på slumpen"] = () =>
            IsChance(Of(DemoPortfolio.Arbete, 2025, "kvinna"), Of(DemoPortfolio.Arbete, 2025, "man")),
        ["Ungefär var tredje går direkt till arbete eller studier"] = () => Share(Of("Trappan Start", 2025)) is > 0.28 and < 0.38,
        ["Något fler än året före har gått vidare till arbete eller studier"] = () => Positive(Of("Rätt jobb", 2025)) > Positive(Of("Rätt jobb", 2024)),
        ["Andelen som går vidare till arbete eller studier är nästan densamma bland unga kvinnor och män."] = () => Math.Abs(Gap("Ung framåt", 2024)) < 0.05,
        ["Andelen som går vidare är även i år nästan densamma bland unga kvinnor och män"] = () => Math.Abs(Gap("Ung framåt", 2025)) < 0.05,
        ["underlaget är för litet för att utesluta en skillnad"] = () =>
            new[] { 2024, 2025 }.All(y => IsChance(Of("Ung framåt", y, "kvinna"), Of("Ung framåt", y, "man"))),
        ["Av dem som gick till arbete eller studier gick hälften till studier"] = () =>
            (double)Of("Ung framåt", 2025).Count(s => s.Reason == "studier") / Positive(Of("Ung framåt", 2025)) is > 0.42 and < 0.58,
        ["Ungefär var åttonde avbröt."] = () =>
            (double)Of("Ung framåt", 2025).Count(s => s.Reason == "avbrott_deltagare") / Of("Ung framåt", 2025).Count is > 0.10 and < 0.15,
        ["Andelen som gick vidare till arbete eller studier är lägre än året före. Det kan bero på slumpen"] = () =>
            Share(Of(DemoPortfolio.ForstaSteget, 2024)) < Share(Of(DemoPortfolio.ForstaSteget, 2023))
            && IsChance(Of(DemoPortfolio.ForstaSteget, 2024), Of(DemoPortfolio.ForstaSteget, 2023)),
        ["Andelen som går vidare till arbete eller studier är lägre än 2023, mer än slumpen brukar ge."] = () =>
            Share(Of(DemoPortfolio.ForstaSteget, 2025)) < Share(Of(DemoPortfolio.ForstaSteget, 2023))
            && !IsChance(Of(DemoPortfolio.ForstaSteget, 2025), Of(DemoPortfolio.ForstaSteget, 2023)),
        ["Antalet besökare fortsatte att öka."] = () => HaveVisitorsGrown(2024, areWomen: true) && HaveVisitorsGrown(2024, areWomen: false),
        ["Antalet besökare har ökat i båda halvåren, både kvinnor och män."] = () =>
            HaveVisitorsGrown(2025, areWomen: true) && HaveVisitorsGrown(2025, areWomen: false),
    };

    public static TheoryData<string> Counted => [.. s_counted.Keys];

    [Theory, MemberData(nameof(Counted))]
    public void A_claim_of_numbers_is_what_the_numbers_say(string claim)
    {
        Texts().ShouldContain(t => t.Contains(claim, StringComparison.OrdinalIgnoreCase), "the claim is no longer made: take it away here");
        s_counted[claim]().ShouldBeTrue();
    }

    [Fact]
    public void No_text_compares_or_counts_without_being_held_against_the_numbers()
    {
        foreach (var sentence in Texts().SelectMany(t => Sentence().Matches(t).Select(m => m.Value.Trim())).Where(s => Claim().IsMatch(s)))
            s_counted
                .Keys.SelectMany(k => Sentence().Matches(k).Select(m => m.Value.Trim().TrimEnd('.')))
                .Concat(s_told)
                .ShouldContain(known => sentence.Contains(known, StringComparison.OrdinalIgnoreCase), sentence);
    }

    private static IEnumerable<string> Texts() =>
        DemoTexts.All(DemoForbund.LastFullYear).Where(t => t.Section == "resultat").Select(t => t.Body.ReplaceLineEndings(" "));

    private static List<DemoParticipation> Of(string insats, int year, string? gender = null) =>
        s_ended.FindAll(s => s.Insats.Name == insats && s.EndedOn!.Value.Year == year && (gender is null || s.Person.Gender == gender));

    private static int Positive(List<DemoParticipation> stays) => stays.Count(s => s_workOrStudies.Contains(s.Reason, StringComparer.Ordinal));

    private static double Share(List<DemoParticipation> stays) => (double)Positive(stays) / stays.Count;

    private static double Gap(string insats, int year) => Share(Of(insats, year, "kvinna")) - Share(Of(insats, year, "man"));

    // Two shares by the normal approximation, which is enough to tell 0.24 from 0.002.
    private static bool IsChance(List<DemoParticipation> first, List<DemoParticipation> second)
    {
        var pooled = (double)(Positive(first) + Positive(second)) / (first.Count + second.Count);
        var error = Math.Sqrt(pooled * (1 - pooled) * (1.0 / first.Count + 1.0 / second.Count));
        return Math.Abs(Share(first) - Share(second)) < 1.96 * error;
    }

    private static int Visitors(int year, int half, bool areWomen)
    {
        var (women, men, _) = DemoRegistry.HeadCounts.Single(h => h.Insats == DemoPortfolio.OppnaDorren).Halves[((year - 2022) * 2) + half - 1];
        return areWomen ? women : men;
    }

    private static bool HaveVisitorsGrown(int year, bool areWomen) =>
        new[] { 1, 2 }.All(half => Visitors(year, half, areWomen) > Visitors(year - 1, half, areWomen));

    [GeneratedRegex(@"[^.!?]+[.!?]?", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sentence();

    [GeneratedRegex(
        @"\b(oftare|fler|flera|färre|högre|lägre|mindre|större|öka\w*|minska\w*|var (tredje|fjärde|femte|sjätte|sjunde|åttonde)|hälften|de flesta|andel\w*|skillnad\w*|densamma)\b",
        RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Claim();
}
