using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Reporting.StatisticsPage;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Web.Access;

namespace FinsamOutcomes.Web.Pages.Statistics;

/// <summary>What the address of a statistics page says: of the whole förbund, or of the insats in its path.</summary>
public sealed record StatisticsAddress
{
    /// <summary>What can be chosen; on the page of an insats only that and its delprojekt.</summary>
    public required StatisticsChoices Choices { get; init; }

    /// <summary>The insats of the path; null on the page of the whole förbund.</summary>
    public required MeasureInsatsRow? Only { get; init; }

    public required StatisticsFilter Filter { get; init; }

    public required IReadOnlyList<FilterProblem> Problems { get; init; }

    public required ILookup<string, string> Query { get; init; }

    /// <summary>The page without its query.</summary>
    public required string Path { get; init; }

    /// <summary>Until when small numbers are shown too, to this user with this filter; null when they are hidden.</summary>
    public DateTimeOffset? ExactUntil { get; init; }

    /// <summary>The query of the view as it is shown, for links to its files.</summary>
    public required string ViewQuery { get; init; }

    public static async Task<StatisticsAddress> ReadAsync(HttpRequest request, CurrentAccess access, StatisticsService board, ExactView exact)
    {
        ArgumentNullException.ThrowIfNull(exact);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(access);
        ArgumentNullException.ThrowIfNull(board);
        var choices = await board.ChoicesAsync(access.ForbundId, request.HttpContext.RequestAborted);
        var only = access.Route.Has("insatsId") ? choices.Insatser.First(i => i.Id == access.Route.InsatsId) : null;
        if (only is not null)
            choices = choices with { Insatser = [.. choices.Insatser.Where(i => i.Id == only.Id || i.ParentId == only.Id)] };
        var query = request
            .Query.SelectMany(p => p.Value.OfType<string>().Select(v => (p.Key, Value: v)))
            .ToLookup(p => p.Key, p => p.Value, StringComparer.OrdinalIgnoreCase);
        var (filter, problems) = choices.Read(query, only);
        var path = only is null ? $"/f/{access.ForbundId}/statistik" : $"/f/{access.ForbundId}/insatser/{only.Id}/statistik";
        var viewQuery = filter.ToQuery();
        DateTimeOffset? until = null;
        if (query[ExactView.Name].FirstOrDefault() is { Length: > 0 } leave && !filter.IsPublished)
        {
            until = exact.Until(leave, access, path, viewQuery);
            if (until is null)
                problems =
                [
                    .. problems,
                    new(
                        ExactView.Name,
                        "Exakta tal visas i en timme, för den som har skrivit varför och bara för det urvalet.",
                        "Nu är små tal dolda: skriv skälet igen om du behöver dem."),
                ];
            else
                viewQuery += $"&{ExactView.Name}={Uri.EscapeDataString(leave)}";
        }

        return new StatisticsAddress
        {
            Choices = choices,
            Only = only,
            Filter = filter with { IsExact = until is not null },
            Problems = problems,
            Query = query,
            Path = path,
            ExactUntil = until,
            ViewQuery = viewQuery,
        };
    }
}
