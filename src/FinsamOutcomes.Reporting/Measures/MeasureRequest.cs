namespace FinsamOutcomes.Reporting.Measures;

/// <summary>The kinds of period that a range can be cut into.</summary>
public enum PeriodKind
{
    /// <summary>The whole range is one period.</summary>
    None,
    Month,
    Quarter,
    Tertial,
    Half,
    Year,

    /// <summary>Twelve months, one period for each month that they end in.</summary>
    Rolling12,
}

/// <summary>What a measure is divided by. Each gives its values and their total.</summary>
[Flags]
public enum MeasureDimensions
{
    None = 0,
    Insats = 1,
    Gender = 2,
    Age = 4,
    Education = 8,
    Referrer = 16,
}

/// <summary>Which measure is wanted, over what. <see cref="MeasureSnapshot"/> refuses what can't be answered.</summary>
public sealed record MeasureRequest
{
    /// <summary>Name in <see cref="MeasureCatalogue"/>.</summary>
    public required string Measure { get; init; }

    public required int ForbundId { get; init; }

    /// <summary>First day, included.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day, included.</summary>
    public required DateOnly To { get; init; }

    /// <summary>The range must then begin and end with such a period; for rolling twelve months, end with a month.</summary>
    public PeriodKind Per { get; init; }

    public MeasureDimensions By { get; init; }

    /// <summary>Code of a definition of positive exit, or of an instrument; null for the default, or all instruments.</summary>
    public string? Definition { get; init; }

    /// <summary>One of <see cref="MeasureCatalogue.Denominators"/>; null for <c>avslutade</c>.</summary>
    public string? Denominator { get; init; }

    /// <summary>Only this insats, with its delprojekt rolled up; null for the whole förbund.</summary>
    public string? Insats { get; init; }

    /// <summary>Only this gender; null for all. Unlike a division it changes what every number is of.</summary>
    public string? Gender { get; init; }

    /// <summary>Only these age groups at entry: codes with commas between, such as <c>16-24,25-29</c>; null for all.</summary>
    public string? AgeGroups { get; init; }
}

/// <summary>The request can't be answered; the message says why and what would do, in Swedish.</summary>
public sealed class MeasureRequestException(string message) : Exception(message);
