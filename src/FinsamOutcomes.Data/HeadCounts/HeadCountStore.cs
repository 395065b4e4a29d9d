using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.HeadCounts;

/// <summary>
/// Anonymous participants, by insats, year or half-year, and gender. Also an insats that is followed individually takes
/// them: people who don't want to be registered still took part, and are shown as "varav anonyma". A year is counted
/// either whole or by halves, never both, so that nobody is counted twice. Errors are told with
/// <see cref="RegistrationException"/>.
/// </summary>
public sealed class HeadCountStore(FinsamDatabase database)
{
    public async Task<IReadOnlyList<HeadCountRow>> OfYearAsync(int forbundId, int calendarYear, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<HeadCountRow>("HeadCounts.OfYear", new { ForbundId = forbundId, CalendarYear = calendarYear }, cancellationToken);
    }

    /// <summary>Sets the number for an insats, year, half and gender; whatever was there is replaced. Null takes it away.</summary>
    public async Task SetAsync(NewHeadCount count, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(count);
        await using var write = await RegistrationWrite.OpenAsync(database, count.ForbundId, count.Actor, cancellationToken);
        _ = await InsatsStore.FindAsync(write.Session, count.ForbundId, count.InsatsId, cancellationToken) ?? throw InsatsStore.Missing(nameof(count.InsatsId));
        var errors = new FieldErrors();
        errors.Year(count.CalendarYear, nameof(count.CalendarYear));
        errors.AddIf(count.CalendarYear > database.Today.Year, nameof(count.CalendarYear), "Året har inte börjat än.");
        errors.AddIf(count.Half is < 0 or > 2, nameof(count.Half), "Välj hela året, första eller andra halvåret.");
        errors.AddIf(count.NumberOfPeople < 0, nameof(count.NumberOfPeople), "Antalet kan inte vara negativt.");
        errors.AddIf(!await CodeListStore.HoldsAsync(write.Session, "CodeLists.Genders", count.Gender, cancellationToken), nameof(count.Gender), "Välj kvinna, man eller okänt kön.");
        var present = await write.Session.QueryAsync<HeadCountRow>("HeadCounts.OfYear", new { count.ForbundId, count.CalendarYear }, cancellationToken);
        errors.AddIf(
            count.NumberOfPeople is not null && present.Any(h => h.InsatsId == count.InsatsId && h.Half == 0 != (count.Half == 0)),
            nameof(count.Half),
            count.Half == 0 ? "Insatsen har redan antal för halvår det året. Ta bort dem först, annars räknas samma personer två gånger."
                : "Insatsen har redan antal för hela året. Ta bort dem först, annars räknas samma personer två gånger.");
        errors.ThrowIfAny();
        var arguments = new { count.ForbundId, count.InsatsId, count.CalendarYear, count.Half, count.Gender, count.NumberOfPeople };
        if (count.NumberOfPeople is null)
            await write.Session.ExecuteAsync("HeadCounts.Remove", arguments, cancellationToken);
        else if (await write.Session.ExecuteAsync("HeadCounts.Update", arguments, cancellationToken) == 0)
            await write.Session.ExecuteAsync("HeadCounts.Add", arguments, cancellationToken);
        await write.CommitAsync("HeadCounts.Set", "head_count", count.InsatsId, $"{count.CalendarYear}:{count.Half} {count.Gender}");
    }
}

/// <summary>A number of anonymous participants.</summary>
public sealed record NewHeadCount
{
    public required int ForbundId { get; init; }

    public required int InsatsId { get; init; }

    public required int CalendarYear { get; init; }

    /// <summary>0 for the whole year, 1 or 2 for its halves.</summary>
    public required int Half { get; init; }

    public required string Gender { get; init; }

    /// <summary>0 is a number; null takes the count away.</summary>
    public required int? NumberOfPeople { get; init; }

    public string Actor { get; init; } = "finsam";
}

/// <summary>A number of anonymous participants.</summary>
public sealed record HeadCountRow
{
    public required int InsatsId { get; init; }

    public required int CalendarYear { get; init; }

    /// <summary>0 for the whole year, 1 or 2 for its halves.</summary>
    public required int Half { get; init; }

    public required string Gender { get; init; }

    public required int NumberOfPeople { get; init; }
}
