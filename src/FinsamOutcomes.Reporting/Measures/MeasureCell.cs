using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Measures;

/// <summary>Exits that lack what a definition of positive exit needs.</summary>
/// <param name="Number">How many, at least 1; null when that is hidden.</param>
public sealed record MissingExits(long? Number);

/// <summary>
/// One number of a measure, with all that is needed to read it right. A dimension that was not asked for, and the total
/// of one that was, is <see cref="All"/>. Numbers are unrounded.
/// </summary>
public sealed record MeasureCell
{
    /// <summary>The total of a dimension.</summary>
    public const string All = "alla";

    /// <summary>Name of the measure on the command line, such as <c>positiva-avslut</c>.</summary>
    public required string Measure { get; init; }

    /// <summary>Definition of positive exit, or instrument and item; null when the measure has only one definition.</summary>
    public required string? Definition { get; init; }

    /// <summary>Which figure of the measure: <c>share</c>, <c>mean_before</c>, <c>wilcoxon_p</c> …</summary>
    public required string Statistic { get; init; }

    /// <summary>First day of the period.</summary>
    public required DateOnly PeriodFrom { get; init; }

    /// <summary>Last day of the period.</summary>
    public required DateOnly PeriodTo { get; init; }

    /// <summary>Name of the insats with its delprojekt rolled up, or <see cref="All"/>.</summary>
    public string Insats { get; init; } = All;

    /// <summary><c>woman</c>, <c>man</c>, <c>unknown</c> or <see cref="All"/>.</summary>
    public string Gender { get; init; } = All;

    /// <summary>Code of the age group at entry, or <see cref="All"/>.</summary>
    public string AgeGroup { get; init; } = All;

    /// <summary>Code of the education level, or <see cref="All"/>.</summary>
    public string Education { get; init; } = All;

    /// <summary>Code of the referrer, or <see cref="All"/>.</summary>
    public string Referrer { get; init; } = All;

    /// <summary>The measure's own category: a livelihood group, an exit reason, an instrument item; null when it has none.</summary>
    public string? Category { get; init; }

    /// <summary>In a transition table, the category that <see cref="Category"/> came from; null otherwise.</summary>
    public string? FromCategory { get; init; }

    /// <summary>The number: a count, a share 0–1, days, a score or a p-value. Null unless <see cref="State"/> is shown.</summary>
    public double? Value { get; init; }

    /// <summary>The count behind a share.</summary>
    public long? Numerator { get; init; }

    /// <summary>What the share is of.</summary>
    public long? Denominator { get; init; }

    /// <summary>Lower end of the 95 % interval.</summary>
    public double? Lower { get; init; }

    /// <summary>Upper end of the 95 % interval.</summary>
    public double? Upper { get; init; }

    /// <summary>What the number rests on: the denominator of a share, the pairs of a mean.</summary>
    public long? N { get; init; }

    /// <summary>True when counts that may hold the same people are added, so that the number is at most this (<em>högst</em>).</summary>
    public bool IsAtMost { get; init; }

    /// <summary>Counts that belong here and that nobody has reported, as <c>Öppna dörren (andra halvåret 2025)</c>: they are unknown, and not 0.</summary>
    public IReadOnlyList<string> Unreported { get; init; } = [];

    /// <summary>True when counts that were not reported are missing in the number, so that it is at least this (<em>minst</em>).</summary>
    public bool IsAtLeast => State == CellState.Shown && Unreported.Count > 0;

    /// <summary>Stands before the number; null when it is exact.</summary>
    public string? Bound => (IsAtLeast, IsAtMost) switch { (true, true) => "ungefär", (true, false) => "minst", (false, true) => "högst", _ => null };

    /// <summary>Exits among them that lack what the definition needs, and so count as not positive; null when there are none.</summary>
    public MissingExits? Missing { get; init; }

    public required CellState State { get; init; }

    /// <summary>The shares that a difference or test is made of, women first, for the publishing gate; empty otherwise.</summary>
    public IReadOnlyList<Share> RestsOn { get; init; } = [];
}
