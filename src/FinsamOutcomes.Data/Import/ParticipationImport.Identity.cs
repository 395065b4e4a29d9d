using System.Globalization;
using System.Text;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Import;

/// <content>
/// Names and personal numbers, for the one who may store them on the participant's page: a caseworker in the insats of the row, of
/// somebody new or within reach; on the server whoever has the register. A file fills in what is missing, and never takes the
/// place of what is registered. No message holds a name or a number.
/// </content>
internal sealed partial class ParticipationImport
{
    /// <summary>Where the key to names and numbers can't be used.</summary>
    public const string NoKeyMessage = ParticipantWriter.NoKeyMessage;

    private const int Protected = 19, PersonName = 20, Number = 21;
    private const int MaxName = 200;

    private readonly Dictionary<int, GivenIdentity> _given = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<int, KnownIdentity> _identities = [];
    private readonly Dictionary<byte[], int> _holders = new(Utf8Comparer.Instance);
    private readonly List<(int Line, int ParticipantId)> _elsewhere = [];
    private readonly List<LikelySame> _told = [];
    private readonly Dictionary<int, List<(int Place, IReadOnlyList<string> Words)>> _namesOfYear = [];

    // Where written consent comes before a name, who has given it, who is there already, and whom the file takes there.
    private HashSet<int> _consentInsatser = [];
    private HashSet<int> _consentGiven = [];
    private HashSet<int> _consentStays = [];
    private readonly HashSet<int> _consentPlaces = [];

    private bool _hasIdentities;
    private FieldCipher? _cipher;
    private bool _isKeyUnusable;

    // Null where all are.
    private HashSet<int>? _namedInsatser;
    private bool _isStopped;
    private int _matchesLeft = Presence.MatchesADay;

    /// <summary>Who somebody is, as the file says it.</summary>
    private sealed class GivenIdentity
    {
        public required int Line { get; init; }

        public string? Name { get; set; }

        public PersonalNumber? Number { get; set; }

        public bool? IsProtected { get; set; }

        /// <summary>Has no words of a person: it could end up in a log.</summary>
        public override string ToString() => nameof(GivenIdentity);
    }

    public IReadOnlyList<LikelySame> Told => _told;

    public (int Names, int Numbers) Identities => (_given.Values.Count(g => g.Name is not null), _given.Values.Count(g => g.Number is not null));

    private string IdentityNote => Counted("namn", Identities.Names) + Counted("personnummer", Identities.Numbers);

    private static string Counted(string what, int count) => count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {what} {count}");

    // Somebody may have got a number meanwhile that the file has under another code.
    private bool HasIdentities => _given.Values.Any(g => g.Name is not null || g.Number is not null);

    private async Task LoadIdentitiesAsync(DatabaseSession session)
    {
        _hasIdentities = job.Rows.Has(Protected) || job.Rows.Has(PersonName) || job.Rows.Has(Number);
        if (!_hasIdentities)
            return;
        if (job.UserId is { } userId)
        {
            var by = new { job.ForbundId, UserId = userId };
            _namedInsatser = [.. await session.QueryAsync<int>("Import.CaseworkerInsatser", by, job.CancellationToken)];
            var watch = await session.SingleOrDefaultAsync<PresenceRow>("Presence.Find", by, job.CancellationToken);
            _isStopped = watch?.StoppedAt is not null;
            if (watch?.CountedOn == session.Today)
                _matchesLeft -= watch.Matches;
        }

        try
        {
            // In a session of its own: where the database doesn't know its key yet, that is noted when something is written.
            await using var look = await job.Database.ReadAsync(job.CancellationToken);
            _cipher = await KeyFile.FindCipherAsync(job.Database, look, job.CancellationToken);
            _isKeyUnusable = _cipher is null && await look.SingleOrDefaultAsync<int>("Privacy.CountEncrypted", cancellationToken: job.CancellationToken) > 0;
        }
        catch (KeyFileException)
        {
            _isKeyUnusable = true;
        }

        var forbund = new { job.ForbundId };
        _consentInsatser = [.. await session.QueryAsync<int>("Import.ConsentInsatser", forbund, job.CancellationToken)];
        if (_consentInsatser.Count > 0)
        {
            _consentGiven = [.. await session.QueryAsync<int>("Import.ConsentGiven", forbund, job.CancellationToken)];
            _consentStays = [.. await session.QueryAsync<int>("Import.ConsentStays", forbund, job.CancellationToken)];
        }

        foreach (var identity in await job.KnownAsync<KnownIdentity>(session, "Import.Identities"))
        {
            if (identity.Id == identity.KeptId)
                _identities.Add(identity.Id, identity);
            if (identity.PersonalNumberIndex is { } index)
                _holders[index] = identity.KeptId;
        }
    }

    private GivenIdentity? ReadIdentity(int insats, int gender, ref int birthYear)
    {
        var rows = job.Rows;
        var isProtected = rows.Has(Protected) ? rows.Code(Protected, _noYes) : -1;
        var name = rows.Has(PersonName) ? rows.Text(PersonName, MaxName) : null;
        if (name is not null && NameWords.Of(name).Count > NameWords.Most)
        {
            rows.Add(ImportRule.NameLong, PersonName, $"namn har fler än {NameWords.Most} ord.");
            name = null;
        }

        var number = rows.Has(Number) ? ReadNumber() : null;
        if (name is null && number is null)
            return isProtected < 0 ? null : new GivenIdentity { Line = rows.Line, IsProtected = isProtected == 1 };
        var column = name is not null ? PersonName : Number;
        if (_namedInsatser is not null && insats >= 0 && !_namedInsatser.Contains(_insatser[insats].Id))
            rows.Add(ImportRule.NameWithoutRight, column, "Du får bara läsa in namn och personnummer för deltagare i insatser där du är handläggare.");
        else if (_isStopped)
            rows.Add(ImportRule.NameStopped, column, Presence.StoppedMessage);
        else if (_isKeyUnusable)
            rows.Add(ImportRule.KeyUnusable, column, NoKeyMessage);
        if (isProtected == 1)
            rows.Add(ImportRule.ProtectedIdentity, column, "Raden har skyddade personuppgifter och ändå namn eller personnummer.");
        if (number is { } n)
        {
            if (gender >= 0 && CodeWords.GenderCodes[gender] is var said && said != "unknown" && said != n.Gender)
                rows.Add(ImportRule.NumberDiffers, Gender, "kon är ett annat än i personnumret.");
            if (birthYear == 0)
                birthYear = n.BirthYear;
            else if (birthYear != n.BirthYear)
                rows.Add(ImportRule.NumberDiffers, BirthYear, "fodelsear är ett annat än i personnumret.");
        }

        return new GivenIdentity { Line = rows.Line, Name = name, Number = number, IsProtected = isProtected < 0 ? null : isProtected == 1 };
    }

    private PersonalNumber? ReadNumber()
    {
        var rows = job.Rows;
        var raw = rows.Raw(Number);
        if (raw.IsEmpty)
            return null;
        var text = Encoding.UTF8.GetString(FormulaGuard.Open(raw));
        if (CellErrors.Is(raw))
            rows.Add(ImportRule.CellError, Number, "personnummer är ett fel ur ett kalkylprogram, inte ett värde.");
        else if (ParticipantCode.IsScientific(text))
            rows.Add(
                ImportRule.NumberFaulty,
                Number,
                "personnummer är ett tal i grundpotensform, och flera siffror är borta: hämta numret där det först skrevs, med formatet Text för kolumnen.");
        else if (PersonalNumber.Read(text, DateOnly.FromDayNumber(job.Today), out var number) is not PersonalNumberFault.None and var fault)
            rows.Add(ImportRule.NumberFaulty, Number, fault.InWords());
        else
            return number;
        return null;
    }

    // What a row says of who its person is, beside what earlier rows and the register say.
    private void KeepIdentity(int place, GivenIdentity given)
    {
        var rows = job.Rows;
        var isKnown = place < _participants.KnownCount;
        var id = isKnown ? _participants.All[place].Id : 0;
        if (isKnown && (given.Name is not null || given.Number is not null) && _namedInsatser is not null && !_reached.Contains(id))
        {
            rows.Add(ImportRule.NameWithoutRight, Code, "Deltagaren är inte med bland dina, och får då inget namn eller personnummer av dig.");
            return;
        }

        // Who is protected is told to nobody who couldn't see it on the participant's page.
        if (isKnown && given.IsProtected is not null && _namedInsatser is { Count: var own } && (own == 0 || !_reached.Contains(id)))
        {
            rows.Add(ImportRule.ProtectionNotCompared, Protected, "skyddade_personuppgifter läses inte för deltagare som du inte når som handläggare.");
            given.IsProtected = null;
        }

        if (_given.TryGetValue(place, out var earlier) && !AgreesWithRow(earlier, given))
            return;
        if (given.Number is { } number && !IsFree(place, id, number))
            return;
        if (isKnown && _identities.TryGetValue(id, out var known) && !AgreesWithRegister(known, given))
            return;
        if (earlier is null)
        {
            _given.Add(place, given);
            return;
        }

        earlier.Name ??= given.Name;
        earlier.Number ??= given.Number;
        earlier.IsProtected ??= given.IsProtected;
    }

    // The name may stand in another row than the one that takes its person to an insats that asks for consent.
    private void RequireConsent(int place, int insats)
    {
        var id = place < _participants.KnownCount ? _participants.All[place].Id : 0;
        if (_consentGiven.Contains(id))
            return;
        if (insats >= 0 && _consentInsatser.Contains(_insatser[insats].Id))
            _consentPlaces.Add(place);
        if (FillsIdentity(place) && (_consentPlaces.Contains(place) || _consentStays.Contains(id)))
            job.Rows.Add(
                ImportRule.NameBeforeConsent,
                _given[place].Name is not null ? PersonName : Number,
                "Insatsen kräver skriftligt samtycke till att namn och personnummer sparas, och det är inte inskrivet.");
    }

    private bool AgreesWithRow(GivenIdentity earlier, GivenIdentity given)
    {
        var rows = job.Rows;
        if (earlier.Number is { } was && given.Number is { } now && was != now)
            rows.Add(ImportRule.NumberDiffers, Number, $"Deltagaren har ett annat personnummer på rad {earlier.Line}.");
        else if (earlier.IsProtected is { } saidBefore && given.IsProtected is { } saidNow && saidBefore != saidNow)
            rows.Add(ImportRule.ProtectionDiffers, Protected, $"skyddade_personuppgifter är ett annat på rad {earlier.Line}.");
        else if (
            (earlier.IsProtected == true && (given.Name is not null || given.Number is not null))
            || (given.IsProtected == true && (earlier.Name is not null || earlier.Number is not null)))
            rows.Add(
                ImportRule.ProtectedIdentity,
                Code,
                $"Deltagaren har skyddade personuppgifter på en rad och namn eller personnummer på en annan, {earlier.Line}.");
        else
        {
            if (earlier.Name is { } name && given.Name is { } other && !NormalForm.AreSame(name, other))
                rows.Add(ImportRule.NameDiffers, PersonName, $"Deltagaren har ett annat namn på rad {earlier.Line}, och det är det som sparas.");
            return true;
        }

        return false;
    }

    private bool AgreesWithRegister(KnownIdentity known, GivenIdentity given)
    {
        var rows = job.Rows;
        const string Untold = "Deltagaren avviker från registret.";
        if (known.HasProtectedIdentity && (given.Name is not null || given.Number is not null))
            rows.Add(ImportRule.ProtectedIdentity, Code, "Deltagaren har skyddade personuppgifter i registret.", Untold);
        else if (given.IsProtected is { } said && said != known.HasProtectedIdentity)
            rows.Add(ImportRule.ProtectionDiffers, Code, "Deltagaren har ett annat värde i skyddade_personuppgifter i registret.", Untold);
        else if (given.Number is { } number && known.PersonalNumberIndex is { } index && _cipher is not null
            && !Indexes(number).Any(i => index.AsSpan().SequenceEqual(i)))
            rows.Add(ImportRule.NumberDiffers, Code, "Deltagaren har ett annat personnummer i registret.", Untold);
        else
        {
            // What is registered stays; the name that is there is read to tell that the file has another.
            if (known.PersonalNumberIndex is not null)
                given.Number = null;
            if (known.NameEncrypted is { } stored && given.Name is { } name)
            {
                if (_cipher is not null && !NormalForm.AreSame(ParticipantWriter.Name(_cipher, known.Id, stored), name))
                    rows.Add(ImportRule.NameDiffers, PersonName, "Deltagaren har ett annat namn i registret, och det står kvar.", Untold);
                given.Name = null;
            }

            return true;
        }

        return false;
    }

    // By each key, while it is changed.
    private IEnumerable<byte[]> Indexes(PersonalNumber number) => _cipher!.Each.Select(c => ParticipantWriter.NumberIndex(c, number, job.ForbundId));

    private bool IsFree(int place, int id, PersonalNumber number)
    {
        if (!_numbers.TryAdd(number.Digits, place) && _numbers[number.Digits] != place)
        {
            job.Rows.Add(
                ImportRule.NumberTaken,
                Number,
                $"personnummer står också på rad {_given.GetValueOrDefault(_numbers[number.Digits])?.Line ?? job.Rows.Line}, under en annan deltagarkod.");
            return false;
        }

        var indexed = _cipher is null ? null : Indexes(number).FirstOrDefault(_holders.ContainsKey);
        if (indexed is null || _holders[indexed] is var holder && holder == id)
            return true;
        if (job.UserId is null || _reached.Contains(holder))
        {
            var code = _participants.All.Find(p => p.Id == holder).Code;
            Taken(job.Rows.Line, $"Personnumret hör till en deltagare som redan finns, {code}.");
            return false;
        }

        _elsewhere.Add((job.Rows.Line, holder));
        return true;
    }

    private void Taken(int line, string message) =>
        job.Problems.Add(ImportRule.NumberTaken, line, job.Rows.Name(Number), message, "Personnumret hör till en deltagare som redan finns.");

    // That a number is in the register outside one's own insatser is told when all else is right and the file would be saved, and
    // counted, as on the page.
    private void CheckNumbers()
    {
        if (_elsewhere.Count == 0 || job.IsDryRun || job.Problems.Errors > 0)
            return;
        foreach (var (line, holder) in _elsewhere.Take(Math.Max(1, _matchesLeft)))
        {
            Taken(line, "Personnumret hör till en deltagare som redan finns.");
            _told.Add(new LikelySame { ParticipantId = holder, Code = null, IsOwn = false, IsCertain = true, Why = "samma personnummer" });
        }

        if (_elsewhere.Count > _told.Count)
            job.Problems.Add(
                ImportRule.NumberNotCompared,
                "Personnumren på raderna därefter är inte jämförda: så många träffar får du veta om på en dag.");
    }

    // Among those whose names the reader sees anyhow.
    private string? FindNamesake(int place, in IndexedParticipant person)
    {
        if (_cipher is null || _given.GetValueOrDefault(place)?.Name is not { } name)
            return null;
        var words = NameWords.Of(name);
        if (!_namesOfYear.TryGetValue(person.BirthYear, out var named))
        {
            var year = person.BirthYear;
            _namesOfYear[year] = named = [.. Enumerable.Range(0, _participants.KnownCount)
                .Where(i => _participants.All[i].BirthYear == year && (_namedInsatser is null || _reached.Contains(_participants.All[i].Id)))
                .Select(i => (i, Words: RegisteredWords(i)!))
                .Where(n => n.Words is not null)];
        }

        foreach (var (other, otherWords) in named)
        {
            if (IsSamePerson(person, _participants.All[other]) && NameWords.AreAlike(words, otherWords))
                return _participants.All[other].Code;
        }

        return null;
    }

    // Both have names that the reader may see, and not alike: of others' no guess is answered.
    private bool HaveOtherNames(int place, int other) =>
        (_namedInsatser is null || _reached.Contains(_participants.All[other].Id))
        && _given.GetValueOrDefault(place)?.Name is { } name && RegisteredWords(other) is { } words && !NameWords.AreAlike(NameWords.Of(name), words);

    private IReadOnlyList<string>? RegisteredWords(int place)
    {
        var id = _participants.All[place].Id;
        return _cipher is not null && _identities.GetValueOrDefault(id)?.NameEncrypted is { } stored && ParticipantWriter.Name(_cipher, id, stored) is { } name
            ? NameWords.Of(name)
            : null;
    }

    private bool FillsIdentity(int place) => _given.GetValueOrDefault(place) is { Name: not null } or { Number: not null };

    // The key is made with the first name, in the transaction that stores it.
    private async Task ReadKeyAsync(DatabaseSession session)
    {
        if (HasIdentities)
            _cipher = await KeyFile.CipherAsync(job.Database, session, job.CancellationToken);
    }

    private (byte[]? Name, byte[]? Number, byte[]? Index) Encrypted(int id, GivenIdentity? given) =>
        (
            given?.Name is { } name ? ParticipantWriter.EncryptName(_cipher!, id, name) : null,
            given?.Number is { } number ? ParticipantWriter.EncryptNumber(_cipher!, id, number) : null,
            given?.Number is { } indexed ? ParticipantWriter.NumberIndex(_cipher!, indexed, job.ForbundId) : null);

    // Of those who were registered without, and what the names of all are found by.
    private async Task WriteIdentitiesAsync(DatabaseSession session)
    {
        await ReadKeyAsync(session);
        var filled = _given.Where(g => g.Key < _participants.KnownCount && FillsIdentity(g.Key))
            .Select(g => (_participants.All[g.Key].Id, Given: g.Value))
            .ToList();
        foreach (var (id, given) in filled)
        {
            if (given.Name is not null)
                job.FilledIn.Add(ChangedEntity.Participant, id, nameof(NewParticipant.Name), value: null);
            if (given.Number is not null)
                job.FilledIn.Add(ChangedEntity.Participant, id, nameof(NewParticipant.PersonalNumber), value: null);
        }

        foreach (var (id, given) in filled)
        {
            var (name, number, index) = Encrypted(id, given);
            await session.ExecuteAsync(
                "Import.SetIdentity",
                new { job.ForbundId, Id = id, NameEncrypted = name, PersonalNumberEncrypted = number, PersonalNumberIndex = index },
                job.CancellationToken);
        }

        await session.BulkInsertAsync(
            "participant_name_index",
            ["forbund_id", "bucket", "participant_id"],
            _given.Where(g => g.Value.Name is not null)
                .Select(g => (_participants.All[g.Key].Id, Buckets: NameWords.Buckets(_cipher!, g.Value.Name!, job.ForbundId)))
                .SelectMany(g => g.Buckets.Select(b => new object?[] { _forbund, b, g.Id })),
            job.CancellationToken);
    }
}
