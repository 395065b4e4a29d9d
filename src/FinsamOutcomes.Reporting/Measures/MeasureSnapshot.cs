using System.Collections.Frozen;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;

namespace FinsamOutcomes.Reporting.Measures;

/// <summary>
/// The register at one moment, for all that one publication or one page counts: one connection, and on SQLite one view of the
/// database, that holds nobody who writes. SQL counts, <c>FinsamOutcomes.Statistics</c> adds intervals and tests. The numbers are
/// exact; what is published goes through the publishing gate afterwards.
/// </summary>
/// <remarks>What is asked for at once is counted one after the other. Dispose it as soon as all has been read.</remarks>
public sealed class MeasureSnapshot : IAsyncDisposable
{
    // All that is counted at one time in this program, whoever asks: each holds a connection, and a core where the database
    // is a file. More at once would be done no sooner, and would keep other pages waiting.
    private static readonly SemaphoreSlim s_counting = new(Math.Clamp(2 * Environment.ProcessorCount, 4, 32));

    private static readonly FrozenDictionary<string, Func<MeasureRun, Task<IReadOnlyList<MeasureCell>>>> s_measures =
        new Dictionary<string, Func<MeasureRun, Task<IReadOnlyList<MeasureCell>>>>(StringComparer.Ordinal)
        {
            ["deltaganden"] = ParticipationMeasures.ParticipationsAsync,
            ["personer"] = ParticipationMeasures.PersonsAsync,
            ["ko"] = ParticipationMeasures.QueueAsync,
            ["genomstromning"] = ParticipationMeasures.ThroughputAsync,
            ["tid-i-insats"] = ParticipationMeasures.DaysAsync,
            ["tid-till-avslut"] = ParticipationMeasures.TimeToExitAsync,
            ["positiva-avslut"] = ExitMeasures.PositiveAsync,
            ["konsskillnad"] = ExitMeasures.GenderGapAsync,
            ["avslutsorsaker"] = ExitMeasures.ReasonsAsync,
            ["forsorjning"] = run => BeforeAfterMeasures.ComputeAsync(run, "Measures.Livelihood", "livelihood"),
            ["sysselsattning"] = run => BeforeAfterMeasures.ComputeAsync(run, "Measures.Occupation", "occupation"),
            ["sjalvskattning"] = AssessmentMeasures.ComputeAsync,
            ["kostnad-per-deltagande"] = CostMeasures.PerParticipationAsync,
            ["kostnad-per-positivt-avslut"] = CostMeasures.PerPositiveExitAsync,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly int _forbundId;
    private readonly CountedRows _counted;
    private readonly CancellationToken _cancellationToken;

    private int _withoutGender;

    // A connection answers one question at a time.
    private readonly SemaphoreSlim _line = new(1);

    private MeasureSnapshot(
        DatabaseSession session, int forbundId, DateTime moment, MeasureLabels labels, PositiveDefinitions definitions, CancellationToken cancellationToken)
    {
        Session = session;
        Labels = labels;
        Definitions = definitions;
        Moment = moment;
        _forbundId = forbundId;
        _counted = new CountedRows(session, cancellationToken);
        _cancellationToken = cancellationToken;
    }

    /// <summary>When the register was read, UTC: all that was saved by then is in it.</summary>
    public DateTime Moment { get; }

    public DateOnly Today => Session.Today;

    /// <summary>The zone whose day <see cref="Today"/> is.</summary>
    internal TimeZoneInfo TimeZone => Session.TimeZone;

    /// <summary>The words for the codes in cells.</summary>
    public MeasureLabels Labels { get; }

    /// <summary>What counts as a positive exit.</summary>
    public PositiveDefinitions Definitions { get; }

    /// <summary>The connection, to read texts and money at the same moment, while nothing is being counted.</summary>
    internal DatabaseSession Session { get; }

    /// <summary>Begins to read a förbund as it is now.</summary>
    /// <param name="database">Where it is.</param>
    /// <param name="forbundId">Which förbund.</param>
    /// <param name="cancellationToken">Stops whatever is counted from here on.</param>
    public static async Task<MeasureSnapshot> OpenAsync(FinsamDatabase database, int forbundId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        await s_counting.WaitAsync(cancellationToken);
        DatabaseSession? session = null;
        try
        {
            session = await database.SnapshotAsync(cancellationToken);
            var moment = session.UtcNow;
            return new MeasureSnapshot(
                session,
                forbundId,
                moment,
                await MeasureLabels.LoadAsync(session, forbundId, cancellationToken),
                await PositiveDefinitions.LoadAsync(session, forbundId, cancellationToken),
                cancellationToken);
        }
        catch
        {
            if (session is not null)
                await session.DisposeAsync();
            s_counting.Release();
            throw;
        }
    }

    /// <summary>Counts only women and men from here on: all are then those, with or without a division by gender.</summary>
    internal void LeaveOutUnknownGender() => _withoutGender = Numbers(Labels, "gender", "unknown", "Könet").Single();

    /// <summary>All cells of a measure: one for each statistic and combination of what it is divided by, totals included.</summary>
    /// <exception cref="MeasureRequestException">The request can't be answered; the message is for the user.</exception>
    public async Task<IReadOnlyList<MeasureCell>> ComputeAsync(MeasureRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.ForbundId != _forbundId)
            throw new ArgumentException("The snapshot is of another förbund.", nameof(request));
        var info = MeasureCatalogue.Find(request.Measure);
        RequirePeriods(info, request);
        RequireDimensions(info, request);
        request = UpToToday(info, request);
        await _line.WaitAsync(_cancellationToken);
        try
        {
            return await CountAsync(info, request);
        }
        finally
        {
            _line.Release();
        }
    }

    /// <summary>The periods of one kind in a range, with labels such as <c>T1 2024</c>.</summary>
    public async Task<IReadOnlyList<MeasurePeriodRow>> PeriodsAsync(PeriodKind per, DateOnly from, DateOnly to)
    {
        await _line.WaitAsync(_cancellationToken);
        try
        {
            return await PeriodRowsAsync(per, from, to);
        }
        finally
        {
            _line.Release();
        }
    }

    /// <summary>Ends the reading; to be called once.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Session.DisposeAsync();
        }
        finally
        {
            _line.Dispose();
            s_counting.Release();
        }
    }

    private Task<IReadOnlyList<MeasurePeriodRow>> PeriodRowsAsync(PeriodKind per, DateOnly from, DateOnly to) =>
        Session.QueryAsync<MeasurePeriodRow>(
            "Measures.Periods",
            new
            {
                Per = Name(per),
                From = from,
                To = to,
            },
            _cancellationToken);

    private async Task<IReadOnlyList<MeasureCell>> CountAsync(MeasureInfo info, MeasureRequest request)
    {
        IReadOnlyList<MeasurePeriodRow> calendar = request.Per == PeriodKind.None ? [] : await PeriodRowsAsync(request.Per, request.From, request.To);
        var arguments = new MeasureArguments
        {
            ForbundId = request.ForbundId,
            From = request.From,
            To = request.To,
            Per = Name(request.Per),
            FirstDay = (calendar.Count > 0 ? calendar[0].PeriodFrom : request.From).DayNumber,
            LastDay = request.To.DayNumber,
            TodayDay = Today.DayNumber,
            Insats = request.Insats is null ? 0 : FindInsats(Labels, request.Insats),
            ByInsats = Flag(MeasureDimensions.Insats),
            ByGender = Flag(MeasureDimensions.Gender),
            ByAge = Flag(MeasureDimensions.Age),
            ByEducation = Flag(MeasureDimensions.Education),
            ByReferrer = Flag(MeasureDimensions.Referrer),
            Definition = Definition(info, request),
            Gender = Numbers(Labels, "gender", request.Gender, "Könet").SingleOrDefault(),
            WithoutGender = _withoutGender,
            AgeGroups = request.AgeGroups is null ? "" : $",{string.Join(',', Numbers(Labels, "age", request.AgeGroups, "Åldersgruppen"))},",
        };
        IReadOnlyList<(DateOnly From, DateOnly To)> periods =
            request.Per == PeriodKind.None
                ? [(request.From, request.To)]
                : [.. calendar.Where(p => HasBegun(request.Per, p)).Select(p => (p.PeriodFrom, p.PeriodTo))];
        return await s_measures[info.Name](new MeasureRun(_counted, info, request, arguments, Labels, periods, Today));

        int Flag(MeasureDimensions dimension) => request.By.HasFlag(dimension) ? 1 : 0;
    }

    // Nobody has been followed longer than to today. Head counts and money are kept for the whole half-year or year, and are
    // asked for with it.
    private MeasureRequest UpToToday(MeasureInfo info, MeasureRequest request)
    {
        if (request.From > Today)
            throw new MeasureRequestException($"Perioden har inte börjat: {request.From:yyyy-MM-dd} är i framtiden. Välj en period som har börjat.");
        return request.Per == PeriodKind.None && request.To > Today && !info.NeedsWholeYears && !info.HasHeadCounts
            ? request with
            {
                To = Today,
            }
            : request;
    }

    // Nobody has come or left in a period to come: a number of it would be one of today. Twelve months are known when the last has begun.
    private bool HasBegun(PeriodKind per, MeasurePeriodRow period) =>
        (per == PeriodKind.Rolling12 ? new DateOnly(period.PeriodTo.Year, period.PeriodTo.Month, 1) : period.PeriodFrom) <= Today;

    private static void RequirePeriods(MeasureInfo info, MeasureRequest request)
    {
        if (request.From > request.To)
            throw new MeasureRequestException($"Perioden slutar ({request.To:yyyy-MM-dd}) innan den börjar ({request.From:yyyy-MM-dd}).");
        if (request.From.Year < 1990 || request.To.Year > 2059)
            throw new MeasureRequestException("Perioden ska ligga mellan 1990-01-01 och 2059-12-31.");
        var months = request.Per switch
        {
            PeriodKind.Quarter => 3,
            PeriodKind.Tertial => 4,
            PeriodKind.Half => 6,
            PeriodKind.Year => 12,
            _ => 1,
        };
        var startsPeriod = request.From.Day == 1 && (request.From.Month - 1) % months == 0;
        var endsPeriod = request.To.AddDays(1).Day == 1 && request.To.Month % months == 0;
        if (request.Per == PeriodKind.Rolling12 ? !endsPeriod : request.Per != PeriodKind.None && !(startsPeriod && endsPeriod))
            throw new MeasureRequestException(
                $"Perioden {request.From:yyyy-MM-dd}–{request.To:yyyy-MM-dd} går inte jämnt upp i {PeriodWord(request.Per)}; delperioder räknas aldrig till hälften. Flytta --from eller --to."
            );
        if (
            info.NeedsWholeYears
            && (request.Per is not (PeriodKind.None or PeriodKind.Year) || request.From is not { Month: 1, Day: 1 } || request.To is not { Month: 12, Day: 31 })
        )
            throw new MeasureRequestException(
                $"Måttet {info.Name} räknas på hela kalenderår, eftersom utfallet är känt för år. Ange till exempel --from {request.From.Year} --to {request.To.Year}."
            );
    }

    // As calendar_period names its kinds.
    private static string Name(PeriodKind per) => per == PeriodKind.None ? "none" : per.ToString().ToLowerInvariant();

    private static string PeriodWord(PeriodKind per) => per switch
    {
        PeriodKind.Quarter => "kvartal",
        PeriodKind.Tertial => "tertial",
        PeriodKind.Half => "halvår",
        PeriodKind.Year => "år",
        PeriodKind.Rolling12 => "tolvmånadersperioder",
        _ => "månader",
    };

    private static void RequireDimensions(MeasureInfo info, MeasureRequest request)
    {
        if ((request.By & ~info.Dimensions) is not MeasureDimensions.None and var refused)
            throw new MeasureRequestException($"Måttet {info.Name} kan inte delas upp efter {refused.ToString().ToLowerInvariant()}.");
        if (
            (request.Gender is not null && (!info.Dimensions.HasFlag(MeasureDimensions.Gender) || info.Name == "konsskillnad"))
            || (request.AgeGroups is not null && !info.Dimensions.HasFlag(MeasureDimensions.Age)))
            throw new MeasureRequestException($"Måttet {info.Name} kan inte begränsas till ett kön eller en åldersgrupp.");
        if (request.Denominator is not { } denominator)
            return;
        if (!info.TakesDenominator)
            throw new MeasureRequestException($"Måttet {info.Name} har ingen nämnare att välja.");
        if (!MeasureCatalogue.Denominators.Contains(denominator))
            throw new MeasureRequestException(
                $"Nämnaren ”{denominator}” finns inte.{Nearest.Suggestion(denominator, MeasureCatalogue.Denominators)} Välj bland: {string.Join(", ", MeasureCatalogue.Denominators)}."
            );
    }

    private static List<int> Numbers(MeasureLabels labels, string dimension, string? codes, string what)
    {
        var known = labels.Codes(dimension).ToDictionary(c => c.Code, c => c.Number, StringComparer.Ordinal);
        var wanted = codes?.Split(',') ?? [];
        return wanted.FirstOrDefault(c => !known.ContainsKey(c)) is { } wrong
            ? throw new MeasureRequestException($"{what} ”{wrong}” finns inte. Välj bland: {string.Join(", ", known.Keys)}.")
            : [.. wanted.Select(c => known[c])];
    }

    private static int FindInsats(MeasureLabels labels, string name) =>
        labels.Insatser.FirstOrDefault(i => NormalForm.AreSame(i.Name, name))?.Id
            ?? throw new MeasureRequestException($"Insatsen ”{name}” finns inte i förbundet.{Nearest.Suggestion(name, labels.Insatser.Select(i => i.Name))}");

    private string Definition(MeasureInfo info, MeasureRequest request)
    {
        // Self-assessments name an instrument; positive exits then only tell whose answers are missing.
        if (request.Definition is not { } code || info.Name == "sjalvskattning")
            return MeasureCatalogue.DefaultDefinition;
        if (!info.TakesPositiveDefinition)
            throw new MeasureRequestException($"Måttet {info.Name} har bara en definition.");
        string[] codes = [.. Definitions.All.Select(d => d.Code)];
        return codes.Contains(code, StringComparer.Ordinal)
            ? code
            : throw new MeasureRequestException($"Definitionen ”{code}” finns inte.{Nearest.Suggestion(code, codes)} Välj bland: {string.Join(", ", codes)}.");
    }
}
