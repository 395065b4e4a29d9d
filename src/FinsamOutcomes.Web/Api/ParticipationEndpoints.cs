using System.ComponentModel;
using System.Globalization;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Database;
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
            .WithDescription("Frågan håller version, den som hämtades. Det som registrerades efter avslutet tas bort. Ett deltagande som är felregistrerat ångras på webbplatsen.")
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

        if (await ApiAnswer.RefusesAsync(context, faults))
            return;
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
        var faults = ApiAnswer.FaultsOfVersion(body.Version);
        var (before, after) = (SituationBody.Read(body.Before, faults), SituationBody.Read(body.After, faults, "After."));
        if (await AsksAsync(context, access, insatser, participations, participants, [body.QueuedOn, body.StartedOn], body.IsRight, faults))
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
        var faults = ApiAnswer.FaultsOfVersion(body.Version);
        var cancelled = context.RequestAborted;
        // What is registered before the entry, as the form would have it filled in.
        var before = body.Before is null
            ? await participations.SituationAsync(access.ForbundId, access.Route.ParticipationId, "before", cancelled)
            : SituationBody.Read(body.Before, faults);
        if (body.StartedOn is null)
            faults.Add(new(nameof(NewEntry.StartedOn), "Skriv datumet för inskrivningen."));
        if (await AsksAsync(context, access, insatser, participations, participants, [body.StartedOn], body.IsRight, faults))
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

    private static async Task ExitAsync(
        HttpContext context,
        CurrentAccess access,
        FinsamDatabase database,
        ReachStore reach,
        ParticipationStore participations,
        ParticipantStore participants)
    {
        if (await ApiBody.ReadAsync<ExitBody>(context) is not var (body, _))
            return;
        var faults = ApiAnswer.FaultsOfVersion(body.Version);
        var after = SituationBody.Read(body.After, faults, "After.");
        if (body.EndedOn is null)
            faults.Add(new(nameof(NewExit.EndedOn), "Skriv datumet för avslutet."));
        var unusual = new UnusualFacts();
        unusual.AskExit(body.EndedOn, (await reach.SettingsAsync(access.ForbundId, context.RequestAborted)).ReachMonths, database.Today);
        faults.AddRange(ParticipantEndpoints.Unconfirmed(unusual, body.IsRight));
        if (await ApiAnswer.RefusesAsync(context, faults))
            return;
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
            await ApiProblems.WriteAsync(context, StatusCodes.Status400BadRequest, errors: ApiProblems.Fields([ApiAnswer.NoVersion], ApiWords.Field));
            return;
        }

        await participations.UndoExitAsync(
            access.ForbundId,
            access.Route.ParticipationId,
            version,
            access.UserName,
            alsoMisregistration: false,
            context.RequestAborted);
        await ShowAsync(context, access, participations, participants, []);
    }

    // Answers with what is wrong, if anything: what has been found already, and what a form would have asked about.
    private static async Task<bool> AsksAsync(
        HttpContext context,
        CurrentAccess access,
        InsatsStore insatser,
        ParticipationStore participations,
        ParticipantStore participants,
        IReadOnlyList<DateOnly?> days,
        bool isRight,
        List<FieldError> faults)
    {
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

        return await ApiAnswer.RefusesAsync(context, faults);
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
