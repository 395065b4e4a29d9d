using System.Globalization;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Figures.Drawing;

namespace FinsamOutcomes.Reporting.Tests.Figures;

/// <summary>What must hold of every picture, whoever asks for it and where.</summary>
public sealed class RendererTests
{
    [Fact]
    public void Figures_can_be_drawn_here() => FigureRenderer.Check().ShouldBeNull();

    [Fact]
    public void A_picture_is_the_same_from_one_thread_and_from_eight()
    {
        var figures = Gallery.All.SelectMany(f => Enum.GetValues<FigureWidth>().Select(w => (Figure: f, Width: w))).ToList();
        var alone = figures.ConvertAll(f => FigureRenderer.Svg(f.Figure, f.Width));

        var together = new string[figures.Count * 4];
        Parallel.For(0, together.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            together[i] = FigureRenderer.Svg(figures[i % figures.Count].Figure, figures[i % figures.Count].Width));

        for (var i = 0; i < together.Length; i++)
            together[i].ShouldBe(alone[i % figures.Count]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sv-SE")]
    [InlineData("en-US")]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void A_picture_is_the_same_in_every_culture(string culture)
    {
        var here = Gallery.All.Select(f => FigureRenderer.Svg(f)).ToList();
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Gallery.All.Select(f => FigureRenderer.Svg(f)).ShouldBe(here);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_letter_that_the_typeface_lacks_is_left_to_the_readers()
    {
        var svg = new SvgReader(FigureRenderer.Svg(Gallery.Columns("tecken", "Glad 😀 och e\u0301n до", ["A"], [Gallery.Women(Gallery.Share(5, 20))])));

        svg.Words.ShouldContain("Glad 😀 och én до");
    }

    [Fact]
    public void A_PNG_is_twice_as_large_as_the_figure()
    {
        var png = FigureRenderer.Png(Gallery.All[0], cancellationToken: TestContext.Current.CancellationToken);

        png[..4].ShouldBe([0x89, (byte)'P', (byte)'N', (byte)'G']);
        (png[18] << 8 | png[19]).ShouldBe(1360);
    }

    [Fact]
    public async Task Whoever_gives_up_leaves_the_line_and_the_next_is_drawn()
    {
        using var leaving = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 200).Select(_ => FigureRenderer.PngAsync(Gallery.All[0], cancellationToken: leaving.Token)).ToList();
        await leaving.CancelAsync();
        var given = await Task.WhenAll(waiting.Select(w => w.ContinueWith(t => t.IsCanceled, TaskScheduler.Default)));
        given.Count(wasCancelled => wasCancelled).ShouldBeGreaterThan(100);

        var png = await FigureRenderer
            .PngAsync(Gallery.All[0], cancellationToken: TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        png.ShouldNotBeEmpty();
    }

    [Fact]
    public void In_a_narrow_drawing_the_latest_period_stands_first()
    {
        foreach (var id in new[] { "linjer-kon", "linjer-sextio", "styrdiagram-sextio" })
        {
            var figure = Gallery.All.Single(f => f.Id == id);
            var periods = figure is LineFigure line ? line.Periods : [.. ((ControlChartFigure)figure).Points.Select(p => p.Period)];
            var texts = new SvgReader(FigureRenderer.Svg(figure, FigureWidth.Narrow)).Texts;

            periods.Select(p => texts.First(t => t.Text == p).Top).ShouldBe(periods.Select(p => texts.First(t => t.Text == p).Top).OrderDescending(), id);
        }
    }
}
