using FinsamOutcomes.Data.Registration;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Binders;

namespace FinsamOutcomes.Web.Forms;

/// <summary>
/// Reads a text as it was sent, with an error beside its field where it holds signs that no text may hold
/// (<see cref="ForbiddenSigns"/>). The stores refuse them as well, and know what the text is.
/// </summary>
public sealed class TextBinder(IModelBinder text) : IModelBinder
{
    private const string Begins = "Texten innehåller ";

    public async Task BindModelAsync(ModelBindingContext bindingContext)
    {
        ArgumentNullException.ThrowIfNull(bindingContext);
        await text.BindModelAsync(bindingContext);

        // What a word processor has for a new line or page is made a new line where lines belong.
        if (
            bindingContext.Result is { IsModelSet: true, Model: string given }
            && ForbiddenSigns.In(given.Replace('\v', '\n').Replace('\f', '\n').Trim(), TextForm.AnyDirection) is { } found)
            bindingContext.ModelState.TryAddModelError(bindingContext.ModelName, $"{Begins}{found}. Skriv om den utan det.");
    }

    /// <summary>Whether an error is from here, so that a store's own words of the same field can take its place.</summary>
    internal static bool IsOurs(ModelError error) => error.ErrorMessage.StartsWith(Begins, StringComparison.Ordinal);
}

/// <summary>Gives every text but passwords to <see cref="TextBinder"/>: what a password is made of is never shown.</summary>
public sealed class TextBinderProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Metadata.ModelType == typeof(string) && context.Metadata.PropertyName?.EndsWith("Password", StringComparison.Ordinal) != true
            ? new TextBinder(new SimpleTypeModelBinder(typeof(string), context.Services.GetRequiredService<ILoggerFactory>()))
            : null;
    }
}
