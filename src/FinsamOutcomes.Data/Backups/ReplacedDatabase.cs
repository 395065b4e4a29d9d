using System.Data.Common;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Erasures;

namespace FinsamOutcomes.Data.Backups;

/// <summary>What the database that a backup is put in the place of knows, and the backup doesn't.</summary>
/// <param name="Erased">Who is erased there.</param>
/// <param name="Accounts">The accounts that are switched off there.</param>
/// <param name="Keys">The keys to the API that are revoked there.</param>
internal sealed record ReplacedDatabase(
    IReadOnlyList<LivingParticipantRow> Erased,
    IReadOnlyList<StoppedAccountRow> Accounts,
    IReadOnlyList<StoppedKeyRow> Keys)
{
    /// <summary>Tells a database from others; null when no backup of it has been made.</summary>
    public string? Mark { get; private init; }

    /// <summary>How far its logs have come: what is behind the backup knows nothing that has happened since.</summary>
    public required IReadOnlyList<ChainEndRow> Chains { get; init; }

    /// <summary>Roles and insatser of every account.</summary>
    public required IReadOnlyList<HeldAccessRow> Access { get; init; }

    /// <summary>Every account, with roles or without.</summary>
    public required IReadOnlySet<(int Id, string NormalizedUserName)> KnownAccounts { get; init; }

    /// <summary>The rules of access of each förbund.</summary>
    public required IReadOnlyDictionary<int, AccessSettings> Rules { get; init; }

    /// <summary>Who has protected identity.</summary>
    public required IReadOnlyList<LivingParticipantRow> Protected { get; init; }

    /// <summary>Consents that are withdrawn.</summary>
    public required IReadOnlyList<WithdrawnConsentRow> Withdrawn { get; init; }

    /// <summary>Whether everything in the backup's logs has happened here too.</summary>
    public bool IsAheadOf(BackupManifest backup) => backup.Chains.All(b => Chains.Any(c => c.ForbundId == b.ForbundId && c.LastEvent >= b.LastEvent));

    /// <summary>What the database knows; null when there is none, or it can't be read.</summary>
    public static async Task<ReplacedDatabase?> FindAsync(FinsamDatabase database, CancellationToken cancellationToken)
    {
        if (!database.Engine.Exists)
            return null;
        try
        {
            var erased = await ErasedFile.ErasedInAsync(database, cancellationToken);
            await using var session = await database.ReadAsync(cancellationToken);
            var accounts = await session.QueryAsync<StoppedAccountRow>("Backups.StoppedAccounts", cancellationToken: cancellationToken);
            var keys = await session.QueryAsync<StoppedKeyRow>("Backups.StoppedKeys", cancellationToken: cancellationToken);
            var rules = new Dictionary<int, AccessSettings>();
            foreach (var forbundId in await session.QueryAsync<int>("Privacy.ForbundIds", cancellationToken: cancellationToken))
                rules[forbundId] = await ReachStore.SettingsAsync(session, forbundId, cancellationToken);
            return new ReplacedDatabase(erased, accounts, keys)
            {
                Chains = await session.QueryAsync<ChainEndRow>("Backups.ChainEnds", cancellationToken: cancellationToken),
                Access = await HeldAccessRow.ReadAsync(session, cancellationToken),
                KnownAccounts = (await session.QueryAsync<StoppedAccountRow>("Backups.Accounts", cancellationToken: cancellationToken))
                    .Select(a => (a.Id, a.NormalizedUserName))
                    .ToHashSet(),
                Rules = rules,
                Protected = await session.QueryAsync<LivingParticipantRow>("Backups.Protected", cancellationToken: cancellationToken),
                Withdrawn = await session.QueryAsync<WithdrawnConsentRow>("Backups.WithdrawnConsents", cancellationToken: cancellationToken),
                Mark = await session.SingleOrDefaultAsync<string>("Backups.Mark", cancellationToken: cancellationToken),
            };
        }
        catch (Exception e) when (e is DbException or DatabaseAddressException)
        {
            // Broken, which is why it is replaced, or of an older version.
            return null;
        }
        finally
        {
            DatabaseEngine.CloseIdleFiles();
        }
    }
}

/// <summary>An account, as one that is switched off.</summary>
public sealed record StoppedAccountRow
{
    public required int Id { get; init; }

    public required string NormalizedUserName { get; init; }
}

/// <summary>A key to the API that is revoked.</summary>
public sealed record StoppedKeyRow
{
    public required int Id { get; init; }

    public required int ForbundId { get; init; }

    public required string KeyHash { get; init; }
}
