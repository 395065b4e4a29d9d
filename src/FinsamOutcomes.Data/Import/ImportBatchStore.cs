using System.Globalization;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Import;

/// <summary>
/// The files of participants that have been read in, and the undoing of the latest: all that it added goes, while nothing has been
/// built on it. What it changed of others can't be taken back, so a file that did is not undone.
/// </summary>
public sealed class ImportBatchStore(FinsamDatabase database)
{
    // What goes, in the order that rows refer to each other.
    private static readonly string[] s_parts =
    [
        "ImportBatches.RemoveDismissals",
        "ImportBatches.RemoveCaseworkers",
        "ImportBatches.RemoveLivelihoods",
        "ImportBatches.RemoveOccupations",
        "ImportBatches.RemoveStays",
        "ImportBatches.RemoveNames",
        "Reach.RemoveClosedOfBatch",
        "ImportBatches.RemoveParticipants",
    ];

    /// <summary>The latest that has not been undone; null when there is none.</summary>
    public async Task<ImportBatchRow?> LatestAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await LatestAsync(session, forbundId, cancellationToken);
    }

    /// <summary>Why a batch can't be undone, in Swedish; empty when it can.</summary>
    public async Task<IReadOnlyList<string>> WhyNotUndoneAsync(int forbundId, ImportBatchRow batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        await using var session = await database.ReadAsync(cancellationToken);
        return await WhyNotUndoneAsync(session, forbundId, batch, cancellationToken);
    }

    /// <summary>
    /// Removes what the latest file added: its participants, stays and names. Refused when it is no longer the latest, or something has
    /// been built on it. The codes are free again; the events in the log stay.
    /// </summary>
    public async Task UndoAsync(int forbundId, int batchId, string actor, CancellationToken cancellationToken = default)
    {
        // A file that is compared with these rows just now must not be saved when they are gone.
        await using var turn =
            await ImportTurn.TakeAsync(database, forbundId, TimeSpan.FromSeconds(10), waiting: null, cancellationToken)
            ?? throw FieldErrors.Single("Id", "En annan inläsning pågår i förbundet. Vänta tills den är klar, och försök igen.");
        await using var write = await RegistrationWrite.OpenAsync(database, forbundId, actor, cancellationToken);
        if (await LatestAsync(write.Session, forbundId, cancellationToken) is not { } batch || batch.Id != batchId)
            throw FieldErrors.Single("Id", "Den här inläsningen är inte den senaste, eller är redan ångrad.");
        var errors = new FieldErrors();
        foreach (var reason in await WhyNotUndoneAsync(write.Session, forbundId, batch, cancellationToken))
            errors.Add("Id", reason);
        errors.ThrowIfAny();
        var rows = Rows(forbundId, batch);
        foreach (var part in s_parts)
            await write.Session.ExecuteAsync(part, rows, cancellationToken);
        await write.Session.ExecuteAsync(
            "ImportBatches.Undo", new { ForbundId = forbundId, Id = batchId, UndoneAt = write.Session.UtcNow }, cancellationToken);
        await write.CommitAsync(
            "Import.Undo", "import_batch", batchId, string.Create(CultureInfo.InvariantCulture, $"nya deltaganden som togs bort {batch.AddedCount}"));
    }

    private static async Task<ImportBatchRow?> LatestAsync(DatabaseSession session, int forbundId, CancellationToken cancellationToken) =>
        (await session.QueryAsync<ImportBatchRow>("ImportBatches.Latest", new { ForbundId = forbundId }, cancellationToken)) is [var latest, ..] ? latest : null;

    private static async Task<IReadOnlyList<string>> WhyNotUndoneAsync(
        DatabaseSession session, int forbundId, ImportBatchRow batch, CancellationToken cancellationToken)
    {
        var rows = Rows(forbundId, batch);
        var built = (await session.SingleOrDefaultAsync<BuiltOnImportRow>("ImportBatches.WhatElse", rows, cancellationToken))!;
        var openings = await session.SingleOrDefaultAsync<int>("Reach.CountOpeningsOfBatch", rows, cancellationToken);
        return
        [
            .. new (bool Is, string Why)[]
            {
                (batch.FilledInCount is not 0, "Filen kompletterade eller rättade också det som redan fanns."),
                (built.Changed > 0, "Något som filen lade till har ändrats, avslutats eller slagits ihop."),
                (built.LaterStays > 0, "Någon i filen har fått fler deltaganden."),
                (built.Assessments > 0, "Någon i filen har självskattningar."),
                (built.Papers + openings > 0, "Någon i filen har samtycke, en begäran eller en sammanslagning."),
                (built.Counted > 0, "Deltagandena kan ha räknats i en rapport, eller i siffror till Uppföljning Finsam."),
            }
                .Where(w => w.Is)
                .Select(w => w.Why),
        ];
    }

    private static object Rows(int forbundId, ImportBatchRow batch) =>
        new { ForbundId = forbundId, batch.FirstParticipant, batch.LastParticipant, batch.FirstParticipation, batch.LastParticipation };
}

/// <summary>A file of participants that has been read in.</summary>
public sealed record ImportBatchRow
{
    public required int Id { get; init; }

    /// <summary>Rows of the file.</summary>
    public required int RowCount { get; init; }

    /// <summary>Participations that it added.</summary>
    public required int AddedCount { get; init; }

    public required DateTime ImportedAt { get; init; }

    public required string? ImportedBy { get; init; }

    /// <summary>Facts that it filled in or corrected of what was registered already.</summary>
    public required int? FilledInCount { get; init; }

    /// <summary>The first of the participants that it added; null when it added none.</summary>
    public required int? FirstParticipant { get; init; }

    public required int? LastParticipant { get; init; }

    public required int? FirstParticipation { get; init; }

    public required int? LastParticipation { get; init; }
}

/// <summary>How much has been built on the rows of a batch.</summary>
internal sealed record BuiltOnImportRow
{
    public required int Changed { get; init; }

    public required int LaterStays { get; init; }

    public required int Assessments { get; init; }

    public required int Papers { get; init; }

    public required int Counted { get; init; }
}
