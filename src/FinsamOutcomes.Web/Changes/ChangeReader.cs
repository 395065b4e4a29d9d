using System.Globalization;
using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Reporting;
using FinsamOutcomes.Web.Pages.Assessments;

namespace FinsamOutcomes.Web.Changes;

/// <summary>
/// Histories in words: fields by <see cref="ChangeWords"/>, codes as the förbund calls them, dates and amounts as they are
/// written. For the history of a row (the partial <c>_History</c>) and for whoever saves second (<c>_Changed</c>).
/// </summary>
public sealed class ChangeReader(ChangeHistoryStore history, CodeListStore codes, TimeProvider clock)
{
    /// <summary>Everything that was changed in a row, newest first.</summary>
    public async Task<IReadOnlyList<Change>> OfAsync(int forbundId, string entity, int entityId, CancellationToken cancellationToken) =>
        await InWordsAsync(forbundId, await history.OfAsync(forbundId, entity, entityId, cancellationToken), cancellationToken);

    /// <summary>What others saved after a form was read.</summary>
    /// <param name="forbundId">The förbund.</param>
    /// <param name="entity">See <see cref="ChangedEntity"/>.</param>
    /// <param name="entityId">The row's id.</param>
    /// <param name="version">The version that the form carries.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<ChangedSince> SinceAsync(int forbundId, string entity, int entityId, int version, CancellationToken cancellationToken) =>
        new(await InWordsAsync(forbundId, await history.SinceAsync(forbundId, entity, entityId, version, cancellationToken), cancellationToken));

    private async Task<IReadOnlyList<Change>> InWordsAsync(int forbundId, IReadOnlyList<ChangeHistoryRow> rows, CancellationToken cancellationToken)
    {
        var lists = new Dictionary<string, CodeList>(StringComparer.Ordinal);
        foreach (var list in rows.Select(r => ListOf(r.Field)).OfType<string>().Distinct())
            lists[list] = await codes.OfForbundAsync(forbundId, list, cancellationToken);
        var genders = rows.Any(r => r.Field == "Gender") ? await codes.GendersAsync(cancellationToken) : [];
        var kinds = rows.Any(r => r.Field == "Kind") ? await codes.ContributorKindsAsync(cancellationToken) : [];
        return [.. rows.Select(row => new Change
        {
            At = TimeZoneInfo.ConvertTimeFromUtc(row.ChangedAt, clock.LocalTimeZone),
            Who = row.Actor,
            Field = row.Field,
            Label = ChangeWords.Label(row.Field),
            Stored = (row.OldValue, row.NewValue),
            Old = Word(row.Field, row.OldValue),
            New = Word(row.Field, row.NewValue),
        })];

        string? Word(string field, string? value) =>
            value switch
            {
                null => null,
                "true" => "ja",
                "false" => "nej",
                ParticipationStore.Misregistration when field == "ExitReason" => "Felregistrerad",
                _ when field == "Kind" => kinds.FirstOrDefault(k => k.Code == value)?.Label ?? value,
                _ when field == "Gender" => genders.FirstOrDefault(g => g.Code == value)?.Label ?? value,
                _ when field.EndsWith(".Livelihoods", StringComparison.Ordinal) => string.Join(
                    ", ",
                    value.Split(", ").Select(share => Share(lists[CodeList.Livelihood], share))),
                _ when field is "TargetGroups" or "ExitReasons" => string.Join(", ", value.Split(", ").Select(lists[ListOf(field)!].Label)),
                _ when ListOf(field) is { } list => lists[list].Label(value),
                _ when field.EndsWith("Percent", StringComparison.Ordinal) => value + Swedish.NoBreakSpace + "%",
                _ when field.EndsWith("Kronor", StringComparison.Ordinal) => Swedish.Count(double.Parse(value, CultureInfo.InvariantCulture))
                    + Swedish.NoBreakSpace
                    + "kr",
                "at_least" => "minst",
                "at_most" => "högst",
                _ when field == "Assessment" => Assessment(value),
                _ when field == "Occasion" || field.StartsWith("Answers[", StringComparison.Ordinal) => AssessmentWords.Stored(value),
                _ => value,
            };
    }

    private static string? ListOf(string field) => field switch
    {
        "ExitReason" or "ExitReasons" => CodeList.ExitReason,
        "Referrer" => CodeList.Referrer,
        "EducationLevel" => CodeList.EducationLevel,
        "Before.Livelihoods" or "After.Livelihoods" => CodeList.Livelihood,
        "TargetGroups" => CodeList.TargetGroup,
        "SpecificOrientation" => CodeList.SpecificOrientation,
        _ => null,
    };

    // A code and its share, such as "lon 40".
    private static string Share(CodeList list, string share) =>
        share.Split(' ') is [var code, var percent] ? $"{list.Label(code)} {percent}{Swedish.NoBreakSpace}%" : share;

    // Instrument, occasion and date, such as "bip start 2024-03-01".
    private static string Assessment(string value) =>
        value.Split(' ') is [.. var instrument, var occasion, var date]
            ? $"{string.Join(' ', instrument)}, {AssessmentWords.Stored(occasion).ToLowerInvariant()}, {date}"
            : value;
}
