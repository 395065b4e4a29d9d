namespace FinsamOutcomes.Reporting.Documents.Excel;

/// <summary>A sheet to be: its name, its table and the figure that is drawn from the same numbers.</summary>
internal sealed record SheetPlan(string Name, OutlineTable Table, OutlineFigure? Figure)
{
    public const string ContentsName = "Innehåll";

    private const int LongestName = 31;

    public static IReadOnlyList<SheetPlan> Of(DocumentOutline outline)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { ContentsName };
        var figures = outline.Figures.ToLookup(f => f.Table.Number);
        return outline.Tables.Select(t => new SheetPlan(SafeName(t, taken), t, figures[t.Number].FirstOrDefault())).ToList();
    }

    // Excel allows 31 characters, none of \ / ? * [ ] : and no apostrophe at the ends.
    private static string SafeName(OutlineTable table, HashSet<string> taken)
    {
        var name = new string(
            $"{table.Number} {table.Table.Id}".Select(c => c is '\\' or '/' or '?' or '*' or '[' or ']' or ':' or '\'' || char.IsControl(c) ? '-' : c).ToArray()
        );
        name = name[..Math.Min(name.Length, LongestName)].TrimEnd();
        // The number in front already tells them apart; this guards against a name that only differs past 31 characters.
        for (var i = 2; !taken.Add(name); i++)
            name = name[..Math.Min(name.Length, LongestName - 3)] + "~" + i;
        return name;
    }
}
