using System.Security.Claims;
using FinsamOutcomes.Data.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace FinsamOutcomes.Web.Identity;

/// <summary>
/// Identity's, with what an account and its förbund ask of the way in: no passwords where they are switched off, and the
/// passkey where a role requires a second factor and it is the only one. The session carries how it began, in <c>amr</c>.
/// </summary>
internal sealed class AppSignInManager(
    UserManager<AppUser> users,
    IHttpContextAccessor accessor,
    IUserClaimsPrincipalFactory<AppUser> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<AppUser>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<AppUser> confirmation,
    AccountStore accounts,
    TimeProvider clock) : SignInManager<AppUser>(users, accessor, claims, options, logger, schemes, confirmation)
{
    private const string Method = "amr";
    private const string SeveralFactors = "mfa";
    private const string Passkey = "hwk";

    /// <summary>Whether the session began with more than a password or a provider's word: a code, a passkey, or a provider's own second factor.</summary>
    public static bool HasSecondFactor(ClaimsPrincipal user) => user.FindFirstValue(Method) is SeveralFactors or Passkey;

    /// <summary>Whether the session began without a password.</summary>
    public static bool CameWithoutPassword(ClaimsPrincipal user) => ProviderOf(user) is not null || user.FindFirstValue(Method) == Passkey;

    /// <summary>The key of the provider that the session began at; null when it began here.</summary>
    public static string? ProviderOf(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.AuthenticationMethod);

    /// <summary>Lets in whom a provider knows; the own second factor is asked for unless the provider's counts.</summary>
    public async Task<SignInResult> EnterByProviderAsync(AppUser user, string provider, bool hasSecondFactor)
    {
        if (!hasSecondFactor)
            return await SignInOrTwoFactorAsync(user, isPersistent: false, provider);
        await SignInWithClaimsAsync(user, isPersistent: false, [new Claim(ClaimTypes.AuthenticationMethod, provider), new Claim(Method, SeveralFactors)]);
        return SignInResult.Success;
    }

    /// <summary>Lets in whoever has proved to have a passkey of the account, which asks for a finger, a face or a code itself.</summary>
    public Task EnterByPasskeyAsync(AppUser user) => SignInWithClaimsAsync(user, isPersistent: false, [new Claim(Method, Passkey)]);

    /// <summary>Identity's, but each challenge is answered once: whoever got hold of the cookie and the answer has nothing.</summary>
    public override async Task<PasskeyAssertionResult<AppUser>> PerformPasskeyAssertionAsync(string credentialJson)
    {
        var begun = await Context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme);
        var judged = await base.PerformPasskeyAssertionAsync(credentialJson);
        if (!judged.Succeeded)
            return judged;
        var until = clock.GetUtcNow().UtcDateTime + FinsamIdentity.LongestSession;
        return FinsamIdentity.SecondStepOf(begun) is { } number && await accounts.UseChallengeAsync(number, until, Context.RequestAborted)
            ? judged
            : PasskeyAssertionResult.Fail<AppUser>(new PasskeyException("The challenge has been answered before."));
    }

    protected override async Task<SignInResult> SignInOrTwoFactorAsync(
        AppUser user,
        bool isPersistent,
        string? loginProvider = null,
        bool bypassTwoFactor = false) =>
        (loginProvider is null && await accounts.IsPasswordOffAsync(user.Id, Context.RequestAborted))
        || await accounts.SecondFactorNeedAsync(user.Id, Context.RequestAborted) == SecondFactorNeed.UsePasskey
            ? SignInResult.NotAllowed
            : await base.SignInOrTwoFactorAsync(user, isPersistent, loginProvider, bypassTwoFactor);
}
