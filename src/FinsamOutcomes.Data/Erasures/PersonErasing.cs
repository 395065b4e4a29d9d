using System.Globalization;
using System.Security.Cryptography;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Erasures;

/// <summary>
/// What is erased of a person: name, number and every code they have had, consents, requests for correction, and what people
/// have written about them. The row stays, with gender, birth year and its stays, so that stays of one person are still
/// counted as one: without code or number nothing outside the register leads to it, and who comes back is somebody new.
/// </summary>
internal static class PersonErasing
{
    // In no particular order: none of them reads what another takes away.
    private static readonly string[] s_parts =
    [
        "ParticipantNames.ClearBuckets",
        "Erasures.ForgetHistory",
        "Erasures.ForgetRemarks",
        "Reach.EndOpenings",
        "Erasures.RemoveInvitations",
        "Erasures.RemoveConsents",
        "Erasures.RemoveCorrectionRequests",
    ];

    /// <summary>Erases a participant and the records merged into it, in a write that its caller ends.</summary>
    public static async Task EraseAsync(RegistrationWrite write, ParticipantRow row, CancellationToken cancellationToken)
    {
        foreach (var (id, code) in await RecordsAsync(write, row, cancellationToken))
        {
            var erased = await FreeCodeAsync(write, id, cancellationToken);
            var place = new { write.ForbundId, ParticipantId = id, Code = erased, CodeKey = erased, ErasedAt = write.Session.UtcNow };
            await write.Session.ExecuteAsync("Erasures.ErasePerson", place, cancellationToken);
            await ParticipantWriter.PassOnCodeAsync(write, code, cancellationToken);
            foreach (var part in s_parts)
                await write.Session.ExecuteAsync(part, place, cancellationToken);
        }

        write.ChangedUntold(ChangedEntity.Participant, row.Id, row.Version + 1, "ErasedAt");
    }

    // Somebody may have taken the plain one before such codes were refused.
    private static async Task<string> FreeCodeAsync(RegistrationWrite write, int id, CancellationToken cancellationToken)
    {
        var plain = string.Create(CultureInfo.InvariantCulture, $"{ParticipantCode.Erased}{id}");
        var code = plain;
        while (await ParticipantWriter.FindByCodeAsync(write.Session, write.ForbundId, code, cancellationToken) is not null)
            code = $"{plain}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        return code;
    }

    /// <summary>The participant and the records merged into it: one person.</summary>
    public static async Task<IReadOnlyList<(int Id, string Code)>> RecordsAsync(
        RegistrationWrite write,
        ParticipantRow row,
        CancellationToken cancellationToken) =>
        [
            (row.Id, row.Code),
            .. (await write.Session.QueryAsync<ParticipantCodeRow>("Merges.AllOf", new { write.ForbundId, KeptId = row.Id }, cancellationToken))
                .Select(m => (m.Id, m.Code)),
        ];
}
