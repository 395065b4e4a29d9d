using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Tests.Publishing;

/// <summary>The rules of the house that no compiler checks.</summary>
public sealed class ArchitectureTests
{
    [Fact]
    public void Statistics_and_data_know_nothing_of_each_other_or_of_reporting()
    {
        References(typeof(Share)).ShouldNotContain(n => n.StartsWith("FinsamOutcomes", StringComparison.Ordinal));
        References(typeof(FinsamDatabase)).ShouldNotContain(n => n == "FinsamOutcomes.Statistics" || n == "FinsamOutcomes.Reporting");
        References(typeof(MeasureSnapshot)).ShouldNotContain(n => n == "FinsamOutcomes.Web" || n == "finsam");

        static IEnumerable<string> References(Type type) => type.Assembly.GetReferencedAssemblies().Select(a => a.Name!);
    }

    [Fact]
    public void Only_the_engines_own_files_know_their_clients() =>
        Files(text => text.Contains("SqliteConnection", StringComparison.Ordinal) || text.Contains("SqlConnection", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ShouldBe([
                "FinsamOutcomes.Data/Database/DatabaseEngine.cs",
                "FinsamOutcomes.Data/Database/SqlServerEngine.cs",
                "FinsamOutcomes.Data/Database/SqliteEngine.Files.cs",
                "FinsamOutcomes.Data/Database/SqliteEngine.cs",
            ]);

    [Fact]
    public void Numbers_reach_a_report_only_through_the_gate()
    {
        // Exact cells are computed for those with the right to see them, for what is still missing, and to be published together.
        Files(text => text.Contains("snapshot.ComputeAsync(", StringComparison.OrdinalIgnoreCase))
            .ShouldBe([
                "FinsamOutcomes.Cli/Verbs/StatistikVerb.cs",
                "FinsamOutcomes.Reporting/Publishing/EarlierPublications.cs",
                "FinsamOutcomes.Reporting/Publishing/PublicationPlan.cs",
                "FinsamOutcomes.Reporting/Publishing/UnknownGender.cs",
                "FinsamOutcomes.Reporting/Reports/AnnualReportGaps.cs",
                "FinsamOutcomes.Reporting/Reports/ReportPlan.cs",
                "FinsamOutcomes.Reporting/StatisticsPage/StatisticsService.cs",
            ]);

        // What they are counted into goes on only through the protection.
        Files(text => text.Contains("CountedMeasure", StringComparison.Ordinal))
            .ShouldAllBe(f => f.StartsWith("FinsamOutcomes.Reporting/Publishing/", StringComparison.Ordinal)
                || f == "FinsamOutcomes.Reporting/Reports/ReportPlan.cs"
                || f == "FinsamOutcomes.Reporting/Reports/BuiltReport.cs"
                || File.ReadAllText(Path.Combine(Source(), f)).Contains("Publication.Protect", StringComparison.Ordinal));
        Files(text => text.Contains("\"Measures.", StringComparison.Ordinal))
            .ShouldAllBe(f => f.StartsWith("FinsamOutcomes.Reporting/Measures/", StringComparison.Ordinal));
    }

    [Fact]
    public void A_report_asks_the_database_itself_only_for_texts_money_and_targets() =>
        Files(text =>
                text.Contains("QueryAsync<", StringComparison.Ordinal)
                || text.Contains("SingleOrDefaultAsync<", StringComparison.Ordinal)
                || text.Contains("ReadAsync<", StringComparison.Ordinal))
            .Where(f =>
                f.StartsWith("FinsamOutcomes.Reporting/Reports/", StringComparison.Ordinal)
                || f.StartsWith("FinsamOutcomes.Reporting/Documents/", StringComparison.Ordinal)
                || f.StartsWith("FinsamOutcomes.Reporting/Figures/", StringComparison.Ordinal))
            .SelectMany(f =>
                Regex.Matches(
                        File.ReadAllText(Path.Combine(Source(), f)),
                        "\"([A-Z][A-Za-z]+\\.[A-Z][A-Za-z]+)\"",
                        RegexOptions.None,
                        TimeSpan.FromSeconds(1))
                    .Select(m => m.Groups[1].Value))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ShouldBe(["InsatsTexts.OfYear", "Reports.Economy", "Reports.EconomyTotal", "Reports.Targets"]);

    [Fact]
    public void Only_the_drawing_knows_what_it_is_drawn_with()
    {
        const string Folder = "FinsamOutcomes.Reporting/Figures/Drawing/";
        Files(text => text.Contains("ScottPlot", StringComparison.Ordinal) || text.Contains("SkiaSharp", StringComparison.Ordinal))
            .ShouldAllBe(f => f.StartsWith(Folder, StringComparison.Ordinal));

        // Line patterns and hatches are lost or bloated in an SVG, and markers made of paths end the process now and then: only
        // circle and square are drawn without one.
        var drawing = Files(_ => true)
            .Where(f => f.StartsWith(Folder, StringComparison.Ordinal))
            .ToDictionary(f => f, f => File.ReadAllText(Path.Combine(Source(), f)));
        drawing.Count.ShouldBeGreaterThan(15);
        foreach (var (file, text) in drawing)
        {
            foreach (var forbidden in new[] { "LinePattern", "IHatch", "FillHatch", "AddFontFile", "GetSvg", "GetImageBytes" })
                text.ShouldNotContain(forbidden, Case.Sensitive, file);
            Regex.Matches(text, @"MarkerShape\.(\w+)", RegexOptions.None, TimeSpan.FromSeconds(1))
                .Select(m => m.Groups[1].Value)
                .ShouldBeSubsetOf(["FilledCircle", "FilledSquare"], file);
            // A path that its finalizer frees may be freed while it is drawn.
            Regex.Matches(
                    text,
                    @"(using var \w+ = )?new SKPath\(",
                    RegexOptions.None,
                    TimeSpan.FromSeconds(1))
                .ShouldAllBe(m => m.Groups[1].Success, file);
        }
    }

    private static List<string> Files(Func<string, bool> holds) =>
        [.. Directory.EnumerateFiles(Source(), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && holds(File.ReadAllText(f)))
            .Select(f => Path.GetRelativePath(Source(), f).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];

    private static string Source([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../../../src"));
}
