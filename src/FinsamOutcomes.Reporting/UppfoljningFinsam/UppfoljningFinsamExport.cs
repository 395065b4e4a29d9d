using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsvHelper;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Funds;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Reporting.UppfoljningFinsam;

/// <summary>
/// The hand-over to Försäkringskassan's Uppföljning Finsam: one CSV for each national role, column by column in the
/// order that its web form asks. Counts are exact: the receiver is an authority, not the public.
/// </summary>
public sealed class UppfoljningFinsamExport(FinsamDatabase database)
{
    /// <summary>Filled in by the förbundsadministratör: the förbund's funds and administration, and the insatser with their budget and outcome.</summary>
    public const string AdministratorFile = "uppfoljning-finsam_forbundsadministrator";

    /// <summary>Filled in by the deltagaransvarig: participants of individual insatser by gender.</summary>
    public const string ParticipantsFile = "uppfoljning-finsam_deltagaransvarig";

    /// <summary>What must be settled before the hand-over; only written when there is something to settle.</summary>
    public const string ToSettleFile = "uppfoljning-finsam_att-reda-ut";

    private static readonly CsvWriterOptions s_csv = new() { Separator = ';', WriteByteOrderMark = true };

    /// <summary>Counts a year, or one half of it (1 or 2; 0 is the whole year).</summary>
    public async Task<UppfoljningFinsamFigures> CountAsync(int forbundId, int year, int half, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)half, 2u, nameof(half));
        var (from, to) = (new UppfoljningFinsamPeriod(year, half).From, new UppfoljningFinsamPeriod(year, half).To);
        var period = new
        {
            ForbundId = forbundId,
            Year = year,
            CalendarYear = year,
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
            Form = await session.QueryAsync<NationalFormFieldRow>("UppfoljningFinsam.Form", cancellationToken: cancellationToken),
            Forbund = await session.SingleOrDefaultAsync<UppfoljningFinsamForbundRow>("UppfoljningFinsam.Forbund", period, cancellationToken)
                ?? throw new ArgumentException("There is no such förbund.", nameof(forbundId)),
            Funds = await session.QueryAsync<FundsOfKindRow>("Funds.ByKind", period, cancellationToken),
            Contributions = await session.QueryAsync<ContributionRow>("Funds.OfYear", period, cancellationToken),
            Costs = await session.QueryAsync<ForbundCostRow>("Insatser.Costs", period, cancellationToken),
            Insatser = await session.QueryAsync<UppfoljningFinsamInsatsRow>("UppfoljningFinsam.Insatser", period, cancellationToken),
            TargetGroups = (await session.QueryAsync<UppfoljningFinsamTargetGroupRow>("UppfoljningFinsam.TargetGroups", period, cancellationToken)).ToLookup(
                r => r.InsatsId,
                r => r.Label),
            Participants = (
                await session.QueryAsync<UppfoljningFinsamParticipantsRow>("UppfoljningFinsam.Participants", period, cancellationToken)
            ).ToDictionary(r => (r.InsatsId, r.Gender)),
            Structural = (await session.QueryAsync<UppfoljningFinsamStructuralRow>("UppfoljningFinsam.Structural", period, cancellationToken)).ToDictionary(r =>
                r.InsatsId),
            MixedOrientations = await session.QueryAsync<UppfoljningFinsamMixedOrientationRow>(
                "UppfoljningFinsam.MixedOrientations",
                period,
                cancellationToken),
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
    /// <param name="figures">What was counted.</param>
    /// <param name="folder">Made if it isn't there.</param>
    /// <param name="actor">Who takes them.</param>
    /// <param name="withChoice">Also the fields that a role may leave out: individual insatser by gender in the förbundsadministratör's file.</param>
    /// <param name="cancellationToken">Stops before anything is recorded.</param>
    public async Task<IReadOnlyList<string>> WriteAsync(
        UppfoljningFinsamFigures figures,
        string folder,
        string actor,
        bool withChoice = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(figures);
        Directory.CreateDirectory(folder);

        // An old list of what to settle beside new figures would be believed.
        File.Delete(Path.Combine(folder, NameOf(figures, ToSettleFile)));
        var files = new List<(string File, string Path, byte[] Content)>();
        foreach (var file in figures.ToSettle.Count > 0 ? [AdministratorFile, ParticipantsFile, ToSettleFile] : new[] { AdministratorFile, ParticipantsFile })
        {
            var (path, content) = (Path.Combine(folder, NameOf(figures, file)), Content(figures, file, withChoice));
            await using (var stream = OwnersFile.Create(path))
                await stream.WriteAsync(content, cancellationToken);
            files.Add((file, path, content));
        }

        await using var session = await database.WriteAsync(cancellationToken);
        foreach (var (file, _, content) in files.Where(f => f.File != ToSettleFile))
            await RecordAsync(session, figures, file, content, actor, withChoice, isCopied: false, cancellationToken);
        await session.CommitAsync(cancellationToken);
        return [.. files.Select(f => f.Path)];
    }

    /// <summary>One of the files, to be sent to a browser; what a role takes is recorded with its receipt.</summary>
    /// <param name="figures">What was counted.</param>
    /// <param name="file"><see cref="AdministratorFile"/>, <see cref="ParticipantsFile"/> or <see cref="ToSettleFile"/>.</param>
    /// <param name="actor">Who takes it.</param>
    /// <param name="withChoice">As in <see cref="WriteAsync"/>.</param>
    /// <param name="cancellationToken">Stops before anything is recorded.</param>
    public async Task<(string Name, byte[] Content)> FileAsync(
        UppfoljningFinsamFigures figures,
        string file,
        string actor,
        bool withChoice = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(figures);
        var content = Content(figures, file, withChoice);
        await using var session = await database.WriteAsync(cancellationToken);
        await RecordAsync(session, figures, file, content, actor, withChoice, isCopied: false, cancellationToken);
        await session.CommitAsync(cancellationToken);
        return (NameOf(figures, file), content);
    }

    /// <summary>What tells the figures of a role apart from all others: the checksum that its file has, or would have.</summary>
    public static string ChecksumOf(UppfoljningFinsamFigures figures, string role)
    {
        ArgumentNullException.ThrowIfNull(figures);
        return Checksum(Content(figures, FileOf(role), withChoice: false));
    }

    /// <summary>
    /// Records that a role's figures have been copied into the national system, with a receipt of them. Null, and nothing is recorded,
    /// when they are no longer those that were shown; else the id of the delivery: of the one that was handed over or taken last, when it holds just these.
    /// </summary>
    /// <param name="figures">As they are now.</param>
    /// <param name="role">See <see cref="UppfoljningFinsamRole"/>.</param>
    /// <param name="shown"><see cref="ChecksumOf"/> of the figures that were copied.</param>
    /// <param name="actor">Who says so.</param>
    /// <param name="cancellationToken">Stops before anything is recorded.</param>
    public async Task<int?> HandOverCopiedAsync(
        UppfoljningFinsamFigures figures,
        string role,
        string shown,
        string actor,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(figures);
        var file = FileOf(role);
        var content = Content(figures, file, withChoice: false);
        if (Checksum(content) != shown)
            return null;
        await using var session = await database.WriteAsync(cancellationToken);
        await session.ExecuteAsync("Registration.Hold", new { figures.ForbundId }, cancellationToken);
        var deliveries = (await session.QueryAsync<DeliveryRow>("UppfoljningFinsam.Deliveries", new { figures.ForbundId }, cancellationToken))
            .Where(d => d.Period == figures.Period && d.NationalRole == role)
            .ToList();

        // Said already of just these, as by a second press of the button.
        if (deliveries.FirstOrDefault(d => d.IsCompared) is { HandedOverAt: not null } said && said.FileSha256 == shown)
            return said.Id;
        var taken = deliveries.FirstOrDefault();
        var id = taken is { HandedOverAt: null } && taken.FileSha256 == shown
            ? taken.Id
            : await RecordAsync(session, figures, file, content, actor, withChoice: false, isCopied: true, cancellationToken);
        await DeliveryStore.HandOverAsync(session, figures.ForbundId, id!.Value, actor, cancellationToken);
        await session.CommitAsync(cancellationToken);
        return id;
    }

    private static string FileOf(string role) => role switch
    {
        UppfoljningFinsamRole.Administrator => AdministratorFile,
        UppfoljningFinsamRole.Participants => ParticipantsFile,
        _ => throw new ArgumentException($"There is no role {role}.", nameof(role)),
    };

    private static string NameOf(UppfoljningFinsamFigures figures, string file) =>
        $"{file}_{(figures.Half == 0 ? Text(figures.Year) : $"{Text(figures.Year)}-halvar-{Text(figures.Half)}")}.csv";

    private static byte[] Content(UppfoljningFinsamFigures figures, string file, bool withChoice)
    {
        using var stream = new MemoryStream();
        using (var csv = CsvWriter.Create(stream, s_csv))
        {
            switch (file)
            {
                case AdministratorFile:
                    WriteRole(csv, figures, UppfoljningFinsamRole.Administrator, withChoice);
                    break;
                case ParticipantsFile:
                    WriteRole(csv, figures, UppfoljningFinsamRole.Participants, withChoice);
                    break;
                case ToSettleFile:
                    WriteToSettle(csv, figures);
                    break;
                default:
                    throw new ArgumentException($"There is no file {file}.", nameof(file));
            }
        }

        return stream.ToArray();
    }

    // What is still to be settled is handed over to nobody, but holds participants' codes: its taking is an event too. The id of the
    // delivery; null where there is none.
    private static async Task<int?> RecordAsync(
        DatabaseSession session,
        UppfoljningFinsamFigures figures,
        string file,
        byte[] content,
        string actor,
        bool withChoice,
        bool isCopied,
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
            return null;
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
            FileSha256 = Checksum(content),
            CreatedAt = session.UtcNow,
            CreatedBy = actor,
            IsCopied = isCopied,
            HasChoice = withChoice && figures.Form.Any(f => f.NationalRole == role && f.IsByChoice),
        };
        await session.ExecuteAsync("UppfoljningFinsam.RecordDelivery", delivery, cancellationToken);
        await DeliveryStore.KeepAsync(session, id, role, delivery.HasChoice, figures, NameOf(figures, file), content, cancellationToken);
        await AuditLog.AppendAsync(
            session,
            new NewAuditEvent
            {
                ForbundId = figures.ForbundId,
                Actor = actor,
                Action = isCopied ? "UppfoljningFinsam.Copy" : "UppfoljningFinsam.RecordDelivery",
                Entity = "delivery",
                EntityId = id,
                Detail = $"{period} {role}, kontrollsumma {delivery.FileSha256}",
            },
            cancellationToken);
        return id;
    }

    // The lines of the förbund and of an insats ask different things: each has all the columns, and the first says which it is.
    private static void WriteRole(CsvWriter csv, UppfoljningFinsamFigures figures, string role, bool withChoice)
    {
        var fields = UppfoljningFinsamForm.FieldsOf(figures, role, withChoice);
        var lines = UppfoljningFinsamForm.Lines(figures, role, withChoice);
        var isMixed = fields.Any(f => f.AskedOf == "forbund");
        csv.WriteRecord([.. isMixed ? ["Avser"] : Array.Empty<string>(), .. fields.Select(f => f.Label)]);
        foreach (var line in lines)
        {
            var values = line.Fields.ToDictionary(f => f.Code!, f => f.Value, StringComparer.Ordinal);
            csv.WriteRecord(
            [
                .. isMixed ? [line.InsatsId is null ? "Förbundet" : "Insats"] : Array.Empty<string>(),
                .. fields.Select(f => (f.Field, Value: values.GetValueOrDefault(f.Field, "")))
                    .Select(f => NationalField.MayBeNegative(f.Field) ? f.Value : Safe(f.Value)),
            ]);
        }
    }

    private static void WriteToSettle(CsvWriter csv, UppfoljningFinsamFigures figures)
    {
        csv.WriteRecord(["Deltagarkod", "Insats", "Inskriven", "Att reda ut"]);
        foreach (var row in figures.ToSettle)
            csv.WriteRecord([Safe(row.ParticipantCode), Safe(row.Insats), row.StartedOn is { } started ? Text(started) : "", Safe(row.What)]);
    }

    // A spreadsheet runs no text as a formula.
    private static string Safe(string text) => FormulaGuard.IsNeeded(Encoding.UTF8.GetBytes(text)) ? "'" + text : text;

    private static string Checksum(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
