using FinsamOutcomes.Data.ApiKeys;
using FinsamOutcomes.Reporting.StatisticsPage;
using Microsoft.OpenApi;

namespace FinsamOutcomes.Web.Api;

/// <summary>The parameters of each endpoint: those of its path, its query and its headers.</summary>
internal static class ApiParameters
{
    /// <param name="method">The method.</param>
    /// <param name="path">The path, with its parameters in braces.</param>
    /// <param name="choices">What statistics can be asked for; null where there is no förbund yet.</param>
    public static IEnumerable<(string Name, ParameterLocation In, bool IsRequired, OpenApiSchema Schema, string Words)> Of(
        string method,
        string path,
        StatisticsChoices? choices)
    {
        if (path.Contains("{participantId", StringComparison.Ordinal))
            yield return ("participantId", ParameterLocation.Path, true, Number(), "Deltagarens id.");
        if (path.Contains("{participationId", StringComparison.Ordinal))
            yield return ("participationId", ParameterLocation.Path, true, Number(), "Deltagandets id.");
        if (method == "POST" && !path.EndsWith("/sok", StringComparison.Ordinal))
            yield return (
                OnceRequest.Field,
                ParameterLocation.Header,
                true,
                Text(),
                "Systemets eget ord för registreringen, till exempel ett UUID, högst 100 tecken.");
        if (method == "DELETE")
            yield return ("version", ParameterLocation.Query, true, Number(), "Den version som hämtades.");
        if (method == "GET" && path.EndsWith("/deltaganden", StringComparison.Ordinal))
        {
            yield return ("insats", ParameterLocation.Query, false, Number(), "Insatsens id.");
            yield return ("fran", ParameterLocation.Query, false, Date(), "Första dagen i perioden.");
            yield return ("till", ParameterLocation.Query, false, Date(), "Sista dagen i perioden.");
            yield return ("efter", ParameterLocation.Query, false, Number(), "Det id som förra svaret slutade med.");
        }

        if (!path.Contains("/statistik/", StringComparison.Ordinal))
            yield break;
        yield return (
            "part",
            ParameterLocation.Path,
            true,
            Text("kon", "jamforelse", "utveckling", "insatser", "avslutsorsaker", "laget", "raknade", "mal"),
            "Delen av statistiksidan.");
        yield return ("fran", ParameterLocation.Query, false, Date(), "Första dagen; utelämnas den börjar perioden med året.");
        yield return ("till", ParameterLocation.Query, false, Date(), "Sista dagen; utelämnas den slutar perioden i dag.");
        yield return ("insats", ParameterLocation.Query, false, Number(), "Insatsens id; med en insats vald räknas bara hela månader som har gått.");
        yield return ("definition", ParameterLocation.Query, false, Text([.. choices?.Definitions.Select(d => d.Code) ?? []]), "Definitionen av positivt avslut.");
        yield return (
            "namnare",
            ParameterLocation.Query,
            false,
            Text("avslutade", "avslutade-utom-neutrala", "deltagande"),
            "Vad andelarna är av.");
        yield return (
            "alder",
            ParameterLocation.Query,
            false,
            new OpenApiSchema { Type = JsonSchemaType.Array, Items = Text([.. choices?.AgeGroups.Select(a => a.Code) ?? []]) },
            "Bara dessa åldersgrupper; namnet upprepas för flera.");
        yield return ("kon", ParameterLocation.Query, false, Text([.. ApiWords.GenderWords]), "Bara detta kön.");
        yield return ("visa", ParameterLocation.Query, false, Text("internt", "publicerat"), "Internt underlag, eller som det publiceras.");
        yield return ("format", ParameterLocation.Query, false, Text("json", "csv"), "Svarets format.");
    }

    private static OpenApiSchema Number() => new() { Type = JsonSchemaType.Integer, Format = "int32" };

    private static OpenApiSchema Date() => new() { Type = JsonSchemaType.String, Format = "date" };

    private static OpenApiSchema Text(params string[] choices) =>
        new() { Type = JsonSchemaType.String, Enum = choices.Length == 0 ? null : [.. choices.Select(c => System.Text.Json.Nodes.JsonValue.Create(c))] };
}
