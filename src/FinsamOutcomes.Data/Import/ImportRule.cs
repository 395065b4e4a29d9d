namespace FinsamOutcomes.Data.Import;

/// <summary>One rule that an import file can break. The code is stable: scripts and help texts may refer to it.</summary>
/// <param name="Code">Such as <c>datum-ogiltigt</c>.</param>
/// <param name="Action">What to do about it, in Swedish.</param>
public sealed record ImportRule(string Code, string Action)
{
    /// <summary>A warning does not stop the import.</summary>
    public bool IsWarning { get; private init; }

    /// <summary>The same where nobody has a command line: without what stands in parentheses about it.</summary>
    public string ActionOnPage =>
        Action.IndexOf(" (finsam import:", StringComparison.Ordinal) is >= 0 and var at ? Action.Remove(at, Action.IndexOf(')', at) + 1 - at) : Action;

    // The file
    public static readonly ImportRule FileMissing = new("fil-saknas", "Kontrollera sökvägen och stavningen.");
    public static readonly ImportRule FileUnreadable = new("fil-olasbar", "Stäng filen i andra program och kontrollera att du har rätt att läsa den.");
    public static readonly ImportRule FileIsFolder = new("fil-ar-mapp", "Ange filen i mappen, inte mappen.");
    public static readonly ImportRule FileEmpty = new("fil-tom", "Börja från mallen.");
    public static readonly ImportRule FileBinary = new(
        "fil-binar",
        "Öppna filen i Excel och spara den som arbetsbok (.xlsx) utan lösenord eller som CSV UTF-8, och läs in den filen.");
    public static readonly ImportRule FileEncoding = new("fil-teckenkodning", "Spara om hela filen som CSV UTF-8.");
    public static readonly ImportRule FileEncodingUnclear = new(
        "fil-teckenkodning-oklar",
        "Välj den teckenkodning där orden blir rätt (finsam import: --teckenkodning mac, dos eller windows), eller spara om filen som CSV UTF-8.");
    public static readonly ImportRule SheetMissing = new("blad-saknas", "Skriv bladets namn som på fliken i Excel.");
    public static readonly ImportRule OtherSheets = new(
        "blad-fler",
        "Är det ett annat blad som ska läsas, skriv dess namn (finsam import: --blad NAMN).")
    {
        IsWarning = true,
    };
    public static readonly ImportRule FileTooLarge = new("fil-for-stor", "Dela filen i flera och läs in dem en i taget.");
    public static readonly ImportRule HeaderMissing = new(
        "rubrikrad-saknas",
        "Lägg kolumnnamnen på första raden som i mallen, eller ange vilken rad de står på (finsam import: --rubrikrad).");
    public static readonly ImportRule OtherKind = new("fil-annat-slag", "Välj det slag som filen är, eller en annan fil.");
    public static readonly ImportRule NoRows = new("rader-saknas", "Saknas det rader: lägg till dem under rubrikraden.") { IsWarning = true };
    public static readonly ImportRule ColumnUnknown = new("kolumn-okand", "Koppla kolumnen till ett fält eller lämna den utanför, eller rätta dess namn i filen.");
    public static readonly ImportRule MapInvalid = new("karta-ogiltig", "Rätta raden i kartan: rubrik;falt;varde;kod, som finsam karta visar.");
    public static readonly ImportRule ColumnMissing = new("kolumn-saknas", "Lägg till kolumnen; fälten får vara tomma där det är tillåtet.");
    public static readonly ImportRule ColumnTwice = new("kolumn-dubblett", "Ta bort den ena kolumnen.");

    // The row
    public static readonly ImportRule FieldCount = new(
        "falt-antal",
        "Kontrollera skiljetecknen på raden; sätt citattecken runt ett fält som innehåller skiljetecknet.");
    public static readonly ImportRule Quotes = new("citattecken", "Sätt citattecken i början och slutet av fältet och dubbla dem inuti.");
    public static readonly ImportRule RowTooLong = new("rad-for-lang", "Leta efter ett citattecken som öppnas men aldrig stängs.");
    public static readonly ImportRule ControlCharacter = new("styrtecken", "Skriv om fältet utan osynliga tecken.");
    public static readonly ImportRule ForbiddenSign = new(
        "otillatet-tecken",
        "Skriv om fältet utan tecknet: det går inte att visa i rapporter, eller syns inte.");
    public static readonly ImportRule LineBreak = new(
        "radbrytning",
        "Ta bort radbrytningen i cellen (Alt+Enter i Excel), eller leta efter ett citattecken som öppnas men aldrig stängs.");
    public static readonly ImportRule CellError = new("cell-fel", "Rätta formeln i kalkylbladet, eller töm cellen.");
    public static readonly ImportRule SumRow = new("summarad", "Ta bort raden: den summerar de andra och är ingen egen rad.");
    public static readonly ImportRule Duplicate = new("dubblett", "Ta bort den ena raden.");

    public static readonly ImportRule Alike = new(
        "kod-forvaxlas",
        "Skriv koden eller namnet likadant på båda ställena, eller välj en annan: de ser likadana ut men är skrivna med olika tecken.");

    // The register
    public static readonly ImportRule OtherImport = new("annan-inlasning", "Vänta tills den är klar och läs in filen igen.");
    public static readonly ImportRule RegisterChanging = new("registret-andras", "Läs in filen igen om en stund, helst när färre registrerar.");

    // Any field
    public static readonly ImportRule PersonalNumber = new(
        "personnummer",
        "Ta bort personnumret: det får bara stå i kolumnen personnummer, och deltagare anges med förbundets egen kod.");
    public static readonly ImportRule Required = new("falt-tomt", "Fyll i fältet.");
    public static readonly ImportRule TooLong = new("text-for-lang", "Korta texten.");
    public static readonly ImportRule CodeUnknown = new("kod-okand", "Använd en av de koder som förklaringen av kolumnen visar.");
    public static readonly ImportRule NumberInvalid = new("tal-ogiltigt", "Skriv talet med siffror och med decimalkomma, utan enhet och utan punkt mellan tusental.");
    public static readonly ImportRule NumberOutside = new("tal-utanfor", "Rätta talet.");
    public static readonly ImportRule DateInvalid = new("datum-ogiltigt", "Skriv datumet som ÅÅÅÅ-MM-DD, till exempel 2024-05-31.");
    public static readonly ImportRule DateTwoDigitYear = new("datum-tvasiffrigt-ar", "Kontrollera datumet, eller skriv året med fyra siffror: ÅÅÅÅ-MM-DD.")
    {
        IsWarning = true,
    };
    public static readonly ImportRule DateDayFirst = new("datum-dag-forst", "Kontrollera att dagen står före månaden, eller skriv datumet som ÅÅÅÅ-MM-DD.")
    {
        IsWarning = true,
    };
    public static readonly ImportRule DateMonthFirst = new("datum-manad-forst", "Skriv datumet som ÅÅÅÅ-MM-DD: i filen står det på amerikanskt vis.");
    public static readonly ImportRule DateDayNumber = new(
        "datum-dagnummer",
        "Är det rätt dag, läs in filen med valet att läsa dagnummer som datum (finsam import: --dagnummer). Annars: visa kolumnen som datum i Excel och spara.");
    public static readonly ImportRule DateNotInCalendar = new("datum-finns-inte", "Rätta dagen eller månaden.");
    public static readonly ImportRule DateOutside = new("datum-utanfor", "Rätta året: datum ska ligga mellan 1990 och 2059.");
    public static readonly ImportRule DateInFuture = new("datum-framtida", "Rätta datumet, eller vänta tills det har inträffat.");
    public static readonly ImportRule DateOrder = new(
        "datum-ordning",
        "Rätta det datum som är fel: kö, inskrivning och utskrivning ska komma i den ordningen.");

    // Insatser
    public static readonly ImportRule InsatsUnknown = new("insats-okand", "Rätta namnet, eller läs in insatsen först.");
    public static readonly ImportRule InsatsWithoutParticipants = new(
        "insats-utan-deltagare",
        "Insatsen följs inte upp på individ; registrera antal i stället.");
    public static readonly ImportRule InsatsDiffers = new(
        "insats-avviker",
        "Låt filen stämma med det som redan är registrerat, eller välj att rätta registret (finsam import: --ratta).");
    public static readonly ImportRule InsatsLocked = new("insats-last", "Låt filen stämma med registret, eller skapa en ny insats i stället.");
    public static readonly ImportRule InsatsEndsEarly = new("delprojekt-langre", "Sätt först slutdatum på delprojekten, i samma fil eller under Insatser.");
    public static readonly ImportRule StructuralByIndividual = new(
        "uppfoljning-strukturell",
        "Skriv antal i uppfoljningsmetod, eller individinriktad i inriktning.");
    public static readonly ImportRule ParentInvalid = new("overordnad-ogiltig", "Ett delprojekt hör till en insats som inte själv är delprojekt.");
    public static readonly ImportRule OutsideParent = new("datum-utanfor-overordnad", "Kontrollera delprojektets datum mot insatsens.") { IsWarning = true };

    // Instrument
    public static readonly ImportRule InstrumentLocked = new("instrument-last", "Gör en ny version: en version som har använts får inte ändras.");
    public static readonly ImportRule ScaleInvalid = new("skala-ogiltig", "Skalans max ska vara större än dess min.");

    // Deltagare
    public static readonly ImportRule BirthYearInvalid = new("fodelsear-ogiltigt", "Skriv födelseåret med fyra siffror, till exempel 1987.");
    public static readonly ImportRule AgeImpossible = new("fodelsear-orimligt", "Rätta födelseåret eller datumet: åldern vid start ska vara 0–110 år.");
    public static readonly ImportRule AgeUnusual = new("fodelsear-ovanligt", "Kontrollera födelseåret: åldern vid start är under 15 eller över 70 år.")
    {
        IsWarning = true,
    };
    public static readonly ImportRule CodeLikeName = new(
        "kod-som-namn",
        "Välj en kod som inte avslöjar vem deltagaren är. Är det inget namn kan raden stå som den är.")
    {
        IsWarning = true,
    };
    public static readonly ImportRule CodeScientific = new(
        "kod-grundpotens",
        "Excel har gjort om koden till ett tal, som 1,23E+05, och flera siffror är borta: hämta koden där den först skrevs. Välj formatet Text för kolumnen innan koderna klistras in, eller öppna filen med Data > Från text/CSV och kolumnen som text.");
    public static readonly ImportRule CodeQuotes = new(
        "kod-citattecken",
        "Skriv koden utan citattecken och apostrofer: kalkylprogram lägger till dem och tar bort dem.");
    public static readonly ImportRule CodeReserved = new("kod-gallrad", "Koder som börjar med ”gallrad” får de som har gallrats: välj en annan kod.");
    public static readonly ImportRule LikelySame = new(
        "kanske-samma-person",
        "Kontrollera om det är samma person: skriv då koden som i registret. Är det en annan person kan raden stå som den är.")
    {
        IsWarning = true,
    };
    public static readonly ImportRule NumberFaulty = new("personnummer-ogiltigt", "Rätta personnumret, eller lämna fältet tomt.");
    public static readonly ImportRule NumberDiffers = new(
        "personnummer-avviker",
        "Kontrollera vilket som är rätt. Det som är registrerat rättas på deltagarens sida.");
    public static readonly ImportRule NumberTaken = new(
        "personnummer-finns",
        "Samma personnummer är samma person: skriv samma deltagarkod, eller rätta personnumret.");
    public static readonly ImportRule NumberNotCompared = new(
        "personnummer-ej-jamfort",
        "Rätta raderna ovan först. Förbundets administratör ser hur många träffar det har blivit under dagen.");
    public static readonly ImportRule NameLong = new("namn-for-langt", "Skriv tilltalsnamn och efternamn: det räcker.");
    public static readonly ImportRule NameDiffers = new("namn-avviker", "Kontrollera att det är rätt person. Namnet ändras på deltagarens sida.")
    {
        IsWarning = true,
    };
    public static readonly ImportRule NameWithoutRight = new(
        "namn-utan-ratt",
        "Töm fälten namn och personnummer, eller lämna kolumnerna utanför. En handläggare i insatsen kan skriva in dem under Deltagare.");
    public static readonly ImportRule NameBeforeConsent = new(
        "namn-fore-samtycke",
        "Töm fälten namn och personnummer. Skriv in samtycket på deltagarens sida, och läs in namnet sedan.");
    public static readonly ImportRule NameStopped = new(
        "namn-sparrat",
        "Läs in filen utan namn och personnummer, eller be en annan förbundsadministratör titta på träffarna.");
    public static readonly ImportRule ProtectedIdentity = new(
        "skyddade-personuppgifter",
        "Ta bort namn och personnummer ur raden: de sparas inte för den som har skyddade personuppgifter.");
    public static readonly ImportRule ProtectionNotCompared = new(
        "skydd-inte-jamfort",
        "Det som står i registret gäller. En handläggare i insatsen ser det på deltagarens sida och kan ändra det där.")
    {
        IsWarning = true,
    };
    public static readonly ImportRule ProtectionDiffers = new(
        "skydd-avviker",
        "Ändra skyddet på deltagarens sida: när det sätts tas namn och personnummer bort samtidigt.");
    public static readonly ImportRule KeyUnusable = new(
        "nyckel-saknas",
        "Läs in filen utan namn och personnummer, eller kontakta den som sköter systemet.");
    public static readonly ImportRule DatesMissing = new("inskriven-saknas", "Fyll i inskriven, eller koad för den som står i kö.");
    public static readonly ImportRule ReasonWithoutExit = new("avslut-utan-datum", "Fyll i utskriven, eller ta bort avslutsanledning och planerat_avslut.");
    public static readonly ImportRule ExitWithoutReason = new("avslut-utan-anledning", "Fyll i avslutsanledning när den är känd.") { IsWarning = true };
    public static readonly ImportRule ParticipantDiffers = new(
        "deltagare-avviker",
        "En person har ett kön och ett födelseår: rätta den rad som är fel, eller registret. Är det filen som är rätt, välj att den ska rätta registret (finsam import: --ratta).");
    public static readonly ImportRule CorrectedByHand = new(
        "rattas-for-hand",
        "Låt en handläggare rätta kön och födelseår på deltagarens sida, eller låt filen stämma med registret.");
    public static readonly ImportRule ParticipantErased = new("deltagare-gallrad", "Personens uppgifter är gallrade; använd inte koden igen.");
    public static readonly ImportRule OpensToOneself = new(
        "oppnar-for-dig-sjalv",
        "Låt en annan förbundsadministratör läsa in raden, eller ta bort den ur filen. Är det en ny inskrivning kan du registrera den under Deltagare.");
    public static readonly ImportRule ParticipationDiffers = new(
        "deltagande-avviker",
        "Ändra deltagandet i registret, eller låt filen stämma med det som redan är registrerat. Är det filen som är rätt, välj att den ska rätta registret (finsam import: --ratta).");
    public static readonly ImportRule Overlap = new("deltagande-overlappar", "Rätta datumen: en person kan bara vara i samma insats en gång åt gången.");
    public static readonly ImportRule OutsideInsats = new("datum-utanfor-insats", "Kontrollera datumet mot insatsens start och slut.") { IsWarning = true };
    public static readonly ImportRule ExitAfterClosing = new("utskriven-efter-insatsens-slut", "Kontrollera utskriven, eller ändra insatsens slutdatum.")
    {
        IsWarning = true,
    };
    public static readonly ImportRule MissedExit = new("missat-avslut", "Fyll i utskriven, eller ändra insatsens slutdatum om den pågår.") { IsWarning = true };
    public static readonly ImportRule LivelihoodInvalid = new(
        "forsorjning-ogiltig",
        "Skriv kod:procent med komma emellan, till exempel sjukpenning:50,lon:50, varje kod en gång och tillsammans högst 100.");
    public static readonly ImportRule LivelihoodNotWhole = new("forsorjning-inte-hel", "Kontrollera andelarna: de blir tillsammans inte 100 procent.")
    {
        IsWarning = true,
    };
    public static readonly ImportRule OccupationIncomplete = new(
        "sysselsattning-ofullstandig",
        "Fyll i arbete, studier och söker arbete tillsammans, eller lämna alla tre tomma.");
    public static readonly ImportRule AfterWithoutExit = new(
        "efter-utan-utskrivning",
        "Kontrollera raden: uppgifter vid utskrivning finns fast utskriven är tomt.")
    {
        IsWarning = true,
    };

    // Självskattning
    public static readonly ImportRule ParticipantUnknown = new("deltagare-okand", "Rätta koden, eller läs in deltagaren först.");
    public static readonly ImportRule ParticipationUnknown = new("deltagande-okant", "Rätta insatsen eller inskriven: deltagaren är inte registrerad där.");
    public static readonly ImportRule InstrumentUnknown = new("instrument-okant", "Rätta namnet eller versionen, eller läs in instrumentet först.");
    public static readonly ImportRule ItemUnknown = new("fraga-okand", "Rätta frågans kod.");
    public static readonly ImportRule OutsideScale = new(
        "varde-utanfor-skalan",
        "Rätta värdet, eller skriv varför svaret saknas: ej_tillfragad, vill_ej_svara eller vet_ej.");
    public static readonly ImportRule AnswerDiffers = new(
        "svar-avviker",
        "Låt filen stämma med det som redan är registrerat, eller välj att rätta registret (finsam import: --ratta).");
    public static readonly ImportRule OutsideParticipation = new("datum-utanfor-deltagande", "Kontrollera datumet mot deltagandets start och slut.")
    {
        IsWarning = true,
    };

    // Antal, medel, ekonomi och mål
    public static readonly ImportRule RowDiffers = new(
        "uppgift-avviker",
        "Låt filen stämma med det som redan är registrerat, eller välj att rätta registret (finsam import: --ratta).");
    public static readonly ImportRule PeriodOutside = new("period-utanfor-insats", "Kontrollera året och perioden mot insatsens start och slut.");
    public static readonly ImportRule PeriodNotBegun = new("period-framtida", "Rätta året eller perioden, eller vänta tills den har börjat.");
    public static readonly ImportRule YearAndHalf = new(
        "antal-ar-och-halvar",
        "Ange antingen hela året eller halvåren, annars räknas samma personer två gånger.");
    public static readonly ImportRule CountWithoutGender = new(
        "antal-utan-kon",
        "Skriv okant i kon, med alla i ett antal. Antal efter kön läggs ihop, och räknas som ifyllt först när både kvinnor och män finns.")
    {
        IsWarning = true,
    };
    public static readonly ImportRule EitherOr = new("falt-antingen-eller", "Fyll i det ena av fälten och lämna det andra tomt.");
    public static readonly ImportRule NotAsked = new("falt-ska-vara-tomt", "Töm fältet.");
    public static readonly ImportRule AmountInvalid = new("belopp-ogiltigt", "Skriv beloppet i hela kronor, som 1250000 eller 1 250 000.");
    public static readonly ImportRule GoalInvalid = new("mal-ogiltigt", "Skriv nivån som ett tal med högst fyra decimaler, en andel som 0,45 eller 45 %.");

    /// <summary>Every rule, for the help text.</summary>
    public static IReadOnlyList<ImportRule> All { get; } =
    [
        .. typeof(ImportRule)
            .GetFields(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static)
            .Select(f => f.GetValue(null))
            .OfType<ImportRule>(),
    ];
}
