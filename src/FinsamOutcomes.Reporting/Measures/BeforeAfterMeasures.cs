namespace FinsamOutcomes.Reporting.Measures;

/// <summary>Livelihood and occupation before and after: distributions, transitions and who is missing.</summary>
internal static class BeforeAfterMeasures
{
    private const string Missing = "unknown";

    public static async Task<IReadOnlyList<MeasureCell>> ComputeAsync(MeasureRun run, string query, string dimension)
    {
        var counts = (await run.RowsAsync<TransitionCountRow>(query)).ToDictionary(r => (Key: r.Key(), r.BeforeGroup, r.AfterGroup), r => r.Number);
        string[] groups = [.. run.Labels.Codes(dimension).Select(c => c.Code).Where(c => c != Missing)];
        // An insats that wrote nothing down for anybody in the whole range didn't ask.
        var asking = counts.Keys.Where(k => k.BeforeGroup != Missing || k.AfterGroup != Missing).Select(k => k.Key.Level).ToHashSet();
        var cells = new List<MeasureCell>();
        foreach (var key in run.Grid(counts.Keys.Select(k => k.Key)))
        {
            long paired = Of(MeasureCell.All, MeasureCell.All),
                beforeOnly = Of(MeasureCell.All, Missing),
                afterOnly = Of(Missing, MeasureCell.All),
                neither = Of(Missing, Missing);
            var state =
                paired > 0 ? CellState.Shown
                : neither > 0 && !asking.Contains(key.Level) ? CellState.NotAsked
                : CellState.NoData;
            foreach (var group in groups)
            {
                Add("before", group, Of(group, MeasureCell.All));
                Add("after", group, Of(MeasureCell.All, group));
                AddShare("share_before", group, Of(group, MeasureCell.All));
                AddShare("share_after", group, Of(MeasureCell.All, group));
                AddAll("before_all", group, Of(group, MeasureCell.All) + Of(group, Missing), paired + beforeOnly);
                AddAll("after_all", group, Of(MeasureCell.All, group) + Of(Missing, group), paired + afterOnly);
            }

            foreach (var from in groups)
            {
                foreach (var to in groups)
                    cells.Add(Counted("transition", Of(from, to), paired, state) with { FromCategory = from, Category = to });
            }

            cells.Add(run.Count(key, "n_paired", paired));
            cells.Add(run.Count(key, "n_before_only", beforeOnly));
            cells.Add(run.Count(key, "n_after_only", afterOnly));
            cells.Add(run.Count(key, "n_neither", neither));

            long Of(string before, string after) => counts.GetValueOrDefault((key, before, after));

            MeasureCell Counted(string statistic, long count, long n, CellState counted) =>
                counted == CellState.Shown ? run.Count(key, statistic, count, n) : run.Cell(key, statistic, counted) with { N = n };

            void Add(string statistic, string group, long count) => cells.Add(Counted(statistic, count, paired, state) with { Category = group });

            void AddAll(string statistic, string group, long count, long n) =>
                cells.Add(
                    Counted(
                        statistic,
                        count,
                        n,
                        n > 0 ? CellState.Shown
                            : state == CellState.Shown ? CellState.NoData
                            : state) with
                    {
                        Category = group,
                    });

            void AddShare(string statistic, string group, long count) =>
                cells.Add(
                    (state == CellState.Shown ? run.Share(key, statistic, count, paired) : run.Cell(key, statistic, state) with { N = paired }) with
                    {
                        Category = group,
                    });
        }

        return cells;
    }
}
