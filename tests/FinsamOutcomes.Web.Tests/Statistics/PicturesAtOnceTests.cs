using System.Diagnostics;
using System.Net;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Statistics;

public sealed class PicturesAtOnceTests
{
    private const int Pictures = 30;

    [Fact]
    public async Task Thirty_pictures_at_once_hold_nobody_up_and_whoever_gives_up_is_no_longer_drawn_for()
    {
        await using var host = await WebHost.StartAsync();
        await Exits.AddAsync(host);
        using var browser = await host.SignInAsync(Role.ProcessSupporter);
        var picture = new Uri($"/f/{host.ForbundId}/statistik/kon.png?fran=2024-01-01&till=2024-04-30", UriKind.Relative);
        using var client = new HttpClient { BaseAddress = host.Address };
        (await client.GetStringAsync(new Uri("/health", UriKind.Relative))).ShouldBe("Healthy");

        // Half of them give up at once.
        using var leaving = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var asked = Enumerable.Range(0, Pictures).Select(i => GetAsync(i % 2 == 0 ? leaving.Token : CancellationToken.None)).ToList();
        var all = Task.WhenAll(asked);
        var (began, slowest) = (Stopwatch.GetTimestamp(), TimeSpan.Zero);
        while (!all.IsCompleted)
        {
            var start = Stopwatch.GetTimestamp();
            (await client.GetStringAsync(new Uri("/health", UriKind.Relative))).ShouldBe("Healthy");
            var took = Stopwatch.GetElapsedTime(start);
            slowest = took > slowest ? took : slowest;
            await Task.Delay(50);
        }

        // Whoever waited for the pictures would wait as long as they all took; how fast the machine is says nothing.
        var drawing = Stopwatch.GetElapsedTime(began);
        TestContext.Current.TestOutputHelper?.WriteLine($"slowest answer of /health: {slowest.TotalMilliseconds:0} ms of {drawing.TotalMilliseconds:0}");
        slowest.ShouldBeLessThan(drawing / 3);
        (await all).Where((_, i) => i % 2 == 1).ShouldAllBe(status => status == HttpStatusCode.OK);

        async Task<HttpStatusCode?> GetAsync(CancellationToken cancellationToken)
        {
            try
            {
                using var answer = await browser.Client.GetAsync(picture, cancellationToken);
                return answer.Content.Headers.ContentType?.MediaType == "image/png" ? answer.StatusCode : HttpStatusCode.Redirect;
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
    }
}
