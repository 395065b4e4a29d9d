using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Data.Privacy;

/// <summary>The keys that a web host protects cookies and forms with, encrypted with the installation's key file.</summary>
public sealed class DataProtectionKeyStore(FinsamDatabase database)
{
    private const string Table = "data_protection_key";

    /// <summary>The keys, and how many there are that this key file can't read.</summary>
    /// <exception cref="KeyFileException">The key file is missing, damaged or readable by others.</exception>
    public async Task<(IReadOnlyList<string> Keys, int Unreadable)> AllAsync(CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        var cipher = await KeyFile.CipherAsync(database, session, cancellationToken);
        var (keys, unreadable) = (new List<string>(), 0);
        foreach (var row in await session.QueryAsync<DataProtectionKeyRow>("Privacy.DataProtectionKeys", cancellationToken: cancellationToken))
        {
            if (cipher.TryDecrypt(row.XmlEncrypted, Place(row.Id)) is { } key)
                keys.Add(key);
            else
                unreadable++;
        }

        return (keys, unreadable);
    }

    public async Task AddAsync(string friendlyName, string xml, CancellationToken cancellationToken = default)
    {
        await using var session = await database.WriteAsync(cancellationToken);
        var cipher = await KeyFile.CipherAsync(database, session, cancellationToken);
        var id = await session.ReserveIdsAsync(Table, cancellationToken: cancellationToken);
        await session.ExecuteAsync(
            "Privacy.AddDataProtectionKey",
            new
            {
                Id = id,
                FriendlyName = friendlyName,
                XmlEncrypted = cipher.Encrypt(xml, Place(id)),
            },
            cancellationToken);
        await session.CommitAsync(cancellationToken);
    }

    private static FieldPlace Place(int id) => new(Table, "xml_encrypted", id);
}

/// <summary>A key of the web hosts, encrypted.</summary>
public sealed record DataProtectionKeyRow
{
    public required int Id { get; init; }

    public required byte[] XmlEncrypted { get; init; }
}
