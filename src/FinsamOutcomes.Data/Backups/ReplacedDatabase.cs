using System.Data.Common;
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
            return new ReplacedDatabase(erased, accounts, keys)
            {
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

/// <summary>An account that is switched off.</summary>
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
