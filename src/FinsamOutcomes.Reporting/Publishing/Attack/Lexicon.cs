using System.Text.RegularExpressions;

namespace FinsamOutcomes.Reporting.Publishing.Attack;

/// <summary>The words of a publication: names of insatser and how they belong together, reasons, definitions, questions.</summary>
internal sealed partial class Lexicon
{
    /// <summary>The dimensions whose values are parts that nobody is in two of.</summary>
    public static readonly string[] Partitions = ["orsak", "ålder", "utbildning", "remittent", "före", "efter"];

    private static readonly Dictionary<string, string> s_genders = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Kvinnor"] = "Kvinnor",
        ["Kvinna"] = "Kvinnor",
        ["Män"] = "Män",
        ["Man"] = "Män",
        ["Okänt kön"] = "Okänt kön",
        ["Okänt"] = "Okänt kön",
        ["Annat"] = "",
    };

    private static readonly HashSet<string> s_totals = new(StringComparer.OrdinalIgnoreCase) { "Alla", "Totalt", "Hela förbundet", "Samtliga", "Summa",
        "Förbundet" };

    private static readonly Dictionary<string, string> s_changes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Förbättrade"] = "Förbättrade",
        ["Oförändrade"] = "Oförändrade",
        ["Försämrade"] = "Försämrade",
        ["Bättre"] = "Förbättrade",
        ["Oförändrat"] = "Oförändrade",
        ["Sämre"] = "Försämrade",
    };

    private static readonly Dictionary<string, string> s_dimensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Insats"] = Question.Place,
        ["Kön"] = Question.Gender,
        ["Fråga"] = "fråga",
        ["Avslutsorsak"] = "orsak",
        ["Utbildning"] = "utbildning",
        ["Remittent"] = "remittent",
        ["Ålder vid inskrivning"] = "ålder",
        ["Ålder"] = "ålder",
        ["Definition"] = "positiv",
        ["Period"] = Question.Period,
    };

    private readonly Dictionary<string, HashSet<string>> _values = new(StringComparer.Ordinal);

    private readonly HashSet<string> _labels = new(StringComparer.Ordinal);

    /// <summary>Insats of each delprojekt, and null of each insats.</summary>
    public Dictionary<string, string?> Places { get; } = new(StringComparer.Ordinal);

    /// <summary>The reasons that each definition of positive exit counts.</summary>
    public Dictionary<string, IReadOnlyList<string>> Definitions { get; } = new(StringComparer.Ordinal);

    /// <summary>True where a document says that people of unknown gender are not in its numbers.</summary>
    public bool HasOnlyWomenAndMen { get; private set; }

    /// <summary>The scale of answers, where it is said.</summary>
    public (double Lower, double Upper)? Scale { get; private set; }

    public static string? Gender(string text) => s_genders.TryGetValue(text, out var gender) && gender.Length > 0 ? gender : null;

    public static bool IsTotal(string text) => s_totals.Contains(text);

    public static string? Change(string text) => s_changes.GetValueOrDefault(text);

    /// <summary>The dimension that a heading of a column of words names; null for none.</summary>
    public static string? Dimension(string header) => s_dimensions.GetValueOrDefault(header);

    /// <summary>All values that are seen in a dimension.</summary>
    public IReadOnlyCollection<string> Values(string dimension) => _values.TryGetValue(dimension, out var values) ? values : [];

    /// <summary>True for a label of a row that is seen in a table.</summary>
    public bool IsKnown(string label) => Places.ContainsKey(Undashed(label)) || _labels.Contains(label);

    public void Add(string dimension, string value)
    {
        if (!_values.TryGetValue(dimension, out var values))
            _values.Add(dimension, values = new(StringComparer.Ordinal));
        values.Add(value);
    }

    /// <summary>A name without the dash that sets a delprojekt under its insats.</summary>
    public static string Undashed(string text) => text.TrimStart('–', '-', ' ');

    public static bool IsDashed(string text) => text.StartsWith("– ", StringComparison.Ordinal) || text.StartsWith("- ", StringComparison.Ordinal);

    /// <summary>Names in a list with commas, some of which have commas of their own.</summary>
    public static IEnumerable<string> Names(string list) => Comma().Split(list.Trim().TrimEnd('.'));

    public static string Definition(string label) => OfEnded().Replace(label.Trim().TrimEnd('.').ToLowerInvariant(), "");

    /// <summary>Learns from all documents together.</summary>
    public void Learn(IReadOnlyList<PrintedDocument> documents)
    {
        foreach (var table in documents.SelectMany(d => d.Tables))
            Learn(table);
        foreach (var document in documents)
        {
            var text = PrintedNumber.Plain(string.Join(' ', document.Texts.Select(t => t.Text)));
            foreach (Match match in Defined().Matches(text))
                Add("positiv", Definition(match.Groups["definition"].Value));
            HasOnlyWomenAndMen |= text.Contains("Personer med okänt kön är för få för att visas och är inte med", StringComparison.Ordinal);
            foreach (Match match in Reasons().Matches(text))
            {
                var reasons = Names(match.Groups["reasons"].Value).ToList();
                Definitions.TryAdd(Definition(match.Groups["definition"].Value), reasons);
                reasons.ForEach(r => Add("orsak", r));
            }

            if (ScaleText().Match(text) is { Success: true } scale)
                Scale = (PrintedNumber.Whole(scale.Groups["a"].Value), PrintedNumber.Whole(scale.Groups["b"].Value));
            foreach (var told in document.Texts)
            {
                if (PartOf().Match(PrintedNumber.Plain(told.Text)) is { Success: true } match && told.Heading.Length > 0)
                    Places[PrintedNumber.Plain(told.Heading)] = match.Groups["insats"].Value;
            }

            foreach (var heading in document.Tables.Select(t => t.Title))
            {
                if (OfInsats().Match(heading) is { Success: true } match && match.Groups["name"].Value is not ("insatserna" or "förbundet"))
                    Places.TryAdd(match.Groups["name"].Value, null);
            }
        }
    }

    private void Learn(PrintedTable table)
    {
        if (table.Headers.Count == 0)
            return;
        var header = PrintedNumber.Plain(table.Headers[0]);
        var first = table.Rows.Where(r => r.Count > 0).Select(r => Beside().Replace(PrintedNumber.Plain(r[0].Text), "")).ToList();
        _labels.UnionWith(first);
        // A figure's categories have no heading of their own.
        var isOfInsatser = header == "Kategori" && Insatser().IsMatch(table.Title) && !first.Exists(f => Gender(f) is not null || Change(f) is not null);
        if (header == "Insats" || isOfInsatser || (header.Length > 0 && first.Exists(IsDashed)))
        {
            string? parent = null;
            foreach (var name in first.Where(n => n.Length > 0 && !IsTotal(n)))
            {
                if (!IsDashed(name))
                    Places.TryAdd(parent = name, null);
                else if (parent is not null && Places.GetValueOrDefault(Undashed(name)) is null)
                    Places[Undashed(name)] = parent;
            }
        }
        else if (Dimension(header) is { } dimension && dimension is not (Question.Period or Question.Gender))
        {
            foreach (var value in first.Where(v => v.Length > 0 && !IsTotal(v)))
                Add(dimension, dimension == "positiv" ? Definition(value) : value);
        }
    }

    // What shares are of where nothing else is said.
    [GeneratedRegex(@", av avslutade$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OfEnded();

    [GeneratedRegex(@"\befter\b.*\binsats\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Insatser();

    [GeneratedRegex(@" ?\(?n = [\d –/]+\)?$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Beside();

    [GeneratedRegex(@", (?=[\p{Lu}\d])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comma();

    [GeneratedRegex(
        @"(Positivt avslut,|Definition av positivt avslut) (?<definition>[^.]+)\. Avslutsorsaker som räknas: (?<reasons>[^.]+)\.",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000)]
    private static partial Regex Reasons();

    [GeneratedRegex(@"Positivt avslut, (?<definition>[^.]+)\. ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Defined();

    [GeneratedRegex(@"på skalan (?<a>\d+)–(?<b>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ScaleText();

    [GeneratedRegex(@"^Delprojekt i (?<insats>.+)\. Talen är räknade också där\.$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PartOf();

    [GeneratedRegex(
        @"^(Deltaganden|Deltagarnas ålder|Avslutsorsaker|Positiva avslut|Bättre, oförändrade eller sämre|Förändring mellan start och avslut|"
            + @"Självskattning vid start och avslut|Hur länge är deltagarna kvar) i (?<name>.+?)\??$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex OfInsats();
}
