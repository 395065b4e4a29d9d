using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>The cells that are to be told together, and all that a reader can make of them beside what is known already.</summary>
internal sealed class ToldTogether
{
    private ToldTogether(IReadOnlyList<(MeasureRequest Request, IReadOnlyList<ToldCell> Cells)> told, CountRelations relations, CountSystem system) =>
        (Told, Relations, System) = (told, relations, system);

    public IReadOnlyList<(MeasureRequest Request, IReadOnlyList<ToldCell> Cells)> Told { get; }

    public CountRelations Relations { get; }

    /// <summary>The counts and relations, ready to be protected.</summary>
    public CountSystem System { get; }

    public IEnumerable<ToldCell> Cells => Told.SelectMany(t => t.Cells);

    /// <param name="counted">All that was counted, and what is known already.</param>
    /// <param name="numbers">As <see cref="Numbers"/> gives them.</param>
    /// <param name="told">The cells of each request, as many as are to be told.</param>
    public static ToldTogether Of(
        CountedPublication counted,
        IReadOnlyDictionary<CountKey, long> numbers,
        IReadOnlyList<(MeasureRequest Request, IReadOnlyList<ToldCell> Cells)> told)
    {
        var all = told.SelectMany(t => t.Cells).ToList();
        var printed = all.SelectMany(c => c.Counts.Printed).Concat(counted.Known.Shown);
        var relations = new CountRelations(printed, [.. all.SelectMany(c => c.Counts.Shares)], counted.Structure, counted.Known.Hidden, numbers);
        var system = relations.System(
            new HidingCost(counted.Structure, counted.Question).Of,
            c => counted.Structure.IsNobody(c) ? CellState.Shown : counted.Known.StateOf(c));
        return new(told, relations, system);
    }

    /// <summary>All that was counted, told or not.</summary>
    public static Dictionary<CountKey, long> Numbers(CountedPublication counted)
    {
        var numbers = new Dictionary<CountKey, long>();
        foreach (var (key, number) in counted.Measures.SelectMany(m => m.Cells.SelectMany(c => CellCounts.Of(m.Request, c, counted.Today).Printed))
            .Concat(counted.Known.Counted))
            numbers.TryAdd(key, number);
        return numbers;
    }
}
