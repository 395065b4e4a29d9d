using System.Data.Common;
using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Testing;

/// <summary>
/// A real engine whose connections fail to open when the test says so, as when a server goes away: everything else goes
/// to the real one.
/// </summary>
/// <param name="engine">The real one.</param>
/// <param name="fault">Asked with the number of the opening, 1 upwards; null lets it through.</param>
public sealed class FaultyEngine(DatabaseEngine engine, Func<int, Exception?> fault, Action<DbConnection>? reading = null) : DatabaseEngine
{
    private int _openings;

    /// <summary>How many connections have been asked for.</summary>
    public int Openings => Volatile.Read(ref _openings);

    public override string Name => engine.Name;

    public override string DisplayName => engine.DisplayName;

    public override bool Exists => engine.Exists;

    public override string? Folder => engine.Folder;

    public override DatabaseEngine? Journal => engine.Journal;

    public override IReadOnlyList<string> Warnings => engine.Warnings;

    public override void Create() => engine.Create();

    public override void RequireWritable() => engine.RequireWritable();

    public override Task<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        fault(Interlocked.Increment(ref _openings)) is { } exception ? Task.FromException<DbConnection>(exception) : engine.OpenAsync(cancellationToken);

    public override Task<DbConnection> OpenFreshAsync(CancellationToken cancellationToken) => engine.OpenFreshAsync(cancellationToken);

    public override Task CutLogAsync(CancellationToken cancellationToken) => engine.CutLogAsync(cancellationToken);

    public override Task CleanAsync(CancellationToken cancellationToken) => engine.CleanAsync(cancellationToken);

    public override long? FreeBytes => engine.FreeBytes;

    public override long? Bytes => engine.Bytes;

    public override Task CopyAsync(string to, CancellationToken cancellationToken) => engine.CopyAsync(to, cancellationToken);

    public override Task<IReadOnlyList<(string Table, int Rows)>?> BrokenReferencesAsync(CancellationToken cancellationToken) =>
        engine.BrokenReferencesAsync(cancellationToken);

    public override Task<IReadOnlyList<SchemaPart>> SchemaAsync(CancellationToken cancellationToken) => engine.SchemaAsync(cancellationToken);

    public override Task<bool?> IsWholeAsync(CancellationToken cancellationToken) => engine.IsWholeAsync(cancellationToken);

    public override Task<IAsyncDisposable?> StayAsync(CancellationToken cancellationToken) => engine.StayAsync(cancellationToken);

    public override void Settle() => engine.Settle();

    public override void Replace(string whole, string kept) => engine.Replace(whole, kept);

    public override string? FileBeside(string suffix) => engine.FileBeside(suffix);

    public override ValueTask<IDisposable?> WriteTurnAsync(CancellationToken cancellationToken) => engine.WriteTurnAsync(cancellationToken);

    public override ValueTask<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken) =>
        engine.BeginWriteAsync(connection, cancellationToken);

    public override IEnumerable<string> Statements(string text) => engine.Statements(text);

    public override Task LockForMigrationAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken) =>
        engine.LockForMigrationAsync(connection, transaction, cancellationToken);

    public override Task BulkInsertAsync(
        DbConnection connection,
        DbTransaction transaction,
        string table,
        IReadOnlyList<string> columns,
        IEnumerable<object?[]> rows,
        CancellationToken cancellationToken) => engine.BulkInsertAsync(connection, transaction, table, columns, rows, cancellationToken);

    public override RowText TextReader(DbDataReader reader) => engine.TextReader(reader);

    public override Task PrepareForStreamingAsync(DbConnection connection, CancellationToken cancellationToken) =>
        engine.PrepareForStreamingAsync(connection, cancellationToken);

    public override DbTransaction? BeginSnapshot(DbConnection connection)
    {
        reading?.Invoke(connection);
        return engine.BeginSnapshot(connection);
    }

    public override Task<IAsyncDisposable?> TryHoldAsync(string name, CancellationToken cancellationToken) => engine.TryHoldAsync(name, cancellationToken);

    public override bool IsDuplicate(DbException exception) => engine.IsDuplicate(exception);

    public override bool IsDeadlock(DbException exception) => engine.IsDeadlock(exception);
}
