using System.Globalization;
using FinsamOutcomes.Data.Participants;

namespace FinsamOutcomes.Data.Registration;

/// <summary>One thing wrong with what was entered.</summary>
/// <param name="Field">The property of the input, such as <c>StartedOn</c>, so that a form can show the message beside its field.</param>
/// <param name="Message">What is wrong and what to do, in Swedish; never holds a name or a personal number.</param>
public sealed record FieldError(string Field, string Message);

/// <summary>What was entered can't be registered, and nothing was. Holds every error found, not only the first.</summary>
public sealed class RegistrationException(IReadOnlyList<FieldError> errors)
    : Exception(string.Join(" ", errors.Select(e => e.Message)))
{
    /// <summary>The field of an error that says that somebody else changed the row in the meantime.</summary>
    public const string VersionField = "Version";

    public IReadOnlyList<FieldError> Errors { get; } = errors;

    /// <summary>Registered participants who may be the one that was to be registered.</summary>
    public IReadOnlyList<LikelySame> LikelySame { get; init; } = [];
}

/// <summary>Collects the errors of one input.</summary>
internal sealed class FieldErrors
{
    public const string StaleMessage = "Någon annan har ändrat uppgifterna sedan du öppnade dem. Läs in dem igen och gör om ändringen.";

    private readonly List<FieldError> _errors = [];

    public bool Any => _errors.Count > 0;

    /// <summary>Those so far.</summary>
    public IReadOnlyList<FieldError> All => _errors;

    public void Add(string field, string message) => _errors.Add(new FieldError(field, message));

    /// <summary>The errors of a part, with its place before each field.</summary>
    public void AddAll(FieldErrors part, string place) => _errors.AddRange(part._errors.Select(e => e with { Field = place + e.Field }));

    public void AddIf(bool wrong, string field, string message)
    {
        if (wrong)
            Add(field, message);
    }

    /// <summary>A text that must be there, trimmed.</summary>
    public string Text(string? value, string field, string what, int longest)
    {
        var text = (value ?? "").Trim();
        AddIf(text.Length == 0, field, $"Ange {what}.");
        AddIf(text.Length > longest, field, $"Skriv högst {longest} tecken här ({what}).");
        Signs(text, field, what);
        return text;
    }

    /// <summary>Refuses signs that no text may hold.</summary>
    /// <param name="text">As it was written; null is nothing.</param>
    /// <param name="field">The property of the input.</param>
    /// <param name="what">What the text is, such as <c>insatsens namn</c>.</param>
    /// <param name="form">Whether it is one line.</param>
    public void Signs(string? text, string field, string what, TextForm form = TextForm.Line)
    {
        if (text is not null && ForbiddenSigns.In(text, form) is { } found)
            Add(field, $"{char.ToUpper(what[0], CultureInfo.CurrentCulture)}{what[1..]} innehåller {found}. Skriv om texten utan det.");
    }

    /// <summary>A year that the calendar of the database holds.</summary>
    public void Year(int year, string field) =>
        AddIf(year is < 1990 or > 2059, field, "Ange ett år från 1990 till 2059.");

    /// <summary>A date that the calendar holds and that has been.</summary>
    public void PastDate(DateOnly? date, string field, DateOnly today)
    {
        AddIf(date is { Year: < 1990 or > 2059 }, field, "Ange ett datum från 1990-01-01 till 2059-12-31.");
        AddIf(date > today, field, "Datumet är i framtiden. Ange ett datum som har varit.");
    }

    public void ThrowIfAny(IReadOnlyList<LikelySame>? likelySame = null)
    {
        if (Any)
            throw new RegistrationException([.. _errors]) { LikelySame = likelySame ?? [] };
    }

    public static RegistrationException Single(string field, string message) => new([new FieldError(field, message)]);

    public static RegistrationException Stale() =>
        Single(RegistrationException.VersionField, StaleMessage);
}
