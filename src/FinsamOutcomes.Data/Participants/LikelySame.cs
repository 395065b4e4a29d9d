using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Participants;

/// <summary>A registered participant who may be the person that is about to be registered again.</summary>
public sealed record LikelySame
{
    public required int ParticipantId { get; init; }

    /// <summary>Null for somebody in other insatser than the user's own: then no more than that is told.</summary>
    public required string? Code { get; init; }

    /// <summary>In an insats that the user works in: their name may be shown, with <see cref="ParticipantStore.ReadShownAsync"/>.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>Was in an insats that the user works in, too long ago to be reached: nothing is shown, but a new entry can be registered.</summary>
    public bool IsFormer { get; init; }

    /// <summary>The personal number is the same: registering the person again is refused, whatever the user says.</summary>
    public required bool IsCertain { get; init; }

    /// <summary>In Swedish: <c>samma personnummer</c>, <c>liknande namn, samma kön och födelseår</c>.</summary>
    public required string Why { get; init; }

    /// <summary>The code, or that the person is in another insats, or was in the user's own.</summary>
    public string Shown => Code ?? (IsFormer ? "en tidigare deltagare i din insats" : "en deltagare i en annan insats");
}

/// <summary>One in the user's reach whose code may look the same.</summary>
public sealed record LookingSameRow
{
    public required int Id { get; init; }

    public required string Code { get; init; }
}

/// <summary>One who was born the same year and has no other gender.</summary>
public sealed record LikelySameRow
{
    public required int Id { get; init; }

    public required string Code { get; init; }

    public required byte[]? NameEncrypted { get; init; }

    public required bool IsNear { get; init; }

    public required bool IsOwn { get; init; }

    public required bool IsFormer { get; init; }
}

/// <summary>What makes two records likely to be one person without a name or number to compare: the one rule of pages and files.</summary>
internal static class SameFacts
{
    /// <summary>Two stays that begin so many days from each other may be one.</summary>
    public const int DaysApart = 7;

    public const string NearWhy = "samma kön, födelseår och insats, och börjar nästan samma dag";

    public const string NameWhy = "liknande namn, samma kön och födelseår";

    public const string ZerosWhy = "samma kod men för nollorna i början, samma kön och födelseår";

    public const string LookWhy = "en kod som ser nästan likadan ut, samma kön och födelseår";

    /// <summary>Whatever the facts: a mistyped code often comes with another birth year.</summary>
    public const string LookAloneWhy = "en kod som ser nästan likadan ut";

    /// <summary>Why two codes may be meant for one; null when they don't look alike.</summary>
    public static string? OfCodes(string one, string other) =>
        ParticipantCode.DifferInZeros(one, other) ? ZerosWhy : ParticipantCode.LookAlike(one, other) ? LookWhy : null;

    /// <summary>Unknown gender is no other gender.</summary>
    public static bool MayBeGender(string one, string other) => one == other || one == "unknown" || other == "unknown";
}

/// <summary>
/// Looks for persons who are about to be registered twice: the same personal number; a code that looks the same, among those in reach; or the
/// same gender and birth year, and a similar name, a code that looks the same, or without a name to compare a stay in the same insats that
/// begins within a week.
/// </summary>
internal static class LikelySameSearch
{
    /// <summary>Who has the number, as it is told to the user.</summary>
    public static async Task<LikelySame> HolderAsync(RegistrationWrite write, ParticipantRow holder, int? userId, CancellationToken cancellationToken)
    {
        var days = await ReachDays.ReadAsync(write.Session, write.ForbundId, cancellationToken);
        var place = new { write.ForbundId, ParticipantId = holder.Id, UserId = userId ?? 0, days.ReachedSince, days.Today };
        var isOwn = await write.Session.SingleOrDefaultAsync<int>("LikelySame.IsOwn", place, cancellationToken) > 0;
        var isFormer = !isOwn && await write.Session.SingleOrDefaultAsync<int>("LikelySame.IsFormer", place, cancellationToken) > 0;
        return new LikelySame
        {
            ParticipantId = holder.Id,
            Code = isOwn ? holder.Code : null,
            IsOwn = isOwn,
            IsFormer = isFormer,
            IsCertain = true,
            Why = "samma personnummer",
        };
    }

    public static async Task<IReadOnlyList<LikelySame>> FindAsync(
        RegistrationWrite write,
        FinsamDatabase database,
        CheckedParticipant person,
        ParticipantRow? holder,
        int? userId,
        int insatsId,
        DateOnly? fromOn,
        CancellationToken cancellationToken)
    {
        var found = new List<LikelySame>();
        var days = await ReachDays.ReadAsync(write.Session, write.ForbundId, cancellationToken);
        if (holder is not null)
            found.Add(await HolderAsync(write, holder, userId, cancellationToken));

        if (person.BirthYear is not null)
            await AddBySameFactsAsync();
        var looking = new { write.ForbundId, UserId = userId ?? 0, days.ReachedSince, days.Today, Pattern = ParticipantCode.LookPattern(person.Code) };
        foreach (var row in await write.Session.QueryAsync<LookingSameRow>("LikelySame.Looking", looking, cancellationToken))
        {
            if (ParticipantCode.LookAlike(person.Code, row.Code) && !found.Exists(f => f.ParticipantId == row.Id))
                found.Add(
                    new LikelySame { ParticipantId = row.Id, Code = row.Code, IsOwn = true, IsCertain = false, Why = SameFacts.LookAloneWhy });
        }

        return found;

        async Task AddBySameFactsAsync()
        {
            var arguments = new
            {
                write.ForbundId,
                person.BirthYear,
                person.Gender,
                InsatsId = insatsId,
                UserId = userId ?? 0,
                days.ReachedSince,
                days.Today,
                FromOn = fromOn?.AddDays(-SameFacts.DaysApart),
                ToOn = fromOn?.AddDays(SameFacts.DaysApart),
            };
            var cipher = person.Name is null ? null : await ParticipantWriter.ReadCipherAsync(database, write.Session, cancellationToken);
            foreach (var row in (await write.Session.QueryAsync<LikelySameRow>("LikelySame.Candidates", arguments, cancellationToken)).OrderBy(row => row.Id))
            {
                if (row.Id == holder?.Id)
                    continue;

                // A name that can't be read is no name to compare with.
                var other = row.NameEncrypted is { } stored && cipher is not null ? ParticipantWriter.Name(cipher, row.Id, stored) : null;
                var isAlike = other is null ? row.IsNear : NameWords.AreAlike(person.Name!, other);
                var ofCodes = SameFacts.OfCodes(person.Code, row.Code);
                if (isAlike || ofCodes is not null)
                {
                    var why = isAlike && other is not null ? SameFacts.NameWhy : ofCodes ?? SameFacts.NearWhy;
                    found.Add(
                        new LikelySame
                        {
                            ParticipantId = row.Id,
                            Code = row.IsOwn ? row.Code : null,
                            IsOwn = row.IsOwn,
                            IsFormer = row.IsFormer && !row.IsOwn,
                            IsCertain = false,
                            Why = why,
                        });
                }
            }
        }
    }
}
