using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>
/// What readers have from what was published before, of the same förbund and of years near by: counts that were shown or hidden, and are the
/// same in the register still. A new publication is protected beside them, as if they stood in it.
/// </summary>
internal static class EarlierPublications
{
    /// <param name="snapshot">The register, at the moment that the new publication is counted.</param>
    /// <param name="forbundId">Whose.</param>
    /// <param name="calendarYear">The year of the new publication.</param>
    /// <param name="counted">What the new one has counted already.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="PublicationChangedException">One of them has been changed in the database, so that nobody knows what readers have.</exception>
    public static async Task<KnownCounts> KnownAsync(
        MeasureSnapshot snapshot, int forbundId, int calendarYear, IReadOnlyList<CountedMeasure> counted, CancellationToken cancellationToken)
    {
        var all = new HashSet<ToldCount>();
        var known = new KnownCounts { Counted = all };
        var answers = counted.ToDictionary(c => c.Request, c => c.Cells);
        var names = snapshot.Labels.Insatser.ToDictionary(i => i.Id, i => i.Name);
        foreach (var row in await PublicationStore.NewestAsync(snapshot.Session, forbundId, calendarYear, cancellationToken))
        {
            var (still, means) = (new HashSet<ToldCount>(), new List<(ToldCount Of, bool IsShown)>());
            var kept = await PublicationStore.ReadAsync(snapshot.Session, row, cancellationToken);
            foreach (var measure in KeptMeasure.Of(kept.Measures, kept.Cells))
            {
                if (Again.Of(measure, names, row.ReadOn(snapshot.TimeZone)) is not { } again)
                    continue;
                if (!answers.TryGetValue(again.Request, out var now))
                    answers.Add(again.Request, now = await again.CountAsync(snapshot));
                still.UnionWith(now.SelectMany(c => CellCounts.Of(again.Request, c, again.Day).Printed));
                means.AddRange(Means(measure, again, names));
            }

            // What has become another number since is no longer known.
            foreach (var (count, state) in KnownCounts.Read(kept.Counts, names).Where(c => still.Contains(c.Count)))
                known.Add(count, state);
            all.UnionWith(still);
            foreach (var (of, isShown) in means.Where(m => still.Contains(m.Of)))
                (isShown ? known.ShownMeans : known.HiddenMeans).Add(of);
        }

        return known;
    }

    private static IEnumerable<(ToldCount Of, bool IsShown)> Means(KeptMeasure measure, Again again, Dictionary<int, string> names) =>
        from number in measure.Numbers
        where number.InsatsId is null || names.ContainsKey(number.InsatsId.Value)
        let cell = number.InsatsId is { } id ? number.Counted with { Insats = names[id] } : number.Counted
        let rest = CellCounts.Of(again.Request, cell, again.Day).Base
        where rest is not null
        select (rest.Value, number.Told.State == CellState.Shown);
}

/// <summary>A request of a kept publication as it is asked again: with the names of today, and up to the day of then.</summary>
internal sealed record Again(MeasureRequest Request, DateOnly Day)
{
    /// <summary>Null for what can't be asked any more.</summary>
    public static Again? Of(KeptMeasure measure, IReadOnlyDictionary<int, string> names, DateOnly day)
    {
        var (request, info) = (measure.Request, MeasureCatalogue.Find(measure.Request.Measure));
        string? insats = null;
        if (measure.Kept.InsatsId is { } id && !names.TryGetValue(id, out insats))
            return null;
        var to = request.Per == PeriodKind.None && request.To > day && !info.NeedsWholeYears && !info.HasHeadCounts ? day : request.To;
        return new(request with { Insats = insats, To = to }, day);
    }

    /// <summary>The answer today; empty where there is none any more.</summary>
    public async Task<IReadOnlyList<MeasureCell>> CountAsync(MeasureSnapshot snapshot)
    {
        try
        {
            return await snapshot.ComputeAsync(Request);
        }
        catch (MeasureRequestException)
        {
            // A definition that has been taken away since.
            return [];
        }
    }
}
