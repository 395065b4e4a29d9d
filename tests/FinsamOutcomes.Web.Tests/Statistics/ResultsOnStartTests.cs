using System.Net;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Statistics;

public sealed class ResultsOnStartTests
{
    [Fact]
    public async Task A_process_supporter_meets_the_years_answer_on_the_start_page()
    {
        await using var host = await WebHost.StartAsync();
        await Exits.AddAsync(host);
        using var browser = await host.SignInAsync(Role.ProcessSupporter);
        var start = await browser.GetAsync($"/f/{host.ForbundId}");
        start.Content.ShouldContain("Positiva avslut hittills 2024");
        start.Content.ShouldContain("internt underlag, tal under 5 är dolda");
        start.Content.ShouldNotContain("3 av 4");
        start.Content.ShouldContain("(dold)");
    }

    [Theory]
    [InlineData(Role.Caseworker)]
    [InlineData(Role.InsatsManager)]
    public async Task Those_who_work_in_an_insats_find_its_results_and_no_others(string role)
    {
        await using var host = await WebHost.StartAsync();
        var own = await Exits.AddAsync(host);
        var foreign = await host.AddInsatsAsync("Vägen in");
        using var browser = await host.SignInAsync(role, own);
        var start = await browser.GetAsync($"/f/{host.ForbundId}");
        start.Html.ShouldContain($"href=\"/f/{host.ForbundId}/insatser/{own}/statistik\"");
        start.Html.ShouldNotContain($"/insatser/{foreign}/statistik");
        start.Content.ShouldNotContain("67");
        (await browser.GetAsync($"/f/{host.ForbundId}/insatser/{own}/statistik")).Status.ShouldBe(HttpStatusCode.OK);
    }
}
