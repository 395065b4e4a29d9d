namespace FinsamOutcomes.Statistics;

/// <summary>
/// What is decided so far: the state of each count, and what it would cost to hide more. Hiding more only ever adds to what a
/// reader must reckon with, since the true count stays possible: what has been proved safe stays safe.
/// </summary>
internal sealed class Hiding
{
    /// <summary>
    /// What it costs to tell nothing of a count, beside telling its kind. A kind helps the reader, and costs other counts: with 8
    /// instead of 3, a fifth more are hidden to protect, and a third fewer without their kind.
    /// </summary>
    private const double UntoldFactor = 3;

    private readonly CountSystem system;
    private readonly CountState[] states;
    private readonly bool isFinal;

    /// <summary>The states before anything is hidden to protect another count.</summary>
    public Hiding(CountSystem system)
    {
        this.system = system;
        states = [.. Enumerable.Range(0, system.Count).Select(AtFirst)];
    }

    /// <summary>States that are not to be changed.</summary>
    public Hiding(CountSystem system, IEnumerable<CountState> states)
    {
        this.system = system;
        this.states = [.. states.Select((state, i) => AtMost(i, state))];
        isFinal = true;
    }

    /// <summary>Who must not be able to work anything out.</summary>
    public CountReader Reader { get; set; }

    /// <summary>What a reader has of each count, from here or from elsewhere.</summary>
    public IReadOnlyList<CountState> States => states;

    /// <summary>What this publication tells of each count.</summary>
    public IReadOnlyList<CountState> Told =>
        [.. states.Select((state, i) => state != CountState.Shown && !system[i].IsPublished ? CountState.Unpublished : state)];

    public CountState this[int count]
    {
        get => states[count];
        set => states[count] = value;
    }

    /// <summary>What a reader has of a count before anything is hidden to protect another.</summary>
    public CountState AtFirst(int count) => AtMost(count, system[count] switch
    {
        { IsPublished: false } or { IsHidden: true } => CountState.Unpublished,
        { Value: var value } => CountStates.IsSmall(value) ? CountState.Small : CountState.Shown,
    });

    /// <summary>What a reader has where as little as possible is told.</summary>
    public static IReadOnlyList<CountState> Least(CountSystem system) =>
        new Hiding(system, Enumerable.Repeat(CountState.Unpublished, system.Count)).States;

    /// <summary>Whether the count must keep three possible values: it is hidden, or unpublished and small.</summary>
    public bool IsSecret(int count) =>
        states[count] != CountState.Shown
        && (system[count] is { IsPublished: true } or { IsKindKnown: true } or { IsHidden: true } || CountStates.IsSmall(system[count].Value));

    /// <summary>
    /// The strongest state within reach that leaves <paramref name="change"/>, taken each of <paramref name="multiples"/> times,
    /// possible; null where none does.
    /// </summary>
    public CountState? Leaving(int count, long change, int[] multiples)
    {
        var present = states[count];
        var (value, isPublished, _, isKnown, isKindKnown, _) = system[count];
        if (Allows(present))
            return present;
        if (isFinal || !isPublished || isKnown)
            return null;
        var kind = CountStates.Hidden(value);
        if (present == CountState.Shown && Allows(kind))
            return kind;
        return !isKindKnown && Allows(CountState.Unpublished) ? CountState.Unpublished : null;

        bool Allows(CountState state)
        {
            foreach (int multiple in multiples)
            {
                if (!state.Allows(Reader, value, value + multiple * change))
                    return false;
            }

            return true;
        }
    }

    /// <summary>What it costs to go on from the present state to <paramref name="state"/>.</summary>
    public double Price(int count, CountState state)
    {
        if (state == states[count])
            return 0;
        double cost = system[count].Cost;
        return (state == CountState.Unpublished ? UntoldFactor * cost : cost) - (states[count] == CountState.Shown ? 0 : cost);
    }

    // The reader has it all the same.
    private CountState AtMost(int count, CountState state) => system[count] switch
    {
        { IsKnown: true } => CountState.Shown,
        { IsKindKnown: true, Value: var value } when state == CountState.Unpublished => CountStates.Hidden(value),
        _ => state,
    };
}
