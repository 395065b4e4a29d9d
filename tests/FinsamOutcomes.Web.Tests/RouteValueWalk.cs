using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using FinsamOutcomes.Data.Funds;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Reporting.UppfoljningFinsam;
using FinsamOutcomes.Testing;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;

namespace FinsamOutcomes.Web.Tests;

/// <summary>
/// Sends each value of each route once more, in the form or after the question mark, as another's: the answer must be the
/// one that the address alone gets, letter by letter.
/// </summary>
internal sealed partial class RouteValueWalk(WebHost host, Border border, string role, HttpClient client, string token)
{
    /// <summary>Ways to say a name that some binder could take for it.</summary>
    private static readonly Func<string, string>[] s_spellings =
    [
        n => n,
        n => n.ToUpperInvariant(),
        n => $"{n}[0]",
        n => $"{n}.{n}",
        n => $"Input.{n}",
        n => $"[0].{n}",
    ];

    // Another of the same kind, for what is not a number.
    private static readonly Dictionary<string, string> s_otherWords = new(StringComparer.Ordinal)
    {
        ["year"] = "2023",
        ["list"] = "forsorjning",
        ["file"] = "alder.csv",
        ["ordinal"] = "1",
        ["format"] = "xlsx",
    };

    private readonly Dictionary<string, string> _plain = [];

    public int Combinations { get; private set; }

    public List<string> Deviations { get; } = [];

    public static async Task<RouteValueWalk> StartAsync(WebHost host, string role)
    {
        var border = await Border.MakeAsync(host);
        // Saved already: an empty form is then one that comes late, and is only shown again.
        foreach (var (_, place) in border.Places)
            await host.Get<InsatsEconomyStore>()
                .SetYearAsync(
                    new NewInsatsYear
                    {
                        ForbundId = place.ForbundId,
                        InsatsId = place.InsatsId,
                        CalendarYear = 2024,
                        BudgetKronor = 1000,
                    });
        // Handed over already, so that nothing of it changes when the walk says so.
        foreach (var (_, place) in border.Places)
            await host.Get<DeliveryStore>().HandOverAsync(place.ForbundId, place.Ids["deliveryId"], "prov");
        foreach (var forbundId in border.Places.Select(p => p.Ids.ForbundId).Distinct())
            await host.Get<FundsStore>().SetYearAsync(new NewForbundYear { ForbundId = forbundId, CalendarYear = 2024, OwnCapitalKronor = 1000 });
        var user = await host.AddUserAsync(border.Own.ForbundId, [role], border.Own.InsatsId);
        using var browser = await host.SignInAsync(user);
        var token = (await browser.GetAsync("/konto")).Forms.SelectMany(f => f.Values).First(v => v.Name == "__RequestVerificationToken").Value;
        // Signed in, but keeping nothing of what an answer says: each request stands alone.
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Add("Cookie", browser.Cookies.GetCookieHeader(host.Address));
        return new RouteValueWalk(host, border, role, client, token);
    }

    /// <param name="only">A route; null for all that the role reaches.</param>
    public async Task WalkAsync(string? only = null)
    {
        var handlers = await PagesAsync(host);
        var turn = 0;
        foreach (
            var right in Rights.Table.Where(r => r.Scope is not (Scope.Open or Scope.Account) && r.Of(role) != Reach.None && (only is null || r.Route == only)))
        {
            string[] posts = handlers.TryGetValue(right.Route.Trim('/'), out var page)
                ? [.. page.HandlerMethods.Where(h => HttpMethods.IsPost(h.HttpMethod)).Select(h => h.Name ?? "")]
                : [];
            foreach (var name in RightsTableTests.Parameter().Matches(right.Route).Select(m => m.Groups["name"].Value))
            {
                turn++;
                foreach (var (i, (place, address)) in border.Places.Select(p => (p.Name, p.Ids.Address(right.Route))).DistinctBy(p => p.Item2).Index())
                {
                    // On foreign ground every page says no: each sixth place in turn, where there is no long run.
                    if (place != Border.OwnInsats && !LongRun.IsOn && (i + turn) % 6 != 0)
                        continue;
                    foreach (var value in ValuesOf(name))
                        await SendAllAsync(place, address, name, value, posts);
                }
            }
        }
    }

    /// <summary>The pages of the host as it runs them, by route.</summary>
    public static async Task<IReadOnlyDictionary<string, CompiledPageActionDescriptor>> PagesAsync(WebHost host)
    {
        var loader = host.Get<PageLoader>();
        var pages = new Dictionary<string, CompiledPageActionDescriptor>(StringComparer.Ordinal);
        foreach (var page in host.Get<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>())
            pages[page.AttributeRouteInfo!.Template!.Trim('/')] = await loader.LoadAsync(page, EndpointMetadataCollection.Empty);
        return pages;
    }

    private IEnumerable<string> ValuesOf(string name) =>
        s_otherWords.TryGetValue(name, out var word) ? [word] : border.Places.Select(p => p.Ids.Ids[name].ToString(CultureInfo.InvariantCulture)).Distinct();

    private async Task SendAllAsync(string place, string address, string name, string value, string[] posts)
    {
        // What is refused by its address is refused before anything is bound: there the plain name is tried.
        foreach (var spelled in s_spellings.Take(place == Border.OwnInsats ? s_spellings.Length : 1).Select(s => s(name)))
        {
            await CompareAsync("GET", address, place, "formulärfält i en fråga", spelled, value, Form([(spelled, value)]));
            foreach (var handler in spelled == name || spelled == $"Input.{name}" ? posts : [])
                await CompareAsync("POST", Handler(address, handler), place, "formulärfält", spelled, value, Form([(spelled, value), Token]));
        }

        var query = $"{name}={Uri.EscapeDataString(value)}";
        await CompareAsync("GET", address, place, "flerdelad fråga", name, value, Parts([(name, value)]));
        await CompareAsync("GET", address, place, "efter frågetecknet", name, value, content: null, query);
        foreach (var handler in posts)
        {
            await CompareAsync("POST", Handler(address, handler), place, "flerdelat formulär", name, value, Parts([(name, value), Token]));
            await CompareAsync("POST", Handler(address, handler), place, "efter frågetecknet", name, value, Form([Token]), query);
        }
    }

    private (string Name, string Value) Token => ("__RequestVerificationToken", token);

    private async Task CompareAsync(
        string method,
        string address,
        string place,
        string carrier,
        string name,
        string value,
        HttpContent? content,
        string? query = null)
    {
        Combinations++;
        if (!_plain.TryGetValue($"{method} {address}", out var expected))
            _plain[$"{method} {address}"] = expected = await AnswerAsync(method, address, method == "POST" ? Form([Token]) : null, query: null);
        var answer = await AnswerAsync(method, address, content, query);
        if (answer != expected)
            Deviations.Add($"{role}, {method} {address} ({place}), {carrier} {name}={value}: {Difference(expected, answer)}");
    }

    private async Task<string> AnswerAsync(string method, string address, HttpContent? content, string? query)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(method),
            query is null ? address : $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}")
        {
            Content = content,
        };
        using var response = await client.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        // What is new in each answer, and an address that a page tells back.
        body = Fresh().Replace(body, "");
        if (query is not null)
            body = body.Replace(WebUtility.HtmlEncode($"&{query}"), "", StringComparison.Ordinal)
                .Replace(WebUtility.HtmlEncode($"?{query}"), "", StringComparison.Ordinal);
        // The log tells of its own searches: here only whose it is.
        if (address.EndsWith("/logg", StringComparison.Ordinal) || address.Contains("/logg?", StringComparison.Ordinal))
            body = Regex.Replace(body, "<main.*</main>|(?<=Gäller;Uppgifter\r?\n).*", "", RegexOptions.Singleline);
        // So does an extract, at its end; as Word only its name is compared.
        if (address.EndsWith("/utdrag", StringComparison.Ordinal) || address.Contains("/utdrag?", StringComparison.Ordinal))
            body = response.Content.Headers.ContentType?.MediaType?.Contains("officedocument", StringComparison.Ordinal) == true
                ? ""
                : Regex.Replace(body, "Vem som har sett eller .*", "", RegexOptions.Singleline);
        var location = Fresh().Replace(response.Headers.Location?.ToString() ?? "", "");
        if (query is not null)
            location = location.Replace($"&{query}", "", StringComparison.Ordinal).Replace($"?{query}", "", StringComparison.Ordinal);
        return $"{(int)response.StatusCode} {location}\n{response.Content.Headers.ContentDisposition?.FileName}\n{body}";
    }

    private static string Handler(string address, string handler) => handler.Length == 0 ? address : $"{address}?handler={handler}";

    private static FormUrlEncodedContent Form((string Name, string Value)[] fields) => new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    private static MultipartFormDataContent Parts((string Name, string Value)[] fields)
    {
        var parts = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            parts.Add(new StringContent(value, Encoding.UTF8), name);
        return parts;
    }

    private static string Difference(string expected, string answer)
    {
        var at = expected.Zip(answer).TakeWhile(c => c.First == c.Second).Count();
        return $"”{Around(answer, at)}” i stället för ”{Around(expected, at)}”";
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 30)..Math.Min(text.Length, at + 60)].ReplaceLineEndings(" ");

    [GeneratedRegex(
        "(?<=name=\"__RequestVerificationToken\" type=\"hidden\" value=\")[^\"]*|/inbjudan/[A-Za-z0-9_-]+|(?<=[?&](sokning|lank)=)[A-Za-z0-9_-]+",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fresh();
}
