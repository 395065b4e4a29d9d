using System.Globalization;
using FinsamOutcomes.Data.Instruments;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace FinsamOutcomes.Web.Pages.Assessments;

/// <summary>What occasions, respondents, scales and answers are called.</summary>
public static class AssessmentWords
{
    private static readonly CultureInfo s_swedish = CultureInfo.GetCultureInfo("sv-SE");

    /// <summary>Code, word in the address, and label, in the order they come.</summary>
    public static IReadOnlyList<(string Code, string Word, string Label)> Occasions { get; } =
    [
        ("start", "start", "Start"),
        ("followup", "uppfoljning", "Uppföljning"),
        ("exit", "avslut", "Avslut"),
        ("after", "efter", "Efter avslut"),
    ];

    public static IReadOnlyList<SelectListItem> OccasionOptions { get; } = [.. Occasions.Select(o => new SelectListItem(o.Label, o.Code))];

    public static string Occasion(string code) => Occasions.First(o => o.Code == code).Label;

    public static string Respondent(string code) => code == "caseworker" ? "Handläggaren svarar" : "Deltagaren svarar";

    /// <summary>What the form is called: the participant's own assessment or the caseworker's.</summary>
    public static string Kind(string respondent) => respondent == "caseworker" ? "Handläggarens skattning" : "Deltagarens självskattning";

    public static string Instrument(InstrumentRow instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        return $"{instrument.Code}, version {instrument.InstrumentVersion}";
    }

    /// <summary>Those to choose among, the latest version of each first.</summary>
    public static IReadOnlyList<SelectListItem> Options(IEnumerable<InstrumentRow> instruments) =>
        [
            .. instruments
                .OrderBy(i => i.Code, StringComparer.Create(s_swedish, ignoreCase: true))
                .ThenBy(i => i.Respondent == "caseworker")
                .ThenByDescending(i => i.InstrumentVersion)
                .Select(i => new SelectListItem(
                    $"{Instrument(i)} – {Respondent(i.Respondent).ToLower(s_swedish)}",
                    i.Id.ToString(CultureInfo.InvariantCulture))),
        ];

    /// <summary>The scale with the end that is best.</summary>
    public static string Scale(InstrumentItemRow item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return $"Skala {Number(item.ScaleMin)}–{Number(item.ScaleMax)}, där {Number(item.IsHigherBetter ? item.ScaleMax : item.ScaleMin)} är bäst";
    }

    public static string Number(decimal value) => value.ToString("0.####", s_swedish);

    public static string Answer(decimal? value, string? missingReason) => value is { } number ? Number(number) : Missing(missingReason!);

    public static string Missing(string reason) => reason switch
    {
        "not_asked" => "ej tillfrågad",
        "declined" => "ville inte svara",
        _ => "vet inte",
    };

    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The date from what a history keeps: <c>value</c> or reason as stored.</summary>
    public static string Stored(string? text) => text switch
    {
        null => "–",
        "not_asked" or "declined" or "unknown" => Missing(text),
        _ when Occasions.Any(o => o.Code == text) => Occasion(text),
        _ => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? Number(number) : text,
    };
}
