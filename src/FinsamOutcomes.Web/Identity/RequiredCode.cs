using System.Security.Claims;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace FinsamOutcomes.Web.Identity;

/// <summary>
/// Who has a role that must have a second factor, and has none, sets it up after signing in, before anything else: a one-time
/// code or a passkey. The session carries that it must, from the sign-in until the factor is on; one that began with a
/// provider's own second factor, where that counts, need not.
/// </summary>
internal sealed class RequiredCode(RequestDelegate next)
{
    private const string ClaimType = "finsam.kod-kravs";

    // Where it is set up, and the account it belongs to; signing out and help are open to all.
    private static readonly string[] s_open = ["/konto", "/konto/engangskod", "/konto/inloggning"];

    /// <summary>Whether a session goes on where a second factor is required: it began with one, or knows that one is to be set up.</summary>
    public static bool IsMet(ClaimsPrincipal user) => AppSignInManager.HasSecondFactor(user) || user.HasClaim(c => c.Type == ClaimType);

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.User.HasClaim(c => c.Type == ClaimType) || AppSignInManager.HasSecondFactor(context.User)
            || context.GetEndpoint() is not RouteEndpoint { RoutePattern.RawText: { } route }
            || Rights.For(route) is not { } right || right.Scope == Scope.Open || s_open.Contains(right.Route))
        {
            return next(context);
        }

        context.Response.Redirect("/konto/engangskod?kravs=ja");
        return Task.CompletedTask;
    }

    internal sealed class ClaimFactory(UserManager<AppUser> users, IOptions<IdentityOptions> options, AccountStore accounts)
        : UserClaimsPrincipalFactory<AppUser>(users, options)
    {
        protected override async Task<ClaimsIdentity> GenerateClaimsAsync(AppUser user)
        {
            var identity = await base.GenerateClaimsAsync(user);
            if (await accounts.SecondFactorNeedAsync(user.Id) == SecondFactorNeed.SetUp)
                identity.AddClaim(new Claim(ClaimType, "ja"));
            return identity;
        }
    }
}
