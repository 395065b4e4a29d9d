using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Publishing;

namespace FinsamOutcomes.Reporting.Tests.Publishing;

/// <summary>Sums that a reader can make, beside those that the attack finds in whole reports.</summary>
public sealed class CountRelationsTests
{
    private static readonly KnownStructure s_nothing =
        new(new Dictionary<string, string>(), new Dictionary<string, IReadOnlySet<string>>(), new HashSet<string>());

    [Fact]
    public void Who_went_on_into_a_year_is_a_count_of_the_year_before_also_where_that_is_reported_later()
    {
        var year = new CountKey(
            default, new(2025, 1, 1), new(2025, 12, 31), MeasureCell.All, MeasureCell.All, MeasureCell.All, MeasureCell.All, MeasureCell.All);
        var (all, started) = (new ToldCount(year.Of(CountedThing.Participations), 10), new ToldCount(year.Of(CountedThing.New), 8));
        var relations = new CountRelations([all, started], [], s_nothing);

        var before = relations.IndexOf((year with { From = new(2024, 1, 1), To = new(2024, 12, 31) }).Of(CountedThing.Ongoing)).ShouldNotBeNull();
        relations.Number(before).ShouldBe(2);
        relations.IsRest(before).ShouldBeTrue("it is printed nowhere");
        relations.Sums.ShouldContain(s => s.Total == relations.IndexOf(all) && s.Parts.Contains(before) && s.Parts.Contains(relations.IndexOf(started)!.Value));
    }
}
