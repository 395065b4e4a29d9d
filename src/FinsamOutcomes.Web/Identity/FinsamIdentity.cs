using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Security.Claims;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace FinsamOutcomes.Web.Identity;

/// <summary>Signing in: Identity's managers on our store, cookies, their keys, and how often one may try.</summary>
internal static class FinsamIdentity
{
    public const int FailuresBeforeLockout = 5;
    public static readonly TimeSpan Lockout = TimeSpan.FromMinutes(15);

    /// <summary>However busy: after this one signs in again.</summary>
    public static readonly TimeSpan LongestSession = TimeSpan.FromHours(12);

    private static readonly TimeSpan s_idle = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan s_proofLasts = TimeSpan.FromMinutes(10);
    private const string ProvenAt = "finsam.bevisad";
    private const string SignedInAt = "finsam.inloggad";
    private const string SessionNumber = "finsam.session";
    private const string SecondStepStamp = "finsam.stampel";
    private const string SecondStepNumber = "finsam.steg";
    private const string DatabaseAway = "finsam.databasen-borta";

    public static void AddFinsamIdentity(this IServiceCollection services, WebSettings settings)
    {
        services.AddSingleton<AccountStore>();
        services.AddSingleton<UserStore>();
        services.AddSingleton<InvitationStore>();
        services.AddSingleton<AccessRequestStore>();
        services.AddSingleton<NoticeStore>();
        services.AddSingleton<ExternalIdentityStore>();
        services.AddSingleton<PasskeyStore>();
        services.AddSingleton<SignInProviders>();
        services.AddSingleton<ResetMailing>();
        services.AddHostedService(s => s.GetRequiredService<ResetMailing>());
        services.AddSingleton<DataProtectionKeyStore>();
        services.AddSingleton<DataProtectionKeys>();
        services.AddSingleton<IPostConfigureOptions<KeyManagementOptions>>(provider => new PostConfigureOptions<KeyManagementOptions>(
            Options.DefaultName,
            options => options.XmlRepository = provider.GetRequiredService<DataProtectionKeys>()));
        services.AddDataProtection().SetApplicationName("FinsamOutcomes");

        services.AddHttpContextAccessor();
        services.AddSingleton<BrowserFailures>();
        services.AddSingleton<FailedTries>();
        services.AddSingleton<AccountTurns>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = settings.PasswordRounds);
        services.AddScoped<KnownBrowser>();
        services.AddSingleton<ILookupNormalizer, UserNames>();
        services.AddIdentityCore<AppUser>(options =>
            {
                options.Lockout.MaxFailedAccessAttempts = FailuresBeforeLockout;
                options.Lockout.DefaultLockoutTimeSpan = Lockout;
            })
            .AddUserManager<AppUserManager>()
            .AddSignInManager<AppSignInManager>()
            .AddClaimsPrincipalFactory<RequiredCode.ClaimFactory>()
            .AddUserStore<AppUserStore>()
            .AddErrorDescriber<SwedishIdentityErrors>()
            .AddTokenProvider<AuthenticatorCode>(TokenOptions.DefaultAuthenticatorProvider);
        services.RemoveAll<IPasswordValidator<AppUser>>();
        services.AddScoped<IPasswordValidator<AppUser>, PasswordRules>();

        services.Configure<IdentityPasskeyOptions>(options =>
        {
            options.ServerDomain = settings.PublicUrl?.Host;
            // A finger, a face or a code on the device: the passkey is two factors. Found without a name to be typed.
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
        });

        var authentication = services.AddAuthentication(IdentityConstants.ApplicationScheme);
        SignInProviders.Add(authentication, settings);
        authentication.AddIdentityCookies(cookies =>
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
            cookies.TwoFactorUserIdCookie!.Configure(options =>
            {
                Harden(options.Cookie, settings, "finsam-kod");
                // A challenge that has been used is remembered for as long as its cookie can live.
                options.SlidingExpiration = false;
                options.Events = new CookieAuthenticationEvents { OnSigningIn = BindSecondStep, OnValidatePrincipal = ValidateSecondStepAsync };
            });
            cookies.ExternalCookie!.Configure(options => Harden(options.Cookie, settings, "finsam-leverantor"));
        });
    }

    /// <summary>Whether a lock holds now; one that would last longer than locks do was set while the clock was ahead.</summary>
    public static bool IsLocked(DateTime? endsAt, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var now = clock.GetUtcNow().UtcDateTime;
        return endsAt > now && endsAt <= now + Lockout + FinsamDatabase.ClocksApart;
    }

    /// <summary>Throws what kept the session from being looked up, if anything did.</summary>
    public static void ThrowIfNotLookedUp(this HttpContext context) => (context.Items[DatabaseAway] as ExceptionDispatchInfo)?.Throw();

    /// <summary>The number of the session of a request that is signed in.</summary>
    public static async Task<string> SessionNumberAsync(this HttpContext context) =>
        (await context.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Properties!.Items[SessionNumber]!;

    /// <summary>
    /// Whether whoever uses the session proved who they are just now: at the sign-in, or by <see cref="ProveAsync"/>. Asked
    /// where somebody who found an open session could make themselves a way in.
    /// </summary>
    public static async Task<bool> IsProvenAsync(this HttpContext context)
    {
        var items = (await context.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Properties!.Items;
        return long.TryParse(items.Item(ProvenAt) ?? items.Item(SignedInAt), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && IsNow(context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds), s_proofLasts);
    }

    /// <summary>Notes in the session that the password was right just now.</summary>
    public static async Task ProveAsync(this HttpContext context)
    {
        var session = await context.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        session.Properties!.Items[ProvenAt] = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds()
            .ToString(CultureInfo.InvariantCulture);
        await context.SignInAsync(IdentityConstants.ApplicationScheme, session.Principal!, session.Properties);
    }

    /// <summary>
    /// Whether something is younger than it may be, and not from the future: a session begun while the clock was a month
    /// ahead would live for a month when it is right again.
    /// </summary>
    private static bool IsNow(TimeSpan age, TimeSpan longest) => age < longest && age > -FinsamDatabase.ClocksApart;

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

    /// <summary>The second step that now begins belongs to the password that was right: what the user was when it was checked.</summary>
    public static void BeginSecondStep(HttpContext context, AppUser user) => context.Items[SecondStepStamp] = user.SecurityStamp;

    /// <summary>The number of the second step, or of the challenge of a passkey, that a cookie holds; null when there is none.</summary>
    public static string? SecondStepOf(AuthenticateResult begun) => begun.Properties?.Items.Item(SecondStepNumber);

    private static Task BindSecondStep(CookieSigningInContext context)
    {
        context.Properties.Items[SecondStepNumber] = Guid.NewGuid().ToString("N");
        if (context.HttpContext.Items[SecondStepStamp] is string stamp)
            context.Principal!.Identities.First().AddClaim(new Claim(SecondStepStamp, stamp));
        return Task.CompletedTask;
    }

    // A password that is changed, or an account that is switched off, ends second steps that were begun with the old one.
    private static async Task ValidateSecondStepAsync(CookieValidatePrincipalContext context)
    {
        // As with a session, its end alone says nothing when the clock was ahead. Without a user it is the challenge of a
        // passkey, which Identity keeps in the same cookie.
        var isYoung = context.Properties.IssuedUtc is { } issued && IsNow(context.Options.TimeProvider!.GetUtcNow() - issued, context.Options.ExpireTimeSpan);
        if (isYoung && !context.Principal!.HasClaim(c => c.Type == ClaimTypes.Name))
            return;
        if (isYoung
            && int.TryParse(context.Principal!.FindFirstValue(ClaimTypes.Name), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && await context.HttpContext.RequestServices.GetRequiredService<AccountStore>().FindAsync(id, context.HttpContext.RequestAborted)
                is { IsActive: true } user
            && context.Principal!.FindFirstValue(SecondStepStamp) == user.SecurityStamp)
        {
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
    }

    /// <summary>
    /// Asked at every request: a password that is changed or an account that is switched off ends its sessions everywhere,
    /// signing out ends this one, and a rule that comes to require a second factor ends those that began without.
    /// </summary>
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var claims = services.GetRequiredService<IOptions<IdentityOptions>>().Value.ClaimsIdentity;
        var isYoung = context.Properties.Items.TryGetValue(SessionNumber, out var session) && session is not null
            && context.Properties.Items.TryGetValue(SignedInAt, out var text)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && IsNow(context.Options.TimeProvider!.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds), LongestSession);
        try
        {
            if (isYoung
                && int.TryParse(context.Principal!.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && await services.GetRequiredService<AccountStore>().SessionAsync(id, session!, context.HttpContext.RequestAborted) is { } asked
                && asked.SecurityStamp == context.Principal!.FindFirstValue(claims.SecurityStampClaimType)
                && (!asked.IsFactorAsked || RequiredCode.IsMet(context.Principal!)))
            {
                return;
            }
        }
        catch (Exception exception) when (DatabaseFaults.Of(exception) != DatabaseFault.None)
        {
            // Nobody is signed out because the database is away. Thrown again where somebody must be signed in; here it would
            // be thrown at the page that tells of it too, which would then not be shown.
            context.HttpContext.Items[DatabaseAway] = ExceptionDispatchInfo.Capture(exception);
            context.RejectPrincipal();
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }
}
