using System.Numerics;

namespace FinsamOutcomes.Statistics.Tests;

[Properties(MaxTest = 300, QuietOnSuccess = true)]
public sealed class ControlChartTests
{
    [Fact]
    public void Limits_are_three_sigma_for_each_periods_own_n()
    {
        var chart = PChart.Of([Share.Of(40, 100), Share.Of(10, 25)]);

        chart.Centre.ShouldBe(0.4);
        chart.Points[0].Lower.ShouldNotBeNull().ShouldBe(0.4 - 3 * Math.Sqrt(0.24 / 100), 1e-12);
        chart.Points[0].Upper.ShouldNotBeNull().ShouldBe(0.4 + 3 * Math.Sqrt(0.24 / 100), 1e-12);
        chart.Points[1].Lower.ShouldNotBeNull().ShouldBe(0.4 - 3 * Math.Sqrt(0.24 / 25), 1e-12);
        chart.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Limits_are_cut_to_0_and_1()
    {
        var chart = PChart.Of([Share.Of(0, 3), Share.Of(3, 3)]);

        chart.Points[0].Lower.ShouldBe(0);
        chart.Points[0].Upper.ShouldBe(1);
    }

    [Fact]
    public void A_share_outside_its_limits_is_a_signal()
    {
        var chart = PChart.Of([.. Percents(40, 42, 38, 41, 39, 75, 40, 38, 42, 10)]);

        chart.Findings.ShouldBe([new(PChartRule.AboveLimits, 5, 5), new(PChartRule.BelowLimits, 9, 9)]);
        chart.Points[5].Signals.ShouldBe([PChartRule.AboveLimits]);
        chart.Points[4].Signals.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(7, false)]
    public void Eight_in_a_row_on_one_side_is_a_signal_and_seven_is_not(int length, bool isSignal)
    {
        int[] below = [.. Enumerable.Range(0, length).Select(i => i % 2 == 0 ? 38 : 39)];
        int[] above = [.. Enumerable.Range(0, length).Select(i => i % 2 == 0 ? 42 : 41)];
        var chart = PChart.Of([.. Percents([.. below, .. above])]);

        chart.Findings.ShouldBe(isSignal
            ? [new(PChartRule.RunBelow, 0, length - 1), new(PChartRule.RunAbove, length, 2 * length - 1)]
            : []);
    }

    [Theory]
    [InlineData(new[] { 40, 38, 39, 40, 41, 42, 43, 41 }, PChartRule.Rising, 1, 6)]
    [InlineData(new[] { 40, 43, 42, 41, 40, 39, 38, 41 }, PChartRule.Falling, 1, 6)]
    public void Six_in_a_row_rising_or_falling_is_a_signal(int[] percents, PChartRule rule, int first, int last) =>
        PChart.Of([.. Percents(percents)]).Findings.ShouldBe([new(rule, first, last)]);

    [Theory]
    [InlineData(new[] { 40, 38, 39, 40, 41, 42, 41 })] // five rising
    [InlineData(new[] { 40, 38, 39, 40, 40, 41, 42, 43, 41 })] // two equal ends the row
    public void Fewer_than_six_in_a_row_is_no_trend(int[] percents) =>
        PChart.Of([.. Percents(percents)]).Findings.ShouldBeEmpty();

    [Fact]
    public void A_period_without_exits_carries_no_point_and_breaks_no_row()
    {
        List<Share> periods = [.. Percents(40, 38, 39, 40, 41, 42, 43, 41)];
        periods.Insert(4, Share.Of(0, 0));

        var chart = PChart.Of(periods);

        chart.Findings.ShouldBe([new(PChartRule.Rising, 1, 7)]);
        chart.Points[4].ShouldSatisfyAllConditions(
            p => p.Lower.ShouldBeNull(),
            p => p.Upper.ShouldBeNull(),
            p => p.Share.Value.ShouldBeNull(),
            p => p.Signals.ShouldBeEmpty());
    }

    [Fact]
    public void Limits_are_preliminary_until_twelve_periods_have_exits()
    {
        var eleven = Percents([.. Enumerable.Repeat(40, 11)]).ToList();

        PChart.Of([.. eleven, Share.Of(0, 0)]).IsPreliminary.ShouldBeTrue();
        PChart.Of([.. eleven, Share.Of(4, 10)]).IsPreliminary.ShouldBeFalse();
    }

    [Fact]
    public void No_exits_at_all_gives_no_centre_and_no_findings()
    {
        var chart = PChart.Of([Share.Of(0, 0), Share.Of(0, 0)]);

        chart.Centre.ShouldBeNull();
        chart.Findings.ShouldBeEmpty();
        chart.Points.Count.ShouldBe(2);
    }

    [Property]
    public Property A_chart_read_backwards_has_the_same_signals_with_trends_turned() =>
        Cases.Shares(30).NonEmptyListOf().Holds(periods =>
        {
            var there = PChart.Of([.. periods]);
            var back = PChart.Of([.. Enumerable.Reverse(periods)]);

            back.Findings
                .Select(f => new PChartFinding(Turned(f.Rule), periods.Count - 1 - f.Last, periods.Count - 1 - f.First))
                .ShouldBe(there.Findings, ignoreOrder: true);
            there.Points.ShouldAllBe(p => 0 <= p.Lower && p.Lower <= there.Centre && there.Centre <= p.Upper && p.Upper <= 1);
        });

    [Theory]
    [InlineData(5, 0, 0.9615625, 0, 1)] // R: qbinom and pbinom in the documented formula, p = 0.4
    [InlineData(20, 0.1629160231958, 0.644406536680047, 0.0577078954277, 0.773620228024610)]
    [InlineData(127, 0.311429851179, 0.489948186223686, 0.26422965071, 0.540278146790213)]
    [InlineData(1000, 0.369227374172, 0.430953666239784, 0.351941867271, 0.448646531901161)]
    public void Funnel_limits_are_exact_binomial_limits(long n, double lower95, double upper95, double lower998, double upper998)
    {
        var limits = FunnelPlot.LimitsAt(0.4, n);

        limits.Lower95.ShouldBe(lower95, 1e-9);
        limits.Upper95.ShouldBe(upper95, 1e-9);
        limits.Lower998.ShouldBe(lower998, 1e-9);
        limits.Upper998.ShouldBe(upper998, 1e-9);
    }

    [Property]
    public Property Funnel_limits_enclose_the_centre_and_the_outer_enclose_the_inner() =>
        Gen.Choose(1, 5000).Zip(Gen.Choose(1, 99)).Holds(c =>
        {
            var limits = FunnelPlot.LimitsAt(c.Item2 / 100.0, c.Item1);
            double[] ordered = [0, limits.Lower998, limits.Lower95, c.Item2 / 100.0, limits.Upper95, limits.Upper998, 1];
            ordered.ShouldBe(ordered.Order());
        });

    [Property]
    public Property A_share_is_outside_exactly_when_its_binomial_tail_is_below_the_limits_probability() =>
        Gen.Choose(1, 40).Zip(Gen.Choose(1, 99)).Holds(c =>
        {
            var (n, percent) = c;
            var limits = FunnelPlot.LimitsAt(percent / 100.0, n);
            // In whole numbers: a tail that is just as likely as the limit is not below it.
            BigInteger[] chance =
                [.. Enumerable.Range(0, n + 1).Select(k => Ways(n, k) * BigInteger.Pow(percent, k) * BigInteger.Pow(100 - percent, n - k))];
            var all = BigInteger.Pow(100, n);
            for (int x = 0; x <= n; x++)
            {
                double share = (double)x / n;
                BigInteger orLess = Sum(chance[..(x + 1)]), orMore = Sum(chance[x..]);
                (share < limits.Lower95 - 1e-9).ShouldBe(orLess * 1000 < all * 25);
                (share > limits.Upper95 + 1e-9).ShouldBe(orMore * 1000 < all * 25);
                (share < limits.Lower998 - 1e-9).ShouldBe(orLess * 1000 < all);
                (share > limits.Upper998 + 1e-9).ShouldBe(orMore * 1000 < all);
            }

            static BigInteger Sum(BigInteger[] parts) => parts.Aggregate(BigInteger.Zero, (sum, part) => sum + part);
        });

    [Fact]
    public void Each_insats_is_placed_by_the_limits_of_its_own_size()
    {
        var funnel = FunnelPlot.Of([Share.Of(40_000, 100_000), Share.Of(2, 20), Share.Of(13, 20), Share.Of(0, 0), Share.Of(80, 100), Share.Of(1, 1)]);

        funnel.Points.Select(p => p.Position).ShouldBe(
        [
            FunnelPosition.Within, FunnelPosition.Below95, FunnelPosition.Above95,
            FunnelPosition.NoData, FunnelPosition.Above998, FunnelPosition.Within,
        ]);
        funnel.Points[3].Limits.ShouldBeNull();
    }

    [Fact]
    public void A_funnel_without_exits_or_without_variation_has_nobody_outside()
    {
        FunnelPlot.Of([Share.Of(0, 0)]).Centre.ShouldBeNull();
        FunnelPlot.Of([Share.Of(0, 10), Share.Of(0, 3)]).Points.ShouldAllBe(p => p.Position == FunnelPosition.Within);
        FunnelPlot.Of([Share.Of(10, 10), Share.Of(3, 3)]).Points.ShouldAllBe(p => p.Position == FunnelPosition.Within);
    }

    [Fact]
    public void Every_signal_and_place_has_its_own_Swedish_words()
    {
        Enum.GetValues<PChartRule>().Select(r => r.ToSwedish()).ShouldBeUnique();
        Enum.GetValues<FunnelPosition>().Select(p => p.ToSwedish()).ShouldBeUnique();
    }

    private static IEnumerable<Share> Percents(params int[] percents) => percents.Select(p => Share.Of(p, 100));

    private static BigInteger Ways(int n, int k) => Enumerable.Range(1, k).Aggregate(BigInteger.One, (ways, i) => ways * (n - k + i) / i);

    private static PChartRule Turned(PChartRule rule) => rule switch
    {
        PChartRule.Rising => PChartRule.Falling,
        PChartRule.Falling => PChartRule.Rising,
        _ => rule,
    };
}
