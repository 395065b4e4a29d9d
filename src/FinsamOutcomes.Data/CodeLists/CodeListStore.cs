using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Data.CodeLists;

/// <summary>The code lists that registrations choose from, in the order they are shown. Shared by all förbund.</summary>
public sealed class CodeListStore(FinsamDatabase database)
{
    public Task<IReadOnlyList<CodeRow>> GendersAsync(CancellationToken cancellationToken = default) => ReadAsync<CodeRow>("CodeLists.Genders", cancellationToken);

    public Task<IReadOnlyList<CodeRow>> ReferrersAsync(CancellationToken cancellationToken = default) => ReadAsync<CodeRow>("CodeLists.Referrers", cancellationToken);

    public Task<IReadOnlyList<CodeRow>> EducationLevelsAsync(CancellationToken cancellationToken = default) => ReadAsync<CodeRow>("CodeLists.EducationLevels", cancellationToken);

    public Task<IReadOnlyList<CodeRow>> LivelihoodsAsync(CancellationToken cancellationToken = default) => ReadAsync<CodeRow>("CodeLists.Livelihoods", cancellationToken);

    public Task<IReadOnlyList<CodeRow>> TargetGroupsAsync(CancellationToken cancellationToken = default) => ReadAsync<CodeRow>("CodeLists.TargetGroups", cancellationToken);

    public Task<IReadOnlyList<CodeRow>> SpecificOrientationsAsync(CancellationToken cancellationToken = default) => ReadAsync<CodeRow>("CodeLists.SpecificOrientations", cancellationToken);

    public Task<IReadOnlyList<ExitReasonRow>> ExitReasonsAsync(CancellationToken cancellationToken = default) => ReadAsync<ExitReasonRow>("CodeLists.ExitReasons", cancellationToken);

    /// <summary>True when the code stands in the list; null is no choice and always fits.</summary>
    internal static async Task<bool> HoldsAsync(DatabaseSession session, string list, string? code, CancellationToken cancellationToken) =>
        code is null || (await session.QueryAsync<CodeRow>(list, cancellationToken: cancellationToken)).Any(row => row.Code == code);

    private async Task<IReadOnlyList<T>> ReadAsync<T>(string list, CancellationToken cancellationToken)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<T>(list, cancellationToken: cancellationToken);
    }
}

/// <summary>A choice in a code list.</summary>
public sealed record CodeRow
{
    public required string Code { get; init; }

    /// <summary>What a user sees, in Swedish.</summary>
    public required string Label { get; init; }
}

/// <summary>Why a participation ended.</summary>
public sealed record ExitReasonRow
{
    public required string Code { get; init; }

    public required string Label { get; init; }

    /// <summary><c>work</c>, <c>studies</c>, <c>job_seeking</c> or <c>other</c>.</summary>
    public required string ExitGroup { get; init; }

    public required bool IsSubsidised { get; init; }

    /// <summary>Nobody's success or failure: moved, died, parental leave.</summary>
    public required bool IsNeutral { get; init; }

    /// <summary>No exit at all; left out of every count.</summary>
    public required bool IsMisregistration { get; init; }
}
