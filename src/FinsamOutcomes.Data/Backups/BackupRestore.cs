using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Erasures;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Users;

namespace FinsamOutcomes.Data.Backups;

/// <summary>What is to be put back, and where.</summary>
/// <param name="Backup">The folder of the backup.</param>
/// <param name="Target">The database, as <c>sqlite:PATH</c>.</param>
/// <param name="Actor">Who stands in the logs.</param>
public sealed record NewRestore(string Backup, string Target, string Actor)
{
    /// <summary>A database that is there may be replaced; it is kept under another name.</summary>
    public bool Replaces { get; init; }

    /// <summary>All of it is done in a folder that is thrown away: the drill.</summary>
    public bool OnlyTries { get; init; }

    /// <summary>
    /// The key of the backup, when that isn't in place: it is put in place where there is none, and where there is another,
    /// what is put back is encrypted anew with that.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>Goes on without the key: names can't be read until it is back.</summary>
    public bool GoesWithoutKey { get; init; }

    /// <summary>Goes on though the backup isn't signed with the key, as those from before backups were signed.</summary>
    public bool GoesUnsigned { get; init; }

    /// <summary>Goes on though the file of those who have been erased is missing or damaged: they may come back.</summary>
    public bool GoesWithoutErased { get; init; }

    /// <summary>The file of those who have been erased; without it the one beside the target, if there is one.</summary>
    public string? Erased { get; init; }
}

/// <summary>What came of putting a backup back.</summary>
/// <param name="Backup">Which.</param>
/// <param name="KeptAs">The name that the database which was there has now; null when there was none.</param>
/// <param name="Erased">What came of the file of those who have been erased; null when there is none.</param>
/// <param name="Took">How long it took.</param>
public sealed record Restored(KeptBackup Backup, string? KeptAs, ErasedAgain? Erased, TimeSpan Took)
{
    /// <summary>How many encrypted values the key doesn't read: they are damaged, or were encrypted with another.</summary>
    public int Unread { get; init; }
}

/// <summary>
/// Puts a backup back. A copy is made in a folder of its own beside the target, held against the manifest, looked through page
/// by page and event by event, brought up to date, and rid of those who have been erased since. Not until it is whole does it
/// take the place of the database, in one step: whenever a program is stopped, the database is the one before or the one put back.
/// </summary>
/// <param name="told">Told of each step that is done, in Swedish.</param>
public sealed partial class BackupRestore(Action<string>? told = null)
{
    private const string HoldName = "aterstallning";

    private int _unread;

    // Who is shut out by it: told when the database is in its place, since until then nobody is.
    private string? _stopped;

    /// <exception cref="BackupException">The backup is not whole, doesn't fit, or can't be put there; nothing has been changed.</exception>
    public async Task<Restored> RunAsync(NewRestore asked, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(asked);
        var began = Stopwatch.GetTimestamp();
        var engine = DatabaseEngine.FromAddress(asked.Target);
        if (engine.FileBeside("") is not { } path)
            throw new BackupException(
                $"Databasen {engine.DisplayName} finns på en databasserver. Den läggs tillbaka av den som sköter servern (RESTORE DATABASE … WITH CHECKSUM). Kör sedan finsam gallra --igen med filen över gallrade, och finsam kontroll."
            );
        var backup = KeptBackup.Open(asked.Backup);
        if (!asked.OnlyTries && engine.Exists && !asked.Replaces)
            throw new BackupException($"Det finns redan en databas i {path}. Ange en annan plats, eller --ersatt: den som finns sparas då under ett annat namn.");
        OwnersFile.CreateFolder(engine.Folder!);
        await using var hold = await engine.TryHoldAsync(HoldName, cancellationToken)
            ?? throw new BackupException("En säkerhetskopia läggs redan tillbaka där. Vänta tills det är klart.");

        // What was left of a try that was killed.
        var unfinished = Path.GetFileName(path) + ".aterstalls-";
        foreach (var left in Directory.GetDirectories(engine.Folder!, unfinished + "*"))
            Directory.Delete(left, recursive: true);
        RequireRoom(engine.Folder!, backup);
        var work = Path.Combine(engine.Folder!, unfinished + RandomNumberGenerator.GetHexString(8, lowercase: true));
        OwnersFile.CreateFolder(work);
        try
        {
            var erased = await PrepareAsync(asked, backup, new FinsamDatabase(engine), work, cancellationToken);
            string? keptAs = null;
            if (!asked.OnlyTries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                PutKey(asked, new FinsamDatabase(engine));
                keptAs = Put(engine, Path.Combine(work, KeptBackup.DatabaseName), path);
            }

            if (_stopped is not null)
                told?.Invoke(_stopped);

            return new Restored(backup, keptAs, erased, Stopwatch.GetElapsedTime(began)) { Unread = _unread };
        }
        catch (Exception e) when (Explain(e, engine) is { } fault)
        {
            throw new BackupException(fault);
        }
        finally
        {
            DatabaseEngine.CloseIdleFiles();
            Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>
    /// Looks at a backup of a database just as when it is put back, in a copy that is thrown away: whether it is whole, signed,
    /// as the program makes it, and can be read.
    /// </summary>
    /// <param name="folder">The backup.</param>
    /// <param name="database">The database, which is on this computer and stays as it is.</param>
    /// <param name="key">The key of then, where that is another.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="BackupException">It would not be put back.</exception>
    public static async Task ProveAsync(string folder, FinsamDatabase database, string? key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        var restore = new BackupRestore();
        var backup = KeptBackup.Open(folder);
        await using var hold = await database.Engine.TryHoldAsync("kontroll", cancellationToken)
            ?? throw new BackupException("Säkerhetskopian kontrolleras redan av ett annat program. Försök igen när det är klart.");
        var work = database.Engine.FileBeside(".kontrolleras")!;
        if (Directory.Exists(work))
            Directory.Delete(work, recursive: true);
        RequireRoom(database.Engine.Folder!, backup);
        OwnersFile.CreateFolder(work);
        try
        {
            await restore.LookAsync(new NewRestore(folder, "", "kontroll") { OnlyTries = true, Key = key }, backup, database, work, cancellationToken);
        }
        catch (Exception e) when (Explain(e, database.Engine) is { } fault)
        {
            throw new BackupException(fault);
        }
        finally
        {
            DatabaseEngine.CloseIdleFiles();
            Directory.Delete(work, recursive: true);
        }
    }

    // All that has to be right before anything is done with it; returns the copy, brought up to date.
    private async Task<FinsamDatabase> LookAsync(
        NewRestore asked,
        KeptBackup backup,
        FinsamDatabase target,
        string work,
        CancellationToken cancellationToken)
    {
        var keyPath = PlaceKey(asked, backup, target, work);
        RequireSignature(asked, backup, keyPath);
        await backup.CopyAsync(work, cancellationToken);
        told?.Invoke($"Kontrollsummorna stämmer: {string.Join(", ", backup.Manifest.Files.Select(f => f.Name))}.");
        var address = "sqlite:" + Path.Combine(work, KeptBackup.DatabaseName);
        var engine = DatabaseEngine.FromAddress(address);
        if (await engine.IsWholeAsync(cancellationToken) != true)
            throw new BackupException($"Databasen i säkerhetskopian {backup.Folder} är skadad. Ingenting har ändrats. Ta en annan säkerhetskopia.");
        told?.Invoke("Databasen är hel, sida för sida.");
        var copy = new FinsamDatabase(engine, target.Clock) { KeyPath = keyPath };
        if ((await engine.SchemaAsync(cancellationToken)).Any(s => s.Kind == "trigger"))
            throw NotOurs(backup);
        await CompareAsync(backup, copy, cancellationToken);
        if (keyPath is not null)
            await RequireKeyAsync(backup, copy, cancellationToken);
        else if (!asked.GoesUnsigned)
            await RequireNothingEncryptedAsync(backup, copy, cancellationToken);
        await new Migrator(copy).MigrateAsync(mayCreate: false, cancellationToken);
        return (await SchemaDifference.FindAsync(engine, work, cancellationToken)).IsNone ? copy : throw NotOurs(backup);
    }

    // Everything that is done to the copy: it is whole and as it shall be when this returns.
    private async Task<ErasedAgain?> PrepareAsync(
        NewRestore asked,
        KeptBackup backup,
        FinsamDatabase target,
        string work,
        CancellationToken cancellationToken)
    {
        var copy = await LookAsync(asked, backup, target, work, cancellationToken);
        var replaced = await ReplacedDatabase.FindAsync(target, cancellationToken);
        if (replaced is null && target.Engine.Exists)
            told?.Invoke("OBS! Databasen som finns går inte att läsa: vad som har gallrats, stängts av eller återkallats där är inte känt.");
        if (replaced is { Mark: { } mark } && mark != backup.Manifest.DatabaseMark)
        {
            told?.Invoke("OBS! Säkerhetskopian är av en annan databas än den som finns där. Kontrollera att det är den som ska läggas tillbaka.");
            replaced = null;
        }

        // What people had seen just before, and the log hadn't taken in yet.
        var seen = await new ReadingJournal(copy).ChainAsync(cancellationToken);
        if (seen > 0)
            told?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{seen} visningar som väntade {(asked.OnlyTries ? "skulle föras" : "förs")} in i loggen."));
        var erased = await EraseAgainAsync(asked, copy, target, work, replaced, cancellationToken);
        if (copy.KeyPath is not null && KeyChange.IsUnfinished(copy))
        {
            var changed = await KeyChange.RunAsync(copy, asked.Actor, cancellationToken: cancellationToken);
            told?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{changed.Values} uppgifter {(asked.OnlyTries ? "skulle krypteras" : "krypteras")} om med den nyckel som används nu."));
        }

        await using (var write = await copy.WriteAsync(cancellationToken))
        {
            IReadOnlyList<string> again = [];
            if (replaced is not null && !replaced.IsAheadOf(backup.Manifest))
                told?.Invoke("OBS! Databasen som finns är äldre än säkerhetskopian: roller, insatser, regler, skyddade personuppgifter och samtycken är de i säkerhetskopian.");
            else if (replaced is not null)
                again = await ProtectedAgain.ApplyAsync(write, replaced, asked.Actor, cancellationToken);
            foreach (var one in again)
                told?.Invoke(one);
            var (accounts, keys, links) = await StopAsync(write, asked.Actor, replaced, cancellationToken);
            _stopped = asked.OnlyTries
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"Alla skulle bli utloggade. Konton som är avstängda i databasen som finns och skulle stängas av igen: {accounts}. Återkallade nycklar till API:et som skulle återkallas igen: {keys}. Öppna länkar till inbjudningar och nya lösenord som skulle stängas: {links}.")
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"Alla är utloggade. Konton som är avstängda i databasen som finns och stängdes av igen: {accounts}. Återkallade nycklar till API:et som återkallades igen: {keys}. Öppna länkar till inbjudningar och nya lösenord som stängdes: {links}{(links == 0 ? "" : " (gör nya under Användare)")}.");
            var detail = $"från {backup.Name}"
                + string.Create(CultureInfo.InvariantCulture, $", alla utloggade, avstängda igen {accounts}, återkallade nycklar {keys}, stängda länkar {links}, spärrar och skydd igen {again.Count}")
                + (erased is { Erased: > 0 } ? string.Create(CultureInfo.InvariantCulture, $", gallrade igen {erased.Erased}") : "");
            await BackupStore.AppendEverywhereAsync(write, asked.Actor, "Backups.Restore", BackupStore.Table, detail, cancellationToken);
            await write.CommitAsync(cancellationToken);
        }

        copy.Engine.Settle();
        return erased;
    }

    // An account that has been switched off and a key that has been revoked since the backup was made are not let in by it, nor does
    // a session or a link of then go on. Roles and insatser that have been taken away since: ProtectedAgain.
    private static async Task<(int Accounts, int Keys, int Links)> StopAsync(
        DatabaseSession write,
        string actor,
        ReplacedDatabase? replaced,
        CancellationToken cancellationToken)
    {
        foreach (var id in await write.QueryAsync<int>("Backups.AccountIds", cancellationToken: cancellationToken))
            await write.ExecuteAsync("Accounts.EndSessions", new { Id = id, SecurityStamp = UserStore.NewStamp() }, cancellationToken);
        var (accounts, keys) = (0, 0);
        foreach (var account in replaced?.Accounts ?? [])
            accounts += await write.ExecuteAsync("Backups.StopAccount", new { account.Id, account.NormalizedUserName }, cancellationToken);
        foreach (var key in replaced?.Keys ?? [])
            keys += await write.ExecuteAsync(
                "Backups.StopKey",
                new { key.ForbundId, key.Id, key.KeyHash, Now = write.UtcNow, Actor = actor },
                cancellationToken);
        return (accounts, keys, await write.ExecuteAsync("Backups.WithdrawLinks", new { Now = write.UtcNow }, cancellationToken));
    }

    // Which key file the copy is read with; null when it goes without.
    private static string? PlaceKey(NewRestore asked, KeptBackup backup, FinsamDatabase target, string work)
    {
        var inPlace = KeyFile.PathFor(target);
        var isThere = File.Exists(inPlace);
        if (asked.Key is { } given)
        {
            given = Path.GetFullPath(given);
            if (!isThere || KeyFile.ReadKeys(given).Cipher.Knows(KeyFile.ReadKeys(inPlace).Cipher.CheckValue))
                return OwnWhere(given, work);

            // Another key is used now: both read, and what the backup's encrypted is encrypted with the one of now.
            if (KeyFile.ReadKeys(inPlace).Other is not null)
                throw new BackupException("Nyckeln håller på att bytas. Kör finsam nyckel byt igen först.");
            var both = Path.Combine(work, KeyFile.FileName);
            KeyFile.Write(both, new StoredKeys(KeyFile.Read(inPlace), KeyFile.Read(given), IsComing: false));
            return both;
        }

        if (isThere)
            return OwnWhere(inPlace, work);
        if (backup.Manifest.KeyCheck is null || asked.GoesWithoutKey)
            return null;
        throw new BackupException(
            $"Nyckelfilen saknas i {inPlace}. Lägg den där, eller ange den med --nyckel. Är den förlorad: lägg tillbaka med --utan-nyckel, och starta sedan webbplatsen en gång med --ny-nyckel. Ingenting har ändrats."
        );
    }

    // While the key is changed the file holds two, and ending the change in the copy shall not end it in the file of the database.
    private static string OwnWhere(string key, string work)
    {
        if (KeyFile.ReadKeys(key).Other is null)
            return key;
        var own = Path.Combine(work, KeyFile.FileName);
        OwnersFile.Copy(key, own);
        return own;
    }

    private async Task<ErasedAgain?> EraseAgainAsync(
        NewRestore asked,
        FinsamDatabase copy,
        FinsamDatabase target,
        string work,
        ReplacedDatabase? replaced,
        CancellationToken cancellationToken)
    {
        var list = asked.Erased is { } given ? Path.GetFullPath(given) : ErasedFile.PathFor(target);
        var isThere = list is not null && File.Exists(list);
        if (asked.Erased is not null && !isThere)
            throw new BackupException($"Filen {list} med dem som har gallrats finns inte. Ingenting har ändrats.");

        // Whoever is erased in the copy, or in the database that is there, stands in a file that is whole.
        IReadOnlyList<LivingParticipantRow> known = [.. await ErasedFile.ErasedInAsync(copy, cancellationToken), .. replaced?.Erased ?? []];
        if (WhyNotErased(list, isThere, known.Count, isThere ? await MissingAsync(list!, known, cancellationToken) : null) is { } why)
        {
            if (!asked.GoesWithoutErased)
                throw new BackupException(
                    $"{why} Lägg tillbaka en hel kopia av filen, eller ange den med --gallra-igen. Är den förlorad: lägg tillbaka med --utan-gallrade, och gallra sedan dem som ska vara gallrade. Ingenting har ändrats."
                );
            told?.Invoke($"OBS! {why} De som har gallrats sedan säkerhetskopian gjordes kan vara tillbaka.");
        }

        if (!isThere || await MissingAsync(list!, [], cancellationToken) is { Why: not null })
        {
            told?.Invoke("Ingen fil med dem som har gallrats används: ingen är gallrad igen.");
            return null;
        }

        // A try leaves no mark in it.
        if (asked.OnlyTries)
        {
            var own = Path.Combine(work, "gallrade");
            OwnersFile.Copy(list!, own);
            list = own;
        }

        var again = await ErasedFile.ApplyAsync(copy, list!, asked.Actor, cancellationToken);
        told?.Invoke(asked.OnlyTries ? $"I kopian som prövas: {again.InWords}" : again.InWords);
        return again;
    }

    private static string? WhyNotErased(string? list, bool isThere, int known, (int Count, string? Why)? missing) =>
        missing is { Why: { } why } ? why
        : !isThere && known > 0
            ? string.Create(CultureInfo.InvariantCulture, $"Filen {list} med dem som har gallrats saknas, fast {known} är gallrade i säkerhetskopian eller i databasen som finns.")
        : missing is { Count: > 0 and var count }
            ? string.Create(CultureInfo.InvariantCulture, $"Filen {list} med dem som har gallrats är inte hel: {count} som är gallrade i säkerhetskopian eller i databasen som finns står inte i den.")
        : null;

    // How many the file doesn't tell of, or why it can't be read.
    private static async Task<(int Count, string? Why)> MissingAsync(
        string list,
        IReadOnlyList<LivingParticipantRow> known,
        CancellationToken cancellationToken)
    {
        try
        {
            return (await ErasedFile.CountMissingAsync(list, known, cancellationToken), null);
        }
        catch (ErasedFileException e)
        {
            return (0, e.Message);
        }
    }

    private static void PutKey(NewRestore asked, FinsamDatabase target)
    {
        var inPlace = KeyFile.PathFor(target);
        if (asked.Key is not { } given || File.Exists(inPlace))
            return;
        OwnersFile.CreateFolder(Path.GetDirectoryName(inPlace)!);
        var unfinished = $"{inPlace}.{Guid.NewGuid():N}";
        OwnersFile.Copy(given, unfinished);
        File.Move(unfinished, inPlace, overwrite: false);
    }

    private static string? Put(DatabaseEngine engine, string whole, string path)
    {
        var wasThere = engine.Exists;
        var kept = $"{path}.ersatt-{DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}";
        for (var number = 2; Path.Exists(kept); number++)
            kept = $"{path}.ersatt-{DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}-{number}";
        engine.Replace(whole, kept);
        return wasThere ? kept : null;
    }

    private static void RequireRoom(string folder, KeptBackup backup)
    {
        // The copy, and its log while it is brought up to date.
        var needed = 2 * backup.Bytes;
        if (DiskSpace.Free(folder) is { } free && free < needed)
            throw new BackupException(
                $"Det finns inte plats i {folder}: {DiskSpace.InWords(needed)} behövs medan säkerhetskopian läggs tillbaka, och {DiskSpace.InWords(free)} är ledigt. Frigör plats eller välj en annan disk.");
    }

    private static string? Explain(Exception exception, DatabaseEngine engine) => exception switch
    {
        BackupException or KeyFileException or MigrationException or ErasedFileException or DatabaseInUseException => exception.Message,
        IOException or UnauthorizedAccessException =>
            $"Det går inte att läsa säkerhetskopian eller skriva i {engine.Folder}. Kontrollera rätten till mapparna och att det finns plats på disken.",
        _ => DatabaseFaults.Explain(exception, engine),
    };
}
