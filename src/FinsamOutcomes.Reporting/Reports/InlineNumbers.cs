using System.Text;
using System.Text.RegularExpressions;
using FinsamOutcomes.Data;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>
/// Numbers in running text: <c>{{personer in_period woman}}</c> is a measure, a statistic and, when wanted, a gender;
/// <c>{{konsskillnad text}}</c> is a sentence about the difference between women and men.
/// </summary>
internal sealed partial class InlineNumbers(ReportRun run, string place, int line)
{
    private readonly List<UnreportedCount> _unreported = [];

    /// <summary>What the numbers so far lack, since nobody has reported it.</summary>
    public IReadOnlyList<UnreportedCount> Unreported => _unreported;

    /// <summary>True when one of them is neither at least nor at most what it says.</summary>
    public bool IsAbout { get; private set; }

    /// <summary>The words of each number that a text asks for.</summary>
    /// <exception cref="ReportDefinitionException">Too few words, or too many.</exception>
    public static IEnumerable<string[]> Wanted(string text, string place, int line)
    {
        foreach (Match match in Reference().Matches(text))
        {
            var words = match.Groups["words"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length is not (2 or 3))
                throw Block(place, line).Error("Ett tal i texten skrivs {{mått statistik}} eller {{mått statistik kön}}.");
            if (!MeasureCatalogue.All.Any(m => m.Name == words[0]))
                throw Block(place, line).Error($"Måttet {words[0]} finns inte.{Nearest.Suggestion(words[0], MeasureCatalogue.All.Select(m => m.Name))}");
            yield return words;
        }
    }

    /// <summary>Where a number stands, to be named when it can't be told.</summary>
    public static DefinitionRequest Block(string place, int line) => new("text", new Dictionary<string, string>(StringComparer.Ordinal), place, line);

    public string Fill(string text, string? insats)
    {
        var filled = new StringBuilder();
        var start = 0;
        foreach (Match match in Reference().Matches(text))
        {
            filled.Append(text, start, match.Index - start);
            filled.Append(Number(match.Groups["words"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries), insats));
            start = match.Index + match.Length;
        }

        return filled.Append(text, start, text.Length - start).ToString();
    }

    private string Number(string[] words, string? insats)
    {
        var cells = run.Cells(words[0], insats);
        if (words is ["konsskillnad", "text"])
            return GenderDifference(cells.First(c => c.Statistic == "difference"));
        var gender = words.Length == 3 ? words[2] : MeasureCell.All;
        var cell = cells.FirstOrDefault(c => c.Statistic == words[1] && c.Gender == gender && c.Category is null or MeasureCell.All)
            ?? throw Block(place, line).Error($"Måttet {words[0]} har inget tal ”{string.Join(' ', words[1..])}”.");
        var kind = MeasureCatalogue.Find(words[0]).Statistics.First(s => s.Name == words[1]).Kind;
        _unreported.AddRange(cell.Unreported);
        IsAbout |= cell is { IsAtLeast: true, IsAtMost: true };
        return cell switch
        {
            { State: not CellState.Shown } => $"({cell.State.ToSwedish()})",

            // With fewer than ten the counts say more than a percentage.
            { Denominator: < 10 } when kind == StatisticKind.Share => $"{Swedish.Count(cell.Numerator!.Value)} av {Swedish.Count(cell.Denominator.Value)}",
            _ when kind == StatisticKind.Share =>
                $"{Swedish.Percent(cell.Value!.Value)} ({Swedish.Count(cell.Numerator!.Value)} av {Swedish.Count(cell.Denominator!.Value)})",
            _ => (cell.Bound is { } bound ? bound + " " : "") + Swedish.Value(cell.Value!.Value, LaidOutMeasure.Unit(kind)),
        };
    }

    private static string GenderDifference(MeasureCell cell)
    {
        if (cell.State.IsKeptBack())
            return cell.State == CellState.Hidden
                ? "Skillnaden mellan kvinnor och män visas inte, eftersom den bygger på för få avslut (dold)."
                : "Skillnaden mellan kvinnor och män visas inte, eftersom den skulle avslöja ett litet tal (skyddad).";
        if (cell.State != CellState.Shown)
            return $"Kvinnor och män kan inte jämföras ({cell.State.ToSwedish()}).";
        return PercentagePoints.BetweenWomenAndMen(ShareDifference.Of(cell.RestsOn[0], cell.RestsOn[1]));
    }

    [GeneratedRegex(@"\{\{(?<words>[^{}]+)\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
