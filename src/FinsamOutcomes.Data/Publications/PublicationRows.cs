using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Publications;

/// <summary>A publication that is kept: what it is of, and how and when it was made.</summary>
public sealed record PublicationRow
{
    /// <summary>Its number, which nothing else in the installation has.</summary>
    public required int Id { get; init; }

    public required int ForbundId { get; init; }

    /// <summary>The definition's name: <c>arsredovisning</c>.</summary>
    public required string Report { get; init; }

    public required int CalendarYear { get; init; }

    public required string Title { get; init; }

    public required DateOnly PeriodFrom { get; init; }

    public required DateOnly PeriodTo { get; init; }

    /// <summary>Code of the publication policy: <c>minst-5</c>, <c>avrundat-till-5</c> or <c>internt</c>.</summary>
    public required string Policy { get; init; }

    /// <summary>Why another policy than <c>minst-5</c>; null for that.</summary>
    public required string? PolicyReason { get; init; }

    /// <summary>True when only women and men are counted.</summary>
    public required bool LeavesOutUnknownGender { get; init; }

    /// <summary>The moment that the register was read, UTC.</summary>
    public required DateTime ReadAt { get; init; }

    /// <summary>How far the register had come then, as in <see cref="Moment"/>.</summary>
    public required int LastParticipation { get; init; }

    public required int LastAssessment { get; init; }

    public required int LastInsats { get; init; }

    public required int LastChange { get; init; }

    public required int LastEvent { get; init; }

    public required DateTime MadeAt { get; init; }

    public required string MadeBy { get; init; }

    /// <summary>Of all that is kept, in lower-case hexadecimals.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The publication that this one took the place of.</summary>
    public required int? ReplacesId { get; init; }

    /// <summary>The publication that took the place of this one.</summary>
    public required int? ReplacedById { get; init; }

    /// <summary>What was there when it was read: what has been changed since is told by it.</summary>
    public RegisterMoment Moment => new()
    {
        At = ReadAt,
        LastParticipation = LastParticipation,
        LastAssessment = LastAssessment,
        LastInsats = LastInsats,
        LastChange = LastChange,
        LastEvent = LastEvent,
    };

    /// <summary>The day that the register was read, in a time zone.</summary>
    public DateOnly ReadOn(TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(ReadAt, zone));

    /// <summary>The numbers are exact, for whoever has said why.</summary>
    public bool IsExact => Policy == "internt";

    /// <summary>Exact numbers are for the one whose reason is in the log; another says why for themselves.</summary>
    public bool MayBeReadBy(string actor) => !IsExact || string.Equals(MadeBy, actor, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A publication to keep.</summary>
public sealed record NewPublication
{
    /// <summary>The number that was reserved for it; null for the next.</summary>
    public int? Id { get; init; }

    public required int ForbundId { get; init; }

    public required string Report { get; init; }

    public required int CalendarYear { get; init; }

    public required string Title { get; init; }

    public required DateOnly PeriodFrom { get; init; }

    public required DateOnly PeriodTo { get; init; }

    public required string Policy { get; init; }

    public string? PolicyReason { get; init; }

    public required bool LeavesOutUnknownGender { get; init; }

    /// <summary>When the register was read, and what was there then.</summary>
    public required RegisterMoment Moment { get; init; }

    public required string MadeBy { get; init; }

    public required string Definition { get; init; }

    /// <summary>The report as UTF-8 JSON, compressed.</summary>
    public required byte[] Document { get; init; }

    /// <summary>What a reader of it has of each count, as UTF-8 JSON, compressed.</summary>
    public required byte[] Counts { get; init; }

    public required IReadOnlyList<PublicationMeasureRow> Measures { get; init; }

    public required IReadOnlyList<PublicationCellRow> Cells { get; init; }

    public int? ReplacesId { get; init; }
}

/// <summary>The document of a publication, and the definition that it was made from.</summary>
public sealed record PublicationContentRow
{
    public required string Definition { get; init; }

    public required byte[] Document { get; init; }

    public required byte[] Counts { get; init; }
}

/// <summary>What a publication asked for.</summary>
public sealed record PublicationMeasureRow
{
    /// <summary>1 upwards.</summary>
    public required int Ordinal { get; init; }

    /// <summary>The request and what of it is told, as JSON.</summary>
    public required string Request { get; init; }

    /// <summary>What the numbers are of, as it was defined then.</summary>
    public required string DefinitionText { get; init; }
}

/// <summary>One number of a publication, as it was told and as it was counted.</summary>
public sealed record PublicationCellRow
{
    /// <summary>1 upwards.</summary>
    public required int Ordinal { get; init; }

    /// <summary>The <see cref="PublicationMeasureRow"/> that it belongs to.</summary>
    public required int MeasureOrdinal { get; init; }

    /// <summary>Definition of positive exit, or instrument.</summary>
    public required string? DefinitionCode { get; init; }

    public required string Statistic { get; init; }

    public required DateOnly PeriodFrom { get; init; }

    public required DateOnly PeriodTo { get; init; }

    /// <summary>Null for the whole förbund.</summary>
    public required int? InsatsId { get; init; }

    /// <summary>What the insats was called then.</summary>
    public required string? Insats { get; init; }

    public required string Gender { get; init; }

    public required string AgeGroup { get; init; }

    public required string Education { get; init; }

    public required string Referrer { get; init; }

    public required string? Category { get; init; }

    public required string? FromCategory { get; init; }

    /// <summary><c>shown</c>, <c>hidden</c>, <c>protecting</c>, <c>left_out</c>, <c>no_data</c> or <c>not_asked</c>.</summary>
    public required string State { get; init; }

    /// <summary><c>högst</c>, <c>minst</c> or <c>ungefär</c>; null for an exact number.</summary>
    public required string? Bound { get; init; }

    public required double? Value { get; init; }

    public required long? Numerator { get; init; }

    public required long? Denominator { get; init; }

    public required long? N { get; init; }

    /// <summary>As it was counted, to be compared with the register later; shown to nobody where it was kept back.</summary>
    public required double? CountedValue { get; init; }

    public required long? CountedNumerator { get; init; }

    public required long? CountedDenominator { get; init; }

    public required long? CountedN { get; init; }
}

/// <summary>Which stays a number is counted from.</summary>
public sealed record CountedStays
{
    /// <summary><c>during</c>, <c>new</c>, <c>ended</c> or <c>ongoing</c>.</summary>
    public required string What { get; init; }

    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    /// <summary>0 for the whole förbund.</summary>
    public required int InsatsId { get; init; }

    public required string Gender { get; init; }

    public required string AgeGroup { get; init; }

    public required string Education { get; init; }

    public required string Referrer { get; init; }

    /// <summary>Code of an exit reason, or <c>alla</c>.</summary>
    public required string ExitReason { get; init; }

    /// <summary>Code of a definition of positive exit.</summary>
    public required string Definition { get; init; }

    public bool WithoutNeutral { get; init; }

    public bool WithoutUnknownGender { get; init; }
}

/// <summary>A stay that a number is counted from.</summary>
public sealed record CountedStayRow
{
    public required int ParticipationId { get; init; }

    public required int ParticipantId { get; init; }

    public required string ParticipantCode { get; init; }

    public required string Insats { get; init; }

    public required DateOnly? StartedOn { get; init; }

    public required DateOnly? EndedOn { get; init; }

    public required string? ExitReason { get; init; }

    /// <summary>By the definition that was asked for.</summary>
    public required bool IsPositive { get; init; }
}
