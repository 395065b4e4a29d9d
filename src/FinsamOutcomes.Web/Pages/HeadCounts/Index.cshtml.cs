using System.Globalization;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.HeadCounts;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.HeadCounts;

/// <summary>
/// Numbers for the insatser that are followed by count, one year in one table: by gender, and for a structural insats one number
/// without.
/// </summary>
public sealed class IndexModel(CurrentAccess access, FinsamDatabase database, InsatsStore insatser, HeadCountStore headCounts, ChangeHistoryStore history)
    : PageModel
{
    /// <summary>What the number of a structural insats is stored as: people are not asked for by gender there.</summary>
    public const string WithoutGender = "unknown";

    /// <summary>Gender codes with their headings, women first.</summary>
    public static IReadOnlyList<(string Code, string Label)> Genders { get; } = [("woman", "Kvinnor"), ("man", "Män"), (WithoutGender, "Okänt kön")];

    private IReadOnlyList<HeadCountRow> _present = [];
    private IReadOnlyList<HeadCountRow> _before = [];

    [BindProperty(SupportsGet = true, Name = "ar")]
    public int? Year { get; set; }

    /// <summary><c>halvar</c> offers halves for the insatser that have no numbers yet.</summary>
    [BindProperty(SupportsGet = true, Name = "per")]
    public string? Per { get; set; }

    [BindProperty]
    public SheetInput Input { get; set; } = new();

    public int CalendarYear { get; private set; }

    public bool ByHalf => Per == "halvar";

    public IReadOnlyList<SelectListItem> Years =>
        [.. Enumerable.Range(0, 6).Select(i => (database.Today.Year - i).ToString(CultureInfo.InvariantCulture)).Select(y => new SelectListItem(y, y))];

    public IReadOnlyList<CountLine> Lines { get; private set; } = [];

    /// <summary>Some of the insatser are structural, and some are not.</summary>
    public (bool Structural, bool Individual) Kinds => (Lines.Any(l => l.IsStructural), Lines.Any(l => !l.IsStructural));

    /// <summary>An insats has no numbers yet, so that it can still be counted either way.</summary>
    public bool HasChoice => Lines.Any(l => _present.All(h => h.InsatsId != l.InsatsId));

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync())
            return NotFound();
        Fill();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync())
            return NotFound();
        // What was posted about insatser that the user does not reach is not there for them.
        if (Input.Counts.Any(c => Lines.All(l => l.InsatsId != c.InsatsId)))
            return NotFound();
        if (ModelState.IsValid)
        {
            try
            {
                var changed = await headCounts.SaveAsync(
                    new HeadCountSheet
                    {
                        ForbundId = access.ForbundId,
                        CalendarYear = CalendarYear,
                        Counts =
                        [
                            .. Input.Counts.Select(c => new HeadCountCell
                            {
                                InsatsId = c.InsatsId,
                                Half = c.Half,
                                Gender = c.Gender ?? "",
                                NumberOfPeople = c.NumberOfPeople,
                                Read = c.Read,
                            }),
                        ],
                        Actor = access.UserName,
                    },
                    HttpContext.RequestAborted);
                TempData["Done"] = changed == 0 ? "Inget antal var ändrat." : $"Sparat: {changed} antal för {CalendarYear}.";
                return Redirect(string.Create(CultureInfo.InvariantCulture, $"/f/{access.ForbundId}/antal?ar={CalendarYear}{(ByHalf ? "&per=halvar" : "")}"));
            }
            catch (RegistrationException exception)
            {
                AddErrors(exception);
            }
        }

        Realign();
        return Page();
    }

    /// <summary>Which field of the form a number has; -1 when it can't be filled in yet.</summary>
    public int Field(CountLine line, string gender)
    {
        ArgumentNullException.ThrowIfNull(line);
        return Input.Counts.FindIndex(c => c.InsatsId == line.InsatsId && c.Half == line.Half && c.Gender == gender);
    }

    /// <summary>What a gender's number is called in its line.</summary>
    public static string Label(CountLine line, string gender)
    {
        ArgumentNullException.ThrowIfNull(line);
        return line.IsStructural && gender == WithoutGender ? "Antal" : Genders.First(g => g.Code == gender).Label;
    }

    /// <summary>Of a structural insats that was once counted by gender: all of them; null where there is nothing to add up.</summary>
    public int? Together(CountLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var numbers = _present.Where(h => h.InsatsId == line.InsatsId && h.Half == line.Half).ToList();
        return line.IsStructural && numbers.Exists(h => h.Gender != WithoutGender) ? numbers.Sum(h => h.NumberOfPeople) : null;
    }

    /// <summary>Of a structural insats: all of them are there, in one number or as women and men. The hand-over asks for the same.</summary>
    public bool IsWhole(CountLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var genders = _present.Where(h => h.InsatsId == line.InsatsId && h.Half == line.Half).Select(h => h.Gender).ToList();
        return genders.Contains(WithoutGender) || genders.Count == Genders.Count - 1;
    }

    /// <summary>The same numbers the year before; by the whole year where halves are missing, and the other way around.</summary>
    public string YearBefore(CountLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var own = _before.Where(h => h.InsatsId == line.InsatsId).ToList();
        var same = own.Where(h => h.Half == line.Half).ToList();
        var note = "";
        if (same.Count == 0 && own.Count > 0)
        {
            same = own;
            note = line.Half == 0 ? " (halvåren tillsammans)" : " (hela året)";
        }

        return same.Count == 0 ? "inga antal"
            : line.IsStructural ? same.Sum(h => h.NumberOfPeople).ToString(CultureInfo.InvariantCulture) + note
            : string.Join(
                ", ",
                Genders
                    .Where(g => same.Any(h => h.Gender == g.Code))
                    .Select(g => $"{same.Where(h => h.Gender == g.Code).Sum(h => h.NumberOfPeople)} {Words(g.Code)}")) + note;
    }

    private static string Words(string gender) => gender switch { "woman" => "kvinnor", "man" => "män", _ => "okänt kön" };

    private async Task<bool> LoadAsync()
    {
        CalendarYear = Year ?? database.Today.Year;
        if (CalendarYear < 1991 || CalendarYear > database.Today.Year)
            return false;
        var cancelled = HttpContext.RequestAborted;
        _present = await headCounts.OfYearAsync(access.ForbundId, CalendarYear, cancelled);
        _before = await headCounts.OfYearAsync(access.ForbundId, CalendarYear - 1, cancelled);
        var lines = new List<CountLine>();
        var (first, last) = (new DateOnly(CalendarYear, 1, 1), new DateOnly(CalendarYear, 12, 31));
        foreach (var insats in (await insatser.TreeAsync(access.ForbundId, cancelled)).SelectMany(n => n.Delprojekt.Prepend(n)).Select(n => n.Insats))
        {
            var numbers = _present.Where(h => h.InsatsId == insats.Id).ToList();
            var isRunning = insats.StartsOn <= last && (insats.EndsOn ?? last) >= first;
            if (insats.FollowUpMethod != "count" || !access.Reaches(insats.Id) || !(isRunning || numbers.Count > 0))
                continue;
            var changes = await history.OfAsync(access.ForbundId, ChangedEntity.HeadCount(CalendarYear), insats.Id, cancelled);
            int[] halves = (numbers.Count > 0 ? numbers.Any(h => h.Half > 0) : ByHalf) ? [1, 2] : [0];
            lines.AddRange(halves.Select(half => new CountLine(
                insats.Id,
                insats.Name,
                insats.Orientation == "structural",
                half,
                half == 2 && database.Today < new DateOnly(CalendarYear, 7, 1) ? "Har inte börjat" : IsOutside(half) ? "Insatsen pågick inte då" : null,
                changes.FirstOrDefault(c => c.Field.EndsWith(string.Create(CultureInfo.InvariantCulture, $".{half}"), StringComparison.Ordinal)))));

            // A number that is there all the same can be taken away.
            bool IsOutside(int half) => !HeadCountStore.IsOpen(insats.StartsOn, insats.EndsOn, CalendarYear, half) && numbers.All(h => h.Half != half);
        }

        Lines = lines;
        return true;
    }

    // The form as the database has it.
    private void Fill() =>
        Input.Counts =
        [
            .. from line in Lines
               where line.WhyNot is null
               from gender in Genders
               let number = Present(line.InsatsId, line.Half, gender.Code)

               // What was once counted by gender can be taken away, but is not asked for.
               where !line.IsStructural || gender.Code == WithoutGender || number is not null
               select new CountInput { InsatsId = line.InsatsId, Half = line.Half, Gender = gender.Code, NumberOfPeople = number, Read = number },
        ];

    // What was typed stays; what was not touched shows what the database has now, and so does what will be compared next
    // time, but for fields that could not be read.
    private void Realign()
    {
        for (var i = 0; i < Input.Counts.Count; i++)
        {
            var cell = Input.Counts[i];
            var (number, read) = ($"Input.Counts[{i}].NumberOfPeople", $"Input.Counts[{i}].Read");
            var now = Present(cell.InsatsId, cell.Half, cell.Gender ?? "");
            var isStale =
                ModelState.TryGetValue(number, out var entry)
                && entry.Errors.Any(e => e.ErrorMessage.StartsWith(HeadCountStore.ChangedMeanwhile, StringComparison.Ordinal));
            if (cell.NumberOfPeople == cell.Read && entry?.Errors.Count is null or 0)
            {
                cell.NumberOfPeople = now;
                ModelState.Remove(number);
            }
            else if (!isStale)
            {
                continue;
            }

            cell.Read = now;
            ModelState.Remove(read);
        }
    }

    // The store points at the half or the insats; the field is the number.
    private void AddErrors(RegistrationException exception)
    {
        foreach (var error in exception.Errors)
        {
            var dot = error.Field.LastIndexOf('.');
            ModelState.AddModelError(dot < 0 ? "" : $"Input.{error.Field[..dot]}.NumberOfPeople", error.Message);
        }
    }

    private int? Present(int insatsId, int half, string gender) =>
        _present.SingleOrDefault(h => h.InsatsId == insatsId && h.Half == half && h.Gender == gender)?.NumberOfPeople;
}

/// <summary>
/// A row of the table: an insats (structural: counted without gender) and the whole year, or one of its halves; where nothing can be
/// filled in, why not.
/// </summary>
public sealed record CountLine(int InsatsId, string Insats, bool IsStructural, int Half, string? WhyNot, ChangeHistoryRow? LastChange)
{
    public string Period => Half switch { 0 => "Hela året", 1 => "Januari–juni", _ => "Juli–december" };
}

/// <summary>The table as posted.</summary>
public sealed class SheetInput
{
    public List<CountInput> Counts { get; set; } = [];
}

/// <summary>One number.</summary>
public sealed class CountInput
{
    public int InsatsId { get; set; }

    public int Half { get; set; }

    public string? Gender { get; set; }

    public int? NumberOfPeople { get; set; }

    /// <summary>What stood there when the page was opened.</summary>
    public int? Read { get; set; }
}
