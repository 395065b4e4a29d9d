using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsvHelper;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Reporting.UppfoljningFinsam;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using FinsamOutcomes.Web.Pages.Reports;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.Audit;

/// <summary>The log for the revisor: searched by day, user, event and participant, and whether its chain is whole.</summary>
public sealed partial class IndexModel(CurrentAccess access, AuditStore store, SetAside aside, TimeProvider clock) : PageModel
{
    /// <summary>Among the events to choose: all that change who may know or do what.</summary>
    public const string AccessChanges = "behorighet";

    // Named, so that a form without its fields doesn't take "page" and "action" from the route for them.
    [BindProperty(Name = nameof(Input))]
    public AuditForm Input { get; set; } = new();

    public AuditPage Found { get; private set; } = null!;

    /// <summary>Read when the page is opened, not at each search.</summary>
    public AuditChainCheck? Chain { get; private set; }

    /// <summary>Of the last event of a whole chain, to note.</summary>
    public string? Fingerprint { get; private set; }

    /// <summary>Compared with what was noted: null when nothing was.</summary>
    public bool? IsAsNoted { get; private set; }

    public IReadOnlyList<SelectListItem> Actors { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Actions { get; private set; } = [];

    [BindProperty(Name = nameof(Noted))]
    public NotedForm Noted { get; set; } = new();

    /// <summary>Under which key a search is kept: what is searched for never stands in an address.</summary>
    [BindProperty(SupportsGet = true, Name = "sokning")]
    public string? Key { get; set; }

    private string Address => $"/f/{access.ForbundId}/logg";

    public async Task OnGetAsync(string? visa)
    {
        if (Key is not null && await aside.FindAsync(Address, Key) is { } kept)
        {
            Input = JsonSerializer.Deserialize<AuditForm>(kept)!;
            await SearchAsync();
            TellUnknown();
            return;
        }

        if (Key is not null)
            ModelState.AddModelError("", "Sökningen visas inte längre. Gör den igen: den sparas bara en kort stund, och bara där den gjordes.");
        if (visa == AccessChanges)
            Input.Action = AccessChanges;
        await OpenAsync();
    }

    /// <summary>Whether an event is still the one that somebody noted.</summary>
    public async Task OnPostCompareAsync()
    {
        await OpenAsync();
        var sum = new string([.. (Noted.Fingerprint ?? "").Where(char.IsAsciiHexDigit)]).ToLowerInvariant();
        if (Noted.EventNumber is null)
            ModelState.AskFor("Noted.EventNumber", "Skriv numret på händelsen som du antecknade.");
        if (sum.Length != AuditStore.FingerprintLength)
            ModelState.AddModelError("Noted.Fingerprint", $"Skriv kontrollsummans {AuditStore.FingerprintLength} tecken, med eller utan mellanslag.");
        if (ModelState.IsValid)
            IsAsNoted = await store.FingerprintAsync(access.ForbundId, Noted.EventNumber!.Value, HttpContext.RequestAborted) == sum;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (Input.From > Input.To)
            ModelState.AddModelError("Input.To", "Sista dagen är före den första. Ändra någon av dem.");
        if (ModelState.IsValid)
            return Redirect($"{Address}?sokning={await aside.KeepAsync(Address, JsonSerializer.Serialize(Input))}");
        await SearchAsync();
        return Page();
    }

    private void TellUnknown()
    {
        if (Found.IsParticipantUnknown)
            ModelState.AddModelError(
                "Input.Participant",
                "Det finns ingen deltagare med den koden, det namnet eller det personnumret. Kontrollera stavningen.");
    }

    /// <summary>What fits, as a file to keep. Made whole before it is sent, so that it is whole or not there.</summary>
    public async Task<IActionResult> OnPostFileAsync()
    {
        if (Input.From > Input.To)
            ModelState.AddModelError("Input.To", "Sista dagen är före den första. Ändra någon av dem.");
        var words = await store.WordsAsync(access.ForbundId, HttpContext.RequestAborted);
        if (!ModelState.IsValid)
        {
            await SearchAsync();
            return Page();
        }

        using var file = new MemoryStream();
        try
        {
            await WriteAsync(file, words);
        }
        catch (RegistrationException exception)
        {
            ModelState.AddErrors(exception);
            await SearchAsync();
            return Page();
        }

        return File(file.ToArray(), "text/csv; charset=utf-8", $"logg-{DateOnly.FromDateTime(clock.GetLocalNow().DateTime):yyyy-MM-dd}.csv");
    }

    private async Task WriteAsync(MemoryStream file, AuditWords words)
    {
        await using (
            var csv = CsvWriter.Create(
                file,
                new CsvWriterOptions
                {
                    Separator = ';',
                    WriteByteOrderMark = true,
                    Injection = CsvInjection.Escape,
                },
                leaveOpen: true))
        {
            csv.WriteHeader(["Nr", "Tid", "Användare", "Händelse", "Gäller", "Uppgifter"]);
            await foreach (var row in store.ExportAsync(access.ForbundId, Filter(words), access.UserName, HttpContext.RequestAborted))
            {
                foreach (
                    var text in new[]
                    {
                        row.EventNumber.ToString(CultureInfo.InvariantCulture),
                        Time(row.HappenedAt),
                        row.Actor,
                        AuditWording.Action(row.Action),
                        About(row),
                        Detail(row),
                    })
                    csv.WriteField(text);
                csv.EndRecord();
            }

            await csv.FlushAsync(HttpContext.RequestAborted);
        }
    }

    public string Time(DateTime happenedAt) =>
        TimeZoneInfo.ConvertTimeFromUtc(happenedAt, clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>What the event is about, with what it is called when that is no person's secret.</summary>
    public static string About(AuditFoundRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Entity == "app_user" && row.Called == row.Actor)
            return "Eget konto";
        var entity = AuditWording.Entity(row.Entity);
        if (row.ParticipantCode is { } code)
            return row.Insats is { } insats ? $"{entity}: {code} i {insats}" : $"{entity} {code}";
        return row.Called is { } called ? $"{entity}: {called}" : $"{entity} {row.EntityId}".TrimEnd();
    }

    /// <summary>The details, with roles and lists in words.</summary>
    public static string Detail(AuditFoundRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Action switch
        {
            "Users.Add"
            or "Users.SetRoles"
            or "Invitations.Invite"
            or "Invitations.Accept"
            or "Invitations.Renew"
            or "AccessRequests.Ask"
            or "Reach.SetSettings" => RoleIn().Replace(row.Detail, role => Role.Label(role.Value)),
            _ when row.Action.StartsWith("ApiKeys.", StringComparison.Ordinal) =>
                RoleIn().Replace(row.Detail, role => Systems.IndexModel.RoleWords(role.Value).ToLower(CultureInfo.GetCultureInfo("sv-SE"))),
            "UppfoljningFinsam.RecordDelivery" or "UppfoljningFinsam.Copy" =>
                NationalRoleIn().Replace(row.Detail, role => $", {UppfoljningFinsamRole.Word(role.Groups["role"].Value).ToLower(CultureInfo.GetCultureInfo("sv-SE"))}"),
            "CodeLists.Choose" => CodeList.All.Aggregate(row.Detail, (text, list) =>
                text.StartsWith(list.List + " ", StringComparison.Ordinal) ? $"{list.Heading}: {text[(list.List.Length + 1)..]}" : text),
            _ when row.Action.StartsWith("ReportJobs.", StringComparison.Ordinal) || row.Action.StartsWith("Publications.", StringComparison.Ordinal) =>
                ReportIn().Replace(
                    row.Detail,
                    m => $"{ReportsModel.TitleOf(m.Groups["report"].Value, int.Parse(m.Groups["year"].ValueSpan, CultureInfo.InvariantCulture))}, "
                        + ReportsModel.Policy(m.Groups["policy"].Value).ToLower(CultureInfo.GetCultureInfo("sv-SE"))),
            _ => row.Detail,
        };
    }

    /// <summary>In groups of four, as one writes it down.</summary>
    public static string Grouped(string fingerprint) => string.Join(' ', fingerprint.Chunk(4).Select(c => new string(c)));

    // Whole words: addresses may hold them. A user name may even be one of them, and stands after "till" or "av".
    [GeneratedRegex(
        @"(?<!\S)(?<!\b(till|av|för|system:) )(caseworker|insats_manager|process_supporter|administrator|auditor)(?=[ ;,]|$)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex RoleIn();

    [GeneratedRegex(
        "(?<=^[0-9]{4} halvår [12]) (?<role>forbundsadministrator|deltagaransvarig)(?=,)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex NationalRoleIn();

    // As a report is named by its code, year and protection in what is written down.
    [GeneratedRegex(
        "^(?<report>[a-z0-9-]+) (?<year>[0-9]{4}) (?<policy>minst-5|avrundat-till-5|internt)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReportIn();

    // The opening is an event itself, and stands in the chain when that is checked.
    private async Task OpenAsync()
    {
        await SearchAsync(isSearchForm: false);
        Chain = await store.CheckAsync(access.ForbundId, HttpContext.RequestAborted);
        if (Chain is { BrokenEvent: null, WholeEvents: > 0 })
            Fingerprint = await store.FingerprintAsync(access.ForbundId, Chain.WholeEvents, HttpContext.RequestAborted);
    }

    private AuditFilter Filter(AuditWords words, bool isOpening = false) =>
        new()
        {
            From = Input.From,
            To = Input.To,
            // Only what stands in the lists, so that nothing typed by mistake ends up in the log.
            Actor = words.Actors.FirstOrDefault(a => a == Input.Actor),
            Action = words.Actions.FirstOrDefault(a => a == Input.Action),
            OnlyAccess = Input.Action == AccessChanges,
            Entity = AuditWording.Entities.FirstOrDefault(e => e.Entity == Input.Entity).Entity,
            EntityId = Input.EntityId,
            Participant = new[] { Input.Chosen, Input.Participant }.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text))?.Trim(),
            UpTo = Input.Page > 1 ? Input.UpTo : null,
            IsOpening = isOpening,
        };

    private async Task SearchAsync(bool isSearchForm = true)
    {
        var words = await store.WordsAsync(access.ForbundId, HttpContext.RequestAborted);
        Actors = [.. words.Actors.Select(a => new SelectListItem(a, a))];
        Actions =
        [
            new SelectListItem("Behörighetsändringar, alla slag", AccessChanges),
            .. words.Actions.Select(a => new SelectListItem(AuditWording.Action(a), a)).OrderBy(a => a.Text, StringComparer.CurrentCulture),
        ];
        if (isSearchForm && !ModelState.IsValid)
        {
            Found = new AuditPage { Events = [], Total = 0, Page = 1, UpTo = 0 };
            return;
        }

        if (Input.Chosen is not null)
        {
            ModelState.Remove("Input.Participant");
            (Input.Participant, Input.Chosen) = (Input.Chosen, null);
        }

        try
        {
            Found = await store.SearchAsync(
                access.ForbundId,
                Filter(words, isOpening: !isSearchForm),
                Math.Max(1, Input.Page),
                access.UserName,
                HttpContext.RequestAborted);
        }
        catch (RegistrationException exception)
        {
            ModelState.AddErrors(exception);
            Found = new AuditPage { Events = [], Total = 0, Page = 1, UpTo = 0 };
            return;
        }

        // The buttons below the table carry these on.
        ModelState.Remove("Input.UpTo");
        Input.UpTo = Found.UpTo;
    }
}

/// <summary>What somebody has on paper about an event.</summary>
public sealed class NotedForm
{
    public int? EventNumber { get; set; }

    public string? Fingerprint { get; set; }
}

/// <summary>What is searched for, and which page of it.</summary>
public sealed class AuditForm
{
    public DateOnly? From { get; set; }

    public DateOnly? To { get; set; }

    public string? Actor { get; set; }

    public string? Action { get; set; }

    public string? Entity { get; set; }

    public int? EntityId { get; set; }

    /// <summary>Code, personal number or words of a name.</summary>
    public string? Participant { get; set; }

    /// <summary>The code of one of several whom the name is of.</summary>
    public string? Chosen { get; set; }

    public int Page { get; set; } = 1;

    public int UpTo { get; set; }
}
