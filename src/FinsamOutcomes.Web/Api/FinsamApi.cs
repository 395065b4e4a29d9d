using System.Text.Json.Serialization;
using FinsamOutcomes.Data.ApiKeys;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Reporting.StatisticsPage;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace FinsamOutcomes.Web.Api;

/// <summary>The API for other systems, whole: its services, its endpoints, and the description of them at <see cref="Description"/>.</summary>
internal static class FinsamApi
{
    public const string Description = ApiRights.Root + "/openapi.json";

    private const string Version = "v1";
    private const string Scheme = "nyckel";

    private static readonly (int Status, string When)[] s_problems =
    [
        (400, "Begäran går inte att läsa: innehållet är ingen JSON eller har fält som inte finns, Idempotency-Key saknas, eller så är något i adressen fel."),
        (401, "Nyckeln saknas, är okänd, återkallad eller har gått ut, eller väntar på ett ja."),
        (403, "Nyckelns roll omfattar inte det."),
        (404, "Det finns inte, eller systemet når det inte: svaret är detsamma."),
        (409, "Någon annan har ändrat sedan versionen hämtades."),
        (413, "Begäran är större än 64 000 byte."),
        (415, "Innehållet är inte JSON."),
        (422, "Något går inte att registrera; varje fel står vid sitt fält."),
        (429, "För många anrop; vänta så många sekunder som Retry-After säger."),
        (500, "Något oväntat gick fel."),
        (503, "Databasen svarar inte just nu. Inget är sparat."),
    ];

    public static void AddFinsamApi(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeyStore>();
        services.AddSingleton<ApiLimits>();
        // The description says what is taken: a number is a number.
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        services.AddOpenApi(
            Version,
            options =>
            {
                options.ShouldInclude = endpoint => $"/{endpoint.RelativePath}".StartsWith(ApiRights.Root + "/", StringComparison.Ordinal);
                options.AddDocumentTransformer(Describe);
                options.AddOperationTransformer(DescribeAsync);
                // Fields are described in Swedish; what the records themselves are is told in comments, for those who read the code.
                options.AddSchemaTransformer(
                    (schema, context, _) =>
                    {
                        schema.Description = context.JsonPropertyInfo is null ? null : schema.Description;
                        return Task.CompletedTask;
                    });
            });
    }

    public static void Map(WebApplication app)
    {
        app.MapOpenApi(Description);
        var api = app.MapGroup(ApiRights.Root).AddEndpointFilter(ApiAnswer.TellAsync);
        CodeListEndpoints.Map(api.MapGroup("").WithTags("Kodlistor och insatser"));
        ParticipantEndpoints.Map(api.MapGroup("").WithTags("Deltagare"));
        ParticipationEndpoints.Map(api.MapGroup("").WithTags("Deltaganden"));
        StatisticsEndpoints.Map(api.MapGroup("").WithTags("Statistik"));
    }

    private static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "FinsamOutcomes",
            Version = Version,
            Description =
                "För andra system: läsa kodlistor och insatser, registrera och rätta deltagare och deltaganden, och läsa skyddade statistiska tal. Förbundets administratör gör en nyckel under Anslutna system. Samma regler gäller som på sidorna, och felen har samma ord (RFC 9457). Namn och personnummer tas varken emot eller lämnas ut. Fält som inte finns nekas.",
        };

        // Where it is reached is known to whoever has fetched this.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        foreach (var schema in document.Components.Schemas?.Values.OfType<OpenApiSchema>() ?? [])
            schema.Description = null;
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "finsam_…",
                Description = "Systemets nyckel: Authorization: Bearer finsam_…",
            },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        return Task.CompletedTask;
    }

    // The codes are those of every förbund.
    private static async Task<StatisticsChoices?> ChoicesAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        (await services.GetRequiredService<ForbundStore>().AllAsync(cancellationToken)) is [var forbund, ..]
            ? await services.GetRequiredService<StatisticsService>().ChoicesAsync(forbund.Id, cancellationToken)
            : null;

    // What every endpoint answers when it doesn't do what it was asked, and the parameters that are read from the address.
    private static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var problem = await context.GetOrCreateSchemaAsync(typeof(ApiProblem), null, cancellationToken);
        context.Document?.AddComponent(nameof(ApiProblem), problem);
        operation.Responses ??= [];
        foreach (var (status, when) in s_problems)
            operation.Responses[status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = when,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(nameof(ApiProblem), context.Document) },
                },
            };
        foreach (var (code, response) in operation.Responses.Where(r => r.Key.StartsWith('2')))
            response.Description = code == "201" ? "Registrerat." : "Gjort.";
        var method = context.Description.HttpMethod;
        operation.Parameters ??= [];
        foreach (
            var (name, place, isRequired, schema, words) in ApiParameters.Of(
                method!,
                $"/{context.Description.RelativePath}",
                await ChoicesAsync(context.ApplicationServices, cancellationToken)))
        {
            if (operation.Parameters.FirstOrDefault(p => p.Name == name) is { } known)
            {
                known.Description = words;
                continue;
            }

            operation.Parameters.Add(
                new OpenApiParameter
                {
                    Name = name,
                    In = place,
                    Required = isRequired,
                    Description = words,
                    Schema = schema,
                });
        }
    }
}
