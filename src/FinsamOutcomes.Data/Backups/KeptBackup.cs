using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

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
    internal const string ChecksumsName = "SHA256SUMS";

    private const int LongestManifest = 10_000_000;
    private const int NamedByMark = 8;

    public string Name => Path.GetFileName(Folder);

    public long Bytes => Manifest.Files.Sum(f => f.Bytes);

    internal string DatabasePath => Path.Combine(Folder, DatabaseName);

    /// <summary>The whole backups of a database in a folder, the oldest first; what is no backup, or another database's, is passed by.</summary>
    public static IReadOnlyList<KeptBackup> In(string folder, string databaseMark)
    {
        var found = new List<KeptBackup>();
        foreach (var path in Directory.Exists(folder) ? Directory.GetDirectories(folder, $"finsam-*-{Short(databaseMark)}*") : [])
        {
            try
            {
                if (Open(path) is var backup && backup.Manifest.DatabaseMark == databaseMark)
                    found.Add(backup);
            }
            catch (BackupException)
            {
                // Not whole: nothing to count on, and nothing to remove.
            }
        }

        return [.. found.OrderBy(b => b.Manifest.MadeAt)];
    }

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
        catch (JsonException)
        {
            throw Changed(path, ManifestName);
        }

        if (manifest.Format > BackupManifest.CurrentFormat)
            throw new BackupException($"Säkerhetskopian {path} är gjord av en nyare version av programmet. Uppgradera programmet.");
        if (manifest.Files.Count == 0 || manifest.Files.Any(f => f.Name is not (DatabaseName or JournalName)))
            throw Changed(path, ManifestName);
        if (sums != Checksums(manifest, json))
            throw Changed(path, $"{ManifestName} eller {ChecksumsName}");
        return new KeptBackup(path, manifest);
    }

    /// <summary>Reads every file and holds its size and checksum against the manifest.</summary>
    /// <exception cref="BackupException">A file is missing or has been changed.</exception>
    public async Task VerifyAsync(CancellationToken cancellationToken = default)
    {
        foreach (var file in Manifest.Files)
        {
            var path = Path.Combine(Folder, file.Name);
            if (!File.Exists(path))
                throw new BackupException($"Säkerhetskopian {Folder} är inte hel: filen {file.Name} saknas. Ingenting har ändrats. Ta en annan säkerhetskopia.");
            if (await DescribeAsync(path, cancellationToken) != file)
                throw Changed(Folder, file.Name);
        }
    }

    internal static string Short(string databaseMark) => databaseMark[..Math.Min(NamedByMark, databaseMark.Length)];

    internal static string Checksums(BackupManifest manifest, byte[] json)
    {
        var text = new StringBuilder();
        foreach (var file in manifest.Files.Append(new BackupFile(ManifestName, json.Length, Convert.ToHexStringLower(SHA256.HashData(json)))))
            text.Append(CultureInfo.InvariantCulture, $"{file.Sha256}  {file.Name}\n");
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
