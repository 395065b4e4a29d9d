using System.Text.RegularExpressions;

namespace FinsamOutcomes.Data.Tests.Catalogue;

/// <summary>SQL that both engines run, and T-SQL that stays plain: what design says no to is found in the text.</summary>
public sealed class PortableSqlTests
{
    private static readonly (string Pattern, string Why)[] s_never =
    [
        (@"SELECT\s+(DISTINCT\s+)?(\w+\.)?\*", "columns are listed"),
        (@"\bMERGE\s+INTO\b|\bMERGE\s+\w+\s+(AS|USING)\b", "MERGE"),
        (@"\bEXECUTE\s+AS\b", "EXECUTE AS"),
        (@"\bSECURITY\s+POLICY\b", "security policies"),
        (@"\bSYSTEM_VERSIONING\b|\bFOR\s+SYSTEM_TIME\b", "temporal tables"),
        (@"\bHIERARCHYID\b", "hierarchyid"),
        (@"\.(nodes|value|query|exist|modify)\s*\(", "XML methods"),
        (@"\bWITH\s+TIES\b", "TOP WITH TIES"),
        (@"\bPERCENTILE_(CONT|DISC)\b", "PERCENTILE_CONT"),
        (@"\b(UN)?PIVOT\b", "PIVOT and UNPIVOT"),
        (@"\bALTER\s+COLUMN\b", "nullability is right at once"),
        (@"\bALTER\s+DATABASE\b", "that is for whoever owns the server"),
    ];

    private static readonly (string Pattern, string Why)[] s_onlySqlite =
    [
        (@"\bLIMIT\b", "LIMIT"),
        (@"\|\|", "||"),
        (@"\bIFNULL\s*\(", "IFNULL"),
        (@"\b(strftime|julianday|datetime|date|group_concat|total|printf)\s*\(", "SQLite's own functions"),
        (@"\bRETURNING\b", "RETURNING"),
        (@"\bON\s+CONFLICT\b|\bINSERT\s+OR\b", "ON CONFLICT"),
        (@"\bUSING\s*\(", "JOIN … USING"),
        (@"\bNATURAL\s+JOIN\b", "NATURAL JOIN"),
        (@"\b(TRUE|FALSE)\b", "TRUE and FALSE"),
        (@"\bGLOB\b|\bCOLLATE\b|\bFILTER\s*\(|\bIS\s+NOT\s+DISTINCT\b", "GLOB, COLLATE, FILTER, IS NOT DISTINCT"),
        (@"""", "double quotes"),
        (@"(?:SELECT|,|\bTHEN|\bELSE)\s+[\w.]+\s*(=|<>|<=|>=|<|>)\s*[\w.@']+\s*(AS\b|,|\bFROM\b|\bEND\b)", "a comparison as a value: T-SQL has no boolean type, write CASE"),
        (@"\b(SUM|COUNT|AVG|MAX|MIN)\s*\(\s*[\w.]+\s*(=|<>|<=|>=|<|>)", "a comparison summed: write SUM(CASE …)"),
        (@"(?:SELECT|,)\s+(NOT\s+)?EXISTS\s*\(", "EXISTS as a value: write CASE"),
    ];

    private static readonly (string Pattern, string Why)[] s_onlySqlServer =
    [
        (@"\bTOP\s*(\(|\d)", "TOP"),
        (@"\b(DATEPART|DATEDIFF|DATEADD|GETDATE|GETUTCDATE|SYSDATETIME|ISNULL|IIF|LEN|CONVERT)\s*\(", "T-SQL's own functions"),
        (@"\bCROSS\s+APPLY\b|\bOUTER\s+APPLY\b", "APPLY"),
        (@"\[\w+\]", "square brackets"),
        (@"'\s*\+|\+\s*'", "+ between texts"),
        (@"\bOFFSET\b.*\bROWS\b", "OFFSET … FETCH"),
    ];

    [Fact]
    public void Nothing_forbidden_stands_in_any_sql_file() =>
        Found(SqlFiles.Under("sql", "*.sql"), s_never).ShouldBeEmpty();

    [Fact]
    public void What_sql_server_reads_holds_nothing_that_only_sqlite_knows() =>
        Found(SqlFiles.Under("sql", "*.sql").Where(f => !f.Path.EndsWith(".sqlite.sql", StringComparison.Ordinal) && !f.Path.StartsWith("sql/migrations/sqlite/", StringComparison.Ordinal)), s_onlySqlite).ShouldBeEmpty();

    [Fact]
    public void Shared_files_hold_nothing_that_only_sql_server_knows() =>
        Found(SqlFiles.Under("sql", "*.sql").Where(f => !f.Path.EndsWith(".sqlserver.sql", StringComparison.Ordinal) && !f.Path.StartsWith("sql/migrations/", StringComparison.Ordinal)), s_onlySqlServer).ShouldBeEmpty();

    [Theory]
    [InlineData("SELECT a FROM t LIMIT 5")]
    [InlineData("SELECT a || b FROM t")]
    [InlineData("SELECT a = b AS same FROM t")]
    [InlineData("SELECT c, a > 3 AS big FROM t")]
    [InlineData("SELECT SUM(a = 1) FROM t")]
    [InlineData("INSERT INTO t (a) VALUES (1) ON CONFLICT DO NOTHING")]
    [InlineData("SELECT strftime('%Y', a) FROM t")]
    public void The_search_itself_finds_what_only_sqlite_knows(string sql) => Found([("x.sql", sql)], s_onlySqlite).ShouldNotBeEmpty();

    private static List<string> Found(IEnumerable<(string Path, string Text)> files, (string Pattern, string Why)[] rules) =>
        [.. from file in files
            // What asks the engine about itself before there is a schema is its own by nature.
            where !Path.GetFileName(file.Path).StartsWith("schema.", StringComparison.Ordinal)
            // What UPDATE sets looks like a comparison and is none.
            let code = Regex.Replace(SqlFiles.CodeOnly(file.Text), @"\bSET\b.*?(?=\bWHERE\b|;|$)", "", RegexOptions.IgnoreCase | RegexOptions.Singleline)
            from rule in rules
            let match = Regex.Match(code, rule.Pattern, RegexOptions.IgnoreCase)
            where match.Success
            select $"{file.Path}: {rule.Why} ({match.Value.Trim()})"];
}
