using System.Numerics;
using System.Text.Json;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Statistics.Tests;

[Properties(MaxTest = 300, QuietOnSuccess = true)]
public sealed class RoundingTests
{
    [Theory]
    [InlineData(0.405, 41)]
    [InlineData(0.285, 29)] // 28.499999999999996 when multiplied as a double
    [InlineData(0.145, 15)]
    [InlineData(-0.405, -41)]
    [InlineData(0.404999, 40)]
    [InlineData(0.0, 0)]
    [InlineData(1.0, 100)]
    public void Halves_are_rounded_away_from_zero(double share, int percent) => Rounding.Percent(share).ShouldBe(percent);

    [Theory]
    [InlineData(2.675, 2, 2.68)]
    [InlineData(1.005, 2, 1.01)]
    [InlineData(-1.005, 2, -1.01)]
    [InlineData(2.5, 0, 3)]
    [InlineData(1e300, 2, 1e300)]
    public void Decimals_round_as_they_are_written(double value, int decimals, double rounded) =>
        Rounding.HalfAwayFromZero(value, decimals).ShouldBe(rounded);

    [Fact]
    public void A_share_of_nothing_has_no_percentage() => Rounding.Percent(Share.Of(0, 0)).ShouldBeNull();

    [Property]
    public Property A_share_is_rounded_as_its_exact_fraction() =>
        Cases.Shares(100_000).Holds(share =>
        {
            BigInteger hundredfold = new BigInteger(100) * share.Numerator;
            var whole = BigInteger.DivRem(hundredfold, share.Denominator, out var rest);
            int expected = (int)whole + (2 * rest >= share.Denominator ? 1 : 0);
            Rounding.Percent(share).ShouldBe(expected);
            Rounding.Percent(share.Value!.Value).ShouldBe(expected);
        });

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 5)]
    [InlineData(7, 5)]
    [InlineData(8, 10)]
    [InlineData(12, 10)]
    public void Counts_go_to_the_nearest_five(long count, long rounded) => Rounding.ToNearestFive(count).ShouldBe(rounded);

    [Fact]
    public void Published_percentages_are_right_except_two_misprints()
    {
        var tables = JsonDocument.Parse(File.ReadAllBytes(SharedData.Path("published/tables.json"))).RootElement;
        var rows = tables.GetProperty("umea_2022").GetProperty("rows").EnumerateArray()
            .Concat(tables.GetProperty("vastmanland_2012_2014").GetProperty("rows").EnumerateArray())
            .Select(row => (
                Measure: row.GetProperty("measure").GetString()!,
                Share: Share.Of(row.GetProperty("numerator").GetInt64(), row.GetProperty("denominator").GetInt64()),
                Printed: row.GetProperty("printed_percent").GetInt32()))
            .ToList();
        var suvs = tables.GetProperty("suvs_2022");
        rows.Add((
            "till arbete eller studier",
            Share.Of(suvs.GetProperty("positive_work_or_studies").GetInt64(), suvs.GetProperty("exits").GetInt64()),
            suvs.GetProperty("printed_percent").GetInt32()));

        rows.Count.ShouldBe(13);
        rows.Select(row => (row.Measure, row.Printed, Correct: Rounding.Percent(row.Share)))
            .Where(row => row.Printed != row.Correct)
            .ShouldBe([("studier av positiva", 19, 15), ("till arbete eller studier", 40, 41)]);
    }
}
