using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.Users;

namespace FinsamOutcomes.Data.Erasures;

/// <summary>
/// Gallring: who falls due by the rules, or is to be erased at once, and the two administrators who decide it. What has been
/// decided is done one person at a time, each whole or not at all; whoever runs next goes on where the last one was stopped.
/// </summary>
public sealed partial class ErasureStore(FinsamDatabase database)
{
    private const string Table = "erasure";
    private const string TwoMessage = "Du kan inte själv säga ja till det du har bett om. Be en annan förbundsadministratör.";
    private const string WaitWith = "WaitWith";
    private const string AnsweredMessage = "Någon annan har redan svarat, eller så har tiden gått ut.";
    private const string OpenMessage = "Deltagaren står i kö eller är inskriven. Avsluta deltagandet först.";

    /// <summary>Those who fall due today by the rules of the förbund, the oldest first.</summary>
    public async Task<IReadOnlyList<DueParticipantRow>> DueAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await DueAsync(session, forbundId, session.Today, cancellationToken);
    }

    /// <summary>The insatser that each of those who fall due has been in, by name.</summary>
    public async Task<ILookup<int, string>> InsatserDueAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        var rows = await session.QueryAsync<DueInsatsRow>("Erasures.InsatserDue", new { ForbundId = forbundId, Through = session.Today }, cancellationToken);
        return rows.OrderBy(r => r.Insats, StringComparer.Create(CultureInfo.GetCultureInfo("sv-SE"), ignoreCase: true))
            .ToLookup(r => r.ParticipantId, r => r.Insats);
    }

    /// <summary>What goes and what stays when some people are erased; nothing is changed.</summary>
    public async Task<ErasurePreview> PreviewAsync(int forbundId, IEnumerable<int> participantIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(participantIds);
        await using var session = await database.ReadAsync(cancellationToken);
        var sum = new ErasureHoldingsRow
        {
            Codes = 0,
            Names = 0,
            PersonalNumbers = 0,
            Consents = 0,
            CorrectionRequests = 0,
            Texts = 0,
            Stays = 0,
            Assessments = 0,
        };
        var insatser = new SortedSet<string>(StringComparer.Create(CultureInfo.GetCultureInfo("sv-SE"), ignoreCase: false));
        foreach (var place in participantIds.Select(id => new { ForbundId = forbundId, ParticipantId = id }))
        {
            var one = (await session.SingleOrDefaultAsync<ErasureHoldingsRow>("Erasures.Holdings", place, cancellationToken))!;
            sum += one with { Texts = one.Texts + await session.SingleOrDefaultAsync<int>("Reach.CountReasons", place, cancellationToken) };
            insatser.UnionWith(await session.QueryAsync<string>("Erasures.InsatserWithTexts", place, cancellationToken));
        }

        return new ErasurePreview(sum, [.. insatser]);
    }

    /// <summary>Whether somebody has an open stay, and when the time runs out; null for one without stays.</summary>
    public async Task<ErasureStateRow?> StateAsync(int forbundId, int participantId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await StateAsync(session, forbundId, participantId, cancellationToken);
    }

    /// <summary>True when an erasure of the participant is asked for or decided, and not done.</summary>
    public async Task<bool> IsWaitingAsync(int forbundId, int participantId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await IsWaitingAsync(session, forbundId, participantId, cancellationToken);
    }

    /// <summary>What waits for a yes, what is at work and what is done, the latest first.</summary>
    public async Task<IReadOnlyList<ErasureRow>> LatestAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await LatestAsync(session, forbundId, cancellationToken);
    }

    /// <summary>Whom an erasure is about and whose turn has not come.</summary>
    public async Task<IReadOnlyList<DueParticipantRow>> ParticipantsAsync(int forbundId, int erasureId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<DueParticipantRow>("Erasures.Participants", new { ForbundId = forbundId, Id = erasureId }, cancellationToken);
    }

    /// <summary>The insatser somebody has been in, by name.</summary>
    public async Task<IReadOnlyList<string>> InsatserOfAsync(int forbundId, int participantId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<string>("Erasures.InsatserOf", new { ForbundId = forbundId, ParticipantId = participantId }, cancellationToken);
    }

    /// <summary>What tells one list of people from another, as many or not.</summary>
    public static string Digest(IEnumerable<DueParticipantRow> people)
    {
        var text = string.Join('\n', people.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.ParticipantId} {p.DueOn:yyyy-MM-dd}")));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>
    /// Decides that those who fall due are erased, all who were shown but those to wait with; where there is another administrator
    /// it waits for that one's yes.
    /// </summary>
    /// <param name="by">The administrator.</param>
    /// <param name="shown">The <see cref="Digest"/> of those who were shown: with another the list has changed, and is to be read again.</param>
    /// <param name="waitWith">Codes of those who are left for the next time, with commas or semicolons between them.</param>
    /// <param name="cancellationToken">Stops the deciding.</param>
    /// <returns>True when it waits for another administrator.</returns>
    public async Task<bool> DecideAsync(Administrator by, string? shown, string? waitWith = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        await using var write = await AccessRequestStore.OpenAsync(database, by, null, cancellationToken);
        var due = await DueAsync(write.Session, by.ForbundId, write.Session.Today, cancellationToken);
        if (Digest(due) != shown)
            throw FieldErrors.Single("", "Listan har ändrats sedan du öppnade sidan. Så här är den nu. Läs den igen innan du bestämmer.");
        if (due.Count == 0)
            throw FieldErrors.Single("", "Ingen förfaller i dag, så det finns inget att gallra.");
        var all = due.Count;
        due = Without(due, waitWith);
        var isAlone = await AccessRequestStore.CountOthersAsync(write.Session, by, cancellationToken) == 0;
        var id = await AddAsync(write, ErasureReason.Rule, by.Id, isAlone ? by.UserName : null, due, cancellationToken);
        var rules = (await PrivacyRuleStore.RulesAsync(write.Session, by.ForbundId, cancellationToken)).InWords;
        var waiting = all == due.Count ? "" : string.Create(CultureInfo.InvariantCulture, $", väntar med {all - due.Count}");
        var detail = string.Create(CultureInfo.InvariantCulture, $"gallring {id}, deltagare {due.Count}{waiting}, {rules}");
        await write.CommitAsync(
            isAlone ? "Erasures.Approve" : "Erasures.Ask",
            Table,
            id,
            isAlone ? UserStore.Noted(detail, AccessRequestStore.Alone) : detail);
        return !isAlone;
    }

    private static List<DueParticipantRow> Without(IReadOnlyList<DueParticipantRow> due, string? codes)
    {
        var waiting = (codes ?? "").Split([',', ';', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToLookup(NormalForm.Of, StringComparer.Ordinal);
        var left = due.Where(d => !waiting.Contains(NormalForm.Of(d.Code))).ToList();
        var errors = new FieldErrors();
        var known = due.Select(d => NormalForm.Of(d.Code)).ToHashSet(StringComparer.Ordinal);
        foreach (var code in waiting.Where(w => !known.Contains(w.Key)).Select(w => w.First()))
            errors.Add(WaitWith, $"{code} förfaller inte. Kontrollera koden, eller ta bort den här.");
        errors.AddIf(left.Count == 0, WaitWith, "Du väntar med alla, så det finns inget att gallra.");
        errors.ThrowIfAny();
        return left;
    }

    /// <summary>Asks the administrators to erase one participant at once; nothing is erased before one of them has said yes.</summary>
    public async Task AskAsync(int forbundId, int userId, int participantId, string? reason, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var row = await CheckOneAsync(write, participantId, reason, cancellationToken);
        if (await IsWaitingAsync(write.Session, forbundId, participantId, cancellationToken))
            throw FieldErrors.Single("", "Gallring av deltagaren är redan begärd. En förbundsadministratör svarar på sidan Gallring.");
        var id = await AddAsync(write, reason!, userId, null, [One(row)], cancellationToken);
        await write.CommitAsync("Erasures.AskForOne", ChangedEntity.Participant, participantId, $"gallring {id}, {ErasureReason.InWords(reason!)}");
    }

    /// <summary>
    /// Says yes to what another has asked for. Who asked says yes to it only where no other administrator can. Waits for
    /// <see cref="RunAsync"/> from then on, and can't be taken back.
    /// </summary>
    public async Task ApproveAsync(Administrator by, int erasureId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        await using var write = await AccessRequestStore.OpenAsync(database, by, null, cancellationToken);
        var asked = await AskedAsync(write, erasureId, cancellationToken);
        var isAlone = asked.AskedById == by.Id;
        if (isAlone && await AccessRequestStore.CountOthersAsync(write.Session, by, cancellationToken) > 0)
            throw FieldErrors.Single("", TwoMessage);
        await DecideAsync(write, erasureId, "approved", cancellationToken);
        await write.CommitAsync("Erasures.Approve", Table, erasureId, UserStore.Noted(Detail(asked), isAlone ? AccessRequestStore.Alone : ""));
    }

    /// <summary>Whether there is no other administrator, so that nobody else can say yes.</summary>
    public async Task<bool> IsAloneAsync(Administrator by, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        await using var session = await database.ReadAsync(cancellationToken);
        return await AccessRequestStore.CountOthersAsync(session, by, cancellationToken) == 0;
    }

    /// <summary>Whether this administrator may say yes.</summary>
    public async Task<bool> MayApproveAsync(Administrator by, ErasureRow asked, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(asked);
        await using var session = await database.ReadAsync(cancellationToken);
        return asked.AskedById != by.Id || await AccessRequestStore.CountOthersAsync(session, by, cancellationToken) == 0;
    }

    /// <summary>Says no, or takes back what one has asked for oneself.</summary>
    public async Task RefuseAsync(Administrator by, int erasureId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        await using var write = await AccessRequestStore.OpenAsync(database, by, null, cancellationToken);
        var asked = await AskedAsync(write, erasureId, cancellationToken);
        var isOwn = asked.AskedById == by.Id;
        await DecideAsync(write, erasureId, isOwn ? "withdrawn" : "refused", cancellationToken);
        await write.CommitAsync(isOwn ? "Erasures.Withdraw" : "Erasures.Refuse", Table, erasureId, Detail(asked));
    }

    /// <summary>Decides at the command line, where there is one who has the whole database: those who fall due. Returns the number.</summary>
    public async Task<int> DecideAsync(int forbundId, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var due = await DueAsync(write.Session, forbundId, write.Session.Today, cancellationToken);
        if (due.Count == 0)
            return 0;
        var id = await AddAsync(write, ErasureReason.Rule, null, actor, due, cancellationToken);
        var rules = (await PrivacyRuleStore.RulesAsync(write.Session, forbundId, cancellationToken)).InWords;
        await write.CommitAsync("Erasures.Approve", Table, id, string.Create(CultureInfo.InvariantCulture, $"gallring {id}, deltagare {due.Count}, {rules}"));
        return due.Count;
    }

    /// <summary>Decides at the command line to erase one participant at once.</summary>
    public async Task DecideOneAsync(int forbundId, int participantId, string? reason, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var row = await CheckOneAsync(write, participantId, reason, cancellationToken);
        var id = await AddAsync(write, reason!, null, actor, [One(row)], cancellationToken);
        await write.CommitAsync("Erasures.Approve", Table, id, $"gallring {id}, deltagare 1, {ErasureReason.InWords(reason!)}");
    }

    private static async Task<IReadOnlyList<DueParticipantRow>> DueAsync(
        DatabaseSession session,
        int forbundId,
        DateOnly through,
        CancellationToken cancellationToken) =>
        (await PrivacyRuleStore.RulesAsync(session, forbundId, cancellationToken)).HasTime
            ? await session.QueryAsync<DueParticipantRow>(
                "Erasures.Due",
                new { ForbundId = forbundId, Through = through, Since = Since(session) },
                cancellationToken)
            : [];

    private static DateTime Since(DatabaseSession session) => session.UtcNow - AccessRequestStore.Lasts;

    internal static Task<ErasureStateRow?> StateAsync(DatabaseSession session, int forbundId, int participantId, CancellationToken cancellationToken) =>
        session.SingleOrDefaultAsync<ErasureStateRow>("Erasures.State", new { ForbundId = forbundId, ParticipantId = participantId }, cancellationToken);

    internal static async Task<bool> IsWaitingAsync(DatabaseSession session, int forbundId, int participantId, CancellationToken cancellationToken) =>
        await session.SingleOrDefaultAsync<int>(
            "Erasures.CountWaitingFor",
            new { ForbundId = forbundId, ParticipantId = participantId, Since = Since(session) },
            cancellationToken) > 0;

    private static Task<IReadOnlyList<ErasureRow>> LatestAsync(DatabaseSession session, int forbundId, CancellationToken cancellationToken) =>
        session.QueryAsync<ErasureRow>("Erasures.Latest", new { ForbundId = forbundId, Since = Since(session) }, cancellationToken);

    private static async Task<ErasureRow> AskedAsync(RegistrationWrite write, int erasureId, CancellationToken cancellationToken) =>
        (await LatestAsync(write.Session, write.ForbundId, cancellationToken)).FirstOrDefault(e => e.Id == erasureId && e.State == "asked")
            ?? throw FieldErrors.Single("", AnsweredMessage);

    private static DueParticipantRow One(ParticipantRow row) => new() { ParticipantId = row.Id, Code = row.Code, LastOn = null, DueOn = null };

    private static string Detail(ErasureRow asked) => string.Create(
        CultureInfo.InvariantCulture,
        $"gallring {asked.Id}, deltagare {asked.People}, {ErasureReason.InWords(asked.Reason)}, begärt av {asked.AskedBy}");

    private static async Task<ParticipantRow> CheckOneAsync(
        RegistrationWrite write,
        int participantId,
        string? reason,
        CancellationToken cancellationToken)
    {
        if (ErasureReason.OfOne.All(r => r.Code != reason))
            throw FieldErrors.Single("Reason", "Välj varför deltagaren ska gallras.");
        var row = await FindAsync(write, participantId, cancellationToken) ?? throw FieldErrors.Single("", "Deltagaren finns inte i förbundet.");
        if (row.ErasedAt is not null)
            throw FieldErrors.Single("", "Deltagaren är redan gallrad.");
        if (row.MergedIntoId is not null)
            throw FieldErrors.Single("", "Deltagaren är sammanslagen med en annan. Gallra den som blev kvar: då gallras båda.");
        if (await StateAsync(write.Session, write.ForbundId, participantId, cancellationToken) is { IsOpen: true })
            throw FieldErrors.Single("", OpenMessage);
        return row;
    }

    private static Task<ParticipantRow?> FindAsync(RegistrationWrite write, int participantId, CancellationToken cancellationToken) =>
        write.Session.SingleOrDefaultAsync<ParticipantRow>(
            "Participants.Find",
            new { write.ForbundId, ParticipantId = participantId },
            cancellationToken);

    private static async Task<int> AddAsync(
        RegistrationWrite write,
        string reason,
        int? askedById,
        string? approvedBy,
        IReadOnlyList<DueParticipantRow> people,
        CancellationToken cancellationToken)
    {
        var id = await write.Session.ReserveIdsAsync(Table, cancellationToken: cancellationToken);
        await write.Session.ExecuteAsync(
            "Erasures.Add",
            new
            {
                Id = id,
                write.ForbundId,
                Reason = reason,
                write.Actor,
                AskedById = askedById,
                AskedAt = write.Session.UtcNow,
                State = approvedBy is null ? "asked" : "approved",
                DecidedAt = approvedBy is null ? null : (DateTime?)write.Session.UtcNow,
                DecidedBy = approvedBy,
            },
            cancellationToken);
        foreach (var person in people)
            await write.Session.ExecuteAsync(
                "Erasures.AddParticipant",
                new
                {
                    ErasureId = id,
                    write.ForbundId,
                    person.ParticipantId,
                    person.DueOn,
                },
                cancellationToken);
        return id;
    }

    private static async Task DecideAsync(RegistrationWrite write, int erasureId, string state, CancellationToken cancellationToken)
    {
        if (
            await write.Session.ExecuteAsync(
                "Erasures.Decide",
                new
                {
                    write.ForbundId,
                    Id = erasureId,
                    State = state,
                    DecidedAt = write.Session.UtcNow,
                    write.Actor,
                },
                cancellationToken) == 0)
            throw FieldErrors.Single("", AnsweredMessage);
    }
}

/// <summary>Some could not be erased this time, and will be tried again; who they are is not told.</summary>
public sealed class ErasureFailedException(int erased, int failed, Exception first) : Exception(null, first)
{
    public override string Message =>
        $"{failed} deltagare gick inte att gallra den här gången och försöks med igen nästa gång. {erased} {(erased == 1 ? "är gallrad" : "är gallrade")}. "
            + $"Felet var {InnerException!.GetType().Name}.";
}
