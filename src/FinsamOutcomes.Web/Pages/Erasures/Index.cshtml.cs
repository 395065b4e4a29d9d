using System.Globalization;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Erasures;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using FinsamOutcomes.Web.Pages.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Erasures;

/// <summary>Who falls due, what goes and what stays, the decision, and what has been done: by code, never by name.</summary>
public sealed class IndexModel(
    CurrentAccess access,
    FinsamDatabase database,
    ErasureStore erasures,
    PrivacyRuleStore rules,
    ErasureWork work,
    ShownPeople shown) : PageModel
{
    /// <summary>How many of those who fall due the page shows.</summary>
    public const int Shown = 50;

    public const int ShownDone = 20;

    [BindProperty]
    public ErasureInput Input { get; set; } = new();

    public IReadOnlyList<DueParticipantRow> Due { get; private set; } = [];

    public ILookup<int, string> Insatser { get; private set; } = Array.Empty<int>().ToLookup(i => i, _ => "");

    /// <summary>Of those who fall due, all together.</summary>
    public ErasurePreview Preview { get; private set; } = null!;

    public IReadOnlyList<AskedErasure> Asked { get; private set; } = [];

    public IReadOnlyList<ErasureRow> AtWork { get; private set; } = [];

    public IReadOnlyList<ErasureRow> Done { get; private set; } = [];

    /// <summary>There is a time for somebody.</summary>
    public bool HasRule { get; private set; }

    /// <summary>There is no other administrator to say yes.</summary>
    public bool IsAlone { get; private set; }

    /// <summary>The name of the file of those who have been erased; its folder is the server's business.</summary>
    public string? ErasedFile => Path.GetFileName(Data.Erasures.ErasedFile.PathFor(database));

    private CancellationToken Cancelled => HttpContext.RequestAborted;

    public Task OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostDecideAsync()
    {
        if (!Input.IsRead)
            ModelState.AddModelError("Input.IsRead", "Kryssa i att du har läst vilka de är och vad som tas bort.");
        return DoAsync(async () =>
            await erasures.DecideAsync(UsersModel.Acting(access), Input.Shown, Input.WaitWith, Cancelled)
                ? "En annan förbundsadministratör behöver säga ja, och ser nu vad du har bett om här. Inget är gallrat än."
                : "Gallringen har börjat.");
    }

    /// <summary>Everybody who falls due, as a file to read through with those who know them.</summary>
    public async Task<IActionResult> OnPostListAsync()
    {
        await ShowAsync();
        return File(DueFile.Write(Due, Insatser), "text/csv; charset=utf-8", "gallring-forfaller.csv");
    }

    public Task<IActionResult> OnPostApproveAsync()
    {
        ModelState.Clear();
        return DoAsync(async () =>
        {
            await erasures.ApproveAsync(UsersModel.Acting(access), Input.Id, Cancelled);
            return "Du har sagt ja. Gallringen har börjat.";
        });
    }

    public Task<IActionResult> OnPostRefuseAsync()
    {
        ModelState.Clear();
        return DoAsync(async () =>
        {
            await erasures.RefuseAsync(UsersModel.Acting(access), Input.Id, Cancelled);
            return "Begäran är borttagen. Inget är gallrat.";
        });
    }

    public string Local(DateTime instant) =>
        TimeZoneInfo.ConvertTimeFromUtc(instant, database.Clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private async Task<IActionResult> DoAsync(Func<Task<string>> act)
    {
        if (ModelState.IsValid)
        {
            try
            {
                TempData["Done"] = await act();
                work.Wake();
                return Redirect($"/f/{access.ForbundId}/gallring");
            }
            catch (RegistrationException exception)
            {
                ModelState.AddErrors(exception, "Input");
            }
        }

        await ShowAsync();
        return Page();
    }

    private async Task ShowAsync()
    {
        var all = await erasures.LatestAsync(access.ForbundId, Cancelled);
        var asked = new List<AskedErasure>();
        foreach (var row in all.Where(e => e.State == "asked").Reverse())
        {
            var people = await erasures.ParticipantsAsync(access.ForbundId, row.Id, Cancelled);
            if (people.Count == 0)
                continue;
            asked.Add(new AskedErasure(
                row,
                people,
                people.Count == 1 ? await erasures.InsatserOfAsync(access.ForbundId, people[0].ParticipantId, Cancelled) : [],
                await erasures.PreviewAsync(access.ForbundId, people.Select(p => p.ParticipantId), Cancelled),
                await erasures.MayApproveAsync(UsersModel.Acting(access), row, Cancelled)));
        }

        Asked = asked;
        AtWork = [.. all.Where(e => e.State == "approved")];
        Done = [.. all.Where(e => e.State == "done")];
        HasRule = (await rules.RulesAsync(access.ForbundId, Cancelled)).HasTime;
        Due = await erasures.DueAsync(access.ForbundId, Cancelled);
        if (Due.Count > 0)
        {
            Insatser = await erasures.InsatserDueAsync(access.ForbundId, Cancelled);
            Preview = await erasures.PreviewAsync(access.ForbundId, Due.Select(d => d.ParticipantId), Cancelled);
            IsAlone = await erasures.IsAloneAsync(UsersModel.Acting(access), Cancelled);
        }

        shown.Add(Due.Concat(asked.SelectMany(a => a.People)).Select(d => d.ParticipantId));
    }
}

/// <summary>An erasure that waits for a yes.</summary>
/// <param name="Row">By whom, and why.</param>
/// <param name="People">Whom it is about.</param>
/// <param name="Insatser">Where the only one has been.</param>
/// <param name="Preview">What goes and what stays.</param>
/// <param name="MayApprove">Whether the user may say yes.</param>
public sealed record AskedErasure(
    ErasureRow Row,
    IReadOnlyList<DueParticipantRow> People,
    IReadOnlyList<string> Insatser,
    ErasurePreview Preview,
    bool MayApprove);

/// <summary>What is decided, and whether it was read.</summary>
public sealed class ErasureInput
{
    /// <summary>The erasure that is answered.</summary>
    public int Id { get; set; }

    /// <summary>Who were shown, as a digest.</summary>
    public string? Shown { get; set; }

    public bool IsRead { get; set; }

    /// <summary>Codes of those who are left for the next time.</summary>
    public string? WaitWith { get; set; }
}
