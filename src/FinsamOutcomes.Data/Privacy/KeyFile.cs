using System.Security.Cryptography;
using FinsamOutcomes.Data.Database;

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

    // Says what the file is, to whoever finds it.
    private const string Prefix = "finsam-nyckel-1:";

    /// <summary>Where the key of this database lies.</summary>
    /// <exception cref="KeyFileException">The database is on a server and FINSAM_KEY is not set.</exception>
    public static string PathFor(FinsamDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        if (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } path)
            return Path.GetFullPath(path);
        return database.Engine.Folder is { } folder
            ? Path.Combine(folder, FileName)
            : throw new KeyFileException($"Ange i miljövariabeln {PathVariable} var nyckelfilen till namn och personnummer ska ligga. Den ska inte ligga på databasservern.");
    }

    /// <summary>The cipher for writing. A new key is made only while there is nothing that another key encrypted.</summary>
    /// <exception cref="KeyFileException">The file is missing, damaged or readable by others.</exception>
    public static async Task<FieldCipher> CipherAsync(FinsamDatabase database, DatabaseSession session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        var path = PathFor(database);
        var isFirst = !File.Exists(path) && await session.SingleOrDefaultAsync<int>("Privacy.CountEncrypted", cancellationToken: cancellationToken) == 0;
        return new FieldCipher(isFirst ? ReadOrCreate(path) : Read(path));
    }

    /// <summary>Reads the key, 32 bytes.</summary>
    /// <exception cref="KeyFileException">The file is missing, damaged or readable by others.</exception>
    public static byte[] Read(string path)
    {
        if (!File.Exists(path))
            throw new KeyFileException($"Nyckelfilen {path} finns inte. Lägg tillbaka den från säkerhetskopian: utan den går namn och personnummer inte att läsa.");
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
            throw new KeyFileException($"Nyckelfilen {path} kan läsas av fler än sin ägare. Ändra det med: chmod 600 {path}");
        var text = File.ReadAllText(path).Trim();
        var key = new byte[KeyLength];
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || !Convert.TryFromBase64String(text[Prefix.Length..], key, out var length) || length != KeyLength)
            throw new KeyFileException($"Nyckelfilen {path} är skadad. Lägg tillbaka den från säkerhetskopian.");
        return key;
    }

    /// <summary>Makes a new key unless there is one; returns the one that is there.</summary>
    public static byte[] ReadOrCreate(string path)
    {
        if (File.Exists(path))
            return Read(path);
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            using (var stream = new FileStream(unfinished, options))
            {
                using var writer = new StreamWriter(stream);
                writer.WriteLine(Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyLength)));
                writer.Flush();
                stream.Flush(flushToDisk: true);
            }

            // Moved whole into place: of two programs that start at once, one makes the key and both read it.
            File.Move(unfinished, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(unfinished);
        }

        return Read(path);
    }
}

/// <summary>The key file can't be used; the message says why and what to do, in Swedish.</summary>
public sealed class KeyFileException(string message) : Exception(message);
