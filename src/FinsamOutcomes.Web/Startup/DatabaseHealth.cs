using System.Globalization;
using FinsamOutcomes.Data.Database;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FinsamOutcomes.Web;

/// <summary>
/// Behind <c>/health</c> and <c>/health/ready</c>: can something be saved? Whoever asks is told nothing else, since anybody may; the log says
/// what is wrong. For the same reason the database is asked every few seconds at most, whoever asks here.
/// </summary>
internal sealed class DatabaseHealth(FinsamDatabase database) : IHealthCheck, IDisposable
{
    private static readonly TimeSpan s_lasts = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1);
    private long? _busySince;
    private long _askedAt;
    private HealthCheckResult? _latest;

    /// <summary>
    /// How long others may be writing each time it is asked, before it is said that nothing can be saved: those who register
    /// then wait in vain.
    /// </summary>
    internal TimeSpan LongestBusy { get; init; } = TimeSpan.FromSeconds(20);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // By the computer's own ticks: a clock that is set right meanwhile changes nothing.
            if (_latest is not { } latest || TimeProvider.System.GetElapsedTime(_askedAt) > s_lasts)
                (_latest, _askedAt) = (latest = await AskAsync(cancellationToken), TimeProvider.System.GetTimestamp());
            return latest;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<HealthCheckResult> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A disk that hangs shall not let whoever asks wait for ever.
            var isSaved = await Task.Run(() => database.TrySavingAsync(cancellationToken), cancellationToken).WaitAsync(s_patience, cancellationToken);
            _busySince = isSaved ? null : _busySince ?? TimeProvider.System.GetTimestamp();
            return _busySince is { } since && TimeProvider.System.GetElapsedTime(since) > LongestBusy
                ? HealthCheckResult.Unhealthy(string.Create(CultureInfo.InvariantCulture, $"Andra har skrivit i databasen i mer än {LongestBusy.TotalSeconds:0} sekunder."))
                : HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Never the exception's own words, which can quote what is stored.
            return HealthCheckResult.Unhealthy(exception switch
            {
                DatabaseAddressException => exception.Message,
                TimeoutException => string.Create(CultureInfo.InvariantCulture, $"Databasen svarade inte inom {s_patience.TotalSeconds:0} sekunder."),
                _ => DatabaseFaults.Explain(exception, database.Engine) ?? $"Något oväntat gick fel ({exception.GetType().Name}).",
            });
        }
    }
}
