using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Insatser;

/// <summary>What the people of an insats write for the annual report, in Markdown. Errors are told with <see cref="RegistrationException"/>.</summary>
public sealed class InsatsTextStore(FinsamDatabase database)
{
    /// <summary>The longest text of one section, in characters.</summary>
    public const int LongestBody = 20_000;

    /// <summary>The year's texts of all insatser.</summary>
    public async Task<IReadOnlyList<InsatsTextRow>> OfYearAsync(int forbundId, int calendarYear, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<InsatsTextRow>("InsatsTexts.OfYear", new { ForbundId = forbundId, CalendarYear = calendarYear }, cancellationToken);
    }

    /// <summary>How far each insats of a year has come with the texts of these sections, and whether its money is known.</summary>
    public async Task<IReadOnlyList<InsatsReportProgressRow>> ProgressAsync(int forbundId, int calendarYear, IEnumerable<string> sections, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<InsatsReportProgressRow>("InsatsTexts.Progress", new { ForbundId = forbundId, CalendarYear = calendarYear, Sections = $",{string.Join(',', sections)}," }, cancellationToken);
    }

    /// <summary>Sets the text of a section; refused when somebody else has written it since it was read.</summary>
    public async Task SetAsync(NewInsatsText text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        await using var write = await RegistrationWrite.OpenAsync(database, text.ForbundId, text.Actor, cancellationToken);
        _ = await InsatsStore.FindAsync(write.Session, text.ForbundId, text.InsatsId, cancellationToken) ?? throw InsatsStore.Missing(nameof(text.InsatsId));
        var errors = new FieldErrors();
        errors.Year(text.CalendarYear, nameof(text.CalendarYear));
        var section = errors.Text(text.Section, nameof(text.Section), "vilket avsnitt texten hör till", 40);
        var body = text.Body.Trim();
        errors.AddIf(body.Length > LongestBody, nameof(text.Body), $"Korta texten: den får ha högst {LongestBody} tecken.");
        errors.ThrowIfAny();
        var present = await write.Session.QueryAsync<InsatsTextRow>("InsatsTexts.OfYear", new { text.ForbundId, text.CalendarYear }, cancellationToken);
        var before = present.FirstOrDefault(t => t.InsatsId == text.InsatsId && t.Section == section);
        if (before?.Version != text.Version)
            throw FieldErrors.Stale();
        var arguments = new { text.ForbundId, text.InsatsId, text.CalendarYear, Section = section, Body = body, text.Version };
        await write.Session.ExecuteAsync(text.Version is null ? "InsatsTexts.Add" : "InsatsTexts.Update", arguments, cancellationToken);
        if (before?.Body != body)
            write.ChangedUntold(ChangedEntity.InsatsText(text.CalendarYear, section), text.InsatsId, (before?.Version ?? 0) + 1, nameof(text.Body));
        await write.CommitAsync("InsatsTexts.Set", "insats_text", text.InsatsId, $"{text.CalendarYear} {section}");
    }
}

/// <summary>A text for one section of an insats' part of the annual report.</summary>
public sealed record NewInsatsText
{
    public required int ForbundId { get; init; }

    public required int InsatsId { get; init; }

    public required int CalendarYear { get; init; }

    /// <summary>As in the report's definition: <c>beskrivning</c>, <c>resultat</c>, <c>framat</c>.</summary>
    public required string Section { get; init; }

    /// <summary>Markdown.</summary>
    public required string Body { get; init; }

    /// <summary>The version that was read; null when nothing has been written yet.</summary>
    public int? Version { get; init; }

    public string Actor { get; init; } = "finsam";
}

/// <summary>A text for one section of an insats' part of the annual report.</summary>
public sealed record InsatsTextRow
{
    public required int InsatsId { get; init; }

    public required int CalendarYear { get; init; }

    public required string Section { get; init; }

    public required string Body { get; init; }

    public required int Version { get; init; }
}

/// <summary>How far an insats has come with its part of a year's report.</summary>
public sealed record InsatsReportProgressRow
{
    public required int InsatsId { get; init; }

    /// <summary>The insats that it is a delprojekt of, 0 for none.</summary>
    public required int ParentId { get; init; }

    public required string Name { get; init; }

    public required int WrittenTexts { get; init; }

    /// <summary>The year's outcome in kronor is known for it, its delprojekt or the insats it is part of.</summary>
    public required bool HasOutcome { get; init; }
}
