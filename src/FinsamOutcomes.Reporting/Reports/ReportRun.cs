using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>Lays a report out, of numbers that are all protected.</summary>
internal sealed class ReportRun(
    ReportRequest request,
    ReportSource source,
    ReportPlan plan,
    Publication publication,
    ReportPeriod period,
    IProgress<ReportProgress>? progress,
    CancellationToken cancellationToken)
{
    private readonly ReportLabels _labels = source.Labels;
    private readonly SortedSet<string> _used = new(StringComparer.Ordinal);
    private readonly HashSet<(bool IsFigure, string Id)> _ids = [];
    private int _done = plan.Count;

    private string Source => $"Källa: {request.Forbund.Name}, registret {source.Today:yyyy-MM-dd}" + (request.Forbund.IsDemo ? " (påhittade uppgifter)" : "");

    private string Protection => request.Policy.Explanation() + (publication.LeavesOutUnknownGender ? " " + UnknownGender.Note : "");

    /// <exception cref="ReportDefinitionException">A block of the definition can't be understood; names file and line.</exception>
    public ReportDocument Document()
    {
        var blocks = new List<ReportBlock>();
        string? title = null;
        foreach (var block in request.Definition.Blocks)
        {
            if (block is DefinitionHeading { Level: 1 } heading && title is null)
                title = Fill(heading.Text, insats: null) + period.SoFar;
            else
                blocks.AddRange(Blocks(block, insats: null));
        }

        return new ReportDocument
        {
            Title = title ?? throw new ReportDefinitionException($"Rapporten {request.Definition.Name} saknar rubrik (en rad som börjar med #)."),
            Forbund = request.Forbund.Name,
            PeriodFrom = period.From,
            PeriodTo = period.To,
            IsYearOver = period.IsOver,
            GeneratedOn = source.Today,
            PolicyText = $"{request.Policy.ToSwedish()}: {Protection}",
            IsInternal = request.Policy == PublicationPolicy.Internt,
            IsDemo = request.Forbund.IsDemo,
            Blocks = blocks,
        };
    }

    /// <summary>Turns a block of the definition into what it becomes in the document.</summary>
    public IReadOnlyList<ReportBlock> Blocks(DefinitionBlock block, MeasureInsatsRow? insats)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (block is not DefinitionEachInsats)
            progress?.Report(new ReportProgress(_done++, Total, What(block, insats)));
        if (insats is { IsCountedOnly: true } && IsOfIndividuals(block) && IsOnlyCounted(insats))
            return [];
        switch (block)
        {
            case DefinitionHeading heading:
                return [new HeadingBlock(Math.Clamp(heading.Level - 1, 1, 3), Fill(heading.Text, insats))];
            case DefinitionText text:
                return [new ParagraphBlock(Runs(text.Runs, text.Place, text.Line, insats))];
            case DefinitionList list:
                var items = new List<IReadOnlyList<TextRun>>();
                foreach (var item in list.Items)
                    items.Add(Runs(item, list.Place, list.Line, insats));
                return [new BulletListBlock(items)];
            case DefinitionPlaceholder placeholder:
                return [new PlaceholderBlock(Fill(placeholder.Instruction, insats))];
            case DefinitionPageBreak:
                return [new PageBreakBlock()];
            case DefinitionEachInsats each:
                return EachInsats(each);
            case DefinitionRequest wanted:
                return Request(wanted, insats);
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
        .Replace("{policy}", Protection, StringComparison.Ordinal)
        .Replace("{uttagsdag}", Swedish.LongDate(source.Today), StringComparison.Ordinal);

    private int Total { get; } = plan.Parts;

    private string What(DefinitionBlock block, MeasureInsatsRow? insats) => block switch
    {
        DefinitionRequest wanted when wanted["rubrik"] is { } title => $"Skriver: {Fill(title, insats)}",
        DefinitionRequest { Kind: "insatstext" } text when insats is not null => $"Skriver texten ”{text["avsnitt"]}” om {insats.Name}",
        _ when insats is not null => $"Skriver om {insats.Name}",
        DefinitionHeading heading => $"Skriver avsnittet {Fill(heading.Text, insats)}",
        _ => "Skriver text",
    };

    private List<ReportBlock> EachInsats(DefinitionEachInsats each)
    {
        var blocks = new List<ReportBlock>();
        foreach (var insats in plan.Open)
        {
            var heading = each.Blocks.OfType<DefinitionHeading>().FirstOrDefault();
            foreach (var block in each.Blocks)
            {
                blocks.AddRange(Blocks(block, insats));
                if (block == heading && _labels.Measures.Insatser.FirstOrDefault(i => i.Id == insats.ParentId) is { } whole)
                    blocks.Add(new ParagraphBlock([new TextRun($"Delprojekt i {whole.Name}. Talen är räknade också där.")]));
            }
        }

        return blocks.Count > 0 ? blocks : [new ParagraphBlock([new TextRun($"Förbundet hade ingen insats som pågick {request.Year}.")])];
    }

    private IReadOnlyList<ReportBlock> Request(DefinitionRequest block, MeasureInsatsRow? insats) => block.Kind switch
    {
        "tabell" => Table(block, insats),
        "diagram" => Figure(block, insats),
        "maluppfyllelse" => Targets(block),
        "ekonomi" => [EconomyTable.Block(source, request.Year, period, Caption(block, insats, "Kronor", []), insats)],
        "insatstext" => InsatsText(block, insats),
        "antal" => HeadCounts(block, insats),
        "definitioner" => Definitions(),
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
    private bool IsOnlyCounted(MeasureInsatsRow insats) => publication.Cells(plan.Followed(insats)).All(c => c.State == CellState.NoData);

    // How many came to an insats that only counts them; nothing where individuals are followed.
    private IReadOnlyList<ReportBlock> HeadCounts(DefinitionRequest block, MeasureInsatsRow? insats)
    {
        if (insats is null)
            throw block.Error("Blocket antal hör hemma i en mall som upprepas för varje insats.");
        if (!insats.IsCountedOnly || !IsOnlyCounted(insats))
            return [];
        _used.Add("personer");
        var years = publication.Cells(plan.HeadCounts(insats, PeriodKind.Year));
        var halves = publication.Cells(plan.HeadCounts(insats, PeriodKind.Half));
        var caption = Caption(block, insats, $"Personer, {period.Words}{(period.IsOver ? "" : ", hittills")}", []);
        ReportBlock counted = HeadCountTable.Of([insats], years, halves, _labels, caption, source.Today) is { } table
            ? new TableBlock(table)
            : new ParagraphBlock([new TextRun($"{Fill(block.Required("rubrik"), insats)}: inget antal är inrapporterat för {request.Year}.", IsItalic: true)]);
        return [new ParagraphBlock([new TextRun(HeadCountTable.NotFollowed)]), counted];
    }

    private IReadOnlyList<ReportBlock> Table(DefinitionRequest block, MeasureInsatsRow? insats)
    {
        var measure = LayOut(block, insats);
        if (measure.IsEmpty && block["tom"] == "nej")
            return [];
        return measure.IsEmpty ? [Nothing(measure, insats)] : [new TableBlock(MeasureTable.Of(measure, Caption(measure, insats)))];
    }

    private IReadOnlyList<ReportBlock> Figure(DefinitionRequest block, MeasureInsatsRow? insats)
    {
        var measure = LayOut(block, insats);
        if (measure.IsEmpty)
            return [Nothing(measure, insats)];
        var figure = MeasureFigure.Of(measure, Caption(measure, insats), _labels);
        return [new FigureBlock(figure, figure.ToTable())];
    }

    // An empty frame would be taken for a fault, and a missing one for something withheld.
    private ParagraphBlock Nothing(LaidOutMeasure measure, MeasureInsatsRow? insats)
    {
        var what = measure.IsLeftOutForEarlier ? "visas inte, eftersom små tal då skulle gå att räkna ut tillsammans med tidigare publiceringar"
            : measure.IsLeftOut ? "visas inte, eftersom de flesta talen är för små"
            : $"{(measure.IsZero ? $"0 {measure.Layout.Measure.UnitText}" : measure.EmptyState.ToSwedish())} {period.Words}";
        return new([new TextRun($"{Fill(measure.Layout.Block.Required("rubrik"), insats).TrimEnd('?', '.')}: {what}.", IsItalic: true)]);
    }

    private LaidOutMeasure LayOut(DefinitionRequest block, MeasureInsatsRow? insats)
    {
        var (layout, from, to, requests) = plan.LaidOut(block, insats);
        _used.Add(layout.Measure.Name);
        MeasureCell[] cells = [.. requests.SelectMany(publication.Cells)];
        var periods = layout.Per == PeriodKind.None ? [] : plan.Periods(layout.Per, from, to);
        if (layout.Per != PeriodKind.None && !layout.Has("period"))
            layout = layout with { Rows = [.. layout.Rows, "period"] };
        layout = layout with { From = from, To = to < period.To ? to : period.To };
        var names = periods.ToDictionary(p => p.PeriodFrom, p => p.Label + (p.PeriodTo > period.To ? " (hittills)" : ""));
        return new LaidOutMeasure(layout, cells, _labels, names, publication);
    }

    private IReadOnlyList<ReportBlock> Targets(DefinitionRequest block)
    {
        if (source.Targets.Count == 0)
            return [new PlaceholderBlock("Inga mål är registrerade för året. Beskriv målen och utfallet här.")];
        var caption = Caption(
            block,
            insats: null,
            period.IsOver
                ? $"Utfall för hela {request.Year}, jämfört med styrelsens mål"
                : $"Utfall {period.Words}, hittills, jämfört med styrelsens mål för hela året",
            []);
        var table = new TableBlock(TargetTable.Of(source.Targets, Cells, caption, period.IsOver, request.Policy));
        if (block["figur"] is not { } title)
            return [table];
        var figure = TargetTable.Figure(
            source.Targets,
            Cells,
            caption with
            {
                Id = caption.Id + "-procent",
                Title = Fill(title, insats: null),
            },
            period.IsOver,
            request.Policy);
        return figure is null ? [table] : [table, new FigureBlock(figure, figure.ToTable())];

        IReadOnlyList<MeasureCell> Cells(TargetRow target)
        {
            _used.Add(target.Measure);
            return publication.Cells(plan.Target(target));
        }
    }

    /// <summary>The cells of a measure that a sentence tells a number of.</summary>
    public IReadOnlyList<MeasureCell> Cells(string measure, string? insats)
    {
        _used.Add(measure);
        return publication.Cells(plan.Number(measure, insats));
    }

    private IReadOnlyList<ReportBlock> InsatsText(DefinitionRequest block, MeasureInsatsRow? insats)
    {
        if (insats is null)
            throw block.Error("Blocket insatstext hör hemma i en mall som upprepas för varje insats.");
        var body = source.Text(insats, block.Required("avsnitt"));
        return string.IsNullOrWhiteSpace(body)
            ? [new PlaceholderBlock(Fill(block.Required("uppmaning"), insats))]
            : [.. ReportDefinition.FromMarkdown(body, headingLevel: 1)];
    }

    private IReadOnlyList<ReportBlock> Definitions()
    {
        var positive = source.Definitions.All.Select(IReadOnlyList<TextRun> (d) =>
        [
            new TextRun($"Positivt avslut, {d.Label}. ", IsBold: true),
            new TextRun(source.Definitions.TextOf(d, _labels.Measures)),
        ]);
        return
        [
            new BulletListBlock([.. MeasureCatalogue.All.Where(m => _used.Contains(m.Name)).Select(m => (IReadOnlyList<TextRun>)
            [
                new TextRun($"{m.TitleWithUnit}. ", IsBold: true),
                new TextRun($"{m.PeriodRule} {m.Definition}"),
            ])]),
            new BulletListBlock([.. positive]),
        ];
    }

    private List<TextRun> Runs(IReadOnlyList<TextRun> runs, string place, int line, MeasureInsatsRow? insats)
    {
        var filled = new List<TextRun>();
        var numbers = new InlineNumbers(this, place, line);
        foreach (var run in runs)
            filled.Add(run with { Text = numbers.Fill(Fill(run.Text, insats), insats?.Name) });
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

    private IEnumerable<string> BeforeAfter(LaidOutMeasure measure, MeasureInsatsRow? insats)
    {
        _used.Add("positiva-avslut");
        var answers = measure.Layout.Measure.Name == "sjalvskattning" ? publication.Cells(plan.Answers(measure.Layout.Block, insats)) : [];
        var exits = publication.Cells(plan.Exits(insats)).FirstOrDefault(c => c.Statistic == "share");
        return BeforeAfterNotes.Of(measure, _labels, answers, exits, request.Policy);
    }

    // Unit, period, definition and n belong to every number that is shown.
    private ReportCaption Caption(LaidOutMeasure measure, MeasureInsatsRow? insats)
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
                $"positivt avslut: {source.Definition(layout.Block["definition"])?.Label}");
        if (measure.Total is { } n)
            parts.Add($"n{Swedish.NoBreakSpace}={Swedish.NoBreakSpace}{Swedish.Count(n)}");
        string[] rules = [.. layout.Statistics.Select(s => s.PeriodRule ?? layout.Measure.PeriodRule).Distinct(StringComparer.Ordinal)];
        List<string> notes = [.. rules, .. measure.Notes];
        if (BeforeAfterNotes.Belong(layout))
            notes.AddRange(BeforeAfter(measure, insats));
        if (!period.IsOver && layout.To < period.To)
            notes.Add($"Bara perioder som är slut är med, till och med {Swedish.LongDate(layout.To)}.");
        return Caption(layout.Block, insats, string.Join(" · ", parts), notes);
    }
}
