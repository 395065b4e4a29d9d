using System.Globalization;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Privacy;

namespace FinsamOutcomes.Data.Backups;

// What must hold before a backup is put back: whose it is, that it is whole, and that the key reads it.
public sealed partial class BackupRestore
{
    // Whoever can write where backups lie can make all of one anew, but not sign it.
    private void RequireSignature(NewRestore asked, KeptBackup backup, string? keyPath)
    {
        var cipher = keyPath is null ? null : KeyFile.ReadKeys(keyPath).Cipher;
        RequireSameKey(backup, cipher);
        if (cipher is not null && backup.Signature is { } signature && cipher.HasSignedBackup(backup.Json, signature))
        {
            told?.Invoke("Säkerhetskopian är signerad med nyckeln: ingen har ändrat den.");
            return;
        }

        var why = cipher is null ? "Utan nyckelfilen går det inte att se om någon har ändrat säkerhetskopian."
            : backup.Signature is null ? "Säkerhetskopian är inte signerad, så det går inte att se om någon har ändrat den."
            : "Säkerhetskopian är inte signerad med nyckeln: någon kan ha ändrat den, eller så är nyckeln en annan.";

        // An installation that has never had a key signs nothing, and has nothing that is encrypted.
        var hasNoKey = cipher is null && backup is { Signature: null, Manifest.KeyCheck: null };
        if (!asked.GoesUnsigned && !hasNoKey)
            throw new BackupException(
                $"{why} Ta en annan säkerhetskopia. Är du säker på att den är orörd, till exempel för att den är gjord av en äldre version: lägg tillbaka med --osignerad. Ingenting har ändrats."
            );
        told?.Invoke("OBS! " + why);
    }

    private static async Task RequireNothingEncryptedAsync(KeptBackup backup, FinsamDatabase copy, CancellationToken cancellationToken)
    {
        await using var session = await copy.ReadAsync(cancellationToken);
        if (await session.SingleOrDefaultAsync<int>("Privacy.CountEncrypted", cancellationToken: cancellationToken) > 0)
            throw new BackupException(
                $"Säkerhetskopian {backup.Name} har krypterade uppgifter men är inte signerad. Ange nyckelfilen med --nyckel, eller lägg tillbaka med --osignerad. Ingenting har ändrats.");
    }

    private static BackupException NotOurs(KeptBackup backup) =>
        new($"Databasen i säkerhetskopian {backup.Folder} har andra tabeller, vyer eller utlösare än programmet gör: någon har ändrat i den. Ingenting har ändrats. Ta en annan säkerhetskopia.");

    private static void RequireSameKey(KeptBackup backup, FieldCipher? cipher)
    {
        if (cipher is not null && backup.KeyCheck is { } check && !cipher.Knows(check))
            throw new BackupException(
                $"Nyckelfilen är en annan än den som säkerhetskopian {backup.Name} är krypterad med. Ange den som gällde då, med --nyckel (efter ett byte heter den finsam.nyckel.gammal-…). Ingenting har ändrats."
            );
    }

    private async Task CompareAsync(KeptBackup backup, FinsamDatabase copy, CancellationToken cancellationToken)
    {
        await using var session = await copy.ReadAsync(cancellationToken);
        if (await session.SingleOrDefaultAsync<string>("Backups.Mark", cancellationToken: cancellationToken) != backup.Manifest.DatabaseMark)
            throw Differs("vilken databas det är");
        if (!(await session.QueryAsync<ChainEndRow>("Backups.ChainEnds", cancellationToken: cancellationToken)).SequenceEqual(backup.Manifest.Chains))
            throw Differs("loggens slut");
        var events = 0;
        foreach (var chain in backup.Manifest.Chains)
        {
            var check = await AuditLog.CheckAsync(session, chain.ForbundId, cancellationToken);
            if (check.Fault != AuditFault.None)
                throw Differs("loggens kedja");
            events += check.WholeEvents;
        }

        told?.Invoke(string.Create(CultureInfo.InvariantCulture, $"Loggen är hel: {events} händelser i {backup.Manifest.Chains.Count} förbund."));
        var counts = await session.QueryAsync<TableCountRow>("Backups.Counts", cancellationToken: cancellationToken);
        if (backup.Manifest.Counts.Any(c => !counts.Contains(c)))
            throw Differs("antalet rader");
        told?.Invoke(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Antalen stämmer: {Count("participant")} deltagare, varav {Count("participant_erased")} gallrade, {Count("participation")} deltaganden, {Count("assessment")} självskattningar."));

        int Count(string table) => counts.Single(c => c.TableName == table).RowCount;

        BackupException Differs(string what) =>
            new($"Säkerhetskopian {backup.Folder} stämmer inte med sitt manifest ({what}). Ingenting har ändrats. Ta en annan säkerhetskopia.");
    }

    private async Task RequireKeyAsync(KeptBackup backup, FinsamDatabase copy, CancellationToken cancellationToken)
    {
        var cipher = KeyFile.ReadKeys(copy.KeyPath!).Cipher;
        await using var session = await copy.ReadAsync(cancellationToken);
        var (read, unread) = await KeyFile.CountReadAsync(session, cipher, cancellationToken);
        _unread = unread;
        if (read == 0 && unread > 0)
            throw new BackupException(
                $"Inget namn i säkerhetskopian {backup.Name} går att läsa med nyckelfilen. Ange den som gällde då, med --nyckel. Ingenting har ändrats.");
        told?.Invoke(
            read == 0
                ? "Säkerhetskopian har inga namn eller andra krypterade uppgifter."
                : string.Create(CultureInfo.InvariantCulture, $"Nyckeln passar: {read} namn, nummer och andra krypterade uppgifter går att läsa.")
                    + (unread == 0
                        ? ""
                        : string.Create(
                            CultureInfo.InvariantCulture,
                            $" OBS! {unread} går inte att läsa: {(unread == 1 ? "den är skadad eller krypterad" : "de är skadade eller krypterade")} med en annan nyckel.")));
    }
}
