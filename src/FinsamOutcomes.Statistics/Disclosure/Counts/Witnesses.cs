using System.Runtime.InteropServices;

namespace FinsamOutcomes.Statistics;

/// <summary>
/// The moves that prove counts safe: a count that they give two other values, the true one besides, can't be worked out.
/// </summary>
internal sealed class Witnesses(int counts)
{
    private readonly List<Move> moves = [];
    private readonly List<bool> isAside = [];
    private readonly List<Appearance>[] appearances = [.. Enumerable.Range(0, counts).Select(_ => new List<Appearance>())];

    /// <summary>The moves that aren't set aside.</summary>
    public IEnumerable<Move> Moves => moves.Where((_, i) => !isAside[i]);

    public void Add(Move move)
    {
        foreach (var (count, by) in move.Changes)
            appearances[count].Add(new(moves.Count, by));
        moves.Add(move);
        isAside.Add(item: false);
    }

    /// <summary>Whether the count is seen to take three values.</summary>
    public bool Prove(int count)
    {
        long? first = null;
        foreach (var (move, by) in appearances[count])
        {
            if (isAside[move])
                continue;
            foreach (int multiple in moves[move].Multiples)
            {
                first ??= by * multiple;
                if (by * multiple != first)
                    return true;
            }
        }

        return false;
    }

    /// <summary>Sets aside the moves in which a count changes.</summary>
    public IReadOnlyList<int> SetAside(int count)
    {
        int[] aside = [.. appearances[count].Select(a => a.Move).Where(move => !isAside[move])];
        foreach (int move in aside)
            isAside[move] = true;
        return aside;
    }

    public void PutBack(IReadOnlyList<int> aside)
    {
        foreach (int move in aside)
            isAside[move] = false;
    }

    /// <summary>The counts that change in any of the moves, in order.</summary>
    public IEnumerable<int> CountsOf(IReadOnlyList<int> some) =>
        some.SelectMany(move => moves[move].Changes.Select(change => change.Count)).Distinct().Order();

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Appearance(int Move, long By);
}
