using System.Globalization;
using FinsamOutcomes.Data.ApiKeys;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using FinsamOutcomes.Web.Pages.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.Systems;

/// <summary>
/// Other systems that the förbund lets in through the API, and their keys. A key is shown to the one who made it, for a
/// while, and never again.
/// </summary>
public sealed class IndexModel(
    ApiKeyStore keys,
    InsatsStore insatser,
    FinsamDatabase database,
    WebSettings settings,
    SetAside aside,
    CurrentAccess access) : PageModel
{
    public static IReadOnlyList<SelectListItem> RoleChoices { get; } =
    [
        new("Registrera och läsa deltagare i valda insatser, utan namn och personnummer", ApiKeyStore.Registers),
        new("Läsa statistik för hela förbundet, med små tal dolda", ApiKeyStore.ReadsStatistics),
    ];

    [BindProperty]
    public SystemInput Input { get; set; } = new();

    public IReadOnlyList<ConnectedSystem> Systems { get; private set; } = [];

    /// <summary>Keys that the one who looks may say yes to.</summary>
    public IReadOnlySet<int> MayApprove { get; private set; } = new HashSet<int>();

    public IReadOnlyList<SelectListItem> InsatsChoices { get; private set; } = [];

    /// <summary>The system, the key, and whether it waits, when one was just made.</summary>
    public (string System, string Key, bool IsWaiting)? Made { get; private set; }

    public DateOnly Today { get; } = database.Today;

    /// <summary>The last day of a key that is made with one press.</summary>
    public DateOnly UsualEnd => Today.AddYears(1);

    /// <summary>The address of the API, for whoever sets up the other system.</summary>
    public string ApiAddress => settings.LinkRoot(Request) + Api.ApiRights.Root;

    /// <summary>Under which word a key that was just made is kept.</summary>
    [BindProperty(SupportsGet = true, Name = "nyckel")]
    public string? Kept { get; set; }

    private string Here => $"/f/{access.ForbundId}/anslutna-system";

    private CancellationToken Cancelled => HttpContext.RequestAborted;

    public async Task OnGetAsync()
    {
        if ((await aside.FindAsync(Here, Kept))?.Split('\n') is [var system, var key, var state])
            Made = (system, key, state.Length > 0);
        else if (Kept is not null)
            ModelState.AddModelError("", "Nyckeln visas inte längre. Har den inte kommit fram: återkalla den och gör en ny.");
        Input = new SystemInput { ExpiresOn = UsualEnd };
        await LoadAsync();
    }

    public Task<IActionResult> OnPostAddAsync() => MakeAsync(() =>
        keys.AddSystemAsync(
            UsersModel.Acting(access),
            new NewSystem
            {
                Name = Input.Name,
                Role = Input.Role,
                InsatsIds = Input.InsatsIds,
                ExpiresOn = Input.ExpiresOn,
            },
            Cancelled));

    public Task<IActionResult> OnPostRenewAsync(int systemId)
    {
        ModelState.Clear();
        return MakeAsync(() => keys.RenewAsync(UsersModel.Acting(access), systemId, UsualEnd, Cancelled));
    }

    public async Task<IActionResult> OnPostInsatserAsync(int systemId, List<int> insatsIds)
    {
        var isWaiting = false;
        return await DoAsync(
            () => isWaiting
                ? "Systemets insatser är ändrade. Nycklarna väntar på ett ja av en annan förbundsadministratör, och systemet nekas tills dess."
                : "Systemets insatser är ändrade.",
            async () => isWaiting = await keys.SetInsatserAsync(UsersModel.Acting(access), systemId, insatsIds, Cancelled));
    }

    public Task<IActionResult> OnPostApproveAsync(int keyId, string? shown) =>
        DoAsync(() => "Du har sagt ja, och nyckeln fungerar.", () => keys.ApproveAsync(UsersModel.Acting(access), keyId, shown, Cancelled));

    public Task<IActionResult> OnPostRevokeAsync(int keyId) =>
        DoAsync(() => "Nyckeln är återkallad. Systemet nekas från och med nu.", () => keys.RevokeAsync(UsersModel.Acting(access), keyId, Cancelled));

    /// <summary>Whether a system registers in the insats of a choice.</summary>
    public static bool RegistersIn(ConnectedSystem system, string insatsId)
    {
        ArgumentNullException.ThrowIfNull(system);
        return system.Insatser.Any(i => i.InsatsId.ToString(CultureInfo.InvariantCulture) == insatsId);
    }

    public static string RoleWords(string? role) => role switch
    {
        ApiKeyStore.Registers => "Registrerar och läser deltagare, utan namn och personnummer",
        ApiKeyStore.ReadsStatistics => "Läser statistik för hela förbundet",
        _ => "Ingen roll",
    };

    public string StateWords(ApiKeyRow key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.StateOn(Today) switch
        {
            ApiKeyState.Works => "Fungerar",
            ApiKeyState.Waits => "Väntar på ett ja",
            ApiKeyState.Expired => "har gått ut",
            _ => $"återkallad av {key.RevokedBy}",
        };
    }

    /// <summary>Soon: a system that stops by itself is found out about by whoever waits for its figures.</summary>
    public bool EndsSoon(ApiKeyRow key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.StateOn(Today) == ApiKeyState.Works && key.ExpiresOn < Today.AddMonths(1);
    }

    private async Task<IActionResult> MakeAsync(Func<Task<MadeApiKey>> make)
    {
        if (ModelState.IsValid)
        {
            try
            {
                var made = await make();
                return Redirect($"{Here}?nyckel={await aside.KeepAsync(Here, string.Join('\n', made.SystemName, made.Text, made.IsWaiting ? "ja" : ""))}");
            }
            catch (RegistrationException exception)
            {
                ModelState.AddErrors(exception);
            }
        }

        await LoadAsync();
        return Page();
    }

    private async Task<IActionResult> DoAsync(Func<string> done, Func<Task> act)
    {
        // Nothing of the other forms of the page is sent with it.
        ModelState.Clear();
        try
        {
            await act();
            TempData["Done"] = done();
            return Redirect(Here);
        }
        catch (RegistrationException exception)
        {
            ModelState.AddErrors(exception, "");
            Input = new SystemInput { ExpiresOn = UsualEnd };
            await LoadAsync();
            return Page();
        }
    }

    private async Task LoadAsync()
    {
        Systems = await keys.AllAsync(access.ForbundId, Cancelled);
        var approvable = new HashSet<int>();
        foreach (var key in Systems.SelectMany(s => s.Keys).Where(k => k.StateOn(Today) == ApiKeyState.Waits))
            if (await keys.MayApproveAsync(UsersModel.Acting(access), key, Cancelled))
                approvable.Add(key.Id);
        MayApprove = approvable;
        InsatsChoices = (await insatser.TreeAsync(access.ForbundId, Cancelled)).ToOptions(i => i.FollowUpMethod == "individual");
    }

    internal static string Name(ApiKeyRow key) => string.Create(CultureInfo.InvariantCulture, $"finsam_{key.Id}_…");
}

/// <summary>A system to let in.</summary>
public sealed class SystemInput
{
    public string? Name { get; set; }

    public string? Role { get; set; }

    public List<int> InsatsIds { get; set; } = [];

    public DateOnly? ExpiresOn { get; set; }
}
