namespace FinsamOutcomes.Data.Database;

/// <summary>How much room there is on the disk of a folder.</summary>
public static class DiskSpace
{
    /// <summary>In bytes; null where the system doesn't tell, as of a share on the net.</summary>
    public static long? Free(string folder)
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Bytes as people read them, in Swedish.</summary>
    public static string InWords(long bytes) => bytes switch
    {
        < 1_000_000 => "under 1 MB",
        < 1_000_000_000 => $"{bytes / 1_000_000} MB",
        _ => $"{(bytes / 1e9).ToString("0.0", System.Globalization.CultureInfo.GetCultureInfo("sv-SE"))} GB",
    };
}
