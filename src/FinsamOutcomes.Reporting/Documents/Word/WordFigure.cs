using System.Buffers.Binary;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using FinsamOutcomes.Reporting.Documents.Charts;
using FinsamOutcomes.Reporting.Documents.Excel;
using FinsamOutcomes.Reporting.Figures.Drawing;
using A = DocumentFormat.OpenXml.Drawing;
using C = DocumentFormat.OpenXml.Drawing.Charts;
using D = DocumentFormat.OpenXml.Drawing.Wordprocessing;
using P = DocumentFormat.OpenXml.Drawing.Pictures;

namespace FinsamOutcomes.Reporting.Documents.Word;

/// <summary>
/// A figure in Word: a native chart with its numbers in a workbook inside, a picture for the kinds that Word has no chart for,
/// or a sentence when nothing may be drawn.
/// </summary>
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

        if (!ChartModels.Has(figure.Block.Figure))
            return Picture(main, figure);
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
        var chart = new A.GraphicData(new C.ChartReference { Id = id }) { Uri = "http://schemas.openxmlformats.org/drawingml/2006/chart" };
        return WordText.Paragraph(WordStyles.Chart, new Run(Drawing(chart, figure, model.HeightMm * EmuPerMm)));
    }

    // Title, notes and source are the document's own text.
    private static Paragraph Picture(MainDocumentPart main, OutlineFigure figure)
    {
        var png = FigureRenderer.Png(figure.Block.Figure with { Title = "", Subtitle = "", Notes = [], Source = "" });
        var id = $"rIdBild{figure.Number}";
        var part = main.AddImagePart(ImagePartType.Png, id);
        using (var stream = new MemoryStream(png))
            part.FeedData(stream);
        var height = WidthMm * EmuPerMm * Pixels(png, 20) / Pixels(png, 16);
        var name = $"Figur {figure.Number}";
        var picture = new A.GraphicData(
            new P.Picture(
                new P.NonVisualPictureProperties(
                    new P.NonVisualDrawingProperties { Id = (uint)figure.Number, Name = name },
                    new P.NonVisualPictureDrawingProperties()),
                new P.BlipFill(new A.Blip { Embed = id }, new A.Stretch(new A.FillRectangle())),
                new P.ShapeProperties(
                    new A.Transform2D(new A.Offset { X = 0, Y = 0 }, new A.Extents { Cx = WidthMm * EmuPerMm, Cy = height }),
                    new A.PresetGeometry(new A.AdjustValueList()) { Preset = A.ShapeTypeValues.Rectangle }
                )))
        {
            Uri = "http://schemas.openxmlformats.org/drawingml/2006/picture",
        };
        return WordText.Paragraph(WordStyles.Chart, new Run(Drawing(picture, figure, height)));
    }

    // Width and height stand big-endian in the head of a PNG.
    private static int Pixels(byte[] png, int offset) => BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(offset));

    private static Drawing Drawing(A.GraphicData content, OutlineFigure figure, long height) => new(
        new D.Inline(
            new D.Extent { Cx = WidthMm * EmuPerMm, Cy = height },
            new D.EffectExtent { LeftEdge = 0, TopEdge = 0, RightEdge = 0, BottomEdge = 0 },
            new D.DocProperties
            {
                Id = (uint)figure.Number,
                Name = $"Figur {figure.Number}",
                Description = FigureText.Alternative(figure.Block.Figure, figure.Table.Number),
                Title = figure.Block.Figure.Title,
            },
            new D.NonVisualGraphicFrameDrawingProperties(),
            new A.Graphic(content))
        {
            DistanceFromTop = 0,
            DistanceFromBottom = 0,
            DistanceFromLeft = 0,
            DistanceFromRight = 0,
        });
}
