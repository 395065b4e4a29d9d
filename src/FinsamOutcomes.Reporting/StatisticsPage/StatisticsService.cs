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
    public async Task<StatisticsView> BuildAsync(ForbundRow forbund, StatisticsFilter filter, CancellationToken cancellationToken = default)
    {
        await using var snapshot = await SnapshotAsync(forbund, filter, cancellationToken);
        var (run, insats) = await OpenAsync(snapshot, forbund, filter, cancellationToken);

        // All that doesn't wait for another is counted at once; the trend waits for how much there is to follow.
        var answering = run.AnswerAsync();
        var insatser = run.InsatserAsync();
        var reasons = run.ReasonsAsync();
        var missing = run.MissingAsync();
        var (capacity, countedOnly) = await PlacesAsync(forbund.Id, cancellationToken);
        var places = run.PlacesAsync(capacity, countedOnly);
        var targets = TargetsAsync(run, forbund, filter, insats, cancellationToken);
        var counting = run.CountedAsync();
        var answer = await answering;
        var isOnlyCounted = run.IsOnlyCounted(answer);
        var (trend, since) = await run.TrendAsync(answer.All.N);
        var words = new StatisticsSentences(filter, run.DefinitionLabel, run.Before);
        var gap = await missing;
        var counted = await counting;
        StatisticsPart?[] parts = isOnlyCounted
            ? [counted, await targets]
            : [await run.GendersAsync(), run.Comparison(answer), trend, await insatser, await reasons, await places, counted, await targets];
        await Task.WhenAll((Task)insatser, reasons, places);
        return new StatisticsView
        {
            Filter = filter,
            Forbund = forbund.Name,
            Period = Swedish.Period(filter.From, filter.To),
            Insats = insats?.Name,
            Limits = run.Limits,
            Definition = run.DefinitionText,
            Counted = run.Counted,
            PolicyText = filter.PolicyText,
            IsDemo = forbund.IsDemo,
            ReadOn = database.Today,
            Answer = answer,
            Headline = isOnlyCounted
                ? HeadCountTable.NotFollowed + (counted is null ? " Inget antal är inrapporterat för perioden." : " Antalen står nedanför.")
                : words.Headline(answer),
            BeforeWords = StatisticsPeriods.BeforeWords(filter.From, run.Before),
            Sentences = isOnlyCounted ? [] : words.All(answer, trend?.Figure as Figures.ControlChartFigure, since, gap),
            Parts = [.. parts.OfType<StatisticsPart>()],
        };
    }

    /// <summary>The answer in a few sentences, without figures and trend: for a start page.</summary>
    public async Task<IReadOnlyList<StatisticsSentence>> AnswerAsync(ForbundRow forbund, StatisticsFilter filter, CancellationToken cancellationToken = default)
    {
        await using var snapshot = await SnapshotAsync(forbund, filter, cancellationToken);
        var (run, _) = await OpenAsync(snapshot, forbund, filter, cancellationToken);
        return new StatisticsSentences(filter, run.DefinitionLabel, run.Before).All(await run.AnswerAsync(), trend: null, "", missing: null);
    }

    /// <summary>
    /// Writes down that somebody is shown small numbers too, of what and why, before they are. A reason that can't be one is
    /// told with <see cref="Data.Registration.RegistrationException"/>.
    /// </summary>
    public async Task ShowExactAsync(ForbundRow forbund, StatisticsFilter filter, string? reason, string actor, CancellationToken cancellationToken = default)
    {
        var why = LoggedReason.Check(reason, nameof(reason));
        IReadOnlyList<string> limits;
        await using (var snapshot = await SnapshotAsync(forbund, filter, cancellationToken))
            limits = (await OpenAsync(snapshot, forbund, filter, cancellationToken)).Run.Limits;
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
        await using var session = await database.WriteAsync(cancellationToken);
        await AuditLog.AppendAsync(
            session,
            new NewAuditEvent
            {
                ForbundId = forbund.Id,
                Actor = actor,
                Action = "Board.Save",
                Entity = "board",
                EntityId = filter.InsatsId,
                Detail = InWords(view, part, format),
            },
            cancellationToken);
        await session.CommitAsync(cancellationToken);
        return (file, null);
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

    private async Task<StatisticsPart?> TargetsAsync(
        StatisticsRun run,
        ForbundRow forbund,
        StatisticsFilter filter,
        MeasureInsatsRow? insats,
        CancellationToken cancellationToken)
    {
        var year = filter.To.Year;
        var targets = (await TargetTable.TargetsAsync(database, forbund.Id, year, cancellationToken)).Where(t => insats is null || run.IsIn(t.Insats)).ToList();
        return targets.Count == 0 ? null : await run.TargetsAsync(targets, year);
    }

    private async Task<MeasureSnapshot> SnapshotAsync(ForbundRow forbund, StatisticsFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(forbund);
        ArgumentNullException.ThrowIfNull(filter);
        return await MeasureSnapshot.OpenAsync(database, forbund.Id, cancellationToken);
    }

    private async Task<(StatisticsRun Run, MeasureInsatsRow? Insats)> OpenAsync(
        MeasureSnapshot snapshot,
        ForbundRow forbund,
        StatisticsFilter filter,
        CancellationToken cancellationToken)
    {
        if (filter.IsNarrowed && !StatisticsPeriods.IsWholeMonths(filter.From, filter.To))
            throw new MeasureRequestException("Med en insats eller en ålder vald visas bara hela månader.");
        if (
            filter.Policy != PublicationPolicy.Internt
            && StatisticsPeriods.MonthsUntilToday(filter.From, filter.To, database.Today) != (filter.From, filter.To))
            throw new MeasureRequestException("Perioden går från den första i en månad till den sista i en månad, eller till i dag.");
        var measures = new GatedMeasures(snapshot, filter.Policy);
        var definitions = await new ForbundStore(database).PositiveDefinitionsAsync(forbund.Id, cancellationToken);
        var labels = new ReportLabels(measures.Labels, definitions, isOneInsats: filter.InsatsId is not null);
        var insats = filter.InsatsId is not { } id ? null
            : labels.Measures.Insatser.FirstOrDefault(i => i.Id == id) ?? throw new MeasureRequestException("Insatsen finns inte i förbundet.");
        var counted = definitions.FirstOrDefault(d => d.Code == filter.Definition) is { } definition
            ? await PositiveDefinitionText.OfAsync(database, forbund.Id, definition, labels.Measures, cancellationToken)
            : "";
        return (new StatisticsRun(measures, labels, definitions, counted, forbund, filter, insats, database.Today), insats);
    }
}
