using System.Text.Json;
using System.Text.Json.Serialization;

namespace FinsamOutcomes.Data.Backups;

/// <summary>What a backup holds, in its file <c>manifest.json</c>: what is put back is held against it.</summary>
public sealed record BackupManifest
{
    /// <summary>How backups are laid out; another number is of a newer program.</summary>
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        WriteIndented = true,
    };

    public required int Format { get; init; }

    /// <summary>Random, and the same in every copy of one database.</summary>
    public required string DatabaseMark { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime MadeAt { get; init; }

    /// <summary>The version of the program that made it.</summary>
    public required string Program { get; init; }

    /// <summary>The last migration that the database had.</summary>
    public required string Migration { get; init; }

    /// <summary>Somebody asked for it; else it is of a timetable.</summary>
    public bool IsAsked { get; init; }

    public required IReadOnlyList<BackupFile> Files { get; init; }

    public required IReadOnlyList<TableCountRow> Counts { get; init; }

    /// <summary>How far the log of each förbund had come.</summary>
    public required IReadOnlyList<ChainEndRow> Chains { get; init; }

    /// <summary>Tells the key that names are read with, and nothing of it; null where nothing was encrypted.</summary>
    public required string? KeyCheck { get; init; }

    private const long LongestFile = 1L << 50;

    // What the JSON's own rules don't ask: anybody may have written in the folder.
    internal bool IsSound =>
        Format == CurrentFormat
        && IsHex(DatabaseMark, 32)
        && MadeAt.Kind == DateTimeKind.Utc
        && (KeyCheck is null || IsHex(KeyCheck, 64))
        && Files.All(f => f is { Bytes: >= 0 and <= LongestFile } && IsHex(f.Sha256, 64))
        && Files.Select(f => f.Name).Distinct(StringComparer.Ordinal).Count() == Files.Count
        && Counts.All(c => c is { TableName: not null, RowCount: >= 0 })
        && Chains.All(c => c is { LastHash: not null });

    private static bool IsHex(string? text, int length) => text?.Length == length && text.All(char.IsAsciiHexDigitLower);

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, s_json);

    /// <exception cref="JsonException">It is no manifest.</exception>
    internal static BackupManifest Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<BackupManifest>(json, s_json) ?? throw new JsonException("There is no manifest.");
}

/// <summary>A file of a backup.</summary>
public sealed record BackupFile(string Name, long Bytes, string Sha256);

/// <summary>How many rows a table has; <c>participant_erased</c>: how many of the participants are erased.</summary>
public sealed record TableCountRow
{
    public required string TableName { get; init; }

    public required int RowCount { get; init; }
}

/// <summary>How far the log of a förbund has come.</summary>
public sealed record ChainEndRow
{
    public required int ForbundId { get; init; }

    public required int LastEvent { get; init; }

    public required string LastHash { get; init; }
}

/// <summary>A backup can't be made, read or put back; the message says why and what to do, in Swedish.</summary>
public sealed class BackupException(string message) : Exception(message);
