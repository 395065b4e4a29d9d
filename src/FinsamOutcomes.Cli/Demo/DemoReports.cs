using FinsamOutcomes.Cli.Verbs;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Reporting.UppfoljningFinsam;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Cli.Demo;

/// <summary>What is made of the demo's data: the reports and the hand-over, by the same code as the verbs <c>rapport</c> and <c>export</c>.</summary>
internal static class DemoReports
{
    public const string ReportsFolder = "rapporter";

    public const string AnnualReport = "arsredovisning";

    public const string HandOverFolder = "uppfoljning-finsam";

    public static async Task WriteAsync(CommandTarget target, string folder, CancellationToken cancellationToken)
    {
        foreach (var report in new[] { AnnualReport, "projektredovisning" })
            await RapportVerb.WriteAsync(
                target,
                new ReportRequest { Forbund = target.Forbund, Definition = ReportDefinition.Load(report), Year = DemoVerb.Year },
                Path.Combine(folder, ReportsFolder),
                reason: null,
                replacesId: null,
                cancellationToken);
        var export = new UppfoljningFinsamExport(target.Database);
        var figures = await export.CountAsync(target.Forbund.Id, DemoVerb.Year, half: 0, cancellationToken);
        await export.WriteAsync(figures, Path.Combine(folder, HandOverFolder), "finsam", cancellationToken: cancellationToken);
    }
}
