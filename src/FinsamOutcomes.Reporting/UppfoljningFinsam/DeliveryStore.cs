using System.Globalization;
using System.Security.Cryptography;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Reporting.UppfoljningFinsam;

/// <summary>
/// What has been taken for Uppföljning Finsam, or handed over to it: each delivery with its file and fields as they were, and what
/// differs since. A delivery is written once, by <see cref="UppfoljningFinsamExport"/>, and never changed; that it was handed over
/// stands beside it.
/// </summary>
public sealed class DeliveryStore(FinsamDatabase database)
{
    private readonly ChangedRegistrationStore _changes = new(database);

    /// <summary>Every delivery of the förbund, newest first.</summary>
    public async Task<IReadOnlyList<DeliveryRow>> AllAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<DeliveryRow>("UppfoljningFinsam.Deliveries", new { ForbundId = forbundId }, cancellationToken);
    }

    /// <summary>The fields of a delivery in the order of its file; none where it is not known what it held, or it held no line.</summary>
    public async Task<IReadOnlyList<DeliveryFieldRow>> FieldsAsync(int forbundId, int deliveryId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<DeliveryFieldRow>(
            "UppfoljningFinsam.DeliveryFields",
            new { ForbundId = forbundId, DeliveryId = deliveryId },
            cancellationToken);
    }

    /// <summary>The file of a delivery, byte for byte as it was; null where there is none. That it was taken again is in the log.</summary>
    /// <exception cref="DeliveryChangedException">It is not the file that was handed over.</exception>
    public async Task<byte[]?> TakeAgainAsync(int forbundId, int deliveryId, string actor, CancellationToken cancellationToken = default)
    {
        await using var session = await database.WriteAsync(cancellationToken);
        await session.ExecuteAsync("Registration.Hold", new { ForbundId = forbundId }, cancellationToken);
        var content = await session.SingleOrDefaultAsync<byte[]>(
            "UppfoljningFinsam.DeliveryContent",
            new { ForbundId = forbundId, DeliveryId = deliveryId },
            cancellationToken);
        if (content is null)
            return null;
        var delivery = (await session.QueryAsync<DeliveryRow>("UppfoljningFinsam.Deliveries", new { ForbundId = forbundId }, cancellationToken))
            .Single(d => d.Id == deliveryId);
        if (Convert.ToHexStringLower(SHA256.HashData(content)) != delivery.FileSha256)
            throw new DeliveryChangedException(deliveryId);
        await AuditLog.AppendAsync(
            session,
            new NewAuditEvent
            {
                ForbundId = forbundId,
                Actor = actor,
                Action = "UppfoljningFinsam.TakeAgain",
                Entity = "delivery",
                EntityId = deliveryId,
                Detail = "",
            },
            cancellationToken);
        await session.CommitAsync(cancellationToken);
        return content;
    }

    /// <summary>
    /// Notes that the figures of a delivery have been written into the national system. False where there is no such delivery, or it was
    /// said already.
    /// </summary>
    public async Task<bool> HandOverAsync(int forbundId, int deliveryId, string actor, CancellationToken cancellationToken = default)
    {
        await using var session = await database.WriteAsync(cancellationToken);
        await session.ExecuteAsync("Registration.Hold", new { ForbundId = forbundId }, cancellationToken);
        if (!await HandOverAsync(session, forbundId, deliveryId, actor, cancellationToken))
            return false;
        await session.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>
    /// Takes back that a delivery was handed over at a moment. False where there is no such delivery, or nobody has said so, or somebody has
    /// said it anew since.
    /// </summary>
    public async Task<bool> TakeBackHandOverAsync(
        int forbundId, int deliveryId, DateTime handedOverAt, string actor, CancellationToken cancellationToken = default)
    {
        await using var session = await database.WriteAsync(cancellationToken);
        await session.ExecuteAsync("Registration.Hold", new { ForbundId = forbundId }, cancellationToken);
        if (await session.ExecuteAsync("UppfoljningFinsam.TakeBackHandOver", new { ForbundId = forbundId, Id = deliveryId, HandedOverAt = handedOverAt }, cancellationToken) == 0)
            return false;
        await NoteAsync(session, forbundId, deliveryId, "UppfoljningFinsam.TakeBackHandOver", actor, cancellationToken);
        await session.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>The delivery of each role in the period of the figures that they are held against; those whose fields are not known are left out.</summary>
    /// <param name="figures">What would be handed over now.</param>
    /// <param name="deliveries">See <see cref="AllAsync"/>.</param>
    /// <param name="userId">Who asks, and is told the codes of those whom the user reaches; null is the server itself.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyList<DeliveryComparison>> CompareAsync(
        UppfoljningFinsamFigures figures,
        IReadOnlyList<DeliveryRow> deliveries,
        int? userId,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(deliveries);
        var (period, comparisons) = (figures.Period, new List<DeliveryComparison>());
        foreach (var role in UppfoljningFinsamRole.All)
        {
            var compared = deliveries.FirstOrDefault(d => d.IsCompared && d.Period == period && d.NationalRole == role);
            if (compared?.Moment is not { } moment)
                continue;
            var changes = await _changes.SinceAsync(figures.ForbundId, moment, userId, cancellationToken);
            comparisons.Add(
                new DeliveryComparison
                {
                    Delivery = compared,
                    Differences = DeliveryComparison.Differ(compared, await FieldsAsync(figures.ForbundId, compared.Id, cancellationToken), figures),
                    Changes = [.. changes.Where(c => DeliveryComparison.Alters(c, compared))],
                });
        }

        return comparisons;
    }

    /// <summary>The periods that have been handed over and rest on something that has changed since, newest first, and how many changes.</summary>
    public async Task<IReadOnlyList<(UppfoljningFinsamPeriod Period, int Changes)>> ChangedPeriodsAsync(
        int forbundId,
        IReadOnlyList<DeliveryRow> deliveries,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(deliveries);
        var found = new List<(UppfoljningFinsamPeriod Period, ChangedRegistration Change)>();

        // The same moment, as of the two files of one export, is asked about once.
        foreach (var group in deliveries.Where(d => d.IsCompared && d.Moment is not null).GroupBy(d => (Moment: d.Moment!, d.Period)))
        {
            var (moment, period) = group.Key;
            var changes = await _changes.SinceInAsync(forbundId, moment, period.From, period.To, cancellationToken);
            found.AddRange(group.SelectMany(d => changes.Where(c => DeliveryComparison.Alters(c, d)).Select(c => (period, c))));
        }

        // Once, though the files of both roles hold it.
        return
        [
            .. found
                .GroupBy(c => c.Period)
                .Select(g => (g.Key, g.DistinctBy(c => (c.Change.Kind, c.Change.InsatsId, c.Change.CalendarYear, c.Change.Detail, c.Change.ParticipationId)).Count()))
                .OrderByDescending(c => c.Key.To)
                .ThenBy(c => c.Key.Half),
        ];
    }

    /// <summary>Writes what a delivery held beside it, in the transaction that records it.</summary>
    internal static async Task KeepAsync(
        DatabaseSession session,
        int deliveryId,
        string role,
        bool withChoice,
        UppfoljningFinsamFigures figures,
        string fileName,
        byte[] content,
        CancellationToken cancellationToken)
    {
        var moment = figures.Moment;
        await session.ExecuteAsync(
            "UppfoljningFinsam.RecordReceipt",
            new
            {
                Id = deliveryId,
                figures.ForbundId,
                FileName = fileName,
                Content = content,
                CountedAt = moment.At,
                moment.LastParticipation,
                moment.LastAssessment,
                moment.LastInsats,
                moment.LastChange,
                moment.LastEvent,
            },
            cancellationToken);
        var places = UppfoljningFinsamForm.FieldsOf(figures, role, withChoice)
            .Select((f, place) => (f.Field, Place: place + 1))
            .ToDictionary(f => f.Field, f => f.Place);
        await session.BulkInsertAsync(
            "delivery_entry",
            ["delivery_id", "line", "position", "insats_id", "name", "field", "label", "state", "value", "reason"],
            UppfoljningFinsamForm.Lines(figures, role, withChoice).SelectMany(
                (entry, line) => entry.Fields.Select(field => new object?[]
                {
                    deliveryId,
                    line + 1,
                    places[field.Code!],
                    entry.InsatsId,
                    entry.Name,
                    field.Code,
                    field.Label,
                    field.State switch
                    {
                        UppfoljningFinsamState.Filled => "filled",
                        UppfoljningFinsamState.NotFilled => "not_filled",
                        _ => "does_not_apply",
                    },
                    field.Value,
                    field.Reason,
                })),
            cancellationToken);
    }

    /// <summary>The same in the transaction that records the delivery.</summary>
    internal static async Task<bool> HandOverAsync(DatabaseSession session, int forbundId, int deliveryId, string actor, CancellationToken cancellationToken)
    {
        var done = new { ForbundId = forbundId, Id = deliveryId, At = session.UtcNow, By = actor };
        if (await session.ExecuteAsync("UppfoljningFinsam.HandOver", done, cancellationToken) == 0)
            return false;
        await NoteAsync(session, forbundId, deliveryId, "UppfoljningFinsam.HandOver", actor, cancellationToken);
        return true;
    }

    private static Task NoteAsync(
        DatabaseSession session, int forbundId, int deliveryId, string action, string actor, CancellationToken cancellationToken) =>
        AuditLog.AppendAsync(
            session,
            new NewAuditEvent
            {
                ForbundId = forbundId,
                Actor = actor,
                Action = action,
                Entity = "delivery",
                EntityId = deliveryId,
                Detail = "",
            },
            cancellationToken);
}

/// <summary>The file that is kept of a delivery is no longer the one that was handed over.</summary>
public sealed class DeliveryChangedException(int deliveryId)
    : Exception(string.Create(
        CultureInfo.InvariantCulture,
        $"Filen till överlämning {deliveryId} har ändrats i databasen sedan den hämtades: kontrollsumman stämmer inte. Den lämnas därför inte ut. Kontakta den som sköter systemet."));
