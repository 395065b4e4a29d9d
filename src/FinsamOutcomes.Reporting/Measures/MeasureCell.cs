using System.Globalization;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Measures;

/// <summary>Exits that lack what a definition of positive exit needs.</summary>
/// <param name="Number">How many, at least 1; null when that is hidden.</param>
public sealed record MissingExits(long? Number);

/// <summary>A number of people that nobody has reported.</summary>
/// <param name="Insats">Whose.</param>
/// <param name="HalfFrom">First day of the half-year.</param>
public sealed record UnreportedCount(string Insats, DateOnly HalfFrom)
{
    /// <summary>By insats in Swedish order, then by time, each once.</summary>
    public static IReadOnlyList<UnreportedCount> Sorted(IEnumerable<UnreportedCount> counts) =>
        [.. counts.Distinct().OrderBy(c => c.Insats, StringComparer.Create(CultureInfo.GetCultureInfo("sv-SE"), ignoreCase: true)).ThenBy(c => c.HalfFrom)];

    /// <summary><c>Öppna dörren (andra halvåret 2025)</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Insats} ({(HalfFrom.Month == 1 ? "första" : "andra")} halvåret {HalfFrom.Year})");
}

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

    /// <summary>The measure's own category: a livelihood group, an exit reason, an instrument item, days since entry; null when it has none.</summary>
    public string? Category { get; init; }

    /// <summary>In a transition table, the category that <see cref="Category"/> came from; null otherwise.</summary>
    public string? FromCategory { get; init; }

    /// <summary>The number: a count, a share 0–1, days, a score or a p-value. Null unless <see cref="State"/> is shown.</summary>
    public double? Value { get; init; }

    /// <summary>The count behind a share; may be there where the share is kept back, since it is told by itself elsewhere.</summary>
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

    /// <summary>The least that a number which is at most <see cref="Value"/> can be; else null.</summary>
    public long? Least { get; init; }

    /// <summary>Counts that belong here and that nobody has reported, by insats and half-year: they are unknown, and not 0.</summary>
    public IReadOnlyList<UnreportedCount> Unreported { get; init; } = [];

    /// <summary>True when counts that were not reported are missing in the number, so that it is at least this (<em>minst</em>).</summary>
    public bool IsAtLeast => State == CellState.Shown && Unreported.Count > 0;

    /// <summary>Stands before the number; null when it is exact.</summary>
    public string? Bound => (IsAtLeast, IsAtMost) switch { (true, true) => "ungefär", (true, false) => "minst", (false, true) => "högst", _ => null };

    /// <summary>Exits among them that lack what the definition needs, and so count as not positive; null when there are none.</summary>
    public MissingExits? Missing { get; init; }

    /// <summary>True when the period's last day has not passed, so that the number can change.</summary>
    public bool IsUnfinished { get; init; }

    public required CellState State { get; init; }

    /// <summary>Why there is no <see cref="Denominator"/>, when that is kept back.</summary>
    public CellState DenominatorState { get; init; }

    /// <summary>True where most of a table would have been hidden, so that none of it is told.</summary>
    public bool IsLeftOut { get; init; }

    /// <summary>True where less is told, since more would give away what an earlier publication hides.</summary>
    public bool IsForEarlier { get; init; }

    /// <summary>True for what is divided by nothing that is known of people.</summary>
    public bool IsOfEverybody => this is { Gender: All, AgeGroup: All, Education: All, Referrer: All };

    /// <summary>The cell with its numbers taken away, for this reason; what they are of goes too.</summary>
    public MeasureCell Without(CellState reason) => this with
    {
        State = reason,
        Value = null,
        Least = null,
        Numerator = null,
        Denominator = null,
        Lower = null,
        Upper = null,
        N = null,
        RestsOn = [],
        CurveMark = null,
    };

    /// <summary>What stands instead of a difference, or a share of a curve, of fewer than ten.</summary>
    public const string TooFew = "för få";

    /// <summary>True for a share, or a difference between shares, of fewer than ten: it says less than its counts.</summary>
    public bool IsOfFew => State == CellState.Shown && MeasureCatalogue.StatisticOf(this).Kind switch
    {
        StatisticKind.Share or StatisticKind.CurveShare => Denominator is < 10,
        StatisticKind.ShareDifference => RestsOn.Any(s => s.Denominator < 10),
        _ => false,
    };

    /// <summary>The shares that a difference or test is made of, women first, for the publishing gate; empty otherwise.</summary>
    public IReadOnlyList<Share> RestsOn { get; init; } = [];

    /// <summary>The mark of a curve that the number belongs to, for the publishing gate, which takes it away; null otherwise.</summary>
    public ExitMark? CurveMark { get; init; }

    /// <summary>True for a number of a curve whose marks the publishing gate has merged.</summary>
    public bool IsMerged { get; init; }
}
