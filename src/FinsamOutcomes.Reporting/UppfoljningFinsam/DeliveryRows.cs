using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Reporting.UppfoljningFinsam;

/// <summary>One role's part of the form as it was taken, or copied, and maybe handed over.</summary>
public sealed record DeliveryRow
{
    public required int Id { get; init; }

    public required int CalendarYear { get; init; }

    /// <summary>0 for the whole year.</summary>
    public required int Half { get; init; }

    /// <summary>See <see cref="UppfoljningFinsamRole"/>.</summary>
    public required string NationalRole { get; init; }

    /// <summary>SHA-256 of the file, hexadecimal.</summary>
    public required string FileSha256 { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>The figures were copied from the page, and no file was taken.</summary>
    public required bool IsCopied { get; init; }

    /// <summary>With the fields that the role may leave out.</summary>
    public required bool HasChoice { get; init; }

    /// <summary>UTC: when somebody said that the figures are in the national system; null until then.</summary>
    public required DateTime? HandedOverAt { get; init; }

    public required string? HandedOverBy { get; init; }

    /// <summary>Null, as all below but the last two, for one from before receipts were kept: what it held is not known.</summary>
    public required string? FileName { get; init; }

    /// <summary>UTC: the moment that its figures are from.</summary>
    public required DateTime? CountedAt { get; init; }

    public required int? LastParticipation { get; init; }

    public required int? LastAssessment { get; init; }

    public required int? LastInsats { get; init; }

    public required int? LastChange { get; init; }

    public required int? LastEvent { get; init; }

    /// <summary>The next delivery of the same period and role; null when this is the latest.</summary>
    public required int? FollowedBy { get; init; }

    /// <summary>
    /// What the figures of now are held against: of its period and role the last that was handed over, else the last that was taken.
    /// </summary>
    public required bool IsCompared { get; init; }

    public UppfoljningFinsamPeriod Period => new(CalendarYear, Half);

    /// <summary>How far the register had come when it was counted; null where that is not known.</summary>
    public RegisterMoment? Moment => CountedAt is { } at
        ? new RegisterMoment
        {
            At = at,
            LastParticipation = LastParticipation!.Value,
            LastAssessment = LastAssessment!.Value,
            LastInsats = LastInsats!.Value,
            LastChange = LastChange!.Value,
            LastEvent = LastEvent!.Value,
        }
        : null;
}

/// <summary>A field of the förbund or an insats as it was taken.</summary>
public sealed record DeliveryFieldRow
{
    /// <summary>The row of the file, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The column, from 1.</summary>
    public required int Position { get; init; }

    /// <summary>Null for the förbund.</summary>
    public required int? InsatsId { get; init; }

    /// <summary>Its name then.</summary>
    public required string Name { get; init; }

    /// <summary>See <see cref="NationalField"/>; null in a delivery from before the form was data.</summary>
    public required string? Field { get; init; }

    public required string Label { get; init; }

    /// <summary><c>filled</c>, <c>not_filled</c> or <c>does_not_apply</c>.</summary>
    public required string State { get; init; }

    public required string Value { get; init; }

    public required string Reason { get; init; }

    /// <summary>As on the page to copy from.</summary>
    public UppfoljningFinsamField AsField => new(
        Label,
        State switch
        {
            "filled" => UppfoljningFinsamState.Filled,
            "not_filled" => UppfoljningFinsamState.NotFilled,
            _ => UppfoljningFinsamState.DoesNotApply,
        },
        Value,
        Reason,
        Field);
}
