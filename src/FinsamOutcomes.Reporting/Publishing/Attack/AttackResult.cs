namespace FinsamOutcomes.Reporting.Publishing.Attack;

/// <summary>What kind of number is hidden.</summary>
public enum AttackedKind
{
    Count,

    /// <summary>A share, 0–1.</summary>
    Share,

    /// <summary>A mean of answers.</summary>
    Mean,

    /// <summary>How many are followed at a mark of a curve. It is hidden for what the mark would tell of others, and may be large.</summary>
    Curve,
}

/// <summary>Where a hidden number stands, in the words of the publication.</summary>
/// <param name="Source">File, and sheet or chart.</param>
/// <param name="Table">The table's title.</param>
/// <param name="Row">Its row.</param>
/// <param name="Column">Its column.</param>
public sealed record HiddenPlace(string Source, string Table, string Row, string Column);

/// <summary>A hidden number and what can be known of it.</summary>
/// <param name="Kind">Count, share or mean.</param>
/// <param name="Places">Everywhere it is hidden; the first is what to show.</param>
/// <param name="Question">What it is a count of, as the attack understood it.</param>
/// <param name="Lower">The least it can be.</param>
/// <param name="Upper">The most it can be; for what keeps three values the range that was seen, which may be wider.</param>
/// <param name="PossibleValues">How many values it can have: 1, 2, or 3 for three and more.</param>
public sealed record AttackedNumber(AttackedKind Kind, IReadOnlyList<HiddenPlace> Places, string Question, double Lower, double Upper, int PossibleValues)
{
    /// <summary>True where the numbers that it hangs together with contradict each other: then nothing is claimed of it.</summary>
    public bool IsDoubtful { get; init; }

    /// <summary>
    /// True where it is hidden in one place and stands in another, and is none of the small ones: not much of a secret, but the
    /// publication says two things of it.
    /// </summary>
    public bool IsPrinted { get; init; }

    /// <summary>True where the search ended before three values were seen, or proved not to be there: then nothing is claimed of it either.</summary>
    public bool IsUndecided { get; init; }

    /// <summary>True when there is a single value that it can have.</summary>
    public bool IsExact => PossibleValues == 1;

    /// <summary>The value, when there is only one.</summary>
    public double? Value => IsExact ? Lower : null;
}

/// <summary>What can be worked out from a publication by a reader who has nothing else.</summary>
/// <param name="Numbers">Every hidden number.</param>
/// <param name="FilesRead">Names of the files that were read.</param>
/// <param name="FilesNotRead">Names of files in formats that can't be read: pictures and others.</param>
/// <param name="Contradictions">What doesn't go together, in Swedish: the publication is wrong, or was misunderstood.</param>
public sealed record AttackResult(
    IReadOnlyList<AttackedNumber> Numbers,
    IReadOnlyList<string> FilesRead,
    IReadOnlyList<string> FilesNotRead,
    IReadOnlyList<string> Contradictions)
{
    /// <summary>How many searches were not over when their work was: nothing is claimed there, and more may be exposed.</summary>
    public int Unfinished { get; init; }

    /// <summary>Those that a reader can work out, or that keep fewer than three possible values.</summary>
    public IEnumerable<AttackedNumber> Exposed =>
        Numbers.Where(n => n is { Kind: not AttackedKind.Curve, IsDoubtful: false, IsPrinted: false, PossibleValues: < 3 });

    /// <summary>Those that can be worked out exactly.</summary>
    public IEnumerable<AttackedNumber> Exact => Exposed.Where(n => n.IsExact);
}
