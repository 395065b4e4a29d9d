using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
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
    private static readonly TimeSpan s_remembered = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, OriginTries> _origins = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NameTries> _names = new(StringComparer.Ordinal);
    private DateTimeOffset _lastForgotten;

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
            return _names.TryGetValue(Key(userName), out var tries) && tries.LockedUntil > clock.GetUtcNow() ? tries.LockedUntil - clock.GetUtcNow() : null;
    }

    /// <summary>Counts a wrong try at a name that is no account.</summary>
    public void CountName(string userName)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var name = Key(userName);
            if (!_names.TryGetValue(name, out var tries))
            {
                Forget(now);
                _names[name] = tries = new NameTries();
            }

            tries.LastAt = now;
            if (++tries.Failures >= FinsamIdentity.FailuresBeforeLockout)
                (tries.Failures, tries.LockedUntil) = (0, now + FinsamIdentity.Lockout);
        }
    }

    /// <summary>How many names that are no account are remembered.</summary>
    public int CountNames()
    {
        lock (_lock)
            return _names.Count;
    }

    // What anybody may fill has an end: those that are a day old, and when there are still too many, those tried longest ago.
    private void Forget(DateTimeOffset now)
    {
        if (_names.Count < MostRemembered && now - _lastForgotten < s_remembered && now >= _lastForgotten)
            return;
        _lastForgotten = now;
        foreach (var old in _names.Where(n => now - n.Value.LastAt >= s_remembered).Select(n => n.Key).ToList())
            _names.Remove(old);
        if (_names.Count < MostRemembered)
            return;
        foreach (var old in _names.OrderBy(n => n.Value.LastAt).Take(MostRemembered / 10).Select(n => n.Key).ToList())
            _names.Remove(old);
    }

    // As short whatever was typed, and no list of what people type where their address should be.
    private static string Key(string userName) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(AppUser.Normalize(userName))));

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

        public DateTimeOffset LastAt { get; set; }

        public DateTimeOffset LockedUntil { get; set; }
    }
}
