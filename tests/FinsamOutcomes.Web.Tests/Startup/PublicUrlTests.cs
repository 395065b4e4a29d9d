using System.Net;
using System.Text.RegularExpressions;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Startup;

/// <summary>Behind a proxy with a certificate, on this computer: it says in headers how the visitor came.</summary>
public sealed class PublicUrlTests
{
    private static readonly WebSettings s_settings = new() { TriesPerMinute = 10_000, PublicUrl = new Uri("https://finsam.exempel.invalid") };

    [Fact]
    public async Task Links_and_redirects_are_never_made_from_what_a_request_says()
    {
        await using var host = await WebHost.StartAsync(settings: s_settings);
        (await host.SetupAddressAsync())!.Host.ShouldBe("finsam.exempel.invalid");
        var administrator = await host.AddUserAsync(host.ForbundId, [Role.Administrator]);
        using var proxy = new Proxy(host.Address);
        await proxy.SignInAsync(administrator);
        var users = $"/f/{host.ForbundId}/anvandare";
        var form = await proxy.SendAsync(HttpMethod.Get, users);
        (string, string)[] fields =
        [
            ("__RequestVerificationToken", Proxy.Token(form)),
            ("Input.DisplayName", "Prov"),
            ("Input.UserName", "prov@exempel.invalid"),
            ("Input.Roles", Role.ProcessSupporter),
        ];
        using var made = await proxy.AnswerAsync(HttpMethod.Post, users + "?handler=Invite", fields: fields);
        made.Headers.Location.ShouldNotBeNull().OriginalString.ShouldStartWith(users);
        var invited = await proxy.SendAsync(HttpMethod.Get, made.Headers.Location.OriginalString);
        Regex.Match(invited, "id=\"lank\">([^<]+)<").Groups[1].Value.ShouldStartWith("https://finsam.exempel.invalid/inbjudan/");

        using var misled = await proxy.AnswerAsync(HttpMethod.Get, users, host: "ond.exempel.invalid");
        misled.StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
        (await misled.Content.ReadAsStringAsync()).ShouldContain("Webbplatsen har en annan adress");
        misled.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Every_cookie_is_bound_to_the_host_and_to_encryption()
    {
        await using var host = await WebHost.StartAsync(settings: s_settings);
        using var proxy = new Proxy(host.Address);
        await proxy.SignInAsync(await host.AddUserAsync(host.ForbundId, [Role.Auditor]));
        proxy.SetCookies.Count.ShouldBeGreaterThan(2);
        foreach (var cookie in proxy.SetCookies)
        {
            cookie.ShouldStartWith("__Host-finsam-");
            cookie.ShouldContain("; secure");
            cookie.ShouldContain("; httponly");
            cookie.ShouldContain("path=/;");
            cookie.ShouldContain("samesite=");
            cookie.ShouldNotContain("domain=");
        }
    }

    [Fact]
    public async Task Nothing_but_health_is_answered_in_clear_text_and_browsers_are_told_to_ask_encrypted()
    {
        await using var host = await WebHost.StartAsync(settings: s_settings);
        using var proxy = new Proxy(host.Address);
        using (var plain = await proxy.AnswerAsync(HttpMethod.Get, "/logga-in", scheme: "http"))
            plain.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using (var operations = new HttpClient { BaseAddress = host.Address })
            (await operations.GetStringAsync(new Uri("/health", UriKind.Relative))).ShouldBe("Healthy");
        using var encrypted = await proxy.AnswerAsync(HttpMethod.Get, "/logga-in");
        encrypted.Headers.GetValues("Strict-Transport-Security").ShouldHaveSingleItem().ShouldContain("max-age=31536000");
    }

    [Fact]
    public async Task Without_a_public_address_plain_http_is_answered_at_the_computers_own_name_only()
    {
        await using var host = await WebHost.StartAsync();
        using var client = new HttpClient { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/logga-in") { Headers = { Host = "ombunden.exempel.invalid" } };
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, "a page that has rebound its name to this computer");
    }

    [Theory]
    [InlineData("http://finsam.exempel.invalid")]
    [InlineData("finsam.exempel.invalid")]
    [InlineData("https://finsam.exempel.invalid/finsam")]
    public void A_public_address_that_can_not_be_used_is_refused_with_what_to_write(string text) =>
        Should.Throw<StartException>(() => WebSettings.ReadPublicUrl(text)).Message.ShouldContain("https://finsam.exempel.se");

    private sealed class Proxy : IDisposable
    {
        private readonly HttpClient _client;
        private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

        public Proxy(Uri address) =>
            _client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };

        public List<string> SetCookies { get; } = [];

        public static string Token(string html) => Regex.Match(html, "name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"").Groups[1].Value;

        public async Task SignInAsync(TestUser user)
        {
            var form = await SendAsync(HttpMethod.Get, "/logga-in");
            await SendAsync(
                HttpMethod.Post,
                "/logga-in",
                ("__RequestVerificationToken", Token(form)),
                ("Input.UserName", user.UserName),
                ("Input.Password", user.Password));
        }

        public async Task<string> SendAsync(HttpMethod method, string address, params (string Name, string Value)[] fields)
        {
            using var answer = await AnswerAsync(method, address, fields: fields);
            return await answer.Content.ReadAsStringAsync();
        }

        public async Task<HttpResponseMessage> AnswerAsync(
            HttpMethod method,
            string address,
            string scheme = "https",
            string host = "finsam.exempel.invalid",
            params (string Name, string Value)[] fields)
        {
            using var request = new HttpRequestMessage(method, address) { Headers = { Host = host } };
            request.Headers.Add("X-Forwarded-Proto", scheme);
            request.Headers.Add("X-Forwarded-For", "192.0.2.7");
            if (_cookies.Count > 0)
                request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(c => $"{c.Key}={c.Value}")));
            if (method == HttpMethod.Post)
                request.Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
            var answer = await _client.SendAsync(request);
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
            {
                SetCookies.Add(cookie);
                var pair = cookie.Split(';')[0].Split('=', 2);
                _cookies[pair[0]] = pair[1];
            }

            return answer;
        }

        public void Dispose() => _client.Dispose();
    }
}
