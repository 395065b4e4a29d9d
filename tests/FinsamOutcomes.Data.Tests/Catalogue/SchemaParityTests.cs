using System.Text.RegularExpressions;

namespace FinsamOutcomes.Data.Tests.Catalogue;

/// <summary>The migrations of the two engines say the same thing; read as text, so that no server is needed.</summary>
public sealed class SchemaParityTests
{
    [Fact]
    public void Both_engines_have_the_same_tables_columns_and_constraints_in_the_same_order()
    {
        var sqlite = SqlFiles.Under("sql/migrations/sqlite", "*.sql");
        var sqlServer = SqlFiles.Under("sql/migrations/sqlserver", "*.sql");
        sqlServer.Select(f => Path.GetFileName(f.Path)).ShouldBe(sqlite.Select(f => Path.GetFileName(f.Path)));
        foreach (var (lite, server) in sqlite.Zip(sqlServer))
            Lines(server.Text).ShouldBe(Lines(lite.Text), lite.Path);
    }

    [Theory]
    [InlineData("    name TEXT NOT NULL COLLATE NOCASE UNIQUE,", "    name NVARCHAR(200) NOT NULL UNIQUE,", true)]
    [InlineData("    half INTEGER NOT NULL CHECK (half IN (0, 1)),", "    half INTEGER NULL CHECK (half IN (0, 1)),", false)]
    [InlineData("    half INTEGER NOT NULL CHECK (half IN (0, 1)),", "    half INTEGER NOT NULL CHECK (half IN (0, 2)),", false)]
    [InlineData("    a TEXT NOT NULL,\n    b TEXT NULL,", "    b NVARCHAR(5) NULL,\n    a NVARCHAR(5) NOT NULL,", false)]
    [InlineData("ALTER TABLE a ADD b TEXT NULL;", "ALTER TABLE a ADD b NVARCHAR(64) NULL;", true)]
    [InlineData("ALTER TABLE a ADD b TEXT NULL;", "ALTER TABLE a ADD b BIT NULL;", false)]
    [InlineData("    at TEXT NOT NULL,", "    at BIT NOT NULL,", false)]
    [InlineData("ALTER TABLE stay ADD from_on TEXT NULL;", "ALTER TABLE stay ADD from_on DATE NULL;", true)]
    [InlineData(
        "ALTER TABLE stay ADD from_day INTEGER NULL GENERATED ALWAYS AS (CAST(julianday(from_on) - 1721425.5 AS INTEGER)) VIRTUAL;",
        "ALTER TABLE stay ADD from_day AS DATEDIFF(DAY, DATEFROMPARTS(1, 1, 1), from_on) PERSISTED;",
        true)]
    [InlineData(
        "ALTER TABLE stay ADD from_day INTEGER NULL GENERATED ALWAYS AS (CAST(julianday(to_on) - 1721425.5 AS INTEGER)) VIRTUAL;",
        "ALTER TABLE stay ADD from_day AS DATEDIFF(DAY, DATEFROMPARTS(1, 1, 1), from_on) PERSISTED;",
        false)]
    public void The_comparison_itself_sees_a_difference(string sqlite, string sqlServer, bool same) =>
        Lines(sqlite).SequenceEqual(Lines(sqlServer)).ShouldBe(same);

    // What SQL Server takes away by names that it has given itself: constraints that say no more than another one there does, and that SQLite keeps.
    private static string WithoutDroppedNames(string sql) => Regex.Replace(sql, @"DECLARE @before [\s\S]*?EXEC sys\.sp_executesql @before;\s*", "");

    // One line for each column or constraint, with the engines' type names brought together.
    private static List<string> Lines(string sql) =>
        [.. WithoutDroppedNames(SqlFiles.WithoutComments(sql)).Split('\n')
            .Select(line => Regex.Replace(line.Trim(), @"\s+", " "))
            .Where(line => line.Length > 0)
            .Select(line => Regex.Replace(line, @"\[(\w+)\]", "$1"))
            // A day number, which each engine reckons from a date in its own way.
            .Select(line => Regex.Replace(line, @"INTEGER NULL GENERATED ALWAYS AS \(CAST\(julianday\((\w+)\) - 1721425\.5 AS INTEGER\)\) VIRTUAL", "DAY OF $1"))
            .Select(line => Regex.Replace(line, @"AS DATEDIFF\(DAY, DATEFROMPARTS\(1, 1, 1\), (\w+)\) PERSISTED", "DAY OF $1"))
            .Select(line => line.Replace(" COLLATE NOCASE", "").Replace(" COLLATE Latin1_General_100_BIN2", "").Replace(") STRICT, WITHOUT ROWID;", ");").Replace(") STRICT;", ");"))
            .Select(line => Regex.Replace(line, @"^((?:ALTER TABLE \w+ ADD )?\w+) (NVARCHAR\((\d+|MAX)\)|DATE|DATETIME2\(3\)|TEXT)( |$)", "$1 TEXT "))
            .Select(line => Regex.Replace(line, @"^((?:ALTER TABLE \w+ ADD )?\w+) (SMALLINT|BIGINT|INTEGER)( |$)", "$1 INTEGER "))
            .Select(line => Regex.Replace(line, @"^((?:ALTER TABLE \w+ ADD )?\w+) (DECIMAL\(9, 4\)|FLOAT|REAL)( |$)", "$1 REAL "))
            .Select(line => Regex.Replace(line, @"^((?:ALTER TABLE \w+ ADD )?\w+) (VARBINARY\((\d+|MAX)\)|BLOB)( |$)", "$1 BLOB "))];
}
