using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Reporting.Publishing.Attack;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Publications;

/// <summary>Whether a stranger can work out what a publication hides, asked before it is spread.</summary>
public sealed class ReviewModel(CurrentAccess access, FinsamDatabase database, OpenedPublication opened) : PageModel
{
    /// <summary>Enough to see what it is about; each row is one number.</summary>
    public const int ShownAtMost = 40;

    // The only policy that hides one number and shows another.
    private const string Hiding = "minst-5";

    public PublicationRow Row { get; private set; } = null!;

    /// <summary>Null until it has been asked for.</summary>
    public PublicationReview? Review { get; private set; }

    public AttackWords Words { get; private set; } = null!;

    /// <summary>Why it could not be done.</summary>
    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync() =>
        await opened.FindAsync(HttpContext.RequestAborted) is { Policy: Hiding } row ? PageOf(row) : Redirect(opened.Address);

    public async Task<IActionResult> OnPostAsync()
    {
        if (await opened.FindAsync(HttpContext.RequestAborted) is not { Policy: Hiding }
            || await opened.OpenAsync(detail: null, HttpContext.RequestAborted) is not { } kept)
            return Redirect(opened.Address);
        try
        {
            Review = await PublicationReview.OfAsync(database, kept, HttpContext.RequestAborted);
            Words = new(Review.Result);
            await opened.NoteAsync(kept.Row, "granskad", HttpContext.RequestAborted);
        }
        catch (PublicationChangedException exception)
        {
            Problem = exception.Message;
        }

        return PageOf(kept.Row);
    }

    /// <summary>Addresses to the publications that were read with it.</summary>
    public string List => $"/f/{access.ForbundId}/publiceringar";

    private PageResult PageOf(PublicationRow row)
    {
        Row = row;
        return Page();
    }
}
