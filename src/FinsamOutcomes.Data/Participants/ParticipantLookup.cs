using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Privacy;

namespace FinsamOutcomes.Data.Participants;

/// <summary>
/// Finds participants of the whole förbund by code, personal number or name, for the revisor: what is told is the code,
/// never a name, and what was asked is written nowhere.
/// </summary>
internal static class ParticipantLookup
{
    /// <summary>More than these are not told apart by a list: the name has to be written out.</summary>
    public const int Most = 20;

    public static async Task<IReadOnlyList<ParticipantCodeRow>> FindAsync(
        FinsamDatabase database,
        DatabaseSession session,
        int forbundId,
        string text,
        CancellationToken cancellationToken)
    {
        text = text.Trim();
        if (text.Length is 0 or > 200)
            return [];
        if (await ParticipantWriter.FindByCodeAsync(session, forbundId, text, cancellationToken) is { } byCode)
        {
            // What was done to a record before it was merged into this one is the person's too.
            var merged = await session.QueryAsync<ParticipantCodeRow>("Merges.AllOf", new { ForbundId = forbundId, KeptId = byCode.Id }, cancellationToken);
            return [new ParticipantCodeRow { Id = byCode.Id, Code = byCode.Code }, .. merged];
        }

        if (await ParticipantWriter.ReadCipherAsync(database, session, cancellationToken) is not { } cipher)
            return [];
        if (PersonalNumber.TryParse(text, database.Today, out var number))
            return await ParticipantWriter.FindByNumberAsync(session, cipher, forbundId, number, cancellationToken) is { } holder
                ? [new ParticipantCodeRow { Id = holder.Id, Code = holder.Code }]
                : [];
        var words = NameWords.Of(text);
        if (words.Count == 0)
            return [];
        var searched = NameWords.Rarest(words);
        var near = new List<NamedParticipantRow>();
        foreach (var one in cipher.Each)
        {
            var arguments = new
            {
                ForbundId = forbundId,
                Bucket = NameWords.Bucket(one, searched[0], forbundId),
                OtherBucket = NameWords.Bucket(one, searched[^1], forbundId),
            };
            near.AddRange(await session.QueryAsync<NamedParticipantRow>("ParticipantNames.ByBuckets", arguments, cancellationToken));
        }

        return
        [
            .. near.DistinctBy(row => row.Id)
                .Where(row => ParticipantWriter.Name(cipher, row.Id, row.NameEncrypted) is { } name && NameWords.Match(words, name))
                .Take(Most)
                .Select(row => new ParticipantCodeRow { Id = row.Id, Code = row.Code }),
        ];
    }
}

/// <summary>What a participant is called outside the caseworker's own pages.</summary>
public sealed record ParticipantCodeRow
{
    public required int Id { get; init; }

    public required string Code { get; init; }
}

/// <summary>A participant with the name as stored.</summary>
public sealed record NamedParticipantRow
{
    public required int Id { get; init; }

    public required string Code { get; init; }

    public required byte[] NameEncrypted { get; init; }
}
