using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using FinsamOutcomes.Web.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace FinsamOutcomes.Web.Tests.Hosting;

/// <summary>A real OpenID Connect provider on this computer, where whoever comes is whom the test says.</summary>
public sealed class TestProvider : IAsyncDisposable
{
    // The library's own are twice as long and take seconds to make.
    private static readonly RsaSecurityKey s_signing = new(RSA.Create(2048)) { KeyId = "prov" };
    private static readonly SymmetricSecurityKey s_encryption = new(RandomNumberGenerator.GetBytes(32));

    private readonly WebApplication _app;
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private TestProvider(WebApplication app) => _app = app;

    /// <summary>Who signs in there; null turns everybody away.</summary>
    public string? Who { get; set; }

    /// <summary>What the person's number is, told as a claim of its own.</summary>
    public string? Number { get; set; }

    /// <summary>How they signed in.</summary>
    public string Amr { get; set; } = "pwd";

    /// <summary>The tokens say that somebody else made them.</summary>
    public bool IsForged { get; set; }

    /// <summary>How many have signed out there.</summary>
    public int SignedOut { get; private set; }

    public static async Task<TestProvider> StartAsync()
    {
        TestProvider provider = null!;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.EnableDegradedMode();
            server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token").SetEndSessionEndpointUris("end");
            server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
            server.AddEncryptionKey(s_encryption).AddSigningKey(s_signing);
            server.UseAspNetCore().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateAuthorizationRequestContext>(e => e.UseInlineHandler(c => Require(c, c.ClientId == "finsam")));
            server.AddEventHandler<ValidateTokenRequestContext>(e => e.UseInlineHandler(c => Require(c, c is { ClientId: "finsam", ClientSecret: "hemligt" })));
            server.AddEventHandler<ValidateEndSessionRequestContext>(e => e.UseInlineHandler(c => Require(c, c.ClientId == "finsam")));
            server.AddEventHandler<HandleAuthorizationRequestContext>(e => e.UseInlineHandler(c => provider.Answer(c)));
            server.AddEventHandler<HandleEndSessionRequestContext>(e => e.UseInlineHandler(c =>
            {
                provider.SignedOut++;
                c.SignOut();
                return ValueTask.CompletedTask;
            }));
            server.AddEventHandler<GenerateTokenContext>(e => e
                .UseInlineHandler(c =>
                {
                    if (provider.IsForged && c.TokenType == TokenTypeIdentifiers.IdentityToken)
                        c.SecurityTokenDescriptor.Issuer = "https://nagon-annan.invalid/";
                    return ValueTask.CompletedTask;
                })
                .SetOrder(OpenIddictServerHandlers.Protection.GenerateIdentityModelToken.Descriptor.Order - 1));
        });
        var app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        provider = new TestProvider(app);
        await app.StartAsync();
        return provider;
    }

    /// <summary>As it stands in the settings of an installation that uses it.</summary>
    public SignInProvider Settings(string key = "prov", string claim = "sub", string name = "Provtjänsten") => new()
    {
        Key = key,
        Name = name,
        Authority = new Uri(_app.Urls.First()),
        ClientId = "finsam",
        ClientSecret = "hemligt",
        SubjectClaim = claim,
        SecondFactorAmr = ["mfa"],
    };

    /// <summary>Goes to the provider, by the address that our page says, as a browser would; where it sends the browser back to.</summary>
    public async Task<Uri> VisitAsync(WebPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var link = System.Text.RegularExpressions.Regex.Match(page.Html, "href=\"([^\"]+)\" id=\"vidare\"");
        link.Success.ShouldBeTrue(page.Html);
        using var answer = await _client.GetAsync(new Uri(WebUtility.HtmlDecode(link.Groups[1].Value)));
        return answer.Headers.Location.ShouldNotBeNull(await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    private ValueTask Answer(HandleAuthorizationRequestContext context)
    {
        if (Who is null)
        {
            context.Reject(Errors.AccessDenied, "nej, sa <script>alert(1)</script>");
            return ValueTask.CompletedTask;
        }

        var identity = new ClaimsIdentity("prov");
        identity.SetClaim(Claims.Subject, Who).SetClaim("number", Number).SetClaims(Claims.AuthenticationMethodReference, [Amr]);
        identity.SetDestinations(_ => [Destinations.IdentityToken]);
        identity.SetScopes(context.Request.GetScopes());
        context.SignIn(new ClaimsPrincipal(identity));
        return ValueTask.CompletedTask;
    }

    private static ValueTask Require(BaseValidatingContext context, bool isKnown)
    {
        if (!isKnown)
            context.Reject(Errors.InvalidClient);
        return ValueTask.CompletedTask;
    }
}
