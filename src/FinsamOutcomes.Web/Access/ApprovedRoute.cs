using System.Globalization;

namespace FinsamOutcomes.Web.Access;

/// <summary>
/// What the address of the request says, as <see cref="RightsMiddleware"/> read and approved it: for the scope of the route
/// the user reaches the insats, participant or participation. Pages take these from here and never by model binding, where
/// a field of a form could stand in their place after they were approved. A page that asks for what its route lacks has a
/// mistake in it.
/// </summary>
public sealed class ApprovedRoute
{
    private readonly Dictionary<string, string> _values;

    internal ApprovedRoute(RouteValueDictionary values) =>
        _values = values
            .Where(v => v.Value is not null)
            .ToDictionary(v => v.Key, v => Convert.ToString(v.Value, CultureInfo.InvariantCulture)!, StringComparer.OrdinalIgnoreCase);

    public static ApprovedRoute None { get; } = new([]);

    public int InsatsId => Number("insatsId");

    public int ParticipantId => Number("participantId");

    public int ParticipationId => Number("participationId");

    /// <summary>Of a participation; that it is of that one is asked by the page.</summary>
    public int AssessmentId => Number("assessmentId");

    /// <summary>The user that the page is about, not the one who asks.</summary>
    public int UserId => Number("userId");

    public int JobId => Number("jobId");

    public int DeliveryId => Number("deliveryId");

    public int PublicationId => Number("publicationId");

    /// <summary>Of a number in a publication.</summary>
    public int NumberId => Number("number");

    public string Format => Text("format");

    public int Year => Number("year");

    /// <summary>Null where the route can go without it.</summary>
    public int? StatusCode => Find("code");

    public string Ordinal => Text("ordinal");

    public string File => Text("file");

    public string List => Text("list");

    public string Topic => Text("topic");

    /// <summary>A part of the statistics page.</summary>
    public string Part => Text("part");

    public string Token => Text("token");

    /// <summary>Whether the address holds a value of this name.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>A value that is a whole number, by the same rule as the route's <c>:int</c>; null when the route lacks it or it is none.</summary>
    internal int? Find(string name) =>
        _values.TryGetValue(name, out var text) && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    private int Number(string name) => Find(name) ?? throw Missing(name);

    private string Text(string name) => _values.GetValueOrDefault(name) ?? throw Missing(name);

    private static InvalidOperationException Missing(string name) => new($"The route of this page has no {{{name}}}.");
}
