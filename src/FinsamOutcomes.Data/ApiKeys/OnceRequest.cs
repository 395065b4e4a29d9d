using System.Security.Cryptography;
using System.Text;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.ApiKeys;

/// <summary>
/// A registration that another system may ask for again, when it doesn't know what became of the first: it is made once, and
/// answered alike each time. What it was answered is kept in the transaction of the registration itself, as ids alone.
/// </summary>
/// <param name="UserId">The system.</param>
/// <param name="Key">Its own word for the registration.</param>
/// <param name="Hash">What was sent, by <see cref="ApiKey.Digest"/>.</param>
public sealed record OnceRequest(int UserId, string Key, string Hash)
{
    /// <summary>The field of an error in the key, which is a header.</summary>
    public const string Field = "Idempotency-Key";

    /// <summary>The longest key, in characters.</summary>
    public const int LongestKey = 100;

    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(24);

    private string RequestKey => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key)));

    /// <summary>What it was answered before; null the first time. Of two at once the second waits here for the first.</summary>
    internal async Task<ApiAnswerRow?> FindAsync(RegistrationWrite write, CancellationToken cancellationToken)
    {
        var answer = await write.Session.SingleOrDefaultAsync<ApiAnswerRow>(
            "ApiKeys.Answer",
            new { write.ForbundId, UserId, RequestKey, Since = write.Session.UtcNow - Lasts },
            cancellationToken);
        return answer is null || answer.RequestHash == Hash ? answer
            : throw FieldErrors.Single(Field, "Samma Idempotency-Key har använts till något annat det senaste dygnet. Gör en ny för varje registrering.");
    }

    internal async Task KeepAsync(RegistrationWrite write, int participantId, int participationId, CancellationToken cancellationToken)
    {
        var now = write.Session.UtcNow;
        await write.Session.ExecuteAsync("ApiKeys.ForgetAnswers", new { write.ForbundId, Since = now - Lasts }, cancellationToken);
        await write.Session.ExecuteAsync(
            "ApiKeys.KeepAnswer",
            new { UserId, RequestKey, write.ForbundId, RequestHash = Hash, ParticipantId = participantId, ParticipationId = participationId, Now = now },
            cancellationToken);
    }
}
