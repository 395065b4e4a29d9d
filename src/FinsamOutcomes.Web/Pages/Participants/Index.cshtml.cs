using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using FinsamOutcomes.Web.Pages.Participations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.Participants;

/// <summary>Who takes part, stands in queue or has ended in the user's insatser; the search box goes to <see cref="SearchModel"/>.</summary>
public sealed class IndexModel(
    CurrentAccess access,
    InsatsStore insatser,
    ParticipantListStore lists,
    CaseworkerStore caseworkers,
    CodeListStore codes,
    ShownPeople shown) : PageModel
{
    /// <summary>Word in the address, code and label.</summary>
    public static IReadOnlyList<(string? Word, string? Code, string Label)> Statuses { get; } =
        [(null, null, "Alla"), ("ko", "queue", "I kö"), ("inskrivna", "ongoing", "Inskrivna"), ("avslutade", "ended", "Avslutade")];

    [BindProperty(SupportsGet = true, Name = "insats")]
    public int? Insats { get; set; }

    [BindProperty(SupportsGet = true, Name = "status")]
    public string? Status { get; set; }

    /// <summary>Only those whose caseworker the user is: a short way to say it.</summary>
    [BindProperty(SupportsGet = true, Name = "mina")]
    public bool IsMine { get; set; }

    /// <summary>Only those whom this user follows, 0 for those whom nobody does, or null.</summary>
    [BindProperty(SupportsGet = true, Name = "handlaggare")]
    public int? Handlaggare { get; set; }

    public IReadOnlyList<SelectListItem> Caseworkers { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Insatser { get; private set; } = [];

    public ParticipantListPage List { get; private set; } = null!;

    public IReadOnlyDictionary<string, string> Genders { get; private set; } = new Dictionary<string, string>();

    public async Task OnGetAsync(int sida = 1)
    {
        var cancelled = HttpContext.RequestAborted;
        Insatser = (await insatser.TreeAsync(access.ForbundId, cancelled)).ToOptions(i => i.FollowUpMethod == "individual" && access.Reaches(i.Id));
        if (Insats is { } chosen && !access.Reaches(chosen))
            Insats = null;
        Caseworkers =
        [
            .. (await CaseworkerModel.ColleaguesAsync(caseworkers, access, cancelled))
                .Select(c => c.Value == Field.Text(access.UserId) ? new SelectListItem($"Jag ({c.Text})", c.Value) : c)
                .OrderBy(c => c.Value == Field.Text(access.UserId) ? 0 : 1),
            new SelectListItem("Ingen handläggare", Field.Text(ParticipantListFilter.Nobody)),
        ];
        if (IsMine)
            Handlaggare = access.UserId;
        if (Handlaggare is { } asked && asked != access.UserId && Caseworkers.All(c => c.Value != Field.Text(asked)))
            Handlaggare = null;
        var status = Statuses.FirstOrDefault(s => s.Word == Status).Code;
        List = await lists.PageAsync(
            new ParticipantListFilter
            {
                ForbundId = access.ForbundId,
                UserId = access.UserId,
                InsatsId = Insats,
                CaseworkerId = Handlaggare,
                Status = status,
                Page = sida,
            },
            cancelled);
        Genders = (await codes.GendersAsync(cancelled)).ToDictionary(g => g.Code, g => g.Label, StringComparer.Ordinal);
        shown.AddNamed(List.Rows.Select(r => r.ParticipantId));
    }

    public int Count(string? code) => code switch
    {
        null => List.Counts.Queue + List.Counts.Ongoing + List.Counts.Ended,
        "queue" => List.Counts.Queue,
        "ongoing" => List.Counts.Ongoing,
        _ => List.Counts.Ended,
    };

    /// <summary>The list with another status or page, the rest of the filter kept.</summary>
    public string Address(string? status, int page = 1)
    {
        var parts = new[]
        {
            Insats is { } i ? $"insats={i}" : null,
            Handlaggare is not { } caseworker ? null
            : caseworker == access.UserId ? "mina=true"
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"handlaggare={caseworker}"),
            status is null ? null : $"status={status}",
            page > 1 ? $"sida={page}" : null,
        }
            .OfType<string>()
            .ToList();
        return $"/f/{access.ForbundId}/deltagare{(parts.Count == 0 ? "" : "?" + string.Join('&', parts))}";
    }

    public static string StatusWord(ParticipantListRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Status switch { "queue" => "I kö", "ongoing" => "Inskriven", _ => row.StartedOn is null ? "Lämnade kön" : "Avslutad" };
    }

    public static DateOnly Since(ParticipantListRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return (row.EndedOn ?? row.StartedOn ?? row.QueuedOn)!.Value;
    }
}
