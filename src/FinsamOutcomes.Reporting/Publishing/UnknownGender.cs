using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Publishing;

/// <summary>
/// People of unknown gender are a sensitive group: all less women and men give it. Where they are too few to be told of (1–4 persons,
/// or fewer than one in fifty), a publication leaves them out of all its numbers and says so: all are then women and men, everywhere,
/// and nothing else needs to be hidden for their sake. Whoever has two publications of which one leaves them out and the other doesn't
/// has how many they are: a new one does as the one before.
/// </summary>
internal static class UnknownGender
{
    /// <summary>Stands with every number of a publication that leaves them out.</summary>
    public const string Note = "Personer med okänt kön är för få för att visas och är inte med i talen.";

    private const int SmallestShown = 5;
    private const int OneIn = 50;

    /// <summary>Leaves them out of what is counted from here on, if the publication before did, or they are too few in a time; says whether they are.</summary>
    public static async Task<bool> LeaveOutAsync(MeasureSnapshot snapshot, int forbundId, DateOnly from, DateOnly to)
    {
        var before = await PublicationStore.NewestAsync(snapshot.Session, forbundId, to.Year, CancellationToken.None);
        if (before.MaxBy(p => p.Id) is { } latest)
        {
            if (latest.LeavesOutUnknownGender)
                snapshot.LeaveOutUnknownGender();
            return latest.LeavesOutUnknownGender;
        }

        var persons = await snapshot.ComputeAsync(new MeasureRequest
        {
            Measure = "personer",
            ForbundId = forbundId,
            From = from,
            To = to,
            By = MeasureDimensions.Gender,
        });
        var (unknown, all) = (Of("unknown"), Of(MeasureCell.All));
        if (unknown == 0 || (unknown >= SmallestShown && unknown * OneIn >= all))
            return false;
        snapshot.LeaveOutUnknownGender();
        return true;

        long Of(string gender) => persons.Where(c => c.Statistic is "in_period" or "structural" && c.Gender == gender).Sum(c => (long)(c.Value ?? 0));
    }
}
