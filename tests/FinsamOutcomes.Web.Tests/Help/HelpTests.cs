using System.Net;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Help;
using FinsamOutcomes.Web.Tests.Hosting;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;

namespace FinsamOutcomes.Web.Tests;

public sealed class HelpTests
{
    // Help explains itself, and the error page says what to do.
    private static readonly string[] s_unexplained = ["hjalp", "hjalp/{topic}", "hjalp/behorigheter", "fel/{code:int?}"];

    [Fact]
    public async Task Every_page_has_help_and_help_speaks_of_no_page_that_is_gone()
    {
        await using var host = await WebHost.StartAsync();
        var pages = host.Get<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null)
            .Select(e => e.RoutePattern.RawText!.Trim('/')).Distinct().ToList();
        HelpTopics.All.SelectMany(t => t.Routes).Select(r => r.Trim('/')).ShouldBe(pages.Except(s_unexplained), ignoreOrder: true);
    }

    [Fact]
    public async Task Each_page_of_help_opens_for_anybody()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = host.Open();
        foreach (var topic in HelpTopics.All)
            (await browser.GetAsync($"/hjalp/{topic.Name}")).Heading.ShouldBe(topic.Title);
        (await browser.GetAsync("/hjalp/finns-inte")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_page_on_rights_says_in_words_what_the_table_says()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = host.Open();
        var page = await browser.GetAsync("/hjalp/behorigheter");
        page.Html.Split("<th scope=\"row\">").Length.ShouldBe(1 + RightsInWords.All.Count);
        page.Content.ShouldNotContain("{", customMessage: "an address is nothing to read");
        foreach (var right in Rights.Table.Where(r => r.Scope is not (Scope.Open or Scope.Account)))
            RightsInWords.All.ShouldContain(
                line => Role.All.All(role => line.Right.Of(role.Code) == right.Of(role.Code)) && line.Topic == HelpTopics.For(right.Route),
                right.Route);
    }
}
