using System.Globalization;
using System.Security.Claims;
using FinsamOutcomes.Data.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace FinsamOutcomes.Web.Identity;

/// <summary>What somebody is on their way to a provider for.</summary>
public enum ProviderErrand
{
    SignIn,

    /// <summary>To connect the account that is signed in.</summary>
    Connect,

    /// <summary>To use a one-time link.</summary>
    Link,
}

/// <summary>Somebody who has come back from a provider.</summary>
public sealed record ProviderAnswer
{
    public required ExternalSubject Subject { get; init; }

    /// <summary>The provider asked for a second factor, and the settings let it count as one here.</summary>
    public required bool HasSecondFactor { get; init; }

    public required ProviderErrand Errand { get; init; }

    public required string? ReturnUrl { get; init; }

    /// <summary>Who was signed in when it began, to connect.</summary>
    public required int? UserId { get; init; }

    /// <summary>The token of the one-time link.</summary>
    public required string? Token { get; init; }

    /// <summary>The code that the link asks for.</summary>
    public required string? Code { get; init; }

    /// <summary>The stamp of the link's account when its second factor was shown; null when it was not.</summary>
    public required string? ProvenStamp { get; init; }
}

/// <summary>
/// Signing in through providers by OpenID Connect: authorization code with PKCE, state and nonce. What comes back is only who
/// it is; it lies in a cookie of some minutes until the page that began it has taken it. The browser is sent on by a page of
/// our own: no form of ours may lead to other sites, by the policy of its pages.
/// </summary>
public sealed partial class SignInProviders(WebSettings settings, IOptionsMonitor<OpenIdConnectOptions> options, ILogger<SignInProviders> logger)
{
    /// <summary>The page that takes what comes back.</summary>
    public const string Page = "/logga-in/leverantor";

    private const string Prefix = "finsam.leverantor.";
    private const string IssuerClaim = Prefix + "utfardare";
    private const string ValueClaim = Prefix + "id";
    private const string FactorClaim = Prefix + "faktor";
    private const string KeyClaim = Prefix + "nyckel";
    private const string ErrandItem = Prefix + "arende";
    private const string ReturnItem = Prefix + "vidare";
    private const string UserItem = Prefix + "anvandare";
    private const string TokenItem = Prefix + "lank";
    private const string CodeItem = Prefix + "kod";
    private const string ProvenItem = Prefix + "visad";

    public IReadOnlyList<SignInProvider> All => settings.Providers;

    public SignInProvider? Find(string? key) => All.FirstOrDefault(p => p.Key == key);

    /// <summary>What a provider is called, also one that is no longer in the settings.</summary>
    public string NameOf(string key) => Find(key)?.Name ?? key;

    /// <summary>The address at the provider to send the browser to; null when the provider does not answer.</summary>
    public Task<string?> BeginSignInAsync(HttpContext context, SignInProvider provider, string? returnUrl) =>
        BeginAsync(context, provider, ProviderErrand.SignIn, (ReturnItem, returnUrl));

    public Task<string?> BeginConnectAsync(HttpContext context, SignInProvider provider, int userId) =>
        BeginAsync(context, provider, ProviderErrand.Connect, (UserItem, userId.ToString(CultureInfo.InvariantCulture)));

    public Task<string?> BeginLinkAsync(HttpContext context, SignInProvider provider, string token, string? code, string? provenStamp) =>
        BeginAsync(context, provider, ProviderErrand.Link, (TokenItem, token), (CodeItem, code), (ProvenItem, provenStamp));

    /// <summary>Whoever has come back, once; null when nobody has.</summary>
    public async Task<ProviderAnswer?> TakeAsync(HttpContext context)
    {
        var came = await context.AuthenticateAsync(IdentityConstants.ExternalScheme);
        if (came is not { Succeeded: true, Principal: { } who, Properties.Items: { } items })
            return null;
        await context.SignOutAsync(IdentityConstants.ExternalScheme);
        if (Find(who.FindFirstValue(KeyClaim)) is not { } provider
            || who.FindFirstValue(IssuerClaim) is not { } issuer
            || who.FindFirstValue(ValueClaim) is not { } value
            || !Enum.TryParse<ProviderErrand>(items.Item(ErrandItem), out var errand))
            return null;
        return new ProviderAnswer
        {
            Subject = new ExternalSubject(provider.Key, provider.Name, issuer, provider.SubjectClaim, value),
            HasSecondFactor = who.HasClaim(c => c.Type == FactorClaim),
            Errand = errand,
            ReturnUrl = items.Item(ReturnItem),
            UserId = int.TryParse(items.Item(UserItem), out var id) ? id : null,
            Token = items.Item(TokenItem),
            Code = items.Item(CodeItem),
            ProvenStamp = items.Item(ProvenItem),
        };
    }

    /// <summary>The address at the provider where its own session ends; null when it has none, or none is known.</summary>
    public async Task<string?> EndAsync(HttpContext context, string? key)
    {
        if (Find(key) is not { } provider || (await ConfigurationAsync(provider, context.RequestAborted))?.EndSessionEndpoint is not { Length: > 0 })
            return null;
        await context.SignOutAsync(provider.Scheme, new AuthenticationProperties { RedirectUri = "/logga-ut" });
        return TakeRedirect(context);
    }

    internal static void Add(AuthenticationBuilder authentication, WebSettings settings)
    {
        foreach (var provider in settings.Providers)
            authentication.AddOpenIdConnect(provider.Scheme, provider.Name, o => Configure(o, provider, settings));
    }

    private static void Configure(OpenIdConnectOptions options, SignInProvider provider, WebSettings settings)
    {
        options.Authority = provider.Authority.AbsoluteUri;
        options.RequireHttpsMetadata = provider.Authority.Scheme == Uri.UriSchemeHttps;
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // A form from another site would need cookies that go along with everything.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.Scope.Clear();
        foreach (var scope in provider.Scopes.Prepend("openid").Distinct(StringComparer.Ordinal))
            options.Scope.Add(scope);
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = provider.UsesUserInfo;
        options.ClaimActions.Remove("iss");
        options.ClaimActions.Remove("acr");
        if (provider.UsesUserInfo)
            options.ClaimActions.MapUniqueJsonKey(provider.SubjectClaim, provider.SubjectClaim);
        options.SaveTokens = false;
        options.DisableTelemetry = true;
        options.SignInScheme = IdentityConstants.ExternalScheme;
        options.CallbackPath = "/logga-in/svar/" + provider.Key;
        options.SignedOutCallbackPath = "/logga-ut/svar/" + provider.Key;
        options.RemoteSignOutPath = PathString.Empty;
        // Its times are those of two computers, never of a clock that somebody has set.
        options.TimeProvider = TimeProvider.System;
        Harden(options.CorrelationCookie, "finsam-svar.");
        Harden(options.NonceCookie, "finsam-engang.");
        options.Events = new OpenIdConnectEvents
        {
            OnRedirectToIdentityProvider = context =>
            {
                context.ProtocolMessage.AcrValues = provider.AcrValues;
                return Task.CompletedTask;
            },
            OnRedirectToIdentityProviderForSignOut = context =>
            {
                // Without the token as a hint: it would stand in an address, with whatever it says of the person.
                context.ProtocolMessage.ClientId = provider.ClientId;
                return Task.CompletedTask;
            },
            OnTicketReceived = context => KeepAsync(context, provider),
            OnRemoteFailure = context =>
                FailAsync(context.HttpContext, (context.Failure?.InnerException ?? context.Failure)?.GetType().Name, context.HandleResponse),
        };

        void Harden(CookieBuilder cookie, string name)
        {
            cookie.Name = settings.CookieName(name);
            cookie.Path = "/";
            cookie.HttpOnly = true;
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = settings.CookiePolicy;
        }
    }

    // Of all that the provider tells, only who it is and whether there was a second factor goes on.
    private static Task KeepAsync(TicketReceivedContext context, SignInProvider provider)
    {
        var told = context.Principal!;
        if (told.FindFirstValue("iss") is not { Length: > 0 } issuer || told.FindFirstValue(provider.SubjectClaim) is not { Length: > 0 } value)
        {
            return FailAsync(context.HttpContext, "MissingClaim", context.HandleResponse);
        }

        var kept = new ClaimsIdentity(IdentityConstants.ExternalScheme);
        kept.AddClaim(new Claim(KeyClaim, provider.Key));
        kept.AddClaim(new Claim(IssuerClaim, issuer));
        kept.AddClaim(new Claim(ValueClaim, value));
        if (told.FindAll("amr").Any(c => provider.SecondFactorAmr.Contains(c.Value))
            || told.FindAll("acr").Any(c => provider.SecondFactorAcr.Contains(c.Value)))
            kept.AddClaim(new Claim(FactorClaim, "ja"));
        context.Principal = new ClaimsPrincipal(kept);
        return Task.CompletedTask;
    }

    // The kind of fault alone: its message can hold what the provider, or anybody with an address, has written.
    private static Task FailAsync(HttpContext context, string? kind, Action handled)
    {
        LogFailed(context.RequestServices.GetRequiredService<ILogger<SignInProviders>>(), kind);
        context.Response.Redirect(Page + "?fel=ja");
        handled();
        return Task.CompletedTask;
    }

    private static string? TakeRedirect(HttpContext context)
    {
        var address = context.Response.Headers.Location.ToString();
        context.Response.Headers.Remove("Location");
        context.Response.StatusCode = StatusCodes.Status200OK;
        if (address.Length == 0)
            return null;
        context.Response.Headers["Refresh"] = $"0;url={address}";
        return address;
    }

    private async Task<string?> BeginAsync(HttpContext context, SignInProvider provider, ProviderErrand errand, params (string Name, string? Value)[] items)
    {
        if (await ConfigurationAsync(provider, context.RequestAborted) is null)
            return null;
        var properties = new AuthenticationProperties { RedirectUri = Page };
        properties.Items[ErrandItem] = errand.ToString();
        foreach (var (name, value) in items)
            properties.Items[name] = value;
        await context.ChallengeAsync(provider.Scheme, properties);
        return TakeRedirect(context);
    }

    private async Task<OpenIdConnectConfiguration?> ConfigurationAsync(SignInProvider provider, CancellationToken cancellationToken)
    {
        try
        {
            return await options.Get(provider.Scheme).ConfigurationManager!.GetConfigurationAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or HttpRequestException)
        {
            LogNoAnswer(logger, provider.Key, (exception.InnerException ?? exception).GetType().Name);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "En inloggning genom en inloggningstjänst gick inte igenom ({Kind}).")]
    private static partial void LogFailed(ILogger logger, string? kind);

    [LoggerMessage(LogLevel.Warning, "Inloggningstjänsten {Provider} svarar inte ({Kind}).")]
    private static partial void LogNoAnswer(ILogger logger, string provider, string kind);
}

internal static class ItemsOfProperties
{
    public static string? Item(this IDictionary<string, string?> items, string name) => items.TryGetValue(name, out var value) ? value : null;
}
