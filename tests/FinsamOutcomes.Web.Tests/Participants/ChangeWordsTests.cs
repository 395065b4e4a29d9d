using System.Text.RegularExpressions;
using FinsamOutcomes.Web.Changes;

namespace FinsamOutcomes.Web.Tests.Participants;

public sealed class ChangeWordsTests
{
    [Fact]
    public void Each_field_that_a_store_writes_to_the_history_has_a_word()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "FinsamOutcomes.sln")))
            root = root.Parent!;
        var written = Directory.EnumerateFiles(Path.Combine(root.FullName, "src", "FinsamOutcomes.Data"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(File.ReadLines)
            .Where(line => Regex.IsMatch(line, @"^\s*(write\.Changed(Untold)?|Note)\("))
            .Select(line =>
                Regex.Match(line, @"nameof\((?:\w+\.)*(?<field>\w+)\)|""(?<field>[A-Z]\w+)""") is { Success: true } m ? m.Groups["field"].Value : null)
            .OfType<string>()
            .Distinct()
            .ToList();
        written.Count.ShouldBeGreaterThan(25);
        written.Where(f => ChangeWords.Find(f) is null && ChangeWords.Find("Before." + f) is null).ShouldBeEmpty("give these a word in ChangeWords");
        foreach (var field in new[] { "After.Livelihoods", "After.WorkPercent", "After.StudyPercent", "After.IsJobSeeking" })
            ChangeWords.Find(field).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("woman.0", "Kvinnor, hela året")]
    [InlineData("man.2", "Män, andra halvåret")]
    [InlineData("Answers[fraga1]", "Svar på fraga1")]
    [InlineData("Okänt", "Okänt")]
    public void Fields_with_parts_are_read_and_unknown_ones_stand_as_they_are(string field, string label) => ChangeWords.Label(field).ShouldBe(label);
}
