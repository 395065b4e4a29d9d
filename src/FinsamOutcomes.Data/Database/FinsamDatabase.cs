using System.Data.Common;
using System.Diagnostics;

namespace FinsamOutcomes.Data.Database;

/// <summary>One installation's database: SQLite embedded, or SQL Server. Safe to share between threads.</summary>
public sealed class FinsamDatabase
{
    // Each session is a span of its request, for whoever listens: how many a request holds, and for how long.
    private static readonly ActivitySource s_sessions = new(SessionSource);

    public FinsamDatabase(DatabaseEngine engine, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        DapperTypes.Register();
        Engine = engine;
        Clock = clock ?? SwedishClock.Instance;
        Sql = SqlCatalogue.For(engine.Name);
        Journal = engine.Journal is { } file ? new FinsamDatabase(file, this) : this;
    }

    private FinsamDatabase(DatabaseEngine engine, FinsamDatabase beside)
    {
        Engine = engine;
        Clock = beside.Clock;
        Sql = beside.Sql;
        Journal = this;
    }

    /// <summary>The name under which each open session is told to whoever listens (<see cref="ActivitySource"/>).</summary>
    public const string SessionSource = "FinsamOutcomes.Data.Sessions";

    /// <summary>
    /// How far the clocks of two hosts on one database may be apart. What was made later than that from now was made under
    /// a clock that was ahead, and would live on far too long when it is right again.
    /// </summary>
    public static readonly TimeSpan ClocksApart = TimeSpan.FromMinutes(5);

    public DatabaseEngine Engine { get; }

    /// <summary>Today and now; the only thing that tests replace.</summary>
    public TimeProvider Clock { get; }

    public SqlCatalogue Sql { get; }

    /// <summary>Where its key lies, when that is neither beside it nor where FINSAM_KEY says: a copy that is looked through.</summary>
    public string? KeyPath { get; init; }

    /// <summary>Where readings are noted: a file beside the database, or the database itself.</summary>
    internal FinsamDatabase Journal { get; }

    /// <summary>Today's date where the förbund is.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Clock.GetLocalNow().DateTime);

    /// <summary>
    /// Opens the database at <c>sqlite:PATH</c> or <c>sqlserver:CONNECTION STRING</c>, makes what is missing and brings its
    /// schema up to date.
    /// </summary>
    /// <exception cref="DatabaseAddressException">The address can't be used, or what is there can't be opened.</exception>
    /// <exception cref="MigrationException">What lies there is another program's, or a newer version's.</exception>
    public static Task<FinsamDatabase> OpenAsync(string address, TimeProvider? clock = null, CancellationToken cancellationToken = default) =>
        OpenAsync(address, mayCreate: true, clock, cancellationToken);

    /// <summary>Opens a database that must be there already, and brings its schema up to date.</summary>
    /// <exception cref="NoDatabaseException">There is none.</exception>
    public static Task<FinsamDatabase> OpenExistingAsync(string address, TimeProvider? clock = null, CancellationToken cancellationToken = default) =>
        OpenAsync(address, mayCreate: false, clock, cancellationToken);

    /// <summary>A connection for reading.</summary>
    public async Task<DatabaseSession> ReadAsync(CancellationToken cancellationToken = default)
    {
        var connection = await Engine.OpenAsync(cancellationToken);
        return new DatabaseSession(this, connection, transaction: null, turn: null, StartActivity("read"));
    }

    /// <summary>
    /// A connection for reading much at one moment, which holds nobody who writes. Where the engine has no such moment each
    /// query is of its own: see <see cref="DatabaseEngine.BeginSnapshot"/>.
    /// </summary>
    public async Task<DatabaseSession> SnapshotAsync(CancellationToken cancellationToken = default)
    {
        var connection = await Engine.OpenAsync(cancellationToken);
        try
        {
            return new DatabaseSession(this, connection, Engine.BeginSnapshot(connection), turn: null, StartActivity("snapshot"));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>A connection with a transaction; nothing is kept unless <see cref="DatabaseSession.CommitAsync"/> is reached.</summary>
    public async Task<DatabaseSession> WriteAsync(CancellationToken cancellationToken = default)
    {
        var turn = await Engine.WriteTurnAsync(cancellationToken);
        DbConnection? connection = null;
        try
        {
            connection = await Engine.OpenAsync(cancellationToken);
            return new DatabaseSession(this, connection, await Engine.BeginWriteAsync(connection, cancellationToken), turn, StartActivity("write"));
        }
        catch
        {
            if (connection is not null)
                await connection.DisposeAsync();
            turn?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Saves a mark, to find out whether anything can be saved: one number that is written over, and a line in the journal.
    /// False when others are writing: that can be done only where saving can, if they ever end.
    /// </summary>
    /// <exception cref="DbException">Nothing can be saved; <see cref="DatabaseFaults"/> tells why.</exception>
    /// <exception cref="JournalException">No reading can be noted.</exception>
    public async Task<bool> TrySavingAsync(CancellationToken cancellationToken = default)
    {
        var isSaved = await TryMarkAsync(cancellationToken);
        return (ReferenceEquals(Journal, this) || await UseJournalAsync(journal => journal.TryNotingAsync(cancellationToken))) && isSaved;
    }

    /// <summary>Does something with the journal; what its file has against it is told from what the database has.</summary>
    internal async Task<T> UseJournalAsync<T>(Func<FinsamDatabase, Task<T>> use)
    {
        try
        {
            return await use(Journal);
        }
        catch (Exception e) when (!ReferenceEquals(Journal, this) && (e is DatabaseAddressException || DatabaseFaults.Of(e) != DatabaseFault.None))
        {
            throw new JournalException(Journal.Engine, e);
        }
    }

    private async Task<bool> TryMarkAsync(CancellationToken cancellationToken)
    {
        await using var connection = await Engine.OpenFreshAsync(cancellationToken);
        try
        {
            await using var session = new DatabaseSession(
                this,
                connection,
                await Engine.BeginWriteAsync(connection, cancellationToken),
                turn: null,
                activity: null);
            await session.ReserveIdsAsync("mark", cancellationToken: cancellationToken);
            await session.CommitAsync(cancellationToken);
            return true;
        }
        catch (Exception e) when (DatabaseFaults.Of(e) == DatabaseFault.Busy)
        {
            return false;
        }
    }

    // Of the journal itself: a line that nobody else ever sees.
    private async Task<bool> TryNotingAsync(CancellationToken cancellationToken)
    {
        if (!Engine.Exists)
            Engine.Create();
        await using var connection = await Engine.OpenFreshAsync(cancellationToken);
        try
        {
            await using var session = new DatabaseSession(
                this,
                connection,
                await Engine.BeginWriteAsync(connection, cancellationToken),
                turn: null,
                activity: null);
            await session.ExecuteAsync("Readings.Prepare", cancellationToken: cancellationToken);
            var mark = new
            {
                ReadingId = "mark",
                ForbundId = 0,
                HappenedAt = session.UtcNow,
                Actor = "",
                Action = "",
                Entity = "",
                EntityId = (int?)null,
                Detail = "",
            };
            await session.ExecuteAsync("Readings.Note", mark, cancellationToken);
            await session.ExecuteAsync("Readings.Remove", new { mark.ReadingId }, cancellationToken);
            await session.CommitAsync(cancellationToken);
            return true;
        }
        catch (Exception e) when (DatabaseFaults.Of(e) == DatabaseFault.Busy)
        {
            return false;
        }
    }

    // The journal's own connections are short and wait for nobody.
    private Activity? StartActivity(string name) => ReferenceEquals(Journal, this) && Engine.Journal is not null ? null : s_sessions.StartActivity(name);

    private static async Task<FinsamDatabase> OpenAsync(string address, bool mayCreate, TimeProvider? clock, CancellationToken cancellationToken)
    {
        var database = new FinsamDatabase(DatabaseEngine.FromAddress(address), clock);
        try
        {
            await new Migrator(database).MigrateAsync(mayCreate, cancellationToken);
            return database;
        }
        catch (Exception e) when (DatabaseFaults.Explain(e, database.Engine) is { } said)
        {
            throw new DatabaseAddressException(said);
        }
    }
}

/// <summary>There is no database at the address; what to do about it depends on who asked.</summary>
public sealed class NoDatabaseException(DatabaseEngine engine) : Exception($"Det finns ingen databas i {engine?.DisplayName}.");

/// <summary>The file beside the database where readings are noted can't be used; the database itself may be whole.</summary>
public sealed class JournalException(DatabaseEngine engine, Exception cause) : Exception("Readings can't be noted.", cause)
{
    public DatabaseEngine Engine { get; } = engine;

    /// <summary>The one that an exception is or came of; null when it is about something else.</summary>
    public static JournalException? In(Exception? exception)
    {
        while (exception is not (null or JournalException))
            exception = exception.InnerException;
        return (JournalException?)exception;
    }
}
