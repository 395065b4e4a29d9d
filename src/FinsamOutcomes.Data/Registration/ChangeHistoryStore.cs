using System.Globalization;
using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Data.Registration;

/// <summary>
/// What was changed in a row that can be edited: for its history, and for whoever saves second and needs to see what the
/// first changed. Of names and personal numbers only that they changed is known.
/// </summary>
public sealed class ChangeHistoryStore(FinsamDatabase database)
{
    /// <summary>All changes of a row, newest first.</summary>
    /// <param name="forbundId">The förbund.</param>
    /// <param name="entity">See <see cref="ChangedEntity"/>.</param>
    /// <param name="entityId">The row's id.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyList<ChangeHistoryRow>> OfAsync(int forbundId, string entity, int entityId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<ChangeHistoryRow>(
            "ChangeHistory.Of",
            new
            {
                ForbundId = forbundId,
                Entity = entity,
                EntityId = entityId,
            },
            cancellationToken);
    }

    /// <summary>What has changed since a version was read, oldest first: what the second saver is shown.</summary>
    /// <param name="forbundId">The förbund.</param>
    /// <param name="entity">See <see cref="ChangedEntity"/>.</param>
    /// <param name="entityId">The row's id.</param>
    /// <param name="version">The version that was read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyList<ChangeHistoryRow>> SinceAsync(
        int forbundId,
        string entity,
        int entityId,
        int version,
        CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<ChangeHistoryRow>(
            "ChangeHistory.Since",
            new
            {
                ForbundId = forbundId,
                Entity = entity,
                EntityId = entityId,
                Version = version,
            },
            cancellationToken);
    }
}

/// <summary>What a history can be asked for. A row without an id of its own is named with what tells it apart.</summary>
public static class ChangedEntity
{
    public const string Participant = "participant";
    public const string Participation = "participation";
    public const string Assessment = "assessment";
    public const string Insats = "insats";
    public const string Target = "target";

    /// <summary>The year of an insats; its id is the insats'.</summary>
    public static string InsatsYear(int calendarYear) => string.Create(CultureInfo.InvariantCulture, $"insats_year.{calendarYear}");

    /// <summary>The anonymous participants of an insats in a year; its id is the insats', its fields are gender and half such as <c>woman.0</c>.</summary>
    public static string HeadCount(int calendarYear) => string.Create(CultureInfo.InvariantCulture, $"head_count.{calendarYear}");

    /// <summary>A section of an insats' text; its id is the insats'.</summary>
    public static string InsatsText(int calendarYear, string section) => string.Create(CultureInfo.InvariantCulture, $"insats_text.{calendarYear}.{section}");

    /// <summary>One of the förbund's own costs in a year; its id is the förbund's.</summary>
    public static string ForbundCost(int calendarYear, string name) => string.Create(CultureInfo.InvariantCulture, $"forbund_cost.{calendarYear}.{name}");

    /// <summary>What a member gives the förbund in a year; its id is the förbund's.</summary>
    public static string Contribution(int calendarYear, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"forbund_contribution.{calendarYear}.{name}");

    /// <summary>The förbund itself in a year; its id is the förbund's.</summary>
    public static string ForbundYear(int calendarYear) => string.Create(CultureInfo.InvariantCulture, $"forbund_year.{calendarYear}");

    /// <summary>Which exits a definition counts as positive; its id is the förbund's.</summary>
    public static string PositiveDefinition(string code) => $"positive_definition.{code}";

    /// <summary>What the förbund calls a value of a code list, and whether its forms offer it; its id is the förbund's.</summary>
    public static string CodeChoice(string list, string code) => $"code_choice.{list}.{code}";
}

/// <summary>One changed field.</summary>
public sealed record ChangeHistoryRow
{
    public required int Id { get; init; }

    /// <summary>The version that the change made.</summary>
    public required int Version { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime ChangedAt { get; init; }

    public required string Actor { get; init; }

    /// <summary>The property of the input, such as <c>StartedOn</c>, or <c>Before.Livelihoods</c>.</summary>
    public required string Field { get; init; }

    /// <summary>A code, a date as yyyy-MM-dd, a number, or <c>true</c> and <c>false</c>; null where there was nothing or what must not be told.</summary>
    public required string? OldValue { get; init; }

    public required string? NewValue { get; init; }
}
