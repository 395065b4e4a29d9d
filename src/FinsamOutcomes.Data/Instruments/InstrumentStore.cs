using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Instruments;

/// <summary>
/// Instruments with their questions. A version is locked at its first assessment: the wording and the scale that were
/// answered never change afterwards; a new version is added instead. Errors are told with
/// <see cref="RegistrationException"/>.
/// </summary>
public sealed class InstrumentStore(FinsamDatabase database)
{
    public async Task<IReadOnlyList<InstrumentRow>> AllAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<InstrumentRow>("Instruments.All", new { ForbundId = forbundId }, cancellationToken);
    }

    /// <summary>An instrument's questions in order, with their texts by language.</summary>
    public async Task<IReadOnlyList<InstrumentItem>> ItemsAsync(int forbundId, int instrumentId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        var arguments = new { ForbundId = forbundId, InstrumentId = instrumentId };
        var texts = (await session.QueryAsync<ItemTextRow>("Instruments.Texts", arguments, cancellationToken)).ToLookup(t => t.InstrumentItemId);
        return [.. (await ItemsAsync(session, forbundId, instrumentId, cancellationToken))
            .Select(row => new InstrumentItem { Row = row, Texts = texts[row.Id].ToDictionary(t => t.Language, t => t.Body, StringComparer.Ordinal) })];
    }

    /// <summary>The names of the insatser where each instrument has been answered, by instrument.</summary>
    public async Task<ILookup<int, string>> UsageAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return (await session.QueryAsync<InstrumentUseRow>("Instruments.Usage", new { ForbundId = forbundId }, cancellationToken)).ToLookup(
            u => u.InstrumentId,
            u => u.Insats);
    }

    /// <summary>Adds an instrument, or a new version of one; returns its id.</summary>
    public async Task<int> AddAsync(NewInstrument instrument, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        await using var write = await RegistrationWrite.OpenAsync(database, instrument.ForbundId, instrument.Actor, cancellationToken);
        var errors = new FieldErrors();
        var code = errors.Text(instrument.Code, nameof(instrument.Code), "instrumentets kod", 50);
        errors.AddIf(instrument.InstrumentVersion < 1, nameof(instrument.InstrumentVersion), "Versionen ska vara 1 eller högre.");
        errors.AddIf(
            instrument.Respondent is not ("participant" or "caseworker"),
            nameof(instrument.Respondent),
            "Välj om deltagaren eller handläggaren svarar.");
        var others = await write.Session.QueryAsync<InstrumentRow>("Instruments.All", new { instrument.ForbundId }, cancellationToken);
        errors.AddIf(
            others.Any(o =>
                string.Equals(o.Code, code, StringComparison.OrdinalIgnoreCase)
                && o.InstrumentVersion == instrument.InstrumentVersion
                && o.Respondent == instrument.Respondent),
            nameof(instrument.InstrumentVersion),
            "Den versionen finns redan. Ange nästa versionsnummer.");
        CheckItems(errors, instrument.Items);
        errors.ThrowIfAny();
        var id = await write.Session.ReserveIdsAsync("instrument", cancellationToken: cancellationToken);
        await write.Session.ExecuteAsync(
            "Instruments.Add",
            new
            {
                Id = id,
                instrument.ForbundId,
                Code = code,
                instrument.InstrumentVersion,
                instrument.Respondent,
            },
            cancellationToken);
        await AddItemsAsync(write, id, instrument.Items, cancellationToken);
        await write.CommitAsync("Instruments.Add", "instrument", id);
        return id;
    }

    /// <summary>Replaces the questions of a version that nobody has answered yet.</summary>
    public async Task ReplaceItemsAsync(
        int forbundId,
        int instrumentId,
        IReadOnlyList<NewInstrumentItem> items,
        string actor,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var row = await FindAsync(write.Session, forbundId, instrumentId, cancellationToken);
        if (row.LockedAt is not null)
            throw FieldErrors.Single("InstrumentId", "Instrumentet är låst, eftersom det har besvarats. Lägg till en ny version i stället.");
        var errors = new FieldErrors();
        CheckItems(errors, items);
        errors.ThrowIfAny();
        var arguments = new { ForbundId = forbundId, InstrumentId = instrumentId };
        await write.Session.ExecuteAsync("Instruments.ClearTexts", arguments, cancellationToken);
        await write.Session.ExecuteAsync("Instruments.ClearItems", arguments, cancellationToken);
        await AddItemsAsync(write, instrumentId, items, cancellationToken);
        await write.CommitAsync("Instruments.ReplaceItems", "instrument", instrumentId);
    }

    internal static async Task<InstrumentRow> FindAsync(DatabaseSession session, int forbundId, int instrumentId, CancellationToken cancellationToken) =>
        (await session.QueryAsync<InstrumentRow>("Instruments.All", new { ForbundId = forbundId }, cancellationToken)).FirstOrDefault(i => i.Id == instrumentId)
        ?? throw FieldErrors.Single("InstrumentId", "Instrumentet finns inte.");

    internal static Task<IReadOnlyList<InstrumentItemRow>> ItemsAsync(
        DatabaseSession session,
        int forbundId,
        int instrumentId,
        CancellationToken cancellationToken
    ) => session.QueryAsync<InstrumentItemRow>("Instruments.Items", new { ForbundId = forbundId, InstrumentId = instrumentId }, cancellationToken);

    private static void CheckItems(FieldErrors errors, IReadOnlyList<NewInstrumentItem> items)
    {
        errors.AddIf(items.Count == 0, nameof(NewInstrument.Items), "Instrumentet saknar frågor.");
        errors.AddIf(
            items.Select(i => i.Code).Distinct(StringComparer.OrdinalIgnoreCase).Count() != items.Count,
            nameof(NewInstrument.Items),
            "Två frågor har samma kod.");
        for (var i = 0; i < items.Count; i++)
        {
            var (item, field) = (items[i], $"{nameof(NewInstrument.Items)}[{i}]");
            errors.Text(item.Code, field + ".Code", "frågans kod", 50);
            errors.AddIf(item.ScaleMax <= item.ScaleMin, field + ".ScaleMax", "Skalans högsta värde ska vara större än det lägsta.");
            errors.AddIf(item.SmallestChange < 0, field + ".SmallestChange", "Den minsta viktiga förändringen kan inte vara negativ.");
            foreach (var number in new[] { item.ScaleMin, item.ScaleMax, item.SmallestChange })
                errors.AddIf(
                    decimal.Round(number, 4) != number || decimal.Abs(number) >= 100_000,
                    field,
                    "Skalan anges med högst fyra decimaler och fem siffror före.");
            errors.AddIf(!item.Texts.ContainsKey("sv"), field + ".Texts", "Frågan saknar svensk text.");
            foreach (var (language, body) in item.Texts)
            {
                errors.AddIf(language.Length is < 2 or > 10, field + ".Texts", "Språket anges med sin kod, till exempel sv eller ar.");
                errors.AddIf(string.IsNullOrWhiteSpace(body) || body.Length > 1000, field + ".Texts", "Frågans text ska ha mellan 1 och 1 000 tecken.");
                errors.Signs(body, field + ".Texts", $"frågans text ({language})", TextForm.AnyDirection);
            }
        }
    }

    private static async Task AddItemsAsync(
        RegistrationWrite write,
        int instrumentId,
        IReadOnlyList<NewInstrumentItem> items,
        CancellationToken cancellationToken)
    {
        var first = await write.Session.ReserveIdsAsync("instrument_item", items.Count, cancellationToken);
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            await write.Session.ExecuteAsync(
                "Instruments.AddItem",
                new
                {
                    Id = first + i,
                    write.ForbundId,
                    InstrumentId = instrumentId,
                    item.Code,
                    Position = i + 1,
                    item.ScaleMin,
                    item.ScaleMax,
                    item.IsHigherBetter,
                    item.SmallestChange,
                },
                cancellationToken);
            foreach (var (language, body) in item.Texts)
                await write.Session.ExecuteAsync(
                    "Instruments.AddText",
                    new
                    {
                        write.ForbundId,
                        InstrumentItemId = first + i,
                        Language = language,
                        Body = body,
                    },
                    cancellationToken);
        }
    }
}
