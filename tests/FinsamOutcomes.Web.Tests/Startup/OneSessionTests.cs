using System.Collections.Concurrent;
using System.Diagnostics;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Startup;

/// <summary>
/// A request that holds a connection and asks for another waits for those who do the same, when there are no more:
/// a hundred start pages at once stopped each other so. Each open session is a span of its request.
/// </summary>
public sealed class OneSessionTests
{
    // These count several things at once, with a limit that all requests share, and read what is to be counted beside it.
    private static readonly string[] s_counting =
    [
        "/f/{forbundId:int}",
        "/f/{forbundId:int}/statistik",
        "/f/{forbundId:int}/statistik/{file}",
        "/f/{forbundId:int}/insatser/{insatsId:int}/statistik",
        "/f/{forbundId:int}/insatser/{insatsId:int}/statistik/{file}",
    ];

    [Theory]
    [InlineData(Role.Caseworker)]
    [InlineData(Role.InsatsManager)]
    [InlineData(Role.ProcessSupporter)]
    [InlineData(Role.Administrator)]
    [InlineData(Role.Auditor)]
    public async Task No_request_holds_two_sessions_at_once(string role)
    {
        var (open, most) = (new ConcurrentDictionary<string, int>(StringComparer.Ordinal), new ConcurrentDictionary<string, int>(StringComparer.Ordinal));
        await using var host = await WebHost.StartAsync();
        var border = await Border.MakeAsync(host);
        var user = await host.AddUserAsync(border.Own.ForbundId, [role], border.Own.InsatsId);
        using var browser = await host.SignInAsync(user);
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == FinsamDatabase.SessionSource,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = session =>
            {
                var now = open.AddOrUpdate(session.TraceId.ToHexString(), 1, (_, before) => before + 1);
                most.AddOrUpdate(session.TraceId.ToHexString(), now, (_, before) => Math.Max(before, now));
            },
            ActivityStopped = session => open.AddOrUpdate(session.TraceId.ToHexString(), 0, (_, before) => before - 1),
        };
        ActivitySource.AddActivityListener(listener);

        var several = new List<string>();
        var walked = 0;
        foreach (var right in Rights.Table.Where(r => r.Scope != Scope.Open && r.Of(role) != Reach.None || r.Scope == Scope.Account))
        {
            var trace = ActivityTraceId.CreateRandom().ToHexString();
            using var request = new HttpRequestMessage(HttpMethod.Get, border.Own.Address(right.Route));
            request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
            using var answer = await browser.Client.SendAsync(request);
            await answer.Content.ReadAsStringAsync();
            walked += most.GetValueOrDefault(trace) > 0 ? 1 : 0;
            var allowed = s_counting.Contains(right.Route.TrimEnd('/')) ? Math.Clamp(2 * Environment.ProcessorCount, 4, 32) + 1 : 1;
            if (most.GetValueOrDefault(trace) > allowed)
                several.Add($"{right.Route}: {most[trace]}");
        }

        walked.ShouldBeGreaterThan(3, "the sessions of the requests were seen");
        several.ShouldBeEmpty();
    }
}
