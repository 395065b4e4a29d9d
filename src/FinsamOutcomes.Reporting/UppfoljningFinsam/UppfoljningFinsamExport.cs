using System.Globalization;
using System.Security.Cryptography;
using CsvHelper;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Reporting.UppfoljningFinsam;

/// <summary>
/// The hand-over to Försäkringskassan's Uppföljning Finsam: one CSV for each national role, column by column in the
/// order that its web form asks. Counts are exact: the receiver is an authority, not the public.
/// </summary>
public sealed class UppfoljningFinsamExport(FinsamDatabase database)
{
    /// <summary>Filled in by the förbundsadministratör: the insatser, their budget and outcome.</summary>
    public const string AdministratorFile = "uppfoljning-finsam_forbundsadministrator";

    /// <summary>Filled in by the deltagaransvarig: participants by gender.</summary>
    public const string ParticipantsFile = "uppfoljning-finsam_deltagaransvarig";

    /// <summary>What must be settled before the hand-over; only written when there is something to settle.</summary>
    public const string ToSettleFile = "uppfoljning-finsam_att-reda-ut";

    private static readonly CsvWriterOptions s_csv = new() { Separator = ';', WriteByteOrderMark = true, Injection = CsvInjection.Escape };

    /// <summary>Counts a year, or one half of it (1 or 2; 0 is the whole year).</summary>
    public async Task<UppfoljningFinsamFigures> CountAsync(int forbundId, int year, int half, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)half, 2u, nameof(half));
        var (from, to) = (new UppfoljningFinsamPeriod(year, half).From, new UppfoljningFinsamPeriod(year, half).To);
        var period = new
        {
            ForbundId = forbundId,
            Year = year,
            Half = half,
            From = from,
            To = to,
            database.Today,
        };

        // All at one moment, so that the receipt can say what has come since.
        await using var session = await database.SnapshotAsync(cancellationToken);
        var moment = await RegisterMoment.ReadAsync(session, forbundId, cancellationToken);
        return new UppfoljningFinsamFigures
        {
            ForbundId = forbundId,
            Moment = moment,
            Year = year,
            Half = half,
            Insatser = await session.QueryAsync<UppfoljningFinsamInsatsRow>("UppfoljningFinsam.Insatser", period, cancellationToken),
            TargetGroups = (await session.QueryAsync<UppfoljningFinsamTargetGroupRow>("UppfoljningFinsam.TargetGroups", period, cancellationToken)).ToLookup(
                r => r.InsatsId,
                r => r.Label),
            Participants = (
                await session.QueryAsync<UppfoljningFinsamParticipantsRow>("UppfoljningFinsam.Participants", period, cancellationToken)
            ).ToDictionary(r => (r.InsatsId, r.Gender)),
            MissedExits = await session.QueryAsync<UppfoljningFinsamMissedExitRow>("UppfoljningFinsam.MissedExits", period, cancellationToken),
            LeftOut = await session.QueryAsync<UppfoljningFinsamLeftOutRow>("UppfoljningFinsam.LeftOut", period, cancellationToken),
            OutsideCounts = await session.QueryAsync<UppfoljningFinsamOutsideCountRow>("UppfoljningFinsam.OutsideCounts", period, cancellationToken),
            UnknownGender = await session.QueryAsync<UppfoljningFinsamUnknownGenderRow>("UppfoljningFinsam.UnknownGender", period, cancellationToken),
            MissingCounts = await session.QueryAsync<UppfoljningFinsamMissingCountRow>("UppfoljningFinsam.MissingCounts", period, cancellationToken),
            MissingMoney = await session.QueryAsync<UppfoljningFinsamMissingMoneyRow>("UppfoljningFinsam.MissingMoney", period, cancellationToken),
            IsYearOver = database.Today > new DateOnly(year, 12, 31),
        };
    }

    /// <summary>Writes the files into a folder, records the deliveries with their receipts, and returns their paths.</summary>
    public async Task<IReadOnlyList<string>> WriteAsync(
        UppfoljningFinsamFigures figures,
        string folder,
        string actor,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(figures);
        Directory.CreateDirectory(folder);
        var toSettle = PathFor(figures, ToSettleFile, folder);

        // An old list of what to settle beside new figures would be believed.
        File.Delete(toSettle);
        List<string> files = [Write(figures, AdministratorFile, folder), Write(figures, ParticipantsFile, folder)];
        if (figures.ToSettle.Count > 0)
            files.Add(Write(figures, ToSettleFile, folder));

        await using var session = await database.WriteAsync(cancellationToken);
        await RecordAsync(session, figures, AdministratorFile, files[0], await File.ReadAllBytesAsync(files[0], cancellationToken), actor, cancellationToken);
        await RecordAsync(session, figures, ParticipantsFile, files[1], await File.ReadAllBytesAsync(files[1], cancellationToken), actor, cancellationToken);
        await session.CommitAsync(cancellationToken);
        return files;
    }

    /// <summary>One of the files, to be sent to a browser; what is handed over is recorded with its receipt.</summary>
    /// <param name="figures">What was counted.</param>
    /// <param name="file"><see cref="AdministratorFile"/>, <see cref="ParticipantsFile"/> or <see cref="ToSettleFile"/>.</param>
    /// <param name="actor">Who takes it.</param>
    /// <param name="cancellationToken">Stops before anything is recorded.</param>
    public async Task<(string Name, byte[] Content)> FileAsync(
        UppfoljningFinsamFigures figures,
        string file,
        string actor,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(figures);
        var folder = Directory.CreateTempSubdirectory("finsam-").FullName;
        try
        {
            var path = Write(figures, file, folder);
            var content = await File.ReadAllBytesAsync(path, cancellationToken);
            await using var session = await database.WriteAsync(cancellationToken);
            await RecordAsync(session, figures, file, path, content, actor, cancellationToken);
            await session.CommitAsync(cancellationToken);
            return (Path.GetFileName(path), content);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string PathFor(UppfoljningFinsamFigures figures, string file, string folder) =>
        Path.Combine(folder, $"{file}_{(figures.Half == 0 ? Text(figures.Year) : $"{Text(figures.Year)}-halvar-{Text(figures.Half)}")}.csv");

    private static string Write(UppfoljningFinsamFigures figures, string file, string folder)
    {
        var path = PathFor(figures, file, folder);
        Action<UppfoljningFinsamFigures, string> write = file switch
        {
            AdministratorFile => WriteAdministrator,
            ParticipantsFile => WriteParticipants,
            ToSettleFile => WriteToSettle,
            _ => throw new ArgumentException($"There is no file {file}.", nameof(file)),
        };
        write(figures, path);
        return path;
    }

    // What is still to be settled is handed over to nobody, but holds participants' codes: its taking is an event too.
    private static async Task RecordAsync(
        DatabaseSession session,
        UppfoljningFinsamFigures figures,
        string file,
        string path,
        byte[] content,
        string actor,
        CancellationToken cancellationToken)
    {
        var period = $"{Text(figures.Year)} halvår {Text(figures.Half)}";
        if (file == ToSettleFile)
        {
            await AuditLog.AppendAsync(
                session,
                new NewAuditEvent
                {
                    ForbundId = figures.ForbundId,
                    Actor = actor,
                    Action = "UppfoljningFinsam.TakeToSettle",
                    Entity = "delivery",
                    Detail = period,
                },
                cancellationToken);
            return;
        }

        var role = file == AdministratorFile ? UppfoljningFinsamRole.Administrator : UppfoljningFinsamRole.Participants;
        await session.ExecuteAsync("Registration.Hold", new { figures.ForbundId }, cancellationToken);
        var id = await session.ReserveIdsAsync("delivery", cancellationToken: cancellationToken);
        var delivery = new
        {
            Id = id,
            figures.ForbundId,
            figures.Year,
            figures.Half,
            NationalRole = role,
            FileSha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            CreatedAt = session.UtcNow,
            CreatedBy = actor,
        };
        await session.ExecuteAsync("UppfoljningFinsam.RecordDelivery", delivery, cancellationToken);
        await DeliveryStore.KeepAsync(session, id, role, figures, Path.GetFileName(path), content, cancellationToken);
        await AuditLog.AppendAsync(
            session,
            new NewAuditEvent
            {
                ForbundId = figures.ForbundId,
                Actor = actor,
                Action = "UppfoljningFinsam.RecordDelivery",
                Entity = "delivery",
                EntityId = id,
                Detail = $"{period} {role}, kontrollsumma {delivery.FileSha256}",
            },
            cancellationToken);
    }

    private static void WriteAdministrator(UppfoljningFinsamFigures figures, string path)
    {
        using var csv = CsvWriter.Create(OwnersFile.Create(path), s_csv);
        csv.WriteRecord([.. UppfoljningFinsamForm.AdministratorHeadings]);
        foreach (var row in figures.Insatser)
            csv.WriteRecord([.. UppfoljningFinsamForm.AdministratorFields(figures, row).Select(f => f.Value)]);
    }

    private static void WriteParticipants(UppfoljningFinsamFigures figures, string path)
    {
        using var csv = CsvWriter.Create(OwnersFile.Create(path), s_csv);
        csv.WriteRecord([.. UppfoljningFinsamForm.ParticipantsHeadings]);
        foreach (var row in figures.Insatser)
            csv.WriteRecord([.. UppfoljningFinsamForm.ParticipantsFields(figures, row).Select(f => f.Value)]);
    }

    private static void WriteToSettle(UppfoljningFinsamFigures figures, string path)
    {
        using var csv = CsvWriter.Create(OwnersFile.Create(path), s_csv);
        csv.WriteRecord(["Deltagarkod", "Insats", "Inskriven", "Att reda ut"]);
        foreach (var row in figures.ToSettle)
            csv.WriteRecord([row.ParticipantCode, row.Insats, row.StartedOn is { } started ? Text(started) : "", row.What]);
    }

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
