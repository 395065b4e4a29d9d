using System.IO.Compression;

namespace FinsamOutcomes.Reporting.Documents;

/// <summary>
/// Repacks an Office file with fixed times and in name order, so that the same report gives the same bytes: a stored
/// publication can then be compared by its SHA-256.
/// </summary>
internal static class FixedZip
{
    // The earliest time a zip entry can hold.
    private static readonly DateTimeOffset s_epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Repack(Stream source, Stream target)
    {
        source.Position = 0;
        using var from = new ZipArchive(source, ZipArchiveMode.Read, leaveOpen: true);
        using var buffer = new MemoryStream();
        using (var to = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            // Office expects the content types first.
            foreach (var entry in from.Entries.OrderBy(e => e.FullName != "[Content_Types].xml").ThenBy(e => e.FullName, StringComparer.Ordinal))
            {
                var copy = to.CreateEntry(entry.FullName, CompressionLevel.Optimal);
                copy.LastWriteTime = s_epoch;
                using var read = entry.Open();
                using var write = copy.Open();
                read.CopyTo(write);
            }
        }
        // The target may not be seekable (a web response), which ZipArchive would answer with another layout.
        buffer.Position = 0;
        buffer.CopyTo(target);
    }
}
