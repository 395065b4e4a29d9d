namespace FinsamOutcomes.Web;

/// <summary>How the web application is started.</summary>
public sealed record WebSettings
{
    public const string AddressVariable = "FINSAM_DB";
    public const string DefaultAddress = "sqlite:finsam.sqlite";
    public const string DefaultUrls = "http://localhost:5080";

    /// <summary>Where a demo keeps its database between starts, below the folder where the user stands.</summary>
    public const string DemoFolder = "demo-webb";

    /// <summary>
    /// <c>sqlite:PATH</c> or <c>sqlserver:CONNECTION</c>; null takes FINSAM_DB, and without it a file where the program is
    /// started. A demo never takes FINSAM_DB: that is where the förbund's own data is.
    /// </summary>
    public string? Address { get; init; }

    /// <summary>Where to listen; port 0 takes a free one.</summary>
    public string Urls { get; init; } = DefaultUrls;

    /// <summary>Opens on the invented förbund, with one account for each role shown on the sign-in page.</summary>
    public bool IsDemo { get; init; }

    /// <summary>How many times a minute one address may try a password, a code or a link.</summary>
    public int TriesPerMinute { get; init; } = 20;
}

/// <summary>The web application can't start; the message says why and what to do, in Swedish.</summary>
public sealed class StartException(string message) : Exception(message);
