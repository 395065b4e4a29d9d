using System.Globalization;
using System.Security.Cryptography;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Backups;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Users;

namespace FinsamOutcomes.Data.Privacy;

/// <summary>What a change of key came to.</summary>
/// <param name="Values">How many values were encrypted anew, by this run.</param>
/// <param name="Users">How many users lost their recovery codes, which nobody can read and so nobody can take over.</param>
/// <param name="EarlierPath">Where the earlier key is kept: backups from before need it.</param>
public sealed record ChangedKey(int Values, int Users, string EarlierPath)
{
    /// <summary>How many values neither key reads; they were unreadable before.</summary>
    public int Unreadable { get; init; }
}

/// <summary>
/// Changes the key while hosts run: everything that the one key encrypted is encrypted with another, a batch at a time.
/// </summary>
/// <remarks>
/// <para>
/// The key file holds both meanwhile, and every program reads it at each use. First the new key is told of as coming, and whoever
/// began to write before that is waited for; then it writes, and the old one only reads. When nothing is left under the old one
/// the database notes the new one, and the old line goes. Stopped at any moment, everything can be read, and the same again goes
/// on where it was.
/// </para>
/// <para>
/// What is found by a keyed hash is looked for with both keys meanwhile. Recovery codes and the codes of links are such hashes of
/// what nobody knows: they end with the old key, and those who had them are told. The file of those who have been erased
/// holds hashes by both keys for those of the time between.
/// </para>
/// </remarks>
public static class KeyChange
{
    private const string HoldName = "nyckelbyte";
    private const string Earlier = ".gammal-";
    private const int Batch = 500;

    // Others get their turn to write.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private static readonly Dictionary<(string Table, string Column), string> s_queries = new()
    {
        [("participant", "name_encrypted")] = "Privacy.ChangeName",
        [("participant", "personal_number_encrypted")] = "Privacy.ChangeNumber",
        [("consent", "form_place_encrypted")] = "Privacy.ChangeFormPlace",
        [("correction_request", "request_encrypted")] = "Privacy.ChangeRequest",
        [("correction_request", "answer_encrypted")] = "Privacy.ChangeAnswer",
        [("app_user", "authenticator_key_encrypted")] = "Privacy.ChangeAuthenticatorKey",
        [("external_identity", "subject_encrypted")] = "Privacy.ChangeSubject",
        [("data_protection_key", "xml_encrypted")] = "Privacy.ChangeDataProtectionKey",
    };

    /// <summary>Each column that holds what is encrypted, and its table.</summary>
    public static IReadOnlyCollection<(string Table, string Column)> Columns => s_queries.Keys;

    /// <summary>Whether a change has been begun and not ended.</summary>
    /// <exception cref="KeyFileException">The key file can't be read.</exception>
    public static bool IsUnfinished(FinsamDatabase database) => KeyFile.IsThere(database) && KeyFile.ReadKeys(KeyFile.PathFor(database)).Other is not null;

    /// <summary>Makes a new key, or goes on with the one that was begun, until the old one is no longer used.</summary>
    /// <param name="database">Which database.</param>
    /// <param name="actor">Who stands in the logs.</param>
    /// <param name="told">Told of what takes time, in Swedish.</param>
    /// <param name="cancellationToken">Stops it; to be gone on with.</param>
    /// <exception cref="KeyFileException">There is no key, or the file can't be read or written.</exception>
    public static async Task<ChangedKey> RunAsync(FinsamDatabase database, string actor, Action<string>? told = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        var path = KeyFile.PathFor(database);
        await using var hold = await database.Engine.TryHoldAsync(HoldName, cancellationToken)
            ?? throw new KeyFileException("Nyckeln byts redan av ett annat program. Vänta tills det är klart.");
        if (!File.Exists(path))
            throw new KeyFileException($"Det finns ingen nyckelfil i {path} att byta. Den görs när det första namnet sparas.");
        await KeyFile.CheckAsync(database, cancellationToken);
        var keys = KeyFile.ReadKeys(path);
        if (keys.Other is null)
        {
            KeepEarlier(path, keys.Current);
            keys = new StoredKeys(keys.Current, RandomNumberGenerator.GetBytes(KeyFile.KeyLength), IsComing: true);
            KeyFile.Write(path, keys);
        }

        if (keys is { IsComing: true, Other: { } coming })
        {
            await LetOthersEndAsync(database, told, cancellationToken);
            keys = new StoredKeys(coming, keys.Current, IsComing: false);
            KeyFile.Write(path, keys);
        }

        var values = await ChangeAllAsync(database, keys.Cipher, told, cancellationToken);
        var (users, rest, unreadable) = await EndAsync(database, keys.Cipher, actor, values, cancellationToken);
        KeyFile.Write(path, keys with { Other = null });
        return new ChangedKey(values + rest, users, EarlierPath(path, keys.Other!)) { Unreadable = unreadable };
    }

    // Those who write now know the old key alone: a file that is being read in, a form that is being saved.
    private static async Task LetOthersEndAsync(FinsamDatabase database, Action<string>? told, CancellationToken cancellationToken)
    {
        IReadOnlyList<int> forbund;
        await using (var session = await database.ReadAsync(cancellationToken))
            forbund = await session.QueryAsync<int>("Privacy.ForbundIds", cancellationToken: cancellationToken);
        foreach (var id in forbund)
        {
            var turn = await ImportTurn.TakeAsync(
                database,
                id,
                Timeout.InfiniteTimeSpan,
                () => told?.Invoke("Väntar på en fil som läses in."),
                cancellationToken);
            if (turn is not null)
                await turn.DisposeAsync();
        }

        await using var write = await database.WriteAsync(cancellationToken);
        await HoldAllAsync(write, cancellationToken);
    }

    // Until a whole pass finds nothing more; what others write meanwhile is written with the new key.
    private static async Task<int> ChangeAllAsync(FinsamDatabase database, FieldCipher cipher, Action<string>? told, CancellationToken cancellationToken)
    {
        var count = 0;
        while (true)
        {
            (IReadOnlyList<EncryptedValueRow> left, _) = await LeftAsync(database, cipher, cancellationToken);
            if (left.Count == 0)
                return count;
            told?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{left.Count} uppgifter krypteras om."));
            foreach (var batch in left.Chunk(Batch))
            {
                await using (var write = await database.WriteAsync(cancellationToken))
                {
                    count += await ChangeAsync(write, cipher, batch, cancellationToken);
                    await write.CommitAsync(cancellationToken);
                }

                await Task.Delay(s_pause, cancellationToken);
            }
        }
    }

    private static async Task<(IReadOnlyList<EncryptedValueRow> Left, int Unreadable)> LeftAsync(
        FinsamDatabase database,
        FieldCipher cipher,
        CancellationToken cancellationToken)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await LeftAsync(session, cipher, cancellationToken);
    }

    // What the new key doesn't read and the old one does, and numbers that are found by the old one.
    private static async Task<(IReadOnlyList<EncryptedValueRow> Left, int Unreadable)> LeftAsync(
        DatabaseSession session,
        FieldCipher cipher,
        CancellationToken cancellationToken)
    {
        var (left, unreadable) = (new List<EncryptedValueRow>(), 0);
        await foreach (var value in session.StreamAsync<EncryptedValueRow>("Privacy.Encrypted", cancellationToken: cancellationToken))
        {
            if (value.IsReadWith(cipher.Each[0]))
                continue;
            if (value.IsReadWith(cipher))
                left.Add(value);
            else
                unreadable++;
        }

        await foreach (var row in session.StreamAsync<NumberIndexRow>("Privacy.NumberIndexes", cancellationToken: cancellationToken))
        {
            if (ParticipantWriter.Number(cipher.Each[0], row.Id, row.PersonalNumberEncrypted) is { } digits
                && !row.PersonalNumberIndex.AsSpan().SequenceEqual(ParticipantWriter.NumberIndex(cipher, digits, row.ForbundId)))
                left.Add(row.AsValue);
        }

        return (left, unreadable);
    }

    private static async Task<int> ChangeAsync(
        DatabaseSession write,
        FieldCipher cipher,
        IEnumerable<EncryptedValueRow> values,
        CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var value in values)
        {
            var place = new FieldPlace(value.TableName, value.ColumnName, value.RowId);
            var plain = cipher.Decrypt(value.Stored, place);
            var query = s_queries[(value.TableName, value.ColumnName)];
            var changed = new
            {
                value.ForbundId,
                value.RowId,
                Was = value.Stored,
                Stored = cipher.Encrypt(plain, place),
                NumberIndex = query == "Privacy.ChangeNumber" ? ParticipantWriter.NumberIndex(cipher, plain, value.ForbundId) : null,
                SubjectHash = query == "Privacy.ChangeSubject" ? ExternalSubject.Keyed(cipher, plain) : null,
            };

            // Somebody has written another meanwhile, with the new key.
            if (await write.ExecuteAsync(query, changed, cancellationToken) == 0)
                continue;
            count++;
            if (query == "Privacy.ChangeName")
                await ParticipantWriter.IndexAnewAsync(write, cipher, value.ForbundId, value.RowId, plain, cancellationToken);
        }

        return count;
    }

    // In one transaction: nothing is under the old key, and the new one is the database's.
    private static async Task<(int Users, int Changed, int Unreadable)> EndAsync(
        FinsamDatabase database,
        FieldCipher cipher,
        string actor,
        int before,
        CancellationToken cancellationToken)
    {
        await using var write = await database.WriteAsync(cancellationToken);
        await HoldAllAsync(write, cancellationToken);
        var (left, unreadable) = await LeftAsync(write, cipher, cancellationToken);
        var rest = await ChangeAsync(write, cipher, left, cancellationToken);
        if (await KeyFile.NotedAsync(write, cancellationToken) is { } noted && CryptographicOperations.FixedTimeEquals(noted, cipher.CheckValue))
        {
            // Stopped after this and before the old line went.
            await write.CommitAsync(cancellationToken);
            return (0, rest, unreadable);
        }

        await BackupStore.AppendEverywhereAsync(
            write,
            actor,
            "Privacy.ChangeKey",
            "key_check",
            string.Create(CultureInfo.InvariantCulture, $"omkrypterade i hela databasen {before + rest}"),
            cancellationToken);
        var users = await write.QueryAsync<int>("Privacy.RecoveryCodeUsers", cancellationToken: cancellationToken);
        foreach (var user in users)
        {
            foreach (var id in await write.QueryAsync<int>("Accounts.ForbundIds", new { Id = user }, cancellationToken))
                await AuditLog.AppendAsync(
                    write,
                    new NewAuditEvent
                    {
                        ForbundId = id,
                        Actor = actor,
                        Action = "Users.LoseRecoveryCodes",
                        Entity = "app_user",
                        EntityId = user,
                    },
                    cancellationToken);
            await write.ExecuteAsync("Accounts.ClearRecoveryCodes", new { Id = user }, cancellationToken);
            await NoticeStore.AddAsync(write, user, actor, "Users.LoseRecoveryCodes", "", cancellationToken);
        }

        await write.ExecuteAsync("Invitations.WithdrawCoded", new { Now = write.UtcNow }, cancellationToken);
        await write.ExecuteAsync("AccessRequests.WithdrawCoded", new { DecidedAt = write.UtcNow, Actor = actor }, cancellationToken);
        await KeyFile.NoteAsync(write, cipher, cancellationToken);
        await write.CommitAsync(cancellationToken);
        return (users.Count, rest, unreadable);
    }

    private static async Task HoldAllAsync(DatabaseSession write, CancellationToken cancellationToken)
    {
        foreach (var id in await write.QueryAsync<int>("Privacy.ForbundIds", cancellationToken: cancellationToken))
            await write.ExecuteAsync("Registration.Hold", new { ForbundId = id }, cancellationToken);
    }

    // By what it is, so that the same again writes no other.
    /// <summary>The files of earlier keys that lie beside the key file, by the check value that each has.</summary>
    public static IReadOnlyList<(string Path, FieldCipher Cipher)> EarlierFiles(FinsamDatabase database)
    {
        var path = KeyFile.PathFor(database);
        return Path.GetDirectoryName(path) is { } folder && Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, Path.GetFileName(path) + Earlier + "*").Order(StringComparer.Ordinal).Select(f => (f, KeyFile.ReadKeys(f).Cipher))]
            : [];
    }

    private static string EarlierPath(string path, byte[] key) => $"{path}{Earlier}{Convert.ToHexStringLower(new FieldCipher(key).CheckValue.AsSpan(0, 4))}";

    private static void KeepEarlier(string path, byte[] key) => KeyFile.Write(EarlierPath(path, key), new StoredKeys(key, null, IsComing: false));
}

/// <summary>A personal number and what it is found by.</summary>
public sealed record NumberIndexRow
{
    public required int Id { get; init; }

    public required int ForbundId { get; init; }

    public required byte[] PersonalNumberEncrypted { get; init; }

    public required byte[]? PersonalNumberIndex { get; init; }

    internal EncryptedValueRow AsValue => new()
    {
        TableName = "participant",
        ColumnName = "personal_number_encrypted",
        RowId = Id,
        ForbundId = ForbundId,
        Stored = PersonalNumberEncrypted,
    };
}
