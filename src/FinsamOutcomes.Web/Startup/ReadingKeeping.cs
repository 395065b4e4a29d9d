using FinsamOutcomes.Data.Audit;

namespace FinsamOutcomes.Web;

/// <summary>
/// Takes what people have seen into the log while the host runs, and once more when it ends; see <see cref="ReadingJournal"/>.
/// What goes wrong is tried again: the lines stay where they are.
/// </summary>
internal sealed partial class ReadingKeeping(ReadingJournal readings, ILogger<ReadingKeeping> logger) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_pauseAfterFailure = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_longestEnd = TimeSpan.FromSeconds(5);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await readings.TryChainAsync(s_longestEnd);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var pause = s_pause;
                try
                {
                    await readings.ChainAsync(stoppingToken);
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    LogFailure(logger, UnexpectedErrors.WithoutMessages(exception));
                    pause = s_pauseAfterFailure;
                }

                await Task.Delay(pause, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host ends.
        }
    }

    [LoggerMessage(LogLevel.Error, "Visningar kunde inte föras in i loggen, och försöks med igen: {Trace}")]
    private static partial void LogFailure(ILogger logger, string trace);
}
