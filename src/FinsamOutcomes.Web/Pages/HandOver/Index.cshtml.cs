using System.Globalization;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Reporting;
using FinsamOutcomes.Reporting.UppfoljningFinsam;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.HandOver;

/// <summary>
/// The figures for Uppföljning Finsam in the order of its form, to copy or to take as files, what must be settled first, and what has
/// been handed over.
/// </summary>
public sealed class IndexModel(
    CurrentAccess access,
    UppfoljningFinsamExport export,
    DeliveryStore deliveries,
    TimeProvider clock,
    ParticipantStore participants,
    ShownPeople shown) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "ar")]
    public string? Asked { get; set; }

    /// <summary>1 or 2; anything else is the whole year.</summary>
    [BindProperty(SupportsGet = true, Name = "halvar")]
    public string? AskedHalf { get; set; }

    public YearChoice Year { get; private set; } = null!;

    public UppfoljningFinsamFigures Figures { get; private set; } = null!;

    public int Half => AskedHalf switch { "1" => 1, "2" => 2, _ => 0 };

    /// <summary>Nothing is final before the period has ended.</summary>
    public bool IsUnfinished { get; private set; }

    /// <summary>Something stands under <em>Att reda ut först</em>, which is asked about before a receipt is saved.</summary>
    public bool IsUnsettled => IsUnfinished || Figures.ToSettle.Count > 0;

    public string PeriodText => Figures.Period.ToString();

    /// <summary>What has been handed over for the period, newest first.</summary>
    public IReadOnlyList<DeliveryRow> Deliveries { get; private set; } = [];

    /// <summary>The latest of each role, beside the figures of now.</summary>
    public IReadOnlyList<DeliveryComparison> Compared { get; private set; } = [];

    /// <summary>Periods that have been handed over and rest on something that has changed since, with how many changes.</summary>
    public IReadOnlyList<(UppfoljningFinsamPeriod Period, int Changes)> ChangedPeriods { get; private set; } = [];

    /// <summary>The files and what each is called in a button.</summary>
    public static IReadOnlyList<(string File, string Text)> Files { get; } =
    [
        (UppfoljningFinsamExport.AdministratorFile, "Hämta förbundsadministratörens fil"),
        (UppfoljningFinsamExport.ParticipantsFile, "Hämta deltagaransvarigs fil"),
        (UppfoljningFinsamExport.ToSettleFile, "Hämta listan över vad som ska redas ut"),
    ];

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync(string? file, bool perKon)
    {
        if (!Files.Any(f => f.File == file))
            return NotFound();
        await LoadAsync();
        var (name, content) = await export.FileAsync(Figures, file!, access.UserName, perKon, HttpContext.RequestAborted);
        if (file != UppfoljningFinsamExport.ToSettleFile)
            TempData["Done"] = "Filen är hämtad, och kvittot på den finns under Hämtat och överlämnat. Säg till där när siffrorna är överlämnade.";
        else
            TempData["Done"] = "Listan är hämtad. Den har deltagarkoder: lämna den bara till dem som reder ut det.";
        return File(content, "text/csv; charset=utf-8", name);
    }

    /// <summary>The figures of a role have been copied into the national system, as they were shown.</summary>
    public async Task<IActionResult> OnPostHandOverAsync(string? role, string? visat, bool anda)
    {
        if (!UppfoljningFinsamRole.All.Contains(role))
            return NotFound();
        await LoadAsync();
        if (IsUnsettled && !anda)
        {
            TempData["Problem"] = "Kvittot är inte sparat än: något står kvar under Att reda ut först. Red ut det, eller bocka för att du har lämnat över ändå, och tryck på knappen igen.";
            return Redirect(Address(Figures.Period));
        }

        var receipt = await export.HandOverCopiedAsync(Figures, role!, visat ?? "", access.UserName, HttpContext.RequestAborted);
        if (receipt is null)
            TempData["Problem"] =
                "Siffrorna har ändrats sedan sidan visades, så kvittot är inte sparat. Här är de som de är nu: jämför med det du har fört in, och tryck på knappen igen när det stämmer.";
        else
            TempData["Done"] = string.Create(CultureInfo.InvariantCulture, $"Kvitto {receipt} är sparat: uppgifterna för {UppfoljningFinsamRole.Word(role!).ToLower(CultureInfo.GetCultureInfo("sv-SE"))}, {Figures.Period}, är överlämnade.");
        return Redirect(Address(Figures.Period));
    }

    /// <summary>What a role fills in, line by line.</summary>
    public IReadOnlyList<UppfoljningFinsamLine> Lines(string role) => UppfoljningFinsamForm.Lines(Figures, role);

    /// <summary>The checksum of what is shown to a role: what is copied must be what the receipt holds.</summary>
    public string Shown(string role) => UppfoljningFinsamExport.ChecksumOf(Figures, role);

    /// <summary>Local time.</summary>
    public string Local(DateTime instant) =>
        TimeZoneInfo.ConvertTimeFromUtc(instant, clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The page of a period.</summary>
    public string Address(UppfoljningFinsamPeriod period) => Address(access.ForbundId, period);

    /// <summary>The page of a period, where it tells what has been handed over.</summary>
    public static string Address(int forbundId, UppfoljningFinsamPeriod period)
    {
        ArgumentNullException.ThrowIfNull(period);
        return string.Create(CultureInfo.InvariantCulture, $"/f/{forbundId}/uppfoljning-finsam?ar={period.Year}&halvar={period.Half}#kvitton");
    }

    /// <summary>As <c>2 ändringar</c>.</summary>
    public static string Changes(int number) => Swedish.Counted(number, "ändring", "ändringar");

    /// <summary>Where a line is settled; null when that is not done by who sees this page.</summary>
    public (string Address, string Text)? Link(UppfoljningFinsamToSettle row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var (insats, year) = ($"/f/{Text(access.ForbundId)}/insatser/{Text(row.InsatsId ?? 0)}", Text(Year.Chosen));
        return row.Place switch
        {
            UppfoljningFinsamPlace.Funds => ($"/f/{Text(access.ForbundId)}/medel?ar={year}", "Fyll i medel och eget kapital"),
            UppfoljningFinsamPlace.Costs => ($"/f/{Text(access.ForbundId)}/kostnader?ar={year}", "Fyll i förbundets egna kostnader"),
            UppfoljningFinsamPlace.HeadCounts => ($"/f/{Text(access.ForbundId)}/antal?ar={year}{(Half == 0 ? "" : "&per=halvar")}", "Fyll i antal"),
            UppfoljningFinsamPlace.Money => ($"{insats}/budget?ar={year}", "Fyll i budget och utfall"),
            UppfoljningFinsamPlace.Insats => ($"{insats}/redigera", "Ändra insatsen"),
            UppfoljningFinsamPlace.Exits => ($"{insats}/redigera?avslut=ja#Input_Exits", "Registrera avsluten"),
            _ => null,
        };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task LoadAsync()
    {
        var today = DateOnly.FromDateTime(clock.GetLocalNow().DateTime);
        Year = YearChoice.Of(Asked, today);
        IsUnfinished = today <= (Half == 1 ? new DateOnly(Year.Chosen, 6, 30) : new DateOnly(Year.Chosen, 12, 31));
        Figures = await export.CountAsync(access.ForbundId, Year.Chosen, Half, HttpContext.RequestAborted);
        foreach (var code in Figures.ToSettle.Select(r => r.ParticipantCode).Where(c => c.Length > 0).Distinct())
        {
            if (await participants.FindAsync(access.ForbundId, code, HttpContext.RequestAborted) is { } participant)
                shown.Add([participant.Id]);
        }

        var all = await deliveries.AllAsync(access.ForbundId, HttpContext.RequestAborted);
        Deliveries = [.. all.Where(d => d.Period == Figures.Period)];
        Compared = await deliveries.CompareAsync(Figures, all, access.UserId, HttpContext.RequestAborted);
        shown.AddParticipations(Compared.SelectMany(c => c.Changes).Select(c => c.ParticipationId).OfType<int>());
        ChangedPeriods = await deliveries.ChangedPeriodsAsync(access.ForbundId, all, HttpContext.RequestAborted);
    }
}
