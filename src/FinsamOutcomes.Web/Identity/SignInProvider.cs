using System.Net;
using System.Text.RegularExpressions;

namespace FinsamOutcomes.Web.Identity;

/// <summary>A provider that people can sign in through (OpenID Connect), as the settings have it. Not a record: its secret is never printed.</summary>
public sealed partial class SignInProvider
{
    /// <summary>Where the settings stand: <c>FINSAM_OIDC__entra__AUTHORITY</c> in the environment, or the same section in appsettings.json.</summary>
    public const string Section = "FINSAM_OIDC";

    private const int LongestKey = 40;

    /// <summary>Short and lasting: it stands in addresses, and beside each connected account.</summary>
    public required string Key { get; init; }

    /// <summary>What it is called on the sign-in page.</summary>
    public required string Name { get; init; }

    public required Uri Authority { get; init; }

    public required string ClientId { get; init; }

    public string? ClientSecret { get; init; }

    /// <summary>Asked for beside <c>openid</c>.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The claim that is the person's stable id at the issuer.</summary>
    public string SubjectClaim { get; init; } = "sub";

    /// <summary>Claims are also asked for at the userinfo endpoint.</summary>
    public bool UsesUserInfo { get; init; }

    /// <summary>What is asked of the provider: <c>acr_values</c>.</summary>
    public string? AcrValues { get; init; }

    /// <summary>Any of these in <c>amr</c> is a second factor.</summary>
    public IReadOnlyList<string> SecondFactorAmr { get; init; } = [];

    /// <summary>Any of these as <c>acr</c> is a second factor.</summary>
    public IReadOnlyList<string> SecondFactorAcr { get; init; } = [];

    internal string Scheme => "leverantor-" + Key;

    /// <summary>Reads all that are in the settings.</summary>
    /// <exception cref="StartException">One of them lacks something, or would be asked in clear text.</exception>
    public static IReadOnlyList<SignInProvider> ReadAll(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return [.. configuration.GetSection(Section).GetChildren().Select(Read)];
    }

    private static SignInProvider Read(IConfigurationSection section)
    {
        var key = section.Key.ToLowerInvariant();
        if (key.Length > LongestKey || !Keys().IsMatch(key))
            throw new StartException(
                $"{Written(section)} går inte att använda. Namnet mellan de dubbla strecken får bara ha a–z, siffror och bindestreck, högst {LongestKey} tecken.");
        var authority = Required(section, "AUTHORITY");
        if (!Uri.TryCreate(authority, UriKind.Absolute, out var uri) || !IsSafe(uri))
            throw new StartException($"{Written(section)}__AUTHORITY måste vara en adress med https: {authority}");
        return new SignInProvider
        {
            Key = key,
            Name = Required(section, "NAME"),
            Authority = uri,
            ClientId = Required(section, "CLIENT_ID"),
            ClientSecret = ReadSecret(section, "CLIENT_SECRET"),
            Scopes = Words(section["SCOPES"]),
            SubjectClaim = section["SUBJECT_CLAIM"] is { Length: > 0 } claim ? claim : "sub",
            UsesUserInfo = bool.TryParse(section["USER_INFO"], out var asks) && asks,
            AcrValues = section["ACR_VALUES"] is { Length: > 0 } acr ? acr : null,
            SecondFactorAmr = Words(section["SECOND_FACTOR_AMR"]),
            SecondFactorAcr = Words(section["SECOND_FACTOR_ACR"]),
        };
    }

    /// <summary>A secret that stands in the settings, or in a file that they name.</summary>
    /// <exception cref="StartException">The file can't be read.</exception>
    internal static string? ReadSecret(IConfiguration section, string name)
    {
        if (section[name + "_FILE"] is not { Length: > 0 } path)
            return section[name] is { Length: > 0 } secret ? secret : null;
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new StartException($"Filen {path}, som {name}_FILE pekar på, går inte att läsa.");
        }
    }

    /// <summary>Whether what is sent there can't be read on the way.</summary>
    internal static bool IsSafe(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && IsHere(uri.Host));

    internal static bool IsHere(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static string Required(IConfigurationSection section, string name) =>
        section[name] is { Length: > 0 } value ? value : throw new StartException($"{Written(section)}__{name} saknas.");

    // As it is written in the environment.
    private static string Written(IConfigurationSection section) => section.Path.Replace(":", "__", StringComparison.Ordinal);

    private static string[] Words(string? text) => (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [GeneratedRegex("^[a-z0-9-]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Keys();
}
