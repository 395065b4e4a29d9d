using System.Globalization;
using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Insatser;

/// <summary>
/// The insatser of a förbund, in two levels: an insats and its delprojekt. Errors are told with
/// <see cref="RegistrationException"/>.
/// </summary>
public sealed class InsatsStore(FinsamDatabase database)
{
    /// <summary>The order of names that people read; which are the same is for <see cref="NormalForm"/> to say.</summary>
    internal static readonly StringComparer Swedish = StringComparer.Create(CultureInfo.GetCultureInfo("sv-SE"), ignoreCase: true);

    /// <summary>All insatser with their delprojekt below them, by name in Swedish order.</summary>
    public async Task<IReadOnlyList<InsatsNode>> TreeAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        var arguments = new { ForbundId = forbundId };
        var rows = await session.QueryAsync<InsatsRow>("Insatser.All", arguments, cancellationToken);
        var groups = (await session.QueryAsync<InsatsTargetGroupRow>("Insatser.TargetGroups", arguments, cancellationToken)).ToLookup(
            g => g.InsatsId,
            g => g.TargetGroup);
        var children = rows.ToLookup(r => r.ParentId);
        return Nodes(null);

        IReadOnlyList<InsatsNode> Nodes(int? parentId) =>
            [
                .. children[parentId]
                    .OrderBy(r => r.Name, Swedish)
                    .Select(r => new InsatsNode
                    {
                        Insats = r,
                        TargetGroups = [.. groups[r.Id]],
                        Delprojekt = Nodes(r.Id),
                    }),
            ];
    }

    /// <summary>How many participations are ongoing and in queue on a day, by insats; none where there are none.</summary>
    public async Task<IReadOnlyDictionary<int, InsatsOccupancyRow>> OccupancyAsync(int forbundId, DateOnly day, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return (
            await session.QueryAsync<InsatsOccupancyRow>(
                "Insatser.Occupancy",
                new
                {
                    ForbundId = forbundId,
                    Day = day,
                    database.Today,
                },
                cancellationToken)).ToDictionary(o => o.InsatsId);
    }

    /// <summary>The codes of an insats' target groups, in the order of the code list.</summary>
    public async Task<IReadOnlyList<string>> TargetGroupsAsync(int forbundId, int insatsId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        var all = await session.QueryAsync<InsatsTargetGroupRow>("Insatser.TargetGroups", new { ForbundId = forbundId }, cancellationToken);
        return [.. all.Where(g => g.InsatsId == insatsId).Select(g => g.TargetGroup)];
    }

    public async Task<InsatsRow?> FindAsync(int forbundId, int insatsId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await FindAsync(session, forbundId, insatsId, cancellationToken);
    }

    /// <summary>Creates an insats; returns its id.</summary>
    public async Task<int> AddAsync(NewInsats insats, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(insats);
        await using var write = await RegistrationWrite.OpenAsync(database, insats.ForbundId, insats.Actor, cancellationToken);
        var errors = new FieldErrors();
        var name = await CheckAsync(write, errors, insats, cancellationToken);
        errors.ThrowIfAny();
        var id = await AddAsync(write, insats, name, cancellationToken);
        await write.CommitAsync("Insatser.Add", "insats", id);
        return id;
    }

    /// <summary>
    /// Creates the two insatser that one with both orientations is to the national system, or neither; returns their ids. The structural
    /// one counts people, whatever the individual one does, and has no places.
    /// </summary>
    /// <param name="individual">The individual one, with all that they share.</param>
    /// <param name="structuralName">What the structural one is called; errors of it have the field <c>StructuralName</c>.</param>
    /// <param name="cancellationToken">Stops before anything is saved.</param>
    public async Task<(int Individual, int Structural)> AddBothAsync(NewInsats individual, string structuralName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(individual);
        await using var write = await RegistrationWrite.OpenAsync(database, individual.ForbundId, individual.Actor, cancellationToken);
        var (first, second) = (
            individual with { Orientation = "individual" },
            individual with { Name = structuralName, Orientation = "structural", FollowUpMethod = "count", Capacity = null });
        var (errors, others) = (new FieldErrors(), new FieldErrors());
        var name = await CheckAsync(write, errors, first, cancellationToken);
        var otherName = await CheckAsync(write, others, second, cancellationToken);

        // What they share is told once.
        foreach (var error in others.All.Where(e => e.Field == nameof(NewInsats.Name)))
            errors.Add("StructuralName", error.Message);
        errors.AddIf(
            name.Length > 0 && NormalForm.AreSame(name, otherName),
            "StructuralName",
            "De två insatserna måste ha olika namn.");
        errors.ThrowIfAny();
        var ids = (await AddAsync(write, first, name, cancellationToken), await AddAsync(write, second, otherName, cancellationToken));
        await write.NoteAsync("Insatser.Add", "insats", ids.Item1);
        await write.CommitAsync("Insatser.Add", "insats", ids.Item2);
        return ids;
    }

    private static async Task<string> CheckAsync(RegistrationWrite write, FieldErrors errors, NewInsats insats, CancellationToken cancellationToken)
    {
        var name = await CheckAsync(write, errors, null, insats.Name, insats.StartsOn, insats.EndsOn, insats.Capacity, insats.TargetGroups, cancellationToken);
        errors.AddIf(
            insats.Orientation is not ("individual" or "structural"),
            nameof(insats.Orientation),
            "Välj om insatsen är individinriktad eller strukturövergripande.");
        errors.AddIf(
            insats.FollowUpMethod is not ("individual" or "count"),
            nameof(insats.FollowUpMethod),
            "Välj om insatsen följs upp på individnivå eller med antal.");
        errors.AddIf(
            insats is { Orientation: "structural", FollowUpMethod: "individual" },
            nameof(insats.FollowUpMethod),
            "En strukturövergripande insats har inga deltagare. Välj uppföljning med antal.");
        errors.AddIf(
            !await CodeListStore.HoldsAsync(write.Session, "CodeLists.SpecificOrientations", insats.SpecificOrientation, cancellationToken),
            nameof(insats.SpecificOrientation),
            "Välj en inriktning ur listan.");
        if (insats.ParentId is { } parentId)
        {
            var parent = await FindAsync(write.Session, insats.ForbundId, parentId, cancellationToken);
            errors.AddIf(parent is null, nameof(insats.ParentId), "Den överordnade insatsen finns inte.");
            errors.AddIf(
                parent?.ParentId is not null,
                nameof(insats.ParentId),
                "Den överordnade insatsen är själv ett delprojekt. Insatser har två nivåer: välj insatsen ovanför.");
            EndsWithin(errors, parent, insats.EndsOn);
        }

        return name;
    }

    private static async Task<int> AddAsync(RegistrationWrite write, NewInsats insats, string name, CancellationToken cancellationToken)
    {
        var id = await write.Session.ReserveIdsAsync("insats", cancellationToken: cancellationToken);
        await write.Session.ExecuteAsync(
            "Insatser.Add",
            new
            {
                Id = id,
                insats.ForbundId,
                insats.ParentId,
                Name = name,
                NameKey = NormalForm.Of(name),
                insats.Orientation,
                insats.SpecificOrientation,
                insats.FollowUpMethod,
                insats.IsEsf,
                insats.StartsOn,
                insats.EndsOn,
                insats.Capacity,
            },
            cancellationToken);
        await SetTargetGroupsAsync(write, id, insats.TargetGroups, cancellationToken);
        return id;
    }

    /// <summary>Changes what may be changed. A changed locked field is refused by name, a version that is no longer the latest too.</summary>
    public async Task UpdateAsync(InsatsChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        await using var write = await RegistrationWrite.OpenAsync(database, change.ForbundId, change.Actor, cancellationToken);
        await UpdateAsync(write, change, cancellationToken);
        await write.CommitAsync("Insatser.Update", ChangedEntity.Insats, change.Id);
    }

    /// <summary>The same in a registration that does more.</summary>
    internal static async Task UpdateAsync(RegistrationWrite write, InsatsChange change, CancellationToken cancellationToken)
    {
        var before = await FindAsync(write.Session, change.ForbundId, change.Id, cancellationToken) ?? throw Missing(nameof(change.Id));
        if (before.Version != change.Version)
            throw FieldErrors.Stale();
        var errors = new FieldErrors();
        var name = await CheckAsync(
            write,
            errors,
            change.Id,
            change.Name,
            change.StartsOn,
            change.EndsOn,
            change.Capacity,
            change.TargetGroups,
            cancellationToken);
        const string Locked = "kan inte ändras när insatsen är skapad, som i Uppföljning Finsam. Skapa en ny insats i stället.";
        errors.AddIf(change.Orientation != before.Orientation, nameof(change.Orientation), $"Insatsinriktningen {Locked}");
        errors.AddIf(
            before.SpecificOrientation is not null && change.SpecificOrientation != before.SpecificOrientation,
            nameof(change.SpecificOrientation),
            $"Den specifika inriktningen {Locked}");
        errors.AddIf(change.FollowUpMethod != before.FollowUpMethod, nameof(change.FollowUpMethod), $"Uppföljningsmetoden {Locked}");
        errors.AddIf(change.IsEsf != before.IsEsf, nameof(change.IsEsf), $"ESF-finansieringen {Locked}");
        errors.AddIf(
            !await CodeListStore.HoldsAsync(write.Session, "CodeLists.SpecificOrientations", change.SpecificOrientation, cancellationToken),
            nameof(change.SpecificOrientation),
            "Välj en inriktning ur listan.");
        if (change.EndsOn != before.EndsOn)
            await CheckEndAsync(write, errors, before, change.EndsOn, cancellationToken);
        errors.ThrowIfAny();
        await write.Session.ExecuteAsync(
            "Insatser.Update",
            new
            {
                change.ForbundId,
                change.Id,
                change.Version,
                Name = name,
                NameKey = NormalForm.Of(name),
                KeepsForm = NormalForm.AreSame(before.Name, name),
                change.SpecificOrientation,
                change.StartsOn,
                change.EndsOn,
                change.Capacity,
            },
            cancellationToken);
        await write.Session.ExecuteAsync("Insatser.PassOnName", new { change.ForbundId, NameKey = NormalForm.Of(before.Name) }, cancellationToken);
        var oldGroups = (await write.Session.QueryAsync<InsatsTargetGroupRow>("Insatser.TargetGroups", new { change.ForbundId }, cancellationToken))
            .Where(g => g.InsatsId == change.Id)
            .Select(g => g.TargetGroup);
        Note(nameof(change.Name), before.Name, name);
        Note(nameof(change.SpecificOrientation), before.SpecificOrientation, change.SpecificOrientation);
        Note(nameof(change.StartsOn), before.StartsOn, change.StartsOn);
        Note(nameof(change.EndsOn), before.EndsOn, change.EndsOn);
        Note(nameof(change.Capacity), before.Capacity, change.Capacity);
        Note(nameof(change.TargetGroups), Groups(oldGroups), Groups(change.TargetGroups));
        await SetTargetGroupsAsync(write, change.Id, change.TargetGroups, cancellationToken);

        void Note(string field, object? from, object? to) => write.Changed(ChangedEntity.Insats, change.Id, before.Version + 1, field, from, to);

        static string Groups(IEnumerable<string> codes) => string.Join(", ", codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    internal static Task<InsatsRow?> FindAsync(DatabaseSession session, int forbundId, int insatsId, CancellationToken cancellationToken) =>
        session.SingleOrDefaultAsync<InsatsRow>("Insatser.Find", new { ForbundId = forbundId, InsatsId = insatsId }, cancellationToken);

    internal static RegistrationException Missing(string field) => FieldErrors.Single(field, "Insatsen finns inte.");

    // A delprojekt is handed over in its insats: one that went on after it would be left out, with all who are in it.
    private static async Task CheckEndAsync(
        RegistrationWrite write,
        FieldErrors errors,
        InsatsRow before,
        DateOnly? endsOn,
        CancellationToken cancellationToken)
    {
        if (before.ParentId is { } parentId)
            EndsWithin(errors, await FindAsync(write.Session, write.ForbundId, parentId, cancellationToken), endsOn);
        if (endsOn is not { } end)
            return;
        var later = (await write.Session.QueryAsync<InsatsRow>("Insatser.All", new { write.ForbundId }, cancellationToken))
            .Where(i => i.ParentId == before.Id && (i.EndsOn is null || i.EndsOn > end))
            .OrderBy(i => i.Name, Swedish)
            .Select(i =>
                i.EndsOn is { } own ? string.Create(CultureInfo.InvariantCulture, $"{i.Name} (slutar {own:yyyy-MM-dd})") : $"{i.Name} (utan slutdatum)")
            .ToList();
        errors.AddIf(
            later.Count > 0,
            nameof(InsatsChange.EndsOn),
            $"Insatsen har delprojekt som pågår längre än så: {string.Join(", ", later)}. Sätt först slutdatum på {(later.Count == 1 ? "det" : "dem")}, annars faller {(later.Count == 1 ? "det" : "de")} bort ur överlämningen till Uppföljning Finsam."
        );
    }

    private static void EndsWithin(FieldErrors errors, InsatsRow? parent, DateOnly? endsOn) =>
        errors.AddIf(
            parent?.EndsOn is { } last && (endsOn is null || endsOn > last),
            nameof(InsatsChange.EndsOn),
            string.Create(
                CultureInfo.InvariantCulture,
                $"Insatsen {parent?.Name} slutar {parent?.EndsOn:yyyy-MM-dd}, och ett delprojekt kan inte pågå längre än sin insats. Ändra något av slutdatumen."
            ));

    // What is checked the same way for a new and a changed insats; returns the trimmed name.
    private static async Task<string> CheckAsync(
        RegistrationWrite write,
        FieldErrors errors,
        int? ownId,
        string givenName,
        DateOnly startsOn,
        DateOnly? endsOn,
        int? capacity,
        IReadOnlyCollection<string> targetGroups,
        CancellationToken cancellationToken)
    {
        var name = errors.Text(givenName, nameof(NewInsats.Name), "insatsens namn", 200);
        var others = await write.Session.QueryAsync<InsatsRow>("Insatser.All", new { write.ForbundId }, cancellationToken);
        var isNew = !NormalForm.AreSame(others.FirstOrDefault(o => o.Id == ownId)?.Name, name);
        errors.AddIf(
            isNew && others.Any(o => o.Id != ownId && NormalForm.AreSame(o.Name, name)),
            nameof(NewInsats.Name),
            "Det finns redan en insats med det namnet.");
        errors.AddIf(
            isNew && PersonalNumber.IsInProse(name),
            nameof(NewInsats.Name),
            "Namnet innehåller något som ser ut som ett personnummer. Ta bort det: namnet trycks i rapporter.");
        errors.AddIf(
            NormalForm.Of(name).Length > 600,
            nameof(NewInsats.Name),
            "Namnet har tecken som inte går att jämföra. Skriv det med bokstäver och siffror.");
        errors.Year(startsOn.Year, nameof(NewInsats.StartsOn));
        if (endsOn is { } end)
        {
            errors.Year(end.Year, nameof(NewInsats.EndsOn));
            errors.AddIf(end < startsOn, nameof(NewInsats.EndsOn), "Insatsen slutar innan den börjar. Ändra något av datumen.");
        }

        errors.AddIf(capacity < 0, nameof(NewInsats.Capacity), "Antalet platser kan inte vara negativt.");
        foreach (var group in targetGroups)
            errors.AddIf(
                !await CodeListStore.HoldsAsync(write.Session, "CodeLists.TargetGroups", group, cancellationToken),
                nameof(NewInsats.TargetGroups),
                "Välj målgrupper ur listan.");
        return name;
    }

    private static async Task SetTargetGroupsAsync(
        RegistrationWrite write,
        int insatsId,
        IReadOnlyCollection<string> targetGroups,
        CancellationToken cancellationToken)
    {
        await write.Session.ExecuteAsync("Insatser.ClearTargetGroups", new { write.ForbundId, InsatsId = insatsId }, cancellationToken);
        foreach (var group in targetGroups.Distinct(StringComparer.Ordinal))
            await write.Session.ExecuteAsync("Insatser.AddTargetGroup", new { write.ForbundId, InsatsId = insatsId, TargetGroup = group }, cancellationToken);
    }
}
