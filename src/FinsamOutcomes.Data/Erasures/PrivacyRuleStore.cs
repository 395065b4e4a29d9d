using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Erasures;

/// <summary>
/// What a förbund decides about its people's data: how long they are kept after the last exit, by the förbund and by insats,
/// and which insatser ask for written consent. The rules erase nobody: that is decided one time after another (<see cref="ErasureStore"/>).
/// </summary>
public sealed class PrivacyRuleStore(FinsamDatabase database)
{
    public const int MostMonths = 240;

    /// <summary>The rules of a förbund; without any, nobody ever falls due and no consent is asked for.</summary>
    public async Task<PrivacyRules> RulesAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await RulesAsync(session, forbundId, cancellationToken);
    }

    /// <summary>Sets all rules at once.</summary>
    public async Task SetAsync(int forbundId, PrivacyRules rules, string actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var errors = new FieldErrors();
        Months(errors, rules.ErasureMonths, nameof(rules.ErasureMonths));
        foreach (var (insats, i) in rules.Insatser.Select((r, i) => (r, i)))
            Months(errors, insats.ErasureMonths, $"Insatser[{i}].{nameof(insats.ErasureMonths)}");
        errors.ThrowIfAny();
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var before = await RulesAsync(write.Session, forbundId, cancellationToken);
        if (
            before.Version != rules.Version
            || await write.Session.ExecuteAsync(
                rules.Version == 0 ? "PrivacyRules.AddForbund" : "PrivacyRules.SetForbund",
                new
                {
                    ForbundId = forbundId,
                    rules.ErasureMonths,
                    rules.Version,
                },
                cancellationToken) == 0)
            throw FieldErrors.Stale();
        await write.Session.ExecuteAsync("PrivacyRules.ClearInsatser", new { ForbundId = forbundId }, cancellationToken);
        var own = before.Insatser.Select(i => i.InsatsId).ToHashSet();
        foreach (var insats in rules.Insatser.Where(i => own.Contains(i.InsatsId) && !i.IsEmpty))
            await write.Session.ExecuteAsync(
                "PrivacyRules.AddInsats",
                new
                {
                    insats.InsatsId,
                    ForbundId = forbundId,
                    insats.ErasureMonths,
                    NeedsConsent = insats.NeedsConsent || insats.ConsentBeforeName,
                    insats.ConsentBeforeName,
                },
                cancellationToken);
        var after = await RulesAsync(write.Session, forbundId, cancellationToken);
        await write.CommitAsync("PrivacyRules.Set", "forbund_privacy_rule", null, $"{after.InWords} (förut {before.InWords})");
    }

    internal static async Task<PrivacyRules> RulesAsync(DatabaseSession session, int forbundId, CancellationToken cancellationToken)
    {
        var place = new { ForbundId = forbundId };
        var forbund = await session.SingleOrDefaultAsync<ForbundPrivacyRow>("PrivacyRules.OfForbund", place, cancellationToken);
        return new PrivacyRules
        {
            ErasureMonths = forbund?.ErasureMonths,
            Insatser = await session.QueryAsync<InsatsPrivacyRow>("PrivacyRules.OfInsatser", place, cancellationToken),
            Version = forbund?.Version ?? 0,
        };
    }

    private static void Months(FieldErrors errors, int? months, string field) =>
        errors.AddIf(months is < 1 or > MostMonths, field, $"Skriv ett antal månader från 1 till {MostMonths}, eller lämna tomt.");
}

/// <summary>The rules of a förbund about its people's data.</summary>
public sealed record PrivacyRules
{
    /// <summary>Months after the month of the last exit; null when the förbund has no time.</summary>
    public required int? ErasureMonths { get; init; }

    public required IReadOnlyList<InsatsPrivacyRow> Insatser { get; init; }

    /// <summary>0 before anything was decided.</summary>
    public required int Version { get; init; }

    /// <summary>Somebody can fall due: the förbund or an insats has a time.</summary>
    public bool HasTime => ErasureMonths is not null || Insatser.Any(i => i.ErasureMonths is not null);

    /// <summary>For the log: a few words, without names of insatser.</summary>
    public string InWords
    {
        get
        {
            var own = Insatser.Where(i => i.ErasureMonths is not null).Select(i => i.ErasureMonths).Order().ToList();
            var consent = Insatser.Count(i => i.NeedsConsent);
            return $"{(ErasureMonths is { } months ? $"gallring efter {months} månader" : "ingen tid för gallring")}"
                + (own.Count == 0 ? "" : $", egen tid i {own.Count} insatser ({string.Join(", ", own.Distinct())} månader)")
                + (consent == 0 ? "" : $", samtycke i {consent} insatser");
        }
    }
}

/// <summary>What a förbund has decided for all its insatser.</summary>
public sealed record ForbundPrivacyRow
{
    public required int? ErasureMonths { get; init; }

    public required int Version { get; init; }
}

/// <summary>What is decided for one insats.</summary>
public sealed record InsatsPrivacyRow
{
    public required int InsatsId { get; init; }

    public required string Name { get; init; }

    /// <summary>The insats above, of a delprojekt.</summary>
    public required string? ParentName { get; init; }

    /// <summary>Null when the insats above or the förbund decides.</summary>
    public required int? ErasureMonths { get; init; }

    public required bool NeedsConsent { get; init; }

    public required bool ConsentBeforeName { get; init; }

    internal bool IsEmpty => ErasureMonths is null && !NeedsConsent && !ConsentBeforeName;
}
