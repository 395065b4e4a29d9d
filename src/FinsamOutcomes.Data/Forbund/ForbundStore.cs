using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Data.Forbund;

/// <summary>The samordningsförbund of this installation, and how each defines a positive exit.</summary>
public sealed class ForbundStore(FinsamDatabase database)
{
    // Subsidised work is work under the first definition and has a definition of its own, so that it can be shown apart.
    private static readonly (string Code, string Label, string Kind, string[] Groups, bool OnlySubsidised)[] s_shipped =
    [
        ("arbete-eller-studier", "arbete eller studier", "reasons", ["work", "studies"], false),
        ("arbete-studier-eller-aktivt-arbetssokande", "arbete, studier eller aktivt arbetssökande", "reasons", ["work", "studies", "job_seeking"], false),
        ("positiv-losning", "positiv lösning", "reasons", ["work", "studies", "job_seeking"], false),
        ("borjade-eller-okade", "började eller ökade arbete/studier", "increase", [], false),
        ("subventionerat-arbete", "varav subventionerat arbete", "reasons", ["work"], true),
    ];

    /// <summary>The definitions of positive exit that every förbund starts with; the first is the default.</summary>
    public static IReadOnlyList<(string Code, string Label)> ShippedDefinitions { get; } = [.. s_shipped.Select(d => (d.Code, d.Label))];

    public async Task<IReadOnlyList<ForbundRow>> AllAsync(CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<ForbundRow>("Forbund.All", cancellationToken: cancellationToken);
    }

    /// <summary>Adds a förbund with the shipped definitions of positive exit; returns its id.</summary>
    public async Task<int> AddAsync(NewForbund forbund, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(forbund);
        await using var session = await database.WriteAsync(cancellationToken);
        var id = await session.ReserveIdsAsync("forbund", cancellationToken: cancellationToken);
        await session.ExecuteAsync("Forbund.Add", new { Id = id, forbund.Name, forbund.IsDemo, CreatedAt = session.UtcNow }, cancellationToken);
        for (var i = 0; i < s_shipped.Length; i++)
        {
            var (code, label, kind, groups, onlySubsidised) = s_shipped[i];
            await session.ExecuteAsync("Forbund.AddPositiveDefinition", new { ForbundId = id, Code = code, Label = label, Kind = kind, SortOrder = i + 1 }, cancellationToken);
            foreach (var group in groups)
                await session.ExecuteAsync("Forbund.AddReasonsOfGroup", new { ForbundId = id, Code = code, ExitGroup = group, OnlySubsidised = onlySubsidised }, cancellationToken);
        }

        await AuditLog.AppendAsync(session, new NewAuditEvent { ForbundId = id, Actor = forbund.Actor, Action = "Forbund.Add", Entity = "forbund", EntityId = id }, cancellationToken);
        await session.CommitAsync(cancellationToken);
        return id;
    }

    public async Task<IReadOnlyList<PositiveDefinitionRow>> PositiveDefinitionsAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<PositiveDefinitionRow>("Forbund.PositiveDefinitions", new { ForbundId = forbundId }, cancellationToken);
    }

    /// <summary>Sets which exit reasons the förbund counts as <em>positiv lösning</em>.</summary>
    public async Task SetPositiveReasonsAsync(int forbundId, IReadOnlyCollection<string> exitReasons, string actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(exitReasons);
        const string Code = "positiv-losning";
        await using var session = await database.WriteAsync(cancellationToken);
        await session.ExecuteAsync("Forbund.ClearPositiveReasons", new { ForbundId = forbundId, Code }, cancellationToken);
        foreach (var reason in exitReasons)
            await session.ExecuteAsync("Forbund.AddPositiveReason", new { ForbundId = forbundId, Code, ExitReason = reason }, cancellationToken);
        await AuditLog.AppendAsync(session, new NewAuditEvent { ForbundId = forbundId, Actor = actor, Action = "Forbund.SetPositiveReasons", Entity = "positive_definition", Detail = string.Join(' ', exitReasons) }, cancellationToken);
        await session.CommitAsync(cancellationToken);
    }
}

/// <summary>A förbund to add.</summary>
public sealed record NewForbund
{
    public required string Name { get; init; }

    /// <summary>True for invented data.</summary>
    public bool IsDemo { get; init; }

    public string Actor { get; init; } = "finsam";
}

/// <summary>A förbund of this installation.</summary>
public sealed record ForbundRow
{
    public required int Id { get; init; }

    public required string Name { get; init; }

    public required bool IsDemo { get; init; }
}

/// <summary>A named definition of positive exit.</summary>
public sealed record PositiveDefinitionRow
{
    public required string Code { get; init; }

    public required string Label { get; init; }

    /// <summary><c>reasons</c> or <c>increase</c>.</summary>
    public required string Kind { get; init; }

    public required int SortOrder { get; init; }
}
