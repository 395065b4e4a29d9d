namespace FinsamOutcomes.Statistics.Tests;

[Properties(MaxTest = 300, QuietOnSuccess = true)]
public sealed class PairedTests
{
    // R: ?wilcox.test, depression data of Hollander & Wolfe (1973), 29f.
    private static readonly (double Before, double After)[] s_depression =
    [
        (1.83, 0.878), (0.50, 0.647), (1.62, 0.598), (2.48, 2.05), (1.68, 1.06),
        (1.88, 1.29), (1.55, 1.06), (3.06, 3.14), (1.30, 1.29),
    ];

    // R: data(sleep), Student 1908: drug 1 and drug 2 in ten patients.
    private static readonly (double Before, double After)[] s_sleep =
    [
        (0.7, 1.9), (-1.6, 0.8), (-0.2, 1.1), (-1.2, 0.1), (-0.1, -0.1),
        (3.4, 4.4), (3.7, 5.5), (0.8, 1.6), (0.0, 4.6), (2.0, 3.4),
    ];

    [Fact]
    public void Hollander_and_Wolfes_depression_data_has_the_exact_p_of_the_book()
    {
        var change = PairedChange.Of(s_depression, higherIsBetter: false, smallestChangeThatMatters: 0);

        change.Wilcoxon.V.ShouldBe(5); // 45 − 40: the book ranks before − after
        change.Wilcoxon.Method.ShouldBe(WilcoxonMethod.Exact);
        change.Wilcoxon.PValue.ShouldBe(0.0390625);
        (change.Improved, change.Unchanged, change.Worse).ShouldBe((7, 0, 2));
    }

    [Fact]
    public void Students_sleep_data_has_the_interval_and_p_that_R_gives()
    {
        var change = PairedChange.Of(s_sleep, higherIsBetter: true, smallestChangeThatMatters: 0);

        change.MeanChange.ShouldNotBeNull().ShouldBe(1.58, 1e-12);
        change.MedianChange.ShouldBe(1.3);
        change.ChangeLower.ShouldNotBeNull().ShouldBe(0.700114236723, 1e-11);
        change.ChangeUpper.ShouldNotBeNull().ShouldBe(2.459885763277, 1e-11);
        change.Wilcoxon.N.ShouldBe(9);
        change.Wilcoxon.Method.ShouldBe(WilcoxonMethod.Exact);
        change.Wilcoxon.PValue.ShouldBe(0.00390625); // R: exactRankTests::wilcox.exact; wilcox.test approximates 0.00909
        (change.Improved, change.Unchanged, change.Worse).ShouldBe((9, 1, 0));
    }

    [Theory]
    [InlineData(50, 500, 0.187683904173)] // R: 2 * psignrank(V, n)
    [InlineData(10, 8, 0.048828125)]
    [InlineData(6, 0, 0.03125)]
    [InlineData(14, 25, 0.090576171875)]
    public void The_exact_distribution_is_that_of_R(int n, int v, double p)
    {
        var test = WilcoxonSignedRank.Of(DifferencesWithRankSum(n, v));

        test.V.ShouldBe(v);
        test.PValue.ShouldNotBeNull().ShouldBe(p, 1e-12);
    }

    [Fact]
    public void With_51_differences_the_normal_approximation_takes_over() =>
        WilcoxonSignedRank.Of(DifferencesWithRankSum(51, 500)).Method.ShouldBe(WilcoxonMethod.Normal);

    // R: exactRankTests::wilcox.exact(d, exact = TRUE) and coin::wilcoxsign_test(zero.method = "Wilcoxon", distribution =
    // "exact") give the same p to every digit; with 51 differences, wilcox.test(d, exact = FALSE).
    [Theory]
    [InlineData(new[] { 1, 1, 1, 1, 1 }, 5, 15, 0.0625)]
    [InlineData(new[] { 1, 1, 2, -2, 3, 3, 3, -1, 0, 0, 4 }, 9, 38.5, 0.0625)]
    [InlineData(new[] { -2, 0, 1, 1, 1, 2, 0, -2 }, 6, 11, 1)]
    [InlineData(new[] { 1, -1, 1, 1, 2, 1, 0, 1, -1, 1, -2, 0, 2, 0, -2 }, 12, 48, 0.54736328125)]
    [InlineData(new[] { 3, -2, 1, -1, -1, -2, 0, 2, 1, 1, 1, 0, 3, -1, 2, 3, -1, 2, 0, 2, 0, 3, 0, 1, 2 }, 20, 164, 0.0237655639648438)]
    [InlineData(
        new[]
        {
            2, 2, 2, 2, 1, 2, 1, 1, -2, -3, 2, 2, 3, 1, 1, -1, 1, -3, 1, 1, 3, 2, 1, 2, -1, 3, 1, 1, -3, 3, 2, -3, 1, 3, 2, 3, -2, -3, 2,
            -2, -3, -2, -1, 2, 1, 2, -2, -2, 2, -3,
        },
        50,
        779.5,
        0.170687587932207)]
    [InlineData(
        new[]
        {
            2, 2, 2, 2, 1, 2, 1, 1, -2, -3, 2, 2, 3, 1, 1, -1, 1, -3, 1, 1, 3, 2, 1, 2, -1, 3, 1, 1, -3, 3, 2, -3, 1, 3, 2, 3, -2, -3, 2,
            -2, -3, -2, -1, 2, 1, 2, -2, -2, 2, -3, 1,
        },
        51,
        816,
        0.146698)]
    public void Ties_and_zeros_have_the_exact_p_of_R_up_to_fifty_differences(int[] differences, int n, double v, double p)
    {
        var test = WilcoxonSignedRank.Of(differences.Select(d => (double)d));

        (test.N, test.V).ShouldBe((n, v));
        test.PValue.ShouldNotBeNull().ShouldBe(p, n > 50 ? 1e-6 : 1e-14);
        test.Method.ShouldBe(n > 50 ? WilcoxonMethod.Normal : WilcoxonMethod.Exact);
    }

    [Property]
    public Property With_ties_the_exact_p_equals_a_count_of_all_sign_patterns() =>
        Gen.Choose(-4, 4)
            .ListOf()
            .Select(l => l.Where(d => d != 0).Take(11).ToArray())
            .Where(d => d.Length > 0)
            .Holds(differences =>
            {
                int n = differences.Length;
                double[] ranks =
                [
                    .. differences.Select(d =>
                        differences.Count(o => Math.Abs(o) < Math.Abs(d)) + (differences.Count(o => Math.Abs(o) == Math.Abs(d)) + 1) / 2.0),
                ];
                double centre = n * (n + 1) / 4.0,
                    v = differences.Select((d, i) => d > 0 ? ranks[i] : 0).Sum();
                int extreme = Enumerable
                    .Range(0, 1 << n)
                    .Count(pattern => Math.Abs(ranks.Where((_, i) => (pattern >> i & 1) == 1).Sum() - centre) >= Math.Abs(v - centre));
                WilcoxonSignedRank.Of(differences.Select(d => (double)d)).PValue.ShouldNotBeNull().ShouldBe((double)extreme / (1 << n), 1e-12);
            });

    [Fact]
    public void Differences_that_only_differ_in_their_last_bits_are_ties()
    {
        var test = WilcoxonSignedRank.Of([0.3 - 0.2, 0.2 - 0.1, 0.1, 0.3 - 0.3]);

        test.N.ShouldBe(3);
        test.V.ShouldBe(6);
        test.PValue.ShouldBe(0.25);
    }

    [Fact]
    public void The_order_of_the_rows_changes_no_digit()
    {
        var random = new Random(11);
        for (var round = 0; round < 200; round++)
        {
            // A plain sum loses different bits in each order.
            (double Before, double After)[] pairs =
            [
                .. Enumerable.Range(0, random.Next(2, 400)).Select(_ => (Math.Round(random.NextDouble() * 10, 4), Math.Round(random.NextDouble() * 10, 4))),
            ];
            var first = PairedChange.Of(pairs, higherIsBetter: true, smallestChangeThatMatters: 0.3);
            random.Shuffle(pairs);
            PairedChange.Of(pairs, higherIsBetter: true, smallestChangeThatMatters: 0.3).ShouldBe(first);
        }
    }

    [Fact]
    public void Sums_are_exact_where_a_plain_sum_loses_the_small_terms()
    {
        Sums.Of([1e16, 1, 1, -1e16]).ShouldBe(2);
        Sums.Of([.. Enumerable.Repeat(0.1, 10_000)]).ShouldBe(1000, 1e-12);
        Sums.Of([]).ShouldBe(0);
        Sums.Mean([]).ShouldBeNull();
    }

    [Property]
    public Property The_exact_p_equals_a_count_of_all_sign_patterns() =>
        Gen.Choose(1, 12).SelectMany(n => Gen.Choose(0, n * (n + 1) / 2).Select(v => (n, v))).Holds(c =>
        {
            double centre = c.n * (c.n + 1) / 4.0;
            int extreme = Enumerable.Range(0, 1 << c.n).Count(pattern =>
                Math.Abs(Enumerable.Range(0, c.n).Where(i => (pattern >> i & 1) == 1).Sum(i => i + 1) - centre)
                >= Math.Abs(c.v - centre));
            WilcoxonSignedRank.Of(DifferencesWithRankSum(c.n, c.v)).PValue.ShouldNotBeNull()
                .ShouldBe((double)extreme / (1 << c.n), 1e-12);
        });

    [Property]
    public Property Turning_before_and_after_around_mirrors_everything() =>
        Pairs().Holds(pairs =>
        {
            var there = PairedChange.Of(pairs, higherIsBetter: true, smallestChangeThatMatters: 0.5);
            var back = PairedChange.Of([.. pairs.Select(p => (p.After, p.Before))], higherIsBetter: true, smallestChangeThatMatters: 0.5);

            (there.Improved, there.Unchanged, there.Worse).ShouldBe((back.Worse, back.Unchanged, back.Improved));
            (there.Improved + there.Unchanged + there.Worse).ShouldBe(there.N);
            there.MeanChange!.Value.ShouldBe(-back.MeanChange!.Value, 1e-9);
            there.MedianChange!.Value.ShouldBe(-back.MedianChange!.Value, 1e-9);
            (there.Wilcoxon.V + back.Wilcoxon.V).ShouldBe(there.Wilcoxon.N * (there.Wilcoxon.N + 1) / 2.0);
            (there.Wilcoxon.PValue is { } p).ShouldBe(there.Wilcoxon.N > 0);
            if (there.Wilcoxon.PValue is { } forward)
            {
                forward.ShouldBeInRange(0, 1);
                forward.ShouldBe(back.Wilcoxon.PValue!.Value, 1e-12);
            }
        });

    [Property]
    public Property The_direction_of_the_item_decides_who_improved() =>
        Pairs().Holds(pairs =>
        {
            var higher = PairedChange.Of(pairs, higherIsBetter: true, smallestChangeThatMatters: 1);
            var lower = PairedChange.Of(pairs, higherIsBetter: false, smallestChangeThatMatters: 1);

            (higher.Improved, higher.Unchanged, higher.Worse).ShouldBe((lower.Worse, lower.Unchanged, lower.Improved));
            higher.Wilcoxon.ShouldBe(lower.Wilcoxon);
        });

    [Fact]
    public void A_change_just_as_large_as_the_smallest_that_matters_counts()
    {
        var change = PairedChange.Of([(2.1, 2.4), (2.1, 2.3), (2.4, 2.1), (3, 3)], higherIsBetter: true, smallestChangeThatMatters: 0.3);

        (change.Improved, change.Unchanged, change.Worse).ShouldBe((1, 2, 1));
        change.ShareImproved.ShouldBe(Share.Of(1, 4));
    }

    [Fact]
    public void Nobody_with_both_values_gives_no_figures()
    {
        var change = PairedChange.Of([], higherIsBetter: true, smallestChangeThatMatters: 0);

        change.MeanBefore.ShouldBeNull();
        change.MeanChange.ShouldBeNull();
        change.MedianChange.ShouldBeNull();
        change.ChangeLower.ShouldBeNull();
        change.Wilcoxon.PValue.ShouldBeNull();
        change.ShareImproved.Value.ShouldBeNull();
    }

    [Fact]
    public void One_pair_has_a_mean_but_no_interval()
    {
        var change = PairedChange.Of([(1, 3)], higherIsBetter: true, smallestChangeThatMatters: 0);

        change.MeanChange.ShouldBe(2);
        change.ChangeLower.ShouldBeNull();
        change.ChangeUpper.ShouldBeNull();
        change.Wilcoxon.PValue.ShouldBe(1);
    }

    [Fact]
    public void Values_that_are_no_numbers_are_refused()
    {
        Should.Throw<ArgumentException>(() => PairedChange.Of([(1, double.NaN)], higherIsBetter: true, smallestChangeThatMatters: 0));
        Should.Throw<ArgumentException>(() => PairedChange.Of([(1, 2)], higherIsBetter: true, smallestChangeThatMatters: -1));
    }

    private static Gen<(double Before, double After)[]> Pairs() =>
        Gen.Choose(10, 50).Two().Select(p => (p.Item1 / 10.0, p.Item2 / 10.0)).NonEmptyListOf().Select(list => list.ToArray());

    // 1…n without ties, positive for a set of ranks that adds up to v: the largest that fits first.
    private static double[] DifferencesWithRankSum(int n, int v)
    {
        double[] differences = new double[n];
        for (int rank = n; rank >= 1; rank--)
        {
            bool positive = rank <= v;
            v -= positive ? rank : 0;
            differences[rank - 1] = positive ? rank : -rank;
        }

        return differences;
    }
}
