using System.Security.Cryptography;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Privacy;

/// <summary>
/// The key to names, personal numbers and what signing in keeps secret, in a file outside the database: <c>finsam.nyckel</c> beside the SQLite file, or
/// where FINSAM_KEY says. Made at first use, readable by its owner only. Losing it loses names, never statistics; it is
/// kept apart from the backups of the database.
/// </summary>
public static class KeyFile
{
    public const string PathVariable = "FINSAM_KEY";
    public const string FileName = "finsam.nyckel";

    /// <summary>In bytes.</summary>
    public const int KeyLength = 32;

    private const int LongestFile = 1_000;

    private const int MostTurns = 100;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    // Says what the file is, to whoever finds it.
    private const string Prefix = "finsam-nyckel-1:";

    // The other line, while the key is changed: the one that will write, or the one that did.
    private const string ComingPrefix = "kommande-1:";
    private const string EarlierPrefix = "tidigare-1:";

    /// <summary>Where the key of this database lies.</summary>
    /// <exception cref="KeyFileException">The database is on a server and FINSAM_KEY is not set.</exception>
    public static string PathFor(FinsamDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        if (database.KeyPath is { } own)
            return own;
        if (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } path)
            return Path.GetFullPath(path);
        return database.Engine.Folder is { } folder
            ? Path.Combine(folder, FileName)
            : throw new KeyFileException(
                $"Ange i miljövariabeln {PathVariable} var nyckelfilen till namn och personnummer ska ligga. Den ska inte ligga på databasservern.");
    }

    /// <summary>
    /// The cipher for writing. A new key is made only while there is nothing that another key encrypted, and which key it is
    /// is noted in the database with the first write.
    /// </summary>
    /// <exception cref="KeyFileException">The file is missing, damaged, readable by others, or another than the database's.</exception>
    public static async Task<FieldCipher> CipherAsync(FinsamDatabase database, DatabaseSession session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        var path = PathFor(database);
        var isFirst = !File.Exists(path) && await CountEncryptedAsync(session, cancellationToken) == 0;
        var cipher = isFirst ? new FieldCipher(ReadOrCreate(path)) : ReadKeys(path).Cipher;
        await RequireRightAsync(session, cipher, path, cancellationToken);
        return cipher;
    }

    /// <summary>The cipher for writing what a form holds; null, and told beside the field, when the key can't be used.</summary>
    /// <param name="database">Whose key.</param>
    /// <param name="session">Of the write.</param>
    /// <param name="errors">Of the form.</param>
    /// <param name="field">What would have been encrypted.</param>
    /// <param name="wayOut">What to do, before <c>den som sköter systemet</c>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    internal static async Task<FieldCipher?> CipherAsync(
        FinsamDatabase database,
        DatabaseSession session,
        FieldErrors errors,
        string field,
        string wayOut,
        CancellationToken cancellationToken)
    {
        try
        {
            return await CipherAsync(database, session, cancellationToken);
        }
        catch (KeyFileException)
        {
            errors.Add(field, $"Det går inte att spara just nu: nyckeln saknas eller är en annan. {wayOut} den som sköter systemet.");
            return null;
        }
    }

    /// <summary>The cipher for reading; null when there is no key file, so that nothing can be read.</summary>
    /// <exception cref="KeyFileException">The file is damaged, readable by others, or another than the database's.</exception>
    public static async Task<FieldCipher?> FindCipherAsync(FinsamDatabase database, DatabaseSession session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        var path = PathFor(database);
        if (!File.Exists(path))
            return null;
        var cipher = ReadKeys(path).Cipher;
        await RequireRightAsync(session, cipher, path, cancellationToken);
        return cipher;
    }

    /// <summary>
    /// At the start of a program: says whether the key file is the database's, and notes which it is where that wasn't known.
    /// Without a key file nothing is asked, since statistics do without.
    /// </summary>
    /// <exception cref="KeyFileException">The file is damaged, readable by others, or another than the database's.</exception>
    public static async Task CheckAsync(FinsamDatabase database, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        if (!IsThere(database))
            return;
        await using (var session = await database.ReadAsync(cancellationToken))
        {
            var cipher = (await FindCipherAsync(database, session, cancellationToken))!;
            if (await NotedAsync(session, cancellationToken) is { } noted && cipher.Knows(noted))
                return;
        }

        await using var write = await database.WriteAsync(cancellationToken);
        await CipherAsync(database, write, cancellationToken);
        await write.CommitAsync(cancellationToken);
    }

    /// <summary>Whether there is a key file where this database's should lie.</summary>
    public static bool IsThere(FinsamDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        var isKnown = database.KeyPath is not null || database.Engine.Folder is not null
            || Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 };
        return isKnown && File.Exists(PathFor(database));
    }

    internal static Task<byte[]?> NotedAsync(DatabaseSession session, CancellationToken cancellationToken) =>
        session.SingleOrDefaultAsync<byte[]>("Privacy.KeyCheck", cancellationToken: cancellationToken);

    /// <summary>Keeps which key it is, in the transaction of the session.</summary>
    internal static async Task NoteAsync(DatabaseSession session, FieldCipher cipher, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync("Privacy.ForgetKeyCheck", cancellationToken: cancellationToken);
        await session.ExecuteAsync("Privacy.NoteKeyCheck", new { cipher.CheckValue, NotedAt = session.UtcNow }, cancellationToken);
    }

    // What was noted decides; in a database from before that was done, whether the key reads anything that is there.
    private static async Task RequireRightAsync(DatabaseSession session, FieldCipher cipher, string path, CancellationToken cancellationToken)
    {
        var noted = await NotedAsync(session, cancellationToken);
        if (noted is not null && cipher.Knows(noted))
            return;
        var isRight = noted is null ? await ReadsAnyAsync(session, cipher, cancellationToken) : await CountEncryptedAsync(session, cancellationToken) == 0;
        if (!isRight)
            throw new KeyFileException(
                $"Nyckelfilen {path} hör inte till databasen: namn och personnummer är krypterade med en annan nyckel. Lägg tillbaka rätt nyckelfil. Är den förlorad: starta en gång med --ny-nyckel."
            );
        if (session.Transaction is not null)
            await NoteAsync(session, cipher, cancellationToken);
    }

    /// <summary>True when there is nothing to read, or something that this key reads.</summary>
    internal static async Task<bool> ReadsAnyAsync(DatabaseSession session, FieldCipher cipher, CancellationToken cancellationToken)
    {
        var isEmpty = true;
        await foreach (var value in session.StreamAsync<EncryptedValueRow>("Privacy.Encrypted", cancellationToken: cancellationToken))
        {
            if (value.IsReadWith(cipher))
                return true;
            isEmpty = false;
        }

        return isEmpty;
    }

    /// <summary>How many values can be read, and how many can't: they are damaged, or encrypted with another key.</summary>
    internal static async Task<(int Read, int Unread)> CountReadAsync(DatabaseSession session, FieldCipher cipher, CancellationToken cancellationToken)
    {
        var (read, unread) = (0, 0);
        await foreach (var value in session.StreamAsync<EncryptedValueRow>("Privacy.Encrypted", cancellationToken: cancellationToken))
        {
            if (value.IsReadWith(cipher))
                read++;
            else
                unread++;
        }

        return (read, unread);
    }

    private static Task<int> CountEncryptedAsync(DatabaseSession session, CancellationToken cancellationToken) =>
        session.SingleOrDefaultAsync<int>("Privacy.CountEncrypted", cancellationToken: cancellationToken);

    /// <summary>Reads the key that writes, 32 bytes.</summary>
    /// <exception cref="KeyFileException">The file is missing, damaged or readable by others.</exception>
    public static byte[] Read(string path) => ReadKeys(path).Current;

    /// <summary>Reads the key, and the other one while it is changed.</summary>
    /// <exception cref="KeyFileException">The file is missing, damaged or readable by others.</exception>
    internal static StoredKeys ReadKeys(string path)
    {
        if (!File.Exists(path))
            throw new KeyFileException(
                $"Nyckelfilen {path} finns inte. Lägg tillbaka den från säkerhetskopian: utan den går namn och personnummer inte att läsa. Är den förlorad: starta en gång med --ny-nyckel."
            );
        if (OwnersFile.IsOpenToOthers(path))
            throw new KeyFileException($"Nyckelfilen {path} kan läsas av fler än sin ägare. Ändra det med: chmod 600 {path}");
        // Far longer than any key: not read at all.
        var lines = new FileInfo(path).Length > LongestFile ? [] : Text(path).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines switch
        {
            [var one] when Key(one, Prefix) is { } key => new StoredKeys(key, null, IsComing: false),
            [var one, var two] when Key(one, Prefix) is { } key && Key(two, ComingPrefix) is { } coming => new StoredKeys(key, coming, IsComing: true),
            [var one, var two] when Key(one, Prefix) is { } key && Key(two, EarlierPrefix) is { } earlier => new StoredKeys(key, earlier, IsComing: false),
            _ => throw new KeyFileException(
                $"Nyckelfilen {path} är skadad. Lägg tillbaka den från säkerhetskopian. Är den förlorad: flytta undan filen och starta en gång med --ny-nyckel."
            ),
        };
    }

    /// <summary>Puts keys in the place of those that are there, in one step.</summary>
    /// <exception cref="KeyFileException">The file can't be written.</exception>
    internal static void Write(string path, StoredKeys keys)
    {
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (var stream = OwnersFile.Create(unfinished))
            {
                using var writer = new StreamWriter(stream);
                writer.WriteLine(Prefix + Convert.ToBase64String(keys.Current));
                if (keys.Other is { } other)
                    writer.WriteLine((keys.IsComing ? ComingPrefix : EarlierPrefix) + Convert.ToBase64String(other));
                writer.Flush();
                stream.Flush(flushToDisk: true);
            }

            Move(unfinished, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(unfinished);
            throw new KeyFileException($"Nyckelfilen {path} går inte att skapa eller skriva. Kontrollera att mappen finns och att den som kör programmet får skriva i den.");
        }
    }

    // Windows lets nobody replace a file while another program reads it, which takes a moment.
    private static void Move(string from, string to)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                File.Move(from, to, overwrite: true);
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && OperatingSystem.IsWindows() && tries < MostTurns)
            {
                Thread.Sleep(s_pause);
            }
        }
    }

    private static byte[]? Key(string line, string prefix)
    {
        var key = new byte[KeyLength];
        return line.StartsWith(prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(line[prefix.Length..], key, out var length)
            && length == KeyLength
                ? key
                : null;
    }

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException($"Nyckelfilen {path} går inte att läsa. Kontrollera att den ägs av den som kör programmet.");
        }
    }

    /// <summary>Makes a new key unless there is one; returns the one that is there.</summary>
    /// <exception cref="KeyFileException">It can't be made there, or what is there can't be used.</exception>
    public static byte[] ReadOrCreate(string path)
    {
        if (File.Exists(path))
            return Read(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);

            // Of programs that start at once one makes the key. To move a file where none is, is to look first and then move: too late.
            using var turn = Turn(path + ".tur");
            if (File.Exists(path))
                return Read(path);
            Write(path, new StoredKeys(RandomNumberGenerator.GetBytes(KeyLength), null, IsComing: false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException($"Nyckelfilen {path} går inte att skapa. Kontrollera att mappen finns och att den som kör programmet får skriva i den.");
        }

        return Read(path);
    }

    // One at a time, also of different programs. The file goes when its holder lets go: whoever waited finds the key.
    private static FileStream Turn(string path)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (tries < MostTurns)
            {
                Thread.Sleep(s_pause);
            }
        }
    }
}

/// <summary>The keys of a key file.</summary>
/// <param name="Current">Writes.</param>
/// <param name="Other">Reads too, while the key is changed.</param>
/// <param name="IsComing">Whether the other will write, or did.</param>
internal sealed record StoredKeys(byte[] Current, byte[]? Other, bool IsComing)
{
    public FieldCipher Cipher => Other is null ? new FieldCipher(Current) : new FieldCipher(new FieldCipher(Current), new FieldCipher(Other));
}

/// <summary>A value that needs the key.</summary>
public sealed record EncryptedValueRow
{
    public required string TableName { get; init; }

    public required string ColumnName { get; init; }

    public required int RowId { get; init; }

    /// <summary>0 for what belongs to the whole installation.</summary>
    public required int ForbundId { get; init; }

    public required byte[] Stored { get; init; }

    internal bool IsReadWith(FieldCipher cipher) => cipher.TryDecrypt(Stored, new FieldPlace(TableName, ColumnName, RowId)) is not null;
}

/// <summary>The key file can't be used; the message says why and what to do, in Swedish.</summary>
public sealed class KeyFileException(string message) : Exception(message);
