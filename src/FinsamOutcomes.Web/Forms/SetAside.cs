using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Identity;
using Microsoft.AspNetCore.DataProtection;

namespace FinsamOutcomes.Web.Forms;

/// <summary>
/// What a form sent or made that may not stand in an address, kept for the page that the form leads to: so Back and reload
/// work without sending the form again. It lies encrypted in a cookie of its own, which only this session of this user can
/// read for a while; the address holds its random key, so that two tabs never see each other's.
/// </summary>
public sealed class SetAside(IHttpContextAccessor accessor, IDataProtectionProvider protection, WebSettings settings, TimeProvider clock, CurrentAccess access)
{
    /// <summary>How long it is kept.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(30);

    private const string Name = "finsam-kvar-";

    // A browser sends all of them with each request.
    private const int Most = 4;

    // Of a cookie, which browsers drop when it is larger than 4 kB.
    private const int Longest = 1_500;

    private HttpContext Context => accessor.HttpContext!;

    /// <summary>False for what a cookie can't hold.</summary>
    public static bool Fits(string text) => text is { Length: <= Longest };

    /// <summary>Drops what was kept under a key.</summary>
    public void Forget(string? key)
    {
        if (!string.IsNullOrEmpty(key) && Context.Request.Cookies.ContainsKey(settings.CookieName(Name) + key))
            Context.Response.Cookies.Delete(settings.CookieName(Name) + key, Options());
    }

    /// <summary>Keeps a text for a page of this path, and gives its key for the address.</summary>
    public async Task<string> KeepAsync(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var now = clock.GetUtcNow();
        var key = now.ToUnixTimeMilliseconds().ToString("x12", CultureInfo.InvariantCulture) + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12));
        var prefix = settings.CookieName(Name);
        foreach (
            var old in Context
                .Request.Cookies.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal))
                .OrderDescending(StringComparer.Ordinal)
                .Skip(Most - 1))
            Context.Response.Cookies.Delete(old, Options());
        if (Fits(text))
        {
            var options = Options();
            options.MaxAge = Lasts;
            Context.Response.Cookies.Append(
                prefix + key,
                (await ProtectorAsync(path, key)).Protect(string.Create(CultureInfo.InvariantCulture, $"{(now + Lasts).ToUnixTimeSeconds()} {text}")),
                options);
        }

        return key;
    }

    /// <summary>What was kept under a key; null when it is too old, another's or made up.</summary>
    public async Task<string?> FindAsync(string path, string? key)
    {
        if (string.IsNullOrEmpty(key) || !Context.Request.Cookies.TryGetValue(settings.CookieName(Name) + key, out var cookie) || string.IsNullOrEmpty(cookie))
            return null;
        try
        {
            var kept = (await ProtectorAsync(path, key)).Unprotect(cookie).Split(' ', 2);
            return long.Parse(kept[0], CultureInfo.InvariantCulture) > clock.GetUtcNow().ToUnixTimeSeconds() ? kept[1] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private async Task<IDataProtector> ProtectorAsync(string path, string key) =>
        protection.CreateProtector(
            "FinsamOutcomes.SetAside",
            access.UserId.ToString(CultureInfo.InvariantCulture),
            await Context.SessionNumberAsync(),
            path,
            key);

    // Strict would keep it back when the page is opened again from another program; there is nothing to protect it from.
    private CookieOptions Options() => new() { HttpOnly = true, IsEssential = true, Path = "/", SameSite = SameSiteMode.Lax, Secure = Context.Request.IsHttps };
}
