using System.Net;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Startup;

/// <summary>Requests as no browser of ours sends them: each is answered properly.</summary>
public sealed class StrangeRequestTests
{
    [Theory]
    [InlineData("/f/1/logg?sida=å&ö=1#rad")]
    [InlineData("/f/1/地図")]
    [InlineData("/f/1?\u200B\uFFFF")]
    public async Task After_signing_in_one_is_led_to_an_address_with_any_signs(string returnUrl)
    {
        await using var host = await WebHost.StartAsync();
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        using var browser = host.Open();
        var form = (await browser.GetAsync("/logga-in")).Forms.First(f => f.Names.Contains("Input.Password"));
        var token = form.Values.First(v => v.Name == "__RequestVerificationToken");
        using var content = new FormUrlEncodedContent([
            new("Input.UserName", user.UserName),
            new("Input.Password", user.Password),
            new(token.Name, token.Value),
            new("returnUrl", returnUrl),
        ]);
        using var answer = await browser.Client.PostAsync(new Uri("/logga-in", UriKind.Relative), content);
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.OriginalString.ShouldStartWith("/f/1");
        answer.Headers.Location.OriginalString.ShouldAllBe(c => c < 128);
    }

    [Theory]
    [InlineData("//annan.invalid/å")]
    [InlineData("/\\annan.invalid")]
    [InlineData("http://annan.invalid/å")]
    [InlineData("javascript:alert(1)")]
    public async Task After_signing_in_nobody_is_led_away(string returnUrl)
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(Role.Auditor);
        using var answer = await browser.Client.GetAsync(new Uri($"/logga-in?returnUrl={Uri.EscapeDataString(returnUrl)}", UriKind.Relative));
        answer.Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Fact]
    public async Task Other_methods_are_refused_everywhere_and_say_which_there_are()
    {
        await using var host = await WebHost.StartAsync();
        var border = await Border.MakeAsync(host);
        using var browser = await host.SignInAsync(await host.AddUserAsync(border.Own.ForbundId, [Role.Caseworker], border.Own.InsatsId));
        var addresses = Rights
            .Table.Where(r => r.Scope is not Scope.Open)
            .SelectMany(r => border.Places.Select(p => p.Ids.Address(r.Route)))
            .Distinct()
            .Append("/logga-in")
            .Append("/finns-inte")
            .Append("/site.css")
            .Append("/health");
        foreach (var address in addresses)
        {
            foreach (var method in new[] { "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROV" })
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), address);
                using var answer = await browser.Client.SendAsync(request);
                answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed, $"{method} {address}");
                answer.Content.Headers.Allow.ShouldBe(["GET", "HEAD", "POST"]);
                (await answer.Content.ReadAsStringAsync()).ShouldContain("Sidan kan inte användas så");
            }
        }
    }

    [Fact]
    public async Task A_form_that_a_page_does_not_take_is_refused()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(await host.AddUserAsync(host.ForbundId, [Role.Caseworker, Role.ProcessSupporter]));
        var token = (await browser.GetAsync("/konto")).Forms.SelectMany(f => f.Values).First(v => v.Name == "__RequestVerificationToken");
        foreach (
            var address in new[]
            {
                "/",
                "/hjalp",
                $"/f/{host.ForbundId}",
                $"/f/{host.ForbundId}/texter",
                $"/f/{host.ForbundId}/deltagare?handler=Save",
                $"/f/{host.ForbundId}/anmarkningar?handler=Nej",
            })
        {
            using var content = new FormUrlEncodedContent([new(token.Name, token.Value)]);
            using var answer = await browser.Client.PostAsync(new Uri(address, UriKind.Relative), content);
            answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed, address);
        }
    }

    [Theory]
    [InlineData(1_200_000)]
    [InlineData(12_000_000)]
    public async Task A_form_over_the_limit_is_answered_with_a_page_however_it_is_sent(int length)
    {
        await using var host = await WebHost.StartAsync();
        var told = await RawHttp.SendAsync(
            host.Address,
            $"POST /logga-in HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}",
            length);
        var chunked = await RawHttp.SendAsync(
            host.Address,
            "POST /logga-in HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked",
            length,
            inChunks: true);
        foreach (var answer in new[] { told, chunked })
        {
            answer.ShouldStartWith("HTTP/1.1 413");
            answer.ShouldContain("Det du skickade är för stort");
        }

        var asked = await RawHttp.SendAsync(
            host.Address,
            $"POST /logga-in HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\nContent-Length: {length}");
        asked.ShouldStartWith("HTTP/1.1 413");
        // A small one in parts is read as ever: refused for its stamp only.
        (
            await RawHttp.SendAsync(
                host.Address,
                "POST /logga-in HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked",
                65_536,
                inChunks: true)).ShouldStartWith("HTTP/1.1 400");
    }

    // The server itself throws away what comes after an answer for five seconds, and then breaks the connection.
    [Fact]
    public async Task A_form_over_the_limit_that_comes_slowly_is_answered_with_a_page_too()
    {
        await using var host = await WebHost.StartAsync();
        var answer = await RawHttp.SendAsync(host.Address,
            "POST /logga-in HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 12000000",
            12_000_000, pause: TimeSpan.FromSeconds(8));
        answer.ShouldStartWith("HTTP/1.1 413");
        answer.ShouldContain("Det du skickade är för stort");
    }

    [Fact]
    public async Task Whoever_finds_a_weakness_is_told_whom_to_write_to()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = host.Open();
        using var answer = await browser.Client.GetAsync(new Uri("/.well-known/security.txt", UriKind.Relative));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldContain($"Contact: {host.Address}hjalp/sakerhet\n");
        text.ShouldContain("Expires: 2024-11-15T");
        (await browser.GetAsync("/hjalp/sakerhet")).Heading.ShouldBe("Om du hittar en säkerhetsbrist");

        await using var own = await WebHost.StartAsync(
            settings: new WebSettings { SecurityContact = WebSettings.ReadSecurityContact("sakerhet@exempel.invalid") }
        );
        using var other = own.Open();
        (await other.Client.GetStringAsync(new Uri("/.well-known/security.txt", UriKind.Relative))).ShouldStartWith(
            "Contact: mailto:sakerhet@exempel.invalid\n");
        Should.Throw<StartException>(() => WebSettings.ReadSecurityContact("ring mig"));
    }
}
