using System.Text.RegularExpressions;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace FinsamOutcomes.Data.Tests.Catalogue;

/// <summary>
/// What SQL Server gets is read by Microsoft's own parser, so that no server is needed to see that it is T-SQL; its tree is
/// then searched for what both engines read but do not mean alike, and for what the house says no to.
/// </summary>
public sealed class PortableSqlTests
{
    /// <summary>A version of SQL Server, by what its databases call their level.</summary>
    public enum Grammar
    {
        Server2019 = 150,
        Server2022 = 160,
    }

    [Theory]
    [InlineData(Grammar.Server2019)]
    [InlineData(Grammar.Server2022)]
    public void Every_migration_view_check_and_query_is_T_SQL_and_plain(Grammar grammar)
    {
        var statements = ServerStatement.All().ToList();
        statements.Count.ShouldBeGreaterThan(300);
        statements.SelectMany(s => Wrong(s, grammar)).ShouldBeEmpty();
    }

    [Fact]
    public void Nor_does_what_only_sqlite_gets_select_every_column() =>
        (from file in SqlFiles.Under("sql", "*.sql")
         where file.Path.EndsWith(".sqlite.sql", StringComparison.Ordinal) || file.Path.StartsWith("sql/migrations/sqlite/", StringComparison.Ordinal)
         where Regex.IsMatch(SqlFiles.CodeOnly(file.Text), @"SELECT\s+(DISTINCT\s+)?(\w+\.)?\*", RegexOptions.IgnoreCase)
         select file.Path).ShouldBeEmpty();

    [Theory]
    [InlineData("CREATE TABLE t (\n    rule NVARCHAR(60) NOT NULL\n)")]
    [InlineData("SELECT t.percent FROM t")]
    [InlineData("SELECT a AS plan FROM t")]
    [InlineData("SELECT t.key FROM t")]
    [InlineData("SELECT COUNT(*) AS order FROM t")]
    [InlineData("WITH current AS (SELECT a FROM t) SELECT a FROM current")]
    public void A_name_that_T_SQL_reserves_is_found(string sql) => Found(sql);

    [Theory]
    [InlineData("SELECT a FROM t LIMIT 5")]
    [InlineData("SELECT a || b FROM t")]
    [InlineData("SELECT a = b AS same FROM t")]
    [InlineData("SELECT a = b FROM t")]
    [InlineData("SELECT c, a > 3 AS big FROM t")]
    [InlineData("SELECT SUM(a = 1) FROM t")]
    [InlineData("SELECT EXISTS (SELECT 1 FROM t)")]
    [InlineData("SELECT TRUE FROM t")]
    [InlineData("SELECT \"a\" FROM t")]
    [InlineData("SELECT a FROM t ORDER BY a COLLATE NOCASE")]
    [InlineData("SELECT a FROM t WHERE (a, b) IN (SELECT a, b FROM u)")]
    [InlineData("SELECT a FROM t WHERE a IS NOT DISTINCT FROM b")]
    [InlineData("SELECT a FROM t WHERE a GLOB 'x'")]
    [InlineData("SELECT a FROM t JOIN u USING (a)")]
    [InlineData("SELECT a FROM t NATURAL JOIN u")]
    [InlineData("SELECT COUNT(*) FILTER (WHERE a = 1) FROM t")]
    [InlineData("WITH RECURSIVE x AS (SELECT 1 AS a) SELECT a FROM x")]
    [InlineData("INSERT INTO t (a) VALUES (1) ON CONFLICT DO NOTHING")]
    [InlineData("DELETE FROM t RETURNING a")]
    [InlineData("SELECT strftime('%Y', a) FROM t")]
    public void What_only_sqlite_knows_is_found(string sql) => Found(sql);

    [Theory]
    [InlineData("SELECT TOP (5) a FROM t")]
    [InlineData("SELECT a FROM t ORDER BY a OFFSET 5 ROWS")]
    [InlineData("SELECT DATEDIFF(DAY, a, b) FROM t")]
    [InlineData("SELECT IIF(a = 1, 2, 3) FROM t")]
    [InlineData("SELECT CONVERT(INT, a) FROM t")]
    [InlineData("SELECT t.a FROM t CROSS APPLY (SELECT u.a FROM u WHERE u.b = t.b) u")]
    [InlineData("SELECT [a] FROM t")]
    [InlineData("SELECT a + 'x' FROM t")]
    public void What_only_SQL_Server_knows_is_found(string sql)
    {
        Found(sql);
        Wrong(new ServerStatement("x.sqlserver.sql", sql, IsShared: false), Grammar.Server2019).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("SELECT t.* FROM t")]
    [InlineData("SELECT a FROM t INTERSECT SELECT a FROM u")]
    [InlineData("SELECT DISTINCT a FROM t ORDER BY a COLLATE Finnish_Swedish_100_CI_AS")]
    [InlineData("SELECT a FROM (SELECT a FROM t ORDER BY a) u")]
    [InlineData("CREATE VIEW v AS SELECT a FROM t ORDER BY a")]
    [InlineData("SELECT a FROM t ORDER BY a, t.name")]
    [InlineData("SELECT a FROM t UNION ALL SELECT insats FROM u ORDER BY insats")]
    [InlineData("SELECT a FROM t ORDER BY COALESCE(a, name)")]
    [InlineData("SELECT CAST(a AS HIERARCHYID) FROM t")]
    [InlineData("SELECT a FROM t WHERE b.value('x', 'int') = 1")]
    [InlineData("SELECT TOP (1) WITH TIES a FROM t ORDER BY a")]
    [InlineData("SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY a) OVER () FROM t")]
    [InlineData("ALTER TABLE t ALTER COLUMN a INTEGER NOT NULL")]
    [InlineData("ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON")]
    [InlineData("MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE;")]
    public void What_the_house_says_no_to_is_found(string sql) => Found(sql);

    [Theory]
    [InlineData("SELECT t.[rule], @Percent, 'user' FROM t")]
    [InlineData("SELECT a FROM t ORDER BY CASE WHEN name = '' THEN 1 ELSE 0 END, name COLLATE Finnish_Swedish_100_CI_AS")]
    [InlineData("SELECT ROW_NUMBER() OVER (PARTITION BY a ORDER BY b) FROM t ORDER BY COALESCE(a, name) COLLATE Finnish_Swedish_100_CI_AS")]
    [InlineData("UPDATE t SET a = CASE WHEN EXISTS (SELECT 1 FROM u) THEN 1 ELSE 0 END")]
    public void Plain_SQL_is_let_through(string sql) => Wrong(new ServerStatement("x.sql", sql, IsShared: true), Grammar.Server2019).ShouldBeEmpty();

    private static void Found(string sql) => Wrong(new ServerStatement("x.sql", sql, IsShared: true), Grammar.Server2019).ShouldNotBeEmpty();

    private static IEnumerable<string> Wrong(ServerStatement statement, Grammar grammar) =>
        PlainSql.In(
            statement,
            grammar is Grammar.Server2019 ? new TSql150Parser(initialQuotedIdentifiers: true) : new TSql160Parser(initialQuotedIdentifiers: true));
}
