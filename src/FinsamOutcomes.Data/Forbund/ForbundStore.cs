using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Forbund;

/// <summary>The samordningsförbund of this installation, and how each defines a positive exit.</summary>
public sealed class ForbundStore(FinsamDatabase database)
{
    /// <summary>The definition whose reasons the förbund picks.</summary>
    public const string PositiveSolution = "positiv-losning";

    // Subsidised work is work under the first definition and has a definition of its own, so that it can be shown apart.
    private static readonly (string Code, string Label, string Kind, string[] Groups, bool OnlySubsidised)[] s_shipped =
    [
        ("arbete-eller-studier", "arbete eller studier", "reasons", ["work", "studies"], false),
        ("arbete-studier-eller-aktivt-arbetssokande", "arbete, studier eller aktivt arbetssökande", "reasons", ["work", "studies", "job_seeking"], false),
        (PositiveSolution, "positiv lösning", "reasons", ["work", "studies", "job_seeking"], false),
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
        var errors = new FieldErrors();
        var name = errors.Text(forbund.Name, nameof(forbund.Name), "förbundets namn", 200);
        errors.ThrowIfAny();
        await using var session = await database.WriteAsync(cancellationToken);
        var id = await AddAsync(session, forbund with { Name = name }, cancellationToken);
        await session.CommitAsync(cancellationToken);
        return id;
    }

    internal static async Task<int> AddAsync(DatabaseSession session, NewForbund forbund, CancellationToken cancellationToken)
    {
        var id = await session.ReserveIdsAsync("forbund", cancellationToken: cancellationToken);
        await session.ExecuteAsync("Forbund.Add", new { Id = id, forbund.Name, forbund.IsDemo, CreatedAt = session.UtcNow }, cancellationToken);
        for (var i = 0; i < s_shipped.Length; i++)
        {
            var (code, label, kind, groups, onlySubsidised) = s_shipped[i];
            await session.ExecuteAsync(
                "Forbund.AddPositiveDefinition",
                new
                {
                    ForbundId = id,
                    Code = code,
                    Label = label,
                    Kind = kind,
                    SortOrder = i + 1,
                },
                cancellationToken);
            foreach (var group in groups)
                await session.ExecuteAsync(
                    "Forbund.AddReasonsOfGroup",
                    new
                    {
                        ForbundId = id,
                        Code = code,
                        ExitGroup = group,
                        OnlySubsidised = onlySubsidised,
                    },
                    cancellationToken);
        }

        await AuditLog.AppendAsync(
            session,
            new NewAuditEvent
            {
                ForbundId = id,
                Actor = forbund.Actor,
                Action = "Forbund.Add",
                Entity = "forbund",
                EntityId = id,
            },
            cancellationToken);
        return id;
    }

    public async Task<IReadOnlyList<PositiveDefinitionRow>> PositiveDefinitionsAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<PositiveDefinitionRow>("Forbund.PositiveDefinitions", new { ForbundId = forbundId }, cancellationToken);
    }

    /// <summary>The exit reasons that count as positive under a definition, in the order of the code list; none for one that goes by increase.</summary>
    public async Task<IReadOnlyList<string>> PositiveReasonsAsync(int forbundId, string definition, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<string>("Forbund.PositiveReasons", new { ForbundId = forbundId, Code = definition }, cancellationToken);
    }

    /// <summary>
    /// Sets which exit reasons the förbund counts as <em>positiv lösning</em>; refused when somebody else has set them
    /// since they were read. A neutral reason can't be one: it is left out of the denominator that leaves neutral exits out.
    /// </summary>
    public async Task SetPositiveReasonsAsync(PositiveReasonsChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        await using var write = await RegistrationWrite.OpenAsync(database, change.ForbundId, change.Actor, cancellationToken);
        var known = await write.Session.QueryAsync<ExitReasonRow>("CodeLists.ExitReasons", cancellationToken: cancellationToken);
        var reasons = known.Where(r => change.ExitReasons.Contains(r.Code, StringComparer.Ordinal)).ToList();
        var errors = new FieldErrors();
        errors.AddIf(change.ExitReasons.Count == 0, nameof(change.ExitReasons), "Välj minst en avslutsorsak som räknas som positiv lösning.");
        errors.AddIf(
            reasons.Count != change.ExitReasons.Distinct(StringComparer.Ordinal).Count() || reasons.Exists(r => r.IsMisregistration),
            nameof(change.ExitReasons),
            "Välj avslutsorsaker ur listan.");
        foreach (var neutral in reasons.Where(r => r.IsNeutral))
            errors.Add(
                nameof(change.ExitReasons),
                $"”{neutral.Label}” är varken ett bra eller dåligt resultat och kan inte räknas som positiv lösning. Ta bort den.");
        errors.ThrowIfAny();
        var definition = new { change.ForbundId, Code = PositiveSolution, change.Version };
        if (await write.Session.ExecuteAsync("Forbund.TouchDefinition", definition, cancellationToken) == 0)
            throw FieldErrors.Stale();
        var before = await write.Session.QueryAsync<string>("Forbund.PositiveReasons", definition, cancellationToken);
        await write.Session.ExecuteAsync("Forbund.ClearPositiveReasons", definition, cancellationToken);
        foreach (var reason in reasons)
            await write.Session.ExecuteAsync(
                "Forbund.AddPositiveReason",
                new
                {
                    change.ForbundId,
                    Code = PositiveSolution,
                    ExitReason = reason.Code,
                },
                cancellationToken);
        write.Changed(
            ChangedEntity.PositiveDefinition(PositiveSolution),
            change.ForbundId,
            change.Version + 1,
            nameof(change.ExitReasons),
            string.Join(", ", before),
            string.Join(", ", reasons.Select(r => r.Code)));
        await write.CommitAsync("Forbund.SetPositiveReasons", "positive_definition", null, string.Join(' ', reasons.Select(r => r.Code)));
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

    /// <summary>The label where it stands alone, and not below the definition that it is a part of.</summary>
    public string LabelByItself => Label.StartsWith(PartOf, StringComparison.Ordinal) ? Label[PartOf.Length..] : Label;

    private const string PartOf = "varav ";

    /// <summary><c>reasons</c> or <c>increase</c>.</summary>
    public required string Kind { get; init; }

    public required int SortOrder { get; init; }

    public required int Version { get; init; }
}

/// <summary>Which exit reasons count as <em>positiv lösning</em>.</summary>
public sealed record PositiveReasonsChange
{
    public required int ForbundId { get; init; }

    /// <summary>Codes.</summary>
    public required IReadOnlyCollection<string> ExitReasons { get; init; }

    /// <summary>The version of the definition that was read.</summary>
    public required int Version { get; init; }

    public string Actor { get; init; } = "finsam";
}
