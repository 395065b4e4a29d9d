using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Board;

/// <summary>One view in the making: the measures that it asks for, laid out as a report's are.</summary>
internal sealed class BoardRun(GatedMeasures measures, ReportLabels labels, IReadOnlyList<PositiveDefinitionRow> definitions, ForbundRow forbund, BoardFilter filter, MeasureInsatsRow? insats, DateOnly today)
{
    private const string Positive = "positiva-avslut";

    // Where one insats is looked at, its own cells are the total of its delprojekt.
    private readonly string _whole = insats?.Name ?? MeasureCell.All;

    public (DateOnly From, DateOnly To)? Before { get; } = BoardPeriods.Before(filter.From, filter.To);

    public string DefinitionLabel { get; } = definitions.FirstOrDefault(d => d.Code == filter.Definition)?.Label ?? filter.Definition;

    public string DefinitionText => $"{DefinitionLabel}, av {BoardChoices.Denominators.First(d => d.Code == filter.Denominator).Label.ToLowerInvariant()}";

    /// <summary>What the filter leaves, in words.</summary>
    public IReadOnlyList<string> Limits { get; } =
    [
        .. insats is null ? Array.Empty<string>() : [insats.Name],
        .. filter.AgeGroups is null ? Array.Empty<string>() : [$"ålder {string.Join(", ", filter.AgeGroups.Split(',').Select(a => labels.Measures.Of("age", a)))}"],
        .. filter.Gender is null ? Array.Empty<string>() : [labels.Measures.Of("gender", filter.Gender).ToLowerInvariant()],
    ];

    private string Source { get; } =
        $"Källa: {forbund.Name}, registret {today:yyyy-MM-dd}{(forbund.IsDemo ? " (påhittade uppgifter)" : "")}. {(filter.IsPublished ? $"Skydd av små tal: {filter.Policy.ToSwedish()}." : "Internt underlag.")}";

    public async Task<BoardAnswer> AnswerAsync()
    {
        var (counting, countingBefore) = (measures.ComputeAsync(Exits(filter.From, filter.To)), Before is { } b ? measures.ComputeAsync(Exits(b.From, b.To)) : null);
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
        var periods = new List<(DateOnly From, DateOnly To)> { (filter.From, filter.To) };
        if (Before is { } before)
            periods.Insert(0, before);
        var cells = new List<MeasureCell>();
        foreach (var (from, to) in periods)
            cells.AddRange(await measures.ComputeAsync(Exits(from, to)));
        var block = Block("kon", "kolumner", "Skiljer sig positiva avslut mellan kvinnor och män?", Positive, rows: "period", columns: "gender");
        return Part(block, cells, periods.ToDictionary(p => p.From, p => Swedish.Period(p.From, p.To)), DefinitionText, cells.LastOrDefault(c => c.Gender == MeasureCell.All)?.N);
    }

    /// <summary>The same shares as a table, with what has changed and how sure that is.</summary>
    public BoardPart Comparison(BoardAnswer answer)
    {
        var rows = new List<ReportRow>();
        if (filter.Gender is null)
        {
            rows.Add(Row("Kvinnor", answer.Women, answer.WomenBefore));
            rows.Add(Row("Män", answer.Men, answer.MenBefore));
            rows.Add(new ReportRow([ReportCell.Of("Kvinnor minus män"), ReportCell.Of(""), ReportCell.Of(""), Points(answer.Gap), ReportCell.Of(""), ReportCell.Of(""), Points(answer.GapBefore), ReportCell.Of(""), ReportCell.Of("")]));
        }

        rows.Add(Row(filter.Gender is null ? "Alla" : labels.Measures.Of("gender", filter.Gender), answer.All, answer.AllBefore, isTotal: true));
        var info = MeasureCatalogue.Find(Positive);
        var then = Before is { } b ? Swedish.Period(b.From, b.To) : "året före";
        return new BoardPart
        {
            Id = "jamforelse",
            Figure = null,
            Table = new ReportTable
            {
                Id = "jamforelse",
                Title = "Positiva avslut jämfört med samma period året före",
                Subtitle = Subtitle(info, DefinitionText, answer.All.N),
                Columns =
                [
                    new("", Unit: null), new("Nu: antal", ValueUnit.Count), new("av", ValueUnit.Count), new("andel", ValueUnit.Percent),
                    new("Före: antal", ValueUnit.Count), new("av", ValueUnit.Count), new("andel", ValueUnit.Percent),
                    new("Förändring", ValueUnit.PercentagePoints), new("95\u00A0% konfidensintervall", Unit: null),
                ],
                Rows = rows,
                Notes = [$"Nu: {Swedish.Period(filter.From, filter.To)}. Före: {then}.", info.PeriodRule, "Ett intervall som omfattar 0 betyder att skillnaden kan bero på slumpen (Newcombe).", Policy],
                Source = Source,
            },
            Definition = Definition(info),
            N = answer.All.N,
        };

        static ReportRow Row(string label, MeasureCell? now, MeasureCell? before, bool isTotal = false)
        {
            var change = BoardAnswer.Difference(now, before);
            var state = new[] { now, before }.FirstOrDefault(c => c is not { State: CellState.Shown })?.State ?? CellState.NoData;
            return new ReportRow(
                [
                    ReportCell.Of(label), .. Share(now), .. Share(before),
                    change is { Value: { } value } ? ReportCell.Of(value) : ReportCell.Without(state),
                    change is { Lower: { } lower, Upper: { } upper } ? ReportCell.Of(Interval(lower, upper)) : ReportCell.Without(state),
                ],
                isTotal);
        }

        static IEnumerable<ReportCell> Share(MeasureCell? cell) =>
        [
            cell is { State: CellState.Shown } ? ReportCell.Of(cell.Numerator!.Value) : ReportCell.Without(cell?.State ?? CellState.NoData),
            cell?.Denominator is { } n ? ReportCell.Of(n) : ReportCell.Without(cell is null or { State: CellState.Shown } ? CellState.NoData : cell.State),
            MeasureTable.Cell(cell, StatisticKind.Share),
        ];

        static ReportCell Points(ShareDifference? gap) => gap is { Value: { } value, Lower: { } lower, Upper: { } upper }
            ? ReportCell.Of($"{Swedish.Value(value, ValueUnit.PercentagePoints)} ({Interval(lower, upper)})")
            : ReportCell.Of("–");

        static string Interval(double lower, double upper) => $"{Swedish.Number(lower * 100, 0)} till {Swedish.Number(upper * 100, 0)}";
    }

    /// <summary>The share over time as a control chart, and the Swedish word for its periods; null when no whole period has passed.</summary>
    public async Task<(BoardPart? Part, string PeriodWord)> TrendAsync(long? n)
    {
        if (BoardPeriods.Trend(filter.From, filter.To, n) is not { } trend)
            return (null, "");
        var (per, from, to) = trend;
        var word = per switch { PeriodKind.Month => "månad", PeriodKind.Tertial => "tertial", _ => "år" };
        var counting = measures.ComputeAsync(Exits(from, to) with { Per = per, By = MeasureDimensions.None });
        var periods = await measures.PeriodsAsync(per, from, to);
        var cells = await counting;
        var block = Block("utveckling", "styrdiagram", $"Är variationen mellan {(per == PeriodKind.Month ? "månaderna" : per == PeriodKind.Tertial ? "tertialen" : "åren")} mer än slumpen?", Positive, rows: "period");
        var total = cells.All(c => c is { N: not null, State: not CellState.Hidden }) ? cells.Sum(c => c.N) : null;
        return (Part(block, cells, periods.ToDictionary(p => p.PeriodFrom, p => p.Label), DefinitionText, total, (from, to)), ReportLabels.Capital($"{word} för {word}"));
    }

    /// <summary>By insats, when there is more than one to show.</summary>
    public async Task<BoardPart?> InsatserAsync()
    {
        var cells = await measures.ComputeAsync(Exits(filter.From, filter.To) with { By = MeasureDimensions.Insats | MeasureDimensions.Gender });
        return cells.Select(c => c.Insats).Distinct(StringComparer.Ordinal).Count() < 3
            ? null
            : Part(Block("insatser", "kolumner", insats is null ? "Positiva avslut efter insats" : "Positiva avslut efter delprojekt", Positive, rows: "insats", columns: "gender"), cells, [], DefinitionText, Total(cells));
    }

    public async Task<BoardPart> ReasonsAsync()
    {
        var cells = await measures.ComputeAsync(Request("avslutsorsaker", filter.From, filter.To) with { By = MeasureDimensions.Gender });
        var all = cells.FirstOrDefault(c => c is { Statistic: "count", Category: MeasureCell.All, Gender: MeasureCell.All });

        // A reason that nobody left for says nothing in a picture of those that somebody did.
        var unused = cells.Where(c => c is { Statistic: "count", Gender: MeasureCell.All, State: CellState.Shown, Value: 0 }).Select(c => c.Category).ToHashSet(StringComparer.Ordinal);
        cells = [.. cells.Where(c => !unused.Contains(c.Category))];
        return Part(Block("avslutsorsaker", "kolumner", "Varför avslutades deltagandena?", "avslutsorsaker", rows: "category", columns: "gender", statistic: "share"), cells, [], definition: null, all?.N);
    }

    /// <summary>Who takes part on the last day, who waits, and how many places there are.</summary>
    public async Task<BoardPart> PlacesAsync(IReadOnlyDictionary<string, int?> places)
    {
        var onDay = Request("deltaganden", filter.To, filter.To) with { By = MeasureDimensions.Insats };
        var (counting, queueing) = (measures.ComputeAsync(onDay), measures.ComputeAsync(onDay with { Measure = "ko" }));
        var ongoing = (await counting).Where(c => c.Statistic == "ongoing_at_end").ToList();
        var queue = (await queueing).ToDictionary(c => c.Insats, StringComparer.Ordinal);
        var parts = ongoing.Where(c => c.Insats != _whole).ToList() is { Count: > 0 } several ? several
            : ongoing.Where(_ => insats is not null).ToList();
        var info = MeasureCatalogue.Find("deltaganden");
        var title = $"Läget {Swedish.LongDate(filter.To)}: pågående, kö och platser";
        var subtitle = Subtitle(info, $"på periodens sista dag, {Swedish.LongDate(filter.To)}", n: null);
        IReadOnlyList<string> notes = ["Pågående: inskrivna och inte utskrivna den dagen. I kö: anmälda som inte skrivits in. Platser: enligt insatsens uppgifter, oavsett urval av ålder och kön.", Policy];
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
                    new("I kö", SeriesRole.Category, [.. parts.Select(c => MeasureFigure.Point(queue.GetValueOrDefault(c.Insats)))]),
                    new("Platser", SeriesRole.Category, [.. parts.Select(c => places.GetValueOrDefault(c.Insats) is { } number ? new FigurePoint(CellState.Shown, number) : FigurePoint.NoData)]),
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
                            MeasureTable.Cell(queue.GetValueOrDefault(c.Insats), StatisticKind.Count),
                            Places(c) is { } number ? ReportCell.Of(number) : ReportCell.Without(CellState.NoData),
                        ],
                        IsTotal: c.Insats == _whole)),
                ],
                Notes = notes,
                Source = Source,
            },
            Definition = $"{info.Definition} {MeasureCatalogue.Find("ko").Definition}",
            N = ongoing.FirstOrDefault(c => c.Insats == _whole)?.Value is { } all ? (long)all : null,
        };

        string Label(MeasureCell cell) => labels.Of(info, "insats", cell.Insats);

        int? Places(MeasureCell cell)
        {
            if (cell.Insats != MeasureCell.All)
                return places.GetValueOrDefault(cell.Insats);
            // A sum in which a part is unknown would be too small.
            var top = labels.Measures.Insatser.Where(i => i.ParentId == 0 && parts.Exists(p => p.Insats == i.Name)).Select(i => places.GetValueOrDefault(i.Name)).ToList();
            return top.Count > 0 && top.TrueForAll(p => p is not null) ? top.Sum() : null;
        }
    }

    /// <summary>The board's targets of a year; they are for everybody, whatever age and gender the view is limited to.</summary>
    public async Task<BoardPart> TargetsAsync(IReadOnlyList<TargetRow> targets, int year)
    {
        var isOver = today > new DateOnly(year, 12, 31);
        var subtitle = isOver ? $"Utfall för hela {year}, jämfört med styrelsens mål" : $"Utfall hittills {year}, jämfört med styrelsens mål för hela året";
        var table = await TargetTable.OfAsync(targets, ComputeAsync, new ReportCaption("mal", $"Mål och utfall {year}", subtitle, ["Målen gäller hela året och alla åldrar och kön, oavsett urval.", Policy], Source), isOver);
        return new BoardPart { Id = "mal", Figure = null, Table = table, Definition = "Varje mål jämförs med måttets utfall för året.", N = null };

        async Task<IReadOnlyList<MeasureCell>> ComputeAsync(TargetRow target)
        {
            try
            {
                return await measures.ComputeAsync(new MeasureRequest { Measure = target.Measure, ForbundId = forbund.Id, From = new DateOnly(year, 1, 1), To = new DateOnly(year, 12, 31), Definition = target.Definition, Insats = target.Insats });
            }
            catch (MeasureRequestException)
            {
                // A target that was set for a definition that is gone stands there without an outcome.
                return [];
            }
        }
    }

    /// <summary>True for the insats that is looked at and its delprojekt.</summary>
    public bool IsIn(string? name) => insats is not null && labels.Measures.Insatser.Any(i => i.Name == name && (i.Id == insats.Id || i.ParentId == insats.Id));

    private string Policy => filter.Policy.Explanation();

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

    private MeasureRequest Exits(DateOnly from, DateOnly to) => Request(Positive, from, to) with { By = MeasureDimensions.Gender, Definition = filter.Definition, Denominator = filter.Denominator };

    private static DefinitionRequest Block(string id, string kind, string title, string measure, string rows, string? columns = null, string? statistic = null)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal) { ["id"] = id, ["typ"] = kind, ["rubrik"] = title, ["matt"] = measure, ["rader"] = rows, ["nollor"] = rows == "category" ? "nej" : "ja" };
        if (columns is not null)
            keys["kolumner"] = columns;
        if (statistic is not null)
            keys["statistik"] = statistic;
        return new DefinitionRequest("diagram", keys, "statistik", Line: 0);
    }

    private BoardPart Part(DefinitionRequest block, IReadOnlyList<MeasureCell> cells, Dictionary<DateOnly, string> periods, string? definition, long? n, (DateOnly From, DateOnly To)? span = null)
    {
        var layout = MeasureLayout.Read(block);
        var measure = new LaidOutMeasure(layout, cells, labels, periods);
        var caption = new ReportCaption(block.Required("id"), block.Required("rubrik"), Subtitle(layout.Measure, definition, n, span), [layout.Measure.PeriodRule, .. measure.Notes, Policy], Source);
        var figure = measure.IsEmpty ? null : MeasureFigure.Of(measure, caption, labels);

        // A control chart's limits and signals are in its own table only; elsewhere the totals belong beside the parts.
        return new BoardPart
        {
            Id = caption.Id,
            Figure = figure,
            Table = figure is ControlChartFigure ? figure.ToTable() : MeasureTable.Of(measure, measure.IsEmpty ? caption with { Notes = [.. caption.Notes, ReportLabels.Capital($"{measure.EmptyState.ToSwedish()}.")] } : caption),
            Definition = Definition(layout.Measure),
            N = n,
        };
    }

    // Unit, period, definition and n belong to every number that is shown.
    private string Subtitle(MeasureInfo info, string? definition, long? n, (DateOnly From, DateOnly To)? span = null)
    {
        var (from, to) = span ?? (filter.From, filter.To);
        List<string> parts = [$"{ReportLabels.Capital(info.UnitText)}, {Swedish.Period(from, to)}", .. Limits];
        if (definition is not null)
            parts.Add(info.TakesPositiveDefinition ? $"positivt avslut: {definition}" : definition);
        if (n is { } number)
            parts.Add($"n{Swedish.NoBreakSpace}={Swedish.NoBreakSpace}{Swedish.Count(number)}");
        return string.Join(" · ", parts);
    }

    private string Definition(MeasureInfo info) =>
        $"{info.PeriodRule} {info.Definition}" + (info.TakesPositiveDefinition ? $" Positivt avslut: {DefinitionText}." : "");

    private long? Total(IReadOnlyList<MeasureCell> cells) => cells.FirstOrDefault(c => c.Insats == _whole && c.Gender == MeasureCell.All)?.N;
}
