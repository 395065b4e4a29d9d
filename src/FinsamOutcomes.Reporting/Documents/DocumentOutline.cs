namespace FinsamOutcomes.Reporting.Documents;

/// <summary>A heading with the name that the table of contents points to.</summary>
internal sealed record OutlineHeading(int Level, string Text, string Anchor);

/// <summary>A numbered table.</summary>
/// <param name="Number">1 upwards through the document.</param>
/// <param name="Anchor">Bookmark and fragment name.</param>
/// <param name="Table">The table.</param>
/// <param name="FigureNumber">The figure it holds the numbers of, null for a table of its own.</param>
internal sealed record OutlineTable(int Number, string Anchor, ReportTable Table, int? FigureNumber)
{
    /// <summary>The line under the caption.</summary>
    public string Detail => FigureNumber is { } figure ? $"Siffrorna i figur {figure}. {Table.Subtitle}" : Table.Subtitle;
}

/// <summary>A numbered figure with the table that holds its numbers.</summary>
internal sealed record OutlineFigure(int Number, string Anchor, FigureBlock Block, OutlineTable Table);

/// <summary>
/// Numbers and names that all three writers share: a figure is "Figur 3" and its table "Tabell 9" in each of them. The
/// tables behind the figures that do not already stand in the text come last, under a heading of their own.
/// </summary>
internal sealed class DocumentOutline
{
    public const string AppendixTitle = "Siffrorna i figurerna";

    public const string AppendixText =
        "Här står alla siffror som figurerna är ritade efter, för den som vill läsa dem exakt eller använder skärmläsare.";

    private readonly Dictionary<ReportBlock, OutlineHeading> _headings = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ReportBlock, OutlineTable> _tables = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ReportBlock, OutlineFigure> _figures = new(ReferenceEqualityComparer.Instance);
    private readonly List<OutlineHeading> _contents = [];
    private readonly List<OutlineTable> _appendix = [];

    public DocumentOutline(ReportDocument document)
    {
        foreach (var heading in document.Blocks.OfType<HeadingBlock>())
        {
            var entry = new OutlineHeading(heading.Level, heading.Text, $"_Toc{1001 + _contents.Count}");
            _contents.Add(entry);
            _headings[heading] = entry;
        }

        var byId = new Dictionary<string, OutlineTable>(StringComparer.Ordinal);
        foreach (var block in document.Blocks.OfType<TableBlock>())
        {
            var number = _tables.Count + 1;
            var table = new OutlineTable(number, $"tabell_{number}", block.Table, FigureNumber: null);
            _tables[block] = table;
            byId.TryAdd(block.Table.Id, table);
        }

        foreach (var block in document.Blocks.OfType<FigureBlock>())
        {
            var figureNumber = _figures.Count + 1;
            if (!byId.TryGetValue(block.Table.Id, out var table))
            {
                var number = _tables.Count + _appendix.Count + 1;
                table = new OutlineTable(number, $"tabell_{number}", block.Table, figureNumber);
                _appendix.Add(table);
                byId[block.Table.Id] = table;
            }
            _figures[block] = new OutlineFigure(figureNumber, $"figur_{figureNumber}", block, table);
        }

        if (_appendix.Count > 0)
        {
            AppendixHeading = new OutlineHeading(1, AppendixTitle, $"_Toc{1001 + _contents.Count}");
            _contents.Add(AppendixHeading);
        }
    }

    /// <summary>Every heading in reading order, the appendix last.</summary>
    public IReadOnlyList<OutlineHeading> Contents => _contents;

    /// <summary>Tables behind figures that stand nowhere else.</summary>
    public IReadOnlyList<OutlineTable> Appendix => _appendix;

    /// <summary>Null when no table stands in the appendix.</summary>
    public OutlineHeading? AppendixHeading { get; }

    public IEnumerable<OutlineFigure> Figures => _figures.Values.OrderBy(f => f.Number);

    public IEnumerable<OutlineTable> Tables => _tables.Values.Concat(_appendix).OrderBy(t => t.Number);

    /// <summary>A short report (a page or two) has no use for a table of contents.</summary>
    public bool HasContents => _contents.Count >= 4;

    public OutlineHeading Of(HeadingBlock block) => _headings[block];

    public OutlineTable Of(TableBlock block) => _tables[block];

    public OutlineFigure Of(FigureBlock block) => _figures[block];
}
