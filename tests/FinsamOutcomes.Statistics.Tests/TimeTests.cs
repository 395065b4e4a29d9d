using FsCheck;
using FsCheck.Fluent;

namespace FinsamOutcomes.Statistics.Tests;

public sealed class TimeTests
{
    // R: survival::aml (Miller 1997): weeks to relapse, with and without maintained chemotherapy.
    private static readonly Stay[] s_maintained = Stays([9, 13, 18, 23, 31, 34, 48], [13, 28, 45, 161]);
    private static readonly Stay[] s_nonmaintained = Stays([5, 5, 8, 8, 12, 23, 27, 30, 33, 43, 45], [16]);

    // Freireich et al. 1963: weeks in remission with 6-MP and with placebo.
    private static readonly Stay[] s_sixMp = Stays([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]);
    private static readonly Stay[] s_placebo = Stays([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], []);

    // Invented stays; the figures below are R's for exactly these.
    private static readonly int[] s_days = [12, 30, 30, 45, 60, 60, 75, 90, 90, 90, 120, 150, 150, 180, 210, 210, 240, 300, 300, 365];
    private static readonly int[] s_ends = [2, 1, 0, 2, 1, 1, 0, 2, 1, 0, 1, 1, 2, 0, 1, 2, 0, 1, 1, 0];

    [Fact]
    public void Medians_and_their_intervals_are_those_of_R()
    {
        // R: survfit(Surv(time, status) ~ x, conf.type = "log-log"); 6-MP and placebo also as printed by SAS.
        Median(s_maintained).ShouldBe((31, 13, null));
        Median(s_nonmaintained).ShouldBe((23, 5, 33));
        Median([.. s_maintained, .. s_nonmaintained]).ShouldBe((27, 13, 34));
        Median(s_sixMp).ShouldBe((23, 13, null));
        Median(s_placebo).ShouldBe((8, 4, 11));
    }

    [Fact]
    public void The_curve_is_that_of_R()
    {
        var curve = KaplanMeier.Of(s_maintained).Curve;

        curve.Where(p => p.Ended > 0).Select(p => (p.Days, p.AtRisk)).ShouldBe([(9, 11), (13, 10), (18, 8), (23, 7), (31, 5), (34, 4), (48, 2)]);
        var at48 = curve.Single(p => p.Days == 48);
        at48.Remaining.ShouldBe(0.18409091, 1e-8);
        at48.Lower.ShouldNotBeNull().ShouldBe(0.011738480, 1e-9);
        at48.Upper.ShouldNotBeNull().ShouldBe(0.52501484, 1e-8);
        var at13 = curve.Single(p => p.Days == 13);
        (at13.Ended, at13.StillIn).ShouldBe((1, 1));
        at13.Remaining.ShouldBe(0.81818182, 1e-8);
        at13.Lower.ShouldNotBeNull().ShouldBe(0.447428615, 1e-9);
    }

    [Fact]
    public void When_everybody_has_left_there_is_no_interval()
    {
        var last = KaplanMeier.Of(s_nonmaintained).Curve[^1];

        last.Remaining.ShouldBe(0);
        last.Lower.ShouldBeNull();
        last.Upper.ShouldBeNull();
    }

    [Fact]
    public void A_curve_that_rests_at_one_half_has_its_median_half_way() =>
        KaplanMeier.Of(Stays([1, 2, 3, 4], [])).MedianDays.ShouldBe(2.5);

    [Fact]
    public void Nobody_or_nobody_out_yet_has_no_median()
    {
        KaplanMeier.Of([]).MedianDays.ShouldBeNull();
        KaplanMeier.Of(Stays([], [10, 20])).ShouldSatisfyAllConditions(
            k => k.MedianDays.ShouldBeNull(),
            k => k.MedianUpper.ShouldBeNull(),
            k => k.N.ShouldBe(2),
            k => k.Ended.ShouldBe(0));
    }

    [Fact]
    public void Negative_days_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => KaplanMeier.Of([new Stay(-1, HasEnded: true)]));
        Should.Throw<ArgumentOutOfRangeException>(() => AalenJohansen.Of([new CompetingStay(-1, StayEnd.StillIn)]));
    }

    [Fact]
    public void With_every_exit_known_the_curve_is_the_plain_share_still_in() =>
        Gen.Choose(0, 60).NonEmptyListOf().Holds(days =>
        {
            foreach (var point in KaplanMeier.Of([.. days.Select(d => new Stay(d, HasEnded: true))]).Curve)
                point.Remaining.ShouldBe((double)days.Count(d => d > point.Days) / days.Count, 1e-10);
        });

    [Fact]
    public void A_curve_never_rises_and_lies_within_its_interval() =>
        CompetingStays().Holds(stays =>
        {
            var curve = KaplanMeier.Of([.. stays.Select(s => new Stay(s.Days, s.End != StayEnd.StillIn))]).Curve;
            curve.Select(p => p.Remaining).ShouldBe(curve.Select(p => p.Remaining).OrderDescending());
            curve.Where(p => p.Lower is not null).ShouldAllBe(p => p.Lower <= p.Remaining && p.Remaining <= p.Upper);
        });

    [Theory]
    [InlineData(30, 0.05, 0.00345401608468, 0.05)]
    [InlineData(60, 0.155882352941, 0.03861791512022, 0.102941176471)]
    [InlineData(90, 0.212895927602, 0.06591559639203, 0.159954751131)]
    [InlineData(150, 0.338325791855, 0.13684376198305, 0.222669683258)]
    [InlineData(210, 0.411493212670, 0.18146352557272, 0.295837104072)]
    [InlineData(300, 0.606606334842, 0.31506106799466, 0.295837104072)]
    public void Cumulative_incidence_is_that_of_R(int day, double positive, double lower, double other)
    {
        // R: survfit(Surv(days, factor(end, 0:2)) ~ 1, conf.type = "log-log"); the same shares from cmprsk::cuminc.
        var point = AalenJohansen.Of([.. s_days.Zip(s_ends, (d, e) => new CompetingStay(d, (StayEnd)e))]).Curve.Single(p => p.Days == day);

        point.Positive.ShouldBe(positive, 1e-11);
        point.Lower.ShouldNotBeNull().ShouldBe(lower, 1e-11);
        point.Other.ShouldBe(other, 1e-11);
    }

    [Fact]
    public void Competing_exits_leave_the_rest_still_in() =>
        CompetingStays().Holds(stays =>
        {
            var incidence = AalenJohansen.Of(stays).Curve;
            var remaining = KaplanMeier.Of([.. stays.Select(s => new Stay(s.Days, s.End != StayEnd.StillIn))]).Curve;
            foreach (var (point, km) in incidence.Zip(remaining))
            {
                point.Remaining.ShouldBe(km.Remaining, 1e-10);
                (point.Positive + point.Other + point.Remaining).ShouldBe(1, 1e-10);
                if (point.Lower is { } lower)
                    point.Positive.ShouldBeInRange(lower, point.Upper!.Value);
            }
        });

    [Fact]
    public void With_every_exit_known_incidence_and_its_variance_are_those_of_a_plain_share() =>
        CompetingStays().Select(stays => stays.Where(s => s.End != StayEnd.StillIn).ToArray()).Holds(stays =>
        {
            double n = stays.Length;
            foreach (var point in AalenJohansen.Of(stays).Curve)
            {
                double share = stays.Count(s => s.End == StayEnd.PositiveExit && s.Days <= point.Days) / n;
                point.Positive.ShouldBe(share, 1e-10);
                if (point.Lower is { } lower && share < 1 - 1e-9)
                {
                    double reach = 1.959963984540054 * Math.Sqrt(share * (1 - share) / n) / (share * -Math.Log(share));
                    lower.ShouldBe(Math.Pow(share, Math.Exp(reach)), 1e-7);
                }
            }
        });

    [Fact]
    public void Without_other_exits_incidence_has_the_standard_error_of_Kaplan_Meier() =>
        CompetingStays().Select(stays => stays.Where(s => s.End != StayEnd.OtherExit).ToArray()).Holds(stays =>
        {
            var incidence = AalenJohansen.Of(stays).Curve;
            var remaining = KaplanMeier.Of([.. stays.Select(s => new Stay(s.Days, s.End != StayEnd.StillIn))]).Curve;
            foreach (var (point, km) in incidence.Zip(remaining))
            {
                point.Positive.ShouldBe(1 - km.Remaining, 1e-10);
                if (km is { Remaining: > 1e-9, Lower: { } kmLower } && point.Lower is { } lower)
                {
                    StandardError(point.Positive, lower).ShouldBe(StandardError(km.Remaining, kmLower), 1e-7);
                }
            }
        });

    // The log-log interval turned around: what standard error gives this lower end?
    private static double StandardError(double p, double lower) =>
        Math.Log(Math.Log(lower) / Math.Log(p)) / 1.959963984540054 * p * -Math.Log(p);

    private static Gen<CompetingStay[]> CompetingStays() =>
        Gen.Choose(0, 40).Zip(Gen.Choose(0, 2)).Select(c => new CompetingStay(c.Item1, (StayEnd)c.Item2)).NonEmptyListOf().Select(l => l.ToArray());

    private static (double? Median, double? Lower, double? Upper) Median(Stay[] stays)
    {
        var curve = KaplanMeier.Of(stays);
        return (curve.MedianDays, curve.MedianLower, curve.MedianUpper);
    }

    private static Stay[] Stays(int[] ended, int[] stillIn) =>
        [.. ended.Select(d => new Stay(d, HasEnded: true)), .. stillIn.Select(d => new Stay(d, HasEnded: false))];
}
