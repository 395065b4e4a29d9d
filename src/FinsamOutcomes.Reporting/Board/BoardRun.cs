using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Board;

/// <summary>One view in the making: the measures that it asks for, laid out as a report's are.</summary>
internal sealed class BoardRun(GatedMeasures measures, ReportLabels labels, IReadOnlyList<PositiveDefinitionRow> definitions, string counted, ForbundRow forbund, BoardFilter filter, MeasureInsatsRow? insats, DateOnly today)
{
    private const string Positive = "positiva-avslut";

    // Where one insats is looked at, its own cells are the total of its delprojekt.
    private readonly string _whole = insats?.Name ?? MeasureCell.All;

    public (DateOnly From, DateOnly To)? Before { get; } = BoardPeriods.Before(filter.From, filter.To);

    public string DefinitionLabel { get; } = definitions.FirstOrDefault(d => d.Code == filter.Definition)?.Label ?? filter.Definition;

    public string DefinitionText => $"{DefinitionLabel}, av {BoardChoices.Denominators.First(d => d.Code == filter.Denominator).Label.ToLowerInvariant()}";

    /// <summary>What the definition counts, in full.</summary>
    public string Counted => counted;

    /// <summary>What the filter leaves, in words.</summary>
    public IReadOnlyList<string> Limits { get; } =
    [
        .. insats is null ? Array.Empty<string>() : [insats.Name],
        .. filter.AgeGroups is null ? Array.Empty<string>() : [$"ålder {string.Join(", ", filter.AgeGroups.Split(',').Select(a => labels.Measures.Of("age", a)))}"],
        .. filter.Gender is null ? Array.Empty<string>() : [labels.Measures.Of("gender", filter.Gender).ToLowerInvariant()],
    ];

    private string Source { get; } =
        $"Källa: {forbund.Name}, registret {today:yyyy-MM-dd}{(forbund.IsDemo ? " (påhittade uppgifter)" : "")}. {(filter.IsPublished ? $"Skydd av små tal: {filter.Policy.ToSwedish()}." : filter.IsExact ? "Internt underlag." : "Internt underlag, små tal dolda.")}";

    // By insats a few days would single people out: the whole months of the period are shown there.
    private (DateOnly From, DateOnly To)? MonthsWithin { get; } = BoardPeriods.MonthsWithin(filter.From, filter.To);

    // Yesterday's page beside today's would tell why the one who left today did, and from where: what is finer than women
    // and men of the whole förbund is of whole months, unless somebody has said why the exact numbers are needed.
    private (DateOnly From, DateOnly To)? ByMonths => IsToTheDay ? (filter.From, filter.To) : MonthsWithin;

    private bool IsToTheDay => filter.Policy == PublicationPolicy.Internt;

    public async Task<BoardAnswer> AnswerAsync()
    {
        var (counting, countingBefore) = (NowAsync(), Before is { } b ? measures.ComputeAsync(Exits(b.From, b.To)) : null);
        var now = await counting;
        var before = countingBefore is null ? null : await countingBefore;
        var compares = filter.Gender is null;
        return new BoardAnswer
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
    public async Task<BoardPart> GendersAsync()
    {
        var now = await NowAsync();
        IReadOnlyList<MeasureCell> then = Before is { } before ? await measures.ComputeAsync(Exits(before.From, before.To)) : [];
        var periods = new List<(DateOnly From, DateOnly To)> { (filter.From, filter.To) };
        if (Before is { } earlier)
            periods.Insert(0, earlier);
        var title = filter.Gender is null ? "Skiljer sig positiva avslut mellan kvinnor och män?" : $"Positiva avslut, {labels.Measures.Of("gender", filter.Gender).ToLowerInvariant()}";
        var block = Block("kon", "kolumner", title, Positive, rows: "period", columns: "gender");
        return Part(block, [.. then, .. now], periods.ToDictionary(p => p.From, p => Swedish.Period(p.From, p.To)), DefinitionText, now.FirstOrDefault(c => c.Gender == MeasureCell.All)?.N, span: null, string.Join(" och ", periods.Select(p => Swedish.Period(p.From, p.To))));
    }

    /// <summary>The same shares as a table, with what has changed and how sure that is.</summary>
    public BoardPart Comparison(BoardAnswer answer)
    {
        var rows = new List<ReportRow>();
        var decimals = answer.Decimals;
        if (filter.Gender is null)
        {
            rows.Add(Row("Kvinnor", answer.Women, answer.WomenBefore));
            rows.Add(Row("Män", answer.Men, answer.MenBefore));
            rows.Add(new ReportRow([ReportCell.Of("Kvinnor minus män"), ReportCell.Of(""), ReportCell.Of(""), Gap(answer.Gap, answer.Women, answer.Men), ReportCell.Of(""), ReportCell.Of(""), Gap(answer.GapBefore, answer.WomenBefore, answer.MenBefore), ReportCell.Of(""), ReportCell.Of("")]));
        }

        rows.Add(Row(filter.Gender is null ? "Alla" : labels.Measures.Of("gender", filter.Gender), answer.All, answer.AllBefore, isTotal: true));
        var info = MeasureCatalogue.Find(Positive);
        var then = Before is { } b ? Swedish.Period(b.From, b.To) : "så långt tillbaka räcker inte kalendern";
        return new BoardPart
        {
            Id = "jamforelse",
            Figure = null,
            Table = new ReportTable
            {
                Id = "jamforelse",
                Title = $"Positiva avslut jämfört med samma period {BoardPeriods.BeforeWords(filter.From, Before)}",
                Subtitle = Subtitle(info, DefinitionText, answer.All.N),
                Columns =
                [
                    new("", Unit: null), new("Nu: antal", ValueUnit.Count), new("av", ValueUnit.Count), new("andel", ValueUnit.Percent),
                    new("Före: antal", ValueUnit.Count), new("av", ValueUnit.Count), new("andel", ValueUnit.Percent),
                    new("Förändring", ValueUnit.PercentagePoints), new("95\u00A0% konfidensintervall", Unit: null),
                ],
                Rows = rows,
                Notes = [$"Nu: {Swedish.Period(filter.From, filter.To)}. Före: {then}.", Rule(info), "p.e. = procentenheter. Ett intervall som omfattar 0 betyder att skillnaden kan bero på slumpen (Newcombe).", .. rows.Exists(r => r.Cells.Any(c => c.Text == MeasureTable.TooFew)) ? [$"{ReportLabels.Capital(MeasureTable.TooFew)}: någon av andelarna bygger på färre än {PercentagePoints.Few}."] : Array.Empty<string>()],
                Source = Source,
            },
            Definition = Definition(info),
            N = answer.All.N,
            IsOfPositiveExits = true,
        };

        ReportRow Row(string label, MeasureCell? now, MeasureCell? before, bool isTotal = false)
        {
            var change = BoardAnswer.Difference(now, before);
            var without = ReportCell.Without(Missing(now, before));
            if (change is not null && (IsFew(now) || IsFew(before)))
                (change, without) = (null, ReportCell.Of(MeasureTable.TooFew));
            return new ReportRow(
                [
                    ReportCell.Of(label), .. Share(now), .. Share(before),
                    change is { } points ? ReportCell.Of(points.Points(decimals)) : without,
                    change is { } interval ? ReportCell.Of(interval.Interval(decimals)) : without,
                ],
                isTotal);
        }

        static CellState Missing(MeasureCell? first, MeasureCell? second) =>
            new[] { first, second }.FirstOrDefault(c => c is not { State: CellState.Shown })?.State ?? CellState.NoData;

        static bool IsFew(MeasureCell? cell) => cell?.Denominator < PercentagePoints.Few;

        static IEnumerable<ReportCell> Share(MeasureCell? cell) =>
        [
            cell is { State: CellState.Shown } or { State: CellState.NoData, Denominator: 0 } ? ReportCell.Of(cell.Numerator ?? 0) : ReportCell.Without(cell?.State ?? CellState.NoData),
            cell?.Denominator is { } n ? ReportCell.Of(n) : ReportCell.Without(cell is null or { State: CellState.Shown } ? CellState.NoData : cell.State),
            MeasureTable.Cell(cell, StatisticKind.Share),
        ];

        ReportCell Gap(ShareDifference? gap, MeasureCell? women, MeasureCell? men) => gap is not { } difference ? ReportCell.Without(Missing(women, men))
            : IsFew(women) || IsFew(men) ? ReportCell.Of(MeasureTable.TooFew)
            : ReportCell.Of($"{difference.Points(decimals)} ({difference.Interval(decimals)})");
    }

    /// <summary>The share over time as a control chart, and since when in words; null when no whole period has passed.</summary>
    public async Task<(BoardPart? Part, string Since)> TrendAsync(long? n)
    {
        if (BoardPeriods.Trend(filter.From, filter.To, n) is not { } trend)
            return (null, "");
        var (per, from, to) = trend;
        var word = per switch { PeriodKind.Month => "månad", PeriodKind.Tertial => "tertial", _ => "år" };
        var counting = measures.ComputeAsync(Exits(from, to) with { Per = per, By = MeasureDimensions.None });
        var periods = await measures.PeriodsAsync(per, from, to);
        var cells = await counting;
        var block = Block("utveckling", "styrdiagram", $"Är variationen mellan {(per == PeriodKind.Month ? "månaderna" : per == PeriodKind.Tertial ? "tertialen" : "åren")} större än slumpen kan förklara?", Positive, rows: "period");
        var total = cells.All(c => c is { N: not null, State: not CellState.Hidden }) ? cells.Sum(c => c.N) : null;
        var part = Part(block, cells, periods.ToDictionary(p => p.PeriodFrom, p => p.Label), DefinitionText, total, (from, to));
        if (filter.IsOfParticipations)
            part = part.With("Den som deltar i flera perioder räknas i var och en av dem. Andelarna är därför lägre än för hela perioden, och gränserna ungefärliga.");
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
    public async Task<BoardPart?> InsatserAsync()
    {
        if (MonthsWithin is not { } span)
            return null;
        var cells = await measures.ComputeAsync(Exits(span.From, span.To) with { By = MeasureDimensions.Insats | MeasureDimensions.Gender });
        if (cells.Select(c => c.Insats).Distinct(StringComparer.Ordinal).Count() < 3)
            return null;

        // Of those that only count nothing is followed: that is a line, and no rows of what is missing.
        var onlyCounted = labels.Measures.Insatser.Where(i => i.IsCountedOnly && i.Name != _whole && cells.Any(c => c.Insats == i.Name) && cells.Where(c => c.Insats == i.Name).All(c => c.State == CellState.NoData)).Select(i => i.Name).ToList();
        cells = [.. cells.Where(c => !onlyCounted.Contains(c.Insats, StringComparer.Ordinal))];
        string? note = onlyCounted.Count == 0 ? null : $"Räknar bara hur många som deltar, så det här följs inte: {string.Join(", ", onlyCounted)}.";

        // The insats that is looked at is the total of its delprojekt: a row of its own in the table, but no bar among theirs.
        var total = Total(cells);
        if (insats is null)
            return With(Part(Block("insatser", "kolumner", "Positiva avslut efter insats", Positive, rows: "insats", columns: "gender"), cells, [], DefinitionText, total, span));
        cells = [.. cells.Select(c => c.Insats == _whole ? c with { Insats = MeasureCell.All } : c)];
        var part = Part(Block("insatser", "kolumner", "Positiva avslut efter delprojekt", Positive, rows: "insats", columns: "gender"), cells, [], DefinitionText, total, span);
        return With(part with { Table = part.Table with { Rows = [.. part.Table.Rows.Select(r => r.IsTotal ? r with { Cells = [ReportCell.Of(insats.Name), .. r.Cells.Skip(1)] } : r)] } });

        BoardPart With(BoardPart made)
        {
            if (span != (filter.From, filter.To))
                made = made.With($"Uppdelat på insatser räknas bara hela månader som är slut: {Swedish.Period(span.From, span.To)}.");
            return note is null ? made : made.With(note);
        }
    }

    /// <summary>Why stays ended; null when no whole month has passed.</summary>
    public async Task<BoardPart?> ReasonsAsync()
    {
        if (ByMonths is not { } span)
            return null;
        var cells = await ReasonCellsAsync(span);
        var all = cells.FirstOrDefault(c => c is { Statistic: "count", Category: MeasureCell.All, Gender: MeasureCell.All });

        // A reason that nobody left for says nothing in a picture of those that somebody did.
        var unused = cells.Where(c => c is { Statistic: "count", Gender: MeasureCell.All, State: CellState.Shown, Value: 0 }).Select(c => c.Category).ToHashSet(StringComparer.Ordinal);
        cells = [.. cells.Where(c => !unused.Contains(c.Category))];
        return Part(Block("avslutsorsaker", "kolumner", "Varför avslutades deltagandena?", "avslutsorsaker", rows: "category", columns: "gender", statistic: "share"), cells, [], definition: null, all?.N, span);
    }

    /// <summary>
    /// How many exits lack what the definition needs, of how many: they count as not positive, which makes the share too low.
    /// Null when none does.
    /// </summary>
    public async Task<BoardMissing?> MissingAsync()
    {
        var reasons = await ReasonCellsAsync((filter.From, filter.To));
        if (Counted(reasons, "count", MeasureCell.All) is not { State: CellState.Shown, Value: > 0 and var exits })
            return null;
        var isIncrease = definitions.FirstOrDefault(d => d.Code == filter.Definition)?.Kind == "increase";
        if (!isIncrease)
            return Counted(reasons, "count", "unknown") is { State: not CellState.NoData, Value: not 0 } unknown ? new BoardMissing((long?)unknown.Value, (long)exits, IsOccupation: false) : null;
        var paired = (await measures.ComputeAsync(Request("sysselsattning", filter.From, filter.To))).FirstOrDefault(c => c.Statistic == "n_paired");
        if (paired is not { State: CellState.Shown, Value: { } known } || exits <= known)
            return null;
        return new BoardMissing(DisclosureControl.Count(filter.Policy, (long)(exits - known)), (long)exits, IsOccupation: true);

        static MeasureCell? Counted(IEnumerable<MeasureCell> cells, string statistic, string category) =>
            cells.FirstOrDefault(c => c.Statistic == statistic && c.Category == category && c.Gender == MeasureCell.All);
    }

    /// <summary>True when the insats that is looked at only registers how many they are, so that there is nothing to answer.</summary>
    public bool IsOnlyCounted(BoardAnswer answer) => insats is { IsCountedOnly: true } && answer.All.State == CellState.NoData;

    /// <summary>
    /// How many came to insatser that only count them, in the years of the period; null when there are none, or none that has
    /// reported and nobody asked for one.
    /// </summary>
    public async Task<BoardPart?> CountedAsync()
    {
        var request = Request("personer", new DateOnly(filter.From.Year, 1, 1), new DateOnly(filter.To.Year, 12, 31)) with { By = MeasureDimensions.Insats | MeasureDimensions.Gender, Gender = null, AgeGroups = null };
        if (!labels.Measures.Insatser.Any(i => i.IsCountedOnly && (insats is null || i.Id == insats.Id || i.ParentId == insats.Id)))
            return null;
        var (years, halves) = (await measures.ComputeAsync(request with { Per = PeriodKind.Year }), await measures.ComputeAsync(request with { Per = PeriodKind.Half }));
        var insatser = HeadCountTable.Insatser(labels, years).Where(i => insats is null || i.Id == insats.Id || i.ParentId == insats.Id).ToList();
        var info = MeasureCatalogue.Find("personer");
        var caption = new ReportCaption("raknade", "Personer som bara räknas till antalet", $"Personer, {Swedish.Period(request.From, request.To)}", ["Alla åldrar och kön, oavsett urval."], Source);
        return HeadCountTable.Of(insatser, years, halves, labels, caption, today) is not { } table ? null
            : new BoardPart { Id = caption.Id, Figure = null, Table = table, Definition = $"{info.Statistics.First(s => s.Name == "anonymous").PeriodRule} {info.Statistics.First(s => s.Name == "structural").PeriodRule}", N = null, Span = (request.From, request.To) };
    }

    /// <summary>
    /// Who takes part on the last day, who waits, and how many places there are. Ends of months only, unless small numbers
    /// are shown: two days in a row would tell who came and left.
    /// </summary>
    /// <param name="places">Places of each insats by name.</param>
    /// <param name="counted">Insatser that only register how many took part: they have no participants to count here.</param>
    public async Task<BoardPart> PlacesAsync(IReadOnlyDictionary<string, int?> places, IReadOnlySet<string> counted)
    {
        var day = IsToTheDay && filter.To == today ? today : BoardPeriods.WholeMonths(filter.To, filter.To, filter.To).To;
        var onDay = Request("deltaganden", day, day) with { By = MeasureDimensions.Insats };
        var (counting, queueing) = (measures.ComputeAsync(onDay), measures.ComputeAsync(onDay with { Measure = "ko" }));
        var ongoing = (await counting).Where(c => c.Statistic == "ongoing_at_end").ToList();
        var queue = (await queueing).ToDictionary(c => c.Insats, StringComparer.Ordinal);

        // A 0 would say that nobody takes part, where nobody could be registered that day.
        var without = ongoing.Where(c => c.Insats != _whole && IsZero(c) && IsZero(queue.GetValueOrDefault(c.Insats)) && (counted.Contains(c.Insats) || !IsRunning(c.Insats))).Select(c => c.Insats).ToHashSet(StringComparer.Ordinal);
        ongoing.RemoveAll(c => without.Contains(c.Insats));
        var onlyCounted = without.Where(counted.Contains).ToList();
        var closed = ongoing.Where(c => c.Insats != MeasureCell.All && labels.Measures.Insatser.First(i => i.Name == c.Insats).EndsOn < day).Select(c => c.Insats).ToList();
        var parts = ongoing.Where(c => c.Insats != _whole).ToList() is { Count: > 0 } several ? several
            : ongoing.Where(_ => insats is not null).ToList();
        var info = MeasureCatalogue.Find("deltaganden");
        var title = $"Läget {Swedish.LongDate(day)}: pågående, kö och platser";
        var subtitle = string.Join(" · ", [$"Deltaganden {Swedish.LongDate(day)}, {(day == filter.To ? "periodens sista dag" : "senaste månadsslutet")}", .. Limits]);
        IReadOnlyList<string> notes =
        [
            "Pågående: inskrivna och inte utskrivna den dagen. I kö: anmälda som inte skrivits in. Platser: enligt insatsens uppgifter i dag, oavsett urval av ålder och kön.",
            .. onlyCounted.Count == 0 ? Array.Empty<string>() : [$"Har inga registrerade deltagare, bara antal: {string.Join(", ", onlyCounted)}."],
            .. closed.Count == 0 ? Array.Empty<string>() : [$"Har slutat, men har deltaganden utan avslut som räknas här: {string.Join(", ", closed)}."],
        ];
        return new BoardPart
        {
            Id = "laget",
            Figure = parts.Count == 0 ? null : new ColumnFigure
            {
                Id = "laget",
                Title = title,
                Subtitle = subtitle,
                Unit = ValueUnit.Count,
                Notes = notes,
                Source = Source,
                Categories = [.. parts.Select(Label)],
                Series =
                [
                    new("Pågående", SeriesRole.Category, [.. parts.Select(c => MeasureFigure.Point(c))]),
                    new("I kö", SeriesRole.Category, [.. parts.Select(c => MeasureFigure.Point(Waiting(c)))]),
                    new("Platser", SeriesRole.Category, [.. parts.Select(c => Places(c) is { } number ? new FigurePoint(CellState.Shown, number) : FigurePoint.NoData)]),
                ],
            },
            Table = new ReportTable
            {
                Id = "laget",
                Title = title,
                Subtitle = subtitle,
                Columns = [new("Insats", Unit: null), new("Pågående", ValueUnit.Count), new("I kö", ValueUnit.Count), new("Platser", ValueUnit.Count)],
                Rows =
                [
                    .. ongoing.Select(c => new ReportRow(
                        [
                            ReportCell.Of(c.Insats == MeasureCell.All ? "Hela förbundet" : Label(c)),
                            MeasureTable.Cell(c, StatisticKind.Count),
                            MeasureTable.Cell(Waiting(c), StatisticKind.Count),
                            Places(c) is { } number ? ReportCell.Of(number) : ReportCell.Without(CellState.NoData),
                        ],
                        IsTotal: c.Insats == _whole)),
                ],
                Notes = notes,
                Source = Source,
            },
            Definition = MeasureCatalogue.Definitions(info, MeasureCatalogue.Find("ko")),
            Span = (day, day),
            N = ongoing.FirstOrDefault(c => c.Insats == _whole)?.Value is { } all ? (long)all : null,
        };

        string Label(MeasureCell cell) => labels.Of(info, "insats", cell.Insats);

        static bool IsZero(MeasureCell? cell) => cell is null or { State: CellState.NoData } or { State: CellState.Shown, Value: 0 };

        bool IsRunning(string name) => labels.Measures.Insatser.First(i => i.Name == name) is var asked && asked.StartsOn <= day && (asked.EndsOn is null || asked.EndsOn >= day);

        // An insats that has closed and that nobody waits for has no row of its own in the queue.
        MeasureCell? Waiting(MeasureCell cell) => queue.GetValueOrDefault(cell.Insats) ?? (cell.State == CellState.NoData ? null : cell with { State = CellState.Shown, Value = 0, N = null });

        int? Places(MeasureCell cell)
        {
            // Somebody may still be in an insats that has closed; places it has none.
            if (cell.Insats != MeasureCell.All)
                return IsRunning(cell.Insats) ? places.GetValueOrDefault(cell.Insats) : null;
            // A sum in which a part is unknown would be too small.
            var top = labels.Measures.Insatser.Where(i => i.ParentId == 0 && IsRunning(i.Name) && parts.Exists(p => p.Insats == i.Name)).Select(i => places.GetValueOrDefault(i.Name)).ToList();
            return top.Count > 0 && top.TrueForAll(p => p is not null) ? top.Sum() : null;
        }
    }

    /// <summary>
    /// The board's targets of a year; they are for everybody, whatever age and gender the view is limited to. Those of an
    /// insats are set against whole months, as all else of an insats is, unless small numbers are shown: days more or less
    /// would tell of whoever came or left in them.
    /// </summary>
    public async Task<BoardPart> TargetsAsync(IReadOnlyList<TargetRow> targets, int year)
    {
        var isOver = today > new DateOnly(year, 12, 31);
        var subtitle = isOver ? $"Utfall för hela {year}, jämfört med styrelsens mål" : $"Utfall hittills {year}, jämfört med styrelsens mål för hela året";
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        (DateOnly From, DateOnly To)? months = isOver || filter.Policy == PublicationPolicy.Internt ? (first, last) : BoardPeriods.MonthsWithin(first, today);
        IEnumerable<string> until = months?.To == last || !targets.Any(IsByMonths) ? []
            : months is { } whole ? [$"Mål för en insats: utfallet räknas i hela månader, till och med {Swedish.LongDate(whole.To)}. Mål för hela förbundet: till och med {Swedish.LongDate(today)}."]
            : ["Mål för en insats: utfallet räknas i hela månader, och visas när årets första månad är slut."];
        var table = await TargetTable.OfAsync(targets, ComputeAsync, new ReportCaption("mal", $"Mål och utfall {year}", subtitle, ["Målen gäller hela året och alla åldrar och kön, oavsett urval.", .. until], Source), isOver, filter.Policy);
        return new BoardPart { Id = "mal", Figure = null, Table = table, Definition = "Varje mål jämförs med måttets utfall för året.", N = null, Span = (first, last < today ? last : today) };

        async Task<IReadOnlyList<MeasureCell>> ComputeAsync(TargetRow target)
        {
            try
            {
                // Targets of several insatser are counted at once.
                if ((IsByMonths(target) ? months : (first, last)) is not { } span)
                    return [];
                var request = new MeasureRequest { Measure = target.Measure, ForbundId = forbund.Id, From = span.From, To = span.To, Definition = target.Definition };
                if (!MeasureCatalogue.Find(target.Measure).Dimensions.HasFlag(MeasureDimensions.Insats))
                    return await measures.ComputeAsync(request with { Insats = target.Insats });
                return [.. (await measures.ComputeAsync(request with { By = MeasureDimensions.Insats })).Where(c => c.Insats == (target.Insats ?? MeasureCell.All))];
            }
            catch (MeasureRequestException)
            {
                // A target that was set for a definition that is gone stands there without an outcome.
                return [];
            }
        }
    }

    // Those who are only counted are known by the half-year, and not by the day.
    private bool IsByMonths(TargetRow target) => target.Insats is { } name && labels.Measures.Insatser.Any(i => i.Name == name && !i.IsCountedOnly);

    /// <summary>True for the insats that is looked at and its delprojekt.</summary>
    public bool IsIn(string? name) => insats is not null && labels.Measures.Insatser.Any(i => i.Name == name && (i.Id == insats.Id || i.ParentId == insats.Id));

    private MeasureRequest Request(string measure, DateOnly from, DateOnly to) => new()
    {
        Measure = measure,
        ForbundId = forbund.Id,
        From = from,
        To = to,
        Insats = insats?.Name,
        Gender = filter.Gender,
        AgeGroups = filter.AgeGroups,
    };

    private MeasureRequest ByInsats => Exits(filter.From, filter.To) with { By = MeasureDimensions.Insats | MeasureDimensions.Gender };

    // The same count by insats holds the whole.
    private async Task<IReadOnlyList<MeasureCell>> NowAsync() => [.. (await measures.ComputeAsync(ByInsats)).Where(c => c.Insats == _whole)];

    private Task<IReadOnlyList<MeasureCell>> ReasonCellsAsync((DateOnly From, DateOnly To) span) => measures.ComputeAsync(Request("avslutsorsaker", span.From, span.To) with { By = MeasureDimensions.Gender });

    private MeasureRequest Exits(DateOnly from, DateOnly to) => Request(Positive, from, to) with { By = MeasureDimensions.Gender, Definition = filter.Definition, Denominator = filter.Denominator };

    private DefinitionRequest Block(string id, string kind, string title, string measure, string rows, string? columns = null, string? statistic = null)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal) { ["id"] = id, ["typ"] = kind, ["rubrik"] = title, ["matt"] = measure, ["rader"] = rows, ["nollor"] = rows == "category" ? "nej" : "ja" };
        if (columns is not null)
            keys["kolumner"] = columns;
        if (MeasureCatalogue.Find(measure).TakesDenominator)
            keys["namnare"] = filter.Denominator;
        if (statistic is not null)
            keys["statistik"] = statistic;
        return new DefinitionRequest("diagram", keys, "statistik", Line: 0);
    }

    private BoardPart Part(DefinitionRequest block, IReadOnlyList<MeasureCell> cells, Dictionary<DateOnly, string> periods, string? definition, long? n, (DateOnly From, DateOnly To)? span = null, string? periodText = null)
    {
        var layout = MeasureLayout.Read(block);
        var measure = new LaidOutMeasure(layout, cells, labels, periods);
        var caption = new ReportCaption(block.Required("id"), block.Required("rubrik"), Subtitle(layout.Measure, definition, n, span, periodText), [Rule(layout.Measure), .. measure.Notes], Source);
        var figure = measure.IsEmpty ? null : MeasureFigure.Of(measure, caption, labels);

        // A control chart's limits and signals are in its own table only; elsewhere the totals belong beside the parts.
        return new BoardPart
        {
            Id = caption.Id,
            Figure = figure,
            Table = figure is ControlChartFigure ? figure.ToTable() : MeasureTable.Of(measure, measure.IsEmpty ? caption with { Notes = [.. caption.Notes, measure.IsZero ? $"0 {layout.Measure.UnitText}." : ReportLabels.Capital($"{measure.EmptyState.ToSwedish()}.")] } : caption),
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
        List<string> parts = [$"{ReportLabels.Capital(info.TakesDenominator ? filter.Unit : info.UnitText)}, {periodText ?? Swedish.Period(from, to)}", .. Limits];
        if (definition is not null)
            parts.Add(info.TakesPositiveDefinition ? $"positivt avslut: {definition}" : definition);
        if (n is { } number)
            parts.Add($"n{Swedish.NoBreakSpace}={Swedish.NoBreakSpace}{Swedish.Count(number)}{(periodText is null || Before is null ? "" : $" ({Swedish.Period(filter.From, filter.To)})")}");
        return string.Join(" · ", parts);
    }

    private string Rule(MeasureInfo info) => info.TakesDenominator && filter.IsOfParticipations
        ? "Deltaganden i perioden: inskrivna senast dess sista dag och inte utskrivna före dess första. Positiva: de av dem som skrivits ut i perioden med ett positivt avslut."
        : info.PeriodRule;

    private string Definition(MeasureInfo info) =>
        $"{Rule(info)} {info.Definition}" + (info.TakesPositiveDefinition ? $" Positivt avslut: {DefinitionText}. {counted}" : "");

    private long? Total(IReadOnlyList<MeasureCell> cells) => cells.FirstOrDefault(c => c.Insats == _whole && c.Gender == MeasureCell.All)?.N;
}
