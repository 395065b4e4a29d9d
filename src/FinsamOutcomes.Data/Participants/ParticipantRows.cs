namespace FinsamOutcomes.Data.Participants;

/// <summary>A participant to add. Name and personal number are optional, and refused with protected identity.</summary>
public sealed record NewParticipant
{
    public required int ForbundId { get; init; }

    /// <summary>The pseudonym used everywhere outside the caseworker's own page; unique in the förbund.</summary>
    public required string Code { get; init; }

    /// <summary><c>woman</c>, <c>man</c> or <c>unknown</c>: legal gender.</summary>
    public required string Gender { get; init; }

    /// <summary>Taken from the personal number when that is given and this is not.</summary>
    public int? BirthYear { get; init; }

    public string? Name { get; init; }

    /// <summary>As written; see <see cref="Privacy.PersonalNumber"/>.</summary>
    public string? PersonalNumber { get; init; }

    public bool HasProtectedIdentity { get; init; }

    public string Actor { get; init; } = "finsam";

    /// <summary>Without name and number, which would end up in a log.</summary>
    public override string ToString() => $"NewParticipant {{ Code = {Code} }}";
}

/// <summary>A participant as a form sends it back.</summary>
public sealed record ParticipantChange
{
    public required int ForbundId { get; init; }

    public required int Id { get; init; }

    /// <summary>The version that was read.</summary>
    public required int Version { get; init; }

    public required string Code { get; init; }

    public required string Gender { get; init; }

    public required int? BirthYear { get; init; }

    /// <summary>Null takes the name away.</summary>
    public required string? Name { get; init; }

    /// <summary>Null takes the number away.</summary>
    public required string? PersonalNumber { get; init; }

    /// <summary>Setting this takes name and number away.</summary>
    public required bool HasProtectedIdentity { get; init; }

    /// <summary>A name or number that can't be read stays stored where null is given for it.</summary>
    public bool KeepsUnreadable { get; init; }

    /// <summary>Name and number stay as they are stored, whatever is given for them: from a system that sees neither.</summary>
    public bool KeepsIdentity { get; init; }

    /// <summary>The user says that the code, which looks like a name, is none.</summary>
    public bool IsCodeNoName { get; init; }

    /// <summary>Whose tries are counted when the number turns out to be somebody's; null for programs.</summary>
    public int? UserId { get; init; }

    public string Actor { get; init; } = "finsam";

    /// <summary>Without name and number, which would end up in a log.</summary>
    public override string ToString() => $"ParticipantChange {{ Id = {Id} }}";
}

/// <summary>A participant, without name and number.</summary>
public sealed record ParticipantRow
{
    public required int Id { get; init; }

    public required string Code { get; init; }

    public required string Gender { get; init; }

    public required int? BirthYear { get; init; }

    public required bool HasProtectedIdentity { get; init; }

    public required bool HasName { get; init; }

    public required bool HasPersonalNumber { get; init; }

    /// <summary>When the identity was erased, UTC.</summary>
    public required DateTime? ErasedAt { get; init; }

    /// <summary>The record that this one has been made one with; null for one that lives.</summary>
    public int? MergedIntoId { get; init; }

    public required int Version { get; init; }
}

/// <summary>What a participant has that keeps it from being removed, by number.</summary>
public sealed record WhatElseRow
{
    public required int Stays { get; init; }

    /// <summary>Stays with an exit that is no mistake.</summary>
    public required int Ended { get; init; }

    public required int Assessments { get; init; }

    /// <summary>Merges, undone ones too.</summary>
    public required int Merges { get; init; }

    /// <summary>Hand-overs and publications made after its first stay was registered.</summary>
    public required int Counted { get; init; }
}

/// <summary>Who a participant is, encrypted as stored.</summary>
public sealed record ParticipantIdentityRow
{
    public required int Id { get; init; }

    public required byte[]? NameEncrypted { get; init; }

    public required byte[]? PersonalNumberEncrypted { get; init; }

    public required byte[]? PersonalNumberIndex { get; init; }

    public required bool HasProtectedIdentity { get; init; }

    public required bool IsErased { get; init; }
}

/// <summary>Who a participant is.</summary>
public sealed record ParticipantIdentity
{
    public required string? Name { get; init; }

    /// <summary>Twelve digits.</summary>
    public required string? PersonalNumber { get; init; }

    /// <summary>There is a name, but it can't be read: it can be written anew or taken away.</summary>
    public bool IsNameUnreadable { get; init; }

    /// <summary>There is a number, but it can't be read.</summary>
    public bool IsNumberUnreadable { get; init; }

    public bool IsUnreadable => IsNameUnreadable || IsNumberUnreadable;

    /// <summary>Nothing at all can be read: the key is missing or another's, and may come back.</summary>
    public bool IsKeyUnusable { get; init; }

    public bool HasProtectedIdentity { get; init; }

    public bool IsErased { get; init; }

    /// <summary>Nothing of it: it would end up in a log.</summary>
    public override string ToString() => nameof(ParticipantIdentity);
}
