using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace FinsamOutcomes.Data.Database;

/// <summary>One named query as it is sent to the engine.</summary>
/// <param name="Name">Feature and verb, such as <c>Participations.Register</c>.</param>
/// <param name="RowType">Name of the C# record that its rows become; null when it returns none or a single value.</param>
/// <param name="Text">The statement, opening with a comment that names it so that a database log tells where it came from.</param>
/// <param name="File">The file and line it stands at, for error messages.</param>
/// <param name="Erases">Whether it removes or writes over what only the key may read, so that nothing of it may be left in the engine's log.</param>
public sealed record NamedQuery(string Name, string? RowType, string Text, string File, bool Erases);

/// <summary>
/// All SQL of the product, read from the files under <c>sql/</c> (built into the assembly). A query stands under a line
/// <c>-- name: Feature.Verb</c>; <c>-- row: RecordName</c> names its row type, and <c>-- erases</c> says that it removes
/// or writes over what is encrypted. In <c>NAME.sqlserver.sql</c> single
/// queries of <c>NAME.sql</c> are overridden for that engine.
/// </summary>
public sealed partial class SqlCatalogue
{
    private static readonly Assembly s_assembly = typeof(SqlCatalogue).Assembly;

    // By path with /, whatever the system that the program was built on.
    private static readonly Dictionary<string, string> s_resources =
        s_assembly.GetManifestResourceNames().ToDictionary(n => n.Replace('\\', '/'), StringComparer.Ordinal);

    private readonly FrozenDictionary<string, NamedQuery> _queries;

    private SqlCatalogue(FrozenDictionary<string, NamedQuery> queries) => _queries = queries;

    /// <summary>Every query, by name.</summary>
    public IReadOnlyDictionary<string, NamedQuery> Queries => _queries;

    /// <summary>The query with this name.</summary>
    /// <exception cref="KeyNotFoundException">No file holds it.</exception>
    public NamedQuery this[string name] =>
        _queries.TryGetValue(name, out var query) ? query : throw new KeyNotFoundException($"No query is named '{name}' in sql/queries.");

    /// <summary>Reads the catalogue for one engine, <c>sqlite</c> or <c>sqlserver</c>.</summary>
    public static SqlCatalogue For(string engine)
    {
        var queries = new Dictionary<string, NamedQuery>(StringComparer.Ordinal);
        var files = Files("sql/queries/");
        foreach (var file in files.Where(f => Engine(f) is null))
        {
            foreach (var query in Parse(file, Read(file)))
            {
                if (!queries.TryAdd(query.Name, query))
                    throw new SqlFileException($"{query.File}: '{query.Name}' is already in {queries[query.Name].File}.");
            }
        }

        foreach (var file in files.Where(f => Engine(f) == engine))
        {
            foreach (var query in Parse(file, Read(file)))
            {
                if (!queries.TryGetValue(query.Name, out var shared))
                    throw new SqlFileException($"{query.File}: '{query.Name}' overrides no shared query.");
                if (shared.RowType != query.RowType)
                    throw new SqlFileException($"{query.File}: '{query.Name}' returns another row type than {shared.File}.");
                queries[query.Name] = query;
            }
        }

        return new SqlCatalogue(queries.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>The built-in files under a folder of <c>sql/</c>, in name order, for instance <c>sql/views/</c>.</summary>
    internal static IReadOnlyList<string> Files(string folder) =>
        [
            .. s_resources.Keys.Where(n => n.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal),
        ];

    internal static string Read(string file)
    {
        using var reader = new StreamReader(s_assembly.GetManifestResourceStream(s_resources[file])!, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    internal static string? Engine(string file) =>
        file.EndsWith(".sqlserver.sql", StringComparison.Ordinal) ? "sqlserver" : file.EndsWith(".sqlite.sql", StringComparison.Ordinal) ? "sqlite" : null;

    private static IEnumerable<NamedQuery> Parse(string file, string text)
    {
        string? name = null, rowType = null;
        var erases = false;
        var body = new StringBuilder();
        var start = 0;
        var lines = text.Split('\n');
        for (var i = 0; i <= lines.Length; i++)
        {
            var line = i < lines.Length ? lines[i] : null;
            var header = line?.StartsWith("-- name:", StringComparison.Ordinal) == true ? NameLine().Match(line) : null;
            if (line is null || header is { Success: true })
            {
                if (name is not null)
                    yield return new NamedQuery(name, rowType, $"/* {name} */\n{Statement(body, file, start, name)}", $"{file}:{start}", erases);
                if (line is null)
                    yield break;
                (name, rowType, start, erases) = (header!.Groups["name"].Value, null, i + 1, false);
                body.Clear();
                continue;
            }

            if (name is null && line.Trim().Length > 0 && !line.StartsWith("--", StringComparison.Ordinal))
                throw new SqlFileException($"{file}:{i + 1}: a statement stands before the first '-- name:' line.");
            if (line.StartsWith("-- row:", StringComparison.Ordinal) && RowLine().Match(line) is { Success: true } row)
                rowType = row.Groups["row"].Value;
            else if (line.TrimEnd() == "-- erases")
                erases = true;
            else if (name is not null)
                body.Append(line).Append('\n');
        }
    }

    private static string Statement(StringBuilder body, string file, int line, string name)
    {
        // Comments stay in the file: they are for people, and SQL Server would cache a plan for each wording.
        var statement = string.Join('\n', body.ToString().Split('\n').Where(l => !l.TrimStart().StartsWith("--", StringComparison.Ordinal)))
            .Trim()
            .TrimEnd(';');
        return statement.Length > 0 ? statement : throw new SqlFileException($"{file}:{line}: '{name}' has no statement.");
    }

    [GeneratedRegex(@"^-- name: (?<name>\w+\.\w+)\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameLine();

    [GeneratedRegex(@"^-- row: (?<row>\w+)\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RowLine();
}

/// <summary>A file under <c>sql/</c> is wrong; names the file and line.</summary>
public sealed class SqlFileException(string message) : Exception(message);
