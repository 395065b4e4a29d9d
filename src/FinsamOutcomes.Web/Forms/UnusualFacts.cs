using FinsamOutcomes.Data.Insatser;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FinsamOutcomes.Web.Forms;

/// <summary>
/// What a form holds that can be right but seldom is: a very low or high age, an entry long before the insats began. It is asked about before it
/// is saved, and saved when the user has said that just this is right; what is changed afterwards is asked about anew.
/// </summary>
public sealed class UnusualFacts
{
    /// <summary>Younger than this is asked about.</summary>
    public const int Youngest = 15;

    /// <summary>Older than this is asked about.</summary>
    public const int Oldest = 70;

    private const int FirstBirthYear = 1900;

    private readonly List<string> _questions = [];
    private bool _asksAge;

    /// <summary>The user has ticked that it is right.</summary>
    public bool IsRight { get; set; }

    /// <summary>What the user was asked about, as it stood in the form.</summary>
    public string? About { get; set; }

    [BindNever]
    public IReadOnlyList<string> Questions => _questions;

    /// <summary>What is asked about stands in fields of the form; else it is what is registered already.</summary>
    [BindNever]
    public bool IsOfForm { get; private set; } = true;

    /// <summary>An age that was asked about is right, so that it needs no remark afterwards.</summary>
    public bool IsAgeRight => _asksAge && IsRight;

    /// <summary>Asks about what the page itself has found; without names or personal numbers, since the form sends it back.</summary>
    public void Ask(IEnumerable<string> questions)
    {
        IsOfForm = false;
        _questions.AddRange(questions);
    }

    /// <summary>Asks about an age that few participants have. A birth year that nobody can have is for the store to refuse.</summary>
    /// <param name="birthYear">When the participant was born; nothing is asked when it is not known.</param>
    /// <param name="on">The day of the entry, or of the place in the queue.</param>
    /// <param name="today">Where the birth year is written now: a year to come is not asked about, but refused.</param>
    /// <param name="code">Whose it is, where the form is about several.</param>
    public void AskAge(int? birthYear, DateOnly? on, DateOnly? today = null, string? code = null)
    {
        if (birthYear is not ({ } born and >= FirstBirthYear) || born > today?.Year || on is not { } day || day.Year - born is >= Youngest and <= Oldest)
            return;
        _asksAge = true;
        _questions.Add($"{(code is null ? "F" : $"{code}: f")}ödelseåret {born} ger åldern {day.Year - born} år {day.Year}.");
    }

    /// <summary>Asks about an entry a year or more before the insats began.</summary>
    public void AskEntry(DateOnly? on, InsatsRow? insats)
    {
        if (on is not { } day || insats is null || day > insats.StartsOn.AddYears(-1))
            return;
        var years = 1;
        while (day <= insats.StartsOn.AddYears(-years - 1))
            years++;
        var before = years == 1 ? "ett" : Field.Text(years);
        _questions.Add($"Datumet {Field.Text(day)} är mer än {before} år före insatsens start {Field.Text(insats.StartsOn)}.");
    }

    /// <summary>
    /// Asks about an exit so long ago that the stay is closed to whoever registers it: a mistyped year takes the participant out
    /// of their own sight, and then they can't put it right.
    /// </summary>
    /// <param name="on">The day of the exit.</param>
    /// <param name="reachMonths">How long the förbund lets those who have left be reached.</param>
    /// <param name="today">The day it is registered.</param>
    public void AskExit(DateOnly? on, int reachMonths, DateOnly today)
    {
        if (on is { } ended && ended < today.AddMonths(-reachMonths))
            _questions.Add(
                $"Avslutet {Field.Text(ended)} är för mer än {reachMonths} månader sedan. När det är sparat visas deltagaren inte längre för dig, om den inte har fler deltaganden i dina insatser.");
    }

    /// <summary>Whether there is something that the user has not said is right; the form is then to be shown again, with the partial <c>_Unusual</c>.</summary>
    /// <param name="modelState">What was sent.</param>
    /// <param name="name">The property of the page.</param>
    public bool MustAsk(ModelStateDictionary modelState, string name = "Unusual")
    {
        ArgumentNullException.ThrowIfNull(modelState);
        var about = string.Join(' ', _questions);
        if (_questions.Count == 0 || (IsRight && About == about))
            return false;
        (IsRight, About) = (false, about);
        modelState.Remove($"{name}.{nameof(IsRight)}");
        modelState.Remove($"{name}.{nameof(About)}");
        return true;
    }
}
