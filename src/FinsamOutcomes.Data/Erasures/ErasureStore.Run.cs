using System.Globalization;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Erasures;

/// <content>Does what has been decided.</content>
public sealed partial class ErasureStore
{
    /// <summary>
    /// Does what has been decided and is not done, in one förbund or all: person by person, each in a transaction of its own.
    /// Somebody who has come back meanwhile, or no longer falls due, is kept. Then the files are cleaned. Whom something goes
    /// wrong for waits for the next time, and stops nobody else.
    /// </summary>
    /// <returns>How many were erased.</returns>
    /// <exception cref="ErasureFailedException">Somebody waits; all others are done.</exception>
    /// <exception cref="ErasedFileException">The file of those who are erased can't be written, so nobody is erased.</exception>
    public async Task<int> RunAsync(int? forbundId = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<UndoneErasureRow> undone;
        await using (var session = await database.ReadAsync(cancellationToken))
            undone = await session.QueryAsync<UndoneErasureRow>("Erasures.Undone", new { ForbundId = forbundId }, cancellationToken);
        if (undone.Count == 0)
            return 0;
        await ErasedFile.SettleAsync(database, cancellationToken);
        var (count, failures) = (0, new List<Exception>());
        foreach (var erasure in undone.Where(e => e.State == "approved"))
        {
            var after = 0;
            while (await NextAsync(erasure, after, cancellationToken) is { } participantId)
            {
                after = participantId;
                try
                {
                    count += await EraseOneAsync(erasure, participantId, cancellationToken) ? 1 : 0;
                }
                catch (Exception e) when (e is not ErasedFileException && !cancellationToken.IsCancellationRequested)
                {
                    failures.Add(e);
                }
            }

            await FinishAsync(erasure, cancellationToken);
        }

        await CleanAsync(isErased: count > 0, cancellationToken);
        return failures.Count == 0 ? count : throw new ErasureFailedException(count, failures.Count, failures[0]);
    }

    // Without a time for anybody the stays need not be gone through.

    private async Task<int?> NextAsync(UndoneErasureRow erasure, int after, CancellationToken cancellationToken)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.SingleOrDefaultAsync<int?>("Erasures.Next", new { erasure.ForbundId, erasure.Id, After = after }, cancellationToken);
    }

    private async Task<bool> EraseOneAsync(UndoneErasureRow erasure, int participantId, CancellationToken cancellationToken)
    {
        await using var write = await RegistrationWrite.OpenAsync(database, erasure.ForbundId, erasure.DecidedBy ?? erasure.AskedBy, cancellationToken);
        var row = await FindAsync(write, participantId, cancellationToken);
        var isErased = row is { ErasedAt: null, MergedIntoId: null } && await MayEraseAsync(write, erasure, row, cancellationToken);

        // Another program may have been first.
        if (
            await write.Session.ExecuteAsync(
                "Erasures.Settle",
                new { write.ForbundId, erasure.Id, ParticipantId = participantId, Outcome = isErased ? "erased" : "kept" },
                cancellationToken) == 0)
            return false;
        IEnumerable<int> ids = isErased ? (await PersonErasing.RecordsAsync(write, row!, cancellationToken)).Select(r => r.Id) : [participantId];
        var lines = await ErasedLines.OfAsync(database, write, ids, cancellationToken);
        if (isErased)
        {
            await PersonErasing.EraseAsync(write, row!, cancellationToken);
            await lines.BeginAsync(cancellationToken);
        }

        await write.CommitAsync(isErased ? "Participants.Erase" : "Participants.Keep", ChangedEntity.Participant, participantId, $"gallring {erasure.Id}");
        await (isErased ? lines.EndAsync(cancellationToken) : lines.ForgetAsync(cancellationToken));
        return isErased;
    }

    private static async Task<bool> MayEraseAsync(
        RegistrationWrite write,
        UndoneErasureRow erasure,
        ParticipantRow row,
        CancellationToken cancellationToken)
    {
        var state = await StateAsync(write.Session, write.ForbundId, row.Id, cancellationToken);
        return erasure.Reason == ErasureReason.Rule ? state?.DueOn <= write.Session.Today : state is not { IsOpen: true };
    }

    // When everybody has had their turn.
    private async Task FinishAsync(UndoneErasureRow erasure, CancellationToken cancellationToken)
    {
        if (await NextAsync(erasure, 0, cancellationToken) is not null)
            return;
        await using var write = await RegistrationWrite.OpenAsync(database, erasure.ForbundId, erasure.DecidedBy ?? erasure.AskedBy, cancellationToken);

        // Another program was first.
        if (await write.Session.ExecuteAsync("Erasures.Finish", new { write.ForbundId, erasure.Id, DoneAt = write.Session.UtcNow }, cancellationToken) == 0)
            return;
        var (erased, kept) = (await CountAsync("erased"), await CountAsync("kept"));
        await write.CommitAsync(
            "Erasures.Finish",
            Table,
            erasure.Id,
            string.Create(CultureInfo.InvariantCulture, $"gallring {erasure.Id}, gallrade {erased}, kvar {kept}, {ErasureReason.InWords(erasure.Reason)}"));

        Task<int> CountAsync(string outcome) => write.Session.SingleOrDefaultAsync<int>(
            "Erasures.CountOutcome",
            new { write.ForbundId, erasure.Id, Outcome = outcome },
            cancellationToken);
    }

    private async Task CleanAsync(bool isErased, CancellationToken cancellationToken)
    {
        int? through;
        await using (var session = await database.ReadAsync(cancellationToken))
            through = await session.SingleOrDefaultAsync<int?>("Erasures.LastDone", cancellationToken: cancellationToken);
        if (through is not null || isErased)
            await database.Engine.CleanAsync(cancellationToken);
        if (through is null)
            return;
        await using var write = await database.WriteAsync(cancellationToken);
        await write.ExecuteAsync("Erasures.Clean", new { CleanedAt = write.UtcNow, Through = through }, cancellationToken);
        await write.CommitAsync(cancellationToken);
    }
}
