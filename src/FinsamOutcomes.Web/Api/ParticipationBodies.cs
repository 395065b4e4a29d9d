using System.ComponentModel;
using System.Text.Json.Serialization;
using FinsamOutcomes.Data.Participations;

namespace FinsamOutcomes.Web.Api;

/// <summary>How somebody came to an insats: what is sent alike of who is new, of who is registered and of a stay to correct.</summary>
public abstract record EntranceBody
{
    [JsonPropertyName("koad"), Description("ÅÅÅÅ-MM-DD i kö, eller null. En registrering med bara koad ställer i kö.")]
    public DateOnly? QueuedOn { get; init; }

    [JsonPropertyName("inskriven"), Description("ÅÅÅÅ-MM-DD; null för den som inte har skrivits in. En registrering kräver koad eller inskriven.")]
    public DateOnly? StartedOn { get; init; }

    [JsonPropertyName("remittent"), Description("En kod ur listan remittent.")]
    public string? Referrer { get; init; }

    [JsonPropertyName("utbildning"), Description("En kod ur listan utbildning.")]
    public string? EducationLevel { get; init; }

    [JsonPropertyName("fore"), Description("Försörjning och sysselsättning före insatsen. Utelämnas den i en rättelse står det som är registrerat kvar.")]
    public SituationBody? Before { get; init; }

    [JsonPropertyName("bekraftat"), Description("true när något ovanligt stämmer: en mycket låg eller hög ålder, en inskrivning långt före insatsens start.")]
    public bool IsRight { get; init; }
}

/// <summary>A stay from its beginning to its end.</summary>
public abstract record StayBody : EntranceBody
{
    [JsonPropertyName("utskriven"), Description("ÅÅÅÅ-MM-DD precis när deltagandet är avslutat.")]
    public DateOnly? EndedOn { get; init; }

    [JsonPropertyName("avslutsanledning"), Description("En kod ur listan avslutsanledning.")]
    public string? ExitReason { get; init; }

    [JsonPropertyName("planerat_avslut"), Description("Om avslutet var planerat; null: uppgift saknas.")]
    public bool? IsPlannedExit { get; init; }

    [JsonPropertyName("efter")]
    [Description("Försörjning och sysselsättning efter insatsen. Utelämnas den i en rättelse står det som är registrerat kvar.")]
    public SituationBody? After { get; init; }
}

/// <summary>A queue, an entry or a whole stay of a registered participant.</summary>
public sealed record NewParticipationBody : StayBody
{
    [JsonPropertyName("deltagare_id"), Description("Deltagarens id. Krävs.")]
    public int? ParticipantId { get; init; }

    [JsonPropertyName("insats_id"), Description("Ett id ur /insatser. Krävs.")]
    public int? InsatsId { get; init; }
}

/// <summary>A participation, to correct.</summary>
public sealed record ParticipationBody : StayBody
{
    [JsonPropertyName("version"), Description("Den version som hämtades. Krävs.")]
    public int? Version { get; init; }
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

    [JsonPropertyName("bekraftat"), Description("true när ett avslut stämmer som är så länge sedan att systemet inte längre når deltagandet när det är sparat.")]
    public bool IsRight { get; init; }
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
