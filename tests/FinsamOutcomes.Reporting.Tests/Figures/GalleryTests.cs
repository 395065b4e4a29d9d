using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using FinsamOutcomes.Reporting.Figures;

namespace FinsamOutcomes.Reporting.Tests.Figures;

/// <summary>Draws every figure of the gallery, checks what a machine can check and leaves the pictures to be looked at.</summary>
public sealed partial class GalleryTests
{
    public static TheoryData<string> Ids => [.. Gallery.All.Select(f => f.Id)];

    [Fact]
    public void The_gallery_is_written_to_a_folder_with_an_index()
    {
        var folder = Environment.GetEnvironmentVariable("FINSAM_GALLERY") ?? Path.Combine(AppContext.BaseDirectory, "TestResults", "gallery");
        Directory.CreateDirectory(folder);
        var index = new StringBuilder("<!doctype html><html lang=\"sv\"><meta charset=\"utf-8\"><title>Figurer</title><body style=\"font-family:sans-serif;max-width:720px;margin:2rem auto\"><h1>Figurer</h1>");
        foreach (var figure in Gallery.All)
        {
            var svg = SvgFigureRenderer.Render(figure);
            File.WriteAllText(Path.Combine(folder, figure.Id + ".svg"), svg);
            index.Append($"<h2>{WebUtility.HtmlEncode(figure.Id)}</h2>{svg}");
        }
        var page = Path.Combine(folder, "index.html");
        File.WriteAllText(page, index.Append("</body></html>").ToString());

        var ids = IdAttribute().Matches(File.ReadAllText(page)).Select(m => m.Groups["id"].Value).ToList();
        ids.Count.ShouldBeGreaterThan(Gallery.All.Count * 2);
        ids.ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_figure_is_accessible_and_refers_to_nothing_outside(string id)
    {
        var text = SvgFigureRenderer.Render(Figure(id));
        var svg = new SvgReader(text);

        svg.Root.Attribute("role")!.Value.ShouldBe("img");
        var named = svg.Root.Attribute("aria-labelledby")!.Value.Split(' ');
        named.ShouldBe([svg.Root.Element(SvgReader.Svg + "title")!.Attribute("id")!.Value, svg.Root.Element(SvgReader.Svg + "desc")!.Attribute("id")!.Value]);
        svg.Root.Element(SvgReader.Svg + "title")!.Value.ShouldBe(Figure(id).Title);
        svg.Root.Element(SvgReader.Svg + "desc")!.Value.ShouldContain(Figure(id).Subtitle);
        svg.Root.Descendants().Select(e => e.Name.LocalName).ShouldNotContain("script");
        var references = UrlReference().Matches(text).Select(m => m.Groups["id"].Value).Distinct().ToList();
        references.ShouldBeSubsetOf(svg.Root.Descendants().Select(e => e.Attribute("id")?.Value).OfType<string>());
        text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal).ShouldNotContain("http");
        text.ShouldNotContain("href");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void All_text_stands_inside_the_picture_and_none_covers_another(string id)
    {
        var svg = new SvgReader(SvgFigureRenderer.Render(Figure(id)));

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
    [MemberData(nameof(Ids))]
    public void Title_subtitle_notes_and_source_are_in_the_picture(string id)
    {
        var figure = Figure(id);
        var words = new SvgReader(SvgFigureRenderer.Render(figure)).Words.Replace('\n', ' ');

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

    [GeneratedRegex(@"url\(#(?<id>[^)]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UrlReference();
}
