using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Figures.Drawing;

namespace FinsamOutcomes.Reporting.Tests.Figures;

/// <summary>Draws every figure of the gallery, checks what a machine can check and leaves the pictures to be looked at.</summary>
public sealed partial class GalleryTests
{
    public static TheoryData<string> Ids => [.. Gallery.All.Select(f => f.Id)];

    public static MatrixTheoryData<string, FigureWidth> Drawings => new(Gallery.All.Select(f => f.Id), Enum.GetValues<FigureWidth>());

    [Fact]
    public void The_gallery_is_written_to_a_folder_with_an_index()
    {
        var folder = ContactSheet.Folder;
        var index = new StringBuilder(
            "<!doctype html><html lang=\"sv\"><meta charset=\"utf-8\"><title>Figurer</title><style>body { font-family: sans-serif; margin: 2rem; } ")
            .Append(
                "section { display: grid; grid-template-columns: 680px 360px 680px; gap: 24px; align-items: start; border-top: 1px solid; } svg, img { width: 100%; height: auto; }"
            )
            .Append("</style><body><h1>Figurer: SVG, SVG för telefon, PNG</h1>");
        foreach (var figure in Gallery.All)
        {
            var (wide, narrow) = (FigureRenderer.Svg(figure), FigureRenderer.Svg(figure, FigureWidth.Narrow));
            File.WriteAllText(Path.Combine(folder, figure.Id + ".svg"), wide);
            File.WriteAllText(Path.Combine(folder, figure.Id + ".smal.svg"), narrow);
            File.WriteAllBytes(Path.Combine(folder, figure.Id + ".png"), FigureRenderer.Png(figure, cancellationToken: TestContext.Current.CancellationToken));
            var name = WebUtility.HtmlEncode(figure.Id);
            index.Append($"<h2>{name}</h2><section><div>{wide}</div><div>{narrow}</div><img alt=\"\" src=\"{name}.png\"></section>");
        }
        var page = Path.Combine(folder, "index.html");
        File.WriteAllText(page, index.Append("</body></html>").ToString());

        var ids = IdAttribute().Matches(File.ReadAllText(page)).Select(m => m.Groups["id"].Value).ToList();
        ids.Count.ShouldBe(Gallery.All.Count * 4);
        ids.ShouldBeUnique();
    }

    [Fact]
    public async Task Chromium_draws_the_gallery_on_sheets_to_be_looked_at()
    {
        Assert.SkipWhen(
            Environment.GetEnvironmentVariable("FINSAM_GALLERY") is null,
            "FINSAM_GALLERY is not set: it says where the sheets go. The pictures are made and read by the other tests.");
        Assert.SkipWhen(ContactSheet.Browser is null, "No Chromium here: the pictures are in the folder of the gallery.");
        const int Each = 6;
        var sheets = Gallery.All.Chunk(Each).Select((figures, i) => (Figures: figures, Name: $"ark-{i + 1}")).ToList();
        foreach (var (figures, name) in sheets)
        {
            var page = new StringBuilder("<!doctype html><meta charset=\"utf-8\"><style>body { margin: 16px; font-family: sans-serif; } ").Append(
                "section { display: grid; grid-template-columns: 680px 360px 680px; gap: 24px; align-items: start; margin-bottom: 24px; } svg, img { width: 100%; height: auto; }</style>"
            );
            foreach (var figure in figures)
            {
                var png = Convert.ToBase64String(FigureRenderer.Png(figure, cancellationToken: TestContext.Current.CancellationToken));
                page.Append(
                    $"<section><div>{FigureRenderer.Svg(figure)}</div><div>{FigureRenderer.Svg(figure, FigureWidth.Narrow)}</div><img alt=\"\" src=\"data:image/png;base64,{png}\"></section>"
                );
            }
            var file = Path.Combine(ContactSheet.Folder, name + ".html");
            await File.WriteAllTextAsync(file, page.ToString(), TestContext.Current.CancellationToken);
            var height =
                64
                + figures.Sum(f =>
                    24 + (int)Math.Max(new SvgReader(FigureRenderer.Svg(f)).Height, new SvgReader(FigureRenderer.Svg(f, FigureWidth.Narrow)).Height));
            await ContactSheet.TakeAsync(
                ContactSheet.Browser,
                file,
                Path.Combine(ContactSheet.Folder, name + ".png"),
                height,
                TestContext.Current.CancellationToken);
        }

        sheets.ShouldAllBe(s => File.Exists(Path.Combine(ContactSheet.Folder, s.Name + ".png")));
    }

    [Theory]
    [MemberData(nameof(Drawings))]
    public void A_figure_is_accessible_and_refers_to_nothing(string id, FigureWidth width)
    {
        var text = FigureRenderer.Svg(Figure(id), width);
        var svg = new SvgReader(text);

        svg.Root.Attribute("role")!.Value.ShouldBe("img");
        svg.Root.Attribute("lang")!.Value.ShouldBe("sv");
        var named = svg.Root.Attribute("aria-labelledby")!.Value.Split(' ');
        named.ShouldBe([svg.Root.Element(SvgReader.Svg + "title")!.Attribute("id")!.Value, svg.Root.Element(SvgReader.Svg + "desc")!.Attribute("id")!.Value]);
        svg.Root.Element(SvgReader.Svg + "title")!.Value.ShouldBe(Figure(id).Title);
        svg.Root.Element(SvgReader.Svg + "desc")!.Value.ShouldContain(Figure(id).Subtitle);
        svg.Root.Descendants()
            .Select(e => e.Name.LocalName)
            .Distinct()
            .ShouldBeSubsetOf(["title", "desc", "g", "path", "rect", "circle", "ellipse", "line", "polygon", "polyline", "text"]);
        text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal).ShouldNotContain("http");
        foreach (var forbidden in new[] { "href", "url(", "clip-path", " style=", "E-", "NaN", "Infinity" })
            text.ShouldNotContain(forbidden, Case.Sensitive);
    }

    [Theory]
    [MemberData(nameof(Drawings))]
    public void Each_text_is_written_once_with_one_place_and_the_room_it_has(string id, FigureWidth width)
    {
        var texts = new SvgReader(FigureRenderer.Svg(Figure(id), width)).Root.Descendants(SvgReader.Svg + "text").ToList();

        texts.Select(t => (t.Value, t.Attribute("x")!.Value, t.Attribute("y")!.Value)).ShouldBeUnique();
        texts.ShouldAllBe(t => !t.Attribute("x")!.Value.Contains(',') && !t.Attribute("y")!.Value.Contains(','));
        texts.ShouldAllBe(t => t.Value.Length < 2 || t.Attribute("textLength") != null);
    }

    [Theory]
    [MemberData(nameof(Drawings))]
    public void All_text_stands_inside_the_picture_and_none_covers_another(string id, FigureWidth width)
    {
        var svg = new SvgReader(FigureRenderer.Svg(Figure(id), width));

        svg.Width.ShouldBe(width is FigureWidth.Wide ? 680 : 360);
        foreach (var text in svg.Texts)
        {
            text.Left.ShouldBeGreaterThanOrEqualTo(0, text.Text);
            text.Right.ShouldBeLessThanOrEqualTo(svg.Width, text.Text);
            text.Top.ShouldBeGreaterThanOrEqualTo(0, text.Text);
            text.Bottom.ShouldBeLessThanOrEqualTo(svg.Height, text.Text);
        }
        for (var i = 0; i < svg.Texts.Count; i++)
        {
            for (var j = i + 1; j < svg.Texts.Count; j++)
                svg.Texts[i].Touches(svg.Texts[j]).ShouldBeFalse($"\"{svg.Texts[i].Text}\" and \"{svg.Texts[j].Text}\" in {id}");
        }
    }

    [Theory]
    [MemberData(nameof(Drawings))]
    public void Title_subtitle_notes_and_source_are_in_the_picture(string id, FigureWidth width)
    {
        var figure = Figure(id);
        var words = new SvgReader(FigureRenderer.Svg(figure, width)).Words.Replace('\n', ' ');

        foreach (var text in figure.Notes.Concat([figure.Title, figure.Subtitle, figure.Source]))
            words.ShouldContain(text);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_table_of_a_figure_has_a_cell_for_every_column(string id)
    {
        var table = Figure(id).ToTable();

        table.Rows.ShouldNotBeEmpty();
        table.Rows.ShouldAllBe(r => r.Cells.Count == table.Columns.Count);
        table.Columns.Count.ShouldBeLessThanOrEqualTo(9);
        table.Columns.Select(c => c.Header).ShouldBeUnique();
    }

    private static Figure Figure(string id) => Gallery.All.Single(f => f.Id == id);

    [GeneratedRegex(" id=\"(?<id>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdAttribute();
}
