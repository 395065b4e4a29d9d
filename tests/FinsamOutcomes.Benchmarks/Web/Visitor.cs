using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Benchmarks.Web;

/// <summary>Somebody with a browser of their own: cookies, and forms sent as the page holds them. Redirects are not followed.</summary>
internal sealed class Visitor(Uri address, string userName) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromMinutes(10),
    };

    public string UserName { get; } = userName;

    /// <summary>Told of every answer, for those who count them.</summary>
    public Action<Answer>? Answered { get; set; }

    public Task<Answer> GetAsync(string url) => TimeAsync(url, () => _client.GetAsync(new Uri(url, UriKind.Relative)));

    /// <summary>The form of a page that holds a field of this name.</summary>
    public async Task<SentForm> FormAsync(string url, string field) =>
        Form(url, await GetAsync(url), field) ?? throw new InvalidOperationException($"{url} has no form with {field}.");

    /// <summary>The same on a page that has been opened; null when it has none.</summary>
    public static SentForm? Form(string url, Answer page, string field)
    {
        foreach (Match match in Regex.Matches(page.Html, "<form(?<attributes>[^>]*)>(?<inner>.*?)</form>", RegexOptions.Singleline))
        {
            var form = new WebForm(match.Value, WebForm.Attribute(match.Groups["attributes"].Value, "action") ?? url);
            if (form.Names.Contains(field))
                return new SentForm(form.Action, [.. form.Values]);
        }

        return null;
    }

    /// <summary>Sends the form with some fields changed.</summary>
    public async Task<Answer> SendAsync(SentForm form, params (string Name, string Value)[] fields)
    {
        var given = fields.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        using var content = new FormUrlEncodedContent(
            form.Values.Where(v => !given.Contains(v.Name)).Concat(fields).Select(v => KeyValuePair.Create(v.Name, v.Value)));
        return await TimeAsync(form.Action, () => _client.PostAsync(new Uri(form.Action, UriKind.Relative), content));
    }

    /// <summary>Sends the form with a file, where its button says.</summary>
    public async Task<Answer> SendFileAsync(SentForm form, string address, string field, byte[] file)
    {
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in form.Values)
            content.Add(new StringContent(value), name);
        content.Add(new ByteArrayContent(file), field, "fil.csv");
        return await TimeAsync(address, () => _client.PostAsync(new Uri(address, UriKind.Relative), content));
    }

    public void Dispose() => _client.Dispose();

    private async Task<Answer> TimeAsync(string url, Func<Task<HttpResponseMessage>> send)
    {
        var clock = Stopwatch.GetTimestamp();
        Answer answer;
        try
        {
            using var response = await send();
            var html = await response.Content.ReadAsStringAsync();
            answer = new Answer((int)response.StatusCode, html, response.Headers.Location?.OriginalString, Stopwatch.GetElapsedTime(clock));
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            answer = new Answer(0, $"{url}: {exception.Message}", null, Stopwatch.GetElapsedTime(clock));
        }

        Answered?.Invoke(answer);
        return answer;
    }
}

/// <summary>A form as the page held it.</summary>
internal sealed record SentForm(string Action, IReadOnlyList<(string Name, string Value)> Values);

/// <summary>What came back, from the request until the last byte; status 0 is no answer at all.</summary>
internal sealed record Answer(int Status, string Html, string? Location, TimeSpan Time)
{
    public bool IsRight => Status is 200 or 302;

    /// <summary>Somebody else saved first, which the page says.</summary>
    public bool IsStale => Html.Contains("någon annan hann före", StringComparison.OrdinalIgnoreCase);

    /// <summary>The first number in the page that stands where the parenthesis of the pattern does.</summary>
    public IReadOnlyList<int> Numbers(string pattern) =>
        [.. Regex.Matches(Html, pattern).Select(m => int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).Distinct()];
}
