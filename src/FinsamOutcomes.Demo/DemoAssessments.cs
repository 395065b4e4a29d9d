namespace FinsamOutcomes.Demo;

/// <summary>One answer of a self-assessment, in the words of the import file.</summary>
internal sealed record DemoAnswer(DemoParticipation Participation, string Occasion, DateOnly On, string Item, string Value);

/// <summary>
/// Self-assessments with the invented instrument EX-6. Each person has a level of their own, each question its own
/// difficulty; those who leave for work or studies gain most. Who answers at exit depends on how it went, so that the
/// comparison before and after is as skewed as in life, and attrition must be read beside it.
/// </summary>
internal static class DemoAssessments
{
    public const string Instrument = "EX-6";

    public const int ScaleMax = 10;

    /// <summary>The questions: code, Swedish and English text, whether higher is better, and mean level at start.</summary>
    public static readonly (string Code, string Text, string English, bool IsHigherBetter, double Level)[] Items =
    [
        ("arbetsformaga", "Hur bedömer du din förmåga att arbeta eller studera i dag?", "How do you rate your ability to work or study today?", true, 4.1),
        ("halsa", "Hur mår du i dag?", "How are you feeling today?", true, 4.6),
        ("vardag", "Hur väl får du vardagen att fungera?", "How well does your everyday life work?", true, 5.3),
        ("framtidstro", "Hur ser du på din framtid?", "How do you look upon your future?", true, 4.8),
        ("stod", "Hur väl får du det stöd du behöver?", "How well do you get the support you need?", true, 5.0),
        ("oro", "Hur mycket hindras du av oro eller nedstämdhet?", "How much do worry or low spirits hold you back?", false, 6.2),
    ];

    public static IReadOnlyList<DemoAnswer> Of(IReadOnlyList<DemoParticipation> stays, int seed, DateOnly last)
    {
        var random = new DemoRandom(seed);
        var answers = new List<DemoAnswer>();
        foreach (var stay in stays)
        {
            if (stay is not { StartedOn: { } started, Insats.Flow.IsAssessed: true } || stay.Reason == "felregistrering")
                continue;
            var person = 1.3 * random.Normal();
            var lastDay = stay.EndedOn ?? last;
            var gain = Gain(stay, random);
            var asked = started.AddDays(random.Between(0, 21));
            if (random.Chance(0.84) && asked <= lastDay)
                Ask("start", asked, 0, 0.035);
            var followUp = started.AddDays(random.Between(170, 200));
            if (followUp < lastDay.AddDays(-45) && random.Chance(0.52))
                Ask("uppfoljning", followUp, 0.55, 0.05);
            if (stay.EndedOn is { } ended && random.Chance(ExitAnswerShare(stay)))
                Ask("avslut", Later(ended.AddDays(-random.Between(0, 14)), started.AddDays(22), ended), 1, 0.05);

            void Ask(string occasion, DateOnly on, double progress, double missing)
            {
                foreach (var item in Items)
                {
                    // The short form used for the young in the first year lacked the last question.
                    if (item.Code == "oro" && stay.Insats.Name == DemoPortfolio.UngFramat && on.Year == 2022)
                        answers.Add(new(stay, occasion, on, item.Code, "ej_tillfragad"));
                    else if (random.Chance(missing))
                        answers.Add(new(stay, occasion, on, item.Code, random.Chance(0.6) ? "vill_ej_svara" : "vet_ej"));
                    else
                        answers.Add(new(stay, occasion, on, item.Code, Value(item, person, gain * progress, random)));
                }
            }
        }

        return answers;
    }

    private static string Value(
        (string Code, string Text, string English, bool IsHigherBetter, double Level) item,
        double person,
        double gain,
        DemoRandom random)
    {
        var weight = item.Code switch { "arbetsformaga" => 1.15, "framtidstro" => 1.1, "vardag" => 0.7, "stod" => 0.9, _ => 0.85 };
        var towardsBetter = (person + (gain * weight)) * (item.IsHigherBetter ? 1 : -1);
        var value = (int)Math.Round(item.Level + towardsBetter + (1.15 * random.Normal()), MidpointRounding.AwayFromZero);
        return Math.Clamp(value, 1, ScaleMax).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static double Gain(DemoParticipation stay, DemoRandom random) => (0.8 * random.Normal()) + stay.Reason switch
    {
        "arbete" or "eget_foretagande" => 2.0,
        "studier" => 1.9,
        "subventionerat_arbete" => 1.5,
        "arbetssokande" => 0.9,
        "sjukdom" or "avbrott_deltagare" or "avbrott_insats" => -0.3,
        "sjukersattning" => 0.1,
        _ => 0.6,
    };

    private static double ExitAnswerShare(DemoParticipation stay) => stay.Reason switch
    {
        "arbete" or "subventionerat_arbete" or "eget_foretagande" or "studier" => 0.76,
        "arbetssokande" => 0.68,
        "avliden" or "flyttat" => 0,
        "avbrott_deltagare" or "avbrott_insats" => 0.1,
        "sjukdom" => 0.35,
        null => 0.3,
        _ => 0.55,
    };

    private static DateOnly Later(DateOnly wanted, DateOnly earliest, DateOnly latest) =>
        wanted < earliest ? (earliest > latest ? latest : earliest) : wanted;
}
