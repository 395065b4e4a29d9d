using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>Which report is wanted.</summary>
public sealed record ReportRequest
{
    public required ForbundRow Forbund { get; init; }

    public required ReportDefinition Definition { get; init; }

    /// <summary>The calendar year that is reported.</summary>
    public required int Year { get; init; }

    public PublicationPolicy Policy { get; init; } = PublicationPolicy.Minst5;
}

/// <summary>
/// Makes a report from its definition: plans what it will tell, reads the register at one moment, protects all numbers together,
/// beside what was published before, and lays them out as text, tables and figures.
/// </summary>
public sealed class ReportBuilder(FinsamDatabase database)
{
    /// <summary>How what has been counted is protected; for tests of what happens without.</summary>
    internal Func<CountedPublication, Publication> Protect { get; init; } = Publication.Protect;

    /// <param name="request">Which report.</param>
    /// <param name="progress">Told before each part; see <see cref="ReportProgress"/>.</param>
    /// <param name="cancellationToken">Asked before each part, and by the queries.</param>
    /// <exception cref="ReportDefinitionException">A block of the definition can't be understood; names file and line.</exception>
    /// <exception cref="ReportYearException">The year has not begun.</exception>
    public async Task<BuiltReport> BuildAsync(
        ReportRequest request,
        IProgress<ReportProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var period = ReportPeriod.Of(request.Year, database.Today);
        var read = await ReadAsync(request, period, progress, cancellationToken);

        // From here on nothing reads the register, and after the next line nothing sees a number that may not be told.
        var publication = Protect(new()
        {
            Measures = read.Counted,
            Policy = request.Policy,
            Structure = read.Source.Structure,
            Today = read.Source.Today,
            LeavesOutUnknownGender = read.LeavesOutUnknownGender,
            Known = read.Known,
        });
        var run = new ReportRun(request, read.Source, read.Plan, publication, period, progress, cancellationToken);
        return new(request, read, publication, run.Document());
    }

    private async Task<RegisterReading> ReadAsync(
        ReportRequest request, ReportPeriod period, IProgress<ReportProgress>? progress, CancellationToken cancellationToken)
    {
        await using var snapshot = await MeasureSnapshot.OpenAsync(database, request.Forbund.Id, cancellationToken);
        var moment = await RegisterMoment.ReadAsync(snapshot.Session, request.Forbund.Id, cancellationToken);
        var source = await ReportSource.ReadAsync(snapshot, request, cancellationToken);
        var plan = ReportPlan.Of(request, source, period);
        var leavesOutUnknown = request.Policy != PublicationPolicy.Internt
            && await UnknownGender.LeaveOutAsync(snapshot, request.Forbund.Id, period.From, period.YearEnd);
        var counted = await plan.CountAsync(snapshot, progress, cancellationToken);
        return new()
        {
            Source = source,
            Plan = plan,
            Counted = counted,
            LeavesOutUnknownGender = leavesOutUnknown,
            Known = request.Policy == PublicationPolicy.Minst5
                ? await EarlierPublications.KnownAsync(snapshot, request.Forbund.Id, request.Year, counted, cancellationToken)
                : new(),
            Moment = moment,
        };
    }
}
