using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Reporting.Reports;

namespace FinsamOutcomes.Web;

/// <summary>Makes ordered reports while the host runs, one at a time; see <see cref="ReportWorker"/>.</summary>
internal sealed partial class ReportMaking(FinsamDatabase database, ILogger<ReportMaking> logger) : BackgroundService
{
    /// <summary>Ends when the host does, and not before: <see cref="ReportWorker"/> takes care of what goes wrong.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new ReportWorker(database, (reference, exception) => LogFailure(logger, reference, UnexpectedErrors.WithoutMessages(exception))).RunAsync(
            stoppingToken);

    [LoggerMessage(LogLevel.Error, "En rapport kunde inte göras {Reference}: {Trace}")]
    private static partial void LogFailure(ILogger logger, string reference, string trace);
}
