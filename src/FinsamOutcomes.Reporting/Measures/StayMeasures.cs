using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Measures;

/// <summary>Who takes part: participations, persons, the queue, throughput and days.</summary>
internal static class StayMeasures
{
    public static async Task<IReadOnlyList<MeasureCell>> ParticipationsAsync(MeasureRun run)
    {
        var rows = await run.ByKeyAsync<ParticipationCountRow>("Measures.Participations");
        var cells = new List<MeasureCell>();
        foreach (var key in run.Grid(rows.Keys))
        {
            var row = rows.GetValueOrDefault(key);
            cells.Add(run.Count(key, "in_period", row?.InPeriod ?? 0));
            cells.Add(run.Count(key, "new", row?.Started ?? 0));
            cells.Add(run.Count(key, "ended", row?.Ended ?? 0));
            cells.Add(run.Count(key, "ongoing_at_end", row?.OngoingAtEnd ?? 0));
        }

        return cells;
    }

    public static async Task<IReadOnlyList<MeasureCell>> PersonsAsync(MeasureRun run)
    {
        var rows = await run.ByKeyAsync<PersonCountRow>("Measures.Persons");
        // Nothing but insats and gender is known of anonymous participants: they are in the totals of the rest.
        var anonymous = (await run.RowsAsync<HeadCountRow>("Measures.HeadCounts")).ToDictionary(
            r => new CellKey(r.PeriodFrom, r.PeriodTo, r.InsatsLevel, r.Gender, MeasureCell.All, MeasureCell.All, MeasureCell.All));
        var cells = new List<MeasureCell>();
        foreach (var key in run.Grid(rows.Keys.Concat(anonymous.Keys)))
        {
            var row = rows.GetValueOrDefault(key);
            var count = anonymous.GetValueOrDefault(key);
            cells.Add(run.Count(key, "in_period", (row?.InPeriod ?? 0) + (count?.NumberOfPeople ?? 0)));
            cells.Add(run.Count(key, "new", row?.Started ?? 0));
            cells.Add(run.Count(key, "ended", row?.Ended ?? 0));
            cells.Add(run.Count(key, "ongoing_at_end", row?.OngoingAtEnd ?? 0));
            cells.Add(count is { IsUnplaced: true } ? run.Cell(key, "anonymous", CellState.NoData) : run.Count(key, "anonymous", count?.NumberOfPeople ?? 0));
        }

        return cells;
    }

    public static async Task<IReadOnlyList<MeasureCell>> QueueAsync(MeasureRun run)
    {
        var rows = await run.ByKeyAsync<QueueCountRow>("Measures.Queue");
        return [.. run.Grid(rows.Keys).Select(key => run.Count(key, "queued_at_end", rows.GetValueOrDefault(key)?.QueuedAtEnd ?? 0))];
    }

    public static async Task<IReadOnlyList<MeasureCell>> ThroughputAsync(MeasureRun run)
    {
        var rows = await run.ByKeyAsync<ParticipationCountRow>("Measures.Participations");
        return [.. run.Grid(rows.Keys).Select(key => run.Share(key, "share", rows.GetValueOrDefault(key)?.Ended ?? 0, rows.GetValueOrDefault(key)?.InPeriod ?? 0))];
    }

    public static async Task<IReadOnlyList<MeasureCell>> DaysAsync(MeasureRun run)
    {
        var rows = (await run.RowsAsync<StayDaysRow>("Measures.Days")).ToLookup(r => r.Key());
        var cells = new List<MeasureCell>();
        foreach (var key in run.Grid(rows.Select(r => r.Key)))
        {
            // Nobody has been followed further than to today, nor is anybody who begins later here yet.
            var last = key.To < run.Today ? key.To : run.Today;
            var stays = rows[key].SelectMany(r => Enumerable.Repeat(Followed(r, last), (int)r.Number)).Where(s => s.Days > s.DaysBefore).ToList();
            int[] ended = [.. stays.Where(s => s.HasEnded).Select(s => s.Days).Order()];
            cells.Add(run.Number(key, "median_days_ended", Median(ended), ended.Length));
            var all = KaplanMeier.Of(stays);
            cells.Add(run.Number(key, "median_days", all.MedianDays, all.N, all.MedianLower, all.MedianUpper));
        }

        return cells;
    }

    // Who was in already when the period began is seen from its first day on: had they left on the day before, they would not
    // be among its participations.
    private static Stay Followed(StayDaysRow row, DateOnly last) => new(
        row.Days ?? last.DayNumber - row.StartedDay!.Value,
        row.Days is not null,
        row.StartedDay is { } day ? Math.Max(-1, row.PeriodFrom.DayNumber - 1 - day) : -1);

    private static double? Median(int[] sorted) =>
        sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + (double)sorted[sorted.Length / 2]) / 2;
}
