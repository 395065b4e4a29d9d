using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Operation;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Backups;

/// <summary>How a backup is to be made.</summary>
/// <param name="Folder">Where backups are kept; made when it isn't there.</param>
/// <param name="Actor">Who stands in the logs.</param>
public sealed record NewBackup(string Folder, string Actor)
{
    /// <summary>How many of this database's there may be; the oldest are removed. 0 keeps all.</summary>
    public int Kept { get; init; }

    /// <summary>Somebody has asked for it, beside those of a timetable: the two kinds are counted each for themselves.</summary>
    public bool IsAsked { get; init; }

    /// <summary>A file or folder elsewhere that the key is copied to; null leaves it where it is.</summary>
    public string? KeyTo { get; init; }
}

/// <summary>
/// Makes backups while others work. A backup is written under another name and gets its own when it is whole, on disk and has
/// been looked through; whenever a program is stopped, what has a backup's name is a backup. The key is never in it.
/// </summary>
public sealed class BackupStore(FinsamDatabase database)
{
    internal const string Table = "backup_made";

    private const string HoldName = "sakerhetskopiering";
    private const string UnfinishedPrefix = ".pagar-";
    private const int LongestFault = 1_000;
    private const int MostLinks = 40;

    /// <summary>The version of the program.</summary>
    public static string ProgramVersion =>
        typeof(BackupStore).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    /// <summary>Why no backup can be made by this program, in Swedish; null when one can.</summary>
    public string? WhyNot => database.Engine.Folder is null
        ? $"Databasen {database.Engine.DisplayName} finns på en databasserver. Den säkerhetskopieras av servern själv (BACKUP DATABASE … TO DISK = N'SÖKVÄG PÅ SERVERN' WITH CHECKSUM) av den som sköter servern. Spara nyckelfilen för sig, och kontrollera registret med finsam kontroll när det har lagts tillbaka."
        : null;

    /// <summary>Makes one; returns it whole.</summary>
    /// <exception cref="BackupException">It can't be made; nothing is left of the try.</exception>
    public async Task<KeptBackup> MakeAsync(NewBackup made, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(made);
        if (WhyNot is { } why)
            throw new BackupException(why);
        await using var hold = await database.Engine.TryHoldAsync(HoldName, cancellationToken)
            ?? throw new BackupException("En annan säkerhetskopia av databasen görs just nu. Försök igen när den är klar.");
        try
        {
            // A copy that needs two keys could be put back by neither.
            if (KeyChange.IsUnfinished(database))
                throw new BackupException("Nyckeln håller på att bytas. Vänta tills det är klart, eller kör finsam nyckel byt igen om det har avbrutits.");
            RequireApart(Path.GetFullPath(made.Folder));
            var keyTo = made.KeyTo is null ? null : KeyPlace(made.KeyTo, Path.GetFullPath(made.Folder));
            var backup = await WriteAsync(made, cancellationToken);
            if (keyTo is not null)
                CopyKey(keyTo);
            var removed = RemoveOld(made, backup);
            var detail = backup.Name + (keyTo is null ? "" : ", nyckelfilen kopierad för sig") + (removed == 0 ? "" : $", äldre borttagna {removed}");
            await NoteAsync(made.Actor, backup.Name, fault: null, detail, cancellationToken);
            FinsamMeter.BackedUp(isWhole: true);
            return backup;
        }
        catch (Exception e) when (Explain(e, made.Folder) is { } fault)
        {
            FinsamMeter.BackedUp(isWhole: false);
            await TryNoteFaultAsync(made.Actor, fault, cancellationToken);
            throw new BackupException(fault);
        }
    }

    /// <summary>When the latest whole backup was made, and what the latest try came to if it failed.</summary>
    public async Task<BackupsMade> LatestAsync(CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        var rows = await session.QueryAsync<BackupMadeRow>("Backups.Latest", cancellationToken: cancellationToken);
        return new BackupsMade(rows.LastOrDefault(r => r.Fault is null)?.MadeAt, rows is [.., { Fault: not null } failed] ? failed : null);
    }

    /// <summary>When the latest was made or tried by somebody; null when there is none.</summary>
    public async Task<DateTime?> LatestByAsync(string actor, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return (await session.SingleOrDefaultAsync<BackupMadeRow>("Backups.LatestBy", new { MadeBy = actor }, cancellationToken))?.MadeAt;
    }

    /// <summary>Notes in the log of a förbund that somebody there has asked a host for a backup.</summary>
    public async Task NoteAskedAsync(int forbundId, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        await write.CommitAsync("Backups.Ask", Table, null);
    }

    /// <summary>What tells this database's backups from those of others; made at the first.</summary>
    public async Task<string> MarkAsync(CancellationToken cancellationToken = default)
    {
        if (await FindMarkAsync(cancellationToken) is { } known)
            return known;
        await using var write = await database.WriteAsync(cancellationToken);
        if (await write.SingleOrDefaultAsync<string>("Backups.Mark", cancellationToken: cancellationToken) is { } made)
            return made;
        var mark = RandomNumberGenerator.GetHexString(32, lowercase: true);
        await write.ExecuteAsync("Backups.SetMark", new { DatabaseMark = mark }, cancellationToken);
        await write.CommitAsync(cancellationToken);
        return mark;
    }

    /// <summary>The same; null when no backup has been made.</summary>
    public async Task<string?> FindMarkAsync(CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.SingleOrDefaultAsync<string>("Backups.Mark", cancellationToken: cancellationToken);
    }

    /// <summary>The events of something that is about the whole database, in the log of every förbund, in the caller's transaction.</summary>
    internal static async Task AppendEverywhereAsync(
        DatabaseSession write,
        string actor,
        string action,
        string entity,
        string detail,
        CancellationToken cancellationToken)
    {
        // The logs first, in the order that everybody takes them.
        var forbund = await write.QueryAsync<int>("Privacy.ForbundIds", cancellationToken: cancellationToken);
        foreach (var id in forbund)
            await write.ExecuteAsync("Registration.Hold", new { ForbundId = id }, cancellationToken);
        foreach (var id in forbund)
            await AuditLog.AppendAsync(
                write,
                new NewAuditEvent
                {
                    ForbundId = id,
                    Actor = actor,
                    Action = action,
                    Entity = entity,
                    Detail = detail,
                },
                cancellationToken);
    }

    private async Task<KeptBackup> WriteAsync(NewBackup made, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(made.Folder);
        OwnersFile.CreateFolder(folder);
        var mark = await MarkAsync(cancellationToken);

        // What was left of a try that was killed; nobody else makes one of this database now.
        foreach (var left in Directory.GetDirectories(folder, $"{UnfinishedPrefix}{KeptBackup.Short(mark)}-*"))
            Directory.Delete(left, recursive: true);
        RequireRoom(folder);
        var work = Unfinished(folder, mark);
        OwnersFile.CreateFolder(work);
        try
        {
            var copy = Path.Combine(work, KeptBackup.DatabaseName);
            var madeAt = database.Clock.GetUtcNow().UtcDateTime;
            await database.Engine.CopyAsync(copy, cancellationToken);
            var engine = DatabaseEngine.FromAddress("sqlite:" + copy);
            if (await engine.IsWholeAsync(cancellationToken) != true)
                throw new BackupException(
                    "Kopian är skadad, och därför sannolikt databasen också. Ingen säkerhetskopia har sparats. Kör finsam kontroll, och lägg vid behov tillbaka en äldre säkerhetskopia."
                );
            var manifest = await DescribeAsync(new FinsamDatabase(engine, database.Clock), mark, madeAt, cancellationToken);
            engine.Settle();
            var files = new List<BackupFile>();
            foreach (var name in new[] { KeptBackup.DatabaseName, KeptBackup.JournalName }.Where(n => File.Exists(Path.Combine(work, n))))
                files.Add(await KeptBackup.DescribeAsync(Path.Combine(work, name), cancellationToken));
            manifest = manifest with { Files = files, IsAsked = made.IsAsked };
            var json = manifest.ToJson();
            Write(Path.Combine(work, KeptBackup.ManifestName), json);
            var signature = Sign(json);
            if (signature is not null)
                Write(Path.Combine(work, KeptBackup.SignatureName), Encoding.UTF8.GetBytes(KeptBackup.SignatureText(signature)));
            var sums = KeptBackup.Checksums(manifest, json, signature is null ? null : KeptBackup.SignatureText(signature));
            Write(Path.Combine(work, KeptBackup.ChecksumsName), Encoding.UTF8.GetBytes(sums));
            cancellationToken.ThrowIfCancellationRequested();
            var whole = FreeName(folder, KeptBackup.NameFor(manifest));
            Directory.Move(work, whole);
            return new KeptBackup(whole, manifest) { Json = json, Signature = signature };
        }
        catch
        {
            DatabaseEngine.CloseIdleFiles();
            if (Directory.Exists(work))
                Directory.Delete(work, recursive: true);
            throw;
        }
    }

    private byte[]? Sign(byte[] json) => KeyFile.IsThere(database) ? KeyFile.ReadKeys(KeyFile.PathFor(database)).Cipher.SignBackup(json) : null;

    // All of it read in the copy: that is what the manifest is about.
    private static async Task<BackupManifest> DescribeAsync(FinsamDatabase copy, string mark, DateTime madeAt, CancellationToken cancellationToken)
    {
        await using var session = await copy.ReadAsync(cancellationToken);
        var migrations = await session.QueryAsync<SchemaMigrationRow>("Schema.Migrations", cancellationToken: cancellationToken);
        var keyCheck = await KeyFile.NotedAsync(session, cancellationToken);
        return new BackupManifest
        {
            Format = BackupManifest.CurrentFormat,
            DatabaseMark = mark,
            MadeAt = madeAt,
            Program = ProgramVersion,
            Migration = migrations.Select(m => m.Name).Where(n => char.IsAsciiDigit(n[0])).Max(StringComparer.Ordinal) ?? "",
            Files = [],
            Counts = await session.QueryAsync<TableCountRow>("Backups.Counts", cancellationToken: cancellationToken),
            Chains = await session.QueryAsync<ChainEndRow>("Backups.ChainEnds", cancellationToken: cancellationToken),
            KeyCheck = keyCheck is null ? null : Convert.ToHexStringLower(keyCheck),
        };
    }

    private static string FreeName(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        for (var number = 2; Path.Exists(path); number++)
            path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"));
        return path;
    }

    private static void Write(string path, byte[] content)
    {
        using var file = OwnersFile.Create(path);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }

    private void RequireRoom(string folder)
    {
        if (database.Engine.Bytes is { } needed && DiskSpace.Free(folder) is { } free && free < needed)
            throw new BackupException(
                $"Det finns inte plats för säkerhetskopian i {folder}: {DiskSpace.InWords(needed)} behövs, och {DiskSpace.InWords(free)} är ledigt. Frigör plats eller välj en annan disk.");
    }

    // With both in one place, whoever takes the one has the other.
    private void RequireApart(string backups)
    {
        var key = KeyFile.PathFor(database);
        if (IsInside(Real(key), Real(backups)))
            throw new BackupException(
                $"Säkerhetskopior ska inte ligga där nyckelfilen {key} ligger: den som kommer över båda kan läsa namnen. Välj en annan mapp.");
    }

    private static bool IsInside(string path, string folder)
    {
        var inside = Path.GetRelativePath(folder, path);
        return !Path.IsPathRooted(inside) && inside != ".." && !inside.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    // Where a path leads when its links, and those of the folders before it, are followed.
    private static string Real(string path, int links = 0)
    {
        if (links > MostLinks)
            throw new BackupException($"Sökvägen {path} har länkar som leder till varandra. Välj en annan.");
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent)
            return full;
        var there = Path.Combine(Real(parent, links), Path.GetFileName(full));
        return new FileInfo(there).LinkTarget is { } target ? Real(Path.Combine(Path.GetDirectoryName(there)!, target), links + 1) : there;
    }

    private string KeyPlace(string asked, string backups)
    {
        var path = Path.GetFullPath(asked);
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(path))
            path = Path.Combine(path, KeyFile.FileName);
        if (IsInside(Real(path), Real(backups)))
            throw new BackupException(
                $"Nyckelfilen ska inte ligga bland säkerhetskopiorna ({backups}): den som kommer över båda kan läsa namnen. Välj ett annat ställe för --nyckel-till.");
        var key = KeyFile.PathFor(database);
        if (!File.Exists(key))
            throw new BackupException($"Det finns ingen nyckelfil i {key} att kopiera. Den görs när det första namnet sparas.");
        if (File.Exists(path) && !File.ReadAllBytes(path).AsSpan().SequenceEqual(File.ReadAllBytes(key)))
            throw new BackupException($"I {path} ligger en annan nyckelfil. Den skrivs inte över: äldre säkerhetskopior kan behöva den. Välj ett annat namn.");
        return path;
    }

    private void CopyKey(string to)
    {
        if (File.Exists(to))
            return;
        OwnersFile.CreateFolder(Path.GetDirectoryName(to)!);
        var unfinished = $"{to}.{Guid.NewGuid():N}";
        OwnersFile.Copy(KeyFile.PathFor(database), unfinished);
        File.Move(unfinished, to, overwrite: false);
    }

    // What has such a name is no backup, and is removed by the next.
    private static string Unfinished(string folder, string mark) =>
        Path.Combine(folder, $"{UnfinishedPrefix}{KeptBackup.Short(mark)}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");

    private int RemoveOld(NewBackup made, KeptBackup backup)
    {
        if (made.Kept <= 0)
            return 0;
        var folder = Path.GetDirectoryName(backup.Folder)!;
        var old = KeptBackup.In(folder, backup.Manifest.DatabaseMark, database.Clock).Where(b => b.Folder != backup.Folder && b.Manifest.IsAsked == made.IsAsked).Reverse().Skip(made.Kept - 1).ToList();
        foreach (var one in old)
        {
            // Renamed first, so that nothing that is half removed has a backup's name.
            var gone = Unfinished(folder, backup.Manifest.DatabaseMark);
            Directory.Move(one.Folder, gone);
            Directory.Delete(gone, recursive: true);
        }

        return old.Count;
    }

    private async Task NoteAsync(string actor, string name, string? fault, string detail, CancellationToken cancellationToken)
    {
        await using var write = await database.WriteAsync(cancellationToken);
        await AppendEverywhereAsync(write, actor, fault is null ? "Backups.Make" : "Backups.Fail", Table, detail, cancellationToken);
        var row = new
        {
            Id = await write.ReserveIdsAsync(Table, cancellationToken: cancellationToken),
            MadeAt = write.UtcNow,
            MadeBy = actor,
            FolderName = name,
            Fault = fault,
        };
        await write.ExecuteAsync("Backups.Keep", row, cancellationToken);
        await write.CommitAsync(cancellationToken);
    }

    // That it failed is told to whoever asked in any case.
    private async Task TryNoteFaultAsync(string actor, string fault, CancellationToken cancellationToken)
    {
        try
        {
            await NoteAsync(actor, "", fault.Length > LongestFault ? fault[..LongestFault] : fault, "", cancellationToken);
        }
        catch (Exception e) when (DatabaseFaults.Of(e) != DatabaseFault.None)
        {
            // The database itself is what is wrong.
        }
    }

    private string? Explain(Exception exception, string folder) => exception switch
    {
        BackupException or KeyFileException => exception.Message,
        IOException or UnauthorizedAccessException =>
            $"Säkerhetskopian går inte att skriva i {Path.GetFullPath(folder)}. Kontrollera att mappen går att skriva i och att det finns plats på disken.",
        _ => DatabaseFaults.Explain(exception, database.Engine),
    };
}

/// <summary>The latest backups.</summary>
/// <param name="WholeAt">UTC of the latest that became whole; null when there is none.</param>
/// <param name="Failed">The latest try, when it failed.</param>
public sealed record BackupsMade(DateTime? WholeAt, BackupMadeRow? Failed);

/// <summary>A backup that was made or tried.</summary>
public sealed record BackupMadeRow
{
    /// <summary>UTC.</summary>
    public required DateTime MadeAt { get; init; }

    public required string FolderName { get; init; }

    public required string? Fault { get; init; }
}
