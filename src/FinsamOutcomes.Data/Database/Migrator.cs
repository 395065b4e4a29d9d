using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;
using Dapper;

namespace FinsamOutcomes.Data.Database;

/// <summary>
/// Brings a database up to date: tables migrate once (each file in its transaction, recorded with a checksum), seeds are
/// upserted and views rebuilt from source when their files have changed, and texts from before a rule are looked through.
/// Safe to run from two processes at once.
/// </summary>
public sealed partial class Migrator(FinsamDatabase database)
{
    private const string SeedsAndViews = "seeds-and-views";

    /// <summary>Runs what is missing. Nothing is done, beyond one read, when all is up to date.</summary>
    /// <exception cref="MigrationException">A migration file that already ran has been changed, or the database is newer than the program.</exception>
    public Task MigrateAsync(CancellationToken cancellationToken = default) => MigrateAsync(mayCreate: true, cancellationToken);

    /// <summary>Runs what is missing; unless it may make a database, there must be one.</summary>
    /// <exception cref="NoDatabaseException">There is none, and none may be made.</exception>
    /// <exception cref="MigrationException">As above, or the database belongs to another program.</exception>
    public async Task MigrateAsync(bool mayCreate, CancellationToken cancellationToken = default)
    {
        var migrations = SqlCatalogue.Files($"sql/migrations/{database.Engine.Name}/");
        var sourceChecksum = SourceChecksum();
        if (database.Engine.Exists)
        {
            await using var look = await database.ReadAsync(cancellationToken);
            if (await IsCurrentAsync(look, migrations, sourceChecksum, cancellationToken))
                return;
            await RequireOursAsync(look, mayCreate, cancellationToken);
        }
        else if (mayCreate)
        {
            database.Engine.Create();
        }
        else
        {
            throw new NoDatabaseException(database.Engine);
        }

        await using var session = await database.WriteAsync(cancellationToken);
        await database.Engine.LockForMigrationAsync(session.Connection, session.Transaction!, cancellationToken);
        await session.ExecuteAsync("Schema.EnsureMigrationTable", cancellationToken: cancellationToken);
        var done = (await session.QueryAsync<SchemaMigrationRow>("Schema.Migrations", cancellationToken: cancellationToken)).ToDictionary(
            m => m.Name,
            m => m.Checksum,
            StringComparer.Ordinal);
        Verify(migrations, done);
        var pending = migrations.Where(file => !done.ContainsKey(Name(file))).ToList();
        if (pending.Count == 0 && IsDone(done, sourceChecksum))
            return;

        // Views go first and come back last, so that a migration may change what they read.
        var views = OrderedViews();
        foreach (var view in Enumerable.Reverse(views))
            await RunAsync(session, $"DROP VIEW IF EXISTS {view.Name}", cancellationToken);
        foreach (var file in pending)
        {
            var text = SqlCatalogue.Read(file);
            await RunAsync(session, text, cancellationToken);
            await RecordAsync(session, Name(file), Checksum(text), cancellationToken);
        }

        foreach (var file in SqlCatalogue.Files("sql/seeds/").OrderBy(SeedOrder))
            await SeedAsync(session, file, cancellationToken);
        foreach (var view in views)
            await RunAsync(session, view.Text, cancellationToken);
        await RecordAsync(session, SeedsAndViews, sourceChecksum, cancellationToken);
        if (done.GetValueOrDefault(StoredTexts.Name) != StoredTexts.Version)
        {
            await StoredTexts.CleanAsync(session, cancellationToken);
            await RecordAsync(session, StoredTexts.Name, StoredTexts.Version, cancellationToken);
            done.Remove(StoredForms.Name);
        }

        // After the texts, of which they are forms.
        if (done.GetValueOrDefault(StoredForms.Name) != StoredForms.Version)
        {
            await StoredForms.FillAsync(session, cancellationToken);
            await RecordAsync(session, StoredForms.Name, StoredForms.Version, cancellationToken);
        }

        await session.CommitAsync(cancellationToken);
    }

    /// <summary>Whether the database is of this version, without changing it.</summary>
    /// <exception cref="MigrationException">The database is newer than the program.</exception>
    public async Task<SchemaState> LookAsync(CancellationToken cancellationToken = default)
    {
        var migrations = SqlCatalogue.Files($"sql/migrations/{database.Engine.Name}/");
        await using var look = await database.ReadAsync(cancellationToken);
        if (await IsCurrentAsync(look, migrations, SourceChecksum(), cancellationToken))
            return SchemaState.Current;
        var isOurs = await look.SingleOrDefaultAsync<int>("Schema.HasMigrationTable", cancellationToken: cancellationToken) > 0;
        return isOurs ? SchemaState.Older : SchemaState.None;
    }

    private static string SourceChecksum() =>
        Checksum(string.Concat(SqlCatalogue.Files("sql/seeds/").Concat(SqlCatalogue.Files("sql/views/")).Select(SqlCatalogue.Read)));

    private static bool IsDone(Dictionary<string, string> done, string sourceChecksum) =>
        done.GetValueOrDefault(SeedsAndViews) == sourceChecksum
        && done.GetValueOrDefault(StoredTexts.Name) == StoredTexts.Version
        && done.GetValueOrDefault(StoredForms.Name) == StoredForms.Version;

    private static async Task<bool> IsCurrentAsync(
        DatabaseSession session,
        IReadOnlyList<string> migrations,
        string sourceChecksum,
        CancellationToken cancellationToken)
    {
        if (await session.SingleOrDefaultAsync<int>("Schema.HasMigrationTable", cancellationToken: cancellationToken) == 0)
            return false;
        var done = (await session.QueryAsync<SchemaMigrationRow>("Schema.Migrations", cancellationToken: cancellationToken)).ToDictionary(
            m => m.Name,
            m => m.Checksum,
            StringComparer.Ordinal);
        Verify(migrations, done);
        return migrations.All(file => done.ContainsKey(Name(file))) && IsDone(done, sourceChecksum);
    }

    // A mistyped address shall neither make an empty register nor put its tables among another program's.
    private async Task RequireOursAsync(DatabaseSession session, bool mayCreate, CancellationToken cancellationToken)
    {
        if (await session.SingleOrDefaultAsync<int>("Schema.HasMigrationTable", cancellationToken: cancellationToken) > 0)
            return;
        if (await session.SingleOrDefaultAsync<int>("Schema.CountTables", cancellationToken: cancellationToken) > 0)
            throw new MigrationException(
                $"Databasen {database.Engine.DisplayName} hör till ett annat program: den har tabeller som FinsamOutcomes inte har gjort. Kontrollera att --db eller FINSAM_DB pekar rätt."
            );
        if (!mayCreate)
            throw new NoDatabaseException(database.Engine);
    }

    private static void Verify(IReadOnlyList<string> migrations, Dictionary<string, string> done)
    {
        foreach (var file in migrations)
        {
            if (done.TryGetValue(Name(file), out var checksum) && checksum != Checksum(SqlCatalogue.Read(file)))
                throw new MigrationException(
                    $"Migreringen {Name(file)} har redan körts men filen har ändrats sedan dess. Ändra aldrig en körd migrering; lägg till en ny.");
        }

        var known = migrations.Select(file => Name(file)).ToHashSet(StringComparer.Ordinal);
        if (done.Keys.FirstOrDefault(name => name is not (SeedsAndViews or StoredTexts.Name or StoredForms.Name) && !known.Contains(name)) is { } unknown)
            throw new MigrationException(
                $"Databasen är gjord av en nyare version av FinsamOutcomes (migreringen {unknown} finns inte här). Uppgradera programmet.");
    }

    private async Task RunAsync(DatabaseSession session, string text, CancellationToken cancellationToken)
    {
        foreach (var statement in database.Engine.Statements(text))
            await session.Connection.ExecuteAsync(
                new CommandDefinition(statement, transaction: session.Transaction, cancellationToken: cancellationToken));
    }

    private static async Task RecordAsync(DatabaseSession session, string name, string checksum, CancellationToken cancellationToken)
    {
        var row = new { Name = name, Checksum = checksum, AppliedAt = session.UtcNow };
        if (await session.ExecuteAsync("Schema.UpdateMigration", row, cancellationToken) == 0)
            await session.ExecuteAsync("Schema.RecordMigration", row, cancellationToken);
    }

    // Table and column names come from our own seed files; the values are parameters.
    private static async Task SeedAsync(DatabaseSession session, string file, CancellationToken cancellationToken)
    {
        var table = Path.GetFileNameWithoutExtension(file);
        using var csv = CsvReader.FromText(SqlCatalogue.Read(file), new CsvReaderOptions { Separator = ';' });
        csv.ReadHeader();
        var columns = csv.Headers!.ToArray();
        var keys = table is "calendar_period" or "national_form_field" ? columns[..2] : columns[..1];
        var present = (
            await session.Connection.QueryAsync<string>(
                new CommandDefinition(
                    $"SELECT CONCAT('', {string.Join(", ';', ", keys)}) FROM {table}",
                    transaction: session.Transaction,
                    cancellationToken: cancellationToken))).AsList();
        if (table == "calendar_period" && present.Count > 0)
            return;

        var existing = present.ToHashSet(StringComparer.Ordinal);
        var update =
            $"UPDATE {table} SET {string.Join(", ", columns[keys.Length..].Select(c => $"{c} = @{c}"))} WHERE {string.Join(" AND ", keys.Select(c => $"{c} = @{c}"))}";
        var added = new List<object?[]>();
        while (csv.Read())
        {
            var values = csv.Current.ToArray();
            if (!existing.Contains(string.Join(';', values[..keys.Length])))
            {
                added.Add([.. columns.Select((column, i) => Value(column, values[i]))]);
                continue;
            }

            var arguments = new DynamicParameters();
            for (var i = 0; i < columns.Length; i++)
                arguments.Add(columns[i], Value(columns[i], values[i]));
            await session.Connection.ExecuteAsync(new CommandDefinition(update, arguments, session.Transaction, cancellationToken: cancellationToken));
        }

        await session.BulkInsertAsync(table, columns, added, cancellationToken);
    }

    private static object? Value(string column, string text) =>
        column == "share_percent" ? text.Length == 0 ? null : int.Parse(text, CultureInfo.InvariantCulture)
        : column is "period_from" or "period_to" ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture)
        : column is "sort_order" or "min_age" or "max_age" or "calendar_year" || column.StartsWith("is_", StringComparison.Ordinal)
            ? int.Parse(text, CultureInfo.InvariantCulture)
        : text;

    // livelihood points at livelihood_group; all other code lists stand alone.
    private static int SeedOrder(string file) => file.EndsWith("/livelihood.csv", StringComparison.Ordinal) ? 1 : 0;

    // A view may read other views; SQL Server wants those made first.
    private List<(string Name, string Text)> OrderedViews()
    {
        var files = SqlCatalogue.Files("sql/views/");
        var chosen = files.Where(f => SqlCatalogue.Engine(f) is null)
            .Select(f => files.FirstOrDefault(o => o == f.Replace(".sql", $".{database.Engine.Name}.sql", StringComparison.Ordinal)) ?? f);
        var waiting = chosen.Select(f => (Name: ViewName(f), Text: SqlCatalogue.Read(f))).ToList();
        var ordered = new List<(string Name, string Text)>();
        while (waiting.Count > 0)
        {
            var ready = waiting.Find(v =>
                !waiting.Exists(o =>
                    o.Name != v.Name && Regex.IsMatch(v.Text, $@"(FROM|JOIN)\s+{o.Name}\b", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))));
            if (ready.Name is null)
                throw new SqlFileException($"The views {string.Join(", ", waiting.Select(v => v.Name))} read each other in a circle.");
            waiting.Remove(ready);
            ordered.Add(ready);
        }

        return ordered;
    }

    private static string ViewName(string file)
    {
        var match = CreateView().Match(SqlCatalogue.Read(file));
        return match.Success ? match.Groups["name"].Value : throw new SqlFileException($"{file}: no CREATE VIEW.");
    }

    private static string Name(string file) => Path.GetFileNameWithoutExtension(file);

    private static string Checksum(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex(@"CREATE VIEW (?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CreateView();
}

/// <summary>How a database stands to the program.</summary>
public enum SchemaState
{
    /// <summary>It has no tables of ours.</summary>
    None,

    /// <summary>It is to be brought up to date.</summary>
    Older,
    Current,
}

/// <summary>One migration that has run.</summary>
public sealed record SchemaMigrationRow
{
    public required string Name { get; init; }

    public required string Checksum { get; init; }
}

/// <summary>The schema can't be brought up to date; the message says why, in Swedish.</summary>
public sealed class MigrationException(string message) : Exception(message);
