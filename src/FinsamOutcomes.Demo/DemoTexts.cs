using System.Globalization;

namespace FinsamOutcomes.Demo;

/// <summary>What the people of the invented insatser write for the annual report, kept as Markdown beside this file.</summary>
internal static class DemoTexts
{
    private const string Resource = "FinsamOutcomes.Demo.texter.md";

    private const int FirstYear = 2024;

    /// <summary>
    /// Reads the file: <c># insats</c>, then <c>## section</c> or <c>## year section</c>, then the text. A section without a
    /// year says the same every year that is reported.
    /// </summary>
    public static IReadOnlyList<(string Insats, int Year, string Section, string Body)> All(int lastYear)
    {
        using var stream = typeof(DemoTexts).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        var texts = new List<(string Insats, int Year, string Section, string Body)>();
        foreach (var insats in Parts(reader.ReadToEnd(), "\n# "))
        {
            foreach (var section in Parts(insats.Body, "\n## "))
            {
                var words = section.Heading.Split(' ');
                foreach (
                    var year in words.Length == 1
                        ? Enumerable.Range(FirstYear, Math.Max(0, lastYear - FirstYear + 1))
                        : [int.Parse(words[0], CultureInfo.InvariantCulture)])
                    texts.Add((insats.Heading, year, words[^1], section.Body));
            }
        }

        return texts.FindAll(t => t.Year <= lastYear);
    }

    private static IEnumerable<(string Heading, string Body)> Parts(string text, string mark) =>
        ("\n" + text).ReplaceLineEndings("\n").Split(mark)[1..].Select(part => part.Split('\n', 2)).Select(p => (p[0].Trim(), p[1].Trim()));
}
