namespace FinsamOutcomes.Statistics.Tests;

[Properties(MaxTest = 300, QuietOnSuccess = true)]
public sealed class DisclosureTests
{
    [Fact]
    public void Minst_5_hides_1_to_4_and_shows_0_and_5()
    {
        long?[] shown = [.. Enumerable.Range(0, 7).Select(count => DisclosureControl.Count(PublicationPolicy.Minst5, count))];

        shown.ShouldBe([0L, null, null, null, null, 5L, 6L]);
    }

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
    public void A_share_without_data_is_not_hidden(PublicationPolicy policy)
    {
        DisclosureControl.Share(policy, Share.Of(0, 0)).ShouldNotBeNull().Value.ShouldBeNull();
        DisclosureControl.HidesMean(policy, 0).ShouldBeFalse();
    }

    [Fact]
    public void Rounded_shares_come_from_rounded_counts()
    {
        DisclosureControl.Share(PublicationPolicy.AvrundatTill5, Share.Of(52, 127)).ShouldBe(Share.Of(50, 125));
        DisclosureControl.Share(PublicationPolicy.AvrundatTill5, Share.Of(1, 2)).ShouldBeNull();
    }

    [Fact]
    public void A_difference_is_hidden_with_either_of_its_shares()
    {
        var open = ShareDifference.Of(Share.Of(10, 20), Share.Of(10, 30));
        var closed = ShareDifference.Of(Share.Of(10, 20), Share.Of(3, 30));

        DisclosureControl.Difference(PublicationPolicy.Minst5, open).ShouldBe(open);
        DisclosureControl.Difference(PublicationPolicy.Minst5, closed).ShouldBeNull();
        DisclosureControl.Difference(PublicationPolicy.Internt, closed).ShouldBe(closed);
    }

    [Theory]
    [InlineData(PublicationPolicy.Minst5, 4, true)]
    [InlineData(PublicationPolicy.Minst5, 5, false)]
    [InlineData(PublicationPolicy.AvrundatTill5, 1, true)]
    [InlineData(PublicationPolicy.Internt, 1, false)]
    public void Means_of_fewer_than_5_are_hidden_outside_the_office(PublicationPolicy policy, long n, bool hidden) =>
        DisclosureControl.HidesMean(policy, n).ShouldBe(hidden);

    [Property]
    public Property What_minst_5_shows_of_a_share_never_gives_a_count_of_1_to_4_away() =>
        Cases.Shares(40).Holds(share =>
        {
            if (DisclosureControl.Share(PublicationPolicy.Minst5, share) is { } shown)
            {
                long[] told = [shown.Numerator, shown.Complement, shown.Denominator];
                told.ShouldAllBe(count => DisclosureControl.Count(PublicationPolicy.Minst5, count) == count);
            }
        });

    [Property]
    public Property Every_rounded_count_leaves_at_least_3_possible_values() =>
        Gen.Choose(0, 500).Holds(count =>
        {
            long? shown = DisclosureControl.Count(PublicationPolicy.AvrundatTill5, count);
            Enumerable.Range(0, 510).Count(other => DisclosureControl.Count(PublicationPolicy.AvrundatTill5, other) == shown)
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
