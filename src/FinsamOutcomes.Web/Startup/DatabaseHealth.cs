using System.Data.Common;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FinsamOutcomes.Web;

/// <summary>Behind <c>/health</c>: does the database answer? Says nothing else, since anybody may ask.</summary>
internal sealed class DatabaseHealth(FinsamDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            _ = await new ForbundStore(database).AllAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (DbException)
        {
            return HealthCheckResult.Unhealthy();
        }
    }
}
