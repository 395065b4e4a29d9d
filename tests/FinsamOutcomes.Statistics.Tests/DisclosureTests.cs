namespace FinsamOutcomes.Statistics.Tests;

[Properties(MaxTest = 300, QuietOnSuccess = true)]
public sealed class DisclosureTests
{
    [Theory]
    [InlineData(10, 20, true)]
    [InlineData(4, 20, false)]
    [InlineData(16, 20, false)]
    [InlineData(0, 20, true)]
    [InlineData(20, 20, true)]
    [InlineData(0, 4, false)]
    [InlineData(4, 4, false)]
    [InlineData(5, 9, false)]
    [InlineData(5, 10, true)]
    public void Minst_5_hides_a_share_with_a_small_numerator_complement_or_denominator(long x, long n, bool shown) =>
        DisclosureControl.Share(PublicationPolicy.Minst5, Share.Of(x, n)).ShouldBe(shown ? Share.Of(x, n) : null);

    [Theory]
    [InlineData(PublicationPolicy.Minst5)]
    [InlineData(PublicationPolicy.AvrundatTill5)]
    [InlineData(PublicationPolicy.Internt)]
    public void A_share_without_data_is_not_hidden(PublicationPolicy policy) =>
        DisclosureControl.Share(policy, Share.Of(0, 0)).ShouldNotBeNull().Value.ShouldBeNull();

    [Fact]
    public void Rounded_shares_come_from_rounded_counts()
    {
        DisclosureControl.Share(PublicationPolicy.AvrundatTill5, Share.Of(52, 127)).ShouldBe(Share.Of(50, 125));
        DisclosureControl.Share(PublicationPolicy.AvrundatTill5, Share.Of(1, 2)).ShouldBeNull();
    }

    [Property]
    public Property What_minst_5_shows_of_a_share_never_gives_a_count_of_1_to_4_away() =>
        Cases.Shares(40).Holds(share =>
        {
            if (DisclosureControl.Share(PublicationPolicy.Minst5, share) is { } shown)
            {
                long[] told = [shown.Numerator, shown.Complement, shown.Denominator];
                told.ShouldAllBe(count => count == 0 || count >= 5);
            }
        });

    [Property]
    public Property Every_rounded_count_leaves_at_least_3_possible_values() =>
        Gen.Choose(0, 500).Holds(count =>
        {
            var shown = Rounding.ToNearestFive(count);
            Enumerable.Range(0, 510).Count(other => Rounding.ToNearestFive(other) == shown)
                .ShouldBeGreaterThanOrEqualTo(3);
        });

    [Fact]
    public void Every_policy_has_a_code_that_can_be_read_back_and_words_for_the_reader()
    {
        foreach (var policy in Enum.GetValues<PublicationPolicy>())
        {
            PublicationPolicies.TryParse(policy.ToCode(), out var read).ShouldBeTrue();
            read.ShouldBe(policy);
            policy.ToSwedish().ShouldNotBeEmpty();
            policy.Explanation().ShouldEndWith(".");
        }

        PublicationPolicies.TryParse("minst 3", out _).ShouldBeFalse();
        PublicationPolicies.TryParse(null, out _).ShouldBeFalse();
    }
}
