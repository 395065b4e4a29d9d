using FinsamOutcomes.Data.Users;
using Microsoft.AspNetCore.Identity;
using OtpNet;

namespace FinsamOutcomes.Web.Identity;

/// <summary>
/// The one-time code of an authenticator app: TOTP (RFC 6238), six digits, 30 seconds, SHA-1 as all apps have it. The
/// period before and after is accepted for clocks that differ. A code works once, which Identity's own does not see to.
/// </summary>
internal sealed class AuthenticatorCode(AccountStore accounts, TimeProvider clock) : IUserTwoFactorTokenProvider<AppUser>
{
    /// <summary>Digits in a code.</summary>
    public const int Length = 6;

    /// <summary>The code at a time; the key in base 32, as the app has it.</summary>
    public static string At(DateTimeOffset now, string key) => Of(key).ComputeTotp(now.UtcDateTime);

    public async Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<AppUser> manager, AppUser user) =>
        await manager.GetAuthenticatorKeyAsync(user) is { Length: > 0 };

    public Task<string> GenerateAsync(string purpose, UserManager<AppUser> manager, AppUser user) =>
        throw new NotSupportedException("Codes come from the user's app.");

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<AppUser> manager, AppUser user) =>
        await manager.GetAuthenticatorKeyAsync(user) is { Length: > 0 } key
            && Of(key).VerifyTotp(clock.GetUtcNow().UtcDateTime, token, out var period, new VerificationWindow(previous: 1, future: 1))
            && await accounts.UseCodePeriodAsync(user.Id, (int)period);

    private static Totp Of(string key) => new(Base32Encoding.ToBytes(key), totpSize: Length);
}
