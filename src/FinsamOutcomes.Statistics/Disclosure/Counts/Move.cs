using System.Runtime.InteropServices;

namespace FinsamOutcomes.Statistics;

/// <summary>
/// A witness: changes of some counts, each of which, taken any of the <paramref name="Multiples"/> times, leads from the
/// true counts to others that keep every relation. A reader can't tell those from the true ones.
/// </summary>
/// <param name="Changes">Each count once, none by 0.</param>
/// <param name="Multiples">None of them 0.</param>
internal sealed record Move(IReadOnlyList<CountChange> Changes, int[] Multiples)
{
    public static readonly int[] Once = [1];

    /// <summary>With the true values, three in a row: whatever is in such a move is safe by it alone.</summary>
    public static readonly int[] OnceAndTwice = [1, 2];

    /// <summary>Three in a row too, the true one in the middle.</summary>
    public static readonly int[] BothWays = [-1, 1];
}

/// <summary>A count that changes.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CountChange(int Count, long By);
