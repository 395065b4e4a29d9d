using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FinsamOutcomes.Data.Users;

namespace FinsamOutcomes.Web.Identity;

/// <summary>
/// Wrong passwords, codes and links, counted by the address they come from and by the account name they were for. Right
/// ones are never counted: a whole office behind one address signs in at eight o'clock. Tries that are being judged hold a
/// place each until it is known how they went, so that no more than the limit are judged at once.
/// </summary>
public sealed class FailedTries(WebSettings settings, TimeProvider clock)
{
    private const int MostRemembered = 10_000;

    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, OriginTries> _origins = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NameTries> _names = new(StringComparer.Ordinal);

    /// <summary>Takes a place for a try; null when there is one, else how long until wrong tries may be made again.</summary>
    public async Task<TimeSpan?> EnterAsync(string origin, CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_lock)
            {
                var now = clock.GetUtcNow();
                if (!_origins.TryGetValue(origin, out var tries))
                    _origins[origin] = tries = new OriginTries();
                if (tries.EndsAt <= now)
                    (tries.Failures, tries.EndsAt) = (0, now + s_window);
                if (tries.Failures >= settings.TriesPerMinute)
                    return tries.EndsAt - now;
                if (tries.Failures + tries.Judged < settings.TriesPerMinute)
                {
                    tries.Judged++;
                    return null;
                }
            }

            await Task.Delay(s_pause, cancellationToken);
        }
    }

    /// <summary>Gives the place back, and keeps that the try was wrong.</summary>
    public void Leave(string origin, bool hasFailed)
    {
        lock (_lock)
        {
            var tries = _origins[origin];
            tries.Judged--;
            if (hasFailed)
                tries.Failures++;
            if (_origins.Count <= MostRemembered)
                return;
            var now = clock.GetUtcNow();
            foreach (var over in _origins.Where(o => o.Value is { Judged: 0 } && o.Value.EndsAt <= now).Select(o => o.Key).ToList())
                _origins.Remove(over);
        }
    }

    /// <summary>How long a name that is no account is locked, by the same rule as an account: what isn't there can't be told from what is.</summary>
    public TimeSpan? LockedFor(string userName)
    {
        lock (_lock)
            return _names.TryGetValue(AppUser.Normalize(userName), out var tries) && tries.LockedUntil > clock.GetUtcNow() ? tries.LockedUntil - clock.GetUtcNow() : null;
    }

    /// <summary>Counts a wrong try at a name that is no account.</summary>
    public void CountName(string userName)
    {
        lock (_lock)
        {
            if (_names.Count >= MostRemembered)
                _names.Clear();
            var name = AppUser.Normalize(userName);
            if (!_names.TryGetValue(name, out var tries))
                _names[name] = tries = new NameTries();
            if (++tries.Failures >= FinsamIdentity.FailuresBeforeLockout)
                (tries.Failures, tries.LockedUntil) = (0, clock.GetUtcNow() + FinsamIdentity.Lockout);
        }
    }

    /// <summary>What is counted together: whoever has one IPv6 address has the whole network of it, 2^64 to try from.</summary>
    public static string Origin(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes(), 0, 8) : address.ToString();
    }

    /// <summary>Whole seconds, as the header has them.</summary>
    public static string RetryAfter(TimeSpan wait) => Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private sealed class OriginTries
    {
        public int Failures { get; set; }

        public int Judged { get; set; }

        public DateTimeOffset EndsAt { get; set; }
    }

    private sealed class NameTries
    {
        public int Failures { get; set; }

        public DateTimeOffset LockedUntil { get; set; }
    }
}
