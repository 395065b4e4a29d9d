using System.Globalization;
using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>A report that has been made: its document, and what is kept of it.</summary>
public sealed class BuiltReport
{
    private readonly ReportRequest _request;
    private readonly Publication _publication;
    private readonly RegisterReading _read;
    private readonly int? _id;

    internal BuiltReport(ReportRequest request, RegisterReading read, Publication publication, ReportDocument document) =>
        (_request, _read, _publication, Document) = (request, read, publication, document);

    private BuiltReport(BuiltReport report, PublicationNumber number) : this(
        report._request, report._read, report._publication, report.Document with { Publication = number }) => _id = number.Id;

    public ReportDocument Document { get; }

    /// <summary>The report with the number that it will be kept by, which then stands in its files.</summary>
    /// <param name="id">As <see cref="PublicationStore.ReserveIdAsync"/> gave it.</param>
    /// <param name="replacesId">The kept publication that it takes the place of.</param>
    /// <param name="zone">Whose time stands in the files.</param>
    public BuiltReport As(int id, int? replacesId, TimeZoneInfo zone)
    {
        var readAt = TimeZoneInfo.ConvertTimeFromUtc(_read.Moment.At, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new(this, new PublicationNumber(id, readAt, replacesId));
    }

    /// <summary>The report as it is to be kept.</summary>
    /// <param name="madeBy">Who made it.</param>
    /// <param name="reason">Why another policy than <c>minst-5</c>.</param>
    /// <param name="replacesId">The kept publication that it takes the place of.</param>
    public NewPublication ToKeep(string madeBy, string? reason, int? replacesId) => new()
    {
        Id = _id,
        ForbundId = _request.Forbund.Id,
        Report = _request.Definition.Name,
        CalendarYear = _request.Year,
        Title = Document.Title,
        PeriodFrom = Document.PeriodFrom,
        PeriodTo = Document.PeriodTo,
        Policy = _request.Policy.ToCode(),
        PolicyReason = reason,
        LeavesOutUnknownGender = _publication.LeavesOutUnknownGender,
        Moment = _read.Moment,
        MadeBy = madeBy,
        Definition = _request.Definition.Text,
        Document = KeptDocument.Write(Document),
        Counts = _publication.Known.Write(Insatser),
        Measures = [.. _read.Counted.Select((c, i) => new PublicationMeasureRow
        {
            Ordinal = i + 1,
            Request = KeptRequest.Write(c, Insatser),
            DefinitionText = DefinitionOf(c.Request),
        })],
        Cells = Cells(),
        ReplacesId = replacesId,
    };

    private IReadOnlyDictionary<string, int> Insatser => _read.Source.Labels.Measures.Insatser.ToDictionary(i => i.Name, i => i.Id, StringComparer.Ordinal);

    private List<PublicationCellRow> Cells()
    {
        var (cells, insatser) = (new List<PublicationCellRow>(), Insatser);
        for (var m = 0; m < _read.Counted.Count; m++)
        {
            var counted = new PlacedCells(_read.Counted[m].Cells, insatser);
            foreach (var told in _publication.Cells(_read.Counted[m].Request).Where(_read.Counted[m].Tells))
            {
                int? insatsId = told.Insats == MeasureCell.All ? null : insatser[told.Insats];
                var exact = counted.At(CellPlace.Of(told, insatsId));

                // That there is nobody stands in no answer of the register.
                if (exact is null && told.IsForEarlier)
                    continue;
                cells.Add(new()
                {
                    Ordinal = cells.Count + 1,
                    MeasureOrdinal = m + 1,
                    DefinitionCode = told.Definition,
                    Statistic = told.Statistic,
                    PeriodFrom = told.PeriodFrom,
                    PeriodTo = told.PeriodTo,
                    InsatsId = insatsId,
                    Insats = insatsId is null ? null : told.Insats,
                    Gender = told.Gender,
                    AgeGroup = told.AgeGroup,
                    Education = told.Education,
                    Referrer = told.Referrer,
                    Category = told.Category,
                    FromCategory = told.FromCategory,
                    State = KeptState.Write(told),
                    Bound = told.State == CellState.Shown ? told.Bound : null,
                    Value = told.Value,
                    Numerator = told.Numerator,
                    Denominator = told.Denominator,
                    N = told.N,
                    CountedValue = exact?.Value,
                    CountedNumerator = exact?.Numerator,
                    CountedDenominator = exact?.Denominator,
                    CountedN = exact?.N,
                });
            }
        }

        return cells;
    }

    private string DefinitionOf(MeasureRequest request)
    {
        var measure = MeasureCatalogue.Find(request.Measure);
        var positive = measure.TakesPositiveDefinition && _read.Source.Definition(request.Definition) is { } definition
            ? $" Positivt avslut, {definition.Label}: {_read.Source.Definitions.TextOf(definition, _read.Source.Labels.Measures)}"
            : "";
        return $"{measure.PeriodRule} {measure.Definition}{positive}";
    }
}

/// <summary>What a report reads of the register, at one moment.</summary>
internal sealed record RegisterReading
{
    public required ReportSource Source { get; init; }

    public required ReportPlan Plan { get; init; }

    public required IReadOnlyList<CountedMeasure> Counted { get; init; }

    public required bool LeavesOutUnknownGender { get; init; }

    /// <summary>What readers have from earlier publications.</summary>
    public required KnownCounts Known { get; init; }

    /// <summary>When it was read, and what was there then.</summary>
    public required RegisterMoment Moment { get; init; }
}
