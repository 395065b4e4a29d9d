using System.Text.RegularExpressions;

namespace FinsamOutcomes.Reporting.Publishing.Attack;

/// <summary>
/// Understands a printed table: what each of its numbers is a count of, from title, subtitle, headings and rows, in the words
/// of the publication alone.
/// </summary>
internal sealed partial class TableMeaning(Puzzle puzzle, Lexicon words)
{
    private const string PairedWords = "Med uppgift både före och efter";

    private static readonly HashSet<string> s_labels = new(StringComparer.OrdinalIgnoreCase)
    {
        "Insats", "Kön", "Fråga", "Kategori", "Grupp", "Del", "Period", "Tid", "Definition", "Avslutsorsak", "Försörjning", "Sysselsättning", "Utbildning",
        "Remittent",
        "Ålder vid inskrivning", "Ålder", "Dagar sedan inskrivning", "Mål", "Gäller", "Målnivå", "Bedömning", "Läge", "Signal", "95 % konfidensintervall",
    };

    private static readonly Dictionary<string, string> s_stays = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Deltagande i perioden"] = "i perioden",
        ["Nya"] = "nya",
        ["Avslutade"] = "avslutade",
        ["Pågående vid periodens slut"] = "pågående",
        ["varav anonyma"] = "anonyma",
    };

    private static readonly Dictionary<string, string> s_answers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Svar båda gångerna"] = Units.Paired,
        ["n par"] = Units.Paired,
        ["n"] = Units.Paired,
        ["Bara start"] = Units.StartOnly,
        ["Bara avslut"] = Units.ExitOnly,
        ["Medel före"] = "medel/före",
        ["Vid start"] = "medel/före",
        ["Medel efter"] = "medel/efter",
        ["Vid avslut"] = "medel/efter",
        ["Medelförändring"] = "medel/förändring",
        ["Förändring"] = "medel/förändring",
    };

    private static readonly Dictionary<string, string> s_known = new(StringComparer.OrdinalIgnoreCase)
    {
        [PairedWords] = "båda",
        ["Bara före"] = "bara före",
        ["Bara efter"] = "bara efter",
        ["Ingen uppgift"] = "ingen",
    };

    /// <summary>Tables that list all values of a dimension that have somebody: what they leave out is 0.</summary>
    public List<(Question Base, string Dimension, HashSet<string> Present)> Lists { get; } = [];

    /// <summary>Differences between women's and men's shares, which say something once their denominators are known.</summary>
    public List<(Unknown WomenOf, Unknown Women, Unknown MenOf, Unknown Men, double Lower, double Upper)> Differences { get; } = [];

    /// <summary>Means that are printed, and with how many decimals.</summary>
    public List<(Question Number, string Which, double Value, int Decimals)> Means { get; } = [];

    /// <summary>The definition of positive exit that running text speaks of.</summary>
    public string DefaultDefinition { get; set; } = "arbete eller studier";

    public void Read(PrintedTable table)
    {
        var subtitle = Subtitle.Of(table.Subtitle);
        var reading = new Reading(this, table, subtitle);
        if (table.Headers.Count < 2 || subtitle.Unit.Length == 0)
            return;
        if (PrintedNumber.Plain(table.Headers[0]) == "Mål")
            reading.Targets();
        else if (subtitle.Unit != "Hela kronor")
            reading.Rows();
    }

    /// <summary>The insats that a title or heading speaks of; null for the whole förbund.</summary>
    public string? PlaceOf(string title, string heading)
    {
        foreach (var name in words.Places.Keys.OrderByDescending(n => n.Length))
        {
            if (title.TrimEnd('?').EndsWith(" i " + name, StringComparison.Ordinal) || title.TrimEnd('?').EndsWith(" för " + name, StringComparison.Ordinal))
                return name;
        }

        return words.Places.ContainsKey(heading) ? heading : null;
    }

    /// <summary>One table.</summary>
    private Puzzle Puzzle => puzzle;

    private Lexicon Words => words;

    private static string TimeOf(string text)
    {
        if (HalfYear().Match(text) is { Success: true } half)
            return $"halvår {(half.Groups["which"].Value == "Första" ? 1 : 2)} {half.Groups["year"].Value}";
        return Year().Match(text) is { Success: true } year ? year.Value : text;
    }

    /// <summary>A column: its heading without the field it holds (<c>Kvinnor</c>, <c>antal</c>).</summary>
    private sealed record Column(int Index, string Group, string Field, bool IsLabel);

    [GeneratedRegex(
        @"^(?<group>.+?)(: |, )(?<field>antal|av|andel|n|95 % KI|följs|nedre|övre|ned till nedre|upp till övre)$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Grouped();

    [GeneratedRegex(@"\(?n = (?<ns>[\d –/]+)\)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ChartN();

    [GeneratedRegex(@",? ?\(?hittills\)?$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hitherto();

    [GeneratedRegex(@"(De|Några få|(?<n>\d{1,3}( \d{3})*)) anonyma deltagare", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AnonymousNote();

    [GeneratedRegex(@"Nu: (?<now>[^.]+)\. Före: (?<before>[^.]+)\.", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NowAndBefore();

    [GeneratedRegex(@"(?<which>Första|Andra) halvåret (?<year>\d{4})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HalfYear();

    [GeneratedRegex(@"\b(19|20)\d{2}\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Year();

    [GeneratedRegex(@"^(\d+–\d+ år|\d+ år.*|Under \d+ år|Yngre än \d+.*|Okänd ålder)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Age();
}
