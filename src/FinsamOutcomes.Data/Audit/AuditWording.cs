namespace FinsamOutcomes.Data.Audit;

/// <summary>What events are called in Swedish: the one table of actions, and of what they are about.</summary>
public static class AuditWording
{
    private static readonly Dictionary<string, string> s_actions = new(StringComparer.Ordinal)
    {
        ["AccessRequests.Approve"] = "Sa ja till en annan administratörs begäran",
        ["AccessRequests.Ask"] = "Bad en annan administratör om ett ja",
        ["AccessRequests.Refuse"] = "Sa nej till en annan administratörs begäran",
        ["AccessRequests.Withdraw"] = "Tog tillbaka sin begäran",
        ["Assessments.Correct"] = "Rättade självskattning",
        ["Assessments.Register"] = "Registrerade självskattning",
        ["Assessments.Remove"] = "Tog bort självskattning",
        ["Audit.Search"] = "Sökte i loggen",
        ["Board.Save"] = "Sparade statistik som fil",
        ["Caseworkers.Assign"] = "Gav deltagande till handläggare",
        ["Caseworkers.End"] = "Avslutade handläggares uppdrag",
        ["CodeLists.Choose"] = "Ändrade kodlista",
        ["Forbund.Add"] = "La till förbundet",
        ["Forbund.SetPositiveReasons"] = "Ändrade vad som räknas som positiv lösning",
        ["HeadCounts.Save"] = "Registrerade antal deltagare",
        ["HeadCounts.Set"] = "Registrerade antal deltagare",
        ["Import.Deltagare"] = "Läste in deltagare från fil",
        ["Import.Insatser"] = "Läste in insatser från fil",
        ["Import.Instrument"] = "Läste in instrument från fil",
        ["Import.Sjalvskattning"] = "Läste in självskattningar från fil",
        ["InsatsTexts.Set"] = "Skrev text till årsredovisningen",
        ["Insatser.Add"] = "La till insats",
        ["Insatser.RemoveCost"] = "Tog bort förbundskostnad",
        ["Insatser.RemoveTarget"] = "Tog bort mål",
        ["Insatser.SetCost"] = "Ändrade förbundskostnad",
        ["Insatser.SetTarget"] = "Ändrade mål",
        ["Insatser.SetYear"] = "Ändrade insatsens budget och utfall",
        ["Insatser.Update"] = "Ändrade insats",
        ["Instruments.Add"] = "La till instrument",
        ["Instruments.ReplaceItems"] = "Ändrade instrumentets frågor",
        ["Invitations.Accept"] = "Tog emot inbjudan",
        ["Invitations.Invite"] = "Bjöd in användare",
        ["Invitations.Renew"] = "Gjorde en ny länk i stället för en tidigare",
        ["Invitations.Reset"] = "Gjorde en länk till nytt lösenord",
        ["Invitations.Withdraw"] = "Drog tillbaka länk",
        ["ParticipantNames.Index"] = "Gjorde namnen sökbara",
        ["Participants.Add"] = "La till deltagare",
        ["Participants.Erase"] = "Gallrade deltagare",
        ["Participants.List"] = "Såg en lista med deltagare utan namn",
        ["Participants.Open"] = "Öppnade deltagare",
        ["Participants.ReadIdentities"] = "Såg namn på flera deltagare",
        ["Participants.ReadIdentity"] = "Såg deltagarens namn och personnummer",
        ["Participants.Update"] = "Ändrade deltagare",
        ["Participations.Correct"] = "Rättade deltagande",
        ["Participations.Enter"] = "Registrerade inskrivning från kö",
        ["Participations.Exit"] = "Registrerade avslut",
        ["Participations.Misregister"] = "Markerade felregistrering",
        ["Participations.Queue"] = "Ställde deltagare i kö",
        ["Participations.Register"] = "Registrerade inskrivning",
        ["Participations.SetSituation"] = "Ändrade försörjning och sysselsättning",
        ["Participations.UndoExit"] = "Ångrade avslut",
        ["Presence.Match"] = "Fick veta att en person kan finnas i registret",
        ["Presence.Release"] = "Lät användare spara namn igen efter många träffar",
        ["Presence.Stop"] = "Nådde gränsen för träffar på personer i andra insatser",
        ["Privacy.NewKey"] = "Började om med en ny nyckelfil",
        ["Quality.Dismiss"] = "Markerade anmärkning som kontrollerad",
        ["Quality.Wake"] = "Väckte anmärkning igen",
        ["Reach.Ask"] = "Bad om att få öppna en tidigare deltagare",
        ["Reach.AskInVain"] = "Bad om att få öppna någon som inte gick att öppna",
        ["Reach.End"] = "Avslutade öppning av en tidigare deltagare",
        ["Reach.Open"] = "Öppnade en tidigare deltagare för en handläggare",
        ["Reach.Refuse"] = "Sa nej till att öppna en tidigare deltagare",
        ["Reach.SetSettings"] = "Ändrade regler för behörighet",
        ["ReportJobs.Delete"] = "Tog bort rapport",
        ["ReportJobs.Download"] = "Hämtade rapport",
        ["ReportJobs.Fail"] = "Rapporten gick inte att göra",
        ["ReportJobs.Finish"] = "Rapporten blev klar",
        ["ReportJobs.Request"] = "Beställde rapport",
        ["UppfoljningFinsam.RecordDelivery"] = "Hämtade fil till Uppföljning Finsam",
        ["UppfoljningFinsam.TakeToSettle"] = "Hämtade listan över vad som ska redas ut",
        ["Users.Add"] = "La till användare",
        ["Users.ChangePassword"] = "Bytte lösenord",
        ["Users.ChangePasswordByLink"] = "Valde nytt lösenord med en länk",
        ["Users.Deactivate"] = "Avaktiverade användares konto",
        ["Users.LoseCode"] = "Förlorade sin engångskod med nyckelfilen",
        ["Users.NewRecoveryCodes"] = "Gjorde nya reservkoder",
        ["Users.Reactivate"] = "Aktiverade användares konto igen",
        ["Users.Remove"] = "Tog bort användare ur förbundet",
        ["Users.RemoveCode"] = "Tog bort användarens engångskod",
        ["Users.Rename"] = "Ändrade användares namn",
        ["Users.SetRoles"] = "Ändrade användares roller och insatser",
        ["Users.SignIn"] = "Loggade in",
        ["Users.SignInFailed"] = "Misslyckades att logga in",
        ["Users.SignOut"] = "Loggade ut",
        ["Users.SignOutEverywhere"] = "Loggade ut på alla enheter",
        ["Users.TurnOffCode"] = "Slutade använda engångskod",
        ["Users.TurnOnCode"] = "Började använda engångskod",
        ["Users.Unlock"] = "Låste upp användares konto",
        ["Users.UseRecoveryCode"] = "Loggade in med reservkod",
    };

    private static readonly Dictionary<string, string> s_entities = new(StringComparer.Ordinal)
    {
        ["access_setting"] = "Regler för behörighet",
        ["app_user"] = "Användare",
        ["assessment"] = "Självskattning",
        ["audit_event"] = "Loggen",
        ["board"] = "Statistik",
        ["code_choice"] = "Kodlista",
        ["delivery"] = "Överlämning",
        ["forbund"] = "Förbundet",
        ["forbund_cost"] = "Förbundskostnad",
        ["head_count"] = "Antal i insats",
        ["import_batch"] = "Inläsning",
        ["insats"] = "Insats",
        ["insats_text"] = "Text om insats",
        ["insats_year"] = "Budget för insats",
        ["instrument"] = "Instrument",
        ["key_check"] = "Nyckelfilen",
        ["participant"] = "Deltagare",
        ["participant_name_index"] = "Sökning på namn",
        ["participation"] = "Deltagande",
        ["participation_caseworker"] = "Handläggare för deltagande",
        ["positive_definition"] = "Positiv lösning",
        ["quality_dismissal"] = "Anmärkning",
        ["report_job"] = "Rapport",
        ["target"] = "Mål",
        ["user_invitation"] = "Inbjudan",
    };

    /// <summary>What was done; the action itself when it has no words, as in a log from another version.</summary>
    public static string Action(string action) => s_actions.GetValueOrDefault(action, action);

    /// <summary>Every action that has words.</summary>
    public static IReadOnlyCollection<string> Actions => s_actions.Keys;

    public static bool Knows(string action) => s_actions.ContainsKey(action);

    /// <summary>Each table that events are about and what it is called, in alphabetical order.</summary>
    public static IReadOnlyList<(string Entity, string Words)> Entities { get; } =
        [.. s_entities.Select(e => (e.Key, e.Value)).OrderBy(e => e.Value, StringComparer.Create(System.Globalization.CultureInfo.GetCultureInfo("sv-SE"), ignoreCase: true))];

    /// <summary>What it was done to; the table itself when it has no word.</summary>
    public static string Entity(string entity) => s_entities.GetValueOrDefault(entity, entity);
}
