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
using FinsamOutcomes.Web.Pages.Participants;

namespace FinsamOutcomes.Web.Api;

/// <summary>Participants: a person and their entry together, as in the form, and the participant's own fields.</summary>
internal static class ParticipantEndpoints
{
    public const string NotOwn = "Du arbetar inte i den insatsen. Välj en av dina egna.";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/deltagare", RegisterAsync)
            .WithSummary("Registrera en ny deltagare med plats i kö eller inskrivning")
            .WithDescription(
                "Personen och inskrivningen registreras tillsammans, eller inget av dem. Kan personen redan finnas nekas det med 422 och vilka som liknar; skicka ar_annan_person om det är någon annan. Rubriken Idempotency-Key krävs: samma ord och samma innehåll inom ett dygn ger det första svaret igen."
            )
            .Accepts<NewParticipantBody>("application/json")
            .Produces<RegisteredOutput>(StatusCodes.Status201Created);
        api.MapPost("/deltagare/sok", SearchAsync)
            .WithSummary("Hitta en deltagare på deltagarkod")
            .WithDescription(
                "Koden står i innehållet och inte i adressen, så att den inte hamnar i loggar. Finns deltagaren inte, eller når systemet den inte, blir svaret 404."
            )
            .Accepts<CodeBody>("application/json")
            .Produces<ParticipantOutput>();
        api.MapGet("/deltagare/{participantId:int}", FindAsync)
            .WithSummary("En deltagare med de deltaganden som systemet når")
            .WithDescription("Namn och personnummer lämnas aldrig ut. Att deltagaren öppnades skrivs i förbundets logg.")
            .Produces<ParticipantOutput>();
        api.MapPut("/deltagare/{participantId:int}", CorrectAsync)
            .WithSummary("Rätta en deltagares uppgifter")
            .WithDescription(
                "Alla fält skickas; det som utelämnas tas bort. Namn och personnummer står kvar som de är, men tas bort om deltagaren får skyddade personuppgifter. Har någon annan ändrat sedan versionen hämtades blir svaret 409."
            )
            .Accepts<ParticipantBody>("application/json")
            .Produces<ParticipantOutput>();
    }

    private static async Task RegisterAsync(HttpContext context, CurrentAccess access, InsatsStore insatser, ParticipationStore participations)
    {
        if (await ApiBody.ReadAsync<NewParticipantBody>(context) is not var (body, text)
            || await ApiAnswer.OnceAsync(context, access.UserId, text) is not { } once)
            return;
        var faults = new List<FieldError>();
        var registration = new NewRegistration
        {
            ForbundId = access.ForbundId,
            UserId = access.UserId,
            Code = body.Code,
            Gender = ApiWords.Gender(body.Gender),
            BirthYear = body.BirthYear,
            HasProtectedIdentity = body.HasProtectedIdentity,
            InsatsId = body.InsatsId ?? 0,
            QueuedOn = body.QueuedOn,
            StartedOn = body.StartedOn,
            Referrer = body.Referrer,
            EducationLevel = body.EducationLevel,
            Before = SituationBody.Read(body.Before, faults),
            IsNotDuplicate = body.IsNotDuplicate,
            IsCodeNoName = body.IsCodeNoName,
            Actor = access.UserName,
            Once = once,
        };
        if (body.InsatsId is not { } insatsId)
            faults.Add(new(nameof(registration.InsatsId), "Välj insats."));
        else if (!access.Reaches(insatsId))
            faults.Add(new(nameof(registration.InsatsId), NotOwn));
        if (body.BirthYear is null)
            faults.Add(new(nameof(registration.BirthYear), PersonInput.BirthYearMessage));
        var unusual = new UnusualFacts();
        var from = body.StartedOn ?? body.QueuedOn;
        unusual.AskAge(body.BirthYear, from);
        if (body.InsatsId is { } own && access.Reaches(own))
            unusual.AskEntry(from, await insatser.FindAsync(access.ForbundId, own, context.RequestAborted));
        faults.AddRange(Unconfirmed(unusual, body.IsRight));
        if (faults.Count > 0)
        {
            // All faults in one round; what already has a message keeps only that.
            var others = await participations.FaultsAsync(registration, context.RequestAborted);
            await ApiAnswer.RefuseAsync(context, faults.Concat(others.Where(o => faults.TrueForAll(f => f.Field != o.Field))));
            return;
        }

        var person = await participations.RegisterNewAsync(registration, context.RequestAborted);
        context.Response.Headers.Location = string.Create(CultureInfo.InvariantCulture, $"{ApiRights.Root}/deltagare/{person.ParticipantId}");
        await ApiAnswer.WriteAsync(
            context,
            new RegisteredOutput
            {
                ParticipantId = person.ParticipantId,
                Code = person.Code,
                ParticipationId = person.ParticipationId,
                Warnings = person.Warnings,
            },
            StatusCodes.Status201Created);
    }

    /// <summary>What a form would ask about, unless the system says that it is right.</summary>
    public static IEnumerable<FieldError> Unconfirmed(UnusualFacts unusual, bool isRight) =>
        isRight ? [] : unusual.Questions.Select(q => new FieldError("bekraftat", $"{q} Stämmer det: skicka bekraftat med värdet true."));

    private static async Task SearchAsync(
        HttpContext context,
        CurrentAccess access,
        AccessStore reached,
        ParticipantStore participants,
        ParticipationStore participations)
    {
        if (await ApiBody.ReadAsync<CodeBody>(context) is not var (body, _))
            return;
        if (string.IsNullOrWhiteSpace(body.Code))
        {
            await ApiAnswer.RefuseAsync(context, [new(nameof(NewRegistration.Code), "Ange deltagarkoden.")]);
            return;
        }

        var found = await participants.FindAsync(access.ForbundId, body.Code, context.RequestAborted);
        if (found is null || (await reached.InsatserOfParticipantAsync(access.UserId, access.ForbundId, found.Id, context.RequestAborted)).Count == 0)
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        else
            await ShowAsync(context, access, participants, participations, found.Id);
    }

    private static Task FindAsync(HttpContext context, CurrentAccess access, ParticipantStore participants, ParticipationStore participations) =>
        ShowAsync(context, access, participants, participations, access.Route.ParticipantId);

    private static async Task CorrectAsync(HttpContext context, CurrentAccess access, ParticipantStore participants, ParticipationStore participations)
    {
        if (await ApiBody.ReadAsync<ParticipantBody>(context) is not var (body, _))
            return;
        var (id, cancelled) = (access.Route.ParticipantId, context.RequestAborted);
        var faults = ApiAnswer.FaultsOfVersion(body.Version);
        var unusual = new UnusualFacts();
        if (await participants.FindAsync(access.ForbundId, id, cancelled) is { } before && before.BirthYear != body.BirthYear)
        {
            var stays = await participations.OfParticipantAsync(access.ForbundId, id, access.UserId, cancelled);
            unusual.AskAge(body.BirthYear, stays.Select(s => s.StartedOn ?? s.QueuedOn).LastOrDefault());
        }

        faults.AddRange(Unconfirmed(unusual, body.IsRight));
        if (await ApiAnswer.RefusesAsync(context, faults))
            return;
        await participants.UpdateAsync(
            new ParticipantChange
            {
                ForbundId = access.ForbundId,
                Id = id,
                Version = body.Version!.Value,
                Code = body.Code ?? "",
                Gender = ApiWords.Gender(body.Gender),
                BirthYear = body.BirthYear,
                Name = null,
                PersonalNumber = null,
                HasProtectedIdentity = body.HasProtectedIdentity,
                KeepsIdentity = true,
                IsCodeNoName = body.IsCodeNoName,
                UserId = access.UserId,
                Actor = access.UserName,
            },
            cancelled);
        await ShowAsync(context, access, participants, participations, id);
    }

    // That it was opened is noted before it is shown, as on the pages.
    private static async Task ShowAsync(HttpContext context, CurrentAccess access, ParticipantStore participants, ParticipationStore participations, int id)
    {
        var cancelled = context.RequestAborted;
        var row = (await participants.FindAsync(access.ForbundId, id, cancelled))!;
        var stays = await participations.OfParticipantAsync(access.ForbundId, id, access.UserId, cancelled);
        await participants.ReadShownAsync(
            new ShownPage { ForbundId = access.ForbundId, Actor = access.UserName, Opened = ("Participants", "participant", id), OpenedParticipantId = id },
            cancelled);
        await ApiAnswer.WriteAsync(
            context,
            new ParticipantOutput
            {
                Id = row.Id,
                Code = row.Code,
                Gender = ApiWords.GenderWord(row.Gender),
                BirthYear = row.BirthYear,
                HasProtectedIdentity = row.HasProtectedIdentity,
                IsErased = row.ErasedAt is not null,
                Version = row.Version,
                Participations = [.. stays.Select(s => ParticipationOutput.Of(s, row.Code))],
            });
    }
}

/// <summary>A person who is not registered, with their place in the queue of an insats or their entry.</summary>
public sealed record NewParticipantBody : EntranceBody
{
    [JsonPropertyName("insats_id"), Description("Ett id ur /insatser. Krävs.")]
    public int? InsatsId { get; init; }

    [JsonPropertyName("deltagarkod"), Description("Förbundets kod för personen, högst 50 tecken. Utelämnas den får personen nästa kod i förbundets serie.")]
    public string? Code { get; init; }

    [JsonPropertyName("kon"), Description("kvinna, man eller okant. Krävs.")]
    public string? Gender { get; init; }

    [JsonPropertyName("fodelsear"), Description("Fyra siffror. Krävs.")]
    public int? BirthYear { get; init; }

    [JsonPropertyName("skyddade_personuppgifter"), Description("true om personen har skyddade personuppgifter.")]
    public bool HasProtectedIdentity { get; init; }

    [JsonPropertyName("koden_ar_inget_namn"), Description("true när deltagarkoden ser ut som ett namn men inte är det.")]
    public bool IsCodeNoName { get; init; }

    [JsonPropertyName("ar_annan_person"), Description("true när de som liknar har jämförts och det är en annan person.")]
    public bool IsNotDuplicate { get; init; }
}

/// <summary>A participant's code, to look for.</summary>
public sealed record CodeBody
{
    [JsonPropertyName("deltagarkod"), Description("Deltagarkoden. Stora och små bokstäver räknas som samma.")]
    public string? Code { get; init; }
}

/// <summary>A participant's own fields, to correct.</summary>
public sealed record ParticipantBody
{
    [JsonPropertyName("version"), Description("Den version som hämtades. Krävs.")]
    public int? Version { get; init; }

    [JsonPropertyName("deltagarkod"), Description("Krävs.")]
    public string? Code { get; init; }

    [JsonPropertyName("kon"), Description("kvinna, man eller okant. Krävs.")]
    public string? Gender { get; init; }

    [JsonPropertyName("fodelsear"), Description("Fyra siffror; får vara null.")]
    public int? BirthYear { get; init; }

    [JsonPropertyName("skyddade_personuppgifter"), Description("true tar bort namn och personnummer som är sparade.")]
    public bool HasProtectedIdentity { get; init; }

    [JsonPropertyName("koden_ar_inget_namn"), Description("true när deltagarkoden ser ut som ett namn men inte är det.")]
    public bool IsCodeNoName { get; init; }

    [JsonPropertyName("bekraftat"), Description("true när en mycket låg eller hög ålder stämmer.")]
    public bool IsRight { get; init; }
}

/// <summary>What came of a registration.</summary>
public sealed record RegisteredOutput
{
    [JsonPropertyName("deltagare_id"), Description("Deltagarens id, för adresser.")]
    public required int ParticipantId { get; init; }

    [JsonPropertyName("deltagarkod"), Description("Deltagarens kod; tom när ett svar ges igen om någon som har tagits bort.")]
    public required string Code { get; init; }

    [JsonPropertyName("deltagande_id"), Description("Deltagandets id, för adresser. Dess version är 1.")]
    public required int ParticipationId { get; init; }

    [JsonPropertyName("varningar"), Description("Det som är registrerat men ser underligt ut, som datum utanför insatsens tid.")]
    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <summary>A participant, without name and personal number.</summary>
public sealed record ParticipantOutput
{
    [JsonPropertyName("id"), Description("Deltagarens id, för adresser.")]
    public required int Id { get; init; }

    [JsonPropertyName("deltagarkod"), Description("Förbundets kod för personen.")]
    public required string Code { get; init; }

    [JsonPropertyName("kon"), Description("kvinna, man eller okant.")]
    public required string Gender { get; init; }

    [JsonPropertyName("fodelsear"), Description("Fyra siffror, eller null.")]
    public required int? BirthYear { get; init; }

    [JsonPropertyName("skyddade_personuppgifter"), Description("Om personen har skyddade personuppgifter.")]
    public required bool HasProtectedIdentity { get; init; }

    [JsonPropertyName("gallrad"), Description("Om personens uppgifter är gallrade: då går inget att ändra.")]
    public required bool IsErased { get; init; }

    [JsonPropertyName("version"), Description("Skickas med när uppgifterna rättas.")]
    public required int Version { get; init; }

    [JsonPropertyName("deltaganden"), Description("De deltaganden som systemet når, det äldsta först.")]
    public required IReadOnlyList<ParticipationOutput> Participations { get; init; }
}
