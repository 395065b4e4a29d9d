namespace FinsamOutcomes.Statistics.Tests;

/// <summary>What a property is tried on: generated cases. A failure shows the smallest case found and its seed.</summary>
internal static class Cases
{
    /// <summary>A share with data, from 0/1 up to about <paramref name="largest"/>.</summary>
    public static Gen<Share> Shares(int largest = 2000) =>
        from n in Gen.Choose(1, largest)
        from x in Gen.Choose(0, n)
        select Share.Of(x, n);

    public static Property Holds<T>(this Gen<T> cases, Action<T> check) => Prop.ForAll(cases.ToArbitrary(), check);
}
