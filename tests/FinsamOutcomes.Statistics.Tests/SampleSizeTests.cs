namespace FinsamOutcomes.Statistics.Tests;

[Properties(MaxTest = 300, QuietOnSuccess = true)]
public sealed class SampleSizeTests
{
    [Theory]
    [InlineData(0.3, 0.4, 356)] // R: power.prop.test(p1, p2, power = 0.8) gives 355.94
    [InlineData(0.05, 0.15, 141)] // 140.095
    public void Two_groups_need_what_R_gives(double first, double second, long n)
    {
        SampleSize.PerGroup(first, second).ShouldBe(n);
        SampleSize.PerGroup(second, first).ShouldBe(n);
        SampleSize.PerGroup(1 - first, 1 - second).ShouldBe(n);
    }

    [Fact]
    public void One_group_against_one_half_needs_194_to_see_ten_points() =>
        SampleSize.AgainstCentre(0.5, 0.6).ShouldBe(194); // (1.95996·0.5 + 0.84162·√0.24)² / 0.01 = 193.8

    [Fact]
    public void What_is_there_already_is_taken_off()
    {
        // Around 35 % in all, ten points are 30 % and 40 %: 356 in each group.
        var more = SampleSize.ToSeeDifference(Share.Of(35, 100), Share.Of(140, 400), 0.10);

        more.ShouldBe(new MoreExits(256, 0));
        more.Total.ShouldBe(256);
    }

    [Fact]
    public void Without_any_exits_the_answer_is_for_one_half() =>
        SampleSize.ToSeeDifference(Share.Of(0, 0), Share.Of(0, 0), 0.10)
            .ShouldBe(new MoreExits(SampleSize.PerGroup(0.45, 0.55), SampleSize.PerGroup(0.45, 0.55)));

    [Fact]
    public void An_insats_large_enough_needs_no_more() =>
        SampleSize.ToSeeDifferenceFromCentre(Share.Of(100, 200), 0.5, 0.10).ShouldBe(0);

    [Fact]
    public void A_small_insats_is_told_how_many_are_missing() =>
        SampleSize.ToSeeDifferenceFromCentre(Share.Of(10, 20), 0.5, 0.10).ShouldBe(174);

    [Fact]
    public void A_difference_beyond_all_shares_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => SampleSize.ToSeeDifferenceFromCentre(Share.Of(1, 2), 0.5, 0.6));
        Should.Throw<ArgumentOutOfRangeException>(() => SampleSize.ToSeeDifference(Share.Of(1, 2), Share.Of(1, 2), 0));
        Should.Throw<ArgumentOutOfRangeException>(() => SampleSize.PerGroup(0.4, 0.4));
        Should.Throw<ArgumentOutOfRangeException>(() => SampleSize.PerGroup(0.4, double.NaN));
    }

    [Property]
    public Property A_larger_difference_never_needs_more_exits() =>
        Cases.Shares(400).Two().Zip(Gen.Choose(1, 99)).Holds(c =>
        {
            var ((women, men), points) = c;
            var smaller = SampleSize.ToSeeDifference(women, men, points / 100.0);
            var larger = SampleSize.ToSeeDifference(women, men, (points + 1) / 100.0);
            larger.Women.ShouldBeLessThanOrEqualTo(smaller.Women);
            larger.Men.ShouldBeLessThanOrEqualTo(smaller.Men);
        });
}
