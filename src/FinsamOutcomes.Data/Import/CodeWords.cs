namespace FinsamOutcomes.Data.Import;

/// <summary>
/// The Swedish words of the files and the codes they stand for in the database, position by position. Export writes the
/// first word for each code.
/// </summary>
internal static class CodeWords
{
    public static readonly string[] GenderCodes = ["woman", "man", "unknown"];
    public static readonly string[] OrientationCodes = ["individual", "structural"];
    public static readonly string[] FollowUpCodes = ["individual", "count"];
    public static readonly string[] OccasionCodes = ["start", "followup", "exit", "after"];
    public static readonly string[] RespondentCodes = ["participant", "caseworker"];
    public static readonly string[] GoalDirectionCodes = ["at_least", "at_most"];
    public static readonly string[] MissingCodes = ["not_asked", "declined", "unknown"];

    public static CodeLookup Genders()
    {
        var words = CodeLookup.Of("kvinna", "man", "okant");
        words.Add("kvinna", "k");
        words.Add("kvinna", "kvinnor");
        words.Add("man", "m");
        words.Add("man", "män");
        words.Add("okant", "okänt kön");
        words.Add("okant", "okand");
        return words;
    }

    /// <summary>Position 0 is no and 1 is yes.</summary>
    public static CodeLookup NoYes()
    {
        var words = CodeLookup.Of("nej", "ja");
        words.Add("nej", "n");
        words.Add("ja", "j");
        words.Add("nej", "falskt");
        words.Add("ja", "sant");
        words.Add("nej", "false");
        words.Add("ja", "true");
        return words;
    }

    public static CodeLookup Orientations() => CodeLookup.Of("individinriktad", "strukturovergripande");

    public static CodeLookup FollowUpMethods() => CodeLookup.Of("individ", "antal");

    public static CodeLookup Occasions() => CodeLookup.Of("start", "uppfoljning", "avslut", "efter");

    public static CodeLookup Respondents() => CodeLookup.Of("deltagare", "handlaggare");

    public static CodeLookup MissingReasons() => CodeLookup.Of("ej_tillfragad", "vill_ej_svara", "vet_ej");

    /// <summary>Position 0 is the whole year, 1 and 2 its halves.</summary>
    public static CodeLookup Periods()
    {
        var words = CodeLookup.Of("hela_aret", "halvar_1", "halvar_2");
        words.Add("hela_aret", "helår");
        words.Add("hela_aret", "0");
        words.Add("halvar_1", "1");
        words.Add("halvar_2", "2");
        return words;
    }

    /// <summary>What a member is called in a file, by its kind; another kind by its code.</summary>
    public static string ContributorWord(string code) => code switch
    {
        "state" => "stat",
        "municipality" => "kommun",
        "other" => "annan",
        _ => code,
    };

    public static CodeLookup GoalDirections() => CodeLookup.Of("minst", "hogst");

    /// <summary>Position 0 is lower and 1 is higher.</summary>
    public static CodeLookup Directions() => CodeLookup.Of("lagre_ar_battre", "hogre_ar_battre");
}
