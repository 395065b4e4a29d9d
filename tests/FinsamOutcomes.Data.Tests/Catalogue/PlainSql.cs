using System.Text.RegularExpressions;
using FinsamOutcomes.Data.Database;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace FinsamOutcomes.Data.Tests.Catalogue;

/// <summary>A statement that SQL Server gets, and whether SQLite gets it too.</summary>
public sealed record ServerStatement(string Path, string Text, bool IsShared)
{
    /// <summary>Every migration, view, check and query as SQL Server gets it, its overrides in place.</summary>
    public static IEnumerable<ServerStatement> All() =>
    [
        .. SqlFiles.Under("sql/migrations/sqlserver", "*.sql").Select(f => new ServerStatement(f.Path, f.Text, IsShared: false)),
        .. SqlFiles.Under("sql/views", "*.sql").Concat(SqlFiles.Under("sql/checks", "*.sql")).Select(f => new ServerStatement(f.Path, f.Text, IsShared: true)),
        .. from query in SqlCatalogue.For("sqlserver").Queries.Values
           select new ServerStatement($"{query.File} {query.Name}", query.Text, !query.File.Contains(".sqlserver.sql:", StringComparison.Ordinal)),
    ];

}

/// <summary>Looks through a statement's tree for what SQL of the house may not hold, though SQL Server reads it.</summary>
public sealed class PlainSql(bool isShared) : TSqlFragmentVisitor
{
    private const string Swedish = "Finnish_Swedish_100_CI_AS";

    private readonly List<string> _found = [];

    // A function with the same name and answer on both engines.
    private static readonly HashSet<string> s_functions = new(
        [
            "ABS",
            "AVG",
            "CONCAT",
            "COUNT",
            "LAG",
            "LEAD",
            "LOWER",
            "LTRIM",
            "MAX",
            "MIN",
            "REPLACE",
            "ROUND",
            "ROW_NUMBER",
            "RTRIM",
            "STRING_AGG",
            "SUBSTRING",
            "SUM",
            "TRIM",
            "UPPER",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>What is wrong with a statement, one line each: what the parser can't read, or what may not stand in it.</summary>
    public static IEnumerable<string> In(ServerStatement statement, TSqlParser parser)
    {
        var look = new PlainSql(statement.IsShared);
        var tree = parser.Parse(new StringReader(statement.Text), out var errors);
        if (errors.Count == 0)
            tree.Accept(look);
        return errors.Select(e => $"{statement.Path}, line {e.Line}: {e.Message}").Concat(look._found.Select(f => $"{statement.Path}: {f}"));
    }

    // Called for every node.
    public override void Visit(TSqlFragment fragment)
    {
        if ((Never(fragment) ?? (isShared ? OnlySqlServer(fragment) : null)) is { } why)
            _found.Add($"{why} ({Words(fragment)})");
    }

    private static string? Never(TSqlFragment fragment) =>
        fragment switch
        {
            SelectStarExpression => "columns are listed",
            MergeStatement => "MERGE",
            ExecuteAsStatement or ExecuteAsClause or SecurityPolicyStatement or AlterDatabaseStatement => "that is for whoever owns the server",
            SystemVersioningTableOption or TemporalClause => "temporal tables",
            UserDataTypeReference type => $"the type {type.Name.BaseIdentifier.Value} is not plain",
            TopRowFilter { WithTies: true } => "TOP WITH TIES",
            PivotedTableReference or UnpivotedTableReference => "PIVOT and UNPIVOT",
            AlterTableAlterColumnStatement => "nullability is right at once",
            BinaryQueryExpression { BinaryQueryExpressionType: not BinaryQueryExpressionType.Union } => "INTERSECT and EXCEPT",
            ColumnReferenceExpression { MultiPartIdentifier.Identifiers: [{ Value: var name }] } when Is(name, "TRUE") || Is(name, "FALSE") => "TRUE and FALSE",
            Identifier { QuoteType: QuoteType.DoubleQuote } => "double quotes",
            FunctionCall { CallTarget: not null } => "methods of a type",
            FunctionCall { FunctionName.Value: var name } when name.StartsWith("PERCENTILE_", StringComparison.OrdinalIgnoreCase) =>
                "medians are reckoned in C#",
            ColumnDefinition { Collation: { } collation } when !Is(collation.Value, "DATABASE_DEFAULT")
                // Normal forms are compared sign by sign, as SQLite does.
                && !Is(collation.Value, "Latin1_General_100_BIN2") => "a column has its database's collation",
            PrimaryExpression { Collation: { } collation } when !Is(collation.Value, Swedish) => "only one collation has the same name on both engines",
            SelectScalarExpression { ColumnName: { } name, Expression: var value } when name.StartOffset < value.StartOffset =>
                "a name before its value, or a comparison as a value",
            QuerySpecification { UniqueRowFilter: UniqueRowFilter.Distinct, OrderByClause: { } order }
                when order.OrderByElements.Any(e => e.Expression is PrimaryExpression { Collation: not null }) =>
                "DISTINCT sorts by what it selects: write GROUP BY",
            QueryExpression { OrderByClause: { } order } when order.OrderByElements.FirstOrDefault(SortsNames) is { } element =>
                $"names are sorted as Swedish: {Words(element)}",
            _ => null,
        };

    // What SQL that both engines get may not hold.
    private static string? OnlySqlServer(TSqlFragment fragment) => fragment switch
    {
        TopRowFilter or OffsetClause => "TOP and OFFSET … FETCH",
        FunctionCall call when !s_functions.Contains(call.FunctionName.Value) => $"not a function of both engines: {call.FunctionName.Value}",
        ConvertCall or TryConvertCall or TryCastCall or ParseCall or IIfCall or LeftFunctionCall or RightFunctionCall or ParameterlessCall =>
            "T-SQL's own functions",
        UnqualifiedJoin { UnqualifiedJoinType: UnqualifiedJoinType.CrossApply or UnqualifiedJoinType.OuterApply } => "APPLY",
        Identifier { QuoteType: QuoteType.SquareBracket } name when !Is(name.Value, "rule") && !name.Value.StartsWith('#') =>
            "square brackets; only rule, a reserved word, and temporary tables have them",
        BinaryExpression { BinaryExpressionType: BinaryExpressionType.Add, FirstExpression: StringLiteral } => "+ between texts",
        BinaryExpression { BinaryExpressionType: BinaryExpressionType.Add, SecondExpression: StringLiteral } => "+ between texts",
        _ => null,
    };

    private static bool SortsNames(ExpressionWithSortOrder element)
    {
        var names = new PlainNames();
        element.Expression.Accept(names);
        return names.Found;
    }

    private static bool Is(string word, string other) => word.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static string Words(TSqlFragment fragment) =>
        string.Concat(fragment.ScriptTokenStream.Take(fragment.FirstTokenIndex..(fragment.LastTokenIndex + 1)).Take(12).Select(t => t.Text));

    /// <summary>Columns with names that people read and no collation, outside CASE.</summary>
    private sealed class PlainNames : TSqlFragmentVisitor
    {
        public bool Found { get; private set; }

        public override void Visit(ColumnReferenceExpression node) =>
            Found |= node.Collation is null && Regex.IsMatch(node.MultiPartIdentifier?.Identifiers[^1].Value ?? "", "name$|^insats$", RegexOptions.IgnoreCase);

        public override void ExplicitVisit(CoalesceExpression node)
        {
            if (node.Collation is null)
                base.ExplicitVisit(node);
        }

        public override void ExplicitVisit(SearchedCaseExpression node)
        {
            // Sorts by what CASE gives, such as a number for those without a name.
        }

        public override void ExplicitVisit(SimpleCaseExpression node)
        {
            // As above.
        }
    }
}
