using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Privacy;

namespace FinsamOutcomes.Data.Import;

/// <summary>The map that a förbund has made for each kind of file, remembered from one file to the next.</summary>
public sealed class ImportMapStore(FinsamDatabase database)
{
    /// <summary>Empty when the förbund has none.</summary>
    public async Task<ImportMap> OfAsync(int forbundId, ImportFormat format, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(format);
        await using var session = await database.ReadAsync(cancellationToken);
        var by = new { ForbundId = forbundId, Kind = format.Name };
        if (await session.SingleOrDefaultAsync<ImportMapRow>("ImportMaps.HeaderRow", by, cancellationToken) is not { } map)
            return new ImportMap();
        var lines = await session.QueryAsync<ImportMapLine>("ImportMaps.Lines", by, cancellationToken);
        return new ImportMap
        {
            HeaderRow = map.HeaderRow,
            Columns = [.. lines.Where(l => l.Heading is not null).Select(l => new MappedColumn(l.Heading!, l.Field))],
            Values = [.. lines.Where(l => l.Word is not null).Select(l => new MappedValue(l.Field!, l.Word!, l.Code))],
        };
    }

    /// <summary>
    /// Takes the place of what was; an empty map removes it. What could be a personal number is no heading or word, but a file that was read
    /// from the wrong row, and is not kept.
    /// </summary>
    public async Task SaveAsync(int forbundId, ImportFormat format, ImportMap map, string actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(map);
        map = map with
        {
            Columns = [.. map.Columns.Where(c => !PersonalNumber.CouldBeIn(c.Heading))],
            Values = [.. map.Values.Where(v => !PersonalNumber.CouldBeIn(v.Value) && !PersonalNumber.CouldBeIn(v.Code ?? ""))],
        };
        await using var session = await database.WriteAsync(cancellationToken);
        var by = new { ForbundId = forbundId, Kind = format.Name };
        await session.ExecuteAsync("Registration.Hold", new { ForbundId = forbundId }, cancellationToken);
        await session.ExecuteAsync("ImportMaps.RemoveLines", by, cancellationToken);
        await session.ExecuteAsync("ImportMaps.Remove", by, cancellationToken);
        if (!map.IsEmpty)
        {
            await session.ExecuteAsync("ImportMaps.Add", new { ForbundId = forbundId, Kind = format.Name, map.HeaderRow }, cancellationToken);
            await session.BulkInsertAsync(
                "import_map_line",
                ["forbund_id", "kind", "line", "heading", "field", "word", "code"],
                map.Columns
                    .Select(c => new string?[] { c.Heading, c.Field, null, null })
                    .Concat(map.Values.Select(v => new[] { null, v.Field, v.Value, v.Code }))
                    .Select((texts, i) => new object?[] { forbundId, format.Name, i + 1, texts[0], texts[1], texts[2], texts[3] }),
                cancellationToken);
        }

        await AuditLog.AppendAsync(
            session,
            new NewAuditEvent
            {
                ForbundId = forbundId,
                Actor = actor,
                Action = "Import.Map",
                Entity = "import_map",
                Detail = $"{format.Name}: rubriker {map.Columns.Count}, ord {map.Values.Count}",
            },
            cancellationToken);
        await session.CommitAsync(cancellationToken);
    }
}

/// <summary>That a förbund has a map, and where the headings stand.</summary>
public sealed record ImportMapRow
{
    public required string Kind { get; init; }

    public required int? HeaderRow { get; init; }
}

/// <summary>A heading or a word of a map.</summary>
public sealed record ImportMapLine
{
    public required string? Heading { get; init; }

    public required string? Field { get; init; }

    public required string? Word { get; init; }

    public required string? Code { get; init; }
}
