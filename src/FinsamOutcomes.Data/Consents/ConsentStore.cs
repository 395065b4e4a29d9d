using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Consents;

/// <summary>
/// Written consent: when it was given, what it covers and where the form is kept, and that it was withdrawn. Where the form is
/// kept is encrypted as names are. Which insatser ask for it is in <see cref="Erasures.PrivacyRuleStore"/>.
/// </summary>
public sealed class ConsentStore(FinsamDatabase database)
{
    public const int LongestFormPlace = 200;

    private const string Table = "consent";
    private const string FormPlaceColumn = "form_place_encrypted";

    /// <summary>The consents of a participant, the latest first, with those of records merged into it.</summary>
    public async Task<IReadOnlyList<Consent>> OfAsync(int forbundId, int participantId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        var rows = await RowsAsync(session, forbundId, participantId, cancellationToken);
        var cipher = rows.Any(r => r.FormPlaceEncrypted is not null)
            ? await ParticipantWriter.ReadCipherAsync(database, session, cancellationToken)
            : null;
        return
        [
            .. rows.Select(r =>
            {
                var place = r.FormPlaceEncrypted is { } stored ? cipher?.TryDecrypt(stored, Place(r.Id)) : null;
                return new Consent { Row = r, FormPlace = place, IsUnreadable = r.FormPlaceEncrypted is not null && place is null };
            }),
        ];
    }

    /// <summary>Notes a written consent, a row for each thing it covers.</summary>
    public async Task AddAsync(NewConsent consent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(consent);
        await using var write = await RegistrationWrite.OpenAsync(database, consent.ForbundId, consent.Actor, cancellationToken);
        var person = await ParticipantStore.LivingAsync(
            write.Session,
            consent.ForbundId,
            consent.ParticipantId,
            nameof(consent.ParticipantId),
            cancellationToken);
        var errors = new FieldErrors();
        errors.AddIf(consent.GivenOn is null, nameof(consent.GivenOn), "Ange vilken dag samtycket gavs.");
        errors.PastDate(consent.GivenOn, nameof(consent.GivenOn), database.Today);
        var scopes = ConsentScope.All.Select(s => s.Code).Where(consent.Scopes.Contains).ToList();
        errors.AddIf(scopes.Count == 0, nameof(consent.Scopes), "Kryssa för minst en sak som samtycket gäller.");
        var place = (consent.FormPlace ?? "").Trim();
        errors.AddIf(place.Length > LongestFormPlace, nameof(consent.FormPlace), $"Skriv högst {LongestFormPlace} tecken om var blanketten finns.");
        errors.Signs(place, nameof(consent.FormPlace), "var blanketten finns");
        errors.AddIf(PersonalNumber.CouldBeIn(place), nameof(consent.FormPlace), "Skriv inga personnummer här.");
        var cipher = place.Length == 0
            ? null
            : await KeyFile.CipherAsync(database, write.Session, errors, nameof(consent.FormPlace), "Lämna tomt, eller kontakta", cancellationToken);
        errors.ThrowIfAny();
        var id = await write.Session.ReserveIdsAsync(Table, scopes.Count, cancellationToken);
        foreach (var (scope, i) in scopes.Select((s, i) => (s, i)))
            await write.Session.ExecuteAsync(
                "Consents.Add",
                new
                {
                    Id = id + i,
                    consent.ForbundId,
                    consent.ParticipantId,
                    Scope = scope,
                    consent.GivenOn,
                    FormPlaceEncrypted = cipher?.Encrypt(place, Place(id + i)),
                },
                cancellationToken);
        write.Changed(ChangedEntity.Participant, person.Id, person.Version, "Consent", null, consent.GivenOn);
        await write.CommitAsync("Consents.Add", ChangedEntity.Participant, person.Id, string.Join(", ", scopes));
    }

    /// <summary>Notes that a consent was withdrawn; <paramref name="withdrawnOn"/> null takes that back, when it was a mistake.</summary>
    public async Task WithdrawAsync(
        int forbundId,
        int participantId,
        int consentId,
        int version,
        DateOnly? withdrawnOn,
        string actor,
        CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var (person, row) = await FindAsync(write, participantId, consentId, cancellationToken);
        var errors = new FieldErrors();
        errors.PastDate(withdrawnOn, "WithdrawnOn", database.Today);
        errors.AddIf(withdrawnOn < row.GivenOn, "WithdrawnOn", $"Samtycket gavs {row.GivenOn:yyyy-MM-dd}. Ange den dagen eller en senare.");
        errors.ThrowIfAny();
        if (
            await write.Session.ExecuteAsync(
                "Consents.Withdraw",
                new
                {
                    ForbundId = forbundId,
                    row.Id,
                    Version = version,
                    WithdrawnOn = withdrawnOn,
                },
                cancellationToken) == 0)
            throw FieldErrors.Stale();
        write.Changed(ChangedEntity.Participant, person.Id, person.Version, "ConsentWithdrawn", row.WithdrawnOn, withdrawnOn);
        await write.CommitAsync(withdrawnOn is null ? "Consents.UndoWithdrawal" : "Consents.Withdraw", ChangedEntity.Participant, person.Id, row.Scope);
    }

    /// <summary>Takes away a consent that was noted by mistake.</summary>
    public async Task RemoveAsync(
        int forbundId,
        int participantId,
        int consentId,
        int version,
        string actor,
        CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var (person, row) = await FindAsync(write, participantId, consentId, cancellationToken);
        if (await write.Session.ExecuteAsync("Consents.Remove", new { ForbundId = forbundId, row.Id, Version = version }, cancellationToken) == 0)
            throw FieldErrors.Stale();
        write.Changed(ChangedEntity.Participant, person.Id, person.Version, "Consent", row.GivenOn, null);
        await write.CommitAsync("Consents.Remove", ChangedEntity.Participant, person.Id, row.Scope);
    }

    /// <summary>
    /// Refuses a new name or number where an insats asks for written consent first: one of the participant's, or the one that
    /// somebody new is to enter.
    /// </summary>
    internal static async Task RequireBeforeNameAsync(
        RegistrationWrite write,
        FieldErrors errors,
        int participantId,
        int? insatsId,
        bool hasNewName,
        bool hasNewNumber,
        CancellationToken cancellationToken)
    {
        if (!hasNewName && !hasNewNumber)
            return;
        var lacking = await write.Session.QueryAsync<string>(
            "Consents.InsatserBeforeName",
            new { write.ForbundId, ParticipantId = participantId, InsatsId = insatsId },
            cancellationToken);
        if (lacking.Count == 0)
            return;
        var what = insatsId is null
            ? "Skriv först in samtycket på deltagarens sida."
            : "Registrera utan namn och personnummer, skriv in samtycket på deltagarens sida och lägg sedan till dem.";
        var message = $"{string.Join(" och ", lacking)} kräver skriftligt samtycke till att namn och personnummer sparas. {what}";
        errors.AddIf(hasNewName, nameof(NewParticipant.Name), message);
        errors.AddIf(hasNewNumber, nameof(NewParticipant.PersonalNumber), message);
    }

    private static Task<IReadOnlyList<ConsentRow>> RowsAsync(DatabaseSession session, int forbundId, int participantId, CancellationToken cancellationToken) =>
        session.QueryAsync<ConsentRow>("Consents.Of", new { ForbundId = forbundId, ParticipantId = participantId }, cancellationToken);

    private static async Task<(ParticipantRow Person, ConsentRow Row)> FindAsync(
        RegistrationWrite write,
        int participantId,
        int consentId,
        CancellationToken cancellationToken)
    {
        var person = await ParticipantStore.LivingAsync(write.Session, write.ForbundId, participantId, "ParticipantId", cancellationToken);
        return (
            person,
            (await RowsAsync(write.Session, write.ForbundId, participantId, cancellationToken)).FirstOrDefault(c => c.Id == consentId)
                ?? throw FieldErrors.Stale());
    }

    private static FieldPlace Place(int id) => new(Table, FormPlaceColumn, id);
}

/// <summary>What a written consent covers, as it is stored, and in words.</summary>
public static class ConsentScope
{
    public const string Registration = "registration";

    public const string Identity = "identity";

    public static IReadOnlyList<(string Code, string Label)> All { get; } =
    [
        (Registration, "Att uppgifter om deltagaren registreras"),
        (Identity, "Att namn och personnummer sparas"),
        ("sharing", "Att uppgifter delas mellan myndigheterna i insatsen"),
        ("contact", "Att deltagaren kontaktas efter insatsen"),
    ];

    public static string InWords(string code) => All.FirstOrDefault(s => s.Code == code).Label ?? code;
}

/// <summary>A written consent to note.</summary>
public sealed record NewConsent
{
    public required int ForbundId { get; init; }

    public required int ParticipantId { get; init; }

    /// <summary>Of <see cref="ConsentScope.All"/>, at least one.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    public required DateOnly? GivenOn { get; init; }

    /// <summary>Where the paper is kept; null when nobody says.</summary>
    public required string? FormPlace { get; init; }

    public string Actor { get; init; } = "finsam";
}

/// <summary>A consent as stored.</summary>
public sealed record ConsentRow
{
    public required int Id { get; init; }

    public required int ParticipantId { get; init; }

    public required string Scope { get; init; }

    public required DateOnly GivenOn { get; init; }

    public required DateOnly? WithdrawnOn { get; init; }

    public required byte[]? FormPlaceEncrypted { get; init; }

    public required int Version { get; init; }
}

/// <summary>A consent, with where its form is kept in clear.</summary>
public sealed record Consent
{
    public required ConsentRow Row { get; init; }

    public required string? FormPlace { get; init; }

    /// <summary>Where the form is kept was noted, and can't be read with this key.</summary>
    public required bool IsUnreadable { get; init; }
}
