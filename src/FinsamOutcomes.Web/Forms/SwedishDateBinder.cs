using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FinsamOutcomes.Web.Forms;

/// <summary>
/// Reads a date as people write it: 2026-11-23, 20261123, 261123, 23/11 2026, 23/11, 23 november, 23 nov 2026, and the words
/// idag and igår. What can't be read stays in the field with a message.
/// </summary>
public sealed partial class SwedishDateBinder(TimeProvider clock) : IModelBinder
{
    // What lies outside is a slip of the keys, and dates near the ends of the calendar can't be counted with.
    private const int FirstYear = 1900;
    private const int LastYear = 2099;

    private static readonly string[] s_formats =
    [
        "yyyy-MM-dd",
        "yyyyMMdd",
        "yyMMdd",
        "yy-MM-dd",
        "d/M yyyy",
        "d/M-yyyy",
        "d/M/yyyy",
        "d.M.yyyy",
        "yyyy-M-d",
        "yyyy/M/d",
        "yyyy.M.d",
        "d/M yy",
        "d/M-yy",
    ];

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        ArgumentNullException.ThrowIfNull(bindingContext);
        var given = bindingContext.ValueProvider.GetValue(bindingContext.ModelName);
        if (given == ValueProviderResult.None)
            return Task.CompletedTask;
        bindingContext.ModelState.SetModelValue(bindingContext.ModelName, given);
        var text = (given.FirstValue ?? "").Trim();
        if (text.Length == 0)
        {
            if (Nullable.GetUnderlyingType(bindingContext.ModelType) is not null)
                bindingContext.Result = ModelBindingResult.Success(null);
            else
                bindingContext.ModelState.TryAddModelError(bindingContext.ModelName, "Skriv ett datum, till exempel 2026-05-31.");
            return Task.CompletedTask;
        }

        if (!TryParse(text, DateOnly.FromDateTime(clock.GetLocalNow().DateTime), out var date))
            bindingContext.ModelState.TryAddModelError(
                bindingContext.ModelName,
                "Datumet går inte att läsa. Skriv det som ÅÅÅÅ-MM-DD, till exempel 2026-05-31.");
        else if (date.Year is < FirstYear or > LastYear)
            bindingContext.ModelState.TryAddModelError(bindingContext.ModelName, $"Kontrollera året: det ska vara mellan {FirstYear} och {LastYear}.");
        else
            bindingContext.Result = ModelBindingResult.Success(date);
        return Task.CompletedTask;
    }

    /// <summary>Reads a date as written; a day and month without a year is the latest such day that has been.</summary>
    public static bool TryParse(string text, DateOnly today, out DateOnly date)
    {
        ArgumentNullException.ThrowIfNull(text);
        var word = Spaces().Replace(text.Trim().ToLowerInvariant(), " ");
        if (word is "idag" or "i dag" or "igår" or "i går")
        {
            date = word.EndsWith("dag", StringComparison.Ordinal) ? today : today.AddDays(-1);
            return true;
        }

        if (NamedMonth().Match(word) is { Success: true } named)
        {
            var month = Array.FindIndex(CultureInfo.GetCultureInfo("sv-SE").DateTimeFormat.MonthNames, m =>
                m.StartsWith(named.Groups["month"].Value, StringComparison.Ordinal));
            word =
                month < 0 ? word : string.Create(CultureInfo.InvariantCulture, $"{named.Groups["day"].Value}/{month + 1} {named.Groups["year"].Value}").Trim();
        }

        if (DateOnly.TryParseExact(word, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out date))
            return true;
        if (!DateOnly.TryParseExact($"{word} {today.Year}", "d/M yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out date))
            return false;
        if (date > today)
            date = date.AddYears(-1);
        return true;
    }

    // A month by its name or at least the first three letters of it.
    [GeneratedRegex(
        @"\A(?:den )?(?<day>\d{1,2})(?::?e)? ?(?<month>[a-zåäö]{3,9})\.?(?: (?<year>\d{4}))?\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedMonth();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();
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
