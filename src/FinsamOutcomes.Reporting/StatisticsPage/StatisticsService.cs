using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.StatisticsPage;

/// <summary>
/// The statistics page: are positive exits different for women and men, this year against last, how has it gone over time,
/// how sure is that, and what does it mean.
/// </summary>
public sealed class StatisticsService(FinsamDatabase database)
{
    private const int SmallestTold = 5;

    /// <summary>What a filter can be in a förbund.</summary>
    public async Task<StatisticsChoices> ChoicesAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        var labels = await MeasureLabels.OfAsync(database, forbundId, cancellationToken);
        return new StatisticsChoices
        {
            Today = database.Today,
            Insatser = labels.Insatser,
            Definitions = await new ForbundStore(database).PositiveDefinitionsAsync(forbundId, cancellationToken),
            AgeGroups = [.. labels.Codes("age")],
            Genders = [.. labels.Codes("gender")],
        };
    }

    /// <summary>Everything for one filter, which <see cref="StatisticsChoices.Read"/> has found right.</summary>
    /// <exception cref="MeasureRequestException">The filter can't be answered; the message is for the user.</exception>
    /// <exception cref="Data.Publications.PublicationChangedException">It is to be shown as it is published, and what was published before has been changed.</exception>
    public async Task<StatisticsView> BuildAsync(ForbundRow forbund, StatisticsFilter filter, CancellationToken cancellationToken = default)
    {
        var (capacity, countedOnly) = await PlacesAsync(forbund.Id, cancellationToken);
        var opened = await OpenAsync(forbund, filter, isWhole: true, cancellationToken);
        var (run, insats) = (opened.Run, opened.Insats);
        var answer = run.Answer();
        var isOnlyCounted = run.IsOnlyCounted(answer);
        var (trend, since) = run.Trend(opened.Trend, opened.Periods);
        var words = new StatisticsSentences(filter, run.DefinitionLabel, run.Before);
        var counted = run.Counted();
        StatisticsPart?[] parts = isOnlyCounted
            ? [counted, run.Targets()]
            : [run.Genders(), run.Comparison(answer), trend, run.Insatser(), run.Reasons(), run.Places(capacity, countedOnly), counted, run.Targets()];
        return new StatisticsView
        {
            Filter = filter,
            Forbund = forbund.Name,
            Period = Swedish.Period(filter.From, filter.To),
            Insats = insats?.Name,
            Limits = run.Limits,
            Definition = run.DefinitionText,
            Counted = run.CountedText,
            PolicyText = filter.PolicyText,
            IsDemo = forbund.IsDemo,
            ReadOn = database.Today,
            Answer = answer,
            Headline = isOnlyCounted
                ? HeadCountTable.NotFollowed + (counted is null ? " Inget antal är inrapporterat för perioden." : " Antalen står nedanför.")
                : words.Headline(answer),
            BeforeWords = StatisticsPeriods.BeforeWords(filter.From, run.Before),
            Sentences = isOnlyCounted ? [] : words.All(answer, trend?.Figure as Figures.ControlChartFigure, since, run.Missing()),
            Parts = [.. parts.OfType<StatisticsPart>()],
        };
    }

    /// <summary>The answer in a few sentences, without figures and trend: for a start page.</summary>
    public async Task<IReadOnlyList<StatisticsSentence>> AnswerAsync(ForbundRow forbund, StatisticsFilter filter, CancellationToken cancellationToken = default)
    {
        var run = (await OpenAsync(forbund, filter, isWhole: false, cancellationToken)).Run;
        return new StatisticsSentences(filter, run.DefinitionLabel, run.Before).All(run.Answer(), trend: null, "", missing: null);
    }

    /// <summary>
    /// Writes down that somebody is shown small numbers too, of what and why, before they are. A reason that can't be one is
    /// told with <see cref="Data.Registration.RegistrationException"/>.
    /// </summary>
    public async Task ShowExactAsync(ForbundRow forbund, StatisticsFilter filter, string? reason, string actor, CancellationToken cancellationToken = default)
    {
        var why = LoggedReason.Check(reason, nameof(reason));
        var limits = (await OpenAsync(forbund, filter, isWhole: false, cancellationToken)).Run.Limits;
        await using var session = await database.WriteAsync(cancellationToken);
        await AuditLog.AppendAsync(
            session,
            new NewAuditEvent
            {
                ForbundId = forbund.Id,
                Actor = actor,
                Action = "Board.ShowExact",
                Entity = "board",
                EntityId = filter.InsatsId,
                Detail = $"{string.Join(", ", [Swedish.Period(filter.From, filter.To), .. limits])}. Skäl: {why}",
            },
            cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    /// <summary>A part of the page as a file, which is an event in the log; null when there is none, with why in <c>Reason</c>.</summary>
    /// <param name="forbund">The förbund.</param>
    /// <param name="filter">The page's filter.</param>
    /// <param name="partId">Which part.</param>
    /// <param name="format">One of <see cref="StatisticsFiles.Formats"/>.</param>
    /// <param name="actor">Who saves it.</param>
    /// <param name="cancellationToken">Stops the counting.</param>
    public async Task<(ReportFile? File, string? Reason)> SaveAsync(
        ForbundRow forbund,
        StatisticsFilter filter,
        string partId,
        string format,
        string actor,
        CancellationToken cancellationToken = default)
    {
        var view = await BuildAsync(forbund, filter, cancellationToken);
        if (view.Parts.FirstOrDefault(p => p.Id == partId) is not { } part)
            return (null, "Den delen finns inte i urvalet.");
        var (file, reason) = await StatisticsFiles.MakeAsync(view, part, format, cancellationToken);
        if (file is null)
            return (null, reason);
        await NoteSavedAsync(forbund, view, part, format, actor, cancellationToken);
        return (file, null);
    }

    /// <summary>A part of the page for another system to read as it is, which is an event in the log; null when the filter has no such part.</summary>
    public async Task<(StatisticsView View, StatisticsPart? Part)> ReadAsync(
        ForbundRow forbund,
        StatisticsFilter filter,
        string partId,
        string actor,
        CancellationToken cancellationToken = default)
    {
        var view = await BuildAsync(forbund, filter, cancellationToken);
        var part = view.Parts.FirstOrDefault(p => p.Id == partId);
        if (part is not null)
            await NoteSavedAsync(forbund, view, part, "json", actor, cancellationToken);
        return (view, part);
    }

    private async Task NoteSavedAsync(
        ForbundRow forbund,
        StatisticsView view,
        StatisticsPart part,
        string format,
        string actor,
        CancellationToken cancellationToken)
    {
        await using var session = await database.WriteAsync(cancellationToken);
        await AuditLog.AppendAsync(
            session,
            new NewAuditEvent
            {
                ForbundId = forbund.Id,
                Actor = actor,
                Action = "Board.Save",
                Entity = "board",
                EntityId = view.Filter.InsatsId,
                Detail = InWords(view, part, format),
            },
            cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    // For a reader of the log, who has no address to read.
    private static string InWords(StatisticsView view, StatisticsPart part, string format) =>
        $"”{part.Table.Title}” ({format switch { "xlsx" => "Excel", _ => format.ToUpperInvariant() }}), "
        + string.Join(
            ", ",
            [
                view.Period,
                .. view.Limits,
                .. part.IsOfPositiveExits ? [$"positivt avslut: {view.Definition}"] : Array.Empty<string>(),
                view.Filter.IsPublished ? "som det publiceras"
                : view.Filter.IsExact ? "exakta tal"
                : "internt underlag",
            ]);

    // An insats without places of its own has those of its delprojekt, when they all have some. Beside them, the insatser
    // that only register how many took part.
    private async Task<(Dictionary<string, int?> Places, HashSet<string> Counted)> PlacesAsync(int forbundId, CancellationToken cancellationToken)
    {
        var places = new Dictionary<string, int?>(StringComparer.Ordinal);
        var counted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in await new InsatsStore(database).TreeAsync(forbundId, cancellationToken))
        {
            foreach (var part in node.Delprojekt)
                places[part.Insats.Name] = part.Insats.Capacity;
            var parts = node.Delprojekt.Select(d => d.Insats).Where(i => i.EndsOn is null || i.EndsOn >= database.Today).ToList();
            counted.UnionWith(node.Delprojekt.Append(node).Where(n => n.Insats.FollowUpMethod == "count").Select(n => n.Insats.Name));
            places[node.Insats.Name] = node.Insats.Capacity
                ?? (parts.Count > 0 && parts.TrueForAll(p => p.Capacity is not null) ? parts.Sum(p => p.Capacity) : null);
        }

        return (places, counted);
    }

    // Everything that the page counts, at one moment and protected together; or the answer alone.
    private async Task<(StatisticsRun Run, MeasureInsatsRow? Insats, MeasureRequest? Trend, IReadOnlyList<MeasurePeriodRow> Periods)> OpenAsync(
        ForbundRow forbund,
        StatisticsFilter filter,
        bool isWhole,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(forbund);
        ArgumentNullException.ThrowIfNull(filter);
        if (filter.IsNarrowed && !StatisticsPeriods.IsWholeMonths(filter.From, filter.To))
            throw new MeasureRequestException("Med en insats eller en ålder vald visas bara hela månader.");
        if (
            filter.Policy != PublicationPolicy.Internt
            && StatisticsPeriods.MonthsUntilToday(filter.From, filter.To, database.Today) != (filter.From, filter.To))
            throw new MeasureRequestException("Perioden går från den första i en månad till den sista i en månad, eller till i dag.");
        await using var snapshot = await MeasureSnapshot.OpenAsync(database, forbund.Id, cancellationToken);
        var insatser = snapshot.Labels.Insatser;
        var insats = filter.InsatsId is not { } id ? null
            : insatser.FirstOrDefault(i => i.Id == id) ?? throw new MeasureRequestException("Insatsen finns inte i förbundet.");
        var year = new { ForbundId = forbund.Id, filter.To.Year };
        var targets = (await snapshot.Session.QueryAsync<Reports.TargetRow>("Reports.Targets", year, cancellationToken))
            .Where(t => insats is null || insatser.Any(i => i.Name == t.Insats && (i.Id == insats.Id || i.ParentId == insats.Id)))
            .ToList();
        var leavesOutUnknown = filter.Policy != PublicationPolicy.Internt && filter.Gender is null
            && await UnknownGender.LeaveOutAsync(snapshot, forbund.Id, new DateOnly(filter.To.Year, 1, 1), new DateOnly(filter.To.Year, 12, 31));
        var requests = new StatisticsRequests(forbund.Id, filter, insats, insatser, targets, snapshot);

        // How the time is cut waits for how much there is to follow, where that isn't so little that the cut would tell it.
        var exits = isWhole ? (await snapshot.ComputeAsync(requests.Now)).First(c => c.Gender == MeasureCell.All).N : null;
        if (filter.Policy != PublicationPolicy.Internt && exits < SmallestTold)
            exits = null;
        var trend = isWhole ? requests.Trend(exits) : null;
        var counted = await (isWhole ? requests.Plan(trend) : requests.PlanOfAnswer()).CountAsync(snapshot);
        var structure = KnownStructure.Of(snapshot.Labels, snapshot.Definitions);
        var earlier = filter.IsPublished
            ? await EarlierPublications.KnownAsync(snapshot, forbund.Id, filter.To.Year, counted, cancellationToken)
            : new KnownCounts();
        var months = Protect([.. counted.Where(c => !requests.IsOfDays(c.Request))], earlier);
        var known = filter.IsPublished ? months.Known : new KnownCounts();
        var publication = Protect([.. counted.Where(c => requests.IsOfDays(c.Request))], known).With(months);
        var definition = snapshot.Definitions.Find(filter.Definition);
        var labels = new ReportLabels(snapshot.Labels, snapshot.Definitions.All, isOneInsats: insats is not null);
        var text = definition is null ? "" : snapshot.Definitions.TextOf(definition, snapshot.Labels);
        return (
            new StatisticsRun(publication, requests, labels, snapshot.Definitions.All, text, forbund, filter, insats, snapshot.Today),
            insats,
            trend,
            trend is null ? [] : await snapshot.PeriodsAsync(trend.Per, trend.From, trend.To));

        Publication Protect(IReadOnlyList<CountedMeasure> measures, KnownCounts already) => Publication.Protect(new()
        {
            Measures = measures,
            Policy = filter.Policy,
            Structure = structure,
            Today = snapshot.Today,
            LeavesOutUnknownGender = leavesOutUnknown,
            Question = new(filter.From, filter.To, insats?.Name ?? MeasureCell.All),
            Known = already,
        });
    }
}
