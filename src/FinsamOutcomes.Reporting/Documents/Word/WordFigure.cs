using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using FinsamOutcomes.Reporting.Documents.Charts;
using FinsamOutcomes.Reporting.Documents.Excel;
using A = DocumentFormat.OpenXml.Drawing;
using C = DocumentFormat.OpenXml.Drawing.Charts;
using D = DocumentFormat.OpenXml.Drawing.Wordprocessing;

namespace FinsamOutcomes.Reporting.Documents.Word;

/// <summary>A figure in Word: a native chart with its numbers in a workbook inside, or a sentence when nothing may be drawn.</summary>
internal static class WordFigure
{
    private const long EmuPerMm = 36000;
    private const long WidthMm = 160;

    public static Paragraph Of(MainDocumentPart main, OutlineFigure figure)
    {
        if (!FigureText.HasPoints(figure.Block.Figure))
        {
            var sentence = WordText.Paragraph(
                style: null,
                WordText.Run(FigureText.InsteadOfFigure(figure.Block.Figure), new RunProperties(new Italic(), new Color { Val = DocumentTheme.QuietInk })));
            sentence.ParagraphProperties!.KeepNext = new KeepNext();
            return sentence;
        }

        var model = ChartModels.Of(figure.Block.Figure);
        var data = new ChartData(model, ChartWorkbook.Sheet, headerRow: 1);
        var id = $"rIdDiagram{figure.Number}";
        var part = main.AddNewPart<ChartPart>(id);
        part.ChartSpace = ChartXml.Of(data, workbookId: "rId1");
        var workbook = part.AddEmbeddedPackagePart(EmbeddedPackagePartType.Xlsx, "rId1");
        using (var buffer = new MemoryStream())
        {
            ChartWorkbook.Write(data, buffer);
            buffer.Position = 0;
            workbook.FeedData(buffer);
        }
        return WordText.Paragraph(WordStyles.Chart, new Run(Drawing(id, figure, model.HeightMm)));
    }

    private static Drawing Drawing(string chartId, OutlineFigure figure, int heightMm) => new(
        new D.Inline(
            new D.Extent { Cx = WidthMm * EmuPerMm, Cy = heightMm * EmuPerMm },
            new D.EffectExtent { LeftEdge = 0, TopEdge = 0, RightEdge = 0, BottomEdge = 0 },
            new D.DocProperties
            {
                Id = (uint)figure.Number,
                Name = $"Figur {figure.Number}",
                Description = FigureText.Alternative(figure.Block.Figure, figure.Table.Number),
                Title = figure.Block.Figure.Title,
            },
            new D.NonVisualGraphicFrameDrawingProperties(),
            new A.Graphic(new A.GraphicData(new C.ChartReference { Id = chartId })
            {
                Uri = "http://schemas.openxmlformats.org/drawingml/2006/chart",
            }))
        {
            DistanceFromTop = 0,
            DistanceFromBottom = 0,
            DistanceFromLeft = 0,
            DistanceFromRight = 0,
        });
}
