using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Privacy;

namespace FinsamOutcomes.Data.Backups;

/// <summary>
/// A backup, as a folder: a copy of the database, the lines of its journal, a manifest, and a list of checksums of them all that
/// <c>sha256sum -c</c> understands. A folder under its own name is whole; one that is being made has another name.
/// </summary>
public sealed record KeptBackup(string Folder, BackupManifest Manifest)
{
    internal const string DatabaseName = "finsam.sqlite";
    internal const string JournalName = DatabaseName + ".visningar";
    internal const string ManifestName = "manifest.json";
    internal const string SignatureName = "manifest.hmac";
    internal const string ChecksumsName = "SHA256SUMS";

    private const int LongestManifest = 10_000_000;
    private const int NamedByMark = 8;

    /// <summary>The manifest, as it stands in its file.</summary>
    internal byte[] Json { get; init; } = [];

    /// <summary>Of the manifest, by the key of the database; null where there was no key.</summary>
    internal byte[]? Signature { get; init; }

    public string Name => Path.GetFileName(Folder);

    public long Bytes => Manifest.Files.Sum(f => f.Bytes);

    /// <summary>Tells the key that it is read with; null where nothing is encrypted.</summary>
    internal byte[]? KeyCheck => Manifest.KeyCheck is { } check ? Convert.FromHexString(check) : null;

    internal string DatabasePath => Path.Combine(Folder, DatabaseName);

    /// <summary>
    /// The backups of a database in a folder, the oldest first: those whose files are there, and that are not of a time to come.
    /// What is another database's is passed by.
    /// </summary>
    /// <param name="folder">Where backups are kept.</param>
    /// <param name="databaseMark">Which database's.</param>
    /// <param name="clock">Says what time it is.</param>
    /// <param name="unsound">Told the names of folders that have a backup's name and are none: nothing to count on, and nothing to remove.</param>
    public static IReadOnlyList<KeptBackup> In(string folder, string databaseMark, TimeProvider clock, Action<string>? unsound = null)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var found = new List<KeptBackup>();
        var latest = clock.GetUtcNow().UtcDateTime + FinsamDatabase.ClocksApart;
        foreach (var path in Directory.Exists(folder) ? Directory.GetDirectories(folder, $"finsam-*-{Short(databaseMark)}*") : [])
        {
            try
            {
                var backup = Open(path);
                if (backup.Manifest.DatabaseMark != databaseMark)
                    continue;
                if (backup.HasFiles && backup.HasOwnTime && backup.Manifest.MadeAt <= latest)
                    found.Add(backup);
                else
                    unsound?.Invoke(backup.Name);
            }
            catch (Exception e) when (e is BackupException or IOException or UnauthorizedAccessException)
            {
                unsound?.Invoke(Path.GetFileName(path));
            }
        }

        return [.. found.OrderBy(b => b.Manifest.MadeAt)];
    }

    // By their sizes: what is in them is looked at by VerifyAsync.
    private bool HasFiles => Manifest.Files.All(f => new FileInfo(Path.Combine(Folder, f.Name)) is { Exists: true } file && file.Length == f.Bytes);

    private bool HasOwnTime => Name.StartsWith(NameFor(Manifest), StringComparison.Ordinal);

    internal static string NameFor(BackupManifest manifest) =>
        $"finsam-{manifest.MadeAt.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}-{Short(manifest.DatabaseMark)}";

    /// <summary>Reads what a backup says of itself; the large files are looked at by <see cref="VerifyAsync"/>.</summary>
    /// <exception cref="BackupException">It is no backup, or has been changed.</exception>
    public static KeptBackup Open(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!Directory.Exists(path))
            throw new BackupException($"Säkerhetskopian {path} finns inte. Ange mappen som finsam backup gjorde.");
        var json = Read(Path.Combine(path, ManifestName));
        var sums = Encoding.UTF8.GetString(Read(Path.Combine(path, ChecksumsName)));
        BackupManifest manifest;
        try
        {
            manifest = BackupManifest.Read(json);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw Changed(path, ManifestName);
        }

        if (manifest.Format > BackupManifest.CurrentFormat)
            throw new BackupException($"Säkerhetskopian {path} är gjord av en nyare version av programmet. Uppgradera programmet.");
        if (!manifest.IsSound || manifest.Files.Any(f => f.Name is not (DatabaseName or JournalName)) || manifest.Files.All(f => f.Name != DatabaseName))
            throw Changed(path, ManifestName);
        var signature = File.Exists(Path.Combine(path, SignatureName)) ? Encoding.UTF8.GetString(Read(Path.Combine(path, SignatureName))) : null;
        if (sums != Checksums(manifest, json, signature))
            throw Changed(path, $"{ManifestName} eller {ChecksumsName}");
        if (signature is not null && !(signature.Length == 65 && signature[^1] == '\n' && signature[..^1].All(char.IsAsciiHexDigitLower)))
            throw Changed(path, SignatureName);
        return new KeptBackup(path, manifest) { Json = json, Signature = signature is null ? null : Convert.FromHexString(signature[..^1]) };
    }

    /// <summary>Reads every file and holds its size and checksum against the manifest.</summary>
    /// <exception cref="BackupException">A file is missing or has been changed.</exception>
    public Task VerifyAsync(CancellationToken cancellationToken = default) => VerifyInAsync(Folder, cancellationToken);

    /// <summary>Copies the files, and holds the copies against the manifest: what is changed meanwhile is not what is used.</summary>
    /// <exception cref="BackupException">A file is missing or has been changed.</exception>
    internal async Task CopyAsync(string to, CancellationToken cancellationToken)
    {
        foreach (var file in Manifest.Files.Where(f => File.Exists(Path.Combine(Folder, f.Name))))
            OwnersFile.Copy(Path.Combine(Folder, file.Name), Path.Combine(to, file.Name));
        await VerifyInAsync(to, cancellationToken);
    }

    private async Task VerifyInAsync(string place, CancellationToken cancellationToken)
    {
        foreach (var file in Manifest.Files)
        {
            var path = Path.Combine(place, file.Name);
            if (!File.Exists(path))
                throw new BackupException($"Säkerhetskopian {Folder} är inte hel: filen {file.Name} saknas. Ingenting har ändrats. Ta en annan säkerhetskopia.");
            if (await DescribeAsync(path, cancellationToken) != file)
                throw Changed(Folder, file.Name);
        }
    }

    internal static string Short(string databaseMark) => databaseMark[..Math.Min(NamedByMark, databaseMark.Length)];

    internal static string SignatureText(byte[] signature) => Convert.ToHexStringLower(signature) + "\n";

    internal static string Checksums(BackupManifest manifest, byte[] json, string? signature)
    {
        var text = new StringBuilder();
        foreach (var file in manifest.Files)
            text.Append(CultureInfo.InvariantCulture, $"{file.Sha256}  {file.Name}\n");
        text.Append(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(SHA256.HashData(json))}  {ManifestName}\n");
        if (signature is not null)
            text.Append(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(signature)))}  {SignatureName}\n");
        return text.ToString();
    }

    internal static async Task<BackupFile> DescribeAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 20, useAsync: false);
        return new BackupFile(Path.GetFileName(path), file.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)));
    }

    private static byte[] Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length > LongestManifest)
            throw new BackupException(
                $"{file.DirectoryName} är ingen hel säkerhetskopia: filen {file.Name} saknas eller är skadad. Ange mappen som finsam backup gjorde.");
        return File.ReadAllBytes(path);
    }

    private static BackupException Changed(string folder, string name) =>
        new($"Säkerhetskopian {folder} är skadad eller har ändrats: {name} stämmer inte med sin kontrollsumma. Ingenting har ändrats. Ta en annan säkerhetskopia.");
}
