using System.Security.Cryptography;
using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Cli.Demo;

/// <summary>
/// The folder that the demo is made in. A list of what was made lies in it, with checksums, so that the next demo replaces
/// only files that are the demo's own and that nobody has changed since.
/// </summary>
internal sealed class DemoFolder
{
    /// <summary>The list: a line a file, its SHA-256 and its path in the folder.</summary>
    public const string ListFile = ".finsam-demo";

    private readonly HashSet<string> _others;

    private DemoFolder(string path, int replaced)
    {
        Path = path;
        Replaced = replaced;
        _others = [.. Files()];
    }

    public string Path { get; }

    /// <summary>How many files of an earlier demo were taken away.</summary>
    public int Replaced { get; }

    /// <summary>Makes the folder, or clears it of an earlier demo.</summary>
    /// <param name="path">Made when it isn't there.</param>
    /// <param name="isForced">Goes on also where there are other files, or changed ones.</param>
    /// <exception cref="CommandException">The folder holds something that is not the demo's to replace.</exception>
    public static DemoFolder Prepare(string path, bool isForced)
    {
        path = System.IO.Path.GetFullPath(path);
        if (File.Exists(path))
            throw new CommandException($"{path} är en fil. Ange en mapp med --out.");
        Directory.CreateDirectory(path);
        var list = System.IO.Path.Combine(path, ListFile);
        if (!File.Exists(list) && !isForced && Directory.EnumerateFileSystemEntries(path).Any())
            throw new CommandException(
                $"Mappen {path} är inte tom, och det som finns där är inte gjort av demon. Ange en annan mapp med --out, eller lägg till --force för att göra demon där (filer med samma namn skrivs över, andra lämnas)."
            );
        var earlier = File.Exists(list)
            ? File.ReadAllLines(list)
                .Select(line => line.Split(' ', 2))
                .Where(p => p.Length == 2)
                .Select(p => (Hash: p[0], File: System.IO.Path.Combine(path, p[1])))
                .Where(f => File.Exists(f.File))
                .ToList()
            : [];
        var changed = earlier.Where(f => Hash(f.File) != f.Hash).Select(f => System.IO.Path.GetRelativePath(path, f.File)).ToList();
        if (changed.Count > 0 && !isForced)
            throw new CommandException(
                $"I mappen {path} har {string.Join(", ", changed.Take(3))}{(changed.Count > 3 ? $" och {(changed.Count == 4 ? "en fil" : $"{changed.Count - 3} filer")} till" : "")} ändrats sedan demon gjordes. Ange en annan mapp med --out, eller lägg till --force för att ersätta dem."
            );
        foreach (var (_, file) in earlier)
            File.Delete(file);
        var folder = new DemoFolder(path, earlier.Count);
        File.WriteAllText(list, "");
        return folder;
    }

    /// <summary>Writes down what has been made; also when the demo was broken off, so that the next one can clear it away.</summary>
    public void Record()
    {
        // The last close of a database moves its log into the file, which must be still when its checksum is taken.
        DatabaseEngine.CloseIdleFiles();
        var made = Files().Where(f => !_others.Contains(f)).Order(StringComparer.Ordinal);
        File.WriteAllLines(System.IO.Path.Combine(Path, ListFile), made.Select(f => $"{Hash(f)} {System.IO.Path.GetRelativePath(Path, f)}"));
    }

    private IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Where(f => System.IO.Path.GetFileName(f) != ListFile);

    private static string Hash(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
