using Xunit;

namespace FinsamOutcomes.Testing;

/// <summary>
/// The folder with real input and published figures, which lies beside the checkout and is not part of it. A test that
/// needs it is skipped, saying why, where it isn't there.
/// </summary>
public static class SharedData
{
    /// <summary>The full path of a file under <c>shared/data</c>; skips the calling test when it is missing.</summary>
    public static string Path(string relative)
    {
        var root = Environment.GetEnvironmentVariable("FINSAM_SHARED") ?? Find();
        var path = root is null ? null : System.IO.Path.Combine(root, "data", relative);
        Assert.SkipUnless(
            path is not null && (File.Exists(path) || Directory.Exists(path)),
            $"shared/data/{relative} is not beside this checkout (FINSAM_SHARED may point at the folder).");
        return path!;
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = System.IO.Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(System.IO.Path.Combine(candidate, "data", "jobs2")))
                return candidate;
        }

        return null;
    }
}
