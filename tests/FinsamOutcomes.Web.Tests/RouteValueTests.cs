using System.Globalization;
using System.Net;
using System.Text.Json;
using FinsamOutcomes.Data.Assessments;
using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.ReportJobs;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FinsamOutcomes.Web.Tests;

/// <summary>
/// Nothing that is sent stands in the place of what the address says: the rights are asked about the address alone, and so
/// the page must be about that too.
/// </summary>
public sealed class RouteValueTests
{
    private const string Person = "/f/{forbundId:int}/deltagare/{participantId:int}";

    [Fact]
    public async Task No_page_takes_a_value_of_its_route_by_model_binding()
    {
        await using var host = await WebHost.StartAsync();
        var wrong = new List<string>();
        foreach (var (route, page) in await RouteValueWalk.PagesAsync(host))
        {
            var names = RightsTableTests
                .Parameter()
                .Matches(route)
                .Select(m => m.Groups["name"].Value)
                .Append("page")
                .Append("handler")
                .ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var bound in page.HandlerMethods.SelectMany(h => h.Parameters).Concat<ParameterDescriptor>(page.BoundProperties))
            {
                if (names.Contains(bound.BindingInfo?.BinderModelName ?? bound.Name) || bound.BindingInfo?.BindingSource == BindingSource.Path)
                    wrong.Add($"{page.ModelTypeInfo?.FullName}: {bound.Name} is bound; take it from CurrentAccess.Route.");
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
    public async Task A_value_of_the_address_sent_once_more_as_anothers_changes_no_answer(string role)
    {
        await using var host = await WebHost.StartAsync();
        var walk = await RouteValueWalk.StartAsync(host, role);
        await MadeAsync(host);
        // What the walk orders is not made while it goes on: the answers would be others.
        foreach (var worker in host.Get<IEnumerable<IHostedService>>().OfType<ReportMaking>())
            await worker.StopAsync(TestContext.Current.CancellationToken);
        await walk.WalkAsync();
        TestContext.Current.TestOutputHelper!.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{role}: {walk.Combinations} combinations, {walk.Deviations.Count} deviations"));
        walk.Deviations.ShouldBeEmpty();
        walk.Combinations.ShouldBeGreaterThan(50);
    }

    [Fact]
    public async Task A_page_that_binds_plainly_is_found_by_the_walk()
    {
        await using var host = await WebHost.StartAsync(spoil: app => app.Use((context, next) => BindPlainlyAsync(context, "participantId", next)));
        var walk = await RouteValueWalk.StartAsync(host, Role.Caseworker);
        await walk.WalkAsync(Person);
        walk.Deviations.ShouldContain(d => d.Contains("i en fråga", StringComparison.Ordinal) && d.Contains("Vägen in-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_tried_in_the_attack_reaches_nobody_elses()
    {
        await using var host = await WebHost.StartAsync();
        var border = await Border.MakeAsync(host);
        var (own, theirs) = (border.Own, border.Foreign);
        var theirPerson = theirs.Ids["participantId"].ToString(CultureInfo.InvariantCulture);
        var theirInsats = theirs.InsatsId.ToString(CultureInfo.InvariantCulture);
        using var browser = await host.SignInAsync(await host.AddUserAsync(own.ForbundId, [Role.Caseworker, Role.InsatsManager], own.InsatsId));
        var before = await StateAsync(host, theirs);

        var root = $"/f/{own.ForbundId}";
        var person = $"{root}/deltagare/{own.Ids["participantId"]}";
        using var body = new FormUrlEncodedContent([KeyValuePair.Create("participantId", theirPerson)]);
        using var question = new HttpRequestMessage(HttpMethod.Get, person) { Content = body };
        using var shown = await browser.Client.SendAsync(question);
        (await shown.Content.ReadAsStringAsync()).ShouldContain("Insam-1");

        (await browser.PostFormAsync($"{person}/andra", "Input.Code", ("Input.Code", "Insam-2"), ("participantId", theirPerson))).Heading.ShouldContain(
            "Insam-2");
        await browser.PostFormAsync($"{person}/ny-inskrivning", "Input.On", ("Input.On", "2024-05-02"), ("participantId", theirPerson));
        await browser.PostFormAsync($"{root}/insatser/{own.InsatsId}/texter/2024", "Input[0].Body", ("Input[0].Body", "Vår text."), ("insatsId", theirInsats));
        (
            await browser.PostFormAsync(
                $"{root}/insatser/{own.InsatsId}/budget?ar=2024",
                "Input.BudgetKronor",
                ("Input.BudgetKronor", "1000"),
                ("insatsId", theirInsats))).Content.ShouldContain("Insam");

        (await StateAsync(host, theirs)).ShouldBe(before);
        var written = (await host.Get<InsatsTextStore>().OfYearAsync(own.ForbundId, 2024)).ShouldHaveSingleItem();
        written.InsatsId.ShouldBe(own.InsatsId);
        (await host.Get<InsatsEconomyStore>().YearsAsync(own.ForbundId, 2024)).ShouldHaveSingleItem().InsatsId.ShouldBe(own.InsatsId);
    }

    [Theory]
    [InlineData(Role.Caseworker)]
    [InlineData(Role.InsatsManager)]
    [InlineData(Role.ProcessSupporter)]
    [InlineData(Role.Administrator)]
    public async Task Every_form_sent_as_it_stands_with_anothers_number_beside_changes_nothing_of_theirs(string role)
    {
        await using var host = await WebHost.StartAsync();
        var border = await Border.MakeAsync(host);
        await MadeAsync(host);
        var before = await StateAsync(host, border.Foreign) + await StateAsync(host, border.OtherForbund);
        var (sent, number) = (0, 0);
        foreach (var right in Rights.Table.Where(r => r.Scope is not (Scope.Open or Scope.Account) && r.Of(role) != Reach.None))
        {
            // Some forms take away what they are about.
            var own = await Place.MakeAsync(host, border.Own.ForbundId, $"Prov {++number}");
            using var browser = await host.SignInAsync(await host.AddUserAsync(own.ForbundId, [role], own.InsatsId));
            var names = RightsTableTests.Parameter().Matches(right.Route).Select(m => m.Groups["name"].Value).Where(own.Ids.ContainsKey).ToList();
            foreach (var theirs in new[] { border.Foreign, border.OtherForbund })
            {
                var beside = names.Select(n => (n, theirs.Ids[n].ToString(CultureInfo.InvariantCulture))).ToArray();
                if (
                    await browser.GetAsync(own.Address(right.Route)) is not { Status: HttpStatusCode.OK } page
                    || page.Response.Content.Headers.ContentType?.MediaType != "text/html")
                    continue;
                foreach (
                    var form in page.Forms.Where(f => !f.Html.Contains("logga-ut", StringComparison.Ordinal) && f.Names.Contains("__RequestVerificationToken")))
                {
                    using var content = new FormUrlEncodedContent(form.Values.Concat(beside).Select(v => KeyValuePair.Create(v.Item1, v.Item2)));
                    using var answer = await browser.Client.PostAsync(new Uri(page.Url, form.Action), content);
                    ((int)answer.StatusCode).ShouldBeLessThan(500, $"{right.Route}: {form.Action}");
                    sent++;
                }
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{role}: {sent} forms sent");
        sent.ShouldBeGreaterThan(0);
        (await StateAsync(host, border.Foreign) + await StateAsync(host, border.OtherForbund)).ShouldBe(before);
        // Reports are the förbund's: whoever may remove one may remove all of them.
        (await host.Get<ReportJobStore>().OfForbundAsync(border.OtherForbund.ForbundId)).ShouldHaveSingleItem();
    }

    /// <summary>All that a handler of the other could have changed, as text.</summary>
    private static async Task<string> StateAsync(WebHost host, Place place)
    {
        var (forbund, insats, participation) = (place.ForbundId, place.InsatsId, place.Ids["participationId"]);
        object?[] state =
        [
            await host.Get<ParticipantStore>().FindAsync(forbund, place.Ids["participantId"]),
            await host.Get<ParticipationStore>().OfParticipantAsync(forbund, place.Ids["participantId"]),
            await host.Get<CaseworkerStore>().OfAsync(forbund, participation),
            await host.Get<AssessmentStore>().OfParticipationAsync(forbund, participation),
            await host.Get<InsatsStore>().FindAsync(forbund, insats),
            (await host.Get<InsatsEconomyStore>().YearsAsync(forbund, 2024)).Where(y => y.InsatsId == insats),
            (await host.Get<InsatsTextStore>().OfYearAsync(forbund, 2024)).Where(t => t.InsatsId == insats),
            (await host.Get<UserStore>().AllAsync(forbund))
                .Where(u => u.User.Id == place.Ids["userId"])
                .Select(u => new
                {
                    u.User.DisplayName,
                    u.User.IsActive,
                    u.Roles,
                }),
        ];
        return JsonSerializer.Serialize(state);
    }

    // A report that is being made would change the answers meanwhile.
    private static async Task MadeAsync(WebHost host)
    {
        var jobs = host.Get<ReportJobStore>();
        foreach (var forbund in await host.Get<FinsamOutcomes.Data.Forbund.ForbundStore>().AllAsync())
        {
            while ((await jobs.OfForbundAsync(forbund.Id)).Any(j => !j.IsOver))
                await Task.Delay(100);
        }
    }

    // What a page was like that took this value as a bound parameter: the field wins over the address, after the rights were asked.
    private static async Task BindPlainlyAsync(HttpContext context, string name, RequestDelegate next)
    {
        var access = context.RequestServices.GetRequiredService<CurrentAccess>();
        if (access.Route.Has(name) && HttpMethods.IsGet(context.Request.Method))
        {
            using var reader = new StreamReader(context.Request.Body);
            if (System.Web.HttpUtility.ParseQueryString(await reader.ReadToEndAsync())[name] is { } value)
                access.Route = new ApprovedRoute(new RouteValueDictionary(context.Request.RouteValues) { [name] = value });
        }

        await next(context);
    }
}
