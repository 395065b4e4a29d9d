using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>
/// Tells less where hiding numbers doesn't help, since readers have an earlier publication: a table that has no column for those of unknown
/// gender says that there are none, which the earlier one may have hidden, and no number in it can be hidden to take that back. Such
/// tables are told of all together, or left out; as few of them as will do, the first of the report the longest.
/// </summary>
internal sealed class BesideEarlier
{
    // Times to look for the fewest tables, and tries in all; after that more are left out than need be, so that it comes to an end.
    private const int Careful = 1;
    private const int MostTries = 24;

    private readonly CountedPublication _counted;
    private readonly IReadOnlyDictionary<CountKey, long> _numbers;
    private readonly List<Table> _tables;
    private int _times;
    private int _triesLeft = MostTries;

    public BesideEarlier(CountedPublication counted)
    {
        _counted = counted;
        _numbers = ToldTogether.Numbers(counted);
        _tables =
        [
            .. Coarsening.Of(UnknownGender.WithNobody(counted), counted.Today).GroupBy(m => m.Request with { Definition = null })
                .Select(g => new Table([.. g], counted.Today)),
        ];
        Together = ToldTogether.Of(counted, _numbers, Told());
    }

    /// <summary>What is to be told now.</summary>
    public ToldTogether Together { get; private set; }

    // How much is told of a table.
    private enum Extent
    {
        Full,
        OfAllTogether,
        Nothing,
    }

    /// <summary>Tells less, so that hiding helps these; false where there is nothing that can.</summary>
    public bool TellLess(IReadOnlyList<ToldCount> exposed)
    {
        // What was not found a way for, though there is one, is no matter of tables.
        if (!_counted.Known.All.Any() || Lost(exposed) is not { Count: > 0 } given)
            return false;
        exposed = given;
        _times++;
        var before = _tables.ConvertAll(t => t.Extent);
        foreach (var near in new Predicate<Table>[] { t => exposed.Any(e => t.IsNear(e.Key.Insats)), _ => true })
        {
            var some = _tables.FindAll(t => t.Extent != Extent.Nothing && near(t));
            var extents = some.ConvertAll(t => t.Extent);
            some.ForEach(t => t.Extent = Extent.Nothing);
            if (Lost(exposed) is var lost && lost.Count == exposed.Count)
            {
                // What the earlier one gives away by itself is not helped by telling less.
                for (var i = 0; i < some.Count; i++)
                    some[i].Extent = extents[i];
                continue;
            }

            if (_times <= Careful)
                TellMore([.. some.Zip(extents)], [.. exposed.Except(lost)]);
            if (lost.Count == 0)
                break;
        }

        Together = ToldTogether.Of(_counted, _numbers, Told());
        return !before.SequenceEqual(_tables.Select(t => t.Extent));
    }

    // Most tables have nothing to do with it: half of them at a time.
    private void TellMore(IReadOnlyList<(Table Table, Extent Most)> some, IReadOnlyList<ToldCount> helped)
    {
        foreach (var (table, most) in some)
            table.Extent = most;
        if (some.Count == 0 || IsEnough(helped))
            return;
        if (some is [var (one, full)])
        {
            one.Extent = one.From(full).Skip(1).First(e => IsEnough(one, e, helped));
            return;
        }

        foreach (var (table, _) in some)
            table.Extent = Extent.Nothing;
        var half = some.Count / 2;
        TellMore([.. some.Take(half)], helped);
        TellMore([.. some.Skip(half)], helped);
    }

    private bool IsEnough(Table table, Extent extent, IReadOnlyList<ToldCount> exposed)
    {
        table.Extent = extent;
        return extent == Extent.Nothing || IsEnough(exposed);
    }

    // When enough has been tried no more is told.
    private bool IsEnough(IReadOnlyList<ToldCount> exposed) => _triesLeft-- > 0 && !LostAmong(exposed).Any();

    // Those that keep fewer than three values even if all that may be hidden is.
    private IEnumerable<ToldCount> LostAmong(IReadOnlyList<ToldCount> exposed)
    {
        var together = ToldTogether.Of(_counted, _numbers, Told());
        var told = exposed.Where(e => together.Relations.IndexOf(e) is not null).ToDictionary(e => together.Relations.IndexOf(e)!.Value);
        return CountProtection.Lost(together.System, told.Keys).Select(i => told[i]);
    }

    private List<ToldCount> Lost(IReadOnlyList<ToldCount> exposed) => [.. LostAmong(exposed)];

    private List<(MeasureRequest Request, IReadOnlyList<ToldCell> Cells)> Told() =>
        [.. _counted.Measures.Select(m => (m.Request, _tables.First(t => t.Has(m.Request)).Cells(m.Request)))];

    /// <summary>The answers that one table is laid out of: one request, or one for each definition.</summary>
    private sealed class Table(IReadOnlyList<CountedMeasure> measures, DateOnly today)
    {
        private readonly Dictionary<(MeasureRequest Request, Extent Extent), IReadOnlyList<ToldCell>> _cells = [];
        private readonly HashSet<MeasureRequest> _requests = [.. measures.Select(m => m.Request)];
        private readonly HashSet<string> _insatser = [.. measures.SelectMany(m => m.Cells.Select(c => c.Insats))];

        public Extent Extent { get; set; }

        public bool Has(MeasureRequest request) => _requests.Contains(request);

        public bool IsNear(string insats) => _insatser.Contains(insats);

        /// <summary>How much can be told, the most first.</summary>
        public IEnumerable<Extent> From(Extent most) =>
            Enum.GetValues<Extent>().Where(e => e >= most && (e != Extent.OfAllTogether || CanBeOfAllTogether));

        public IReadOnlyList<ToldCell> Cells(MeasureRequest request)
        {
            if (!_cells.TryGetValue((request, Extent), out var cells))
            {
                var measure = measures.Single(m => m.Request == request);
                cells = (measure with { Cells = [.. measure.Cells.Select(AsTold).OfType<MeasureCell>()] }).ToldCells(today, hasIntervals: true);
                _cells.Add((request, Extent), cells);
            }

            return cells;
        }

        private bool CanBeOfAllTogether =>
            measures.All(m => m.Told.MayBeCoarser && m.Request.By.HasFlag(MeasureDimensions.Gender))
            && measures.Any(m => m.Cells.Any(c => c.Gender != MeasureCell.All));

        private MeasureCell? AsTold(MeasureCell cell) => Extent switch
        {
            Extent.Nothing when cell.State is CellState.Shown or CellState.NoData =>
                cell.Without(CellState.Protecting) with { Missing = null, IsLeftOut = true, IsForEarlier = true },
            Extent.OfAllTogether => cell.Gender == MeasureCell.All ? cell with { IsForEarlier = true } : null,
            _ => cell,
        };
    }
}
