using System.ComponentModel;
using System.Text.Json.Serialization;
using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Reporting.Documents;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.StatisticsPage;
using FinsamOutcomes.Web.Access;

namespace FinsamOutcomes.Web.Api;

/// <summary>
/// A part of the statistics page as data: the very cells that the page shows with the same choices, rounded and protected as
/// there. Small numbers with a reason are for people who write one.
/// </summary>
internal static class StatisticsEndpoints
{
    private const string Format = "format";
    private const string Csv = "csv";

    private static readonly string[] s_once = ["fran", "till", "insats", "definition", "namnare", "kon", "visa", Format];
    private static readonly string[] s_repeated = ["alder"];

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/statistik/{part}", ReadAsync)
            .WithSummary("En del av statistiksidan, med skyddade tal")
            .WithDescription(
                "Adressen anger delen: kon, jamforelse, utveckling, insatser, avslutsorsaker, laget, raknade eller mal. Frågan är som på statistiksidan: fran och till (ÅÅÅÅ-MM-DD, hela månader), insats (ett id), definition, namnare, alder (flera), kon (kvinna, man eller okant), visa (internt eller publicerat) och format (json eller csv). Talen är de som sidan visar: små tal är dolda. Varje hämtning skrivs i förbundets logg. Ett anrop räknas som 20."
            )
            .Produces<StatisticsOutput>(StatusCodes.Status200OK, "application/json", "text/csv");

    private static async Task ReadAsync(HttpContext context, CurrentAccess access, StatisticsService statistics)
    {
        if (await ApiAnswer.RefusesQueryAsync(context, s_once, s_repeated))
            return;
        var cancelled = context.RequestAborted;
        var query = context
            .Request.Query.SelectMany(p => p.Value.OfType<string>().Select(v => (p.Key, Value: v)))
            .ToLookup(p => p.Key, p => p.Key == "kon" ? ApiWords.Gender(p.Value) is { Length: > 0 } code ? code : p.Value : p.Value, StringComparer.Ordinal);
        var (filter, problems) = (await statistics.ChoicesAsync(access.ForbundId, cancelled)).Read(query);
        var faults = problems.Select(p => new FieldError(p.Field, p.What)).ToList();
        var format = query[Format].FirstOrDefault() ?? "json";
        if (format is not ("json" or Csv))
            faults.Add(new(Format, "Välj json eller csv."));
        if (faults.Count > 0)
        {
            await ApiProblems.WriteAsync(context, StatusCodes.Status400BadRequest, "Inget räknas förrän frågan är rätt.", ApiProblems.Fields(faults, f => f));
            return;
        }

        try
        {
            if (format == Csv)
                await WriteCsvAsync(context, access, statistics, filter);
            else if (await statistics.ReadAsync(access.Forbund, filter, access.Route.Part, access.UserName, cancelled) is ({ } view, { } part))
                await ApiAnswer.WriteAsync(context, StatisticsOutput.Of(view, part));
            else
                context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        catch (MeasureRequestException exception)
        {
            await ApiProblems.WriteAsync(context, StatusCodes.Status400BadRequest, exception.Message);
        }
        catch (PublicationChangedException exception)
        {
            await ApiProblems.WriteAsync(context, StatusCodes.Status409Conflict, exception.Message);
        }
    }

    private static async Task WriteCsvAsync(HttpContext context, CurrentAccess access, StatisticsService statistics, StatisticsFilter filter)
    {
        var (file, _) = await statistics.SaveAsync(access.Forbund, filter, access.Route.Part, Csv, access.UserName, context.RequestAborted);
        if (file is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = file.ContentType;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{file.Name}\"";
        await context.Response.Body.WriteAsync(file.Content, context.RequestAborted);
    }
}

/// <summary>A table of protected numbers with all that is needed to read them right.</summary>
public sealed record StatisticsOutput
{
    [JsonPropertyName("del"), Description("Delens ord i adressen.")]
    public required string Part { get; init; }

    [JsonPropertyName("rubrik"), Description("Tabellens rubrik.")]
    public required string Title { get; init; }

    [JsonPropertyName("underrubrik"), Description("Enhet, period och definition i korthet.")]
    public required string Subtitle { get; init; }

    [JsonPropertyName("forbund"), Description("Förbundets namn.")]
    public required string Forbund { get; init; }

    [JsonPropertyName("fran"), Description("Periodens första dag, som den räknades.")]
    public required DateOnly From { get; init; }

    [JsonPropertyName("till"), Description("Periodens sista dag, som den räknades.")]
    public required DateOnly To { get; init; }

    [JsonPropertyName("insats"), Description("Den valda insatsens namn; null för hela förbundet.")]
    public required string? Insats { get; init; }

    [JsonPropertyName("urval"), Description("Vad som är valt: insats, ålder, kön. Tom för alla i förbundet.")]
    public required IReadOnlyList<string> Limits { get; init; }

    [JsonPropertyName("n"), Description("Vad talen vilar på; null när det inte sägs eller inte är ett enda tal.")]
    public required long? N { get; init; }

    [JsonPropertyName("definition"), Description("Periodregel och definition.")]
    public required string Definition { get; init; }

    [JsonPropertyName("positivt_avslut"), Description("Definitionen av positivt avslut, när den är en del av talen; annars null.")]
    public required string? PositiveExit { get; init; }

    [JsonPropertyName("skydd"), Description("Hur små tal är skyddade, och om talen är ett internt underlag.")]
    public required string Policy { get; init; }

    [JsonPropertyName("uttagsdag"), Description("Den dag som talen hämtades ur registret.")]
    public required DateOnly ReadOn { get; init; }

    [JsonPropertyName("kolumner"), Description("Kolumnerna, i radernas ordning.")]
    public required IReadOnlyList<StatisticsColumnOutput> Columns { get; init; }

    [JsonPropertyName("rader"), Description("Raderna; tom när sidan inte har någon tabell, och tomt säger då varför.")]
    public required IReadOnlyList<StatisticsRowOutput> Rows { get; init; }

    [JsonPropertyName("tomt"), Description("Det som sidan säger i stället för en tabell utan rader; annars null.")]
    public required string? Empty { get; init; }

    [JsonPropertyName("anmarkningar"), Description("Det som står under tabellen.")]
    public required IReadOnlyList<string> Notes { get; init; }

    [JsonPropertyName("kalla"), Description("Varifrån talen kommer.")]
    public required string Source { get; init; }

    internal static StatisticsOutput Of(StatisticsView view, StatisticsPart part)
    {
        var table = part.Table;
        return new StatisticsOutput
        {
            Part = part.Id,
            Title = table.Title,
            Subtitle = table.Subtitle,
            Forbund = view.Forbund,
            From = part.Span?.From ?? view.Filter.From,
            To = part.Span?.To ?? view.Filter.To,
            Insats = view.Insats,
            Limits = view.Limits,
            N = part.N,
            Definition = part.Definition,
            PositiveExit = part.IsOfPositiveExits ? $"{view.Definition}. {view.Counted}" : null,
            Policy = view.PolicyText,
            ReadOn = view.ReadOn,
            Columns =
            [
                .. table.Columns.Zip(StatisticsFiles.Headers(table), (c, header) => new StatisticsColumnOutput { Heading = header, Unit = Unit(c.Unit) }),
            ],
            Rows =
            [
                .. table.Rows.Select(r => new StatisticsRowOutput
                {
                    IsTotal = r.IsTotal,
                    Cells =
                    [
                        .. r.Cells.Zip(table.Columns, Cell),
                    ],
                }),
            ],
            Empty = table.Rows.Count == 0 ? ReportTable.NoRows : null,
            Notes = table.Notes,
            Source = table.Source,
        };
    }

    private static StatisticsCellOutput Cell(ReportCell cell, ReportColumn column)
    {
        var number = StatisticsFiles.Number(cell, column);
        return new StatisticsCellOutput
        {
            State = cell == ReportCell.NotFilled ? CellText.Of(cell, column) : cell.State.ToSwedish(),
            Number = number,
            Unit = number is null ? null : Unit(cell.Said?.Unit ?? column.Unit),
            Shown = CellText.Of(cell, column),
        };
    }

    private static string? Unit(ValueUnit? unit) => unit switch
    {
        null => null,
        ValueUnit.Count => "antal",
        ValueUnit.Percent => "procent",
        ValueUnit.Score => "skalsteg",
        ValueUnit.Days => "dagar",
        ValueUnit.Kronor => "kronor",
        ValueUnit.KronorChange => "kronors skillnad",
        ValueUnit.PercentagePoints => "procentenheter",
        ValueUnit.Probability => "p-värde",
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, message: null),
    };
}

/// <summary>A column.</summary>
public sealed record StatisticsColumnOutput
{
    [JsonPropertyName("rubrik"), Description("Kolumnens rubrik, som i CSV-filen.")]
    public required string Heading { get; init; }

    [JsonPropertyName("enhet"), Description("antal, procent, procentenheter, skalsteg, dagar, kronor, kronors skillnad eller p-värde; null för text.")]
    public required string? Unit { get; init; }
}

/// <summary>A row.</summary>
public sealed record StatisticsRowOutput
{
    [JsonPropertyName("summa"), Description("Om raden är en summa av de andra.")]
    public required bool IsTotal { get; init; }

    [JsonPropertyName("celler"), Description("En för varje kolumn.")]
    public required IReadOnlyList<StatisticsCellOutput> Cells { get; init; }
}

/// <summary>A cell.</summary>
public sealed record StatisticsCellOutput
{
    [JsonPropertyName("lage")]
    [Description("visas (det som sidan visar: talet, som kan vara 0, eller ord, som 3 av 7 för en andel av färre än tio), dold eller skyddad (talet hålls tillbaka), inte ifyllt (ingen har lämnat antalet: det är okänt, inte 0), inget underlag eller ej tillfrågad.")]
    public required string State { get; init; }

    [JsonPropertyName("tal"), Description("Talet i cellens enhet, avrundat som på sidan; null för text och när inget tal visas.")]
    public required decimal? Number { get; init; }

    [JsonPropertyName("enhet"), Description("Talets enhet: kolumnens, eller cellens egen där kolumnen har flera, som i mål. Null för text och när inget tal visas.")]
    public required string? Unit { get; init; }

    [JsonPropertyName("visas"), Description("Det som sidan visar.")]
    public required string Shown { get; init; }
}
