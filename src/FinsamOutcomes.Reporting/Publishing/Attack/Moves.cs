namespace FinsamOutcomes.Reporting.Publishing.Attack;

/// <summary>
/// Other solutions near one that is known: one number is changed, and each relation that no longer holds is mended by changing
/// another, until all hold again. What it finds is a solution; where it finds none there may still be some.
/// </summary>
internal sealed class Moves
{
    private const int Tries = 3;
    private const int MostChanges = 150;
    private const int Deepest = 40;
    private const int Branches = 3;
    private static readonly int[] s_steps = [1, -1, 2, -2, 3, -3];

    private readonly IReadOnlyList<Unknown> _unknowns;
    private readonly HashSet<Unknown> _notFew;
    private readonly Dictionary<Unknown, int> _index;
    private readonly Bound[] _bounds;
    private readonly Bound[][] _choices;
    private readonly List<(int Bound, long Factor)>[] _boundsOf;
    private readonly List<int>[] _choicesOf;
    private readonly long[] _values;
    private readonly long[] _totals;
    private readonly SortedSet<int> _broken = [];
    private readonly HashSet<int> _brokenChoices = [];
    private readonly Stack<(int Of, long Step)> _changes = [];
    private readonly HashSet<int> _changed = [];
    private readonly Random _random = new(7);
    private int _left;

    /// <param name="unknowns">What may be changed.</param>
    /// <param name="linears">What must hold.</param>
    /// <param name="choices">Of each of these one must hold.</param>
    /// <param name="notFew">What is 0 or at least 5.</param>
    /// <param name="solution">Values with which all holds.</param>
    public Moves(
        IReadOnlyList<Unknown> unknowns,
        IReadOnlyList<Linear> linears,
        IReadOnlyList<OneIsSmall> choices,
        HashSet<Unknown> notFew,
        Func<Unknown, long> solution)
    {
        (_unknowns, _notFew) = (unknowns, notFew);
        _index = unknowns.Select((u, i) => (u, i)).ToDictionary(p => p.u, p => p.i);
        _values = [.. unknowns.Select(solution)];
        _bounds = [.. linears.Select(l => Free(l.Terms, l.Lower, l.Upper))];
        _choices = [.. choices.Select(c => c.Sums.Select(s => Free(s, 1, Puzzle.Few)).ToArray())];
        _totals = [.. _bounds.Select(Total)];
        _boundsOf = [.. unknowns.Select(_ => new List<(int, long)>())];
        _choicesOf = [.. unknowns.Select(_ => new List<int>())];
        for (var bound = 0; bound < _bounds.Length; bound++)
        {
            foreach (var (of, factor) in _bounds[bound].Terms)
                _boundsOf[of].Add((bound, factor));
        }

        for (var choice = 0; choice < _choices.Length; choice++)
        {
            foreach (var of in _choices[choice].SelectMany(s => s.Terms.Select(t => t.Of)).Distinct())
                _choicesOf[of].Add(choice);
        }
    }

    /// <summary>
    /// Goes on to a solution in which a number has a value that it hasn't been seen with, and tells all that have changed; none
    /// where no such solution was found.
    /// </summary>
    public List<(Unknown Unknown, long Value)> Change(Unknown unknown, IReadOnlyCollection<long> seen)
    {
        var of = _index[unknown];
        foreach (var step in s_steps.Where(s => !seen.Contains(_values[of] + s) && MayBe(of, s)))
        {
            for (var attempt = 0; attempt < Tries; attempt++)
            {
                _left = MostChanges;
                Apply(of, step);
                if (Mend())
                {
                    var now = _changes.Select(c => (_unknowns[c.Of], _values[c.Of])).ToList();
                    _changes.Clear();
                    _changed.Clear();
                    return now;
                }

                Undo();
            }
        }

        return [];
    }

    // What is known of a sum, less what is fixed of it.
    private Bound Free(IReadOnlyList<(Unknown Unknown, long Factor)> terms, long lower, long upper)
    {
        var known = terms.Where(t => !_index.ContainsKey(t.Unknown)).Sum(t => t.Factor * t.Unknown.Lower);
        return new([.. terms.Where(t => _index.ContainsKey(t.Unknown)).Select(t => (_index[t.Unknown], t.Factor))], lower - known, upper - known);
    }

    private long Total(Bound bound)
    {
        var total = 0L;
        foreach (var (of, factor) in bound.Terms)
            total += factor * _values[of];
        return total;
    }

    private bool Mend()
    {
        if (_broken.Count == 0)
            return _brokenChoices.Count == 0;
        if (_changes.Count > Deepest)
            return false;
        foreach (var (of, step) in Ways(_broken.Min))
        {
            if (_left-- <= 0)
                return false;
            Apply(of, step);
            if (Mend())
                return true;
            Undo();
        }

        return false;
    }

    // The changes that mend what is broken, those first that break least else.
    private IEnumerable<(int Of, long Step)> Ways(int broken)
    {
        var (terms, lower, upper) = _bounds[broken];
        var missing = _totals[broken] < lower ? lower - _totals[broken] : upper - _totals[broken];
        var ways = new List<(int Of, long Step, double Harm)>();
        foreach (var (of, factor) in terms)
        {
            if (_changed.Contains(of))
                continue;
            var step = missing / factor;
            if (step * factor != missing)
                step += Math.Sign(missing) * Math.Sign(factor);
            if (_bounds[broken].Holds(_totals[broken] + (step * factor)) && MayBe(of, step))
                ways.Add((of, step, Harm(of, step) + _random.NextDouble()));
        }

        ways.Sort((a, b) => a.Harm.CompareTo(b.Harm));
        return ways.Take(Branches).Select(w => (w.Of, w.Step));
    }

    private int Harm(int of, long step)
    {
        var harm = 0;
        foreach (var (bound, factor) in _boundsOf[of])
        {
            harm += _bounds[bound].Holds(_totals[bound]) ? 0 : -1;
            harm += _bounds[bound].Holds(_totals[bound] + (step * factor)) ? 0 : 1;
        }

        return harm;
    }

    private bool MayBe(int of, long step)
    {
        var value = _values[of] + step;
        return value >= _unknowns[of].Lower && value <= _unknowns[of].Upper && (value is <= 0 or > Puzzle.Few || !_notFew.Contains(_unknowns[of]));
    }

    private void Apply(int of, long step)
    {
        _changes.Push((of, step));
        _changed.Add(of);
        Shift(of, step);
    }

    private void Undo()
    {
        var (of, step) = _changes.Pop();
        _changed.Remove(of);
        Shift(of, -step);
    }

    private void Shift(int of, long step)
    {
        _values[of] += step;
        foreach (var (bound, factor) in _boundsOf[of])
        {
            _totals[bound] += step * factor;
            if (_bounds[bound].Holds(_totals[bound]))
                _broken.Remove(bound);
            else
                _broken.Add(bound);
        }

        foreach (var choice in _choicesOf[of])
        {
            if (Array.Exists(_choices[choice], s => s.Holds(Total(s))))
                _brokenChoices.Remove(choice);
            else
                _brokenChoices.Add(choice);
        }
    }

    private readonly record struct Bound((int Of, long Factor)[] Terms, long Lower, long Upper)
    {
        public bool Holds(long total) => total >= Lower && total <= Upper;
    }
}
