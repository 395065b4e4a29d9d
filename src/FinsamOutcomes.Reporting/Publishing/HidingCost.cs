using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>
/// What is lost by hiding a count to protect another: unknown gender, the finest period, the delprojekt and the smallest number
/// matter least, the förbund's own totals most.
/// </summary>
internal sealed class HidingCost(KnownStructure structure)
{
    public double Of(ToldCount count)
    {
        var key = count.Key;
        var gender = key.Gender switch { MeasureCell.All => 12, "unknown" => 1, _ => 4 };
        var insats = key.Insats == MeasureCell.All ? 12 : structure.Parents.ContainsKey(key.Insats) ? 2 : 3;
        var parts = new[] { key.AgeGroup, key.Education, key.Referrer }.Count(c => c != MeasureCell.All);
        var days = key.To.DayNumber - key.From.DayNumber;
        var period = key.Thing.Kind != CountKind.Event ? 4 : days switch { < 32 => 1, < 100 => 2, < 190 => 3, _ => 4 };
        var thing = key.Thing.Kind == CountKind.Event && key.Thing != CountedThing.Exits && key.Thing != CountedThing.New ? 1 : 3;
        return gender * insats * period * thing * (8 + Math.Log(1 + count.Number)) / (1 + (3 * parts));
    }
}
