using System.Globalization;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.FormerParticipants;

/// <summary>The administrator's yes or no to caseworkers who ask to see somebody who left long ago: by code, never by name.</summary>
public sealed class OpeningsModel(CurrentAccess access, ReachStore reach, TimeProvider clock, ShownPeople shown) : PageModel
{
    [BindProperty]
    public OpeningInput Input { get; set; } = new();

    public IReadOnlyList<(ReachOpeningRow Row, IReadOnlyList<string> Insatser)> Asked { get; private set; } = [];

    public IReadOnlyList<(ReachOpeningRow Row, IReadOnlyList<string> Insatser)> Opened { get; private set; } = [];

    /// <summary>What is wrong with the days that were typed, and those.</summary>
    public string? Wrong => ModelState.TryGetValue("Input.Days", out var entry) && entry.Errors is [var error, ..] ? error.ErrorMessage : null;

    public string? Typed => ModelState.TryGetValue("Input.Days", out var entry) ? entry.AttemptedValue : null;

    public Task OnGetAsync() => ShowAsync();

    public Task<IActionResult> OnPostOpenAsync()
    {
        if (Input.Days is null)
            ModelState.AskFor("Input.Days", $"Skriv ett antal dagar från 1 till {ReachStore.MostDays}.");
        return DoAsync("Deltagaren är öppen för handläggaren.", () =>
            reach.OpenAsync(access.ForbundId, Input.Id, Input.Days!.Value, access.UserId, access.UserName, HttpContext.RequestAborted));
    }

    public Task<IActionResult> OnPostRefuseAsync()
    {
        ModelState.Clear();
        return DoAsync("Du har svarat nej.", () => reach.RefuseAsync(access.ForbundId, Input.Id, access.UserName, HttpContext.RequestAborted));
    }

    public Task<IActionResult> OnPostEndAsync()
    {
        ModelState.Clear();
        return DoAsync("Deltagaren är stängd igen.", () => reach.EndAsync(access.ForbundId, Input.Id, access.UserName, HttpContext.RequestAborted));
    }

    public string Local(DateTime instant) =>
        TimeZoneInfo.ConvertTimeFromUtc(instant, clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private async Task<IActionResult> DoAsync(string done, Func<Task> act)
    {
        if (ModelState.IsValid)
        {
            try
            {
                await act();
                TempData["Done"] = done;
                return Redirect($"/f/{access.ForbundId}/oppningar");
            }
            catch (RegistrationException exception)
            {
                ModelState.AddErrors(exception);
            }
        }

        await ShowAsync();
        return Page();
    }

    private async Task ShowAsync()
    {
        var all = new List<(ReachOpeningRow Row, IReadOnlyList<string> Insatser)>();
        foreach (var row in await reach.OpeningsAsync(access.ForbundId, null, HttpContext.RequestAborted))
            all.Add((row, await reach.InsatserAsync(access.ForbundId, row.Id, HttpContext.RequestAborted)));
        Asked = [.. all.Where(o => o.Row.State == "asked")];
        Opened = [.. all.Where(o => o.Row.State == "opened")];
        shown.Add(Asked.Concat(Opened).Select(o => o.Row.ParticipantId));
    }
}

/// <summary>Which one is answered, and for how long it is opened.</summary>
public sealed class OpeningInput
{
    public int Id { get; set; }

    public int? Days { get; set; } = ReachStore.UsualDays;
}
