using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace FinsamOutcomes.Data.Privacy;

/// <summary>Where an encrypted value belongs; it can be read at no other place.</summary>
/// <param name="Table">Table name.</param>
/// <param name="Column">Column name.</param>
/// <param name="RowId">The row's id, which is known before the row is written.</param>
public readonly record struct FieldPlace(string Table, string Column, int RowId);

/// <summary>
/// Encrypts single fields with AES-256-GCM (NIST SP 800-38D). Table, column and row id are associated data, so that a
/// value moved to another row is refused. Search goes through a blind index, HMAC-SHA-256 (RFC 2104). Both keys are
/// derived from the one in the key file with HKDF-SHA-256 (RFC 5869). While the key is changed there are two: the first
/// writes, and both read (<see cref="KeyChange"/>).
/// </summary>
public sealed class FieldCipher
{
    // Stored as: version (1 byte), nonce (12), tag (16), ciphertext.
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int HeaderLength = 1 + NonceLength + TagLength;

    private readonly byte[] _fieldKey;
    private readonly byte[] _indexKey;
    private readonly byte[] _backupKey;

    /// <param name="key">32 bytes, from <see cref="KeyFile"/>.</param>
    public FieldCipher(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyFile.KeyLength)
            throw new ArgumentException($"The key is {KeyFile.KeyLength} bytes.", nameof(key));
        _fieldKey = Derive(key, "finsam field 1");
        _indexKey = Derive(key, "finsam index 1");
        _backupKey = Derive(key, "finsam backup 1");
        CheckValue = HMACSHA256.HashData(Derive(key, "finsam check 1"), "finsam"u8);
        Each = [this];
    }

    /// <param name="current">Writes.</param>
    /// <param name="other">Reads what the first can't.</param>
    internal FieldCipher(FieldCipher current, FieldCipher other)
    {
        (_fieldKey, _indexKey, _backupKey, CheckValue) = (current._fieldKey, current._indexKey, current._backupKey, current.CheckValue);
        Each = [current, other];
    }

    /// <summary>
    /// One for each key, the one that writes first. What is found by a blind index is looked for with each of them.
    /// </summary>
    public IReadOnlyList<FieldCipher> Each { get; }

    /// <summary>32 bytes that are the same for the same key and tell nothing of it; the database keeps them (<see cref="KeyFile"/>).</summary>
    public byte[] CheckValue { get; }

    /// <summary>Whether one of the keys is the one that a check value tells.</summary>
    public bool Knows(ReadOnlySpan<byte> checkValue)
    {
        foreach (var one in Each)
        {
            if (CryptographicOperations.FixedTimeEquals(checkValue, one.CheckValue))
                return true;
        }

        return false;
    }

    public byte[] Encrypt(string text, FieldPlace place)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var stored = new byte[HeaderLength + plain.Length];
        stored[0] = Version;
        var nonce = stored.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_fieldKey, TagLength);
        aes.Encrypt(nonce, plain, stored.AsSpan(HeaderLength), stored.AsSpan(1 + NonceLength, TagLength), AssociatedData(place));
        CryptographicOperations.ZeroMemory(plain);
        return stored;
    }

    /// <summary>The value, or null when it belongs to another row, was changed, or was encrypted with another key.</summary>
    public string? TryDecrypt(ReadOnlySpan<byte> stored, FieldPlace place)
    {
        foreach (var one in Each)
        {
            if (one.DecryptWithOwn(stored, place) is { } text)
                return text;
        }

        return null;
    }

    /// <exception cref="FieldCipherException">The value belongs to another row, was changed, or was encrypted with another key.</exception>
    public string Decrypt(ReadOnlySpan<byte> stored, FieldPlace place) => TryDecrypt(stored, place) ?? throw new FieldCipherException();

    /// <summary>
    /// The same value in the same column and scope always gives the same 32 bytes, and nothing can be read out of them
    /// without the key. The scope is the förbund: two förbund can't be linked through their indexes.
    /// </summary>
    public byte[] BlindIndex(string text, string table, string column, int scope) =>
        HMACSHA256.HashData(_indexKey, AssociatedData(new FieldPlace(table, column, scope)).Concat(Encoding.UTF8.GetBytes(text)).ToArray());

    /// <summary>32 bytes that nobody without the key can make, of what a backup says of itself.</summary>
    internal byte[] SignBackup(ReadOnlySpan<byte> manifest) => HMACSHA256.HashData(_backupKey, manifest);

    /// <summary>Whether one of the keys has signed what a backup says of itself.</summary>
    internal bool HasSignedBackup(ReadOnlySpan<byte> manifest, ReadOnlySpan<byte> signature)
    {
        foreach (var one in Each)
        {
            if (CryptographicOperations.FixedTimeEquals(signature, one.SignBackup(manifest)))
                return true;
        }

        return false;
    }

    private string? DecryptWithOwn(ReadOnlySpan<byte> stored, FieldPlace place)
    {
        if (stored.Length < HeaderLength || stored[0] != Version)
            return null;
        var plain = new byte[stored.Length - HeaderLength];
        try
        {
            using var aes = new AesGcm(_fieldKey, TagLength);
            aes.Decrypt(stored.Slice(1, NonceLength), stored[HeaderLength..], stored.Slice(1 + NonceLength, TagLength), plain, AssociatedData(place));
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static byte[] Derive(ReadOnlySpan<byte> key, string purpose)
    {
        var derived = new byte[KeyFile.KeyLength];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, salt: [], info: Encoding.UTF8.GetBytes(purpose));
        return derived;
    }

    // Each name is preceded by its length, so that no two places give the same bytes.
    private static byte[] AssociatedData(FieldPlace place)
    {
        var (table, column) = (Encoding.UTF8.GetBytes(place.Table), Encoding.UTF8.GetBytes(place.Column));
        var data = new byte[12 + table.Length + column.Length];
        BinaryPrimitives.WriteInt32BigEndian(data, place.RowId);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(4), table.Length);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(8), column.Length);
        table.CopyTo(data, 12);
        column.CopyTo(data, 12 + table.Length);
        return data;
    }
}

/// <summary>An encrypted field can't be read.</summary>
public sealed class FieldCipherException()
    : Exception("En krypterad uppgift går inte att läsa. Den hör till en annan rad, har ändrats i databasen eller är krypterad med en annan nyckelfil.");
