using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FinsamOutcomes.Data.Database;

namespace FinsamOutcomes.Testing;

/// <summary>
/// Lets SQLite refuse what the columns of SQL Server can't hold: texts that are too long, numbers out of range or with too
/// many decimals, dates and instants of another form. Read from the migrations of SQL Server, so that every test on SQLite
/// finds what would fail there.
/// </summary>
public static partial class ServerLimits
{
    /// <summary>Adds the triggers to a migrated SQLite database.</summary>
    public static async Task SetAsync(FinsamDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var connection = await database.Engine.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = string.Join('\n', Columns().GroupBy(c => c.Table, StringComparer.Ordinal).SelectMany(Triggers));
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Each column of SQL Server's migrations with its type, but for those that the engine reckons itself.</summary>
    public static IReadOnlyList<(string Table, string Column, string Type)> Columns()
    {
        var assembly = typeof(FinsamDatabase).Assembly;
        var columns = new List<(string Table, string Column, string Type)>();
        var migrations = assembly.GetManifestResourceNames()
            .Where(n => n.Replace('\\', '/').StartsWith("sql/migrations/sqlserver/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        foreach (var name in migrations)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            var table = "";
            while (reader.ReadLine() is { } line)
            {
                if (CreateTable().Match(line) is { Success: true } create)
                    table = create.Groups["table"].Value;
                else if (DropTable().Match(line) is { Success: true } drop)
                    columns.RemoveAll(c => c.Table == drop.Groups["table"].Value);
                else if (line.StartsWith(')'))
                    table = "";
                else if (AddColumn().Match(line) is { Success: true } add && add.Groups["type"].Value != "AS")
                    columns.Add((add.Groups["table"].Value, add.Groups["column"].Value, add.Groups["type"].Value));
                else if (table.Length > 0 && Column().Match(line) is { Success: true } column)
                    columns.Add((table, column.Groups["column"].Value, column.Groups["type"].Value));
            }
        }

        return columns;
    }

    private static IEnumerable<string> Triggers(IGrouping<string, (string Table, string Column, string Type)> table)
    {
        var checks = table.Select(c => (c.Column, c.Type, Breaks: Breaks($"NEW.[{c.Column}]", c.Type))).Where(c => c.Breaks is not null)
            .Select(c => $"SELECT RAISE(ABORT, '{c.Column}: SQL Server has {c.Type}') WHERE {c.Breaks};").ToList();
        return checks.Count == 0
            ? []
            : new[] { "INSERT", "UPDATE" }.Select(change =>
                $"CREATE TRIGGER limits_{change}_{table.Key} BEFORE {change} ON {table.Key} BEGIN {string.Join(' ', checks)} END;");
    }

    // What the type can't hold; null never breaks.
    private static string? Breaks(string value, string type)
    {
        var length = Length().Match(type) is { Success: true } match ? int.Parse(match.Groups["length"].Value, CultureInfo.InvariantCulture) : 0;
        return type switch
        {
            _ when type.StartsWith("NVARCHAR(", StringComparison.Ordinal) || type.StartsWith("VARBINARY(", StringComparison.Ordinal) => length == 0
                ? null
                : $"length({value}) > {length}",
            "DECIMAL(9, 4)" => $"abs({value}) >= 100000 OR round({value}, 4) <> {value}",
            "SMALLINT" => $"abs({value}) > 32767",
            "INTEGER" => $"abs({value}) > 2147483647",
            "DATE" => $"{value} NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            "DATETIME2(3)" => $"{value} NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]'",
            _ => null,
        };
    }

    [GeneratedRegex(@"^DROP TABLE (?<table>\w+);", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DropTable();

    [GeneratedRegex(@"^CREATE TABLE (?<table>\w+) \(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CreateTable();

    [GeneratedRegex(
        @"^ALTER TABLE (?<table>\w+) ADD \[?(?<column>\w+)\]? (?<type>[A-Z]+[A-Z0-9]*(\([^)]*\))?) ",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex AddColumn();

    [GeneratedRegex(
        @"^ {4}\[?(?<column>[a-z][a-z0-9_]*)\]? (?<type>[A-Z]+[A-Z0-9]*(\([^)]*\))?) (NOT )?NULL",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Column();

    [GeneratedRegex(@"\((?<length>\d+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Length();
}
