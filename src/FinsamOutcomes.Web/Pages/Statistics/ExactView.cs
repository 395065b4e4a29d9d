using System.Globalization;
using System.Security.Cryptography;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.DataProtection;

namespace FinsamOutcomes.Web.Pages.Statistics;

/// <summary>
/// The leave to see small numbers, given when the reason is in the log: for one user, one page with one filter, and an hour.
/// It stands in the address, so that every host on the database knows it, and is worth nothing to anybody else.
/// </summary>
public sealed class ExactView(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>The name of the leave in an address.</summary>
    public const string Name = "exakt";

    private static readonly TimeSpan s_lasts = TimeSpan.FromHours(1);

    private readonly IDataProtector _protector = protection.CreateProtector("FinsamOutcomes.ExactView");

    public string Give(CurrentAccess access, string path, string query) =>
        _protector.Protect($"{(clock.GetUtcNow() + s_lasts).UtcTicks.ToString(CultureInfo.InvariantCulture)} {What(access, path, query)}");

    /// <summary>Until when the leave holds for this user and filter; null when it doesn't.</summary>
    public DateTimeOffset? Until(string leave, CurrentAccess access, string path, string query)
    {
        try
        {
            var parts = _protector.Unprotect(leave).Split(' ', 2);
            var until = new DateTimeOffset(long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.Zero);
            return until > clock.GetUtcNow() && parts[1] == What(access, path, query) ? until : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            // Made up, cut off on the way, or from before the keys were changed.
            return null;
        }
    }

    private static string What(CurrentAccess access, string path, string query) =>
        string.Create(CultureInfo.InvariantCulture, $"{access.UserId} {path}{query}");
}
