using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Privacy;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace FinsamOutcomes.Testing;

/// <summary>
/// A fresh, migrated database of its own for one test: an SQLite file in a temporary folder, as strict about lengths and
/// ranges as SQL Server (see <see cref="ServerLimits"/>), or a database created and dropped by name on the server that
/// FINSAM_TEST_SQLSERVER points at.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    public const string ServerVariable = "FINSAM_TEST_SQLSERVER";

    // Migrating takes longer than copying a file, so every SQLite test starts from a copy of one migrated file.
    private static readonly Lazy<Task<string>> s_template = new(MakeTemplateAsync);

    // A server makes and drops one database at a time.
    private static readonly SemaphoreSlim s_server = new(1);

    private readonly Func<Task> _remove;

    static TestDatabase()
    {
        // A database on a server has no folder of its own to keep the key in. Set before any database is opened: one whose
        // key changes place loses its names.
        if (Server is not null && Environment.GetEnvironmentVariable(KeyFile.PathVariable) is null)
            Environment.SetEnvironmentVariable(KeyFile.PathVariable, Path.Combine(Directory.CreateTempSubdirectory("finsam-key-").FullName, KeyFile.FileName));
    }

    private TestDatabase(FinsamDatabase database, string address, Func<Task> remove)
    {
        Database = database;
        Address = address;
        _remove = remove;
    }

    public FinsamDatabase Database { get; }

    /// <summary>As given to <c>--db</c>.</summary>
    public string Address { get; }

    public static string? Server => Environment.GetEnvironmentVariable(ServerVariable) is { Length: > 0 } value ? value : null;

    /// <summary>A migrated database on <c>sqlite</c> or <c>sqlserver</c>.</summary>
    public static async Task<TestDatabase> CreateAsync(string engine, TimeProvider? clock = null)
    {
        if (engine == "sqlserver")
            return await CreateOnServerAsync(clock);
        var folder = Directory.CreateTempSubdirectory("finsam-test-").FullName;
        var path = Path.Combine(folder, "finsam.sqlite");
        File.Copy(await s_template.Value, path);
        var address = "sqlite:" + path;
        return new TestDatabase(await FinsamDatabase.OpenAsync(address, clock), address, () =>
        {
            // The pool keeps the file open; a copy of its own is the cheapest way to close just this one.
            using (
                var connection = new SqliteConnection(
                    new SqliteConnectionStringBuilder
                    {
                        DataSource = path,
                        Mode = SqliteOpenMode.ReadWrite,
                        ForeignKeys = true,
                        DefaultTimeout = 30,
                        Pooling = true,
                    }.ToString()))
                SqliteConnection.ClearPool(connection);
            Directory.Delete(folder, recursive: true);
            return Task.CompletedTask;
        });
    }

    public async ValueTask DisposeAsync() => await _remove();

    /// <summary>An empty database on the server, for a program that makes its tables itself: its address, and how it is taken away.</summary>
    public static async Task<(string Address, Func<Task> Remove)> CreateEmptyOnServerAsync()
    {
        var name = "finsam_test_" + Guid.NewGuid().ToString("N");
        await OnServerAsync($"CREATE DATABASE {name}");
        return ("sqlserver:" + new SqlConnectionStringBuilder(Server) { InitialCatalog = name, Pooling = false }.ConnectionString, () =>
            OnServerAsync($"DROP DATABASE {name}"));
    }

    private static async Task<TestDatabase> CreateOnServerAsync(TimeProvider? clock)
    {
        var (address, remove) = await CreateEmptyOnServerAsync();
        try
        {
            return new TestDatabase(await FinsamDatabase.OpenAsync(address, clock), address, remove);
        }
        catch
        {
            try
            {
                await remove();
            }
            catch (SqlException)
            {
                // Why it could not be migrated is what has to be seen.
            }

            throw;
        }
    }

    // The server needs a moment after the last connection of a test has closed, and after another process made a database.
    private static async Task OnServerAsync(string statement)
    {
        const int Tries = 5;
        await s_server.WaitAsync();
        try
        {
            for (var tries = 1; ; tries++)
            {
                try
                {
                    await using var connection = new SqlConnection(Server);
                    await connection.OpenAsync();
                    await using var command = connection.CreateCommand();
                    command.CommandText = statement;
                    command.CommandTimeout = 120;
                    await command.ExecuteNonQueryAsync();
                    return;
                }
                catch (SqlException) when (tries < Tries)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(200 * tries));
                }
            }
        }
        finally
        {
            s_server.Release();
        }
    }

    private static async Task<string> MakeTemplateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("finsam-template-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var path = Path.Combine(folder, "template.sqlite");
        await ServerLimits.SetAsync(await FinsamDatabase.OpenAsync("sqlite:" + path));
        SqliteConnection.ClearAllPools();
        return path;
    }
}
