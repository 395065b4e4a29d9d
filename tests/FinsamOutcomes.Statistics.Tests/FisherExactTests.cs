using System.Numerics;

namespace FinsamOutcomes.Statistics.Tests;

[Properties(MaxTest = 300, QuietOnSuccess = true)]
public sealed class FisherExactTests
{
    [Theory]
    [InlineData(3, 1, 1, 3, 0.485714285714)] // R: ?fisher.test, TeaTasting (two-sided)
    [InlineData(2, 10, 15, 3, 0.000536724119143)] // R: ?fisher.test, Convictions
    [InlineData(8, 2, 1, 5, 0.034965034965)]
    [InlineData(0, 10, 15, 300, 1)]
    [InlineData(50000, 50200, 49000, 50500, 0.0035210951527)]
    public void It_gives_what_R_gives(long a, long b, long c, long d, double p) =>
        FisherExact.TwoSided(a, b, c, d).ShouldBe(p, p * 1e-9);

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(0, 0, 3, 4)]
    [InlineData(5, 0, 7, 0)]
    public void A_table_with_an_empty_margin_says_nothing(long a, long b, long c, long d) =>
        FisherExact.TwoSided(a, b, c, d).ShouldBe(1);

    [Fact]
    public void A_p_below_what_a_double_holds_is_0() =>
        FisherExact.TwoSided(100_000, 0, 0, 100_000).ShouldBe(0);

    [Fact]
    public void Counts_that_are_negative_or_absurd_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => FisherExact.TwoSided(1, 1, -1, 1)).ParamName.ShouldBe("c");
        Should.Throw<ArgumentOutOfRangeException>(() => FisherExact.TwoSided(1, long.MaxValue, 1, 1)).ParamName.ShouldBe("b");
    }

    [Property]
    public Property It_equals_an_enumeration_of_all_tables_in_whole_numbers() =>
        Gen.Choose(0, 25).Four().Holds(table =>
        {
            var (a, b, c, d) = table;
            FisherExact.TwoSided(a, b, c, d).ShouldBe(Enumerated(a, b, c, d), 1e-12);
        });

    [Property]
    public Property Swapping_rows_columns_or_both_changes_nothing() =>
        Gen.Choose(0, 300).Four().Holds(table =>
        {
            var (a, b, c, d) = table;
            double p = FisherExact.TwoSided(a, b, c, d);
            p.ShouldBeInRange(0, 1);
            FisherExact.TwoSided(c, d, a, b).ShouldBe(p, 1e-10);
            FisherExact.TwoSided(b, a, d, c).ShouldBe(p, 1e-10);
            FisherExact.TwoSided(a, c, b, d).ShouldBe(p, 1e-10);
        });

    private static double Enumerated(int a, int b, int c, int d)
    {
        int row = a + b, column = a + c, total = a + b + c + d;
        BigInteger observed = Ways(a), extreme = 0, all = 0;
        for (int k = Math.Max(0, row + column - total); k <= Math.Min(row, column); k++)
        {
            all += Ways(k);
            if (Ways(k) <= observed)
                extreme += Ways(k);
        }

        return Math.Exp(BigInteger.Log(extreme) - BigInteger.Log(all));

        BigInteger Ways(int k) => Choose(row, k) * Choose(total - row, column - k);
    }

    private static BigInteger Choose(int n, int k)
    {
        BigInteger result = 1;
        for (int i = 1; i <= k; i++)
            result = result * (n - k + i) / i;
        return result;
    }
}
