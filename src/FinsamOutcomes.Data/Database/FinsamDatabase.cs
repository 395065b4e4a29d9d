using System.Data.Common;

namespace FinsamOutcomes.Data.Database;

/// <summary>One installation's database: SQLite embedded, or SQL Server. Safe to share between threads.</summary>
public sealed class FinsamDatabase
{
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

    public DatabaseEngine Engine { get; }

    /// <summary>Today and now; the only thing that tests replace.</summary>
    public TimeProvider Clock { get; }

    public SqlCatalogue Sql { get; }

    /// <summary>Where readings are noted: a file beside the database, or the database itself.</summary>
    internal FinsamDatabase Journal { get; }

    /// <summary>Today's date where the förbund is.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Clock.GetLocalNow().DateTime);

    /// <summary>Opens the database at <c>sqlite:PATH</c> or <c>sqlserver:CONNECTION STRING</c> and brings its schema up to date.</summary>
    public static async Task<FinsamDatabase> OpenAsync(string address, TimeProvider? clock = null, CancellationToken cancellationToken = default)
    {
        var database = new FinsamDatabase(DatabaseEngine.FromAddress(address), clock);
        await new Migrator(database).MigrateAsync(cancellationToken);
        return database;
    }

    /// <summary>A connection for reading.</summary>
    public async Task<DatabaseSession> ReadAsync(CancellationToken cancellationToken = default) =>
        new(this, await Engine.OpenAsync(cancellationToken), transaction: null, turn: null);

    /// <summary>
    /// A connection for reading much at one moment, which holds nobody who writes. Where the engine has no such moment each
    /// query is of its own: see <see cref="DatabaseEngine.BeginSnapshot"/>.
    /// </summary>
    public async Task<DatabaseSession> SnapshotAsync(CancellationToken cancellationToken = default)
    {
        var connection = await Engine.OpenAsync(cancellationToken);
        try
        {
            return new(this, connection, Engine.BeginSnapshot(connection), turn: null);
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
            return new DatabaseSession(this, connection, await Engine.BeginWriteAsync(connection, cancellationToken), turn);
        }
        catch
        {
            if (connection is not null)
                await connection.DisposeAsync();
            turn?.Dispose();
            throw;
        }
    }
}
