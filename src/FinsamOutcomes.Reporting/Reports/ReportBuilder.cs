using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>Which report is wanted.</summary>
public sealed record ReportRequest
{
    public required ForbundRow Forbund { get; init; }

    public required ReportDefinition Definition { get; init; }

    /// <summary>The calendar year that is reported.</summary>
    public required int Year { get; init; }

    public PublicationPolicy Policy { get; init; } = PublicationPolicy.Minst5;
}

/// <summary>
/// Makes a report from its definition: computes each measure once, lets every cell through the publishing gate, and lays
/// it out as text, tables and figures.
/// </summary>
public sealed class ReportBuilder(FinsamDatabase database)
{
    /// <param name="request">Which report.</param>
    /// <param name="progress">Told before each part; see <see cref="ReportProgress"/>.</param>
    /// <param name="cancellationToken">Asked before each part, and by the queries.</param>
    /// <exception cref="ReportDefinitionException">A block of the definition can't be understood; names file and line.</exception>
    /// <exception cref="ReportYearException">The year has not begun.</exception>
    public async Task<ReportDocument> BuildAsync(
        ReportRequest request,
        IProgress<ReportProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var period = ReportPeriod.Of(request.Year, database.Today);
        await using var snapshot = await MeasureSnapshot.OpenAsync(database, request.Forbund.Id, cancellationToken);
        var measures = new GatedMeasures(snapshot, request.Policy);
        var definitions = await new ForbundStore(database).PositiveDefinitionsAsync(request.Forbund.Id, cancellationToken);
        var run = new ReportRun(
            database,
            measures,
            new ReportLabels(measures.Labels, definitions),
            definitions,
            request,
            period,
            progress,
            cancellationToken);
        var blocks = new List<ReportBlock>();
        string? title = null;
        foreach (var block in request.Definition.Blocks)
        {
            if (block is DefinitionHeading { Level: 1 } heading && title is null)
                title = run.Fill(heading.Text, insats: null) + period.SoFar;
            else
                blocks.AddRange(await run.BlocksAsync(block, insats: null));
        }

        return new ReportDocument
        {
            Title = title ?? throw new ReportDefinitionException($"Rapporten {request.Definition.Name} saknar rubrik (en rad som börjar med #)."),
            Forbund = request.Forbund.Name,
            PeriodFrom = period.From,
            PeriodTo = period.To,
            IsYearOver = period.IsOver,
            GeneratedOn = database.Today,
            PolicyText = $"{request.Policy.ToSwedish()}: {request.Policy.Explanation()}",
            IsInternal = request.Policy == PublicationPolicy.Internt,
            IsDemo = request.Forbund.IsDemo,
            Blocks = blocks,
        };
    }
}

/// <summary>One report in the making.</summary>
internal sealed class ReportRun(
    FinsamDatabase database,
    GatedMeasures measures,
    ReportLabels labels,
    IReadOnlyList<PositiveDefinitionRow> definitions,
    ReportRequest request,
    ReportPeriod period,
    IProgress<ReportProgress>? progress,
    CancellationToken cancellationToken)
{
    private readonly SortedSet<string> _used = new(StringComparer.Ordinal);
    private readonly HashSet<(bool IsFigure, string Id)> _ids = [];
    private int _done;

    private string Source => $"Källa: {request.Forbund.Name}, registret {database.Today:yyyy-MM-dd}" + (request.Forbund.IsDemo ? " (påhittade uppgifter)" : "");

    /// <summary>Turns a block of the definition into what it becomes in the document.</summary>
    public async Task<IReadOnlyList<ReportBlock>> BlocksAsync(DefinitionBlock block, MeasureInsatsRow? insats)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (block is not DefinitionEachInsats)
            progress?.Report(new ReportProgress(_done++, Total, What(block, insats)));
        if (insats is { IsCountedOnly: true } && IsOfIndividuals(block) && await IsOnlyCountedAsync(insats))
            return [];
        switch (block)
        {
            case DefinitionHeading heading:
                return [new HeadingBlock(Math.Clamp(heading.Level - 1, 1, 3), Fill(heading.Text, insats))];
            case DefinitionText text:
                return [new ParagraphBlock(await RunsAsync(text.Runs, text.Place, text.Line, insats))];
            case DefinitionList list:
                var items = new List<IReadOnlyList<TextRun>>();
                foreach (var item in list.Items)
                    items.Add(await RunsAsync(item, list.Place, list.Line, insats));
                return [new BulletListBlock(items)];
            case DefinitionPlaceholder placeholder:
                return [new PlaceholderBlock(Fill(placeholder.Instruction, insats))];
            case DefinitionPageBreak:
                return [new PageBreakBlock()];
            case DefinitionEachInsats each:
                return await EachInsatsAsync(each);
            case DefinitionRequest wanted:
                return await RequestAsync(wanted, insats);
            default:
                throw new ArgumentOutOfRangeException(nameof(block), block.GetType().Name, message: null);
        }
    }

    /// <summary>
    /// Fills in <c>{år}</c>, <c>{period}</c>, <c>{hittills}</c>, <c>{slutdag}</c>, <c>{förbund}</c>, <c>{insats}</c>,
    /// <c>{policy}</c> and <c>{uttagsdag}</c>.
    /// </summary>
    public string Fill(string text, MeasureInsatsRow? insats) => text
        .Replace("{år}", request.Year.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{period}", period.IsOver ? period.Words : $"perioden {period.Words}", StringComparison.Ordinal)
        .Replace("{hittills}", period.SoFar, StringComparison.Ordinal)
        .Replace("{slutdag}", Swedish.LongDate(period.To), StringComparison.Ordinal)
        .Replace("{förbund}", request.Forbund.Name, StringComparison.Ordinal)
        .Replace("{insats}", insats?.Name ?? "alla insatser", StringComparison.Ordinal)
        .Replace("{policy}", request.Policy.Explanation(), StringComparison.Ordinal)
        .Replace("{uttagsdag}", Swedish.LongDate(database.Today), StringComparison.Ordinal);

    /// <summary>Parts in all, without the title: those that are repeated count once for each insats.</summary>
    private int Total { get; } = -1 + request.Definition.Blocks.Sum(b => b is DefinitionEachInsats each ? each.Blocks.Count * Open(labels, period).Count() : 1);

    private string What(DefinitionBlock block, MeasureInsatsRow? insats) => block switch
    {
        DefinitionRequest wanted when wanted["rubrik"] is { } title => $"Räknar: {Fill(title, insats)}",
        DefinitionRequest { Kind: "insatstext" } text when insats is not null => $"Skriver texten ”{text["avsnitt"]}” om {insats.Name}",
        _ when insats is not null => $"Skriver om {insats.Name}",
        DefinitionHeading heading => $"Skriver avsnittet {Fill(heading.Text, insats)}",
        _ => "Skriver text",
    };

    private static IEnumerable<MeasureInsatsRow> Open(ReportLabels labels, ReportPeriod period) =>
        labels.Measures.Insatser.Where(i => i.StartsOn <= period.To && (i.EndsOn is null || i.EndsOn >= period.From));

    private async Task<IReadOnlyList<ReportBlock>> EachInsatsAsync(DefinitionEachInsats each)
    {
        var blocks = new List<ReportBlock>();
        foreach (var insats in Open(labels, period))
        {
            foreach (var block in each.Blocks)
                blocks.AddRange(await BlocksAsync(block, insats));
        }

        return blocks.Count > 0 ? blocks : [new ParagraphBlock([new TextRun($"Förbundet hade ingen insats som pågick {request.Year}.")])];
    }

    private async Task<IReadOnlyList<ReportBlock>> RequestAsync(DefinitionRequest block, MeasureInsatsRow? insats) => block.Kind switch
    {
        "tabell" => await TableAsync(block, insats),
        "diagram" => await FigureAsync(block, insats),
        "maluppfyllelse" => await TargetsAsync(block),
        "ekonomi" => [await EconomyTable.BlockAsync(database, request, period, Caption(block, insats, "Kronor", []), insats, cancellationToken)],
        "insatstext" => await InsatsTextAsync(block, insats),
        "antal" => await HeadCountsAsync(block, insats),
        "definitioner" => await DefinitionsAsync(),
        _ => throw block.Error($"Blocket {block.Kind} är okänt."),
    };

    // What an insats that only counts has none of: anything of individuals, and text with numbers of them.
    private static bool IsOfIndividuals(DefinitionBlock block) => block switch
    {
        DefinitionRequest { Kind: "tabell" or "diagram" } => true,
        DefinitionText text => text.Runs.Any(r => r.Text.Contains("{{", StringComparison.Ordinal)),
        _ => false,
    };

    // Somebody may be registered there all the same, and is then shown.
    private async Task<bool> IsOnlyCountedAsync(MeasureInsatsRow insats) =>
        (await measures.ComputeAsync(Year("deltaganden", insats, MeasureDimensions.None))).All(c => c.State == CellState.NoData);

    private MeasureRequest Year(string measure, MeasureInsatsRow? insats, MeasureDimensions by, PeriodKind per = PeriodKind.None) => new()
    {
        Measure = measure,
        ForbundId = request.Forbund.Id,
        From = period.From,
        To = period.YearEnd,
        Per = per,
        By = by,
        Insats = insats?.Name,
    };

    // How many came to an insats that only counts them; nothing where individuals are followed.
    private async Task<IReadOnlyList<ReportBlock>> HeadCountsAsync(DefinitionRequest block, MeasureInsatsRow? insats)
    {
        if (insats is null)
            throw block.Error("Blocket antal hör hemma i en mall som upprepas för varje insats.");
        if (!insats.IsCountedOnly || !await IsOnlyCountedAsync(insats))
            return [];
        _used.Add("personer");
        var years = await measures.ComputeAsync(Year("personer", insats, MeasureDimensions.Gender, PeriodKind.Year));
        var halves = await measures.ComputeAsync(Year("personer", insats, MeasureDimensions.Gender, PeriodKind.Half));
        var caption = Caption(block, insats, $"Personer, {period.Words}{(period.IsOver ? "" : ", hittills")}", []);
        ReportBlock counted = HeadCountTable.Of([insats], years, halves, labels, caption, database.Today) is { } table
            ? new TableBlock(table)
            : new ParagraphBlock([new TextRun($"{Fill(block.Required("rubrik"), insats)}: inget antal är inrapporterat för {request.Year}.", IsItalic: true)]);
        return [new ParagraphBlock([new TextRun(HeadCountTable.NotFollowed)]), counted];
    }

    private async Task<IReadOnlyList<ReportBlock>> TableAsync(DefinitionRequest block, MeasureInsatsRow? insats)
    {
        var measure = await LayOutAsync(block, insats);
        if (measure.IsEmpty && block["tom"] == "nej")
            return [];
        return measure.IsEmpty ? [Nothing(measure, insats)] : [new TableBlock(MeasureTable.Of(measure, await CaptionAsync(measure, insats)))];
    }

    private async Task<IReadOnlyList<ReportBlock>> FigureAsync(DefinitionRequest block, MeasureInsatsRow? insats)
    {
        var measure = await LayOutAsync(block, insats);
        if (measure.IsEmpty)
            return [Nothing(measure, insats)];
        var figure = MeasureFigure.Of(measure, await CaptionAsync(measure, insats), labels);
        return [new FigureBlock(figure, figure.ToTable())];
    }

    // An empty frame would be taken for a fault, and a missing one for something withheld.
    private ParagraphBlock Nothing(LaidOutMeasure measure, MeasureInsatsRow? insats) =>
        new([
            new TextRun(
                $"{Fill(measure.Layout.Block.Required("rubrik"), insats).TrimEnd('?', '.')}: {(measure.IsZero ? $"0 {measure.Layout.Measure.UnitText}" : measure.EmptyState.ToSwedish())} {period.Words}.",
                IsItalic: true),
        ]);

    private async Task<LaidOutMeasure> LayOutAsync(DefinitionRequest block, MeasureInsatsRow? insats)
    {
        var layout = MeasureLayout.Read(block);
        if (block["typ"] == "hantel")
            layout = layout with { Statistics = [.. layout.Measure.Statistics.Where(s => s.Name is "mean_change" or "mean_before" or "mean_after")] };
        _used.Add(layout.Measure.Name);
        var (from, to) = (FirstDay(layout), period.LastDay(layout.Per, onlyWhole: block.Kind == "diagram"));
        var wanted = layout.Has("definition") ? definitions.Select(d => (string?)d.Code) : [block["definition"]];
        var cells = new List<MeasureCell>();

        // In a year that has just begun no whole period may have passed.
        foreach (var definition in from <= to ? wanted : [])
        {
            cells.AddRange(await ComputeAsync(block, new MeasureRequest
            {
                Measure = layout.Measure.Name,
                ForbundId = request.Forbund.Id,
                From = from,
                To = to,
                Per = layout.Per,
                By = layout.By,
                Definition = definition,
                Denominator = block["namnare"],
                Insats = insats?.Name,
            }));
        }

        var periods = layout.Per == PeriodKind.None ? [] : await measures.PeriodsAsync(layout.Per, from, to);
        if (layout.Per != PeriodKind.None && !layout.Has("period"))
            layout = layout with { Rows = [.. layout.Rows, "period"] };
        layout = layout with { From = from, To = to < period.To ? to : period.To };
        return new LaidOutMeasure(layout, cells, labels, periods.ToDictionary(p => p.PeriodFrom, p => p.Label + (p.PeriodTo > period.To ? " (hittills)" : "")));
    }

    /// <summary>The cells of a measure after the gate.</summary>
    public async Task<IReadOnlyList<MeasureCell>> ComputeAsync(DefinitionRequest block, MeasureRequest wanted)
    {
        try
        {
            return await measures.ComputeAsync(wanted);
        }
        catch (MeasureRequestException e)
        {
            throw block.Error(e.Message);
        }
    }

    private async Task<IReadOnlyList<ReportBlock>> TargetsAsync(DefinitionRequest block)
    {
        var targets = await TargetTable.TargetsAsync(database, request.Forbund.Id, request.Year, cancellationToken);
        if (targets.Count == 0)
            return [new PlaceholderBlock("Inga mål är registrerade för året. Beskriv målen och utfallet här.")];
        var caption = Caption(
            block,
            insats: null,
            period.IsOver
                ? $"Utfall för hela {request.Year}, jämfört med styrelsens mål"
                : $"Utfall {period.Words}, hittills, jämfört med styrelsens mål för hela året",
            []);
        var table = new TableBlock(await TargetTable.OfAsync(targets, Cells, caption, period.IsOver, request.Policy));
        if (block["figur"] is not { } title)
            return [table];
        var figure = await TargetTable.FigureAsync(
            targets,
            Cells,
            caption with
            {
                Id = caption.Id + "-procent",
                Title = Fill(title, insats: null),
            },
            period.IsOver,
            request.Policy);
        return figure is null ? [table] : [table, new FigureBlock(figure, figure.ToTable())];

        Task<IReadOnlyList<MeasureCell>> Cells(TargetRow target) => ComputeAsync(block, WholeYear(target.Measure, target.Definition, target.Insats));
    }

    public MeasureRequest WholeYear(string measure, string? definition, string? insats, MeasureDimensions by = MeasureDimensions.None)
    {
        _used.Add(measure);
        return new()
        {
            Measure = measure,
            ForbundId = request.Forbund.Id,
            From = period.From,
            To = period.YearEnd,
            Definition = definition,
            Insats = insats,
            By = by,
        };
    }

    private async Task<IReadOnlyList<T>> ReadAsync<T>(string query, object arguments)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<T>(query, arguments, cancellationToken);
    }

    private async Task<IReadOnlyList<ReportBlock>> InsatsTextAsync(DefinitionRequest block, MeasureInsatsRow? insats)
    {
        if (insats is null)
            throw block.Error("Blocket insatstext hör hemma i en mall som upprepas för varje insats.");
        var body = (
            await ReadAsync<string>(
                "Reports.InsatsText",
                new
                {
                    ForbundId = request.Forbund.Id,
                    InsatsId = insats.Id,
                    request.Year,
                    Section = block.Required("avsnitt"),
                })).SingleOrDefault();
        return string.IsNullOrWhiteSpace(body)
            ? [new PlaceholderBlock(Fill(block.Required("uppmaning"), insats))]
            : [.. ReportDefinition.FromMarkdown(body, headingLevel: 1)];
    }

    private async Task<IReadOnlyList<ReportBlock>> DefinitionsAsync()
    {
        var positive = new List<IReadOnlyList<TextRun>>();
        foreach (var definition in definitions)
            positive.Add([
                new TextRun($"Positivt avslut, {definition.Label}. ", IsBold: true),
                new TextRun(await PositiveDefinitionText.OfAsync(database, request.Forbund.Id, definition, labels.Measures, cancellationToken)),
            ]);
        return
        [
            new BulletListBlock([.. MeasureCatalogue.All.Where(m => _used.Contains(m.Name)).Select(m => (IReadOnlyList<TextRun>)
            [
                new TextRun($"{m.TitleWithUnit}. ", IsBold: true),
                new TextRun($"{m.PeriodRule} {m.Definition}"),
            ])]),
            new BulletListBlock(positive),
        ];
    }

    private async Task<IReadOnlyList<TextRun>> RunsAsync(IReadOnlyList<TextRun> runs, string place, int line, MeasureInsatsRow? insats)
    {
        var filled = new List<TextRun>();
        var numbers = new InlineNumbers(this, place, line);
        foreach (var run in runs)
            filled.Add(run with { Text = await numbers.FillAsync(Fill(run.Text, insats), insats?.Name) });
        if (numbers.Unreported.Count > 0)
            filled.Add(new TextRun($" {MeasureNotes.Unreported(numbers.Unreported)}{(numbers.IsAbout ? " " + MeasureNotes.About : "")}"));
        return filled;
    }

    /// <exception cref="ReportDefinitionException">The id can't be a file name, or another table or figure has it.</exception>
    public ReportCaption Caption(DefinitionRequest block, MeasureInsatsRow? insats, string subtitle, IReadOnlyList<string> notes)
    {
        var id = block.Required("id");
        if (!id.All(c => char.IsLetterOrDigit(c) || c is '-' or '_') || id.Length is 0 or > 80)
            throw block.Error($"”id: {id}” blir filnamn och får bara ha bokstäver, siffror, - och _, högst 80 tecken.");
        id = insats is null ? id : $"{id}-{insats.Id}";

        // A figure may share its id with the table that holds its numbers.
        if (!_ids.Add((block.Kind == "diagram", id)))
            throw block.Error($"”id: {id}” finns redan i rapporten. Välj ett annat.");
        return new(id, Fill(block.Required("rubrik"), insats), subtitle, notes, Source);
    }

    private async Task<IEnumerable<string>> BeforeAfterAsync(LaidOutMeasure measure, MeasureInsatsRow? insats)
    {
        var block = measure.Layout.Block;
        var exits = await ComputeAsync(block, WholeYear("positiva-avslut", definition: null, insats?.Name));
        var answers =
            measure.Layout.Measure.Name == "sjalvskattning" ? await ComputeAsync(block, WholeYear("sjalvskattning", block["definition"], insats?.Name)) : [];
        return BeforeAfterNotes.Of(measure, labels, answers, exits.FirstOrDefault(c => c.Statistic == "share"), request.Policy);
    }

    // The calendar begins in 1990: a series that would reach further back begins there.
    private DateOnly FirstDay(MeasureLayout layout) => new(Math.Max(1990, request.Year - layout.Years + 1), 1, 1);

    // Unit, period, definition and n belong to every number that is shown.
    private async Task<ReportCaption> CaptionAsync(LaidOutMeasure measure, MeasureInsatsRow? insats)
    {
        var layout = measure.Layout;
        // The queue is a state on the last day, and not what came of a period.
        var isOfDay = layout.Measure.Name == "ko" && layout.Per == PeriodKind.None;
        var when = isOfDay
            ? Swedish.LongDate(layout.To)
            : $"{Swedish.Period(layout.From, layout.To)}{(period.IsOver || layout.To < period.To ? "" : ", hittills")}";
        var parts = new List<string> { $"{ReportLabels.Capital(layout.Measure.UnitText)}, {when}" };
        // Who is still in is so whatever exits count as positive.
        if (layout.Measure.TakesPositiveDefinition && !layout.Has("definition") && layout.Statistics[0].Name != "remaining")
            parts.Add(
                $"positivt avslut: {definitions.FirstOrDefault(d => d.Code == (layout.Block["definition"] ?? MeasureCatalogue.DefaultDefinition))?.Label}");
        if (measure.Total is { } n)
            parts.Add($"n{Swedish.NoBreakSpace}={Swedish.NoBreakSpace}{Swedish.Count(n)}");
        string[] rules = [.. layout.Statistics.Select(s => s.PeriodRule ?? layout.Measure.PeriodRule).Distinct(StringComparer.Ordinal)];
        List<string> notes = [.. rules, .. measure.Notes];
        if (BeforeAfterNotes.Belong(layout))
            notes.AddRange(await BeforeAfterAsync(measure, insats));
        if (!period.IsOver && layout.To < period.To)
            notes.Add($"Bara perioder som är slut är med, till och med {Swedish.LongDate(layout.To)}.");
        return Caption(layout.Block, insats, string.Join(" · ", parts), notes);
    }
}
