using FinsamOutcomes.Web.Access;

namespace FinsamOutcomes.Web.Tests;

public sealed class RightsTableTests
{
    [Fact]
    public void Each_route_has_one_line_in_the_table_of_rights() =>
        Rights.Table.Select(r => r.Route.Trim('/')).ShouldBeUnique();
}
