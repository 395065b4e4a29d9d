namespace FinsamOutcomes.Statistics;

/// <summary>What a publication may show of small numbers. Every publication names one.</summary>
public enum PublicationPolicy
{
    /// <summary><em>minst 5</em>, the default: counts of 1–4, and what could be worked out from them, are hidden.</summary>
    Minst5,

    /// <summary>
    /// <em>avrundat till 5</em>: every count is rounded to the nearest 5. Not recommended: it protects less, and little but
    /// large counts can be told.
    /// </summary>
    AvrundatTill5,

    /// <summary><em>internt</em>: nothing is hidden, and every page says so.</summary>
    Internt,
}

/// <summary>Codes, names and texts of <see cref="PublicationPolicy"/>.</summary>
public static class PublicationPolicies
{
    /// <summary>How far the protection of a publication reaches, said in every file of it.</summary>
    public const string Reach =
        "Talen i en publicering är skyddade tillsammans: ett dolt tal ska inte gå att räkna ut ur de andra. En rapport skyddas också ihop med förbundets senaste sparade rapporter, men ihop med en annan publicering kan det ändå ibland gå.";

    /// <summary>Why rounding is not recommended, where it is chosen.</summary>
    public const string RoundingWarning =
        "avrundat-till-5 rekommenderas inte: det skyddar sämre än minst-5, och andelar visas bara på stora antal. Skillnader, test och bedömningar av mål visas inte.";

    /// <summary>The word used in files and on the command line: <c>minst-5</c>, <c>avrundat-till-5</c>, <c>internt</c>.</summary>
    public static string ToCode(this PublicationPolicy policy) => policy switch
    {
        PublicationPolicy.Minst5 => "minst-5",
        PublicationPolicy.AvrundatTill5 => "avrundat-till-5",
        PublicationPolicy.Internt => "internt",
        _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, message: null),
    };

    /// <summary>The name in running text.</summary>
    public static string ToSwedish(this PublicationPolicy policy) => policy switch
    {
        PublicationPolicy.Minst5 => "minst 5",
        PublicationPolicy.AvrundatTill5 => "avrundat till 5",
        PublicationPolicy.Internt => "internt",
        _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, message: null),
    };

    /// <summary>What a reader must know, printed with the numbers.</summary>
    public static string Explanation(this PublicationPolicy policy) => policy switch
    {
        PublicationPolicy.Minst5 =>
            "Antal mellan 1 och 4 visas inte (dold). En andel visas inte när den bygger på ett antal mellan 1 och 4, i täljaren, "
            + "bland övriga eller i hela underlaget. Inte heller visas det som ett sådant antal skulle gå att räkna ut ur (skyddad; det kan vara vilket antal som helst). "
            + "Medelvärden, medianer och test som bygger på färre än 10 visas inte. " + Reach,
        PublicationPolicy.AvrundatTill5 =>
            "Alla antal är avrundade till närmaste 5, så 0 kan stå för 0–2. Andelar är beräknade på de avrundade antalen, visas utan "
            + "osäkerhetsintervall och bara där avrundningen inte kan flytta dem mer än 2,5 procentenheter; skillnader, test och "
            + "bedömningar av mål visas inte. Medelvärden och medianer som bygger på färre än 10 visas inte. Ett avrundat tal kan ibland "
            + "räknas ut ur flera andra.",
        PublicationPolicy.Internt => "Internt underlag: inga små tal är dolda. Får inte spridas utanför förbundet.",
        _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, message: null),
    };

    /// <summary>Reads what <see cref="ToCode"/> writes; false for any other text.</summary>
    public static bool TryParse(string? code, out PublicationPolicy policy)
    {
        foreach (var candidate in Enum.GetValues<PublicationPolicy>())
        {
            if (string.Equals(candidate.ToCode(), code, StringComparison.OrdinalIgnoreCase))
            {
                policy = candidate;
                return true;
            }
        }

        policy = PublicationPolicy.Minst5;
        return false;
    }
}
