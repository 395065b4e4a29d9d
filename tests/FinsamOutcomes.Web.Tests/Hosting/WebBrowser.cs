using System.Net;
using System.Text.RegularExpressions;

namespace FinsamOutcomes.Web.Tests.Hosting;

/// <summary>
/// A browser without JavaScript: keeps cookies, follows redirects, and fills in the form that a page holds, so that the
/// antiforgery token and everything else the form carries is sent as a person would.
/// </summary>
public sealed class WebBrowser : IDisposable
{
    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false };

    public WebBrowser(Uri address)
    {
        _handler.CookieContainer = Cookies;
        Client = new HttpClient(_handler) { BaseAddress = address };
    }

    /// <summary>With this browser's cookies; does not follow redirects.</summary>
    public HttpClient Client { get; }

    public CookieContainer Cookies { get; } = new();

    public async Task<WebPage> GetAsync(string url) => await FollowAsync(await Client.GetAsync(new Uri(url, UriKind.RelativeOrAbsolute)));

    /// <summary>
    /// Opens a page, takes its form as it stands, changes these fields and sends it. With several forms on the page it is
    /// the first that holds all the fields, or the one whose action or content holds <paramref name="form"/>.
    /// </summary>
    public async Task<WebPage> PostFormAsync(string url, string? form, params (string Name, string Value)[] fields)
    {
        var page = await GetAsync(url);
        page.Status.ShouldBe(HttpStatusCode.OK, $"the form at {url}");
        return await PostFormAsync(page, form, fields);
    }

    public Task<WebPage> PostFormAsync(string url, params (string Name, string Value)[] fields) => PostFormAsync(url, null, fields);

    /// <summary>Sends a form of a page that has been opened already.</summary>
    public async Task<WebPage> PostFormAsync(WebPage page, string? form, params (string Name, string Value)[] fields)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(fields);
        var chosen = page.Forms.FirstOrDefault(f => form is null ? fields.All(x => f.Names.Contains(x.Name)) : f.Html.Contains(form, StringComparison.Ordinal));
        chosen.ShouldNotBeNull($"no form on {page.Url} holds {form ?? string.Join(", ", fields.Select(f => f.Name))}");
        var given = fields.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var sent = chosen.Values.Where(v => !given.Contains(v.Name)).Concat(fields).Select(v => KeyValuePair.Create(v.Name, v.Value));
        using var content = new FormUrlEncodedContent(sent);
        return await FollowAsync(await Client.PostAsync(new Uri(page.Url, chosen.Action), content));
    }

    /// <summary>Opens a page, chooses a file in its form and presses a button; null chooses no file.</summary>
    public async Task<WebPage> SendFileAsync(
        string url,
        string button,
        byte[]? file,
        string fileName = "fil.csv",
        IReadOnlyList<(string Name, string Value)>? fields = null)
    {
        var page = await GetAsync(url);
        var form = page.Forms.First(f => f.Html.Contains("type=\"file\"", StringComparison.Ordinal));
        var field = WebForm.Attribute(Regex.Match(form.Html, "<input([^>]*type=\"file\"[^>]*)>").Groups[1].Value, "name")!;
        var pressed = Regex.Match(form.Html, $"<button([^>]*)>{Regex.Escape(button)}</button>");
        pressed.Success.ShouldBeTrue($"no button {button} on {url}");
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in form.Values.Concat(fields ?? []))
            content.Add(new StringContent(value), name);
        content.Add(new ByteArrayContent(file ?? []), field, file is null ? "\"\"" : fileName);
        return await FollowAsync(await Client.PostAsync(new Uri(page.Url, WebForm.Attribute(pressed.Groups[1].Value, "formaction") ?? form.Action), content));
    }

    /// <summary>Presses a button by its text: its form goes where the button says, with these fields changed.</summary>
    public async Task<WebPage> PressAsync(WebPage page, string button, params (string Name, string Value)[] fields)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(fields);
        foreach (var form in page.Forms)
        {
            if (form.ButtonAction(button) is not { } action)
                continue;
            var given = fields.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
            using var content = new FormUrlEncodedContent(
                form.Values.Where(v => !given.Contains(v.Name)).Concat(fields).Select(v => KeyValuePair.Create(v.Name, v.Value)));
            return await FollowAsync(await Client.PostAsync(new Uri(page.Url, action), content));
        }

        throw new ArgumentException($"No button on {page.Url} says {button}.", nameof(button));
    }

    /// <summary>Signs in with user name and password and checks that it went well.</summary>
    public async Task<WebPage> SignInAsync(TestUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var page = await PostFormAsync("/logga-in", ("Input.UserName", user.UserName), ("Input.Password", user.Password));
        page.Url.AbsolutePath.ShouldNotBe("/logga-in", page.Html);
        return page;
    }

    public void Dispose()
    {
        Client.Dispose();
        _handler.Dispose();
    }

    private async Task<WebPage> FollowAsync(HttpResponseMessage response)
    {
        for (var redirects = 0; response.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther && redirects < 10; redirects++)
        {
            var next = new Uri(response.RequestMessage!.RequestUri!, response.Headers.Location!);
            if (next.Authority != Client.BaseAddress!.Authority)
                break;
            response.Dispose();
            response = await Client.GetAsync(next);
        }

        return new WebPage(response.StatusCode, response.RequestMessage!.RequestUri!, await response.Content.ReadAsStringAsync(), response);
    }
}

/// <summary>What the application answered, after redirects.</summary>
public sealed record WebPage(HttpStatusCode Status, Uri Url, string Html, HttpResponseMessage Response)
{
    /// <summary>The text of the page's heading.</summary>
    public string Heading => Text(Regex.Match(Html, "<h1[^>]*>(.*?)</h1>", RegexOptions.Singleline).Groups[1].Value);

    /// <summary>The page's own content without markup, spaces brought together.</summary>
    public string Content => Text(Regex.Match(Html, "<main[^>]*>(.*)</main>", RegexOptions.Singleline).Groups[1].Value);

    /// <summary>The messages beside the fields.</summary>
    public IReadOnlyList<string> Errors =>
        [
            .. Regex
                .Matches(Html, "<span class=\"label__message label__message--error\">(.*?)</span>", RegexOptions.Singleline)
                .Select(m => Text(m.Groups[1].Value)),
        ];

    /// <summary>The forms of the page's own content, and those of the frame after them.</summary>
    internal IReadOnlyList<WebForm> Forms =>
        [.. Regex.Matches(Html, "<form(?<attributes>[^>]*)>(?<inner>.*?)</form>", RegexOptions.Singleline)
            .OrderBy(m => m.Index > Html.IndexOf("<main", StringComparison.Ordinal) ? 0 : 1)
            .Select(m => new WebForm(m.Value, WebForm.Attribute(m.Groups["attributes"].Value, "action") ?? Url.PathAndQuery))];

    private static string Text(string html) => WebUtility.HtmlDecode(Regex.Replace(Regex.Replace(html, "<[^>]+>", " "), @"\s+", " ")).Trim();
}
