using FinsamOutcomes.Data.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace FinsamOutcomes.Web.Identity;

/// <summary>
/// Identity's manager with the application's clock for lockouts. Wrong tries from a browser where the user has signed in
/// before are counted by themselves, and a lock that others have brought about does not shut it out.
/// </summary>
internal sealed class AppUserManager(
    IUserStore<AppUser> store,
    IOptions<IdentityOptions> options,
    IPasswordHasher<AppUser> hasher,
    IEnumerable<IUserValidator<AppUser>> userValidators,
    IEnumerable<IPasswordValidator<AppUser>> passwordValidators,
    ILookupNormalizer normalizer,
    IdentityErrorDescriber errors,
    IServiceProvider services,
    ILogger<UserManager<AppUser>> logger,
    TimeProvider clock,
    KnownBrowser browser) : UserManager<AppUser>(store, options, hasher, userValidators, passwordValidators, normalizer, errors, services, logger)
{
    public override Task<bool> IsLockedOutAsync(AppUser user) =>
        Task.FromResult(FinsamIdentity.IsLocked(user.LockoutEndsAt, clock) && !browser.Trusts(user.Id));

    /// <summary>A hash that is made anew with more rounds is no new password: the stamp, and so every session, goes on.</summary>
    public override async Task<bool> CheckPasswordAsync(AppUser user, string password)
    {
        if (user.PasswordHash is not { } hash || password is not { Length: <= PasswordRules.LongestTried })
            return false;
        var result = PasswordHasher.VerifyHashedPassword(user, hash, password);
        if (result == PasswordVerificationResult.SuccessRehashNeeded)
            await ((AppUserStore)Store).RehashAsync(user, hash, PasswordHasher.HashPassword(user, password), CancellationToken);
        return result != PasswordVerificationResult.Failed;
    }

    public override async Task<IdentityResult> AccessFailedAsync(AppUser user)
    {
        if (browser.TakeFailure(user.Id))
            return IdentityResult.Success;
        var lockouts = (IUserLockoutStore<AppUser>)Store;
        if (await lockouts.IncrementAccessFailedCountAsync(user, CancellationToken) >= Options.Lockout.MaxFailedAccessAttempts)
            await lockouts.SetLockoutEndDateAsync(user, clock.GetUtcNow().Add(Options.Lockout.DefaultLockoutTimeSpan), CancellationToken);
        return IdentityResult.Success;
    }

    public override async Task<IdentityResult> ResetAccessFailedCountAsync(AppUser user)
    {
        if (user.AccessFailedCount > 0)
            await ((IUserLockoutStore<AppUser>)Store).ResetAccessFailedCountAsync(user, CancellationToken);
        return IdentityResult.Success;
    }
}

/// <summary>User names are compared as <see cref="AppUser.Normalize"/> says, here and in the stores.</summary>
internal sealed class UserNames : ILookupNormalizer
{
    public string? NormalizeEmail(string? email) => NormalizeName(email);

    public string? NormalizeName(string? name) => name is null ? null : AppUser.Normalize(name);
}
