using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Reports;

namespace FinsamOutcomes.Reporting.Tests.Reports;

/// <summary>A single number in words.</summary>
public sealed class NumberWordsTests
{
    // R: prop.test(9, 20, correct = FALSE)$conf.int is 0.2582 0.6579; of 0 of 10 it is 0 0.2775.
    [Theory]
    [InlineData(9, 20, "26–66 %")]
    [InlineData(0, 10, "0–28 %")]
    [InlineData(4, 9, null)]
    public void A_share_of_ten_or_more_says_how_sure_it_is(int numerator, int denominator, string? interval) =>
        NumberWords.Interval(Share(numerator, denominator))?.Replace(Swedish.NoBreakSpace, " ", StringComparison.Ordinal).ShouldBe(interval);

    [Fact]
    public void What_is_kept_back_or_a_bound_or_no_share_has_no_interval()
    {
        NumberWords.Interval(Share(9, 20) with { State = CellState.Protecting }).ShouldBeNull();
        NumberWords.Interval(Share(9, 20) with { IsAtMost = true }).ShouldBeNull();
        NumberWords.Interval(Share(9, 20) with { Measure = "deltaganden", Definition = null, Statistic = "in_period", Value = 20 }).ShouldBeNull();
    }

    private static MeasureCell Share(int numerator, int denominator) => new()
    {
        Measure = "positiva-avslut",
        Definition = "arbete_eller_studier",
        Statistic = "share",
        PeriodFrom = new(2024, 1, 1),
        PeriodTo = new(2024, 12, 31),
        State = CellState.Shown,
        Value = (double)numerator / denominator,
        Numerator = numerator,
        Denominator = denominator,
        N = denominator,
    };
}
