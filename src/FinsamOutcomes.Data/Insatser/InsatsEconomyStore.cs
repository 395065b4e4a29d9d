using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Insatser;

/// <summary>What an insats was given and used each year, the förbund's own costs, and the goals that were set.</summary>
public sealed class InsatsEconomyStore(FinsamDatabase database)
{
    /// <summary>The year's rows, one for each insats that has any.</summary>
    public async Task<IReadOnlyList<InsatsYearRow>> YearsAsync(int forbundId, int calendarYear, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<InsatsYearRow>("Insatser.Years", new { ForbundId = forbundId, CalendarYear = calendarYear }, cancellationToken);
    }

    /// <summary>Sets an insats' budget and outcome for a year; refused when somebody else has set them since they were read.</summary>
    public async Task SetYearAsync(NewInsatsYear year, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(year);
        await using var write = await RegistrationWrite.OpenAsync(database, year.ForbundId, year.Actor, cancellationToken);
        _ = await InsatsStore.FindAsync(write.Session, year.ForbundId, year.InsatsId, cancellationToken) ?? throw InsatsStore.Missing(nameof(year.InsatsId));
        var errors = new FieldErrors();
        errors.Year(year.CalendarYear, nameof(year.CalendarYear));
        errors.AddIf(year.BudgetedParticipants < 0, nameof(year.BudgetedParticipants), "Antalet deltagare kan inte vara negativt.");
        errors.AddIf(year.BudgetKronor < 0, nameof(year.BudgetKronor), "Budgeten kan inte vara negativ.");
        errors.ThrowIfAny();
        var present = await write.Session.QueryAsync<InsatsYearRow>("Insatser.Years", new { year.ForbundId, year.CalendarYear }, cancellationToken);
        var before = present.FirstOrDefault(row => row.InsatsId == year.InsatsId);
        if (before?.Version != year.Version)
            throw FieldErrors.Stale();
        var arguments = new
        {
            year.ForbundId,
            year.InsatsId,
            year.CalendarYear,
            year.BudgetedParticipants,
            year.BudgetKronor,
            year.OutcomeKronor,
            year.Version,
        };
        await write.Session.ExecuteAsync(year.Version is null ? "Insatser.AddYear" : "Insatser.UpdateYear", arguments, cancellationToken);
        Note(nameof(year.BudgetedParticipants), before?.BudgetedParticipants, year.BudgetedParticipants);
        Note(nameof(year.BudgetKronor), before?.BudgetKronor, year.BudgetKronor);
        Note(nameof(year.OutcomeKronor), before?.OutcomeKronor, year.OutcomeKronor);
        await write.CommitAsync("Insatser.SetYear", "insats_year", year.InsatsId, $"{year.CalendarYear}");

        void Note(string field, object? from, object? to) =>
            write.Changed(ChangedEntity.InsatsYear(year.CalendarYear), year.InsatsId, (before?.Version ?? 0) + 1, field, from, to);
    }

    public async Task<IReadOnlyList<ForbundCostRow>> CostsAsync(int forbundId, int calendarYear, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<ForbundCostRow>("Insatser.Costs", new { ForbundId = forbundId, CalendarYear = calendarYear }, cancellationToken);
    }

    /// <summary>Adds a cost, or sets the amounts of the one with that name and year; refused when somebody else has set them since they were read.</summary>
    public async Task SetCostAsync(NewForbundCost cost, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cost);
        var errors = new FieldErrors();
        var name = errors.Text(cost.Name, nameof(cost.Name), "vad kostnaden avser", 200);
        errors.AddIf(
            PersonalNumber.IsInProse(name),
            nameof(cost.Name),
            "Texten innehåller något som ser ut som ett personnummer. Ta bort det: texten trycks i rapporter.");
        errors.Year(cost.CalendarYear, nameof(cost.CalendarYear));
        errors.AddIf(cost.BudgetKronor < 0, nameof(cost.BudgetKronor), "Budgeten kan inte vara negativ.");
        errors.ThrowIfAny();
        await using var write = await RegistrationWrite.OpenAsync(database, cost.ForbundId, cost.Actor, cancellationToken);
        var arguments = new
        {
            cost.ForbundId,
            cost.CalendarYear,
            Name = name,
            cost.IsAdministration,
            cost.BudgetKronor,
            cost.OutcomeKronor,
            cost.Version,
        };
        var present = await write.Session.QueryAsync<ForbundCostRow>("Insatser.Costs", new { cost.ForbundId, cost.CalendarYear }, cancellationToken);
        if (cost.Version is null)
        {
            if (present.Any(c => NormalForm.AreSame(c.Name, name)))
                throw FieldErrors.Single(nameof(cost.Name), "Det finns redan en kostnad med det namnet för året. Ändra den i stället.");
            await write.Session.ExecuteAsync("Insatser.AddCost", arguments, cancellationToken);
        }
        else if (await write.Session.ExecuteAsync("Insatser.UpdateCost", arguments, cancellationToken) == 0)
        {
            throw FieldErrors.Stale();
        }

        NoteCost(write, cost.CalendarYear, name, cost.Version ?? 0, present.FirstOrDefault(c => c.Name == name), cost);
        await write.CommitAsync("Insatser.SetCost", "forbund_cost", null, $"{cost.CalendarYear} {name}");
    }

    public async Task RemoveCostAsync(int forbundId, int calendarYear, string name, int version, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var before = (
            await write.Session.QueryAsync<ForbundCostRow>("Insatser.Costs", new { ForbundId = forbundId, CalendarYear = calendarYear }, cancellationToken)
        ).FirstOrDefault(c => c.Name == name);
        if (
            await write.Session.ExecuteAsync(
                "Insatser.RemoveCost",
                new
                {
                    ForbundId = forbundId,
                    CalendarYear = calendarYear,
                    Name = name,
                    Version = version,
                },
                cancellationToken) == 0)
            throw FieldErrors.Stale();
        NoteCost(write, calendarYear, name, version, before, null);
        await write.CommitAsync("Insatser.RemoveCost", "forbund_cost", null, $"{calendarYear} {name}");
    }

    public async Task<IReadOnlyList<TargetRow>> TargetsAsync(int forbundId, int calendarYear, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<TargetRow>("Insatser.Targets", new { ForbundId = forbundId, CalendarYear = calendarYear }, cancellationToken);
    }

    /// <summary>
    /// Sets the goal of a measure for a year; there is one for each measure, definition and insats. Refused when somebody
    /// else has set it since it was read. Returns its id.
    /// </summary>
    public async Task<int> SetTargetAsync(NewTarget target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        await using var write = await RegistrationWrite.OpenAsync(database, target.ForbundId, target.Actor, cancellationToken);
        var errors = new FieldErrors();
        var measure = errors.Text(target.Measure, nameof(target.Measure), "vilket mått målet gäller", 40);
        errors.Year(target.CalendarYear, nameof(target.CalendarYear));
        errors.AddIf(target.Goal is < 0 or >= 100_000, nameof(target.Goal), "Ange ett mål från 0 till 99 999.");
        errors.AddIf(decimal.Round(target.Goal, 4) != target.Goal, nameof(target.Goal), "Ange målet med högst fyra decimaler.");
        errors.AddIf(target.Direction is not ("at_least" or "at_most"), nameof(target.Direction), "Välj om målet är minst eller högst.");
        if (target.InsatsId is { } insatsId)
            errors.AddIf(
                await InsatsStore.FindAsync(write.Session, target.ForbundId, insatsId, cancellationToken) is null,
                nameof(target.InsatsId),
                "Insatsen finns inte.");
        var present = await write.Session.QueryAsync<TargetRow>("Insatser.Targets", new { target.ForbundId, target.CalendarYear }, cancellationToken);
        errors.AddIf(
            target.Definition is not null
                && (await write.Session.QueryAsync<PositiveDefinitionRow>("Forbund.PositiveDefinitions", new { target.ForbundId }, cancellationToken)).All(d =>
                    d.Code != target.Definition),
            nameof(target.Definition),
            "Välj en definition ur listan.");
        errors.ThrowIfAny();
        var same = present.FirstOrDefault(t => t.InsatsId == target.InsatsId && t.Measure == measure && t.Definition == target.Definition);
        if (same is not null && target.Version is null)
            throw FieldErrors.Single(nameof(target.Measure), "Det finns redan ett mål för måttet det året. Ändra det i stället.");
        if (same?.Version != target.Version)
            throw FieldErrors.Stale();
        var id = same?.Id ?? await write.Session.ReserveIdsAsync("target", cancellationToken: cancellationToken);
        await write.Session.ExecuteAsync(
            same is null ? "Insatser.AddTarget" : "Insatser.UpdateTarget",
            new
            {
                Id = id,
                target.ForbundId,
                target.InsatsId,
                Measure = measure,
                target.Definition,
                target.CalendarYear,
                target.Goal,
                target.Direction,
                target.Version,
            },
            cancellationToken);
        write.Changed(ChangedEntity.Target, id, (same?.Version ?? 0) + 1, nameof(target.Goal), same?.Goal, target.Goal);
        write.Changed(ChangedEntity.Target, id, (same?.Version ?? 0) + 1, nameof(target.Direction), same?.Direction, target.Direction);
        await write.CommitAsync("Insatser.SetTarget", ChangedEntity.Target, id);
        return id;
    }

    public async Task RemoveTargetAsync(int forbundId, int targetId, int version, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        if (
            await write.Session.ExecuteAsync(
                "Insatser.RemoveTarget",
                new
                {
                    ForbundId = forbundId,
                    TargetId = targetId,
                    Version = version,
                },
                cancellationToken) == 0)
            throw FieldErrors.Stale();
        write.ChangedUntold(ChangedEntity.Target, targetId, version + 1, "Removed");
        await write.CommitAsync("Insatser.RemoveTarget", ChangedEntity.Target, targetId);
    }

    private static void NoteCost(RegistrationWrite write, int calendarYear, string name, int version, ForbundCostRow? before, NewForbundCost? after)
    {
        var entity = ChangedEntity.ForbundCost(calendarYear, name);

        // A cost that comes or goes is told by its sums, and by this only where it was or is administration.
        if (before?.IsAdministration == true || after?.IsAdministration == true)
            write.Changed(entity, write.ForbundId, version + 1, nameof(before.IsAdministration), before?.IsAdministration, after?.IsAdministration);
        write.Changed(entity, write.ForbundId, version + 1, nameof(before.BudgetKronor), before?.BudgetKronor, after?.BudgetKronor);
        write.Changed(entity, write.ForbundId, version + 1, nameof(before.OutcomeKronor), before?.OutcomeKronor, after?.OutcomeKronor);
    }
}
