using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Testing;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace FinsamOutcomes.Data.Tests.Database;

/// <summary>Which addresses are taken, and what is said when nothing can be opened there.</summary>
public sealed class DatabaseAddressTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("finsam-adress-").FullName;

    public static TheoryData<string> Broken => BrokenDatabases.Kinds;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, MemberData(nameof(Broken))]
    public async Task What_can_not_be_opened_is_told_without_an_exception_of_the_engines(string kind)
    {
        var (address, words) = await BrokenDatabases.MakeAsync(kind, _folder);
        var before = Made();
        var thrown = await Should.ThrowAsync<Exception>(() => FinsamDatabase.OpenExistingAsync(address));
        (thrown is DatabaseAddressException or MigrationException or NoDatabaseException).ShouldBeTrue(thrown.GetType().Name);
        thrown.Message.ShouldContain(words);
        thrown.Message.ShouldNotContain("Password");
        Made().ShouldBe(before, "nothing is made");
    }

    [Theory]
    [InlineData("Server=db.exempel.invalid;Database=finsam", true)]
    [InlineData("Server=db.exempel.invalid;Database=finsam;Encrypt=true;TrustServerCertificate=true", true)]
    [InlineData("Server=db.exempel.invalid;Database=finsam;Encrypt=strict", true)]
    [InlineData("Server=db.exempel.invalid;Database=finsam;Encrypt=false", false)]
    [InlineData("Server=db.exempel.invalid;Database=finsam;Encrypt=optional", false)]
    [InlineData("Server=tcp:10.0.0.7,1433;Database=finsam;Encrypt=no", false)]
    [InlineData("Server=localhost.exempel.invalid;Database=finsam;Encrypt=no", false)]
    [InlineData("Server=db.exempel.invalid", false)]
    [InlineData("Server=db.exempel.invalid;Database=", false)]
    [InlineData("Server=db.exempel.invalid;Database=Master", false)]
    [InlineData("Server=db.exempel.invalid;Initial Catalog=tempdb", false)]
    public void A_server_is_reached_encrypted_and_at_a_database_of_its_own_or_not_at_all(string connection, bool isTaken)
    {
        if (isTaken)
            DatabaseEngine.FromAddress("sqlserver:" + connection).Warnings.ShouldBeEmpty();
        else
            Should.Throw<DatabaseAddressException>(() => DatabaseEngine.FromAddress("sqlserver:" + connection)).Message.ShouldNotContain("exempel");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("tcp:127.0.0.1,1433")]
    [InlineData(@".\SQLEXPRESS")]
    [InlineData("(local)")]
    [InlineData("[::1],1433")]
    [InlineData(@"np:\\.\pipe\sql\query")]
    public void On_the_own_computer_a_connection_in_clear_text_is_warned_of(string server) =>
        DatabaseEngine.FromAddress($"sqlserver:Server={server};Database=finsam;Encrypt=false").Warnings.ShouldHaveSingleItem().ShouldContain("inte krypterad");

    [Fact]
    public async Task A_server_that_does_not_answer_is_known_from_a_fault_of_ours_and_its_own_number_is_told()
    {
        await using var connection = new SqlConnection(
            $"Server=127.0.0.1,{BrokenDatabases.FreePort()};Database=finsam;User Id=x;Password=x;Connect Timeout=3;ConnectRetryCount=0");
        var exception = await Should.ThrowAsync<SqlException>(connection.OpenAsync);
        DatabaseFaults.Of(new InvalidOperationException("", exception)).ShouldBe(DatabaseFault.Unreachable);
        DatabaseFaults.Number(exception).ShouldBe(exception.Number);
        var explained = DatabaseFaults.Explain(exception, engine: null).ShouldNotBeNull();
        if (exception.Number == 0)
            explained.ShouldNotContain("Felkod");
        else
            explained.ShouldContain($"(Felkod {exception.Number}.)");
        DatabaseFaults.Of(new InvalidOperationException()).ShouldBe(DatabaseFault.None);
        DatabaseFaults.Explain(new SqliteException("", SQLitePCL.raw.SQLITE_CONSTRAINT), engine: null).ShouldBeNull();
    }

    [Fact]
    public async Task A_file_that_was_cut_off_is_damaged_and_not_a_full_disk()
    {
        await using var test = await TestDatabase.CreateAsync("sqlite");
        var whole = await File.ReadAllBytesAsync(test.Address["sqlite:".Length..]);
        var path = Path.Combine(_folder, "avklippt.sqlite");
        foreach (var length in new[] { 700, 4_000, 5_000, 9_000, whole.Length / 4, (whole.Length / 4) - 100,
            whole.Length / 2, whole.Length - 5_000, whole.Length - 100 })
        {
            await File.WriteAllBytesAsync(path, whole[..length]);
            try
            {
                var database = await FinsamDatabase.OpenExistingAsync("sqlite:" + path);
                await database.TrySavingAsync();
            }
            catch (Exception e) when (e is DatabaseAddressException or SqliteException)
            {
                (e is SqliteException ? DatabaseFaults.Explain(e, engine: null)! : e.Message)
                    .ShouldContain("skadad", Case.Sensitive, $"{length} of {whole.Length}");
            }
            finally
            {
                DatabaseEngine.CloseIdleFiles();
                foreach (var file in Directory.GetFiles(_folder, "avklippt*"))
                    File.Delete(file);
            }
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task An_empty_pool_is_busy(string engine)
    {
        Assert.SkipUnless(engine == "sqlserver", "A file has no pool that runs out.");
        await using var test = await TestDatabase.CreateAsync(engine);
        var address =
            "sqlserver:"
            + new SqlConnectionStringBuilder(test.Address["sqlserver:".Length..])
            {
                Pooling = true,
                MaxPoolSize = 1,
                ConnectTimeout = 1,
            }.ConnectionString;
        var database = new FinsamDatabase(DatabaseEngine.FromAddress(address));
        await using (await database.ReadAsync())
            DatabaseFaults.Of(await Should.ThrowAsync<TimeoutException>(() => database.ReadAsync())).ShouldBe(DatabaseFault.Busy);
        await using (var connection = new SqlConnection(address["sqlserver:".Length..]))
            SqlConnection.ClearPool(connection);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Names_are_sorted_alike_on_both_engines_with_V_and_W_as_two_letters(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        await using var connection = await test.Database.Engine.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT n.name FROM (SELECT 'Wa' AS name UNION ALL SELECT 'Vb' UNION ALL SELECT 'va' UNION ALL SELECT 'Örat' UNION ALL SELECT 'Ärlig' UNION ALL SELECT 'Åker' UNION ALL SELECT 'Zon') n
            ORDER BY n.name COLLATE Finnish_Swedish_100_CI_AS
            """;
        var names = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                names.Add(reader.GetString(0));
        }

        names.ShouldBe(["va", "Vb", "Wa", "Zon", "Åker", "Ärlig", "Örat"]);
    }

    // The log of a database that is open lies beside it for as long as that.
    private int Made() =>
        Directory.GetFiles(_folder).Count(f => !f.EndsWith("-wal", StringComparison.Ordinal) && !f.EndsWith("-shm", StringComparison.Ordinal));
}
