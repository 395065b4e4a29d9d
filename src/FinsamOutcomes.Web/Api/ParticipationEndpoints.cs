using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;

namespace FinsamOutcomes.Web.Api;

/// <summary>Stays: the next one of somebody registered, entry from the queue, exit, what is undone and what is corrected.</summary>
internal static class ParticipationEndpoints
{
    private static readonly string[] s_listed = ["insats", "fran", "till", "efter"];

    /// <summary>A change without the version that it was made from.</summary>
    public static FieldError NoVersion { get; } = new("version", "Skicka den version som du hämtade.");

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/deltaganden", ListAsync)
            .WithSummary("Deltaganden som systemet når")
            .WithDescription(
                "I den ordning som de registrerades, högst 100 åt gången. Frågan får hålla insats (ett id), fran och till (ÅÅÅÅ-MM-DD: de som pågick någon dag i perioden) och efter (det id som förra svaret slutade med). Hämta nasta tills den är null; ett svar kan vara tomt och ändå ha ett nästa. Vilka deltagare som visades skrivs i förbundets logg."
            )
            .Produces<ParticipationPage>();
        api.MapPost("/deltaganden", RegisterAsync)
            .WithSummary("Registrera en kö, en inskrivning eller ett helt deltagande för en registrerad deltagare")
            .WithDescription("Rubriken Idempotency-Key krävs, som för nya deltagare.")
            .Accepts<NewParticipationBody>("application/json")
            .Produces<RegisteredOutput>(StatusCodes.Status201Created);
        api.MapGet("/deltaganden/{participationId:int}", FindAsync)
            .WithSummary("Ett deltagande med försörjning och sysselsättning")
            .Produces<WholeParticipationOutput>();
        api.MapPut("/deltaganden/{participationId:int}", CorrectAsync)
            .WithSummary("Rätta ett deltagande")
            .WithDescription(
                "Alla fält skickas; det som utelämnas tas bort, men fore och efter lämnas som de är. Om deltagandet är avslutat eller inte ändras bara med avslut och ångrat avslut."
            )
            .Accepts<ParticipationBody>("application/json")
            .Produces<WholeParticipationOutput>();
        api.MapPut("/deltaganden/{participationId:int}/inskrivning", EnterAsync)
            .WithSummary("Skriv in den som står i kö")
            .Accepts<EntryBody>("application/json")
            .Produces<WholeParticipationOutput>();
        api.MapPut("/deltaganden/{participationId:int}/avslut", ExitAsync)
            .WithSummary("Registrera ett avslut, eller att den som står i kö lämnar den")
            .Accepts<ExitBody>("application/json")
            .Produces<WholeParticipationOutput>();
        api.MapDelete("/deltaganden/{participationId:int}/avslut", UndoExitAsync)
            .WithSummary("Ångra ett avslut")
            .WithDescription("Frågan håller version, den som hämtades. Det som registrerades efter avslutet tas bort.")
            .Produces<WholeParticipationOutput>();
    }

    private static async Task ListAsync(HttpContext context, CurrentAccess access, ParticipationStore participations, ParticipantStore participants)
    {
        if (await ApiAnswer.RefusesQueryAsync(context, s_listed))
            return;
        var faults = new List<FieldError>();
        var (insats, after) = (Number("insats"), Number("efter"));
        var (from, to) = (Day("fran"), Day("till"));
        if (from > to)
            faults.Add(new("fran", "Perioden börjar efter att den slutar."));
        if (insats is { } id && !access.Reaches(id))
            faults.Add(new("insats", ParticipantEndpoints.NotOwn));
        if (faults.Count > 0)
        {
            await ApiProblems.WriteAsync(context, StatusCodes.Status400BadRequest, errors: ApiProblems.Fields(faults, f => f));
            return;
        }

        var (rows, next) = await participations.SliceAsync(
            new ParticipationSlice
            {
                ForbundId = access.ForbundId,
                UserId = access.UserId,
                InsatsId = insats,
                From = from,
                To = to,
                AfterId = after ?? 0,
            },
            context.RequestAborted);
        await participants.ReadShownAsync(
            new ShownPage { ForbundId = access.ForbundId, Actor = access.UserName, Participants = [.. rows.Select(r => r.ParticipantId).Distinct()] },
            context.RequestAborted);
        await ApiAnswer.WriteAsync(
            context,
            new ParticipationPage
            {
                Participations = [.. rows.Select(r => ParticipationOutput.Of(r.Participation, r.Code))],
                Next = next is { } last ? Address(last) : null,
            });

        int? Number(string name)
        {
            if (context.Request.Query[name] is not [{ } text])
                return null;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return number;
            faults.Add(new(name, "Skriv ett heltal."));
            return null;
        }

        DateOnly? Day(string name)
        {
            if (context.Request.Query[name] is not [{ } text])
                return null;
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1990 and <= 2059)
                return day;
            faults.Add(new(name, "Ange ett datum från 1990-01-01 till 2059-12-31, som ÅÅÅÅ-MM-DD."));
            return null;
        }

        string Address(int last)
        {
            string?[] parts =
            [
                insats is { } i ? string.Create(CultureInfo.InvariantCulture, $"insats={i}") : null,
                from is { } f ? $"fran={ApiWords.Date(f)}" : null,
                to is { } t ? $"till={ApiWords.Date(t)}" : null,
                string.Create(CultureInfo.InvariantCulture, $"efter={last}"),
            ];
            return $"{ApiRights.Root}/deltaganden?{string.Join('&', parts.OfType<string>())}";
        }
    }

    private static async Task RegisterAsync(
        HttpContext context,
        CurrentAccess access,
        AccessStore reached,
        InsatsStore insatser,
        ParticipantStore participants,
        ParticipationStore participations)
    {
        if (await ApiBody.ReadAsync<NewParticipationBody>(context) is not var (body, text)
            || await ApiAnswer.OnceAsync(context, access.UserId, text) is not { } once)
            return;
        var cancelled = context.RequestAborted;
        var faults = new List<FieldError>();
        var (before, after) = (SituationBody.Read(body.Before, faults), SituationBody.Read(body.After, faults, "After."));

        // The same for a participant who isn't there as for one who is another's.
        var isKnown = body.ParticipantId is { } id
            && (await reached.InsatserOfFormerAsync(access.UserId, access.ForbundId, id, cancelled)).Any(access.Reaches);
        if (!isKnown)
            faults.Add(new(nameof(NewParticipation.ParticipantId), "Deltagaren finns inte, eller har inte deltagit i någon av systemets insatser."));
        if (body.InsatsId is not { } insatsId)
            faults.Add(new(nameof(NewParticipation.InsatsId), "Välj insats."));
        else if (!access.Reaches(insatsId))
            faults.Add(new(nameof(NewParticipation.InsatsId), ParticipantEndpoints.NotOwn));
        if (body.StartedOn is null && body.QueuedOn is null)
            faults.Add(new(nameof(NewParticipation.StartedOn), "Skriv datumet."));
        if (body.StartedOn is null && (body.EndedOn is not null || body.ExitReason is not null))
            faults.Add(
                new(
                    nameof(NewParticipation.EndedOn),
                    "Den som ställs i kö är inte utskriven. Välj att deltagaren skrivs in, eller ta bort uppgifterna om avslutet."));
        if (faults.Count == 0)
        {
            var unusual = new UnusualFacts();
            var from = body.StartedOn ?? body.QueuedOn;

            // Of somebody who left so long ago nothing is told, the birth year neither.
            if ((await reached.InsatserOfParticipantAsync(access.UserId, access.ForbundId, body.ParticipantId!.Value, cancelled)).Count > 0)
                unusual.AskAge((await participants.FindAsync(access.ForbundId, body.ParticipantId.Value, cancelled))?.BirthYear, from);
            unusual.AskEntry(from, await insatser.FindAsync(access.ForbundId, body.InsatsId!.Value, cancelled));
            faults.AddRange(ParticipantEndpoints.Unconfirmed(unusual, body.IsRight));
        }

        if (faults.Count > 0)
        {
            await ApiAnswer.RefuseAsync(context, faults);
            return;
        }

        var registered = body.StartedOn is { } startedOn
            ? await participations.RegisterAsync(
                new NewParticipation
                {
                    ForbundId = access.ForbundId,
                    ParticipantId = body.ParticipantId!.Value,
                    InsatsId = body.InsatsId!.Value,
                    QueuedOn = body.QueuedOn,
                    StartedOn = startedOn,
                    Referrer = body.Referrer,
                    EducationLevel = body.EducationLevel,
                    Before = before,
                    EndedOn = body.EndedOn,
                    ExitReason = body.ExitReason,
                    IsPlannedExit = body.EndedOn is null ? null : body.IsPlannedExit,
                    After = after,
                    Actor = access.UserName,
                    Once = once,
                },
                cancelled)
            : await participations.QueueAsync(
                new NewQueueEntry
                {
                    ForbundId = access.ForbundId,
                    ParticipantId = body.ParticipantId!.Value,
                    InsatsId = body.InsatsId!.Value,
                    QueuedOn = body.QueuedOn!.Value,
                    Referrer = body.Referrer,
                    EducationLevel = body.EducationLevel,
                    Before = before,
                    Actor = access.UserName,
                    Once = once,
                },
                cancelled);
        context.Response.Headers.Location = string.Create(CultureInfo.InvariantCulture, $"{ApiRights.Root}/deltaganden/{registered.Id}");
        await ApiAnswer.WriteAsync(
            context,
            new RegisteredOutput
            {
                ParticipantId = body.ParticipantId.Value,
                Code = (await participants.FindAsync(access.ForbundId, body.ParticipantId.Value, cancelled))?.Code ?? "",
                ParticipationId = registered.Id,
                Warnings = registered.Warnings,
            },
            StatusCodes.Status201Created);
    }

    // What is wanted is what stands on the participant's page, which is noted.
    private static Task FindAsync(HttpContext context, CurrentAccess access, ParticipationStore participations, ParticipantStore participants) =>
        ShowAsync(context, access, participations, participants, []);

    private static async Task CorrectAsync(
        HttpContext context,
        CurrentAccess access,
        InsatsStore insatser,
        ParticipationStore participations,
        ParticipantStore participants)
    {
        if (await ApiBody.ReadAsync<ParticipationBody>(context) is not var (body, _))
            return;
        var faults = new List<FieldError>();
        var (before, after) = (SituationBody.Read(body.Before, faults), SituationBody.Read(body.After, faults, "After."));
        if (await FaultsAsync(context, access, insatser, participations, participants, body.Version, [body.QueuedOn, body.StartedOn], body.IsRight, faults))
            return;
        var registered = await participations.CorrectAsync(
            new ParticipationCorrection
            {
                ForbundId = access.ForbundId,
                ParticipationId = access.Route.ParticipationId,
                Version = body.Version!.Value,
                QueuedOn = body.QueuedOn,
                StartedOn = body.StartedOn,
                EndedOn = body.EndedOn,
                ExitReason = body.ExitReason,
                IsPlannedExit = body.IsPlannedExit,
                Referrer = body.Referrer,
                EducationLevel = body.EducationLevel,
                Before = body.Before is null ? null : before,
                After = body.After is null ? null : after,
                Actor = access.UserName,
            },
            context.RequestAborted);
        await ShowAsync(context, access, participations, participants, registered.Warnings);
    }

    private static async Task EnterAsync(
        HttpContext context,
        CurrentAccess access,
        InsatsStore insatser,
        ParticipationStore participations,
        ParticipantStore participants)
    {
        if (await ApiBody.ReadAsync<EntryBody>(context) is not var (body, _))
            return;
        var faults = new List<FieldError>();
        var cancelled = context.RequestAborted;
        // What is registered before the entry, as the form would have it filled in.
        var before = body.Before is null
            ? await participations.SituationAsync(access.ForbundId, access.Route.ParticipationId, "before", cancelled)
            : SituationBody.Read(body.Before, faults);
        if (body.StartedOn is null)
            faults.Add(new(nameof(NewEntry.StartedOn), "Skriv datumet för inskrivningen."));
        if (await FaultsAsync(context, access, insatser, participations, participants, body.Version, [body.StartedOn], body.IsRight, faults))
            return;
        var registered = await participations.RegisterAsync(
            new NewEntry
            {
                ForbundId = access.ForbundId,
                ParticipationId = access.Route.ParticipationId,
                Version = body.Version!.Value,
                StartedOn = body.StartedOn!.Value,
                Before = before,
                Actor = access.UserName,
            },
            cancelled);
        await ShowAsync(context, access, participations, participants, registered.Warnings);
    }

    private static async Task ExitAsync(HttpContext context, CurrentAccess access, ParticipationStore participations, ParticipantStore participants)
    {
        if (await ApiBody.ReadAsync<ExitBody>(context) is not var (body, _))
            return;
        var faults = new List<FieldError>();
        var after = SituationBody.Read(body.After, faults, "After.");
        if (body.Version is null)
            faults.Add(NoVersion);
        if (body.EndedOn is null)
            faults.Add(new(nameof(NewExit.EndedOn), "Skriv datumet för avslutet."));
        if (faults.Count > 0)
        {
            await ApiAnswer.RefuseAsync(context, faults);
            return;
        }

        var registered = await participations.ExitAsync(
            new NewExit
            {
                ForbundId = access.ForbundId,
                ParticipationId = access.Route.ParticipationId,
                Version = body.Version!.Value,
                EndedOn = body.EndedOn!.Value,
                ExitReason = body.ExitReason,
                IsPlannedExit = body.IsPlannedExit,
                After = after,
                Actor = access.UserName,
            },
            context.RequestAborted);
        await ShowAsync(context, access, participations, participants, registered.Warnings);
    }

    private static async Task UndoExitAsync(
        HttpContext context,
        CurrentAccess access,
        ParticipationStore participations,
        ParticipantStore participants)
    {
        if (await ApiAnswer.RefusesQueryAsync(context, ["version"]))
            return;
        if (!int.TryParse(context.Request.Query["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            await ApiProblems.WriteAsync(context, StatusCodes.Status400BadRequest, errors: ApiProblems.Fields([NoVersion], ApiWords.Field));
            return;
        }

        await participations.UndoExitAsync(access.ForbundId, access.Route.ParticipationId, version, access.UserName, context.RequestAborted);
        await ShowAsync(context, access, participations, participants, []);
    }

    // Answers with what is wrong, if anything: the version, what has been found already, and what a form would have asked about.
    private static async Task<bool> FaultsAsync(
        HttpContext context,
        CurrentAccess access,
        InsatsStore insatser,
        ParticipationStore participations,
        ParticipantStore participants,
        int? version,
        IReadOnlyList<DateOnly?> days,
        bool isRight,
        List<FieldError> faults)
    {
        if (version is null)
            faults.Add(NoVersion);
        if (await participations.FindAsync(access.ForbundId, access.Route.ParticipationId, context.RequestAborted) is { } row)
        {
            var unusual = new UnusualFacts();
            foreach (var day in days.Except([row.QueuedOn, row.StartedOn]))
            {
                unusual.AskAge((await participants.FindAsync(access.ForbundId, row.ParticipantId, context.RequestAborted))?.BirthYear, day);
                unusual.AskEntry(day, await insatser.FindAsync(access.ForbundId, row.InsatsId, context.RequestAborted));
            }

            faults.AddRange(ParticipantEndpoints.Unconfirmed(unusual, isRight));
        }

        if (faults.Count == 0)
            return false;
        await ApiAnswer.RefuseAsync(context, faults);
        return true;
    }

    private static async Task ShowAsync(
        HttpContext context,
        CurrentAccess access,
        ParticipationStore participations,
        ParticipantStore participants,
        IReadOnlyList<string> warnings)
    {
        var (id, cancelled) = (access.Route.ParticipationId, context.RequestAborted);
        if (await participations.FindAsync(access.ForbundId, id, cancelled) is not { } row)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await participants.ReadShownAsync(
            new ShownPage
            {
                ForbundId = access.ForbundId,
                Actor = access.UserName,
                Opened = ("Participations", "participation", id),
                OpenedParticipationId = id,
            },
            cancelled);
        var shown = ParticipationOutput.Of(row, (await participants.FindAsync(access.ForbundId, row.ParticipantId, cancelled))!.Code);
        await ApiAnswer.WriteAsync(
            context,
            new WholeParticipationOutput
            {
                Participation = shown,
                Before = SituationBody.Of(await participations.SituationAsync(access.ForbundId, id, "before", cancelled)),
                After = SituationBody.Of(await participations.SituationAsync(access.ForbundId, id, "after", cancelled)),
                Warnings = warnings,
            });
    }
}

/// <summary>A queue, an entry or a whole stay of a registered participant.</summary>
public sealed record NewParticipationBody
{
    [JsonPropertyName("deltagare_id"), Description("Deltagarens id. Krävs.")]
    public int? ParticipantId { get; init; }

    [JsonPropertyName("insats_id"), Description("Ett id ur /insatser. Krävs.")]
    public int? InsatsId { get; init; }

    [JsonPropertyName("koad"), Description("ÅÅÅÅ-MM-DD då deltagaren ställdes i kö. Bara koad ställer i kö; koad eller inskriven krävs.")]
    public DateOnly? QueuedOn { get; init; }

    [JsonPropertyName("inskriven"), Description("ÅÅÅÅ-MM-DD då deltagaren skrevs in.")]
    public DateOnly? StartedOn { get; init; }

    [JsonPropertyName("utskriven"), Description("ÅÅÅÅ-MM-DD för ett deltagande som redan är avslutat.")]
    public DateOnly? EndedOn { get; init; }

    [JsonPropertyName("avslutsanledning"), Description("En kod ur listan avslutsanledning.")]
    public string? ExitReason { get; init; }

    [JsonPropertyName("planerat_avslut"), Description("Om avslutet var planerat; null: uppgift saknas.")]
    public bool? IsPlannedExit { get; init; }

    [JsonPropertyName("remittent"), Description("En kod ur listan remittent.")]
    public string? Referrer { get; init; }

    [JsonPropertyName("utbildning"), Description("En kod ur listan utbildning.")]
    public string? EducationLevel { get; init; }

    [JsonPropertyName("fore"), Description("Försörjning och sysselsättning före insatsen.")]
    public SituationBody? Before { get; init; }

    [JsonPropertyName("efter"), Description("Försörjning och sysselsättning efter insatsen, för ett deltagande som är avslutat.")]
    public SituationBody? After { get; init; }

    [JsonPropertyName("bekraftat"), Description("true när något ovanligt stämmer: en mycket låg eller hög ålder, en inskrivning långt före insatsens start.")]
    public bool IsRight { get; init; }
}

/// <summary>A participation, to correct.</summary>
public sealed record ParticipationBody
{
    [JsonPropertyName("version"), Description("Den version som hämtades. Krävs.")]
    public int? Version { get; init; }

    [JsonPropertyName("koad"), Description("ÅÅÅÅ-MM-DD, eller null.")]
    public DateOnly? QueuedOn { get; init; }

    [JsonPropertyName("inskriven"), Description("ÅÅÅÅ-MM-DD; null för den som inte har skrivits in.")]
    public DateOnly? StartedOn { get; init; }

    [JsonPropertyName("utskriven"), Description("ÅÅÅÅ-MM-DD precis när deltagandet är avslutat.")]
    public DateOnly? EndedOn { get; init; }

    [JsonPropertyName("avslutsanledning"), Description("En kod ur listan avslutsanledning.")]
    public string? ExitReason { get; init; }

    [JsonPropertyName("planerat_avslut"), Description("Om avslutet var planerat; null: uppgift saknas.")]
    public bool? IsPlannedExit { get; init; }

    [JsonPropertyName("remittent"), Description("En kod ur listan remittent.")]
    public string? Referrer { get; init; }

    [JsonPropertyName("utbildning"), Description("En kod ur listan utbildning.")]
    public string? EducationLevel { get; init; }

    [JsonPropertyName("fore"), Description("Utelämnas den står det som är registrerat kvar.")]
    public SituationBody? Before { get; init; }

    [JsonPropertyName("efter"), Description("Utelämnas den står det som är registrerat kvar.")]
    public SituationBody? After { get; init; }

    [JsonPropertyName("bekraftat"), Description("true när något ovanligt stämmer.")]
    public bool IsRight { get; init; }
}

/// <summary>An entry from the queue.</summary>
public sealed record EntryBody
{
    [JsonPropertyName("version"), Description("Den version som hämtades. Krävs.")]
    public int? Version { get; init; }

    [JsonPropertyName("inskriven"), Description("ÅÅÅÅ-MM-DD. Krävs.")]
    public DateOnly? StartedOn { get; init; }

    [JsonPropertyName("fore"), Description("Utelämnas den står det som registrerades i kön kvar.")]
    public SituationBody? Before { get; init; }

    [JsonPropertyName("bekraftat"), Description("true när något ovanligt stämmer.")]
    public bool IsRight { get; init; }
}

/// <summary>An exit, or a place in the queue given up.</summary>
public sealed record ExitBody
{
    [JsonPropertyName("version"), Description("Den version som hämtades. Krävs.")]
    public int? Version { get; init; }

    [JsonPropertyName("utskriven"), Description("ÅÅÅÅ-MM-DD. Krävs.")]
    public DateOnly? EndedOn { get; init; }

    [JsonPropertyName("avslutsanledning"), Description("En kod ur listan avslutsanledning; null när den fylls i senare.")]
    public string? ExitReason { get; init; }

    [JsonPropertyName("planerat_avslut"), Description("Om avslutet var planerat; null: uppgift saknas.")]
    public bool? IsPlannedExit { get; init; }

    [JsonPropertyName("efter"), Description("Försörjning och sysselsättning efter insatsen.")]
    public SituationBody? After { get; init; }
}

/// <summary>Some of the participations that the system reaches.</summary>
public sealed record ParticipationPage
{
    [JsonPropertyName("deltaganden"), Description("I den ordning som de registrerades.")]
    public required IReadOnlyList<ParticipationOutput> Participations { get; init; }

    [JsonPropertyName("nasta"), Description("Adressen till nästa svar; null när det inte finns fler.")]
    public required string? Next { get; init; }
}

/// <summary>A participation.</summary>
public sealed record ParticipationOutput
{
    [JsonPropertyName("id"), Description("Deltagandets id, för adresser.")]
    public required int Id { get; init; }

    [JsonPropertyName("deltagare_id"), Description("Deltagarens id.")]
    public required int ParticipantId { get; init; }

    [JsonPropertyName("deltagarkod"), Description("Deltagarens kod.")]
    public required string Code { get; init; }

    [JsonPropertyName("insats_id"), Description("Insatsens id.")]
    public required int InsatsId { get; init; }

    [JsonPropertyName("lage"), Description("i_ko, lamnade_kon, inskriven, avslutad eller felregistrerad (räknas inte).")]
    public required string Status { get; init; }

    [JsonPropertyName("koad"), Description("ÅÅÅÅ-MM-DD, eller null.")]
    public required DateOnly? QueuedOn { get; init; }

    [JsonPropertyName("inskriven"), Description("ÅÅÅÅ-MM-DD; null för den som inte har skrivits in.")]
    public required DateOnly? StartedOn { get; init; }

    [JsonPropertyName("utskriven"), Description("ÅÅÅÅ-MM-DD; null medan det pågår.")]
    public required DateOnly? EndedOn { get; init; }

    [JsonPropertyName("avslutsanledning"), Description("En kod ur listan avslutsanledning, eller null.")]
    public required string? ExitReason { get; init; }

    [JsonPropertyName("planerat_avslut"), Description("Om avslutet var planerat; null: uppgift saknas.")]
    public required bool? IsPlannedExit { get; init; }

    [JsonPropertyName("remittent"), Description("En kod ur listan remittent, eller null.")]
    public required string? Referrer { get; init; }

    [JsonPropertyName("utbildning"), Description("En kod ur listan utbildning, eller null.")]
    public required string? EducationLevel { get; init; }

    [JsonPropertyName("version"), Description("Skickas med när deltagandet ändras.")]
    public required int Version { get; init; }

    internal static ParticipationOutput Of(ParticipationRow row, string code) => new()
    {
        Id = row.Id,
        ParticipantId = row.ParticipantId,
        Code = code,
        InsatsId = row.InsatsId,
        Status = row switch
        {
            { ExitReason: ParticipationStore.Misregistration } => "felregistrerad",
            { StartedOn: null, EndedOn: null } => "i_ko",
            { StartedOn: null } => "lamnade_kon",
            { EndedOn: null } => "inskriven",
            _ => "avslutad",
        },
        QueuedOn = row.QueuedOn,
        StartedOn = row.StartedOn,
        EndedOn = row.EndedOn,
        ExitReason = row.ExitReason,
        IsPlannedExit = row.IsPlannedExit,
        Referrer = row.Referrer,
        EducationLevel = row.EducationLevel,
        Version = row.Version,
    };
}

/// <summary>A participation with what is known of livelihood and occupation.</summary>
public sealed record WholeParticipationOutput
{
    [JsonPropertyName("deltagande"), Description("Deltagandet.")]
    public required ParticipationOutput Participation { get; init; }

    [JsonPropertyName("fore"), Description("Försörjning och sysselsättning före insatsen.")]
    public required SituationBody Before { get; init; }

    [JsonPropertyName("efter"), Description("Försörjning och sysselsättning efter insatsen.")]
    public required SituationBody After { get; init; }

    [JsonPropertyName("varningar"), Description("Det som är registrerat men ser underligt ut, som datum utanför insatsens tid.")]
    public required IReadOnlyList<string> Warnings { get; init; }
}
