using System.Text.Json;

namespace FinsamOutcomes.Statistics.Tests;

/// <summary>The reference data beside the checkout; a test that needs it is skipped where it isn't there.</summary>
internal static class SharedData
{
    public static string PathTo(string relative)
    {
        if (Environment.GetEnvironmentVariable("FINSAM_SHARED") is { Length: > 0 } given)
            return Existing(Path.Combine(given, "data", relative)) ?? Missing(relative);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Existing(Path.Combine(folder.FullName, "shared", "data", relative)) is { } found)
                return found;
        }

        return Missing(relative);
    }

    public static JsonElement Json(string relative) => JsonDocument.Parse(File.ReadAllText(PathTo(relative))).RootElement;

    private static string? Existing(string path) => File.Exists(path) ? path : null;

    private static string Missing(string relative)
    {
        Assert.Skip($"shared/data/{relative} is not beside this checkout; set FINSAM_SHARED to the folder that holds data/.");
        return relative;
    }
}
