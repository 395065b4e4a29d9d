using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.StatisticsPage;

/// <summary>One view in the making: the measures that it asks for, laid out as a report's are.</summary>
internal sealed partial class StatisticsRun(
    Publication publication,
    StatisticsRequests requests,
    ReportLabels labels,
    IReadOnlyList<PositiveDefinitionRow> definitions,
    string counted,
    ForbundRow forbund,
    StatisticsFilter filter,
    MeasureInsatsRow? insats,
    DateOnly today)
{
    private const string Positive = "positiva-avslut";

    // Where one insats is looked at, its own cells are the total of its delprojekt.
    private readonly string _whole = insats?.Name ?? MeasureCell.All;

    public (DateOnly From, DateOnly To)? Before => requests.Before;

    public string DefinitionLabel { get; } = definitions.FirstOrDefault(d => d.Code == filter.Definition)?.Label ?? filter.Definition;

    public string DefinitionText => $"{DefinitionLabel}, av {StatisticsChoices.Denominators.First(d => d.Code == filter.Denominator).Label.ToLowerInvariant()}";

    /// <summary>What the definition counts, in full.</summary>
    public string CountedText => counted;

    /// <summary>What the filter leaves, in words.</summary>
    public IReadOnlyList<string> Limits { get; } =
    [
        .. insats is null ? Array.Empty<string>() : [insats.Name],
        .. filter.AgeGroups is null
            ? Array.Empty<string>()
            : [$"ålder {string.Join(", ", filter.AgeGroups.Split(',').Select(a => labels.Measures.Of("age", a)))}"],
        .. filter.Gender is null ? Array.Empty<string>() : [labels.Measures.Of("gender", filter.Gender).ToLowerInvariant()],
    ];

    private string Source { get; } =
        $"Källa: {forbund.Name}, registret {today:yyyy-MM-dd}{(forbund.IsDemo ? " (påhittade uppgifter)" : "")}. {(filter.IsPublished ? $"Skydd av små tal: {filter.Policy.ToSwedish()}." : filter.IsExact ? "Internt underlag." : "Internt underlag, små tal dolda.")}";

    public StatisticsAnswer Answer()
    {
        var now = publication.Cells(requests.Now);
        var before = Cells(requests.YearBefore);
        var compares = filter.Gender is null;
        return new StatisticsAnswer
        {
            All = Of(now, MeasureCell.All)!,
            Women = compares ? Of(now, "woman") : null,
            Men = compares ? Of(now, "man") : null,
            AllBefore = Of(before, MeasureCell.All),
            WomenBefore = compares ? Of(before, "woman") : null,
            MenBefore = compares ? Of(before, "man") : null,
        };

        static MeasureCell? Of(IReadOnlyList<MeasureCell>? cells, string gender) => cells?.FirstOrDefault(c => c.Gender == gender);
    }

    /// <summary>Women and men, now and the year before.</summary>
    public StatisticsPart Genders()
    {
        var now = publication.Cells(requests.Now);
        var then = Cells(requests.YearBefore);
        var periods = new List<(DateOnly From, DateOnly To)> { (filter.From, filter.To) };
        if (Before is { } earlier)
            periods.Insert(0, earlier);
        var title = filter.Gender is null
            ? "Skiljer sig positiva avslut mellan kvinnor och män?"
            : $"Positiva avslut, {labels.Measures.Of("gender", filter.Gender).ToLowerInvariant()}";
        var block = Block("kon", "kolumner", title, Positive, rows: "period", columns: "gender");
        return Part(
            block,
            [.. then, .. now],
            periods.ToDictionary(p => p.From, p => Swedish.Period(p.From, p.To)),
            DefinitionText,
            now.FirstOrDefault(c => c.Gender == MeasureCell.All)?.N,
            span: null,
            string.Join(" och ", periods.Select(p => Swedish.Period(p.From, p.To))));
    }

    /// <summary>The share over time as a control chart, and since when in words; null when no whole period has passed.</summary>
    /// <param name="trend">What was counted; null when no whole period has passed.</param>
    /// <param name="periods">Its periods.</param>
    public (StatisticsPart? Part, string Since) Trend(MeasureRequest? trend, IReadOnlyList<MeasurePeriodRow> periods)
    {
        if (trend is null)
            return (null, "");
        var per = trend.Per;
        var word = per switch { PeriodKind.Month => "månad", PeriodKind.Tertial => "tertial", _ => "år" };
        var cells = publication.Cells(trend);
        var block = Block(
            "utveckling",
            "styrdiagram",
            $"Är variationen mellan {(per == PeriodKind.Month ? "månaderna" : per == PeriodKind.Tertial ? "tertialen" : "åren")} större än slumpen kan förklara?",
            Positive,
            rows: "period");
        var total = cells.All(c => c.N is not null && !c.State.IsKeptBack()) ? cells.Sum(c => c.N) : null;
        var part = Part(block, cells, periods.ToDictionary(p => p.PeriodFrom, p => p.Label), DefinitionText, total, (trend.From, trend.To));
        if (filter.IsOfParticipations)
            part = part.With(
                "Den som deltar i flera perioder räknas i var och en av dem. Andelarna är därför lägre än för hela perioden, och gränserna ungefärliga.");
        var since = part.Figure is ControlChartFigure { Points: [var first, ..] } ? periods.First(p => p.Label == first.Period) : periods[0];
        return (part, $"{word} för {word} sedan {Words(per, since)}");
    }

    // In running text a tertial is said in words.
    private static string Words(PeriodKind per, MeasurePeriodRow period) => per switch
    {
        PeriodKind.Month => $"{Swedish.Month(period.PeriodFrom.Month)} {period.PeriodFrom.Year}",
        PeriodKind.Tertial => $"{(period.PeriodFrom.Month switch { 1 => "första", 5 => "andra", _ => "tredje" })} tertialet {period.PeriodFrom.Year}",
        _ => period.Label,
    };

    /// <summary>By insats, when there is more than one to show and a whole month to count.</summary>
    public StatisticsPart? Insatser()
    {
        if (requests.MonthsWithin is not { } span)
            return null;
        var cells = Cells(requests.ByInsats);
        if (cells.Select(c => c.Insats).Distinct(StringComparer.Ordinal).Count() < 3)
            return null;

        // Of those that only count nothing is followed: that is a line, and no rows of what is missing.
        var onlyCounted = labels
            .Measures.Insatser.Where(i =>
                i.IsCountedOnly
                && i.Name != _whole
                && cells.Any(c => c.Insats == i.Name)
                && cells.Where(c => c.Insats == i.Name).All(c => c.State == CellState.NoData))
            .Select(i => i.Name)
            .ToList();
        cells = [.. cells.Where(c => !onlyCounted.Contains(c.Insats, StringComparer.Ordinal))];
        string? note = onlyCounted.Count == 0 ? null : $"Räknar bara hur många som deltar, så det här följs inte: {string.Join(", ", onlyCounted)}.";

        // The insats that is looked at is the total of its delprojekt: a row of its own in the table, but no bar among theirs.
        var total = Total(cells);
        if (insats is null)
            return With(
                Part(
                    Block("insatser", "kolumner", "Positiva avslut efter insats", Positive, rows: "insats", columns: "gender"),
                    cells,
                    [],
                    DefinitionText,
                    total,
                    span));
        cells = [.. cells.Select(c => c.Insats == _whole ? c with { Insats = MeasureCell.All } : c)];
        var part = Part(
            Block("insatser", "kolumner", "Positiva avslut efter delprojekt", Positive, rows: "insats", columns: "gender"),
            cells,
            [],
            DefinitionText,
            total,
            span);
        return With(
            part with
            {
                Table = part.Table with
                {
                    Rows = [.. part.Table.Rows.Select(r => r.IsTotal ? r with { Cells = [ReportCell.Of(insats.Name), .. r.Cells.Skip(1)] } : r)],
                },
            });

        StatisticsPart With(StatisticsPart made)
        {
            if (span != (filter.From, filter.To))
                made = made.With($"Uppdelat på insatser räknas bara hela månader som är slut: {Swedish.Period(span.From, span.To)}.");
            return note is null ? made : made.With(note);
        }
    }

    /// <summary>Why stays ended; null when no whole month has passed.</summary>
    public StatisticsPart? Reasons()
    {
        if (requests.ByMonths is not { } span)
            return null;
        var cells = publication.Cells(requests.Reasons(span));
        var all = cells.FirstOrDefault(c => c is { Statistic: "count", Category: MeasureCell.All, Gender: MeasureCell.All });

        // A reason that nobody left for says nothing in a picture of those that somebody did.
        var unused = cells
            .Where(c => c is { Statistic: "count", Gender: MeasureCell.All, State: CellState.Shown, Value: 0 })
            .Select(c => c.Category)
            .ToHashSet(StringComparer.Ordinal);
        cells = [.. cells.Where(c => !unused.Contains(c.Category))];
        return Part(
            Block("avslutsorsaker", "kolumner", "Varför avslutades deltagandena?", "avslutsorsaker", rows: "category", columns: "gender", statistic: "share"),
            cells,
            [],
            definition: null,
            all?.N,
            span);
    }

    /// <summary>
    /// How many exits lack what the definition needs, of how many: they count as not positive, which makes the share too low.
    /// Null when none does.
    /// </summary>
    public StatisticsMissing? Missing()
    {
        var reasons = publication.Cells(requests.Reasons((filter.From, filter.To)));
        if (Counted(reasons, "count", MeasureCell.All) is not { State: CellState.Shown, Value: > 0 and var exits })
            return null;
        var isIncrease = definitions.FirstOrDefault(d => d.Code == filter.Definition)?.Kind == "increase";
        if (!isIncrease)
            return Counted(reasons, "count", "unknown") is { State: not CellState.NoData, Value: not 0 } unknown
                && (unknown.Value is not null || !filter.IsPublished)
                ? new StatisticsMissing((long?)unknown.Value, (long)exits, IsOccupation: false)
                : null;
        var paired = publication.Cells(requests.Occupations).FirstOrDefault(c => c.Statistic == "n_paired");
        if (paired is not { State: CellState.Shown, Value: { } known } || exits <= known)
            return null;
        return new StatisticsMissing((long)(exits - known), (long)exits, IsOccupation: true);

        static MeasureCell? Counted(IEnumerable<MeasureCell> cells, string statistic, string category) =>
            cells.FirstOrDefault(c => c.Statistic == statistic && c.Category == category && c.Gender == MeasureCell.All);
    }

    /// <summary>True when the insats that is looked at only registers how many they are, so that there is nothing to answer.</summary>
    public bool IsOnlyCounted(StatisticsAnswer answer) => insats is { IsCountedOnly: true } && answer.All.State == CellState.NoData;

    /// <summary>
    /// How many came to insatser that only count them, in the years of the period; null when there are none, or none that has
    /// reported and nobody asked for one.
    /// </summary>
    public StatisticsPart? Counted()
    {
        if (requests.HeadCounts(PeriodKind.Year) is not { } request)
            return null;
        var (years, halves) = (publication.Cells(request), Cells(requests.HeadCounts(PeriodKind.Half)));
        var insatser = HeadCountTable.Insatser(labels, years).Where(i => insats is null || i.Id == insats.Id || i.ParentId == insats.Id).ToList();
        var info = MeasureCatalogue.Find("personer");
        var caption = new ReportCaption(
            "raknade",
            "Personer som bara räknas till antalet",
            $"Personer, {Swedish.Period(request.From, request.To)}",
            ["Alla åldrar och kön, oavsett urval."],
            Source);
        return HeadCountTable.Of(insatser, years, halves, labels, caption, today) is not { } table
            ? null
            : new StatisticsPart
            {
                Id = caption.Id,
                Figure = null,
                Table = table,
                Definition = $"{info.Statistics.First(s => s.Name == "anonymous").PeriodRule} {info.Statistics.First(s => s.Name == "structural").PeriodRule}",
                N = null,
                Span = (request.From, request.To),
            };
    }

    /// <summary>True for the insats that is looked at and its delprojekt.</summary>
    public bool IsIn(string? name) => insats is not null && labels.Measures.Insatser.Any(i => i.Name == name && (i.Id == insats.Id || i.ParentId == insats.Id));

    private IReadOnlyList<MeasureCell> Cells(MeasureRequest? request) => request is null ? [] : publication.Cells(request);

    private DefinitionRequest Block(string id, string kind, string title, string measure, string rows, string? columns = null, string? statistic = null)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["id"] = id,
            ["typ"] = kind,
            ["rubrik"] = title,
            ["matt"] = measure,
            ["rader"] = rows,
            ["nollor"] = rows == "category" ? "nej" : "ja",
        };
        if (columns is not null)
            keys["kolumner"] = columns;
        if (MeasureCatalogue.Find(measure).TakesDenominator)
            keys["namnare"] = filter.Denominator;
        if (statistic is not null)
            keys["statistik"] = statistic;
        return new DefinitionRequest("diagram", keys, "statistik", Line: 0);
    }

    private StatisticsPart Part(
        DefinitionRequest block,
        IReadOnlyList<MeasureCell> cells,
        Dictionary<DateOnly, string> periods,
        string? definition,
        long? n,
        (DateOnly From, DateOnly To)? span = null,
        string? periodText = null)
    {
        var layout = MeasureLayout.Read(block);
        var measure = new LaidOutMeasure(layout, cells, labels, periods, publication);
        if (filter.Gender is not null && layout.Column == "gender")
            measure.LeaveOutTotalColumn();
        var caption = new ReportCaption(
            block.Required("id"),
            block.Required("rubrik"),
            Subtitle(layout.Measure, definition, n, span, periodText),
            [Rule(layout.Measure), .. measure.Notes],
            Source);
        var figure = measure.IsEmpty ? null : MeasureFigure.Of(measure, caption, labels);

        // A control chart's limits and signals are in its own table only; elsewhere the totals belong beside the parts.
        return new StatisticsPart
        {
            Id = caption.Id,
            Figure = figure,
            Table =
                figure is ControlChartFigure
                    ? figure.ToTable()
                    : MeasureTable.Of(
                        measure,
                        measure.IsEmpty
                            ? caption with
                            {
                                Notes =
                                [
                                    .. caption.Notes,
                                    measure.IsZero ? $"0 {layout.Measure.UnitText}." : ReportLabels.Capital($"{measure.EmptyState.ToSwedish()}."),
                                ],
                            }
                            : caption),
            Definition = Definition(layout.Measure),
            N = n,
            Span = span,
            IsOfPositiveExits = layout.Measure.TakesPositiveDefinition,
        };
    }

    // Unit, period, definition and n belong to every number that is shown.
    private string Subtitle(MeasureInfo info, string? definition, long? n, (DateOnly From, DateOnly To)? span = null, string? periodText = null)
    {
        var (from, to) = span ?? (filter.From, filter.To);
        List<string> parts =
        [
            $"{ReportLabels.Capital(info.TakesDenominator ? filter.Unit : info.UnitText)}, {periodText ?? Swedish.Period(from, to)}",
            .. Limits,
        ];
        if (definition is not null)
            parts.Add(info.TakesPositiveDefinition ? $"positivt avslut: {definition}" : definition);
        if (n is { } number)
            parts.Add(
                $"n{Swedish.NoBreakSpace}={Swedish.NoBreakSpace}{Swedish.Count(number)}{(periodText is null || Before is null ? "" : $" ({Swedish.Period(filter.From, filter.To)})")}"
            );
        return string.Join(" · ", parts);
    }

    private string Rule(MeasureInfo info) =>
        info.TakesDenominator && filter.IsOfParticipations
            ? "Deltaganden i perioden: inskrivna senast dess sista dag och inte utskrivna före dess första. Positiva: de av dem som skrivits ut i perioden med ett positivt avslut."
            : info.PeriodRule;

    private string Definition(MeasureInfo info) =>
        $"{Rule(info)} {info.Definition}" + (info.TakesPositiveDefinition ? $" Positivt avslut: {DefinitionText}. {CountedText}" : "");

    private long? Total(IReadOnlyList<MeasureCell> cells) => cells.FirstOrDefault(c => c.Insats == _whole && c.Gender == MeasureCell.All)?.N;
}
