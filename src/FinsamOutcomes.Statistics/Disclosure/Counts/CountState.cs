namespace FinsamOutcomes.Statistics;

/// <summary>What a reader of a publication is told of one count.</summary>
public enum CountState
{
    /// <summary>The count itself.</summary>
    Shown,

    /// <summary>That it is 1–4.</summary>
    Small,

    /// <summary>That it is hidden to protect another one: 0, or at least 5.</summary>
    Protecting,

    /// <summary>
    /// Nothing: any whole number. So is what isn't printed at all; and a printed one where even its kind would give somebody
    /// away. (Three parts of one person each and their sum are all small: told so, the sum is 3 or 4.)
    /// </summary>
    Unpublished,
}

/// <summary>Who reads a publication.</summary>
public enum CountReader
{
    /// <summary>Reckons with every number that is possible.</summary>
    Careful,

    /// <summary>
    /// Takes a hidden count for at least 1 wherever that is so: what stands in a table at all is hardly ever 0. Nobody guesses better.
    /// </summary>
    Guessing,
}

/// <summary>Which numbers a state leaves possible.</summary>
internal static class CountStates
{
    private const long SmallestShown = 5;

    public static bool IsSmall(long value) => value is > 0 and < SmallestShown;

    /// <summary>How a count is hidden when its kind is told.</summary>
    public static CountState Hidden(long value) => IsSmall(value) ? CountState.Small : CountState.Protecting;

    /// <summary>Whether the reader must reckon with <paramref name="value"/> where the count is in truth <paramref name="truth"/>.</summary>
    public static bool Allows(this CountState state, CountReader reader, long truth, long value) => state switch
    {
        CountState.Shown => value == truth,
        CountState.Small => IsSmall(value),
        CountState.Protecting => value >= SmallestShown || (value == 0 && reader.AllowsNobody(truth)),
        _ => value > 0 || (value == 0 && reader.AllowsNobody(truth)),
    };

    /// <summary>The smallest possible number that is at least <paramref name="value"/>.</summary>
    public static long Upwards(this CountState state, CountReader reader, long truth, long value) => state switch
    {
        CountState.Shown => Math.Max(value, truth),
        CountState.Small => Math.Max(value, 1),
        CountState.Protecting when value > 0 || !reader.AllowsNobody(truth) => Math.Max(value, SmallestShown),
        _ => Math.Max(value, reader.AllowsNobody(truth) ? 0 : 1),
    };

    /// <summary>The largest possible number that is at most <paramref name="value"/>.</summary>
    public static long Downwards(this CountState state, long truth, long value) => state switch
    {
        CountState.Shown => Math.Min(value, truth),
        CountState.Small => Math.Min(value, SmallestShown - 1),
        CountState.Protecting when value is > 0 and < SmallestShown => 0,
        _ => value,
    };

    private static bool AllowsNobody(this CountReader reader, long truth) => reader == CountReader.Careful || truth == 0;
}
