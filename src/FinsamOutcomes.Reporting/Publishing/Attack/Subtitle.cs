using System.Text.RegularExpressions;

namespace FinsamOutcomes.Reporting.Publishing.Attack;

/// <summary>A subtitle: <c>Avslut, 2025 · positivt avslut: arbete eller studier · n = 408</c>.</summary>
internal sealed partial record Subtitle(string Whole, string Unit, string Period, string? Definition, long? N, IReadOnlyList<string> Limits)
{
    /// <summary>The time that n is of, where it isn't all of the table.</summary>
    public string? NPeriod { get; init; }

    public static Subtitle Of(string printed)
    {
        var text = Figure().Replace(PrintedNumber.Plain(printed), "");
        var parts = text.Split(" · ");
        var comma = parts[0].IndexOf(", ", StringComparison.Ordinal);
        var (unit, period) = comma < 0 ? (parts[0], "") : (parts[0][..comma], parts[0][(comma + 2)..]);
        if (unit.StartsWith("Utfall", StringComparison.Ordinal))
            unit = "Utfall";
        string? definition = null;
        long? n = null;
        string? ofTime = null;
        var limits = new List<string>();
        foreach (var part in parts.Skip(1))
        {
            if (part.StartsWith("positivt avslut: ", StringComparison.Ordinal))
                definition = Lexicon.Definition(part["positivt avslut: ".Length..]);
            else if (part.StartsWith("n = ", StringComparison.Ordinal))
                (n, ofTime) = (PrintedNumber.Read(part[4..].Split(" (")[0]) is { IsCount: true } count ? count.Count : null, NTime().Match(part).Value);
            else
                limits.Add(part);
        }

        return new(text, unit, Hitherto().Replace(period, ""), definition, n, limits) { NPeriod = ofTime is { Length: > 0 } ? ofTime : null };
    }

    [GeneratedRegex(@"(?<=\()[^()]*(19|20)\d\d(?=( hittills)?\))", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NTime();

    [GeneratedRegex(@"^Siffrorna i figur \d+\. ", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Figure();

    [GeneratedRegex(@",? ?\(?hittills\)?$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hitherto();
}
