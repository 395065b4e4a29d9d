namespace FinsamOutcomes.Reporting.Publishing.Attack;

/// <summary>A number that is asked for: printed, hidden, or only thought of, with the bounds that are known.</summary>
internal sealed class Unknown(int index, Question question)
{
    public int Index { get; } = index;

    public Question Question { get; } = question;

    public long Lower { get; set; }

    public long Upper { get; set; } = Puzzle.Most;

    public bool IsFixed => Lower == Upper;

    public long? Printed { get; set; }

    /// <summary>What is said of it, before anything is worked out.</summary>
    public (long Lower, long Upper) Said { get; set; } = (0, Puzzle.Most);
}

/// <summary>A sum with factors that lies between two bounds; either may be missing.</summary>
internal sealed record Linear(IReadOnlyList<(Unknown Unknown, long Factor)> Terms, long Lower, long Upper, string Why);

/// <summary>One of several is between 1 and 4: why a share is hidden.</summary>
internal sealed record OneIsSmall(IReadOnlyList<IReadOnlyList<(Unknown Unknown, long Factor)>> Sums, string Why);

/// <summary>A hidden number as it is printed.</summary>
internal sealed record HiddenNumber(AttackedKind Kind, Unknown Of, Unknown? By)
{
    public List<HiddenPlace> Places { get; } = [];
}

/// <summary>All that is known of the numbers in a publication.</summary>
internal sealed class Puzzle
{
    /// <summary>No count is above this.</summary>
    public const long Most = 10_000_000;

    /// <summary>No bound of a sum.</summary>
    public const long Far = 1_000_000_000_000;

    /// <summary>Small numbers, which are hidden, end here.</summary>
    public const long Few = 4;

    /// <summary>A hidden mean rests on no more than this.</summary>
    public const long FewAnswers = 9;

    private const int MostTold = 20;

    private readonly Dictionary<string, Unknown> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HiddenNumber> _hidden = new(StringComparer.Ordinal);
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private readonly HashSet<Unknown> _contradicted = [];

    public List<Unknown> Unknowns { get; } = [];

    public List<Linear> Linears { get; } = [];

    public List<OneIsSmall> Choices { get; } = [];

    /// <summary>Whether <em>skyddad</em> is held to be 0 or at least 5. The rule doesn't say so: it is a guess, and to be tried.</summary>
    public bool HoldsProtectingForNotFew { get; init; }

    /// <summary>Whether all are women and men, as a publication says that leaves the others out.</summary>
    public bool HasOnlyWomenAndMen { get; set; }

    /// <summary>What is 0 or at least 5.</summary>
    public HashSet<Unknown> NotFew { get; } = [];

    /// <summary>What doesn't go together, in Swedish.</summary>
    public List<string> Contradictions { get; } = [];

    public IReadOnlyCollection<HiddenNumber> Hidden => _hidden.Values;

    public Unknown? Find(Question question) => _byKey.GetValueOrDefault(question.Key);

    public Unknown Of(Question question)
    {
        if (_byKey.TryGetValue(question.Key, out var known))
            return known;
        // A sum of changes may be below 0.
        var unknown = new Unknown(Unknowns.Count, question);
        if (question.Unit == Units.SumOfChanges)
            (unknown.Lower, unknown.Upper) = unknown.Said = (-Most, Most);
        Unknowns.Add(unknown);
        _byKey.Add(question.Key, unknown);
        return unknown;
    }

    /// <summary>A number that is printed; two different ones for one question are told of, and the first is believed.</summary>
    public void Print(Question question, long value, string where)
    {
        var unknown = Of(question);
        if (unknown.Printed is { } before && before != value)
        {
            Contradict($"{question}: {before} och {value} ({where})", unknown);
            return;
        }

        unknown.Printed = value;
        (unknown.Lower, unknown.Upper) = unknown.Said = (value, value);
    }

    public void Between(Unknown unknown, long lower, long upper)
    {
        if (Math.Max(unknown.Lower, lower) > Math.Min(unknown.Upper, upper))
        {
            Contradict($"{unknown.Question}: {unknown.Lower}–{unknown.Upper} och {lower}–{upper}", unknown);
            return;
        }

        (unknown.Lower, unknown.Upper) = (Math.Max(unknown.Lower, lower), Math.Min(unknown.Upper, upper));
        unknown.Said = (Math.Max(unknown.Said.Lower, lower), Math.Min(unknown.Said.Upper, upper));
    }

    /// <summary>Notes what doesn't go together, and that these numbers are in it.</summary>
    public void Contradict(string what, params IEnumerable<Unknown> of)
    {
        _contradicted.UnionWith(of);
        if (Contradictions.Count < MostTold && !Contradictions.Contains(what))
            Contradictions.Add(what);
    }

    /// <summary>
    /// Numbers of which nothing can be claimed: those that contradict, and all that hang together with them but by what is printed.
    /// </summary>
    public HashSet<Unknown> Doubtful()
    {
        var doubtful = new HashSet<Unknown>(_contradicted);
        if (doubtful.Count == 0)
            return doubtful;
        var groups = Linears.Select(l => l.Terms.Select(t => t.Unknown)).Concat(Choices.Select(c => c.Sums.SelectMany(s => s.Select(t => t.Unknown))))
            .SelectMany(unknowns => unknowns.Select(u => (Unknown: u, Group: unknowns))).ToLookup(u => u.Unknown, u => u.Group);
        for (var queue = new Queue<Unknown>(doubtful); queue.TryDequeue(out var unknown);)
        {
            foreach (var near in groups[unknown].SelectMany(g => g).Where(u => u.Printed is null && doubtful.Add(u)))
                queue.Enqueue(near);
        }

        return doubtful;
    }

    /// <summary>Adds a relation once.</summary>
    public void Relate(string why, long lower, long upper, params IEnumerable<(Unknown Unknown, long Factor)> terms)
    {
        var all = terms.GroupBy(t => t.Unknown).Select(g => (Unknown: g.Key, Factor: g.Sum(t => t.Factor))).Where(t => t.Factor != 0)
            .OrderBy(t => t.Unknown.Index).ToList();
        if (all.Count > 0 && _said.Add($"{lower}:{upper}:{string.Join(',', all.Select(t => $"{t.Unknown.Index}*{t.Factor}"))}"))
            Linears.Add(new(all, lower, upper, why));
    }

    /// <summary>The parts are the whole.</summary>
    public void Sum(string why, Unknown whole, IEnumerable<Unknown> parts) => Relate(why, 0, 0, [.. parts.Select(p => (p, 1L)), (whole, -1)]);

    /// <summary>One is at most another.</summary>
    public void AtMost(string why, Unknown part, Unknown whole) => Relate(why, 0, Far, (whole, 1), (part, -1));

    /// <summary>A share is <em>dold</em>: its numerator or its denominator is 1–4.</summary>
    public static IReadOnlyList<IReadOnlyList<(Unknown Unknown, long Factor)>> SmallOf(Unknown numerator, Unknown denominator) => [[(numerator, 1)], [(denominator, 1)]];

    /// <summary>A count is <em>skyddad</em>: kept back to protect another, and any whole number.</summary>
    public void Protecting(Unknown unknown)
    {
        if (HoldsProtectingForNotFew)
            NotFew.Add(unknown);
    }

    public void Choose(string why, IReadOnlyList<IReadOnlyList<(Unknown Unknown, long Factor)>> sums)
    {
        if (_said.Add("?" + string.Join('/', sums.Select(s => string.Join(',', s.Select(t => $"{t.Unknown.Index}*{t.Factor}"))))))
            Choices.Add(new(sums, why));
    }

    /// <summary>Notes that a number is hidden somewhere.</summary>
    public void Hide(AttackedKind kind, Unknown of, Unknown? by, HiddenPlace place)
    {
        var key = $"{kind}:{of.Index}:{by?.Index}";
        if (!_hidden.TryGetValue(key, out var hidden))
            _hidden.Add(key, hidden = new(kind, of, by));
        if (hidden.Places.Count < 20 && !hidden.Places.Contains(place))
            hidden.Places.Add(place);
    }
}
