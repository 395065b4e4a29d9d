using System.Data;
using System.Data.Common;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Dapper;

namespace FinsamOutcomes.Data.Database;

/// <summary>One connection, and for writing one transaction, that runs named queries.</summary>
public sealed class DatabaseSession : IAsyncDisposable
{
    private const int ReadingTries = 4;

    private readonly FinsamDatabase _database;
    private readonly DbTransaction? _transaction;
    private readonly IDisposable? _turn;
    private readonly Activity? _activity;
    private DbDataReader? _reader;
    private bool _erases;

    internal DatabaseSession(FinsamDatabase database, DbConnection connection, DbTransaction? transaction, IDisposable? turn, Activity? activity)
    {
        _turn = turn;
        _activity = activity;
        _database = database;
        Connection = connection;
        _transaction = transaction;
    }

    /// <summary>Now, UTC, to the millisecond that is stored.</summary>
    public DateTime UtcNow
    {
        get
        {
            var now = _database.Clock.GetUtcNow().UtcDateTime;
            return new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
        }
    }

    public DateOnly Today => _database.Today;

    /// <summary>The zone whose day <see cref="Today"/> is.</summary>
    public TimeZoneInfo TimeZone => _database.Clock.LocalTimeZone;

    /// <summary>Whether all that is read is as it was at one moment, or each query by itself.</summary>
    public bool IsAtOneMoment => _transaction is not null;

    internal DbConnection Connection { get; }

    internal DbTransaction? Transaction => _transaction;

    /// <summary>All rows of a named query, with its arguments as properties of an object.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string name, object? arguments = null, CancellationToken cancellationToken = default) =>
        (await AskAsync(() => Connection.QueryAsync<T>(Command(name, arguments, cancellationToken)), cancellationToken)).AsList();

    /// <summary>The only row, or null. Two rows are an error.</summary>
    public Task<T?> SingleOrDefaultAsync<T>(string name, object? arguments = null, CancellationToken cancellationToken = default) =>
        AskAsync(() => Connection.QuerySingleOrDefaultAsync<T>(Command(name, arguments, cancellationToken)), cancellationToken);

    /// <summary>Rows one at a time, for exports that must not be held in memory.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        string name,
        object? arguments = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var reader = await ReaderAsync(name, arguments, cancellationToken);
        var parse = reader.GetRowParser<T>();
        while (await reader.ReadAsync(cancellationToken))
            yield return parse(reader);
    }

    /// <summary>An open reader over a named query, for callers that write the columns straight out. Dispose it.</summary>
    public async Task<DbDataReader> ReaderAsync(string name, object? arguments = null, CancellationToken cancellationToken = default) =>
        _reader = await AskAsync(() => Connection.ExecuteReaderAsync(Command(name, arguments, cancellationToken)), cancellationToken);

    /// <summary>Runs a named statement; returns the number of rows it changed.</summary>
    public Task<int> ExecuteAsync(string name, object? arguments = null, CancellationToken cancellationToken = default)
    {
        _erases |= _database.Sql[name].Erases;
        return AskAsync(() => Connection.ExecuteAsync(Command(name, arguments, cancellationToken)), cancellationToken);
    }

    /// <summary>Reserves ids for new rows of a table; returns the first of them. Never reused, also when the transaction is undone later.</summary>
    public async Task<int> ReserveIdsAsync(string table, int count = 1, CancellationToken cancellationToken = default)
    {
        if (await ExecuteAsync("RowIds.Reserve", new { TableName = table, Count = count }, cancellationToken) == 0)
            await ExecuteAsync("RowIds.Start", new { TableName = table, Count = count }, cancellationToken);
        return await SingleOrDefaultAsync<int>("RowIds.Last", new { TableName = table }, cancellationToken) - count + 1;
    }

    /// <summary>Inserts many rows, values in the order of the columns. When it fails, the transaction can only be undone.</summary>
    public Task BulkInsertAsync(string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken cancellationToken = default)
    {
        RequireNoReader();
        return _database.Engine.BulkInsertAsync(
            Connection,
            _transaction ?? throw new InvalidOperationException("A bulk insert needs a transaction: open the session with WriteAsync."),
            table,
            columns,
            rows,
            cancellationToken);
    }

    /// <summary>Keeps what was written.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        RequireNoReader();
        var transaction = _transaction ?? throw new InvalidOperationException("A session opened for reading has nothing to commit.");
        await OrLostAsync(async () =>
        {
            await transaction.CommitAsync(cancellationToken);
            return true;
        });

        // What was removed would else stay readable in the log beside the database. It is saved by now: nothing may undo that.
        if (_erases)
            await _database.Engine.CutLogAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            try
            {
                if (_transaction is not null)
                    await _transaction.DisposeAsync();
            }
            finally
            {
                await Connection.DisposeAsync();
            }
        }
        finally
        {
            _turn?.Dispose();
            _activity?.Dispose();
        }
    }

    // Without READ_COMMITTED_SNAPSHOT a reader and a writer of SQL Server may come to wait for each other; the reader is
    // then broken off, and asks again. In a transaction that writes, all of it would have to be done again.
    private async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await OrLostAsync(ask);
            }
            catch (DbException e) when (_transaction is null && tries < ReadingTries && _database.Engine.IsDeadlock(e))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20 * tries), cancellationToken);
            }
        }
    }

    // A connection that has been lost answers as if it had been misused.
    private async Task<T> OrLostAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (InvalidOperationException e) when (Connection.State != ConnectionState.Open)
        {
            throw new DatabaseLostException(e);
        }
    }

    private CommandDefinition Command(string name, object? arguments, CancellationToken cancellationToken)
    {
        RequireNoReader();
        return new(_database.Sql[name].Text, arguments, _transaction, cancellationToken: cancellationToken);
    }

    // SQLite would go on, SQL Server has one thing at a time on a connection: the mistake shows on both.
    private void RequireNoReader()
    {
        if (_reader is { IsClosed: false })
            throw new InvalidOperationException("A reader is still open in this session: read it to its end and dispose it first.");
    }
}
