namespace FinsamOutcomes.Data.Privacy;

/// <summary>
/// Files that nobody but their owner may read (0600): the register, its key, and what is taken out of it. On Windows the
/// folder's own rights decide.
/// </summary>
public static class OwnersFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Opens a file for writing from its beginning; one that is there is replaced, and closed to others too.</summary>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (OperatingSystem.IsWindows())
            return new FileStream(path, options);
        options.UnixCreateMode = Owner;
        var file = new FileStream(path, options);
        if (IsOpenToOthers(path))
            File.SetUnixFileMode(file.SafeFileHandle, Owner);
        return file;
    }

    /// <summary>Makes a folder that nobody but its owner may look in (0700); one that is there is left as it is.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, Owner | UnixFileMode.UserExecute);
    }

    /// <summary>Copies a file to one that nobody but its owner may read, on disk when this returns.</summary>
    public static void Copy(string from, string to)
    {
        using var source = File.OpenRead(from);
        using var copy = Create(to);
        source.CopyTo(copy);
        copy.Flush(flushToDisk: true);
    }

    /// <summary>Whether others than the owner have any right to a file; false where there is none.</summary>
    public static bool IsOpenToOthers(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path))
            return false;
        try
        {
            return (File.GetUnixFileMode(path) & Others) != UnixFileMode.None;
        }
        catch (FileNotFoundException)
        {
            // The log of a database goes when its last reader does.
            return false;
        }
    }

    /// <summary>Whether everybody on the computer may put files in a folder, or take away what is there; false where there is none.</summary>
    public static bool IsWritableByAll(string folder) =>
        !OperatingSystem.IsWindows() && Directory.Exists(folder) && File.GetUnixFileMode(folder).HasFlag(UnixFileMode.OtherWrite);
}
