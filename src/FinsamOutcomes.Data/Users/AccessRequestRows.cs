namespace FinsamOutcomes.Data.Users;

/// <summary>What an administrator has asked for and another must say yes to.</summary>
public sealed record AccessRequestRow
{
    public required int Id { get; init; }

    /// <summary><c>roles</c>, <c>invite</c>, <c>renew</c>, <c>reset</c>, <c>reactivate</c>, <c>deactivate</c> or <c>remove</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Null for somebody who has no account yet.</summary>
    public required int? UserId { get; init; }

    public required int? InvitationId { get; init; }

    public required string UserName { get; init; }

    public required string DisplayName { get; init; }

    public required int? UserVersion { get; init; }

    public required int AskedById { get; init; }

    public required string AskedBy { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime AskedAt { get; init; }

    /// <summary>Who alone made the link that the account was last opened with; null when a code went another way, or none was used.</summary>
    public required string? LinkFrom { get; init; }
}

/// <summary>An insats that is asked for.</summary>
public sealed record RequestedInsatsRow
{
    public required int InsatsId { get; init; }

    public required string Name { get; init; }
}

/// <summary>A request with what it would give.</summary>
public sealed record AccessRequest
{
    public required AccessRequestRow Row { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    public required IReadOnlyList<RequestedInsatsRow> Insatser { get; init; }
}

/// <summary>The administrator who acts.</summary>
public sealed record Administrator(int ForbundId, int Id, string UserName);

/// <summary>What came of an act: it was done, or waits for another administrator.</summary>
public sealed record AccessOutcome
{
    public required bool IsWaiting { get; init; }

    /// <summary>What the förbund is called whose administrator is asked, when it is another than where it was asked.</summary>
    public string WaitsIn { get; init; } = "";

    /// <summary>The token of a link that was made; told once.</summary>
    public string? Token { get; init; }

    /// <summary>Whom the link is to.</summary>
    public string LinkTo { get; init; } = "";

    /// <summary>The code that the link will ask for, told once to the one who asked: the link is told to the one who says yes.</summary>
    public string? Code { get; init; }

    /// <summary>Who has the code of the link that was made; empty when it asks for none.</summary>
    public string CodeFrom { get; init; } = "";
}
