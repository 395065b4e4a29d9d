using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using System.Threading.RateLimiting;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace FinsamOutcomes.Web.Identity;

/// <summary>Signing in: Identity's managers on our store, cookies, their keys, and how often one may try.</summary>
internal static class FinsamIdentity
{
    /// <summary>The policy for pages where somebody could try passwords, codes or links.</summary>
    public const string TriesPolicy = "inloggning";

    public const int FailuresBeforeLockout = 5;
    public static readonly TimeSpan Lockout = TimeSpan.FromMinutes(15);

    /// <summary>However busy: after this one signs in again.</summary>
    public static readonly TimeSpan LongestSession = TimeSpan.FromHours(12);

    private static readonly TimeSpan s_idle = TimeSpan.FromMinutes(60);
    private const string SignedInAt = "finsam.inloggad";
    private const string SessionNumber = "finsam.session";

    public static void AddFinsamIdentity(this IServiceCollection services, WebSettings settings)
    {
        services.AddSingleton<AccountStore>();
        services.AddSingleton<UserStore>();
        services.AddSingleton<InvitationStore>();
        services.AddSingleton<DataProtectionKeyStore>();
        services.AddSingleton<DataProtectionKeys>();
        services.AddSingleton<IPostConfigureOptions<KeyManagementOptions>>(provider =>
            new PostConfigureOptions<KeyManagementOptions>(Options.DefaultName, options => options.XmlRepository = provider.GetRequiredService<DataProtectionKeys>()));
        services.AddDataProtection().SetApplicationName("FinsamOutcomes");

        services.AddHttpContextAccessor();
        services.AddSingleton<BrowserFailures>();
        services.AddScoped<KnownBrowser>();
        services.AddSingleton<ILookupNormalizer, UserNames>();
        services.AddIdentityCore<AppUser>(options =>
            {
                options.Lockout.MaxFailedAccessAttempts = FailuresBeforeLockout;
                options.Lockout.DefaultLockoutTimeSpan = Lockout;
            })
            .AddUserManager<AppUserManager>()
            .AddSignInManager()
            .AddUserStore<AppUserStore>()
            .AddErrorDescriber<SwedishIdentityErrors>()
            .AddTokenProvider<AuthenticatorCode>(TokenOptions.DefaultAuthenticatorProvider);
        services.RemoveAll<IPasswordValidator<AppUser>>();
        services.AddScoped<IPasswordValidator<AppUser>, PasswordRules>();

        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies(cookies =>
        {
            cookies.ApplicationCookie!.Configure(options =>
            {
                Harden(options.Cookie, settings, "finsam-inloggning");
                options.LoginPath = "/logga-in";
                options.LogoutPath = "/logga-ut";
                options.ReturnUrlParameter = "returnUrl";
                options.ExpireTimeSpan = s_idle;
                options.SlidingExpiration = true;
                options.Events = new CookieAuthenticationEvents { OnSigningIn = Start, OnValidatePrincipal = ValidateAsync, OnRedirectToLogin = AskToSignIn };
            });
            cookies.TwoFactorUserIdCookie!.Configure(options => Harden(options.Cookie, settings, "finsam-kod"));
        });

        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.AddPolicy(TriesPolicy, context => HttpMethods.IsGet(context.Request.Method) && !context.Request.RouteValues.ContainsKey("token")
                ? RateLimitPartition.GetNoLimiter("")
                : RateLimitPartition.GetFixedWindowLimiter(
                    Origin(context.Connection.RemoteIpAddress),
                    _ => new FixedWindowRateLimiterOptions { PermitLimit = settings.TriesPerMinute, Window = TimeSpan.FromMinutes(1) }));
        });
    }

    /// <summary>The number of the session of a request that is signed in.</summary>
    public static async Task<string> SessionNumberAsync(this HttpContext context) =>
        (await context.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Properties!.Items[SessionNumber]!;

    // Whoever has one IPv6 address has the whole network of it: 2^64 to try from.
    private static string Origin(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes(), 0, 8) : address.ToString();
    }

    private static void Harden(CookieBuilder cookie, WebSettings settings, string name)
    {
        cookie.Name = settings.CookieName(name);
        cookie.HttpOnly = true;
        // Lax: a link in an e-mail to a page opens it; a form on another site still sends no cookie.
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = settings.CookiePolicy;
    }

    // Who sent a form after the session had ended is told that nothing came of it.
    private static Task AskToSignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.Redirect(HttpMethods.IsPost(context.Request.Method) ? context.RedirectUri + "&avbrutet=ja" : context.RedirectUri);
        return Task.CompletedTask;
    }

    private static Task Start(CookieSigningInContext context)
    {
        var now = context.Options.TimeProvider!.GetUtcNow();
        // Present when the cookie is only made anew: the twelve hours run from the sign-in.
        context.Properties.Items.TryAdd(SignedInAt, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        context.Properties.Items.TryAdd(SessionNumber, Guid.NewGuid().ToString("N"));
        if (int.TryParse(context.Principal!.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            context.HttpContext.RequestServices.GetRequiredService<KnownBrowser>().Remember(id);
        return Task.CompletedTask;
    }

    /// <summary>Asked at every request: a password that is changed or an account that is switched off ends its sessions everywhere, signing out ends this one.</summary>
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var claims = services.GetRequiredService<IOptions<IdentityOptions>>().Value.ClaimsIdentity;
        var isYoung = context.Properties.Items.TryGetValue(SessionNumber, out var session) && session is not null
            && context.Properties.Items.TryGetValue(SignedInAt, out var text)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && context.Options.TimeProvider!.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds) < LongestSession;
        if (isYoung
            && int.TryParse(context.Principal!.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && await services.GetRequiredService<AccountStore>().StampAsync(id, session!, context.HttpContext.RequestAborted) is { } stamp
            && stamp == context.Principal!.FindFirstValue(claims.SecurityStampClaimType))
        {
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }
}
