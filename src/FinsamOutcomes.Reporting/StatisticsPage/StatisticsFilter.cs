using System.Globalization;
using FinsamOutcomes.Data;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.StatisticsPage;

/// <summary>What the statistics page shows. The address holds all of it, so that a view can be shared.</summary>
public sealed record StatisticsFilter
{
    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    /// <summary>This insats with its delprojekt; null for the whole förbund.</summary>
    public int? InsatsId { get; init; }

    /// <summary>Code of the definition of positive exit.</summary>
    public string Definition { get; init; } = MeasureCatalogue.DefaultDefinition;

    /// <summary>One of <see cref="MeasureCatalogue.Denominators"/>.</summary>
    public string Denominator { get; init; } = MeasureCatalogue.Denominators[0];

    /// <summary>Codes with commas between, in the order of the code list; null for all.</summary>
    public string? AgeGroups { get; init; }

    /// <summary><c>woman</c>, <c>man</c> or <c>unknown</c>; null for all.</summary>
    public string? Gender { get; init; }

    /// <summary>True for the numbers as they are published, false for those marked "internt underlag".</summary>
    public bool IsPublished { get; init; }

    /// <summary>True when small numbers are shown too: somebody has said why, and that is in the log. No address says so by itself.</summary>
    public bool IsExact { get; init; }

    /// <summary>True for a part of the förbund in which a person could be singled out by a few days: months are the shortest period.</summary>
    public bool IsNarrowed => InsatsId is not null || AgeGroups is not null;

    /// <summary>True when the share is of all who took part in the period, not of those who left.</summary>
    public bool IsOfParticipations => Denominator == "deltagande";

    /// <summary>What the shares are of: <c>avslut</c> or <c>deltaganden</c>.</summary>
    public string Unit => IsOfParticipations ? "deltaganden" : "avslut";

    public PublicationPolicy Policy => IsExact && !IsPublished ? PublicationPolicy.Internt : PublicationPolicy.Minst5;

    /// <summary>How small numbers are kept, as a reader must know.</summary>
    public string PolicyText => IsPublished || IsExact ? Policy.Explanation() : $"Internt underlag: får inte spridas utanför förbundet. {Policy.Explanation()}";

    /// <summary>The whole filter as the query of an address: <c>?fran=2026-01-01&amp;till=2026-11-23</c> and what is not as it usually is.</summary>
    public string ToQuery()
    {
        var parts = new List<string> { $"fran={Date(From)}", $"till={Date(To)}" };
        if (InsatsId is { } insats)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"insats={insats}"));
        if (Definition != MeasureCatalogue.DefaultDefinition)
            parts.Add($"definition={Uri.EscapeDataString(Definition)}");
        if (Denominator != MeasureCatalogue.Denominators[0])
            parts.Add($"namnare={Denominator}");
        parts.AddRange((AgeGroups?.Split(',') ?? []).Select(a => $"alder={Uri.EscapeDataString(a)}"));
        if (Gender is not null)
            parts.Add($"kon={Gender}");
        if (IsPublished)
            parts.Add("visa=publicerat");
        return "?" + string.Join('&', parts);
    }

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>What a filter of one förbund can be, and how it is read from an address.</summary>
public sealed record StatisticsChoices
{
    public required DateOnly Today { get; init; }

    /// <summary>Each insats followed by its delprojekt.</summary>
    public required IReadOnlyList<MeasureInsatsRow> Insatser { get; init; }

    public required IReadOnlyList<PositiveDefinitionRow> Definitions { get; init; }

    public required IReadOnlyList<DimensionCodeRow> AgeGroups { get; init; }

    public required IReadOnlyList<DimensionCodeRow> Genders { get; init; }

    /// <summary>Code and label of each denominator.</summary>
    public static IReadOnlyList<(string Code, string Label)> Denominators { get; } =
        [("avslutade", "Avslutade"), ("avslutade-utom-neutrala", "Avslutade utom neutrala avslut"), ("deltagande", "Alla som deltog i perioden")];

    /// <summary>This year so far, the whole förbund, small numbers hidden.</summary>
    public StatisticsFilter Default => new() { From = new DateOnly(Today.Year, 1, 1), To = Today };

    /// <summary>
    /// Reads a filter from the values of an address. What is missing is as usual; what can't be understood is as usual too,
    /// with a problem for its name. The period begins with a month and ends with one or today, and with an insats or an age
    /// chosen all its months have ended: two periods that differ by a day would tell of whoever came or left that day.
    /// </summary>
    /// <param name="query">The values of the address.</param>
    /// <param name="only">The insats that all is about; null when it is chosen in the address.</param>
    public (StatisticsFilter Filter, IReadOnlyList<FilterProblem> Problems) Read(ILookup<string, string> query, MeasureInsatsRow? only = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        var problems = new List<FilterProblem>();
        var (from, to) = Period(query, problems);
        var ages = query["alder"]
            .SelectMany(a => a.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var unknown in ages.Where(a => AgeGroups.All(g => g.Code != a)))
            problems.Add(new("alder", $"Åldersgruppen ”{Shown(unknown)}” finns inte.", "Den är inte med i urvalet."));
        ages.IntersectWith(AgeGroups.Select(g => g.Code));
        var filter = new StatisticsFilter
        {
            From = from,
            To = to,
            InsatsId = Insats(Value(query, "insats"), problems) ?? only?.Id,
            Definition = Code(query, "definition", [.. Definitions.Select(d => d.Code)], "Definitionen", problems) ?? MeasureCatalogue.DefaultDefinition,
            Denominator = Code(query, "namnare", MeasureCatalogue.Denominators, "Nämnaren", problems) ?? MeasureCatalogue.Denominators[0],
            AgeGroups = ages.Count == 0 ? null : string.Join(',', AgeGroups.Select(g => g.Code).Where(ages.Contains)),
            Gender = Code(query, "kon", [.. Genders.Select(g => g.Code)], "Könet", problems),
            IsPublished = Code(query, "visa", ["publicerat", "internt"], "Visningen", problems) == "publicerat",
        };
        (from, to) = filter.IsNarrowed ? StatisticsPeriods.WholeMonths(from, to, Today) : StatisticsPeriods.MonthsUntilToday(from, to, Today);
        return (filter with { From = Value(query, "fran") is null ? new DateOnly(to.Year, 1, 1) : from, To = to }, problems);
    }

    private (DateOnly From, DateOnly To) Period(ILookup<string, string> query, List<FilterProblem> problems)
    {
        var to = Date(query, "till", problems) ?? Today;
        if (to > Today)
        {
            problems.Add(new("till", $"Slutdatumet {to:yyyy-MM-dd} är i framtiden.", $"Perioden slutar i stället i dag, {Today:yyyy-MM-dd}."));
            to = Today;
        }

        var from = Date(query, "fran", problems) ?? new DateOnly(to.Year, 1, 1);
        if (from <= to)
            return (from, to);
        problems.Add(new("fran", $"Startdatumet {from:yyyy-MM-dd} ligger efter slutdatumet {to:yyyy-MM-dd}.", "Perioden börjar i stället vid årets början."));
        return (new DateOnly(to.Year, 1, 1), to);
    }

    private static DateOnly? Date(ILookup<string, string> query, string name, List<FilterProblem> problems)
    {
        if (Value(query, name) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1990 and <= 2059)
            return date;
        problems.Add(new(name, $"”{Shown(text)}” är inte ett datum från 1990 till 2059. Skriv till exempel 2026-01-31.", ""));
        return null;
    }

    private int? Insats(string? text, List<FilterProblem> problems)
    {
        if (text is null)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Insatser.Any(i => i.Id == id))
            return id;
        problems.Add(new("insats", "Insatsen finns inte bland dem som du kan välja.", "Alla visas i stället."));
        return null;
    }

    private static string? Code(ILookup<string, string> query, string name, IReadOnlyList<string> known, string what, List<FilterProblem> problems)
    {
        if (Value(query, name) is not { } code || known.Contains(code, StringComparer.Ordinal))
            return Value(query, name);
        problems.Add(new(name, $"{what} ”{Shown(code)}” finns inte.{Nearest.Suggestion(code, known)}", "Det vanliga valet visas i stället."));
        return null;
    }

    private static string? Value(ILookup<string, string> query, string name) => query[name].FirstOrDefault(v => !string.IsNullOrWhiteSpace(v))?.Trim();

    // What somebody wrote in an address is repeated, but not at any length.
    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}

/// <summary>What an address asks for and can't have.</summary>
/// <param name="Field">Its name in the address.</param>
/// <param name="What">What is wrong with it.</param>
/// <param name="Instead">What is shown instead, where something is shown; empty where nothing takes its place.</param>
public sealed record FilterProblem(string Field, string What, string Instead)
{
    /// <summary>For a page, which shows something all the same.</summary>
    public string Message => Instead.Length == 0 ? What : $"{What} {Instead}";
}
