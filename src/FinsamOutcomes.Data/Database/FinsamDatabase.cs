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
        Clock = clock ?? TimeProvider.System;
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

    /// <summary>Where readings are noted: a file beside the database, or the database itself.</summary>
    internal FinsamDatabase Journal { get; }

    /// <summary>Today's date where the förbund is.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Clock.GetLocalNow().DateTime);

    /// <summary>Opens the database at <c>sqlite:PATH</c> or <c>sqlserver:CONNECTION STRING</c>, makes what is missing and brings its schema up to date.</summary>
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
    /// Saves a mark, to find out whether anything can be saved: one number that is written over. Nothing is thrown when others
    /// are writing, since that can be done only where saving can.
    /// </summary>
    /// <exception cref="DbException">Nothing can be saved; <see cref="DatabaseFaults"/> tells why.</exception>
    public async Task TrySavingAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await Engine.OpenFreshAsync(cancellationToken);
        try
        {
            await using var session = new DatabaseSession(this, connection, await Engine.BeginWriteAsync(connection, cancellationToken), turn: null, activity: null);
            await session.ReserveIdsAsync("mark", cancellationToken: cancellationToken);
            await session.CommitAsync(cancellationToken);
        }
        catch (Exception e) when (DatabaseFaults.Of(e) == DatabaseFault.Busy)
        {
            // Somebody else is saving.
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
