using System.Data;
using System.Data.Common;
using System.Reflection;
using System.Text.RegularExpressions;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Testing;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FinsamOutcomes.Data.Tests.Catalogue;

public sealed class NamedQueryTests
{
    private const int NoNullAllowed = 515;

    private static readonly Lazy<ILookup<string, Type>> s_rowTypes = new(() =>
        Directory.GetFiles(AppContext.BaseDirectory, "FinsamOutcomes.*.dll")
            .Select(Assembly.LoadFrom)
            .SelectMany(a => a.GetTypes())
            .Where(t => t.Name.Length > 0 && !t.Name.Contains('<'))
            .ToLookup(t => t.Name, StringComparer.Ordinal));

    [Theory, ClassData(typeof(Engines))]
    public async Task Every_named_query_fits_the_schema_and_its_row_type(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        await using var connection = await test.Database.Engine.OpenAsync(CancellationToken.None);
        var wrong = new List<string>();

        // Measures are counted from temporary tables, which are there before them.
        var temporary = test.Database.Sql.Queries.Values.Where(q => q.Name.StartsWith("MeasureTables.Create", StringComparison.Ordinal)).ToList();
        temporary.Count.ShouldBeGreaterThan(3);
        foreach (var table in temporary)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = table.Text;
            await command.ExecuteNonQueryAsync();
        }

        foreach (var query in test.Database.Sql.Queries.Values.Except(temporary))
        {
            try
            {
                var columns = await ColumnsAsync(connection, query.Text);
                if (query.RowType is null && columns.Count > 1)
                    wrong.Add($"{query.File} {query.Name}: {columns.Count} columns and no '-- row:'.");
                if (query.RowType is not null)
                    wrong.AddRange(Differences(query, columns));
            }
            catch (Exception e) when (e is DbException or SqliteException)
            {
                wrong.Add($"{query.File} {query.Name}: {e.Message}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Every_view_can_be_read(string engine)
    {
        await using var test = await TestDatabase.CreateAsync(engine);
        await using var connection = await test.Database.Engine.OpenAsync(CancellationToken.None);
        foreach (var (path, text) in SqlFiles.Under("sql/views", "*.sql"))
        {
            var name = Regex.Match(text, @"CREATE VIEW (\w+)").Groups[1].Value;
            name.ShouldNotBeEmpty(path);
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT COUNT(*) FROM {name}";
            Convert.ToInt32(await command.ExecuteScalarAsync()).ShouldBeGreaterThanOrEqualTo(0, path);
        }
    }

    [Fact]
    public void Every_named_query_is_used_and_every_used_name_exists()
    {
        var names = SqlCatalogue.For("sqlite").Queries.Keys.Union(SqlCatalogue.For("sqlserver").Queries.Keys).ToHashSet(StringComparer.Ordinal);
        var code = SqlFiles.Under("src", "*.cs");
        var literals = code.SelectMany(f => Regex.Matches(f.Text, "\"([A-Z]\\w+\\.[A-Z]\\w+)\"").Select(m => (f.Path, Name: m.Groups[1].Value))).ToList();
        names.Except(literals.Select(l => l.Name)).ShouldBeEmpty("these queries are never called");

        // What is passed to a session as the name of a query.
        var called = code.SelectMany(f =>
            Regex
                .Matches(f.Text, @"(?:ExecuteAsync|QueryAsync<[^(]*>|SingleOrDefaultAsync<[^(]*>|StreamAsync<[^(]*>|ReaderAsync)\(\s*""([^""]+)""")
                .Select(m => (f.Path, Name: m.Groups[1].Value)));
        called.Where(c => !names.Contains(c.Name)).ShouldBeEmpty("no file under sql/queries holds these");
    }

    /// <summary>The types of the product that a query may name as its row.</summary>
    public static IEnumerable<Type> RowTypes(string name) => s_rowTypes.Value[name].Distinct();

    private static List<string> Differences(NamedQuery query, IReadOnlyList<string> columns)
    {
        // Two features may use one word for their rows: the query has to fit one of them in full.
        var types = RowTypes(query.RowType!).ToList();
        return types.Count == 0
            ? [$"{query.File} {query.Name}: no type is named {query.RowType}."]
            : types.Select(type => Differences(query, columns, type).ToList()).MinBy(d => d.Count)!;
    }

    private static IEnumerable<string> Differences(NamedQuery query, IReadOnlyList<string> columns, Type type)
    {
        var properties = type.GetProperties().Where(p => p.CanWrite).Select(p => p.Name).ToList();
        var given = columns.Select(c => c.Replace("_", "", StringComparison.Ordinal)).ToList();
        return given
            .Where(c => !properties.Contains(c, StringComparer.OrdinalIgnoreCase))
            .Select(c => $"{query.File} {query.Name}: {query.RowType} has no property for the column {c}.")
            .Concat(
                properties
                    .Where(p => !given.Contains(p, StringComparer.OrdinalIgnoreCase))
                    .Select(p => $"{query.File} {query.Name}: no column for {query.RowType}.{p}."))
            .Concat(
                given
                    .GroupBy(c => c, StringComparer.OrdinalIgnoreCase)
                    .Where(g => g.Count() > 1)
                    .Select(g => $"{query.File} {query.Name}: the column {g.Key} comes twice."));
    }

    private static async Task<IReadOnlyList<string>> ColumnsAsync(DbConnection connection, string sql)
    {
        if (connection is SqliteConnection sqlite)
        {
            // Prepared, never run.
            if (raw.sqlite3_prepare_v2(sqlite.Handle, sql, out var statement) != raw.SQLITE_OK)
                throw new SqliteException(raw.sqlite3_errmsg(sqlite.Handle).utf8_to_string(), 1);
            using (statement)
                return [.. Enumerable.Range(0, raw.sqlite3_column_count(statement)).Select(i => raw.sqlite3_column_name(statement, i).utf8_to_string())];
        }

        await using var transaction = (SqlTransaction)await connection.BeginTransactionAsync();
        await using var command = (SqlCommand)connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        foreach (var name in Regex.Matches(sql, @"@(\w+)").Select(m => m.Groups[1].Value).Distinct(StringComparer.OrdinalIgnoreCase))
            command.Parameters.Add(name, ServerType(name)).Value = DBNull.Value;
        try
        {
            // Run on nulls in an empty database, and undone: asking for the columns alone doesn't work for what writes.
            await using var reader = await command.ExecuteReaderAsync();
            return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        }
        catch (SqlException e) when (e.Number == NoNullAllowed)
        {
            return [];
        }
    }

    // As stores give them; a null of another type may be refused.
    private static SqlDbType ServerType(string name) =>
        name switch
        {
            "Before" or "DeadBefore" or "Now" => SqlDbType.DateTime2,
            "From" or "To" or "Today" => SqlDbType.Date,
            "Content" or "PersonalNumberIndex" => SqlDbType.VarBinary,
            "Goal" or "Value" or "ScaleMin" or "ScaleMax" or "SmallestChange" => SqlDbType.Decimal,
            _ when name.EndsWith("Encrypted", StringComparison.Ordinal) => SqlDbType.VarBinary,
            _ when name.EndsWith("Kronor", StringComparison.Ordinal) => SqlDbType.BigInt,
            _ when Regex.IsMatch(name, "At$") => SqlDbType.DateTime2,
            _ when Regex.IsMatch(name, "(On|Since|Before)$") => SqlDbType.Date,
            _ when Regex.IsMatch(
                    name,
                    "(Id|Version|Count|Number|Year|Percent|PercentShare|Position|SortOrder|UpTo|First|Last|Skipped|Taken|Bucket|Capacity|Participants|Done|Total|Length|Ordinal|Period|People|Day)$|^(Is|Only|Has|By)[A-Z]|^Half|^Insats$"
                ) => SqlDbType.Int,
            _ => SqlDbType.NVarChar,
        };
}
