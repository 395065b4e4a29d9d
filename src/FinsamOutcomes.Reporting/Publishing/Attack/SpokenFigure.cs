using System.Text.RegularExpressions;

namespace FinsamOutcomes.Reporting.Publishing.Attack;

/// <summary>
/// A figure as it is told to those who hear it: <c>Kvinnor: Första steget 19 % (95 % konfidensintervall 9–34 %, 7 av 37); …</c>
/// becomes a table again.
/// </summary>
/// <param name="Source">Where it stands.</param>
/// <param name="Title">The figure's title.</param>
/// <param name="Description">What is told.</param>
/// <param name="Heading">The heading it stands under.</param>
internal sealed partial record SpokenFigure(string Source, string Title, string Description, string Heading)
{
    private static readonly string[] s_kinds = ["Stapeldiagram", "Linjediagram", "Delade staplar", "Svar åt två håll",
        "Trattdiagram över andelar efter storlek", "Styrdiagram över andelar"];

    /// <summary>The figure as a table; none for kinds that aren't told number by number.</summary>
    /// <param name="isKnown">Tells a label that is seen elsewhere: one that ends in a number can't be told from its value otherwise.</param>
    public IEnumerable<PrintedTable> Tables(Func<string, bool> isKnown)
    {
        var text = PrintedNumber.Plain(Description);
        var kind = s_kinds.Select(k => (Name: k, At: text.IndexOf(k + ". ", StringComparison.Ordinal))).Where(k => k.At >= 0).OrderBy(k => k.At)
            .FirstOrDefault();
        if (kind.Name is null)
            yield break;
        var subtitle = text[..kind.At].TrimEnd(' ', '.');
        var rest = text[(kind.At + kind.Name.Length + 2)..];
        var series = new List<(string Name, List<(string Label, string Value)> Points)>();
        // Of a single series the mean is said first; after the series come findings and notes.
        rest = Mean().Replace(rest, "");
        var isSingle = kind.Name is "Trattdiagram över andelar efter storlek" or "Styrdiagram över andelar";
        foreach (Match match in Series().Matches(rest))
        {
            var points = Points(match.Groups["points"].Value, isKnown);
            if (points.Count != match.Groups["points"].Value.Split("; ").Length || match.Groups["name"].Success == isSingle || (isSingle && series.Count > 0))
                break;
            series.Add((isSingle ? "Alla" : match.Groups["name"].Value, points));
        }

        if (series.Count == 0)
            yield break;
        var isPeriods = kind.Name is "Linjediagram" or "Styrdiagram över andelar";
        var labels = series.SelectMany(s => s.Points.Select(p => p.Label)).Distinct(StringComparer.Ordinal).ToList();
        var isCounts = series.Exists(s => s.Points.Exists(p => PrintedNumber.Read(p.Value.Split(" (", 2)[0]).Kind == PrintedKind.Number));
        yield return new PrintedTable(
            Source,
            Title,
            subtitle,
            Heading,
            [isPeriods ? "Period" : "Kategori", .. series.SelectMany(s =>
                isCounts ? [s.Name] : new[] { s.Name + ", andel", s.Name + ", antal", s.Name + ", n" })],
            [.. labels.Select(label => (IReadOnlyList<PrintedCell>)[
                PrintedCell.Of(label),
                .. series.SelectMany(s => Cells(s.Points.Find(p => p.Label == label).Value ?? "", isCounts)),
            ])],
            [rest])
        {
            IsChartData = true,
            IsSpoken = true,
        };
    }

    private static List<(string Label, string Value)> Points(string text, Func<string, bool> isKnown)
    {
        var points = new List<(string, string)>();
        foreach (var part in text.Split("; "))
        {
            // All ways to cut it into a label and a value, the shortest label first.
            var cuts = new List<(string Label, string Value)>();
            for (var space = part.IndexOf(' ', StringComparison.Ordinal); space > 0; space = part.IndexOf(' ', space + 1))
            {
                if (Value().Match(part[(space + 1)..].Trim()) is { Success: true } match)
                    cuts.Add((part[..space].Trim(), match.Groups["value"].Value));
            }

            if (cuts.Count > 0)
                points.Add(cuts.Find(c => isKnown(c.Label)) is { Label: not null } known ? known : cuts[0]);
        }

        return points;
    }

    // Share, count and n of "19 % (95 % konfidensintervall 9–34 %, 7 av 37)", "5 av 9" or "dold"; or a count alone.
    private static PrintedCell[] Cells(string value, bool isCount)
    {
        var first = value.Split(" (", 2)[0];
        if (isCount)
            return [PrintedCell.Of(first)];
        var of = Of().Match(value);
        return of.Success
            ? [PrintedCell.Of(first), PrintedCell.Of(of.Groups["a"].Value), PrintedCell.Of(of.Groups["b"].Value)]
            : [PrintedCell.Of(first), PrintedCell.Of(""), PrintedCell.Of("")];
    }

    [GeneratedRegex(@"(?:(?<name>[\p{Lu}][\p{L} /,]*?): )?(?<points>[^.:]+?[^.:]*?)\.(?= |$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Series();

    [GeneratedRegex(@"^ ?Medelvärdet är [^.]*\. ?", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mean();

    [GeneratedRegex(
        @"^(?<value>(dold|skyddad|inget underlag|ej tillfrågad|\d{1,3}( \d{3})* av \d{1,3}( \d{3})*|([<>] )?\d{1,3}( \d{3})*(,\d+)?( %)?)( \([^)]*\))?)(, .*)?$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Value();

    [GeneratedRegex(@"(?<a>\d[\d ]*?) av (?<b>\d[\d ]*\d|\d)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Of();
}
