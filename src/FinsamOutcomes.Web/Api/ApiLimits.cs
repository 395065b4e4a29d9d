using System.Collections.Concurrent;
using System.Threading.RateLimiting;

namespace FinsamOutcomes.Web.Api;

/// <summary>
/// How often a system may ask, and how often somebody without a key may try: one system that has gone wrong shall not take
/// the time of those who work on the pages, and nobody shall fill the log with refusals.
/// </summary>
public sealed class ApiLimits(TimeProvider clock) : IDisposable
{
    /// <summary>Calls that a system may have saved up; a part of the statistics counts as <see cref="CostOfStatistics"/>.</summary>
    public const int Saved = 300;

    /// <summary>Calls a second that are earned.</summary>
    public const int EachSecond = 5;

    /// <summary>What a part of the statistics costs: it counts the whole register and protects what it counts.</summary>
    public const int CostOfStatistics = 20;

    /// <summary>Wrong keys a minute from one address.</summary>
    public const int WrongEachMinute = 30;

    private static readonly TimeSpan s_between = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(int? KeyId, string Why), DateTimeOffset> _noted = new();

    private readonly PartitionedRateLimiter<int> _systems = PartitionedRateLimiter.Create<int, int>(id =>
        RateLimitPartition.GetTokenBucketLimiter(id, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = Saved,
            TokensPerPeriod = EachSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            AutoReplenishment = true,
        }));

    private readonly PartitionedRateLimiter<string> _strangers = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = WrongEachMinute,
            Window = TimeSpan.FromMinutes(1),
        }));

    /// <summary>How long a system must wait before a call; null when it may make it.</summary>
    public TimeSpan? Wait(int systemId, int cost) => Wait(_systems.AttemptAcquire(systemId, cost));

    /// <summary>How long an address must wait that has sent a wrong key, before it is told so again; null when it is told now.</summary>
    public TimeSpan? WaitOfStranger(string address) => Wait(_strangers.AttemptAcquire(address));

    /// <summary>Whether a refusal of a key for a reason is to be noted: the first, and then one in ten minutes.</summary>
    public bool IsToBeNoted(int? keyId, string why)
    {
        var now = clock.GetUtcNow();
        var isNoted = false;
        _noted.AddOrUpdate(
            (keyId, why),
            _ =>
            {
                isNoted = true;
                return now;
            },
            (_, before) =>
            {
                isNoted = now - before >= s_between;
                return isNoted ? now : before;
            });
        return isNoted;
    }

    public void Dispose()
    {
        _systems.Dispose();
        _strangers.Dispose();
    }

    private static TimeSpan? Wait(RateLimitLease lease)
    {
        using (lease)
        {
            return lease.IsAcquired ? null
                : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > TimeSpan.FromSeconds(1) ? wait
                : TimeSpan.FromSeconds(1);
        }
    }
}
