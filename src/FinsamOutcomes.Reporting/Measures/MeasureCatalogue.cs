using FinsamOutcomes.Data;

namespace FinsamOutcomes.Reporting.Measures;

/// <summary>What is counted.</summary>
public enum MeasureUnit
{
    Persons,
    Participations,
    Exits,
    Days,
    Answers,
    Kronor,
}

/// <summary>One figure of a measure.</summary>
/// <param name="Name">As in <see cref="MeasureCell.Statistic"/>.</param>
/// <param name="Label">As a column heading, in Swedish.</param>
/// <param name="Kind">How its value is written.</param>
/// <param name="PeriodRule">Its own period rule, where the measure's speaks of several; null for the measure's.</param>
public sealed record MeasureStatistic(string Name, string Label, StatisticKind Kind, string? PeriodRule = null);

/// <summary>How the value of a statistic is written.</summary>
public enum StatisticKind
{
    Count,

    /// <summary>0–1, shown as per cent.</summary>
    Share,

    /// <summary>0–1 at a mark of a curve: estimated, and no count of a count. Its denominator is what the curve rests on.</summary>
    CurveShare,

    /// <summary>−1 to 1, shown as percentage points.</summary>
    ShareDifference,
    Score,
    Days,
    Kronor,

    /// <summary>A p-value, 0–1.</summary>
    Probability,
}

/// <summary>What a reader must know of a measure: unit, period rule, definition.</summary>
public sealed record MeasureInfo
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required MeasureUnit Unit { get; init; }

    /// <summary>The unit as printed: <c>personer</c>.</summary>
    public required string UnitText { get; init; }

    /// <summary>The title with its unit, but for a title that says it already: <c>Personer</c>, <c>Tid i insats (dagar)</c>.</summary>
    public string TitleWithUnit => WithUnit(Title, UnitText);

    /// <summary>Which participations belong to a period.</summary>
    public required string PeriodRule { get; init; }

    public required string Definition { get; init; }

    public required IReadOnlyList<MeasureStatistic> Statistics { get; init; }

    public MeasureDimensions Dimensions { get; init; } =
        MeasureDimensions.Insats | MeasureDimensions.Gender | MeasureDimensions.Age | MeasureDimensions.Education | MeasureDimensions.Referrer;

    /// <summary>True when <c>--definition</c> names a definition of positive exit.</summary>
    public bool TakesPositiveDefinition { get; init; }

    /// <summary>True when <c>--denominator</c> can be chosen.</summary>
    public bool TakesDenominator { get; init; }

    /// <summary>True when only whole calendar years can be answered.</summary>
    public bool NeedsWholeYears { get; init; }

    /// <summary>True when anonymous participants, who are reported for a half-year or a year, are among what is counted.</summary>
    public bool HasHeadCounts => Statistics.Any(s => s.Name == "anonymous");

    /// <summary>A title with a unit, unless either holds the other.</summary>
    internal static string WithUnit(string title, string unit) =>
        title.Contains(unit, StringComparison.OrdinalIgnoreCase) || unit.Contains(title, StringComparison.OrdinalIgnoreCase) ? title : $"{title} ({unit})";

    /// <summary>The dimension whose codes are this measure's categories, null when it has none.</summary>
    public string? CategoryDimension { get; init; }
}

/// <summary>Every measure of the product and how it is defined.</summary>
public static class MeasureCatalogue
{
    /// <summary>Work or studies, subsidised work included.</summary>
    public const string DefaultDefinition = "arbete-eller-studier";

    /// <summary>What a share of positive exits can be of; the first is the default.</summary>
    public static IReadOnlyList<string> Denominators { get; } = ["avslutade", "avslutade-utom-neutrala", "deltagande"];

    /// <summary>The category of curves: days since entry.</summary>
    internal const string Days = "days";

    private const string InPeriodRule = $"{InPeriod} {New} {Ended} {Ongoing}";
    private const string InPeriod = "Deltagande i perioden: inskriven senast periodens sista dag och inte utskriven före dess första.";
    private const string New = "Nya: inskrivna i perioden.";
    private const string Ended = "Avslutade: utskrivna i perioden.";
    private const string Ongoing = "Pågående: inskrivna senast periodens sista dag och inte utskrivna då.";
    private const string Anonymous =
        "Anonyma deltagare räknas bara i perioder som rymmer hela det år eller halvår som de rapporterats för; annars går antalet inte att säga (inget underlag).";
    private const string Structural =
        "Personer i strukturövergripande insatser, till exempel personal på utbildningsdagar, är inga deltagare: de räknas för sig, efter samma regel som anonyma deltagare.";
    private const string ExitRule = "Deltaganden som skrivits ut i perioden.";
    private const string Misregistered = " Felregistreringar räknas aldrig.";

    private static readonly MeasureStatistic[] s_stays =
    [
        new("in_period", "Deltagande i perioden", StatisticKind.Count, InPeriod),
        new("new", "Nya", StatisticKind.Count, New),
        new("ended", "Avslutade", StatisticKind.Count, Ended),
        new("ongoing_at_end", "Pågående vid periodens slut", StatisticKind.Count, Ongoing),
    ];

    private static readonly MeasureStatistic[] s_beforeAfter =
    [
        new("before", "Före", StatisticKind.Count),
        new("after", "Efter", StatisticKind.Count),
        new("share_before", "Andel före", StatisticKind.Share),
        new("share_after", "Andel efter", StatisticKind.Share),
        new("before_all", "Före, alla med uppgift", StatisticKind.Count),
        new("after_all", "Efter, alla med uppgift", StatisticKind.Count),
        new("transition", "Från–till", StatisticKind.Count),
        new("n_paired", "Med uppgift både före och efter", StatisticKind.Count),
        new("n_before_only", "Bara före", StatisticKind.Count),
        new("n_after_only", "Bara efter", StatisticKind.Count),
        new("n_neither", "Ingen uppgift", StatisticKind.Count),
    ];

    /// <summary>In the order of the list that <c>finsam statistik --list</c> prints.</summary>
    public static IReadOnlyList<MeasureInfo> All { get; } =
    [
        new()
        {
            Name = "deltaganden",
            Title = "Deltaganden",
            Unit = MeasureUnit.Participations,
            UnitText = "deltaganden",
            PeriodRule = InPeriodRule,
            Definition = "En persons tid i en insats är ett deltagande; samma person kan ha flera." + Misregistered,
            Statistics = s_stays,
        },
        new()
        {
            Name = "personer",
            Title = "Personer",
            Unit = MeasureUnit.Persons,
            UnitText = "personer",
            PeriodRule = $"{InPeriodRule} {Anonymous}",
            Definition =
                "Olika personer bland deltagandena: den som är med i två insatser är en person i förbundet. Delarna kan därför bli fler än totalen. Anonyma deltagare ingår i Deltagande i perioden, efter insats och kön. Där två halvår är lagda ihop är antalet högst det som står: den som var med i båda räknas två gånger. Personer i strukturövergripande insatser är inga deltagare och räknas för sig."
                + Misregistered,
            Statistics =
            [
                s_stays[0],
                new("anonymous", "varav anonyma", StatisticKind.Count, Anonymous),
                .. s_stays[1..],
                new("structural", "Personer i strukturövergripande insatser (ingår inte)", StatisticKind.Count, Structural),
            ],
        },
        new()
        {
            Name = "ko",
            Title = "I kö",
            Unit = MeasureUnit.Participations,
            UnitText = "platser i kö",
            PeriodRule = "Läget på periodens sista dag.",
            Definition = "Anmälda som ännu inte skrivits in och inte lämnat kön." + Misregistered,
            Statistics = [new("queued_at_end", "I kö", StatisticKind.Count)],
        },
        new()
        {
            Name = "positiva-avslut",
            Title = "Positiva avslut",
            Unit = MeasureUnit.Exits,
            UnitText = "avslut",
            PeriodRule = ExitRule,
            Definition =
                "Andelen positiva avslut enligt den definition som anges, med 95 % konfidensintervall (Wilson). Avslut utan den uppgift som definitionen behöver räknas inte som positiva."
                + Misregistered,
            Statistics = [new("share", "Andel positiva", StatisticKind.Share)],
            TakesPositiveDefinition = true,
            TakesDenominator = true,
        },
        new()
        {
            Name = "konsskillnad",
            Title = "Skillnad i positiva avslut, kvinnor minus män",
            Unit = MeasureUnit.Exits,
            UnitText = "avslut",
            PeriodRule = ExitRule,
            Definition =
                "Andelen positiva avslut bland kvinnor minus andelen bland män, med 95 % konfidensintervall (Newcombe) och Fishers exakta test. Okänt kön ingår inte."
                + Misregistered,
            Statistics = [new("difference", "Skillnad", StatisticKind.ShareDifference), new("fisher_p", "p (Fisher)", StatisticKind.Probability)],
            TakesPositiveDefinition = true,
            TakesDenominator = true,
        },
        new()
        {
            Name = "avslutsorsaker",
            Title = "Avslutsorsaker",
            Unit = MeasureUnit.Exits,
            UnitText = "avslut",
            PeriodRule = ExitRule,
            Definition = "Avsluten efter orsak, som antal och som andel av alla avslut, med 95 % konfidensintervall (Wilson)." + Misregistered,
            Statistics = [new("count", "Antal", StatisticKind.Count), new("share", "Andel", StatisticKind.Share)],
            CategoryDimension = "exit_reason",
        },
        new()
        {
            Name = "genomstromning",
            Title = "Genomströmning",
            Unit = MeasureUnit.Participations,
            UnitText = "deltaganden",
            PeriodRule = "Avslutade i perioden av deltagande i perioden.",
            Definition = "Andelen av periodens deltaganden som avslutades i den, med 95 % konfidensintervall (Wilson)." + Misregistered,
            Statistics = [new("share", "Andel avslutade", StatisticKind.Share)],
        },
        new()
        {
            Name = "tid-i-insats",
            Title = "Tid i insats",
            Unit = MeasureUnit.Days,
            UnitText = "dagar",
            PeriodRule = "Deltaganden i perioden, följda till dess sista dag.",
            Definition =
                "Mediantid från inskrivning till utskrivning: för de avslutade, och för alla i perioden enligt Kaplan–Meier, där de som är kvar räknas med så länge de följts. Den som kom före perioden finns med bara för att hen inte hade slutat, och räknas därför först från den tid hen redan hade varit inne (fördröjt inträde). Inget underlag: hälften har ännu inte slutat, eller för få att följa från början."
                + Misregistered,
            Statistics =
            [
                new("median_days_ended", "Mediantid, avslutade", StatisticKind.Days),
                new("median_days", "Mediantid, alla (Kaplan–Meier)", StatisticKind.Days),
            ],
        },
        new()
        {
            Name = "tid-till-avslut",
            Title = "Tid till avslut",
            Unit = MeasureUnit.Participations,
            UnitText = "deltaganden",
            PeriodRule = "Deltaganden i perioden, följda till dess sista dag.",
            Definition =
                "Andelen som är kvar i insatsen så många dagar efter inskrivningen (Kaplan–Meier), andelen som har lämnat den med ett positivt avslut enligt den definition som anges och andelen som har lämnat den på annat sätt (Aalen–Johansen, där de båda slagen av avslut konkurrerar), var trettionde dag, med 95 % konfidensintervall (log-log). Antalet som följs är de som är kvar och följs dagen efter den markerade; vid dag 0 de som skrevs in i perioden. De som är kvar räknas med så länge de har följts. Den som kom före perioden följs först från den tid hen redan hade varit inne (fördröjt inträde), så antalet som följs kan öka. Avslut utan den uppgift som definitionen behöver räknas inte som positiva."
                + Misregistered,
            Statistics =
            [
                new("remaining", "Kvar i insatsen", StatisticKind.CurveShare),
                new("positive", "Positivt avslut", StatisticKind.CurveShare),
                new("other", "Annat avslut", StatisticKind.CurveShare),
                new("at_risk", "Antal som följs", StatisticKind.Count),
                new("participations", "Deltaganden", StatisticKind.Count),
                new("still_in", "Kvar vid periodens slut", StatisticKind.Count),
            ],
            TakesPositiveDefinition = true,
            CategoryDimension = Days,
        },
        new()
        {
            Name = "forsorjning",
            Title = "Försörjning före och efter",
            Unit = MeasureUnit.Exits,
            UnitText = "avslut",
            PeriodRule = ExitRule,
            Definition = "Den huvudsakliga försörjningen (största andelen; är två lika stora, den som står först i kodlistan) före och efter, för dem med uppgift om båda; bortfallet redovisas." + Misregistered,
            Statistics = s_beforeAfter,
            CategoryDimension = "livelihood",
        },
        new()
        {
            Name = "sysselsattning",
            Title = "Sysselsättning före och efter",
            Unit = MeasureUnit.Exits,
            UnitText = "avslut",
            PeriodRule = ExitRule,
            Definition =
                "Arbete går före studier och studier före aktivt arbetssökande, så att var och en finns i en grupp; före och efter för dem med uppgift om båda, bortfallet redovisas."
                + Misregistered,
            Statistics = s_beforeAfter,
            CategoryDimension = "occupation",
        },
        new()
        {
            Name = "sjalvskattning",
            Title = "Självskattning före och efter",
            Unit = MeasureUnit.Answers,
            UnitText = "deltaganden med svar",
            PeriodRule = ExitRule + " Första skattningen vid start mot sista vid avslut.",
            Definition =
                "Förändring för dem som svarat båda gångerna: medel med 95 % t-intervall, median, andel förbättrade med Wilsonintervall och Wilcoxons teckenrangtest. Bortfallet redovisas. Förändringen är efter minus före, vilket håll som än är bra."
                + Misregistered,
            Statistics =
            [
                new("n_paired", "Svar båda gångerna", StatisticKind.Count),
                new("n_start_only", "Bara start", StatisticKind.Count),
                new("n_exit_only", "Bara avslut", StatisticKind.Count),
                new("n_paired_positive", "Båda, positivt avslut", StatisticKind.Count),
                new("n_start_only_positive", "Bara start, positivt avslut", StatisticKind.Count),
                new("n_exit_only_positive", "Bara avslut, positivt avslut", StatisticKind.Count),
                new("n_paired_not_positive", "Båda, annat avslut", StatisticKind.Count),
                new("n_start_only_not_positive", "Bara start, annat avslut", StatisticKind.Count),
                new("n_exit_only_not_positive", "Bara avslut, annat avslut", StatisticKind.Count),
                new("mean_before", "Medel före", StatisticKind.Score),
                new("mean_after", "Medel efter", StatisticKind.Score),
                new("mean_change", "Medelförändring", StatisticKind.Score),
                new("median_change", "Medianförändring", StatisticKind.Score),
                new("improved", "Förbättrade", StatisticKind.Count),
                new("unchanged", "Oförändrade", StatisticKind.Count),
                new("worse", "Försämrade", StatisticKind.Count),
                new("share_improved", "Andel förbättrade", StatisticKind.Share),
                new("share_unchanged", "Andel oförändrade", StatisticKind.Share),
                new("share_worse", "Andel försämrade", StatisticKind.Share),
                new("wilcoxon_v", "Wilcoxon V", StatisticKind.Score),
                new("wilcoxon_p", "p (Wilcoxon)", StatisticKind.Probability),
            ],
        },
        new()
        {
            Name = "kostnad-per-deltagande",
            Title = "Kostnad per deltagande",
            Unit = MeasureUnit.Kronor,
            UnitText = "kronor per deltagande",
            PeriodRule = "Hela kalenderår: årens utfall delat med deltaganden i perioden.",
            Definition = "De individinriktade insatsernas utfall; kostnader som inte hör till någon sådan insats ingår inte." + Misregistered,
            Statistics = [new("cost", "Kostnad", StatisticKind.Kronor)],
            Dimensions = MeasureDimensions.Insats,
            NeedsWholeYears = true,
        },
        new()
        {
            Name = "kostnad-per-positivt-avslut",
            Title = "Kostnad per positivt avslut",
            Unit = MeasureUnit.Kronor,
            UnitText = "kronor per positivt avslut",
            PeriodRule = "Hela kalenderår: årens utfall delat med positiva avslut i perioden.",
            Definition = "De individinriktade insatsernas utfall; kostnader som inte hör till någon sådan insats ingår inte." + Misregistered,
            Statistics = [new("cost", "Kostnad", StatisticKind.Kronor)],
            Dimensions = MeasureDimensions.Insats,
            TakesPositiveDefinition = true,
            NeedsWholeYears = true,
        },
    ];

    /// <summary>The definitions of several measures that stand together, without saying twice what they share.</summary>
    internal static string Definitions(params ReadOnlySpan<MeasureInfo> measures)
    {
        var all = "";
        foreach (var measure in measures)
            all = $"{all.Replace(Misregistered, "", StringComparison.Ordinal)} {measure.Definition}";
        return all.TrimStart();
    }

    /// <summary>Which statistic of its measure a cell is.</summary>
    public static MeasureStatistic StatisticOf(MeasureCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return Find(cell.Measure).Statistics.First(s => s.Name == cell.Statistic);
    }

    /// <summary>The measure with this name.</summary>
    /// <exception cref="MeasureRequestException">There is none; suggests the nearest.</exception>
    public static MeasureInfo Find(string name) =>
        All.FirstOrDefault(m => m.Name == name)
        ?? throw new MeasureRequestException(
            $"Måttet ”{name}” finns inte.{Nearest.Suggestion(name, All.Select(m => m.Name))} Se alla med: finsam statistik --list");
}
