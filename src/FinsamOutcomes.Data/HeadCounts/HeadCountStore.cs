using System.Globalization;
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
    /// <summary>How the message begins about a number that somebody else has changed.</summary>
    public const string ChangedMeanwhile = "Någon annan har ";

    // More than any insats has, less than a slip of the keyboard.
    internal const int LargestCount = 99_999;

    public async Task<IReadOnlyList<HeadCountRow>> OfYearAsync(int forbundId, int calendarYear, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<HeadCountRow>("HeadCounts.OfYear", new { ForbundId = forbundId, CalendarYear = calendarYear }, cancellationToken);
    }

    /// <summary>What nobody has reported of a year's halves that have ended: the same as the statistics and the hand-over lack.</summary>
    public async Task<IReadOnlyList<MissingHeadCountRow>> MissingAsync(int forbundId, int calendarYear, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<MissingHeadCountRow>(
            "HeadCounts.Missing",
            new
            {
                ForbundId = forbundId,
                CalendarYear = calendarYear,
                database.Today,
            },
            cancellationToken);
    }

    /// <summary>Sets the number for an insats, year, half and gender; whatever was there is replaced. Null takes it away.</summary>
    public async Task SetAsync(NewHeadCount count, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(count);
        await using var write = await RegistrationWrite.OpenAsync(database, count.ForbundId, count.Actor, cancellationToken);
        var errors = new FieldErrors();
        CheckYear(errors, count.CalendarYear);
        var present = await write.Session.QueryAsync<HeadCountRow>("HeadCounts.OfYear", new { count.ForbundId, count.CalendarYear }, cancellationToken);
        await CheckAsync(write, errors, count, present, "", cancellationToken);
        errors.ThrowIfAny();
        await WriteAsync(write, count, present, cancellationToken);
        await write.CommitAsync("HeadCounts.Set", "head_count", count.InsatsId, $"{count.CalendarYear}:{count.Half} {count.Gender}");
    }

    /// <summary>
    /// Saves a sheet of one year's numbers, all or none. What was not changed on the sheet is left as it is, whatever
    /// somebody else has made of it; what somebody else has changed in the meantime is not overwritten unseen.
    /// </summary>
    /// <returns>How many numbers were changed.</returns>
    public async Task<int> SaveAsync(HeadCountSheet sheet, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        await using var write = await RegistrationWrite.OpenAsync(database, sheet.ForbundId, sheet.Actor, cancellationToken);
        var errors = new FieldErrors();
        CheckYear(errors, sheet.CalendarYear);
        var present = await write.Session.QueryAsync<HeadCountRow>("HeadCounts.OfYear", new { sheet.ForbundId, sheet.CalendarYear }, cancellationToken);
        var changed = new List<NewHeadCount>();
        for (var i = 0; i < sheet.Counts.Count; i++)
        {
            var cell = sheet.Counts[i];
            var current = Current(present, cell.InsatsId, cell.Half, cell.Gender);
            if (cell.NumberOfPeople == cell.Read || cell.NumberOfPeople == current)
                continue;
            var count = new NewHeadCount
            {
                ForbundId = sheet.ForbundId,
                InsatsId = cell.InsatsId,
                CalendarYear = sheet.CalendarYear,
                Half = cell.Half,
                Gender = cell.Gender,
                NumberOfPeople = cell.NumberOfPeople,
                Actor = sheet.Actor,
            };
            var prefix = string.Create(CultureInfo.InvariantCulture, $"{nameof(sheet.Counts)}[{i}].");
            errors.AddIf(
                current != cell.Read,
                prefix + nameof(cell.NumberOfPeople),
                $"{ChangedMeanwhile}{(current is { } now ? $"ändrat antalet till {now}" : "tagit bort antalet")} sedan du öppnade sidan. Spara igen om ditt antal ska gälla."
            );
            await CheckAsync(write, errors, count, present, prefix, cancellationToken);
            changed.Add(count);
        }

        errors.ThrowIfAny();
        foreach (var count in changed)
            await WriteAsync(write, count, present, cancellationToken);
        if (changed.Count > 0)
            await write.CommitAsync(
                "HeadCounts.Save",
                "head_count",
                null,
                string.Create(CultureInfo.InvariantCulture, $"{sheet.CalendarYear}: {changed.Count} antal"));
        return changed.Count;
    }

    /// <summary>True when an insats is open for some day of a year or a half of it.</summary>
    public static bool IsOpen(DateOnly startsOn, DateOnly? endsOn, int calendarYear, int half)
    {
        var year = Math.Clamp(calendarYear, 1990, 2059);
        return startsOn <= new DateOnly(year, half == 1 ? 6 : 12, half == 1 ? 30 : 31)
            && (endsOn is null || endsOn >= new DateOnly(year, half == 2 ? 7 : 1, 1));
    }

    private static int? Current(IReadOnlyList<HeadCountRow> present, int insatsId, int half, string gender) =>
        present.SingleOrDefault(h => h.InsatsId == insatsId && h.Half == half && h.Gender == gender)?.NumberOfPeople;

    private void CheckYear(FieldErrors errors, int calendarYear)
    {
        errors.Year(calendarYear, nameof(NewHeadCount.CalendarYear));
        errors.AddIf(calendarYear > database.Today.Year, nameof(NewHeadCount.CalendarYear), "Året har inte börjat än.");
    }

    private async Task CheckAsync(
        RegistrationWrite write,
        FieldErrors errors,
        NewHeadCount count,
        IReadOnlyList<HeadCountRow> present,
        string prefix,
        CancellationToken cancellationToken)
    {
        var insats = await InsatsStore.FindAsync(write.Session, count.ForbundId, count.InsatsId, cancellationToken)
            ?? throw InsatsStore.Missing(prefix + nameof(count.InsatsId));
        errors.AddIf(count.Half is < 0 or > 2, prefix + nameof(count.Half), "Välj hela året, första eller andra halvåret.");
        errors.AddIf(
            count is { Half: 2, NumberOfPeople: not null } && database.Today < new DateOnly(Math.Clamp(count.CalendarYear, 1990, 2059), 7, 1),
            prefix + nameof(count.Half),
            "Andra halvåret har inte börjat än.");
        errors.AddIf(
            count is { NumberOfPeople: not null, Half: >= 0 and <= 2 }
                && count.CalendarYear <= database.Today.Year
                && !IsOpen(insats.StartsOn, insats.EndsOn, count.CalendarYear, count.Half),
            prefix + nameof(count.Half),
            string.Create(
                CultureInfo.InvariantCulture,
                $"Insatsen pågick inte då: den {(insats.EndsOn is { } end ? $"pågick {insats.StartsOn:yyyy-MM-dd}–{end:yyyy-MM-dd}" : $"började {insats.StartsOn:yyyy-MM-dd}")}."
            ));
        errors.AddIf(count.NumberOfPeople < 0, prefix + nameof(count.NumberOfPeople), "Antalet kan inte vara negativt.");
        errors.AddIf(count.NumberOfPeople > LargestCount, prefix + nameof(count.NumberOfPeople), "Antalet är orimligt stort. Kontrollera siffrorna.");
        errors.AddIf(
            !await CodeListStore.HoldsAsync(write.Session, "CodeLists.Genders", count.Gender, cancellationToken),
            prefix + nameof(count.Gender),
            "Välj kvinna, man eller okänt kön.");
        errors.AddIf(
            count.NumberOfPeople is not null && present.Any(h => h.InsatsId == count.InsatsId && h.Half == 0 != (count.Half == 0)),
            prefix + nameof(count.Half),
            count.Half == 0 ? "Insatsen har redan antal för halvår det året. Ta bort dem först, annars räknas samma personer två gånger."
                : "Insatsen har redan antal för hela året. Ta bort dem först, annars räknas samma personer två gånger.");
    }

    private static async Task WriteAsync(RegistrationWrite write, NewHeadCount count, IReadOnlyList<HeadCountRow> present, CancellationToken cancellationToken)
    {
        var arguments = new { count.ForbundId, count.InsatsId, count.CalendarYear, count.Half, count.Gender, count.NumberOfPeople };
        if (count.NumberOfPeople is null)
            await write.Session.ExecuteAsync("HeadCounts.Remove", arguments, cancellationToken);
        else if (await write.Session.ExecuteAsync("HeadCounts.Update", arguments, cancellationToken) == 0)
            await write.Session.ExecuteAsync("HeadCounts.Add", arguments, cancellationToken);
        write.Changed(
            ChangedEntity.HeadCount(count.CalendarYear),
            count.InsatsId,
            0,
            string.Create(CultureInfo.InvariantCulture, $"{count.Gender}.{count.Half}"),
            Current(present, count.InsatsId, count.Half, count.Gender),
            count.NumberOfPeople);
    }
}

/// <summary>The numbers of one year as a form sends them back.</summary>
public sealed record HeadCountSheet
{
    public required int ForbundId { get; init; }

    public required int CalendarYear { get; init; }

    public required IReadOnlyList<HeadCountCell> Counts { get; init; }

    public string Actor { get; init; } = "finsam";
}

/// <summary>One number of a sheet.</summary>
public sealed record HeadCountCell
{
    public required int InsatsId { get; init; }

    /// <summary>0 for the whole year, 1 or 2 for its halves.</summary>
    public required int Half { get; init; }

    public required string Gender { get; init; }

    /// <summary>0 is a number; null takes the count away.</summary>
    public required int? NumberOfPeople { get; init; }

    /// <summary>The number that stood there when the sheet was opened.</summary>
    public required int? Read { get; init; }
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

/// <summary>A number that an insats should have reported and has not.</summary>
public sealed record MissingHeadCountRow
{
    public required int InsatsId { get; init; }

    public required int Half { get; init; }

    /// <summary><c>woman</c> or <c>man</c>; <c>unknown</c> for a structural insats, which is asked one number without gender.</summary>
    public required string Gender { get; init; }

    /// <summary>It has reported halves in this year or the year before.</summary>
    public required bool IsByHalf { get; init; }
}
