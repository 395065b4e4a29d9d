using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Participants;

/// <summary>Checks a participant's own fields, encrypts name and number, and keeps the index that names are searched by.</summary>
internal sealed class ParticipantWriter(FinsamDatabase database)
{
    private const string Table = "participant";
    private const string NameColumn = "name_encrypted";
    private const string NumberColumn = "personal_number_encrypted";

    /// <summary>Of a personal number that another participant has.</summary>
    public const string TakenNumberMessage = "Personnumret hör till en deltagare som redan finns. Sök upp deltagaren i stället.";

    public const string NoKeyMessage =
        "Namn och personnummer går inte att spara just nu: nyckeln till dem saknas eller är en annan. Lämna dem tomma, eller kontakta den som sköter systemet.";

    /// <summary>What was given, trimmed and parsed; to be used only when no error was found.</summary>
    /// <param name="write">The registration.</param>
    /// <param name="errors">Where each error is told.</param>
    /// <param name="id">The participant's, who is no duplicate of themselves.</param>
    /// <param name="given">As it was written.</param>
    /// <param name="mayLackCode">True when a code is made for one without.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<CheckedParticipant> CheckAsync(
        RegistrationWrite write,
        FieldErrors errors,
        int id,
        GivenParticipant given,
        bool mayLackCode,
        CancellationToken cancellationToken)
    {
        var code = mayLackCode && string.IsNullOrWhiteSpace(given.Code) ? "" : await CheckCodeAsync(write, errors, given, cancellationToken);
        errors.AddIf(given.Asks && ParticipantCode.LooksLikeName(code), nameof(NewRegistration.IsCodeNoName), ParticipantCode.NameMessage);
        errors.AddIf(
            !await CodeListStore.HoldsAsync(write.Session, "CodeLists.Genders", given.Gender, cancellationToken),
            nameof(given.Gender),
            "Välj kvinna, man eller okänt kön.");
        errors.AddIf(
            given.BirthYear is { } year && (year < 1900 || year > database.Today.Year),
            nameof(given.BirthYear),
            $"Ange ett födelseår från 1900 till {database.Today.Year}.");
        var name = string.IsNullOrWhiteSpace(given.Name) ? null : errors.Text(given.Name, nameof(given.Name), "deltagarens namn", 200);
        errors.AddIf(
            name is not null && NameWords.Of(name).Count > NameWords.Most,
            nameof(given.Name),
            $"Skriv deltagarens namn med högst {NameWords.Most} ord: tilltalsnamn och efternamn räcker.");
        PersonalNumber? number = null;
        if (!string.IsNullOrWhiteSpace(given.PersonalNumber))
        {
            var fault = PersonalNumber.Read(given.PersonalNumber, database.Today, out var parsed);
            if (fault == PersonalNumberFault.None)
                number = parsed;
            else
                errors.Add(nameof(given.PersonalNumber), fault.InWords());
        }

        const string Protected = "Deltagaren har skyddade personuppgifter. Namn och personnummer sparas inte: ta bort dem.";
        errors.AddIf(given.HasProtectedIdentity && name is not null, nameof(given.Name), Protected);
        errors.AddIf(given.HasProtectedIdentity && number is not null, nameof(given.PersonalNumber), Protected);
        errors.AddIf(number is { } n && given.BirthYear is { } y && n.BirthYear != y, nameof(given.BirthYear), "Födelseåret är ett annat än i personnumret.");
        errors.AddIf(number is { } m && given.Gender != "unknown" && m.Gender != given.Gender, nameof(given.Gender), "Könet är ett annat än i personnumret.");
        if ((name is not null || number is not null) && !given.HasProtectedIdentity)
        {
            try
            {
                await KeyFile.CipherAsync(database, write.Session, cancellationToken);
            }
            catch (KeyFileException)
            {
                errors.Add(name is null ? nameof(given.PersonalNumber) : nameof(given.Name), NoKeyMessage);
            }
        }

        return new CheckedParticipant(id, code, given.Gender, given.BirthYear ?? number?.BirthYear, name, number, given.HasProtectedIdentity);
    }

    /// <summary>
    /// Who has the personal number, if that is somebody else. To be asked only when all else is right, since the answer tells
    /// who is in the register; see <see cref="Presence"/>.
    /// </summary>
    public async Task<ParticipantRow?> FindHolderAsync(RegistrationWrite write, CheckedParticipant person, CancellationToken cancellationToken)
    {
        if (person.Number is not { } number || person.HasProtectedIdentity)
            return null;
        var cipher = await KeyFile.CipherAsync(database, write.Session, cancellationToken);
        return await FindByNumberAsync(write.Session, cipher, write.ForbundId, number, cancellationToken) is { } found && found.Id != person.Id ? found : null;
    }

    /// <summary>Encrypts what is to be stored, as the arguments of Participants.Add and Participants.Update.</summary>
    public async Task<StoredParticipant> EncryptAsync(RegistrationWrite write, CheckedParticipant person, CancellationToken cancellationToken)
    {
        var stored = new StoredParticipant(
            person.Id,
            write.ForbundId,
            person.Code,
            NormalForm.Of(person.Code),
            person.Gender,
            person.BirthYear,
            null,
            null,
            null,
            person.HasProtectedIdentity,
            0);
        if (person.Name is null && person.Number is null)
            return stored;
        var cipher = await KeyFile.CipherAsync(database, write.Session, cancellationToken);
        return stored with
        {
            NameEncrypted = person.Name is null ? null : EncryptName(cipher, person.Id, person.Name),
            PersonalNumberEncrypted = person.Number is { } plain ? EncryptNumber(cipher, person.Id, plain) : null,
            PersonalNumberIndex = person.Number is { } indexed ? NumberIndex(cipher, indexed, write.ForbundId) : null,
        };
    }

    /// <summary>Writes a new participant with its name index.</summary>
    public async Task AddAsync(RegistrationWrite write, CheckedParticipant person, CancellationToken cancellationToken)
    {
        var stored = await EncryptAsync(write, person, cancellationToken) with { ErasureMark = Erasures.ErasedFile.NewMark() };
        await write.Session.ExecuteAsync("Participants.Add", stored, cancellationToken);
        await IndexNameAsync(write, person, cancellationToken);
    }

    /// <summary>Replaces what the name is found by.</summary>
    public async Task IndexNameAsync(RegistrationWrite write, CheckedParticipant person, CancellationToken cancellationToken)
    {
        await write.Session.ExecuteAsync("ParticipantNames.ClearBuckets", new { write.ForbundId, ParticipantId = person.Id }, cancellationToken);
        if (person.Name is null)
            return;
        foreach (var bucket in NameWords.Buckets(await KeyFile.CipherAsync(database, write.Session, cancellationToken), person.Name, write.ForbundId))
            await write.Session.ExecuteAsync(
                "ParticipantNames.AddBucket",
                new
                {
                    write.ForbundId,
                    Bucket = bucket,
                    ParticipantId = person.Id,
                },
                cancellationToken);
    }

    /// <summary>A name that can't be read is found by no search, and counts as indexed.</summary>
    public static Task IndexUnreadableAsync(
        DatabaseSession session,
        FieldCipher cipher,
        int forbundId,
        int participantId,
        CancellationToken cancellationToken) => IndexAnewAsync(session, cipher, forbundId, participantId, "", cancellationToken);

    /// <summary>Replaces what a name is found by, with another key.</summary>
    public static async Task IndexAnewAsync(
        DatabaseSession session,
        FieldCipher cipher,
        int forbundId,
        int participantId,
        string name,
        CancellationToken cancellationToken)
    {
        await session.ExecuteAsync("ParticipantNames.ClearBuckets", new { ForbundId = forbundId, ParticipantId = participantId }, cancellationToken);
        foreach (var bucket in NameWords.Buckets(cipher, name, forbundId))
            await session.ExecuteAsync(
                "ParticipantNames.AddBucket",
                new
                {
                    ForbundId = forbundId,
                    Bucket = bucket,
                    ParticipantId = participantId,
                },
                cancellationToken);
    }

    /// <summary>The key to read with; null when it is missing, damaged or another's, so that nothing can be read.</summary>
    public static async Task<FieldCipher?> ReadCipherAsync(FinsamDatabase database, DatabaseSession session, CancellationToken cancellationToken)
    {
        try
        {
            return await KeyFile.FindCipherAsync(database, session, cancellationToken);
        }
        catch (KeyFileException)
        {
            return null;
        }
    }

    /// <summary>A name as it is stored with its participant.</summary>
    public static byte[] EncryptName(FieldCipher cipher, int participantId, string name) =>
        cipher.Encrypt(name, new FieldPlace(Table, NameColumn, participantId));

    /// <summary>A personal number as it is stored with its participant.</summary>
    public static byte[] EncryptNumber(FieldCipher cipher, int participantId, PersonalNumber number) =>
        cipher.Encrypt(number.Digits, new FieldPlace(Table, NumberColumn, participantId));

    /// <summary>What a personal number is found by.</summary>
    public static byte[] NumberIndex(FieldCipher cipher, PersonalNumber number, int forbundId) => NumberIndex(cipher, number.Digits, forbundId);

    /// <summary>The same of the twelve digits of one that is stored.</summary>
    public static byte[] NumberIndex(FieldCipher cipher, string digits, int forbundId) => cipher.BlindIndex(digits, Table, NumberColumn, forbundId);

    /// <summary>The name, or null when it can't be read with this key.</summary>
    public static string? Name(FieldCipher cipher, int participantId, byte[] encrypted) =>
        cipher.TryDecrypt(encrypted, new FieldPlace(Table, NameColumn, participantId));

    /// <summary>The personal number as twelve digits, or null when it can't be read with this key.</summary>
    public static string? Number(FieldCipher cipher, int participantId, byte[] encrypted) =>
        cipher.TryDecrypt(encrypted, new FieldPlace(Table, NumberColumn, participantId));

    /// <summary>Who it is, as far as it can be read.</summary>
    public static ParticipantIdentity Identity(FieldCipher? cipher, ParticipantIdentityRow row)
    {
        var name = row.NameEncrypted is { } n ? cipher is null ? null : Name(cipher, row.Id, n) : null;
        var number = row.PersonalNumberEncrypted is { } p && cipher is not null ? Number(cipher, row.Id, p) : null;
        return new ParticipantIdentity
        {
            Name = name,
            PersonalNumber = number,
            IsNameUnreadable = row.NameEncrypted is not null && name is null,
            IsNumberUnreadable = row.PersonalNumberEncrypted is not null && number is null,
            IsKeyUnusable = cipher is null && (row.NameEncrypted is not null || row.PersonalNumberEncrypted is not null),
            HasProtectedIdentity = row.HasProtectedIdentity,
            IsErased = row.IsErased,
        };
    }

    public static Task<ParticipantRow?> FindByCodeAsync(DatabaseSession session, int forbundId, string code, CancellationToken cancellationToken) =>
        session.SingleOrDefaultAsync<ParticipantRow>(
            "Participants.FindByCode",
            new { ForbundId = forbundId, CodeKey = NormalForm.Of(code) },
            cancellationToken);

    /// <summary>
    /// When a registration is refused: that a code belongs to somebody whom the user doesn't reach tells that the person is here,
    /// and is noted and counted as any such answer. Keeps the note and nothing else of the registration.
    /// </summary>
    public static async Task NoteTakenCodeAsync(RegistrationWrite write, CheckedParticipant person, int? userId, CancellationToken cancellationToken)
    {
        if (userId is null || person.Code.Length == 0 || await Presence.IsStoppedAsync(write, userId, cancellationToken)
            || await FindByCodeAsync(write.Session, write.ForbundId, person.Code, cancellationToken) is not { } holder || holder.Id == person.Id)
            return;
        if (await LikelySameSearch.HolderAsync(write, holder, userId, cancellationToken) is { IsOwn: false } told)
            await Presence.NoteAsync(write, [told], userId, cancellationToken);
    }

    /// <summary>A code that nobody has any longer goes to the oldest of those who have the same in another spelling, from before that was refused.</summary>
    public static Task PassOnCodeAsync(RegistrationWrite write, string code, CancellationToken cancellationToken) =>
        write.Session.ExecuteAsync("Participants.PassOnCode", new { write.ForbundId, CodeKey = NormalForm.Of(code) }, cancellationToken);

    // A code that is kept is left alone, whatever was allowed when it was written, but for a personal number.
    private static async Task<string> CheckCodeAsync(RegistrationWrite write, FieldErrors errors, GivenParticipant given, CancellationToken cancellationToken)
    {
        const string Field = nameof(given.Code);
        var written = given.Code == given.KeptCode ? given.Code : NormalForm.Written(given.Code ?? "");
        var code = errors.Text(written, Field, "deltagarkod", ParticipantCode.MaxLength);
        if (code.Length is 0 or > ParticipantCode.MaxLength)
            return code;
        errors.AddIf(PersonalNumber.CouldBeIn(code), Field, ParticipantCode.PersonalNumberMessage);
        if (code == given.KeptCode)
            return code;
        if (!NormalForm.AreSame(code, given.KeptCode))
        {
            // The same answer to one who is stopped, whether or not somebody has the code.
            if (await Presence.IsStoppedAsync(write, given.UserId, cancellationToken))
                errors.Add(Field, Presence.StoppedMessage);
            else if (await FindByCodeAsync(write.Session, write.ForbundId, code, cancellationToken) is { } holder)
                errors.Add(Field, TakenCodeMessage(holder.Code, code));
        }

        errors.AddIf(ParticipantCode.IsScientific(code), Field, ParticipantCode.ScientificMessage);
        errors.AddIf(ParticipantCode.HoldsQuotes(code), Field, ParticipantCode.QuotesMessage);
        errors.AddIf(ParticipantCode.IsReserved(code), Field, ParticipantCode.ReservedMessage);
        errors.AddIf(
            NormalForm.Of(code).Length > ParticipantCode.MaxLength * 3,
            Field,
            "Deltagarkoden har tecken som inte går att jämföra. Skriv den med bokstäver och siffror.");
        return code;
    }

    private static string TakenCodeMessage(string? taken, string code) => taken == code
        ? "Deltagarkoden används redan. Välj en annan, eller sök upp deltagaren."
        : "Deltagarkoden används redan, skriven på ett annat sätt. Välj en annan, eller sök upp deltagaren.";

    public static async Task<ParticipantRow?> FindByNumberAsync(
        DatabaseSession session,
        FieldCipher cipher,
        int forbundId,
        PersonalNumber number,
        CancellationToken cancellationToken)
    {
        foreach (var one in cipher.Each)
        {
            var indexed = new { ForbundId = forbundId, PersonalNumberIndex = NumberIndex(one, number, forbundId) };
            if (await session.SingleOrDefaultAsync<ParticipantRow>("Participants.FindByPersonalNumber", indexed, cancellationToken) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>
    /// The next free code of the förbund's own series, D0001: it says in which order participants were registered here and
    /// nothing else. Safe since registrations in one förbund happen one after the other.
    /// </summary>
    public static async Task<string> NextCodeAsync(RegistrationWrite write, CancellationToken cancellationToken)
    {
        while (true)
        {
            var number = await write.Session.ReserveIdsAsync($"participant.code.{write.ForbundId}", cancellationToken: cancellationToken);
            var code = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"D{number:0000}");
            if (await FindByCodeAsync(write.Session, write.ForbundId, code, cancellationToken) is null)
                return code;
        }
    }
}

/// <summary>A participant's own fields as they were written; whether a code that looks like a name is asked about.</summary>
internal sealed record GivenParticipant(string? Code, string Gender, int? BirthYear, string? Name, string? PersonalNumber, bool HasProtectedIdentity, bool Asks)
{
    /// <summary>The code that the participant has; null for a new one.</summary>
    public string? KeptCode { get; init; }

    /// <summary>Who is told whether somebody has the code; null on the server itself.</summary>
    public int? UserId { get; init; }

    public override string ToString() => nameof(GivenParticipant);
}

/// <summary>A participant's own fields, checked. Code is empty when one is still to be made.</summary>
internal sealed record CheckedParticipant(int Id, string Code, string Gender, int? BirthYear, string? Name, PersonalNumber? Number, bool HasProtectedIdentity)
{
    public override string ToString() => nameof(CheckedParticipant);
}

/// <summary>A participant as it is stored.</summary>
internal sealed record StoredParticipant(
    int Id,
    int ForbundId,
    string Code,
    string CodeKey,
    string Gender,
    int? BirthYear,
    byte[]? NameEncrypted,
    byte[]? PersonalNumberEncrypted,
    byte[]? PersonalNumberIndex,
    bool HasProtectedIdentity,
    int Version)
{
    /// <summary>Nothing of the code is changed but its spelling, if that: its normal form stays as it is stored.</summary>
    public bool KeepsForm { get; init; }

    /// <summary>Of a new one; see <see cref="Erasures.ErasedFile"/>.</summary>
    public string ErasureMark { get; init; } = "";
}
