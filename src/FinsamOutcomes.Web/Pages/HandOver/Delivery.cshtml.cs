using System.Globalization;
using FinsamOutcomes.Reporting.UppfoljningFinsam;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.HandOver;

/// <summary>The receipt of one delivery: all that was handed over, by whom and when; and its file once more, as it was.</summary>
public sealed class DeliveryModel(CurrentAccess access, DeliveryStore deliveries, TimeProvider clock) : PageModel
{
    public DeliveryRow Delivery { get; private set; } = null!;

    /// <summary>The delivery of the same period and role that came after it; null when this is the latest.</summary>
    public DeliveryRow? Later { get; private set; }

    /// <summary>The förbund and the insatser, in the order of the file.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<UppfoljningFinsamField> Fields)> Lines { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        var all = await deliveries.AllAsync(access.ForbundId, HttpContext.RequestAborted);
        if (all.FirstOrDefault(d => d.Id == access.Route.DeliveryId) is not { } delivery)
            return NotFound();
        (Delivery, Later) = (delivery, all.FirstOrDefault(d => d.Id == delivery.FollowedBy));
        Lines =
        [
            .. (await deliveries.FieldsAsync(access.ForbundId, delivery.Id, HttpContext.RequestAborted))
                .GroupBy(f => (f.Line, f.Name))
                .Select(g => (g.Key.Name, (IReadOnlyList<UppfoljningFinsamField>)[.. g.Select(f => f.AsField)])),
        ];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var (id, cancelled) = (access.Route.DeliveryId, HttpContext.RequestAborted);
        var delivery = (await deliveries.AllAsync(access.ForbundId, cancelled)).FirstOrDefault(d => d.Id == id);
        try
        {
            return delivery?.FileName is { } name && await deliveries.TakeAgainAsync(access.ForbundId, id, access.UserName, cancelled) is { } content
                ? File(content, "text/csv; charset=utf-8", name)
                : NotFound();
        }
        catch (DeliveryChangedException exception)
        {
            TempData["Problem"] = exception.Message;
            return Redirect(string.Create(CultureInfo.InvariantCulture, $"/f/{access.ForbundId}/uppfoljning-finsam/overlamningar/{id}"));
        }
    }

    /// <summary>Somebody has written the figures of this receipt into the national system.</summary>
    public async Task<IActionResult> OnPostHandOverAsync()
    {
        var (id, cancelled) = (access.Route.DeliveryId, HttpContext.RequestAborted);
        var delivery = (await deliveries.AllAsync(access.ForbundId, cancelled)).FirstOrDefault(d => d.Id == id);
        if (delivery is null)
            return NotFound();
        TempData["Done"] = await deliveries.HandOverAsync(access.ForbundId, id, access.UserName, cancelled)
            ? string.Create(CultureInfo.InvariantCulture, $"Kvitto {id} är överlämnat: {UppfoljningFinsamRole.Word(delivery.NationalRole)}, {delivery.Period}.")
            : string.Create(CultureInfo.InvariantCulture, $"Kvitto {id} var redan överlämnat.");
        return Redirect(IndexModel.Address(access.ForbundId, delivery.Period));
    }

    /// <summary>It was said by mistake.</summary>
    public async Task<IActionResult> OnPostTakeBackAsync(string? sagt)
    {
        var (id, cancelled) = (access.Route.DeliveryId, HttpContext.RequestAborted);
        var delivery = (await deliveries.AllAsync(access.ForbundId, cancelled)).FirstOrDefault(d => d.Id == id);
        if (delivery is null)
            return NotFound();
        TempData["Done"] = DateTime.TryParseExact(sagt, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var handedOver)
            && await deliveries.TakeBackHandOverAsync(access.ForbundId, id, handedOver, access.UserName, cancelled)
            ? string.Create(CultureInfo.InvariantCulture, $"Kvitto {id} räknas inte längre som överlämnat.")
            : string.Create(CultureInfo.InvariantCulture, $"Kvitto {id} är inte ändrat: det var inte överlämnat, eller någon har sagt det på nytt.");
        return Redirect(IndexModel.Address(access.ForbundId, delivery.Period));
    }

    /// <summary>Local time.</summary>
    public string Local(DateTime instant) =>
        TimeZoneInfo.ConvertTimeFromUtc(instant, clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
