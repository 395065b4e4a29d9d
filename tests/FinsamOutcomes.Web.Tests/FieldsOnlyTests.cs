using System.Net;
using FinsamOutcomes.Web.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace FinsamOutcomes.Web.Tests;

/// <summary>The second lock on the same door: a page that binds a value of its route by mistake is given none by model binding.</summary>
public sealed class FieldsOnlyTests
{
    [Fact]
    public async Task Model_binding_is_handed_no_value_with_a_name_of_the_route_wherever_it_was_sent()
    {
        await using var host = await WebHost.StartAsync();
        var fields = new Dictionary<string, StringValues>(StringComparer.Ordinal)
        {
            ["participantId"] = "4",
            ["PARTICIPANTID"] = "4",
            ["participantId[0]"] = "4",
            ["participantId.Value"] = "4",
            ["Input.Code"] = "A-1",
            ["Input.Shares.index"] = "7",
        };
        var context = new DefaultHttpContext();
        context.Request.Method = HttpMethods.Post;
        context.Request.ContentType = "application/x-www-form-urlencoded";
        context.Request.Form = new FormCollection(fields);
        context.Request.QueryString = new QueryString("?participantId=4&sida=2");
        var route = new RouteData(new RouteValueDictionary { ["forbundId"] = "1", ["participantId"] = "1" });
        var asked = new ValueProviderFactoryContext(new ActionContext(context, route, new ActionDescriptor()));
        foreach (var factory in host.Get<IOptions<MvcOptions>>().Value.ValueProviderFactories)
            await factory.CreateValueProviderAsync(asked);

        asked.ValueProviders.ShouldNotBeEmpty();
        foreach (var name in fields.Keys.Where(k => k != "Input.Code").Append("forbundId"))
        {
            asked.ValueProviders.Select(p => p.GetValue(name)).ShouldAllBe(v => v == ValueProviderResult.None, name);
            if (name != "Input.Shares.index")
                asked.ValueProviders.ShouldAllBe(p => !p.ContainsPrefix(name), name);
        }

        // What people write and choose is bound as ever.
        asked.ValueProviders.Select(p => p.GetValue("Input.Code").FirstValue).ShouldContain("A-1");
        asked.ValueProviders.Select(p => p.GetValue("sida").FirstValue).ShouldContain("2");
    }

    [Fact]
    public async Task A_form_that_is_sent_with_a_question_is_not_read()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = host.Open();
        (await browser.GetAsync("/logga-in?returnUrl=/hjalp/prov")).Html.ShouldContain("/hjalp/prov");
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("returnUrl", "/hjalp/prov")]);
        using var parts = new MultipartFormDataContent { { new StringContent("/hjalp/prov"), "returnUrl" } };
        foreach (var body in new HttpContent[] { form, parts })
        {
            using var question = new HttpRequestMessage(HttpMethod.Get, "/logga-in") { Content = body };
            using var answer = await browser.Client.SendAsync(question);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain("/hjalp/prov");
        }
    }
}
