using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>Which stays stand behind a number: the way from a number to the rows that it is counted from.</summary>
public static class StaysBehind
{
    /// <summary>Null for a number that is no count or share of stays.</summary>
    /// <param name="number">The number.</param>
    /// <param name="withoutUnknownGender">True when the publication counts only women and men.</param>
    /// <param name="day">Nobody was followed longer.</param>
    public static CountedStays? Of(KeptNumber number, bool withoutUnknownGender, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(number);
        var (cell, request) = (number.Told, number.Measure.Request);
        var what = cell.Measure switch
        {
            "deltaganden" or "personer" => cell.Statistic switch
            {
                "in_period" => "during",
                "new" => "new",
                "ended" => "ended",
                "ongoing_at_end" => "ongoing",
                _ => null,
            },
            "positiva-avslut" => request.Denominator == "deltagande" ? "during" : "ended",
            "avslutsorsaker" => "ended",
            "genomstromning" => "during",
            _ => null,
        };
        return what is null ? null : new()
        {
            What = what,
            From = cell.PeriodFrom,
            To = cell.PeriodTo < day ? cell.PeriodTo : day,
            InsatsId = number.InsatsId ?? number.Measure.RequestedInsatsId ?? 0,
            Gender = cell.Gender,
            AgeGroup = cell.AgeGroup,
            Education = cell.Education,
            Referrer = cell.Referrer,
            ExitReason = cell.Measure == "avslutsorsaker" ? cell.Category ?? MeasureCell.All : MeasureCell.All,
            Definition = cell.Measure == "positiva-avslut" ? cell.Definition ?? MeasureCatalogue.DefaultDefinition : MeasureCatalogue.DefaultDefinition,
            WithoutNeutral = request.Denominator == "avslutade-utom-neutrala",
            WithoutUnknownGender = withoutUnknownGender,
        };
    }
}
