namespace FinsamOutcomes.Statistics;

/// <summary>
/// Sums that don't depend on the order of their terms: a database gives rows in any order, and the same data must give the
/// same figure to its last digit.
/// <para>
/// Formula: the terms in order of size, added with Neumaier's compensation. Source: A. Neumaier, ZAMM 54 (1974) 39–51.
/// </para>
/// </summary>
public static class Sums
{
    /// <summary>The sum; 0 of no terms.</summary>
    /// <param name="terms">In any order.</param>
    public static double Of(IEnumerable<double> terms)
    {
        double sum = 0, lost = 0;
        foreach (double term in terms.Order())
        {
            double next = sum + term;
            lost += Math.Abs(sum) >= Math.Abs(term) ? sum - next + term : term - next + sum;
            sum = next;
        }

        return sum + lost;
    }

    /// <summary>The mean; null of no terms.</summary>
    /// <param name="terms">In any order.</param>
    public static double? Mean(IReadOnlyCollection<double> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return terms.Count == 0 ? null : Of(terms) / terms.Count;
    }
}
