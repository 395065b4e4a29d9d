using System.Text.Json;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>
/// A publication that was kept when it was made, open again: its document, and each of its numbers as it was told. What happens in the
/// register afterwards changes nothing in it.
/// </summary>
public sealed class KeptPublication
{
    private KeptPublication(PublicationRow row, string definition, ReportDocument document, IReadOnlyList<KeptMeasure> measures) =>
        (Row, Definition, Document, Measures) = (row, definition, document, measures);

    public PublicationRow Row { get; }

    /// <summary>The report's definition as it was.</summary>
    public string Definition { get; }

    public ReportDocument Document { get; }

    /// <summary>What was asked for, in the order of the plan.</summary>
    public IReadOnlyList<KeptMeasure> Measures { get; }

    /// <summary>Every number that it tells or keeps back.</summary>
    public IEnumerable<KeptNumber> Numbers => Measures.SelectMany(m => m.Numbers);

    /// <summary>The files' name without ending: <c>arsredovisning-2025</c>.</summary>
    public string FileName => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Row.Report}-{Row.CalendarYear}{(Row.IsExact ? "-internt" : "")}");

    /// <exception cref="PublicationChangedException">Somebody has changed in the database what was kept.</exception>
    public static async Task<KeptPublication> OpenAsync(FinsamDatabase database, PublicationRow row, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(row);
        var kept = await new PublicationStore(database).ReadAsync(row, cancellationToken);
        return new(row, kept.Definition, KeptDocument.Read(kept.Document), KeptMeasure.Of(kept.Measures, kept.Cells));
    }
}

/// <summary>One request of a kept publication and the numbers that it gave.</summary>
public sealed class KeptMeasure
{
    private KeptMeasure(KeptRequest kept, string definitionText, IEnumerable<PublicationCellRow> cells)
    {
        (Kept, DefinitionText) = (kept, definitionText);
        Numbers = [.. cells.Select(c => new KeptNumber(this, c))];
    }

    public MeasureRequest Request => Kept.Request;

    /// <summary>The only insats that was asked for; null for the whole förbund.</summary>
    public int? RequestedInsatsId => Kept.InsatsId;

    /// <summary>What its numbers are of, as it was defined then.</summary>
    public string DefinitionText { get; }

    public IReadOnlyList<KeptNumber> Numbers { get; }

    internal KeptRequest Kept { get; }

    internal PlannedMeasure Told => new()
    {
        Statistics = Kept.Statistics.ToHashSet(StringComparer.Ordinal),
        OfWhole = Kept.OfWhole.ToHashSet(StringComparer.Ordinal),
        Categories = Kept.Categories?.ToHashSet(StringComparer.Ordinal),
        TellsEachN = Kept.TellsEachN,
        MayBeCoarser = Kept.MayBeCoarser,
    };

    internal static IReadOnlyList<KeptMeasure> Of(IReadOnlyList<PublicationMeasureRow> measures, IReadOnlyList<PublicationCellRow> cells)
    {
        var of = cells.ToLookup(c => c.MeasureOrdinal);
        return [.. measures.Select(m => new KeptMeasure(KeptRequest.Read(m.Request), m.DefinitionText, of[m.Ordinal]))];
    }
}

/// <summary>One number of a kept publication.</summary>
public sealed class KeptNumber
{
    private readonly PublicationCellRow _row;

    internal KeptNumber(KeptMeasure measure, PublicationCellRow row)
    {
        (Measure, _row) = (measure, row);
        Told = Cell(KeptState.Read(row.State), row.Value, row.Numerator, row.Denominator, row.N);
        var state = !Told.State.IsKeptBack() ? Told.State : row.CountedValue is null ? CellState.NoData : CellState.Shown;
        Counted = Cell(state, row.CountedValue, row.CountedNumerator, row.CountedDenominator, row.CountedN);
    }

    public KeptMeasure Measure { get; }

    /// <summary>Its place in the publication, 1 upwards.</summary>
    public int Ordinal => _row.Ordinal;

    /// <summary>Null for the whole förbund.</summary>
    public int? InsatsId => _row.InsatsId;

    /// <summary>As it was told.</summary>
    public MeasureCell Told { get; }

    /// <summary>Stood before the number; null when it was exact.</summary>
    public string? Bound => _row.Bound;

    /// <summary>As it was counted: for comparing only, since it may have been kept back.</summary>
    internal MeasureCell Counted { get; }

    private MeasureCell Cell(CellState state, double? value, long? numerator, long? denominator, long? n) => new()
    {
        Measure = Measure.Request.Measure,
        Definition = _row.DefinitionCode,
        Statistic = _row.Statistic,
        PeriodFrom = _row.PeriodFrom,
        PeriodTo = _row.PeriodTo,
        Insats = _row.Insats ?? MeasureCell.All,
        Gender = _row.Gender,
        AgeGroup = _row.AgeGroup,
        Education = _row.Education,
        Referrer = _row.Referrer,
        Category = _row.Category,
        FromCategory = _row.FromCategory,
        State = state,
        IsLeftOut = KeptState.IsLeftOut(_row.State),
        Value = value,
        Numerator = numerator,
        Denominator = denominator,
        N = n,
    };
}

/// <summary>What was asked for and what of it was told, as it is written down.</summary>
internal sealed record KeptRequest(
    MeasureRequest Request,
    int? InsatsId,
    IReadOnlyList<string> Statistics,
    IReadOnlyList<string> OfWhole,
    IReadOnlyList<string>? Categories,
    bool TellsEachN,
    bool MayBeCoarser)
{
    public static string Write(CountedMeasure counted, IReadOnlyDictionary<string, int> insatser)
    {
        var (request, told) = (counted.Request, counted.Told);
        return JsonSerializer.Serialize(new KeptRequest(
            request,
            request.Insats is { } insats ? insatser[insats] : null,
            Sorted(told.Statistics),
            Sorted(told.OfWhole),
            told.Categories is { } categories ? Sorted(categories) : null,
            told.TellsEachN,
            told.MayBeCoarser));

        static string[] Sorted(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];
    }

    public static KeptRequest Read(string json) => JsonSerializer.Deserialize<KeptRequest>(json)!;
}

/// <summary>The states of numbers, as the database writes them.</summary>
internal static class KeptState
{
    private const string LeftOut = "left_out";

    public static string Write(MeasureCell cell) => cell.IsLeftOut ? LeftOut : cell.State switch
    {
        CellState.Shown => "shown",
        CellState.Hidden => "hidden",
        CellState.Protecting => "protecting",
        CellState.NoData => "no_data",
        CellState.NotAsked => "not_asked",
        _ => throw new ArgumentOutOfRangeException(nameof(cell), cell.State, message: null),
    };

    /// <summary>Whether most of its table was small, so that none of it was told.</summary>
    public static bool IsLeftOut(string state) => state == LeftOut;

    public static CellState Read(string state) => state switch
    {
        "shown" => CellState.Shown,
        "hidden" or LeftOut => CellState.Hidden,
        "protecting" => CellState.Protecting,
        "no_data" => CellState.NoData,
        "not_asked" => CellState.NotAsked,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, message: null),
    };
}
