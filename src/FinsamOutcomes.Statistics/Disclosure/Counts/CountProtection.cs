namespace FinsamOutcomes.Statistics;

/// <summary>
/// Secondary disclosure control: decides which counts of a publication to hide, so that nobody can work out a small one from
/// those that are shown.
/// <para>
/// Rule: a published count of 1–4 is hidden, but for one that the reader has already. A reader knows all that is shown, that
/// every count is a whole number of at least 0, every relation of the <see cref="CountSystem"/>, and what
/// <see cref="CountState"/> says of the hidden ones. Every hidden count, and every unpublished one of 1–4, keeps at
/// least three possible values: each of them a value in a whole-number solution of all this. It keeps them also for one who guesses which
/// hidden counts aren't 0 (<see cref="CountReader.Guessing"/>), as far as that can be had.
/// </para>
/// <para>
/// Safety is proved by solutions that are found: changes of the true counts that keep every relation. Bounds from single
/// relations would be no proof. What can't be saved, since counts that the reader has already give it away, is left, and is what
/// <see cref="Exposed"/> returns.
/// </para>
/// <para>
/// Little is hidden, not the least possible: that is a hard problem (NP-hard), and is taken count by count here. The same system
/// always gives the same decision. The work has a limit of steps, not of time; beyond it more is hidden, not less proved.
/// </para>
/// <para>
/// Source: A. Hundepool et al., Statistical Disclosure Control (2012), chapter 4 (secondary suppression in linked tables,
/// and what an intruder can work out).
/// </para>
/// </summary>
public static class CountProtection
{
    // Possible values of a hidden count.
    private const int Fewest = 3;

    /// <summary>What to do with each count of the system, by its index.</summary>
    public static IReadOnlyList<CountState> Protect(CountSystem system) => Protect(system, out _);

    /// <inheritdoc cref="Protect(CountSystem)"/>
    /// <param name="system">The counts.</param>
    /// <param name="left">Those that could not be proved safe, by index: what the reader has already gives them away, or nothing was found that helps.</param>
    public static IReadOnlyList<CountState> Protect(CountSystem system, out IReadOnlyList<int> left)
    {
        ArgumentNullException.ThrowIfNull(system);
        var protector = new Protector(system);
        var states = protector.Decide();
        left = protector.Left;
        return states;
    }

    /// <summary>
    /// Which of the counts keep fewer than three possible values even where all is hidden that can be: what the reader has already gives
    /// them away. A solution that is found for one of them counts for all that differ in it.
    /// </summary>
    public static IEnumerable<int> Lost(CountSystem system, IEnumerable<int> counts)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(counts);
        var (network, least) = (new CountNetwork(system), Hiding.Least(system));
        var (bounds, hiding) = (new ReaderBounds(network, least, CountReader.Careful), new Hiding(system, least));
        var seen = counts.ToDictionary(i => i, i => new HashSet<long> { network.Values[i] });
        foreach (int count in seen.Keys)
        {
            var search = new SolverSearch(system, network, hiding);
            while (seen[count].Count < Fewest && bounds.HasValues(count, Fewest) && search.Find(count, seen[count]) is { } move)
            {
                foreach (var change in move.Changes.Where(c => seen.ContainsKey(c.Count)))
                    seen[change.Count].Add(network.Values[change.Count] + change.By);
            }

            if (seen[count].Count < Fewest)
                yield return count;
        }
    }

    /// <summary>
    /// The counts that a reader of <paramref name="states"/> can work out, or narrow down to fewer than three values, and the
    /// small ones that are told. Where the work would have no end, a count is held to be one of them.
    /// </summary>
    /// <exception cref="ArgumentException">There isn't one state for each count, or one says what isn't true.</exception>
    public static IReadOnlyList<int> Exposed(CountSystem system, IReadOnlyList<CountState> states, CountReader reader = CountReader.Careful)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(states);
        if (states.Count != system.Count)
            throw new ArgumentException($"There are {system.Count} counts and {states.Count} states.", nameof(states));
        for (var i = 0; i < states.Count; i++)
        {
            if (!states[i].Allows(CountReader.Careful, system[i].Value, system[i].Value))
                throw new ArgumentException($"Count {i} is {system[i].Value}: not {states[i]}.", nameof(states));
        }

        return new Exposure(system, states, reader).Find();
    }
}
