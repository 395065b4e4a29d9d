using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using FinsamOutcomes.Data.Privacy;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FinsamOutcomes.Data.Database;

public abstract partial class DatabaseEngine
{
    /// <param name="path">The file.</param>
    /// <param name="makesItself">For a journal, which comes into being when something is noted in it.</param>
    private sealed partial class SqliteEngine(string path, bool makesItself = false) : DatabaseEngine
    {
        private const int RowsInStatement = 100;
        private const long ManyRows = 20_000;
        private const int BusySeconds = 30;
        private const string JournalSuffix = ".visningar";

        private static readonly CompareInfo s_swedish = CultureInfo.GetCultureInfo("sv-SE").CompareInfo;

        private readonly string _connectionString = ConnectionString(path, BusySeconds, pooling: true);
        private int _isCutting;

        // SQLite's own waiting asks again now and then, holds a thread meanwhile, and serves whoever happens to ask when
        // it is free. Within one program writers stand in line instead; between programs SQLite's waiting still decides.
        private static readonly ConcurrentDictionary<string, SemaphoreSlim> s_lines = new(StringComparer.Ordinal);

        private readonly SemaphoreSlim _line = s_lines.GetOrAdd(path, _ => new SemaphoreSlim(1));

        public override string Name => "sqlite";

        public override string DisplayName => path;

        public override bool Exists => File.Exists(path);

        public override string? Folder => Path.GetDirectoryName(path);

        public override DatabaseEngine? Journal => new SqliteEngine(path + JournalSuffix, makesItself: true);

        public override IReadOnlyList<string> Warnings
        {
            get
            {
                var wide = new[] { path, path + "-wal", path + "-shm", path + JournalSuffix }.Where(OwnersFile.IsOpenToOthers).ToList();
                return wide.Count == 0
                    ? []
                    : [$"Varning: {string.Join(" och ", wide)} kan läsas av fler än sin ägare. Ändra det med: chmod 600 {string.Join(' ', wide)}"];
            }
        }

        public override void Create()
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                // Moved whole into place: opening the file itself, and closing it, would let go of the locks of a connection
                // that this program has already. SQLite gives its log the same rights as the file.
                var unfinished = $"{path}.{Guid.NewGuid():N}";
                OwnersFile.Create(unfinished).Dispose();
                try
                {
                    File.Move(unfinished, path, overwrite: false);
                }
                catch (IOException) when (File.Exists(path))
                {
                    // Another program was first.
                }
                finally
                {
                    File.Delete(unfinished);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                throw new DatabaseAddressException(
                    $"Databasen {path} går inte att skapa. Kontrollera att mappen finns, att du har rätt att skriva i den och att det finns plats på disken.");
            }
        }

        public override Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
        {
            if (makesItself && !Exists)
                Create();
            return OpenAsync(_connectionString, cancellationToken);
        }

        public override void RequireWritable()
        {
            // By the rights for whoever runs the program; root needs none. Opening the file to see would let go of its locks.
            // Windows marks folders so for reasons of its own.
            var isWindows = OperatingSystem.IsWindows();
            var isReadOnly = Exists && (IsReadOnly(new FileInfo(path)) || (!isWindows && IsReadOnly(new DirectoryInfo(Folder!))));
            if (isReadOnly && (isWindows || !Environment.IsPrivilegedProcess))
                throw new SqliteException("The file or its folder is read-only.", raw.SQLITE_READONLY);
        }

        private static bool IsReadOnly(FileSystemInfo info) => info.Attributes.HasFlag(FileAttributes.ReadOnly);

        public override Task<DbConnection> OpenFreshAsync(CancellationToken cancellationToken)
        {
            RequireWritable();
            return OpenAsync(ConnectionString(path, busySeconds: 1, pooling: false), cancellationToken);
        }

        public override async Task CutLogAsync(CancellationToken cancellationToken)
        {
            if (!await IsCutAsync(cancellationToken) && Interlocked.Exchange(ref _isCutting, 1) == 0)
                _ = CutLaterAsync();
        }

        public override async Task CleanAsync(CancellationToken cancellationToken)
        {
            using (await WriteTurnAsync(cancellationToken))
            {
                await using var connection = await OpenAsync(cancellationToken);
                await using var command = connection.CreateCommand();
                command.CommandText = "VACUUM";
                await command.ExecuteNonQueryAsync(cancellationToken);
            }

            await CutLogAsync(cancellationToken);
        }

        public override string? FileBeside(string suffix) => path + suffix;

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
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                BufferSize = 0,
                Options = FileOptions.DeleteOnClose,
            };
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

        public override IEnumerable<string> Statements(string text)
        {
            ArgumentNullException.ThrowIfNull(text);
            var start = 0;
            for (var end = text.IndexOf(';'); end >= 0; end = text.IndexOf(';', end + 1))
            {
                // SQLite itself knows a semicolon in a text, a comment or a trigger from the end of a statement.
                var statement = text[start..(end + 1)];
                if (raw.sqlite3_complete(statement) == 0)
                    continue;
                yield return statement;
                start = end + 1;
            }

            if (!string.IsNullOrWhiteSpace(text[start..]))
                yield return text[start..];
        }

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
            var (inserted, looksAgainAt) = (0L, ManyRows);
            List<string> indexes = [];
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
                    inserted += RowsInStatement;
                    if (inserted < looksAgainAt)
                        continue;
                    looksAgainAt *= 2;
                    if (indexes.Count == 0 && Count(handle, table) <= 2 * inserted)
                        indexes = DropIndexes(handle, table);
                }
            }
            finally
            {
                many?.Dispose();
            }

            if (batch.Count > 0)
            {
                Check(handle, raw.sqlite3_prepare_v2(handle, insert + string.Join(", ", Enumerable.Repeat(place, batch.Count)), out var rest));
                using (rest)
                    Run(handle, rest, batch);
            }

            foreach (var index in indexes)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Check(handle, raw.sqlite3_exec(handle, index));
            }

            return Task.CompletedTask;
        }

        // Rows in the order of their ids touch an index all over, page by page. When most of a table is new, its indexes are
        // made again afterwards, sorted once; what has to be unique is still watched over row by row. All of it is in the
        // transaction: whoever reads meanwhile sees the indexes as they were.
        private static List<string> DropIndexes(sqlite3 handle, string table)
        {
            List<(string Name, string Text)> found = [];
            Check(handle, raw.sqlite3_prepare_v2(
                handle, "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql LIKE 'CREATE INDEX %'", out var statement));
            using (statement)
            {
                Check(handle, raw.sqlite3_bind_text(statement, 1, table));
                while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
                    found.Add((raw.sqlite3_column_text(statement, 0).utf8_to_string(), raw.sqlite3_column_text(statement, 1).utf8_to_string()));
            }

            foreach (var (name, _) in found)
                Check(handle, raw.sqlite3_exec(handle, $"DROP INDEX {name}"));
            return [.. found.Select(f => f.Text)];
        }

        private static long Count(sqlite3 handle, string table)
        {
            Check(handle, raw.sqlite3_prepare_v2(handle, $"SELECT COUNT(*) FROM {table}", out var statement));
            using (statement)
            {
                return raw.sqlite3_step(statement) == raw.SQLITE_ROW
                    ? raw.sqlite3_column_int64(statement, 0)
                    : throw new SqliteException(raw.sqlite3_errmsg(handle).utf8_to_string(), raw.sqlite3_errcode(handle), raw.sqlite3_extended_errcode(handle));
            }
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

        public override bool IsDuplicate(DbException exception) =>
            exception is SqliteException { SqliteExtendedErrorCode: raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY };

        // Not ReadWriteCreate: a file that has gone is something to be told of, not to be replaced by an empty one.
        private static string ConnectionString(string path, int busySeconds, bool pooling) => new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            ForeignKeys = true,
            DefaultTimeout = busySeconds,
            Pooling = pooling,
        }.ToString();

        private static async Task<DbConnection> OpenAsync(string connectionString, CancellationToken cancellationToken)
        {
            var connection = new SqliteConnection(connectionString);
            try
            {
                await connection.OpenAsync(cancellationToken);

                // NOCASE and upper() know only a–z. Under the name that SQL Server has for it, names are sorted as Swedish
                // on both engines, whatever the server's own collation is.
                connection.CreateCollation("Finnish_Swedish_100_CI_AS", (a, b) => s_swedish.Compare(a, b, CompareOptions.IgnoreCase));
                using var command = connection.CreateCommand();

                // What is removed is overwritten: a removed name shall not be left in the file, beside its key.
                command.CommandText =
                    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;";
                await command.ExecuteNonQueryAsync(cancellationToken);
                return connection;
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }

        private async Task<bool> IsCutAsync(CancellationToken cancellationToken)
        {
            const int Tries = 5;
            try
            {
                await using var connection = await OpenAsync(cancellationToken);
                for (var tries = 1; ; tries++)
                {
                    await using var command = connection.CreateCommand();
                    command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
                    if (Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture) == 0)
                        return true;
                    if (tries == Tries)
                        return false;
                    await Task.Delay(TimeSpan.FromMilliseconds(20 * tries), cancellationToken);
                }
            }
            catch (Exception e) when (e is DbException or IOException)
            {
                // What was to be removed has been saved: that the log could not be cut yet is no fault of whoever did it.
                return false;
            }
        }

        // Somebody reads what was before: a long report, or another program. Should this program end first, the log is cut
        // when it is started again.
        private async Task CutLaterAsync()
        {
            do
                await Task.Delay(TimeSpan.FromSeconds(2));
            while (Exists && !await IsCutAsync(CancellationToken.None));
            Interlocked.Exchange(ref _isCutting, 0);
        }

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
}
