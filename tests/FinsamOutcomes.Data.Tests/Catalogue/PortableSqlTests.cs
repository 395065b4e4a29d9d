using System.Text.RegularExpressions;

namespace FinsamOutcomes.Data.Tests.Catalogue;

/// <summary>SQL that both engines run, and T-SQL that stays plain: what design says no to is found in the text.</summary>
public sealed class PortableSqlTests
{
    // T-SQL's reserved words that our statements are made of; as names they would need brackets too.
    private static readonly HashSet<string> s_grammar = new(
        """
        ADD ALL ALTER AND AS ASC BETWEEN BY CASE CHECK COALESCE COLLATE CREATE CROSS DEFAULT DELETE DESC DISTINCT DROP ELSE END ESCAPE EXISTS
        FOREIGN FROM GROUP HAVING IF IN INDEX INNER INSERT INTO IS JOIN KEY LEFT LIKE NOT NULL NULLIF ON OR ORDER OVER PRIMARY REFERENCES
        SELECT SET TABLE THEN UNION UNIQUE UPDATE VALUES VIEW WHEN WHERE WITH WITHIN
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        StringComparer.OrdinalIgnoreCase);

    // The others, which SQLite takes as names without a word.
    private static readonly HashSet<string> s_reserved = new(
        """
        ANY AUTHORIZATION BACKUP BEGIN BREAK BROWSE BULK CASCADE CHECKPOINT CLOSE CLUSTERED COLUMN COMMIT COMPUTE CONSTRAINT CONTAINS
        CONTAINSTABLE CONTINUE CONVERT CURRENT CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER CURSOR DATABASE DBCC DEALLOCATE
        DECLARE DENY DISK DISTRIBUTED DOUBLE DUMP ERRLVL EXCEPT EXEC EXECUTE EXIT EXTERNAL FETCH FILE FILLFACTOR FOR FREETEXT FREETEXTTABLE
        FULL FUNCTION GOTO GRANT HOLDLOCK IDENTITY IDENTITY_INSERT IDENTITYCOL INTERSECT KILL LINENO LOAD MERGE NATIONAL NOCHECK
        NONCLUSTERED OF OFF OFFSETS OPEN OPENDATASOURCE OPENQUERY OPENROWSET OPENXML OPTION OUTER PERCENT PIVOT PLAN PRECISION PRINT PROC
        PROCEDURE PUBLIC RAISERROR READ READTEXT RECONFIGURE REPLICATION RESTORE RESTRICT RETURN REVERT REVOKE RIGHT ROLLBACK ROWCOUNT
        ROWGUIDCOL RULE SAVE SCHEMA SECURITYAUDIT SESSION_USER SETUSER SHUTDOWN SOME STATISTICS SYSTEM_USER TABLESAMPLE TEXTSIZE TO TOP TRAN
        TRANSACTION TRIGGER TRUNCATE TRY_CONVERT TSEQUAL UNPIVOT UPDATETEXT USE USER VARYING WAITFOR WHILE WRITETEXT
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        StringComparer.OrdinalIgnoreCase);

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
        (@"\bGLOB\b|\bFILTER\s*\(|\bIS\s+NOT\s+DISTINCT\b", "GLOB, FILTER, IS NOT DISTINCT"),
        (@"\bCOLLATE\s+(?!Finnish_Swedish_100_CI_AS\b)", "only one collation has the same name on both engines"),
        (@"\bWITH\s+RECURSIVE\b", "RECURSIVE"),
        (@"(?<!\w)\(\s*[\w.]+\s*,\s*[\w.]+[^()]*\)\s*(=|<>|<|>|IN\b|NOT\s+IN\b)", "rows compared with rows"),
        (@"\bINTERSECT\b|\bEXCEPT\b", "INTERSECT and EXCEPT"),
        (@"\bSELECT\s+DISTINCT\b[^;]*?\bORDER\s+BY\b[^;]*?\bCOLLATE\b", "DISTINCT sorts by what it selects: write GROUP BY"),
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
        (@"\[(?!rule\])\w+\]", "square brackets; only rule, a reserved word, has them"),
        (@"'\s*\+|\+\s*'", "+ between texts"),
        (@"\bOFFSET\b.*\bROWS\b", "OFFSET … FETCH"),
    ];

    [Fact]
    public void Nothing_forbidden_stands_in_any_sql_file() =>
        Found(SqlFiles.Under("sql", "*.sql"), s_never).ShouldBeEmpty();

    [Fact]
    public void What_sql_server_reads_holds_nothing_that_only_sqlite_knows() =>
        Found(ReadBySqlServer(), s_onlySqlite).ShouldBeEmpty();

    [Fact]
    public void Shared_files_hold_nothing_that_only_sql_server_knows() =>
        Found(SqlFiles.Under("sql", "*.sql").Where(f => !f.Path.EndsWith(".sqlserver.sql", StringComparison.Ordinal) && !f.Path.StartsWith("sql/migrations/", StringComparison.Ordinal)), s_onlySqlServer).ShouldBeEmpty();

    [Fact]
    public void No_name_is_a_reserved_word_of_T_SQL_unless_it_stands_in_brackets() => Reserved(ReadBySqlServer()).ShouldBeEmpty();

    [Fact]
    public void A_select_below_another_or_in_a_view_is_not_sorted() =>
        ReadBySqlServer().Where(f => Regex.IsMatch(WithoutWindows(f.Text), @"\([^()]*\bORDER\s+BY\b[^()]*\)", RegexOptions.IgnoreCase) || (f.Path.StartsWith("sql/views/", StringComparison.Ordinal) && Regex.IsMatch(WithoutWindows(f.Text), @"\bORDER\s+BY\b", RegexOptions.IgnoreCase)))
            .Select(f => f.Path).ShouldBeEmpty();

    [Fact]
    public void Names_are_sorted_as_Swedish_and_not_as_the_server_happens_to_do() =>
        (from file in ReadBySqlServer()
         from order in Regex.Matches(WithoutWindows(file.Text), @"\bORDER\s+BY\b(?<by>[^;]*)", RegexOptions.IgnoreCase)
         let plain = Regex.Replace(order.Groups["by"].Value, @"CASE\b.*?\bEND\b|(COALESCE\([^)]*\)|[\w.]+)\s+COLLATE\s+\w+", "", RegexOptions.IgnoreCase | RegexOptions.Singleline)
         where Regex.IsMatch(plain, @"\b\w*name\b|\binsats\b(?!\.)", RegexOptions.IgnoreCase)
         select $"{file.Path}: ORDER BY{order.Groups["by"].Value}").ShouldBeEmpty();

    [Theory]
    [InlineData("CREATE TABLE t (\n    rule NVARCHAR(60) NOT NULL\n)", "rule")]
    [InlineData("SELECT t.percent FROM t", "percent")]
    [InlineData("SELECT a AS plan FROM t", "plan")]
    [InlineData("SELECT t.key FROM t", "key")]
    [InlineData("SELECT COUNT(*) AS order FROM t", "order")]
    [InlineData("WITH current AS (SELECT a FROM t) SELECT a FROM current", "current")]
    [InlineData("SELECT t.[rule], @Percent, 'user' FROM t", null)]
    public void The_search_itself_finds_reserved_words(string sql, string? word) =>
        Reserved([("x.sql", sql)]).ShouldBe(word is null ? [] : [$"x.sql: {word}"]);

    [Theory]
    [InlineData("SELECT a FROM t LIMIT 5")]
    [InlineData("SELECT a || b FROM t")]
    [InlineData("SELECT a = b AS same FROM t")]
    [InlineData("SELECT c, a > 3 AS big FROM t")]
    [InlineData("SELECT SUM(a = 1) FROM t")]
    [InlineData("SELECT a FROM t ORDER BY a COLLATE NOCASE")]
    [InlineData("SELECT a FROM t WHERE (a, b) IN (SELECT a, b FROM u)")]
    [InlineData("SELECT DISTINCT a FROM t ORDER BY a COLLATE Finnish_Swedish_100_CI_AS")]
    [InlineData("INSERT INTO t (a) VALUES (1) ON CONFLICT DO NOTHING")]
    [InlineData("SELECT strftime('%Y', a) FROM t")]
    public void The_search_itself_finds_what_only_sqlite_knows(string sql) => Found([("x.sql", sql)], s_onlySqlite).ShouldNotBeEmpty();

    private static IEnumerable<(string Path, string Text)> ReadBySqlServer() =>
        SqlFiles.Under("sql", "*.sql").Where(f => !f.Path.EndsWith(".sqlite.sql", StringComparison.Ordinal) && !f.Path.StartsWith("sql/migrations/sqlite/", StringComparison.Ordinal));

    private static List<string> Reserved(IEnumerable<(string Path, string Text)> files) =>
        [.. (from file in files
            let code = Regex.Replace(SqlFiles.CodeOnly(file.Text), @"@\w+|\[\w+\]", "")
            from word in Regex.Matches(code, @"\w+").Select(m => m.Value).Where(s_reserved.Contains)
                .Concat(Regex.Matches(code, @"(?:\.|\bAS\s+|^\s+)(?<name>\w+)\s*(?<type>NVARCHAR|INTEGER|SMALLINT|BIGINT|DATE|DECIMAL|FLOAT|VARBINARY)?", RegexOptions.IgnoreCase | RegexOptions.Multiline)
                    .Where(m => s_grammar.Contains(m.Groups["name"].Value) && (m.Value.StartsWith('.') || (m.Value.StartsWith("AS", StringComparison.OrdinalIgnoreCase) && !m.Groups["name"].Value.Equals("SELECT", StringComparison.OrdinalIgnoreCase)) || m.Groups["type"].Success))
                    .Select(m => m.Groups["name"].Value))
            select $"{file.Path}: {word}").Distinct()];

    // Without the ORDER BY of windows and of STRING_AGG, which may stand anywhere.
    private static string WithoutWindows(string sql) =>
        Regex.Replace(SqlFiles.CodeOnly(sql), @"\b(OVER|WITHIN\s+GROUP)\s*\([^()]*\)|STRING_AGG\([^()]*(\([^()]*\)[^()]*)*\)", "", RegexOptions.IgnoreCase);

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
