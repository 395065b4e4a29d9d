using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Privacy;
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
    public async Task<IReadOnlyList<InsatsReportProgressRow>> ProgressAsync(
        int forbundId,
        int calendarYear,
        IEnumerable<string> sections,
        CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<InsatsReportProgressRow>(
            "InsatsTexts.Progress",
            new
            {
                ForbundId = forbundId,
                CalendarYear = calendarYear,
                Sections = $",{string.Join(',', sections)},",
            },
            cancellationToken);
    }

    /// <summary>Sets the text of a section; refused when somebody else has written it since it was read.</summary>
    public Task SetAsync(NewInsatsText text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return SetAsync([text], _ => "", cancellationToken);
    }

    /// <summary>
    /// Sets several texts of one insats and year, all or none. What is wrong with one of them is told of the field
    /// <c>[1].Body</c>, with its place in the list; <c>[1].Version</c> when somebody else has written it since it was read.
    /// </summary>
    public async Task SetAllAsync(IReadOnlyList<NewInsatsText> texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Count > 0)
            await SetAsync(texts, i => $"[{i}].", cancellationToken);
    }

    private async Task SetAsync(IReadOnlyList<NewInsatsText> texts, Func<int, string> place, CancellationToken cancellationToken)
    {
        var (forbundId, insatsId, year) = (texts[0].ForbundId, texts[0].InsatsId, texts[0].CalendarYear);
        if (texts.Any(t => (t.ForbundId, t.InsatsId, t.CalendarYear) != (forbundId, insatsId, year)))
            throw new ArgumentException("The texts are of one insats and year.", nameof(texts));
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, texts[0].Actor, cancellationToken);
        _ = await InsatsStore.FindAsync(write.Session, forbundId, insatsId, cancellationToken) ?? throw InsatsStore.Missing(nameof(NewInsatsText.InsatsId));
        var errors = new FieldErrors();
        errors.Year(year, nameof(NewInsatsText.CalendarYear));
        var sections = new List<string>();
        for (var i = 0; i < texts.Count; i++)
        {
            sections.Add(errors.Text(texts[i].Section, place(i) + nameof(NewInsatsText.Section), "vilket avsnitt texten hör till", 40));
            errors.AddIf(
                texts[i].Body.Trim().Length > LongestBody,
                place(i) + nameof(NewInsatsText.Body),
                $"Korta texten: den får ha högst {LongestBody} tecken.");
            errors.AddIf(
                PersonalNumber.IsInProse(texts[i].Body),
                place(i) + nameof(NewInsatsText.Body),
                "Texten innehåller något som ser ut som ett personnummer. Ta bort det: texten trycks i rapporter.");
            errors.Signs(Lines(texts[i].Body), place(i) + nameof(NewInsatsText.Body), "texten", TextForm.Lines);
        }

        errors.ThrowIfAny();
        var present = (
            await write.Session.QueryAsync<InsatsTextRow>("InsatsTexts.OfYear", new { ForbundId = forbundId, CalendarYear = year }, cancellationToken))
            .Where(t => t.InsatsId == insatsId)
            .ToDictionary(t => t.Section, StringComparer.Ordinal);
        for (var i = 0; i < texts.Count; i++)
            errors.AddIf(
                present.GetValueOrDefault(sections[i])?.Version != texts[i].Version,
                place(i) + RegistrationException.VersionField,
                FieldErrors.StaleMessage);
        errors.ThrowIfAny();
        for (var i = 0; i < texts.Count; i++)
        {
            var (before, body) = (present.GetValueOrDefault(sections[i]), Lines(texts[i].Body).Trim());
            var arguments = new { ForbundId = forbundId, InsatsId = insatsId, CalendarYear = year, Section = sections[i], Body = body, texts[i].Version };
            await write.Session.ExecuteAsync(texts[i].Version is null ? "InsatsTexts.Add" : "InsatsTexts.Update", arguments, cancellationToken);
            if (before?.Body != body)
                write.ChangedUntold(ChangedEntity.InsatsText(year, sections[i]), insatsId, (before?.Version ?? 0) + 1, nameof(NewInsatsText.Body));
        }

        await write.CommitAsync("InsatsTexts.Set", "insats_text", insatsId, $"{year} {string.Join(' ', sections)}");
    }

    // Word processors have signs of their own for a new line or page, which come along with what is pasted.
    private static string Lines(string text) => text.Replace('\v', '\n').Replace('\f', '\n');
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
