using System.Text;
using CsvHelper;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Data.Import;

/// <summary>A heading of a file that isn't the template's.</summary>
/// <param name="Heading">As it stands in the file; case, marks on letters, spaces and hyphens make no difference.</param>
/// <param name="Field">The template's column that it is; null leaves it out.</param>
public sealed record MappedColumn(string Heading, string? Field);

/// <summary>A word of a file that isn't a code.</summary>
/// <param name="Field">The template's column.</param>
/// <param name="Value">As it stands in the file.</param>
/// <param name="Code">What it stands for; null says nothing, as an empty field.</param>
public sealed record MappedValue(string Field, string Value, string? Code);

/// <summary>
/// What the headings and words of an office's own files stand for (a <em>karta</em>). As a file it is CSV with the columns
/// rubrik, falt, varde and kod: a row maps a heading to a field (an empty field leaves it out), or a word in a field to a
/// code (an empty code leaves it empty).
/// </summary>
public sealed record ImportMap
{
    /// <summary>In characters.</summary>
    public const int LongestText = 200;

    /// <summary>Headings and words together.</summary>
    public const int MostRows = 2_000;

    private static readonly string[] s_header = ["rubrik", "falt", "varde", "kod"];

    /// <summary>The row of the headings; null for the first that isn't blank.</summary>
    public int? HeaderRow { get; init; }

    public IReadOnlyList<MappedColumn> Columns { get; init; } = [];

    public IReadOnlyList<MappedValue> Values { get; init; } = [];

    public bool IsEmpty => HeaderRow is null && Columns.Count == 0 && Values.Count == 0;

    /// <summary>The map that comes with the program, for headings that a förbund may have from SUS; empty for kinds without one.</summary>
    public static ImportMap Sus(ImportFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        var stream = typeof(ImportMap).Assembly.GetManifestResourceStream($"kartor/sus-{format.Name}.csv");
        return stream is null ? new ImportMap() : Read(stream, format, out _)!;
    }

    /// <summary>What the heading is mapped to; null when it isn't.</summary>
    public MappedColumn? Find(string heading)
    {
        ArgumentNullException.ThrowIfNull(heading);
        var key = CodeLookup.Key(heading);
        return Columns.FirstOrDefault(c => CodeLookup.Key(c.Heading) == key);
    }

    /// <summary>This map with another laid over it: what the other says of a heading or word goes before.</summary>
    public ImportMap With(ImportMap over)
    {
        ArgumentNullException.ThrowIfNull(over);
        return new ImportMap
        {
            HeaderRow = over.HeaderRow ?? HeaderRow,
            Columns = [.. over.Columns.Concat(Columns).DistinctBy(c => CodeLookup.Key(c.Heading))],
            Values = [.. over.Values.Concat(Values).DistinctBy(v => (v.Field, CodeLookup.Key(v.Value)))],
        };
    }

    /// <summary>Reads a map from a file; null with what is wrong.</summary>
    public static ImportMap? Read(Stream stream, ImportFormat format, out string? wrong)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(format);
        var (columns, values, fields) = (new List<MappedColumn>(), new List<MappedValue>(), CodeLookup.Of([.. format.Columns.Select(c => c.Name)]));
        var problems = new ImportProblems();
        using var source = CsvSource.Open(stream, format, ImportOptions.None, problems, CancellationToken.None);
        if (source is null)
        {
            wrong = string.Join(" ", problems.Kept.Select(p => p.Message));
            return null;
        }

        using var csv = CsvReader.Create(source.Stream, new CsvReaderOptions
        {
            Separator = source.Separator,
            Encoding = source.Encoding,
            TrimWhitespace = true,
            TrimInsideQuotes = true,
            TrackLineNumbers = true,
            HasHeader = false,
        });
        var isFirst = true;
        wrong = null;
        while (csv.Read())
        {
            var (heading, field, value, code) = (Field(0), Field(1), Field(2), Field(3));
            if (isFirst)
            {
                isFirst = false;
                if (CodeLookup.Key(heading) != s_header[0] || CodeLookup.Key(field) != s_header[1])
                    wrong = $"Kartans första rad ska vara {string.Join(';', s_header)}.";
                continue;
            }

            var column = fields.Find(field);
            var isQuestion = format.Kind == ImportKind.Sjalvskattning && value.Length == 0 && field.Length > 0;
            if (wrong is null && (field.Length > 0 || heading.Length == 0) && column < 0 && !isQuestion)
                wrong =
                    $"Kartans rad {csv.LineNumber}: ”{ImportRows.Shown(field)}” är inget fält för {format.Name}."
                    + Nearest.Suggestion(field, fields.Words);
            else if (wrong is null && heading.Length > 0 == value.Length > 0)
                wrong = $"Kartans rad {csv.LineNumber} ska ha antingen en rubrik eller ett värde.";
            else if (wrong is null && value.Length > 0 && format.Columns[column].IsIdentity)
                wrong = $"Kartans rad {csv.LineNumber}: ord i {fields.Words[column]} kan inte stå för något annat, och sparas inte.";
            else if (wrong is null && new[] { heading, field, value, code }.Any(t => t.Length > LongestText))
                wrong = $"Kartans rad {csv.LineNumber} har en text som är längre än {LongestText} tecken.";
            if (wrong is not null)
                return null;
            if (heading.Length > 0)
                columns.Add(new MappedColumn(heading, field.Length == 0 ? null : column < 0 ? field : fields.Words[column]));
            else
                values.Add(new MappedValue(fields.Words[column], value, code.Length == 0 ? null : code));
        }

        if (columns.Count + values.Count > MostRows)
            wrong = $"Kartan har fler än {MostRows} rader.";
        return wrong is null ? new ImportMap { Columns = columns, Values = values } : null;

        string Field(int i) => Encoding.UTF8.GetString(FormulaGuard.Open(NormalForm.Written(csv.GetSpan(i))));
    }

    /// <summary>Writes it as a file that can be edited and read again. The row of the headings isn't in it.</summary>
    public void Write(Stream output)
    {
        using var csv = CsvWriter.Create(
            output,
            new CsvWriterOptions { Separator = ';', WriteByteOrderMark = true, Injection = CsvInjection.Escape, InjectionCharacters = "=@+-" },
            leaveOpen: true);
        csv.WriteRecord(s_header);
        foreach (var column in Columns)
            csv.WriteRecord((string[])[column.Heading, column.Field ?? "", "", ""]);
        foreach (var value in Values)
            csv.WriteRecord((string[])["", value.Field, value.Value, value.Code ?? ""]);
        csv.Flush();
    }

    internal ValueMap?[]? ValuesOf(ImportFormat format)
    {
        if (Values.Count == 0)
            return null;
        var byField = Values.ToLookup(v => v.Field, StringComparer.Ordinal);
        return [.. format.Columns.Select(c => byField[c.Name].Any() ? new ValueMap(byField[c.Name]) : null)];
    }
}
