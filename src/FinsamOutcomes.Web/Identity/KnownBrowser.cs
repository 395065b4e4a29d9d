using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.DataProtection;

namespace FinsamOutcomes.Web.Identity;

/// <summary>Wrong tries from known browsers: as many as lock an account, for each browser and user.</summary>
internal sealed class BrowserFailures : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetFixedWindowLimiter(
        key,
        _ => new FixedWindowRateLimiterOptions { PermitLimit = FinsamIdentity.FailuresBeforeLockout, Window = FinsamIdentity.Lockout }));

    public bool HasRoom(string key) => _limiter.GetStatistics(key)!.CurrentAvailablePermits > 0;

    public bool Take(string key)
    {
        using var lease = _limiter.AttemptAcquire(key);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}

/// <summary>
/// Whether a user has signed in with this browser before. Anybody who knows an e-mail address can make five wrong tries
/// every quarter of an hour and keep its account locked; they shall not keep its owner out of it at the owner's own desk
/// (OWASP calls it device cookies). After five wrong tries of its own the browser is as unknown as any.
/// </summary>
internal sealed class KnownBrowser(IHttpContextAccessor accessor, IDataProtectionProvider protection, WebSettings settings, BrowserFailures failures)
{
    private const string Name = "finsam-dator";

    // Those who last signed in: a computer at an office has more than one user.
    private const int Users = 10;

    private static readonly TimeSpan s_lasts = TimeSpan.FromDays(180);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("FinsamOutcomes.KnownBrowser").ToTimeLimitedDataProtector();

    private HttpContext Context => accessor.HttpContext!;

    public bool Trusts(int userId) => Key(userId) is { } key && failures.HasRoom(key);

    /// <summary>Counts a wrong try to this browser; false when it is to be counted to the account.</summary>
    public bool TakeFailure(int userId) => Key(userId) is { } key && failures.Take(key);

    /// <summary>
    /// Where tries from this browser are counted, if anybody has signed in with it: by its users, and not by the browser, or
    /// one who signs in again and again without cookies would have a new place each time. Null for an unknown browser.
    /// </summary>
    public string? Origin() =>
        Read() is { } known ? $"known;{string.Join(';', known.Users.Order().Select(u => u.ToString(CultureInfo.InvariantCulture)))}" : null;

    /// <summary>Remembers that the user has signed in here, all steps done.</summary>
    public void Remember(int userId)
    {
        var (browser, users) = Read() ?? (Guid.NewGuid().ToString("N"), []);
        int[] latest = [userId, .. users.Where(u => u != userId).Take(Users - 1)];
        Context.Response.Cookies.Append(
            settings.CookieName(Name),
            _protector.Protect($"{browser};{string.Join(';', latest.Select(u => u.ToString(CultureInfo.InvariantCulture)))}", s_lasts),
            new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                Path = "/",
                SameSite = SameSiteMode.Lax,
                Secure = Context.Request.IsHttps,
                MaxAge = s_lasts,
            });
    }

    private string? Key(int userId) =>
        Read() is { } known && known.Users.Contains(userId) ? string.Create(CultureInfo.InvariantCulture, $"{known.Browser};{userId}") : null;

    private (string Browser, IReadOnlyList<int> Users)? Read()
    {
        if (!Context.Request.Cookies.TryGetValue(settings.CookieName(Name), out var cookie) || string.IsNullOrEmpty(cookie))
            return null;
        try
        {
            var parts = _protector.Unprotect(cookie).Split(';');
            return (parts[0], [.. parts.Skip(1).Select(p => int.Parse(p, CultureInfo.InvariantCulture))]);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Too old, made up, or from before the keys were changed.
            return null;
        }
    }
}
