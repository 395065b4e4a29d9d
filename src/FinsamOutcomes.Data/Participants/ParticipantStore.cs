using System.Globalization;
using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Participants;

/// <summary>
/// The participants of a förbund. Names and personal numbers are encrypted with the installation's <see cref="KeyFile"/>,
/// and each reading of them is an audit event. Errors are told with <see cref="RegistrationException"/>.
/// </summary>
public sealed class ParticipantStore(FinsamDatabase database)
{
    private const string Table = "participant";
    private const string NameColumn = "name_encrypted";
    private const string NumberColumn = "personal_number_encrypted";

    public async Task<ParticipantRow?> FindAsync(int forbundId, string code, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await FindByCodeAsync(session, forbundId, code, cancellationToken);
    }

    public async Task<ParticipantRow?> FindAsync(int forbundId, int participantId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await FindAsync(session, forbundId, participantId, cancellationToken);
    }

    /// <summary>The participant with this personal number, or those whose code begins with the text (at most fifty).</summary>
    public async Task<IReadOnlyList<ParticipantRow>> SearchAsync(int forbundId, string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        await using var session = await database.ReadAsync(cancellationToken);
        if (PersonalNumber.TryParse(text, database.Today, out var number) && File.Exists(KeyFile.PathFor(database)))
        {
            var cipher = new FieldCipher(KeyFile.Read(KeyFile.PathFor(database)));
            if (await FindByNumberAsync(session, cipher, forbundId, number, cancellationToken) is { } found)
                return [found];
        }

        var pattern = text.Trim().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal)
            .Replace("_", "!_", StringComparison.Ordinal).Replace("[", "![", StringComparison.Ordinal) + "%";
        return await session.QueryAsync<ParticipantRow>("Participants.SearchByCode", new { ForbundId = forbundId, Pattern = pattern }, cancellationToken);
    }

    /// <summary>Adds a participant; returns the id.</summary>
    public async Task<int> AddAsync(NewParticipant participant, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(participant);
        await using var write = await RegistrationWrite.OpenAsync(database, participant.ForbundId, participant.Actor, cancellationToken);
        var id = await write.Session.ReserveIdsAsync(Table, cancellationToken: cancellationToken);
        var stored = await CheckAsync(write, id, new Given(participant.Code, participant.Gender, participant.BirthYear, participant.Name, participant.PersonalNumber, participant.HasProtectedIdentity), cancellationToken);
        await write.Session.ExecuteAsync("Participants.Add", stored, cancellationToken);
        await write.CommitAsync("Participants.Add", Table, id);
        return id;
    }

    /// <summary>Changes a participant; refused when the version is no longer the latest or the participant is erased.</summary>
    public async Task UpdateAsync(ParticipantChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        await using var write = await RegistrationWrite.OpenAsync(database, change.ForbundId, change.Actor, cancellationToken);
        var before = await LivingAsync(write.Session, change.ForbundId, change.Id, nameof(change.Id), cancellationToken);
        if (before.Version != change.Version)
            throw FieldErrors.Stale();

        // Protection that comes later takes away what was stored before it.
        var (name, number) = change.HasProtectedIdentity && !before.HasProtectedIdentity ? (null, null) : (change.Name, change.PersonalNumber);
        var stored = await CheckAsync(write, change.Id, new Given(change.Code, change.Gender, change.BirthYear, name, number, change.HasProtectedIdentity), cancellationToken);
        await write.Session.ExecuteAsync("Participants.Update", stored with { Version = change.Version }, cancellationToken);
        await write.CommitAsync("Participants.Update", Table, change.Id);
    }

    /// <summary>Name and personal number in clear text, for the caseworker's own page; written to the audit log.</summary>
    /// <exception cref="FieldCipherException">They can't be read with this key.</exception>
    public async Task<ParticipantIdentity> ReadIdentityAsync(int forbundId, int participantId, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var row = await write.Session.SingleOrDefaultAsync<ParticipantIdentityRow>("Participants.Identity", new { ForbundId = forbundId, ParticipantId = participantId }, cancellationToken)
            ?? throw Missing("ParticipantId");
        if (row.NameEncrypted is null && row.PersonalNumberEncrypted is null)
            return new ParticipantIdentity { Name = null, PersonalNumber = null };
        var cipher = new FieldCipher(KeyFile.Read(KeyFile.PathFor(database)));
        var identity = new ParticipantIdentity
        {
            Name = row.NameEncrypted is { } name ? cipher.Decrypt(name, new FieldPlace(Table, NameColumn, row.Id)) : null,
            PersonalNumber = row.PersonalNumberEncrypted is { } number ? cipher.Decrypt(number, new FieldPlace(Table, NumberColumn, row.Id)) : null,
        };
        await write.CommitAsync("Participants.ReadIdentity", Table, participantId);
        return identity;
    }

    /// <summary>
    /// Erases who the participant is (gallring): name, number and code go, the row stays so that published sums still
    /// hold. Refused while a participation is in queue or ongoing.
    /// </summary>
    public async Task EraseAsync(int forbundId, int participantId, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var row = await LivingAsync(write.Session, forbundId, participantId, "ParticipantId", cancellationToken);
        if (await write.Session.SingleOrDefaultAsync<int>("Participants.CountOpen", new { ForbundId = forbundId, ParticipantId = participantId }, cancellationToken) > 0)
            throw FieldErrors.Single("ParticipantId", "Deltagaren står i kö eller är inskriven. Avsluta deltagandet först.");
        var code = string.Create(CultureInfo.InvariantCulture, $"gallrad-{participantId}");
        await write.Session.ExecuteAsync("Participants.Erase", new { ForbundId = forbundId, ParticipantId = participantId, row.Version, Code = code, ErasedAt = write.Session.UtcNow }, cancellationToken);
        await write.CommitAsync("Participants.Erase", Table, participantId);
    }

    internal static Task<ParticipantRow?> FindAsync(DatabaseSession session, int forbundId, int participantId, CancellationToken cancellationToken) =>
        session.SingleOrDefaultAsync<ParticipantRow>("Participants.Find", new { ForbundId = forbundId, ParticipantId = participantId }, cancellationToken);

    /// <summary>A participant that something can still be registered for.</summary>
    internal static async Task<ParticipantRow> LivingAsync(DatabaseSession session, int forbundId, int participantId, string field, CancellationToken cancellationToken)
    {
        var row = await FindAsync(session, forbundId, participantId, cancellationToken) ?? throw Missing(field);
        return row.ErasedAt is null ? row : throw FieldErrors.Single(field, "Deltagaren är gallrad och kan inte ändras.");
    }

    private static RegistrationException Missing(string field) => FieldErrors.Single(field, "Deltagaren finns inte.");

    private static Task<ParticipantRow?> FindByCodeAsync(DatabaseSession session, int forbundId, string code, CancellationToken cancellationToken) =>
        session.SingleOrDefaultAsync<ParticipantRow>("Participants.FindByCode", new { ForbundId = forbundId, Code = code }, cancellationToken);

    private static Task<ParticipantRow?> FindByNumberAsync(DatabaseSession session, FieldCipher cipher, int forbundId, PersonalNumber number, CancellationToken cancellationToken) =>
        session.SingleOrDefaultAsync<ParticipantRow>(
            "Participants.FindByPersonalNumber",
            new { ForbundId = forbundId, PersonalNumberIndex = cipher.BlindIndex(number.Digits, Table, NumberColumn, forbundId) },
            cancellationToken);

    private async Task<Stored> CheckAsync(RegistrationWrite write, int id, Given given, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var code = errors.Text(given.Code, nameof(given.Code), "deltagarkod", 50);
        if (await FindByCodeAsync(write.Session, write.ForbundId, code, cancellationToken) is { } same && same.Id != id)
            errors.Add(nameof(given.Code), "Deltagarkoden används redan. Välj en annan, eller sök upp deltagaren.");
        errors.AddIf(PersonalNumber.TryParse(code, database.Today, out _), nameof(given.Code), "Deltagarkoden är ett personnummer. Välj en kod som inte avslöjar vem deltagaren är.");
        errors.AddIf(!await CodeListStore.HoldsAsync(write.Session, "CodeLists.Genders", given.Gender, cancellationToken), nameof(given.Gender), "Välj kvinna, man eller okänt kön.");
        errors.AddIf(given.BirthYear is { } year && (year < 1900 || year > database.Today.Year), nameof(given.BirthYear), $"Ange ett födelseår från 1900 till {database.Today.Year}.");
        var name = string.IsNullOrWhiteSpace(given.Name) ? null : errors.Text(given.Name, nameof(given.Name), "deltagarens namn", 200);
        PersonalNumber? number = null;
        if (!string.IsNullOrWhiteSpace(given.PersonalNumber))
        {
            if (PersonalNumber.TryParse(given.PersonalNumber, database.Today, out var parsed))
                number = parsed;
            else
                errors.Add(nameof(given.PersonalNumber), "Personnumret stämmer inte. Skriv ÅÅÅÅMMDD-NNNN och kontrollera siffrorna.");
        }

        const string Protected = "Deltagaren har skyddade personuppgifter. Namn och personnummer sparas inte: ta bort dem.";
        errors.AddIf(given.HasProtectedIdentity && name is not null, nameof(given.Name), Protected);
        errors.AddIf(given.HasProtectedIdentity && number is not null, nameof(given.PersonalNumber), Protected);
        errors.AddIf(number is { } n && given.BirthYear is { } y && n.BirthYear != y, nameof(given.BirthYear), "Födelseåret är ett annat än i personnumret.");
        errors.AddIf(number is { } m && given.Gender != "unknown" && m.Gender != given.Gender, nameof(given.Gender), "Könet är ett annat än i personnumret.");
        errors.ThrowIfAny();

        var stored = new Stored(id, write.ForbundId, code, given.Gender, given.BirthYear ?? number?.BirthYear, null, null, null, given.HasProtectedIdentity, 0);
        if (name is null && number is null)
            return stored;
        var cipher = await CipherAsync(write.Session, cancellationToken);
        if (number is { } one && await FindByNumberAsync(write.Session, cipher, write.ForbundId, one, cancellationToken) is { } holder && holder.Id != id)
            throw FieldErrors.Single(nameof(given.PersonalNumber), "Personnumret hör till en deltagare som redan finns. Sök upp deltagaren i stället.");
        return stored with
        {
            NameEncrypted = name is null ? null : cipher.Encrypt(name, new FieldPlace(Table, NameColumn, id)),
            PersonalNumberEncrypted = number is { } plain ? cipher.Encrypt(plain.Digits, new FieldPlace(Table, NumberColumn, id)) : null,
            PersonalNumberIndex = number is { } indexed ? cipher.BlindIndex(indexed.Digits, Table, NumberColumn, write.ForbundId) : null,
        };
    }

    // A new key is made only while there is nothing that another key encrypted.
    private async Task<FieldCipher> CipherAsync(DatabaseSession session, CancellationToken cancellationToken)
    {
        var path = KeyFile.PathFor(database);
        var isFirst = await session.SingleOrDefaultAsync<int>("Participants.CountEncrypted", cancellationToken: cancellationToken) == 0;
        return new FieldCipher(isFirst ? KeyFile.ReadOrCreate(path) : KeyFile.Read(path));
    }

    private sealed record Given(string Code, string Gender, int? BirthYear, string? Name, string? PersonalNumber, bool HasProtectedIdentity);

    private sealed record Stored(
        int Id,
        int ForbundId,
        string Code,
        string Gender,
        int? BirthYear,
        byte[]? NameEncrypted,
        byte[]? PersonalNumberEncrypted,
        byte[]? PersonalNumberIndex,
        bool HasProtectedIdentity,
        int Version);
}
