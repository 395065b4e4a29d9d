namespace FinsamOutcomes.Statistics.Tests;

[Properties(MaxTest = 300, QuietOnSuccess = true)]
public sealed class ShareTests
{
    [Fact]
    public void A_share_of_zero_exits_has_no_data()
    {
        var share = Share.Of(0, 0);

        share.Value.ShouldBeNull();
        share.Lower.ShouldBeNull();
        share.Upper.ShouldBeNull();
        default(Share).ShouldBe(share);
    }

    [Fact]
    public void A_share_of_none_is_zero_and_not_missing()
    {
        var share = Share.Of(0, 10);

        share.Value.ShouldBe(0);
        share.Lower.ShouldBe(0);
        share.Upper.ShouldNotBeNull().ShouldBe(0.277532799862889, 1e-12); // R: prop.test(0, 10, correct = FALSE)
    }

    [Fact]
    public void A_percentage_is_a_headline_from_ten_and_up()
    {
        Share.Of(3, 9).CarriesHeadline.ShouldBeFalse();
        Share.Of(3, 10).CarriesHeadline.ShouldBeTrue();
    }

    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)] // Newcombe 1998, Statistics in Medicine 17:857–872, table I, method 3
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilson_intervals_are_those_Newcombe_printed(long x, long n, double lower, double upper)
    {
        Share.Of(x, n).Lower.ShouldNotBeNull().ShouldBe(lower, 0.00005);
        Share.Of(x, n).Upper.ShouldNotBeNull().ShouldBe(upper, 0.00005);
    }

    [Theory]
    [InlineData(-1, 10)]
    [InlineData(11, 10)]
    [InlineData(0, -1)]
    public void An_impossible_share_is_refused(long x, long n) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Share.Of(x, n));

    [Property]
    public Property Each_end_of_a_Wilson_interval_is_a_share_just_at_the_edge_of_the_score_test() =>
        Cases.Shares().Holds(share =>
        {
            double p = share.Value!.Value;
            foreach (double end in new[] { share.Lower!.Value, share.Upper!.Value }.Where(e => e is > 0 and < 1))
                (Math.Abs(p - end) / Math.Sqrt(end * (1 - end) / share.Denominator)).ShouldBe(1.959963984540054, 1e-6);
        });

    [Property]
    public Property An_interval_lies_within_0_and_1_around_its_share() =>
        Cases.Shares().Holds(share =>
        {
            share.Lower!.Value.ShouldBeInRange(0, share.Value!.Value);
            share.Upper!.Value.ShouldBeInRange(share.Value!.Value, 1);
        });

    [Property]
    public Property The_complement_has_the_mirrored_interval() =>
        Cases.Shares().Holds(share =>
        {
            var rest = Share.Of(share.Complement, share.Denominator);
            rest.Lower!.Value.ShouldBe(1 - share.Upper!.Value, 1e-12);
            rest.Upper!.Value.ShouldBe(1 - share.Lower!.Value, 1e-12);
        });

    [Property]
    public Property Ten_times_the_exits_with_the_same_share_gives_a_narrower_interval() =>
        Cases.Shares().Holds(share =>
        {
            var more = Share.Of(10 * share.Numerator, 10 * share.Denominator);
            (more.Upper - more.Lower)!.Value.ShouldBeLessThan((share.Upper - share.Lower)!.Value);
        });

    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)] // Newcombe 1998, Statistics in Medicine 17:873–890, table II, method 10
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(6, 7, 2, 7, 0.0582, 0.8062)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    [InlineData(0, 10, 0, 20, -0.1611, 0.2775)]
    [InlineData(0, 10, 0, 10, -0.2775, 0.2775)]
    [InlineData(10, 10, 0, 20, 0.6791, 1.0000)]
    [InlineData(10, 10, 0, 10, 0.6075, 1.0000)]
    public void Differences_have_the_intervals_that_Newcombe_printed(long x1, long n1, long x2, long n2, double lower, double upper)
    {
        var difference = ShareDifference.Of(Share.Of(x1, n1), Share.Of(x2, n2));

        difference.Lower.ShouldNotBeNull().ShouldBe(lower, 0.00005);
        difference.Upper.ShouldNotBeNull().ShouldBe(upper, 0.00005);
    }

    [Fact]
    public void A_difference_without_men_has_no_data()
    {
        var difference = ShareDifference.Of(Share.Of(3, 10), Share.Of(0, 0));

        difference.Value.ShouldBeNull();
        difference.Lower.ShouldBeNull();
        difference.Upper.ShouldBeNull();
        difference.FisherP().ShouldBeNull();
    }

    [Property]
    public Property Men_minus_women_is_women_minus_men_mirrored_and_within_plus_minus_1() =>
        Cases.Shares().Two().Holds(pair =>
        {
            var (women, men) = pair;
            var there = ShareDifference.Of(women, men);
            var back = ShareDifference.Of(men, women);
            there.Value!.Value.ShouldBe(-back.Value!.Value);
            there.Lower!.Value.ShouldBe(-back.Upper!.Value, 1e-12);
            there.Lower!.Value.ShouldBeInRange(-1 - 1e-12, there.Value!.Value);
            there.Upper!.Value.ShouldBeInRange(there.Value!.Value, 1 + 1e-12);
        });
}
