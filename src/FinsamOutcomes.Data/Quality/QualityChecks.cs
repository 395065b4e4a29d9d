using Dapper;
using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Data.Quality;

/// <summary>
/// The data-quality rules under <c>sql/checks/</c>, one a file. A rule returns the rows that break it; a file's first line
/// says in Swedish what is wrong and what to do.
/// </summary>
public sealed class QualityChecks(FinsamDatabase database)
{
    private const string Folder = "sql/checks/";

    /// <summary>The names of all rules.</summary>
    public static IReadOnlyList<string> Rules => [.. SqlCatalogue.Files(Folder).Select(Path.GetFileNameWithoutExtension)!];

    /// <summary>Runs every rule for a förbund. A result without findings is good.</summary>
    public async Task<IReadOnlyList<QualityResult>> RunAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        var results = new List<QualityResult>();
        foreach (var file in SqlCatalogue.Files(Folder))
        {
            var text = SqlCatalogue.Read(file);
            var (first, statement) = (text[..text.IndexOf('\n', StringComparison.Ordinal)], text[text.IndexOf('\n', StringComparison.Ordinal)..]);
            var command = new CommandDefinition($"/* {file} */{statement}", new { ForbundId = forbundId }, cancellationToken: cancellationToken);
            results.Add(new QualityResult
            {
                Rule = Path.GetFileNameWithoutExtension(file),
                Explanation = first.TrimStart('-', ' '),
                Findings = (await session.Connection.QueryAsync<QualityFinding>(command)).AsList(),
            });
        }

        return results;
    }
}

/// <summary>What one rule found.</summary>
public sealed record QualityResult
{
    /// <summary>The name of the file under sql/checks.</summary>
    public required string Rule { get; init; }

    /// <summary>What is wrong and what to do, in Swedish.</summary>
    public required string Explanation { get; init; }

    public required IReadOnlyList<QualityFinding> Findings { get; init; }
}

/// <summary>A row that breaks a rule.</summary>
public sealed record QualityFinding
{
    public required int? ParticipationId { get; init; }

    public required string? ParticipantCode { get; init; }

    public required string? Insats { get; init; }

    /// <summary>What it is about in this row, in Swedish.</summary>
    public required string What { get; init; }
}
