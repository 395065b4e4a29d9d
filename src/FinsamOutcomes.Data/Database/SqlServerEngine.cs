using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Data.SqlClient;

namespace FinsamOutcomes.Data.Database;

public abstract partial class DatabaseEngine
{
    private sealed class SqlServerEngine : DatabaseEngine
    {
        private const int DeadlockVictim = 1205;
        private const int DuplicateKey = 2627;
        private const int DuplicateInIndex = 2601;
        private const int MigrationLockSeconds = 120;

        private static readonly string[] s_systemDatabases = ["master", "model", "msdb", "tempdb"];

        private readonly SqlConnectionStringBuilder _builder;

        public SqlServerEngine(string connectionString)
        {
            _builder = new SqlConnectionStringBuilder(connectionString);
            if (_builder.InitialCatalog.Length == 0)
                throw new DatabaseAddressException(
                    "Anslutningssträngen säger inte vilken databas det gäller. Skriv den med Database=NAMN; annars hamnar tabellerna i serverns egen databas.");
            if (s_systemDatabases.Contains(_builder.InitialCatalog, StringComparer.OrdinalIgnoreCase))
                throw new DatabaseAddressException(
                    $"{_builder.InitialCatalog} är serverns egen databas. Be den som sköter servern om en tom databas, och skriv dess namn med Database=NAMN.");
            if (!IsEncrypted && !IsOnThisComputer(_builder.DataSource))
                throw new DatabaseAddressException(
                    "Anslutningen till databasservern är inte krypterad: namn och lösenord skulle gå att läsa på vägen, och långa texter kan gå förlorade. Ta bort Encrypt=false (eller Optional) ur anslutningssträngen."
                );
        }

        public override string Name => "sqlserver";

        public override string DisplayName => $"{_builder.DataSource}/{_builder.InitialCatalog}";

        // The database itself is made by whoever owns the server; what is in it is for the migrator to find out.
        public override bool Exists => true;

        public override string? Folder => null;

        public override DatabaseEngine? Journal => null;

        public override IReadOnlyList<string> Warnings =>
            IsEncrypted
                ? []
                :
                [
                    "Varning: anslutningen till databasservern är inte krypterad (Encrypt). Det godtas bara därför att servern finns på samma dator. Långa texter kan gå förlorade: ta bort Encrypt ur anslutningssträngen.",
                ];

        private bool IsEncrypted => !_builder.Encrypt.Equals(SqlConnectionEncryptOption.Optional);

        public override void Create()
        {
            // The database itself is made by whoever owns the server.
        }

        public override void RequireWritable()
        {
            // The server answers for its own files.
        }

        public override Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => OpenAsync(_builder.ConnectionString, cancellationToken);

        public override Task<DbConnection> OpenFreshAsync(CancellationToken cancellationToken) =>
            OpenAsync(new SqlConnectionStringBuilder(_builder.ConnectionString) { CommandTimeout = 1, ConnectTimeout = 5 }.ConnectionString, cancellationToken);

        // The server's log belongs to whoever owns the server.
        public override Task CutLogAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        // So do its files.
        public override Task CleanAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override long? FreeBytes => null;

        public override long? Bytes => null;

        public override Task CopyAsync(string to, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override Task<IReadOnlyList<(string Table, int Rows)>?> BrokenReferencesAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<(string Table, int Rows)>?>(null);

        public override Task<IReadOnlyList<SchemaPart>> SchemaAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public override Task<bool?> IsWholeAsync(CancellationToken cancellationToken) => Task.FromResult<bool?>(null);

        public override Task<IAsyncDisposable?> StayAsync(CancellationToken cancellationToken) => Task.FromResult<IAsyncDisposable?>(null);

        public override void Settle() => throw new NotSupportedException();

        public override void Replace(string whole, string kept) => throw new NotSupportedException();

        public override string? FileBeside(string suffix) => null;

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
                EXEC @answer = sp_getapplock @Resource = 'finsam-migration', @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = {MigrationLockSeconds
                    * 1000};
                IF @answer < 0 RAISERROR('Somebody else is migrating the database.', 16, 1);
                """;
            command.CommandTimeout = MigrationLockSeconds + 10;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        public override IEnumerable<string> Statements(string text) => [text];

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

        private static async Task<DbConnection> OpenAsync(string connectionString, CancellationToken cancellationToken)
        {
            var connection = new SqlConnection(connectionString);
            try
            {
                await connection.OpenAsync(cancellationToken);
                return connection;
            }
            catch (InvalidOperationException e)
            {
                // This is how the client says that its pool is empty.
                await connection.DisposeAsync();
                throw new TimeoutException("No connection to the database was free in time.", e);
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }

        // As in tcp:localhost\INSTANCE,1433.
        private static bool IsOnThisComputer(string dataSource)
        {
            var name = dataSource.Trim();
            foreach (var protocol in new[] { "tcp:", "np:", "lpc:", "admin:" })
                name = name.StartsWith(protocol, StringComparison.OrdinalIgnoreCase) ? name[protocol.Length..] : name;
            name = name.TrimStart('\\').Split('\\', ',')[0].Trim('[', ']', ' ');
            return name == "." || name.StartsWith('(') || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address))
                || name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.Equals(Environment.MachineName, StringComparison.OrdinalIgnoreCase);
        }

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
