using FinsamOutcomes.Data.Publications;

namespace FinsamOutcomes.Data.Tests.Publications;

internal static class TestPublication
{
    /// <summary>A small publication with each kind of number.</summary>
    public static NewPublication Publication(this RegistryFixture f)
    {
        PublicationCellRow cell = new()
        {
            Ordinal = 1,
            MeasureOrdinal = 1,
            DefinitionCode = "arbete-eller-studier",
            Statistic = "share",
            PeriodFrom = new(2024, 1, 1),
            PeriodTo = new(2024, 5, 15),
            InsatsId = null,
            Insats = null,
            Gender = "woman",
            AgeGroup = "alla",
            Education = "alla",
            Referrer = "alla",
            Category = null,
            FromCategory = null,
            State = "shown",
            Bound = "högst",
            Value = 1.0 / 3,
            Numerator = 5,
            Denominator = 15,
            N = 15,
            CountedValue = 1.0 / 3,
            CountedNumerator = 5,
            CountedDenominator = 15,
            CountedN = 15,
        };
        return new()
        {
            ForbundId = f.ForbundId,
            Report = "arsredovisning",
            CalendarYear = 2024,
            Title = "Årsredovisning 2024",
            PeriodFrom = new(2024, 1, 1),
            PeriodTo = new(2024, 5, 15),
            Policy = "minst-5",
            LeavesOutUnknownGender = false,
            Moment = new()
            {
                At = f.Clock.GetUtcNow().UtcDateTime,
                LastParticipation = 12,
                LastAssessment = 3,
                LastInsats = 2,
                LastChange = 40,
                LastEvent = 50,
            },
            MadeBy = "prov",
            Definition = "# Årsredovisning {år}\n",
            Document = [1, 2, 3, 0, 255],
            Counts = [4, 5],
            Measures = [new() { Ordinal = 1, Request = "{}", DefinitionText = "Deltaganden som skrivits ut i perioden." }],
            Cells =
            [
                cell,
                cell with
                {
                    Ordinal = 2, Gender = "man", State = "hidden", Value = null, Numerator = null, Denominator = null, N = null,
                    CountedValue = -0.1, CountedNumerator = 2,
                },
                cell with { Ordinal = 3, Gender = "alla", State = "no_data", Value = null, CountedValue = 1e-300, Category = "å ä ö" },
            ],
        };
    }
}
