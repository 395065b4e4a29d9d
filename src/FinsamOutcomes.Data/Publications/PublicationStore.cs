using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Publications;

/// <summary>What has been published, kept as it was told. A publication is added once, and never changed or removed.</summary>
public sealed class PublicationStore(FinsamDatabase database)
{
    private static readonly string[] s_measureColumns = ["publication_id", "ordinal", "request", "definition_text"];

    private static readonly string[] s_cellColumns =
    [
        "publication_id", "ordinal", "measure_ordinal", "definition_code", "statistic", "period_from", "period_to", "insats_id", "insats", "gender",
        "age_group", "education", "referrer", "category", "from_category", "state", "bound", "value", "numerator", "denominator", "n",
        "counted_value", "counted_numerator", "counted_denominator", "counted_n",
    ];

    /// <summary>All publications of a förbund, newest first.</summary>
    public async Task<IReadOnlyList<PublicationRow>> OfForbundAsync(int forbundId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.QueryAsync<PublicationRow>("Publications.OfForbund", new { ForbundId = forbundId }, cancellationToken);
    }

    public async Task<PublicationRow?> FindAsync(int forbundId, int publicationId, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await session.SingleOrDefaultAsync<PublicationRow>(
            "Publications.Find", new { ForbundId = forbundId, PublicationId = publicationId }, cancellationToken);
    }

    /// <summary>Of each report and year the newest publication with small numbers hidden, for the years that a report of a year tells of.</summary>
    public static Task<IReadOnlyList<PublicationRow>> NewestAsync(
        DatabaseSession session, int forbundId, int calendarYear, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.QueryAsync<PublicationRow>("Publications.Newest", new { ForbundId = forbundId, CalendarYear = calendarYear }, cancellationToken);
    }

    /// <summary>All that is kept of a publication.</summary>
    /// <exception cref="PublicationChangedException">What is kept is not what was kept: somebody has changed it in the database.</exception>
    public async Task<NewPublication> ReadAsync(PublicationRow publication, CancellationToken cancellationToken = default)
    {
        await using var session = await database.ReadAsync(cancellationToken);
        return await ReadAsync(session, publication, cancellationToken);
    }

    /// <inheritdoc cref="ReadAsync(PublicationRow, CancellationToken)"/>
    public static async Task<NewPublication> ReadAsync(DatabaseSession session, PublicationRow publication, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(publication);
        var which = new { publication.ForbundId, PublicationId = publication.Id };
        var content = (await session.SingleOrDefaultAsync<PublicationContentRow>("Publications.Content", which, cancellationToken))!;
        var kept = new NewPublication
        {
            ForbundId = publication.ForbundId,
            Report = publication.Report,
            CalendarYear = publication.CalendarYear,
            Title = publication.Title,
            PeriodFrom = publication.PeriodFrom,
            PeriodTo = publication.PeriodTo,
            Policy = publication.Policy,
            PolicyReason = publication.PolicyReason,
            LeavesOutUnknownGender = publication.LeavesOutUnknownGender,
            Moment = publication.Moment,
            MadeBy = publication.MadeBy,
            Definition = content.Definition,
            Document = content.Document,
            Counts = content.Counts,
            Measures = await session.QueryAsync<PublicationMeasureRow>("Publications.Measures", which, cancellationToken),
            Cells = await session.QueryAsync<PublicationCellRow>("Publications.Cells", which, cancellationToken),
            ReplacesId = publication.ReplacesId,
        };
        return Sha256Of(kept, publication.MadeAt) == publication.Sha256 ? kept : throw new PublicationChangedException(publication.Id);
    }

    /// <summary>A number for a publication that is to be kept, so that it can stand in its files.</summary>
    public async Task<int> ReserveIdAsync(CancellationToken cancellationToken = default)
    {
        await using var session = await database.WriteAsync(cancellationToken);
        var id = await session.ReserveIdsAsync("publication", cancellationToken: cancellationToken);
        await session.CommitAsync(cancellationToken);
        return id;
    }

    /// <summary>Keeps a publication; returns its number.</summary>
    /// <exception cref="RegistrationException">It is to replace one that isn't there, or that another has replaced.</exception>
    public async Task<int> KeepAsync(NewPublication publication, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(publication);
        await using var write = await RegistrationWrite.OpenAsync(database, publication.ForbundId, publication.MadeBy, cancellationToken);
        var (id, sha256) = await AddAsync(write, publication, cancellationToken);
        await write.CommitAsync("Publications.Keep", "publication", id, DetailOf(publication, sha256));
        return id;
    }

    /// <summary>Keeps a publication in a transaction that does more, and writes the event of it.</summary>
    internal static async Task<int> KeepAsync(RegistrationWrite write, NewPublication publication, CancellationToken cancellationToken)
    {
        var (id, sha256) = await AddAsync(write, publication, cancellationToken);
        await write.NoteAsync("Publications.Keep", "publication", id, DetailOf(publication, sha256));
        return id;
    }

    /// <summary>The stays that a number is counted from today, of those that a user reaches; others only see how many they are.</summary>
    public async Task<IReadOnlyList<CountedStayRow>> StaysAsync(int forbundId, CountedStays stays, int userId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stays);
        await using var session = await database.ReadAsync(cancellationToken);
        var days = await ReachDays.ReadAsync(session, forbundId, cancellationToken);
        return await session.QueryAsync<CountedStayRow>(
            "Publications.Stays",
            new
            {
                ForbundId = forbundId,
                stays.What,
                FirstDay = stays.From.DayNumber,
                LastDay = stays.To.DayNumber,
                stays.InsatsId,
                stays.Gender,
                stays.AgeGroup,
                stays.Education,
                stays.Referrer,
                stays.ExitReason,
                stays.Definition,
                stays.WithoutNeutral,
                stays.WithoutUnknownGender,
                UserId = userId,
                days.ReachedSince,
                days.Today,
            },
            cancellationToken);
    }

    /// <summary>Notes that somebody has been given what is kept.</summary>
    public async Task NoteOpenedAsync(
        PublicationRow publication, string actor, string detail, bool isFile = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(publication);
        await new ReadingJournal(database).NoteAsync(
            new NewAuditEvent
            {
                ForbundId = publication.ForbundId,
                Actor = actor,
                Action = isFile ? "Publications.TakeFile" : "Publications.Open",
                Entity = "publication",
                EntityId = publication.Id,
                Detail = detail + (publication.IsExact ? ", exakta tal" : ""),
            },
            cancellationToken);
    }

    /// <summary>Notes that somebody compares what is kept with the register, and why.</summary>
    public async Task NoteComparedAsync(PublicationRow publication, string actor, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(publication);
        await new ReadingJournal(database).NoteAsync(
            new NewAuditEvent
            {
                ForbundId = publication.ForbundId,
                Actor = actor,
                Action = "Publications.Compare",
                Entity = "publication",
                EntityId = publication.Id,
                Detail = $"Skäl: {reason}",
            },
            cancellationToken);
    }

    /// <summary>Refuses to replace what can't be, or with what is of something else.</summary>
    internal static async Task RequireReplaceableAsync(
        DatabaseSession session, int forbundId, int replacesId, (string Report, int Year, string Policy) by, CancellationToken cancellationToken)
    {
        var replaced = await session.SingleOrDefaultAsync<PublicationRow>(
            "Publications.Find", new { ForbundId = forbundId, PublicationId = replacesId }, cancellationToken);
        if (replaced is null)
            throw FieldErrors.Single(nameof(NewPublication.ReplacesId), "Publiceringen som ska ersättas finns inte i förbundet.");
        if (replaced.ReplacedById is { } newer)
            throw FieldErrors.Single(
                nameof(NewPublication.ReplacesId),
                string.Create(CultureInfo.InvariantCulture, $"Publicering {replacesId} är redan ersatt av publicering {newer}. Ersätt den i stället."));
        if ((replaced.Report, replaced.CalendarYear, replaced.Policy) != by)
            throw FieldErrors.Single(
                nameof(NewPublication.ReplacesId),
                $"Publicering {replacesId.ToString(CultureInfo.InvariantCulture)} är {replaced.Title} med {replaced.Policy}. Den kan bara ersättas av samma rapport för samma år med samma skydd av små tal.");
    }

    private static async Task<(int Id, string Sha256)> AddAsync(RegistrationWrite write, NewPublication publication, CancellationToken cancellationToken)
    {
        if (publication.ReplacesId is { } replacesId)
            await RequireReplaceableAsync(
                write.Session, publication.ForbundId, replacesId, (publication.Report, publication.CalendarYear, publication.Policy), cancellationToken);
        var id = publication.Id ?? await write.Session.ReserveIdsAsync("publication", cancellationToken: cancellationToken);
        var madeAt = write.Session.UtcNow;
        var sha256 = Sha256Of(publication, madeAt);
        await write.Session.ExecuteAsync(
            "Publications.Add",
            new
            {
                Id = id,
                publication.ForbundId,
                publication.Report,
                publication.CalendarYear,
                publication.Title,
                publication.PeriodFrom,
                publication.PeriodTo,
                publication.Policy,
                publication.PolicyReason,
                publication.LeavesOutUnknownGender,
                ReadAt = publication.Moment.At,
                publication.Moment.LastParticipation,
                publication.Moment.LastAssessment,
                publication.Moment.LastInsats,
                publication.Moment.LastChange,
                publication.Moment.LastEvent,
                MadeAt = madeAt,
                publication.MadeBy,
                publication.Definition,
                publication.Document,
                publication.Counts,
                Sha256 = sha256,
                publication.ReplacesId,
            },
            cancellationToken);
        await write.Session.BulkInsertAsync(
            "publication_measure",
            s_measureColumns,
            publication.Measures.Select(m => new object?[] { id, m.Ordinal, m.Request, m.DefinitionText }),
            cancellationToken);
        await write.Session.BulkInsertAsync(
            "publication_cell",
            s_cellColumns,
            publication.Cells.Select(c => new object?[]
            {
                id, c.Ordinal, c.MeasureOrdinal, c.DefinitionCode, c.Statistic, c.PeriodFrom, c.PeriodTo, c.InsatsId, c.Insats, c.Gender,
                c.AgeGroup, c.Education, c.Referrer, c.Category, c.FromCategory, c.State, c.Bound, c.Value, c.Numerator, c.Denominator, c.N,
                c.CountedValue, c.CountedNumerator, c.CountedDenominator, c.CountedN,
            }),
            cancellationToken);
        return (id, sha256);
    }

    // The checksum is in the log too, which can't be changed unseen.
    private static string DetailOf(NewPublication publication, string sha256)
    {
        var replaces = publication.ReplacesId is { } id ? string.Create(CultureInfo.InvariantCulture, $", ersätter {id}") : "";
        var reason = publication.PolicyReason is { } why ? $". Skäl: {why}" : "";
        return $"{publication.Report} {publication.CalendarYear.ToString(CultureInfo.InvariantCulture)} {publication.Policy}{replaces}, kontrollsumma {sha256}{reason}";
    }

    // Each value with its length before it, so that no two publications are written alike.
    private static string Sha256Of(NewPublication publication, DateTime madeAt)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var value in (object?[])
        [
            publication.ForbundId, publication.Report, publication.CalendarYear, publication.Title, publication.PeriodFrom, publication.PeriodTo,
            publication.Policy, publication.PolicyReason, publication.LeavesOutUnknownGender ? 1 : 0, publication.Moment.At,
            publication.Moment.LastParticipation, publication.Moment.LastAssessment, publication.Moment.LastInsats, publication.Moment.LastChange,
            publication.Moment.LastEvent, madeAt, publication.MadeBy, publication.Definition,
            publication.ReplacesId, Convert.ToHexStringLower(SHA256.HashData(publication.Document)),
            Convert.ToHexStringLower(SHA256.HashData(publication.Counts)),
        ])
            Add(value);
        foreach (var m in publication.Measures)
        {
            Add(m.Ordinal);
            Add(m.Request);
            Add(m.DefinitionText);
        }

        foreach (var c in publication.Cells)
        {
            foreach (var value in (object?[])
            [
                c.Ordinal, c.MeasureOrdinal, c.DefinitionCode, c.Statistic, c.PeriodFrom, c.PeriodTo, c.InsatsId, c.Insats, c.Gender, c.AgeGroup,
                c.Education, c.Referrer, c.Category, c.FromCategory, c.State, c.Bound, c.Value, c.Numerator, c.Denominator, c.N,
                c.CountedValue, c.CountedNumerator, c.CountedDenominator, c.CountedN,
            ])
                Add(value);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Add(object? value)
        {
            var text = value switch
            {
                null => null,
                DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                DateTime instant => instant.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
                double number => number.ToString("R", CultureInfo.InvariantCulture),
                _ => Convert.ToString(value, CultureInfo.InvariantCulture),
            };
            hash.AppendData(Encoding.UTF8.GetBytes(text is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{text}")));
        }
    }
}

/// <summary>What is kept of a publication is no longer what was kept.</summary>
public sealed class PublicationChangedException(int publicationId)
    : Exception(string.Create(
        CultureInfo.InvariantCulture,
        $"Publicering {publicationId} har ändrats i databasen sedan den sparades: kontrollsumman stämmer inte. Den visas därför inte. Kontakta den som sköter systemet."));
