using System.Data;
using System.Data.Common;
using System.Globalization;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Backups;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Erasures;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Quality;

namespace FinsamOutcomes.Data.Operation;

/// <summary>How a check came out.</summary>
public enum CheckState
{
    Ok,

    /// <summary>To be seen to.</summary>
    Warning,

    /// <summary>Something is wrong.</summary>
    Fault,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="State">How it came out.</param>
/// <param name="What">What was looked at, in Swedish.</param>
/// <param name="Said">What was found, and what to do, in Swedish.</param>
public sealed record CheckLine(CheckState State, string What, string Said)
{
    public string StateInWords => State switch
    {
        CheckState.Ok => "OK",
        CheckState.Warning => "VARNING",
        _ => "FEL",
    };
}

/// <summary>Looks through an installation without changing it: the database, its log, its key, its files and its backups.</summary>
public sealed class InstallationCheck(FinsamDatabase database)
{
    private const string WithoutPaths = "är inte som det ska. Be den som sköter servern köra finsam kontroll, som säger vad som är fel.";

    private const string EarlierKeys = "Äldre nycklar";
    private const string Encrypted = "Krypterade uppgifter";
    private const string LogAgainstBackup = "Loggen mot säkerhetskopian";
    private const string References = "Rader som hör ihop";
    private const string Rights = "Filernas rättigheter";
    private const string Schema = "Tabeller och index";

    private const long LeastFree = 100_000_000;

    private static readonly TimeSpan s_old = TimeSpan.FromDays(2);
    private static readonly TimeSpan s_tooOld = TimeSpan.FromDays(7);

    /// <summary>Everything, for whoever runs the installation: all förbund by name, and paths.</summary>
    /// <param name="backups">The folder of backups, whose newest is read through; null leaves them out.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<CheckLine>> RunAsync(string? backups, CancellationToken cancellationToken = default)
    {
        var lines = new List<CheckLine>();
        if (!await VersionsAsync(lines, cancellationToken))
            return lines;
        await TryAsync(lines, "Spara", () => SavingAsync(cancellationToken));
        await TryAsync(lines, "Databasen", () => WholeAsync(cancellationToken));
        await TryAsync(lines, Schema, () => SchemaAsync(cancellationToken));
        await TryAsync(lines, References, () => ReferencesAsync(cancellationToken));
        IReadOnlyList<ForbundRow>? forbund = null;
        await TryAsync(
            lines,
            "Förbund",
            async () =>
            {
                forbund = await new ForbundStore(database).AllAsync(cancellationToken);
                return forbund.Count == 0 ? new CheckLine(CheckState.Warning, "Förbund", "Databasen har inget förbund ännu.") : null;
            });
        if (forbund is null)
            lines.Add(new CheckLine(CheckState.Warning, "Loggen och anmärkningar", "är inte kontrollerade, eftersom det inte går att läsa vilka förbund som finns."));
        foreach (var one in forbund ?? [])
        {
            await TryAsync(lines, $"Loggen, {one.Name}", () => ChainAsync(one.Id, $"Loggen, {one.Name}", cancellationToken));
            await TryAsync(lines, $"Anmärkningar, {one.Name}", () => RemarksAsync(one.Id, $"Anmärkningar, {one.Name}", cancellationToken));
        }

        await TryAsync(lines, "Nyckelfilen", () => KeyAsync(cancellationToken));
        await TryAsync(lines, Encrypted, () => EncryptedAsync(cancellationToken));
        await TryAsync(lines, "Disken", () => Task.FromResult<CheckLine?>(Disk()));
        await TryAsync(lines, Rights, () => Task.FromResult<CheckLine?>(RightsOf(backups)));
        await TryAsync(lines, "Filen med gallrade", () => ErasedAsync(cancellationToken));
        if (backups is not null)
        {
            await TryAsync(lines, "Säkerhetskopior", () => BackupsAsync(backups, cancellationToken));
            await TryAsync(lines, LogAgainstBackup, () => LogAgainstBackupAsync(backups, cancellationToken));
            await TryAsync(lines, EarlierKeys, () => EarlierKeysAsync(backups, cancellationToken));
        }

        return lines;
    }

    /// <summary>What a förbund's administrator is told of: the installation, and of what people have registered the own förbund alone. No paths.</summary>
    public async Task<IReadOnlyList<CheckLine>> OfForbundAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        var lines = new List<CheckLine>();
        await TryAsync(lines, "Spara", () => SavingAsync(cancellationToken), tellsPaths: false);
        await TryAsync(lines, "Loggen", () => ChainAsync(forbundId, "Loggen", cancellationToken), tellsPaths: false);
        await TryAsync(lines, "Anmärkningar", () => RemarksAsync(forbundId, "Anmärkningar", cancellationToken), tellsPaths: false);
        await TryAsync(lines, "Nyckelfilen", () => KeyAsync(cancellationToken), tellsPaths: false);
        await TryAsync(lines, "Disken", () => Task.FromResult<CheckLine?>(Disk()), tellsPaths: false);
        return lines;
    }

    // Without the tables of this version nothing else can be asked.
    private async Task<bool> VersionsAsync(List<CheckLine> lines, CancellationToken cancellationToken)
    {
        const string What = "Versioner";
        var before = lines.Count;
        await TryAsync(
            lines,
            What,
            async () =>
            {
                var state = await new Migrator(database).LookAsync(cancellationToken);
                return state switch
                {
                    SchemaState.Current => new CheckLine(CheckState.Ok, What, $"programmet är {BackupStore.ProgramVersion}, och databasen är av samma version."),
                    SchemaState.Older => new CheckLine(
                        CheckState.Warning,
                        What,
                        "databasen är av en äldre version. Den uppgraderas när webbplatsen startas. Säkerhetskopiera den först. Resten är inte kontrollerat."),
                    _ => new CheckLine(CheckState.Fault, What, "databasen hör till ett annat program eller är tom. Kontrollera --db eller FINSAM_DB."),
                };
            });
        return lines[before].State == CheckState.Ok;
    }

    private async Task<CheckLine?> SavingAsync(CancellationToken cancellationToken) => await database.TrySavingAsync(cancellationToken)
        ? new CheckLine(CheckState.Ok, "Spara", "det går att spara.")
        : new CheckLine(CheckState.Warning, "Spara", "andra skriver i databasen just nu, så det är inte prövat. Försök igen om en stund.");

    private async Task<CheckLine?> WholeAsync(CancellationToken cancellationToken) => await database.Engine.IsWholeAsync(cancellationToken) switch
    {
        true => new CheckLine(CheckState.Ok, "Databasen", $"varje sida och index är helt ({DiskSpace.InWords(database.Engine.Bytes ?? 0)})."),
        false => new CheckLine(CheckState.Fault, "Databasen", "är skadad. Stäng webbplatsen och lägg tillbaka säkerhetskopian med finsam restore."),
        null => new CheckLine(CheckState.Ok, "Databasen", "finns på en databasserver, där den som sköter servern kontrollerar den (DBCC CHECKDB)."),
    };

    // As a backup is looked at before it is put back: without an index all is slower, and without one that is unique nothing is refused.
    private async Task<CheckLine?> SchemaAsync(CancellationToken cancellationToken)
    {
        if (database.Engine.Folder is null)
            return null;
        var work = Directory.CreateTempSubdirectory("finsam-kontroll-").FullName;
        try
        {
            var difference = await SchemaDifference.FindAsync(database.Engine, work, cancellationToken);
            return difference.IsNone
                ? new CheckLine(CheckState.Ok, Schema, "alla är som programmet gör dem.")
                : new CheckLine(
                    CheckState.Fault,
                    Schema,
                    $"{difference.InWords}. Någon har ändrat i databasen vid sidan av programmet. Lägg tillbaka säkerhetskopian med finsam restore.");
        }
        finally
        {
            DatabaseEngine.CloseIdleFiles();
            Directory.Delete(work, recursive: true);
        }
    }

    private async Task<CheckLine?> ReferencesAsync(CancellationToken cancellationToken) =>
        await database.Engine.BrokenReferencesAsync(cancellationToken) switch
        {
            null => new CheckLine(CheckState.Ok, References, "kontrolleras av den som sköter servern (DBCC CHECKCONSTRAINTS)."),
            [] => new CheckLine(CheckState.Ok, References, "inget saknas."),
            var broken => new CheckLine(
                CheckState.Fault,
                References,
                string.Join(", ", broken.Select(b => string.Create(CultureInfo.InvariantCulture, $"{b.Rows} {(b.Rows == 1 ? "rad" : "rader")} i tabellen {b.Table}")))
                    + " hör till rader som inte finns. Någon har tagit bort dem vid sidan av programmet. Lägg tillbaka säkerhetskopian med finsam restore."),
        };

    private async Task<CheckLine?> ChainAsync(int forbundId, string what, CancellationToken cancellationToken)
    {
        var check = await new AuditStore(database).CheckAsync(forbundId, cancellationToken);
        return check.Fault == AuditFault.None
            ? new CheckLine(CheckState.Ok, what, string.Create(CultureInfo.InvariantCulture, $"{check.WholeEvents} händelser, alla som de skrevs."))
            : new CheckLine(
                CheckState.Fault,
                what,
                string.Create(CultureInfo.InvariantCulture, $"händelse {check.BrokenEvent} är inte som den skrevs, eller saknas. Någon har ändrat i databasen vid sidan av programmet."));
    }

    private async Task<CheckLine?> RemarksAsync(int forbundId, string what, CancellationToken cancellationToken)
    {
        var results = await new QualityChecks(database).RunAsync(forbundId, cancellationToken);
        var open = results.Sum(r => r.Findings.Count(f => f.Dismissal is null));
        return new CheckLine(
            CheckState.Ok,
            what,
            open == 0
                ? "inga öppna."
                : string.Create(CultureInfo.InvariantCulture, $"{open} {(open == 1 ? "öppen" : "öppna")}. De rättas av handläggarna, under Anmärkningar."));
    }

    private async Task<CheckLine?> KeyAsync(CancellationToken cancellationToken)
    {
        const string What = "Nyckelfilen";
        await using var session = await database.ReadAsync(cancellationToken);
        if (!KeyFile.IsThere(database))
            return await session.SingleOrDefaultAsync<int>("Privacy.CountEncrypted", cancellationToken: cancellationToken) == 0
                ? new CheckLine(CheckState.Ok, What, "finns inte än. Den görs när det första namnet sparas.")
                : new CheckLine(CheckState.Fault, What, "saknas. Lägg tillbaka den: utan den går namn och personnummer inte att läsa.");
        var cipher = (await KeyFile.FindCipherAsync(database, session, cancellationToken))!;
        if (!await KeyFile.ReadsAnyAsync(session, cipher, cancellationToken))
            return new CheckLine(CheckState.Fault, What, "läser ingenting av det som är krypterat. Lägg tillbaka rätt nyckelfil.");
        return KeyChange.IsUnfinished(database)
            ? new CheckLine(CheckState.Warning, What, "ett byte av nyckeln är inte klart. Alla namn går att läsa. Kör finsam nyckel byt igen om ingen annan gör det.")
            : new CheckLine(CheckState.Ok, What, "passar databasen.");
    }

    private async Task<CheckLine?> EncryptedAsync(CancellationToken cancellationToken)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        if (!KeyFile.IsThere(database) || await KeyFile.FindCipherAsync(database, session, cancellationToken) is not { } cipher)
            return null;
        var (read, unread) = await KeyFile.CountReadAsync(session, cipher, cancellationToken);
        if (unread == 0)
            return new CheckLine(CheckState.Ok, Encrypted, string.Create(CultureInfo.InvariantCulture, $"{read}, och alla går att läsa."));
        var said = string.Create(CultureInfo.InvariantCulture, $"{unread} av {read + unread} går inte att läsa.");
        return await session.SingleOrDefaultAsync<int>("Privacy.CountLostKeys", cancellationToken: cancellationToken) > 0
            ? new CheckLine(CheckState.Warning, Encrypted, $"{said} Loggen säger att en nyckel har varit förlorad, och hur många uppgifter den låste. Är det fler nu är de skadade.")
            : new CheckLine(
                CheckState.Fault,
                Encrypted,
                $"{said} De är skadade, eller krypterade med en annan nyckel. Skriv in namnen och numren igen, eller lägg tillbaka säkerhetskopian med finsam restore.");
    }

    private CheckLine Disk()
    {
        const string What = "Disken";
        if (database.Engine.FreeBytes is not { } free || database.Engine.Bytes is not { } size)
            return new CheckLine(CheckState.Ok, What, "är databasserverns, eller säger inte hur mycket som är ledigt.");
        return free < LeastFree
            ? new CheckLine(CheckState.Fault, What, $"är nästan full: {DiskSpace.InWords(free)} ledigt. Frigör plats, annars går det snart inte att spara.")
            : free < 2 * size
                ? new CheckLine(CheckState.Warning, What, $"har {DiskSpace.InWords(free)} ledigt. Gallring och återställning behöver {DiskSpace.InWords(2 * size)}.")
                : new CheckLine(CheckState.Ok, What, $"har {DiskSpace.InWords(free)} ledigt.");
    }

    private CheckLine RightsOf(string? backups)
    {
        var folders = new[] { database.Engine.Folder, Path.GetDirectoryName(KeyFile.PathFor(database)), ErasedFolder(), backups }.OfType<string>().ToList();
        var kept = backups is not null && Directory.Exists(backups) ? Directory.GetDirectories(backups, "finsam-*") : [];
        var wide = kept.SelectMany(Directory.GetFiles)
            .Append(ErasedFile.PathFor(database) ?? "")
            .Where(OwnersFile.IsOpenToOthers)
            .Order(StringComparer.Ordinal)
            .ToList();
        var open = folders.Concat(kept).Select(Path.GetFullPath).Distinct().Where(OwnersFile.IsWritableByAll).ToList();
        string[] said =
        [
            .. database.Engine.Warnings,
            .. wide.Count == 0
                ? Array.Empty<string>()
                : [$"{string.Join(" och ", wide)} kan läsas av fler än sin ägare. Ändra det med: chmod 600 {string.Join(' ', wide)}"],
            .. open.Count == 0
                ? Array.Empty<string>()
                : [$"Vem som helst på datorn kan byta ut filerna i {string.Join(" och ", open)}. Ändra det med: chmod 700 {string.Join(' ', open)}"],
        ];
        return said.Length == 0
            ? new CheckLine(CheckState.Ok, Rights, "inget som behöver ses över.")
            : new CheckLine(CheckState.Warning, Rights, string.Join(" ", said));

        string? ErasedFolder() => ErasedFile.PathFor(database) is { } path ? Path.GetDirectoryName(path) : null;
    }

    private async Task<CheckLine?> ErasedAsync(CancellationToken cancellationToken)
    {
        const string What = "Filen med gallrade";
        if (ErasedFile.PathFor(database) is not { } path)
            return new CheckLine(
                CheckState.Warning,
                What,
                $"{ErasedFile.PathVariable} säger inte var den ska ligga, så de som gallras kan inte gallras igen efter en äldre säkerhetskopia.");
        var erased = await ErasedFile.ErasedInAsync(database, cancellationToken);
        if (!File.Exists(path))
            return erased.Count == 0
                ? new CheckLine(CheckState.Ok, What, "finns inte än: ingen har gallrats.")
                : new CheckLine(
                    CheckState.Fault,
                    What,
                    string.Create(CultureInfo.InvariantCulture, $"{path} saknas, fast databasen har {erased.Count} gallrade. Lägg tillbaka den, annars kommer de tillbaka med en äldre säkerhetskopia."));
        if (await ErasedFile.CountMissingAsync(path, erased, cancellationToken) is > 0 and var missing)
            return new CheckLine(
                CheckState.Fault,
                What,
                string.Create(CultureInfo.InvariantCulture, $"{missing} som är gallrade i databasen står inte i {path}. Den är skadad eller en annan databas. Lägg tillbaka en hel kopia av den."));
        if (await ErasedFile.CountAliveAsync(database, path, cancellationToken) is > 0 and var alive)
            return new CheckLine(
                CheckState.Fault,
                What,
                string.Create(CultureInfo.InvariantCulture, $"{alive} som står som gallrade i {path} är inte gallrade i databasen. Kör finsam gallra --igen: den gallrar dem, eller säger vilka som är kvar och varför."));
        var count = await ErasedFile.CountAsync(path, cancellationToken);
        return new CheckLine(CheckState.Ok, What, string.Create(CultureInfo.InvariantCulture, $"{count} gallrade. Den ska sparas tillsammans med nyckelfilen."));
    }

    private async Task<CheckLine?> BackupsAsync(string folder, CancellationToken cancellationToken)
    {
        const string What = "Säkerhetskopior";
        var mark = await new BackupStore(database).FindMarkAsync(cancellationToken);
        var unsound = new List<string>();
        if (mark is null || KeptBackup.In(folder, mark, database.Clock, unsound.Add) is not [.., var newest] kept)
            return new CheckLine(CheckState.Fault, What, $"{InWords(unsound)}det finns ingen hel säkerhetskopia av databasen i {Path.GetFullPath(folder)}. Gör en med finsam backup.");
        var isUnread = false;
        try
        {
            var key = KeyOf(newest);
            isUnread = key is null && IsOfEarlierKey(newest);
            if (isUnread || database.Engine.Folder is null)
                await newest.VerifyAsync(cancellationToken);
            else
                await BackupRestore.ProveAsync(newest.Folder, database, key, cancellationToken);
        }
        catch (BackupException e)
        {
            return new CheckLine(CheckState.Fault, What, InWords(unsound) + e.Message);
        }

        if (unsound.Count > 0)
            return new CheckLine(CheckState.Fault, What, $"{InWords(unsound)}Den nyaste hela är {newest.Name}.");
        var age = database.Clock.GetUtcNow().UtcDateTime - newest.Manifest.MadeAt;
        var made = $"den nyaste är {newest.Name}, {Age(age)}";
        return age > s_tooOld ? new CheckLine(CheckState.Fault, What, made + ". Gör en ny, och se efter varför de har slutat göras.")
            : isUnread ? new CheckLine(CheckState.Warning, What, made + ". Den behöver en äldre nyckelfil, så det är inte prövat att den går att läsa. Gör en ny.")
            : age > s_old ? new CheckLine(CheckState.Warning, What, made + ".")
            : kept.SkipLast(1).Where(b => !IsOfEarlierKey(b) && !IsSigned(b)).Select(b => b.Name).ToList() is [_, ..] unsigned
                ? new CheckLine(CheckState.Warning, What, $"{made}, och hel. {string.Join(", ", unsigned)} är inte signerad med nyckeln, så någon kan ha ändrat den: den läggs bara tillbaka med --osignerad.")
            : new CheckLine(CheckState.Ok, What, made + ", och hel.");
    }

    private bool IsOfEarlierKey(KeptBackup backup) =>
        backup.KeyCheck is { } check && KeyFile.IsThere(database) && !KeyFile.ReadKeys(KeyFile.PathFor(database)).Cipher.Knows(check);

    private bool IsSigned(KeptBackup backup) =>
        !KeyFile.IsThere(database)
        || (backup.Signature is { } signature && KeyFile.ReadKeys(KeyFile.PathFor(database)).Cipher.HasSignedBackup(backup.Json, signature));

    // Where an earlier key is still beside the one of now; null where that one reads the backup, or none does.
    private string? KeyOf(KeptBackup backup) =>
        IsOfEarlierKey(backup) ? KeyChange.EarlierFiles(database).FirstOrDefault(k => k.Cipher.Knows(backup.KeyCheck!)).Path : null;

    // Whoever takes away the last events and sets the end of the log back leaves it whole, but not as long as it has been.
    private async Task<CheckLine?> LogAgainstBackupAsync(string folder, CancellationToken cancellationToken)
    {
        var mark = await new BackupStore(database).FindMarkAsync(cancellationToken);
        if (mark is null || KeptBackup.In(folder, mark, database.Clock) is not [.., var newest])
            return null;
        await using var session = await database.ReadAsync(cancellationToken);
        var broken = new List<string>();
        foreach (var end in newest.Manifest.Chains)
        {
            var place = new { end.ForbundId, EventNumber = end.LastEvent };
            if (end.LastEvent > 0 && await session.SingleOrDefaultAsync<string>("Audit.Hash", place, cancellationToken) != end.LastHash)
                broken.Add(string.Create(CultureInfo.InvariantCulture, $"händelse {end.LastEvent} i förbund {end.ForbundId}"));
        }

        if (broken.Count == 0)
            return new CheckLine(CheckState.Ok, LogAgainstBackup, $"alla händelser som fanns när {newest.Name} gjordes finns kvar.");
        var what = $"{string.Join(" och ", broken)} fanns när {newest.Name} gjordes, och saknas eller är en annan.";
        var others = new { Since = newest.Manifest.MadeAt, FromThis = $"från {newest.Name},%" };
        return await session.SingleOrDefaultAsync<int>("Backups.CountRestored", others, cancellationToken) > 0
            ? new CheckLine(CheckState.Warning, LogAgainstBackup, $"{what} Databasen har lagts tillbaka från en äldre säkerhetskopia sedan dess. Gör en ny.")
            : new CheckLine(CheckState.Fault, LogAgainstBackup, $"{what} Någon har ändrat i databasen vid sidan av programmet, eller lagt tillbaka en äldre databas.");
    }

    // Backups from before a change of key are read with the key of then, which shall neither be lost nor lie beside the one of now.
    private async Task<CheckLine?> EarlierKeysAsync(string folder, CancellationToken cancellationToken)
    {
        var beside = KeyChange.EarlierFiles(database);
        var now = KeyFile.IsThere(database) ? KeyFile.ReadKeys(KeyFile.PathFor(database)).Cipher : null;
        var mark = await new BackupStore(database).FindMarkAsync(cancellationToken);
        var older = mark is null
            ? []
            : KeptBackup.In(folder, mark, database.Clock).Where(b => b.KeyCheck is { } check && now?.Knows(check) != true).ToList();
        if (older is [.., var last])
        {
            var files = beside.Where(k => older.Exists(b => k.Cipher.Knows(b.KeyCheck!))).Select(k => k.Path).ToList();
            var which = string.Create(CultureInfo.InvariantCulture, $"{older.Count} av säkerhetskopiorna, den senaste {last.Name}, behöver en äldre nyckelfil (--nyckel).");
            return new CheckLine(
                CheckState.Warning,
                EarlierKeys,
                files.Count == 0
                    ? $"{which} Den ligger inte bredvid den som används nu: se till att den finns kvar där nyckelns kopior är."
                    : $"{which} Den ligger kvar i {string.Join(", ", files)}: flytta den dit där nyckelns kopior är.");
        }

        return beside.Count == 0
            ? null
            : new CheckLine(
                CheckState.Warning,
                EarlierKeys,
                $"{string.Join(", ", beside.Select(k => k.Path))} ligger kvar, och ingen säkerhetskopia i mappen behöver den. Behövs den inte för kopior på andra ställen: ta bort den.");
    }

    private static string InWords(List<string> unsound) =>
        unsound.Count == 0
            ? ""
            : $"{string.Join(", ", unsound.Order(StringComparer.Ordinal))} är ingen hel säkerhetskopia, och räknas inte: filer saknas, är ändrade eller har fel tid. Se efter varför, och ta bort mappen. ";

    private static string Age(TimeSpan age) => age switch
    {
        { TotalHours: < 1 } => "mindre än en timme gammal",
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalHours} timmar gammal"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalDays} dagar gammal"),
    };

    // What one check can't do stops no other.
    private async Task TryAsync(List<CheckLine> lines, string what, Func<Task<CheckLine?>> check, bool tellsPaths = true)
    {
        try
        {
            if (await check() is { } line)
                lines.Add(line);
        }
        catch (Exception e) when (e is KeyFileException or ErasedFileException or MigrationException or BackupException)
        {
            lines.Add(new CheckLine(CheckState.Fault, what, tellsPaths ? e.Message : WithoutPaths));
        }
        catch (Exception e) when (DatabaseFaults.Explain(e, database.Engine) is { } said)
        {
            lines.Add(new CheckLine(CheckState.Fault, what, tellsPaths ? said : WithoutPaths));
        }
        catch (DbException)
        {
            // What the database says of it can quote what is stored.
            lines.Add(new CheckLine(CheckState.Fault, what, tellsPaths ? "gick inte att kontrollera: en tabell, en vy eller en kolumn saknas eller är en annan." : WithoutPaths));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            lines.Add(new CheckLine(CheckState.Fault, what, tellsPaths ? "gick inte att kontrollera: en fil eller mapp går inte att läsa. Kontrollera rättigheterna." : WithoutPaths));
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or InvalidCastException or OverflowException or DataException or KeyNotFoundException)
        {
            lines.Add(new CheckLine(CheckState.Fault, what, tellsPaths ? $"gick inte att kontrollera: en uppgift i databasen är inte av rätt slag ({e.GetType().Name})." : WithoutPaths));
        }
    }
}
