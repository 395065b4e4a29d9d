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
            Skip = TestDatabase.Server is null ? $"No SQL Server: {TestDatabase.ServerVariable} holds no connection string." : null,
        });
    }
}
