using FinsamOutcomes.Data.Forbund;

namespace FinsamOutcomes.Web.Access;

/// <summary>Who is asking, in which förbund, and how far they reach: filled in by <see cref="RightsMiddleware"/> before a page runs.</summary>
public sealed class CurrentAccess
{
    private ForbundRow? _forbund;

    public bool IsSignedIn { get; internal set; }

    public int UserId { get; internal set; }

    /// <summary>What is written as actor in the log.</summary>
    public string UserName { get; internal set; } = "";

    /// <summary>The förbund of the route.</summary>
    public ForbundRow Forbund
    {
        get => _forbund ?? throw new InvalidOperationException("This page is not about a förbund: its route has no {forbundId}.");
        internal set => _forbund = value;
    }

    public bool HasForbund => _forbund is not null;

    public int ForbundId => Forbund.Id;

    /// <summary>The numbers and words of the address: the only place that a page takes them from.</summary>
    public ApprovedRoute Route { get; internal set; } = ApprovedRoute.None;

    /// <summary>The user's roles in the förbund.</summary>
    public IReadOnlyList<string> Roles { get; internal set; } = [];

    /// <summary>How far the user reaches with the route that runs.</summary>
    public Reach Reach { get; internal set; }

    /// <summary>The user's own insatser in the förbund, with the delprojekt of those that have them.</summary>
    public IReadOnlySet<int> OwnInsatser { get; internal set; } = new HashSet<int>();

    /// <summary>Whether a page reaches an insats; a page that lists insatser shows these only.</summary>
    public bool Reaches(int insatsId) => Reach == Reach.All || (Reach == Reach.Own && OwnInsatser.Contains(insatsId));

    /// <summary>How far the user reaches with another route of the förbund, such as <c>/f/{forbundId:int}/statistik</c>: for links.</summary>
    public Reach ReachOf(string route) =>
        (Rights.For(route) ?? throw new ArgumentException($"{route} is not in the table of rights.", nameof(route))).Of(Roles);

    public bool May(string route) => ReachOf(route) != Reach.None;

    public bool Has(string role) => Roles.Contains(role);
}
