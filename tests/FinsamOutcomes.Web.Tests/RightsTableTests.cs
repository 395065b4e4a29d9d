using System.Net;
using System.Text.RegularExpressions;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Api;
using FinsamOutcomes.Web.Tests.Hosting;
using Microsoft.AspNetCore.Routing;

namespace FinsamOutcomes.Web.Tests;

/// <summary>
/// Walks every route of the real host, for every role, over every border, and compares the answer with the table of
/// rights. A route without a line fails; so does a line without a route.
/// </summary>
public sealed partial class RightsTableTests
{
    private static readonly string[] s_methods = ["GET", "POST"];

    [Fact]
    public void Each_route_has_one_line_in_the_table() =>
        Rights.Table.Select(r => r.Route.Trim('/')).ShouldBeUnique();

    [Fact]
    public async Task The_table_has_a_line_for_each_route_of_the_host_and_no_more()
    {
        await using var host = await WebHost.StartAsync();
        // Those that take a key have a table of their own, walked in ApiTests.
        Routes(host).Except(ApiRights.Table.Select(r => r.Route.Split(' ')[1].Trim('/'))).ShouldBe(Rights.Table.Select(r => r.Route.Trim('/')), ignoreOrder: true);
    }

    [Fact]
    public async Task Somebody_who_has_not_signed_in_reaches_only_what_is_open()
    {
        await using var host = await WebHost.StartAsync();
        var border = await Border.MakeAsync(host);
        using var browser = host.Open();
        var wrong = new List<string>();
        foreach (var right in Rights.Table.Where(r => r.Scope != Scope.Open))
        {
            foreach (var method in s_methods)
            {
                var answer = await AnswerAsync(browser.Client, method, border.Own.Address(right.Route));
                if (answer != "inloggning")
                    wrong.Add($"{method} {right.Route}: {answer}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Role.Caseworker)]
    [InlineData(Role.InsatsManager)]
    [InlineData(Role.ProcessSupporter)]
    [InlineData(Role.Administrator)]
    [InlineData(Role.Auditor)]
    public async Task Each_role_reaches_what_the_table_says_on_its_own_side_of_each_border_and_nothing_else(string role)
    {
        await using var host = await WebHost.StartAsync();
        var border = await Border.MakeAsync(host);
        var user = await host.AddUserAsync(border.Own.ForbundId, [role], border.Own.InsatsId);
        using var browser = await host.SignInAsync(user);
        var wrong = new List<string>();
        foreach (var right in Rights.Table.Where(r => r.Scope is not (Scope.Open or Scope.Account)))
        {
            foreach (var (place, ids) in border.Places)
            {
                var expected = Expected(right, role, place);
                foreach (var method in s_methods)
                {
                    var answer = await AnswerAsync(browser.Client, method, ids.Address(right.Route));
                    if (answer != expected)
                        wrong.Add($"{method} {right.Route}, {place}: {answer} i stället för {expected}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    private static string Expected(RouteRight right, string role, string place)
    {
        if (place == Border.ForeignForbund)
            return "finns inte";
        var reach = right.Of(role);
        if (reach == Reach.None)
            return "nekad";
        return (right.Scope, place, reach) switch
        {
            (Scope.Insats, Border.ForeignInsats, Reach.Own) => "nekad",
            (Scope.Participant or Scope.FormerParticipant or Scope.Participation, Border.ForeignInsats, Reach.Own) => "finns inte",
            _ => "släppt fram",
        };
    }

    private static IEnumerable<string> Routes(WebHost host) =>
        host.Get<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Select(e => e.RoutePattern.RawText!.Trim('/')).Distinct();

    // A POST without a form passes the table and is then refused as a form: 400.
    private static async Task<string> AnswerAsync(HttpClient client, string method, string address)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        using var response = await client.SendAsync(request);
        return response.StatusCode switch
        {
            HttpStatusCode.Found or HttpStatusCode.Redirect when response.Headers.Location!.ToString().Contains("/logga-in", StringComparison.Ordinal) =>
                "inloggning",
            HttpStatusCode.Forbidden => "nekad",
            HttpStatusCode.NotFound => "finns inte",
            >= HttpStatusCode.InternalServerError => $"fel {(int)response.StatusCode}",
            _ => "släppt fram",
        };
    }

    [GeneratedRegex(@"\{(?<name>[a-zA-Z]+)(:[^}?]*)?\??\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    internal static partial Regex Parameter();
}
