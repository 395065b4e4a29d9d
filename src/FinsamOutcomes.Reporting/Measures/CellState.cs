namespace FinsamOutcomes.Reporting.Measures;

/// <summary>
/// Why a cell shows what it shows. 0 is a number and therefore <see cref="Shown"/>; the others must never be
/// mistaken for it or for each other.
/// </summary>
public enum CellState
{
    /// <summary><em>visas</em>: the number is there, and may be 0.</summary>
    Shown,

    /// <summary><em>dold</em>: there is a number, but it is small, or rests on few, and the publication policy keeps it back.</summary>
    Hidden,

    /// <summary><em>skyddad</em>: there is a number, and it is kept back since it would give away another that is hidden.</summary>
    Protecting,

    /// <summary><em>inget underlag</em>: nothing to count or divide by, for example a share of 0 exits.</summary>
    NoData,

    /// <summary><em>ej tillfrågad</em>: the question was never put, for example an instrument not used by the insats.</summary>
    NotAsked,
}

/// <summary>The Swedish words for <see cref="CellState"/>, the same in every table, figure and file.</summary>
public static class CellStates
{
    /// <summary>True when there is a number that is kept back, for either reason.</summary>
    public static bool IsKeptBack(this CellState state) => state is CellState.Hidden or CellState.Protecting;

    public static string ToSwedish(this CellState state) => state switch
    {
        CellState.Shown => "visas",
        CellState.Hidden => "dold",
        CellState.Protecting => "skyddad",
        CellState.NoData => "inget underlag",
        CellState.NotAsked => "ej tillfrågad",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, message: null),
    };
}
