using System.Text.RegularExpressions;

namespace FinsamOutcomes.Data.Tests.Catalogue;

/// <summary>The SQL and C# files of the checkout, found by walking up from the test's folder.</summary>
internal static class SqlFiles
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<(string Path, string Text)> Under(string folder, string pattern) =>
        Directory.Exists(Path.Combine(Root, folder))
            ? [.. Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
                .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
                .Order(StringComparer.Ordinal)
                .Select(f => (Path.GetRelativePath(Root, f).Replace('\\', '/'), File.ReadAllText(f).ReplaceLineEndings("\n")))]
            : [];

    public static string WithoutComments(string sql) => Regex.Replace(Regex.Replace(sql, @"--[^\n]*", ""), @"/\*.*?\*/", "", RegexOptions.Singleline);

    /// <summary>Comments and the contents of string literals gone: only what the engine reads as code.</summary>
    public static string CodeOnly(string sql) => Regex.Replace(WithoutComments(sql), "'[^']*'", "''");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "FinsamOutcomes.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests don't run inside a checkout.");
    }
}
