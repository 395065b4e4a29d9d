using DocumentFormat.OpenXml.Drawing.Spreadsheet;
using DocumentFormat.OpenXml.Packaging;
using FinsamOutcomes.Reporting.Documents.Charts;
using A = DocumentFormat.OpenXml.Drawing;
using C = DocumentFormat.OpenXml.Drawing.Charts;

namespace FinsamOutcomes.Reporting.Documents.Excel;

/// <summary>A native chart beside the table of a sheet, drawn from cells of the same sheet.</summary>
internal static class SheetChart
{
    private const long EmuPerMm = 36000;

    /// <param name="part">The sheet's drawing part, empty.</param>
    /// <param name="figure">The figure, for name and text alternative.</param>
    /// <param name="data">The chart and where its cells lie.</param>
    /// <param name="column">Left edge, counted from 0.</param>
    /// <param name="row">Upper edge, counted from 0; below the heading row, which is repeated in print with all that touches it.</param>
    public static void Write(DrawingsPart part, OutlineFigure figure, ChartData data, int column, int row)
    {
        part.AddNewPart<ChartPart>("rId1").ChartSpace = ChartXml.Of(data, workbookId: null);
        part.WorksheetDrawing = new WorksheetDrawing(new OneCellAnchor(
            new FromMarker(new ColumnId($"{column}"), new ColumnOffset("0"), new RowId($"{row}"), new RowOffset("0")),
            new Extent { Cx = 160 * EmuPerMm, Cy = data.Model.HeightMm * EmuPerMm },
            new GraphicFrame(
                new NonVisualGraphicFrameProperties(
                    new NonVisualDrawingProperties
                    {
                        Id = 2,
                        Name = $"Figur {figure.Number}",
                        Title = figure.Block.Figure.Title,
                        Description = FigureText.Alternative(figure.Block.Figure, figure.Table.Number),
                    },
                    new NonVisualGraphicFrameDrawingProperties()),
                new Transform(new A.Offset { X = 0, Y = 0 }, new A.Extents { Cx = 0, Cy = 0 }),
                new A.Graphic(new A.GraphicData(new C.ChartReference { Id = "rId1" })
                {
                    Uri = "http://schemas.openxmlformats.org/drawingml/2006/chart",
                }))
            { Macro = "" },
            new ClientData()));
    }
}
