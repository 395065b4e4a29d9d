using System.Net;
using System.Text;
using FinsamOutcomes.Testing;
using FinsamOutcomes.Web.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace FinsamOutcomes.Web.Tests.Startup;

/// <summary>What can't be taken in is refused with the page that says why, and the headers of every other page.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task A_form_that_is_too_large_or_can_not_be_read_says_so()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = host.Open();
        await RefusedAsync(
            new StringContent("a=" + new string('x', 1_100_000), Encoding.UTF8, "application/x-www-form-urlencoded"),
            HttpStatusCode.RequestEntityTooLarge,
            "Det du skickade är för stort");
        await RefusedAsync(
            new FormUrlEncodedContent(Enumerable.Range(0, 2000).Select(i => KeyValuePair.Create($"a{i}", "1"))),
            HttpStatusCode.BadRequest,
            "Formuläret kunde inte tas emot");
        var dangerous = new ByteArrayContent("a=1"u8.ToArray());
        dangerous.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded; charset=utf-7");
        await RefusedAsync(dangerous, HttpStatusCode.BadRequest, "Formuläret kunde inte tas emot");
        var broken = new StringContent("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1");
        broken.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        await RefusedAsync(broken, HttpStatusCode.BadRequest, "Formuläret kunde inte tas emot");

        async Task RefusedAsync(HttpContent content, HttpStatusCode status, string heading)
        {
            using var answer = await browser.Client.PostAsync(new Uri("/logga-in", UriKind.Relative), content);
            answer.StatusCode.ShouldBe(status);
            (await answer.Content.ReadAsStringAsync()).ShouldContain($"<h1>{heading}</h1>");
            answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("/fel/200")]
    [InlineData("/fel/99")]
    [InlineData("/fel/999")]
    [InlineData("/fel")]
    public async Task A_made_up_error_is_a_page_that_does_not_exist(string address)
    {
        await using var host = await WebHost.StartAsync();
        using var browser = host.Open();
        var page = await browser.GetAsync(address);
        (page.Status, page.Heading).ShouldBe((HttpStatusCode.NotFound, "Sidan finns inte"));
    }

    [Fact, OnlySqlite("it is SQLite's own errors that are made here; the server's are in SqlClientTests.")]
    public async Task A_database_that_others_write_to_for_too_long_is_answered_as_busy_and_anything_else_as_a_fault()
    {
        await using var host = await WebHost.StartAsync();
        (await AnswerAsync(new SqliteException("locked", SQLitePCL.raw.SQLITE_BUSY))).ShouldBe(503);
        (await AnswerAsync(new TimeoutException())).ShouldBe(503);
        (await AnswerAsync(new SqliteException("broken", SQLitePCL.raw.SQLITE_CORRUPT))).ShouldBe(500);
        (await AnswerAsync(new InvalidOperationException())).ShouldBe(500);
        using var browser = host.Open();
        var page = await browser.GetAsync("/fel/503");
        (page.Status, page.Heading).ShouldBe((HttpStatusCode.ServiceUnavailable, "Många skriver just nu"));
        page.Content.ShouldContain("Sidan kan inte visas just nu.");

        async Task<int> AnswerAsync(Exception exception)
        {
            var context = new DefaultHttpContext();
            (await new UnexpectedErrors(NullLogger<UnexpectedErrors>.Instance).TryHandleAsync(context, exception, CancellationToken.None)).ShouldBeTrue();
            return context.Response.StatusCode;
        }
    }
}
