using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using FinsamOutcomes.Data.Users;
using Microsoft.AspNetCore.Identity;

namespace FinsamOutcomes.Web.Identity;

/// <summary>
/// The one-time code of an authenticator app: TOTP (RFC 6238), six digits, 30 seconds, SHA-1 as all apps have it. The
/// period before and after is accepted for clocks that differ. A code works once, which Identity's own does not see to.
/// </summary>
internal sealed class AuthenticatorCode(AccountStore accounts, TimeProvider clock) : IUserTwoFactorTokenProvider<AppUser>
{
    /// <summary>Digits in a code.</summary>
    public const int Length = 6;

    private const int SecondsInPeriod = 30;

    /// <summary>The code of a period; the key in base 32, as the app has it.</summary>
    public static string Of(string key, int period)
    {
        Span<byte> message = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(message, period);
#pragma warning disable CA5350 // RFC 6238 and every authenticator app: HMAC-SHA-1, where the weakness of SHA-1 does not matter
        var hash = HMACSHA1.HashData(FromBase32(key), message);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xf;
        var number = (BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset, 4)) & 0x7fffffff) % 1_000_000;
        return number.ToString("D6", CultureInfo.InvariantCulture);
    }

    public static int PeriodAt(DateTimeOffset now) => (int)(now.ToUnixTimeSeconds() / SecondsInPeriod);

    public async Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<AppUser> manager, AppUser user) =>
        await manager.GetAuthenticatorKeyAsync(user) is { Length: > 0 };

    public Task<string> GenerateAsync(string purpose, UserManager<AppUser> manager, AppUser user) =>
        throw new NotSupportedException("Codes come from the user's app.");

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<AppUser> manager, AppUser user)
    {
        if (await manager.GetAuthenticatorKeyAsync(user) is not { Length: > 0 } key)
            return false;
        var now = PeriodAt(clock.GetUtcNow());
        for (var period = now - 1; period <= now + 1; period++)
        {
            if (CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(Of(key, period)), System.Text.Encoding.UTF8.GetBytes(token)))
                return await accounts.UseCodePeriodAsync(user.Id, period);
        }

        return false;
    }

    private static byte[] FromBase32(string text)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bytes = new List<byte>(text.Length * 5 / 8);
        var (buffer, bits) = (0, 0);
        foreach (var character in text)
        {
            buffer = ((buffer << 5) | Alphabet.IndexOf(character, StringComparison.Ordinal)) & 0xfff;
            bits += 5;
            if (bits < 8)
                continue;
            bits -= 8;
            bytes.Add((byte)(buffer >> bits));
        }

        return [.. bytes];
    }
}
