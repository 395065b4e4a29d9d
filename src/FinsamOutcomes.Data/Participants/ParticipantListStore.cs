using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Participants;

/// <summary>
/// The participants of a user's own insatser: a list by pages, and the search by code, personal number or name. Nobody
/// outside those insatser is ever found here, nor those who left them too long ago (<see cref="ReachStore"/>).
/// </summary>
public sealed class ParticipantListStore(FinsamDatabase database)
{
    public const int PageSize = 50;

    /// <summary>The most that a search shows.</summary>
    public const int MostHits = 50;

    private readonly ReadingJournal _readings = new(database);

    // Where every name is known to be indexed, so that it is asked once a process: whatever is written later is indexed too.
    private static readonly ConditionalWeakTable<FinsamDatabase, ConcurrentDictionary<int, bool>> s_indexed = [];

    /// <summary>A page of the participations in the user's insatser. A page after the last is the last.</summary>
    public async Task<ParticipantListPage> PageAsync(ParticipantListFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using var session = await database.ReadAsync(cancellationToken);
        var days = await ReachDays.ReadAsync(session, filter.ForbundId, cancellationToken);
        var counts = (
            await session.SingleOrDefaultAsync<ParticipantListCountRow>(
                "ParticipantLists.Count",
                new
                {
                    filter.ForbundId,
                    filter.UserId,
                    filter.InsatsId,
                    filter.CaseworkerId,
                    days.ReachedSince,
                    days.Today,
                },
                cancellationToken))!;
        // The parts of the list in their order, and how much of each the page holds.
        int Wanted(string status, int count) => filter.Status is null || filter.Status == status ? count : 0;
        var (queue, ongoing, ended) = (Wanted("queue", counts.Queue), Wanted("ongoing", counts.Ongoing), Wanted("ended", counts.Ended));
        var total = queue + ongoing + ended;
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        var page = Math.Clamp(filter.Page, 1, pages);
        var (skipped, left) = ((page - 1) * PageSize, PageSize);
        var (queueSkipped, queueTaken) = Take(queue);
        var (ongoingSkipped, ongoingTaken) = Take(ongoing);
        var (endedSkipped, endedTaken) = Take(ended);
        var arguments = new
        {
            filter.ForbundId,
            filter.UserId,
            filter.InsatsId,
            filter.CaseworkerId,
            QueueSkipped = queueSkipped,
            QueueTaken = queueTaken,
            OngoingSkipped = ongoingSkipped,
            OngoingTaken = ongoingTaken,
            EndedSkipped = endedSkipped,
            EndedTaken = endedTaken,
            days.ReachedSince,
            days.Today,
        };
        return new ParticipantListPage
        {
            Rows = total == 0 ? [] : await session.QueryAsync<ParticipantListRow>("ParticipantLists.Page", arguments, cancellationToken),
            Counts = counts,
            Total = total,
            Page = page,
            Pages = pages,
        };

        (int Skipped, int Taken) Take(int count)
        {
            var from = Math.Min(skipped, count);
            var taken = Math.Min(left, count - from);
            (skipped, left) = (skipped - from, left - taken);
            return (from, taken);
        }
    }

    /// <summary>
    /// The participants with this personal number, or born on this day (of those with a number); or whose code holds the text, or who were
    /// born in this year; and those where each word of the text begins a word of the name, in any order, marks on letters left aside. A word of one or two letters finds names with exactly
    /// that word unless a longer one stands beside it. A name that can't be read is found by nothing but the code and the
    /// number. The names come with the hits, which is in the log before this returns. In one insats, those who are or were there.
    /// </summary>
    public async Task<ParticipantSearchResult> SearchAsync(
        int forbundId,
        int userId,
        string text,
        string actor,
        int? insatsId = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        if (text.Length is 0 or > 200)
            return new ParticipantSearchResult { Hits = [], IsCut = false };
        FieldCipher? cipher;
        bool isKeyUnusable;
        await using (var session = await database.ReadAsync(cancellationToken))
        {
            cipher = await ParticipantWriter.ReadCipherAsync(database, session, cancellationToken);
            isKeyUnusable = cipher is null && await session.SingleOrDefaultAsync<int>("Privacy.CountEncrypted", cancellationToken: cancellationToken) > 0;
        }

        if (cipher is not null)
            await IndexAllAsync(forbundId, cancellationToken);
        IReadOnlyList<ParticipantHitRow> rows;
        await using (var session = await database.ReadAsync(cancellationToken))
            rows = await FindAsync(session, cipher, forbundId, userId, insatsId, text, cancellationToken);
        var hits = rows.Take(MostHits).Select(row =>
        {
            var name = row.NameEncrypted is { } stored && cipher is not null ? ParticipantWriter.Name(cipher, row.Id, stored) : null;
            return new ParticipantHit
            {
                ParticipantId = row.Id,
                Code = row.Code,
                Gender = row.Gender,
                BirthYear = row.BirthYear,
                HasProtectedIdentity = row.HasProtectedIdentity,
                Name = name,
                IsNameUnreadable = row.NameEncrypted is not null && name is null,
            };
        }).ToList();

        // Somebody found by their number is pointed out too, name or not.
        var isNumber = PersonalNumber.TryParse(text, database.Today, out _) || BirthDay.Of(text, database.Today) is not null;
        await ParticipantStore.NoteListAsync(
            _readings,
            forbundId,
            [.. hits.Where(h => isNumber || h.Name is not null).Select(h => h.ParticipantId)],
            hits.Select(h => h.ParticipantId),
            actor,
            cancellationToken);
        return new ParticipantSearchResult
        {
            Hits = hits,
            IsCut = rows.Count > MostHits,
            IsKeyUnusable = isKeyUnusable,
        };
    }

    private async Task<IReadOnlyList<ParticipantHitRow>> FindAsync(
        DatabaseSession session,
        FieldCipher? cipher,
        int forbundId,
        int userId,
        int? insatsId,
        string text,
        CancellationToken cancellationToken)
    {
        var days = await ReachDays.ReadAsync(session, forbundId, cancellationToken);
        if (PersonalNumber.TryParse(text, database.Today, out var number))
        {
            var hits = new List<ParticipantHitRow>();
            foreach (var one in cipher?.Each ?? [])
                hits.AddRange(
                    await session.QueryAsync<ParticipantHitRow>(
                        "ParticipantLists.ByNumber",
                        new
                        {
                            ForbundId = forbundId,
                            UserId = userId,
                            InsatsId = insatsId,
                            PersonalNumberIndex = ParticipantWriter.NumberIndex(one, number, forbundId),
                            days.ReachedSince,
                            days.Today,
                        },
                        cancellationToken));
            return hits;
        }

        var byCode = await session.QueryAsync<ParticipantHitRow>(
            "ParticipantLists.ByCode",
            new
            {
                ForbundId = forbundId,
                UserId = userId,
                InsatsId = insatsId,
                Pattern = ParticipantStore.Holds(text)[1..],
                Anywhere = ParticipantStore.Holds(text),
                Joined = ParticipantStore.HoldsJoined(text),
                BirthYear = BirthDay.Year(text, database.Today),
                days.ReachedSince,
                days.Today,
            },
            cancellationToken);
        if (cipher is not null && BirthDay.Of(text, database.Today) is { } day)
            return [.. byCode.Concat(await BornAsync(session, cipher, forbundId, userId, insatsId, day, days, cancellationToken)).DistinctBy(row => row.Id)];
        var words = NameWords.Of(text);
        if (cipher is null || words.Count == 0)
            return byCode;

        var searched = NameWords.Rarest(words);
        var near = new List<ParticipantHitRow>();
        foreach (var one in cipher.Each)
            near.AddRange(
                await session.QueryAsync<ParticipantHitRow>(
                    "ParticipantLists.ByBuckets",
                    new
                    {
                        ForbundId = forbundId,
                        UserId = userId,
                        InsatsId = insatsId,
                        Bucket = NameWords.Bucket(one, searched[0], forbundId),
                        OtherBucket = NameWords.Bucket(one, searched[^1], forbundId),
                        days.ReachedSince,
                        days.Today,
                    },
                    cancellationToken));
        var named = near.Where(row =>
            row.NameEncrypted is { } stored && ParticipantWriter.Name(cipher, row.Id, stored) is { } name && NameWords.Match(words, name));
        return [.. byCode.Concat(named).DistinctBy(row => row.Id)];
    }

    // A number begins with the day; one of co-ordination has 60 added to it.
    private static async Task<IReadOnlyList<ParticipantHitRow>> BornAsync(
        DatabaseSession session,
        FieldCipher cipher,
        int forbundId,
        int userId,
        int? insatsId,
        DateOnly day,
        ReachDays days,
        CancellationToken cancellationToken)
    {
        var place = new
        {
            ForbundId = forbundId,
            UserId = userId,
            InsatsId = insatsId,
            BirthYear = day.Year,
            days.ReachedSince,
            days.Today,
        };
        var hits = new List<ParticipantHitRow>();
        foreach (var row in await session.QueryAsync<BornParticipantRow>("ParticipantLists.Born", place, cancellationToken))
        {
            if (ParticipantWriter.Number(cipher, row.Id, row.PersonalNumberEncrypted) is not { } digits || !BirthDay.Is(digits, day))
                continue;
            var hit = new
            {
                ForbundId = forbundId,
                UserId = userId,
                InsatsId = insatsId,
                ParticipantId = row.Id,
                days.ReachedSince,
                days.Today,
            };
            if (await session.SingleOrDefaultAsync<ParticipantHitRow>("ParticipantLists.Hit", hit, cancellationToken) is { } found)
                hits.Add(found);
            if (hits.Count > MostHits)
                break;
        }

        return hits;
    }

    // Names that were stored before there was an index are indexed at the first search, where the key is at hand.
    private async Task IndexAllAsync(int forbundId, CancellationToken cancellationToken)
    {
        var indexed = s_indexed.GetOrCreateValue(database);
        if (indexed.ContainsKey(forbundId))
            return;
        await using (var session = await database.ReadAsync(cancellationToken))
        {
            if ((await session.QueryAsync<UnindexedNameRow>("ParticipantNames.Unindexed", new { ForbundId = forbundId }, cancellationToken)).Count == 0)
            {
                indexed.TryAdd(forbundId, true);
                return;
            }
        }

        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, "finsam", cancellationToken);
        var cipher = await KeyFile.CipherAsync(database, write.Session, cancellationToken);
        var waiting = await write.Session.QueryAsync<UnindexedNameRow>("ParticipantNames.Unindexed", new { ForbundId = forbundId }, cancellationToken);
        var rows = waiting.SelectMany(
            row => NameWords.Buckets(cipher, ParticipantWriter.Name(cipher, row.Id, row.NameEncrypted) ?? "", forbundId),
            (row, bucket) => new object?[] { forbundId, bucket, row.Id }
        );
        await write.Session.BulkInsertAsync("participant_name_index", ["forbund_id", "bucket", "participant_id"], rows, cancellationToken);
        await write.CommitAsync("ParticipantNames.Index", "participant_name_index", null, $"deltagare {waiting.Count}");
        indexed.TryAdd(forbundId, true);
    }
}
