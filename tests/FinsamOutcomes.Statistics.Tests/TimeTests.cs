namespace FinsamOutcomes.Statistics.Tests;

[Properties(MaxTest = 300, QuietOnSuccess = true)]
public sealed class TimeTests
{
    // R: survival::aml (Miller 1997): weeks to relapse, with and without maintained chemotherapy.
    private static readonly FollowedTime[] s_maintained = Participations([9, 13, 18, 23, 31, 34, 48], [13, 28, 45, 161]);
    private static readonly FollowedTime[] s_nonmaintained = Participations([5, 5, 8, 8, 12, 23, 27, 30, 33, 43, 45], [16]);

    // Freireich et al. 1963: weeks in remission with 6-MP and with placebo.
    private static readonly FollowedTime[] s_sixMp = Participations([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]);
    private static readonly FollowedTime[] s_placebo = Participations([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], []);

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
    public void A_curve_that_rests_at_one_half_has_its_median_half_way() => KaplanMeier.Of(Participations([1, 2, 3, 4], [])).MedianDays.ShouldBe(2.5);

    // R: set.seed(20260); daysBefore <- ifelse(runif(n) < .5, -1, sample(0:60, n, TRUE)); days <- daysBefore + sample(1:80, n, TRUE);
    // ended <- runif(n) < .7; survfit(Surv(daysBefore, days, ended) ~ 1, conf.type = "log-log"), survival 3.5-3.
    [Theory]
    [InlineData(
        new[] { 29, 33, 48, 59, -1, -1, 48, -1, 41, -1, 4, -1, -1, -1, 29, 47, -1, -1, -1, -1 },
        new[] { 33, 80, 74, 120, 59, 8, 114, 56, 42, 31, 22, 42, 72, 39, 64, 70, 34, 34, 7, 17 },
        "11011010110100101110",
        42,
        31,
        80,
        64)]
    [InlineData(
        new[]
        {
            -1, 21, 8, -1, -1, -1, 5, -1, -1, -1, 15, 19, 58, 16, 43, -1, -1, -1, 38, 4, -1, -1, 2, 17, 55, -1, 49, -1, -1, -1, -1, -1, 52,
            58, 3, -1, 40, -1, 40, 1,
        },
        new[]
        {
            29, 99, 17, 35, 21, 61, 55, 34, 6, 20, 68, 83, 105, 93, 118, 70, 16, 41, 46, 21, 5, 50, 72, 63, 88, 1, 69, 55, 14, 45, 13, 5,
            88, 102, 11, 28, 69, 67, 80, 17,
        },
        "1111111011111110011111010010010101011011",
        45,
        21,
        68,
        63)]
    [InlineData(
        new[] { 34, -1, 42, -1, -1, 56, -1, 17, -1, 47, 50, 16, 44, -1, -1, 43 },
        new[] { 84, 34, 46, 24, 3, 73, 59, 48, 29, 86, 52, 19, 105, 1, 37, 60 },
        "1110101111000111",
        34,
        1,
        48,
        59)]
    public void Who_came_before_the_period_is_at_risk_only_from_then_as_in_R(
        int[] before,
        int[] days,
        string ended,
        double median,
        double lower,
        double upper,
        double withoutEntry)
    {
        var stays = days.Select((d, i) => new FollowedTime(d, ended[i] == '1', before[i])).ToArray();

        Median(stays).ShouldBe((median, lower, upper));
        Median([.. stays.Select(s => s with { DaysBefore = -1 })]).Median.ShouldBe(withoutEntry);
    }

    [Fact]
    public void The_curve_with_delayed_entry_is_that_of_R()
    {
        var curve = KaplanMeier.Of([new(5, false), new(8, true), new(20, true), new(9, true, 4), new(30, true, 4), new(25, true, 10)]).Curve;

        curve.Select(p => (p.Days, p.AtRisk, p.Ended)).ShouldBe([(5, 5, 0), (8, 4, 1), (9, 3, 1), (20, 3, 1), (25, 2, 1), (30, 1, 1)]);
        curve.Select(p => Math.Round(p.Remaining, 6)).ShouldBe([1, 0.75, 0.5, 0.333333, 0.166667, 0]);
    }

    [Fact]
    public void At_exactly_one_half_the_median_is_the_mean_of_that_day_and_the_next_exit_as_in_R()
    {
        KaplanMeier.Of([new(5, false), new(8, true), new(20, true), new(9, true, 4), new(30, true, 4), new(25, true, 10)]).MedianDays.ShouldBe(14.5);
        KaplanMeier.Of([new(5, true), new(6, true), new(9, true, 2), new(12, true, 2)]).MedianDays.ShouldBe(7.5);
        KaplanMeier.Of([new(5, true), new(6, false)]).MedianDays.ShouldBe(5);
    }

    [Fact]
    public void When_all_at_risk_have_left_before_the_last_come_there_is_no_median()
    {
        KaplanMeier.Of([new(3, true), new(300, true, 200), new(400, false, 250)]).MedianDays.ShouldBeNull();
        KaplanMeier.Of([new(3, false), new(300, true, 200), new(400, false, 250)]).MedianDays.ShouldBe(300);
    }

    [Fact]
    public void A_stay_that_ended_before_it_was_followed_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => KaplanMeier.Of([new FollowedTime(5, HasEnded: true, DaysBefore: 5)]));

    [Property]
    public Property The_median_with_delayed_entry_is_what_a_walk_from_day_to_day_finds() =>
        Gen.Choose(-1, 20)
            .Zip(Gen.Choose(1, 25))
            .Zip(Gen.Choose(0, 3))
            .Select(c => new FollowedTime(c.Item1.Item1 + c.Item1.Item2, c.Item2 > 0, c.Item1.Item1))
            .NonEmptyListOf()
            .Holds(stays =>
            {
                // Fractions of whole numbers, so that one half is one half.
                System.Numerics.BigInteger top = 1,
                    bottom = 1;
                double? median = null;
                for (int day = 0, half = -1; day <= 45 && median is null; day++)
                {
                    int risk = stays.Count(s => s.DaysBefore < day && day <= s.Days),
                        out_ = stays.Count(s => s.Days == day && s.HasEnded);
                    if (out_ == 0)
                        continue;
                    if (half >= 0)
                        median = (half + day) / 2.0;
                    if (risk == out_ && stays.Any(s => s.DaysBefore >= day))
                        break;
                    (top, bottom) = (top * (risk - out_), bottom * risk);
                    if (median is null && 2 * top < bottom)
                        median = day;
                    else if (2 * top == bottom)
                        half = day;
                    if (median is null && half == day && !stays.Any(s => s.HasEnded && s.Days > day))
                        median = day;
                }

                KaplanMeier.Of([.. stays]).MedianDays.ShouldBe(median);
            });

    [Fact]
    public void Nobody_or_nobody_out_yet_has_no_median()
    {
        KaplanMeier.Of([]).MedianDays.ShouldBeNull();
        KaplanMeier
            .Of(Participations([], [10, 20]))
            .ShouldSatisfyAllConditions(k => k.MedianDays.ShouldBeNull(), k => k.MedianUpper.ShouldBeNull(), k => k.N.ShouldBe(2), k => k.Ended.ShouldBe(0));
    }

    [Fact]
    public void Negative_days_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => KaplanMeier.Of([new FollowedTime(-1, HasEnded: true)]));
        Should.Throw<ArgumentOutOfRangeException>(() => AalenJohansen.Of([new CompetingTime(-1, FollowUpEnd.StillIn)]));
    }

    [Fact]
    public void Days_that_are_added_up_in_any_order_give_the_curve_of_their_stays()
    {
        FollowedTime[] stays = [new(5, false), new(8, true), new(20, true), new(9, true, 4), new(30, true, 4), new(25, true, 10), new(8, true)];
        var days = KaplanMeier.OfDays(
        [
            new(20, 0, 0, 1, 0), new(8, 0, 1, 0, 0), new(-1, 4, 0, 0, 0), new(8, 0, 0, 1, 0), new(9, 0, 1, 0, 0), new(30, 0, 1, 0, 0),
            new(4, 2, 0, 0, 0), new(10, 1, 0, 0, 0), new(5, 0, 0, 0, 1), new(25, 0, 0, 1, 0),
        ]);
        var expected = KaplanMeier.Of(stays);
        days.Curve.ShouldBe(expected.Curve);
        (days.N, days.Ended, days.MedianDays, days.CutOffDay).ShouldBe((expected.N, expected.Ended, expected.MedianDays, expected.CutOffDay));

        Should.Throw<ArgumentOutOfRangeException>(() => KaplanMeier.OfDays([new(-1, 1, 0, 0, 0), new(3, 0, 2, 0, 0)]));
        Should.Throw<ArgumentOutOfRangeException>(() => AalenJohansen.OfDays([new(-1, 2, 0, 0, 0), new(3, 0, 1, 0, 0)]));
        Should.Throw<ArgumentOutOfRangeException>(() => ExitCurve.OfDays([new(3, 1, 1, 0, 0)], 30));
        Should.Throw<ArgumentOutOfRangeException>(() => KaplanMeier.OfDays([new(-1, 1, 0, -1, 2)]));
    }

    [Property]
    public Property With_every_exit_known_the_curve_is_the_plain_share_still_in() =>
        Gen.Choose(0, 60)
            .NonEmptyListOf()
            .Holds(days =>
            {
                foreach (var point in KaplanMeier.Of([.. days.Select(d => new FollowedTime(d, HasEnded: true))]).Curve)
                    point.Remaining.ShouldBe((double)days.Count(d => d > point.Days) / days.Count, 1e-10);
            });

    [Property]
    public Property A_curve_never_rises_and_lies_within_its_interval() =>
        CompetingTimes()
            .Holds(stays =>
            {
                var curve = KaplanMeier.Of([.. stays.Select(s => new FollowedTime(s.Days, s.End != FollowUpEnd.StillIn))]).Curve;
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
        var point = AalenJohansen.Of([.. s_days.Zip(s_ends, (d, e) => new CompetingTime(d, (FollowUpEnd)e))]).Curve.Single(p => p.Days == day);

        point.Positive.ShouldBe(positive, 1e-11);
        point.Lower.ShouldNotBeNull().ShouldBe(lower, 1e-11);
        point.Other.ShouldBe(other, 1e-11);
    }

    [Property]
    public Property Competing_exits_leave_the_rest_still_in() =>
        CompetingTimes()
            .Holds(stays =>
            {
                var incidence = AalenJohansen.Of(stays).Curve;
                var remaining = KaplanMeier.Of([.. stays.Select(s => new FollowedTime(s.Days, s.End != FollowUpEnd.StillIn))]).Curve;
                foreach (var (point, km) in incidence.Zip(remaining))
                {
                    point.Remaining.ShouldBe(km.Remaining, 1e-10);
                    (point.Positive + point.Other + point.Remaining).ShouldBe(1, 1e-10);
                    if (point.Lower is { } lower)
                        point.Positive.ShouldBeInRange(lower, point.Upper!.Value);
                }
            });

    [Property]
    public Property With_every_exit_known_incidence_and_its_variance_are_those_of_a_plain_share() =>
        CompetingTimes()
            .Select(stays => stays.Where(s => s.End != FollowUpEnd.StillIn).ToArray())
            .Holds(stays =>
            {
                double n = stays.Length;
                foreach (var point in AalenJohansen.Of(stays).Curve)
                {
                    double share = stays.Count(s => s.End == FollowUpEnd.PositiveExit && s.Days <= point.Days) / n;
                    point.Positive.ShouldBe(share, 1e-10);
                    if (point.Lower is { } lower && share < 1 - 1e-9)
                    {
                        double reach = 1.959963984540054 * Math.Sqrt(share * (1 - share) / n) / (share * -Math.Log(share));
                        lower.ShouldBe(Math.Pow(share, Math.Exp(reach)), 1e-7);
                    }
                }
            });

    [Property]
    public Property Without_other_exits_incidence_has_the_standard_error_of_Kaplan_Meier() =>
        CompetingTimes()
            .Select(stays => stays.Where(s => s.End != FollowUpEnd.OtherExit).ToArray())
            .Holds(stays =>
            {
                var incidence = AalenJohansen.Of(stays).Curve;
                var remaining = KaplanMeier.Of([.. stays.Select(s => new FollowedTime(s.Days, s.End != FollowUpEnd.StillIn))]).Curve;
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
    private static double StandardError(double p, double lower) => Math.Log(Math.Log(lower) / Math.Log(p)) / 1.959963984540054 * p * -Math.Log(p);

    private static Gen<CompetingTime[]> CompetingTimes() =>
        Gen.Choose(0, 40).Zip(Gen.Choose(0, 2)).Select(c => new CompetingTime(c.Item1, (FollowUpEnd)c.Item2)).NonEmptyListOf().Select(l => l.ToArray());

    private static (double? Median, double? Lower, double? Upper) Median(FollowedTime[] stays)
    {
        var curve = KaplanMeier.Of(stays);
        return (curve.MedianDays, curve.MedianLower, curve.MedianUpper);
    }

    private static FollowedTime[] Participations(int[] ended, int[] stillIn) =>
        [.. ended.Select(d => new FollowedTime(d, HasEnded: true)), .. stillIn.Select(d => new FollowedTime(d, HasEnded: false))];
}
