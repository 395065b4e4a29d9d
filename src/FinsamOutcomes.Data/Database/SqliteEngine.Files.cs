using System.Data.Common;
using FinsamOutcomes.Data.Privacy;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FinsamOutcomes.Data.Database;

public abstract partial class DatabaseEngine
{
    // The database as files: copied while others write, looked through, and replaced.
    private sealed partial class SqliteEngine
    {
        public override long? FreeBytes => DiskSpace.Free(Folder!);

        public override long? Bytes => Files.Where(File.Exists).Sum(f => new FileInfo(f).Length);

        private IEnumerable<string> Files => [path, path + "-wal", path + JournalSuffix, path + JournalSuffix + "-wal"];

        public override async Task CopyAsync(string to, CancellationToken cancellationToken)
        {
            await using var source = (SqliteConnection)await OpenAsync(ConnectionString(path, BusySeconds, pooling: false), cancellationToken);
            SqliteTransaction moment;

            // Nobody takes lines of the journal into the log meanwhile: a line is in one of the two copies, or known by the other.
            using (await WriteTurnAsync(cancellationToken))
            {
                await using var writer = (SqliteConnection)await OpenAsync(ConnectionString(path, BusySeconds, pooling: false), cancellationToken);
                await using var hold = writer.BeginTransaction(deferred: false);
                moment = source.BeginTransaction(deferred: true);
                Ask(source, "SELECT COUNT(*) FROM sqlite_master", moment);
                if (File.Exists(path + JournalSuffix))
                {
                    await using var journal = (SqliteConnection)await OpenAsync(
                        ConnectionString(path + JournalSuffix, BusySeconds, pooling: false),
                        cancellationToken);
                    Copy(journal, to + JournalSuffix);
                }
            }

            await using (moment)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await Task.Run(() => Copy(source, to), cancellationToken);
            }
        }

        public override async Task<bool?> IsWholeAsync(CancellationToken cancellationToken)
        {
            try
            {
                await using var connection = (SqliteConnection)await OpenAsync(ConnectionString(path, BusySeconds, pooling: false), cancellationToken);
                return await Task.Run(() => (string)Ask(connection, "PRAGMA integrity_check")! == "ok", cancellationToken);
            }
            catch (SqliteException e) when (DatabaseFaults.Of(e) == DatabaseFault.Damaged)
            {
                return false;
            }
        }

        public override async Task<IReadOnlyList<(string Table, int Rows)>?> BrokenReferencesAsync(CancellationToken cancellationToken)
        {
            await using var connection = (SqliteConnection)await OpenAsync(ConnectionString(path, BusySeconds, pooling: false), cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT \"table\", COUNT(*) FROM pragma_foreign_key_check GROUP BY \"table\" ORDER BY \"table\"";
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var found = new List<(string, int)>();
            while (await reader.ReadAsync(cancellationToken))
                found.Add((reader.GetString(0), reader.GetInt32(1)));
            return found;
        }

        public override async Task<IReadOnlyList<SchemaPart>> SchemaAsync(CancellationToken cancellationToken)
        {
            await using var connection = (SqliteConnection)await OpenAsync(ConnectionString(path, BusySeconds, pooling: false), cancellationToken);
            await using var command = connection.CreateCommand();

            // Statistics, which SQLite itself keeps, are no part of it.
            command.CommandText =
                "SELECT type, name, tbl_name, COALESCE(sql, '') FROM sqlite_master WHERE name NOT IN ('sqlite_stat1', 'sqlite_stat4') ORDER BY type, name";
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var found = new List<SchemaPart>();
            while (await reader.ReadAsync(cancellationToken))
                found.Add(new SchemaPart(reader.GetString(0), reader.GetString(1), $"{reader.GetString(2)} {reader.GetString(3)}"));
            return found;
        }

        public override async Task<IAsyncDisposable?> StayAsync(CancellationToken cancellationToken)
        {
            // While it is open nobody can have the file to themselves, which is what replacing it takes.
            var connection = (SqliteConnection)await OpenAsync(ConnectionString(path, BusySeconds, pooling: false), cancellationToken);
            Ask(connection, "SELECT COUNT(*) FROM sqlite_master");
            return connection;
        }

        public override void Settle()
        {
            CloseIdleFiles();
            using var connection = OpenRaw();
            Ask(connection, "PRAGMA journal_mode = DELETE");
        }

        public override void Replace(string whole, string kept)
        {
            if (!Exists)
            {
                // A log that was left when the file was taken away is another file's.
                LeaveLog(kept);
                File.Move(whole, path, overwrite: false);
                return;
            }

            using var connection = HoldAlone(kept);

            // Windows lets nobody replace a file that is open.
            if (OperatingSystem.IsWindows())
                connection?.Dispose();
            File.Replace(whole, path, kept);
        }

        // Its log folded into it, and nobody else in it; null for a file that is broken, where nobody can be.
        private SqliteConnection? HoldAlone(string kept)
        {
            SqliteConnection? connection = null;
            try
            {
                // Refused while anybody has it open.
                using (var first = OpenRaw())
                    Ask(first, "PRAGMA journal_mode = DELETE");

                // A host that has come between has brought the log back.
                connection = OpenRaw();
                Ask(connection, "BEGIN EXCLUSIVE");
                return (string)Ask(connection, "PRAGMA journal_mode")! == "delete"
                    ? connection
                    : throw new SqliteException("Somebody has the database open.", raw.SQLITE_BUSY);
            }
            catch (SqliteException e)
            {
                connection?.Dispose();
                if (DatabaseFaults.Of(e) == DatabaseFault.Busy)
                    throw new DatabaseInUseException(this);
                if (DatabaseFaults.Of(e) != DatabaseFault.Damaged)
                    throw;

                // Nor shall its log be taken for the new one's.
                LeaveLog(kept);
                return null;
            }
        }

        private void LeaveLog(string kept)
        {
            foreach (var suffix in new[] { "-wal", "-shm", "-journal" })
            {
                if (File.Exists(path + suffix))
                    File.Move(path + suffix, kept + suffix, overwrite: true);
            }
        }

        // Without the settings of other connections, which bring the log back.
        private SqliteConnection OpenRaw()
        {
            var connection = new SqliteConnection(ConnectionString(path, busySeconds: 1, pooling: false));
            connection.Open();
            return connection;
        }

        private static object? Ask(SqliteConnection connection, string statement, SqliteTransaction? transaction = null)
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.Transaction = transaction;
            return command.ExecuteScalar();
        }

        private static void Copy(SqliteConnection source, string to)
        {
            OwnersFile.Create(to).Dispose();
            using (var copy = new SqliteConnection(ConnectionString(to, BusySeconds, pooling: false)))
            {
                copy.Open();
                Ask(copy, "PRAGMA synchronous = OFF");
                source.BackupDatabase(copy);

                // One file, with no log beside it.
                Ask(copy, "PRAGMA journal_mode = DELETE");
            }

            using var file = new FileStream(to, FileMode.Open, FileAccess.ReadWrite);
            file.Flush(flushToDisk: true);
        }
    }
}

/// <summary>Somebody has the database open, so that it can't be replaced.</summary>
public sealed class DatabaseInUseException(DatabaseEngine engine)
    : Exception(
        $"Databasen {engine?.DisplayName} används: webbplatsen eller ett annat program har den öppen. "
            + "Stäng det, och försök igen. Ingenting har ändrats.");
