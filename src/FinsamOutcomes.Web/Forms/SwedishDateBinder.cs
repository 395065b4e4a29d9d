using FinsamOutcomes.Data.Registration;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FinsamOutcomes.Web.Forms;

/// <summary>
/// Reads a date as people write it, as <see cref="SwedishDate"/> does, also without a year and as idag and igår. What can't be
/// read stays in the field with a message.
/// </summary>
public sealed class SwedishDateBinder(TimeProvider clock) : IModelBinder
{
    // What lies outside is a slip of the keys, and dates near the ends of the calendar can't be counted with.
    private const int FirstYear = 1900;
    private const int LastYear = 2099;

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        ArgumentNullException.ThrowIfNull(bindingContext);
        var given = bindingContext.ValueProvider.GetValue(bindingContext.ModelName);
        if (given == ValueProviderResult.None)
            return Task.CompletedTask;
        bindingContext.ModelState.SetModelValue(bindingContext.ModelName, given);
        var text = NormalForm.Written(given.FirstValue ?? "");
        if (text.Length == 0)
        {
            if (Nullable.GetUnderlyingType(bindingContext.ModelType) is not null)
                bindingContext.Result = ModelBindingResult.Success(null);
            else
                bindingContext.ModelState.TryAddModelError(bindingContext.ModelName, "Skriv ett datum, till exempel 2026-05-31.");
            return Task.CompletedTask;
        }

        var read = SwedishDate.Read(text, DateOnly.FromDateTime(clock.GetLocalNow().DateTime));
        if (SwedishDate.Message(read) is { } message)
            bindingContext.ModelState.TryAddModelError(bindingContext.ModelName, message);
        else if (read.Date.Year is < FirstYear or > LastYear)
            bindingContext.ModelState.TryAddModelError(bindingContext.ModelName, $"Kontrollera året: det ska vara mellan {FirstYear} och {LastYear}.");
        else
            bindingContext.Result = ModelBindingResult.Success(read.Date);
        return Task.CompletedTask;
    }
}

/// <summary>Gives every date of a form to <see cref="SwedishDateBinder"/>.</summary>
public sealed class SwedishDateBinderProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Metadata.UnderlyingOrModelType == typeof(DateOnly)
            ? new SwedishDateBinder(context.Services.GetRequiredService<TimeProvider>())
            : null;
    }
}
