using System.Globalization;
using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Funds;

/// <summary>
/// What each member gives the förbund in a year, and its own capital. Errors are told with <see cref="RegistrationException"/>.
/// </summary>
public sealed class FundsStore(FinsamDatabase database)
{
    /// <summary>More than any member gives, less than a slip of the keyboard.</summary>
    internal const long LargestSum = 10_000_000_000;

    /// <summary>The members of a year, by kind and name.</summary>
    public async Task<IReadOnlyList<ContributionRow>> ContributionsAsync(int forbundId, int calendarYear, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await OfYearAsync(session, forbundId, calendarYear, cancellationToken);
    }

    /// <summary>Each kind of member with its sum and share; also those that the year has nobody of.</summary>
    public async Task<IReadOnlyList<FundsOfKindRow>> ByKindAsync(int forbundId, int calendarYear, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<FundsOfKindRow>("Funds.ByKind", new { ForbundId = forbundId, CalendarYear = calendarYear }, cancellationToken);
    }

    /// <summary>All that the members give in a year, in kronor; null where a part of it is not known: it would be too small.</summary>
    public async Task<long?> TotalAsync(int forbundId, int calendarYear, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.SingleOrDefaultAsync<long?>("Funds.Total", new { ForbundId = forbundId, CalendarYear = calendarYear }, cancellationToken);
    }

    /// <summary>What is known of the förbund itself in a year; null when nothing has been written down.</summary>
    public async Task<ForbundYearRow?> YearAsync(int forbundId, int calendarYear, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await FindYearAsync(session, forbundId, calendarYear, cancellationToken);
    }

    /// <summary>Adds a member, or sets what the one with that name gives in the year; refused when somebody else has set it since it was read.</summary>
    public async Task SetContributionAsync(NewContribution contribution, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(contribution);
        await using var write = await RegistrationWrite.OpenAsync(database, contribution.ForbundId, contribution.Actor, cancellationToken);
        var errors = new FieldErrors();
        var name = errors.Text(contribution.Name, nameof(contribution.Name), "medlemmens namn", 200);
        errors.Year(contribution.CalendarYear, nameof(contribution.CalendarYear));
        errors.AddIf(
            !await CodeListStore.HoldsAsync(write.Session, "CodeLists.ContributorKinds", contribution.Kind, cancellationToken),
            nameof(contribution.Kind),
            "Välj vilken sorts medlem det är.");
        errors.AddIf(contribution.Kronor < 0, nameof(contribution.Kronor), "Medlen kan inte vara negativa.");
        TooLarge(errors, contribution.Kronor, nameof(contribution.Kronor));
        errors.ThrowIfAny();
        var present = await OfYearAsync(write.Session, contribution.ForbundId, contribution.CalendarYear, cancellationToken);
        if (contribution.Version is null && present.Any(c => InsatsStore.Swedish.Equals(c.Name, name)))
            throw FieldErrors.Single(nameof(contribution.Name), "Det finns redan en medlem med det namnet för året. Ändra den i stället.");
        var changed = await write.Session.ExecuteAsync(
            contribution.Version is null ? "Funds.AddContribution" : "Funds.UpdateContribution",
            new
            {
                contribution.ForbundId,
                contribution.CalendarYear,
                Name = name,
                contribution.Kind,
                contribution.Kronor,
                contribution.Version,
            },
            cancellationToken);
        if (changed == 0)
            throw FieldErrors.Stale();
        Note(
            write,
            contribution.CalendarYear,
            name,
            contribution.Version ?? 0,
            present.FirstOrDefault(c => c.Name == name),
            contribution.Kind,
            contribution.Kronor);
        await write.CommitAsync("Funds.SetContribution", "forbund_contribution", null, Detail(contribution.CalendarYear, name));
    }

    /// <summary>Takes a member out of a year; refused when somebody else has changed it since it was read.</summary>
    public async Task RemoveContributionAsync(
        int forbundId,
        int calendarYear,
        string name,
        int version,
        string actor,
        CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var before = (await OfYearAsync(write.Session, forbundId, calendarYear, cancellationToken)).FirstOrDefault(c => c.Name == name);
        var arguments = new { ForbundId = forbundId, CalendarYear = calendarYear, Name = name, Version = version };
        if (await write.Session.ExecuteAsync("Funds.RemoveContribution", arguments, cancellationToken) == 0)
            throw FieldErrors.Stale();
        Note(write, calendarYear, name, version, before, null, null);
        await write.CommitAsync("Funds.RemoveContribution", "forbund_contribution", null, Detail(calendarYear, name));
    }

    /// <summary>
    /// Gives a year the members of the year before that it lacks, without sums: what they gave then says nothing of what they
    /// give now. Returns how many.
    /// </summary>
    public async Task<int> TakeMembersAsync(int forbundId, int calendarYear, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var errors = new FieldErrors();
        errors.Year(calendarYear, nameof(NewContribution.CalendarYear));
        errors.ThrowIfAny();
        var present = await OfYearAsync(write.Session, forbundId, calendarYear, cancellationToken);
        var lacking = (await OfYearAsync(write.Session, forbundId, calendarYear - 1, cancellationToken))
            .Where(before => !present.Any(now => InsatsStore.Swedish.Equals(now.Name, before.Name)))
            .ToList();
        foreach (var member in lacking)
        {
            var arguments = new { ForbundId = forbundId, CalendarYear = calendarYear, member.Name, member.Kind, Kronor = (long?)null };
            await write.Session.ExecuteAsync("Funds.AddContribution", arguments, cancellationToken);
            Note(write, calendarYear, member.Name, 0, null, member.Kind, null);
        }

        if (lacking.Count > 0)
            await write.CommitAsync(
                "Funds.TakeMembers",
                "forbund_contribution",
                null,
                string.Create(CultureInfo.InvariantCulture, $"{calendarYear}: {lacking.Count} {(lacking.Count == 1 ? "medlem" : "medlemmar")}"));
        return lacking.Count;
    }

    /// <summary>Sets the förbund's own capital; refused when somebody else has set it since it was read.</summary>
    public async Task SetYearAsync(NewForbundYear year, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(year);
        await using var write = await RegistrationWrite.OpenAsync(database, year.ForbundId, year.Actor, cancellationToken);
        var errors = new FieldErrors();
        errors.Year(year.CalendarYear, nameof(year.CalendarYear));
        TooLarge(errors, year.OwnCapitalKronor, nameof(year.OwnCapitalKronor));
        errors.ThrowIfAny();
        var before = await FindYearAsync(write.Session, year.ForbundId, year.CalendarYear, cancellationToken);
        if (before?.Version != year.Version)
            throw FieldErrors.Stale();
        await write.Session.ExecuteAsync(
            year.Version is null ? "Funds.AddYear" : "Funds.UpdateYear",
            new { year.ForbundId, year.CalendarYear, year.OwnCapitalKronor, year.Version },
            cancellationToken);
        write.Changed(
            ChangedEntity.ForbundYear(year.CalendarYear),
            year.ForbundId,
            (year.Version ?? 0) + 1,
            nameof(year.OwnCapitalKronor),
            before?.OwnCapitalKronor,
            year.OwnCapitalKronor);
        await write.CommitAsync("Funds.SetYear", "forbund_year", null, Detail(year.CalendarYear, ""));
    }

    private static Task<IReadOnlyList<ContributionRow>> OfYearAsync(
        DatabaseSession session,
        int forbundId,
        int calendarYear,
        CancellationToken cancellationToken) =>
        session.QueryAsync<ContributionRow>("Funds.OfYear", new { ForbundId = forbundId, CalendarYear = calendarYear }, cancellationToken);

    private static Task<ForbundYearRow?> FindYearAsync(DatabaseSession session, int forbundId, int calendarYear, CancellationToken cancellationToken) =>
        session.SingleOrDefaultAsync<ForbundYearRow>("Funds.Year", new { ForbundId = forbundId, CalendarYear = calendarYear }, cancellationToken);

    private static void TooLarge(FieldErrors errors, long? kronor, string field) =>
        errors.AddIf(kronor is > LargestSum or < -LargestSum, field, "Beloppet är orimligt stort. Kontrollera siffrorna: det ska vara hela kronor.");

    private static string Detail(int calendarYear, string name) => string.Create(CultureInfo.InvariantCulture, $"{calendarYear} {name}").TrimEnd();

    private static void Note(RegistrationWrite write, int calendarYear, string name, int version, ContributionRow? before, string? kind, long? kronor)
    {
        var entity = ChangedEntity.Contribution(calendarYear, name);
        write.Changed(entity, write.ForbundId, version + 1, nameof(before.Kind), before?.Kind, kind);
        write.Changed(entity, write.ForbundId, version + 1, nameof(before.Kronor), before?.Kronor, kronor);
    }
}
