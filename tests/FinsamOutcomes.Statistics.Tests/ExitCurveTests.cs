namespace FinsamOutcomes.Statistics.Tests;

/// <summary>The curves of exits at marks, against R, and what of them may be shown.</summary>
[Properties(MaxTest = 300, QuietOnSuccess = true)]
public sealed class ExitCurveTests
{
    // R 4.2.2, survival 3.5-3: set.seed(20261); before <- ifelse(runif(40) < .5, -1, sample(0:60, 40, TRUE));
    // days <- before + sample(1:80, 40, TRUE); end <- sample(0:2, 40, TRUE, c(.3, .4, .3)).
    private static readonly int[] s_before = [43, -1, 14, -1, 43, -1, -1, -1, -1, -1, 16, 1, -1, -1, 56, 58, -1, 45, 20, 53, 38, -1, -1, 11, 0, -1, -1, 15, 18,
        35, 22, 30, 48, 4, -1, 53, -1, 22, -1, 60];
    private static readonly int[] s_days = [80, 27, 34, 73, 75, 13, 51, 9, 78, 72, 51, 58, 21, 39, 88, 82, 55, 82, 100, 113, 60, 1, 18, 59, 48, 12, 54, 92, 47,
        103, 85, 57, 64, 51, 45, 117, 1, 69, 49, 63];
    private const string Ends = "1122112000200202112210010102102122201101";

    private static CompetingTime[] Participations => [.. s_days.Select((d, i) => new CompetingTime(d, (FollowUpEnd)(Ends[i] - '0'), s_before[i]))];

    [Theory]
    [InlineData(20, 0.839506172840, 0.581149960268, 0.945172121880, 0.160493827160, 0.039831685971, 0.353997574698, 0)]
    [InlineData(40, 0.726845171290, 0.490139800348, 0.866973591598, 0.200470311581, 0.062416691978, 0.394129012246, 0.072684517129)]
    [InlineData(60, 0.454747264663, 0.269689332759, 0.622604383782, 0.345964076841, 0.172934965748, 0.526237078060, 0.199288658496)]
    [InlineData(90, 0.190129625588, 0.077152491511, 0.341078806008, 0.491647815927, 0.300183739038, 0.657768972138, 0.318222558485)]
    public void At_its_marks_the_curves_with_delayed_entry_are_those_of_R(int day, double remaining, double lower, double upper, double positive,
        double positiveLower, double positiveUpper, double other)
    {
        // survfit(Surv(before, days, end > 0) ~ 1, conf.type = "log-log") and
        // survfit(Surv(before, days, factor(end, 0:2)) ~ 1, id = 1:40), summary(…, times = day); the variance of the share of
        // positive exits is that of etm 1.1.1: etm(…, entry = before + 1, exit = days + 1, s = 0).
        var mark = ExitCurve.Of(Participations, 10).Single(m => m.Days == day);

        mark.Remaining!.Share.ShouldBe(remaining, 1e-11);
        mark.Remaining.Lower!.Value.ShouldBe(lower, 1e-11);
        mark.Remaining.Upper!.Value.ShouldBe(upper, 1e-11);
        mark.Positive!.Share.ShouldBe(positive, 1e-11);
        mark.Positive.Lower!.Value.ShouldBe(positiveLower, 1e-11);
        mark.Positive.Upper!.Value.ShouldBe(positiveUpper, 1e-11);
        mark.Other!.Share.ShouldBe(other, 1e-11);
    }

    [Fact]
    public void Those_at_risk_at_a_mark_are_those_before_it_and_what_came_and_went()
    {
        var marks = ExitCurve.Of(Participations, 20);

        marks.Select(m => m.Days).ShouldBe([0, 20, 40, 60, 80, 100, 120]);
        foreach (var (mark, i) in marks.Select((m, i) => (m, i)))
        {
            // Followed from their first day at the start; else begun by then, and seen on a later day.
            mark.AtRisk.ShouldBe(
                i == 0 ? Participations.Count(s => s.DaysBefore == -1) : Participations.Count(s => s.DaysBefore <= mark.Days && s.Days > mark.Days));
            if (i > 0)
                mark.AtRisk.ShouldBe(marks[i - 1].AtRisk + mark.Flow.Entered - mark.Flow.PositiveExits - mark.Flow.OtherExits - mark.Flow.StillIn);
        }
        // Nobody is followed to day 120: the last is still in on day 117.
        (marks[^1].AtRisk, marks[^1].Remaining).ShouldBe((0, null));
    }

    [Fact]
    public void Beyond_the_last_day_that_anybody_is_followed_to_the_curve_says_nothing()
    {
        ExitCurve.Of([new(10, FollowUpEnd.PositiveExit), new(40, FollowUpEnd.StillIn)], 30).Select(m => m.Remaining?.Share).ShouldBe([1, 0.5, null]);
        ExitCurve.Of([new(10, FollowUpEnd.PositiveExit), new(60, FollowUpEnd.StillIn)], 30).Select(m => m.Remaining?.Share).ShouldBe([1, 0.5, 0.5]);
        ExitCurve.Of([new(10, FollowUpEnd.PositiveExit), new(40, FollowUpEnd.OtherExit)], 30).Select(m => m.Remaining?.Share).ShouldBe([1, 0.5, 0]);
        ExitCurve.Of([], 30).ShouldBeEmpty();
        Should.Throw<ArgumentOutOfRangeException>(() => ExitCurve.Of([], 0));
    }

    [Fact]
    public void Where_all_at_risk_have_left_before_others_are_followed_the_curve_ends()
    {
        var marks = ExitCurve.Of([new(3, FollowUpEnd.PositiveExit), new(70, FollowUpEnd.OtherExit, 50), new(90, FollowUpEnd.StillIn, 55)], 30);

        marks.Select(m => m.Remaining?.Share).ShouldBe([1, null, null, null]);
        marks.Select(m => m.AtRisk).ShouldBe([1, 0, 2, 0]);
    }

    [Property]
    public Property Positive_other_and_still_in_are_everybody_also_with_delayed_entry() =>
        AnyParticipations(60).Holds(stays =>
        {
            foreach (var mark in ExitCurve.Of(stays, 7).Where(m => m.Remaining is not null))
            {
                (mark.Remaining!.Share + mark.Positive!.Share + mark.Other!.Share).ShouldBe(1, 1e-9);
                foreach (var value in new[] { mark.Remaining, mark.Positive }.Where(v => v.Lower is not null))
                    value.Share.ShouldBeInRange(value.Lower!.Value, value.Upper!.Value);
            }
        });

    [Property]
    public Property No_count_between_shown_marks_or_after_the_last_is_one_to_four() =>
        AnyParticipations(400).Zip(AnyParticipations(150)).Zip(AnyParticipations(6)).Holds(parts =>
        {
            var (women, men, unknown) = (parts.Item1.Item1, parts.Item1.Item2, parts.Item2);
            CompetingTime[][] groups = [women, men, unknown, [.. women, .. men, .. unknown]];
            var marks = groups.Select(g => ExitCurve.Of(g, 10)).ToList();
            var shown = CurveDisclosure.Marks(marks);
            foreach (var (places, stays) in shown.Zip(groups))
            {
                Attack(places.Remaining, stays, isSplit: false);
                Attack(places.Exits, stays, isSplit: true);
                places.Exits.ShouldBeSubsetOf(places.Remaining);
            }

            // Side by side they have the same marks as far as both go, so that no two give a third between marks.
            foreach (var of in new Func<ShownMarks, IReadOnlyList<int>>[] { m => m.Remaining, m => m.Exits })
            {
                foreach (var one in shown.Select(of).Where(s => s.Count > 0))
                {
                    foreach (var other in shown.Select(of).Where(s => s.Count >= one.Count))
                        other.Take(one.Count).ShouldBe(one);
                }
            }

            // Counted from the stays themselves, and not from what the rule looked at.
            static void Attack(IReadOnlyList<int> places, CompetingTime[] stays, bool isSplit)
            {
                if (places.Count == 0)
                    return;
                places[0].ShouldBe(0);
                stays.Length.ShouldBeGreaterThanOrEqualTo(10);
                foreach (var (from, to) in places.Select(p => p * 10).Zip(places.Skip(1).Select(p => p * 10).Append(100_000)))
                {
                    int positive = Left(FollowUpEnd.PositiveExit), other = Left(FollowUpEnd.OtherExit);
                    int[] counts = [positive + other, Left(FollowUpEnd.StillIn), stays.Count(s => s.DaysBefore >= 0 && IsWithin(s.DaysBefore, from, to)),
                        .. isSplit ? [positive, other] : Array.Empty<int>()];
                    counts.ShouldAllBe(c => c == 0 || c >= 5);
                    if (to < 100_000)
                        stays.Count(s => s.DaysBefore <= to && s.Days > to).ShouldBeGreaterThanOrEqualTo(5);

                    int Left(FollowUpEnd end) => stays.Count(s => s.End == end && IsWithin(s.Days, from, to));
                }
            }
        });

    [Fact]
    public void A_large_group_keeps_its_months_and_a_small_one_beside_it_does_not_take_them()
    {
        // Every ten days ten leave for work and ten otherwise, until none are left.
        CompetingTime[] large = [.. Enumerable.Range(1, 200)
            .Select(i => new CompetingTime((i + 9) / 10 * 10, i % 2 == 0 ? FollowUpEnd.PositiveExit : FollowUpEnd.OtherExit))];
        CompetingTime[] small = [.. Enumerable.Range(1, 9).Select(i => new CompetingTime(i * 20, FollowUpEnd.PositiveExit))];
        CompetingTime[] middling = [.. Enumerable.Range(1, 24).Select(i => new CompetingTime(i * 8, FollowUpEnd.PositiveExit))];

        CurveDisclosure.Marks([ExitCurve.Of(large, 10), ExitCurve.Of(small, 10)]).Select(m => (m.Remaining.Count, m.Exits.Count)).ShouldBe([(20, 20), (0, 0)]);
        // Of 24 who leave one by one there is a mark where five have left since the one before and five are in; the nine who are
        // left after the third tell nothing.
        CurveDisclosure.Marks([ExitCurve.Of(middling, 10)])[0].Remaining.ShouldBe([0, 4, 8, 12]);
        CurveDisclosure.Marks([ExitCurve.Of(large, 10), ExitCurve.Of(middling, 10)]).Select(m => m.Remaining)
            .ShouldBe([[0, 4, 8, 12, 13, 14, 15, 16, 17, 18, 19], [0, 4, 8, 12]]);
    }

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(0.5001, 0.51)]
    [InlineData(0.4999, 0.5)]
    [InlineData(0.0001, 0.01)]
    [InlineData(0.9999, 0.99)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(0.734, 0.73)]
    public void A_share_in_whole_per_cent_stays_on_its_side_of_nobody_one_half_and_everybody(double share, double expected)
    {
        var coarse = CurveDisclosure.Coarse(new(share, share - 0.003, share + 0.003));

        coarse.Share.ShouldBe(expected, 1e-12);
        coarse.Lower!.Value.ShouldBeLessThanOrEqualTo(share - 0.003);
        coarse.Upper!.Value.ShouldBeGreaterThanOrEqualTo(share + 0.003);
        (coarse.Lower.Value * 100).ShouldBe(Math.Round(coarse.Lower.Value * 100), 1e-9);
    }

    private static bool IsWithin(int day, int from, int to) => (day > from || (from == 0 && day == 0)) && day <= to;

    private static Gen<CompetingTime[]> AnyParticipations(int most) =>
        Gen.Choose(-30, 40).Zip(Gen.Choose(1, 60)).Zip(Gen.Choose(0, 2))
            .Select(c => (Before: Math.Max(-1, c.Item1.Item1), More: c.Item1.Item2, End: (FollowUpEnd)c.Item2))
                .Select(c => new CompetingTime(c.Before + c.More, c.End, c.Before))
            .ListOf().Zip(Gen.Choose(1, most)).Select(l => (Of: l.Item1.ToArray(), Size: l.Item2))
            .Select(l => l.Of.Length == 0 ? [] : Enumerable.Range(0, l.Size).Select(i => l.Of[i % l.Of.Length]).ToArray());
}
