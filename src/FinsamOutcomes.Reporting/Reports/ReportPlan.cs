using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Publishing;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>
/// What a report will tell, read from its definition before anything is counted: each measure that a table, a figure, a sentence
/// or a note of it needs.
/// </summary>
internal sealed class ReportPlan
{
    private readonly ReportRequest _request;
    private readonly ReportSource _source;
    private readonly ReportPeriod _period;
    private readonly PublicationPlan _plan = new();

    // Who wanted a request first is who is told when it can't be answered.
    private readonly Dictionary<MeasureRequest, DefinitionRequest> _wantedBy = [];
    private readonly HashSet<MeasureRequest> _answers = [];
    private readonly Dictionary<(PeriodKind Per, DateOnly From, DateOnly To), IReadOnlyList<MeasurePeriodRow>> _periods = [];

    private ReportPlan(ReportRequest request, ReportSource source, ReportPeriod period) => (_request, _source, _period) = (request, source, period);

    /// <summary>The insatser that were open in the year, each followed by its delprojekt.</summary>
    public IEnumerable<MeasureInsatsRow> Open =>
        _source.Labels.Measures.Insatser.Where(i => i.StartsOn <= _period.To && (i.EndsOn is null || i.EndsOn >= _period.From));

    /// <summary>How many requests are counted.</summary>
    public int Count => _plan.Measures.Count;

    /// <summary>Parts in all: requests, and blocks without the title; those that are repeated count once for each insats.</summary>
    public int Parts => Count - 1 + _request.Definition.Blocks.Sum(b => b is DefinitionEachInsats each ? each.Blocks.Count * Open.Count() : 1);

    public static ReportPlan Of(ReportRequest request, ReportSource source, ReportPeriod period)
    {
        var plan = new ReportPlan(request, source, period);
        foreach (var block in request.Definition.Blocks)
            plan.Add(block, insats: null);
        return plan;
    }

    /// <summary>Counts all that is planned, in one snapshot.</summary>
    /// <exception cref="ReportDefinitionException">A block asks for what can't be answered.</exception>
    public async Task<IReadOnlyList<CountedMeasure>> CountAsync(
        MeasureSnapshot snapshot, IProgress<ReportProgress>? progress, CancellationToken cancellationToken)
    {
        foreach (var (per, from, to) in _periods.Keys)
            _periods[(per, from, to)] = await snapshot.PeriodsAsync(per, from, to);
        var (counted, parts) = (new List<CountedMeasure>(), Parts);
        foreach (var (request, told) in _plan.Measures)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(new ReportProgress(counted.Count, parts, $"Räknar: {MeasureCatalogue.Find(request.Measure).Title}"));
            try
            {
                var cells = await snapshot.ComputeAsync(request);
                counted.Add(new(request, told, _answers.Contains(request) ? BeforeAfterNotes.MostAnswered(cells) : cells));
            }
            catch (MeasureRequestException e)
            {
                throw _wantedBy[request].Error(e.Message);
            }
        }

        return counted;
    }

    /// <summary>The periods that a layout is cut into, as they have been read.</summary>
    public IReadOnlyList<MeasurePeriodRow> Periods(PeriodKind per, DateOnly from, DateOnly to) => _periods[(per, from, to)];

    /// <summary>A measure of the whole year, of the förbund or an insats.</summary>
    public MeasureRequest Year(
        string measure,
        string? definition,
        string? insats,
        MeasureDimensions by = MeasureDimensions.None,
        PeriodKind per = PeriodKind.None)
    {
        return new()
        {
            Measure = measure,
            ForbundId = _request.Forbund.Id,
            From = _period.From,
            To = _period.YearEnd,
            Per = per,
            By = by,
            Definition = definition,
            Insats = insats,
        };
    }

    /// <summary>Whether anybody is followed in an insats that otherwise only counts.</summary>
    public MeasureRequest Followed(MeasureInsatsRow insats) => Year("deltaganden", definition: null, insats.Name);

    /// <summary>How many came to an insats that only counts them, by year or half-year.</summary>
    public MeasureRequest HeadCounts(MeasureInsatsRow insats, PeriodKind per) => Year("personer", definition: null, insats.Name, MeasureDimensions.Gender, per);

    /// <summary>What a target is held against.</summary>
    public MeasureRequest Target(TargetRow target) => Year(target.Measure, target.Definition, target.Insats);

    /// <summary>A number in running text.</summary>
    public MeasureRequest Number(string measure, string? insats) =>
        Year(measure, definition: null, insats, measure == "konsskillnad" ? MeasureDimensions.None : MeasureDimensions.Gender);

    /// <summary>The exits that answers before and after belong to.</summary>
    public MeasureRequest Exits(MeasureInsatsRow? insats) => Year("positiva-avslut", definition: null, insats?.Name);

    /// <summary>Who has answered before and after, undivided.</summary>
    public MeasureRequest Answers(DefinitionRequest block, MeasureInsatsRow? insats) => Year("sjalvskattning", block["definition"], insats?.Name);

    /// <summary>What a table or figure lays out, and from which day to which; no requests in a year in which no whole period has passed.</summary>
    public (MeasureLayout Layout, DateOnly From, DateOnly To, IReadOnlyList<MeasureRequest> Requests) LaidOut(DefinitionRequest block, MeasureInsatsRow? insats)
    {
        var layout = MeasureLayout.Read(block);
        if (block["typ"] == "hantel")
            layout = layout with { Statistics = [.. layout.Measure.Statistics.Where(s => s.Name is "mean_change" or "mean_before" or "mean_after")] };

        // The calendar begins in 1990: a series that would reach further back begins there.
        var from = new DateOnly(Math.Max(1990, _request.Year - layout.Years + 1), 1, 1);
        var to = _period.LastDay(layout.Per, onlyWhole: block.Kind == "diagram");
        var definitions = layout.Has("definition") ? _source.Definitions.All.Select(d => (string?)d.Code) : [block["definition"]];
        return (layout, from, to, from > to ? [] :
        [
            .. definitions.Select(definition => new MeasureRequest
            {
                Measure = layout.Measure.Name,
                ForbundId = _request.Forbund.Id,
                From = from,
                To = to,
                Per = layout.Per,
                By = layout.By,
                Definition = definition,
                Denominator = block["namnare"],
                Insats = insats?.Name,
            }),
        ]);
    }

    private void Add(DefinitionBlock block, MeasureInsatsRow? insats)
    {
        switch (block)
        {
            case DefinitionText text:
                foreach (var run in text.Runs)
                    AddNumbers(run.Text, text.Place, text.Line, insats);
                break;
            case DefinitionList list:
                foreach (var run in list.Items.SelectMany(i => i))
                    AddNumbers(run.Text, list.Place, list.Line, insats);
                break;
            case DefinitionEachInsats each:
                foreach (var one in Open)
                {
                    foreach (var inner in each.Blocks)
                        Add(inner, one);
                }

                break;
            case DefinitionRequest { Kind: "tabell" or "diagram" } laidOut:
                AddLaidOut(laidOut, insats);
                break;
            case DefinitionRequest { Kind: "maluppfyllelse" } targets:
                foreach (var target in _source.Targets)
                {
                    if (TargetTable.StatisticOf(target) is { } statistic)
                        Want(targets, Target(target), statistic);
                }

                break;
            case DefinitionRequest { Kind: "antal" } counts when insats is { IsCountedOnly: true }:
                foreach (var per in new[] { PeriodKind.Year, PeriodKind.Half })
                    Want(counts, HeadCounts(insats, per), insats.IsStructural ? "structural" : "anonymous");
                Want(counts, Followed(insats));
                break;
        }
    }

    private void AddNumbers(string text, string place, int line, MeasureInsatsRow? insats)
    {
        foreach (var words in InlineNumbers.Wanted(text, place, line))
            Want(InlineNumbers.Block(place, line), Number(words[0], insats?.Name), words[0] == "konsskillnad" ? "difference" : words[1]);
        if (insats is { IsCountedOnly: true })
            Want(InlineNumbers.Block(place, line), Followed(insats));
    }

    private void AddLaidOut(DefinitionRequest block, MeasureInsatsRow? insats)
    {
        if (insats is { IsCountedOnly: true })
            Want(block, Followed(insats));
        var (layout, from, to, requests) = LaidOut(block, insats);
        if (layout.Per != PeriodKind.None)
            _periods.TryAdd((layout.Per, from, to), []);
        foreach (var request in requests)
        {
            Want(block, request, new PlannedMeasure
            {
                Statistics = layout.Statistics.Select(s => s.Name).ToHashSet(StringComparer.Ordinal),
                OfWhole = MeasureNotes.StatisticsOfWhole(layout).ToHashSet(StringComparer.Ordinal),
                TellsEachN = block.Kind == "diagram",
                MayBeCoarser = true,
            });
        }

        if (!BeforeAfterNotes.Belong(layout))
            return;
        Want(block, Exits(insats), "share");
        if (layout.Measure.Name != "sjalvskattning")
            return;
        _answers.Add(Answers(block, insats));
        Want(block, Answers(block, insats), BeforeAfterNotes.Statistics);
    }

    private void Want(DefinitionRequest block, MeasureRequest request, params IEnumerable<string> statistics) =>
        Want(block, request, new PlannedMeasure { Statistics = statistics.ToHashSet(StringComparer.Ordinal) });

    private void Want(DefinitionRequest block, MeasureRequest request, PlannedMeasure told)
    {
        _wantedBy.TryAdd(request, block);
        _plan.Add(request, told);
    }
}
