using System.Globalization;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Instruments;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Assessments;

/// <content>Correcting and removing, and the pile of an insats.</content>
public sealed partial class AssessmentStore
{
    private const string Table = ChangedEntity.Assessment;

    // A participation that ended longer ago than this is not in the pile for exits.
    private const int DaysAfterExit = 365;

    /// <summary>An assessment with its answers; null when there is none with the id.</summary>
    public async Task<Assessment?> FindAsync(int forbundId, int assessmentId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        var row = await session.SingleOrDefaultAsync<AssessmentRow>(
            "Assessments.Find",
            new { ForbundId = forbundId, AssessmentId = assessmentId },
            cancellationToken);
        if (row is null)
            return null;
        var answers = await session.QueryAsync<AnswerRow>("Assessments.Answers", new { ForbundId = forbundId, row.ParticipationId }, cancellationToken);
        return new Assessment { Row = row, Answers = [.. answers.Where(a => a.AssessmentId == row.Id)] };
    }

    /// <summary>
    /// The participations of an insats that an assessment can be entered for, those that lack it first: the ongoing ones, and
    /// for exit and after also those that ended within a year. All, or those that a user reaches.
    /// </summary>
    public async Task<IReadOnlyList<AssessmentPileRow>> PileAsync(
        int forbundId,
        int insatsId,
        int instrumentId,
        string occasion,
        int? userId = null,
        CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        var days = await ReachDays.ReadAsync(session, forbundId, cancellationToken);
        var endedSince = occasion is "exit" or "after" ? database.Today.AddDays(-DaysAfterExit) : DateOnly.MaxValue;
        return await session.QueryAsync<AssessmentPileRow>(
            "Assessments.Pile",
            new
            {
                ForbundId = forbundId,
                InsatsId = insatsId,
                InstrumentId = instrumentId,
                Occasion = occasion,
                EndedSince = endedSince,
                UserId = userId,
                days.ReachedSince,
                days.Today,
            },
            cancellationToken);
    }

    /// <summary>Corrects occasion, date and answers by the rules of registration; the instrument and the participation stay.</summary>
    public async Task CorrectAsync(AssessmentCorrection correction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(correction);
        var c = correction;
        await using var write = await RegistrationWrite.OpenAsync(database, c.ForbundId, c.Actor, cancellationToken);
        var (row, old) = await CurrentAsync(write, c.AssessmentId, c.Version, cancellationToken);
        var answers = await CheckAsync(write, row.Id, row.ParticipationId, row.InstrumentId, c.Occasion, c.AnsweredOn, c.Answers, cancellationToken);
        await write.Session.ExecuteAsync("Assessments.Correct", new { c.ForbundId, c.AssessmentId, c.Version, c.Occasion, c.AnsweredOn }, cancellationToken);
        await write.Session.ExecuteAsync("Assessments.ClearAnswers", new { c.ForbundId, c.AssessmentId }, cancellationToken);
        await AddAnswersAsync(write, row.Id, answers, cancellationToken);
        write.Changed(Table, row.Id, row.Version + 1, nameof(c.Occasion), row.Occasion, c.Occasion);
        write.Changed(Table, row.Id, row.Version + 1, nameof(c.AnsweredOn), row.AnsweredOn, c.AnsweredOn);
        foreach (var (item, answer) in answers)
        {
            var before = old.FirstOrDefault(a => a.ItemCode == item.Code);
            write.Changed(
                Table,
                row.Id,
                row.Version + 1,
                Field(item.Code),
                before?.Value ?? (object?)before?.MissingReason,
                answer.Value ?? (object?)answer.MissingReason);
        }

        await write.CommitAsync("Assessments.Correct", Table, row.Id);
    }

    /// <summary>
    /// Removes an assessment that was registered by mistake, for the wrong participant for instance. What it said stays in the
    /// history of the assessment, and that it was removed in the history of its participation.
    /// </summary>
    public async Task RemoveAsync(int forbundId, int assessmentId, int version, string actor, CancellationToken cancellationToken = default)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        var (row, old) = await CurrentAsync(write, assessmentId, version, cancellationToken);
        var instrument = await InstrumentStore.FindAsync(write.Session, forbundId, row.InstrumentId, cancellationToken);
        var participation = (
            await write.Session.SingleOrDefaultAsync<ParticipationRow>(
                "Participations.Find",
                new { ForbundId = forbundId, row.ParticipationId },
                cancellationToken))!;
        await write.Session.ExecuteAsync("Assessments.ClearAnswers", new { ForbundId = forbundId, AssessmentId = assessmentId }, cancellationToken);
        await write.Session.ExecuteAsync(
            "Assessments.Remove",
            new
            {
                ForbundId = forbundId,
                AssessmentId = assessmentId,
                Version = version,
            },
            cancellationToken);
        write.Changed(Table, row.Id, row.Version + 1, nameof(row.Occasion), row.Occasion, null);
        write.Changed(Table, row.Id, row.Version + 1, nameof(row.AnsweredOn), row.AnsweredOn, null);
        foreach (var answer in old)
            write.Changed(Table, row.Id, row.Version + 1, Field(answer.ItemCode), answer.Value ?? (object?)answer.MissingReason, null);
        write.Changed(
            ChangedEntity.Participation,
            participation.Id,
            participation.Version,
            "Assessment",
            string.Create(CultureInfo.InvariantCulture, $"{instrument.Code} {row.Occasion} {row.AnsweredOn:yyyy-MM-dd}"),
            null);
        await write.CommitAsync("Assessments.Remove", Table, row.Id);
    }

    private static async Task<(AssessmentRow Row, List<AnswerRow> Answers)> CurrentAsync(
        RegistrationWrite write,
        int assessmentId,
        int version,
        CancellationToken cancellationToken)
    {
        var row = await write.Session.SingleOrDefaultAsync<AssessmentRow>(
            "Assessments.Find",
            new { write.ForbundId, AssessmentId = assessmentId },
            cancellationToken) ?? throw FieldErrors.Single("AssessmentId", "Skattningen finns inte.");
        if (row.Version != version)
            throw FieldErrors.Stale();
        var participation = (
            await write.Session.SingleOrDefaultAsync<ParticipationRow>("Participations.Find", new { write.ForbundId, row.ParticipationId }, cancellationToken)
        )!;
        _ = await ParticipantStore.LivingAsync(write.Session, write.ForbundId, participation.ParticipantId, "AssessmentId", cancellationToken);
        var answers = await write.Session.QueryAsync<AnswerRow>("Assessments.Answers", new { write.ForbundId, row.ParticipationId }, cancellationToken);
        return (row, [.. answers.Where(a => a.AssessmentId == assessmentId)]);
    }
}
