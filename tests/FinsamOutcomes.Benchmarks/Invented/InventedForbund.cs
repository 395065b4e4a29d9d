namespace FinsamOutcomes.Benchmarks.Invented;

/// <summary>
/// An invented förbund of any size: twenty insatser, ten years, and a stream of participations that is the same each
/// time for the same seed and is never held in memory.
/// </summary>
internal static class InventedForbund
{
    public const string Name = "Samordningsförbundet Exempel";
    public const string Instrument = "Exempelskattning";
    public const int Items = 3;
    public const int ScaleMin = 1;
    public const int ScaleMax = 10;

    /// <summary>The last ten years before the day that the invented register was closed.</summary>
    public static readonly DateOnly FirstDay = new(2015, 1, 1);

    public static readonly DateOnly LastDay = new(2024, 12, 31);

    public static readonly string[] Genders = ["woman", "man", "unknown"];

    private static readonly string[] s_educations =
    [
        "ej_grundskola",
        "grundskola",
        "gymnasium",
        "gymnasium",
        "eftergymnasial_kort",
        "eftergymnasial_lang",
        "okand",
    ];

    private static readonly string[] s_referrers =
    [
        "arbetsformedlingen",
        "arbetsformedlingen",
        "forsakringskassan",
        "kommun_socialtjanst",
        "kommun_arbetsmarknad",
        "region_primarvard",
        "region_psykiatri",
        "egen_ansokan",
    ];

    private static readonly string[] s_reasons =
    [
        "arbete", "arbete", "arbete", "subventionerat_arbete", "studier", "studier", "arbetssokande", "arbetssokande", "fortsatt_rehabilitering",
        "sjukdom", "avbrott_deltagare", "avbrott_insats", "ovrigt", "flyttat", "foraldraledig", "felregistrering",
    ];

    private static readonly string[] s_livelihoods =
    [
        "ekonomiskt_bistand",
        "ekonomiskt_bistand",
        "sjukpenning",
        "aktivitetsersattning",
        "aktivitetsstod",
        "a_kassa",
        "ingen",
    ];

    /// <summary>Name and position of the insats it is a delprojekt of, -1 for none.</summary>
    public static IReadOnlyList<(string Name, int Parent)> Insatser { get; } =
        [.. Enumerable.Range(0, 20).Select(i => ($"Exempelinsats {i + 1}", i is >= 4 and < 10 ? i % 2 : -1))];

    /// <summary>So many participations, one at a time.</summary>
    public static IEnumerable<InventedParticipation> Participations(int count, int seed = 20_241_231)
    {
        var random = new Random(seed);
        var days = LastDay.DayNumber - FirstDay.DayNumber;
        var (person, insats, gender, birthYear, education) = (0, 0, 0, 0, "");
        for (var i = 0; i < count; i++)
        {
            var isNew = i == 0 || random.Next(5) > 0;
            if (isNew)
            {
                person++;
                gender = random.Next(200) switch { < 108 => 0, < 198 => 1, _ => 2 };
                birthYear = 1958 + random.Next(42);
                education = Pick(random, s_educations);
                insats = random.Next(Insatser.Count);
            }
            else
            {
                // Another insats each time, so that no two stays of a person overlap in the same one.
                insats = (insats + 1) % Insatser.Count;
            }

            yield return Participation(random, person, isNew, insats, gender, birthYear, education, FirstDay.AddDays(random.Next(days)));
        }
    }

    private static InventedParticipation Participation(
        Random random,
        int person,
        bool isNew,
        int insats,
        int gender,
        int birthYear,
        string education,
        DateOnly queued)
    {
        var start = queued.AddDays(random.Next(60));
        var end = start.AddDays(30 + random.Next(500));
        var hasStarted = start <= LastDay;
        var hasEnded = end <= LastDay;
        var reason = hasEnded ? Pick(random, s_reasons) : null;
        var livelihood = Pick(random, s_livelihoods);
        var isWork = reason is "arbete" or "subventionerat_arbete";
        var asked = hasStarted && random.Next(4) == 0;
        return new InventedParticipation
        {
            Person = person,
            IsNewPerson = isNew,
            Insats = insats,
            Gender = gender,
            BirthYear = birthYear,
            Education = education,
            Referrer = Pick(random, s_referrers),
            QueuedOn = queued,
            StartedOn = hasStarted ? start : null,
            EndedOn = hasEnded ? end : null,
            Reason = reason,
            IsPlanned = random.Next(4) > 0,
            LivelihoodBefore = livelihood,
            OtherLivelihoodBefore = livelihood == "sjukpenning" && random.Next(2) == 0 ? "lon" : null,
            LivelihoodAfter = !hasEnded ? null : isWork ? "lon" : reason == "studier" ? "studiestod" : livelihood,
            WorkAfter = isWork ? 25 * random.Next(1, 5) : 0,
            StudyAfter = reason == "studier" ? 100 : 0,
            IsJobSeeking = reason == "arbetssokande",
            AnswersBefore = asked ? Answers(random, 1, 7) : null,
            AnswersAfter = asked && hasEnded && random.Next(3) > 0 ? Answers(random, 3, 11) : null,
        };
    }

    private static int[] Answers(Random random, int low, int high)
    {
        var answers = new int[Items];
        for (var i = 0; i < Items; i++)
            answers[i] = random.Next(low, high);
        return answers;
    }

    private static string Pick(Random random, string[] codes) => codes[random.Next(codes.Length)];
}
