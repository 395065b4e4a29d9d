using System.Text.RegularExpressions;

namespace FinsamOutcomes.Web.Changes;

/// <summary>What the fields of a history are called: the one list, for every kind of row that has one.</summary>
public static partial class ChangeWords
{
    private static readonly Dictionary<string, string> s_fields = new(StringComparer.Ordinal)
    {
        // Participants
        ["Code"] = "Deltagarkod",
        ["Gender"] = "Juridiskt kön",
        ["BirthYear"] = "Födelseår",
        ["HasProtectedIdentity"] = "Skyddade personuppgifter",
        ["Name"] = "Namn",
        ["PersonalNumber"] = "Personnummer",
        ["ErasedAt"] = "Gallring",
        ["Consent"] = "Samtycke",
        ["ConsentWithdrawn"] = "Återkallat samtycke",
        ["CorrectionRequest"] = "Begäran om rättelse",
        ["CorrectionAnswer"] = "Svar på begäran om rättelse",
        ["MergedCode"] = "Sammanslagen med",
        ["MergedInto"] = "Uppgick i",

        // Participations
        ["Participant"] = "Deltagare",
        ["Insats"] = "Insats",
        ["QueuedOn"] = "Ställd i kö",
        ["StartedOn"] = "Inskriven",
        ["EndedOn"] = "Avslutad",
        ["ExitReason"] = "Avslutsorsak",
        ["IsPlannedExit"] = "Planerat avslut",
        ["Referrer"] = "Remittent",
        ["EducationLevel"] = "Högsta utbildning",
        ["Before.Livelihoods"] = "Försörjning före",
        ["Before.WorkPercent"] = "Arbete före",
        ["Before.StudyPercent"] = "Studier före",
        ["Before.IsJobSeeking"] = "Söker arbete aktivt, före",
        ["After.Livelihoods"] = "Försörjning efter",
        ["After.WorkPercent"] = "Arbete efter",
        ["After.StudyPercent"] = "Studier efter",
        ["After.IsJobSeeking"] = "Söker arbete aktivt, efter",
        ["Caseworker"] = "Handläggare",
        ["Assessment"] = "Skattning",

        // Assessments
        ["Occasion"] = "Tillfälle",
        ["AnsweredOn"] = "Svarsdatum",

        // Insatser, their years, targets and texts
        ["SpecificOrientation"] = "Specifik inriktning",
        ["StartsOn"] = "Startdatum",
        ["EndsOn"] = "Slutdatum",
        ["Capacity"] = "Platser samtidigt",
        ["TargetGroups"] = "Målgrupper",
        ["BudgetedParticipants"] = "Budgeterade deltagare",
        ["BudgetKronor"] = "Budget",
        ["OutcomeKronor"] = "Utfall",
        ["IsAdministration"] = "Hör till administrationen",
        ["Kind"] = "Sort av medlem",
        ["Kronor"] = "Medel",
        ["OwnCapitalKronor"] = "Eget kapital",
        ["Goal"] = "Mål",
        ["Direction"] = "Målets riktning",
        ["Removed"] = "Borttaget",
        ["Body"] = "Text",

        // What the förbund has chosen
        ["ExitReasons"] = "Avslutsorsaker som räknas",
        ["Label"] = "Förbundets ord",
        ["IsOffered"] = "Kan väljas",
    };

    /// <summary>What a field is called; null for one that has no word.</summary>
    public static string? Find(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        if (s_fields.TryGetValue(field, out var word))
            return word;
        if (HeadCount().Match(field) is { Success: true } count)
        {
            var gender = count.Groups["gender"].Value switch { "woman" => "Kvinnor", "man" => "Män", _ => "Okänt kön" };
            return gender + count.Groups["half"].Value switch { "1" => ", första halvåret", "2" => ", andra halvåret", _ => ", hela året" };
        }

        return Answer().Match(field) is { Success: true } answer ? $"Svar på {answer.Groups["item"].Value}" : null;
    }

    /// <summary>What a field is called; the field itself when it has no word, as in a history from another version.</summary>
    public static string Label(string field) => Find(field) ?? field;

    [GeneratedRegex(@"\A(?<gender>woman|man|unknown)\.(?<half>[012])\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HeadCount();

    [GeneratedRegex(@"\AAnswers\[(?<item>.+)\]\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Answer();
}
