using System.Globalization;
using System.Text.RegularExpressions;
using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.Participations;

/// <summary>
/// The same done to several participations that were ticked in a list: exit, change of caseworker, or a new entry. Each is saved by itself,
/// with its own event in the log; those that can't be stay in the form, and each says why.
/// </summary>
public sealed partial class SeveralModel(
    FinsamDatabase database,
    CurrentAccess access,
    ParticipationFinder finder,
    InsatsStore insatser,
    CodeListStore codes,
    ParticipationStore participations,
    CaseworkerStore caseworkers) : PageModel
{
    private bool _hasLeftInsats;
    private bool _hasLeftQueue;

    /// <summary>As many as a page of the list.</summary>
    public const int Most = ParticipantListStore.PageSize;

    /// <summary>What can be done, by the word in the address: title, and the button.</summary>
    public static IReadOnlyDictionary<string, (string Title, string Button)> Deeds { get; } = new Dictionary<string, (string Title, string Button)>(StringComparer.Ordinal)
    {
        [Exit] = ("Skriv ut flera", "Skriv ut ur insatsen"),
        [Caseworker] = ("Byt handläggare för flera", "Spara"),
        [Again] = ("Ny inskrivning för flera", "Skriv in"),
    };

    public const string Exit = "skriv-ut";

    public const string Caseworker = "handlaggare";

    public const string Again = "ny-inskrivning";

    /// <summary>One of <see cref="Deeds"/>.</summary>
    [BindProperty(SupportsGet = true, Name = "vad")]
    public string? Deed { get; set; }

    /// <summary>The participations that are ticked.</summary>
    [BindProperty(SupportsGet = true, Name = "val")]
    public int[] Chosen { get; set; } = [];

    /// <summary>The versions that were seen, each as <c>participation:version</c>.</summary>
    [BindProperty(Name = "version")]
    public string[] Seen { get; set; } = [];

    [BindProperty]
    public SeveralInput Input { get; set; } = new();

    [BindProperty]
    public UnusualFacts Unusual { get; set; } = new();

    public IReadOnlyList<SeveralRow> Rows { get; private set; } = [];

    /// <summary>Codes of those that have just been saved, where others could not be.</summary>
    public IReadOnlyList<string> Saved { get; private set; } = [];

    public ParticipationLists Lists { get; private set; } = null!;

    public IReadOnlyList<SelectListItem> Colleagues { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Insatser { get; private set; } = [];

    /// <summary>What was chosen in the list, to go back to: the query of its address.</summary>
    [BindProperty(SupportsGet = true, Name = "urval")]
    public string? ListQuery { get; set; }

    public string Back => $"/f/{access.ForbundId}/deltagare{(ListQuery is { } query && QueryOfList().IsMatch(query) ? "?" + query : "")}";

    private CancellationToken Cancelled => HttpContext.RequestAborted;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync())
            return Redirect(Back);
        Input = new SeveralInput
        {
            On = database.Today,
            InsatsId = Insatser.Count == 1 ? int.Parse(Insatser[0].Value, CultureInfo.InvariantCulture) : null,
            CaseworkerId = Deed == Again && Colleagues.Any(c => c.Value == Field.Text(access.UserId)) ? access.UserId : null,
        };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync())
            return Redirect(Back);
        if (Input.On is null)
            ModelState.AskFor("Input.On", "Skriv datumet.");
        if (Deed == Caseworker && Input.CaseworkerId is null)
            ModelState.AskFor("Input.CaseworkerId", "Välj handläggare.");
        if (Deed == Again && (Input.InsatsId is not { } insats || !access.Reaches(insats)))
            ModelState.AskFor("Input.InsatsId", "Välj en av dina insatser.");
        var ticked = Rows.Where(r => Chosen.Contains(r.Participation.Row.Id) && r.WhyNot is null).ToList();
        if (ticked.Count == 0)
            ModelState.AddModelError("", "Bocka för minst ett deltagande.");
        if (Deed == Again && Input.InsatsId is { } chosen && access.Reaches(chosen))
        {
            foreach (var row in ticked)
                Unusual.AskAge(row.Participation.Participant.BirthYear, Input.On, code: row.Participation.Participant.Code);
            Unusual.AskEntry(Input.On, await insatser.FindAsync(access.ForbundId, chosen, Cancelled));
        }

        if (Unusual.MustAsk(ModelState) || !ModelState.IsValid)
            return Page();
        var (saved, left) = (new List<string>(), new List<SeveralRow>());
        foreach (var row in ticked)
        {
            if (await SaveAsync(row.Participation) is { } fault)
                left.Add(row with { Fault = fault });
            else
            {
                saved.Add(row.Participation.Participant.Code);
                _hasLeftInsats |= !row.Participation.IsQueued;
                _hasLeftQueue |= row.Participation.IsQueued;
            }
        }

        if (left.Count == 0)
        {
            TempData["Done"] = Done(saved);
            return Redirect(Back);
        }

        // As they are now: whoever was ahead has another version.
        Saved = saved;
        Chosen = [.. left.Select(r => r.Participation.Row.Id)];
        await LoadAsync();
        Rows = [.. Rows.Select(r => r with { Fault = left.First(l => l.Participation.Row.Id == r.Participation.Row.Id).Fault })];
        return Page();
    }

    /// <summary>What was done, of whom.</summary>
    public string Done(IReadOnlyList<string> saved)
    {
        ArgumentNullException.ThrowIfNull(saved);
        var who = saved.Count == 1 ? saved[0] : $"{string.Join(", ", saved.SkipLast(1))} och {saved[^1]}";
        var isOne = saved.Count == 1;
        return Deed switch
        {
            Exit => $"{who} {Left(isOne)}. Det går att ångra på deltagarens sida."
                + (string.IsNullOrEmpty(Input.ExitReason) && _hasLeftInsats ? " Avslutsorsaken saknas och ligger kvar att göra på startsidan." : ""),
            Caseworker => $"{Colleagues.FirstOrDefault(c => c.Value == Field.Text(Input.CaseworkerId))?.Text} är handläggare för {who}.",
            _ => $"{who} är {(isOne ? "inskriven" : "inskrivna")}.",
        };
    }

    // Who only stood in the queue needs no reason.
    private string Left(bool isOne) => (_hasLeftInsats, _hasLeftQueue) switch
    {
        (false, true) => "har lämnat kön",
        (true, true) => "är utskrivna eller har lämnat kön",
        _ => isOne ? "är utskriven" : "är utskrivna",
    };

    // Null when it is saved.
    private async Task<string?> SaveAsync(Participation participation)
    {
        var row = participation.Row;
        var seen = Seen.Select(s => s.Split(':')).FirstOrDefault(s => s.Length == 2 && s[0] == Field.Text(row.Id));
        var version = int.TryParse(seen?[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : row.Version;
        try
        {
            switch (Deed)
            {
                case Exit:
                    await participations.ExitAsync(
                        new NewExit
                        {
                            ForbundId = access.ForbundId,
                            ParticipationId = row.Id,
                            Version = version,
                            EndedOn = Input.On!.Value,
                            ExitReason = string.IsNullOrEmpty(Input.ExitReason) ? null : Input.ExitReason,
                            IsPlannedExit = Input.IsPlannedExit,
                            After = new Situation(),
                            Actor = access.UserName,
                        },
                        Cancelled);
                    break;
                case Caseworker:
                    await caseworkers.AssignAsync(
                        new NewCaseworker
                        {
                            ForbundId = access.ForbundId,
                            ParticipationId = row.Id,
                            Version = version,
                            AppUserId = Input.CaseworkerId!.Value,
                            FromOn = Input.On!.Value,
                            Actor = access.UserName,
                        },
                        Cancelled);
                    break;
                default:
                    await participations.RegisterAsync(
                        new NewParticipation
                        {
                            ForbundId = access.ForbundId,
                            ParticipantId = participation.Participant.Id,
                            InsatsId = Input.InsatsId!.Value,
                            StartedOn = Input.On!.Value,
                            Referrer = string.IsNullOrEmpty(Input.Referrer) ? null : Input.Referrer,
                            EducationLevel = await participations.LastEducationAsync(access.ForbundId, access.UserId, participation.Participant.Id, Cancelled),
                            CaseworkerId = Input.CaseworkerId,
                            Actor = access.UserName,
                        },
                        Cancelled);
                    break;
            }

            return null;
        }
        catch (RegistrationException exception) when (exception.IsStale())
        {
            return "Någon annan har ändrat deltagandet sedan du öppnade sidan. Titta på det, och spara igen om det fortfarande stämmer.";
        }
        catch (RegistrationException exception)
        {
            return string.Join(" ", exception.Errors.Select(e => e.Message));
        }
    }

    private async Task<bool> LoadAsync()
    {
        if (Deed is null || !Deeds.ContainsKey(Deed))
            return false;
        // The rights are asked about the address alone, and these are not in it.
        var found = await finder.ReachedAsync([.. Chosen.Distinct().Take(Most)], Cancelled);
        Rows = [.. found.Where(p => access.Reaches(p.Row.InsatsId)).Select(p => new SeveralRow(p, WhyNot(p), Fault: null))];
        Lists = await ParticipationLists.LoadAsync(codes, access.ForbundId, Cancelled);
        Colleagues = await CaseworkerModel.ColleaguesAsync(caseworkers, access, Cancelled);
        Insatser = (await insatser.TreeAsync(access.ForbundId, Cancelled)).ToOptions(
            i => i.FollowUpMethod == "individual" && access.Reaches(i.Id) && (i.EndsOn is null || i.EndsOn >= database.Today));
        return true;
    }

    private string? WhyNot(Participation participation) => (Deed, participation) switch
    {
        (_, { Participant.ErasedAt: not null }) => "gallrad",
        (Exit, { IsMisregistered: true }) => "felregistrerad",
        (Exit, { IsEnded: true }) => "redan avslutad",
        (Caseworker, { IsEnded: true }) => "avslutad",
        _ => null,
    };

    [GeneratedRegex("^[a-z]+=[a-z0-9]+(&[a-z]+=[a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QueryOfList();
}

/// <summary>One of several.</summary>
/// <param name="Participation">Whose and where.</param>
/// <param name="WhyNot">Why it can't be done to this one; else null.</param>
/// <param name="Fault">What was wrong when it was saved; else null.</param>
public sealed record SeveralRow(Participation Participation, string? WhyNot, string? Fault);

/// <summary>What is the same for all of them.</summary>
public sealed class SeveralInput
{
    public DateOnly? On { get; set; }

    public string? ExitReason { get; set; }

    public bool? IsPlannedExit { get; set; }

    public int? CaseworkerId { get; set; }

    public int? InsatsId { get; set; }

    public string? Referrer { get; set; }
}
