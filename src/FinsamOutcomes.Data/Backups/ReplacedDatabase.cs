using System.Data.Common;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Erasures;

namespace FinsamOutcomes.Data.Backups;

/// <summary>What the database that a backup is put in the place of knows, and the backup doesn't.</summary>
/// <param name="Erased">Who is erased there.</param>
internal sealed record ReplacedDatabase(IReadOnlyList<LivingParticipantRow> Erased)
{
    /// <summary>What the database knows; null when there is none, or it can't be read.</summary>
    public static async Task<ReplacedDatabase?> FindAsync(FinsamDatabase database, CancellationToken cancellationToken)
    {
        if (!database.Engine.Exists)
            return null;
        try
        {
            return new ReplacedDatabase(await ErasedFile.ErasedInAsync(database, cancellationToken));
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
