using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using FinsamOutcomes.Data.ApiKeys;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Api;

/// <summary>What the API answered.</summary>
internal sealed record ApiAnswered(HttpStatusCode Status, string Text, HttpResponseHeaders Headers, string? MediaType)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public int Number(string name) => Json.GetProperty(name).GetInt32();

    /// <summary>The faults of a field.</summary>
    public IReadOnlyList<string> Errors(string field) =>
        Json.TryGetProperty("errors", out var errors) && errors.TryGetProperty(field, out var told)
            ? [.. told.EnumerateArray().Select(e => e.GetString()!)]
            : [];

    /// <summary>A field of a participation that was answered.</summary>
    public JsonElement Stay(string name)
    {
        Json.TryGetProperty("deltagande", out var stay).ShouldBeTrue(Text);
        return stay.GetProperty(name);
    }
}

/// <summary>Another system that calls the API of a host with a key of its own.</summary>
internal sealed class ApiCaller : IDisposable
{
    private static int s_number;

    private readonly HttpClient _client;

    public ApiCaller(Uri address, string? key) => (_client, Key) = (new HttpClient { BaseAddress = address }, key);

    public string? Key { get; }

    /// <summary>A system that a new administrator of the förbund lets in alone.</summary>
    public static async Task<ApiCaller> OfAsync(WebHost host, string role, int? forbundId = null, params int[] insatser)
    {
        var forbund = forbundId ?? host.ForbundId;
        var users = await host.Get<UserStore>().AllAsync(forbund);
        var known = users.FirstOrDefault(u => u.Roles.Contains(Role.Administrator))?.User;
        var (id, name) = known is null
            ? await host.AddUserAsync(forbund, [Role.Administrator]) is var added ? (added.Id, added.UserName) : default
            : (known.Id, known.UserName);
        var made = await host.Get<ApiKeyStore>()
            .AddSystemAsync(
                new Administrator(forbund, id, name),
                new NewSystem
                {
                    Name = $"Prov {Interlocked.Increment(ref s_number)}",
                    Role = role,
                    InsatsIds = insatser,
                    ExpiresOn = new DateOnly(2025, 5, 15),
                });
        made.IsWaiting.ShouldBeFalse();
        return new ApiCaller(host.Address, made.Text);
    }

    public Task<ApiAnswered> GetAsync(string path) => SendAsync("GET", path);

    /// <summary>Registers: each time with a word of its own, unless it is given.</summary>
    public Task<ApiAnswered> PostAsync(string path, object body, string? once = null) => SendAsync("POST", path, body, once ?? Guid.NewGuid().ToString());

    public Task<ApiAnswered> PutAsync(string path, object body) => SendAsync("PUT", path, body);

    /// <summary>Sends anything; a text or bytes as they are.</summary>
    public async Task<ApiAnswered> SendAsync(string method, string path, object? body = null, string? once = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path.StartsWith('/') ? path : $"/api/v1/{path}");
        if (Key is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Key}");
        if (once is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", once);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body as byte[] ?? Encoding.UTF8.GetBytes(body as string ?? JsonSerializer.Serialize(body)));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new ApiAnswered(response.StatusCode, text, response.Headers, response.Content.Headers.ContentType?.MediaType);
    }

    public void Dispose() => _client.Dispose();
}
