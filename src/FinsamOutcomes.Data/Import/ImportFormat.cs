namespace FinsamOutcomes.Data.Import;

/// <summary>The files that can be imported; the names are those of the command line.</summary>
public enum ImportKind
{
    Insatser,
    Instrument,
    Deltagare,
    Sjalvskattning,
    Antal,
    Medel,
    Ekonomi,
    Mal,
}

/// <summary>One column of an import file.</summary>
/// <param name="Name">As in the header row.</param>
/// <param name="IsRequired">The column must stand in the file; its fields may still be empty where the description says so.</param>
/// <param name="Description">What goes in it, in Swedish.</param>
/// <param name="Example">A value of the example row.</param>
public sealed record ImportColumn(string Name, bool IsRequired, string Description, string Example)
{
    /// <summary>The seed file with the codes that are allowed, such as <c>exit_reason</c>; null when any value is.</summary>
    public string? CodeList { get; init; }

    /// <summary>What the register calls it, for whoever maps columns or reads what is corrected: <c>Födelseår</c>.</summary>
    public string Label => Name switch
    {
        "kon" => "Kön",
        "fodelsear" => "Födelseår",
        "utbildning" => "Högsta utbildning",
        "avslutsanledning" => "Avslutsorsak",
        "koad" => "Ställd i kö",
        "forsorjning_fore" => "Försörjning före",
        "forsorjning_efter" => "Försörjning efter",
        "arbete_fore" => "Arbete före (procent)",
        "studier_fore" => "Studier före (procent)",
        "soker_arbete_fore" => "Söker arbete före",
        "arbete_efter" => "Arbete efter (procent)",
        "studier_efter" => "Studier efter (procent)",
        "soker_arbete_efter" => "Söker arbete efter",
        "overordnad" => "Överordnad insats",
        "uppfoljningsmetod" => "Uppföljningsmetod",
        "esf" => "ESF-finansiering",
        "specifik_inriktning" => "Specifik insatsinriktning",
        "inriktning" => "Insatsinriktning",
        "malgrupper" => "Målgrupper",
        "fraga" => "Fråga",
        "min" => "Skalans lägsta värde",
        "max" => "Skalans högsta värde",
        "minsta_viktiga_forandring" => "Minsta viktiga förändring",
        "tillfalle" => "Tillfälle",
        "varde" => "Värde",
        "ar" => "År",
        ImportFormat.MeasureColumn => "Mått",
        "mal" => "Mål",
        _ => char.ToUpperInvariant(Name[0]) + Name[1..].Replace('_', ' '),
    };

    /// <summary>Says who a person is: read for those who may store it, never written to a file, a map or a report.</summary>
    public bool IsIdentity { get; init; }
}

/// <summary>
/// The columns of each import file, in the order of the template and of the export. The order is also what the importers
/// use to name a column, through the constants beside each of them.
/// </summary>
public sealed record ImportFormat(ImportKind Kind, string Name, string Summary, IReadOnlyList<ImportColumn> Columns)
{
    /// <summary>How a file may be written; said wherever one is asked for.</summary>
    public const string Tolerance =
        "Arbetsbok från Excel (.xlsx) eller CSV-fil. Skiljetecken (semikolon, komma eller tabb), teckenkodning (UTF-8, Windows, Mac, DOS eller UTF-16) "
        + "och decimaltecken känns igen.";

    /// <summary>What is good to know about any of the files.</summary>
    public static IReadOnlyList<string> GoodToKnow { get; } =
    [
        "Ordningen på kolumnerna är fri.",
        "Datum läses som man brukar skriva dem: 2024-05-03, 20240503, 3/5 2024, 3.5.2024 eller 3 maj 2024. Det som är osäkert frågar programmet om.",
        "Samma fil två gånger ändrar ingenting.",
        "En apostrof före = + - @ i början av en text skyddar mot formler i kalkylprogram; den tas bort vid inläsningen.",
    ];

    /// <summary>Before the language code in the instrument file's extra text columns: <c>text_en</c>.</summary>
    public const string LanguagePrefix = "text_";

    /// <summary>The column of a file of targets that says what is measured.</summary>
    public const string MeasureColumn = "matt";

    /// <summary>The largest file that is read, in bytes: 2 GB.</summary>
    public const long MaxBytes = 2_000_000_000;

    /// <summary>The most rows a file may have.</summary>
    public const int MaxRows = 5_000_000;

    private static readonly ImportFormat s_insatser = new(ImportKind.Insatser, "insatser", "Insatser och delprojekt, en rad för varje.",
    [
        new("insats", true, "Insatsens namn, unikt i förbundet.", "Steget vidare"),
        new("overordnad", true, "Namnet på den insats som delprojektet hör till; tomt för en insats.", ""),
        new("inriktning", true, "individinriktad eller strukturovergripande.", "individinriktad"),
        new("uppfoljningsmetod", true, "individ (deltagare följs var för sig) eller antal (bara antal räknas).", "individ"),
        new("esf", true, "ja eller nej: medfinansieras insatsen av ESF?", "nej"),
        new("startdatum", true, "ÅÅÅÅ-MM-DD.", "2024-01-15"),
        new("slutdatum", true, "ÅÅÅÅ-MM-DD; tomt när slutet inte är bestämt.", ""),
        new("platser", true, "Antal samtidiga platser; tomt när inget antal är bestämt.", "40"),
        new("specifik_inriktning", false, "Kod; får vara tom.", "forrehabilitering") { CodeList = "specific_orientation" },
        new("malgrupper", false, "En eller flera koder med komma emellan; får vara tom.", "unga,psykisk_ohalsa") { CodeList = "target_group" },
    ]);

    private static readonly ImportFormat s_instrument = new(
        ImportKind.Instrument,
        "instrument",
        "Instrument för självskattning, en rad för varje fråga. Texten på fler språk läggs i kolumner som text_en och text_ar.",
        [
            new("instrument", true, "Instrumentets namn.", "Min väg"),
            new("version", true, "Versionens nummer, 1 eller högre. En version som har använts kan inte ändras.", "1"),
            new("respondent", true, "Vem som svarar: deltagare eller handlaggare.", "deltagare"),
            new("fraga", true, "Frågans kod, unik i versionen.", "halsa"),
            new("text", true, "Frågan som den ställs, på svenska.", "Hur mår du i dag?"),
            new("min", true, "Skalans lägsta värde.", "1"),
            new("max", true, "Skalans högsta värde.", "10"),
            new("riktning", true, "hogre_ar_battre eller lagre_ar_battre.", "hogre_ar_battre"),
            new("minsta_viktiga_forandring", true, "Minsta förändring som räknas, i skalsteg; 0 räknar varje förändring.", "1"),
        ]);

    private static readonly ImportFormat s_deltagare = new(
        ImportKind.Deltagare,
        "deltagare",
        "Deltagare och deras deltaganden, en rad för varje deltagande. Namn och personnummer behövs inte.",
        [
            new("deltagarkod", true, "Förbundets egen kod för personen, högst 50 tecken. Samma kod på flera rader är samma person.", "A-0001"),
            new("insats", true, "Namnet på en insats som redan finns i registret.", "Steget vidare"),
            new("kon", true, "kvinna, man eller okant.", "kvinna"),
            new("fodelsear", true, "Fyra siffror; får vara tomt.", "1990"),
            new("utbildning", false, "Kod; får vara tomt.", "gymnasium") { CodeList = "education_level" },
            new("inskriven", true, "ÅÅÅÅ-MM-DD; tomt för den som står i kö (då behövs koad).", "2024-02-01"),
            new("utskriven", true, "ÅÅÅÅ-MM-DD; tomt för den som deltar.", "2024-10-31"),
            new("avslutsanledning", true, "Avslutsorsakens kod; tomt för den som deltar.", "arbete") { CodeList = "exit_reason" },
            new("koad", false, "ÅÅÅÅ-MM-DD då personen ställdes i kö; får vara tomt.", "2024-01-20"),
            new("planerat_avslut", false, "ja eller nej; får vara tomt.", "ja"),
            new("remittent", false, "Kod för den som anvisade; får vara tomt.", "arbetsformedlingen") { CodeList = "referrer" },
            new("forsorjning_fore", false, "Försörjning vid inskrivning, kod:procent med komma emellan; får vara tomt.", "ekonomiskt_bistand:100")
            {
                CodeList = "livelihood",
            },
            new("forsorjning_efter", false, "Försörjning vid utskrivning, på samma sätt.", "sjukpenning:50,lon:50") { CodeList = "livelihood" },
            new("arbete_fore", false, "Arbete vid inskrivning i procent, 0–100. De tre om sysselsättning fylls i tillsammans eller lämnas tomma.", "0"),
            new("studier_fore", false, "Studier vid inskrivning i procent, 0–100.", "0"),
            new("soker_arbete_fore", false, "ja eller nej: söker personen arbete aktivt vid inskrivning?", "nej"),
            new("arbete_efter", false, "Arbete vid utskrivning i procent, 0–100.", "50"),
            new("studier_efter", false, "Studier vid utskrivning i procent, 0–100.", "0"),
            new("soker_arbete_efter", false, "ja eller nej vid utskrivning.", "ja"),
            new("skyddade_personuppgifter", false, "ja eller nej; får vara tomt. Med ja sparas varken namn eller personnummer.", ""),
            new("namn", false, "Får vara tomt. Läses bara in av handläggare i deltagarens insats, och på servern. Sparas krypterat.", "")
            {
                IsIdentity = true,
            },
            new(
                "personnummer",
                false,
                "Person- eller samordningsnummer, ÅÅÅÅMMDD-NNNN; får vara tomt. Läses in av samma personer som namn, och sparas krypterat.",
                "")
            {
                IsIdentity = true,
            },
        ]);

    private static readonly ImportFormat s_sjalvskattning = new(
        ImportKind.Sjalvskattning,
        "sjalvskattning",
        "Svar på självskattningar, en rad för varje fråga eller en kolumn för varje fråga. Deltagare, insats och instrument ska redan finnas.",
        [
            new("deltagarkod", true, "Koden för en registrerad deltagare.", "A-0001"),
            new("insats", true, "Den insats där svaret lämnades.", "Steget vidare"),
            new("instrument", true, "Instrumentets namn.", "Min väg"),
            new("tillfalle", true, "start, uppfoljning, avslut eller efter.", "start"),
            new("datum", true, "ÅÅÅÅ-MM-DD då svaret lämnades.", "2024-02-01"),
            new("fraga", true, "Frågans kod. Utan kolumnerna fraga och varde är varje okänd kolumn en fråga, med dess kod eller text som rubrik.", "halsa"),
            new("varde", true, "Ett tal på skalan, eller varför det saknas: ej_tillfragad, vill_ej_svara eller vet_ej.", "4"),
            new("respondent", false, "deltagare eller handlaggare; tomt betyder deltagare.", "deltagare"),
            new("version", false, "Instrumentets version; tomt betyder den senaste.", "1"),
            new("inskriven", false, "Deltagandets startdatum, för den som varit i samma insats flera gånger; får vara tomt.", "2024-02-01"),
        ]);

    private static readonly ImportFormat s_antal = new(
        ImportKind.Antal,
        "antal",
        "Antal deltagare som bara räknas, en rad för varje insats, period och kön.",
        [
            new("insats", true, "Namnet på en insats som redan finns i registret.", "Öppna dörren"),
            new("ar", true, "Fyra siffror.", "2024"),
            new("period", true, "hela_aret, halvar_1 eller halvar_2. Ett år räknas antingen helt eller i halvår.", "halvar_1"),
            new("kon", true, "kvinna, man eller okant. En strukturövergripande insats har ett antal utan kön: okant.", "kvinna"),
            new("antal", true, "Antal personer; 0 är ett antal.", "23"),
        ]);

    private static readonly ImportFormat s_medel = new(
        ImportKind.Medel,
        "medel",
        "Vad varje medlem ger förbundet, och förbundets eget kapital, en rad för varje medlem och år.",
        [
            new("ar", true, "Fyra siffror.", "2024"),
            new("slag", true, "stat, region, kommun, esf, annan eller eget_kapital.", "kommun"),
            new("medlem", true, "Medlemmens namn; tomt för eget kapital.", "Norrby kommun"),
            new("kronor", true, "Hela kronor; tomt tills beloppet är känt. Eget kapital kan vara negativt.", "1250000"),
        ]);

    private static readonly ImportFormat s_ekonomi = new(
        ImportKind.Ekonomi,
        "ekonomi",
        "Budget och utfall för insatser och för förbundets egna kostnader, en rad för varje år.",
        [
            new("ar", true, "Fyra siffror.", "2024"),
            new("insats", true, "Namnet på en insats som redan finns; tomt för förbundets egna kostnader.", "Steget vidare"),
            new("kostnad", true, "Vad en av förbundets egna kostnader avser, som Kansli; tomt för en insats.", ""),
            new("budgeterade_deltagare", true, "Antal; får vara tomt. Bara för insatser.", "40"),
            new("budget", true, "Hela kronor; tomt tills beloppet är känt.", "2400000"),
            new("utfall", true, "Hela kronor; tomt tills beloppet är känt.", "2312000"),
            new("administration", false, "ja eller nej: hör kostnaden till förbundets administration? Tomt för en insats.", ""),
        ]);

    private static readonly ImportFormat s_mal = new(
        ImportKind.Mal,
        "mal",
        "Styrelsens mål, en rad för varje år, mått och insats.",
        [
            new("ar", true, "Fyra siffror.", "2024"),
            new("insats", true, "Namnet på en insats som redan finns; tomt för hela förbundet.", ""),
            new(MeasureColumn, true, "Måttets kod.", "positiva-avslut"),
            new("definition", true, "Vad som räknas som positivt, för de mått som frågar det; annars tomt.", "arbete-eller-studier"),
            new("riktning", true, "minst eller hogst.", "minst"),
            new("mal", true, "Nivån i måttets enhet; en andel som 0,45 eller 45 %.", "0,45"),
        ]);

    /// <summary>What the file is about, for headings: <c>Självskattningar</c>.</summary>
    public string Title => Kind switch
    {
        ImportKind.Sjalvskattning => "Självskattningar",
        ImportKind.Mal => "Mål",
        ImportKind.Ekonomi => "Budget och utfall",
        _ => char.ToUpperInvariant(Name[0]) + Name[1..],
    };

    /// <summary>What one row of the file becomes: <c>deltagande</c>.</summary>
    public string RowOf => Kind switch
    {
        ImportKind.Insatser => "insats",
        ImportKind.Instrument => "fråga",
        ImportKind.Deltagare => "deltagande",
        ImportKind.Sjalvskattning => "svar",
        ImportKind.Antal => "antal",
        ImportKind.Medel => "medlem och år",
        ImportKind.Ekonomi => "insats eller kostnad och år",
        _ => "mål",
    };

    /// <summary>What one row of the file becomes, in the plural: <c>deltaganden</c>.</summary>
    public string Unit => Kind switch
    {
        ImportKind.Insatser => "insatser",
        ImportKind.Instrument => "frågor",
        ImportKind.Deltagare => "deltaganden",
        ImportKind.Sjalvskattning => "svar",
        ImportKind.Antal => "antal",
        ImportKind.Mal => "mål",
        _ => "belopp",
    };

    /// <summary>The empty template: a header row with every column.</summary>
    public string Template => string.Join(';', Columns.Select(c => c.Name)) + "\r\n";

    /// <summary>What the template is called as a file.</summary>
    public string TemplateName => Name + ".csv";

    /// <summary>What is registered otherwise can be corrected by such a file.</summary>
    public bool MayCorrect => Kind != ImportKind.Instrument;

    /// <summary>All formats, in the order files are imported.</summary>
    public static IReadOnlyList<ImportFormat> All { get; } =
        [s_insatser, s_instrument, s_deltagare, s_sjalvskattning, s_antal, s_medel, s_ekonomi, s_mal];

    public static ImportFormat Of(ImportKind kind) => All[(int)kind];

    /// <summary>A word in the column can be said to stand for one of a list, however long: what is free text, a code of a person, a date or a sum can't.</summary>
    public bool TakesWords(ImportColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return column.CodeList is not null || column.Name switch
        {
            "insats" or "instrument" => Kind is not (ImportKind.Insatser or ImportKind.Instrument),
            "fraga" => Kind is ImportKind.Sjalvskattning,
            "inriktning" or "uppfoljningsmetod" or "esf" or "respondent" or "riktning" or "kon" or "planerat_avslut" or "soker_arbete_fore"
                or "soker_arbete_efter" or "skyddade_personuppgifter" or "tillfalle" or "varde" or "period" or "slag" or "administration"
                or MeasureColumn or "definition" => true,
            _ => false,
        };
    }

    /// <summary>By its name, as the command line and addresses say it; null when there is none.</summary>
    public static ImportFormat? Find(string? name) => All.FirstOrDefault(f => f.Name == name);

    /// <summary>The codes that <paramref name="column"/> allows with their labels, from the shipped code lists; empty when any value is allowed.</summary>
    public static IReadOnlyList<(string Code, string Label)> Codes(ImportColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return column.CodeList is null
            ? []
            :
            [
                .. Database
                    .SqlCatalogue.Read($"sql/seeds/{column.CodeList}.csv")
                    .TrimStart('\uFEFF')
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Skip(1)
                    .Select(line => line.Split(';'))
                    .Select(f => (f[0], f[1])),
            ];
    }
}
