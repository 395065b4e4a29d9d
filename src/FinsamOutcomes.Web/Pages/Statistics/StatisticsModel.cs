using System.Globalization;
using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Reporting.StatisticsPage;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.Statistics;

/// <summary>
/// The board's question answered, for the förbund or for one insats; the address holds the filter. The fields have the
/// address's Swedish words as names, since the form is sent as an address.
/// </summary>
public sealed class StatisticsModel(CurrentAccess access, StatisticsService board, ExactView exact, TimeProvider clock) : PageModel
{
    /// <summary>The form sends this too, so that its address can be told in the short way.</summary>
    public const string FormMark = "urval";

    public StatisticsAddress Address { get; private set; } = null!;

    public StatisticsView View { get; private set; } = null!;

    public string Fran { get; private set; } = "";

    public string Till { get; private set; } = "";

    public string Insats { get; private set; } = "";

    public string Definition { get; private set; } = "";

    public string Namnare { get; private set; } = "";

    public IReadOnlyList<string> Alder { get; private set; } = [];

    public string Kon { get; private set; } = "";

    public string Visa { get; private set; } = "";

    public IEnumerable<SelectListItem> InsatsOptions =>
        Address.Choices.Insatser.Select(i => new SelectListItem(i.ParentId == 0 ? i.Name : $"– {i.Name}", i.Id.ToString(CultureInfo.InvariantCulture)));

    public IEnumerable<SelectListItem> DefinitionOptions => Address.Choices.Definitions.Select(d => new SelectListItem(Capital(d.LabelByItself), d.Code));

    public static IEnumerable<SelectListItem> DenominatorOptions => StatisticsChoices.Denominators.Select(d => new SelectListItem(d.Label, d.Code));

    public IEnumerable<SelectListItem> AgeOptions => Address.Choices.AgeGroups.Select(a => new SelectListItem(a.Label, a.Code));

    public IEnumerable<SelectListItem> GenderOptions => Address.Choices.Genders.Select(g => new SelectListItem(g.Label, g.Code));

    public static IEnumerable<SelectListItem> ShowOptions =>
        [new("Internt underlag (små tal dolda om du inte skriver varför du behöver dem)", "internt"), new("Som det publiceras (små tal dolda)", "publicerat")];

    /// <summary>Why somebody must see small numbers.</summary>
    [BindProperty]
    public string? Skal { get; set; }

    /// <summary>Something is hidden that a reason would show.</summary>
    public bool CanShowExact => View.HasHidden && !View.Filter.IsPublished;

    public string? ExactUntil =>
        Address.ExactUntil is { } until ? TimeZoneInfo.ConvertTime(until, clock.LocalTimeZone).ToString("HH:mm", CultureInfo.InvariantCulture) : null;

    public async Task<IActionResult> OnGetAsync()
    {
        Address = await StatisticsAddress.ReadAsync(Request, access, board, exact);

        // The shortest address that says the same is the one to share.
        if (Address.Problems.Count == 0 && Request.Query.ContainsKey(FormMark))
            return Redirect(Address.Path + Address.Filter.ToQuery());
        return await ShowAsync();
    }

    /// <summary>Small numbers too, for who says why: the reason is in the log before they are shown.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        Address = await StatisticsAddress.ReadAsync(Request, access, board, exact);
        var filter = Address.Filter with { IsPublished = false, IsExact = false };
        try
        {
            await board.ShowExactAsync(access.Forbund, filter, Skal, access.UserName, HttpContext.RequestAborted);
            var query = filter.ToQuery();
            return Redirect($"{Address.Path}{query}&{ExactView.Name}={Uri.EscapeDataString(exact.Give(access, Address.Path, query))}");
        }
        catch (RegistrationException exception)
        {
            foreach (var error in exception.Errors)
                ModelState.AddModelError(nameof(Skal), error.Message);
            return await ShowAsync();
        }
    }

    private async Task<IActionResult> ShowAsync()
    {
        var filter = Address.Filter;
        foreach (var problem in Address.Problems)
            ModelState.AddModelError(Capital(problem.Field), problem.Message);
        Fran = Typed("fran") ?? Date(filter.From);
        Till = Typed("till") ?? Date(filter.To);
        Insats = (filter.InsatsId ?? 0).ToString("#", CultureInfo.InvariantCulture);
        (Definition, Namnare, Kon, Visa) = (filter.Definition, filter.Denominator, filter.Gender ?? "", filter.IsPublished ? "publicerat" : "internt");
        Alder = filter.AgeGroups?.Split(',') ?? [];
        try
        {
            View = await board.BuildAsync(access.Forbund, filter, HttpContext.RequestAborted);
            return Page();
        }
        catch (PublicationChangedException exception)
        {
            // Nobody knows what readers have, so nothing is shown as published; the internal numbers don't rest on it.
            TempData["Problem"] = exception.Message;
            return Redirect(Address.Path + (filter with { IsPublished = false }).ToQuery());
        }

        // What could not be read stays as it was typed.
        string? Typed(string name) => Address.Problems.Any(p => p.Field == name) ? Address.Query[name].FirstOrDefault() : null;
    }

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
