using System.Globalization;
using FinsamOutcomes.Data.Registration;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FinsamOutcomes.Web.Forms;

/// <summary>
/// Reads money and other amounts (<c>int</c>, <c>long</c>, <c>decimal</c>) as people write them: 1 250 000, 1250000 kr, 36,5 and 36.5 %.
/// What can't be read stays in the field with a message.
/// </summary>
public sealed class SwedishNumberBinder : IModelBinder
{
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
                bindingContext.ModelState.TryAddModelError(bindingContext.ModelName, "Skriv ett tal med siffror.");
            return Task.CompletedTask;
        }

        var type = Nullable.GetUnderlyingType(bindingContext.ModelType) ?? bindingContext.ModelType;
        if (!TryParse(text, out var number))
            bindingContext.ModelState.TryAddModelError(bindingContext.ModelName, "Skriv ett tal med siffror.");
        else if (type == typeof(decimal))
            bindingContext.Result = ModelBindingResult.Success(number);
        else if (number % 1 != 0)
            bindingContext.ModelState.TryAddModelError(bindingContext.ModelName, "Skriv ett helt tal, utan decimaler.");
        else if (Math.Abs(number) > (type == typeof(int) ? int.MaxValue : 999_999_999_999))
            bindingContext.ModelState.TryAddModelError(bindingContext.ModelName, "Talet är för stort.");
        else
            bindingContext.Result = type == typeof(int) ? ModelBindingResult.Success((int)number) : ModelBindingResult.Success((long)number);
        return Task.CompletedTask;
    }

    /// <summary>Reads a number with spaces between thousands, a decimal comma or point, and a unit after it.</summary>
    public static bool TryParse(string text, out decimal number)
    {
        ArgumentNullException.ThrowIfNull(text);
        var digits = string.Concat(text.Where(c => !char.IsWhiteSpace(c))).Replace('\u2212', '-').Replace(',', '.');
        foreach (var unit in new[] { "kronor", "kr", "%" })
            digits = digits.EndsWith(unit, StringComparison.OrdinalIgnoreCase) ? digits[..^unit.Length] : digits;
        return decimal.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }
}

/// <summary>Gives every amount of a form to <see cref="SwedishNumberBinder"/>.</summary>
public sealed class SwedishNumberBinderProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var type = context.Metadata.UnderlyingOrModelType;
        return type == typeof(int) || type == typeof(long) || type == typeof(decimal) ? new SwedishNumberBinder() : null;
    }
}
