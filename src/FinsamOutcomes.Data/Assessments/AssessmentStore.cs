using System.Globalization;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Instruments;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Assessments;

/// <summary>
/// Self-assessments by participants and assessments by caseworkers. Every question of the instrument has a value on its
/// scale or a reason why not, so that "not asked" and "no answer" are never mixed up. Errors are told with
/// <see cref="RegistrationException"/>.
/// </summary>
public sealed partial class AssessmentStore(FinsamDatabase database)
{
    /// <summary>All assessments of a participation, oldest first, with their answers.</summary>
    public async Task<IReadOnlyList<Assessment>> OfParticipationAsync(int forbundId, int participationId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        var arguments = new { ForbundId = forbundId, ParticipationId = participationId };
        var answers = (await session.QueryAsync<AnswerRow>("Assessments.Answers", arguments, cancellationToken)).ToLookup(a => a.AssessmentId);
        return
        [
            .. (await session.QueryAsync<AssessmentRow>("Assessments.OfParticipation", arguments, cancellationToken)).Select(row => new Assessment
            {
                Row = row,
                Answers = [.. answers[row.Id]],
            }),
        ];
    }

    /// <summary>Registers an assessment and locks its instrument; returns the id.</summary>
    public async Task<int> RegisterAsync(NewAssessment assessment, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        await using var write = await RegistrationWrite.OpenAsync(database, assessment.ForbundId, assessment.Actor, cancellationToken);
        var place = new { assessment.ForbundId, assessment.ParticipationId };
        var participation = await write.Session.SingleOrDefaultAsync<ParticipationRow>("Participations.Find", place, cancellationToken)
            ?? throw FieldErrors.Single(nameof(assessment.ParticipationId), "Deltagandet finns inte.");
        _ = await ParticipantStore.LivingAsync(
            write.Session,
            assessment.ForbundId,
            participation.ParticipantId,
            nameof(assessment.ParticipationId),
            cancellationToken);
        var instrument = await InstrumentStore.FindAsync(write.Session, assessment.ForbundId, assessment.InstrumentId, cancellationToken);
        var answers = await CheckAsync(
            write,
            0,
            assessment.ParticipationId,
            assessment.InstrumentId,
            assessment.Occasion,
            assessment.AnsweredOn,
            assessment.Answers,
            cancellationToken);
        var id = await write.Session.ReserveIdsAsync("assessment", cancellationToken: cancellationToken);
        await write.Session.ExecuteAsync(
            "Assessments.Register",
            new
            {
                Id = id,
                assessment.ForbundId,
                assessment.ParticipationId,
                assessment.InstrumentId,
                assessment.Occasion,
                instrument.Respondent,
                assessment.AnsweredOn,
            },
            cancellationToken);
        await AddAnswersAsync(write, id, answers, cancellationToken);
        await write.Session.ExecuteAsync(
            "Instruments.Lock",
            new
            {
                assessment.ForbundId,
                assessment.InstrumentId,
                LockedAt = write.Session.UtcNow,
            },
            cancellationToken);
        await write.CommitAsync("Assessments.Register", "assessment", id);
        return id;
    }

    // What is checked the same way for a new and a corrected assessment; everything wrong is told at once.
    private async Task<List<(InstrumentItemRow Item, NewAnswer Answer)>> CheckAsync(
        RegistrationWrite write,
        int ownId,
        int participationId,
        int instrumentId,
        string occasion,
        DateOnly answeredOn,
        IReadOnlyList<NewAnswer> given,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.AddIf(
            occasion is not ("start" or "followup" or "exit" or "after"),
            nameof(NewAssessment.Occasion),
            "Välj start, uppföljning, avslut eller efter avslut.");
        errors.PastDate(answeredOn, nameof(NewAssessment.AnsweredOn), database.Today);
        var others = await write.Session.QueryAsync<AssessmentRow>(
            "Assessments.OfParticipation",
            new { write.ForbundId, ParticipationId = participationId },
            cancellationToken);
        errors.AddIf(
            others.Any(o => o.Id != ownId && o.InstrumentId == instrumentId && o.Occasion == occasion && o.AnsweredOn == answeredOn),
            nameof(NewAssessment.AnsweredOn),
            "Det finns redan en skattning med samma instrument, tillfälle och datum.");
        var answers = CheckAnswers(errors, await InstrumentStore.ItemsAsync(write.Session, write.ForbundId, instrumentId, cancellationToken), given);
        errors.ThrowIfAny();
        return answers;
    }

    private static async Task AddAnswersAsync(
        RegistrationWrite write,
        int assessmentId,
        List<(InstrumentItemRow Item, NewAnswer Answer)> answers,
        CancellationToken cancellationToken)
    {
        foreach (var (item, answer) in answers)
            await write.Session.ExecuteAsync(
                "Assessments.AddAnswer",
                new
                {
                    write.ForbundId,
                    AssessmentId = assessmentId,
                    InstrumentItemId = item.Id,
                    answer.Value,
                    answer.MissingReason,
                },
                cancellationToken);
    }

    private static List<(InstrumentItemRow Item, NewAnswer Answer)> CheckAnswers(
        FieldErrors errors,
        IReadOnlyList<InstrumentItemRow> items,
        IReadOnlyList<NewAnswer> answers)
    {
        var checkedAnswers = new List<(InstrumentItemRow, NewAnswer)>();
        foreach (var answer in answers)
            errors.AddIf(!items.Any(i => Same(i, answer)), Field(answer.ItemCode), "Frågan finns inte i instrumentet.");
        foreach (var item in items)
        {
            var given = answers.Where(a => Same(item, a)).ToList();
            if (given.Count != 1)
            {
                errors.Add(Field(item.Code), given.Count == 0 ? "Ange ett svar eller varför det saknas." : "Frågan är besvarad två gånger.");
                continue;
            }

            var (value, reason) = (given[0].Value, given[0].MissingReason);
            errors.AddIf(value is null == reason is null, Field(item.Code), "Ange antingen ett svar eller varför det saknas.");
            errors.AddIf(
                value < item.ScaleMin || value > item.ScaleMax,
                Field(item.Code),
                $"Svaret ligger utanför skalan {Number(item.ScaleMin)}–{Number(item.ScaleMax)}.");
            errors.AddIf(value is { } v && decimal.Round(v, 4) != v, Field(item.Code), "Ange svaret med högst fyra decimaler.");
            errors.AddIf(
                reason is not (null or "not_asked" or "declined" or "unknown"),
                Field(item.Code),
                "Välj varför svaret saknas: ej tillfrågad, ville inte svara eller vet inte.");
            checkedAnswers.Add((item, given[0]));
        }

        return checkedAnswers;
    }

    private static bool Same(InstrumentItemRow item, NewAnswer answer) => string.Equals(item.Code, answer.ItemCode, StringComparison.OrdinalIgnoreCase);

    private static string Number(decimal value) => value.ToString("0.####", CultureInfo.GetCultureInfo("sv-SE"));

    internal static string Field(string itemCode) => $"{nameof(NewAssessment.Answers)}[{itemCode}]";
}

/// <summary>An assessment to register. Who answers follows from the instrument.</summary>
public sealed record NewAssessment
{
    public required int ForbundId { get; init; }

    public required int ParticipationId { get; init; }

    public required int InstrumentId { get; init; }

    /// <summary><c>start</c>, <c>followup</c>, <c>exit</c> or <c>after</c>.</summary>
    public required string Occasion { get; init; }

    public required DateOnly AnsweredOn { get; init; }

    /// <summary>One for each question of the instrument.</summary>
    public required IReadOnlyList<NewAnswer> Answers { get; init; }

    public string Actor { get; init; } = "finsam";
}

/// <summary>An answer: a value on the question's scale, or why there is none.</summary>
public sealed record NewAnswer
{
    public required string ItemCode { get; init; }

    public decimal? Value { get; init; }

    /// <summary><c>not_asked</c>, <c>declined</c> or <c>unknown</c>.</summary>
    public string? MissingReason { get; init; }
}

/// <summary>An assessment with its answers.</summary>
public sealed record Assessment
{
    public required AssessmentRow Row { get; init; }

    public required IReadOnlyList<AnswerRow> Answers { get; init; }
}

/// <summary>An assessment.</summary>
public sealed record AssessmentRow
{
    public required int Id { get; init; }

    public required int ParticipationId { get; init; }

    public required int InstrumentId { get; init; }

    public required string Occasion { get; init; }

    public required string Respondent { get; init; }

    public required DateOnly AnsweredOn { get; init; }

    public required int Version { get; init; }
}

/// <summary>An assessment as a form sends it back when something in it was wrong.</summary>
public sealed record AssessmentCorrection
{
    public required int ForbundId { get; init; }

    public required int AssessmentId { get; init; }

    /// <summary>The version that was read.</summary>
    public required int Version { get; init; }

    public required string Occasion { get; init; }

    public required DateOnly AnsweredOn { get; init; }

    /// <summary>One for each question of the instrument.</summary>
    public required IReadOnlyList<NewAnswer> Answers { get; init; }

    public string Actor { get; init; } = "finsam";
}

/// <summary>A participation in the pile of an insats, and whether it has the assessment that is being entered.</summary>
public sealed record AssessmentPileRow
{
    public required int ParticipationId { get; init; }

    public required int ParticipantId { get; init; }

    public required string Code { get; init; }

    public required DateOnly StartedOn { get; init; }

    public required DateOnly? EndedOn { get; init; }

    /// <summary>Assessed with the instrument, whatever version, at the occasion.</summary>
    public required bool HasAssessment { get; init; }

    /// <summary>The latest assessment with the instrument at any occasion.</summary>
    public required DateOnly? LastOn { get; init; }
}

/// <summary>An answer.</summary>
public sealed record AnswerRow
{
    public required int AssessmentId { get; init; }

    public required string ItemCode { get; init; }

    public required decimal? Value { get; init; }

    public required string? MissingReason { get; init; }
}
