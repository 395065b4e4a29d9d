using FinsamOutcomes.Data.Registration;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace FinsamOutcomes.Web.Forms;

/// <summary>What is said, in Swedish, when a field holds something that can't be read as what it should be.</summary>
internal static class SwedishBinding
{
    public static void Say(DefaultModelBindingMessageProvider messages)
    {
        messages.SetAttemptedValueIsInvalidAccessor((_, _) => "Värdet går inte att läsa. Kontrollera vad du har skrivit.");
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(_ => "Värdet går inte att läsa. Kontrollera vad du har skrivit.");
        messages.SetUnknownValueIsInvalidAccessor(_ => "Värdet går inte att läsa. Kontrollera vad du har skrivit.");
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => "Värdet går inte att läsa. Kontrollera vad du har skrivit.");
        messages.SetValueIsInvalidAccessor(_ => "Värdet går inte att läsa. Kontrollera vad du har skrivit.");
        messages.SetValueMustBeANumberAccessor(_ => "Skriv ett tal med siffror.");
        messages.SetNonPropertyValueMustBeANumberAccessor(() => "Skriv ett tal med siffror.");
        messages.SetValueMustNotBeNullAccessor(_ => "Fyll i ett värde.");
        messages.SetMissingBindRequiredValueAccessor(_ => "Fyll i ett värde.");
        messages.SetMissingKeyOrValueAccessor(() => "Fyll i ett värde.");
        messages.SetMissingRequestBodyRequiredValueAccessor(() => "Formuläret är tomt.");
    }

    /// <summary>Puts what a store refused beside the fields of the form: <paramref name="prefix"/> is the property that holds the input.</summary>
    public static void AddErrors(this ModelStateDictionary modelState, RegistrationException exception, string prefix = "Input")
    {
        ArgumentNullException.ThrowIfNull(modelState);
        ArgumentNullException.ThrowIfNull(exception);
        foreach (var error in exception.Errors)
        {
            var field = prefix.Length == 0 ? error.Field : $"{prefix}.{error.Field}";
            if (modelState.TryGetValue(field, out var entry) && entry.Errors.FirstOrDefault(TextBinder.IsOurs) is { } vaguer)
                entry.Errors.Remove(vaguer);
            modelState.AddModelError(field, error.Message);
        }
    }

    /// <summary>Says of a field without a value what belongs in it; not where what stands there can't be read, which has been said.</summary>
    public static void AskFor(this ModelStateDictionary modelState, string field, string message)
    {
        ArgumentNullException.ThrowIfNull(modelState);
        if (modelState.GetFieldValidationState(field) != ModelValidationState.Invalid)
            modelState.AddModelError(field, message);
    }

    /// <summary>
    /// Says of a field whose value can't be read what belongs in it: the summary stands far from the field, and a message
    /// there must tell which it is about.
    /// </summary>
    public static void Unreadable(this ModelStateDictionary modelState, string field, string message)
    {
        ArgumentNullException.ThrowIfNull(modelState);
        if (!modelState.TryGetValue(field, out var entry) || entry.Errors.Count == 0)
            return;
        entry.Errors.Clear();
        modelState.AddModelError(field, message);
    }

    /// <summary>
    /// Forgets what the other forms of a page lack: each form sends only its own fields, <paramref name="prefix"/> is the
    /// property that holds them.
    /// </summary>
    public static void Keep(this ModelStateDictionary modelState, string prefix)
    {
        ArgumentNullException.ThrowIfNull(modelState);
        foreach (var key in modelState.Keys.Where(k => !k.StartsWith(prefix + ".", StringComparison.Ordinal)).ToList())
            modelState.Remove(key);
    }

    /// <summary>Whether somebody else changed the row after the form was read.</summary>
    public static bool IsStale(this RegistrationException exception) =>
        exception.Errors.Any(e => e.Field == RegistrationException.VersionField);
}
