using System.Formats.Tar;

namespace FinsamOutcomes.Cli;

/// <summary>The file that a verb is asked to write. It is written beside and moved into place, which would put an end to whatever was there.</summary>
internal static class OutputFile
{
    /// <summary>The path with its links followed, so that what a link leads to is replaced and not the link; nothing but a file is.</summary>
    public static string Resolve(string path)
    {
        var given = new FileInfo(path);
        var target = given.LinkTarget is null ? path : given.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        if (Directory.Exists(target))
            throw new CommandException($"{path} är en mapp. Ange en fil i den.");
        if (File.Exists(target) && !IsOrdinary(target))
            throw new CommandException($"{path} är ingen vanlig fil och skrivs inte över. Välj ett annat namn.");
        return target;
    }

    // Devices, pipes and sockets have no length. Of what stands in the file system, only an archive's entry says the kind.
    private static bool IsOrdinary(string path)
    {
        if (OperatingSystem.IsWindows() || new FileInfo(path).Length > 0)
            return true;
        using var kind = new MemoryStream();
        try
        {
            using (var writer = new TarWriter(kind, TarEntryFormat.Pax, leaveOpen: true))
                writer.WriteEntry(path, "fil");
            kind.Position = 0;
            using var reader = new TarReader(kind);
            return reader.GetNextEntry()?.EntryType == TarEntryType.RegularFile;
        }
        catch (IOException)
        {
            // A socket has no place in an archive.
            return false;
        }
    }
}
