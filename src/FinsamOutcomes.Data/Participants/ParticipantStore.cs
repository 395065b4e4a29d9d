using System.Globalization;
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
    private const string Table = ChangedEntity.Participant;

    private readonly ParticipantWriter _writer = new(database);

    public async Task<ParticipantRow?> FindAsync(int forbundId, string code, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await ParticipantWriter.FindByCodeAsync(session, forbundId, code, cancellationToken);
    }

    public async Task<ParticipantRow?> FindAsync(int forbundId, int participantId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await FindAsync(session, forbundId, participantId, cancellationToken);
    }

    /// <summary>Adds a participant; returns the id.</summary>
    public async Task<int> AddAsync(NewParticipant participant, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(participant);
        await using var write = await RegistrationWrite.OpenAsync(database, participant.ForbundId, participant.Actor, cancellationToken);
        var id = await write.Session.ReserveIdsAsync(Table, cancellationToken: cancellationToken);
        var errors = new FieldErrors();
        var given = new GivenParticipant(participant.Code, participant.Gender, participant.BirthYear, participant.Name, participant.PersonalNumber, participant.HasProtectedIdentity);
        var person = await _writer.CheckAsync(write, errors, id, given, mayLackCode: false, cancellationToken);
        errors.ThrowIfAny();
        await _writer.AddAsync(write, person, cancellationToken);
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
        var errors = new FieldErrors();
        var person = await _writer.CheckAsync(write, errors, change.Id, new GivenParticipant(change.Code, change.Gender, change.BirthYear, name, number, change.HasProtectedIdentity), mayLackCode: false, cancellationToken);
        errors.ThrowIfAny();
        var stored = await _writer.EncryptAsync(write, person, cancellationToken);
        await NoteChangesAsync(write, before, person, cancellationToken);
        await write.Session.ExecuteAsync("Participants.Update", stored with { Version = change.Version }, cancellationToken);
        await _writer.IndexNameAsync(write, person, cancellationToken);
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
        var identity = ParticipantWriter.Identity(new FieldCipher(KeyFile.Read(KeyFile.PathFor(database))), row);
        await write.CommitAsync("Participants.ReadIdentity", Table, participantId);
        return identity;
    }

    /// <summary>
    /// Names and personal numbers for a list, by participant; one audit event tells whose were read. Those who have neither,
    /// and those who are not in the förbund, are left out.
    /// </summary>
    /// <exception cref="FieldCipherException">They can't be read with this key.</exception>
    public async Task<IReadOnlyDictionary<int, ParticipantIdentity>> ReadIdentitiesAsync(int forbundId, IReadOnlyCollection<int> participantIds, string actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(participantIds);
        var found = new Dictionary<int, ParticipantIdentity>();
        if (participantIds.Count == 0)
            return found;
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        FieldCipher? cipher = null;
        foreach (var id in participantIds.Distinct())
        {
            var row = await write.Session.SingleOrDefaultAsync<ParticipantIdentityRow>("Participants.Identity", new { ForbundId = forbundId, ParticipantId = id }, cancellationToken);
            if (row is null or { NameEncrypted: null, PersonalNumberEncrypted: null })
                continue;
            cipher ??= new FieldCipher(KeyFile.Read(KeyFile.PathFor(database)));
            found.Add(id, ParticipantWriter.Identity(cipher, row));
        }

        if (found.Count > 0)
            await NoteReadAsync(write, found.Keys);
        return found;
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
        await write.Session.ExecuteAsync("ParticipantNames.ClearBuckets", new { ForbundId = forbundId, ParticipantId = participantId }, cancellationToken);
        await write.Session.ExecuteAsync("ChangeHistory.ForgetCode", new { ForbundId = forbundId, ParticipantId = participantId }, cancellationToken);
        write.ChangedUntold(Table, participantId, row.Version + 1, "ErasedAt");
        await write.CommitAsync("Participants.Erase", Table, participantId);
    }

    internal static Task<ParticipantRow?> FindAsync(DatabaseSession session, int forbundId, int participantId, CancellationToken cancellationToken) =>
        session.SingleOrDefaultAsync<ParticipantRow>("Participants.Find", new { ForbundId = forbundId, ParticipantId = participantId }, cancellationToken);

    /// <summary>The LIKE pattern for what begins with a text, with ! as escape.</summary>
    internal static string BeginsWith(string text) =>
        text.Trim().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal)
            .Replace("_", "!_", StringComparison.Ordinal).Replace("[", "![", StringComparison.Ordinal) + "%";

    /// <summary>A participant that something can still be registered for.</summary>
    internal static async Task<ParticipantRow> LivingAsync(DatabaseSession session, int forbundId, int participantId, string field, CancellationToken cancellationToken)
    {
        var row = await FindAsync(session, forbundId, participantId, cancellationToken) ?? throw Missing(field);
        return row.ErasedAt is null ? row : throw FieldErrors.Single(field, "Deltagaren är gallrad och kan inte ändras.");
    }

    private static RegistrationException Missing(string field) => FieldErrors.Single(field, "Deltagaren finns inte.");

    /// <summary>Keeps that the names of these participants were read.</summary>
    internal static Task NoteReadAsync(RegistrationWrite write, IEnumerable<int> participantIds) =>
        write.CommitAsync("Participants.ReadIdentities", Table, null, $"deltagare {string.Join(' ', participantIds.Order())}");

    // Of name and number only that they changed.
    private async Task NoteChangesAsync(RegistrationWrite write, ParticipantRow before, CheckedParticipant person, CancellationToken cancellationToken)
    {
        var version = before.Version + 1;
        write.Changed(Table, before.Id, version, nameof(person.Code), before.Code, person.Code);
        write.Changed(Table, before.Id, version, nameof(person.Gender), before.Gender, person.Gender);
        write.Changed(Table, before.Id, version, nameof(person.BirthYear), before.BirthYear, person.BirthYear);
        write.Changed(Table, before.Id, version, nameof(person.HasProtectedIdentity), before.HasProtectedIdentity, person.HasProtectedIdentity);
        var row = (await write.Session.SingleOrDefaultAsync<ParticipantIdentityRow>("Participants.Identity", new { write.ForbundId, ParticipantId = before.Id }, cancellationToken))!;
        var cipher = ParticipantWriter.ReadCipher(database);
        if (Differs(row.NameEncrypted, person.Name, identity => identity.Name))
            write.ChangedUntold(Table, before.Id, version, nameof(person.Name));
        if (Differs(row.PersonalNumberEncrypted, person.Number?.Digits, identity => identity.PersonalNumber))
            write.ChangedUntold(Table, before.Id, version, nameof(ParticipantChange.PersonalNumber));

        bool Differs(byte[]? encrypted, string? given, Func<ParticipantIdentity, string?> part)
        {
            if (encrypted is null || given is null || cipher is null)
                return encrypted is null != given is null;
            try
            {
                return part(ParticipantWriter.Identity(cipher, row)) != given;
            }
            catch (FieldCipherException)
            {
                // What can't be read is replaced by something that can.
                return true;
            }
        }
    }
}
