using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>
/// What is lost by hiding a count to protect another: unknown gender, the finest period, the delprojekt and the smallest number
/// matter least, the förbund's own totals most, but for what is asked: women beside men, where that is the question.
/// </summary>
internal sealed class HidingCost(KnownStructure structure, ComparedGenders? question = null)
{
    // More than the total of both, which says nothing of how they differ.
    private const double Asked = 12;

    public double Of(ToldCount count)
    {
        var key = count.Key;
        var gender = key.Gender switch { MeasureCell.All => 12, "unknown" => 1, _ => 4 };
        var insats = key.Insats == MeasureCell.All ? 12 : structure.Parents.ContainsKey(key.Insats) ? 2 : 3;
        var parts = new[] { key.AgeGroup, key.Education, key.Referrer }.Count(c => c != MeasureCell.All);
        var days = key.To.DayNumber - key.From.DayNumber;
        var period = key.Thing.Kind != CountKind.Event ? 4 : days switch { < 32 => 1, < 100 => 2, < 190 => 3, _ => 4 };
        var thing = key.Thing.Kind == CountKind.Event && key.Thing != CountedThing.Exits && key.Thing != CountedThing.New ? 1 : 3;
        var asked = question?.Asks(key) == true ? Asked : 1;
        return asked * gender * insats * period * thing * (8 + Math.Log(1 + count.Number)) / (1 + (3 * parts));
    }
}

/// <summary>That women and men are compared, where and when: in a förbund (<see cref="MeasureCell.All"/>) or an insats.</summary>
internal sealed record ComparedGenders(DateOnly From, DateOnly To, string Insats)
{
    public bool Asks(CountKey key) =>
        key.From == From && key.To == To && key.Insats == Insats && (key.Gender is "woman" or "man")
        && key is { AgeGroup: MeasureCell.All, Education: MeasureCell.All, Referrer: MeasureCell.All };
}
