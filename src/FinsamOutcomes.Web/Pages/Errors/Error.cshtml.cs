using System.Globalization;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FinsamOutcomes.Web.Pages.Errors;

/// <summary>What went wrong and what to do, in Swedish, for every status that is not an answer.</summary>
[IgnoreAntiforgeryToken]
public sealed class ErrorModel(CurrentAccess access) : PageModel
{
    public string Heading { get; private set; } = "";

    public string Explanation { get; private set; } = "";

    /// <summary>Only for what nobody foresaw.</summary>
    public string? Reference { get; private set; }

    /// <summary>There, since the framework answers OPTIONS with 200 where no handler does.</summary>
    public void OnOptions()
    {
    }

    /// <summary>Also of methods that no page handles.</summary>
    public override void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
        // From the route itself: a form that can't be read leaves nothing to bind. What somebody makes up is no page of ours.
        var status = access.Route.StatusCode is { } code and >= 400 and < 600
            ? code
            : StatusCodes.Status404NotFound;
        Response.StatusCode = status;
        var fault = UnexpectedErrors.FaultOf(HttpContext);
        var isJournal = fault is DatabaseFault.Damaged or DatabaseFault.Unreachable or DatabaseFault.ReadOnly && UnexpectedErrors.IsOfJournal(HttpContext);
        // A page that was only asked for had nothing to save: what was done before it is saved.
        var unsaved = HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method) ? "Sidan kan inte visas just nu" : "Det du gjorde är inte sparat";
        // Told on the page that can be shown next, not beside an error that it has nothing to do with.
        TempData?.Keep();
        (Heading, Explanation) = status switch
        {
            400 => ("Formuläret kunde inte tas emot", "Det kan bero på att sidan har varit öppen länge. Gå tillbaka, läs in sidan igen och gör om det."),
            403 => (
                "Du har inte behörighet till sidan",
                "Din roll i förbundet omfattar inte den här sidan. Behöver du den: be förbundets administratör om en annan roll."),
            404 => ("Sidan finns inte", "Kontrollera adressen. Det kan också vara en uppgift som hör till en insats eller ett förbund som du inte arbetar i."),
            405 => ("Sidan kan inte användas så", "Gå till startsidan och öppna sidan därifrån."),
            413 => ("Det du skickade är för stort", "Dela upp texten eller filen i mindre delar och skicka en i taget."),
            421 => ("Webbplatsen har en annan adress", "Kontrollera att adressen i webbläsaren är den som du har fått av förbundets administratör."),
            429 => (
                "För många försök",
                $"Från din adress har det kommit många felaktiga försök att logga in. {Wait()} Bara felaktiga försök räknas, och på en dator och webbläsare där du har loggat in förut räknas bara de som görs där."
            ),
            500 or 503 when isJournal => (
                "Sidan kan inte visas just nu",
                "Det går inte att anteckna vem som ser vad, och därför visas inget om deltagare. Det som är registrerat är kvar. Säg till den som sköter systemet."
            ),
            503 when fault == DatabaseFault.ReadOnly => (
                "Inget går att spara just nu",
                $"{unsaved}: databasen går att läsa men inte att skriva till. Säg till den som sköter systemet, och gör om det när felet är avhjälpt."),
            503 when fault is DatabaseFault.Unreachable or DatabaseFault.Missing or DatabaseFault.Refused => (
                "Databasen går inte att nå",
                $"{unsaved}. Vänta några minuter och försök igen."),
            503 => ("Många skriver just nu", $"{unsaved}. Vänta en liten stund, gå tillbaka och försök igen."),
            507 => (
                "Disken är full",
                $"{unsaved}: det går inte att skriva till disken. Säg till den som sköter systemet, och gör om det när felet är avhjälpt."),
            _ when fault == DatabaseFault.Damaged => (
                "Databasen är skadad",
                "Gör inget mer i systemet. Säg till den som sköter det att databasen behöver läggas tillbaka från säkerhetskopian."),
            _ => ("Något gick fel", "Gå tillbaka, läs in sidan igen och se om det du gjorde blev sparat. Försök annars igen om en stund."),
        };
        if (status >= 500)
            Reference = UnexpectedErrors.Reference(HttpContext);
    }

    private string Wait() => int.TryParse(Response.Headers.RetryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        ? $"Vänta {(seconds == 1 ? "1 sekund" : $"{seconds} sekunder")} och försök igen."
        : "Vänta en minut och försök igen.";
}
