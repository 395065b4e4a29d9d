using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>
/// The counts that a publication tells, and every sum that a reader can make of them: women, men and unknown are all; delprojekt
/// and those directly in the insats are the insats, insatser the förbund, months the year; of the same people in the same time
/// see <see cref="SameTimeRelations"/>. Where not all parts of a sum are told, the rest is a count like the others.
/// </summary>
internal sealed class CountRelations
{
    // Nobody has two genders; who has several stays can be of two ages in them.
    private static readonly (Func<CountKey, string> Of, Func<CountKey, CountKey> AsTotal, bool DividesPersons)[] s_groups =
    [
        (k => k.Gender, k => k with { Gender = MeasureCell.All }, true),
        (k => k.AgeGroup, k => k with { AgeGroup = MeasureCell.All }, false),
        (k => k.Education, k => k with { Education = MeasureCell.All }, false),
        (k => k.Referrer, k => k with { Referrer = MeasureCell.All }, false),
    ];

    private static readonly string[] s_genders = ["woman", "man", "unknown"];

    // Each of them is at most the participations.
    private static readonly CountedThing[] s_stays =
        [CountedThing.Participations, CountedThing.Followed, CountedThing.Exits, CountedThing.New, CountedThing.Registered];

    private static readonly CountedThing[] s_persons =
        [CountedThing.Persons, CountedThing.NewPersons, CountedThing.EndedPersons, CountedThing.OngoingPersons];

    private readonly KnownStructure _structure;
    private readonly List<ToldCount> _counts = [];
    private readonly List<bool> _isPublished = [];
    private readonly Dictionary<CountKey, int> _index = [];
    private readonly List<(int Total, int[] Parts)> _sums = [];
    private readonly List<(int[] Parts, int Whole)> _atMost = [];
    private readonly List<(CountKey Persons, int Sum)> _withoutStays = [];
    private readonly List<(int Total, IReadOnlyList<int> Parts, string What, int Left)> _rests = [];
    private readonly HashSet<int> _between = [];
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    /// <param name="published">What is printed.</param>
    /// <param name="shares">What is printed as shares: their rests are told as surely, though they are printed nowhere.</param>
    /// <param name="structure">How insatser and definitions hang together.</param>
    /// <param name="hiddenBefore">What earlier publications have hidden, and this one need not tell of.</param>
    /// <param name="counted">Numbers of counts that may be told nowhere, and yet stand between others: the first of a key counts.</param>
    public CountRelations(
        IEnumerable<ToldCount> published,
        IReadOnlyCollection<ToldShare> shares,
        KnownStructure structure,
        IEnumerable<ToldCount>? hiddenBefore = null,
        IReadOnlyDictionary<CountKey, long>? counted = null)
    {
        _structure = structure;
        foreach (var told in published.Concat(shares.SelectMany(s => s.Printed)))
            Add(told, isPublished: true);
        foreach (var hidden in hiddenBefore ?? [])
            Add(hidden, isPublished: false);
        foreach (var share in shares)
            Sum(Add(share.Denominator, isPublished: true), [Add(share.Numerator, isPublished: true), Add(share.Complement, isPublished: false)]);
        if (counted is not null)
            AddBetween(counted);
        var printed = _counts.ConvertAll(c => c.Key);
        foreach (var time in printed.ToLookup(SameTimeRelations.TimeAndPeople).OrderBy(t => t.Key.To))
            new SameTimeRelations(this, structure, time.Key).Relate([.. time]);
        foreach (var (of, asTotal, dividesPersons) in s_groups)
            RelateGroups(printed, of, asTotal, dividesPersons);
        RelateInsatser(printed);
        RelatePeriods(printed);
        RelateStays(printed);
        RelateRests();
    }

    /// <summary>The counts, printed or not, by index in what <see cref="System"/> makes.</summary>
    public IReadOnlyList<ToldCount> Counts => _counts;

    public IReadOnlyList<(int Total, int[] Parts)> Sums => _sums;

    /// <summary>Where a count stands; null for one that nobody tells.</summary>
    public int? IndexOf(ToldCount told) => _index.TryGetValue(Distinct(told), out var index) ? index : null;

    /// <inheritdoc cref="IndexOf(ToldCount)"/>
    public int? IndexOf(CountKey key) => _index.TryGetValue(key, out var index) ? index : null;

    public long Number(int index) => _counts[index].Number;

    /// <summary>True for what sums leave over, which is printed nowhere.</summary>
    public bool IsRest(int index) => !_isPublished[index];

    /// <summary>True for what nobody prints, and which is here since it stands between counts that are.</summary>
    public bool IsBetween(int index) => _between.Contains(index) && !_isPublished[index];

    /// <summary>The counts and their relations, ready to be protected.</summary>
    /// <param name="cost">What is lost by hiding a count.</param>
    /// <param name="before">What a reader has of a count from earlier publications; null for nothing.</param>
    public CountSystem System(Func<ToldCount, double> cost, Func<ToldCount, CellState?> before)
    {
        var system = new CountSystem();
        for (var i = 0; i < _counts.Count; i++)
        {
            var known = before(_counts[i]);
            system.Add(
                _counts[i].Number,
                _isPublished[i],
                cost(_counts[i]),
                isKnown: known == CellState.Shown,
                isKindKnown: known == CellState.Hidden,
                isHidden: known == CellState.Protecting);
        }

        foreach (var (total, parts) in _sums)
            system.Sum(total, parts);
        foreach (var (parts, whole) in _atMost)
            system.AtMost(parts, whole);
        return system;
    }

    /// <summary>A total and its parts; what they leave of it is a count too, which nobody prints.</summary>
    /// <param name="total">The whole.</param>
    /// <param name="parts">Those that are told, or may be.</param>
    /// <param name="what">What the rest is called.</param>
    /// <param name="isToldOfNobody">Whether a reader sees that there is no rest: a list leaves out those of nobody alone.</param>
    public void SumWithRest(int total, IReadOnlyList<int> parts, string what, bool isToldOfNobody = true)
    {
        var rest = Number(total) - parts.Sum(Number);
        if (rest < 0)
            return;
        if (rest == 0)
        {
            if (isToldOfNobody)
                Sum(total, parts);
            else
                AtMost(parts, total);
            return;
        }

        var left = Add(new(RestOf(_counts[total].Key, what), rest), isPublished: false);
        _rests.Add((total, parts, what, left));
        Sum(total, [.. parts, left]);
    }

    /// <summary>A total and all its parts; nothing where the numbers say otherwise.</summary>
    public void Sum(int total, IReadOnlyList<int> parts)
    {
        if (Number(total) == parts.Sum(Number) && !parts.Contains(total) && _written.Add($"{total}={string.Join('+', parts.Order())}"))
            _sums.Add((total, [.. parts]));
    }

    /// <summary>Counts that together are no more than another; what they leave of it is nobody's secret.</summary>
    public void AtMost(IReadOnlyList<int> parts, int whole)
    {
        if (parts.Count > 0 && parts.Sum(Number) <= Number(whole) && !parts.Contains(whole) && _written.Add($"{whole}>{string.Join('+', parts.Order())}"))
            _atMost.Add(([.. parts], whole));
    }

    /// <summary>A count, told or not.</summary>
    public int Add(ToldCount told, bool isPublished)
    {
        var key = Distinct(told);
        if (_index.TryGetValue(key, out var index))
        {
            _isPublished[index] |= isPublished;
            return index;
        }

        _index.Add(key, _counts.Count);
        _counts.Add(told with { Key = key });
        _isPublished.Add(isPublished);
        return _counts.Count - 1;
    }

    // What one way of counting makes otherwise than another is another count, whatever it is called.
    private CountKey Distinct(ToldCount told) => _index.TryGetValue(told.Key, out var index) && _counts[index].Number != told.Number
        ? told.Key with { Thing = told.Key.Thing with { Name = $"{told.Key.Thing.Name} ({told.Number})" } }
        : told.Key;

    private static CountKey RestOf(CountKey total, string what) => total with { Thing = total.Thing with { Name = $"{total.Thing.Name} {what}" } };

    // Women's positive exits of a delprojekt are among those of all, and these are its reasons: also where only the first and the last are
    // printed, be it in two publications.
    private void AddBetween(IReadOnlyDictionary<CountKey, long> counted)
    {
        for (var i = 0; i < _counts.Count; i++)
        {
            foreach (var whole in Wholes(_counts[i].Key).Where(w => IndexOf(w) is null))
            {
                if (counted.TryGetValue(whole, out var number))
                    _between.Add(Add(new(whole, number), isPublished: false));
            }
        }

        IEnumerable<CountKey> Wholes(CountKey key)
        {
            foreach (var (of, asTotal, _) in s_groups.Where(g => g.Of(key) != MeasureCell.All))
                yield return asTotal(key);
            if (key.Insats != MeasureCell.All)
                yield return key with { Insats = _structure.Parents.GetValueOrDefault(key.Insats, MeasureCell.All) };
            if (key.Thing == CountedThing.Exits)
                yield return key.Of(CountedThing.Participations);
        }
    }

    private void RelateGroups(List<CountKey> printed, Func<CountKey, string> of, Func<CountKey, CountKey> asTotal, bool dividesPersons)
    {
        foreach (var family in printed.Where(k => of(k) != MeasureCell.All).ToLookup(asTotal))
        {
            if (IndexOf(family.Key) is not { } total)
                continue;
            var isPartition = dividesPersons || family.Key.Thing.Kind != CountKind.Persons;

            // Several codes together, as a filter has them, are a part of their own.
            var single = family.Where(k => !of(k).Contains(',', StringComparison.Ordinal)).ToList();
            Divide(total, [.. single.Select(k => _index[k])], isPartition, $"but for those told by {of(family.First())}");
            foreach (var several in family.Except(single))
                Divide(total, [_index[several]], isPartition, $"but for {of(several)}");
        }
    }

    // A delprojekt whose insats isn't told is itself a part of the förbund.
    private void RelateInsatser(List<CountKey> printed)
    {
        foreach (var family in printed.Where(k => k.Insats != MeasureCell.All).ToLookup(Whole))
        {
            if (IndexOf(family.Key) is { } total)
                Divide(total, [.. family.Select(k => _index[k])], family.Key.Thing.Kind != CountKind.Persons, "outside the insatser that are told");
        }

        CountKey Whole(CountKey key)
        {
            var insats = key with { Insats = _structure.Parents.GetValueOrDefault(key.Insats, MeasureCell.All) };
            return IndexOf(insats) is null ? key with { Insats = MeasureCell.All } : insats;
        }
    }

    // Persons can be in several parts, by one participation in each: then each part is at most the whole, and all parts are at least
    // the whole and at most its participations. Of the anonymous nothing is known but insats and gender.
    private void Divide(int total, List<int> parts, bool isPartition, string what)
    {
        if (parts.Count == 0)
            return;
        if (isPartition)
        {
            SumWithRest(total, parts, what);
            return;
        }

        foreach (var part in parts)
            AtMost([part], total);
        // Who is in an insats that follows nobody is registered nowhere.
        var registered = Registered(total);
        var some = parts.Where(p => !_structure.FollowNobody.Contains(_counts[p].Key.Insats)).Select(Registered).ToList();
        var sum = Add(new(RestOf(_counts[registered].Key, $"added up, {what}"), some.Sum(Number)), isPublished: false);
        Sum(sum, some);
        AtMost([registered], sum);
        if (IndexOf(_counts[total].Key.Of(CountedThing.Participations)) is { } participations)
            AtMost([sum], participations);
        else if (_counts[total].Key.Gender != MeasureCell.All)
            _withoutStays.Add((_counts[total].Key, sum));

        int Registered(int persons) => IndexOf(_counts[persons].Key.Of(CountedThing.Registered)) ?? persons;
    }

    // What insatser leave of the positive exits is among what they leave of the exits, and so with all that is left. Where they don't leave
    // the same, what only the one leaves is added.
    private void RelateRests()
    {
        foreach (var alike in _rests.ToLookup(r => (At: _counts[r.Total].Key with { Thing = default, From = default }, r.What)))
        {
            var pairs =
                from a in alike
                from b in alike
                where a.Left != b.Left && IsAmong(_counts[a.Total].Key, _counts[b.Total].Key)
                select (a, b);
            foreach (var (few, many) in pairs)
            {
                // What is told twice of one place, as of two times, is no pair: it stays on its side, where it is among the whole too.
                var (fewer, more) = (few.Parts.ToLookup(Group), many.Parts.ToLookup(Group));
                bool IsPair(int part) => Group(part) is var group && fewer[group].Count() == 1 && more[group].Count() == 1;
                int[] left = [few.Left, .. few.Parts.Where(p => !IsPair(p))];
                int[] of = [many.Left, .. many.Parts.Where(p => !IsPair(p))];
                if (of.Length == 1)
                {
                    AtMost(left, of[0]);
                    continue;
                }

                var whole = Add(new(RestOf(_counts[many.Left].Key, $"beside {_counts[few.Total].Key.Thing.Name}"), of.Sum(Number)), isPublished: false);
                Sum(whole, of);
                AtMost(left, whole);
            }
        }

        CountKey Group(int part) => _counts[part].Key with { Thing = default, From = default };

        static bool IsAmong(CountKey few, CountKey many) => few.Thing.IsAmong(many.Thing) && (few.From == many.From || few.Thing.Kind == CountKind.State);
    }

    // Of one gender participations may not be told, but those of all are, and at least how many the others have.
    private void RelateStays(List<CountKey> printed)
    {
        var persons = printed.Where(k => k.Gender != MeasureCell.All && s_persons.Contains(k.Thing) && IndexOf(k.Of(CountedThing.Participations)) is null);
        foreach (var (key, few) in _withoutStays.Concat(persons.Select(k => (k, Registered(k)))).ToList())
        {
            if (IndexOf(key.Of(CountedThing.Participations) with { Gender = MeasureCell.All }) is not { } all)
                continue;
            var others = s_genders.Where(g => g != key.Gender)
                .Select(g => s_stays.Select(t => IndexOf(key.Of(t) with { Gender = g })).OfType<int>().ToList()).ToList();
            foreach (var one in others[0])
            {
                AtMost([few, one], all);
                foreach (var other in others[1])
                    AtMost([few, one, other], all);
            }

            foreach (var other in others[1])
                AtMost([few, other], all);
        }

        int Registered(CountKey key) => (key.Thing == CountedThing.Persons ? IndexOf(key.Of(CountedThing.Registered)) : null) ?? _index[key];
    }

    // Each period is cut into the longest that it is made of, so that months make quarters and quarters the year.
    private void RelatePeriods(List<CountKey> printed)
    {
        var events = printed.Where(k => k.Thing.Kind == CountKind.Event || IsReported(k)).ToLookup(k => k with { From = default, To = default });
        foreach (var series in events.Where(s => s.Skip(1).Any()))
        {
            var starting = series.ToLookup(k => k.From);
            foreach (var whole in series)
            {
                var parts = new List<int>();
                for (var from = whole.From; from <= whole.To;)
                {
                    if (starting[from].Where(k => k.To <= whole.To && k != whole).MaxBy(k => k.To) is not { } part)
                        break;
                    parts.Add(_index[part]);
                    from = part.To.AddDays(1);
                }

                if (parts.Count > 0 && IsReported(whole))
                    Sum(_index[whole], parts);
                else if (parts.Count > 0)
                    SumWithRest(_index[whole], parts, "after the periods that are told");
            }
        }

        // Of those who are only counted half-years make the year, where they were reported so.
        static bool IsReported(CountKey key) => key.Thing == CountedThing.Anonymous || key.Thing == CountedThing.Structural;
    }
}
