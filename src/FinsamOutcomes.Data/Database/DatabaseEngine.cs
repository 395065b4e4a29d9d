using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace FinsamOutcomes.Data.Database;

/// <summary>
/// What differs between the engines: how to open it, lock it for migration, fill it in bulk and hand it a value. It,
/// its two kinds in files of their own, and <see cref="DatabaseFaults"/> are all that knows which engine is used; other
/// differences are override files in <c>sql/</c>.
/// </summary>
public abstract partial class DatabaseEngine
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
        try
        {
            if (address.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase) && address.Length > "sqlite:".Length)
                return new SqliteEngine(Path.GetFullPath(address["sqlite:".Length..]));
            if (address.StartsWith("sqlserver:", StringComparison.OrdinalIgnoreCase) && address.Length > "sqlserver:".Length)
                return new SqlServerEngine(address["sqlserver:".Length..]);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or NotSupportedException)
        {
            // The message of the inner exception can hold a part of the connection string.
            throw new DatabaseAddressException("Det som står efter ”sqlite:” eller ”sqlserver:” i databasens adress går inte att tolka.");
        }

        throw new DatabaseAddressException(
            "Databasen anges som sqlite:SÖKVÄG eller sqlserver:ANSLUTNINGSSTRÄNG, till exempel sqlite:finsam.sqlite.");
    }

    /// <summary>Closes the files that pooled connections of this process keep open, so that they can be copied or compared.</summary>
    public static void CloseIdleFiles() => SqliteConnection.ClearAllPools();

    /// <summary>True when there is something to open; an SQLite file is made by <see cref="Create"/> only.</summary>
    public abstract bool Exists { get; }

    /// <summary>
    /// What whoever runs the program should know when it starts, in Swedish: a file that others may read, a connection that
    /// is not encrypted.
    /// </summary>
    public abstract IReadOnlyList<string> Warnings { get; }

    /// <summary>Makes what <see cref="OpenAsync"/> opens, where that is the program's to make: a file that only its owner may read.</summary>
    /// <exception cref="DatabaseAddressException">It can't be made there.</exception>
    public abstract void Create();

    /// <summary>Where the installation's own files may lie beside the database; null when the database is on a server.</summary>
    public abstract string? Folder { get; }

    /// <summary>
    /// A file of its own for noting what is read, where the engine has one writer a file: showing a name then never waits
    /// for an import. Null where a table of the database serves.
    /// </summary>
    public abstract DatabaseEngine? Journal { get; }

    /// <summary>
    /// Sees to it that the rights of the files, where the database is one, let this program write; connections that are open
    /// already may go on writing when they don't.
    /// </summary>
    /// <exception cref="DbException">They don't.</exception>
    public abstract void RequireWritable();

    /// <exception cref="TimeoutException">All connections were taken, and none came free in time.</exception>
    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// A connection that nothing was known of before, for finding out whether something can be saved now; it waits for others
    /// a second at most.
    /// </summary>
    public abstract Task<DbConnection> OpenFreshAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Takes what has been removed out of the log beside the database too, where the engine keeps one that is the program's
    /// own. Readers of what was before may put it off: it is then done as soon as they have left.
    /// </summary>
    public abstract Task CutLogAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Writes the files of the database anew without what has been removed, where they are the program's own: a page that was
    /// split may hold a copy of what stood there. Others write before and after, not meanwhile.
    /// </summary>
    /// <exception cref="DbException">Others wrote too long, or there is no room; to be tried again.</exception>
    public abstract Task CleanAsync(CancellationToken cancellationToken);

    /// <summary>How much free disk there is for the files of the database; null when they are a server's.</summary>
    public abstract long? FreeBytes { get; }

    /// <summary>How large its files are; null when they are a server's.</summary>
    public abstract long? Bytes { get; }

    /// <summary>
    /// Copies the database, and its journal beside the copy, as they are at one moment, while others read and write. Where the
    /// files are a server's only its own backup can.
    /// </summary>
    /// <exception cref="NotSupportedException">The files are a server's.</exception>
    public abstract Task CopyAsync(string to, CancellationToken cancellationToken);

    /// <summary>Whether every page, row and index is as it should be; null where that is for whoever owns the server to look at.</summary>
    public abstract Task<bool?> IsWholeAsync(CancellationToken cancellationToken);

    /// <summary>How many rows point at others that aren't there, by table; null where that is for whoever owns the server to look at.</summary>
    public abstract Task<IReadOnlyList<(string Table, int Rows)>?> BrokenReferencesAsync(CancellationToken cancellationToken);

    /// <summary>Each table, view, index and trigger that there is.</summary>
    /// <exception cref="NotSupportedException">The database is a server's.</exception>
    public abstract Task<IReadOnlyList<SchemaPart>> SchemaAsync(CancellationToken cancellationToken);

    /// <summary>Says that a host uses the database, until it is disposed: it can't be replaced meanwhile. Null where a server answers for that.</summary>
    public abstract Task<IAsyncDisposable?> StayAsync(CancellationToken cancellationToken);

    /// <summary>Folds the log into the file, of a database that nobody else uses.</summary>
    public abstract void Settle();

    /// <summary>
    /// Puts a finished file in the place of the database in one step; the one that was there, if any, is kept under another
    /// name in the same folder.
    /// </summary>
    /// <exception cref="DatabaseInUseException">Somebody has the database open.</exception>
    public abstract void Replace(string whole, string kept);

    /// <summary>The path of a file beside the database, of its name and a suffix; null when the database is on a server.</summary>
    public abstract string? FileBeside(string suffix);

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

    /// <summary>
    /// The statements of a file as they have to be sent: one by one to SQLite, whose library leaves out without a word what it
    /// can't read after a change of a table in the same text; all together to SQL Server.
    /// </summary>
    public abstract IEnumerable<string> Statements(string text);

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
}

/// <summary>A table, view, index or trigger.</summary>
/// <param name="Kind">Which of them, as SQL says.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Statement">The table that it belongs to, and what makes it.</param>
public sealed record SchemaPart(string Kind, string Name, string Statement);

/// <summary>A column of the current row as UTF-8, dates as yyyy-MM-dd; empty for null. Valid until the next row.</summary>
public delegate ReadOnlySpan<byte> RowText(int column);

/// <summary>The database was reached and then lost, or never answered: nothing was saved.</summary>
public sealed class DatabaseLostException(Exception inner) : Exception("The connection to the database was lost.", inner);

/// <summary>The database address can't be used; the message is for the user, in Swedish, and holds no secret.</summary>
public sealed class DatabaseAddressException(string message) : Exception(message);
