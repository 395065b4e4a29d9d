namespace FinsamOutcomes.Reporting.Measures;

/// <summary>What a participation and a positive exit have cost.</summary>
internal static class CostMeasures
{
    public static async Task<IReadOnlyList<MeasureCell>> PerParticipationAsync(MeasureRun run)
    {
        var rows = await run.ByKeyAsync<ParticipationCountRow>("Measures.Participations");
        return await PerAsync(run, rows.ToDictionary(r => r.Key, r => r.Value.InPeriod));
    }

    public static async Task<IReadOnlyList<MeasureCell>> PerPositiveExitAsync(MeasureRun run)
    {
        var rows = await run.ByKeyAsync<ExitCountRow>("Measures.Exits");
        return await PerAsync(run, rows.ToDictionary(r => r.Key, r => r.Value.Positive));
    }

    private static async Task<IReadOnlyList<MeasureCell>> PerAsync(MeasureRun run, Dictionary<CellKey, long> counts)
    {
        var costs = (await run.RowsAsync<CostRow>("Measures.Costs")).ToDictionary(
            r => new CellKey(r.PeriodFrom, r.PeriodTo, r.InsatsLevel, MeasureCell.All, MeasureCell.All, MeasureCell.All, MeasureCell.All));
        return
        [
            .. run.Grid(counts.Keys.Concat(costs.Keys)).Select(key =>
            {
                var count = counts.GetValueOrDefault(key);
                // A sum that lacks an insats would make the rest look cheap.
                return costs.GetValueOrDefault(key) is { IsIncomplete: false } cost && count > 0
                    ? run.Number(key, "cost", (double)cost.OutcomeKronor / count, count) with { Numerator = cost.OutcomeKronor, Denominator = count }
                    : run.Cell(key, "cost", CellState.NoData) with { N = count };
            }),
        ];
    }
}
