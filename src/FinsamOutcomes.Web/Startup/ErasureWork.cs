using FinsamOutcomes.Data.Erasures;

namespace FinsamOutcomes.Web;

/// <summary>
/// Erases those whom it has been decided about, while the host runs; see <see cref="ErasureStore"/>. Goes on where an
/// earlier host was stopped. What goes wrong is tried again.
/// </summary>
public sealed partial class ErasureWork(ErasureStore erasures, ILogger<ErasureWork> logger) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _decided = new(0);

    /// <summary>Something has been decided: it is done now, and not after the pause.</summary>
    public void Wake() => _decided.Release();

    public override void Dispose()
    {
        base.Dispose();
        _decided.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                try
                {
                    await erasures.RunAsync(cancellationToken: stoppingToken);
                }
                catch (ErasedFileException exception)
                {
                    LogFile(logger, exception.Message);
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    LogFailure(logger, UnexpectedErrors.WithoutMessages(exception));
                }

                await _decided.WaitAsync(s_pause, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host ends.
        }
    }

    [LoggerMessage(LogLevel.Error, "{Why}")]
    private static partial void LogFile(ILogger logger, string why);

    [LoggerMessage(LogLevel.Error, "En gallring kunde inte göras klar, och försöks med igen: {Trace}")]
    private static partial void LogFailure(ILogger logger, string trace);
}
