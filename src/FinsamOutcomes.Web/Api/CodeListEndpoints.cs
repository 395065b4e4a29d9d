using System.ComponentModel;
using System.Text.Json.Serialization;
using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Web.Access;

namespace FinsamOutcomes.Web.Api;

/// <summary>What a registration chooses from: code lists in the förbund's own words, and the insatser that the system reaches.</summary>
internal static class CodeListEndpoints
{
    private static readonly (string List, string Name)[] s_lists =
    [
        (CodeList.ExitReason, "avslutsanledning"),
        (CodeList.Referrer, "remittent"),
        (CodeList.EducationLevel, "utbildning"),
        (CodeList.Livelihood, "forsorjning"),
    ];

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/kodlistor", ListsAsync)
            .WithSummary("Kodlistor")
            .WithDescription("De koder som registreringar använder, med förbundets egna ord. Ett värde som inte erbjuds får ändå registreras, utom felregistrering: den orsaken får ett deltagande som felregistreras, och går inte att ange.")
            .Produces<IReadOnlyList<CodeListOutput>>();
        api.MapGet("/insatser", InsatserAsync)
            .WithSummary("Insatser")
            .WithDescription("De insatser och delprojekt som systemet når. Deltagare registreras i dem vars uppföljningsmetod är individ.")
            .Produces<IReadOnlyList<InsatsOutput>>();
    }

    private static async Task ListsAsync(HttpContext context, CurrentAccess access, CodeListStore codes)
    {
        var mistakes = (await codes.ExitReasonsAsync(context.RequestAborted)).Where(r => r.IsMisregistration)
            .Select(r => new CodeOutput { Code = r.Code, Label = r.Label, SharedLabel = r.Label, IsOffered = false });
        var lists = new List<CodeListOutput>();
        foreach (var (list, name) in s_lists)
            lists.Add(
                new CodeListOutput
                {
                    Name = name,
                    Values =
                    [
                        .. (await codes.OfForbundAsync(access.ForbundId, list, context.RequestAborted)).Values
                            .Select(v => new CodeOutput { Code = v.Code, Label = v.Label, SharedLabel = v.SharedLabel, IsOffered = v.IsOffered }),
                        .. list == CodeList.ExitReason ? mistakes : [],
                    ],
                });
        await ApiAnswer.WriteAsync(context, lists);
    }

    private static async Task InsatserAsync(HttpContext context, CurrentAccess access, InsatsStore insatser)
    {
        var tree = await insatser.TreeAsync(access.ForbundId, context.RequestAborted);
        await ApiAnswer.WriteAsync(
            context,
            tree.SelectMany(n => n.Delprojekt.Prepend(n)).Select(n => n.Insats).Where(i => access.Reaches(i.Id)).Select(i => new InsatsOutput
            {
                Id = i.Id,
                Name = i.Name,
                // Told only where the system reaches that too.
                ParentId = i.ParentId is { } parent && access.Reaches(parent) ? parent : null,
                FollowUpMethod = i.FollowUpMethod == "count" ? "antal" : "individ",
                StartsOn = i.StartsOn,
                EndsOn = i.EndsOn,
                Capacity = i.Capacity,
            }).ToList());
    }
}

/// <summary>One code list.</summary>
public sealed record CodeListOutput
{
    [JsonPropertyName("lista"), Description("avslutsanledning, remittent, utbildning eller forsorjning.")]
    public required string Name { get; init; }

    [JsonPropertyName("varden"), Description("I den ordning som de visas.")]
    public required IReadOnlyList<CodeOutput> Values { get; init; }
}

/// <summary>One value of a list.</summary>
public sealed record CodeOutput
{
    [JsonPropertyName("kod"), Description("Den som skickas och tas emot; alla förbund har samma.")]
    public required string Code { get; init; }

    [JsonPropertyName("text"), Description("Vad förbundet kallar den.")]
    public required string Label { get; init; }

    [JsonPropertyName("gemensam_text"), Description("Vad alla förbund kallar den.")]
    public required string SharedLabel { get; init; }

    [JsonPropertyName("erbjuds"), Description("Om förbundets formulär erbjuder den.")]
    public required bool IsOffered { get; init; }
}

/// <summary>An insats or delprojekt.</summary>
public sealed record InsatsOutput
{
    [JsonPropertyName("id"), Description("Den som registreringar anger.")]
    public required int Id { get; init; }

    [JsonPropertyName("insats"), Description("Namnet.")]
    public required string Name { get; init; }

    [JsonPropertyName("overordnad_id"), Description("Insatsen som ett delprojekt hör till, när systemet når den; annars null.")]
    public required int? ParentId { get; init; }

    [JsonPropertyName("uppfoljningsmetod"), Description("individ (deltagare följs var för sig) eller antal (bara antal räknas).")]
    public required string FollowUpMethod { get; init; }

    [JsonPropertyName("startdatum"), Description("Insatsens första dag.")]
    public required DateOnly StartsOn { get; init; }

    [JsonPropertyName("slutdatum"), Description("Insatsens sista dag; null när slutet inte är bestämt.")]
    public required DateOnly? EndsOn { get; init; }

    [JsonPropertyName("platser"), Description("Antal samtidiga platser; null när inget antal är bestämt.")]
    public required int? Capacity { get; init; }
}
