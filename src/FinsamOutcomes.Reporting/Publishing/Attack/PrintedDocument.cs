using System.Runtime.InteropServices;

namespace FinsamOutcomes.Reporting.Publishing.Attack;

/// <summary>All that a stranger can read in one file.</summary>
internal sealed record PrintedDocument(string Name, IReadOnlyList<PrintedTable> Tables, IReadOnlyList<PrintedText> Texts)
{
    /// <summary>Figures as they are told to those who can't see them.</summary>
    public IReadOnlyList<SpokenFigure> Spoken { get; init; } = [];
}

/// <summary>A table, or the numbers of a chart, with what stands around it.</summary>
/// <param name="Source">The file and what of it: <c>rapport.docx, diagram 3</c>.</param>
/// <param name="Title">Its caption without number.</param>
/// <param name="Subtitle">Unit, period and definition.</param>
/// <param name="Heading">The heading it stands under; empty where there is none.</param>
/// <param name="Headers">A heading for each column.</param>
/// <param name="Rows">Cells, as many as there are columns or fewer.</param>
/// <param name="Notes">What is said under it.</param>
internal sealed record PrintedTable(
    string Source,
    string Title,
    string Subtitle,
    string Heading,
    IReadOnlyList<string> Headers,
    IReadOnlyList<IReadOnlyList<PrintedCell>> Rows,
    IReadOnlyList<string> Notes)
{
    /// <summary>True for the numbers behind a chart: what isn't drawn is empty, and a total may be left out.</summary>
    public bool IsChartData { get; init; }

    /// <summary>True where a figure's description was made into a table: its numbers are as printed.</summary>
    public bool IsSpoken { get; init; }
}

/// <summary>A paragraph, an alternative text, a property or another piece of text.</summary>
internal sealed record PrintedText(string Source, string Heading, string Text);

/// <summary>What stands in a cell; a workbook also stores the number that is shown rounded.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PrintedCell(string Text, double? Number)
{
    public static PrintedCell Of(string text) => new(text, Number: null);
}
