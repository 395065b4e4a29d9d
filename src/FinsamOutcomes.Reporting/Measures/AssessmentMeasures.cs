using FinsamOutcomes.Data;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Measures;

/// <summary>Self-assessments and caseworkers' assessments before and after, by item, with attrition.</summary>
internal static class AssessmentMeasures
{
    public static async Task<IReadOnlyList<MeasureCell>> ComputeAsync(MeasureRun run)
    {
        var items = Items(run);
        var exits = await run.ByKeyAsync<ExitCountRow>("Measures.Exits");
        var rows = (await run.RowsAsync<AssessmentPairRow>("Measures.Assessments")).ToLookup(r => (Key: r.Key(), r.ItemId));
        var asking = rows.Where(g => g.Any(r => r.IsAsked)).Select(g => (g.Key.Key.Level, g.Key.ItemId)).ToHashSet();
        var cells = new List<MeasureCell>();
        foreach (var key in run.Grid(exits.Keys))
        {
            foreach (var item in items)
            {
                var notAsked = exits.GetValueOrDefault(key) is { Exits: > 0 } && !asking.Contains((key.Level, item.ItemId));
                var found = notAsked ? NotAsked(run, key) : Found(run, key, item, [.. rows[(key, item.ItemId)].Where(r => r.IsAsked)]);
                cells.AddRange(found.Select(c => c with { Definition = run.Labels.Instrument(item), Category = item.Item }));
            }
        }

        return cells;
    }

    private static List<MeasureItemRow> Items(MeasureRun run)
    {
        if (run.Request.Definition is not { } wanted)
            return [.. run.Labels.Items];
        var chosen = run
            .Labels.Items.Where(i =>
                string.Equals(i.Instrument, wanted, StringComparison.OrdinalIgnoreCase)
                || string.Equals(run.Labels.Instrument(i), wanted, StringComparison.OrdinalIgnoreCase))
            .ToList();
        return chosen.Count > 0
            ? chosen
            : throw new MeasureRequestException(
                $"Instrumentet ”{wanted}” finns inte i förbundet.{Nearest.Suggestion(wanted, run.Labels.Items.Select(run.Labels.Instrument))}");
    }

    private static IEnumerable<MeasureCell> NotAsked(MeasureRun run, CellKey key) =>
        MeasureCatalogue.Find("sjalvskattning").Statistics.Select(s => run.Cell(key, s.Name, CellState.NotAsked));

    private static IEnumerable<MeasureCell> Found(MeasureRun run, CellKey key, MeasureItemRow item, IReadOnlyList<AssessmentPairRow> rows)
    {
        foreach (
            var (suffix, group) in new[]
            {
                ("", rows),
                ("_positive", [.. rows.Where(r => r.IsPositive)]),
                ("_not_positive", [.. rows.Where(r => !r.IsPositive)]),
            })
        {
            yield return run.Count(key, "n_paired" + suffix, group.Sum(r => r.BeforeValue is not null && r.AfterValue is not null ? r.Number : 0));
            yield return run.Count(key, "n_start_only" + suffix, group.Sum(r => r.BeforeValue is not null && r.AfterValue is null ? r.Number : 0));
            yield return run.Count(key, "n_exit_only" + suffix, group.Sum(r => r.BeforeValue is null && r.AfterValue is not null ? r.Number : 0));
        }

        var pairs = rows
            .Where(r => r.BeforeValue is not null && r.AfterValue is not null)
            .SelectMany(r => Enumerable.Repeat((r.BeforeValue!.Value, r.AfterValue!.Value), (int)r.Number))
            .ToList();
        var change = PairedChange.Of(pairs, item.IsHigherBetter, item.SmallestChange);
        var n = change.N;
        yield return run.Number(key, "mean_before", change.MeanBefore, n);
        yield return run.Number(key, "mean_after", change.MeanAfter, n);
        yield return run.Number(key, "mean_change", change.MeanChange, n, change.ChangeLower, change.ChangeUpper);
        yield return run.Number(key, "median_change", change.MedianChange, n);
        yield return run.Number(key, "improved", n == 0 ? null : change.Improved, n);
        yield return run.Number(key, "unchanged", n == 0 ? null : change.Unchanged, n);
        yield return run.Number(key, "worse", n == 0 ? null : change.Worse, n);
        yield return run.Share(key, "share_improved", change.Improved, n);
        yield return run.Share(key, "share_unchanged", change.Unchanged, n);
        yield return run.Share(key, "share_worse", change.Worse, n);
        // The test rests on the pairs that differ.
        yield return run.Number(key, "wilcoxon_v", change.Wilcoxon.N == 0 ? null : change.Wilcoxon.V, change.Wilcoxon.N);
        yield return run.Number(key, "wilcoxon_p", change.Wilcoxon.PValue, change.Wilcoxon.N);
    }
}
