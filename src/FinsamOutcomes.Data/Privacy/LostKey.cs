using System.Globalization;
using System.Security.Cryptography;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Users;

namespace FinsamOutcomes.Data.Privacy;

/// <summary>What can't be read any more after a change of key.</summary>
/// <param name="Names">Participants whose name can't be read.</param>
/// <param name="Numbers">Participants whose personal number can't be read.</param>
/// <param name="SecondFactors">Users who sign in with their password alone until they set up one-time codes again.</param>
/// <param name="SignIns">Keys that sessions and forms were protected with: everybody signs in again.</param>
public sealed record LostSecrets(int Names, int Numbers, int SecondFactors, int SignIns)
{
    /// <summary>Where forms of consent are kept, what people have asked to have corrected, and what they were answered.</summary>
    public int Texts { get; init; }

    /// <summary>Users who are no longer connected to providers: they connect anew.</summary>
    public int Connections { get; init; }

    /// <summary>In Swedish, for whoever asked for the new key.</summary>
    public string InWords()
    {
        string Count(int number, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? one : many)}");
        return $"Förlorat: {Count(Names, "namn", "namn")}, {Count(Numbers, "personnummer", "personnummer")}, {Count(SecondFactors, "användares engångskod", "användares engångskoder")} och {Count(SignIns, "nyckel", "nycklar")} till inloggningar."
            + (Texts == 0 ? "" : $" Dessutom {Count(Texts, "text", "texter")} om samtycken och rättelser.")
            + (Connections == 0 ? "" : $" {Count(Connections, "användare är inte längre ansluten", "användare är inte längre anslutna")} till sin inloggningstjänst.");
    }
}

/// <summary>
/// Goes on without a key that is lost. Names and numbers under it stay as they are, unreadable, until somebody writes them
/// anew; second factors are switched off and everybody signs in again.
/// </summary>
public static class LostKey
{
    /// <summary>Begins with the key file that is in place, or makes one, and writes in every log what was lost.</summary>
    /// <exception cref="KeyFileException">The key in place is the database's own, so nothing is lost, or it is damaged.</exception>
    public static async Task<LostSecrets> ReplaceAsync(FinsamDatabase database, string actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        var path = KeyFile.PathFor(database);
        await using var write = await database.WriteAsync(cancellationToken);

        // The logs first, in the order that everybody takes them.
        var forbund = await write.QueryAsync<int>("Privacy.ForbundIds", cancellationToken: cancellationToken);
        foreach (var id in forbund)
            await write.ExecuteAsync("Registration.Hold", new { ForbundId = id }, cancellationToken);
        var values = await write.QueryAsync<EncryptedValueRow>("Privacy.Encrypted", cancellationToken: cancellationToken);
        if (File.Exists(path) && await IsRightAsync(write, KeyFile.ReadKeys(path).Cipher, cancellationToken))
            throw new KeyFileException($"Nyckelfilen {path} är den som databasen hör ihop med. Ingen ny nyckel behövs, och ingenting har ändrats.");
        var cipher = new FieldCipher(KeyFile.ReadOrCreate(path));
        var lost = values.Where(v => !v.IsReadWith(cipher)).ToLookup(v => v.ColumnName);
        var (names, numbers, factors, signIns) = (
            lost["name_encrypted"].ToList(),
            lost["personal_number_encrypted"].ToList(),
            lost["authenticator_key_encrypted"].ToList(),
            lost["xml_encrypted"].ToList());
        var texts = lost["form_place_encrypted"].Concat(lost["request_encrypted"]).Concat(lost["answer_encrypted"]).ToList();

        foreach (var id in forbund)
        {
            var lostTexts = texts.Any(v => v.ForbundId == id) ? $", texter {texts.Count(v => v.ForbundId == id)}" : "";
            var detail = string.Create(
                CultureInfo.InvariantCulture,
                $"förlorade namn {names.Count(v => v.ForbundId == id)}, personnummer {numbers.Count(v => v.ForbundId == id)}{lostTexts}, i hela databasen engångskoder {factors.Count}, nycklar till inloggningar {signIns.Count}"
            );
            await AuditLog.AppendAsync(
                write,
                new NewAuditEvent
                {
                    ForbundId = id,
                    Actor = actor,
                    Action = "Privacy.NewKey",
                    Entity = "key_check",
                    Detail = detail,
                },
                cancellationToken);
        }

        foreach (var name in names)
            await ParticipantWriter.IndexUnreadableAsync(write, cipher, name.ForbundId, name.RowId, cancellationToken);
        foreach (var user in factors.Select(v => v.RowId).Order())
        {
            await NoteAsync(write, user, actor, "Users.LoseCode", cancellationToken);
            await write.ExecuteAsync("Users.RemoveCode", new { UserId = user, SecurityStamp = RandomNumberGenerator.GetHexString(32) }, cancellationToken);
            await write.ExecuteAsync("Accounts.ClearRecoveryCodes", new { Id = user }, cancellationToken);
        }

        // Whom providers know can no longer be compared: each is connected anew, by a link or with the password.
        var owners = new SortedSet<int>();
        foreach (var row in lost["subject_encrypted"])
            owners.Add(await write.SingleOrDefaultAsync<int>("ExternalIdentities.Owner", new { Id = row.RowId }, cancellationToken));
        foreach (var user in owners)
        {
            await NoteAsync(write, user, actor, "ExternalIdentities.Lose", cancellationToken);
            await write.ExecuteAsync("ExternalIdentities.RemoveAll", new { UserId = user }, cancellationToken);
        }

        // Codes of links are kept with the key: nobody could ever use them.
        await write.ExecuteAsync("Invitations.WithdrawCoded", new { Now = write.UtcNow }, cancellationToken);
        await write.ExecuteAsync("AccessRequests.WithdrawCoded", new { DecidedAt = write.UtcNow, Actor = actor }, cancellationToken);
        foreach (var key in signIns)
            await write.ExecuteAsync("Privacy.RemoveDataProtectionKey", new { Id = key.RowId }, cancellationToken);
        await KeyFile.NoteAsync(write, cipher, cancellationToken);
        await write.CommitAsync(cancellationToken);
        return new LostSecrets(names.Count, numbers.Count, factors.Count, signIns.Count) { Texts = texts.Count, Connections = owners.Count };
    }

    // In the logs of the account's förbund, and to the user at the next sign-in.
    private static async Task NoteAsync(DatabaseSession write, int userId, string actor, string action, CancellationToken cancellationToken)
    {
        foreach (var id in await write.QueryAsync<int>("Accounts.ForbundIds", new { Id = userId }, cancellationToken))
            await AuditLog.AppendAsync(
                write,
                new NewAuditEvent
                {
                    ForbundId = id,
                    Actor = actor,
                    Action = action,
                    Entity = "app_user",
                    EntityId = userId,
                },
                cancellationToken);
        await NoticeStore.AddAsync(write, userId, actor, action, "", cancellationToken);
    }

    private static async Task<bool> IsRightAsync(DatabaseSession session, FieldCipher cipher, CancellationToken cancellationToken) =>
        await KeyFile.NotedAsync(session, cancellationToken) is { } noted
            ? cipher.Knows(noted)
            : await KeyFile.ReadsAnyAsync(session, cipher, cancellationToken);
}
