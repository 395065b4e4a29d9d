using Dapper;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Quality;

/// <summary>
/// The data-quality rules under <c>sql/checks/</c>, one a file. A rule returns the rows that break it; a file's first line
/// says in Swedish what is wrong and what to do. A remark that can't be mended is dismissed and stays quiet until it is woken.
/// </summary>
public sealed class QualityChecks(FinsamDatabase database)
{
    /// <summary>The rule that finds exits whose reason is still to be filled in.</summary>
    public const string ExitWithoutReason = "exit_without_reason";

    private const string Folder = "sql/checks/";
    private const string Entity = "quality_dismissal";

    /// <summary>The names of all rules.</summary>
    public static IReadOnlyList<string> Rules => [.. SqlCatalogue.Files(Folder).Select(Path.GetFileNameWithoutExtension)!];

    /// <summary>Runs every rule for a förbund. A result without findings is good.</summary>
    public Task<IReadOnlyList<QualityResult>> RunAsync(int forbundId, CancellationToken cancellationToken = default) =>
        RunAsync(forbundId, null, cancellationToken);

    /// <summary>
    /// Runs every rule for those whom a user reaches in the insatser that they work in, which costs as little as they are
    /// small; null for all of the förbund.
    /// </summary>
    public async Task<IReadOnlyList<QualityResult>> RunAsync(int forbundId, int? userId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await RunAsync(session, forbundId, userId, cancellationToken);
    }

    internal static async Task<IReadOnlyList<QualityResult>> RunAsync(DatabaseSession session, int forbundId, int? userId, CancellationToken cancellationToken)
    {
        var dismissals = (await session.QueryAsync<QualityDismissalRow>("Quality.Dismissals", new { ForbundId = forbundId }, cancellationToken)).ToDictionary(
            d => (d.Rule, d.ParticipationId));
        var days = await ReachDays.ReadAsync(session, forbundId, cancellationToken);
        var results = new List<QualityResult>();
        foreach (var file in SqlCatalogue.Files(Folder))
        {
            var text = SqlCatalogue.Read(file);
            var rule = Path.GetFileNameWithoutExtension(file);
            var (first, statement) = (text[..text.IndexOf('\n', StringComparison.Ordinal)], text[text.IndexOf('\n', StringComparison.Ordinal)..]);
            var command = new CommandDefinition(
                $"/* {file} */{statement}",
                new
                {
                    ForbundId = forbundId,
                    UserId = userId,
                    days.ReachedSince,
                    days.Today,
                },
                cancellationToken: cancellationToken);
            var findings = await session.Connection.QueryAsync<QualityFinding>(command);
            results.Add(
                new QualityResult
                {
                    Rule = rule,
                    Explanation = first.TrimStart('-', ' '),
                    Findings =
                    [
                        .. findings.Select(f =>
                            f.ParticipationId is { } id && dismissals.TryGetValue((rule, id), out var dismissal) ? f with { Dismissal = dismissal } : f),
                    ],
                });
        }

        return results;
    }

    /// <summary>The remarks about a stay that have been put to rest.</summary>
    public async Task<IReadOnlyList<ParticipationDismissalRow>> DismissalsOfAsync(
        int forbundId,
        int participationId,
        CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<ParticipationDismissalRow>(
            "Quality.DismissalsOf",
            new { ForbundId = forbundId, ParticipationId = participationId },
            cancellationToken);
    }

    /// <summary>The rule of an age that few have.</summary>
    public const string UnlikelyAge = "unlikely_age";

    /// <summary>Keeps a remark quiet: it has been looked into, and what is missing can't be had.</summary>
    public async Task DismissAsync(int forbundId, string rule, int participationId, string note, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var errors = new FieldErrors();
        errors.AddIf(!Rules.Contains(rule), "Rule", "Det finns ingen sådan regel.");
        errors.AddIf(note.Trim().Length > 500, "Note", "Skriv högst 500 tecken i anteckningen.");
        errors.Signs(note, "Note", "anteckningen", TextForm.Lines);
        errors.AddIf(
            !string.IsNullOrWhiteSpace(note)
                && await write.Session.SingleOrDefaultAsync<int>(
                    "Quality.CountErased",
                    new { ForbundId = forbundId, ParticipationId = participationId },
                    cancellationToken) > 0,
            "Note",
            "Deltagaren är gallrad, så inget mer skrivs om den. Lämna anteckningen tom.");
        errors.ThrowIfAny();
        var arguments = new
        {
            ForbundId = forbundId,
            Rule = rule,
            ParticipationId = participationId,
            DismissedAt = write.Session.UtcNow,
            Actor = actor,
            Note = note.Trim(),
        };
        if (await write.Session.ExecuteAsync("Quality.Dismiss", arguments, cancellationToken) == 0)
            throw FieldErrors.Single("ParticipationId", "Anmärkningen är redan markerad som kontrollerad, eller så finns inte deltagandet.");
        await write.CommitAsync("Quality.Dismiss", Entity, participationId, rule);
    }

    /// <summary>Lets a dismissed remark be heard again.</summary>
    public async Task WakeAsync(int forbundId, string rule, int participationId, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        if (
            await write.Session.ExecuteAsync(
                "Quality.Wake",
                new
                {
                    ForbundId = forbundId,
                    Rule = rule,
                    ParticipationId = participationId,
                },
                cancellationToken) == 0)
            throw FieldErrors.Single("ParticipationId", "Anmärkningen är inte markerad som kontrollerad.");
        await write.CommitAsync("Quality.Wake", Entity, participationId, rule);
    }
}

/// <summary>What one rule found.</summary>
public sealed record QualityResult
{
    /// <summary>The name of the file under sql/checks.</summary>
    public required string Rule { get; init; }

    /// <summary>What is wrong and what to do, in Swedish.</summary>
    public required string Explanation { get; init; }

    /// <summary>All of them, dismissed ones too.</summary>
    public required IReadOnlyList<QualityFinding> Findings { get; init; }

    /// <summary>Those that nobody has dismissed.</summary>
    public IEnumerable<QualityFinding> Open => Findings.Where(f => f.Dismissal is null);

    /// <summary>What it found among the stays that belong to somebody.</summary>
    public QualityResult Of(Whose whose, FollowedStays followed)
    {
        ArgumentNullException.ThrowIfNull(followed);
        return this with { Findings = [.. Findings.Where(f => followed.IsIn(whose, f.ParticipationId))] };
    }
}

/// <summary>A row that breaks a rule.</summary>
public sealed record QualityFinding
{
    public required int? ParticipationId { get; init; }

    public required string? ParticipantCode { get; init; }

    public required string? Insats { get; init; }

    /// <summary>What it is about in this row, in Swedish.</summary>
    public required string What { get; init; }

    /// <summary>Who said that it can't be mended; null for an open remark.</summary>
    public QualityDismissalRow? Dismissal { get; init; }
}

/// <summary>A remark that has been looked into and stays quiet.</summary>
public sealed record QualityDismissalRow
{
    public required string Rule { get; init; }

    public required int ParticipationId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime DismissedAt { get; init; }

    public required string Actor { get; init; }

    /// <summary>Why, in the user's words; no personal data belongs there.</summary>
    public required string Note { get; init; }
}

/// <summary>A remark about a stay that somebody has put to rest.</summary>
public sealed record ParticipationDismissalRow
{
    public required string Rule { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime DismissedAt { get; init; }

    public required string Actor { get; init; }

    /// <summary>Why; empty when nobody wrote anything, or it has been erased.</summary>
    public required string Note { get; init; }
}
