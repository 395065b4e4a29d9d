using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Tests.Catalogue;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Data.Tests.Database;

public sealed class MigratorTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task A_fresh_database_takes_a_forbund_with_its_definitions_and_an_unbroken_audit_chain(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var store = new ForbundStore(test.Database);
        var id = await store.AddAsync(new NewForbund { Name = "Samordningsförbundet Ö", IsDemo = true });
        await store.SetPositiveReasonsAsync(new PositiveReasonsChange { ForbundId = id, ExitReasons = ["arbete", "studier"], Version = 1, Actor = "prov" });

        var forbund = (await store.AllAsync()).ShouldHaveSingleItem();
        forbund.Name.ShouldBe("Samordningsförbundet Ö");
        forbund.IsDemo.ShouldBeTrue();
        (await store.PositiveDefinitionsAsync(id)).Select(d => d.Code).ShouldBe(
            ["arbete-eller-studier", "arbete-studier-eller-aktivt-arbetssokande", "positiv-losning", "borjade-eller-okade", "subventionerat-arbete"]);
        await using var session = await test.Database.ReadAsync();
        (await session.QueryAsync<AuditEventRow>("Audit.Events", new { ForbundId = id })).Count.ShouldBe(2);
        (await AuditLog.CheckAsync(session, id)).Fault.ShouldBe(AuditFault.None);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Migrating_twice_changes_nothing(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        await new Migrator(test.Database).MigrateAsync();
        await using var session = await test.Database.ReadAsync();
        (await session.QueryAsync<SchemaMigrationRow>("Schema.Migrations")).Count.ShouldBe(MigrationsAndSource);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_migration_that_was_changed_after_it_ran_is_refused_by_name(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        await RunAsync(test, "UPDATE schema_migration SET checksum = 'x' WHERE name = '2026-11-22_03_registry'");
        (await Should.ThrowAsync<MigrationException>(() => new Migrator(test.Database).MigrateAsync())).Message.ShouldContain("2026-11-22_03_registry");
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task A_database_from_a_newer_version_is_refused(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        await RunAsync(test, "INSERT INTO schema_migration (name, checksum, applied_at) VALUES ('2031-01-01_01_later', 'x', '2031-01-01 00:00:00.000')");
        (await Should.ThrowAsync<MigrationException>(() => new Migrator(test.Database).MigrateAsync())).Message.ShouldContain("nyare version");
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Costs_from_before_are_marked_as_administration_by_their_names(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        var id = await new ForbundStore(test.Database).AddAsync(new NewForbund { Name = "Samordningsförbundet Ö", IsDemo = true });
        foreach (var name in new[] { "Kansli", "STYRELSE och revision", "Löpande administration", "Utvärdering" })
            await RunAsync(test, $"INSERT INTO forbund_cost (forbund_id, calendar_year, name) VALUES ({id}, 2024, '{name}')");
        await RunAsync(test, "DELETE FROM schema_migration WHERE name = '2026-11-28_47_marked_administration'");
        await new Migrator(test.Database).MigrateAsync();
        await using var session = await test.Database.ReadAsync();
        (await session.QueryAsync<ForbundCostRow>("Insatser.Costs", new { ForbundId = id, CalendarYear = 2024 })).Where(c => c.IsAdministration)
            .Select(c => c.Name)
            .ShouldBe(["Kansli", "STYRELSE och revision", "Löpande administration"], ignoreOrder: true);
    }

    [Fact]
    public async Task Four_programs_that_start_at_once_migrate_an_empty_file_once()
    {
        var folder = Directory.CreateTempSubdirectory("finsam-migrate-").FullName;
        try
        {
            var address = $"sqlite:{Path.Combine(folder, "finsam.sqlite")}";
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => FinsamDatabase.OpenAsync(address))));
            await using var session = await (await FinsamDatabase.OpenAsync(address)).ReadAsync();
            (await session.QueryAsync<SchemaMigrationRow>("Schema.Migrations")).Count.ShouldBe(MigrationsAndSource);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_broken_statement_anywhere_in_a_migration_stops_it_and_a_semicolon_inside_one_does_not_end_it()
    {
        await using var test = await TestDatabase.CreateAsync("sqlite");
        await Should.ThrowAsync<Microsoft.Data.Sqlite.SqliteException>(() =>
            MigrateAsync("ALTER TABLE target ADD note TEXT NULL;\nUPDATE target SET no_such_column = 1;\nSELECT 1;"));
        await MigrateAsync(
            """
            -- A comment; with a semicolon.
            CREATE TABLE noted (words TEXT NOT NULL DEFAULT 'one; two') STRICT;
            CREATE TRIGGER noted_twice AFTER INSERT ON noted WHEN NEW.words <> 'again'
            BEGIN
                INSERT INTO noted (words) VALUES ('again');
                UPDATE noted SET words = CASE WHEN words = 'again' THEN 'done; again' ELSE words END;
            END;
            INSERT INTO noted DEFAULT VALUES
            """);
        await MigrateAsync("CREATE TABLE one_row (n INTEGER CHECK (n = 2)) STRICT; INSERT INTO one_row SELECT COUNT(*) FROM noted;");
        test.Database.Engine.Statements("SELECT ';' -- ; \n; /* ; */ SELECT 2").Count().ShouldBe(2);

        async Task MigrateAsync(string text)
        {
            foreach (var statement in test.Database.Engine.Statements(text))
                await RunAsync(test, statement);
        }
    }

    // A row for each migration, one for views and seeds together, and one for the texts that were looked through.
    private static int MigrationsAndSource => SqlFiles.Under("sql/migrations/sqlite", "*.sql").Count + 3;

    private static async Task RunAsync(TestDatabase test, string sql)
    {
        await using var connection = await test.Database.Engine.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
