using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Documents;

/// <summary>A finished report, ready to be written as Word, Excel or HTML. Every number in it has passed the publishing gate.</summary>
public sealed record ReportDocument
{
    /// <summary>For example <c>Årsredovisning 2024</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The förbund's name.</summary>
    public required string Forbund { get; init; }

    /// <summary>First and last day that the report covers.</summary>
    public required DateOnly PeriodFrom { get; init; }

    public required DateOnly PeriodTo { get; init; }

    /// <summary>False while the year that the report covers goes on: every page then says how far it has come.</summary>
    public bool IsYearOver { get; init; } = true;

    /// <summary>The day the numbers were read from the register.</summary>
    public required DateOnly GeneratedOn { get; init; }

    /// <summary>Which publication it is kept as; null before it is.</summary>
    public PublicationNumber? Publication { get; init; }

    /// <summary>The publishing policy in words: <c>minst 5: antal 1–4 visas inte</c>.</summary>
    public required string PolicyText { get; init; }

    /// <summary>True when nothing is hidden: every page is then marked <c>internt underlag</c>.</summary>
    public required bool IsInternal { get; init; }

    /// <summary>True for invented data: every page is then marked so.</summary>
    public required bool IsDemo { get; init; }

    public required IReadOnlyList<ReportBlock> Blocks { get; init; }
}

/// <summary>What tells a publication from another of the same report and day.</summary>
/// <param name="Id">Its number.</param>
/// <param name="ReadAt">When the register was read, local time: <c>2025-02-01 09:30</c>.</param>
/// <param name="ReplacesId">The publication that it took the place of; null for none.</param>
public sealed record PublicationNumber(int Id, string ReadAt, int? ReplacesId);

/// <summary>A piece of a report, in reading order.</summary>
public abstract record ReportBlock;

/// <summary>A heading; level 1–3.</summary>
public sealed record HeadingBlock(int Level, string Text) : ReportBlock;

/// <summary>Running text.</summary>
public sealed record ParagraphBlock(IReadOnlyList<TextRun> Runs) : ReportBlock;

/// <summary>A bulleted list, an item a row.</summary>
public sealed record BulletListBlock(IReadOnlyList<IReadOnlyList<TextRun>> Items) : ReportBlock;

/// <summary>Text that the förbund writes itself; says what belongs there and is easy to see and replace.</summary>
public sealed record PlaceholderBlock(string Instruction) : ReportBlock;

/// <summary>A table with its caption.</summary>
public sealed record TableBlock(ReportTable Table) : ReportBlock;

/// <summary>
/// A figure with its caption. <paramref name="Table"/> holds the same numbers: it is the text alternative, the Excel sheet
/// and the chart data.
/// </summary>
public sealed record FigureBlock(Figure Figure, ReportTable Table) : ReportBlock;

/// <summary>Starts a new page.</summary>
public sealed record PageBreakBlock : ReportBlock;

/// <summary>A stretch of text with one look.</summary>
public sealed record TextRun(string Text, bool IsBold = false, bool IsItalic = false);

/// <summary>A table of a report: at least one text column first, then numbers.</summary>
public sealed record ReportTable
{
    /// <summary>What stands in place of rows where there are none.</summary>
    public const string NoRows = "Inget underlag.";

    /// <summary>File-name safe and unique in its document.</summary>
    public required string Id { get; init; }

    /// <summary>Caption, without number.</summary>
    public required string Title { get; init; }

    /// <summary>Unit, period and definition.</summary>
    public required string Subtitle { get; init; }

    public required IReadOnlyList<ReportColumn> Columns { get; init; }

    public required IReadOnlyList<ReportRow> Rows { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];

    public required string Source { get; init; }
}

/// <summary>A column: its heading, the unit of its numbers (null for text), and the decimals of per cent and percentage points.</summary>
public sealed record ReportColumn(string Header, ValueUnit? Unit, int Decimals = 0);

/// <summary>A row; a total row is set apart.</summary>
public sealed record ReportRow(IReadOnlyList<ReportCell> Cells, bool IsTotal = false);

/// <summary>A number as it is said in a text.</summary>
/// <param name="Number">In its unit; a share is 0–1.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Decimals">With how many decimals it is said.</param>
public sealed record SaidNumber(double Number, ValueUnit Unit, int Decimals);

/// <summary>A text, or a number in its column's unit (a share is 0–1), or the reason why there is no number.</summary>
public sealed record ReportCell(string? Text, double? Number, CellState State)
{
    /// <summary>A number that nobody has reported: it is not known, and is not 0.</summary>
    public static ReportCell NotFilled { get; } = Of("inte ifyllt");

    /// <summary>The number that a text says, where the column has none; its unit stands with it, a share is 0–1.</summary>
    public SaidNumber? Said { get; init; }

    public static ReportCell Of(string text) => new(text, Number: null, CellState.Shown);

    public static ReportCell Of(double number) => new(Text: null, number, CellState.Shown);

    /// <summary>An interval or another text that stands in a number column.</summary>
    public static ReportCell Without(CellState reason) => new(Text: null, Number: null, reason);
}
