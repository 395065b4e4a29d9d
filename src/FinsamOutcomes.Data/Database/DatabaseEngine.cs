using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FinsamOutcomes.Data.Database;

/// <summary>
/// The only file that knows which engine is used: how to open it, lock it for migration, fill it in bulk and hand it a
/// value. All other differences are override files in <c>sql/</c>.
/// </summary>
public abstract class DatabaseEngine
{
    /// <summary>The folder and file suffix in <c>sql/</c>: <c>sqlite</c> or <c>sqlserver</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What a person is shown; never holds a password.</summary>
    public abstract string DisplayName { get; }

    /// <summary>Reads <c>sqlite:PATH</c> or <c>sqlserver:CONNECTION STRING</c>.</summary>
    /// <exception cref="DatabaseAddressException">The address has neither form.</exception>
    public static DatabaseEngine FromAddress(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase) && address.Length > "sqlite:".Length)
            return new SqliteEngine(Path.GetFullPath(address["sqlite:".Length..]));
        if (address.StartsWith("sqlserver:", StringComparison.OrdinalIgnoreCase) && address.Length > "sqlserver:".Length)
        {
            try
            {
                return new SqlServerEngine(address["sqlserver:".Length..]);
            }
            catch (Exception e) when (e is ArgumentException or FormatException)
            {
                // The message of the inner exception can hold a part of the connection string.
                throw new DatabaseAddressException("Anslutningssträngen efter ”sqlserver:” går inte att tolka.");
            }
        }

        throw new DatabaseAddressException(
            "Databasen anges som sqlite:SÖKVÄG eller sqlserver:ANSLUTNINGSSTRÄNG, till exempel sqlite:finsam.sqlite.");
    }

    /// <summary>Closes the files that pooled connections of this process keep open, so that they can be copied or compared.</summary>
    public static void CloseIdleFiles() => SqliteConnection.ClearAllPools();

    /// <summary>True when there is something to open; an SQLite file is made by the migrator only.</summary>
    public abstract bool Exists { get; }

    /// <summary>Where the installation's own files may lie beside the database; null when the database is on a server.</summary>
    public abstract string? Folder { get; }

    /// <summary>
    /// A file of its own for noting what is read, where the engine has one writer a file: showing a name then never waits
    /// for an import. Null where a table of the database serves.
    /// </summary>
    public abstract DatabaseEngine? Journal { get; }

    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Waits for the turn to write, where the engine has one writer at a time; null where it has many. Disposing the turn
    /// hands it on.
    /// </summary>
    /// <exception cref="TimeoutException">Those before took longer than the engine itself would wait.</exception>
    public abstract ValueTask<IDisposable?> WriteTurnAsync(CancellationToken cancellationToken);

    /// <summary>Begins a transaction that will write. On SQLite it takes the write lock at once, so that it never fails half-way.</summary>
    public abstract ValueTask<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>
    /// Begins to read the database as it is now, without holding anybody who writes; null where the engine can't promise that
    /// to everybody, and what is read must then stand that rows come in between two statements.
    /// </summary>
    public abstract DbTransaction? BeginSnapshot(DbConnection connection);

    /// <summary>
    /// Takes a name that one program at a time can hold, on any computer; null when another holds it. A program that ends
    /// lets go of it, however it ends.
    /// </summary>
    public abstract Task<IAsyncDisposable?> TryHoldAsync(string name, CancellationToken cancellationToken);

    /// <summary>Holds other migrators off until the transaction ends.</summary>
    public abstract Task LockForMigrationAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken);

    /// <summary>Inserts many rows; values in the order of <paramref name="columns"/>. Constraints and foreign keys are checked.</summary>
    public abstract Task BulkInsertAsync(
        DbConnection connection,
        DbTransaction transaction,
        string table,
        IReadOnlyList<string> columns,
        IEnumerable<object?[]> rows,
        CancellationToken cancellationToken);

    /// <summary>Reads the columns of the row that a reader stands on as text, for files that hold more rows than memory should.</summary>
    public abstract RowText TextReader(DbDataReader reader);

    /// <summary>Keeps memory flat while a whole table is read once from first to last.</summary>
    public abstract Task PrepareForStreamingAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>True when the engine broke off what was asked, because two connections waited for each other; asked again it works.</summary>
    public abstract bool IsDeadlock(DbException exception);

    /// <summary>True when others held what was asked for too long, or went first: nothing was saved, and a later try can go through.</summary>
    public abstract bool IsBusy(DbException exception);

    /// <summary>True when a row has the same key as another, in the eyes of the engine: its collation may know two spellings as one.</summary>
    public abstract bool IsDuplicate(DbException exception);

    /// <summary>Gives a date, or null, to a parameter: ISO text in SQLite, <c>date</c> in SQL Server, which is told the type of a null too.</summary>
    internal static void SetDate(IDbDataParameter parameter, DateOnly? date)
    {
        parameter.DbType = DbType.Date;
        parameter.Value = date is not { } day ? DBNull.Value : parameter is SqlParameter ? day.ToDateTime(TimeOnly.MinValue) : day;
    }

    /// <summary>Gives an instant in UTC, or null, to a parameter: text in SQLite, <c>datetime2</c> in SQL Server.</summary>
    internal static void SetInstant(IDbDataParameter parameter, DateTime? instant)
    {
        var isText = parameter is not SqlParameter;
        parameter.DbType = isText ? DbType.String : DbType.DateTime2;
        parameter.Value = instant is not { } moment ? DBNull.Value : isText ? DapperTypes.ToText(moment) : moment;
    }

    private sealed class SqliteEngine(string path) : DatabaseEngine
    {
        private const int RowsInStatement = 100;
        private const int BusySeconds = 30;

        private static readonly CompareInfo s_swedish = CultureInfo.GetCultureInfo("sv-SE").CompareInfo;

        private readonly string _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            ForeignKeys = true,
            DefaultTimeout = BusySeconds,
        }.ToString();

        // SQLite's own waiting asks again now and then, holds a thread meanwhile, and serves whoever happens to ask when
        // it is free. Within one program writers stand in line instead; between programs SQLite's waiting still decides.
        private static readonly ConcurrentDictionary<string, SemaphoreSlim> s_lines = new(StringComparer.Ordinal);

        private readonly SemaphoreSlim _line = s_lines.GetOrAdd(path, _ => new SemaphoreSlim(1));

        public override string Name => "sqlite";

        public override string DisplayName => path;

        public override bool Exists => File.Exists(path);

        public override string? Folder => Path.GetDirectoryName(path);

        public override DatabaseEngine? Journal => new SqliteEngine(path + ".visningar");

        public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
                Directory.CreateDirectory(folder);
            var connection = new SqliteConnection(_connectionString);
            try
            {
                await connection.OpenAsync(cancellationToken);

                // NOCASE and upper() know only a–z. Under the name that SQL Server has for it, names are sorted as Swedish
                // on both engines, whatever the server's own collation is.
                connection.CreateCollation("Finnish_Swedish_CI_AS", (a, b) => s_swedish.Compare(a, b, CompareOptions.IgnoreCase));
                using var command = connection.CreateCommand();
                command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;";
                await command.ExecuteNonQueryAsync(cancellationToken);
                return connection;
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }

        public override async ValueTask<IDisposable?> WriteTurnAsync(CancellationToken cancellationToken) =>
            await _line.WaitAsync(TimeSpan.FromSeconds(BusySeconds), cancellationToken)
                ? new Turn(_line)
                : throw new TimeoutException("The database was written to by others for too long.");

        public override ValueTask<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken) =>
            ValueTask.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: false));

        public override DbTransaction? BeginSnapshot(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: true);

        public override Task<IAsyncDisposable?> TryHoldAsync(string name, CancellationToken cancellationToken)
        {
            // Beside the database, where every program that opens it can write; the system lets go of it with the program.
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0, Options = FileOptions.DeleteOnClose };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            try
            {
                return Task.FromResult<IAsyncDisposable?>(new FileStream($"{path}-{name}", options));
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
            {
                return Task.FromResult<IAsyncDisposable?>(null);
            }
        }

        public override Task LockForMigrationAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken) =>
            Task.CompletedTask;

        public override Task BulkInsertAsync(
            DbConnection connection,
            DbTransaction transaction,
            string table,
            IReadOnlyList<string> columns,
            IEnumerable<object?[]> rows,
            CancellationToken cancellationToken)
        {
            // Prepared statements through the raw binding, many rows in each: binding by position costs a fraction of a
            // command's named parameters, and starting a statement costs as much as a row. An import is mostly this.
            var handle = ((SqliteConnection)connection).Handle!;
            var place = $"({string.Join(", ", columns.Select(_ => "?"))})";
            var insert = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ";
            var batch = new List<object?[]>(RowsInStatement);
            sqlite3_stmt? many = null;
            try
            {
                foreach (var row in rows)
                {
                    batch.Add(row);
                    if (batch.Count < RowsInStatement)
                        continue;
                    cancellationToken.ThrowIfCancellationRequested();
                    if (many is null)
                        Check(handle, raw.sqlite3_prepare_v2(handle, insert + string.Join(", ", Enumerable.Repeat(place, RowsInStatement)), out many));
                    Run(handle, many, batch);
                    batch.Clear();
                }
            }
            finally
            {
                many?.Dispose();
            }

            if (batch.Count == 0)
                return Task.CompletedTask;
            Check(handle, raw.sqlite3_prepare_v2(handle, insert + string.Join(", ", Enumerable.Repeat(place, batch.Count)), out var rest));
            using (rest)
                Run(handle, rest, batch);
            return Task.CompletedTask;
        }

        public override async Task PrepareForStreamingAsync(DbConnection connection, CancellationToken cancellationToken)
        {
            // A page that is read once needs no cache; opening the connection again brings the large one back.
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA cache_size = -4096";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        public override RowText TextReader(DbDataReader reader)
        {
            // SQLite's own bytes, without a string for each field. Dapper wraps the reader.
            var sqlite = (SqliteDataReader)((Dapper.IWrappedDataReader)reader).Reader;
            return column => raw.sqlite3_column_blob(sqlite.Handle!, column);
        }

        // Readers and the one writer never wait for each other.
        public override bool IsDeadlock(DbException exception) => false;

        public override bool IsBusy(DbException exception) => exception is SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED };

        public override bool IsDuplicate(DbException exception) =>
            exception is SqliteException { SqliteExtendedErrorCode: raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY };

        private static void Run(sqlite3 handle, sqlite3_stmt statement, List<object?[]> rows)
        {
            var index = 0;
            foreach (var row in rows)
            {
                foreach (var value in row)
                    Check(handle, Bind(statement, ++index, value));
            }

            var result = raw.sqlite3_step(statement);
            if (result != raw.SQLITE_DONE)
                Check(handle, result);
            Check(handle, raw.sqlite3_reset(statement));
        }

        private static int Bind(sqlite3_stmt statement, int index, object? value) => value switch
        {
            null => raw.sqlite3_bind_null(statement, index),
            int number => raw.sqlite3_bind_int(statement, index, number),
            long number => raw.sqlite3_bind_int64(statement, index, number),
            bool flag => raw.sqlite3_bind_int(statement, index, flag ? 1 : 0),
            decimal number => raw.sqlite3_bind_double(statement, index, (double)number),
            double number => raw.sqlite3_bind_double(statement, index, number),
            string text => raw.sqlite3_bind_text(statement, index, text),
            DateOnly date => BindDate(statement, index, date),
            DateTime instant => raw.sqlite3_bind_text(statement, index, DapperTypes.ToText(instant)),
            byte[] bytes => raw.sqlite3_bind_blob(statement, index, bytes),
            _ => throw new ArgumentException($"Values of type {value.GetType().Name} are not stored.", nameof(value)),
        };

        private static int BindDate(sqlite3_stmt statement, int index, DateOnly date)
        {
            Span<byte> text = stackalloc byte[10];
            date.TryFormat(text, out _, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            return raw.sqlite3_bind_text(statement, index, text);
        }

        private static void Check(sqlite3 handle, int result)
        {
            if (result != raw.SQLITE_OK)
                throw new SqliteException(raw.sqlite3_errmsg(handle).utf8_to_string(), result, raw.sqlite3_extended_errcode(handle));
        }

        private sealed class Turn(SemaphoreSlim line) : IDisposable
        {
            private int _isOver;

            public void Dispose()
            {
                if (Interlocked.Exchange(ref _isOver, 1) == 0)
                    line.Release();
            }
        }
    }

    private sealed class SqlServerEngine(string connectionString) : DatabaseEngine
    {
        private const int DeadlockVictim = 1205;
        private const int LockTimeout = 1222;
        private const int DuplicateKey = 2627;
        private const int DuplicateInIndex = 2601;
        private const int ClientTimeout = -2;
        private const int MigrationLockSeconds = 120;

        private readonly SqlConnectionStringBuilder _builder = new(connectionString);

        public override string Name => "sqlserver";

        public override string DisplayName => $"{_builder.DataSource}/{_builder.InitialCatalog}";

        // The database itself is made by whoever owns the server; what is in it is for the migrator to find out.
        public override bool Exists => true;

        public override string? Folder => null;

        public override DatabaseEngine? Journal => null;

        public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
        {
            var connection = new SqlConnection(_builder.ConnectionString);
            try
            {
                await connection.OpenAsync(cancellationToken);
                return connection;
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }

        public override ValueTask<IDisposable?> WriteTurnAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IDisposable?>(null);

        public override ValueTask<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken) =>
            connection.BeginTransactionAsync(cancellationToken);

        // A snapshot has to be allowed by whoever owns the server: without it each statement is read as it is then.
        public override DbTransaction? BeginSnapshot(DbConnection connection) => null;

        public override async Task<IAsyncDisposable?> TryHoldAsync(string name, CancellationToken cancellationToken)
        {
            var connection = await OpenAsync(cancellationToken);
            try
            {
                await using var command = connection.CreateCommand();
                command.CommandText = """
                    DECLARE @answer INT;
                    EXEC @answer = sp_getapplock @Resource = @name, @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 0;
                    SELECT @answer;
                    """;
                command.Parameters.Add(new SqlParameter("@name", "finsam-" + name));
                if (Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture) >= 0)
                    return new ServerHold(connection, "finsam-" + name);
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }

            await connection.DisposeAsync();
            return null;
        }

        public override async Task LockForMigrationAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;

            // Not getting the lock is an answer below 0 and no error of its own.
            command.CommandText = $"""
                DECLARE @answer INT;
                EXEC @answer = sp_getapplock @Resource = 'finsam-migration', @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = {MigrationLockSeconds * 1000};
                IF @answer < 0 RAISERROR('Somebody else is migrating the database.', 16, 1);
                """;
            command.CommandTimeout = MigrationLockSeconds + 10;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        public override async Task BulkInsertAsync(
            DbConnection connection,
            DbTransaction transaction,
            string table,
            IReadOnlyList<string> columns,
            IEnumerable<object?[]> rows,
            CancellationToken cancellationToken)
        {
            using var copy = new SqlBulkCopy((SqlConnection)connection, SqlBulkCopyOptions.CheckConstraints, (SqlTransaction)transaction)
            {
                DestinationTableName = table,
                BatchSize = 10_000,
                BulkCopyTimeout = 0,
            };
            foreach (var column in columns)
                copy.ColumnMappings.Add(column, column);

            // Sent in pieces, so that a million rows are never held twice.
            foreach (var chunk in rows.Chunk(10_000))
            {
                using var data = new DataTable { Locale = CultureInfo.InvariantCulture };
                for (var i = 0; i < columns.Count; i++)
                    data.Columns.Add(columns[i], StoredType(chunk, i));
                foreach (var row in chunk)
                    data.Rows.Add([.. row.Select(Stored)]);
                await copy.WriteToServerAsync(data, cancellationToken);
            }
        }

        public override Task PrepareForStreamingAsync(DbConnection connection, CancellationToken cancellationToken) => Task.CompletedTask;

        public override RowText TextReader(DbDataReader reader) => column => reader.IsDBNull(column) ? default : reader.GetValue(column) switch
        {
            DateTime date => Encoding.UTF8.GetBytes(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            var value => Encoding.UTF8.GetBytes(Convert.ToString(value, CultureInfo.InvariantCulture)!),
        };

        public override bool IsDeadlock(DbException exception) => exception is SqlException { Number: DeadlockVictim };

        public override bool IsBusy(DbException exception) => exception is SqlException { Number: DeadlockVictim or LockTimeout or ClientTimeout };

        public override bool IsDuplicate(DbException exception) => exception is SqlException { Number: DuplicateKey or DuplicateInIndex };

        private static Type StoredType(object?[][] rows, int column)
        {
            foreach (var row in rows)
            {
                if (row[column] is { } value)
                    return Stored(value).GetType();
            }

            return typeof(string);
        }

        private static object Stored(object? value) => value switch
        {
            null => DBNull.Value,
            DateOnly date => date.ToDateTime(TimeOnly.MinValue),
            bool flag => (short)(flag ? 1 : 0),
            _ => value,
        };

        private sealed class ServerHold(DbConnection connection, string name) : IAsyncDisposable
        {
            public async ValueTask DisposeAsync()
            {
                // A connection goes back to the pool as it is: told here, the next in line need not wait for it to be used again.
                try
                {
                    await using var command = connection.CreateCommand();
                    command.CommandText = "EXEC sp_releaseapplock @Resource = @name, @LockOwner = 'Session';";
                    command.Parameters.Add(new SqlParameter("@name", name));
                    await command.ExecuteNonQueryAsync();
                }
                catch (SqlException)
                {
                    // The connection broke, and the hold with it.
                }

                await connection.DisposeAsync();
            }
        }
    }
}

/// <summary>A column of the current row as UTF-8, dates as yyyy-MM-dd; empty for null. Valid until the next row.</summary>
public delegate ReadOnlySpan<byte> RowText(int column);

/// <summary>The database address can't be used; the message is for the user, in Swedish, and holds no secret.</summary>
public sealed class DatabaseAddressException(string message) : Exception(message);
