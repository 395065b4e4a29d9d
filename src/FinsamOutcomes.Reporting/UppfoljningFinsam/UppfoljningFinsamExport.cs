using System.Globalization;
using System.Security.Cryptography;
using CsvHelper;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;

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
        var period = new
        {
            ForbundId = forbundId,
            Year = year,
            Half = half,
            From = new DateOnly(year, half == 2 ? 7 : 1, 1),
            To = half == 1 ? new DateOnly(year, 6, 30) : new DateOnly(year, 12, 31),
        };
        await using var session = await database.ReadAsync(cancellationToken);
        return new UppfoljningFinsamFigures
        {
            ForbundId = forbundId,
            Year = year,
            Half = half,
            Insatser = await session.QueryAsync<UppfoljningFinsamInsatsRow>("UppfoljningFinsam.Insatser", period, cancellationToken),
            TargetGroups = (await session.QueryAsync<UppfoljningFinsamTargetGroupRow>("UppfoljningFinsam.TargetGroups", period, cancellationToken)).ToLookup(r => r.InsatsId, r => r.Label),
            Participants = (await session.QueryAsync<UppfoljningFinsamParticipantsRow>("UppfoljningFinsam.Participants", period, cancellationToken)).ToDictionary(r => (r.InsatsId, r.Gender)),
            UnknownGender = await session.QueryAsync<UppfoljningFinsamUnknownGenderRow>("UppfoljningFinsam.UnknownGender", period, cancellationToken),
            YearOnlyHeadCounts = await session.SingleOrDefaultAsync<long>("UppfoljningFinsam.YearOnlyHeadCounts", period, cancellationToken),
        };
    }

    /// <summary>Writes the files into a folder, records the delivery with the files' checksums, and returns their paths.</summary>
    public async Task<IReadOnlyList<string>> WriteAsync(UppfoljningFinsamFigures figures, string folder, string actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(figures);
        Directory.CreateDirectory(folder);
        var toSettle = PathFor(figures, ToSettleFile, folder);

        // An old list of what to settle beside new figures would be believed.
        File.Delete(toSettle);
        List<string> files = [Write(figures, AdministratorFile, folder), Write(figures, ParticipantsFile, folder)];
        if (figures.HasToSettle)
            files.Add(Write(figures, ToSettleFile, folder));

        await using var session = await database.WriteAsync(cancellationToken);
        await RecordAsync(session, figures, AdministratorFile, await File.ReadAllBytesAsync(files[0], cancellationToken), actor, cancellationToken);
        await RecordAsync(session, figures, ParticipantsFile, await File.ReadAllBytesAsync(files[1], cancellationToken), actor, cancellationToken);
        await session.CommitAsync(cancellationToken);
        return files;
    }

    /// <summary>One of the files, to be sent to a browser; what is handed over is recorded with its checksum.</summary>
    /// <param name="figures">What was counted.</param>
    /// <param name="file"><see cref="AdministratorFile"/>, <see cref="ParticipantsFile"/> or <see cref="ToSettleFile"/>.</param>
    /// <param name="actor">Who takes it.</param>
    /// <param name="cancellationToken">Stops before anything is recorded.</param>
    public async Task<(string Name, byte[] Content)> FileAsync(UppfoljningFinsamFigures figures, string file, string actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(figures);
        var folder = Directory.CreateTempSubdirectory("finsam-").FullName;
        try
        {
            var path = Write(figures, file, folder);
            var content = await File.ReadAllBytesAsync(path, cancellationToken);
            await using var session = await database.WriteAsync(cancellationToken);
            await RecordAsync(session, figures, file, content, actor, cancellationToken);
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
    private static async Task RecordAsync(DatabaseSession session, UppfoljningFinsamFigures figures, string file, byte[] content, string actor, CancellationToken cancellationToken)
    {
        var period = $"{Text(figures.Year)} halvår {Text(figures.Half)}";
        if (file == ToSettleFile)
        {
            await AuditLog.AppendAsync(session, new NewAuditEvent { ForbundId = figures.ForbundId, Actor = actor, Action = "UppfoljningFinsam.TakeToSettle", Entity = "delivery", Detail = period }, cancellationToken);
            return;
        }

        var role = file == AdministratorFile ? "forbundsadministrator" : "deltagaransvarig";
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
        await AuditLog.AppendAsync(
            session,
            new NewAuditEvent { ForbundId = figures.ForbundId, Actor = actor, Action = "UppfoljningFinsam.RecordDelivery", Entity = "delivery", EntityId = id, Detail = $"{period} {role}" },
            cancellationToken);
    }

    private static void WriteAdministrator(UppfoljningFinsamFigures figures, string path)
    {
        using var csv = CsvWriter.ToFile(path, s_csv);
        csv.WriteRecord([.. UppfoljningFinsamForm.AdministratorHeadings]);
        foreach (var row in figures.Insatser)
            csv.WriteRecord([.. UppfoljningFinsamForm.AdministratorValues(figures, row)]);
    }

    private static void WriteParticipants(UppfoljningFinsamFigures figures, string path)
    {
        using var csv = CsvWriter.ToFile(path, s_csv);
        csv.WriteRecord([.. UppfoljningFinsamForm.ParticipantsHeadings]);
        foreach (var row in figures.Insatser)
            csv.WriteRecord([.. UppfoljningFinsamForm.ParticipantsValues(figures, row)]);
    }

    private static void WriteToSettle(UppfoljningFinsamFigures figures, string path)
    {
        using var csv = CsvWriter.ToFile(path, s_csv);
        csv.WriteRecord(["Deltagarkod", "Insats", "Inskriven", "Att reda ut"]);
        foreach (var row in figures.UnknownGender)
            csv.WriteRecord([row.ParticipantCode, row.Insats, Text(row.StartedOn), "Kön saknas: Uppföljning Finsam tar bara emot kvinnor och män."]);
        foreach (var insats in figures.Insatser)
        {
            if (figures.Count(insats.InsatsId, "unknown").Anonymous is > 0 and var anonymous)
                csv.WriteRecord(["", insats.Insats, "", $"Kön saknas för {Text(anonymous)} anonyma deltagare: Uppföljning Finsam tar bara emot kvinnor och män."]);
        }
    }

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>The figures of a hand-over.</summary>
public sealed record UppfoljningFinsamFigures
{
    public required int ForbundId { get; init; }

    public required int Year { get; init; }

    /// <summary>0 for the whole year, else 1 or 2.</summary>
    public required int Half { get; init; }

    public required IReadOnlyList<UppfoljningFinsamInsatsRow> Insatser { get; init; }

    public required ILookup<int, string> TargetGroups { get; init; }

    public required IReadOnlyDictionary<(int InsatsId, string Gender), UppfoljningFinsamParticipantsRow> Participants { get; init; }

    public required IReadOnlyList<UppfoljningFinsamUnknownGenderRow> UnknownGender { get; init; }

    /// <summary>Anonymous participants counted for the whole year only, which a half-year can't include.</summary>
    public required long YearOnlyHeadCounts { get; init; }

    /// <summary>Anonymous participants of unknown gender.</summary>
    public long UnknownAnonymous => Insatser.Sum(i => Count(i.InsatsId, "unknown").Anonymous);

    /// <summary>Somebody's gender must be settled before the hand-over.</summary>
    public bool HasToSettle => UnknownGender.Count > 0 || UnknownAnonymous > 0;

    /// <summary>Persons of a gender in an insats, anonymous included, and how many of them are anonymous.</summary>
    public (long All, long Anonymous) Count(int insatsId, string gender) =>
        Participants.TryGetValue((insatsId, gender), out var row) ? (row.Persons + row.Anonymous, row.Anonymous) : (0, 0);
}
