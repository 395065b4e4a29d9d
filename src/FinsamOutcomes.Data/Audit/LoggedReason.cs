using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Audit;

/// <summary>Why somebody must see what is otherwise hidden, in their own words, as it is kept in the log.</summary>
public static class LoggedReason
{
    public const int Shortest = 10;

    public const int Longest = 200;

    // No rule can tell a reason from a sentence, but dots and figures are none.
    private const int FewestLetters = 5;

    /// <summary>The reason, trimmed.</summary>
    /// <exception cref="RegistrationException">It says nothing, too much, or holds a personal number.</exception>
    public static string Check(string? reason, string field)
    {
        var errors = new FieldErrors();
        var text = errors.Text(reason, field, "varför du behöver de exakta talen", Longest);
        errors.AddIf(
            text.Length is > 0 and < Shortest,
            field,
            $"Skriv varför med några ord, minst {Shortest} tecken: skälet ska gå att förstå för den som läser loggen.");
        errors.AddIf(
            text.Length >= Shortest && text.Where(char.IsLetter).Select(char.ToLowerInvariant).Distinct().Count() < FewestLetters,
            field,
            "Skriv varför med ord: skälet ska gå att förstå för den som läser loggen.");
        errors.AddIf(PersonalNumber.CouldBeIn(text), field, "Skriv inga personnummer här: skälet sparas i loggen.");
        errors.ThrowIfAny();
        return text;
    }
}
