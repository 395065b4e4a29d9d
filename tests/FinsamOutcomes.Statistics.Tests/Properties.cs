using FsCheck;
using FsCheck.Fluent;

namespace FinsamOutcomes.Statistics.Tests;

/// <summary>Runs a property over generated cases; a failure shows the smallest case found and its seed.</summary>
internal static class Properties
{
    /// <summary>A share with data, from 0/1 up to about <paramref name="largest"/>.</summary>
    public static Gen<Share> Shares(int largest = 2000) =>
        from n in Gen.Choose(1, largest)
        from x in Gen.Choose(0, n)
        select Share.Of(x, n);

    public static void Holds<T>(this Gen<T> cases, Action<T> check) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Arb.From(cases), check));
}
