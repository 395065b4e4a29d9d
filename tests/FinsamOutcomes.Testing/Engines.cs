using Xunit;

namespace FinsamOutcomes.Testing;

/// <summary>
/// Every engine the product runs on, for <c>[Theory, ClassData(typeof(Engines))]</c>. An engine that is not at hand is
/// an explicit skip, never a silent pass.
/// </summary>
public sealed class Engines : TheoryData<string>
{
    public Engines()
    {
        Add("sqlite");
        Add(new TheoryDataRow<string>("sqlserver")
        {
            Skip = ServerSkip,
        });
    }

    /// <summary>The engine of the test that runs, in an assembly that runs each on both: see <see cref="BothEngines"/>.</summary>
    public static string Current =>
        TestContext.Current.TestCase is { } test && test.Traits.TryGetValue(BothEngines.Trait, out var engines) ? engines.First() : "sqlite";

    internal static string? ServerSkip => TestDatabase.Server is null ? $"No SQL Server: {TestDatabase.ServerVariable} holds no connection string." : null;
}
