using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.StatisticsPage;

/// <summary>What the statistics page counts for a filter: all of it is known before anything is shown, and protected together.</summary>
internal sealed class StatisticsRequests(
    int forbundId,
    StatisticsFilter filter,
    MeasureInsatsRow? insats,
    IReadOnlyList<MeasureInsatsRow> insatser,
    IReadOnlyList<TargetRow> targets,
    MeasureSnapshot snapshot)
{
    private const string Positive = "positiva-avslut";

    /// <summary>The same time the year before; null where the calendar doesn't reach.</summary>
    public (DateOnly From, DateOnly To)? Before { get; } = StatisticsPeriods.Before(filter.From, filter.To);

    // By insats a few days would single people out: the whole months of the period are shown there.
    public (DateOnly From, DateOnly To)? MonthsWithin { get; } = StatisticsPeriods.MonthsWithin(filter.From, filter.To);

    // Yesterday's page beside today's would tell why the one who left today did, and from where: what is finer than women
    // and men of the whole förbund is of whole months, unless somebody has said why the exact numbers are needed.
    public (DateOnly From, DateOnly To)? ByMonths => IsToTheDay ? (filter.From, filter.To) : MonthsWithin;

    public bool IsToTheDay => filter.Policy == PublicationPolicy.Internt;

    /// <summary>The year whose targets are shown.</summary>
    public int TargetYear => filter.To.Year;

    /// <summary>
    /// What the board's targets of an insats are set against: whole months, as all else of an insats is, unless small numbers are
    /// shown: days more or less would tell of whoever came or left in them. Null before the year's first month has ended.
    /// </summary>
    public (DateOnly From, DateOnly To)? TargetMonths =>
        snapshot.Today > YearEnd || IsToTheDay ? (YearStart, YearEnd) : StatisticsPeriods.MonthsWithin(YearStart, snapshot.Today);

    /// <summary>The last day of a month, or today where small numbers are shown: two days in a row would tell who came and left.</summary>
    public DateOnly Day => IsToTheDay && filter.To == snapshot.Today ? snapshot.Today : StatisticsPeriods.WholeMonths(filter.To, filter.To, filter.To).To;

    public MeasureRequest Now => Exits(filter.From, filter.To);

    public MeasureRequest? YearBefore => Before is { } before ? Exits(before.From, before.To) : null;

    public MeasureRequest? ByInsats =>
        MonthsWithin is { } span ? Exits(span.From, span.To) with { By = MeasureDimensions.Insats | MeasureDimensions.Gender } : null;

    public MeasureRequest Reasons((DateOnly From, DateOnly To) span) => Request("avslutsorsaker", span.From, span.To) with { By = MeasureDimensions.Gender };

    public MeasureRequest Occupations => Request("sysselsattning", filter.From, filter.To);

    public MeasureRequest Ongoing => Request("deltaganden", Day, Day) with { By = MeasureDimensions.Insats };

    public MeasureRequest Queue => Ongoing with { Measure = "ko" };

    /// <summary>Those who are only counted, in the years of the period; null where there are none.</summary>
    public MeasureRequest? HeadCounts(PeriodKind per) => !insatser.Any(i => i.IsCountedOnly && IsIn(i)) ? null
        : Request("personer", new DateOnly(filter.From.Year, 1, 1), new DateOnly(filter.To.Year, 12, 31)) with
        {
            By = MeasureDimensions.Insats | MeasureDimensions.Gender,
            Gender = null,
            AgeGroups = null,
            Per = per,
        };

    public IReadOnlyList<TargetRow> Targets => targets;

    /// <summary>
    /// What a target is held against; null when its measure or definition is gone, or no whole month of the year has passed.
    /// </summary>
    public MeasureRequest? Target(TargetRow target)
    {
        var isGone = TargetTable.StatisticOf(target) is null || (target.Definition is { } code && snapshot.Definitions.Find(code) is null);
        if (isGone || (IsByMonths(target) ? TargetMonths : (YearStart, YearEnd)) is not { } span)
            return null;
        return new MeasureRequest
        {
            Measure = target.Measure,
            ForbundId = forbundId,
            From = span.From,
            To = span.To,
            Definition = target.Definition,
            Insats = target.Insats,
        };
    }

    /// <summary>The share over time, cut so that there is enough to follow in each part; null when no whole period has passed.</summary>
    public MeasureRequest? Trend(long? n) => StatisticsPeriods.Trend(filter.From, filter.To, n) is not { } trend ? null
        : Exits(trend.From, trend.To) with { Per = trend.Per, By = MeasureDimensions.None };

    // Those who are only counted are known by the half-year, and not by the day.
    public bool IsByMonths(TargetRow target) => target.Insats is { } name && insatser.Any(i => i.Name == name && !i.IsCountedOnly);

    /// <summary>
    /// True for what is told to the day beside what is of whole months: each is protected by itself, so that the days that have gone
    /// of a month neither hide the months' numbers nor are hidden by them.
    /// </summary>
    public bool IsOfDays(MeasureRequest request) => !IsToTheDay && MonthsWithin != (filter.From, filter.To)
        && (request == Now || request == YearBefore || request == Occupations || request == Reasons((filter.From, filter.To))
            || targets.Any(t => !IsByMonths(t) && Target(t) == request));

    /// <summary>All of the page.</summary>
    public PublicationPlan Plan(MeasureRequest? trend)
    {
        var plan = new PublicationPlan();
        foreach (var request in new[] { Now, YearBefore, ByInsats, trend }.OfType<MeasureRequest>())
            plan.Add(request, "share");
        plan.Add(Reasons((filter.From, filter.To)), new PlannedMeasure
        {
            Statistics = new HashSet<string>(),
            OfWhole = new HashSet<string> { "count" },
            Categories = new HashSet<string> { MeasureCell.All, "unknown" },
        });
        if (ByMonths is { } months)
            plan.Add(Reasons(months), "count", "share");
        plan.Add(Occupations, "n_paired");
        plan.Add(Ongoing, "ongoing_at_end");
        plan.Add(Queue, "queued_at_end");
        foreach (var counts in new[] { HeadCounts(PeriodKind.Year), HeadCounts(PeriodKind.Half) }.OfType<MeasureRequest>())
            plan.Add(counts, "anonymous", "structural");
        foreach (var target in targets)
        {
            if (Target(target) is { } request)
                plan.Add(request, TargetTable.StatisticOf(target)!);
        }

        return plan;
    }

    /// <summary>The share of positive exits now and a year before, alone: for a start page.</summary>
    public PublicationPlan PlanOfAnswer()
    {
        var plan = new PublicationPlan();
        foreach (var request in new[] { Now, YearBefore }.OfType<MeasureRequest>())
            plan.Add(request, "share");
        return plan;
    }

    private DateOnly YearStart => new(TargetYear, 1, 1);

    private DateOnly YearEnd => new(TargetYear, 12, 31);

    private bool IsIn(MeasureInsatsRow one) => insats is null || one.Id == insats.Id || one.ParentId == insats.Id;

    private MeasureRequest Request(string measure, DateOnly from, DateOnly to) => new()
    {
        Measure = measure,
        ForbundId = forbundId,
        From = from,
        To = to,
        Insats = insats?.Name,
        Gender = filter.Gender,
        AgeGroups = filter.AgeGroups,
    };

    private MeasureRequest Exits(DateOnly from, DateOnly to) => Request(Positive, from, to) with
    {
        By = MeasureDimensions.Gender,
        Definition = filter.Definition,
        Denominator = filter.Denominator,
    };
}
