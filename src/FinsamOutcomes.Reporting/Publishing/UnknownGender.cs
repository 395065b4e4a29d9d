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

    private const string Unknown = "unknown";
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
        var (unknown, all) = (Of(Unknown), Of(MeasureCell.All));
        if (unknown == 0 || (unknown >= SmallestShown && unknown * OneIn >= all))
            return false;
        snapshot.LeaveOutUnknownGender();
        return true;

        long Of(string gender) => persons.Where(c => c.Statistic is "in_period" or "structural" && c.Gender == gender).Sum(c => (long)(c.Value ?? 0));
    }

    /// <summary>
    /// What was counted, and that there is nobody of unknown gender where an earlier publication hides it: a table without a column for them
    /// says so too. As numbers of their own these can be hidden.
    /// </summary>
    public static IReadOnlyList<CountedMeasure> WithNobody(CountedPublication counted)
    {
        var places = counted.Known.Hidden.Where(c => c is { Number: 0, Key.Gender: Unknown }).Select(c => c.Key.Insats).ToHashSet(StringComparer.Ordinal);
        return places.Count == 0
            ? counted.Measures
            : [.. counted.Measures.Select(m => IsDivided(m.Request) ? m with { Cells = [.. m.Cells, .. Nobody(m.Cells)] } : m)];

        static bool IsDivided(MeasureRequest request) =>
            request.By.HasFlag(MeasureDimensions.Gender) && MeasureCatalogue.Find(request.Measure).CategoryDimension != MeasureCatalogue.Days;

        IEnumerable<MeasureCell> Nobody(IReadOnlyList<MeasureCell> cells)
        {
            var known = cells.Where(c => c.Gender == Unknown).Select(Place).ToHashSet();
            return cells.Where(c => c.Gender is "woman" or "man" && IsNear(c.Insats)).Select(Of).OfType<MeasureCell>()
                .DistinctBy(Place).Where(c => !known.Contains(Place(c)));
        }

        bool IsNear(string insats) =>
            places.Contains(insats) || (counted.Structure.Parents.TryGetValue(insats, out var whole) && places.Contains(whole));

        static (CellPlace, string) Place(MeasureCell cell) => (CellPlace.Of(cell, insatsId: null), cell.Insats);

        static MeasureCell? Of(MeasureCell cell)
        {
            var nobody = cell.Without(CellState.NoData) with
            {
                Gender = Unknown,
                Numerator = cell.Numerator is null ? null : 0,
                Denominator = cell.Denominator is null ? null : 0,
                N = cell.N is null ? null : 0,
                Missing = null,
                IsForEarlier = true,
            };
            return cell.State == CellState.NotAsked ? nobody with { State = CellState.NotAsked }
                : MeasureCatalogue.StatisticOf(cell).Kind != StatisticKind.Count ? nobody
                : cell.State == CellState.Shown ? nobody with { State = CellState.Shown, Value = 0 }
                : null;
        }
    }
}
