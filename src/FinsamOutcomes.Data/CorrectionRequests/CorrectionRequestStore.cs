using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.CorrectionRequests;

/// <summary>
/// What people ask to have corrected about themselves, and what they were answered. Both are encrypted as names are. The
/// correcting itself is done where the wrong thing stands.
/// </summary>
public sealed class CorrectionRequestStore(FinsamDatabase database)
{
    public const int LongestText = 1_500;

    private const string Table = "correction_request";

    /// <summary>The requests of a participant, the latest first, with those of records merged into it.</summary>
    public async Task<IReadOnlyList<CorrectionRequest>> OfAsync(int forbundId, int participantId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        var rows = await RowsAsync(session, forbundId, participantId, cancellationToken);
        var cipher = rows.Count == 0 ? null : await ParticipantWriter.ReadCipherAsync(database, session, cancellationToken);
        return
        [
            .. rows.Select(r => new CorrectionRequest
            {
                Row = r,
                Request = cipher?.TryDecrypt(r.RequestEncrypted, Place("request_encrypted", r.Id)),
                AnswerText = r.AnswerEncrypted is { } answer ? cipher?.TryDecrypt(answer, Place("answer_encrypted", r.Id)) : null,
            }),
        ];
    }

    /// <summary>Notes what a participant has asked for.</summary>
    public async Task AddAsync(
        int forbundId,
        int participantId,
        DateOnly? askedOn,
        string? request,
        string actor,
        CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var person = await ParticipantStore.LivingAsync(write.Session, forbundId, participantId, "ParticipantId", cancellationToken);
        var errors = new FieldErrors();
        errors.AddIf(askedOn is null, "AskedOn", "Ange vilken dag deltagaren bad om rättelsen.");
        errors.PastDate(askedOn, "AskedOn", database.Today);
        var text = Text(errors, request, "Request", "vad som ska rättas");
        var cipher = await KeyFile.CipherAsync(database, write.Session, errors, "Request", "Kontakta", cancellationToken);
        errors.ThrowIfAny();
        var id = await write.Session.ReserveIdsAsync(Table, cancellationToken: cancellationToken);
        await write.Session.ExecuteAsync(
            "CorrectionRequests.Add",
            new
            {
                Id = id,
                ForbundId = forbundId,
                ParticipantId = participantId,
                AskedOn = askedOn,
                RequestEncrypted = cipher!.Encrypt(text, Place("request_encrypted", id)),
                write.Actor,
                NotedAt = write.Session.UtcNow,
            },
            cancellationToken);
        write.Changed(ChangedEntity.Participant, person.Id, person.Version, "CorrectionRequest", null, askedOn);
        await write.CommitAsync("CorrectionRequests.Add", ChangedEntity.Participant, person.Id, $"begäran {id}");
    }

    /// <summary>Notes the answer: <c>done</c> or <c>refused</c>, and why.</summary>
    public async Task AnswerAsync(CorrectionAnswer answer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(answer);
        await using var write = await RegistrationWrite.OpenAsync(database, answer.ForbundId, answer.Actor, cancellationToken);
        var (person, row) = await FindAsync(write, answer.ParticipantId, answer.RequestId, cancellationToken);
        var errors = new FieldErrors();
        errors.AddIf(CorrectionAnswer.Kinds.All(k => k.Code != answer.Answer), nameof(answer.Answer), "Välj om uppgiften är rättad eller inte.");
        errors.AddIf(answer.AnsweredOn is null, nameof(answer.AnsweredOn), "Ange vilken dag deltagaren fick svar.");
        errors.PastDate(answer.AnsweredOn, nameof(answer.AnsweredOn), database.Today);
        errors.AddIf(
            answer.AnsweredOn < row.AskedOn,
            nameof(answer.AnsweredOn),
            $"Deltagaren bad om det {row.AskedOn:yyyy-MM-dd}. Ange den dagen eller en senare.");
        var text = answer.Answer == "refused" || !string.IsNullOrWhiteSpace(answer.Text)
            ? Text(errors, answer.Text, nameof(answer.Text), "varför, så som deltagaren har fått veta det")
            : "";
        var cipher = text.Length == 0 ? null : await KeyFile.CipherAsync(database, write.Session, errors, nameof(answer.Text), "Kontakta", cancellationToken);
        errors.ThrowIfAny();
        if (
            await write.Session.ExecuteAsync(
                "CorrectionRequests.Answer",
                new
                {
                    answer.ForbundId,
                    row.Id,
                    answer.Answer,
                    answer.AnsweredOn,
                    AnswerEncrypted = cipher?.Encrypt(text, Place("answer_encrypted", row.Id)),
                    write.Actor,
                },
                cancellationToken) == 0)
            throw FieldErrors.Single("", "Någon annan har redan skrivit in ett svar.");
        write.Changed(ChangedEntity.Participant, person.Id, person.Version, "CorrectionAnswer", null, answer.AnsweredOn);
        await write.CommitAsync(
            "CorrectionRequests.Answer",
            ChangedEntity.Participant,
            person.Id,
            $"begäran {row.Id}, {CorrectionAnswer.InWords(answer.Answer!)}");
    }

    /// <summary>Opens a request again whose answer was noted by mistake.</summary>
    public async Task ReopenAsync(int forbundId, int participantId, int requestId, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var (person, row) = await FindAsync(write, participantId, requestId, cancellationToken);
        if (await write.Session.ExecuteAsync("CorrectionRequests.Reopen", new { ForbundId = forbundId, row.Id }, cancellationToken) == 0)
            throw FieldErrors.Single("", "Begäran är redan öppen igen.");
        write.Changed(ChangedEntity.Participant, person.Id, person.Version, "CorrectionAnswer", row.AnsweredOn, null);
        await write.CommitAsync("CorrectionRequests.Reopen", ChangedEntity.Participant, person.Id, $"begäran {row.Id}");
    }

    private static Task<IReadOnlyList<CorrectionRequestRow>> RowsAsync(
        DatabaseSession session,
        int forbundId,
        int participantId,
        CancellationToken cancellationToken) =>
        session.QueryAsync<CorrectionRequestRow>("CorrectionRequests.Of", new { ForbundId = forbundId, ParticipantId = participantId }, cancellationToken);

    private static async Task<(ParticipantRow Person, CorrectionRequestRow Row)> FindAsync(
        RegistrationWrite write,
        int participantId,
        int requestId,
        CancellationToken cancellationToken)
    {
        var person = await ParticipantStore.LivingAsync(write.Session, write.ForbundId, participantId, "ParticipantId", cancellationToken);
        return (
            person,
            (await RowsAsync(write.Session, write.ForbundId, participantId, cancellationToken)).FirstOrDefault(r => r.Id == requestId)
                ?? throw FieldErrors.Single("", "Begäran finns inte längre."));
    }

    private static FieldPlace Place(string column, int id) => new(Table, column, id);

    private static string Text(FieldErrors errors, string? value, string field, string what)
    {
        var text = (value ?? "").Trim();
        errors.AddIf(text.Length == 0, field, $"Skriv {what}.");
        errors.AddIf(text.Length > LongestText, field, $"Skriv högst {LongestText} tecken.");
        errors.Signs(text, field, "texten", TextForm.Lines);
        return text;
    }
}

/// <summary>What a participant was answered.</summary>
public sealed record CorrectionAnswer
{
    public static IReadOnlyList<(string Code, string Label)> Kinds { get; } = [("done", "Uppgiften är rättad"), ("refused", "Uppgiften rättas inte")];

    public required int ForbundId { get; init; }

    public required int ParticipantId { get; init; }

    public required int RequestId { get; init; }

    /// <summary>Of <see cref="Kinds"/>.</summary>
    public required string? Answer { get; init; }

    public required DateOnly? AnsweredOn { get; init; }

    /// <summary>Must be there when nothing was corrected.</summary>
    public required string? Text { get; init; }

    public string Actor { get; init; } = "finsam";

    public static string InWords(string code) => code == "done" ? "rättad" : "inte rättad";
}

/// <summary>A request as stored.</summary>
public sealed record CorrectionRequestRow
{
    public required int Id { get; init; }

    public required DateOnly AskedOn { get; init; }

    public required byte[] RequestEncrypted { get; init; }

    public required string NotedBy { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime NotedAt { get; init; }

    /// <summary>Null while it is open.</summary>
    public required string? Answer { get; init; }

    public required DateOnly? AnsweredOn { get; init; }

    public required byte[]? AnswerEncrypted { get; init; }

    public required string? AnsweredBy { get; init; }
}

/// <summary>A request with its texts in clear; null where they can't be read with this key.</summary>
public sealed record CorrectionRequest
{
    public required CorrectionRequestRow Row { get; init; }

    public required string? Request { get; init; }

    public required string? AnswerText { get; init; }
}
